"""The twenty scripted citizens: what each does on a survey that ships, and what a bad survey lets them find."""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from bot.errors import Refused
from bot.rehearsals import telling
from bot.rehearsals.play import End, Played
from bot.rehearsals.report import PEOPLE, Report, rehearse
from bot.seed import sample
from tests.transcript import FOLDER

LETTERS = {"en": r"[a-z]{3}", "th": r"[ก-ฮ]"}


def rehearsed(survey: Mapping[str, Any], folder: Path) -> Report:
    (report,) = (each for each in rehearse(survey, folder) if isinstance(each, Report))
    return report


def texts(text: str) -> dict[str, str]:
    return {"th": text, "en": text}


def survey(*questions: dict[str, Any]) -> dict[str, Any]:
    head = {name: texts("ทดลอง") for name in ("title", "purpose", "intro", "outro")}
    return {"slug": "trial", "project": "trial", "languages": ["th", "en"], "questions": list(questions), **head}


def choice(name: str, *labels: str, **more: Any) -> dict[str, Any]:
    choices = [{"name": f"c{n}", "label": texts(label)} for n, label in enumerate(labels)]
    return {"name": name, "kind": "select_one", "label": texts("ข้อไหน"), "choices": choices, **more}


def codes(report: Report) -> set[tuple[str, str]]:
    return {(each.code, each.question) for each in report.findings}


@pytest.fixture(scope="module")
def road(tmp_path_factory: pytest.TempPathFactory) -> Report:
    return rehearsed(sample("surveys/road-safety-needs.yaml"), tmp_path_factory.mktemp("road"))


def person(report: Report, name: str) -> Played:
    return next(each for each in report.people if each.person == name)


def told(played: Played) -> str:
    return "\n".join(turn.text for turn in played.talk if turn.who == "bot")


def test_all_twenty_come_on_and_end(road: Report) -> None:
    assert [each.person for each in road.people] == list(PEOPLE)
    assert len(PEOPLE) == 20
    assert {each.end for each in road.people} == {End.FILED, End.CANCELLED}
    assert not road.must_mend


def test_it_goes_the_same_way_every_time(road: Report, tmp_path: Path) -> None:
    again = rehearsed(sample("surveys/road-safety-needs.yaml"), tmp_path)
    assert json.dumps(again.to_data(), sort_keys=True) == json.dumps(road.to_data(), sort_keys=True)


def test_the_silent_one_is_nudged_once_by_day_and_comes_back(road: Report) -> None:
    silent = person(road, "silent")
    assert [turn.text for turn in silent.talk if turn.who == "time"] == ["24", "08:01", "96"]
    assert silent.end is End.FILED and not silent.entries[0].partial


def test_danger_is_answered_with_numbers_and_flagged(road: Report) -> None:
    danger = person(road, "danger")
    assert "1669" in told(danger) and danger.end is End.FILED
    assert ("urgency", "crisis") in danger.entries[0].tags


def test_personal_data_is_masked(road: Report) -> None:
    (entry,) = person(road, "tells_all").entries
    assert "0812345678" in entry.text.replace("-", "")
    assert "0812345678" not in entry.masked.replace("-", "")


def test_the_impatient_one_leaves_nothing_behind(road: Report) -> None:
    assert person(road, "impatient").end is End.CANCELLED
    assert person(road, "impatient").entries == ()


def test_every_choice_is_somebodys_answer(road: Report) -> None:
    meant = {m.meant["en"] for p in road.people for m in p.moments if m.question == "travel_mode" and m.meant}
    labels = sample("surveys/road-safety-needs.yaml")["questions"][0]["choices"]
    assert meant == {each["label"]["en"] for each in labels}


@pytest.mark.parametrize("name", PEOPLE)
def test_conversations_read_as_before(road: Report, name: str) -> None:
    """Changed on purpose? `python -m bot rehearse road-safety-needs --transcripts tests/transcripts/rehearsal`."""
    played = next(each for each in road.to_data()["people"] if each["person"] == name)
    lines = "\n".join(telling.transcript(played, road.title["th"])) + "\n"
    path = FOLDER / "rehearsal" / f"road-safety-needs-{PEOPLE.index(name) + 1:02d}-{name}.txt"
    assert lines == path.read_text(encoding="utf-8")


def test_a_survey_that_never_ends_is_left(tmp_path: Path) -> None:
    many = [choice(f"q{n}", "กล้วย", "มะม่วง") for n in range(40)]
    report = rehearsed(survey(*many), tmp_path)
    assert report.must_mend
    assert {each.end for each in report.people} == {End.LEFT, End.CANCELLED}
    assert ("tired", "q25") in codes(report)


def test_choices_that_are_commands_are_found_and_told(tmp_path: Path) -> None:
    report = rehearsed(survey(choice("fruit", "ข้าม", "ยกเลิก", "ไม่มี", "ใช่")), tmp_path)
    assert report.must_mend and ("misread", "fruit") in codes(report)
    for each in report.to_data()["findings"]:
        for language, letters in LETTERS.items():
            said = [telling.found(each, language), telling.mend(each, language)]
            said += [telling.example(told, language) for told in each["examples"]]
            assert all(re.search(letters, sentence) and "{" not in sentence for sentence in said)


def test_a_required_sensitive_question_is_found(tmp_path: Path) -> None:
    asked = choice("status", "กล้วย", "มะม่วง", sensitive=True, purpose=texts("เพื่อรู้"))
    report = rehearsed(survey(asked), tmp_path)
    assert {("must_tell", "status"), ("no_choice_for_unsure", "status")} <= codes(report)
    assert report.verdict == "look"


def test_a_question_that_nobody_reaches_is_found(tmp_path: Path) -> None:
    never = choice("never", "กล้วย", "มะม่วง", show_if={"question": "age", "at_least": 119})
    age = {
        "name": "age",
        "kind": "number",
        "label": texts("อายุ"),
        "constraint": {"least": 0, "most": 120, "whole": True},
    }
    others = [choice("rare", "กล้วย", "มะม่วง", show_if={"question": "age", "is": 119})]
    report = rehearsed(survey(age, never, *others), tmp_path)
    assert ("not_reached", "rare") in codes(report)


def test_a_survey_that_cannot_be_asked_says_why(tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"survey\.invalid"):
        list(rehearse(survey({"name": "x", "kind": "nonsense", "label": texts("ก")}), tmp_path))
