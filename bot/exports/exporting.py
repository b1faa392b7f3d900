"""One export: which entries, as what, for whom; and its line in the trail."""

import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, BinaryIO

from bot.dates import BANGKOK
from bot.errors import Refused
from bot.exports import files
from bot.exports.layout import Column, Instrument, coded, columns, merged
from bot.interview import reading
from bot.store.audit import AuditEvent
from bot.store.base import Clock, Session, Store
from bot.store.exporting import Filed, Wanted, extent, stream, surveys_in
from bot.store.projects import project_by_slug
from bot.store.surveys import Survey, survey_by_slug, versions_of

FORMATS = ("csv", "xlsx", "jsonl")


@dataclass(frozen=True, slots=True)
class Order:
    """What was asked for, and by whom. Days are Bangkok's, both included. A `purpose` unmasks personal data."""

    format: str
    by: str
    project: str | None = None
    survey: str | None = None
    since: date | None = None
    until: date | None = None
    purpose: str = ""


@dataclass(frozen=True, slots=True)
class Exported:
    """How many entries went out, and the file that explains the columns, where one was written beside."""

    entries: int
    dictionary: Path | None = None


def export(store: Store, clock: Clock, order: Order, out: Path | None, counted: files.Counted) -> Exported:
    """Write the export to `out` (standard output where None), and note in the trail who took what.

    Raises Refused for a project or survey that does not exist.
    """
    with store.reading() as session:
        wanted = _wanted(session, order)
        total, last = extent(session, wanted)
        instruments = [_instrument(session, each) for each in surveys_in(session, wanted)]
        filed = counted(stream(session, wanted, last), total)
        table = columns(instruments, bool(order.purpose), one_survey=order.survey is not None)
        with files.replacing(out) if out else _standard_output() as file:
            _write(order, table, filed, file, total)
    dictionary = _dictionary(order, table, out)
    with store.transaction() as session:
        facts: dict[str, Any] = {"format": order.format, "entries": total, "project": order.project}
        facts |= {"survey": order.survey, "since": str(order.since or ""), "until": str(order.until or "")}
        session.add(AuditEvent(at=clock(), actor=order.by[:64], act="export", facts=facts | {"purpose": order.purpose}))
    return Exported(total, dictionary)


def _wanted(session: Session, order: Order) -> Wanted:
    project = survey = None
    if order.project is not None and (project := project_by_slug(session, order.project)) is None:
        raise Refused("export.no_such_project", project=order.project)
    if order.survey is not None and (survey := survey_by_slug(session, order.survey)) is None:
        raise Refused("export.no_such_survey", survey=order.survey)
    return Wanted(
        project_id=project.id if project else None,
        survey_id=survey.id if survey else None,
        since=_midnight(order.since) if order.since else None,
        before=_midnight(order.until + timedelta(days=1)) if order.until else None,
    )


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), BANGKOK)


def _instrument(session: Session, survey_id: int) -> Instrument:
    survey = session.get_one(Survey, survey_id)
    return merged(survey.slug, (reading.read(each.questionnaire) for each in versions_of(session, survey_id)))


def _write(order: Order, table: list[Column], filed: Iterator[Filed], file: BinaryIO, total: int) -> None:
    match order.format:
        case "csv":
            text = io.TextIOWrapper(file, encoding="utf-8", newline="", write_through=True)
            files.write_csv(table, filed, text)
            text.detach()
        case "xlsx":
            files.write_xlsx(table, filed, file, total)
        case "jsonl":
            files.write_jsonl((record(each, bool(order.purpose)) for each in filed), file)


def record(filed: Filed, unmasked: bool) -> dict[str, Any]:
    """An entry for machines: ISO times, codes, answers and tags as lists."""
    entry = filed.entry
    return {
        "number": entry.number,
        "filed_at": entry.filed_at.astimezone(BANGKOK).isoformat(timespec="seconds"),
        "kind": entry.kind,
        "project": entry.project,
        "survey": entry.survey,
        "version": entry.version,
        "status": entry.status,
        "partial": entry.partial,
        "language": entry.language,
        "text": entry.text if unmasked else entry.masked,
        "sentiment": {"label": entry.sentiment, "score": round(entry.sentiment_score, 3)},
        "urgency": entry.urgency,
        "province": entry.province,
        "tags": [
            {
                "kind": each.kind,
                "tag": each.tag,
                "direction": each.direction,
                "score": round(each.score, 3),
                "by": each.by,
            }
            for each in filed.tags
        ],
        "answers": [
            {
                "question": each.question,
                "kind": each.kind,
                "status": each.status,
                "category": each.category if unmasked or each.kind not in ("text", "phone") else "",
                "value": _value(each, unmasked),
                "words": each.words if unmasked else each.masked,
            }
            for each in filed.answers
        ],
        "model": entry.model,
    }


def _value(row: Any, unmasked: bool) -> Any:
    return row.value if unmasked or isinstance(row.value, list | bool) else coded(row, unmasked=False)


def _dictionary(order: Order, table: list[Column], out: Path | None) -> Path | None:
    """CSV has no second sheet: what its columns mean is written beside it."""
    if order.format != "csv" or out is None:
        return None
    path = out.with_name(f"{out.stem}-dictionary.csv")
    with path.open("w", encoding="utf-8", newline="") as file:
        files.write_dictionary(table, file)
    return path


@contextmanager
def _standard_output() -> Iterator[BinaryIO]:
    """Standard output as a file that is not closed."""
    yield sys.stdout.buffer
    sys.stdout.buffer.flush()
