"""How a thing is said: denied, wished for, asked, compared.

It turns what a phrase says the other way round, or takes it away.

Thai negation stands before what it denies, with a few empty words between ("ไม่ค่อยจะสุภาพ"); wishes ("อยากให้…",
"น่าจะ…", "ถ้า…") reach over what follows them in the clause. Each look is at a few dozen characters beside one
phrase, never at the whole text.
"""

import re
from enum import StrEnum

_FILLER = (
    r"(?:จะ|ได้|ค่อย|เคย|มี|ความ|ให้|รู้สึก|ว่า|ใช่|เห็น|ถึงกับ|ถึงขั้น|ขนาด|น่า|ทำ|การ|เป็น|ต้อง|คน|ใคร|ที่|(?<=[a-z])\s"
    r"|\b(?:very|so|too|really|that|an?|the|any|to|be|been|have|had|at|all|always|even)\b)"
)
_DENIED = re.compile(
    rf"(?:ไม่|มิได้|มิ(?=ต้อง)|ไร้|ปราศจาก|หาได้|หมด(?=ปัญหา)|ลด(?=ความ)|\b(?:not|never|no|without|"
    rf"isnt|wasnt|dont|didnt|doesnt)\b|n['’]t\b)"
    rf"{_FILLER}{{0,4}}$"
)
_WISHED = re.compile(
    r"อยาก(?!ขอบคุณ|ชม|ขอชม|บอก|จะบอก|จะชม|ชื่นชม|แจ้ง|ตาย|จะขอบคุณ|ทราบ|รู้|ถาม|เล่า|แชร์)|น่าจะ|ควร|"
    r"(?<!ร้อง)ขอ(?:ให้|เพิ่ม|ความ|แค่)|ขอ(?=เจ้าหน้าที่|บริการ|ระบบ)|ต้องการ|หวังว่า|คาดหวัง"
    r"|ปรับปรุง(?:ให้|เรื่อง)|แก้ไขให้|แก้ให้|พัฒนาให้|เพิ่มความ|(?:^|\s)ช่วย|ถ้า|หาก|เมื่อไหร่จะ|"
    r"เมื่อไรจะ|จะได้$|เผื่อ|กรุณา|โปรด|รบกวน(?=ช่วย|ให้)|อย่า|ห้าม"
    r"|\b(?:should|wish|please|hope|would be|would like|want|need|needs|if|could|must be)\b"
)
_NOT_ONLY_WISHED = re.compile(r"(?:เพราะ|เนื่องจาก|แต่|ตอนนี้|เดี๋ยวนี้|\n|[.!?;] |ก็)")
_ASKED = re.compile(
    r"^[^\s\n]{0,14}?\s?(?:(?P<may>(?:ได้|บ้าง|หน่อย)(?:ไหม|มั้ย|มัย|หรือเปล่า|รึเปล่า))"
    r"|(?P<asked>ไหม|มั้ย|ไม๊|หรือเปล่า|หรือป่าว|รึเปล่า|หรือไม่|หรือยัง|รึยัง|กี่|\?))"
)
_THAN_THIS = re.compile(r"^(?:มาก|ดี|ขึ้น)?กว่านี้")
_SOFTLY = re.compile(r"^(?:กว่านี้|ขึ้น)?(?:อีก)?(?:หน่อย|นิด)")
_CANNOT = re.compile(r"^(?:ก็|เลย|ยัง|\s){0,2}ไม่(?:ค่อย)?(?:ได้|ไหว|เป็น|ผ่าน|มี|เวิร์ค)(?!รอ|นาน|ต้อง)")
_ELSEWHERE = re.compile(
    r"(?:ที่อื่น|อำเภออื่น|จังหวัดอื่น|ประเทศอื่น|หน่วยงานอื่น|เอกชน|ต่างประเทศ|เมื่อก่อน|แต่ก่อน|"
    r"สมัยก่อน)(?:(?!ตอนนี้|เดี๋ยวนี้|ปัจจุบัน)[^\n ]){0,12}$"
)
_FORMERLY = re.compile(r"(?:เมื่อก่อน|แต่ก่อน|สมัยก่อน|ก่อนหน้านี้|ปีก่อน|used to)[^\n]{0,24}$")
_BUT_NOW = re.compile(r"ตอนนี้|เดี๋ยวนี้|ปัจจุบัน|เดี๋ยวเนี้ย|\bnow\b")
_REACH_OF_DENIAL = 26
_REACH_OF_WISH = 60


class Stance(StrEnum):
    """How what a phrase says is meant."""

    SAID = "said"
    DENIED = "denied"
    WISHED = "wished"
    ASKED = "asked"
    FORMER = "former"


def stance(low: str, start: int, end: int) -> Stance:
    """Tell how the phrase from `start` to `end` of a text in small letters is meant."""
    before = low[max(0, start - _REACH_OF_WISH) : start]
    after = low[end : end + 30]
    if _is_wished(before):
        return Stance.WISHED
    asked = _ASKED.match(after)
    if asked:
        return Stance.WISHED if asked["may"] else Stance.ASKED
    if _FORMERLY.search(before) and _BUT_NOW.search(low, end):
        return Stance.FORMER
    turned = denials(before) + bool(_THAN_THIS.match(after) or _ELSEWHERE.search(before))
    return Stance.DENIED if turned % 2 else Stance.SAID


def denials(before: str) -> int:
    """Count the negations that stand right before a phrase: two make "ไม่ใช่ว่าไม่ดี" good again."""
    count = 0
    before = before[-_REACH_OF_DENIAL:]
    while count < 3 and (found := _DENIED.search(before)):
        count += 1
        before = before[: found.start()]
    return count


def cannot(low: str, end: int) -> bool:
    """Tell whether "ไม่ได้" follows: what is offered cannot be had ("ทำออนไลน์ไม่ได้")."""
    return _CANNOT.match(low[end : end + 20]) is not None


def _is_wished(before: str) -> bool:
    ends = [wish.end() for wish in _WISHED.finditer(before)]
    if not ends:
        return False
    between = before[ends[-1] :]
    if _NOT_ONLY_WISHED.search(between):
        return False
    # A blank ends the wish, once something has been wished for.
    blank = between.rfind(" ")
    return blank < 10
