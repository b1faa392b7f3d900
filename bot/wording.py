"""Every sentence the bot says on its own account, in five languages.

The catalogues are gettext's: locale/<language>/LC_MESSAGES/<domain>.po, one domain a noun of the house, with names
such as "interview.progress" for msgid. They are read straight from the .po files, so there is nothing to compile.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from babel.messages.pofile import read_po

from bot.messages import fallback

LANGUAGES = ("th", "en", "my", "km", "lo")
LOCALE = Path(__file__).parent / "locale"


@cache
def catalogue(language: str) -> dict[str, str]:
    """All sentences of one language: {name: text}. Sentences not yet translated are left out."""
    sentences: dict[str, str] = {}
    for path in sorted((LOCALE / language / "LC_MESSAGES").glob("*.po")):
        with path.open(encoding="utf-8") as lines:
            for entry in read_po(lines, locale=language):
                if entry.id and entry.string:
                    sentences[str(entry.id)] = str(entry.string)
    return sentences


def say(language: str, key: str, /, **facts: object) -> str:
    """The sentence `key` in `language` (or the nearest language that has it), its {placeholders} filled from `facts`.

    Raises KeyError where no language has the sentence: a bug, caught by the catalogue test.
    """
    text = fallback({each: catalogue(each).get(key, "") for each in LANGUAGES}, language)
    if not text:
        raise KeyError(key)
    return text.format(**facts) if facts else text


def pick(texts: Mapping[str, str], language: str) -> str:
    """The text of an author in `language`, or the nearest there is. See `bot.messages.fallback`."""
    return fallback(texts, language)
