"""Counting the entries, answers and interviews of some days: what pictures are made of."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, Date, and_, case, func, or_, select, true
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Session
from sqlalchemy.sql.functions import FunctionElement

from bot.interview.questionnaire import Kind
from bot.store.entries import Answer, Entry, EntryStatus
from bot.store.interviews import Interview, InterviewStatus
from bot.store.labels import EntryLabel
from bot.store.people import Contact
from bot.store.seeking import midnight
from bot.store.surveys import Survey, SurveyVersion


class Facet(StrEnum):
    """What is counted, and by which value and detail."""

    DAY = "day"  # entries: ISO day, kind
    KIND = "kind"  # entries: survey or words, sentiment
    PARTIAL = "partial"  # entries of surveys: "yes" or "no", ""
    URGENCY = "urgency"  # entries: level, sentiment
    LANGUAGE = "language"  # entries: language, kind
    PROVINCE = "province"  # entries: province or "", sentiment
    STATUS = "status"  # entries: status, ""
    LABEL = "label"  # entries, by what they count as: "topic:fee" or "quality:fast-1", sentiment
    ASKED = "asked"  # answers: question, what became of it
    ANSWER = "answer"  # answers: question, choice, "yes", number, month, or province of a place
    INTERVIEW = "interview"  # interviews: status, and of those that ran out the question they stood at
    BEGUN = "begun"  # interviews: the citizen's language, status


Part: TypeAlias = tuple[int | None, int | None]
"""A project's id (None: of none) and a survey's (None: free words)."""
Counts: TypeAlias = Counter[tuple[str, str, str]]
"""{(facet, value, detail): how many}."""
ByDay: TypeAlias = dict[tuple[date, Part], Counts]
Held: TypeAlias = Callable[[Any], ColumnElement[bool]]

# Answers whose category would quote the person, or is none.
_UNCOUNTED = (Kind.TEXT, Kind.PHONE, Kind.PHOTO)


class bangkok_day(FunctionElement[date]):
    """The day in Bangkok of a column that holds a moment. Thailand has been seven hours ahead of UTC since 1920."""

    type = Date()
    inherit_cache = True
    name = "bangkok_day"


@compiles(bangkok_day, "sqlite")
def _on_sqlite(element: Any, compiler: Any, **more: Any) -> str:
    return f"date({compiler.process(element.clauses, **more)}, '+7 hours')"


@compiles(bangkok_day, "postgresql")
def _on_postgresql(element: Any, compiler: Any, **more: Any) -> str:
    return f"CAST(timezone('Asia/Bangkok', {compiler.process(element.clauses, **more)}) AS DATE)"


def count_days(session: Session, days: Iterable[date], held: Held = lambda _: true()) -> ByDay:
    """Count everything of these days, by day and part. `held` makes, of a column of project ids, which to count."""
    found: ByDay = defaultdict(Counter)
    spans = list(_spans(sorted(days)))
    if spans:
        for count in (_entries, _labels, _answers, _interviews):
            for day, part, key, number in count(session, spans, held):
                found[day, part][key] += number
    return found


_Row: TypeAlias = tuple[date, Part, tuple[str, str, str], int]
_Spans: TypeAlias = Sequence[tuple[datetime, datetime]]


def _spans(days: Sequence[date]) -> Iterator[tuple[datetime, datetime]]:
    """The days as few spans of time."""
    start = None
    for day, following in zip(days, [*days[1:], None], strict=False):
        start = start or day
        if following != day + timedelta(days=1):
            yield midnight(start), midnight(day + timedelta(days=1))
            start = None


def _within(column: Any, spans: _Spans) -> ColumnElement[bool]:
    return or_(*(and_(column >= since, column < before) for since, before in spans))


def _counted_entries(spans: _Spans, held: Held) -> ColumnElement[bool]:
    """Not a rehearsal, and not one whose words were taken back."""
    shown = and_(Entry.rehearsal.is_(False), Entry.status != EntryStatus.WITHDRAWN)
    return and_(_within(Entry.filed_at, spans), shown, held(Entry.project_id))


_DAY = bangkok_day(Entry.filed_at).label("day")
_PLACE = (_DAY, Entry.project_id, Entry.survey_id)


def _entries(session: Session, spans: _Spans, held: Held) -> Iterator[_Row]:
    traits = (
        Entry.kind, Entry.sentiment, Entry.urgency, Entry.language, Entry.province, Entry.status, Entry.partial
    )  # fmt: skip
    query = select(*_PLACE, *traits, func.count().label("number")).where(_counted_entries(spans, held))
    for row in session.execute(query.group_by(*_PLACE, *traits)):
        part = (row.project_id, row.survey_id)
        for key in _keys(row):
            yield row.day, part, key, row.number


def _keys(row: Any) -> Iterator[tuple[str, str, str]]:
    yield Facet.DAY, row.day.isoformat(), row.kind
    yield Facet.KIND, row.kind, row.sentiment
    yield Facet.URGENCY, row.urgency, row.sentiment
    yield Facet.LANGUAGE, row.language, row.kind
    yield Facet.PROVINCE, row.province or "", row.sentiment
    yield Facet.STATUS, row.status, ""
    if row.survey_id is not None:
        yield Facet.PARTIAL, "yes" if row.partial else "no", ""


def _labels(session: Session, spans: _Spans, held: Held) -> Iterator[_Row]:
    query = (
        select(*_PLACE, EntryLabel.label, Entry.sentiment, func.count().label("number"))
        .join(EntryLabel, EntryLabel.entry_id == Entry.id)
        .where(_counted_entries(spans, held), EntryLabel.label.not_like("place:%"))
        .group_by(*_PLACE, EntryLabel.label, Entry.sentiment)
    )
    for row in session.execute(query):
        yield row.day, (row.project_id, row.survey_id), (Facet.LABEL, row.label, row.sentiment), row.number


def _answers(session: Session, spans: _Spans, held: Held) -> Iterator[_Row]:
    category = case(
        (Answer.kind.in_(_UNCOUNTED), ""), (Answer.kind == Kind.DATE, func.substr(Answer.category, 1, 7)),
        else_=Answer.category,
    ).label("counted")  # fmt: skip
    told = (Answer.question, Answer.kind, Answer.status, category)
    query = (
        select(*_PLACE, *told, func.count().label("number"))
        .join(Answer, Answer.entry_id == Entry.id)
        .where(_counted_entries(spans, held))
        .group_by(*_PLACE, *told)
    )
    for row in session.execute(query):
        part = (row.project_id, row.survey_id)
        yield row.day, part, (Facet.ASKED, row.question, row.status), row.number
        for choice in row.counted.split(" ") if row.kind == Kind.SELECT_MULTIPLE else [row.counted]:
            if choice:
                yield row.day, part, (Facet.ANSWER, row.question, choice), row.number


def _interviews(session: Session, spans: _Spans, held: Held) -> Iterator[_Row]:
    day = bangkok_day(Interview.started_at).label("day")
    left = case((Interview.status == InterviewStatus.EXPIRED, Interview.progress["at"].as_string()), else_="")
    told = (
        day,
        Survey.project_id,
        Survey.id.label("survey_id"),
        Interview.status,
        left.label("left"),
        Contact.language,
    )
    query = (
        select(*told, func.count().label("number"))
        .join(SurveyVersion, SurveyVersion.id == Interview.version_id)
        .join(Survey, Survey.id == SurveyVersion.survey_id)
        .join(Contact, Contact.id == Interview.contact_id)
        .where(_within(Interview.started_at, spans), Interview.rehearsal.is_(False), held(Survey.project_id))
        .group_by(*told)
    )
    for row in session.execute(query):
        part = (row.project_id, row.survey_id)
        yield row.day, part, (Facet.INTERVIEW, row.status, row.left or ""), row.number
        yield row.day, part, (Facet.BEGUN, row.language, row.status), row.number
