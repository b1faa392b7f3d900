"""Themes and insights: grouped by machine, corrected by people, kept apart by rights."""

import pytest
from sqlalchemy import select

from bot import themes
from bot.store.accounts import Role
from bot.store.entries import Entry
from bot.store.projects import project_by_slug
from bot.store.themes import Insight, Theme, ThemeEntry, themes_of
from tests.handlers.console.browsing import Browsing, is_too_wide, violations
from tests.handlers.console.office import Office
from tests.handlers.console.test_entries import filed, official

DARK = (
    "ถนนหน้าโรงเรียนมืดมาก ไม่มีไฟทาง",
    "ซอยบ้านมืด ไฟถนนเสียมาหลายเดือน",
    "ไฟทางดับทั้งเส้น ขับรถกลางคืนน่ากลัว",
    "แยกนี้มืดไม่มีไฟส่องสว่าง",
)
FAST = ("รถบรรทุกขับเร็วมากผ่านตลาด", "รถกระบะซิ่งเร็วหน้าหมู่บ้าน", "รถตู้ขับเร็วเกินกำหนดทุกวัน", "เด็กแว้นซิ่งรถเร็วตอนกลางคืน")


def grouped(office: Office) -> list[Theme]:
    """Eight entries of the road project, grouped."""
    for text in (*DARK, *FAST):
        filed(office, text)
    return group(office)


def group(office: Office) -> list[Theme]:
    with office.runtime.store.transaction() as session:
        project = project_by_slug(session, "road-safety")
        assert project and themes.is_due(session, project)
        themes.group(session, project, office.runtime.clock())
        assert not themes.is_due(session, project)
        return [each for each in themes_of(session, project.id) if each.merged_into is None]


def members(office: Office, theme: int) -> set[int]:
    with office.runtime.store.reading() as session:
        return set(session.scalars(select(ThemeEntry.entry_id).where(ThemeEntry.theme_id == theme)))


def test_every_entry_is_in_one_theme_and_shown_with_quotes(offices: Office) -> None:
    found = grouped(offices)
    assert found
    with offices.runtime.store.reading() as session:
        placed = list(session.scalars(select(ThemeEntry.entry_id)))
        entries = list(session.scalars(select(Entry.id)))
    assert len(placed) == len(set(placed)) and set(placed) <= set(entries)
    page = official(offices).get("/console/themes?project=road-safety").text
    assert all(each.name in page for each in found if members(offices, each.id))


def test_what_people_did_stands_when_the_machine_groups_anew(office: Office) -> None:
    first = grouped(office)[0]
    person = official(office)
    chosen = sorted(members(office, first.id))[:1]
    assert person.post(f"/console/themes/{first.id}", {"act": "rename", "name": "ถนนของเรา"}).status_code == 303
    data = {"act": "split", "split_name": "เรื่องเฉพาะ", "entry": str(chosen[0])}
    assert person.post(f"/console/themes/{first.id}", data).status_code == 303
    filed(office, "ถนนมืดอีกแล้ว ไฟทางดับหน้าโรงเรียน")
    names = {each.name: each.id for each in group(office)}
    assert {"ถนนของเรา", "เรื่องเฉพาะ"} <= set(names)
    assert members(office, names["เรื่องเฉพาะ"]) == set(chosen)


def test_a_merged_theme_goes_on_in_the_other(office: Office) -> None:
    found = grouped(office)
    with office.runtime.store.transaction() as session:
        at = office.runtime.clock()
        other = Theme(
            project_id=found[0].project_id, key="other", name="อีกประเด็น", named_by="machine", terms={}, born_at=at
        )
        session.add(other)
        session.flush()
        target = other.id
    before = members(office, found[0].id)
    assert (
        official(office).post(f"/console/themes/{found[0].id}", {"act": "merge", "into": str(target)}).status_code
        == 303
    )
    assert members(office, target) == before
    filed(office, DARK[0])
    group(office)
    assert members(office, found[0].id) == set() and before <= members(office, target)


def test_nonsense_is_told_in_thai_and_changes_nothing(office: Office) -> None:
    found, person = grouped(office)[0], official(office)
    refused = (
        ({"act": "rename", "name": " "}, "ตั้งชื่อประเด็น 1 ถึง"),
        ({"act": "split", "split_name": "x"}, "เลือกเรื่องที่จะแยกออก"),
        ({"act": "merge", "into": str(found.id)}, "รวมได้เฉพาะกับประเด็นอื่น"),
    )
    for data, why in refused:
        assert why in person.post(f"/console/themes/{found.id}", data, follow_redirects=True).text
    with office.runtime.store.reading() as session:
        assert session.get_one(Theme, found.id).name == found.name


def test_a_theme_becomes_an_insight_and_its_entries_are_used(office: Office) -> None:
    found, person = grouped(office)[0], official(office)
    entry = sorted(members(office, found.id))[0]
    card = {"theme": str(found.id), "title": "ไฟทางเสีย", "finding": "สี่เรื่องจากสองซอย", "entry": str(entry)}
    where = person.post("/console/insights/new", card).headers["Location"]
    assert "ไฟทางเสีย" in person.get(where).text
    with office.runtime.store.reading() as session:
        assert session.get_one(Entry, entry).status == "used"
        (insight,) = session.scalars(select(Insight))
    more = {"title": "ไฟทางเสีย", "finding": "x", "decision": "เทศบาลซ่อมภายในเดือน", "revision": str(insight.revision)}
    person.post(where, more)
    told = person.post(where, more, follow_redirects=True).text
    assert "มีคนแก้ข้อค้นพบนี้ไปก่อนแล้ว" in told
    with office.runtime.store.reading() as session:
        assert session.get_one(Insight, insight.id).state == "decided"


@pytest.mark.parametrize(
    "path", ["themes/{theme}", "insights/{insight}", "insights/new?theme={theme}", "themes?project=road-safety"]
)
def test_another_projects_themes_do_not_exist(office: Office, path: str) -> None:
    found, person = grouped(office)[0], official(office)
    card = {"theme": str(found.id), "title": "x", "finding": "y"}
    insight = person.post("/console/insights/new", card).headers["Location"].rpartition("/")[2]
    address = "/console/" + path.format(theme=found.id, insight=insight)
    assert person.get(address).status_code == 200
    assert office.officer(Role.OFFICIAL, ["water-app"]).get(address).status_code == 404


@pytest.mark.parametrize("width", [390, 1280])
def test_the_pages_can_be_used_by_everyone(browsing: Browsing, width: int) -> None:
    found, person = grouped(browsing.office)[0], official(browsing.office)
    card = {"theme": str(found.id), "title": "ไฟทางเสีย", "finding": "สี่เรื่อง"}
    insight = person.post("/console/insights/new", card).headers["Location"]
    for path in (
        "/console/themes",
        f"/console/themes/{found.id}",
        "/console/insights",
        insight,
        f"/console/insights/new?theme={found.id}",
    ):
        page = browsing.open(person, path, width)
        assert violations(page) == [], path
        assert not is_too_wide(page), path
