"""What an author is told of a questionnaire that cannot be used."""

import copy
from datetime import date
from typing import Any

import pytest

from bot.errors import Refused
from bot.interview.questionnaire import Condition, Constraint, Kind, ShowIf, Test
from bot.interview.reading import plain, problems, read
from bot.problems import line

GOOD: dict[str, Any] = {
    "slug": "road-safety-needs",
    "project": "road-safety",
    "title": {"th": "ถนนปลอดภัย", "en": "Safe roads"},
    "purpose": {"th": "เพื่อให้ถนนปลอดภัย", "en": "To make roads safer"},
    "intro": {"th": "สวัสดีค่ะ", "en": "Hello"},
    "outro": {"th": "ขอบคุณค่ะ", "en": "Thank you"},
    "languages": ["th", "en"],
    "questions": [
        {
            "name": "use",
            "kind": "select_one",
            "label": {"th": "เดินทางด้วยอะไร", "en": "How do you travel?"},
            "choices": [
                {"name": "car", "label": {"th": "รถยนต์", "en": "Car"}},
                {"name": "bus", "label": {"th": "รถเมล์", "en": "Bus"}},
            ],
        },
        {"name": "said", "kind": "note", "label": {"th": "ขอบคุณ", "en": "Thanks"}},
        {
            "name": "grade",
            "kind": "rating",
            "label": {"th": "ให้กี่คะแนน", "en": "How good?"},
            "scale": {"least": 1, "most": 5, "low": {"th": "แย่", "en": "Bad"}, "high": {"th": "ดี", "en": "Good"}},
            "show_if": {"question": "use", "is": "bus"},
        },
        {
            "name": "age",
            "kind": "number",
            "label": {"th": "อายุ", "en": "Age"},
            "constraint": {"least": 0, "most": 120, "whole": True},
            "sensitive": True,
            "purpose": {"th": "ดูแต่ละวัย", "en": "To see each age"},
        },
        {"name": "seen", "kind": "yes_no", "label": {"th": "เคยเห็นไหม", "en": "Did you see it?"}, "required": False},
        {
            "name": "day",
            "kind": "date",
            "label": {"th": "วันไหน", "en": "Which day?"},
            "constraint": {"least": date(2026, 1, 1), "most": "today"},
            "show_if": {"all": [{"question": "seen", "is": True}, {"question": "grade", "at_least": 2, "at_most": 4}]},
        },
        {
            "name": "words",
            "kind": "text",
            "label": {"th": "เล่าเพิ่ม", "en": "Tell us more"},
            "constraint": {"longest": 500},
        },
    ],
}


def changed(where: str, value: Any) -> dict[str, Any]:
    """The good data with one thing set, or left out (...)."""
    data = copy.deepcopy(GOOD)
    target: Any = data
    *steps, last = [int(each) if each.isdecimal() else each for each in where.split(".")]
    for each in steps:
        target = target[each]
    if value is ...:
        del target[last]
    elif isinstance(target, list) and last == len(target):
        target.append(value)
    else:
        target[last] = value
    return data


CHOICE = {"name": "van", "label": {"th": "รถตู้", "en": "Van"}}
TEXTS = {"th": "ก", "en": "a"}
IF, AT = "questions.6.show_if", "questions[6].show_if"
BY_CAR, BY_BUS = {"question": "use", "is": "car"}, {"question": "use", "is": "bus"}


@pytest.mark.parametrize(
    ("where", "value", "place", "told"),
    [
        ("slug", ..., "slug", "missing"),
        ("slug", "Road Safety", "slug", "hyphens"),
        ("project", 7, "project", "hyphens"),
        ("colour", "red", "colour", "not known"),
        ("title", {"th": "ก" * 41, "en": "a"}, "title.th", "41 letters"),
        ("title", "ถนน", "title", "each language"),
        ("intro", {"th": "สวัสดี"}, "intro.en", "missing"),
        ("outro", {"th": "ขอบคุณ", "en": " "}, "outro.en", "must be text"),
        ("outro", {"th": "ขอบคุณ", "en": None}, "outro.en", "must be text"),
        ("purpose", {"th": "ก", "en": "a", "lo": "ກ"}, "purpose.lo", "languages"),
        ("languages", [], "languages", "one or more"),
        ("languages.1", "fr", "languages[1]", "one of"),
        ("languages.1", "th", "languages[1]", "twice"),
        ("languages", ["th", "en", "my"], "title.my", "missing"),
        ("questions", [], "questions", "one or more"),
        ("questions", {}, "questions", "list"),
        ("questions", [GOOD["questions"][1]], "questions", "nothing to answer"),
        ("questions.7", "why?", "questions[7]", "mapping"),
        ("questions.0.name", ..., "questions[0].name", "missing"),
        ("questions.0.name", "Use", "questions[0].name", "road_use"),
        ("questions.0.name", True, "questions[0].name", "quotes"),
        ("questions.3.name", "use", "questions[3].name", "earlier question"),
        ("questions.6.name", "review", "questions[6].name", "taken"),
        ("questions.6.kind", "essay", "questions[6].kind", "one of"),
        ("questions.6.kind", ["text"], "questions[6].kind", "one of"),
        ("questions.6.relevant", "x", "questions[6].relevant", "not known"),
        ("questions.6.choices", [], "questions[6].choices", "not known"),
        ("questions.6.label.th", "ก" * 301, "questions[6].label.th", "301"),
        ("questions.6.required", "yes", "questions[6].required", "true or false"),
        ("questions.1.required", True, "questions[1].required", "never required"),
        ("questions.6.sensitive", True, "questions[6].purpose", "what its answer is for"),
        ("questions.3.sensitive", False, "questions[3].purpose", "sensitive questions only"),
        ("questions.0.choices", ..., "questions[0].choices", "2 to 13"),
        ("questions.0.choices", [CHOICE], "questions[0].choices", "2 to 13"),
        ("questions.0.choices", [CHOICE] * 14, "questions[0].choices", "2 to 13"),
        ("questions.0.choices.1", "bus", "questions[0].choices[1]", "mapping"),
        ("questions.0.choices.1.name", "car", "questions[0].choices[1].name", "earlier choice"),
        ("questions.0.choices.1.name", False, "questions[0].choices[1].name", "quotes"),
        ("questions.0.choices.1.label.en", "Car", "questions[0].choices", "two choices"),
        ("questions.0.choices.1.label.th", "รถเมล์สายที่ผ่านหน้าบ้านเรา", "questions[0].choices[1].label.th", "at most 20"),
        ("questions.0.choices.1.picture", "x", "questions[0].choices[1].picture", "not known"),
        ("questions.0.choices.1.other", "yes", "questions[0].choices[1].other", "true or false"),
        ("questions.2.scale.most", 1, "questions[2].scale", "grades"),
        ("questions.2.scale.most", 20, "questions[2].scale", "grades"),
        ("questions.2.scale.least", True, "questions[2].scale", "grades"),
        ("questions.2.scale.low", {"th": "แย่"}, "questions[2].scale.low.en", "missing"),
        ("questions.3.constraint.longest", 5, "questions[3].constraint.longest", "not known"),
        ("questions.3.constraint.least", "ten", "questions[3].constraint.least", "a number"),
        ("questions.3.constraint.least", float("nan"), "questions[3].constraint.least", "a number"),
        ("questions.3.constraint.least", 121, "questions[3].constraint", "not be more"),
        ("questions.3.constraint.message", {"th": "ก"}, "questions[3].constraint.message.en", "missing"),
        ("questions.4.constraint", {"least": 1}, "questions[4].constraint", "takes none"),
        ("questions.5.constraint.least", "1 ม.ค.", "questions[5].constraint.least", "a date"),
        ("questions.6.constraint.longest", 0, "questions[6].constraint.longest", "from 1"),
        ("questions.3.default", 121, "questions[3].default", "does not take"),
        ("questions.3.default", 1.5, "questions[3].default", "does not take"),
        ("questions.3.default", "ten", "questions[3].default", "does not take"),
        ("questions.5.default", "2025-12-31", "questions[5].default", "does not take"),
        ("questions.6.default", "ก" * 501, "questions[6].default", "does not take"),
        ("questions.0.default", "car", "questions[0].default", "not known"),
        (IF, "use", AT, "mapping"),
        (IF, {"question": "use"}, AT, "ask something"),
        (IF, {"question": "use", "equals": "car"}, f"{AT}.equals", "not known"),
        (IF, {"question": "who", "is": "me"}, f"{AT}.question", "no question"),
        ("questions.0.show_if", {"question": "age", "at_least": 1}, "questions[0].show_if.question", "later"),
        ("questions.0.show_if", {"question": "use", "is": "car"}, "questions[0].show_if.question", "later"),
        (IF, {"question": "use", "is": "van"}, f"{AT}.is", "car, bus"),
        (IF, {"question": "use", "any_of": "car"}, f"{AT}.any_of", "list"),
        (IF, {"question": "use", "any_of": ["car", "van"]}, f"{AT}.any_of[1]", "never"),
        (IF, {"question": "use", "at_least": 1}, f"{AT}.at_least", "cannot be asked"),
        (IF, {"question": "said", "answered": True}, f"{AT}.answered", "nothing can"),
        (IF, {"question": "seen", "is": "maybe"}, f"{AT}.is", "never"),
        (IF, {"question": "seen", "answered": "yes"}, f"{AT}.answered", "true or false"),
        (IF, {"question": "grade", "at_least": 6}, f"{AT}.at_least", "never"),
        (IF, {"all": []}, AT, "list"),
        (IF, {"all": [1], "is": 1}, AT, "alone"),
        (IF, {"any": [{"question": "use"}]}, f"{AT}.any[0]", "ask something"),
        # Each of these conditions is well-formed; together they can never come true.
        (IF, {"all": [BY_CAR, {"question": "grade", "answered": True}]}, AT, "never show"),
        (IF, {"all": [BY_CAR, BY_BUS]}, AT, "never show"),
        (IF, {"question": "use", "answered": False}, AT, "never show"),
        (IF, {"question": "age", "at_least": 121}, AT, "never show"),
        (IF, {"question": "day", "at_most": "2025-12-31"}, AT, "never show"),
    ],
)  # fmt: skip
def test_says_what_to_mend_and_where(where: str, value: Any, place: str, told: str) -> None:
    found = [(each.where, line(each, "en")) for each in problems(changed(where, value))]
    assert [text for at, text in found if at == place and told in text], found


@pytest.mark.parametrize(
    ("where", "value"),
    [
        (IF, {"question": "seen", "answered": False}),
        (IF, {"question": "seen", "is": "no"}),
        (IF, {"question": "age", "at_least": 120}),
        (IF, {"question": "day", "at_least": date(2026, 2, 1)}),
        (IF, {"any": [{"question": "use", "is": "car"}, {"question": "grade", "is": 5}]}),
        ("questions.0.choices.1.label.th", "ไม่เห็นด้วยอย่างยิ่ง"),
        ("questions.2.scale", {"least": 0, "most": 10}),
        ("questions.3.constraint.least", -0.5),
        ("questions.3.default", 18),
        ("questions.5.default", date(2026, 2, 1)),
        ("questions.6.default", "ไม่มี"),
        ("questions.5.constraint", {"most": None}),
    ],
)
def test_takes_what_is_right(where: str, value: Any) -> None:
    data = changed(where, value)
    assert problems(data) == []
    assert read(plain(read(data))) == read(data)


def test_tells_of_all_problems_at_once_in_order() -> None:
    data = changed("slug", "Bad Slug")
    data["questions"][0]["kind"] = "essay"
    data["questions"][6]["show_if"] = {"question": "nobody", "is": 1}
    assert [each.where for each in problems(data)] == ["slug", "questions[0].kind", f"{AT}.question"]


def test_does_not_read_what_has_problems() -> None:
    with pytest.raises(Refused) as refused:
        read(changed("title", ...))
    assert refused.value.code == "survey.invalid"
    assert refused.value.facts["problems"] == problems(changed("title", ...))


def test_reads_every_field() -> None:
    questionnaire = read(GOOD)
    use, said, _, age, _, day, words = questionnaire.questions
    assert (use.kind, [each.name for each in use.choices], use.required) == (Kind.SELECT_ONE, ["car", "bus"], True)
    assert said.required is False
    assert (age.sensitive, age.constraint) == (True, Constraint(least=0, most=120, whole=True))
    assert day.constraint == Constraint(least="2026-01-01", most="today")
    grades = ShowIf(True, (Condition("grade", Test.AT_LEAST, 2), Condition("grade", Test.AT_MOST, 4)))
    assert day.show_if == ShowIf(True, (Condition("seen", Test.IS, True), grades))
    assert words.constraint.longest == 500
    assert questionnaire.languages == ("th", "en")


def test_too_many_questions_or_notes() -> None:
    many = [{**GOOD["questions"][6], "name": f"q{n}"} for n in range(61)]
    assert [each.where for each in problems({**GOOD, "questions": many})] == ["questions"]
    notes = [{"name": f"n{n}", "kind": "note", "label": {"th": "ก" * 900, "en": "a"}} for n in range(5)]
    assert [(each.code, each.facts["language"]) for each in problems({**GOOD, "questions": [*notes, many[0]]})] == [
        ("notes_too_long", "th")
    ]


def test_rules_within_rules_have_an_end() -> None:
    rule: dict[str, Any] = {"question": "use", "is": "car"}
    for _ in range(5000):
        rule = {"all": [rule]}
    (found,) = problems(changed(IF, rule))
    assert found.code == "rules_deep"


def test_a_question_with_very_many_ways_to_it_is_within_reach() -> None:
    many = [{"name": f"c{n}", "label": {"th": f"ตัว{'กขคงจฉชซฌญฎฏฐ'[n]}", "en": f"choice {n}"}} for n in range(13)]
    several = [{"name": f"m{n}", "kind": "select_multiple", "label": TEXTS, "choices": many} for n in range(3)]
    conditions = [{"question": f"m{n}", "is": f"c{place}"} for n in range(3) for place in range(13)]
    last = {"name": "last", "kind": "text", "label": TEXTS, "show_if": {"all": conditions}}
    assert problems({**GOOD, "questions": [*several, last]}) == []
