"""What we say, in no channel's dialect. LINE's limits and JSON belong to bot/line/outbound.py."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from urllib.parse import parse_qsl, quote_plus


class OptionKind(StrEnum):
    """What happens when an option is taken."""

    TAP = "tap"  # `data` comes back, and the citizen is shown to have said `says` (or the label)
    DATE = "date"  # a date picker; `data` comes back with the date
    LOCATION = "location"  # the phone sends a location
    CAMERA = "camera"  # the phone takes a photo
    ALBUM = "album"  # the phone offers its photos
    LINK = "link"  # opens `data`, an address such as tel:1669


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to tap.

    `data` is what comes back (made by `pack`). `initial`, `least` and `most` are ISO dates for a date picker, or "".
    """

    label: str
    data: str = ""
    kind: OptionKind = OptionKind.TAP
    says: str = ""
    initial: str = ""
    least: str = ""
    most: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a card: a small label, a value, and what a tap on it does."""

    label: str
    value: str = ""
    option: Option | None = None


@dataclass(frozen=True, slots=True)
class Card:
    """A framed message: a title, rows, and buttons below (`options`)."""

    title: str
    rows: tuple[Row, ...] = ()
    options: tuple[Option, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """One bubble. With a card, `text` is what is read where cards cannot be shown. `options` float below the chat."""

    text: str
    options: tuple[Option, ...] = ()
    card: Card | None = None


def pack(verb: str, **facts: str) -> str:
    """Make the data of an option: the verb and its facts, as a query string. The inverse of `unpack`."""
    return "&".join(f"{name}={_quoted(value)}" for name, value in (("do", verb), *facts.items()))


def _quoted(text: str) -> str:
    # Nearly all that we pack is names and numbers, which need no quoting: this is on the path of every answer.
    return text if text.isascii() and text.replace("_", "").isalnum() else quote_plus(text)


def unpack(data: str) -> tuple[str, dict[str, str]]:
    """Read an option's data: (verb, facts). Data that we did not make gives the verb ""."""
    facts = dict(parse_qsl(data, keep_blank_values=True))
    return facts.pop("do", ""), facts


def mark(message: Message, **facts: str) -> Message:
    """The same message, with these facts added to the data of every option that comes back to us."""

    def marked(option: Option) -> Option:
        if option.kind not in (OptionKind.TAP, OptionKind.DATE):
            return option
        verb, told = unpack(option.data)
        return replace(option, data=pack(verb, **told, **facts)) if verb else option

    card = message.card
    if card is not None:
        rows = tuple(replace(row, option=marked(row.option)) if row.option else row for row in card.rows)
        card = replace(card, rows=rows, options=tuple(map(marked, card.options)))
    return replace(message, options=tuple(map(marked, message.options)), card=card)


def fallback(texts: Mapping[str, str], language: str) -> str:
    """The text in `language`, or the nearest there is: English for those who do not read Thai, then Thai, then any."""
    order = (language, "th", "en") if language == "th" else (language, "en", "th")
    for candidate in order:
        if texts.get(candidate):
            return texts[candidate]
    return next((text for text in texts.values() if text), "")
