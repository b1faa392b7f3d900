"""The main job, end to end: words on LINE become tagged entries, over HTTP with LINE's own SDK, on both databases."""

from sqlalchemy import select

from bot.store.entries import Entry
from bot.store.people import Consent
from tests.handlers.town import Town, words


def entries(here: Town) -> list[Entry]:
    with here.runtime.store.reading() as session:
        found = list(session.scalars(select(Entry).order_by(Entry.id)))
        for each in found:
            _ = each.tags, each.answers, each.project  # loaded while the session is open
        return found


def test_free_words_become_a_tagged_entry_in_the_right_project(here: Town) -> None:
    citizen = here.citizen(agreed=True)
    said = words(citizen.says("ถนนหน้าโรงเรียนมืดมาก รถชนกันบ่อย กลัวลูกโดนรถชน จ.เชียงใหม่"))
    (entry,) = entries(here)
    assert entry.project and entry.project.slug == "road-safety"
    assert entry.number in said
    assert entry.sentiment == "neg"
    assert entry.province == "เชียงใหม่"
    assert any(tag.kind == "topic" for tag in entry.tags)


def test_nothing_is_stored_before_the_yes(here: Town) -> None:
    citizen = here.citizen()
    citizen.follow()
    citizen.says("น้ำไม่ไหลมาสามวันแล้ว")
    assert entries(here) == []
    with here.runtime.store.reading() as session:
        assert session.scalars(select(Consent)).all() == []
        bodies = session.connection().exec_driver_sql("SELECT body FROM inbox_events").scalars().all()
    assert set(bodies) == {""}
    citizen.taps("ยินยอม")
    with here.runtime.store.reading() as session:
        (consent,) = session.scalars(select(Consent))
    assert consent.given and consent.version and consent.at == here.runtime.clock()


def test_an_unsent_message_leaves_no_word_behind(here: Town) -> None:
    citizen = here.citizen(agreed=True)
    citizen.says("รถเมล์สาย 8 ขับเร็วมาก เกือบชนคนข้ามถนน")
    citizen.unsends()
    (entry,) = entries(here)
    assert (entry.text, entry.masked, entry.tags, entry.status) == ("", "", [], "withdrawn")
    with here.runtime.store.reading() as session:
        for table in ("inbox_events", "deliveries", "entries", "entry_events", "audit_events"):
            rows = session.connection().exec_driver_sql(f"SELECT * FROM {table}").all()
            assert "รถเมล์" not in str(rows), table
