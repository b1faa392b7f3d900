"""Home addresses: from the house number through หมู่, ซอย, ถนน, ตำบล, อำเภอ and จังหวัด to the postal code."""

import re
from collections.abc import Iterator

from nlp.identifiers import Found

_HOUSE = re.compile(
    r"(?P<label>(?:บ้าน)?เลขที่|บ้านเลข|ที่อยู่|อยู่บ้าน|ห้อง(?:เลขที่)?)?[ :]{0,3}(?<![0-9/.\-])"
    r"(?P<number>[0-9]{1,4}(?:/[0-9]{1,4})?(?:-[0-9]{1,4})?)(?![0-9/])"
)
_NAME = r"[ก-๎]{2,25}(?: [0-9]{1,3}(?:/[0-9]{1,3})?)?"
_PART = re.compile(
    r"[ ,]{0,3}(?:"
    r"(?P<moo>(?:หมู่ที่|หมู่|ม\.) ?[0-9]{1,2}(?![0-9]))"
    rf"|(?P<village>(?:หมู่บ้าน|บ้าน|ม\.|คอนโด|อาคาร|ชั้น|ตึก) ?(?:{_NAME}|[0-9]{{1,3}}))"
    rf"|(?P<soi>(?:ซอย|ซ\.) ?(?:[0-9]{{1,3}}(?:/[0-9]{{1,3}})?|{_NAME}(?:[0-9]{{1,3}})?))"
    rf"|(?P<road>(?:ถนน|ถ\.) ?{_NAME})"
    rf"|(?P<area>(?:ตำบล|ต\.|แขวง|อำเภอ|อ\.|เขต|จังหวัด|จ\.) ?{_NAME.partition('(')[0]})"
    r"|(?P<bangkok>กรุงเทพ(?:มหานคร|ฯ)?|กทม\.?)"
    r"|(?P<code>[1-9][0-9]{4})(?![0-9])"
    r")"
)
_MOST_PARTS = 12
_SURE_LABELS = ("บ้านเลขที่", "บ้านเลข")


def addresses(text: str) -> Iterator[Found]:
    """Find home addresses: a house number with at least one part of an address after it, or after the words for it."""
    done = 0
    for house in _HOUSE.finditer(text):
        if house.start() < done:
            continue
        end, kinds = _parts(text, house.end())
        if kinds & {"moo", "soi", "road", "area", "village"} or house["label"] in _SURE_LABELS:
            yield "address", house.start("number"), end
            done = end


def _parts(text: str, end: int) -> tuple[int, set[str]]:
    """Read the parts of an address from `end` on. Answers where they end and which kinds there were."""
    kinds: set[str] = set()
    for _ in range(_MOST_PARTS):
        part = _PART.match(text, end)
        if not part:
            break
        kinds.add(part.lastgroup or "")
        end = part.end()
    return end, kinds
