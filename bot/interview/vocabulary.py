"""Short words that mean something to the interview alone, such as "เสร็จแล้ว" after ticking choices."""

import unicodedata
from functools import cache

from bot.wording import LANGUAGES, say


def plain(text: str) -> str:
    """The text without what does not tell words apart: case, spaces at the ends, compatibility forms."""
    return unicodedata.normalize("NFKC", text).casefold().strip()


def is_number(text: str) -> bool:
    """Whether the text is but a small number, as that of a question."""
    return text.isdecimal() and len(text) <= 3


def means(what: str, text: str) -> bool:
    """Whether this text is one of the words for `what`: "done" or "file", in any language of ours."""
    return plain(text).strip(" .!~ๆ") in _words(what)


@cache
def _words(what: str) -> frozenset[str]:
    """The words listed in the catalogues under `interview.words.<what>`, parted by |."""
    return frozenset(plain(word) for each in LANGUAGES for word in say(each, f"interview.words.{what}").split("|"))
