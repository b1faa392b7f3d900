"""What is known about a text: the records that `nlp.tag` answers with, and nothing that computes them.

Every span is `(start, end)`: code-point offsets into the text as it was given, end excluded, so that
`text[start:end]` shows the words that earned the tag. Scores are probabilities between 0 and 1.
"""

from dataclasses import dataclass
from typing import Any

Span = tuple[int, int]
Spans = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Project:
    """A project to which a text may belong, described in the lab's own words. Nothing about it is trained."""

    slug: str
    title: str
    description: str = ""
    keywords: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sentiment:
    """`label` is "neg" (a problem, pain, lack or displeasure), "pos" (satisfied with something specific) or "neu".

    `spans` are the words that say so by themselves; none where only the whole text does.
    """

    label: str
    score: float
    spans: Spans = ()

    def to_dict(self) -> dict[str, Any]:
        """As plain data for JSON."""
        return {"label": self.label, "score": self.score, "spans": _listed(self.spans)}


@dataclass(frozen=True, slots=True)
class Tag:
    """A topic of the taxonomy, named by its code."""

    tag: str
    score: float
    spans: Spans

    def to_dict(self) -> dict[str, Any]:
        """As plain data for JSON."""
        return {"tag": self.tag, "score": self.score, "spans": _listed(self.spans)}


@dataclass(frozen=True, slots=True)
class Quality:
    """One of the five promised service qualities; `direction` is +1 where it is praised and -1 where it is missed."""

    tag: str
    direction: int
    score: float
    spans: Spans

    def to_dict(self) -> dict[str, Any]:
        """As plain data for JSON."""
        return {"tag": self.tag, "direction": self.direction, "score": self.score, "spans": _listed(self.spans)}


@dataclass(frozen=True, slots=True)
class Urgency:
    """`level` is "normal", "soon" or "crisis"; a level above normal shows the words that earned it."""

    level: str = "normal"
    spans: Spans = ()

    def to_dict(self) -> dict[str, Any]:
        """As plain data for JSON."""
        return {"level": self.level, "spans": _listed(self.spans)}


@dataclass(frozen=True, slots=True)
class Place:
    """A Thai place by its official Thai names; a level that was not said or cannot be told apart is None."""

    province: str | None
    district: str | None
    subdistrict: str | None
    spans: Spans

    def to_dict(self) -> dict[str, Any]:
        """As plain data for JSON."""
        return {
            "province": self.province,
            "district": self.district,
            "subdistrict": self.subdistrict,
            "spans": _listed(self.spans),
        }


@dataclass(frozen=True, slots=True)
class PersonalData:
    """Something that tells who a person is, such as a `kind` "phone" from `start` to `end`."""

    kind: str
    start: int
    end: int

    def to_dict(self) -> dict[str, Any]:
        """As plain data for JSON."""
        return {"kind": self.kind, "start": self.start, "end": self.end}


@dataclass(frozen=True, slots=True)
class Match:
    """A project that a text may belong to."""

    slug: str
    score: float

    def to_dict(self) -> dict[str, Any]:
        """As plain data for JSON."""
        return {"slug": self.slug, "score": self.score}


@dataclass(frozen=True, slots=True)
class Tags:
    """All that is known about one text. `projects` is best first, and empty where none of them fits."""

    language: str
    sentiment: Sentiment
    topics: tuple[Tag, ...] = ()
    qualities: tuple[Quality, ...] = ()
    urgency: Urgency = Urgency()
    places: tuple[Place, ...] = ()
    personal_data: tuple[PersonalData, ...] = ()
    projects: tuple[Match, ...] = ()
    model: str = ""

    def to_dict(self) -> dict[str, Any]:
        """Give the record as plain data, the JSON that `python -m bot tag` writes (without the id)."""
        return {
            "language": self.language,
            "sentiment": self.sentiment.to_dict(),
            "topics": [topic.to_dict() for topic in self.topics],
            "qualities": [quality.to_dict() for quality in self.qualities],
            "urgency": self.urgency.to_dict(),
            "places": [place.to_dict() for place in self.places],
            "personal_data": [item.to_dict() for item in self.personal_data],
            "projects": [match.to_dict() for match in self.projects],
            "model": self.model,
        }


def _listed(spans: Spans) -> list[list[int]]:
    return [[start, end] for start, end in spans]
