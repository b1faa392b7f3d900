"""Search words: what a query asks for, and that words which are taken back leave no trace in the index."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.filing import file_words, take_back
from bot.privacy import erase
from bot.store.base import Store
from bot.store.people import Contact
from bot.store.search import FTS, asked_words, token
from bot.store.seeking import Sought, count
from bot.store.sight import Sight

AT = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
ALL = Sight(None, unsorted=True)


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("รถเมล์", [("รถเมล์", True)]),
        ("แรงงานต่างด้าว", [("แรงงาน", True), ("ต่างด้าว", True)]),
        ("app ใช้ยาก", [("app", False), ("ยาก", True)]),
        ("wifi", [("wifi", True)]),
        ("ที่", []),
        ("081-234-5678", []),
        ("", []),
    ],
)
def test_what_a_query_asks_for(query: str, words: list[tuple[str, bool]]) -> None:
    assert asked_words(query) == words


@pytest.mark.parametrize("word", ["รถ", "app", "🚗", "ก" * 40])
def test_a_token_is_opaque_and_keeps_how_a_word_begins(word: str) -> None:
    assert token(word).isascii() and token(word).isalnum()
    assert token(word + "ๆ").startswith(token(word))


@pytest.mark.parametrize("by", ["unsend", "erase"])
def test_words_taken_back_are_not_in_the_file_any_more(sqlite_url: str, by: str) -> None:
    store = Store(sqlite_url)
    with store.transaction() as session:
        contacts = [Contact(line_id=each, first_seen_at=AT, last_seen_at=AT) for each in ("U1", "U2")]
        session.add_all(contacts)
        session.flush()
        for contact in contacts:
            file_words(session, contact, "ช้างเผือกเดินขบวน" if contact.line_id == "U1" else "รถเมล์ช้า", "m", AT)
        leaver = contacts[0].id
    assert token("ช้างเผือก") in whole(store, sqlite_url)
    with store.transaction() as session:
        contact = session.get_one(Contact, leaver)
        take_back(session, contact, "m", AT) if by == "unsend" else erase(session, contact, AT)
    with store.reading() as session:
        assert [count(session, Sought(text=each), ALL) for each in ("ช้างเผือก", "รถเมล์")] == [0, 1]
        session.execute(text(f"INSERT INTO {FTS} ({FTS}) VALUES ('integrity-check')"))
    assert token("ช้างเผือก")[:24] not in whole(store, sqlite_url)
    store.close()


def whole(store: Store, url: str) -> str:
    """Everything the database's file holds, its log folded in; the index keeps tokens as text."""
    with store.at_once() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    return Path(url.removeprefix("sqlite:///")).read_bytes().decode("latin-1")
