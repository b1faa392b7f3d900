"""The demo's invented citizens: that they are all heard, that they are invented, and that they come once."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest

from bot.dates import BANGKOK
from bot.demo import DAYS, EVERYTHING, SPAN, file_voices, sheets, voices
from bot.exports.exporting import Order, export
from bot.seed import SAMPLES, sample, sample_projects, seed
from bot.store.base import Session, Store
from bot.store.bulk import newest_entry
from bot.store.entries import Entry
from bot.store.migrating import migrate
from bot.store.projects import all_projects
from bot.store.tallies import Span, counted
from bot.store.themes import entries_of, insights_of, themes_of
from nlp.language import language

AT = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
WRITTEN = "\n".join(path.read_text(encoding="utf-8") for path in sorted((SAMPLES / "voices").glob("*.yaml")))


def filled(folder: Path) -> Store:
    store = Store(f"sqlite:///{folder / 'demo.sqlite3'}")
    migrate(store)
    with store.transaction() as session:
        seed(session, AT - SPAN)
    return store


def entries(session: Session) -> list[Entry]:
    found = [session.get(Entry, number) for number in range(1, newest_entry(session) + 1)]
    return [each for each in found if each is not None]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    store = filled(tmp_path_factory.mktemp("demo"))
    assert file_voices(store, AT) == len(voices()) + len(sheets())
    yield store
    store.close()


def test_every_voice_is_filed_where_it_was_meant(demo: Store) -> None:
    with demo.reading() as session:
        filed = Counter((each.project.slug if each.project else "none", each.text) for each in entries(session))
    assert Counter((each.about, each.text) for each in voices()) <= filed


def test_all_projects_are_spoken_of_in_all_languages() -> None:
    assert {each.about for each in voices()} == {each.slug for each in sample_projects()} | {"none"}
    assert {language(each.text) for each in voices()} == {"th", "en", "my", "km", "lo"}
    assert len({each.text for each in voices()}) == len(voices())


def test_every_survey_is_answered_to_its_end_but_where_somebody_falls_silent(demo: Store) -> None:
    with demo.reading() as session:
        filed = Counter(each.partial for each in entries(session) if each.survey_id is not None)
        answers = [answer for each in entries(session) for answer in each.answers]
    assert filed == Counter(bool(each.leaves_at) for each in sheets())
    assert {"select_one", "select_multiple", "rating", "yes_no", "number", "date", "text", "location"} <= {
        each.kind for each in answers if each.status == "answered"
    }


def test_they_spoke_in_the_daytime_of_the_last_weeks_in_order(demo: Store) -> None:
    with demo.reading() as session:
        moments = [each.filed_at.astimezone(BANGKOK) for each in entries(session) if each.survey_id is None]
    assert moments == sorted(moments)
    assert AT - timedelta(days=DAYS + 2) < moments[0] < AT - timedelta(days=DAYS - 5)
    assert AT - timedelta(days=1) < moments[-1] < AT
    assert all(time(7) <= each.time() < time(21) for each in moments)


def test_each_demo_is_alike_and_the_voices_come_once(demo: Store, tmp_path: Path) -> None:
    def told(store: Store) -> list[tuple[object, ...]]:
        with store.reading() as session:
            return [
                (each.text, each.filed_at, each.status, each.language, [answer.value for answer in each.answers])
                for each in entries(session)
            ]

    other = filled(tmp_path)
    file_voices(other, AT)
    before = told(other)
    assert before == told(demo)
    assert file_voices(other, AT + timedelta(days=3)) == 0
    assert told(other) == before
    other.close()


def test_officials_have_begun_their_work(demo: Store) -> None:
    with demo.reading() as session:
        assert {each.status for each in entries(session)} == {"new", "in_review", "used", "closed"}
        projects = [each.id for each in all_projects(session)]
        insights = insights_of(session, projects)
        assert Counter(each.state for each in insights) == {"found": 1, "decided": 1, "done": 1}
        assert all(entries_of(session, each.id, EVERYTHING) for each in insights)
        assert all(themes_of(session, each) for each in projects)


def test_the_pictures_count_them_all(demo: Store) -> None:
    with demo.reading() as session:
        parts = counted(session, EVERYTHING, Span()).values()
        kinds = sum((number for part in parts for (facet, *_), number in part.items() if facet == "kind"), 0)
    assert kinds == len(voices()) + len(sheets())


def test_no_number_written_could_be_somebodys() -> None:
    digits = [re.sub(r"\D", "", each) for each in re.findall(r"(?<![\d.])\d[\d -]{7,}\d", WRITTEN)]
    phones = [each for each in digits if len(each) == 10]
    ids = [each for each in digits if len(each) == 13]
    assert len(phones) >= 4 and len(ids) >= 1 and len(phones) + len(ids) == len(digits)
    assert all(re.fullmatch(r"0[89]\d000\d{4}", each) for each in phones)
    for each in ids:
        weighed = sum(int(digit) * weight for digit, weight in zip(each[:12], range(13, 1, -1), strict=True))
        assert int(each[12]) != (11 - weighed % 11) % 10
    assert all(each.endswith("@example.com") for each in re.findall(r"\S+@\S+", WRITTEN))


def test_what_is_personal_is_masked_on_its_way_out(demo: Store, tmp_path: Path) -> None:
    out = tmp_path / "entries.csv"
    export(demo, lambda: AT, Order("csv", "demo"), out, lambda filed, _: iter(filed))
    masked = out.read_text(encoding="utf-8-sig")
    assert not re.search(r"0\d\d-000-\d{4}|0000-00000|example\.com|ใจดี เ", masked)
    assert {"[เบอร์โทร]", "[เลขบัตรประชาชน]", "[ชื่อบุคคล]", "[อีเมล]"} <= set(re.findall(r"\[[^\]]+\]", masked))


@pytest.mark.parametrize("level", ["soon", "crisis"])
def test_some_cannot_wait(demo: Store, level: str) -> None:
    with demo.reading() as session:
        assert sum(each.urgency == level for each in entries(session)) >= 2


def test_the_officials_words_find_their_entries() -> None:
    told = sample("voices/officials.yaml")
    for note in told["notes"]:
        assert any(all(word in each.text for word in note["holds"]) for each in voices()), note
