"""`python -m bot rehearse` as an author runs it: tables, JSON, conversations as text, and exit statuses."""

import json
from pathlib import Path
from typing import Any

from bot.rehearsals.report import PEOPLE
from bot.seed import sample
from bot.survey_files import written
from tests.handlers.test_cli import bot, told


def many(count: int) -> dict[str, Any]:
    """A survey of so many questions, under a sample's name and project."""
    asked = sample("surveys/road-safety-needs.yaml")["questions"][1]
    questions = [{**asked, "name": f"q{number}"} for number in range(count)]
    return {**sample("surveys/road-safety-needs.yaml"), "questions": questions}


def test_a_survey_that_ships_is_told_in_tables(tmp_path: Path) -> None:
    done = bot(tmp_path, "rehearse", "road-safety-needs", "--language", "en", "--transcripts", "talks")
    assert done.returncode == 0
    assert "20 scripted citizens" in told(done) and "Will do, but look at some places" in told(done)
    talks = sorted((tmp_path / "talks").glob("*.txt"))
    assert len(talks) == len(PEOPLE)
    assert "คน: [รถบรรทุก]" in talks[PEOPLE.index("danger")].read_text(encoding="utf-8")
    assert not (tmp_path / "khaojai.sqlite3").exists()  # nothing is kept


def test_what_must_be_mended_ends_with_1_and_is_in_the_json(tmp_path: Path) -> None:
    (tmp_path / "long.yaml").write_text(json.dumps(many(30), ensure_ascii=False), encoding="utf-8")  # JSON is YAML
    done = bot(tmp_path, "rehearse", "long.yaml", "--json")
    assert done.returncode == 1
    report = json.loads(done.stdout)
    assert report["verdict"] == "mend" and report["findings"][0]["code"] == "tired"
    assert len(report["people"]) == len(PEOPLE) and report["people"][0]["talk"]


def test_an_xlsform_is_rehearsed_like_any_other(tmp_path: Path) -> None:
    (tmp_path / "form.xlsx").write_bytes(written(sample("surveys/road-safety-needs.yaml"), "xlsx"))
    done = bot(tmp_path, "rehearse", "form.xlsx")
    assert done.returncode == 0, told(done)


def test_what_is_no_survey_is_said(tmp_path: Path) -> None:
    assert bot(tmp_path, "rehearse", "no-such-survey").returncode == 2
    (tmp_path / "half.yaml").write_text("slug: half\n", encoding="utf-8")
    done = bot(tmp_path, "rehearse", "half.yaml")
    assert done.returncode == 1 and "cannot be asked yet" in told(done)
