"""What codes are called in the reader's language: topics, qualities, moods, languages, steps."""

from datetime import date
from functools import cache
from typing import Any

from babel import Locale
from babel.dates import get_month_names

from bot.dates import ERA, shown
from bot.seed import sample
from bot.wording import pick, say
from nlp.topics import taxonomy


def topic(code: str, language: str) -> str:
    """A topic of the taxonomy."""
    found = taxonomy().get(code)
    return pick(dict(found.names), language) if found else code


@cache
def _lab(what: str) -> dict[str, dict[str, Any]]:
    return {each["slug"]: each for each in sample("lab.yaml")[what]}


def quality(code: str, language: str) -> str:
    """One of the five service qualities."""
    return pick(_lab("qualities")[code]["name"], language) if code in _lab("qualities") else code


def qualities() -> tuple[str, ...]:
    """The five, in the lab's order."""
    return tuple(_lab("qualities"))


def steps() -> tuple[str, ...]:
    """The four steps, in order."""
    return tuple(_lab("steps"))


def step(code: str, language: str) -> tuple[str, str, str]:
    """A step in both wordings (of 2562 and of 2560 BE), and what is asked in it."""
    found = _lab("steps")[code]
    return tuple(pick(found[each], language) for each in ("name", "wording_2017", "asks"))  # type: ignore[return-value]


def tongue(code: str, language: str) -> str:
    """A language by its name."""
    return str(Locale.parse(language).languages.get(code) or say(language, "console.overview.other_language"))


def month(first: date, language: str) -> str:
    """A month, such as "พ.ย. 69" or "Nov 26"."""
    name = get_month_names("abbreviated", locale=language)[first.month]
    return f"{name} {(first.year + (ERA if language == 'th' else 0)) % 100:02}"


def day(at: date, language: str) -> str:
    """A day in full."""
    return shown(at, language)


def percent(part: float) -> str:
    """A share, in whole per cent."""
    return f"{part * 100:.0f}%"
