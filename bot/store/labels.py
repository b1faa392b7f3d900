"""What an entry counts as: the machine's tags as people's decisions leave them.

A person's decision stands in a row of its own, beside the machine's tags, and outlives any reading anew. Labels are the
outcome of both, a row each, made for filters, counts and pictures: "topic:fee", "quality:fast-1", "place:ชลบุรี".
"""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, delete, insert, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot.store.audit import By
from bot.store.base import Base, BigId, one_of
from bot.store.entries import Entry, EntryTag, TagKind

LABELLED = (TagKind.TOPIC, TagKind.QUALITY, TagKind.PLACE)
# Kinds of which an entry has exactly one: its column of that name. A decision on one takes the place of any before.
SINGLE = (TagKind.SENTIMENT, TagKind.URGENCY)
# What a rejected value leaves of them.
PLAIN = {TagKind.SENTIMENT: "neu", TagKind.URGENCY: "normal"}
LONGEST = 160


class Verdict(StrEnum):
    """What a person says of a tag: the machine is right, it is wrong, or it is missing."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    ADDED = "added"


class TagDecision(Base):
    """A person's decision on one tag of an entry; the latest on that tag. `direction` is 0 where the tag has none.

    `machine`: what the machine held when the person decided: the value of a kind that has one ("neg"), "yes" or "".
    """

    __tablename__ = "tag_decisions"
    __table_args__ = (
        CheckConstraint(one_of("kind", TagKind), name="kind"),
        CheckConstraint(one_of("verdict", Verdict), name="verdict"),
        Index("uq_tag_decisions_tag", "entry_id", "kind", "tag", "direction", unique=True),
        Index("ix_tag_decisions_at", "at"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("entries.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(16))
    tag: Mapped[str] = mapped_column(String(128))
    direction: Mapped[int] = mapped_column(default=0)
    verdict: Mapped[str] = mapped_column(String(16))
    machine: Mapped[str] = mapped_column(String(128), default="")
    model: Mapped[str] = mapped_column(String(64))
    by: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime]


class EntryLabel(Base):
    """One thing an entry counts as. Always made anew by `relabel`, never written otherwise."""

    __tablename__ = "entry_labels"
    __table_args__ = (Index("ix_entry_labels_label", "label", "entry_id"),)

    entry_id: Mapped[int] = mapped_column(ForeignKey("entries.id", ondelete="CASCADE"), primary_key=True)
    label: Mapped[str] = mapped_column(String(LONGEST), primary_key=True)


class Label(NamedTuple):
    """A label, taken apart. `direction`: +1 praised, -1 criticised, None where the kind has none."""

    kind: str
    tag: str
    direction: int | None = None

    def __str__(self) -> str:
        return f"{self.kind}:{self.tag}{f'{self.direction:+d}' if self.direction else ''}"


def label_of(text: str) -> Label:
    """A label read back from its text. Raises ValueError where it is none."""
    kind, separator, tag = text.partition(":")
    if not separator or not tag or kind not in LABELLED or len(text) > LONGEST:
        raise ValueError(f"no label: {text[:LONGEST]}")
    if kind == TagKind.QUALITY and tag[-2:] in ("+1", "-1"):
        return Label(kind, tag[:-2], int(tag[-2:]))
    return Label(kind, tag)


def decisions_of(session: Session, entry_id: int) -> list[TagDecision]:
    """People's decisions on an entry's tags, oldest first."""
    return list(session.scalars(select(TagDecision).where(TagDecision.entry_id == entry_id).order_by(TagDecision.id)))


def labels_of(session: Session, entry_ids: Iterable[int]) -> dict[int, list[Label]]:
    """{entry id: its labels, by name}; every id asked for has a list."""
    found: dict[int, list[Label]] = {each: [] for each in entry_ids}
    named = select(EntryLabel.entry_id, EntryLabel.label).where(EntryLabel.entry_id.in_(list(found)))
    for entry_id, text in session.execute(named.order_by(EntryLabel.label)):
        found[entry_id].append(label_of(text))
    return found


def decision_on(session: Session, entry_id: int, label: Label) -> TagDecision | None:
    """The decision that stands on this tag of the entry."""
    named = (TagDecision.kind == label.kind, TagDecision.tag == label.tag)
    query = select(TagDecision).where(TagDecision.entry_id == entry_id, *named)
    return session.scalar(query.where(TagDecision.direction == (label.direction or 0)))


def machine_has(session: Session, entry_id: int, label: Label) -> bool:
    """Whether the machine gave the entry this tag."""
    named = (
        EntryTag.kind == label.kind,
        EntryTag.tag == label.tag,
        EntryTag.direction.is_not_distinct_from(label.direction),
    )
    return session.scalar(select(EntryTag.id).where(EntryTag.entry_id == entry_id, *named).limit(1)) is not None


def keep_decision(session: Session, entry: Entry, label: Label, verdict: Verdict, by: By) -> None:
    """Let this be the person's decision on the tag; of a kind an entry has one of, on the kind. Flushes."""
    single = label.kind in SINGLE
    standing = [
        each
        for each in decisions_of(session, entry.id)
        if each.kind == label.kind and (single or (each.tag, each.direction) == (label.tag, label.direction or 0))
    ]
    machine = getattr(entry, label.kind) if single else "yes" if machine_has(session, entry.id, label) else ""
    if standing:
        machine = standing[0].machine
    for each in standing:
        session.delete(each)
    session.flush()
    told = {"kind": label.kind, "tag": label.tag, "direction": label.direction or 0, "verdict": verdict}
    session.add(TagDecision(entry_id=entry.id, machine=machine, model=entry.model, by=by.actor, at=by.at, **told))
    session.flush()


def relabel(session: Session, entry: Entry) -> None:
    """Make the entry's labels anew from the machine's tags and people's decisions, all flushed before.

    What people decided on its sentiment, urgency and place takes the place of the machine's in the entry's own columns.
    """
    tags = session.execute(select(EntryTag.kind, EntryTag.tag, EntryTag.direction).where(EntryTag.entry_id == entry.id))
    held = {Label(*row) for row in tags if row.kind in LABELLED}
    decisions = decisions_of(session, entry.id)
    for decision in decisions:
        label = Label(decision.kind, decision.tag, decision.direction or None)
        (held.discard if decision.verdict == Verdict.REJECTED else held.add)(label)
    for decision in decisions:
        _settle(entry, decision, held)
    session.execute(delete(EntryLabel).where(EntryLabel.entry_id == entry.id))
    rows = [{"entry_id": entry.id, "label": str(each)} for each in sorted(held, key=str) if each.kind in LABELLED]
    if rows:
        session.execute(insert(EntryLabel), rows)


def _settle(entry: Entry, decision: TagDecision, held: set[Label]) -> None:
    """Let a decision on what the entry has one of stand in the entry's column."""
    rejected = decision.verdict == Verdict.REJECTED
    if decision.kind in SINGLE:
        setattr(entry, decision.kind, PLAIN[TagKind(decision.kind)] if rejected else decision.tag)
    elif decision.kind == TagKind.PLACE:
        provinces = sorted(each.tag.partition("/")[0] for each in held if each.kind == TagKind.PLACE)
        province = decision.tag.partition("/")[0]
        if not rejected:
            entry.province = entry.province or province
        elif entry.province == province and province not in provinces:
            entry.province = provinces[0] if provinces else None


def drop_decisions(session: Session, entry_id: int) -> None:
    """Remove people's decisions on an entry: they spoke of words that were taken back."""
    session.execute(delete(TagDecision).where(TagDecision.entry_id == entry_id))
