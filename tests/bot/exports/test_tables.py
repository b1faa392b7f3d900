"""What stands in the cells: codes, labels, words, masks; read back from real files."""

import csv
import io
from datetime import datetime
from typing import Any

import openpyxl
import pytest

from tests.bot.exports.conftest import Desk, sheet
from tests.bot.exports.filled import FILED, answered, asks, choices, entry, survey, tag

Answers = dict[str, dict[str, Any]]

EVERY_KIND = (
    asks("mode", "select_one", choices=choices("bus", "car")),
    asks("reasons", "select_multiple", choices=choices("dark", "speed", "signs")),
    asks("grade", "rating"),
    asks("again", "yes_no"),
    asks("days", "number"),
    asks("when", "date"),
    asks("story", "text"),
    asks("phone", "phone"),
    asks("photo", "photo"),
    asks("place", "location"),
)
PLACE = {"latitude": 13.75631, "longitude": 100.50177, "title": "บ้านฉัน", "address": "12/3 ซอยสุขใจ"}
GIVEN: Answers = {
    "mode": {"kind": "select_one", "value": "bus", "category": "bus", "words": "รถเมล์จ้า"},
    "reasons": {"kind": "select_multiple", "value": ["dark", "signs"], "category": "dark signs", "words": "มืด ไม่มีป้าย"},
    "grade": {"kind": "rating", "value": 4, "category": "4", "words": "สี่ดาว"},
    "again": {"kind": "yes_no", "value": False, "category": "no", "words": "ไม่ค่ะ"},
    "days": {"kind": "number", "value": 2.5, "category": "2.5", "words": "สองวันครึ่ง"},
    "when": {"kind": "date", "value": "2026-11-19", "category": "2026-11-19", "words": "เมื่อวาน"},
    "story": {"kind": "text", "value": "โทรหาสมชาย", "words": "โทรหาสมชาย", "masked": "โทรหา[ชื่อ]"},
    "phone": {"kind": "phone", "value": "0812345678", "words": "081-234-5678 ค่ะ", "masked": "[เบอร์โทร] ค่ะ"},
    "photo": {"kind": "photo", "value": {"photo": "ab/secret.jpeg"}},
    "place": {"kind": "location", "value": PLACE, "words": "12/3 ซอยสุขใจ"},
}  # fmt: skip
MASKED = {
    "mode": "bus",
    "mode.label": "ข้อ bus",
    "mode.words": "รถเมล์จ้า",
    "reasons": "dark; signs",
    "reasons.label": "ข้อ dark; ข้อ signs",
    "reasons/dark": "1",
    "reasons/speed": "0",
    "reasons/signs": "1",
    "reasons.words": "มืด ไม่มีป้าย",
    "grade": "4",
    "grade.words": "สี่ดาว",
    "again": "0",
    "again.label": "ไม่ใช่",
    "again.words": "ไม่ค่ะ",
    "days": "2.5",
    "days.words": "สองวันครึ่ง",
    "when": "2026-11-19",
    "when.label": "19 พ.ย. 2569",
    "when.words": "เมื่อวาน",
    "story": "โทรหา[ชื่อ]",
    "phone": "[เบอร์โทร]",
    "phone.words": "",
    "photo": "[รูปภาพ]",
    "photo.words": "",
    "place": "[ตำแหน่ง]",
    "place.words": "",
}
SHOWN = MASKED | {
    "story": "โทรหาสมชาย",
    "phone": "0812345678",
    "phone.words": "081-234-5678 ค่ะ",
    "photo": "ab/secret.jpeg",
    "place": "13.75631, 100.50177",
    "place.words": "12/3 ซอยสุขใจ",
}
SECRETS = ("สมชาย", "0812345678", "081-234-5678", "secret.jpeg", "13.7563", "สุขใจ", "บ้านฉัน")


@pytest.fixture
def filled(sqlite_desk: Desk) -> Desk:
    """A survey with a question of every kind, answered once, with personal data everywhere."""
    with sqlite_desk.store.transaction() as session:
        survey(session, *EVERY_KIND)
        made = answered(session, "probe", GIVEN, text="โทรหาสมชาย", masked="โทรหา[ชื่อ]", project="road-safety")
        tag(made, "topic", "traffic.accidents")
        tag(made, "topic", "water.quality")
        tag(made, "quality", "fast", -1)
        tag(made, "place", "ชลบุรี/ศรีราชา")
    return sqlite_desk


def of_survey(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name in MASKED}


@pytest.mark.parametrize(("purpose", "expected"), [("", MASKED), ("ตามคำร้อง", SHOWN)])
def test_csv_holds_every_kind_as_code_label_and_words(filled: Desk, purpose: str, expected: dict[str, str]) -> None:
    [row] = filled.csv(survey="probe", purpose=purpose)
    assert of_survey(row) == expected
    assert list(expected) == [name for name in row if name in expected]


def test_xlsx_holds_the_same_with_types(filled: Desk) -> None:
    [row] = filled.xlsx(survey="probe", purpose="ตามคำร้อง")
    assert row["filed_at"] == datetime(2026, 11, 20, 12, 0)
    assert (row["reasons/dark"], row["reasons/speed"], row["grade"], row["days"]) == (1, 0, 4, 2.5)
    assert (row["phone"], row["when"], row["mode.label"]) == ("0812345678", "2026-11-19", "ข้อ bus")
    assert row["photo.words"] is None or row["photo.words"] == ""


def test_entrys_own_columns(filled: Desk) -> None:
    [row] = filled.csv(survey="probe")
    own = {name: row[name] for name in ("filed_at", "filed_on_th", "kind", "project", "survey", "version", "partial")}
    assert own == {
        "filed_at": "2026-11-20T12:00:00+07:00",
        "filed_on_th": "20 พ.ย. 2569",
        "kind": "survey",
        "project": "road-safety",
        "survey": "probe",
        "version": "1",
        "partial": "0",
    }
    assert (row["text"], row["topics"]) == ("โทรหา[ชื่อ]", "traffic.accidents; water.quality")
    assert (row["quality.fast"], row["quality.cheap"], row["places"]) == ("-1", "", "ชลบุรี/ศรีราชา")


def test_json_lines_hold_values_with_their_types(filled: Desk) -> None:
    [plain] = filled.jsonl()
    values = {each["question"]: each["value"] for each in plain["answers"]}
    assert values == {
        "mode": "bus", "reasons": ["dark", "signs"], "grade": 4, "again": False, "days": 2.5, "when": "2026-11-19",
        "story": "โทรหา[ชื่อ]", "phone": "[เบอร์โทร]", "photo": "[รูปภาพ]", "place": "[ตำแหน่ง]",
    }  # fmt: skip
    assert plain["filed_at"] == "2026-11-20T12:00:00+07:00"
    [shown] = filled.jsonl(purpose="ตามคำร้อง")
    assert {each["question"]: each["value"] for each in shown["answers"]}["place"] == PLACE


@pytest.mark.parametrize("kind", ["csv", "xlsx", "jsonl"])
@pytest.mark.parametrize("asked", [{}, {"survey": "probe"}, {"purpose": " "}])
def test_nothing_personal_gets_out_by_default(filled: Desk, kind: str, asked: dict[str, str]) -> None:
    path, _ = filled.take(kind, **asked)
    told = str(sheet(path, "entries")) if kind == "xlsx" else path.read_text(encoding="utf-8")
    assert [secret for secret in SECRETS if secret in told] == []


@pytest.mark.parametrize("kind", ["phone", "photo", "location", "text"])
def test_no_field_of_a_personal_answer_quotes_the_person(sqlite_desk: Desk, kind: str) -> None:
    given = {"kind": kind, "value": "สมชาย", "category": "สมชาย", "words": "สมชาย", "masked": "[ชื่อ]"}
    with sqlite_desk.store.transaction() as session:
        survey(session, asks("who", kind))
        answered(session, "probe", {"who": given})
    assert "สมชาย" not in str(sqlite_desk.jsonl()) + str(sqlite_desk.csv())


def test_words_kept_where_no_answer_was_understood(sqlite_desk: Desk) -> None:
    with sqlite_desk.store.transaction() as session:
        survey(session, asks("place", "location"), asks("days", "number"), asks("why", "text"))
        own = {"status": "own_words", "value": None}
        skipped = {"kind": "text", "status": "skipped"}
        given = {
            "place": {**own, "kind": "location", "words": "แถววัด"},
            "days": {**own, "kind": "number", "words": "หลายวัน"},
        }
        answered(session, "probe", given | {"why": skipped})
    [row] = sqlite_desk.csv(survey="probe")
    assert (row["place"], row["place.words"], row["days"], row["days.words"]) == ("", "แถววัด", "", "หลายวัน")
    assert row["why"] == ""
    assert [each["status"] for each in sqlite_desk.jsonl()[0]["answers"]] == ["own_words", "own_words", "skipped"]


def test_unsent_words_are_absent(sqlite_desk: Desk) -> None:
    with sqlite_desk.store.transaction() as session:
        survey(session, asks("mode", "select_one", choices=choices("bus", "car")), asks("why", "text"))
        gone = {"status": "unsent", "value": None, "category": "", "words": "", "masked": ""}
        answered(session, "probe", {"mode": {**gone, "kind": "select_one"}, "why": {**gone, "kind": "text"}})
    [row] = sqlite_desk.csv(survey="probe")
    assert [row[name] for name in ("mode", "mode.label", "mode.words", "why")] == ["", "", "", ""]


def test_versions_are_merged_by_question_name(sqlite_desk: Desk) -> None:
    with sqlite_desk.store.transaction() as session:
        survey(session, asks("mode", "select_one", choices=choices("bus", "boat")), asks("old", "number"))
        answered(
            session, "probe", {"mode": {"kind": "select_one", "value": "boat"}, "old": {"kind": "number", "value": 7}}
        )
        newer = asks("mode", "select_one", choices=choices("bus", "train"), label={"th": "ไปอย่างไร"})
        survey(session, newer, asks("new", "text"))
        answered(session, "probe", {"mode": {"kind": "select_one", "value": "train"}, "new": {"words": "ใหม่"}})
    first, second = sqlite_desk.csv(survey="probe")
    assert [(row["version"], row["mode"], row["mode.label"]) for row in (first, second)] == [
        ("1", "boat", "ข้อ boat"),
        ("2", "train", "ข้อ train"),
    ]
    assert [(row["old"], row["new"]) for row in (first, second)] == [("7", ""), ("", "ใหม่")]
    assert list(first).count("mode") == 1


def test_question_whose_kind_changed_keeps_both_answers_apart(sqlite_desk: Desk) -> None:
    with sqlite_desk.store.transaction() as session:
        survey(session, asks("how", "text"))
        answered(
            session,
            "probe",
            {"how": {"kind": "text", "value": "สมชายพาไป", "words": "สมชายพาไป", "masked": "[ชื่อ]พาไป"}},
        )
        survey(session, asks("how", "select_multiple", choices=choices("bus", "car")))
        answered(session, "probe", {"how": {"kind": "select_multiple", "value": ["bus"], "words": "รถเมล์"}})
        survey(session, asks("how", "text"))
    first, second = sqlite_desk.csv(survey="probe")
    assert [first[name] for name in ("how", "how.label", "how.words")] == ["[ชื่อ]พาไป", "", "[ชื่อ]พาไป"]
    assert [second[name] for name in ("how", "how.label", "how.words")] == ["bus", "ข้อ bus", "รถเมล์"]
    assert "สมชาย" not in str(sqlite_desk.jsonl())


def test_question_called_as_a_column_of_ours_gets_another_name(sqlite_desk: Desk) -> None:
    with sqlite_desk.store.transaction() as session:
        survey(session, asks("province", "text"), asks("status", "number"))
        given = {"province": {"words": "บ้านนา"}, "status": {"kind": "number", "value": 3}}
        answered(session, "probe", given, province="ชลบุรี")
    for rows in (sqlite_desk.csv(survey="probe"), sqlite_desk.xlsx(survey="probe")):
        [row] = rows
        assert (row["province"], row["answer.province"]) == ("ชลบุรี", "บ้านนา")
        assert (row["status"], float(row["answer.status"])) == ("new", 3)


def test_several_surveys_stand_side_by_side(sqlite_desk: Desk) -> None:
    with sqlite_desk.store.transaction() as session:
        for slug in ("one", "two"):
            survey(session, asks("why", "text"), slug=slug)
            answered(session, slug, {"why": {"words": f"เพราะ {slug}"}})
        entry(session, "คำลอย ๆ")
    rows = sqlite_desk.csv()
    assert [(row["one.why"], row["two.why"], row["text"]) for row in rows] == [
        ("เพราะ one", "", ""),
        ("", "เพราะ two", ""),
        ("", "", "คำลอย ๆ"),
    ]


def test_dictionary_explains_every_column(filled: Desk) -> None:
    path, exported = filled.take("csv", survey="probe")
    assert exported.dictionary == path.with_name("out-dictionary.csv")
    told = list(csv.DictReader(io.StringIO(exported.dictionary.read_text(encoding="utf-8-sig"))))
    [row] = filled.csv(survey="probe")
    assert [each["column"] for each in told] == list(row)
    assert all(each["meaning"] for each in told)
    by_name = {each["column"]: each for each in told}
    assert "คำถาม mode" in by_name["mode"]["meaning"]
    assert by_name["mode"]["codes"] == "bus = ข้อ bus; car = ข้อ car"
    workbook, _ = filled.take("xlsx", survey="probe")
    assert [(each["column"], each["meaning"]) for each in sheet(workbook, "dictionary")] == [
        (each["column"], each["meaning"]) for each in told
    ]


@pytest.mark.parametrize(("asked", "last"), [({}, "model"), ({"survey": "road-safety-needs"}, "age_group.words")])
def test_empty_export_still_has_its_header(sqlite_desk: Desk, asked: dict[str, str], last: str) -> None:
    path, exported = sqlite_desk.take("csv", **asked)
    assert exported.entries == 0
    [heads] = csv.reader(path.read_text(encoding="utf-8-sig").splitlines())
    assert (heads[0], heads[-1]) == ("number", last)
    workbook, _ = sqlite_desk.take("xlsx", **asked)
    first, *rest = openpyxl.load_workbook(workbook)["entries"].iter_rows(values_only=True)
    assert list(first) == heads
    assert not any(any(row) for row in rest)
    assert sqlite_desk.jsonl(**asked) == []


def test_moments_are_told_in_bangkok_time(sqlite_desk: Desk) -> None:
    with sqlite_desk.store.transaction() as session:
        entry(session, "ดึก", filed_at=FILED.replace(hour=18, month=12, day=31))
    [row] = sqlite_desk.csv()
    assert (row["filed_at"], row["filed_on_th"]) == ("2027-01-01T01:00:00+07:00", "1 ม.ค. 2570")
