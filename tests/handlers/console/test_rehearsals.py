"""Rehearsing in the console: who may, what a run becomes, codes and their end, and pages that anybody can read."""

import pytest
from playwright.sync_api import expect

from bot.rehearsals.report import PEOPLE
from bot.store.accounts import Role
from bot.store.audit import Trail, acts
from bot.store.rehearsals import rehearsals_of
from bot.store.surveys import survey_by_slug
from handlers.rehearser import Rehearser
from tests.bot.rehearsals.chatting import Chatter
from tests.conftest import SetClock
from tests.handlers.console.browsing import DESK, PHONE, Browsing, is_too_wide, violations
from tests.handlers.console.office import Office, Officer, opened_again

SURVEY, PROJECT = "road-safety-needs", "road-safety"
HOME = f"/console/surveys/{SURVEY}/rehearsals"


@pytest.fixture
def lab(office: Office) -> Officer:
    return office.officer(Role.LAB, [PROJECT])


def asked(person: Officer) -> str:
    answer = person.post(f"{HOME}/runs")
    assert answer.status_code == 303
    return answer.headers["Location"]


def codes(office: Office) -> list[str]:
    with office.runtime.store.reading() as session:
        survey = survey_by_slug(session, SURVEY)
        assert survey
        return [each.code for each in rehearsals_of(session, survey.id)]


@pytest.mark.parametrize("role", [Role.LAB, Role.ADMIN])
def test_labs_and_admins_rehearse(office: Office, role: Role) -> None:
    assert office.officer(role, [PROJECT]).get(HOME).status_code == 200


def test_officials_do_not_and_foreign_labs_find_nothing(office: Office) -> None:
    official, foreign = office.officer(Role.OFFICIAL, [PROJECT]), office.officer(Role.LAB, ["water-app"])
    assert official.get(HOME).status_code == 403
    for path in ("/runs", "/codes", "/phone", "/wipe"):
        assert official.post(f"{HOME}{path}").status_code == 403
        assert foreign.post(f"{HOME}{path}").status_code == 404
    assert codes(office) == []


def test_from_asking_to_the_report(offices: Office) -> None:
    lab = offices.officer(Role.LAB, [PROJECT])
    place = asked(lab)
    assert lab.get(f"{place}/progress").json["moving"] is True
    assert "รอให้เสร็จก่อน" in lab.post(f"{HOME}/runs").text
    assert Rehearser(offices.runtime).work() == 1
    assert lab.get(f"{place}/progress").json | {"told": ""} == {
        "state": "done", "done": 20, "total": 20, "told": "", "moving": False,
    }  # fmt: skip
    report = lab.get(place).text
    assert "ใช้ได้ แต่มีจุดที่ควรดู" in report and "เพิ่มตัวเลือก “ไม่แน่ใจ”" in report
    for person in PEOPLE:
        assert lab.get(f"{place}/people/{person}").status_code == 200
    assert "1669" in lab.get(f"{place}/people/danger").text
    assert lab.get(f"{place}/people/nobody").status_code == 404
    with offices.runtime.store.reading() as session:
        assert acts(session, Trail(act="rehearsal.run"), None, 1)[0].facts["survey"] == SURVEY


def test_a_run_of_another_survey_is_not_found_here(office: Office) -> None:
    place = asked(office.officer(Role.LAB, [PROJECT]))
    admin = office.officer(Role.ADMIN)
    assert admin.get(place).status_code == 200
    assert admin.get(place.replace(SURVEY, "water-app-needs")).status_code == 404


def test_a_run_whose_process_died_is_played_by_the_next(office: Office, lab: Officer, clock: SetClock) -> None:
    place = asked(lab)
    rehearser = Rehearser(office.runtime)
    with office.runtime.store.transaction() as session:
        session.connection().exec_driver_sql(
            "UPDATE rehearsal_runs SET state = 'working', attempts = 1, leased_until = '2026-11-21 03:01:00'"
        )
    assert rehearser.work() == 0
    clock.pass_by(minutes=5)
    assert rehearser.work() == 1
    assert lab.get(f"{place}/progress").json["state"] == "done"


def test_a_draft_that_is_unfit_is_told_and_nothing_begins(office: Office, lab: Officer) -> None:
    with office.runtime.store.transaction() as session:
        survey = survey_by_slug(session, SURVEY)
        assert survey
        survey.draft = {**survey.draft, "questions": []}
    for path in ("/runs", "/codes", "/phone"):
        answer = lab.post(f"{HOME}{path}")
        assert answer.status_code == 422 and "ต้องแก้ก่อน" in answer.text
    assert codes(office) == []


def test_a_code_is_shown_and_wiped_with_what_was_said(office: Office, lab: Officer, clock: SetClock) -> None:
    assert lab.post(f"{HOME}/codes").status_code == 303
    (code,) = codes(office)
    shown = lab.get(HOME).text
    assert f"ทดสอบ-{code}" in shown and "line.me" not in shown
    Chatter(office.runtime.store, clock, "U" + "a" * 32).agrees()
    assert lab.post(f"{HOME}/wipe").status_code == 303
    assert codes(office) == [] and code not in lab.get(HOME).text


def test_with_the_accounts_id_a_code_opens_line(office: Office) -> None:
    known = opened_again(office, line_basic_id="@khaojai")
    lab = known.officer(Role.LAB, [PROJECT])
    lab.post(f"{HOME}/codes")
    (code,) = codes(known)
    shown = lab.get(HOME).text
    assert f"https://line.me/R/oaMessage/%40khaojai/?%E0%B8%97%E0%B8%94%E0%B8%AA%E0%B8%AD%E0%B8%9A-{code}" in shown
    assert "<svg" in shown


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", [PHONE, DESK])
def test_every_page_can_be_read_by_anybody(browsing: Browsing, width: int, dark: bool) -> None:
    lab = browsing.office.officer(Role.LAB, [PROJECT])
    lab.post(f"{HOME}/codes")
    place = asked(lab)
    Rehearser(browsing.office.runtime).work()
    for path in (HOME, place, f"{place}/people/changes"):
        page = browsing.open(lab, path, width, dark)
        assert not is_too_wide(page)
        assert violations(page) == []


def test_a_finding_leads_to_its_question_and_to_a_conversation(browsing: Browsing) -> None:
    lab = browsing.office.officer(Role.LAB, [PROJECT])
    place = asked(lab)
    page = browsing.open(lab, place)
    expect(page.get_by_role("status")).to_contain_text("0 จาก 20 คน")
    Rehearser(browsing.office.runtime).work()
    expect(page.locator(".verdict")).to_be_visible(timeout=15_000)
    page.locator(".found a").first.click()
    assert "#q-what_happened" in page.url
    page.get_by_role("link", name="คุณภัย").click()
    expect(page.locator(".bubble", has_text="1669")).to_be_visible()
