"""Finding where a text names places, and what each name may stand for, before names are read together.

A name after a prefix (จ. อำเภอ แขวง …) is read at that level. A bare name is read where it stands as words of its own,
is not the name of a road, a river or a person, and is no ordinary word (see `gazetteer.Ease`).
"""

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
_MARK = re.compile("[\u0e30-\u0e3a\u0e45\u0e47-\u0e4e]")
_LEADING = "เแโใไ"
_LONG_ENOUGH = 8
_NOT_A_PLACE_BEFORE = re.compile(
    r"(?:ถนน|ถ\.|ซอย|ซ\.|แยก|สะพาน|แม่น้ำ|ลำน้ำ|คลอง|ทางด่วน|ร้าน|ส้มตำ|ไก่ย่าง|หมูยอ|แหนม|ข้าว|เส้น|พันธุ์|ต้น|ลูก"
    r"|ทีม|สโมสร|นาย|นาง|นางสาว|น\.ส\.|คุณ|พี่|ลุง|ป้า|น้า|น้อง|หมอ|ครู|ด\.ช\.|ด\.ญ\.|ชื่อ|ราชธานี|มะ) ?$"
)
_PLACE_WORD_BEFORE = re.compile(
    r"(?:ที่|อยู่|ใน|จาก|ไป|แถว|คน|ชาว|เมือง|มา|ถึง|ของ|ย่าน|ฝั่ง|บ้าน|กลับ|แม่|ด่าน|โรงพยาบาล|รพ\.|สภ\.|ขนส่ง|บขส\.?|ศาลากลาง|from|in|at|to) ?$"
)
_AFTER_PLACE = re.compile(r"[\s,.()/]|$|ครับ|ค่ะ|คะ|นะ|มี|ไม่|ยัง|ถนน|น้ำ|ฝน|รถ|ไฟ")
_ROAD_NUMBER = re.compile(r" ?(?:ซอย|ซ\.)? ?\d")
_ENGLISH_LEVEL = re.compile(r",? (?:(?P<subdistrict>sub-?district)|(?P<district>district)|(?P<province>province))\b")


def mentions(document: Document) -> list[Mention]:
    """Find the names of places in a document, in order; none overlaps another."""
    text = document.clean.lower()
    if len(text) != len(document.clean):
        text = document.clean
    known = gazetteer()
    found = list(_after_prefixes(text, known))
    taken = [(mention.start, mention.end) for mention in found]
    borders = {word.start for word in document.words} | {len(text)}
    for start, end, name in _longest(text, known):
        if any(start < last and end > first for first, last in taken):
            continue
        mention = _bare(text, start, end, name) if _stands_alone(text, start, end, borders) else None
        if mention:
            found.append(mention)
    return sorted(found, key=lambda mention: mention.start)


def _after_prefixes(text: str, known: Gazetteer) -> Iterator[Mention]:
    done = 0
    for prefix in _PREFIX.finditer(text):
        start = prefix.start()
        if start < done or (prefix[0].endswith(".") and _RANK.search(text, max(0, start - 2), start)):
            continue
        name = _BLANK.match(text, prefix.end()).end()  # type: ignore[union-attr]
        end, areas = _named(text, name, prefix, known)
        if areas:
            done = end
            yield Mention(start, end, areas)


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
    """Keep Bangkok's after เขต and แขวง, and the others' after อำเภอ and ตำบล, where there is a choice."""
    if prefix in {"เขต", "แขวง", "khet", "khwaeng"}:
        sided = tuple(area for area in areas if area.province == BANGKOK)
    else:
        sided = tuple(area for area in areas if area.province != BANGKOK)
    return sided or areas


def _longest(text: str, known: Gazetteer) -> Iterator[tuple[int, int, Name]]:
    for last, name in known.bare.iter_long(text):
        yield last + 1 - len(name.text), last + 1, name


def _stands_alone(text: str, start: int, end: int, borders: set[int]) -> bool:
    """Say whether a name is not a part of longer words."""
    if text[start].isascii():
        before, after = text[start - 1 : start], text[end : end + 1]
        return not (before.isascii() and before.isalnum()) and not (after.isascii() and after.isalnum())
    if _cuts_a_syllable(text, end) or (start and text[start - 1] in _LEADING):
        return False
    return end - start >= _LONG_ENOUGH or (start in borders and end in borders)


def _cuts_a_syllable(text: str, end: int) -> bool:
    return end < len(text) and _MARK.match(text, end) is not None and text[end] not in "ๆ"


def _bare(text: str, start: int, end: int, name: Name) -> Mention | None:
    before = text[max(0, start - 12) : start]
    if _NOT_A_PLACE_BEFORE.search(before):
        return None
    areas, ease = name.areas, name.ease
    level = _ENGLISH_LEVEL.match(text, end) if text[start].isascii() else None
    if level:
        wanted = Level[(level.lastgroup or "").upper()]
        areas = gazetteer().names[wanted].get(name.text, ())
        return Mention(start, level.end(), areas) if areas else None
    if areas[0].province == BANGKOK and areas[0].district and _ROAD_NUMBER.match(text, end):
        return None
    if ease is Ease.AFTER_PLACE_WORD and _is_shown_by_neighbours(before, text, end):
        ease = Ease.ALONE
    if areas[0].district == f"เมือง{areas[0].province}":
        areas = (*areas, Area(areas[0].province))
    return Mention(start, end, areas, ease)


def _is_shown_by_neighbours(before: str, text: str, end: int) -> bool:
    after = _AFTER_PLACE.match(text, end) is not None
    return after and (not before.strip() or _PLACE_WORD_BEFORE.search(before) is not None)
