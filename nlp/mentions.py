"""Finding where a text names places, and what each name may stand for, before names are read together.

A name after a prefix (จ. อำเภอ แขวง …) is read at that level. A bare name is read where it stands as words of its own,
is not the name of a road, a river or a person, and is no ordinary word (see `gazetteer.Ease`).
"""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from nlp.document import Document
from nlp.gazetteer import BANGKOK, Area, Areas, Ease, Gazetteer, Level, Name, gazetteer
from nlp.spelling import sounds_like

PROVINCE, DISTRICT, SUBDISTRICT = Level


@dataclass(frozen=True, slots=True)
class Mention:
    """A name from `start` to `end` of the clean text, its prefix included, and what it may stand for."""

    start: int
    end: int
    areas: Areas
    ease: Ease = Ease.ALONE


_PREFIX = re.compile(
    r"(?P<province>จังหวัด|จว\.|จ\.|\bchangwat\b|\bprovince of\b)"
    r"|(?P<district>กิ่งอำเภอ|อำเภอ|อ\.|เขต|\bamphoe\b|\bamphur\b|\bkhet\b)"
    r"|(?P<subdistrict>เทศบาลตำบล|ตำบล|ต\.|แขวง|อบต\.?|ทต\.|\btambon\b|\btambol\b|\bkhwaeng\b)"
    r"|(?P<town>เทศบาลเมือง|เทศบาลนคร|ทน\.|ทม\.|อบจ\.?|ตัวเมือง)"
    r"|(?<![^\s,])(?P<letter>[จอต])(?= )"
)
_BLANK = re.compile(r"[ \t.]{0,2}")
_RANK = re.compile(r"[ก-ฮ]\.$")
_LEVELS = {"จ": PROVINCE, "อ": DISTRICT, "ต": SUBDISTRICT}
_MARK = re.compile("[\u0e30-\u0e3a\u0e45\u0e47-\u0e4e]|[ก-ฮ][ิุ]?์")
_LEADING = "เแโใไ"
_LONG_ENOUGH = 7
# Bounds for texts that are made of nothing but names of places.
_MOST = 40
_MOST_HITS = 200
_MOST_PREFIXES = 200
# Subdistricts that read on as a sentence after ตำบล: "ทุกตำบลควรมีหมอ".
_WORDS = frozenset(("ควร", "และ", "ริม", "ยอด", "ขยาย", "เปลี่ยน", "ประกอบ", "ตั้งใจ", "กลาง", "ใหม่", "ไกล"))
_IN_A_HANDLE = re.compile(r"[a-z0-9@._/\-]")
_GOES_ON = re.compile(r"[a-z0-9@_]|[.\-/][a-z0-9]")
_NOT_A_PLACE_BEFORE = re.compile(
    r"(?:ถนน|ถ\.|ซอย|ซ\.|สะพาน|แม่น้ำ|ลำน้ำ|คลอง|ทางด่วน|ร้าน|ส้มตำ|ไก่ย่าง|หมูยอ|แหนม|ข้าว|เส้น|พันธุ์|ต้น|ลูก|วัง"
    r"|ทีม|สโมสร|นาย|นาง|นางสาว|น\.ส\.|คุณ|พี่|ลุง|ป้า|น้า|น้อง|หมอ|ครู|ด\.ช\.|ด\.ญ\.|ชื่อ|ราชธานี|มะ)$"
    r"|(?:ถนน|ถ\.|ซอย|ซ\.|น\.ส\.|นาย|นางสาว|ชื่อ) $"
    r"|(?:ถนน|ถ\.|ทางหลวง)[ก-๎]{2,12} ?- ?$|บางนา ?-? ?$|(?:ถือ|รำ|ชัก|พก|ควง|ใช้|ลุ่มน้ำ|การบิน)$"
)
_FIRM_BEFORE = re.compile(r"(?:โรงพยาบาล|รพ\.|ธนาคาร|แบงก์|แบงค์) ?$")
_NOT_A_PLACE_AFTER = re.compile(
    r" ?(?:- ?ตราด|นครินทร์|ตัดใหม่|ซอย ?\d|ซ\. ?\d|ยูไนเต็ด|เอฟซี|united|fc\b|ดุสิต|ประกัน|ธุรกิจ|แอร์เวย์|airways)"
)
_SURE_WORD_BEFORE = re.compile(
    r"(?:โรงพยาบาล|รพ\.|ชาวบ้าน|ชาว|เป็นคน|(?<![ก-๎])คน|เมือง|แถว|ย่าน|ละแวก|ขนส่ง|บขส\.?|ศาลากลาง|มาจาก"
    r"|เดินทางไป|สาขา|สภ\.|เทศบาล|ด่าน|จว) ?$"
)
_PLACE_WORD_BEFORE = re.compile(r"(?:ที่|อยู่|ใน|จาก|ไป|มา|ถึง|ของ|ฝั่ง|บ้าน|กลับ|คน|from|in|at|to) ?$")
_AFTER_PLACE = re.compile(
    r"[\s,.()/]|$|ครับ|คับ|ค่ะ|คะ|นะ|มี|ไม่|ยัง|ถนน|น้ำ|ฝน|รถ|ไฟ|มา|แล้ว|เมื่อ|แต่|ช่วง|กลับ|เดือดร้อน|รอ|ตอน|เป็น|กับ|และ|หรือ|ด้วย"
)
# Three provinces whose names are the commonest of words.
_SURE_FOR = {
    "เลย": re.compile(r"(?:ชาว|เมือง|เป็นคน|มาจาก|จากจังหวัด|ขนส่ง|บขส\.?) ?$"),
    "แพร่": re.compile(r"(?:^|ชาว|เมือง|คน|จาก|อยู่|ไป|ที่|โรงพยาบาล|รพ\.|ขนส่ง|สาขา) ?$"),
    "ตาก": re.compile(r"(?:ชาว|เมือง|เป็นคน|(?<![ก-๎])คน|จาก|บ้านอยู่|โรงพยาบาล|รพ\.|ขนส่ง|(?<![ก-๎])อยู่) ?$"),
}
_ROAD_NUMBER = re.compile(r" ?(?:ซอย|ซ\.)? ?\d")
_ENGLISH_LEVEL = re.compile(r",? (?:(?P<subdistrict>sub-?district)|(?P<district>district)|(?P<province>province))\b")


def mentions(document: Document) -> list[Mention]:
    """Find the names of places in a document, in order; none overlaps another."""
    text = document.clean.lower()
    if len(text) != len(document.clean):
        text = document.clean
    known = gazetteer()
    found = list(itertools.islice(_after_prefixes(text, known), _MOST))
    taken = bytearray(len(text))
    for mention in found:
        _take(taken, mention.start, mention.end)
    borders = {word.start for word in document.words} | {len(text)}
    for start, end, name in _longest_first(text, known):
        if not taken.count(1, start, end) and _stands_alone(text, start, end, borders):
            found.append(_bare(text, start, end, name))
            _take(taken, start, end)
    return sorted((mention for mention in found if mention.areas), key=_start)[:_MOST]


def _after_prefixes(text: str, known: Gazetteer) -> Iterator[Mention]:
    done = 0
    for prefix in itertools.islice(_PREFIX.finditer(text), _MOST_PREFIXES):
        start = prefix.start()
        if start < done or (prefix[0].endswith(".") and _RANK.search(text, max(0, start - 2), start)):
            continue
        name = _BLANK.match(text, prefix.end()).end()  # type: ignore[union-attr]
        end, areas = _named(text, name, prefix, known)
        if areas:
            done = end
            yield Mention(start, end, areas, Ease.BESIDE_ANOTHER if text[name:end] in _WORDS else Ease.ALONE)


def _named(text: str, start: int, prefix: re.Match[str], known: Gazetteer) -> tuple[int, Areas]:
    """Read the longest name of the prefix's level that begins at `start`."""
    kind = prefix.lastgroup or ""
    if kind == "town":
        return _town(text, start, known)
    level = _LEVELS[prefix[0]] if kind == "letter" else Level[kind.upper()]
    end, areas = _longest_at(text, start, level, known)
    if areas and level is DISTRICT and text[start:end] in {"เมือง", "เมืองฯ"}:
        end, areas = _chief(text, start, end, areas, known)
    if not areas and kind != "letter" and prefix[0] not in {"เขต", "แขวง"}:
        end, areas = sounds_like(text, start, level)
    return end, _sided(prefix[0], areas)


def _longest_at(text: str, start: int, level: Level, known: Gazetteer) -> tuple[int, Areas]:
    names = known.names[level]
    for end in range(min(len(text), start + known.longest), start + 1, -1):
        areas = names.get(text[start:end])
        if areas and not _cuts_a_syllable(text, end):
            return end, areas
    return start, ()


def _chief(text: str, start: int, end: int, areas: Areas, known: Gazetteer) -> tuple[int, Areas]:
    """Read อ.เมือง with the spoken name of its province (เมืองคอน, เมืองกาญจน์) as that province's chief district."""
    longer, provinces = _longest_at(text, start, PROVINCE, known)
    if longer > end:
        chief = tuple(area for area in areas if area.province == provinces[0].province)
        return longer, chief
    return end, areas


def _town(text: str, start: int, known: Gazetteer) -> tuple[int, Areas]:
    for level in (PROVINCE, DISTRICT):
        end, areas = _longest_at(text, start, level, known)
        if areas and text[start:end] != "เมือง":
            return end, areas
    return start, ()


def _sided(prefix: str, areas: Areas) -> Areas:
    """Keep Bangkok's after เขต and แขวง, and the others' after อำเภอ, where there is a choice."""
    if prefix in {"เขต", "แขวง", "khet", "khwaeng"}:
        sided = tuple(area for area in areas if area.province == BANGKOK)
    else:
        sided = tuple(area for area in areas if area.province != BANGKOK or area.subdistrict)
    return sided or areas


def _longest_first(text: str, known: Gazetteer) -> list[tuple[int, int, Name]]:
    hits = itertools.islice(known.bare.iter(text), _MOST_HITS)
    found = [(last + 1 - len(name.text), last + 1, name) for last, name in hits]
    if len(found) > 1:
        found.sort(key=lambda each: each[0] - each[1])
    return found


def _take(taken: bytearray, start: int, end: int) -> None:
    taken[start:end] = b"\1" * (end - start)


def _start(mention: Mention) -> int:
    return mention.start


def _stands_alone(text: str, start: int, end: int, borders: set[int]) -> bool:
    """Say whether a name is not a part of longer words."""
    if text[start].isascii():
        return _IN_A_HANDLE.search(text, max(0, start - 1), start) is None and not _GOES_ON.match(text, end)
    if _cuts_a_syllable(text, end) or (start and text[start - 1] in _LEADING):
        return False
    if text.startswith("บ้าน", start) and text.endswith("ชาว", 0, start):
        return False
    return end - start >= _LONG_ENOUGH or (start in borders and end in borders)


def _cuts_a_syllable(text: str, end: int) -> bool:
    return _MARK.match(text, end) is not None


def _bare(text: str, start: int, end: int, name: Name) -> Mention:
    """Read a bare name; without areas where the words around it say that it is no place."""
    before = text[max(0, start - 18) : start]
    if _NOT_A_PLACE_BEFORE.search(before) or _NOT_A_PLACE_AFTER.match(text, end):
        return Mention(start, end, ())
    if name.text.startswith("กรุงเทพ") and _FIRM_BEFORE.search(before):
        return Mention(start, end, ())
    areas, ease = name.areas, name.ease
    level = _ENGLISH_LEVEL.match(text, end) if text[start].isascii() else None
    if level:
        wanted = Level[(level.lastgroup or "").upper()]
        return Mention(start, level.end(), gazetteer().names[wanted].get(name.text, ()))
    is_quarter = areas[0].province == BANGKOK and areas[0].district is not None
    if is_quarter and (_ROAD_NUMBER.match(text, end) or before.endswith("แยก")):
        return Mention(start, end, ())
    if ease is not Ease.ALONE and _is_shown_by_neighbours(before, text, end, name):
        ease = Ease.ALONE
    around = Area(areas[0].province)
    if not text[start].isascii() and areas[0] == Area(around.province, f"เมือง{around.province}"):
        areas = (*areas, around)
    return Mention(start, end, areas, ease)


def _is_shown_by_neighbours(before: str, text: str, end: int, name: Name) -> bool:
    """Say whether the words around a name that is an ordinary word besides show that it is a place."""
    sure = _SURE_FOR.get(name.text)
    if sure:
        return sure.search(before) is not None and _AFTER_PLACE.match(text, end) is not None
    if name.ease is Ease.BESIDE_ANOTHER:
        return False
    if _SURE_WORD_BEFORE.search(before):
        return True
    return _AFTER_PLACE.match(text, end) is not None and (
        not before.strip() or before[-1] in " \n#(" or _PLACE_WORD_BEFORE.search(before) is not None
    )
