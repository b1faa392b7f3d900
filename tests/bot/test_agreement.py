"""Agreement of the machine with people, and what it may learn from them."""

import io
import json
from pathlib import Path

import pytest

from bot import agreement, entries
from bot.agreement import Figures, Share
from bot.entries import Decision
from bot.rights import project_seen
from bot.store.accounts import Account, Role
from bot.store.audit import By
from bot.store.base import Session, Store
from bot.store.entries import Entry, TagKind
from bot.store.labels import Label, Verdict
from bot.store.sight import Sight
from nlp.training.corrections import read_corrections
from tests.bot.exports.filled import FILED, entry, tag
from tests.conftest import SetClock

EVERYTHING = Sight(None, unsorted=True)
FEE, WAIT = "service.cost", "service.waiting"


@pytest.mark.parametrize(
    ("part", "n", "low", "high"),
    [(0, 0, 0, 1), (5, 5, 0.5655, 1), (0, 10, 0, 0.2775), (81, 263, 0.2553, 0.3662)],  # the last: Newcombe (1998)
)
def test_wilsons_interval(part: int, n: int, low: float, high: float) -> None:
    assert Share(part, n).bounds == pytest.approx((low, high), abs=1e-4)


def decided(session: Session, label: tuple[TagKind, str], verdict: Verdict, machine: str = "") -> Entry:
    """An entry whose one tag of the machine, if any, somebody decided on."""
    kind, named = label
    made = entry(session, f"ข้อความ {named} {verdict} {machine}", project="road-safety", sentiment="neg")
    if machine:
        tag(made, kind, machine)
        session.flush()
    entries.decide_tag(session, made, Decision(kind, named, None, verdict), By("account:1", FILED))
    return made


def test_decisions_become_figures(store: Store) -> None:
    with store.transaction() as session:
        for _ in range(3):
            decided(session, (TagKind.TOPIC, FEE), Verdict.ACCEPTED, FEE)
        decided(session, (TagKind.TOPIC, FEE), Verdict.REJECTED, FEE)
        decided(session, (TagKind.TOPIC, FEE), Verdict.ADDED, WAIT)
        decided(session, (TagKind.SENTIMENT, "pos"), Verdict.ADDED)
        decided(session, (TagKind.SENTIMENT, "neg"), Verdict.ACCEPTED)
    with store.reading() as session:
        seen = agreement.outcomes(session, EVERYTHING)
        foreign = agreement.outcomes(session, Sight(frozenset()))
    found = agreement.grouped(seen, lambda each: each.tag)
    assert found[Label("topic", FEE)] == Figures(3, 1, 1)
    assert found[Label("sentiment", "neg")] == Figures(1, 1, 0)
    assert found[Label("sentiment", "pos")] == Figures(0, 0, 1)
    assert found[Label("topic", FEE)].precision == Share(3, 4)
    assert list(agreement.grouped(seen, lambda each: each.month)) == ["2026-11"]
    assert foreign == []


def test_what_a_person_added_and_took_away_says_nothing_of_the_machine(store: Store, clock: SetClock) -> None:
    with store.transaction() as session:
        made = decided(session, (TagKind.TOPIC, FEE), Verdict.ADDED)
        gone = Decision(TagKind.TOPIC, FEE, None, Verdict.REJECTED)
        entries.decide_tag(session, made, gone, By("account:1", clock()))
    with store.reading() as session:
        assert agreement.outcomes(session, EVERYTHING) == []


def test_corrections_are_what_training_reads_and_masked(store: Store, clock: SetClock, tmp_path: Path) -> None:
    with store.transaction() as session:
        account = Account(name="ก", email="a@example.org", role=Role.ADMIN, created_at=clock())
        session.add(account)
        session.flush()
        made = decided(session, (TagKind.TOPIC, FEE), Verdict.ADDED, WAIT)
        made.text, made.masked = "โทร 0812345678 ค่าธรรมเนียมแพง", "โทร [เบอร์โทร] ค่าธรรมเนียมแพง"
        loose = entry(session, "ถนนมืด")
        road = project_seen(session, EVERYTHING, "road-safety")
        entries.move(session, loose, road, By(account.actor, clock()))
        entry(session, "ไม่มีใครแก้", project="road-safety")
    out = io.StringIO()
    with store.reading() as session:
        assert agreement.write_corrections(session, out) == {"topics": 1, "routing": 1}
    assert [json.loads(line) for line in out.getvalue().splitlines()] == [
        {"kind": "topics", "text": "โทร [เบอร์โทร] ค่าธรรมเนียมแพง", "right": [FEE, WAIT]},
        {"kind": "routing", "text": "ถนนมืด", "right": "road-safety"},
    ]
    path = tmp_path / "corrections.jsonl"
    path.write_text(out.getvalue(), encoding="utf-8")
    assert [len(read_corrections(path, kind)) for kind in ("topics", "routing")] == [1, 1]


def test_the_models_cards_are_read() -> None:
    found = {each["task"]: each["figures"] for each in agreement.cards()}
    assert {"sentiment", "routing"} <= found.keys()
    assert all(0 < value <= 1 for value in found["sentiment"].values())
