"""How urgent a text is: "crisis" (a life is in danger now), "soon" (a hazard, a need or a deadline), or "normal".

The rules are ordered. First come expressions that only sound like danger ("ร้อนจะตาย"): they hide what is in them.
Then a crisis, unless guards beside it say that it is past, feared, a habit, a drill or denied. What a guard turned
down, and hazards, are "soon". The words are in `data/urgency.yaml`. Missing a crisis is the worse mistake, so a
person's own life has the fewest guards.
"""

import re
from collections.abc import Sequence
from functools import cache

from nlp.dangers import Signs, present, signs, speaks_of_danger, windows
from nlp.document import Document
from nlp.phrases import Found, Lexicon, Reading, listed, load, reading
from nlp.records import Span, Urgency

_PAST = re.compile(
    r"(?:เมื่อ)?(?:ปีที่แล้ว|ปีก่อน|ปีกลาย|เดือนก่อน|เดือนที่แล้ว|สมัยก่อน|เมื่อก่อน|หลายปีก่อน|"
    r"\d+\s*ปี(?:ก่อน|ที่แล้ว|มาแล้ว)|(?:สอง|สาม|สี่|ห้า|สิบ|หลาย)ปี(?:ก่อน|ที่แล้ว|มาแล้ว)"
    r"|ตอนเด็ก|ปี\s?25\d\d|ปี\s?20\d\d|อาทิตย์ก่อน|สัปดาห์ก่อน|สัปดาห์ที่แล้ว|อาทิตย์ที่แล้ว|คราวก่อน|"
    r"ครั้งก่อน|ครั้งที่แล้ว|รอบที่แล้ว|last (?:year|month|week)|years? ago|months? ago|used to)"
)
_PAST_BEFORE = re.compile(
    r"(?:เคย(?!ชิน)|ตั้งแต่ตอน|หลังจากที่?|หลังเกิด|ข่าว|ในหนัง|ในละคร|ละคร|เล่นเกม|ในเกม|ประวัติ|"
    r"เรื่องที่)[^\s]{0,14}$"
)
_MAYBE_BEFORE = re.compile(
    r"(?:ถ้า|หาก|กรณี|เผื่อ|กลัวว่า?(?:จะ)?|กลัว|เกรงว่า|เกือบ(?:จะ)?|อาจ(?:จะ)?|เสี่ยง(?:ต่อการ|"
    r"ที่จะ|จะ)?|ก่อน(?:ที่)?จะ|ก่อน(?:ที่)?|จนกว่าจะ|ต้องรอให้|รอให้|ป้องกัน(?:การ|ไม่ให้)?|"
    r"กันไม่ให้|ไม่อยากให้|ห้าม|ระวัง|เดี๋ยว(?:ก็)?(?:จะ)?|สักวัน(?:ก็)?(?:จะ)?|"
    r"อบรม|สอน(?:วิธี|เรื่อง)?|ซ้อม|วิธี|คู่มือ|โครงการ|รณรงค์|ประกัน|เครื่องมือ|ถัง|สถิติ|จำนวน|"
    r"ช่วยลด|ลด(?:จำนวน|การ)?|แก้ปัญหา|ปัญหา|เรื่อง|ศูนย์|สายด่วน|กฎหมาย|ข้อมูล|แจ้งเหตุ|อยากให้(?:มี|"
    r"ติด|สอน|อบรม|ทำ|แจก)|ควรมี|เสื้อชูชีพ|ชูชีพ|\bif\b|\bprevent|\bbefore\b|\bavoid|\bafraid|"
    r"\bmight\b|\bcould\b|\breduce|\brisk of|\btraining on|\bhow to)"
    r"[^\s\n]{0,12}\s?$"
)
_DENIED_BEFORE = re.compile(
    r"(?:ไม่(?:มี|ได้|เคย|ใช่|ค่อยมี)?(?:ใคร|ว่า|การ|คน|เหตุ|ผู้|อะไร|ถูก|โดน|มี)?|\b(?:no one(?: was|"
    r" is)?|nobody(?: was| is)?|not|never|no)\b\s?)$"
)
_HABIT_AFTER = re.compile(
    r"^[^\n]{0,18}?(?:บ่อย|ประจำ|ทุกปี|ทุกเดือน|ทุกอาทิตย์|เป็นประจำ|ตลอดปี|ทุกเทศกาล|ต่อปี|ปีละ|"
    r"หลายครั้ง|หลายราย|มาแล้ว|ทุกหน้าแล้ง|every year|often|per year|prevention|drill|insurance|"
    r"safety plan)"
)
_HABIT_WITHIN = re.compile("บ่อย|ประจำ|ทุกปี|ทุกเทศกาล")
_HABIT_BEFORE = re.compile(r"(?:บ่อย(?:ๆ)?|ทุกปี|ประจำ|มักจะ|มัก|ปีละ|every year|often)[^\n]{0,16}$")
_IN_GENERAL_AFTER = re.compile(r"^(?:จาก[^\s]{0,10})?(?:ต้องมี|ต้องได้|ควร|จะต้องมี|ส่วนใหญ่|มักจะ|should)")
_UNREAL_WITHIN = re.compile("ไม่(?:ได้|เคย)?(?:ตี|ทำร้าย|ตบ|ต่อย|ยิง|แทง|ข่มขืน)|เกือบ|กลัว|ห้าม|จะไม่|ป้องกัน")
_IN_A_CROWD_AFTER = re.compile(r"^(?:เวลา|ตอน(?:รอ|ต่อ)|กับ(?:เอกสาร|งาน)|เพราะ(?:คน|เอกสาร|งาน))")
_WISHED_BEFORE = re.compile(r"(?:อยากให้มี|ควรมี|น่าจะมี|สายด่วน|กฎหมาย|รณรงค์|โครงการ|อบรม)[^\s\n]{0,24}$")
_OR_ELSE = re.compile(r"ถ้าไม่[^\s\n]{0,14}$")
_OFFICE = re.compile(
    r"แอป|แอพ|ฟอร์ม|กรอก|เอกสาร|ระบบ|ลงทะเบียน|สมัคร|รหัส|เว็บ|บัตร|แนะนำ|ตอบ|ข้อมูล|form|app|website|"
    r"register"
)
_SELF_GUARD = re.compile(
    r"(?:รณรงค์|ป้องกัน(?:การ)?|สถิติ(?:การ)?|อัตรา(?:การ)?|ข่าว(?:คน)?|ไม่ได้(?:คิด)?(?:จะ)?|"
    r"ไม่(?:ได้)?คิด(?:จะ)?|ไม่เคย(?:คิด)?(?:จะ)?|หนังเรื่อง|ในละคร|อบรมเรื่อง(?:การ)?|"
    r"prevent(?:ion of)?|หมาอยาก|ต้นไม้อยาก)\s?$"
)
_NOT_FOR_ME = re.compile(r"^(?:เพราะ(?:ร้อน|หิว|ขำ)|ด้วยความขำ|555|ขำ|haha| 555)")
_NEAR = 40
_MOST = 5
# In so few characters the model alone is no witness: a danger must be named.
_SHORT = 24
_SURER, _SUREST = 0.25, 0.6
Judged = Sequence[tuple[Found, bool]]


def urgency(document: Document) -> Urgency:
    """Read how urgent a text is, with the words that say so (none for "normal")."""
    read = reading(document)
    found = [(one, _is_crisis(read.low, one)) for one in _lexicon().longest(read)]
    score, shown = max((_weighed(document, found, window) for window in windows(read.low)), key=_score)
    if score > 0:
        return Urgency("crisis", tuple(document.span(*span) for span in shown[:_MOST]))
    soon = [(one.start, one.end) for one, _ in found if _is_soon(read, one)]
    if soon:
        return Urgency("soon", tuple(document.span(*span) for span in soon[:_MOST]))
    return Urgency()


def ruled(document: Document) -> list[tuple[str, int]]:
    """Name what the rules find in a text, and where: each kind of crisis, with a minus where a guard turns it down."""
    read = reading(document)
    return _ruled([(one, _is_crisis(read.low, one)) for one in _lexicon().longest(read)])


def _ruled(found: Judged) -> list[tuple[str, int]]:
    names = []
    for one, holds in found:
        kinds = [meaning for meaning in one.meanings if meaning not in ("soon", "")]
        names += [(kind if holds else f"{kind}-", one.start) for kind in kinds]
        others = [meaning for meaning in one.meanings if meaning not in kinds]
        names += [(other or "nothing", one.start) for other in others]
        if holds:
            names.append(("crisis", one.start))
    return names


def _weighed(document: Document, found: Judged, window: Span) -> tuple[float, list[Span]]:
    """Score a window of a text, and show what earned the score if it is a crisis."""
    weigher, read_signs = present(), signs(document, _ruled(found), window)
    score = weigher.score(read_signs.strength)
    if score <= 0:
        return score, []
    listed_ones = [(one.start, one.end) for one, holds in found if holds and window[0] <= one.start < window[1]]
    if not listed_ones and not _is_sure(found, read_signs, window, score):
        return 0.0, []
    return score, listed_ones or weigher.earning(read_signs) or [window]


def _is_sure(found: Judged, read_signs: Signs, window: Span, score: float) -> bool:
    """Whether the model alone is believed: less where it names no danger, or where the rules know it as "soon"."""
    if not speaks_of_danger(read_signs):
        return window[1] - window[0] >= _SHORT and score > _SURER
    return score > _SUREST or not any("soon" in one.meanings for one, _ in found)


def _score(weighed: tuple[float, list[Span]]) -> float:
    return weighed[0]


def _is_crisis(low: str, one: Found) -> bool:
    before, after = low[max(0, one.start - _NEAR) : one.start], low[one.end : one.end + _NEAR]
    kinds = [meaning for meaning in one.meanings if meaning not in ("soon", "")]
    if "self" in kinds:
        return not (_SELF_GUARD.search(before) or _NOT_FOR_ME.match(after))
    if kinds == ["help"] and (_OFFICE.search(before) or _OFFICE.search(after)):
        return False
    if not kinds or _DENIED_BEFORE.search(before):
        return False
    if _PAST.search(before) or _PAST.search(after) or _PAST_BEFORE.search(before):
        return False
    if _UNREAL_WITHIN.search(one.phrase) or _IN_A_CROWD_AFTER.match(after) or _WISHED_BEFORE.search(before):
        return False
    if "hurt" in kinds and _OR_ELSE.search(before):
        return True
    if _IN_GENERAL_AFTER.match(after) or _HABIT_WITHIN.search(one.phrase):
        return False
    return not (_MAYBE_BEFORE.search(before) or _HABIT_AFTER.match(after) or _HABIT_BEFORE.search(before))


def _is_soon(read: Reading, one: Found) -> bool:
    if one.meanings == ("",) or one.meanings == ("self",):
        return False
    before, after = read.low[max(0, one.start - _NEAR) : one.start], read.low[one.end : one.end + _NEAR]
    return not (_DENIED_BEFORE.search(before) or _PAST.search(before) or _PAST.search(after))


@cache
def _lexicon() -> Lexicon:
    data = load("urgency.yaml")
    meanings = {kind: listed(line) for kind, line in data["crisis"].items()}
    return Lexicon({**meanings, "soon": listed(data["soon"]), "": listed(data["nothing"])})
