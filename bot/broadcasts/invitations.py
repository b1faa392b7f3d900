"""What a recipient sees: a card in their language, with the way in, and the way never to get another."""

from collections.abc import Mapping
from typing import Any

from bot.interview.questionnaire import Kind
from bot.line.outbound import compose
from bot.messages import Card, Message, Option, OptionKind, Row, fallback, pack
from bot.projects import short_name
from bot.store.base import Session, Texts
from bot.store.broadcasts import Broadcast, BroadcastKind
from bot.store.surveys import newest_version
from bot.wording import LANGUAGES, say

# LINE: up to 30 of A-Z a-z 0-9 and _, case-sensitive, 1,000 names a month (Messaging API, "Statistics per unit").
LONGEST_UNIT = 30


def languages_of(wording: Mapping[str, Texts]) -> list[str]:
    """The languages an author began to write it in."""
    return [each for each in LANGUAGES if any(texts.get(each) for texts in wording.values())]


def face(session: Session, broadcast: Broadcast, arm: int, language: str, test: bool = False) -> Message:
    """The message for readers of a language, in the wording of an arm. What its author left out is said in English, or
    in Thai, as `bot.messages.fallback` has it. The survey that a `test` begins is a rehearsal, and counts nowhere."""
    wording = broadcast.wordings[arm]
    title, text = (fallback(wording.get(name, {}), language) for name in ("title", "text"))
    options = tuple(_ways(broadcast, arm, language, test))
    return Message(f"{title}\n{text}", card=Card(title, _rows(session, broadcast, language), options, note=text))


def _rows(session: Session, broadcast: Broadcast, language: str) -> tuple[Row, ...]:
    """Who asks, and how long it takes."""
    project = broadcast.project
    rows = [Row(say(language, "invitation.from"), short_name(project, language))]
    if count := _questions(session, broadcast):
        rows.append(Row(say(language, "invitation.length"), say(language, "invitation.questions", count=count)))
    return tuple(rows)


def _questions(session: Session, broadcast: Broadcast) -> int:
    """How many questions the survey has as it is asked now; 0 for news."""
    version = newest_version(session, broadcast.survey_id) if broadcast.survey_id else None
    if broadcast.kind != BroadcastKind.SURVEY or version is None:
        return 0
    return sum(each.get("kind") != Kind.NOTE for each in version.questionnaire["questions"])


def _ways(broadcast: Broadcast, arm: int, language: str, test: bool) -> list[Option]:
    ways = []
    if broadcast.kind == BroadcastKind.SURVEY and broadcast.survey is not None:
        told = {"t": "1"} if test else {"b": str(broadcast.id), "a": str(arm)}
        title = fallback(broadcast.survey.title, language)
        ways.append(Option(say(language, "surveys.start"), pack("survey", s=broadcast.survey.slug, **told), says=title))
    if broadcast.link:
        ways.append(Option(say(language, "invitation.read"), broadcast.link, OptionKind.LINK))
    ways.append(Option(say(language, "invitation.no_more"), pack("optout", lab=str(broadcast.project.lab_id))))
    return ways


def composed(session: Session, broadcast: Broadcast, arm: int, language: str) -> list[dict[str, Any]]:
    """The message as LINE's JSON: what is sent, and what a preview shows."""
    return compose([face(session, broadcast, arm, language)])


def unit(broadcast: Broadcast, arm: int) -> str:
    """The name under which LINE counts what becomes of a wave's wording."""
    return f"srv_{broadcast.series_id}_{broadcast.wave}" + ("" if len(broadcast.wordings) < 2 else f"_{'ab'[arm]}")
