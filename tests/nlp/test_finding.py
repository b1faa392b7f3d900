"""Judging places and personal data on a labelled file."""

import json
from pathlib import Path

import pytest

from nlp.training.finding import evaluate_personal, evaluate_places
from nlp.training.reading import Unreadable


def written(path: Path, rows: list[dict[str, object]]) -> Path:
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    return path


def test_places_are_counted_by_level(tmp_path: Path) -> None:
    hat_yai = {"province": "สงขลา", "district": "หาดใหญ่", "subdistrict": None}
    rows = [
        {"id": 1, "text": "อ.หาดใหญ่ น้ำท่วม", "places": [hat_yai]},
        {"id": 2, "text": "จ.สงขลา น้ำท่วม", "places": [hat_yai]},
        {"id": 3, "text": "น้ำท่วม", "places": []},
    ]
    [report] = evaluate_places(written(tmp_path / "places.jsonl", rows))
    counts = {name: (count.right, count.found, count.there) for name, count in report.counts.items()}
    assert counts == {"province": (2, 2, 2), "province and district": (1, 1, 2), "full record": (1, 2, 2)}
    lines = list(report.lines())
    assert lines[0] == "places (3 texts, 2 without a mistake)"
    assert "จ.สงขลา น้ำท่วม" in lines[-2]


def test_personal_data_is_counted_by_kind_exactly_and_by_half(tmp_path: Path) -> None:
    rows = [
        {"id": 1, "text": "โทร 0812345678", "spans": [{"kind": "phone", "start": 4, "end": 14}]},
        {"id": 2, "text": "โทร 0812345678", "spans": [{"kind": "phone", "start": 0, "end": 14}]},
        {"id": 3, "text": "โทร 0812345678", "spans": [{"kind": "person", "start": 0, "end": 3}]},
    ]
    exact, shared = evaluate_personal(written(tmp_path / "personal.jsonl", rows))
    counts = [
        {name: (each.right, each.found, each.there) for name, each in one.counts.items()} for one in (exact, shared)
    ]
    assert counts[0] == {"phone": (1, 3, 2), "all but persons": (1, 3, 2), "person": (0, 0, 1)}
    assert counts[1] == {"phone": (2, 3, 2), "all but persons": (2, 3, 2), "person": (0, 0, 1)}


def test_a_file_of_another_kind_is_refused_by_line(tmp_path: Path) -> None:
    path = written(tmp_path / "x.jsonl", [{"text": "ก", "places": []}, {"text": "ก"}])
    with pytest.raises(Unreadable, match="line 2"):
        evaluate_places(path)
