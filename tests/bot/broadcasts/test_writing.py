"""A broadcast is written, checked, and approved by a second person; who may do what."""

from datetime import timedelta

import pytest

from bot.broadcasts import deciding, invitations, telling, writing
from bot.errors import Refused
from bot.line.outbound import FLEX_BYTES
from bot.problems import mend, sentence
from bot.store.accounts import Role
from bot.store.base import Store
from bot.store.broadcasts import BroadcastState
from bot.wording import LANGUAGES
from handlers.standin.checks import bodies
from tests.bot.broadcasts.office import AT, NOON, OTHER, SURVEY, WORDING, account, approved, draft


def test_a_draft_may_be_unfinished_but_is_not_submitted(store: Store) -> None:
    with store.transaction() as session:
        lab = account(session)
        made = writing.create(session, lab, draft(survey="", wordings=()), AT)
        found = writing.problems(made, NOON)
        assert {each.code for each in found} == {"broadcast_survey_missing", "broadcast_wording_missing"}
        assert all(sentence(each, "th") and mend(each, "en") for each in found)
        with pytest.raises(Refused, match=r"broadcast\.unfinished"):
            writing.submit(session, lab, made, AT)
        assert made.state == BroadcastState.DRAFT


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"wordings": (WORDING, WORDING)}, "broadcast_wordings_same"),
        ({"wordings": ({"title": {"en": "Only English"}, "text": {"en": "words"}},)}, "broadcast_thai_missing"),
        ({"wordings": ({**WORDING, "title": {"th": "ก" * 61}},)}, "broadcast_text_long"),
        ({"wordings": ({**WORDING, "title": {"th": "ก"}},)}, "broadcast_text_missing"),
        ({"link": "http://example.org"}, "broadcast_link"),
        ({"send_at": NOON - timedelta(minutes=1)}, "broadcast_past"),
        ({"repeat": "weekly"}, "broadcast_endless"),
        ({"repeat": "weekly", "repeat_until": NOON}, "broadcast_ends_before"),
        ({"survey": "water-app-needs"}, "broadcast_survey_elsewhere"),
    ],
)
def test_what_must_be_mended_is_told(sqlite_url: str, facts: dict, code: str) -> None:
    with Store(sqlite_url).transaction() as session:
        made = writing.create(session, account(session), draft(**facts), AT)
        assert code in {each.code for each in writing.problems(made, NOON)}


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"name": " "}, "broadcast.name"),
        ({"kind": "spam"}, "broadcast.unreadable"),
        ({"share": 100}, "broadcast.unreadable"),
        ({"rule": {"shoe size": [44]}}, "broadcast.unreadable"),
        ({"project": "nowhere"}, "not_found"),
    ],
)
def test_what_cannot_be_kept_is_refused(sqlite_url: str, facts: dict, code: str) -> None:
    with Store(sqlite_url).transaction() as session, pytest.raises(Refused) as refused:
        writing.create(session, account(session), draft(**facts), AT)
    assert refused.value.code == code


def test_only_labs_and_admins_write(store: Store) -> None:
    with store.transaction() as session, pytest.raises(Refused, match=r"broadcast\.role"):
        writing.create(session, account(session, Role.OFFICIAL), draft(), AT)


def test_nobody_approves_what_they_had_a_hand_in(store: Store) -> None:
    with store.transaction() as session:
        author, editor, third = (account(session, name=each) for each in ("a", "b", "c"))
        made = writing.create(session, author, draft(), AT)
        writing.edit(session, editor, made, draft(name="อีกชื่อ"), (0, AT))
        writing.submit(session, author, made, AT)
        for hand in (author, editor):
            with pytest.raises(Refused, match=r"broadcast\.own"):
                deciding.approve(session, hand, made, made.revision, AT)
        with pytest.raises(Refused, match=r"broadcast\.changed"):
            deciding.approve(session, third, made, made.revision - 1, AT)
        deciding.approve(session, third, made, made.revision, AT)
        assert (made.state, made.approved_by) == (BroadcastState.SCHEDULED, third.id)
        assert telling.state(made, "th") == "อนุมัติแล้ว รอเวลาส่ง"


def test_an_edit_voids_the_approval_and_tells_who_reads_an_old_one(store: Store) -> None:
    with store.transaction() as session:
        made = approved(session)
        editor = account(session, name="editor")
        with pytest.raises(Refused, match=r"broadcast\.changed"):
            writing.edit(session, editor, made, draft(), (made.revision - 1, AT))
        writing.edit(session, editor, made, draft(name="แก้แล้ว"), (made.revision, AT))
        assert (made.state, made.approved_by) == (BroadcastState.DRAFT, None)
        with pytest.raises(Refused, match=r"broadcast\.state"):
            deciding.approve(session, account(session, name="x"), made, made.revision, AT)


def test_another_projects_broadcast_does_not_exist(store: Store) -> None:
    with store.transaction() as session:
        made = approved(session)
        with pytest.raises(Refused, match="not_found"):
            writing.broadcast_seen(session, account(session, Role.LAB, "elsewhere"), made.id)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_face_is_what_line_takes(sqlite_url: str, language: str) -> None:
    with Store(sqlite_url).transaction() as session:
        made = approved(session, wordings=(WORDING, OTHER), link="https://example.org/more")
        for arm in (0, 1):
            messages = invitations.composed(session, made, arm, language)
            bodies.check_multicast({"to": ["U" + "1" * 32], "messages": messages})
            assert len(str(messages).encode()) < FLEX_BYTES
            assert f"do=survey&s={SURVEY.replace('-', '-')}&b={made.id}&a={arm}" in str(messages)
        assert invitations.unit(made, 1) == f"srv_{made.id}_1_b"
