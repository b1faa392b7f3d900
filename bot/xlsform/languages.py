"""Languages as XLSForm writes them, "ไทย (th)" or "English", and as we do, "th"."""

import re
from collections.abc import Iterable, Mapping

from bot.wording import LANGUAGES, say
from nlp.language import language as language_of

_CODE = re.compile(r"\(\s*([a-z]{2,3})(?:[-_][A-Za-z0-9]+)*\s*\)$")
_NAMES = {
    "thai": "th", "tha": "th", "ไทย": "th", "ภาษาไทย": "th", "english": "en", "eng": "en", "อังกฤษ": "en",
    "ภาษาอังกฤษ": "en",
    "burmese": "my", "myanmar": "my", "mya": "my", "မြန်မာ": "my", "พม่า": "my", "เมียนมา": "my",
    "khmer": "km", "khm": "km", "cambodian": "km", "ខ្មែរ": "km", "เขมร": "km", "lao": "lo", "laotian": "lo",
    "ລາວ": "lo", "ลาว": "lo",
}  # fmt: skip


def written(code: str) -> str:
    """How XLSForm is to name one of our languages: in its own script, with its code."""
    return f"{say(code, f'language.{code}')} ({code})"


def code_of(written: str) -> str | None:
    """Which of our languages is meant; None for another."""
    name = " ".join(written.split()).casefold()
    found = _CODE.search(name)
    code = found[1] if found else name
    code = _NAMES.get(code, code)
    return code if code in LANGUAGES else _NAMES.get(name[: found.start()].strip()) if found else None


def guessed(texts: Iterable[str]) -> str:
    """The language of texts whose author did not name it, by their script; Latin letters are taken for English."""
    counts: dict[str, int] = {}
    for text in texts:
        code = language_of(text)
        counts[code] = counts.get(code, 0) + len(text)
    known: Mapping[str, int] = {code: counts.get(code, 0) for code in LANGUAGES}
    best = max(known, key=lambda code: known[code])
    return best if known[best] else "en"
