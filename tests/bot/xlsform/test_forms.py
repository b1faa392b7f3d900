"""XLSForms as others write them: what becomes of each feature, and the cell that every refusal names.

The forms here are our own. Forms that others wrote were rebuilt from what they published, and read in November 2026:

| form | questions | of what it says, refused or left out |
|---|---|---|
| pyxform tests: widgets.csv | 14 of 20 | time, trigger, barcode, audio, video, dateTime; strict bounds of decimals; c and d not together; ${…} in a label |
| pyxform tests: group.csv | 2 of 3 | the group's label; the device's own phone number |
| pyxform tests: loop.csv | 1 of 2 | the loop; two choices too long for a button |
| pyxform tests: test_range.py (seven) | 6 of 7 | the step of 2; one that pyxform itself refuses |
| pyxform tests: gps.csv, text_and_integer.csv | none | pyxform refuses them: no label |
| pyxform tests: case_insensitivity.csv | none | external choices |
| Kobo's form editor: pizza; census, six questions | 1 of 1; 6 of 6 | a choice too long for a button |
| Kobo: market prices in French and English | 12 of 12, one as two | French; a condition on a later question; a choice too long |
| ESPEN: mass drug administration, location | 4 of 4, one as two | the second of two cascades |
| Survey123: intake of requests | 5 of 5, one as two | a filter by regex; the group's label |
| ODK's documents: which language is used | 1 of 1 | Spanish; two calculations that no condition uses |
| Kobo's documents: children | 3 of 3 | nothing |
| Kobo's documents: six constraints | 6 of 6 | four of the six: two alternatives, another answer, before today, a pattern |
| rtSurvey's documents: none of the above; required by a condition; trigger | 1; 2; 1 of 2 | the condition; the trigger |
| CDFU: consent and a rating | 3 of 3 | appearance and required_message |

What all of them lack is what citizens are told: purpose, introduction and closing words, which are named as missing.
"""  # noqa: E501 - a table

import zipfile
from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook

from bot.errors import Problem, Severity
from bot.problems import mend, place, sentence
from bot.xlsform import read_workbook
from tests.bot.xlsform.books import book

YES_NO = "list_name|name|label\nyn|yes|Yes\nyn|no|No"
UNSAID = frozenset(("language_missing", "field_missing"))  # what citizens are told, which these forms have no word for


def read(survey: str, choices: str = YES_NO, **others: str) -> tuple[list[dict[str, Any]], list[Problem]]:
    """The questions of a form, and its problems but for what only we ask for."""
    draft = read_workbook(book(survey=survey, choices=choices, **others), "road-safety")
    said = [each for each in draft.problems if each.code not in UNSAID or not each.where.startswith("settings!")]
    return (draft.data or {"questions": []})["questions"], said


def told(problems: list[Problem]) -> list[tuple[str, str]]:
    """Each problem's place and code."""
    return [(each.where, each.code) for each in problems]


@pytest.mark.parametrize(
    ("row", "made"),
    [
        ("text|a|A?", {"kind": "text"}),
        ("integer|a|A?", {"kind": "number", "constraint": {"whole": True}}),
        ("decimal|a|A?", {"kind": "number"}),
        ("date|a|A?", {"kind": "date"}),
        ("image|a|A?", {"kind": "photo"}),
        ("geopoint|a|A?", {"kind": "location"}),
        ("range|a|A?|start=1 end=5 step=1", {"kind": "rating", "scale": {"least": 1, "most": 5}}),
        ("range|a|A?|start=0 end=99 step=1", {"kind": "number", "constraint": {"least": 0, "most": 99, "whole": True}}),
        ("range|a|A?|start=0.5 end=5 step=0.5", {"kind": "number", "constraint": {"least": 0.5, "most": 5}}),
        ("integer|a|A?||. >= 0 and . < 8", {"constraint": {"whole": True, "least": 0, "most": 7}}),
        ("decimal|a|A?||. <= 2.5", {"constraint": {"most": 2.5}}),
        ("date|a|A?||. <= today() and .>'2020-01-31'", {"constraint": {"least": "2020-02-01", "most": "today"}}),
        ("text|a|A?||string-length(.) < 11", {"constraint": {"longest": 10}}),
        ("text|a|A?|||||hello", {"default": "hello"}),
        ("integer|a|A?|||||7", {"default": 7}),
        ("text|a|A?|||yes", {"required": True}),
        ("text|a|A?|||no", {"required": False}),
    ],
)  # fmt: skip
def test_a_row_becomes_a_question(row: str, made: dict[str, Any]) -> None:
    header = "type|name|label|parameters|constraint|required|relevant|default"
    questions, problems = read(f"{header}\n{row}")
    assert problems == []
    assert {name: questions[0][name] for name in made} == made


def test_a_note_asks_nothing_and_stays_where_it_is() -> None:
    questions, problems = read("type|name|label\nnote|hello|Welcome\ntext|a|A?")
    assert (problems, [each["kind"] for each in questions]) == ([], ["note", "text"])


def test_choices_with_other_and_alone() -> None:
    choices = "list_name|name|label\nfruit|mango|Mango\nfruit|durian|Durian\nfruit|none|None"
    rule = "not(selected(., 'none') and count-selected(.) > 1) and count-selected(.) <= 2"
    questions, problems = read(f"type|name|label|constraint\nselect_multiple fruit or_other|f|Which?|{rule}", choices)
    assert problems == []
    assert [each["name"] for each in questions[0]["choices"]] == ["mango", "durian", "none", "other"]
    assert [each.get("exclusive", False) for each in questions[0]["choices"]] == [False, False, True, False]
    assert questions[0]["choices"][3] == {"name": "other", "label": {"en": "Other"}, "other": True}
    assert questions[0]["constraint"] == {"at_most": 2}


@pytest.mark.parametrize(
    ("relevant", "rule"),
    [
        ("${a} = 'yes'", {"question": "a", "is": "yes"}),
        ("'yes' = ${a}", {"question": "a", "is": "yes"}),
        ("selected(${a}, 'yes')", {"question": "a", "is": "yes"}),
        ("not(${a} = 'yes')", {"question": "a", "is_not": "yes"}),
        ("${a} = ‘yes’", {"question": "a", "is": "yes"}),
        ("${a} != ''", {"question": "a", "answered": True}),
        ("string-length(${t}) > 0", {"question": "t", "answered": True}),
        ("string-length(${t}) = 0", {"question": "t", "answered": False}),
        ("${n} > 17", {"question": "n", "at_least": 18}),
        ("${n} >= 1 and ${n} <= 3", {"all": [{"question": "n", "at_least": 1}, {"question": "n", "at_most": 3}]}),
        ("${a} = 'yes' or ${a} = 'no'", {"question": "a", "any_of": ["yes", "no"]}),
        ("${d} < date('2026-01-01')", {"question": "d", "at_most": "2025-12-31"}),
        ("not(${a} = 'yes' or ${n} >= 5)", {"all": [{"question": "a", "is_not": "yes"}, {"any": [
            {"question": "n", "answered": False}, {"question": "n", "at_most": 4}]}]}),
        ("${adult} = 1", {"question": "n", "at_least": 18}),
        ("${said} = 'y'", {"question": "a", "is": "yes"}),
        ("${adult} = 1 and true()", {"question": "n", "at_least": 18}),
    ],
)  # fmt: skip
def test_a_relevant_becomes_a_condition(relevant: str, rule: dict[str, Any]) -> None:
    survey = f"""type|name|label|relevant|calculation
    select_one yn|a|A?
    integer|n|N?
    date|d|D?
    text|t|T?
    calculate|adult|||${{n}} >= 18
    calculate|said|||if(${{a}} = 'yes', 'y', 'n')
    text|z|Z?|{relevant}"""
    questions, problems = read(survey)
    assert [each.code for each in problems if each.code != "calculate_left_out"] == []
    assert questions[-1]["show_if"] == rule


@pytest.mark.parametrize(
    "relevant",
    ["${n} > ${m}", "${n} + 1 = 2", "regex(${t}, 'a')", "${t} = 'hello'", "${n} mod 2 = 0", "today() > ${n}", "("],
)
def test_what_cannot_be_a_condition_is_named_with_its_cell(relevant: str) -> None:
    survey = f"type|name|label|relevant\ninteger|n|N?\ninteger|m|M?\ntext|t|T?\ntext|z|Z?|{relevant}"
    questions, problems = read(survey)
    assert told(problems) == [("survey!D5", "relevant_unresolved")]
    assert "show_if" not in questions[-1]


def test_a_condition_on_a_later_question_is_called_so() -> None:
    _, problems = read("type|name|label|relevant\ntext|a|A?|${b} = 'yes'\nselect_one yn|b|B?")
    assert told(problems) == [("survey!D2", "looks_ahead")]


def test_groups_carry_their_condition_to_what_is_in_them() -> None:
    survey = """type|name|label|relevant
    select_one yn|a|A?
    begin_group|outer|Outer|${a} = 'yes'
    select_one yn|b|B?
    begin_group|inner||${b} = 'no'
    text|c|C?
    end_group
    end_group
    text|d|D?"""
    questions, problems = read(survey)
    assert told(problems) == [("survey!C3", "group_label")]
    a, b = {"question": "a", "is": "yes"}, {"question": "b", "is": "no"}
    assert [each.get("show_if") for each in questions] == [None, a, {"all": [a, b]}, None]


def test_a_filter_by_an_earlier_answer_becomes_a_question_for_each() -> None:
    choices = """list_name|name|label|region
    region|north|North
    region|south|South
    town|cm|Chiang Mai|north
    town|lp|Lampang|north
    town|hy|Hat Yai|south
    town|pk|Phuket|south"""
    survey = "type|name|label|choice_filter\nselect_one region|r|R?\nselect_one town|t|T?|region = ${r}"
    questions, problems = read(survey, choices)
    assert told(problems) == [("survey!D3", "filter_split")]
    assert [(each["name"], [c["name"] for c in each["choices"]]) for each in questions[1:]] == [
        ("t_north", ["cm", "lp"]),
        ("t_south", ["hy", "pk"]),
    ]
    assert questions[2]["show_if"] == {"question": "r", "is": "south"}


def test_a_filter_that_fits_no_choice_is_named() -> None:
    choices = "list_name|name|label|region\nr|n|North\nr|s|South\nt|cm|Chiang Mai|nowhere\nt|lp|Lampang|nowhere"
    survey = "type|name|label|choice_filter\nselect_one r|r|R?\nselect_one t|t|T?|region = ${r}"
    questions, problems = read(survey, choices)
    assert (told(problems), len(questions)) == ([("survey!D3", "filter_unresolved")], 2)


def test_a_calculation_that_another_goes_through_is_used() -> None:
    survey = """type|name|label|relevant|calculation
    integer|n|N?
    calculate|adult|||${n} >= 18
    calculate|may|||${adult}
    calculate|idle|||1 + 1
    text|z|Z?|${may} = 1"""
    questions, problems = read(survey)
    assert questions[-1]["show_if"] == {"question": "n", "at_least": 18}
    assert told(problems) == [("survey!A5", "calculate_left_out")]


def test_languages_by_name_by_code_and_by_script() -> None:
    survey = "type|name|label::ไทย (th)|label::English|label::Français (fr)|hint::Thai\ntext|a|ก|A|Q|ข"
    questions, problems = read(survey)
    assert (questions[0]["label"], questions[0]["hint"]) == ({"th": "ก", "en": "A"}, {"th": "ข"})
    assert told(problems) == [("survey!E1", "language_foreign"), ("survey!2", "language_missing")]
    unnamed, _ = read("type|name|label\ntext|a|คุณชื่ออะไร\ntext|b|คุณอยู่ที่ไหน")
    assert unnamed[0]["label"] == {"th": "คุณชื่ออะไร"}


@pytest.mark.parametrize(
    ("survey", "found"),
    [
        ("type|name|label\ntime|a|A?\ntext|b|B?", [("survey!A2", "type_unsupported")]),
        ("type|name|label\nselct_one x|a|A?", [("survey!A2", "type_unknown")]),
        ("type|name|label\nselect_one nowhere|a|A?", [("survey!2", "list_unknown")]),
        ("type|name|label\ntext|a|A?\ntext|a|B?", [("survey!3", "name_repeated")]),
        ("type|name|label\ntext|a b|A?", [("survey!2", "name_not_xml")]),
        ("type|name|label\ntext|a", [("survey!B2", "label_missing")]),
        ("type|name|label\nbegin_group|g|G\ntext|a|A?", [("survey!2", "group_unmatched")]),
        ("type|name|label|relevant\ntext|a|A?|${zz} = 'x'", [("survey!D2", "reference_unknown")]),
        ("type|name|label|constraint\ndecimal|a|A?|. > 0.5", [("survey!D2", "constraint_unresolved")]),
        ("type|name|label|appearance\ntext|a|A?|multiline", [("survey!D2", "column_unread")]),
        ("type|name|label\nstart|start\ntext|a|A?", [("survey!A2", "row_left_out")]),
        ("type|name|label\naudit|\ntext|a|A?", [("survey!A2", "row_left_out")]),
        ("type|name|label\ntext|Q1|A?", [("survey!B2", "name_changed")]),
        ("type|name|label\ntext|a|Hello ${a}", [("survey!C2", "text_refers")]),
        ("type|name|label|required\ntext|a|A?|${a} = 1", [("survey!D2", "flag_dynamic")]),
        ("type|name|label|default\nselect_one yn|a|A?|yes", [("survey!D2", "default_left_out")]),
        ("type|name|label|default\ndate|a|A?|today()", [("survey!D2", "default_left_out")]),
        ("type|name|label\nbegin_repeat|r|R\ntext|a|A?\nend_repeat\ntext|b|B?", [("survey!A2", "repeat_unsupported")]),
        ("type|name|label|calculation\ncalculate|c||1 + 1\ntext|a|A?", [("survey!A2", "calculate_left_out")]),
        ("type|name|label\ntext|a|A?||stray", [("survey!E2", "cell_headless")]),
        ("type|name|label|label\ntext|a|A?|B?", [("survey!D1", "header_twice"), ("survey!D2", "cell_headless")]),
    ],
)
def test_what_cannot_be_is_named_with_sheet_row_and_column(survey: str, found: list[tuple[str, str]]) -> None:
    _, problems = read(survey)
    assert told(problems) == found
    for each in problems:
        for language in ("th", "en"):
            assert place(each, language) and sentence(each, language) and mend(each, language)


def test_the_checks_name_the_cell_that_is_to_be_mended() -> None:
    choices = "list_name|name|label::ไทย (th)|label::English (en)\nc|a|" + "ยาว" * 9 + "|A\nc|b||B"
    survey = "type|name|label::ไทย (th)|label::English (en)\nselect_one c|a|ก|A\ntext|b||B"
    _, problems = read(survey, choices)
    assert told(problems) == [
        ("choices!C2", "button_too_long"),
        ("choices!C3", "language_missing"),
        ("survey!C3", "language_missing"),
    ]
    assert place(problems[0], "th") == "ชีต “choices” · แถว 2 · คอลัมน์ C (label::ไทย (th))"


def test_everything_else_is_read_when_something_is_refused() -> None:
    questions, problems = read("type|name|label\naudio|a|A?\ntext|b|B?\nvideo|c|C?\ntext|d|D?")
    assert [each["name"] for each in questions] == ["b", "d"]
    assert all(each.severity is Severity.PROBLEM for each in problems)


def packed(parts: dict[str, bytes]) -> bytes:
    """A zip archive of these parts."""
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return content.getvalue()


BOMB = b"<?xml version='1.0'?><!DOCTYPE z [<!ENTITY a '" + b"x" * 1000 + b"'>]><z>&a;</z>"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"PK\x03\x04 and nothing more", "workbook_broken"),
        (packed({"word/document.xml": b"<a/>"}), "not_excel"),
        (packed({"xl/workbook.xml": b"<broken"}), "workbook_broken"),
        (packed({"xl/workbook.xml": BOMB}), "workbook_broken"),
        (packed({"xl/workbook.xml": b"<a/>", "xl/big.xml": b"0" * 60_000_000}), "unpacked_too_large"),
        (packed({"xl/workbook.xml": b"<a/>"} | {f"xl/{n}.xml": b"" for n in range(300)}), "unpacked_too_large"),
        (b"\0" * 3_000_000, "file_too_large"),
        (book(questions="type|name|label\ntext|a|A?"), "sheet_missing"),
        (book(survey="type|name|label" + "\ntext|a|A?" * 2_100), "too_many_rows"),
        (book(survey="|".join(f"c{n}" for n in range(130))), "too_many_columns"),
    ],
)
def test_a_file_made_to_do_harm_is_refused_with_its_reason(content: bytes, code: str) -> None:
    draft = read_workbook(content)
    assert (draft.data, [each.code for each in draft.problems]) == (None, [code])


def test_a_cell_far_away_costs_nothing() -> None:
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.title = "survey"
    for column, text in enumerate(("type", "name", "label"), start=1):
        sheet.cell(1, column, text)
    sheet.cell(1_048_576, 3, "far")
    content = BytesIO()
    workbook.save(content)
    assert [each.code for each in read_workbook(content.getvalue()).problems] == ["too_many_rows"]


def test_formulas_and_errors_are_named_and_not_worked_out() -> None:
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.title = "survey"
    for row in (["type", "name", "label"], ["text", "a", "=1+1"], ["text", "b", "B?"]):
        sheet.append(row)
    sheet["C4"], sheet["A4"] = "#REF!", "text"
    sheet["C4"].data_type = "e"
    content = BytesIO()
    workbook.save(content)
    codes = told(read_workbook(content.getvalue()).problems)
    assert ("survey!C2", "cell_formula") in codes and ("survey!C4", "cell_error") in codes
