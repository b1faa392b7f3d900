"""The ten projects and their surveys: whole, true to the public notice, and short enough for a phone."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import regex
import yaml

from bot.interview import engine, reading
from bot.interview.engine import Setting
from bot.interview.progress import REVIEW, Progress
from bot.interview.questionnaire import Kind, Question, Questionnaire
from bot.interview.replies import Text
from bot.wording import say

SAMPLES = Path(__file__).parents[2] / "bot" / "samples"
PROJECTS: list[dict[str, Any]] = yaml.safe_load((SAMPLES / "projects.yaml").read_text(encoding="utf-8"))
LAB: dict[str, Any] = yaml.safe_load((SAMPLES / "lab.yaml").read_text(encoding="utf-8"))
SURVEYS = {path.stem: yaml.safe_load(path.read_text(encoding="utf-8")) for path in (SAMPLES / "surveys").glob("*.yaml")}

# Spelt here a second time, from the public notice, so that an edit of the samples cannot change a name unseen.
TITLES = {
    "road-safety": (2561, "โครงการลดอุบัติเหตุการจราจรทางบก"),
    "water-app": (2561, "โครงการแก้ปัญหาด้านการเกษตร : การบริหารจัดการน้ำผ่านแอปพลิเคชัน"),
    "patient-information": (2561, "โครงการด้านสาธารณสุข การพัฒนาการสื่อสารข้อมูลผู้ป่วยที่จำเป็นต่อการวางแผนการรักษา"),
    "migrant-matching": (2561, "โครงการขึ้นทะเบียนแรงงานต่างด้าวและระบบการจับคู่นายจ้างและลูกจ้าง"),
    "damrongdhama": (2561, "โครงการระบบการรายงานผลและการติดตามการดำเนินการของศูนย์ดำรงธรรม"),
    "guide-job-orders": (2562, "การพัฒนารูปแบบการอำนวยความสะดวกให้แก่มัคคุเทศก์ในการตรวจสอบใบสั่งงานมัคคุเทศก์"),
    "disadvantaged-database": (2562, "การพัฒนารูปแบบการจัดเก็บฐานข้อมูลผู้ด้อยโอกาส"),
    "migrant-reporting": (2562, "การพัฒนาสภาพแวดล้อมที่เอื้อต่อการเพิ่มประสิทธิผลในการให้บริการรายงานตัวของแรงงานต่างด้าว"),
    "human-capital": (2562, "การพัฒนาการเรียนการสอนให้สอดคล้องกับการเสริมสร้างและพัฒนาทุนมนุษย์ตามกรอบนโยบาย Thailand 4.0"),
    "sme-internet": (2562, "การยกระดับธุรกิจ SMEs สู่การเป็น Internet Entrepreneur"),
}
STEPS = {
    "understand": ("การเข้าใจภาพรวม", "การสร้างความเข้าใจบริบทภาพรวม", "Understand the broad context"),
    "empathise": (
        "การเข้าถึงความต้องการ",
        "การเข้าถึงสภาพปัญหาและความต้องการที่แท้จริงของผู้มีส่วนได้ส่วนเสียฝ่ายต่าง ๆ",
        "Gain empathy for stakeholders' real needs",
    ),
    "experiment": ("การพัฒนาและทดสอบแนวคิด", "การทดลองความคิดที่หลากหลาย", "Experiment with diverse ideas"),
    "rollout": ("การวางแผนเพื่อนำไปใช้", "การวางกลยุทธ์ขยายผล", "Strategise the rollout"),
}
QUALITIES = {
    "correct": "ถูกต้อง",
    "fast": "รวดเร็ว",
    "cheap": "ประหยัดค่าใช้จ่าย",
    "anywhere_anytime": "ไม่จำกัดสถานที่และเวลา",
    "service_mind": "จิตบริการ",
}
BUTTON, TITLE = 20, 40  # LINE's limits, in grapheme clusters


def graphemes(text: str) -> int:
    return len(regex.findall(r"\X", text))


def languages_of(project: str) -> set[str]:
    return {"th", "en", "my", "km", "lo"} if project.startswith("migrant") else {"th", "en"}


def texts(node: object, where: str = "") -> Iterator[tuple[str, dict[str, str]]]:
    """Every text in several languages inside a survey, with the path to it."""
    if isinstance(node, dict):
        if "th" in node:
            yield where, node
        for key, value in node.items():
            yield from texts(value, f"{where}.{key}")
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from texts(value, f"{where}[{index}]")


def buttons(survey: dict[str, Any]) -> Iterator[dict[str, str]]:
    for question in survey["questions"]:
        yield from (choice["label"] for choice in question.get("choices", ()))
        scale = question.get("scale", {})
        for end, number in (("low", "least"), ("high", "most")):
            if end in scale:  # shown with its number before it
                yield {language: f"{scale[number]} {word}" for language, word in scale[end].items()}


def test_ten_projects_stand_letter_for_letter() -> None:
    assert {each["slug"]: (each["fiscal_year"], each["title"]["th"]) for each in PROJECTS} == TITLES


def test_steps_and_qualities_stand_letter_for_letter() -> None:
    steps = {
        each["slug"]: (each["name"]["th"], each["wording_2017"]["th"], each["wording_2017"]["en"])
        for each in LAB["steps"]
    }
    assert steps == STEPS
    assert {each["slug"]: each["name"]["th"] for each in LAB["qualities"]} == QUALITIES
    assert LAB["lab"]["owner"]["th"] == "สำนักงาน ก.พ.ร."
    assert LAB["lab"]["name"]["th"] == "โครงการห้องปฏิบัติการนวัตกรรมภาครัฐ"


def test_each_step_is_used_at_least_twice() -> None:
    used = [each["step"] for each in PROJECTS]
    assert {step: used.count(step) >= 2 for step in STEPS} == dict.fromkeys(STEPS, True)
    assert len(used) == 10


@pytest.mark.parametrize("project", PROJECTS, ids=lambda each: each["slug"])
def test_a_project_is_described_for_buttons_people_and_matching(project: dict[str, Any]) -> None:
    assert all(0 < graphemes(text) <= BUTTON for text in project["short"].values())
    assert set(project["short"]) == {"th", "en", "my", "km", "lo"}
    for field in ("title", "description"):
        assert set(project[field]) == languages_of(project["slug"]), field
    assert {"th", "en"} <= set(project["agency"])
    assert 20 <= len(project["keywords"]["th"]) <= 40
    assert len(project["keywords"]["en"]) >= 10
    for words in project["keywords"].values():
        assert all(isinstance(word, str) and word for word in words)
        assert len(set(words)) == len(words)


@pytest.mark.parametrize("language", ["th", "en", "my", "km", "lo"])
def test_no_two_projects_look_alike_on_a_button(language: str) -> None:
    assert len({each["short"][language].casefold() for each in PROJECTS}) == 10


def test_every_project_has_its_survey() -> None:
    assert {slug: survey["project"] for slug, survey in SURVEYS.items()} == {f"{slug}-needs": slug for slug in TITLES}


@pytest.mark.parametrize("slug", sorted(SURVEYS))
def test_a_survey_reads_without_a_problem(slug: str) -> None:
    assert reading.problems(SURVEYS[slug]) == []
    questionnaire = reading.read(SURVEYS[slug])
    assert reading.read(reading.plain(questionnaire)) == questionnaire


@pytest.mark.parametrize("slug", sorted(SURVEYS))
def test_no_question_asks_two_things_at_once(slug: str) -> None:
    asked = [question["label"] for question in SURVEYS[slug]["questions"] if question["kind"] != "note"]
    assert [label for label in asked if "และ" in label["th"] or " and " in label["en"]] == []


@pytest.mark.parametrize("slug", sorted(SURVEYS))
def test_a_survey_speaks_all_its_languages(slug: str) -> None:
    survey = SURVEYS[slug]
    expected = languages_of(survey["project"])
    assert set(survey["languages"]) == expected
    lacking = [where for where, text in texts(survey) if set(text) != expected or not all(text.values())]
    assert lacking == []


@pytest.mark.parametrize("slug", sorted(SURVEYS))
def test_a_survey_fits_the_phone(slug: str) -> None:
    survey = SURVEYS[slug]
    assert sum(question["kind"] != "note" for question in survey["questions"]) >= 6
    assert len(survey["questions"]) <= 12
    assert all(graphemes(text) <= TITLE for text in survey["title"].values())
    too_long = [text for label in buttons(survey) for text in label.values() if graphemes(text) > BUTTON]
    assert too_long == []
    assert all(len(question.get("choices", ())) <= 12 for question in survey["questions"])


@pytest.mark.parametrize("slug", sorted(SURVEYS))
def test_choices_of_a_question_can_be_told_apart(slug: str) -> None:
    for question in SURVEYS[slug]["questions"]:
        for language in SURVEYS[slug]["languages"]:
            labels = [choice["label"][language] for choice in question.get("choices", ())]
            assert len(set(labels)) == len(labels), (question["name"], language)


@pytest.mark.parametrize("slug", sorted(SURVEYS))
def test_a_survey_leaves_room_for_own_words_and_for_silence(slug: str) -> None:
    questions = SURVEYS[slug]["questions"]
    assert any(question["kind"] == "text" for question in questions)
    for question in questions:
        if question["kind"] == "phone" or question.get("sensitive"):
            assert question["required"] is False and question["sensitive"] and question["purpose"], question["name"]


def test_every_kind_is_used_in_two_surveys_or_more() -> None:
    used = {kind.value: 0 for kind in Kind}
    for survey in SURVEYS.values():
        for kind in {question["kind"] for question in survey["questions"]}:
            used[kind] += 1
    assert {kind for kind, count in used.items() if count < 2} == set()


def test_the_samples_use_what_a_lab_can_use() -> None:
    questions = [question for survey in SURVEYS.values() for question in survey["questions"]]
    assert {"show_if", "constraint", "hint", "sensitive"} <= {key for question in questions for key in question}
    conditions = {key for question in questions for key in question.get("show_if", {})}
    assert {"is", "is_not", "any_of", "all", "any"} <= conditions


TODAY = date(2026, 11, 21)
TYPED = {
    Kind.RATING: "4",
    Kind.NUMBER: "5",
    Kind.DATE: TODAY.isoformat(),
    Kind.TEXT: "รอ 3 ชั่วโมง",
    Kind.PHONE: "0812345678",
}


def typed(question: Question, language: str, turn: int) -> str:
    """What a citizen who taps nothing types: the label of one choice after another, or something fit for the kind."""
    if question.choices:
        return question.choices[turn % len(question.choices)].label[language]
    if question.kind is Kind.YES_NO:
        return say(language, "interview.yes" if turn % 2 else "interview.no")
    return TYPED.get(question.kind) or say(language, "interview.option.skip")


def walked(questionnaire: Questionnaire, language: str, turn: int) -> Progress:
    """The interview typed to its review, each question in one message, or in two where several may be chosen."""
    setting = Setting(language, TODAY)
    by_name = {question.name: question for question in questionnaire.questions}
    progress = engine.begin(questionnaire, setting).progress
    while progress.at != REVIEW:
        question = by_name[str(progress.at)]
        said = [typed(question, language, turn)]
        said += [say(language, "interview.option.done")] if question.kind is Kind.SELECT_MULTIPLE else []
        for text in said:
            if progress.at == question.name:
                progress = engine.step(questionnaire, progress, Text(text, f"{question.name}.{text}"), setting).progress
        assert progress.at != question.name, (question.name, said)
    return progress


@pytest.mark.parametrize(
    ("slug", "language"), [(slug, each) for slug in sorted(SURVEYS) for each in SURVEYS[slug]["languages"]]
)
def test_every_label_may_be_typed(slug: str, language: str) -> None:
    questionnaire = reading.read(SURVEYS[slug])
    for turn in range(12):
        answers = walked(questionnaire, language, turn).answers
        for question in questionnaire.questions:
            if question.choices and question.name in answers:
                chosen = question.choices[turn % len(question.choices)].name
                assert (answers[question.name].category, answers[question.name].status) == (chosen, "answered")
