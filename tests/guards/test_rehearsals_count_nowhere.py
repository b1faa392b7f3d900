"""Rehearsals count nowhere: whatever is shown, counted, exported or answered is the same with them and without."""

import json
import re
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from bot.exports.exporting import Order, export
from bot.keys import make
from bot.rehearsals import inviting
from bot.store.accounts import Role
from bot.store.base import Store
from bot.store.seeking import Sought, count
from bot.store.sight import Sight
from bot.store.surveys import survey_by_slug
from bot.store.tallies import roll
from tests.bot.rehearsals.chatting import Chatter
from tests.conftest import SetClock
from tests.crowd import Crowd
from tests.handlers.console.office import Office, Officer
from tests.handlers.console.office import office as opened

SURVEY, PROJECT, LAB = "road-safety-needs", "road-safety", "U" + "a" * 32
WHOLE = ("จักรยาน", "3", "ไม่เกิด", "ไม่ใช่", "4", "ถนนมืดมาก รถชนกันบ่อย", "ไม่ขอตอบ")
# What tells of rehearsals themselves: their own pages, and the trail of who asked for them.
OF_REHEARSALS = ("console.rehearsals.", "console.audit.")
GIVEN = {"project": PROJECT, "survey": SURVEY}
# A token; and up to which row the queue was shown, of which `fresh` (asked below) counts what may be seen.
CHANGING = re.compile(
    r'name="csrf_token" value="[^"]+"|<meta name="csrf"[^>]*>|&#34;csrf&#34;: &#34;[^&]+'
    r'|fresh\?last=\d+|name="last" value="\d+"'
)


@pytest.fixture
def office(store: Store, clock: SetClock, tmp_path: Path) -> Office:
    """An office with entries, on both databases."""
    Crowd(store, clock(), 80).fill()
    return opened(store, clock, tmp_path)


def pages(office: Office, officer: Officer) -> dict[str, str]:
    """Every page of the console that can be opened without knowing a number."""
    shown = {}
    rules = [each for each in office.app.url_map.iter_rules() if "GET" in (each.methods or ())]
    for rule in rules:
        own = rule.endpoint.startswith("console.") and not rule.endpoint.startswith(OF_REHEARSALS)
        if own and rule.arguments <= GIVEN.keys():
            _, path = rule.build({name: GIVEN[name] for name in rule.arguments}) or ("", "")
            shown[path] = _read(officer.get(path).get_data())
    shown["fresh"] = _read(officer.get("/console/queue/fresh?last=0").get_data())
    return shown


def _read(body: bytes) -> str:
    """A page without what changes with every request; of a spreadsheet, which bears the hour, its cells."""
    if body.startswith(b"PK"):
        sheets = openpyxl.load_workbook(BytesIO(body)).worksheets
        return "\n".join(str(row) for sheet in sheets for row in sheet.iter_rows(values_only=True))
    return CHANGING.sub("", body.decode())


def answers(office: Office, secret: str) -> dict[str, Any]:
    """What the API answers."""
    client = office.app.test_client()
    told = {"Authorization": f"Bearer {secret}"}
    return {path: client.get(f"/api/v1{path}", headers=told).json for path in ("/entries", "/projects", "/surveys")}


def exported(office: Office, folder: Path) -> dict[str, str]:
    """Exports of everything, and of the survey."""
    files = {}
    for name, sought in (("all", Sought()), ("survey", Sought(surveys=(SURVEY,)))):
        path = folder / f"{name}.csv"
        export(
            office.runtime.store, office.runtime.clock, Order("csv", "test", sought), path, lambda filed, _total: filed
        )
        files[name] = path.read_text(encoding="utf-8-sig")
    return files


def counted(store: Store) -> int:
    with store.transaction() as session:
        roll(session)
        return count(session, Sought(), Sight(None, unsorted=True))


def rehearse(office: Office, officer: Officer) -> None:
    """A made-up citizen goes through the draft and says more; the lab's own LINE answers, and leaves it half-way."""
    store, clock = office.runtime.store, office.runtime.clock
    assert officer.account
    with store.transaction() as session:
        survey = survey_by_slug(session, SURVEY)
        assert survey
        own = inviting.invite(session, survey, officer.account, clock())
        made_up = inviting.invite(session, survey, officer.account, clock(), citizen=True)
    nobody, lab = Chatter(store, clock, made_up.citizen), Chatter(store, clock, LAB)
    nobody.follows()
    nobody.says(f"ทดสอบ-{made_up.code}")
    nobody.taps("ยินยอม")
    nobody.says("แฟนเอามีดมาขู่จะฆ่า ช่วยด้วย", "ทำต่อ", *WHOLE, "ส่งคำตอบ", "ถนนหน้าโรงเรียนมืดมาก รถชนกันบ่อย")
    nobody.starts(SURVEY)
    nobody.says(*WHOLE, "ส่งคำตอบ")
    lab.says(f"ทดสอบ-{own.code}", *WHOLE, "ส่งคำตอบ", f"ทดสอบ-{own.code}", "จักรยาน", "หยุดก่อน")


def test_nothing_shown_or_counted_changes(office: Office, tmp_path: Path) -> None:
    store, officer = office.runtime.store, office.officer(Role.ADMIN)
    assert officer.account
    with store.transaction() as session:
        _, secret = make(session, officer.account, "ลอง", {PROJECT}, office.runtime.clock())
    office.runtime.settings.data_dir.joinpath("rehearsed").mkdir()

    def everything() -> dict[str, Any]:
        return {
            "count": counted(store),
            **exported(office, tmp_path),
            **answers(office, secret),
            **pages(office, officer),
        }

    Chatter(store, office.runtime.clock, LAB).agrees()  # the lab's own LINE is a contact like any other
    everything()  # the first call of a key is noted beside it
    before = everything()
    rehearse(office, officer)
    with store.reading() as session:
        rehearsals = session.connection().exec_driver_sql("SELECT count(*) FROM entries WHERE rehearsal").scalar()
    assert rehearsals == 5
    after = everything()
    differing = [name for name in before if before[name] != after[name]]
    assert differing == [], json.dumps(
        {name: _first(before[name], after[name]) for name in differing}, ensure_ascii=False
    )


def _first(one: Any, other: Any) -> list[str]:
    """The first lines that differ."""
    pairs = zip(str(one).splitlines(), str(other).splitlines(), strict=False)
    return next(([a, b] for a, b in pairs if a != b), [])
