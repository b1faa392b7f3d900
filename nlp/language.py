"""Which language a message is in: th, en, my, km, lo, mixed or other.

Thai, Burmese, Khmer and Lao are told by their scripts; English is told from other languages in Latin letters by its
commonest words. A few foreign words inside a sentence (ระบบ online ล่ม) do not make it mixed: two words in a row, or a
quarter of the letters, do.
"""

import re

from nlp.wordlists import sections

_SCRIPTS = {
    "th": re.compile("[\u0e01-\u0e4e\u0e50-\u0e59]"),
    "lo": re.compile("[\u0e80-\u0eff]"),
    "my": re.compile("[\u1000-\u109f\ua9e0-\ua9ff\uaa60-\uaa7f]"),
    "km": re.compile("[\u1780-\u17dd\u17e0-\u17e9\u19e0-\u19ff]"),
}
# Thai letters with digits, blanks and signs: no other language can be meant.
_ONLY_THAI = re.compile("[\u0e01-\u0e5b\\s0-9!-/:-?]*")
_LATIN_WORD = re.compile("[A-Za-z\u00c0-\u024f\u1e00-\u1eff]+(?:['’][A-Za-z]{1,2})?")
_ANY_LETTER = re.compile(r"[^\W\d_]")
# Links, addresses and tags belong to no language.
_NO_LANGUAGE = re.compile(
    r"https?://\S{1,500}|www\.\S{1,500}|[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}|[@#][A-Za-z0-9_]{1,60}"
)
_ENGLISH = frozenset(sections("english.txt")["plain"])
_VOWEL = re.compile("[aeiouy]")
_MIXED_SHARE = 0.25
_LONGEST = 2_000


def language(text: str) -> str:
    """Name the language of a text; "other" for a text without letters too."""
    if _ONLY_THAI.fullmatch(text) and _SCRIPTS["th"].search(text):
        return "th"
    text = _NO_LANGUAGE.sub(" ", text[:_LONGEST])
    letters = {name: len(script.findall(text)) for name, script in _SCRIPTS.items()}
    native = max(letters, key=lambda name: letters[name])
    if text.isascii() or not letters[native]:
        return _latin(text)
    if _two_scripts(letters) or _english_beside(text, letters[native]):
        return "mixed"
    latin_letters = sum(map(len, _LATIN_WORD.findall(text)))
    all_letters = len(_ANY_LETTER.findall(text))
    return native if letters[native] + latin_letters >= all_letters / 2 else "other"


def _two_scripts(letters: dict[str, int]) -> bool:
    first, second = sorted(letters.values(), reverse=True)[:2]
    return second >= _MIXED_SHARE * (first + second)


def _english_beside(text: str, native_letters: int) -> bool:
    """Say whether a sentence in another script holds English that is more than a name or a loan word."""
    found = _LATIN_WORD.findall(text)
    common = sum(word.lower() in _ENGLISH for word in found)
    letters = sum(map(len, found))
    if len(found) < 2 or letters < _MIXED_SHARE * (letters + native_letters):
        return False
    return common >= 2 or (common == 1 and len(found) >= 3) or letters > native_letters


def _latin(text: str) -> str:
    found = [word.lower() for word in _LATIN_WORD.findall(text)]
    letters = sum(map(len, found))
    if not letters or letters < len(_ANY_LETTER.findall(text)) / 2:
        return "other"
    known = sum(word.replace("’", "'") in _ENGLISH for word in found)
    if any(not word.isascii() for word in found) and known < len(found) / 2:
        return "other"
    if known == len(found):
        return "en"
    # One to three words say too little: English is what foreigners write most.
    enough = 0 if len(found) <= 3 else len(found) / 5
    return "en" if known >= enough and any(_VOWEL.search(word) for word in found) else "other"
