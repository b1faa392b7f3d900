"""Exports in the console: asked for from a filter, shown as they are made, fetched by their maker alone."""

import csv
import io

import openpyxl
import pytest
from playwright.sync_api import expect

from bot.store.accounts import Role
from bot.store.audit import Trail, acts
from handlers.exporter import Exporter
from tests.bot.exports.filled import entry
from tests.conftest import SetClock
from tests.crowd import Crowd
from tests.handlers.console.browsing import DESK, PHONE, Browsing, is_too_wide, violations
from tests.handlers.console.office import Office, Officer


@pytest.fixture
def told(office: Office) -> Office:
    with office.runtime.store.transaction() as session:
        for number in range(3):
            entry(session, f"ถนนมืด {number}", project="road-safety", sentiment="neg")
        entry(session, "น้ำใส", project="water-app")
    return office


def asked(person: Officer, query: str = "?project=road-safety", **form: str) -> str:
    answer = person.post(f"/console/exports/new{query}", {"format": "csv", "mask": "yes", **form})
    assert answer.status_code == 303
    return answer.headers["Location"]


def test_from_the_filter_to_the_file(told: Office) -> None:
    person = told.officer(Role.OFFICIAL, ["road-safety"])
    assert "3 เรื่อง" in person.get("/console/exports/new?project=road-safety").text
    place = asked(person)
    assert person.get(f"{place}/progress").json["moving"] is True
    assert person.get(f"{place}/file").status_code == 404
    assert Exporter(told.runtime).work() == 1
    assert person.get(f"{place}/progress").json | {"told": ""} == {
        "state": "done", "done": 3, "total": 3, "told": "", "moving": False,
    }  # fmt: skip
    answer = person.get(f"{place}/file")
    assert "attachment" in answer.headers["Content-Disposition"] and answer.headers["Cache-Control"] == "no-store"
    rows = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"), newline="")))
    assert [row["text"] for row in rows] == ["ถนนมืด 0", "ถนนมืด 1", "ถนนมืด 2"]
    assert "column" in person.get(f"{place}/dictionary").text
    assert place in person.get("/console/exports").text


def test_nobody_else_finds_it(told: Office) -> None:
    place = asked(told.officer(Role.OFFICIAL, ["road-safety"]))
    Exporter(told.runtime).work()
    for role in Role:
        other = told.officer(role, ["road-safety"])
        assert [other.get(f"{place}{rest}").status_code for rest in ("", "/progress", "/file", "/dictionary")] == [
            404
        ] * 4
        assert place not in other.get("/console/exports").text


def test_labs_see_no_way_to_unmask(told: Office) -> None:
    lab = told.officer(Role.LAB, ["road-safety"])
    assert 'value="no"' not in lab.get("/console/exports/new").text
    assert lab.post("/console/exports/new", {"format": "csv", "mask": "no", "purpose": "ลอง"}).status_code == 422


def test_what_was_typed_stays_when_a_purpose_is_missing(told: Office) -> None:
    answer = told.officer().post("/console/exports/new?q=ถนน", {"format": "jsonl", "mask": "no", "purpose": " "})
    assert answer.status_code == 422 and "วัตถุประสงค์" in answer.text
    assert 'value="jsonl" checked' in answer.text


def test_progress_and_download_in_a_browser(told: Office, browsing: Browsing) -> None:
    page = browsing.open(told.officer(), "/console/exports/new?project=road-safety")
    page.get_by_role("button", name="สร้างไฟล์").click()
    expect(page.get_by_role("progressbar")).to_be_visible()
    Exporter(told.runtime).work()
    link = page.get_by_role("link", name="ดาวน์โหลด")
    expect(link).to_be_visible()
    with page.expect_download() as waiting:
        link.click()
    assert waiting.value.suggested_filename.endswith(".xlsx")


@pytest.mark.parametrize(("width", "dark"), [(PHONE, True), (DESK, False)], ids=["phone-dark", "desk-light"])
def test_everybody_can_read_it(told: Office, browsing: Browsing, width: int, dark: bool) -> None:
    person = told.officer()
    place = asked(person)
    Exporter(told.runtime).work()
    for path in ("/console/exports", "/console/exports/new?project=road-safety", place, "/console/help/exports"):
        page = browsing.open(person, path, width, dark)
        assert (violations(page), is_too_wide(page)) == ([], False), path


def test_open_data_is_of_ones_projects_and_noted(office: Office, clock: SetClock) -> None:
    Crowd(office.runtime.store, clock(), 300).fill()
    person = office.officer(Role.OFFICIAL, ["road-safety"])
    assert "road-safety" in person.get("/console/exports/open-data").text
    answer = person.get("/console/exports/open-data/csv")
    rows = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"), newline="")))
    assert {row["project"] for row in rows} == {"road-safety"}
    workbook = openpyxl.load_workbook(io.BytesIO(person.get("/console/exports/open-data/xlsx").data))
    assert workbook.sheetnames == ["open_data", "dictionary"]
    assert workbook["open_data"].max_row == len(rows) + 1
    assert person.get("/console/exports/open-data/pdf").status_code == 404
    assert person.get("/console/exports/open-data/csv?project=water-app").status_code == 404
    with office.runtime.store.reading() as session:
        assert [each.act for each in acts(session, Trail(), None, 2)] == ["open_data_taken"] * 2


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_open_data_looks_right(browsing: Browsing, clock: SetClock, width: int) -> None:
    Crowd(browsing.office.runtime.store, clock(), 300).fill()
    page = browsing.open(browsing.office.officer(), "/console/exports/open-data", width)
    assert violations(page) == [] and not is_too_wide(page)
