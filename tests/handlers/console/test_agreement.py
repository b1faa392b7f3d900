"""The page that says how good the machine is."""

import pytest

from bot import entries
from bot.entries import Decision
from bot.store.accounts import Role
from bot.store.audit import By
from bot.store.entries import TagKind
from bot.store.labels import Verdict
from tests.bot.exports.filled import entry, tag
from tests.handlers.console.browsing import DESK, PHONE, Browsing, is_too_wide, violations
from tests.handlers.console.office import Office


@pytest.fixture
def checked(office: Office) -> Office:
    with office.runtime.store.transaction() as session:
        made = entry(session, "ค่าธรรมเนียมแพง", project="road-safety")
        tag(made, "topic", "service.cost")
        session.flush()
        accepted = Decision(TagKind.TOPIC, "service.cost", None, Verdict.ACCEPTED)
        entries.decide_tag(session, made, accepted, By("account:1", office.runtime.clock()))
    return office


def test_numbers_with_their_bounds_for_those_who_may_see_them(checked: Office) -> None:
    page = checked.officer(Role.OFFICIAL, ["road-safety"]).get("/console/agreement").text
    assert "100 %" in page and "21–100 %" in page and "n = 1" in page and "corrections.jsonl" not in page
    assert "n = 1" not in checked.officer(Role.OFFICIAL, ["water-app"]).get("/console/agreement").text
    admin = checked.officer()
    assert "n = 1" not in admin.get("/console/agreement?project=water-app").text
    assert "corrections.jsonl" in admin.get("/console/agreement?project=road-safety").text


@pytest.mark.parametrize(("width", "dark"), [(PHONE, True), (DESK, False)], ids=["phone-dark", "desk-light"])
def test_everybody_can_read_it(checked: Office, browsing: Browsing, width: int, dark: bool) -> None:
    for path in ("agreement", "help/agreement"):
        page = browsing.open(checked.officer(), f"/console/{path}", width, dark)
        assert (violations(page), is_too_wide(page)) == ([], False), path
