"""The overview, the projects and the report: what they count, for whom, and that every mark opens what it counted."""

import re
from html import unescape
from pathlib import Path
from urllib.parse import urlsplit

import openpyxl
import pytest

from bot.pictures import funnels, overview, said, spoke
from bot.pictures.cells import Cell
from bot.pictures.figures import Figure, Mark
from bot.pictures.instruments import instrument
from bot.pictures.looking import Look, look
from bot.pictures.results import results
from bot.pictures.time import volume
from bot.rights import sight_of
from bot.store.accounts import Role
from bot.store.audit import Trail, acts
from bot.store.base import Store
from bot.store.seeking import Sought, count
from bot.store.sight import Sight
from bot.store.tallies import roll
from tests.conftest import SetClock
from tests.crowd import Crowd
from tests.handlers.console.browsing import DESK, PHONE, Browsing, is_too_wide, violations
from tests.handlers.console.office import Office, Officer

EVERYTHING = Sight(None, unsorted=True)
PAGES = (
    "/console/overview",
    "/console/projects",
    "/console/projects/road-safety",
    "/console/projects/road-safety/report",
)


@pytest.fixture
def crowded(office: Office, clock: SetClock) -> Office:
    """An office with six hundred entries."""
    Crowd(office.runtime.store, clock(), 600).fill()
    return office


def drawn(store: Store, clock: SetClock, sight: Sight, sought: Sought) -> tuple[Look, list[Figure]]:
    """Every figure there is, of what somebody may see."""
    with store.snapshot() as session:
        found = look(session, sight, sought, "th", clock().date())
        figures = [
            volume(found), said.topics(found), said.qualities(found), said.urgency(found), spoke.languages(found),
            spoke.provinces(found), overview.projects(found), funnels.outcomes(found, funnels.statuses_of(found)),
        ]  # fmt: skip
        for survey in found.surveys:
            questions, _ = instrument(session, survey)
            figures += [*results(found, survey, questions), funnels.drop_off(found, survey, questions)]
    return found, figures


def marks(figures: list[Figure]) -> list[tuple[str, Mark]]:
    every = [
        (f, row, mark) for f in figures for row in f.rows for mark in (*row.marks, *([row.total] if row.total else []))
    ]
    return [(f"{figure.slug}: {row.name}", mark) for figure, row, mark in every]


@pytest.mark.parametrize("query", ["", "project=road-safety", "since=2026-08-03&until=2026-10-31"])
def test_every_mark_counts_what_it_opens(store: Store, clock: SetClock, query: str) -> None:
    Crowd(store, clock(), 500).fill()
    _, figures = drawn(store, clock, EVERYTHING, Sought.of(query))
    opened = [(name, mark) for name, mark in marks(figures) if mark.sought is not None]
    assert len(opened) > 150
    with store.reading() as session:
        wrong = []
        for name, mark in opened:
            there = count(session, mark.sought or Sought(), EVERYTHING)
            if mark.cell.number is not None and there != mark.cell.number:
                wrong.append((name, there, mark.cell, mark.sought))
        assert wrong == []


def test_the_same_whether_the_clock_came_round_or_not(store: Store, clock: SetClock) -> None:
    Crowd(store, clock(), 300).fill()
    _, before = drawn(store, clock, EVERYTHING, Sought())
    with store.transaction() as session:
        while roll(session, 50):
            pass
    _, after = drawn(store, clock, EVERYTHING, Sought())
    assert before == after


def test_foreign_projects_are_in_no_number(store: Store, clock: SetClock) -> None:
    Crowd(store, clock(), 300).fill()
    mine = Sight(frozenset({2}))
    found, figures = drawn(store, clock, mine, Sought())
    with store.reading() as session:
        assert found.entries() == count(session, Sought(), mine) < count(session, Sought(), EVERYTHING)
        for _, mark in marks(figures):
            if mark.sought is not None and mark.cell.number is not None and mark.tone == "plain":
                assert mark.cell.number == count(session, mark.sought, mine)
    assert [each.id for each in found.projects] == [2]


def test_pages_show_only_ones_own_projects(crowded: Office) -> None:
    person = crowded.officer(Role.OFFICIAL, ["water-app"])
    page = person.get("/console/overview").text + person.get("/console/projects").text
    assert "น้ำเพื่อการเกษตร" in page and "อุบัติเหตุบนถนน" not in page
    with crowded.runtime.store.reading() as session:
        number = count(session, Sought(), sight_of(session, person.account)) if person.account else 0
    assert f">{number:,}<span" in person.get("/console/overview").text


LINK = re.compile(r'<a href="(/console/queue[^"]*)"[^>]*>([\d,]+)<')


def test_links_of_the_page_lead_to_lists_as_long(crowded: Office) -> None:
    person = crowded.officer()
    told = person.get("/console/projects/road-safety?since=2026-06-01").text
    links = [(unescape(url), int(number.replace(",", ""))) for url, number in LINK.findall(told)]
    assert len(links) > 80
    with crowded.runtime.store.reading() as session:
        for url, number in links:
            assert count(session, Sought.of(urlsplit(url).query), EVERYTHING) == number, url


def test_an_empty_lab_has_its_pages_too(office: Office) -> None:
    person = office.officer()
    for path in (*PAGES, "/console/projects/road-safety/report.xlsx"):
        assert person.get(path).status_code == 200
    assert "ยังไม่มีข้อมูลในช่วงนี้" in person.get("/console/overview").text


@pytest.mark.parametrize(
    "query", ["since=2026-12-01&until=2026-01-01", "since=bad", "unit=year", "project=", "since=2570-01-01"]
)
def test_nonsense_in_an_address_is_no_error(crowded: Office, query: str) -> None:
    person = crowded.officer()
    for path in ("/console/overview", "/console/projects/road-safety", "/console/projects/road-safety/report"):
        assert person.get(f"{path}?{query}").status_code == 200, path


def test_small_numbers_are_on_no_page(crowded: Office) -> None:
    """A project of few entries: the page withholds, and no cell of a row says how few."""
    person = crowded.officer()
    page = person.get("/console/projects/human-capital/report").text
    assert "•" in page
    cells = re.findall(r'<td class="number[^"]*" data-name="[^"]*">(?:<a [^>]*>)?([^<]+)', page)
    assert cells and not {"1", "2", "3", "4"} & {each.strip() for each in cells}


def test_the_report_quotes_masked_words_with_their_numbers(crowded: Office) -> None:
    person = crowded.officer(Role.OFFICIAL, ["road-safety"])
    page = person.get("/console/projects/road-safety/report").text
    assert page.count("<blockquote>") >= 3
    assert re.search(r'<footer><a href="/console/entries/C\d{8}">', page)
    again = person.get("/console/projects/road-safety/report").text
    assert re.findall("<blockquote>.*", page) == re.findall("<blockquote>.*", again)
    assert "การเข้าใจภาพรวม" in page and "การสร้างความเข้าใจบริบทภาพรวม" in page and "2569" in page


def test_the_workbook_has_every_table_and_is_noted(crowded: Office, tmp_path: Path) -> None:
    person = crowded.officer(Role.LAB, ["road-safety"])
    answer = person.get("/console/projects/road-safety/report.xlsx?since=2026-03-01")
    path = tmp_path / "report.xlsx"
    path.write_bytes(answer.data)
    book = openpyxl.load_workbook(path)
    assert "หัวข้อที่พูดถึง กับความรู้สึก" in book.sheetnames and "เรื่องบนถนนของคุณ" in book.sheetnames
    quotes = list(book["เสียงจากประชาชน"].values)
    assert quotes[0] == ("หัวข้อ", "เลขที่", "ความรู้สึก", "ข้อความ") and len(quotes) > 3
    with crowded.runtime.store.reading() as session:
        taken = acts(session, Trail(act="report_taken"), None, 5)
    assert [each.facts["since"] for each in taken] == ["2026-03-01"]
    assert person.account and taken[0].actor == person.account.actor


def test_a_withheld_number_is_in_no_sheet(crowded: Office, tmp_path: Path) -> None:
    path = tmp_path / "report.xlsx"
    path.write_bytes(crowded.officer().get("/console/projects/human-capital/report.xlsx").data)
    sheet = openpyxl.load_workbook(path)["จังหวัด"]
    shown = [cell for row in sheet.iter_rows(min_row=2, min_col=2, values_only=True) for cell in row]
    assert "•" in shown and not {1, 2, 3, 4} & set(shown)


def test_totals_of_projects_are_told_in_full(crowded: Office, clock: SetClock) -> None:
    found, _ = drawn(crowded.runtime.store, clock, EVERYTHING, Sought())
    rows = overview.projects(found).rows
    assert [row.total.cell for row in rows if row.total] == [
        Cell(number) for number in sorted((found.entries([each.id]) for each in found.projects), reverse=True)
    ]


@pytest.fixture
def official(crowded: Office) -> Officer:
    return crowded.officer(Role.OFFICIAL, ["road-safety", "water-app", "sme-internet"])


@pytest.mark.parametrize(("width", "dark"), [(PHONE, True), (DESK, False)])
@pytest.mark.parametrize("path", PAGES)
def test_everybody_can_read_it(browsing: Browsing, official: Officer, path: str, width: int, dark: bool) -> None:
    page = browsing.open(official, path, width, dark)
    assert violations(page) == []
    assert not is_too_wide(page)


def test_a_bar_opens_its_entries(browsing: Browsing, official: Officer) -> None:
    page = browsing.open(official, "/console/overview")
    page.locator("#qualities svg a").first.click()
    page.wait_for_url("**/console/queue?tag=quality*")
