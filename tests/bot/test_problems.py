"""What an author is told of each problem, in Thai and English."""

import ast
from collections.abc import Iterator

import pytest

from bot.errors import Problem, Severity
from bot.interview.reading import warnings
from bot.problems import line, mend, place, sentence
from bot.seed import sample_surveys
from bot.wording import catalogue
from tests.guards.source import modules


@pytest.mark.parametrize(
    ("where", "thai", "english"),
    [
        ("", "ทั้งแบบสอบถาม", "the whole questionnaire"),
        ("title.th", "ชื่อแบบสอบถาม (ไทย)", "title (Thai)"),
        ("questions[2].label.th", "ข้อ 3 · ข้อความ (ไทย)", "question 3 · wording (Thai)"),
        (
            "questions[0].choices[1].label.my",
            "ข้อ 1 · ตัวเลือก 2 · ข้อความ (พม่า)",
            "question 1 · choice 2 · wording (Burmese)",
        ),
        ("questions[6].show_if.all[1].is", "ข้อ 7 · เงื่อนไขที่จะถาม · เงื่อนไขทั้งหมด · ส่วนที่ 2 · เป็น", None),
        ("questions[6].colour", "ข้อ 7 · colour", "question 7 · colour"),
        ("languages[1]", "ภาษา · ส่วนที่ 2", "languages · part 2"),
        ("3:14", "บรรทัด 3 ตัวที่ 14", "line 3, letter 14"),
        ("survey!C5", "ชีต “survey” · แถว 5 · คอลัมน์ C (relevant)", "sheet “survey” · row 5 · column C (relevant)"),
        ("choices!7", "ชีต “choices” · แถว 7 · คอลัมน์ relevant", "sheet “choices” · row 7 · column relevant"),
        ("choices!", "ชีต “choices” · คอลัมน์ relevant", "sheet “choices” · column relevant"),
    ],
)
def test_a_place_is_put_in_words(where: str, thai: str, english: str | None) -> None:
    problem = Problem(where, "field_missing", {"column": "relevant"})
    assert place(problem, "th") == thai
    assert english is None or place(problem, "en") == english
    assert line(problem, "en") == (f"{where}: " if where else "") + "This is missing. Add it."


def test_facts_are_put_in_words() -> None:
    problem = Problem("title.my", "language_missing", {"language": "my"})
    assert (sentence(problem, "th"), sentence(problem, "en")) == (
        "ยังไม่มีข้อความภาษาพม่า",
        "The text is missing in Burmese.",
    )
    unlisted = Problem("title.my", "language_unlisted", {"languages": ["th", "en"]})
    assert "Thai, English" in sentence(unlisted, "en")


def made() -> Iterator[str]:
    """The code of every problem that our source makes. (The stand-in has problems of its own sort.)"""
    known = {key.removeprefix("problem.") for key in catalogue("en") if key.startswith("problem.")}
    for tree in (each for path, each in modules().items() if not path.startswith("handlers/standin")):
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Problem":
                code = node.args[1]
                if isinstance(code, ast.Constant) and code.value:
                    assert code.value in known, code.value
                    yield code.value


def test_every_problem_has_its_sentence_and_its_mend() -> None:
    codes = set(made())
    assert len(codes) > 30
    for language in ("th", "en"):
        assert [each for each in codes if f"problem.{each}.mend" not in catalogue(language)] == []


def test_a_long_question_is_a_warning() -> None:
    data = {"questions": [{"kind": "text", "label": {"th": "ยาว" * 60, "en": "short"}}, 7, {"label": 1}]}
    [found] = warnings(data)
    assert (found.where, found.code, found.severity) == ("questions[0].label.th", "question_long", Severity.WARNING)
    assert "180" in sentence(found, "th") and "120" in mend(found, "th")


@pytest.mark.parametrize("data", [None, 3, {}, {"questions": 5}, {"questions": [{"label": {"th": None}}]}])
def test_warnings_of_anything_never_fail(data: object) -> None:
    assert warnings(data) == []


@pytest.mark.parametrize(
    ("question", "codes"),
    [
        ({"kind": "yes_no", "label": {"th": "สะอาดและปลอดภัยไหม"}}, ["wording_double"]),
        ({"kind": "note", "label": {"th": "สะอาดและปลอดภัย"}}, []),
        ({"kind": "date", "label": {"th": "เกิดวันไหน"}, "sensitive": True}, ["sensitive_required"]),
        ({"kind": "date", "label": {"th": "เกิดวันไหน"}, "sensitive": True, "required": False}, []),
        ({"kind": "select_one", "label": {"th": "ไปทางไหน"}, "choices": list("กขค")}, []),
        ({"kind": "select_one", "label": {"th": "ไปทางไหน"}, "choices": [{"label": {"th": "ก"}}] * 3}, ["no_way_out"]),
        ({"kind": "select_one", "label": {"th": "ไป"}, "choices": [{"label": {"th": "ก"}}] * 2}, []),
        ({"kind": "select_one", "label": {"th": "ไป"}, "choices": [{"label": {"th": "ไม่แน่ใจ"}}] * 3}, []),
    ],
)
def test_wording_and_ways_out_are_warned_of(question: dict[str, object], codes: list[str]) -> None:
    found = warnings({"questions": [question]})
    assert [each.code for each in found] == codes
    assert all(line(each, "th") and each.severity is Severity.WARNING for each in found)


def test_the_samples_are_clean() -> None:
    assert {each["slug"]: warnings(each) for each in sample_surveys()} == {s["slug"]: [] for s in sample_surveys()}
