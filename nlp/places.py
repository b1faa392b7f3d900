"""Places that a text names, to province, district and subdistrict, and the province of a point on the map.

Names that stand together are read together: ต.ในเมือง อ.เมือง จ.ขอนแก่น is one place. What a name leaves open is settled
by what else the text says; what it leaves clear fills the levels above it (อ.หาดใหญ่ is in สงขลา).
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from nlp.document import Document
from nlp.gazetteer import Area, Areas, Ease, Level, gazetteer
from nlp.mentions import Mention, mentions
from nlp.points import province_at
from nlp.records import Place

__all__ = ["places", "province_at"]

_BETWEEN = re.compile(
    r"[\s,()/\-–:]*(?:(?:ใน|ของ|ที่|แห่ง|อยู่|พื้นที่|in|of)\s?)?(?:(?:จังหวัด|อำเภอ|ตำบล|เขต|อ\.|จ\.|ต\.)\s?)?(?:\d{5}\s?)?"
)
_FARTHEST = 20
_PLACE_WORD = re.compile("(?:ที่|แถว|ใน|อยู่|ตลาด|วัด|โรงเรียน|ชุมชน|หมู่บ้าน|บ้าน|จาก|ย่าน)$")
_APART = re.compile(", ?| |/")
_AFTER_NAME = ("", " ", ",", "/", ")", "\n")
_TOWN = frozenset({"ในเมือง", "นอกเมือง"})
_POSTCODE = re.compile(r"(?<!\d)[1-9]\d{4}(?!\d)")


@dataclass(slots=True)
class Group:
    """Mentions that name one place together, and what they may stand for."""

    parts: list[Mention]
    areas: Areas

    @property
    def is_clear(self) -> bool:
        """Whether it can stand for one area alone."""
        return len(self.areas) == 1

    def distance(self, other: "Group") -> int:
        """How many letters lie between this group and the other."""
        return max(other.parts[0].start - self.parts[-1].end, self.parts[0].start - other.parts[-1].end)


def places(document: Document) -> tuple[Place, ...]:
    """Find the places that a text names, in order; a level that was not said or cannot be told apart is None."""
    found = mentions(document)
    if not found:
        return ()
    groups = [group for group in _grouped(document.clean, found) if _is_shown(document.clean, group)]
    for group in groups:
        _extend(document.clean, group)
        _extend_after(document.clean, group)
    groups = [group for group in groups if not _is_taken(group, groups)]
    _settle(document.clean, groups)
    kept = _merged(group for group in groups if group.areas)
    return tuple(_place(document, group) for group in kept)


def _grouped(text: str, found: Sequence[Mention]) -> list[Group]:
    groups: list[Group] = []
    for mention in found:
        if groups and (areas := _together(text, groups[-1], mention)):
            groups[-1].parts.append(mention)
            groups[-1].areas = areas
        else:
            groups.append(Group([mention], mention.areas))
    return groups


def _together(text: str, group: Group, mention: Mention) -> Areas:
    """Give what a group and the next mention stand for as one place; nothing where they are two."""
    end = group.parts[-1].end
    if mention.start - end > _FARTHEST or not _BETWEEN.fullmatch(text, end, mention.start):
        return ()
    return _agreeing(group.areas, mention.areas)


def _agreeing(some: Areas, others: Areas) -> Areas:
    """Give the narrower area of each pair in which one lies in the other."""
    levels = {area.level for area in (*some, *others)}
    if len(levels) == 1:
        return ()
    agreed = [
        one if one.level > other.level else other
        for one in some
        for other in others
        if one.level != other.level and (one.within(other) or other.within(one))
    ]
    return tuple(dict.fromkeys(agreed))


def _is_shown(text: str, group: Group) -> bool:
    """Say whether a group is a place at all: ordinary words are places only together, and set apart."""
    if any(part.ease is Ease.ALONE for part in group.parts):
        return True
    return any(text[one.end : two.start] for one, two in zip(group.parts, group.parts[1:], strict=False))


def _extend(text: str, group: Group) -> None:
    """Take in a bare name that stands right before the district or province it lies in: "สุเทพ เชียงใหม่"."""
    start = group.parts[0].start
    end = len(text[max(0, start - 2) : start].rstrip(" ,")) + max(0, start - 2)
    if len(group.areas) > 2 or group.areas[0].subdistrict or end == start:
        return
    for level in Level:
        if level > group.areas[0].level and (part := _name_before(text, end, level, group.areas[0])):
            group.parts.insert(0, part)
            group.areas = part.areas
            return


def _name_before(text: str, end: int, level: Level, around: Area) -> Mention | None:
    """Find the longest name of a level that ends at `end` and lies in the area around it."""
    known = gazetteer()
    for start in range(max(0, end - known.longest), end - 2):
        name = text[start:end]
        areas = tuple(area for area in known.names[level].get(name, ()) if area.within(around))
        if len(areas) != 1 or name in _TOWN or (name in known.words and around.level is Level.PROVINCE):
            continue
        if start == 0 or text[start - 1] in " \n,(" or _PLACE_WORD.search(text, max(0, start - 10), start):
            return Mention(start, end, areas)
    return None


def _extend_after(text: str, group: Group) -> None:
    """Take in a subdistrict's bare name that stands apart right after its district: "คลองหลวง คลองหนึ่ง"."""
    blank = _APART.match(text, group.parts[-1].end)
    if not blank or not group.is_clear or group.areas[0].level is not Level.DISTRICT:
        return
    known, start = gazetteer(), blank.end()
    for end in range(min(len(text), start + known.longest), start + 2, -1):
        areas = known.names[Level.SUBDISTRICT].get(text[start:end], ())
        inside = tuple(area for area in areas if area.within(group.areas[0]))
        is_name = text[start:end] not in _TOWN and (len(group.parts) > 1 or text[start:end] not in known.words)
        if inside and is_name and text[end : end + 1] in _AFTER_NAME:
            group.parts.append(Mention(start, end, inside))
            group.areas = inside
            return


def _is_taken(group: Group, groups: Sequence[Group]) -> bool:
    """Say whether the only name of a group was taken into another."""
    start = group.parts[0].start
    return len(group.parts) == 1 and any(
        other is not group and any(part.start == start for part in other.parts) for other in groups
    )


def _settle(text: str, groups: list[Group]) -> None:
    """Choose among the areas of what is still open by the postal codes and the other places of the text."""
    unclear = [group for group in groups if not group.is_clear]
    if not unclear:
        return
    coded = [area for code in _POSTCODE.findall(text) for area in gazetteer().postcodes.get(code, ())]
    for group in unclear:
        _narrow(group, coded)
        others = sorted((other for other in groups if other.is_clear), key=group.distance)
        for other in others:
            _narrow(group, (Area(*other.areas[0][:2]),))
            _narrow(group, (Area(other.areas[0].province),))
        group.areas = _shared(group)


def _narrow(group: Group, by: Iterable[Area]) -> None:
    limits = list(by)
    within = tuple(area for area in group.areas if any(area.within(limit) for limit in limits))
    group.areas = within or group.areas


def _shared(group: Group) -> Areas:
    """Give what all areas of a group have in common; a subdistrict of many provinces stays, its parents unknown."""
    areas = group.areas
    if len(areas) == 1:
        return areas
    broadest = min(areas, key=lambda area: area.level)
    if all(area.within(broadest) for area in areas):
        return (broadest,)
    if any(part.ease is not Ease.ALONE for part in group.parts):
        return ()
    if len({area[area.level - 1] for area in areas}) == 1:
        return areas
    return (Area(areas[0].province),) if len({area.province for area in areas}) == 1 else ()


def _merged(groups: Iterable[Group]) -> list[Group]:
    """Join what names the same place twice, and what only repeats the province or district of a narrower place."""
    kept: list[Group] = []
    for group in groups:
        same = next((other for other in kept if _is_same(group, other)), None)
        if same is None:
            kept.append(group)
            continue
        if group.areas[0].level > same.areas[0].level:
            same.areas = group.areas
        same.parts += group.parts
    return kept


def _is_same(one: Group, other: Group) -> bool:
    if not (one.is_clear and other.is_clear):
        return one.areas == other.areas
    return one.areas[0].within(other.areas[0]) or other.areas[0].within(one.areas[0])


def _place(document: Document, group: Group) -> Place:
    spans = tuple(sorted(document.span(part.start, part.end) for part in group.parts))
    if group.is_clear:
        area = group.areas[0]
        return Place(area.province, area.district, area.subdistrict, spans)
    province, district, subdistrict = (_common(group.areas, level) for level in Level)
    return Place(province, district, subdistrict, spans)


def _common(areas: Areas, level: Level) -> str | None:
    names = {area[level - 1] for area in areas}
    return names.pop() if len(names) == 1 else None
