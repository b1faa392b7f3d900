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

from bot.store.base import Base, BigId, one_of
from bot.store.entries import Entry, EntryTag, TagKind

LABELLED = (TagKind.TOPIC, TagKind.QUALITY, TagKind.PLACE)
# Kinds of which an entry has exactly one: its column of that name. A decision on one takes the place of any before.
SINGLE = (TagKind.SENTIMENT, TagKind.URGENCY)
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


def relabel(session: Session, entry: Entry) -> None:
    """Make the entry's labels anew from the machine's tags and people's decisions, all flushed before.

    What people decided on its sentiment and urgency takes the place of the machine's in the entry's own columns.
    """
    tags = session.execute(select(EntryTag.kind, EntryTag.tag, EntryTag.direction).where(EntryTag.entry_id == entry.id))
    held = {Label(*row) for row in tags if row.kind in LABELLED}
    for decision in decisions_of(session, entry.id):
        label = Label(decision.kind, decision.tag, decision.direction or None)
        if decision.verdict == Verdict.REJECTED:
            held.discard(label)
        elif decision.kind in LABELLED:
            held.add(label)
        elif decision.kind in SINGLE:
            setattr(entry, decision.kind, decision.tag)
    session.execute(delete(EntryLabel).where(EntryLabel.entry_id == entry.id))
    rows = [{"entry_id": entry.id, "label": str(each)[:LONGEST]} for each in sorted(held, key=str)]
    if rows:
        session.execute(insert(EntryLabel), rows)


def drop_decisions(session: Session, entry_id: int) -> None:
    """Remove people's decisions on an entry: they spoke of words that were taken back."""
    session.execute(delete(TagDecision).where(TagDecision.entry_id == entry_id))
