"""One entry as an official reads it: the words in pieces, why each tag is there, the conversation, what is like it.

Personal data is masked unless the reader has asked to see it and said what for; asking is written into the trail.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

import nlp
from bot.errors import Refused
from bot.exports.answers import HIDDEN, exact, labelled, labels, told
from bot.interview import reading
from bot.interview.questionnaire import Kind, Question
from bot.messages import fallback
from bot.store.audit import By, note
from bot.store.base import Session
from bot.store.entries import Answer, Entry, EntryTag, TagKind
from bot.store.labels import SINGLE, TagDecision, Verdict, decisions_of
from bot.store.reviewing import alike, version_of
from bot.store.sight import Sight
from nlp.privacy import MASKS

SIMILAR = 5
LONGEST_PURPOSE = 200


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the words: `marks` are the places, in the list of tags, of those it earned; `hidden`: a mask."""

    text: str
    marks: tuple[int, ...] = ()
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Tagged:
    """One tag on the page: the machine's, with the words that earned it, and what a person said of it."""

    kind: str
    tag: str
    direction: int | None
    score: float | None = None
    model: str = ""
    spans: tuple[tuple[int, int], ...] = ()
    verdict: str = ""
    by: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """A question as the citizen read it, as the official reads it, and what was answered."""

    asked: str
    meaning: str
    answer: str
    words: str
    photo: str = ""
    status: str = "answered"


def pieces(text: str, personal: Sequence[Sequence[Any]], tags: Sequence[Tagged], unmasked: bool) -> list[Piece]:
    """The words cut wherever a tag's span or personal data begins or ends."""
    hidden = [] if unmasked else _disjoint(personal)
    edges = {0, len(text)}
    for start, end in [(a, b) for _, a, b in hidden] + [span for tag in tags for span in tag.spans]:
        edges |= {start, end}
    cuts = sorted(edge for edge in edges if 0 <= edge <= len(text))
    found: list[Piece] = []
    for start, end in pairwise(cuts):
        mask = next(((kind, begin) for kind, begin, until in hidden if begin <= start and end <= until), None)
        if mask is None:
            marks = tuple(place for place, tag in enumerate(tags) if any(a <= start and end <= b for a, b in tag.spans))
            found.append(Piece(text[start:end], marks))
        elif mask[1] == start:
            found.append(Piece(MASKS.get(mask[0], "[ข้อมูลส่วนบุคคล]"), hidden=True))
    return found


def _disjoint(personal: Sequence[Sequence[Any]]) -> list[tuple[str, int, int]]:
    """Personal data as stretches that do not overlap, the earlier one whole."""
    found: list[tuple[str, int, int]] = []
    for kind, start, end in sorted(personal, key=lambda each: (each[1], -each[2])):
        begin = max(start, found[-1][2] if found else 0)
        if begin < end:
            found.append((kind, begin, end))
    return found


def tags_of(entry: Entry, decisions: Iterable[TagDecision]) -> list[Tagged]:
    """The machine's tags with people's decisions on them, then what people added; sentiment and urgency first."""
    decided = {(each.kind, each.tag, each.direction or None): each for each in decisions}
    found = [_plain(entry, TagKind.SENTIMENT, decided), _plain(entry, TagKind.URGENCY, decided)]
    for row in entry.tags:
        if row.kind not in (*SINGLE, TagKind.PROJECT):
            found.append(_with(row, decided.pop((row.kind, row.tag, row.direction), None)))
    added = (each for each in decided.values() if each.verdict == Verdict.ADDED and each.kind not in SINGLE)
    return found + [_added(each) for each in added]


def _plain(entry: Entry, kind: TagKind, decided: dict[tuple[str, str, int | None], TagDecision]) -> Tagged:
    decision = next((each for each in decided.values() if each.kind == kind), None)
    row = next((each for each in entry.tags if each.kind == kind), None)
    score = entry.sentiment_score if kind == TagKind.SENTIMENT and decision is None else None
    value = str(getattr(entry, kind))
    told_of = (decision.verdict, decision.by, decision.at) if decision else ("", "", None)
    spans = tuple((start, end) for start, end in row.spans) if row and row.tag == value else ()
    return Tagged(kind, value, None, score, entry.model, spans, *told_of)


def _with(row: EntryTag, decision: TagDecision | None) -> Tagged:
    spans = tuple((start, end) for start, end in row.spans)
    told_of = (decision.verdict, decision.by, decision.at) if decision else ("", "", None)
    return Tagged(row.kind, row.tag, row.direction, row.score, row.model, spans, *told_of)


def _added(decision: TagDecision) -> Tagged:
    what = (decision.kind, decision.tag, decision.direction or None)
    return Tagged(*what, verdict=decision.verdict, by=decision.by, at=decision.at)


def decided(session: Session, entry: Entry) -> list[Tagged]:
    """The entry's tags, as they stand."""
    return tags_of(entry, decisions_of(session, entry.id))


def turns(session: Session, entry: Entry, language: str, unmasked: bool) -> list[Turn]:
    """The survey as the citizen saw it, question by question; [] for free words."""
    version = version_of(session, entry)
    if version is None:
        return []
    questionnaire = reading.read(version.questionnaire)
    questions = {each.name: each for each in questionnaire.questions}
    reader = _Reader(entry.language, language, unmasked)
    return [_turn(each, questions.get(each.question), reader) for each in entry.answers]


@dataclass(frozen=True, slots=True)
class _Reader:
    citizen: str
    official: str
    unmasked: bool


def _turn(answer: Answer, question: Question | None, reader: _Reader) -> Turn:
    if question is None:
        return Turn("", "", "", told(answer, reader.unmasked), status=answer.status)
    asked = fallback(question.label, reader.citizen)
    meaning = fallback(question.label, reader.official)
    shown = labelled(answer, labels(question))
    if shown is None:
        shown = "" if answer.kind == "text" else exact(answer, reader.unmasked)
    words = told(answer, reader.unmasked)
    photo = str(answer.value["photo"]) if answer.kind == "photo" and isinstance(answer.value, dict) else ""
    plain = "" if shown is None else str(HIDDEN[Kind.PHOTO] if photo else _bare(shown))
    return Turn(
        asked, meaning if meaning != asked else "", plain, "" if words == plain else words, photo, answer.status
    )


def _bare(value: Any) -> Any:
    if isinstance(value, dict):
        return ", ".join(str(each) for each in value.values() if each)
    return int(value) if isinstance(value, float) and value.is_integer() else value


def reveal(session: Session, entry: Entry, purpose: str, by: By) -> None:
    """Note that personal data of this entry is shown to somebody, and what for. Raises Refused("entry.purpose")."""
    purpose = " ".join(purpose.split())
    if not purpose or len(purpose) > LONGEST_PURPOSE:
        raise Refused("entry.purpose", most=LONGEST_PURPOSE)
    note(session, by, "revealed", number=entry.number, purpose=purpose)


def similar(session: Session, entry: Entry, sight: Sight) -> list[Entry]:
    """Entries that speak of the same: of those that share most tags, the ones that share most words. At most five."""
    mine = set(nlp.search_terms(entry.text))
    near = alike(session, entry, sight)

    def likeness(other: Entry) -> float:
        theirs = set(nlp.search_terms(other.text))
        return len(mine & theirs) / (len(mine | theirs) or 1)

    return sorted(near, key=likeness, reverse=True)[:SIMILAR]
