"""Building the data files that are facts taken from elsewhere: run once in a while, never by a process that tags.

`build_places` makes `data/places.tsv`, the names of Thailand's administrative units, out of the tables of
thailand-geography-data/thailand-geography-json (MIT licence).
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pythainlp.corpus import thai_words

PLACES = Path(__file__).parent / "data" / "places.tsv"

_CARD = """\
# Provinces, districts and subdistricts of Thailand, by their official Thai names without prefixes.
# Made by `python -m nlp build places --data PATH`; do not edit by hand: what people call them is in place_names.tsv.
# Source: https://github.com/thailand-geography-data/thailand-geography-json (c76e019), MIT licence,
# Copyright (c) 2023-Present Joe Takara.
# A province begins its line; a district follows a TAB: Thai name, English name, postal code, its subdistricts.
# A subdistrict marked ~ is also a word of the Thai dictionary.
"""
# Slips of the source, mended here.
_ENGLISH = {"Loburi": "Lop Buri", "Mueang Loburi": "Mueang Lop Buri"}

Row = dict[str, Any]


def build_places(data: Path, target: Path = PLACES) -> int:
    """Write the table of places from the folder with `provinces.json`, `districts.json`, `subdistricts.json`.

    Answers how many lines it has. Raises OSError where a table cannot be read.
    """
    lines = list(_lines(data))
    target.write_text(_CARD + "\n".join(lines) + "\n", encoding="utf-8")
    return len(lines)


def _lines(data: Path) -> Iterator[str]:
    words = thai_words()
    districts = _grouped(_table(data, "districts"), "provinceCode")
    subdistricts = _grouped(_table(data, "subdistricts"), "districtCode")
    for province in _table(data, "provinces"):
        yield f"{province['provinceNameTh']}\t{_english(province['provinceNameEn'])}"
        for district in districts[province["provinceCode"]]:
            names = [row["subdistrictNameTh"] for row in subdistricts.get(district["districtCode"], [])]
            marked = ",".join(f"~{name}" if name in words else name for name in names)
            english = _english(district["districtNameEn"])
            yield f"\t{district['districtNameTh']}\t{english}\t{district['postalCode']}\t{marked}"


def _table(data: Path, name: str) -> list[Row]:
    rows: list[Row] = json.loads((data / f"{name}.json").read_text(encoding="utf-8"))
    return rows


def _grouped(rows: list[Row], key: str) -> dict[int, list[Row]]:
    groups: dict[int, list[Row]] = {}
    for row in rows:
        groups.setdefault(row[key], []).append(row)
    return groups


def _english(name: str) -> str:
    return _ENGLISH.get(name, name)
