"""A broadcast is written: by labs and admins, for a project they see. A draft may be unfinished; nothing is lost."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.broadcasts.invitations import face, languages_of
from bot.errors import Problem, Refused
from bot.line.outbound import graphemes, utf16
from bot.rights import project_seen, sight_of, survey_seen
from bot.segments import WRITERS, Audience, count, flaws
from bot.store.accounts import Account
from bot.store.audit import By, note
from bot.store.base import Session, Texts
from bot.store.broadcasts import EDITABLE, Broadcast, BroadcastKind, BroadcastState, Repeat, broadcast_of
from bot.store.projects import ProjectStatus
from bot.store.segments import Sending
from bot.store.surveys import SurveyState
from bot.wording import LANGUAGES

LONGEST_NAME, LONGEST_TITLE, LONGEST_TEXT, LONGEST_REASON, LONGEST_LINK = 128, 60, 1_000, 300, 1_000
MOST_WORDINGS = 2


@dataclass(frozen=True, slots=True)
class Draft:
    """A broadcast as its author has it; see `bot.store.broadcasts.Broadcast` for the fields.

    `project` and `survey` are slugs. `wordings`: one, or two to be compared, each {"title": texts, "text": texts} with
    texts by language. `send_at`: aware; None is at once when approved. `override`: why the cooldown is not kept.
    """

    project: str
    name: str
    kind: str = BroadcastKind.SURVEY
    survey: str = ""
    rule: Mapping[str, Any] = field(default_factory=dict)
    wordings: tuple[Mapping[str, Texts], ...] = ()
    share: int = 50
    link: str = ""
    send_at: datetime | None = None
    repeat: str = Repeat.NEVER
    repeat_until: datetime | None = None
    override: str = ""


def create(session: Session, account: Account, draft: Draft, by: By) -> Broadcast:
    """A new draft. Raises Refused: "broadcast.role", "broadcast.name", "broadcast.unreadable", "not_found"."""
    broadcast = Broadcast(author_id=account.id, writers=[account.id], created_at=by.at, state=BroadcastState.DRAFT)
    _take_over(session, account, broadcast, draft, by)
    session.add(broadcast)
    session.flush()
    broadcast.series_id = broadcast.id
    session.flush()
    note(session, by, "broadcast_created", broadcast=broadcast.id, project=draft.project)
    return broadcast


def edit(session: Session, account: Account, broadcast: Broadcast, draft: Draft, seen: tuple[int, By]) -> Broadcast:
    """Change one that is not on its way. Whatever was submitted or approved is a draft again: approval is of the words.

    `seen`: the revision the author has read, and who edits, when. Raises as `create`, and Refused("broadcast.begun"),
    Refused("broadcast.changed") where somebody else has edited it meanwhile.
    """
    revision, by = seen
    if broadcast.state not in EDITABLE:
        raise Refused("broadcast.begun")
    if broadcast.revision != revision:
        raise Refused("broadcast.changed")
    voided = broadcast.approved_by is not None
    _take_over(session, account, broadcast, draft, by)
    broadcast.state = BroadcastState.DRAFT
    broadcast.approved_by = broadcast.approved_at = broadcast.submitted_at = None
    broadcast.writers = sorted({*broadcast.writers, account.id})
    broadcast.revision += 1
    session.flush()
    note(session, by, "broadcast_edited", broadcast=broadcast.id, approval_voided=voided)
    return broadcast


def _take_over(session: Session, account: Account, broadcast: Broadcast, draft: Draft, by: By) -> None:
    sight = sight_of(session, account)
    may_write(account)
    name = " ".join(draft.name.split())
    if not 0 < len(name) <= LONGEST_NAME:
        raise Refused("broadcast.name", most=LONGEST_NAME)
    if not _readable(draft):
        raise Refused("broadcast.unreadable")
    broadcast.project_id = project_seen(session, sight, draft.project).id
    broadcast.survey_id = survey_seen(session, sight, draft.survey).id if draft.survey else None
    broadcast.name, broadcast.kind, broadcast.rule = name, draft.kind, dict(draft.rule)
    broadcast.wordings = [_trimmed(each) for each in draft.wordings]
    broadcast.share, broadcast.link, broadcast.override = draft.share, draft.link.strip(), draft.override.strip()
    broadcast.send_at, broadcast.repeat, broadcast.repeat_until = draft.send_at, draft.repeat, draft.repeat_until
    broadcast.updated_at = by.at


def _readable(draft: Draft) -> bool:
    """Whether the store can keep it; whether it can be sent is for `problems`."""
    named = draft.kind in list(BroadcastKind) and draft.repeat in list(Repeat)
    short = len(draft.override) <= LONGEST_REASON and len(draft.link) <= LONGEST_LINK
    texts = [text for each in draft.wordings for field in each.values() for text in field.values()]
    fits = len(draft.wordings) <= MOST_WORDINGS and all(isinstance(text, str) for text in texts)
    return named and short and fits and 0 < draft.share < 100 and not flaws(dict(draft.rule))


def _trimmed(wording: Mapping[str, Texts]) -> dict[str, Texts]:
    def of(name: str) -> Texts:
        texts = {each: wording.get(name, {}).get(each, "").strip() for each in LANGUAGES}
        return {each: text for each, text in texts.items() if text}

    return {"title": of("title"), "text": of("text")}


def may_write(account: Account) -> None:
    """Raises Refused("broadcast.role") where the account is no lab and no admin."""
    if account.role not in WRITERS:
        raise Refused("broadcast.role")


def broadcast_seen(session: Session, account: Account, number: int) -> Broadcast:
    """The broadcast of this id. Raises Refused("not_found") where its project may not be seen."""
    found = broadcast_of(session, sight_of(session, account), number)
    if found is None:
        raise Refused("not_found")
    return found


def sending_of(broadcast: Broadcast, at: datetime) -> Sending:
    """What decides who is left out of this broadcast."""
    survey = broadcast.survey_id if broadcast.kind == BroadcastKind.SURVEY else None
    return Sending(broadcast.project.lab_id, at, survey, broadcast.id or 0, bool(broadcast.override))


def audience(session: Session, broadcast: Broadcast, at: datetime) -> Audience:
    """Whom it would reach if it were sent now, and whom not, by reason."""
    return count(session, broadcast.rule, sending_of(broadcast, at))


def audience_of(session: Session, account: Account, draft: Draft, at: datetime) -> Audience:
    """The same for a draft that is not kept yet. Raises Refused: "not_found", "segment.invalid"."""
    sight = sight_of(session, account)
    project = project_seen(session, sight, draft.project)
    survey = survey_seen(session, sight, draft.survey).id if draft.survey else None
    wanted = survey if draft.kind == BroadcastKind.SURVEY else None
    return count(session, draft.rule, Sending(project.lab_id, at, wanted, 0, bool(draft.override.strip())))


def problems(broadcast: Broadcast, at: datetime) -> list[Problem]:
    """What must be mended before it can be submitted, each with its place (a field, "wordings[0].title.th"…)."""
    return [*_of_survey(broadcast), *_of_wordings(broadcast), *_of_time(broadcast, at), *flaws(broadcast.rule)]


def _of_survey(broadcast: Broadcast) -> Iterator[Problem]:
    if broadcast.project.status != ProjectStatus.ACTIVE:
        yield Problem("project", "broadcast_project_closed")
    if broadcast.kind != BroadcastKind.SURVEY:
        return
    if broadcast.survey is None:
        yield Problem("survey", "broadcast_survey_missing")
    elif broadcast.survey.state != SurveyState.LIVE or broadcast.survey.project.status != ProjectStatus.ACTIVE:
        yield Problem("survey", "broadcast_survey_not_live")
    elif broadcast.survey.project_id != broadcast.project_id:
        yield Problem("survey", "broadcast_survey_elsewhere")


def _of_wordings(broadcast: Broadcast) -> Iterator[Problem]:
    if not broadcast.wordings:
        yield Problem("wordings", "broadcast_wording_missing")
    if len(broadcast.wordings) > 1 and broadcast.wordings[0] == broadcast.wordings[1]:
        yield Problem("wordings[1]", "broadcast_wordings_same")
    if broadcast.link and not broadcast.link.startswith("https://"):
        yield Problem("link", "broadcast_link")
    for place, wording in enumerate(broadcast.wordings):
        yield from _of_texts(wording, f"wordings[{place}]")


def _of_texts(wording: Mapping[str, Texts], where: str) -> Iterator[Problem]:
    for name, longest, length in (("title", LONGEST_TITLE, graphemes), ("text", LONGEST_TEXT, utf16)):
        texts = wording.get(name, {})
        if not texts.get("th"):
            yield Problem(f"{where}.{name}.th", "broadcast_thai_missing")
        for language in languages_of(wording):
            if language not in texts and language != "th":
                yield Problem(f"{where}.{name}.{language}", "broadcast_text_missing")
        for language, text in texts.items():
            if length(text) > longest:
                yield Problem(f"{where}.{name}.{language}", "broadcast_text_long", {"most": longest})


def _of_time(broadcast: Broadcast, at: datetime) -> Iterator[Problem]:
    if broadcast.send_at is not None and broadcast.send_at < at:
        yield Problem("send_at", "broadcast_past")
    begins = broadcast.send_at or at
    if broadcast.repeat != Repeat.NEVER and broadcast.repeat_until is None:
        yield Problem("repeat_until", "broadcast_endless")
    if broadcast.repeat_until is not None and broadcast.repeat_until <= begins:
        yield Problem("repeat_until", "broadcast_ends_before")


def submit(session: Session, account: Account, broadcast: Broadcast, by: By) -> None:
    """Hand it to a second person. Raises Refused: "broadcast.role", "broadcast.state", "broadcast.unfinished"."""
    may_write(account)
    if broadcast.state != BroadcastState.DRAFT:
        raise Refused("broadcast.state")
    if found := problems(broadcast, by.at):
        raise Refused("broadcast.unfinished", count=len(found))
    for arm in range(len(broadcast.wordings)):
        face(session, broadcast, arm, "th")  # what cannot be put together is found now, not at night
    broadcast.state, broadcast.submitted_at = BroadcastState.WAITING, by.at
    broadcast.writers = sorted({*broadcast.writers, account.id})
    broadcast.revision += 1
    note(session, by, "broadcast_submitted", broadcast=broadcast.id)
