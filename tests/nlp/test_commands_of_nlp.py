import io
import json
from pathlib import Path

import pytest

from nlp import __main__ as command


def run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], lines: str, *arguments: str
) -> tuple[int, list, str]:
    monkeypatch.setattr("sys.stdin", io.StringIO(lines))
    code = command.main(arguments)
    shown = capsys.readouterr()
    return code, [json.loads(line) for line in shown.out.splitlines()], shown.err


def test_tags_a_line_each_in_order(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    lines = '{"id": "a", "text": "ถนนพังมาก อ.หาดใหญ่"}\n\n{"id": 2, "text": ""}\n'
    code, answers, told = run(monkeypatch, capsys, lines, "tag")
    assert (code, told) == (0, "")
    assert [answer["id"] for answer in answers] == ["a", 2]
    assert answers[0].keys() == {
        "id", "language", "sentiment", "topics", "qualities", "urgency", "places", "personal_data", "projects", "model",
    }  # fmt: skip
    assert answers[0]["sentiment"]["label"] == "neg"
    assert answers[0]["places"][0]["province"] == "สงขลา"


def test_a_bad_line_is_told_and_the_others_are_answered(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = '{"id": 1, "text": "ดี"}\nnot json\n{"id": 3}\n[]\n{"id": 5, "text": "แย่"}\n'
    code, answers, told = run(monkeypatch, capsys, lines, "tag")
    assert code == 1
    assert [answer["id"] for answer in answers] == [1, 5]
    assert [line.partition(":")[0] for line in told.splitlines()] == ["line 2", "line 3", "line 4"]


def test_matches_projects_of_a_file(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    projects = tmp_path / "projects.json"
    projects.write_text(
        json.dumps([
            {"slug": "roads", "title": "โครงการลดอุบัติเหตุการจราจรทางบก", "keywords": ["ถนน", "อุบัติเหตุ"]},
            {"slug": "water", "title": "การบริหารจัดการน้ำเพื่อการเกษตร", "keywords": ["น้ำ", "ชลประทาน"]},
        ]),
        encoding="utf-8",
    )  # fmt: skip
    lines = '{"id": 1, "text": "ทางแยกหน้าโรงเรียนเกิดอุบัติเหตุบ่อย"}\n'
    _, answers, _ = run(monkeypatch, capsys, lines, "tag", "--projects", str(projects))
    assert answers[0]["projects"][0]["slug"] == "roads"


@pytest.mark.parametrize(
    ("name", "record", "answer"),
    [
        ("read", {"id": 1, "kind": "number", "text": "๔๕"}, {"id": 1, "value": 45}),
        ("read", {"id": 1, "kind": "number", "text": "ไม่บอก"}, {"id": 1, "value": None}),
        (
            "personal",
            {"id": 1, "text": "โทร 0812345678"},
            {"id": 1, "spans": [{"kind": "phone", "start": 4, "end": 14}]},
        ),
        ("places", {"id": 1, "text": "บ้านเรา"}, {"id": 1, "places": []}),
    ],
)
def test_answers_in_parts(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str, record: dict, answer: dict
) -> None:
    code, answers, _ = run(monkeypatch, capsys, json.dumps(record), name)
    assert (code, answers) == (0, [answer])


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('{"id": 1, "kind": "number", "text": "5", "context": {"min": NaN}}', "NaN is no number"),
        ('{"id": 1, "kind": "rating", "text": "5", "context": {"max": 1e400}}', "context.max must be a number"),
        ("[" * 100_000, "too deeply nested"),
        ('{"id": 1, "kind": "number", "text": "\udcff"}', "not UTF-8"),
    ],
)
def test_a_line_that_no_program_should_send_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], line: str, told: str
) -> None:
    code, answers, errors = run(monkeypatch, capsys, line + '\n{"id": 2, "kind": "number", "text": "5"}\n', "read")
    assert (code, answers) == (1, [{"id": 2, "value": 5}])
    assert errors.startswith("line 1: ") and told in errors


def test_a_byte_order_mark_and_half_a_character_are_borne(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = '\ufeff{"id": "\\ud800", "text": "โทร 0812345678 \\ud800"}\n'
    code, answers, told = run(monkeypatch, capsys, lines, "personal")
    assert (code, told) == (0, "")
    assert answers == [{"id": "\ud800", "spans": [{"kind": "phone", "start": 4, "end": 14}]}]


def test_codes_that_are_numbers_come_back_as_numbers(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    context = {"choices": [[10, "ไฟส่องสว่าง"], [20, "ทางเท้าชำรุด"]], "many": True}
    line = json.dumps({"id": 1, "kind": "choice", "text": "ทางเท้ากับไฟส่องสว่าง", "context": context})
    assert run(monkeypatch, capsys, line, "read")[:2] == (0, [{"id": 1, "value": [10, 20]}])


@pytest.mark.parametrize(
    "arguments", [[], ["nope"], ["train"], ["train", "sentiment"], ["evaluate", "sentiment"], ["tag", "--x"]]
)
def test_wrong_use_ends_with_2(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        command.main(arguments)
    assert ended.value.code == 2


@pytest.mark.parametrize("task", ["sentiment", "calls"])
def test_a_file_that_is_not_there_ends_with_1(task: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["evaluate", task, "--data", str(tmp_path / "none.jsonl")]) == 1
    assert "none.jsonl" in capsys.readouterr().err


def test_evaluates_a_file_of_sentiments(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "test.jsonl"
    rows = [("neg", "แย่มาก รอนาน"), ("pos", "บริการดีมาก ประทับใจ"), ("neu", "เปิดกี่โมงคะ"), ("q", "ราคาเท่าไหร่คะ")]
    file.write_text(
        "".join(json.dumps({"texts": text, "category": label}) + "\n" for label, text in rows), encoding="utf-8"
    )
    assert command.main(["evaluate", "sentiment", "--data", str(file)]) == 0
    shown = capsys.readouterr().out
    assert shown.count("macro-F1") == 3
    assert "public model, 4 classes (4 texts)" in shown
