"""Surveys in the console: written, kept apart by rights, published, archived; two who write lose nothing."""

from copy import deepcopy
from typing import Any

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from bot.seed import sample
from bot.store.accounts import Role
from bot.store.audit import AuditEvent
from bot.store.interviews import Interview
from bot.store.revisions import SavedQuestion
from bot.store.surveys import Survey, SurveyState, newest_version, survey_by_slug
from tests.bot.conversations.playing import Play
from tests.conftest import SetClock
from tests.handlers.console.office import Office, Officer
from tests.transcript import PERSON, Script

ROAD = sample("surveys/road-safety-needs.yaml")
PAGE = "/console/surveys/road-safety-needs"


def survey(office: Office, slug: str = "road-safety-needs") -> Survey:
    with office.runtime.store.reading() as session:
        found = survey_by_slug(session, slug)
    assert found is not None
    return found


def send(person: Officer, path: str, data: Any) -> TestResponse:
    """What the editor's script sends."""
    return person.client.post(path, json=data, headers={"X-CSRFToken": person.csrf()})


def acts(office: Office) -> list[str]:
    with office.runtime.store.reading() as session:
        noted = session.scalars(select(AuditEvent.act).order_by(AuditEvent.id))
        return [each for each in noted if each != "signed_in"]


def titled(title: str) -> dict[str, Any]:
    return {**deepcopy(ROAD), "title": {"th": title, "en": title}}


def test_a_lab_begins_from_a_template_and_publishes_it(offices: Office) -> None:
    lab = offices.officer(Role.LAB, ["water-app"])
    form = lab.get("/console/surveys/new?project=water-app").text
    assert "แบบสอบถามเข้าใจความต้องการ" in form and "เรื่องบนถนนของคุณ" not in form
    answer = lab.post("/console/surveys/new", {"slug": "water-app", "from": "template:empathise"})
    assert answer.headers["Location"] == "/console/surveys/water-app-1/edit"
    assert "data-told" in lab.get("/console/surveys/water-app-1/edit").text
    assert survey(offices, "water-app-1").state == SurveyState.DRAFT
    page = lab.get("/console/surveys/water-app-1").text
    assert "ร่าง" in page and "ถามเมื่อ ข้อ 2 ตอบว่า “เลิกทำ”" in page
    assert "ตอนนี้ไม่มีใครกำลังตอบอยู่" in lab.get("/console/surveys/water-app-1/publish").text
    assert lab.post("/console/surveys/water-app-1/publish", {"revision": "1"}).status_code == 303
    assert survey(offices, "water-app-1").state == SurveyState.LIVE
    assert acts(offices) == ["survey_begun", "survey_published"]


def test_a_copy_is_taken_only_of_what_may_be_seen(office: Office) -> None:
    lab = office.officer(Role.LAB, ["water-app"])
    wish = {"slug": "water-app", "from": "copy:road-safety-needs"}
    assert lab.post("/console/surveys/new", wish).status_code == 404
    assert lab.post("/console/surveys/new", {"slug": "road-safety", "from": "blank"}).status_code == 404
    admin = office.officer(Role.ADMIN)
    assert admin.post("/console/surveys/new", wish).status_code == 303
    assert survey(office, "water-app-1").draft["title"]["th"] == "เรื่องบนถนนของคุณ (สำเนา)"
    assert survey(office, "water-app-1").draft["project"] == "water-app"


def test_an_official_reads_and_does_not_write(office: Office) -> None:
    official = office.officer(Role.OFFICIAL, ["road-safety"])
    page = official.get(PAGE)
    assert page.status_code == 200 and "/edit" not in page.text and "ถามเมื่อ ข้อ 5 ตอบว่า “ใช่”" in page.text
    for path in ("/history", ""):
        assert official.get(PAGE + path).status_code == 200
    for path in ("/edit", "/publish", "/archive"):
        assert official.get(PAGE + path).status_code == 403
    assert send(official, f"{PAGE}/draft", {"draft": ROAD, "revision": 0}).status_code == 403


def test_saving_keeps_a_revision_and_tells_its_number(offices: Office) -> None:
    lab = offices.officer(Role.LAB, ["road-safety"])
    answer = send(lab, f"{PAGE}/draft", {"draft": titled("ใหม่"), "base": ROAD, "revision": 0})
    assert (answer.status_code, answer.json["revision"]) == (200, 1)  # type: ignore[index]
    history = lab.get(f"{PAGE}/history").text
    assert lab.account is not None and lab.account.name in history
    assert "<del>เรื่องบนถนนของคุณ</del> → <ins>ใหม่</ins>" in history
    assert "เรื่องบนถนนของคุณ" in lab.get("/console/surveys").text  # until it is published, its name is the old one
    assert lab.post(f"{PAGE}/history/0", {"revision": "1"}).status_code == 303
    assert survey(offices).draft == ROAD
    assert acts(offices) == ["survey_written", "survey_restored"]


def test_who_saves_second_is_told_who_changed_what_and_gets_both_together(offices: Office) -> None:
    one, two = (offices.officer(Role.LAB, ["road-safety"]) for _ in range(2))
    theirs, mine = titled("ของเขา"), deepcopy(ROAD)
    mine["questions"][1]["label"]["th"] = "กี่วันต่อสัปดาห์"
    assert send(one, f"{PAGE}/draft", {"draft": theirs, "base": ROAD, "revision": 0}).status_code == 200
    answer = send(two, f"{PAGE}/draft", {"draft": mine, "base": ROAD, "revision": 0})
    told: Any = answer.json
    assert answer.status_code == 409 and one.account is not None
    assert told["who"] == one.account.name and told["revision"] == 1
    assert {(each["place"], each["after"]) for each in told["changes"]} == {
        ("ชื่อแบบสอบถาม (ไทย)", "ของเขา"),
        ("ชื่อแบบสอบถาม (อังกฤษ)", "ของเขา"),
    }
    assert told["clashes"] == [] and told["merged"]["title"]["th"] == "ของเขา"
    assert told["merged"]["questions"][1]["label"]["th"] == "กี่วันต่อสัปดาห์"
    assert survey(offices).draft == theirs
    again = send(two, f"{PAGE}/draft", {"draft": told["merged"], "base": theirs, "revision": 1})
    assert again.status_code == 200 and survey(offices).draft["questions"][1]["label"]["th"] == "กี่วันต่อสัปดาห์"


@pytest.mark.parametrize("draft", [None, [], "x", {"title": "ก" * 200_000}])
def test_what_is_no_draft_is_refused_with_a_reason_and_nothing_is_saved(office: Office, draft: Any) -> None:
    lab = office.officer(Role.LAB, ["road-safety"])
    for path in ("draft", "look"):
        answer = send(lab, f"{PAGE}/{path}", {"draft": draft, "revision": 0})
        assert answer.status_code == 422 and "ไม่มีอะไรถูกบันทึก" in answer.json["error"]  # type: ignore[index]
    assert send(lab, f"{PAGE}/draft", [1]).status_code == 422
    assert survey(office).draft == ROAD


def test_a_look_tells_problems_at_their_place_and_shows_the_messages(office: Office) -> None:
    lab = office.officer(Role.LAB, ["road-safety"])
    draft = deepcopy(ROAD)
    del draft["questions"][2]["label"]["en"]
    told: Any = send(lab, f"{PAGE}/look", {"draft": draft, "at": 2}).json
    assert [(each["where"], each["place"]) for each in told["problems"]] == [
        ("questions[2].label.en", "ข้อ 3 · ข้อความ (อังกฤษ)")
    ]
    assert all(each["text"] and each["mend"] for each in told["problems"])
    assert "เคยเกิดเหตุบนถนนกับคุณไหม" in told["shown"]["th"][0]["text"]
    assert survey(office).draft == ROAD


def test_an_imperfect_draft_is_not_published_and_says_what_to_mend(office: Office) -> None:
    lab = office.officer(Role.LAB, ["road-safety"])
    assert send(lab, f"{PAGE}/draft", {"draft": {"title": {"th": "ว่าง"}}, "revision": 0}).status_code == 200
    assert "ต้องแก้ก่อนเผยแพร่" in lab.get(PAGE).text
    page = lab.get(f"{PAGE}/publish").text
    assert "ยังเผยแพร่ไม่ได้" in page and "เผยแพร่เดี๋ยวนี้" not in page
    assert lab.post(f"{PAGE}/publish", {"revision": "1"}).status_code == 303
    with office.runtime.store.reading() as session:
        version = newest_version(session, survey(office).id)
    assert version is not None and version.number == 1
    assert lab.get("/console/surveys").status_code == 200 and lab.get(f"{PAGE}/history").status_code == 200


def test_a_draft_that_changed_since_it_was_seen_is_not_published(office: Office) -> None:
    lab = office.officer(Role.LAB, ["road-safety"])
    assert send(lab, f"{PAGE}/draft", {"draft": titled("ใหม่"), "revision": 0}).status_code == 200
    assert lab.post(f"{PAGE}/publish", {"revision": "0"}).headers["Location"].endswith("/publish")
    assert "มีคนอื่นบันทึกร่างนี้ไปก่อนแล้ว" in lab.get(f"{PAGE}/publish").text
    assert survey(office).title == ROAD["title"]


def test_who_is_answering_finishes_on_the_version_they_began(office: Office, clock: SetClock) -> None:
    lab = office.officer(Role.LAB, ["road-safety"])
    play = Play(office.runtime.store, clock(), Script({"ก่อนหน้า": "เพิ่มเพื่อนและยินยอม"}, []))
    person = play.people[PERSON]
    play.give(person, "postback", data="do=survey&s=road-safety-needs")
    changed = titled("รุ่นสอง")
    changed["questions"][1]["label"]["th"] = "ถามใหม่ทั้งข้อ"
    assert send(lab, f"{PAGE}/draft", {"draft": changed, "base": ROAD, "revision": 0}).status_code == 200
    page = lab.get(f"{PAGE}/publish").text
    assert "คนที่กำลังตอบอยู่ 1 คน" in page and "ถามใหม่ทั้งข้อ" in page
    assert lab.post(f"{PAGE}/publish", {"revision": "1"}).status_code == 303
    play.tap(person, "รถบรรทุก")
    assert ROAD["questions"][1]["label"]["th"] in person.seen[-1].text
    with office.runtime.store.reading() as session:
        assert [each.version.number for each in session.scalars(select(Interview))] == [1]
    assert "กำลังตอบ 1 คน" in lab.get(PAGE).text
    play.give(person, "postback", data="do=stop")


def test_it_is_archived_and_brought_back(office: Office) -> None:
    lab = office.officer(Role.LAB, ["road-safety"])
    assert "ไม่เห็นแบบสอบถามนี้" in lab.get(f"{PAGE}/archive").text
    assert lab.post(f"{PAGE}/archive").status_code == 303
    assert survey(office).state == SurveyState.ARCHIVED and "นำกลับมาใช้" in lab.get(PAGE).text
    assert lab.post(f"{PAGE}/bring-back").status_code == 303
    assert survey(office).state == SurveyState.DRAFT
    assert acts(office) == ["survey_archived", "survey_brought_back"]


def test_a_question_is_kept_for_the_project_and_for_nobody_else(office: Office) -> None:
    lab, other = office.officer(Role.LAB, ["road-safety"]), office.officer(Role.LAB, ["water-app"])
    kept = send(lab, f"{PAGE}/keep", {"question": ROAD["questions"][5]})
    assert kept.status_code == 200 and "show_if" not in kept.json["question"]  # type: ignore[index]
    label = ROAD["questions"][5]["label"]["th"]
    assert label in lab.get("/console/surveys/bank").text and label not in other.get("/console/surveys/bank").text
    with office.runtime.store.reading() as session:
        (number,) = session.scalars(select(SavedQuestion.id))
    assert other.post(f"/console/surveys/bank/{number}/forget").status_code == 404
    assert lab.post(f"/console/surveys/bank/{number}/forget").status_code == 303
    assert label not in lab.get("/console/surveys/bank").text
    assert acts(office) == ["question_kept", "question_forgotten"]
