"""What a citizen may send, and the refusal of what cannot be an answer.

`id` is the LINE message id, by which a message is later unsent; a tap sends no message.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Text:
    """Typed words."""

    text: str
    id: str = ""


@dataclass(frozen=True, slots=True)
class Tap:
    """A tap on an option that the engine made: what was tapped, of which question, and its value.

    A date picker's tap comes as act "answer" with the ISO date as value.
    """

    act: str
    question: str = ""
    value: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class Location:
    """A place sent from the phone, in degrees (WGS 84)."""

    latitude: float
    longitude: float
    title: str = ""
    address: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class Media:
    """A photo, video, voice message or file. `stored` is the key it was stored under.

    Where it could not be stored, `problem` says why: too_large, not_image, gone or later (worth trying again).
    """

    kind: str
    id: str = ""
    stored: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Sticker:
    """A sticker: LINE's English keywords for it, and the words on it."""

    keywords: tuple[str, ...] = ()
    text: str = ""
    id: str = ""


Reply: TypeAlias = Text | Tap | Location | Media | Sticker


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a reply is not an answer: the sentence `interview.refused.<code>`, filled from `facts`."""

    code: str
    facts: Mapping[str, object] = field(default_factory=dict)
