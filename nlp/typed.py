"""What people type in a chat, made comparable: one spelling for each way of typing the same thing.

`fold` undoes what keyboards and moods do to a word: full-width forms, digits of other scripts, invisible
characters, doubled or misplaced marks, stretched letters. The other functions go further and lose something each
(spaces, tone marks, polite endings), so the readers of answers choose how far they go.
"""

import re
import tomllib
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

LONGEST = 1000  # characters kept: more than any reader of answers takes, so that a longer text is known to be too long
_LONGEST_NUMBER = re.compile(r"(\d{20})\d+")
_DATA = Path(__file__).parent / "data" / "answers"

_INVISIBLE = re.compile(
    "[\u0000-\u0008\u000e-\u001f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe0e\ufe0f\ufeff\u20e3]"
)
_MARKS = "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ecd"
_DOUBLED_MARK = re.compile(f"([{_MARKS}])\\1+")
_STRETCHED = re.compile(f"([^\\W\\d_]|[{_MARKS}ะ]|[!?.~,…-])\\1{{2,}}")
_TONE_FIRST = re.compile("([\u0e48-\u0e4b])([\u0e31\u0e34-\u0e39\u0e4d])")
_LAO_TONE_FIRST = re.compile("([\u0ec8-\u0ecb])([\u0eb1\u0eb4-\u0eb9\u0ebb\u0ecd])")
_SARA_AM = re.compile("\u0e4d([\u0e48-\u0e4b]?)\u0e32")
_LAO_AM = re.compile("\u0ecd([\u0ec8-\u0ecb]?)\u0eb2")
_ENDS_TWICE = re.compile(r"([าะ])\1+|(?<=[ก-๙])(?!นน|รร|ปป)([ก-ฮ])\2(?=[\s!.~]|$)")
_SPACE = re.compile(r"\s+")
_PICTURES = re.compile("[\u2190-\u2bff\u3030\u303d\U0001f000-\U0001faff\U000e0020-\U000e007f]+")
_SIGNS = re.compile(r"[\s!-/:-@\[-`{-~…“”‘’«»·•–—、。ฯๆ๏๚๛၊။។៕]+")
_TONES = re.compile("[\u0e47-\u0e4c\u0ec8-\u0ecc]")
_LAUGHTER = re.compile(r"(?<![\d.,])5{3,}\+*(?![.,]?\d)|(?:ฮ่า){2,}|(?:ha){2,}h?|lol|อิอิ|คริคริ")

# The Kedmanee layout over a US keyboard, unshifted and shifted (TIS 820-2538).
_LATIN_KEYS = "`1234567890-=qwertyuiop[]\\asdfghjkl;'zxcvbnm,./~!@#$%^&*()_+QWERTYUIOP{}|ASDFGHJKL:\"ZXCVBNM<>?"
_THAI_KEYS = '_ๅ/-ภถุึคตจขชๆไำพะัีรนยบลฃฟหกดเ้่าสวงผปแอิืทมใฝ%+๑๒๓๔ู฿๕๖๗๘๙๐"ฎฑธํ๊ณฯญฐ,ฅฤฆฏโฌ็๋ษศซ.()ฉฮฺ์?ฒฬฦ'
_DASHES = str.maketrans("‐‑‒–—−﹣", "-------")
_TO_THAI = dict(zip(map(ord, _LATIN_KEYS), _THAI_KEYS, strict=True))


@cache
def table(name: str) -> dict[str, Any]:
    """One table of words from `nlp/data/answers/<name>.toml`."""
    return tomllib.loads((_DATA / f"{name}.toml").read_text("utf-8"))


@cache
def alternation(words: tuple[str, ...]) -> str:
    """A regular expression for any of the words, the longest first; spaces in a word may be typed or not. No words: no
    match."""
    ordered = sorted({fold(word) for word in words}, key=lambda word: (-len(word), word))
    if not ordered:
        return "(?!)"
    return "(?:" + "|".join(re.escape(word).replace(r"\ ", r"\s*") for word in ordered) + ")"


def fold(text: str) -> str:
    """The text in one spelling: lower case, plain digits, single spaces, no invisible or doubled marks, not stretched.

    At most `LONGEST` characters are kept. Emoji stay, and so do runs of up to twenty digits.
    """
    if len(text) > LONGEST:
        text = _STRETCHED.sub(r"\1", _SPACE.sub(" ", text))
    text = unicodedata.normalize("NFKC", text[:LONGEST].replace("½", ".5"))[:LONGEST]
    text = _INVISIBLE.sub("", text).translate(_DASHES).lower()
    if not text.isascii():
        text = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text)
        text = _TONE_FIRST.sub(r"\2\1", text.replace("เเ", "แ").replace("ເເ", "ແ"))
        text = _LAO_TONE_FIRST.sub(r"\2\1", text)
        text = _LAO_AM.sub("\\1\u0eb3", _SARA_AM.sub("\\1\u0e33", _DOUBLED_MARK.sub(r"\1", text)))
    text = _LONGEST_NUMBER.sub(r"\1", _STRETCHED.sub(r"\1", text))
    text = _ENDS_TWICE.sub(lambda match: match[0][0], text)
    return _SPACE.sub(" ", text).replace(" ๆ", "ๆ").strip()


def without_pictures(text: str) -> str:
    """Folded text without emoji, symbols and typed laughter (5555, ฮ่าฮ่า) beside other words."""
    plain = _PICTURES.sub(" ", text)
    quiet = _LAUGHTER.sub(" ", plain)
    return _SPACE.sub(" ", quiet if squash(quiet) else plain).strip()


def squash(text: str) -> str:
    """Folded text without spaces, punctuation, emoji and the repetition mark: for comparing labels."""
    return _SIGNS.sub("", _PICTURES.sub("", text))


def flat(text: str) -> str:
    """Text without tone marks, and with the letters that people mix up as one: what is left of a hasty word."""
    return _TONES.sub("", text).replace("ใ", "ไ").replace("ฃ", "ข").replace("ฅ", "ค")


def as_thai_keys(text: str) -> str:
    """What the same keys give on a Thai keyboard: `l;ylfu` → สวัสดี."""
    return fold(text.translate(_TO_THAI))


@cache
def _within() -> re.Pattern[str]:
    return re.compile(
        rf"(?<=[ก-๙\d]){alternation(tuple(w for w in table('typed')['polite'] if not w.isascii()))}(?=\s)"
    )


def without_courtesy(text: str) -> str:
    """Folded text without the polite words inside it (ตอบผิดค่ะ ขอแก้)."""
    return _within().sub("", text)


@cache
def _endings() -> tuple[re.Pattern[str], re.Pattern[str]]:
    return _ending("polite"), _ending("soft")


def _ending(kind: str) -> re.Pattern[str]:
    """One ending at the end of a text. Words that merely end alike (หน้า, ชนะ, สินค้า) are not cut, nor are Latin
    words."""
    words = table("typed")
    thai = alternation(tuple(word for word in words[kind] if not word.isascii()))
    latin = alternation(tuple(word for word in words[kind] if word.isascii()) or ("please",))
    kept = "".join(f"(?<!{re.escape(fold(word))})" for word in words["kept"])
    return re.compile(rf"[\s.!~,]*(?:{thai}|(?<![a-z]){latin})${kept}")


def courteous(text: str, soft: bool = True) -> str:
    """Folded text with its polite endings cut (ครับ, ค่ะ, จ้า …), and the soft ones (นะ, เลย, อ่ะ …) too if asked for.

    Text that is nothing but such endings stays as it is.
    """
    sure, loose = _endings()
    for _ in range(8):
        shorter = sure.sub("", text).rstrip(" .!~,")
        if soft and shorter == text:
            shorter = loose.sub("", text).rstrip(" .!~,")
        if not shorter or shorter == text or "เ" <= shorter[-1] <= "ไ":
            break
        text = shorter
    return text


@cache
def _taken_back() -> re.Pattern[str]:
    words = table("typed")["taken_back"]
    thai = alternation(tuple(word for word in words if not word.isascii()))
    latin = alternation(tuple(word for word in words if word.isascii()))
    return re.compile(rf"{thai}|\b{latin}\b")


def last_said(text: str) -> str:
    """What a text says after the last word that takes back the words before it: "5 เอ้ย 4" → "4"."""
    folded = fold(text)
    ends = [found.end() for found in _taken_back().finditer(folded)]
    last = folded[ends[-1] :] if ends else ""
    return last if squash(courteous(last)) else text
