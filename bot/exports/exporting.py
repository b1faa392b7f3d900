"""One export: which entries, as what, for whom; and its line in the trail."""

import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from bot.errors import Refused
from bot.exports import files
from bot.exports.asked import all_columns
from bot.exports.layout import Column, Instrument, merged
from bot.exports.records import record
from bot.exports.workbook import write_xlsx
from bot.interview import reading
from bot.store.audit import By, note
from bot.store.base import Clock, Session, Store
from bot.store.exporting import EVERY, EVERYTHING, Filed, Wanted, extent, stream, surveys_in
from bot.store.projects import project_by_slug
from bot.store.seeking import Sought
from bot.store.sight import Sight
from bot.store.surveys import Survey, survey_by_slug, versions_of

FORMATS = ("csv", "xlsx", "jsonl")


@dataclass(frozen=True, slots=True)
class Order:
    """What was asked for, by whom, and what they may see. A `purpose` unmasks personal data."""

    format: str
    by: str
    sought: Sought = EVERY
    purpose: str = ""
    sight: Sight = EVERYTHING

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

    All is as of one moment, and the note is made before the first byte leaves. Raises Refused for a project or survey
    that does not exist.
    """
    with store.snapshot() as session:
        _check(session, order.sought)
        wanted = Wanted(order.sought, order.sight)
        total, last = extent(session, wanted)
        instruments = [_instrument(session, each) for each in _surveys(session, wanted)]
        table = all_columns(instruments, order.unmasked, one_survey=len(order.sought.surveys) == 1)
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


def _check(session: Session, sought: Sought) -> None:
    for slug in sought.projects:
        if project_by_slug(session, slug) is None:
            raise Refused("export.no_such_project", project=slug)
    for slug in sought.surveys:
        if survey_by_slug(session, slug) is None:
            raise Refused("export.no_such_survey", survey=slug)


def _surveys(session: Session, wanted: Wanted) -> list[int]:
    """The surveys whose questions have columns: those that were answered, and one that was asked for by name."""
    if len(wanted.sought.surveys) == 1:
        survey = survey_by_slug(session, wanted.sought.surveys[0])
        return [survey.id] if survey and wanted.sight.covers(survey.project_id) else []
    return surveys_in(session, wanted)


def _instrument(session: Session, survey_id: int) -> Instrument:
    survey = session.get_one(Survey, survey_id)
    return merged(survey.slug, (reading.read(each.questionnaire) for each in versions_of(session, survey_id)))


def _note(store: Store, clock: Clock, order: Order, total: int) -> None:
    # What was searched for may be somebody's words or name: the trail says only that something was.
    facts: dict[str, Any] = {"format": order.format, "entries": total, "purpose": order.purpose.strip()}
    facts |= {"filter": order.sought.but(text="").query, "searched": bool(order.sought.text)}
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
