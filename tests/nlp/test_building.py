"""Data files are built from their sources: the tables of places and a drawn map."""

import json
from pathlib import Path

from nlp.building import build_places
from nlp.gazetteer import Area, Level, gazetteer
from nlp.outlining import EAST, NORTH, SOUTH, WEST, build_outlines


def test_places_are_written_a_district_a_line(tmp_path: Path) -> None:
    tables = {
        "provinces": [{"provinceCode": 16, "provinceNameTh": "ลพบุรี", "provinceNameEn": "Loburi"}],
        "districts": [
            {"provinceCode": 16, "districtCode": 1603, "districtNameTh": "โคกสำโรง", "districtNameEn": "Khok Samrong"}
            | {"postalCode": 15120}
        ],
        "subdistricts": [{"districtCode": 1603, "subdistrictNameTh": name} for name in ("โคกสำโรง", "ถนน")],
    }
    for name, rows in tables.items():
        (tmp_path / f"{name}.json").write_text(json.dumps(rows), encoding="utf-8")
    target = tmp_path / "places.tsv"
    assert build_places(tmp_path, target) == 2
    lines = [line for line in target.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    assert lines == ["ลพบุรี\tLop Buri", "\tโคกสำโรง\tKhok Samrong\t15120\tโคกสำโรง,~ถนน"]
    assert "MIT" in target.read_text(encoding="utf-8")


def test_a_map_is_scaled_to_degrees(tmp_path: Path) -> None:
    drawn = '<svg><path id="bkk" aria-label="Bangkok" d="m 0,0 560,0 0,1025 -560,0 z" /></svg>'
    (tmp_path / "map.svg").write_text(drawn, encoding="utf-8")
    target = tmp_path / "outlines.tsv"
    assert build_outlines(tmp_path / "map.svg", target) == 4
    [line] = [line for line in target.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    province, steps = line.split("\t")
    first, right, down, *_ = [tuple(map(int, step.split(","))) for step in steps.split(" ")]
    assert province == "กรุงเทพมหานคร"
    assert first == (round(WEST * 1000), round(NORTH * 1000))
    assert right == (round(EAST * 1000) - first[0], 0)
    assert down == (0, round(SOUTH * 1000) - first[1])


def test_the_gazetteer_knows_every_level() -> None:
    known = gazetteer()
    assert known.names[Level.PROVINCE]["โคราช"] == (Area("นครราชสีมา"),)
    assert known.names[Level.DISTRICT]["hat yai"] == (Area("สงขลา", "หาดใหญ่"),)
    assert len(known.names[Level.SUBDISTRICT]["หนองบัว"]) == 28
    assert len(known.names[Level.DISTRICT]["เมือง"]) == 76
    assert Area("สงขลา", "หาดใหญ่", "คอหงส์").within(Area("สงขลา"))
    assert not Area("สงขลา").within(Area("สงขลา", "หาดใหญ่"))
