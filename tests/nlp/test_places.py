"""Places: a table of cases that a linguist can read, properties, and points on the map."""

import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.document import read
from nlp.gazetteer import Area, Level, gazetteer, misspellings, spellings
from nlp.places import places
from nlp.points import province_at

Levels = tuple[str | None, str | None, str | None]
TABLE = Path(__file__).parent / "tables" / "places.txt"


def cases() -> list[tuple[str, list[Levels]]]:
    lines = (line for line in TABLE.read_text(encoding="utf-8").splitlines() if line and not line.startswith("# "))
    return [(text, [levels(place) for place in wanted.split("|") if place.strip()]) for text, wanted in parted(lines)]


def parted(lines):
    for line in lines:
        text, _, wanted = line.partition(" ⇒")
        yield text, wanted


def levels(place: str) -> Levels:
    province, district, subdistrict = (None if level == "-" else level for level in place.strip().split("/"))
    return province, district, subdistrict


def found(text: str) -> list[Levels]:
    return [(place.province, place.district, place.subdistrict) for place in places(read(text))]


def is_held_out(text: str) -> bool:
    return int(hashlib.sha256(text.encode()).hexdigest(), 16) % 4 == 0


@pytest.mark.parametrize(("text", "wanted"), [case for case in cases() if not is_held_out(case[0])])
def test_places_of_a_text(text: str, wanted: list[Levels]) -> None:
    assert found(text) == wanted


def test_the_part_held_out_is_read_as_well() -> None:
    held = [case for case in cases() if is_held_out(case[0])]
    right = sum(found(text) == wanted for text, wanted in held)
    assert len(held) > 50
    assert right / len(held) >= 0.9


def districts() -> list[Area]:
    names = gazetteer().names[Level.DISTRICT]
    return [area for name, areas in names.items() for area in areas if area.district == name and len(areas) == 1]


@pytest.mark.parametrize("frame", ["น้ำท่วม อ.{0.district} จ.{0.province} ด้วย", "อำเภอ{0.district}จังหวัด{0.province}"])
def test_every_district_is_found_with_its_province(frame: str) -> None:
    outside = [area for area in districts() if area.province != "กรุงเทพมหานคร"]
    assert len(outside) > 870
    missed = [area for area in outside if found(frame.format(area)) != [tuple(area)]]
    assert missed == []


def test_every_province_is_found_after_its_prefix() -> None:
    names = {area.province for area in districts()}
    assert len(names) == 77
    assert [name for name in sorted(names) if found(f"อยู่จ.{name}ครับ") != [(name, None, None)]] == []


def test_spans_show_the_words_as_typed() -> None:
    text = "ที่\u200b ต.ใน\u200bเมือง อ.เมือง จ.ขอนเเก่น"
    [place] = places(read(text))
    assert [text[start:end] for start, end in place.spans] == ["ต.ใน\u200bเมือง", "อ.เมือง", "จ.ขอนเเก่น"]


PIECES = [
    "จ.",
    "อ.",
    "ต.",
    "เมือง",
    "เลย",
    "ตาก",
    "หนองบัว",
    "ขอนแก่น",
    "เขต",
    "Chiang Mai ",
    " ",
    "กรุงเทพฯ",
    "บ้าน",
    "50200",
    "่",
    "นน",
]


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join) | st.text(max_size=200))
def test_any_text_is_read_and_spans_lie_in_it(text: str) -> None:
    read_once = places(read(text))
    assert read_once == places(read(text))
    for place in read_once:
        assert place.spans
        assert all(0 <= start < end <= len(text) for start, end in place.spans)
        assert place.province or place.district or place.subdistrict


POINTS = [
    (13.7525, 100.4935, "กรุงเทพมหานคร"),
    (18.7883, 98.9853, "เชียงใหม่"),
    (7.0084, 100.4747, "สงขลา"),
    (16.7130, 98.5740, "ตาก"),
    (17.4860, 101.7223, "เลย"),
    (7.8804, 98.3923, "ภูเก็ต"),
    (9.53, 100.06, "สุราษฎร์ธานี"),
    (10.097, 99.838, "สุราษฎร์ธานี"),
    (6.488, 99.303, "สตูล"),
    (13.69, 100.7501, "สมุทรปราการ"),
    (18.3609, 103.6464, "บึงกาฬ"),
    (17.9667, 102.6, None),
    (16.8, 96.15, None),
    (3.139, 101.687, None),
    (9.0, 101.5, None),
    (0.0, 0.0, None),
    (float("nan"), 100.0, None),
    (91.0, 400.0, None),
]


@pytest.mark.parametrize(("latitude", "longitude", "province"), POINTS)
def test_province_of_a_point(latitude: float, longitude: float, province: str | None) -> None:
    assert province_at(latitude, longitude) == province


def test_spacings_and_slips_of_a_name() -> None:
    assert list(spellings("chiang mai")) == ["chiang mai", "chiangmai", "chiang-mai"]
    assert list(spellings("rayong")) == ["rayong"]
    assert "ชลบุรึ" in set(misspellings("ชลบุรี"))
