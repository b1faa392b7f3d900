"""Names of people: found by a title before them (นาย คุณ ร.ต.อ. Mr.), by "ชื่อ …", or as a known name and surname.

A span covers title, name and surname. The name after a title that strangers use too (คุณ พี่ ลุง ครู) must be a known given
name; after นาย, นาง, a rank or "ผมชื่อ" any name will do that is not an ordinary word. The surname ends where the known
surname ends, at the blank, or where verbs and particles begin.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from pythainlp.corpus.common import thai_family_names, thai_female_names, thai_male_names

from nlp.document import Document
from nlp.identifiers import Found
from nlp.namewords import AFTER_NAMES, NICKNAMES, NOT_NAMES, starts_otherwise
from nlp.words import dictionary

_RANK = r"(?:ว่าที่ ?)?(?:(?:พล|พ|ร|ส|จ|น)\. ?(?:[ตจสอทร]\. ?){1,2}|ด\.ต\. ?|(?:พันตำรวจ|ร้อยตำรวจ)(?:เอก|โท|ตรี) ?|จ่าสิบ(?:เอก|โท|ตรี) ?|ดาบตำรวจ ?)(?:หญิง ?)?"
_FORMAL = re.compile(
    rf"(?P<rank>{_RANK})"
    r"|(?:(?:ผศ|รศ|ศ)\. ?(?:ดร\.)?|ดร\.|นพ\.|พญ\.|ทพ\.|ทพญ\.|นายแพทย์|แพทย์หญิง) ?"
    r"|(?:นางสาว|น\. ?ส\.|นส\.|ด\. ?ช\.|ด\. ?ญ\.|เด็กชาย|เด็กหญิง|นาย|นาง)(?![ะ-ฺๅ็-๎]) {0,2}"
)
_FAMILIAR = re.compile(
    r"(?:คุณ(?:หมอ|ครู|ลุง|ป้า|น้า|อา|ตา|ยาย|ปู่|ย่า|พี่|แม่|พ่อ)?|พี่|น้อง|ลุง|ป้า|น้า|อา|ตา|ยาย|ปู่|ย่า|เฮีย|เจ๊|หมอ|ครู|อาจารย์|กำนัน|ผู้ใหญ่บ้าน|ผู้ใหญ่|ผอ\.|ปลัด|พยาบาล|พระครู|หลวงพ่อ|หลวงพี่|ช่าง|จ่า|หมวด|สารวัตร|ผู้กอง|อ\.) ?"
)
_NAMED = re.compile(
    r"(?P<self>(?:ผม|ดิฉัน|ฉัน|หนู|ข้าพเจ้า|กระผม|เรา|แม่|พ่อ|ลูก(?:สาว|ชาย)?|สามี|ภรรยา|แฟน|เขา|เค้า|แก|ลง|ผู้แจ้ง|ผู้ร้อง|ผู้ป่วย|คนไข้) ?)?"
    r"(?:มี)?ชื่อ(?: ?- ?(?:นาม)?สกุล|(?: ?และ)?นามสกุล|จริง|เล่น|ผู้แจ้ง|ผู้ร้อง|ผู้ป่วย|เต็ม)?(?:ว่า|คือ)? ?[:=]? {0,2}"
)
_SURNAME_LABEL = re.compile(r" {0,2}(?:นามสกุล|สกุล) ?[:=]? ?")
_ENGLISH = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Miss|Dr|Khun)\b\.? {0,2}|\b(?:[Mm]y name is|[Ii] am called|[Nn]ame ?:|I'm|I am) {1,2}(?=[A-Z][a-z]))"
    r"(?P<name>[A-Z][A-Za-z'\-]{1,20}(?: [A-Z][A-Za-z'\-]{1,20}){0,3})"
)
_RUN = re.compile("[ก-ฺเ-ๅ็-๎]{2,30}")
_BLANK = re.compile(" {1,2}")
_MARKS = "ะาำิีึืฺุู็่้๊๋์ัๅ"
_LONGEST_GIVEN = 20
_LONGEST_UNKNOWN = 14


class _Text(NamedTuple):
    """The text with plain signs, and where its words begin in it."""

    plain: str
    starts: frozenset[int]

    def ends_well(self, end: int) -> bool:
        return end >= len(self.plain) or self.plain[end] not in _MARKS

    def is_border(self, position: int) -> bool:
        return position >= len(self.plain) or position in self.starts or not "ก" <= self.plain[position] <= "๎"


def persons(document: Document, plain: str) -> Iterator[Found]:
    """Find the names of people in a document; `plain` is its text with plain signs, of the same length."""
    starts = frozenset(document.offsets[word.start] for word in document.words)
    text = _Text(plain, starts)
    for pattern, finder in ((_FORMAL, _after_formal), (_FAMILIAR, _after_familiar), (_NAMED, _after_name_word)):
        for title in pattern.finditer(plain):
            end = finder(text, title)
            if end:
                yield "person", title.start() if pattern is not _NAMED else title.end(), end
    for found in _ENGLISH.finditer(plain):
        is_titled = found.start("name") - found.start() < 6 and not found[0].startswith(("I ", "I'"))
        yield "person", found.start() if is_titled else found.start("name"), found.end()


def _after_formal(text: _Text, title: re.Match[str]) -> int:
    """Say where the name after a formal title ends; 0 where there is none."""
    start = title.start()
    if title["rank"] and start and "ก" <= text.plain[start - 1] <= "ฮ":
        return 0
    if not title["rank"] and not text.is_border(start):
        return 0
    end = _given(text, title.end()) or _unknown(text, title.end())
    return _with_surname(text, end) if end else 0


def _after_familiar(text: _Text, title: re.Match[str]) -> int:
    if not text.is_border(title.start()):
        return 0
    end = _given(text, title.end())
    if end and (text.plain[title.end() : end] not in NOT_NAMES or title[0].endswith(" ")) and text.is_border(end):
        name = text.plain[title.end() : end]
        if name in dictionary() and name not in NICKNAMES and not _surname(text, end):
            return 0
        return _with_surname(text, end)
    return _nickname(text, title.end()) if not title[0].startswith("อา") else 0


def _after_name_word(text: _Text, word: re.Match[str]) -> int:
    """Say where the name after "ชื่อ" ends: a known one, or any after "ผมชื่อ"."""
    title = _FORMAL.match(text.plain, word.end())
    if title:
        return 0
    end = _given(text, word.end())
    name = text.plain[word.end() : end]
    if end and (name not in NOT_NAMES) and (word["self"] or name not in dictionary() or _surname(text, end)):
        return _with_surname(text, end)
    if word["self"] and word["self"].strip() in _SELVES:
        end = _nickname(text, word.end()) or _unknown(text, word.end())
        return _with_surname(text, end) if end else 0
    return 0


_SELVES = frozenset("ผม ดิฉัน ฉัน หนู ข้าพเจ้า กระผม ลง ผู้แจ้ง ผู้ร้อง ผู้ป่วย คนไข้".split())


def _given(text: _Text, start: int) -> int:
    """Say where the longest known given name at `start` ends; 0 where there is none."""
    run = _RUN.match(text.plain, start)
    if not run:
        return 0
    names = _given_names()
    for end in range(min(run.end(), start + _LONGEST_GIVEN), start + 1, -1):
        if text.plain[start:end] in names and text.ends_well(end):
            return end if _fits(text, end, run.end()) else 0
    return 0


def _fits(text: _Text, end: int, run_end: int) -> bool:
    """Say whether a name may end here: at a blank, at a word's border, or before what follows names."""
    return end == run_end or text.is_border(end) or starts_otherwise(text.plain, end)


def _unknown(text: _Text, start: int) -> int:
    """Say where a name that no list holds ends; 0 where the words there are ordinary ones."""
    run = _RUN.match(text.plain, start)
    if not run or starts_otherwise(text.plain, start) or run[0] in NOT_NAMES:
        return 0
    end = _cut(text, start, run.end())
    name = text.plain[start:end]
    return end if 2 < len(name) <= _LONGEST_UNKNOWN and name not in dictionary() else 0


def _nickname(text: _Text, start: int) -> int:
    run = _RUN.match(text.plain, start)
    if not run:
        return 0
    for end in range(min(run.end(), start + 8), start + 1, -1):
        if text.plain[start:end] in NICKNAMES and text.ends_well(end):
            return end if end == run.end() or starts_otherwise(text.plain, end) else 0
    return 0


def _with_surname(text: _Text, end: int) -> int:
    return _surname(text, end) or end


def _surname(text: _Text, given_end: int) -> int:
    """Say where the surname after a given name ends; 0 where there is none."""
    label = _SURNAME_LABEL.match(text.plain, given_end)
    blank = label or _BLANK.match(text.plain, given_end)
    run = _RUN.match(text.plain, blank.end()) if blank else None
    if not blank or not run:
        return 0
    start = blank.end()
    known = _family(text, start, run.end())
    if known and (known == run.end() or text.is_border(known) or starts_otherwise(text.plain, known)):
        follows_adjective = not label and text.plain.startswith(("มาก", "จัง", "ค่ะ", "ครับ"), known)
        if not (follows_adjective and text.plain[start:known] in dictionary()):
            return known
    if starts_otherwise(text.plain, start) and not label:
        return 0
    end = _cut(text, start, run.end())
    name = text.plain[start:end]
    return end if 2 < len(name) <= 20 and (name not in dictionary() or label) else 0


def _family(text: _Text, start: int, run_end: int) -> int:
    names = _family_names()
    for end in range(min(run_end, start + 24), start + 2, -1):
        if text.plain[start:end] in names and text.ends_well(end):
            return end
    return 0


def _cut(text: _Text, start: int, run_end: int) -> int:
    """Cut a run of letters where a word begins that does not belong to names."""
    for position in range(start + 3, run_end):
        if position in text.starts and starts_otherwise(text.plain, position):
            return position
    return run_end


@cache
def _given_names() -> frozenset[str]:
    return (thai_male_names() | thai_female_names()) - NOT_NAMES


@cache
def _family_names() -> frozenset[str]:
    return thai_family_names() - AFTER_NAMES
