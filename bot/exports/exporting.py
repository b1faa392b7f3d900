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
from bot.exports.asked import all_columns
from bot.exports.layout import Column, Instrument, merged
from bot.exports.records import record
from bot.exports.workbook import write_xlsx
from bot.interview import reading
from bot.store.audit import By, note
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

    @property
    def unmasked(self) -> bool:
        """Whether personal data is shown."""
        return bool(self.purpose.strip())


@dataclass(frozen=True, slots=True)
class Exported:
    """How many entries went out, and the file that explains the columns, where one was written beside."""

    entries: int
    dictionary: Path | None = None


def export(store: Store, clock: Clock, order: Order, out: Path | None, counted: files.Counted) -> Exported:
    """Write the export to `out` (standard output where None), and note in the trail who took what.

    The note is made before the first byte leaves. Raises Refused for a project or survey that does not exist.
    """
    with store.reading() as session:
        wanted = _wanted(session, order)
        total, last = extent(session, wanted)
        asked = [wanted.survey_id] if wanted.survey_id else surveys_in(session, wanted)
        instruments = [_instrument(session, each) for each in asked]
        table = all_columns(instruments, order.unmasked, one_survey=order.survey is not None)
        _note(store, clock, order, total)
        filed = _Tally(counted(stream(session, wanted, last), total))
        with files.replacing(out) if out else _standard_output() as file:
            _write(order, table, filed, file, total)
    return Exported(filed.count, _dictionary(order, table, out))


class _Tally(Iterator[Filed]):
    """The same entries, counted as they go by."""

    def __init__(self, filed: Iterator[Filed]) -> None:
        self._filed = filed
        self.count = 0

    def __next__(self) -> Filed:
        entry = next(self._filed)
        self.count += 1
        return entry


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


def _note(store: Store, clock: Clock, order: Order, total: int) -> None:
    facts: dict[str, Any] = {"format": order.format, "entries": total, "purpose": order.purpose.strip()}
    facts |= {"project": order.project, "survey": order.survey}
    facts |= {"since": str(order.since or ""), "until": str(order.until or "")}
    with store.transaction() as session:
        note(session, By(order.by, clock()), "exported", **facts)


def _write(order: Order, table: list[Column], filed: Iterator[Filed], file: BinaryIO, total: int) -> None:
    match order.format:
        case "csv":
            text = io.TextIOWrapper(file, encoding="utf-8", newline="")
            files.write_csv(table, filed, text)
            text.detach()
        case "xlsx":
            write_xlsx(table, filed, file, total)
        case "jsonl":
            files.write_jsonl((record(each, order.unmasked) for each in filed), file)


def _dictionary(order: Order, table: list[Column], out: Path | None) -> Path | None:
    """CSV has no second sheet: what its columns mean is written beside it."""
    if order.format != "csv" or out is None or not out.is_file():
        return None
    path = out.with_name(f"{out.stem}-dictionary.csv")
    with files.replacing(path) as file, io.TextIOWrapper(file, encoding="utf-8", newline="") as text:
        files.write_dictionary(table, text)
    return path


@contextmanager
def _standard_output() -> Iterator[BinaryIO]:
    """Standard output as a file that is not closed."""
    yield sys.stdout.buffer
    sys.stdout.buffer.flush()
