"""Which entries go out, and to whom it is noted: on both databases."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.errors import Refused
from bot.privacy import erase
from bot.store.audit import AuditEvent
from bot.store.exporting import Wanted, extent, stream
from bot.store.people import Contact
from tests.bot.exports.conftest import Desk
from tests.bot.exports.filled import FILED, answered, contact, entry

MIDNIGHT = datetime(2026, 11, 19, 17, 0, tzinfo=UTC)  # 20 November, 0:00 in Bangkok


def texts(rows: list[dict[str, Any]]) -> list[str]:
    return [row["text"] for row in rows]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, ["ก่อน", "แรก", "สุดท้าย", "หลัง"]),
        ({"since": date(2026, 11, 20)}, ["แรก", "สุดท้าย", "หลัง"]),
        ({"until": date(2026, 11, 20)}, ["ก่อน", "แรก", "สุดท้าย"]),
        ({"since": date(2026, 11, 20), "until": date(2026, 11, 20)}, ["แรก", "สุดท้าย"]),
        ({"since": date(2026, 11, 22)}, []),
    ],
)
def test_days_are_those_of_bangkok_and_both_included(desk: Desk, asked: dict[str, Any], expected: list[str]) -> None:
    moment = timedelta(microseconds=1)
    with desk.store.transaction() as session:
        entry(session, "ก่อน", filed_at=MIDNIGHT - moment)
        entry(session, "แรก", filed_at=MIDNIGHT)
        entry(session, "สุดท้าย", filed_at=MIDNIGHT + timedelta(days=1) - moment)
        entry(session, "หลัง", filed_at=MIDNIGHT + timedelta(days=1))
    assert texts(desk.csv(**asked)) == expected


def test_only_what_was_asked_for(desk: Desk) -> None:
    with desk.store.transaction() as session:
        entry(session, "ถนน", project="road-safety")
        entry(session, "น้ำ", project="water-app")
        answered(session, "road-safety-needs", {}, text="สำรวจ", masked="สำรวจ", project="road-safety")
        entry(session, "ซ้อม", project="road-safety", rehearsal=True)
        entry(session, "", project="road-safety", status="withdrawn")
        entry(session, "ยังไม่มีโครงการ")
    assert texts(desk.jsonl()) == ["ถนน", "น้ำ", "สำรวจ", "ยังไม่มีโครงการ"]
    assert texts(desk.jsonl(project="road-safety")) == ["ถนน", "สำรวจ"]
    assert texts(desk.jsonl(survey="road-safety-needs")) == ["สำรวจ"]
    assert texts(desk.jsonl(project="water-app", survey="road-safety-needs")) == []


def test_erased_people_are_absent(desk: Desk) -> None:
    with desk.store.transaction() as session:
        gone = contact(session)
        entry(session, "ของคนที่ขอลบ", contact_id=gone.id)
        entry(session, "ของคนอื่น")
    with desk.store.transaction() as session:
        erase(session, session.get_one(Contact, gone.id), FILED)
    assert texts(desk.csv()) == ["ของคนอื่น"]


def test_pages_join_without_gap_or_overlap(desk: Desk) -> None:
    with desk.store.transaction() as session:
        for number in range(10):
            answered(session, "road-safety-needs", {"story": {"words": f"เรื่อง {number}"}})
    with desk.store.reading() as session:
        _, last = extent(session, Wanted())
        found = [each.answers["story"].words for each in stream(session, Wanted(), last, page_size=3)]
    assert found == [f"เรื่อง {number}" for number in range(10)]


def test_what_comes_in_meanwhile_waits_for_the_next_export(desk: Desk) -> None:
    with desk.store.transaction() as session:
        entry(session, "ก่อน")
    with desk.store.reading() as session:
        total, last = extent(session, Wanted())
        with desk.store.transaction() as other:
            entry(other, "ระหว่าง")
        assert [each.entry.text for each in stream(session, Wanted(), last)] == ["ก่อน"]
    assert total == 1


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"project": "no-such"}, "export.no_such_project"),
        ({"survey": "no-such"}, "export.no_such_survey"),
    ],
)
def test_the_unknown_is_refused(desk: Desk, asked: dict[str, str], code: str) -> None:
    with pytest.raises(Refused) as refused:
        desk.take("csv", **asked)
    assert refused.value.code == code
    assert not list(desk.folder.glob("out*"))


@pytest.mark.parametrize(
    ("purpose", "noted"), [("", ""), ("  ", ""), (" ตรวจตามคำร้อง 12/2569 ", "ตรวจตามคำร้อง 12/2569")]
)
def test_who_took_what_is_noted(desk: Desk, purpose: str, noted: str) -> None:
    with desk.store.transaction() as session:
        entry(session, "ถนน", project="road-safety")
    desk.take("csv", project="road-safety", since=date(2026, 1, 1), purpose=purpose)
    with desk.store.reading() as session:
        event = session.scalars(select(AuditEvent)).one()
    assert (event.actor, event.act, event.at) == ("official", "exported", desk.clock())
    assert event.facts == {
        "format": "csv",
        "entries": 1,
        "purpose": noted,
        "filter": "project=road-safety&since=2026-01-01",
        "searched": False,
    }
