"""Surveys as files in the console: looked at before anything is kept, kept as a draft, taken out again."""

import html
import io
import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from bot.seed import sample_surveys
from bot.store.accounts import Role
from bot.store.surveys import survey_by_slug
from bot.survey_files import opened, written
from tests.bot.xlsform.books import book
from tests.handlers.console.browsing import DESK, PHONE, Browsing, is_too_wide, violations
from tests.handlers.console.office import Office, Officer

ROAD: dict[str, Any] = next(each for each in sample_surveys() if each["slug"] == "road-safety-needs")
FOREIGN = book(
    survey="type|name|label::ไทย (th)|relevant\naudio|voice|พูดให้ฟัง\ninteger|age|คุณอายุเท่าไร\n"
    "text|story|เล่าให้ฟัง|${age} + 1 > 18",
    settings="form_title|form_id|default_language\nแบบของที่อื่น|foreign_form|ไทย (th)",
)


def send(person: Officer, name: str, content: bytes, project: str = "road-safety") -> Any:
    """Send a file to be looked at."""
    return person.post("/console/survey-files/new", {"slug": project, "file": (io.BytesIO(content), name)})


def drafts(office: Office, slug: str) -> dict[str, Any] | None:
    """The draft of the survey of this name."""
    with office.runtime.store.reading() as session:
        found = survey_by_slug(session, slug)
        return dict(found.draft) if found else None


@pytest.mark.parametrize("kind", ["yaml", "xlsx"])
def test_out_and_in_under_another_name_is_the_same(office: Office, kind: str) -> None:
    lab = office.officer(Role.LAB, ["road-safety"])
    taken = lab.get(f"/console/survey-files/road-safety-needs/{kind}")
    assert (taken.status_code, f"road-safety-needs.{kind}" in taken.headers["Content-Disposition"]) == (200, True)
    looked = send(lab, f"mine.{kind}", taken.data)
    assert looked.status_code == 200 and drafts(office, "roads-again") is None
    data = opened(f"mine.{kind}", taken.data, "road-safety").data
    packed = looked.text.partition('name="draft" value="')[2].partition('"')[0]
    assert packed
    kept = lab.post(
        "/console/survey-files/keep", {"slug": "road-safety", "draft": html.unescape(packed), "name": "roads-again"}
    )
    assert kept.status_code == 303 and kept.headers["Location"].endswith("/surveys/roads-again")
    assert drafts(office, "roads-again") == {**data, "slug": "roads-again"}


def test_a_file_with_faults_names_each_cell_and_keeps_nothing(office: Office) -> None:
    lab = office.officer(Role.LAB, ["road-safety"])
    page = send(lab, "foreign.xlsx", FOREIGN)
    assert page.status_code == 200 and drafts(office, "foreign-form") is None
    for told in ("แถว 2 · คอลัมน์ A (type)", "ถามแบบ “audio” ใน LINE ไม่ได้", "คอลัมน์ D (relevant)", "khaojai::purpose"):
        assert told in page.text, told


def test_what_is_no_survey_is_refused_and_offers_nothing_to_keep(office: Office) -> None:
    lab = office.officer(Role.LAB, ["road-safety"])
    for name, content, told in (
        ("a.csv", b"type,name,label", "ไม่รู้จักไฟล์ชนิดนี้"),
        ("a.xlsx", b"type,name,label", "ไม่ใช่สมุดงาน Excel"),
        ("a.yaml", b"[", "ไม่ใช่ YAML"),
    ):
        page = send(lab, name, content)
        assert page.status_code == 422 and told in page.text and 'name="draft"' not in page.text
    assert lab.post("/console/survey-files/new", {"slug": "road-safety"}).status_code == 422
    assert lab.post("/console/survey-files/keep", {"slug": "road-safety", "draft": "[1]"}).status_code == 409


@pytest.mark.parametrize(
    "text",
    [
        "languages: 3\nquestions: [1, {label: 2, choices: 7}, {label: {th: [x]}, choices: [1, {label: 3}]}]",
        "title: {th: {a: b}}\nslug: {a: b}\nlanguages: [[1], {2: 3}]",
        "{}",
        "questions: {a: b}",
        "title: 2026-01-31\nquestions: [{kind: [a], name: 2026-01-31}]",
    ],
)
def test_a_file_of_any_shape_can_be_looked_at_and_kept_or_refused(office: Office, text: str) -> None:
    lab = office.officer(Role.LAB, ["road-safety"])
    page = send(lab, "any.yaml", text.encode())
    assert page.status_code in (200, 422)
    packed = html.unescape(page.text.partition('name="draft" value="')[2].partition('"')[0])
    form = {"slug": "road-safety", "draft": packed, "name": "of-any-shape"}
    assert lab.post("/console/survey-files/keep", form).status_code in (303, 409)


def test_a_survey_of_the_same_name_is_replaced_unless_it_changed_meanwhile(office: Office) -> None:
    lab = office.officer(Role.LAB, ["road-safety"])
    changed = {**ROAD, "title": {"th": "ชื่อใหม่", "en": "A new title"}}
    page = send(lab, "road.yaml", written(changed, "yaml"))
    assert "จะถูกแทน" in page.text and 'name="revision" value="0"' in page.text
    form = {"slug": "road-safety", "draft": json.dumps(changed), "name": ROAD["slug"]}
    assert lab.post("/console/survey-files/keep", {**form, "revision": "7"}).status_code == 409
    assert lab.post("/console/survey-files/keep", {**form, "revision": "0"}).status_code == 303
    draft = drafts(office, ROAD["slug"])
    assert draft is not None and draft["title"]["th"] == "ชื่อใหม่"


def test_who_may(office: Office) -> None:
    official = office.officer(Role.OFFICIAL, ["road-safety"])
    assert official.get("/console/survey-files/new").status_code == 403
    assert official.get("/console/survey-files/road-safety-needs/yaml").status_code == 200
    lab = office.officer(Role.LAB, ["sme-internet"])
    assert lab.get("/console/survey-files/road-safety-needs/yaml").status_code == 404
    assert lab.get("/console/survey-files/sme-internet-needs/docx").status_code == 404
    assert send(lab, "a.yaml", written(ROAD, "yaml")).status_code == 404
    form = {"slug": "road-safety", "draft": "{}", "name": "mine"}
    assert lab.post("/console/survey-files/keep", form).status_code == 404


def test_an_unfit_draft_tells_what_to_mend_and_goes_out_as_yaml(office: Office) -> None:
    lab = office.officer(Role.LAB, ["road-safety"])
    unfit = {**ROAD, "title": {}}
    form = {"slug": "road-safety", "draft": json.dumps(unfit), "name": "unfit-one"}
    assert lab.post("/console/survey-files/keep", form).status_code == 303
    page = lab.get("/console/survey-files/unfit-one/xlsx")
    assert page.status_code == 409 and "ชื่อแบบสอบถาม (ไทย)" in page.text
    assert lab.get("/console/survey-files/unfit-one/yaml").status_code == 200


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_bringing_one_in_with_a_browser(office: Office, browsing: Browsing, tmp_path: Path, width: int) -> None:
    (tmp_path / "foreign.xlsx").write_bytes(FOREIGN)
    page = browsing.open(office.officer(Role.LAB, ["road-safety"]), "/console/surveys", width, dark=width == PHONE)
    page.get_by_role("link", name="นำเข้าจากไฟล์").click()
    page.get_by_label("ไฟล์", exact=True).set_input_files(tmp_path / "foreign.xlsx")
    assert (violations(page), is_too_wide(page)) == ([], False)
    page.get_by_role("button", name="ดูว่ามีอะไรในไฟล์").click()
    expect(page.get_by_role("heading", name="ต้องแก้", exact=False)).to_be_visible()
    expect(page.get_by_text("แถว 2 · คอลัมน์ A (type)")).to_be_visible()
    assert (violations(page), is_too_wide(page)) == ([], False)
    page.get_by_role("button", name="เก็บเป็นร่าง").click()
    page.wait_for_url("**/console/surveys/foreign-form")
    expect(page.get_by_text("นำเข้าเป็นร่างแล้ว: foreign-form")).to_be_visible()
    with page.expect_download() as fetched:
        page.get_by_role("link", name="นำออกเป็น YAML").click()
    assert "foreign-form" in fetched.value.suggested_filename
    assert browsing.troubles == []


@pytest.mark.parametrize("language", ["th", "en"])
def test_the_help_page_is_in_the_readers_language(office: Office, language: str) -> None:
    lab = office.officer(Role.LAB, ["road-safety"])
    lab.post("/console/profile/taste", {"language": language, "theme": "auto"})
    text = lab.get("/console/help/survey-files").text
    assert ("คอลัมน์ของเข้าใจ" in text, "Columns of Khaojai" in text) == (language == "th", language == "en")
