"""Surveys in files from the command line, as an operator runs it."""

from pathlib import Path

import pytest

from bot.seed import sample_surveys
from bot.survey_files import opened, written
from tests.bot.xlsform.books import book
from tests.handlers.test_cli import Case, each_of

ROAD = next(each for each in sample_surveys() if each["slug"] == "road-safety-needs")
FOREIGN = book(survey="type|name|label\naudio|a|Say it\ntext|b|B?")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a database that holds the samples, and with files."""
    (tmp_path / "foreign.xlsx").write_bytes(FOREIGN)
    (tmp_path / "broken.yaml").write_text("slug: [", encoding="utf-8")
    (tmp_path / "road.yaml").write_bytes(written(ROAD, "yaml"))
    ready: list[Case] = [(["migrate"], {}), (["seed"], {})]
    assert [status for status, _ in each_of(tmp_path, ready)] == [0, 0]
    return tmp_path


def test_out_in_under_another_name_and_out_again(folder: Path) -> None:
    cases: list[Case] = [
        (["survey", "export", ROAD["slug"], "--format", "xlsx", "--out", "road.xlsx"], {}),
        (["survey", "check", "road.xlsx"], {}),
        (["survey", "import", "road.xlsx", "--project", "water-app", "--as", "water-roads"], {}),
        (["survey", "import", "road.xlsx", "--project", "water-app", "--as", "water-roads", "--language", "th"], {}),
        (["survey", "export", "water-roads", "--format", "yaml", "--out", "again.yaml"], {}),
        (["survey", "check", "water-roads"], {}),
        (["survey", "import", "road.xlsx", "--project", "water-app"], {}),
    ]
    done = each_of(folder, cases)
    assert [status for status, _ in done] == [0, 0, 0, 0, 0, 0, 1], done
    assert "water-roads is a new draft" in done[2][1] and "แทนร่างเดิมแล้ว" in done[3][1]
    assert "another project" in done[6][1]
    again = opened("again.yaml", (folder / "again.yaml").read_bytes())
    assert again.problems == []
    assert again.data == {**opened("x.xlsx", (folder / "road.xlsx").read_bytes()).data, "slug": "water-roads",
                          "project": "water-app"}  # fmt: skip


def test_what_is_wrong_is_told_with_its_cell_in_either_language(folder: Path) -> None:
    cases: list[Case] = [
        (["survey", "check", "foreign.xlsx"], {}),
        (["survey", "check", "foreign.xlsx", "--language", "th"], {}),
        (["survey", "import", "foreign.xlsx", "--project", "road-safety"], {}),
        (["survey", "import", "foreign.xlsx", "--project", "road-safety", "--as", "foreign", "--as-draft"], {}),
        (["survey", "export", "foreign", "--format", "xlsx", "--out", "-"], {}),
        (["survey", "export", "foreign", "--format", "yaml", "--out", "foreign.yaml"], {}),
        (["survey", "import", "broken.yaml", "--project", "road-safety", "--as-draft"], {}),
    ]
    done = each_of(folder, cases)
    assert [status for status, _ in done] == [1, 1, 1, 0, 1, 0, 1], done
    assert "survey!A2 · sheet “survey” · row 2 · column A (type): “audio” cannot be asked" in done[0][1]
    assert "ถามแบบ “audio” ใน LINE ไม่ได้" in done[1][1]
    assert "nothing was brought in" in done[2][1] and "cannot go out as XLSX yet" in done[4][1]
    assert "1:8" in done[6][1]


def test_wrong_use_ends_with_2(folder: Path) -> None:
    cases: list[Case] = [
        (["survey", "check", "nowhere.yaml"], {}),
        (["survey", "check", "nobody"], {}),
        (["survey", "import", "nowhere.xlsx", "--project", "road-safety"], {}),
        (["survey", "import", "road.yaml", "--project", "nowhere", "--as", "x"], {}),
        (["survey", "import", "road.yaml"], {}),
        (["survey", "export", "nobody", "--format", "yaml", "--out", "-"], {}),
        (["survey", "export", ROAD["slug"], "--format", "docx", "--out", "-"], {}),
        (["survey", "export", ROAD["slug"], "--format", "yaml", "--out", "no/such/folder/x"], {}),
    ]
    done = each_of(folder, cases)
    assert [status for status, _ in done] == [2] * len(cases), done
    assert not any("Traceback" in words for _, words in done)
