"""Segments: rules that say who is meant, as conditions on contacts; who is left out of a broadcast, and why.

Everything is counted by the database in one query: with a million contacts nobody wants to load them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    ForeignKey,
    String,
    UniqueConstraint,
    and_,
    case,
    exists,
    false,
    func,
    literal,
    not_,
    or_,
    select,
    true,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot.store.base import Base, BigId
from bot.store.broadcasts import BatchState, BroadcastBatch, BroadcastDelivery
from bot.store.entries import Entry, EntryStatus
from bot.store.interviews import Interview, InterviewStatus
from bot.store.labels import EntryLabel
from bot.store.people import Contact, ContactStatus, LabOptOut
from bot.store.projects import Project
from bot.store.surveys import Survey

Rule = Mapping[str, Any]
Holds = ColumnElement[bool]
# Nobody is asked again sooner, whichever lab asked before.
COOLDOWN = timedelta(days=7)


class Segment(Base):
    """A rule that a lab keeps under a name."""

    __tablename__ = "segments"
    __table_args__ = (UniqueConstraint("lab_id", "name"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    lab_id: Mapped[int] = mapped_column(ForeignKey("labs.id"))
    name: Mapped[str] = mapped_column(String(128))
    rule: Mapped[dict[str, Any]]
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    updated_at: Mapped[datetime]


@dataclass(frozen=True, slots=True)
class Sending:
    """What decides who is left out: the lab that sends, the survey it invites to (None for news), the broadcast itself
    (0 while there is none), whether those asked lately are asked nevertheless, and the moment."""

    lab_id: int
    at: datetime
    survey_id: int | None = None
    broadcast_id: int = 0
    override: bool = False


def holds(rule: Rule, at: datetime) -> Holds:
    """The condition of a rule on Contact, as of `at`. The rule must be sound (`bot.segments.flaws`)."""
    (name, value), *_ = [*rule.items(), ("all", [])]
    match name:
        case "all":
            return and_(true(), *(holds(each, at) for each in value))
        case "any":
            return or_(false(), *(holds(each, at) for each in value))
        case "not":
            return not_(holds(value, at))
        case "seen":
            return Contact.last_seen_at >= at - timedelta(days=value)
    return _LEAVES[name](value)


def _entry(*what: Holds) -> Holds:
    """That the contact has an entry of this kind: no rehearsal, and nothing that was taken back."""
    real = (Entry.contact_id == Contact.id, Entry.rehearsal.is_(False), Entry.status != EntryStatus.WITHDRAWN)
    return exists().where(*real, *what).correlate(Contact)


def _ids(table: type[Project] | type[Survey], slugs: list[str]) -> Any:
    return select(table.id).where(table.slug.in_(slugs)).correlate(None)


def _said(topics: list[str]) -> Holds:
    labels = [f"topic:{each}" for each in topics]
    return _entry(exists().where(EntryLabel.entry_id == Entry.id, EntryLabel.label.in_(labels)).correlate(Entry))


_LEAVES: dict[str, Callable[[Any], Holds]] = {
    "language": lambda values: Contact.language.in_(values),
    "province": lambda values: _entry(Entry.province.in_(values)),
    "project": lambda values: _entry(Entry.project_id.in_(_ids(Project, values))),
    "answered": lambda values: _entry(Entry.survey_id.in_(_ids(Survey, values)), Entry.partial.is_(False)),
    "topic": _said,
    "consent": lambda values: Contact.consent_version.in_(values),
}


def exclusions(sending: Sending) -> list[tuple[str, Holds]]:
    """Why somebody the rule means gets nothing, the first reason that applies: each with its condition on Contact.

    Who was erased is no contact any more, and so is in no count.
    """
    found = [
        ("rehearsal", _rehearses()),
        ("blocked", Contact.status != ContactStatus.ACTIVE),
        ("no_consent", Contact.consent_version.is_(None)),
        ("opted_out", Contact.opted_out_at.is_not(None)),
        ("opted_out_lab", _no_to(sending.lab_id)),
        ("interviewing", _interview(Interview.status == InterviewStatus.ASKING)),
    ]
    if sending.survey_id is not None:
        whole = (Entry.survey_id == sending.survey_id, Entry.partial.is_(False))
        found.append(("answered", exists().where(Entry.contact_id == Contact.id, *whole).correlate(Contact)))
    if not sending.override:
        found.append(("asked", _asked(sending)))
    return found


def _interview(*what: Holds) -> Holds:
    return exists().where(Interview.contact_id == Contact.id, *what).correlate(Contact)


def _rehearses() -> Holds:
    """Whoever was made up for it, or only ever rehearsed, is no citizen."""
    only = and_(_interview(Interview.rehearsal.is_(True)), not_(_interview(Interview.rehearsal.is_(False))))
    return or_(Contact.rehearsal, only)


def _no_to(lab_id: int) -> Holds:
    return exists().where(LabOptOut.contact_id == Contact.id, LabOptOut.lab_id == lab_id).correlate(Contact)


def _asked(sending: Sending) -> Holds:
    """Whether another broadcast, of whichever lab, is on its way to them or went there within the cooldown."""
    since = int((sending.at - COOLDOWN).timestamp() * 1000)
    # One value of one row, and no join: of tables that have just been filled PostgreSQL knows nothing, and would begin
    # with all the batches for each contact.
    went = select(BroadcastBatch.first_ms).where(
        BroadcastBatch.id == BroadcastDelivery.batch_id, BroadcastBatch.state.in_((BatchState.SENDING, BatchState.SENT))
    )
    theirs = (
        BroadcastDelivery.contact_id == Contact.id,
        BroadcastDelivery.broadcast_id != sending.broadcast_id,
        went.correlate(BroadcastDelivery).scalar_subquery() >= since,
    )
    return exists().where(*theirs).correlate(Contact)


def reason(sending: Sending) -> Any:
    """The column that names the first reason against, or "" for none."""
    return case(*((condition, literal(name)) for name, condition in exclusions(sending)), else_=literal(""))


def tally(session: Session, rule: Rule, sending: Sending) -> dict[str, int]:
    """{reason: how many of those the rule means}; "" are those who would get it."""
    why = reason(sending).label("why")
    meant = select(why).select_from(Contact).where(holds(rule, sending.at)).subquery()
    counted = select(meant.c.why, func.count()).group_by(meant.c.why)
    return dict(session.execute(counted).tuples().all())


def meant(session: Session, rule: Rule, at: datetime) -> int:
    """How many contacts a rule means, whatever speaks against sending to them."""
    return session.scalar(select(func.count()).select_from(Contact).where(holds(rule, at))) or 0


def segments_of(session: Session, lab_ids: list[int]) -> list[Segment]:
    """The segments of these labs, by name."""
    return list(session.scalars(select(Segment).where(Segment.lab_id.in_(lab_ids)).order_by(Segment.name, Segment.id)))


def segment_named(session: Session, lab_id: int, name: str) -> Segment | None:
    """The segment that a lab keeps under this name."""
    return session.scalar(select(Segment).where(Segment.lab_id == lab_id, Segment.name == name))
