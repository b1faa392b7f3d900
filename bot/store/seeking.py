"""Which entries are sought: the filter of the console as data, as an address, and as the conditions of a query.

Lists, counts, pictures, exports and the API all stand on `conditions`, so that a number equals the list behind it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from urllib.parse import parse_qsl, urlencode

from sqlalchemy import ColumnElement, false, func, or_, select
from sqlalchemy.orm import Session

from bot.dates import BANGKOK
from bot.store.answering import gave, read_answer
from bot.store.entries import Entry, EntryKind, EntryStatus, TagKind
from bot.store.labels import EntryLabel, Label, label_of
from bot.store.projects import Project, StepName
from bot.store.search import matching
from bot.store.sight import Sight, entries_seen
from bot.store.surveys import Survey

STATUSES = tuple(str(each) for each in EntryStatus if each is not EntryStatus.WITHDRAWN)
SENTIMENTS, URGENCIES = ("neg", "neu", "pos"), ("crisis", "soon", "normal")
KINDS, STEPS, YES_NO = tuple(map(str, EntryKind)), tuple(map(str, StepName)), ("yes", "no")
ME, NOBODY = "me", "nobody"
LONGEST, MOST = 200, 30

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sought:
    """A filter. Empty is no limit; within one field any value will do, between fields all must hold.

    Projects and surveys are slugs, `unsorted` adds entries of no project to those of `projects`; tags are labels
    ("topic:fee", "quality:fast-1", "quality:fast" for either direction, "place:ชลบุรี"). Days are Bangkok's, both
    included. `partial` is "yes" or "no"; `answers` are "survey:question:answer"; `assigned` is "me", "nobody" or an
    account's id as text; `me` who reads.
    """

    projects: Words = ()
    unsorted: bool = False
    steps: Words = ()
    all_tags: Words = ()
    any_tags: Words = ()
    no_tags: Words = ()
    sentiments: Words = ()
    urgencies: Words = ()
    provinces: Words = ()
    languages: Words = ()
    statuses: Words = ()
    surveys: Words = ()
    kinds: Words = ()
    assigned: str = ""
    partial: str = ""
    answers: Words = ()
    since: date | None = None
    until: date | None = None
    text: str = ""
    me: int | None = None

    @classmethod
    def read(cls, pairs: Iterable[tuple[str, str]], me: int | None = None) -> "Sought":
        """The filter of an address's arguments (`request.args.items(multi=True)`); what is none of it is left out."""
        told: dict[str, list[str]] = {}
        for name, value in pairs:
            if name in NAMES and (value := value.strip()[:LONGEST]) and READERS.get(name, _is_plain)(value):
                told.setdefault(name, []).append(value)
        return cls(**{NAMES[name]: _value(name, values) for name, values in told.items()}, me=me)

    @classmethod
    def of(cls, query: str, me: int | None = None) -> "Sought":
        """The filter of a query string."""
        return cls.read(parse_qsl(query), me)

    def arguments(self) -> dict[str, list[str]]:
        """The filter as an address's arguments, for `url_for(endpoint, **sought.arguments())`."""
        found: dict[str, list[str]] = {}
        for name, field in NAMES.items():
            value = getattr(self, field)
            if value:
                found[name] = list(value) if isinstance(value, tuple) else ["1" if value is True else str(value)]
        return found

    @property
    def query(self) -> str:
        """The filter as a query string: the same filter always gives the same one."""
        return urlencode(self.arguments(), doseq=True)

    def but(self, **changes: Any) -> "Sought":
        """The same filter with some fields changed."""
        return replace(self, **changes)

    @property
    def is_empty(self) -> bool:
        """Whether it leaves nothing out."""
        return not self.arguments()


NAMES = {
    "project": "projects", "noproject": "unsorted", "step": "steps", "tag": "all_tags", "anytag": "any_tags",
    "nottag": "no_tags", "sentiment": "sentiments", "urgency": "urgencies", "province": "provinces",
    "language": "languages", "status": "statuses", "survey": "surveys", "kind": "kinds", "assigned": "assigned",
    "partial": "partial", "answer": "answers", "since": "since", "until": "until", "q": "text",
}  # fmt: skip
"""{name in an address: field}."""


def _is_plain(value: str) -> bool:
    return "\x00" not in value


def _is_label(value: str) -> bool:
    try:
        return bool(label_of(value)) and _is_plain(value)
    except ValueError:
        return False


def _is_day(value: str) -> bool:
    try:
        return 1900 < date.fromisoformat(value).year < 3000
    except ValueError:
        return False


def _one_of(values: Words) -> Callable[[str], bool]:
    return lambda value: value in values


READERS: dict[str, Callable[[str], bool]] = {
    "step": _one_of(STEPS), "tag": _is_label, "anytag": _is_label, "nottag": _is_label,
    "sentiment": _one_of(SENTIMENTS), "urgency": _one_of(URGENCIES), "status": _one_of(STATUSES),
    "kind": _one_of(KINDS), "partial": _one_of(YES_NO), "since": _is_day, "until": _is_day,
    "noproject": _one_of(("1",)), "answer": lambda value: read_answer(value) is not None and _is_plain(value),
    "assigned": lambda value: value in (ME, NOBODY) or (value.isascii() and value.isdigit() and len(value) < 10),
}  # fmt: skip
"""{name in an address: what a value must be}; other names take any text."""
_TUPLES = {each.name for each in fields(Sought) if each.type == Words or each.type == "Words"}


def _value(name: str, values: list[str]) -> Any:
    if NAMES[name] in _TUPLES:
        return tuple(sorted(set(values)))[:MOST]
    if name in ("since", "until"):
        return date.fromisoformat(values[-1])
    return True if name == "noproject" else values[-1]


def midnight(day: date) -> datetime:
    """When the day begins in Bangkok, in UTC."""
    return datetime.combine(day, time(), BANGKOK).astimezone(UTC)


def conditions(sought: Sought, sight: Sight) -> list[ColumnElement[bool]]:
    """What must hold of an Entry: what the sight covers, and what is sought; to be given to `where`."""
    told = (*_of_places(sought), *_of_columns(sought), *_of_tags(sought), *gave(sought.answers), *_of_time(sought))
    return [entries_seen(sight), *told]


def _of_places(sought: Sought) -> Iterable[ColumnElement[bool]]:
    """Project, step, survey. Slugs are looked up one by one in the query itself, so that an index on ids serves."""
    if sought.projects or sought.unsorted:
        named = [_id_of(Project, each) for each in sought.projects]
        chosen = [Entry.project_id.in_(named)] if named else []
        yield or_(*chosen, Entry.project_id.is_(None)) if sought.unsorted else chosen[0]
    if sought.steps:
        yield Entry.project_id.in_(select(Project.id).where(Project.step.in_(sought.steps)).correlate(None))
    if sought.surveys:
        yield Entry.survey_id.in_([_id_of(Survey, each) for each in sought.surveys])


def _id_of(table: type[Project] | type[Survey], slug: str) -> Any:
    """Whatever the query around it joins, this looks in the whole table; so do all lookups of this module."""
    return select(table.id).where(table.slug == slug).correlate(None).scalar_subquery()


def _of_columns(sought: Sought) -> Iterable[ColumnElement[bool]]:
    chosen = (
        (Entry.sentiment, sought.sentiments), (Entry.urgency, sought.urgencies), (Entry.province, sought.provinces),
        (Entry.language, sought.languages), (Entry.status, sought.statuses), (Entry.kind, sought.kinds),
    )  # fmt: skip
    for column, values in chosen:
        if values:
            yield column == values[0] if len(values) == 1 else column.in_(values)
    if sought.partial:
        yield Entry.partial.is_(sought.partial == "yes")
    if sought.assigned == NOBODY:
        yield Entry.assignee_id.is_(None)
    elif sought.assigned == ME:
        yield Entry.assignee_id == sought.me if sought.me is not None else false()
    elif sought.assigned:
        yield Entry.assignee_id == int(sought.assigned)


def _of_tags(sought: Sought) -> Iterable[ColumnElement[bool]]:
    yield from (Entry.id.in_(_tagged([tag])) for tag in sought.all_tags)
    if sought.any_tags:
        yield Entry.id.in_(_tagged(sought.any_tags))
    if sought.no_tags:
        refused = EntryLabel.label.in_(_exact(sought.no_tags))
        named = select(EntryLabel.entry_id).where(EntryLabel.entry_id == Entry.id, refused)
        yield ~named.correlate(Entry).exists()


def _tagged(tags: Iterable[str]) -> Any:
    labels = _exact(tags)
    held = EntryLabel.label == labels[0] if len(labels) == 1 else EntryLabel.label.in_(labels)
    return select(EntryLabel.entry_id).where(held).correlate(None)


def _exact(tags: Iterable[str]) -> list[str]:
    """The labels meant: a quality without a direction is meant in both."""
    labels: list[Label] = []
    for each in map(label_of, tags):
        either = each.kind == TagKind.QUALITY and each.direction is None
        labels += [each._replace(direction=1), each._replace(direction=-1)] if either else [each]
    return list(map(str, labels))


def _of_time(sought: Sought) -> Iterable[ColumnElement[bool]]:
    if sought.since:
        yield Entry.filed_at >= midnight(sought.since)
    if sought.until:
        yield Entry.filed_at < midnight(sought.until + timedelta(days=1))
    if sought.text:
        yield matching(sought.text)


def count(session: Session, sought: Sought, sight: Sight, after: int = 0) -> int:
    """How many entries there are; of those with a higher id than `after`."""
    held = conditions(sought, sight)
    if after:
        held.append(Entry.id > after)
    return session.scalar(select(func.count()).select_from(Entry).where(*held)) or 0
