"""Text typed with the keyboard in the other language: l;ylfu is สวัสดี on the Thai (Kedmanee) layout, and ้ำสสน is
hello.

A key is one character in both, so a repaired text is as long as the one it repairs and offsets stay. It is repaired
only when the other reading is plainly right: every Thai word of it is in the dictionary, or every English word among
the commonest.
"""

import re

from nlp.wordlists import sections
from nlp.words import dictionary, words

# The keys of the US layout and the Thai Kedmanee layout (TIS 820-2538), unshifted then shifted, row by row.
_US = "`1234567890-=qwertyuiop[]\\asdfghjkl;'zxcvbnm,./" + '~!@#$%^&*()_+QWERTYUIOP{}|ASDFGHJKL:"ZXCVBNM<>?'
_THAI = "_ๅ/-ภถุึคตจขชๆไำพะัีรนยบลฃฟหกดเ้่าสวงผปแอิืทมใฝ" + '%+๑๒๓๔ู฿๕๖๗๘๙๐"ฎฑธํ๊ณฯญฐ,ฅฤฆฏโฌ็๋ษศซ.()ฉฮฺ์?ฒฬฦ'
_TO_THAI = dict(zip(map(ord, _US), _THAI, strict=True))
_TO_US = dict(zip(map(ord, _THAI), _US, strict=True))

_LONGEST = 200
_PRINTABLE = re.compile(r"[ -~]+")
_THAI_KEYS = re.compile('[ก-ฮะ-ฺเ-๎๐-๙ "%+()/_,.?-]+')
_THAI_LETTER = re.compile("[ก-ฮ]")
_CANNOT_BEGIN = re.compile("(?:^| )[ะ-ฺ็-๎]")
_MALFORMED = re.compile("(?:^|[^ก-ฮะ-ฺ็-๎])[ัิ-ฺ็-๎]|[เ-ไ](?![ก-ฮ])")
_ENGLISH_WORD = re.compile("[a-z']+")
_ENGLISH_LIKE = re.compile(r"[A-Za-z]+(?:'(?:s|t|m|re|ve|ll|d)|-[A-Za-z]+)*[.,!?;:]?|[0-9.,:/-]+")
_TYPED = frozenset(sections("english.txt")["typed"])
_COMMON = _TYPED | frozenset(sections("english.txt")["plain"])
_SURE_LENGTH = 4  # letters of a lone English word that Thai letters hardly spell by chance
_SHORTEST = 3
_WORD_SHARE = 0.6


def repaired(text: str) -> str:
    """Turn a text typed on the wrong layout into what was meant; any other text is answered as it is."""
    if not _SHORTEST <= len(text) <= _LONGEST:
        return text
    return _as_thai(text) if _PRINTABLE.fullmatch(text) else _as_english(text)


def _as_thai(text: str) -> str:
    parts = text.split()
    if all(_ENGLISH_LIKE.fullmatch(part) for part in parts) and not _is_scrambled(parts):
        return text
    meant = text.translate(_TO_THAI)
    if not any(map(_THAI_LETTER.search, meant.split())) or "http" in text or "@" in text:
        return text
    return meant if _is_thai(meant) else text


def _is_scrambled(parts: list[str]) -> bool:
    """Say whether letters alone cannot be English: no vowel in a long word."""
    return any(len(part) > 3 and not re.search("[aeiouyAEIOUY0-9]", part) for part in parts)


def _as_english(text: str) -> str:
    if not _THAI_KEYS.fullmatch(text):
        return text
    meant = text.translate(_TO_US)
    found = _ENGLISH_WORD.findall(meant.lower())
    if not found or not meant.isascii() or not _COMMON.issuperset(found):
        return text
    if len(found) == 1 and len(found[0]) < _SURE_LENGTH and found[0] not in _TYPED:
        return text
    return text if _is_thai(text) else meant


def _is_thai(text: str) -> bool:
    """Say whether a text is nothing but well-formed Thai words of the dictionary, most of them longer than two
    letters.
    """
    known = dictionary()
    parts = [word.text for word in words(text) if word.text.strip()]
    if _CANNOT_BEGIN.search(text) or _MALFORMED.search(text) or not parts:
        return False
    if not all(part in known for part in parts if _THAI_LETTER.search(part)):
        return False
    long = sum(len(part) for part in parts if len(part) >= _SHORTEST and part in known)
    return long >= _WORD_SHARE * sum(map(len, parts))
