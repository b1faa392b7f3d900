"""Sending: what becomes of a delivery after each thing that LINE may answer."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from bot import outbox
from bot.line.gateway import GatewayError, QuotaSpent, Rejected, Throttled, TokenGone, Unreachable
from bot.messages import Message
from bot.outbox import Letter, Reply, behind, put, send, take
from bot.store.base import Store
from bot.store.mail import Delivery, settle_deliveries

NOW = 1_795_230_000_000


class Told:
    """A gateway that answers as it was told, and remembers what it was asked."""

    def __init__(self, reply: GatewayError | None = None, push: GatewayError | None = None) -> None:
        self.answers = {"reply": reply, "push": push}
        self.calls: list[tuple[str, str]] = []

    def _do(self, verb: str, whom: str) -> str:
        self.calls.append((verb, whom))
        if (error := self.answers[verb]) is not None:
            raise error
        return "request-id"

    def reply(self, token: str, messages: Sequence[dict[str, Any]]) -> str:
        """As told."""
        return self._do("reply", token)

    def push(self, to: str, messages: Sequence[dict[str, Any]], key: str) -> str:
        """As told."""
        return self._do("push", f"{to} {key}")


def letter(**facts: Any) -> Letter:
    plain = {"seq": 1, "key": "key", "recipient": "U1", "token": "", "token_until_ms": 0, "messages": [], "attempts": 1}
    return Letter(**(plain | {"in_doubt": False, "created_ms": NOW} | facts))


WITH_TOKEN = {"token": "token", "token_until_ms": NOW + 50_000}


@pytest.mark.parametrize(
    ("mail", "gateway", "verbs", "status"),
    [
        (letter(), Told(), ["push"], "sent"),
        (letter(**WITH_TOKEN), Told(), ["reply"], "sent"),
        (letter(**WITH_TOKEN), Told(reply=TokenGone()), ["reply", "push"], "sent"),
        (letter(**WITH_TOKEN, in_doubt=True), Told(reply=TokenGone()), ["reply"], "sent"),
        (
            letter(token="token", token_until_ms=NOW - 1, in_doubt=True),
            Told(reply=TokenGone()),
            ["reply", "push"],
            "sent",
        ),
        (letter(**WITH_TOKEN), Told(reply=Throttled()), ["reply"], "waiting"),
        (letter(), Told(push=Unreachable()), ["push"], "waiting"),
        (letter(), Told(push=QuotaSpent()), ["push"], "waiting"),
        (letter(), Told(push=Rejected("400 no")), ["push"], "failed"),
        (letter(created_ms=NOW - outbox.KEY_LIFE_MS - 1), Told(push=Unreachable()), ["push"], "failed"),
    ],
)
def test_what_becomes_of_a_delivery(mail: Letter, gateway: Told, verbs: list[str], status: str) -> None:
    row = send(gateway, mail, NOW)
    assert [verb for verb, _ in gateway.calls] == verbs
    assert row["status"] == status
    if status == "waiting":
        assert row["due_ms"] > NOW and "messages" not in row
    else:
        assert (row["messages"], row["recipient"]) == ("[]", "")


def test_only_an_answer_that_did_not_come_leaves_doubt() -> None:
    doubt: Callable[[GatewayError], bool] = lambda error: send(Told(push=error), letter(), NOW)["in_doubt"]  # noqa: E731
    assert [doubt(Unreachable()), doubt(Throttled()), doubt(QuotaSpent())] == [True, False, False]


def test_the_wait_grows_to_a_limit() -> None:
    waits = [send(Told(push=Throttled()), letter(attempts=n), NOW)["due_ms"] - NOW for n in range(1, 20)]
    assert waits == sorted(waits) and waits[0] == outbox.FIRST_WAIT_MS and waits[-1] == outbox.LONGEST_WAIT_MS


def test_order_comes_first(store: Store) -> None:
    """While an earlier delivery waits, a later one to the same person is neither handed out nor taken."""
    with store.transaction() as session:
        first = put(session, [Reply("U1", [Message("1")]), Reply("U2", [Message("a")])], NOW, leased=True)
    assert [each.recipient for each in first] == ["U1", "U2"]
    with store.transaction() as session:
        assert put(session, [Reply("U1", [Message("2")])], NOW, leased=True) == []
        assert take(session, NOW, 10) == []
    with store.transaction() as session:
        settle_deliveries(session, [send(Told(), first[0], NOW)])
    with store.transaction() as session:
        (second,) = take(session, NOW, 10)
        assert second.messages == [{"type": "text", "text": "2"}] and not second.in_doubt


def test_a_lease_that_ended_is_taken_over_in_doubt_with_the_same_key(store: Store) -> None:
    with store.transaction() as session:
        (mine,) = put(session, [Reply("U1", [Message("1")], "token", NOW)], NOW, leased=True)
    with store.transaction() as session:
        assert take(session, NOW + outbox.LEASE_MS - 1, 10) == []
        (taken,) = take(session, NOW + outbox.LEASE_MS, 10)
    assert (taken.key, taken.in_doubt, taken.attempts) == (mine.key, True, 2)


def test_one_behind_another_that_waits_is_as_it_was(store: Store) -> None:
    with store.transaction() as session:
        (mine,) = put(session, [Reply("U1", [Message("1")])], NOW, leased=True)
        settle_deliveries(session, [behind(mine, NOW + 5)])
    with store.transaction() as session:
        assert take(session, NOW + 4, 10) == []
        (again,) = take(session, NOW + 5, 10)
        assert (again.attempts, again.in_doubt) == (1, False)
        assert session.get_one(Delivery, again.seq).status == "sending"
