"""What officials do with an entry: how far they are with it, whose it is, where it belongs, its tags, and notes.

Each act locks the entry, raises its revision and adds to its history. `revision` is the one the person read: where the
entry has changed since, the act raises Refused("entry.changed") and nothing happens. An act that would change nothing
returns False and leaves no trace.

An entry is new → in_review → used → answered → closed; any step forward will do, and the way back is to in_review.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.errors import Refused
from bot.filing import note as write_history
from bot.filing import place_in
from bot.rights import sight_of
from bot.store.accounts import Account, Role
from bot.store.audit import By
from bot.store.base import Session
from bot.store.entries import Entry, EntryNote, EntryStatus, TagKind
from bot.store.labels import (
    PLAIN,
    SINGLE,
    Label,
    TagDecision,
    Verdict,
    decision_on,
    decisions_of,
    keep_decision,
    machine_has,
    relabel,
)
from bot.store.projects import Project, ProjectStatus
from nlp.gazetteer import Area, gazetteer
from nlp.qualities import QUALITIES
from nlp.topics import taxonomy

ORDER = (EntryStatus.NEW, EntryStatus.IN_REVIEW, EntryStatus.USED, EntryStatus.ANSWERED, EntryStatus.CLOSED)
DECIDERS = (Role.OFFICIAL, Role.ADMIN)
KEPT = ("status", "assignee_id", "project_id", "sentiment", "urgency", "province")
DECIDED = ("kind", "tag", "direction", "verdict", "machine", "model", "by")
VALUES = {TagKind.SENTIMENT: ("pos", "neu", "neg"), TagKind.URGENCY: ("normal", "soon", "crisis")}
LONGEST_NOTE = 4000


@dataclass(frozen=True, slots=True)
class Decision:
    """A person's word on a tag. `direction`: +1 or -1 for a quality, None else. An added sentiment is the right one."""

    kind: TagKind
    tag: str
    direction: int | None
    verdict: Verdict

    @property
    def label(self) -> Label:
        """The tag spoken of."""
        return Label(self.kind, self.tag, self.direction)


def next_statuses(status: str) -> tuple[EntryStatus, ...]:
    """The statuses an entry may be given from this one."""
    if status not in ORDER:
        return ()
    place = ORDER.index(EntryStatus(status))
    back = (EntryStatus.IN_REVIEW,) if place > 1 else ()
    return back + ORDER[place + 1 :]


def hold(session: Session, entry: Entry, revision: int | None = None) -> None:
    """Keep the entry to this transaction, as it is now. Raises Refused: "entry.changed"; "not_found" if taken back."""
    session.flush()
    session.refresh(entry, with_for_update=True)
    if entry.status == EntryStatus.WITHDRAWN:
        raise Refused("not_found")
    if revision is not None and revision != entry.revision:
        raise Refused("entry.changed", number=entry.number)


def change_status(session: Session, entry: Entry, status: EntryStatus, by: By, revision: int | None = None) -> bool:
    """Say how far the work on the entry is. Raises Refused("entry.status") for a step that is none."""
    hold(session, entry, revision)
    if entry.status == status:
        return False
    if status not in next_statuses(entry.status):
        raise Refused("entry.status", number=entry.number)
    _changed(session, entry, "status", by, was=entry.status, now=str(status))
    entry.status = status
    return True


def assign(session: Session, entry: Entry, account: Account | None, by: By, revision: int | None = None) -> bool:
    """Give the entry to a colleague, or to nobody. Raises Refused("entry.assignee") if they could not read it."""
    hold(session, entry, revision)
    if entry.assignee_id == (account.id if account else None):
        return False
    if account is not None and not may_work_on(session, account, entry):
        raise Refused("entry.assignee", name=account.name)
    now = account.actor if account else ""
    was = f"account:{entry.assignee_id}" if entry.assignee_id else ""
    _changed(session, entry, "assigned", by, was=was, now=now)
    entry.assignee_id = account.id if account else None
    return True


def may_work_on(session: Session, account: Account, entry: Entry) -> bool:
    """Whether this account reads the entry's project and decides on entries."""
    deciding = account.active and account.role in DECIDERS
    return deciding and sight_of(session, account).covers(entry.project_id)


def move(session: Session, entry: Entry, project: Project | None, by: By, revision: int | None = None) -> bool:
    """Put the entry under another project, or under none. A survey's entry stays with its survey's project.

    Who has it assigned and does not work on the other project loses it. Raises Refused("entry.of_survey").
    """
    hold(session, entry, revision)
    if entry.project_id == (project.id if project else None):
        return False
    if entry.survey_id is not None and entry.project_id is not None:
        raise Refused("entry.of_survey", number=entry.number)
    if project is not None and project.status != ProjectStatus.ACTIVE:
        raise Refused("entry.project_closed")
    place_in(session, entry, project, by.actor, by.at)
    _drop_stranger(session, entry, by)
    return True


def decide_tag(session: Session, entry: Entry, decision: Decision, by: By, revision: int | None = None) -> bool:
    """Keep a person's decision on one tag, in the place of any before on that tag. Raises Refused("entry.tag").

    The machine's own row stays as it is, and a reading anew leaves the decision standing.
    """
    check_tag(decision)
    hold(session, entry, revision)
    if decision.verdict is not Verdict.ADDED and not _is_there(session, entry, decision):
        raise Refused("entry.no_such_tag", number=entry.number)
    standing = decision_on(session, entry.id, decision.label)
    if standing is not None and standing.verdict == decision.verdict:
        return False
    if standing is None and decision.verdict is Verdict.ADDED and _is_there(session, entry, decision):
        return False
    keep_decision(session, entry, decision.label, decision.verdict, by)
    relabel(session, entry)
    _changed(session, entry, "tag", by, verdict=str(decision.verdict), tag=str(decision.label))
    session.flush()
    return True


def note(session: Session, entry: Entry, text: str, by: By) -> EntryNote:
    """Write something down beside the entry, for colleagues. Raises Refused("entry.note")."""
    text = text.strip()
    if not text or len(text) > LONGEST_NOTE:
        raise Refused("entry.note", most=LONGEST_NOTE)
    hold(session, entry)
    written = EntryNote(entry_id=entry.id, by=by.actor, at=by.at, text=text)
    session.add(written)
    session.flush()
    write_history(session, entry, "noted", by.actor, by.at, note=written.id)
    return written


def check_tag(decision: Decision) -> None:
    """That there is such a tag. Raises Refused("entry.tag")."""
    if not _is_known(decision):
        raise Refused("entry.tag", tag=decision.tag[:64])


def before(session: Session, entry: Entry) -> dict[str, Any]:
    """All that the acts of this module change, as plain data: what `put_back` restores."""
    decisions = [
        {name: getattr(each, name) for name in DECIDED} | {"at": each.at.isoformat()}
        for each in decisions_of(session, entry.id)
    ]
    return {name: getattr(entry, name) for name in KEPT} | {"decisions": decisions}


def put_back(session: Session, entry: Entry, was: dict[str, Any], by: By, revision: int) -> None:
    """Restore what `before` told, exactly. Raises Refused("entry.changed") where somebody has changed it since."""
    hold(session, entry, revision)
    for each in decisions_of(session, entry.id):
        session.delete(each)
    session.flush()
    for told in was["decisions"]:
        session.add(TagDecision(entry_id=entry.id, **told | {"at": datetime.fromisoformat(told["at"])}))
    session.flush()
    relabel(session, entry)
    for name in KEPT:
        setattr(entry, name, was[name])
    _changed(session, entry, "undone", by)
    session.flush()


def _changed(session: Session, entry: Entry, what: str, by: By, **facts: Any) -> None:
    entry.revision += 1
    write_history(session, entry, what, by.actor, by.at, **facts)


def _drop_stranger(session: Session, entry: Entry, by: By) -> None:
    assignee = session.get(Account, entry.assignee_id) if entry.assignee_id else None
    if assignee is not None and not may_work_on(session, assignee, entry):
        write_history(session, entry, "assigned", by.actor, by.at, was=assignee.actor, now="")
        entry.assignee_id = None


def _is_known(decision: Decision) -> bool:
    kind, tag = decision.kind, decision.tag
    if kind in SINGLE:
        return tag in VALUES[kind] and not (decision.verdict is Verdict.REJECTED and tag == PLAIN[kind])
    if kind == TagKind.QUALITY:
        return tag in QUALITIES and decision.direction in (1, -1)
    if kind == TagKind.TOPIC:
        return tag in taxonomy()
    return kind == TagKind.PLACE and _is_place(tag)


def _is_place(name: str) -> bool:
    """Whether it is an area by its official names, such as "ชลบุรี/ศรีราชา"."""
    parts = name.split("/")
    if len(parts) > len(Area._fields):
        return False
    area = Area(*parts)
    return area in gazetteer().names[area.level].get(parts[-1], ())


def _is_there(session: Session, entry: Entry, decision: Decision) -> bool:
    if decision.kind in SINGLE:
        return bool(getattr(entry, decision.kind) == decision.tag)
    standing = decision_on(session, entry.id, decision.label)
    return machine_has(session, entry.id, decision.label) or (
        standing is not None and standing.verdict == Verdict.ADDED
    )
