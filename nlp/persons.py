"""Names of people: found by a title before them (นาย คุณ ร.ต.อ. Mr.), by "ชื่อ …", or as a known name and surname.

A span covers title, name and surname. After a title that strangers use too (คุณ พี่ ลุง ครู) and after "ชื่อ" a known given
name must stand; after นาย, นาง, a rank or "ผมชื่อ" any name will do that is not an ordinary word.
"""

import re
from collections.abc import Callable, Iterator

from nlp.document import Document
from nlp.identifiers import Found
from nlp.namewords import (
    ends_as_surnames,
    ends_names,
    family_names,
    given_names,
    is_everyday,
    is_made_like_names,
    is_word,
    listed,
    may_start_otherwise,
    starts_no_name,
)
from nlp.surnames import THAI, Text, surname_end
from nlp.titles import FAMILIAR, FORMAL, beginnings

_End = Callable[[Text, re.Match[str]], int]

_MOST_TITLES = 400
_LATIN = re.compile("[A-Z]")
_COUNTED = re.compile("(?<![0-9])[0-9]{1,3} ?$")
_NAMED = re.compile(
    r"(?P<self>(?:ผม|ดิฉัน|ฉัน|หนู|ข้าพเจ้า|กระผม|เรา|ลง|ผู้แจ้ง|ผู้ร้อง|ผู้ป่วย|คนไข้|ลูกชาย|ลูกสาว|สามี|ภรรยา|แฟน) ?)?"
    r"(?:มี)?(?<!เ)ชื่อ(?: ?- ?(?:นาม)?สกุล|(?: ?และ)?นามสกุล|จริง|เล่น|ผู้แจ้ง|ผู้ร้อง|ผู้ป่วย|เต็ม)?(?:ว่า|คือ)? ?[:=]? {0,2}"
)
_SELF = re.compile("(?:ผม|ดิฉัน|หนู|ข้าพเจ้า|กระผม) ?")
_ENGLISH = re.compile(
    r"(?<![A-Za-z])(?P<titled>(?:Mr|Mrs|Ms|Miss|Dr|Khun)\b\.? {1,2}(?=[A-Z]))"
    r"(?P<name>[A-Z][A-Za-z'\-]{1,20}(?: [A-Z][A-Za-z'\-]{1,20}){0,3})"
    r"|(?<![A-Za-z])(?:[Mm]y name is|[Mm]y name's|[Ii] am called|[Nn]ame ?:|[Ii]'m|[Ii] am) {1,2}"
    r"(?P<own>[A-Z][a-z'\-]{1,20}(?: [A-Z][a-z'\-]{1,20}){0,3})(?![a-z])"
)
_ELSEWHERE = re.compile(
    r"(?:ឈ្មោះ|ຊື່|(?:နာမည်|အမည်)(?:က|မှာ|သည်)?) ?"
    r"(?P<name>[ក-៓]{2,20}(?: [ក-៓]{2,20})?|[ກ-ໝ]{2,25}|[က-၎]{2,25}?(?=ပါ|ဖြစ်|[ ။၊]|$))"
)
_PAIR = re.compile("(?<![ก-๎])(?=([ก-๎]{3,20}) ([ก-๎]{4,20})(?![ก-๎]))")
_ALIAS = re.compile(r" ?\(?นามสมม")
_NO_NICKNAMES = ("ตา", "อา", "พยาบาล")
_NOT_OWN = frozenset(
    ("Thai", "Burmese", "Khmer", "Lao", "Cambodian", "Myanmar", "Chinese", "From", "In", "A", "The", "Not")
)
_LONGEST_GIVEN = 20
_LONGEST_UNKNOWN = 14
_LONGEST_REST = 7
_SHORTEST_WORD = 3
_LONGEST_WORD = 10
_SURE_GIVEN = 4


def persons(document: Document, plain: str) -> Iterator[Found]:
    """Find the names of people in a document; `plain` is its text with plain signs, of the same length."""
    offsets = document.offsets
    text = Text(plain, {offsets[word.start]: offsets[word.end] for word in document.words}, offsets[-1])
    places = beginnings(plain)
    yield from _titled(FORMAL, _after_formal, text, places)
    yield from _titled(FAMILIAR, _after_familiar, text, places)
    for self in _SELF.finditer(plain):
        given = _given(text, self.end())
        if given and not is_everyday(plain[self.end() : given]) and (end := surname_end(text, given, False)):
            yield "person", self.end(), end
    if "ชื่อ" in plain:
        for word in _NAMED.finditer(plain):
            if end := _after_name_word(text, word):
                yield "person", word.end(), end
    yield from _foreign(plain)
    yield from _pairs(text)


def _titled(pattern: re.Pattern[str], ends: _End, text: Text, places: list[int]) -> Iterator[Found]:
    """Find the names after titles that begin at some places; none overlaps another, and they are not endless."""
    done, left = 0, _MOST_TITLES
    for place in places:
        title = pattern.match(text.plain, place) if place >= done and left else None
        if title:
            left -= 1
            if end := ends(text, title):
                done = end
                yield "person", place, end


def _foreign(plain: str) -> Iterator[Found]:
    if _LATIN.search(plain):
        yield from _english(plain)
    for found in _ELSEWHERE.finditer(plain):
        yield "person", found.start("name"), found.end("name")


def _english(plain: str) -> Iterator[Found]:
    for found in _ENGLISH.finditer(plain):
        own = found["own"]
        if found["titled"]:
            yield "person", found.start(), found.end()
        elif "name" in found[0][:8].lower() or "called" in found[0] or (" " in own and own.split()[0] not in _NOT_OWN):
            yield "person", found.start("own"), found.end("own")


def _pairs(text: Text) -> Iterator[Found]:
    """Find a known given name and a surname side by side without a title, neither of them a word besides."""
    for found in _PAIR.finditer(text.plain):
        given, family = found[1], found[2]
        if given not in given_names() or is_everyday(given):
            continue
        is_known = family in family_names() and not (is_word(given) and is_word(family))
        looks_so = not is_word(given) and ends_as_surnames(family) and surname_end(text, found.end(1), False)
        if is_known or looks_so == found.end(2):
            yield "person", found.start(1), found.end(2)


def _after_formal(text: Text, title: re.Match[str]) -> int:
    """Say where the name after a formal title ends; 0 where there is none."""
    start, end = title.span()
    if title["rank"] and text.plain[max(0, start - 1) : start] == ".":
        return 0
    if title["plain"] and _COUNTED.search(text.plain, max(0, start - 5), start):
        return 0
    if title["plain"] and not text.is_border(start) and _given(text, end) - end < _SURE_GIVEN:
        return 0
    given = _whole(text, _named(text, title), True)
    is_she = title[0].strip().endswith("นาง")  # among friends นาง is "she"
    is_apart = title[0].endswith(" ") or is_she
    is_sure = bool(given) and (
        not is_everyday(text.plain[end:given])
        or surname_end(text, given, True) > 0
        or (not is_apart and not "ก" <= text.plain[given : given + 1] <= "๎")
    )
    if is_sure:
        return surname_end(text, given, True) or given
    if title["rank"] or title[0][-1] in ". " or text.is_border(end):
        unknown = _burmese(text, end) or _unknown(text, end, not is_apart) or _before_surname(text, end)
        surname = surname_end(text, unknown, True) if unknown else 0
        return surname or (0 if is_she else unknown or _nickname(text, end, title["plain"] or ""))
    return 0


def _after_familiar(text: Text, title: re.Match[str]) -> int:
    """Say where the name after a title that strangers use too ends; 0 where there is none."""
    if not text.follows(title.start()):
        return 0
    start = title.end()
    end = _named(text, title) or _likely(text, start)
    name = text.plain[start:end]
    is_clear = not is_everyday(name) and (len(name) > 3 or _closes(text, end))
    if end and is_clear and not (name in listed("nicknames") and title["title"] in _NO_NICKNAMES):
        return surname_end(text, end, False) or end
    if title["title"] == "คุณ" and (unknown := _unknown(text, start)) and (end := surname_end(text, unknown, False)):
        return end
    if title["title"] in _NO_NICKNAMES or (title[0].endswith(" ") and title["title"] != "คุณ"):
        return 0
    return _nickname(text, start, title["title"])


def _after_name_word(text: Text, word: re.Match[str]) -> int:
    """Say where the name after "ชื่อ" ends: a known one, or any after "ผมชื่อ"."""
    start = word.end()
    if FORMAL.match(text.plain, start) or text.plain[max(0, word.start() - 2) : word.start()] == "มี":
        return 0
    end = _given(text, start)
    if end and (not is_everyday(text.plain[start:end]) or surname_end(text, end, True)):
        return surname_end(text, end, True) or end
    end = _nickname(text, start, "") or (_unknown(text, start) if word["self"] else 0)
    return (surname_end(text, end, True) or end) if end else 0


def _given(text: Text, start: int) -> int:
    """Say where the longest known given name at `start` ends; 0 where there is none."""
    run = THAI.match(text.plain, start)
    if not run:
        return 0
    names = given_names()
    for end in range(min(run.end(), start + _LONGEST_GIVEN), start + 1, -1):
        if text.plain[start:end] in names and text.ends_well(end) and not text.crosses_word(end):
            return end if text.is_border(end) or _closes(text, end) else 0
    return 0


def _named(text: Text, title: re.Match[str]) -> int:
    """Say where the known given name after a title ends; 0 where there is none, or both are one word (คุณสมบัติ)."""
    end = _given(text, title.end())
    is_one_word = text.plain[title.start() : end] in listed("compounds")
    return 0 if is_one_word and not (title[0] == "นาง" and surname_end(text, end, False)) else end


def _likely(text: Text, start: int) -> int:
    """Say where a name ends that no list holds, but which is made as names are; 0 where there is none."""
    run = THAI.match(text.plain, start)
    if not run or not text.is_border(start) or _starts_otherwise(text, start):
        return 0
    for end in range(min(run.end(), start + _LONGEST_UNKNOWN), start + _SURE_GIVEN - 1, -1):
        name = text.plain[start:end]
        if text.ends_well(end) and is_made_like_names(name) and _closes(text, end):
            return 0 if is_word(name) else end
    return 0


def _starts_otherwise(text: Text, start: int) -> bool:
    """Say whether the words after a title are ordinary ones."""
    return (
        starts_no_name(text.plain, start)
        or text.goes_on(start)
        or text.begins_no_name(start)
        or may_start_otherwise(text.plain, start)
    )


def _closes(text: Text, end: int) -> bool:
    return text.closes_name(end) or text.begins_no_name(end)


def _whole(text: Text, end: int, is_formal: bool) -> int:
    """Go on from a known name to the end of the letters, where the rest is what names are made of: หฤทัย(รัตน์)."""
    if not end or _closes(text, end):
        return end
    run = THAI.match(text.plain, end)
    if not run or len(run[0]) > _LONGEST_REST or _is_own_word(text, end):
        return end
    return run.end() if is_formal or ends_as_surnames(run[0]) else end


def _is_own_word(text: Text, position: int) -> bool:
    """Say whether a word stands here that is no end of given names."""
    word = text.word_at(position)
    is_part = ends_names(word) or ends_as_surnames(word) or word in given_names()
    return len(word) > 1 and is_word(word) and not is_part


def _unknown(text: Text, start: int, may_be_word: bool = False) -> int:
    """Say where a name that no list holds ends; 0 where the words there are ordinary ones."""
    run = THAI.match(text.plain, start)
    if not run or text.goes_on(start) or starts_no_name(text.plain, start):
        return 0
    end = text.cut(start, run.end())
    name = text.plain[start:end]
    is_name = not is_word(name) or (may_be_word and len(name) > _SHORTEST_WORD and not is_everyday(name))
    return end if 2 < len(name) <= _LONGEST_UNKNOWN and is_name else 0


def _before_surname(text: Text, start: int) -> int:
    """Say where a short word ends that only the surname after it shows to be a name."""
    run = THAI.match(text.plain, start)
    if not run or len(run[0]) > _LONGEST_WORD or text.goes_on(start) or starts_no_name(text.plain, start):
        return 0
    return run.end() if surname_end(text, run.end(), True) else 0


def _burmese(text: Text, start: int) -> int:
    """Say where a Burmese name of two or more known parts ends."""
    parts, position, end = 0, start, 0
    for _ in range(5):
        run = THAI.match(text.plain, position)
        if not run or run[0] not in listed("burmese"):
            break
        parts, end = parts + 1, run.end()
        position = end + 1
    return end if parts > 1 else 0


def _nickname(text: Text, start: int, title: str) -> int:
    run = THAI.match(text.plain, start)
    if not run or _ALIAS.match(text.plain, run.end()):
        return 0
    for end in range(min(run.end(), start + 8), start, -1):
        name = text.plain[start:end]
        if name in listed("nicknames") and text.ends_well(end) and (_closes(text, end) or _is_own_word(text, end)):
            is_other = name in listed("animals") and title in {"น้อง", "คุณ", "ครู", "หมอ", "ผู้"}
            return 0 if is_other or (name, title) == ("ใหญ่", "ผู้") else end
    return 0
