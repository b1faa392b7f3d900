"""Home addresses: from the house number through หมู่, ซอย, ถนน, ตำบล, อำเภอ and จังหวัด to the postal code."""

import re
from collections.abc import Iterator

from nlp.gazetteer import Level, gazetteer
from nlp.identifiers import Found

_HOUSE = re.compile(
    r"(?P<label>(?:บ้าน)?เลขที่(?:บ้าน)?|บ้านเลข|ที่อยู่|อยู่บ้าน|ห้อง(?:เลขที่)?)?[ :]{0,3}(?<![0-9/.\-])"
    r"(?P<number>[0-9]{1,4}(?:/[0-9]{1,4})?(?:-[0-9]{1,4})?)(?![0-9/])"
)
_NOT_A_HOUSE_BEFORE = re.compile(
    r"(?:กม\.?|กิโล(?:เมตร)?(?:ที่)?|สาย|หมายเลข|ซอย|ซ\.|ถนน|หมู่|ม\.|พระราม|ข้อ|มาตรา|ชั้น|ช่อง|อายุ|ระยะ|ราคา|รถ|วันที่|เวลา) ?$"
)
_STOP = r"(?:ตำบล|ต\.|แขวง|อำเภอ|อ\.|เขต|จังหวัด|จ\.|ซอย|ซ\.|ถนน|ถ\.|หมู่|กรุงเทพ|กทม|โทร|เบอร์|ใกล้|ติด|ไม่|น้ำ|ไฟ|มี|เป็น)"
_NAME = rf"(?:(?!{_STOP})[ก-๎]){{2,25}}(?: [0-9]{{1,3}}(?:/[0-9]{{1,3}})?(?![0-9/]))?"
_PART = re.compile(
    r"[ ,]{0,3}(?:"
    r"(?P<moo>(?:หมู่ที่|หมู่|ม\.) ?[0-9]{1,2}(?![0-9]))"
    rf"|(?P<village>(?:หมู่บ้าน|บ้าน|ม\.|คอนโด|อาคาร|ชั้น|ตึก) ?(?:{_NAME}|[0-9]{{1,3}}(?![0-9])))"
    rf"|(?P<soi>(?:ซอย|ซ\.) ?(?:[0-9]{{1,3}}(?:/[0-9]{{1,3}})?(?![0-9])|{_NAME}(?:[0-9]{{1,3}}(?![0-9]))?))"
    rf"|(?P<road>(?:ถนน|ถ\.) ?{_NAME})"
    r"|(?P<area>(?P<prefix>ตำบล|ต\.|แขวง|อำเภอ|อ\.|เขต|จังหวัด|จ\.) ?)"
    r"|(?P<bangkok>กรุงเทพ(?:มหานคร|ฯ)?|กทม\.?)"
    r"|(?P<code>[1-9][0-9]{4})(?![0-9])"
    r")"
)
_LEVELS = {
    **dict.fromkeys(("ตำบล", "ต.", "แขวง"), Level.SUBDISTRICT),
    **dict.fromkeys(("อำเภอ", "อ.", "เขต"), Level.DISTRICT),
    **dict.fromkeys(("จังหวัด", "จ."), Level.PROVINCE),
}
_BARE = re.compile("[ก-๎]{2,25}(?![ก-๎])")
_MOST_PARTS = 12
_SURE_LABELS = ("บ้านเลขที่", "เลขที่บ้าน", "บ้านเลข")


def addresses(text: str) -> Iterator[Found]:
    """Find home addresses: a house number with parts of an address after it, or after the words for it."""
    done = 0
    for house in _HOUSE.finditer(text):
        start = house.start("number")
        if start < done or _NOT_A_HOUSE_BEFORE.search(text, max(0, start - 12), start):
            continue
        end, kinds = _parts(text, house.end())
        if house["label"] in _SURE_LABELS or _is_enough(kinds, house["label"]):
            yield "address", start, end
            done = end


def _is_enough(kinds: list[str], label: str | None) -> bool:
    """Say whether the parts after a number make it a house number."""
    if "moo" in kinds or "soi" in kinds:
        return True
    return bool({"road", "area"} & set(kinds)) and (len(kinds) > 1 or label is not None)


def _parts(text: str, end: int) -> tuple[int, list[str]]:
    """Read the parts of an address from `end` on. Answers where they end and of which kinds they are."""
    kinds: list[str] = []
    for _ in range(_MOST_PARTS):
        part = _PART.match(text, end)
        if not part:
            break
        kind = next(name for name in ("moo", "village", "soi", "road", "area", "bangkok", "code") if part[name])
        last = _area_end(text, part, "area" in kinds) if kind == "area" else part.end()
        if not last:
            break
        kinds.append(kind)
        end = last
    return _with_bare_names(text, end) if "area" in kinds else end, kinds


def _area_end(text: str, part: re.Match[str], is_sure: bool) -> int:
    """Say where the name after ต., อ. or จ. ends: a known name's end, else the blank; 0 where no name follows.

    `is_sure`: other areas went before, so that even a name that nobody knows belongs to the address.
    """
    known, start = gazetteer(), part.end()
    names = known.names[_LEVELS[part["prefix"]]]
    for end in range(min(len(text), start + known.longest), start + 1, -1):
        if text[start:end] in names:
            return end
    unknown = _BARE.match(text, start) if is_sure or "." in part["prefix"] else None
    return unknown.end() if unknown else 0


def _with_bare_names(text: str, end: int) -> int:
    """Take in a province without its prefix and a postal code at the end of an address."""
    tail = re.compile(r"[ ,]{1,2}(?P<name>[ก-๎ฯ]{3,20})(?![ก-๎])").match(text, end)
    if tail and tail["name"] in gazetteer().names[Level.PROVINCE]:
        end = tail.end()
    code = re.compile(r"[ ,]{1,2}[1-9][0-9]{4}(?![0-9])").match(text, end)
    return code.end() if code else end
