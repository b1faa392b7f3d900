"""What is to be said: put in the transaction that changes the state, sent outside of any.

A delivery's id is LINE's retry key. A reply has no such key; it goes with the event's token, which LINE takes once:

- the token is gone and no earlier attempt is in doubt: it has expired, so the same words go by push;
- the token is gone and an earlier attempt is in doubt (a crash, a time-out): within the token's life only we can
  have used it, so the words had arrived; later than that they go by push, for a word twice is better than silence.
"""

import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.line.gateway import (
    Gateway,
    GatewayError,
    QuotaSpent,
    Rejected,
    Throttled,
    TokenGone,
    Unreachable,
)
from bot.line.outbound import compose
from bot.messages import Message
from bot.store.base import Session
from bot.store.mail import Delivery, DeliveryStatus, claim_deliveries, recipients_waiting

# LINE promises a reply token about one minute (Messaging API reference, "Send reply message").
TOKEN_LIFE_MS = 55_000
# How long a sender may take; afterwards another one takes over with the same key.
LEASE_MS = 30_000
# LINE remembers a retry key for 24 hours; past that the same key would send again.
KEY_LIFE_MS = 23 * 3_600_000
FIRST_WAIT_MS = 500
LONGEST_WAIT_MS = 15 * 60_000
QUOTA_WAIT_MS = 3_600_000


@dataclass(frozen=True, slots=True)
class Letter:
    """A delivery as the sender holds it, outside of any transaction."""

    seq: int
    key: str
    recipient: str
    token: str
    token_until_ms: int
    messages: list[dict[str, Any]]
    attempts: int
    in_doubt: bool
    created_ms: int


@dataclass(frozen=True, slots=True)
class Reply:
    """What is to be said to one recipient, with the token of the event it answers ("" for a push)."""

    recipient: str
    messages: Sequence[Message]
    token: str = ""
    token_from_ms: int = 0


def put(session: Session, replies: Sequence[Reply], now_ms: int, leased: bool) -> list[Letter]:
    """Write deliveries; with `leased`, return those that the caller is to send at once, in order.

    A recipient who still waits for something earlier is not among them: order comes first.
    """
    rows = [_delivery(reply, composed, now_ms) for reply in replies if (composed := compose(reply.messages))]
    if not rows:
        return []
    behind = recipients_waiting(session, [each.recipient for each in rows]) if leased else set()
    session.add_all(rows)
    session.flush()
    return [_lease(each, now_ms) for each in rows if leased and each.recipient not in behind]


def take(session: Session, now_ms: int, limit: int) -> list[Letter]:
    """Take deliveries that are due, under a lease, to be sent once this transaction is through."""
    return [_lease(each, now_ms) for each in claim_deliveries(session, now_ms, limit)]


def _lease(delivery: Delivery, now_ms: int) -> Letter:
    """Note, before anything is sent, that an attempt begins: should we die in it, the next sender knows."""
    mail = _letter(delivery)
    delivery.status, delivery.in_doubt = DeliveryStatus.SENDING, True
    delivery.attempts, delivery.due_ms = mail.attempts, now_ms + LEASE_MS
    return mail


def _delivery(reply: Reply, composed: list[dict[str, Any]], now_ms: int) -> Delivery:
    return Delivery(
        id=str(uuid.uuid4()),
        recipient=reply.recipient,
        reply_token=reply.token,
        token_until_ms=reply.token_from_ms + TOKEN_LIFE_MS if reply.token else 0,
        messages=json.dumps(composed, ensure_ascii=False, separators=(",", ":")),
        status=DeliveryStatus.WAITING,
        attempts=0,
        in_doubt=False,
        created_ms=now_ms,
        due_ms=now_ms,
        via="",
        reason="",
    )


def _letter(delivery: Delivery) -> Letter:
    return Letter(
        seq=delivery.seq,
        key=delivery.id,
        recipient=delivery.recipient,
        token=delivery.reply_token,
        token_until_ms=delivery.token_until_ms,
        messages=json.loads(delivery.messages),
        attempts=delivery.attempts + 1,
        in_doubt=delivery.in_doubt,
        created_ms=delivery.created_ms,
    )


def send(gateway: Gateway, mail: Letter, now_ms: int) -> dict[str, Any]:
    """Hand one delivery to LINE. Returns the columns to write: what became of it. Raises nothing of LINE's."""
    via = "reply" if mail.token else "push"
    try:
        try:
            if mail.token:
                request_id = gateway.reply(mail.token, mail.messages)
            else:
                request_id = gateway.push(mail.recipient, mail.messages, mail.key)
        except TokenGone:
            if mail.in_doubt and now_ms < mail.token_until_ms:
                return _ended(mail, DeliveryStatus.SENT, now_ms, "reply", "had arrived")
            via = "push"
            request_id = gateway.push(mail.recipient, mail.messages, mail.key)
    except (Throttled, Unreachable, QuotaSpent) as error:
        return _later(mail, error, now_ms, via)
    except (Rejected, GatewayError) as error:
        return _ended(mail, DeliveryStatus.FAILED, now_ms, via, f"{type(error).__name__}: {error.reason}")
    return _ended(mail, DeliveryStatus.SENT, now_ms, via, request_id)


def behind(mail: Letter, due_ms: int) -> dict[str, Any]:
    """The columns of a delivery that was not tried because one before it has to wait."""
    as_it_was = {"attempts": mail.attempts - 1, "in_doubt": mail.in_doubt}
    return {"seq": mail.seq, "status": DeliveryStatus.WAITING, "due_ms": due_ms, **as_it_was}


def _later(mail: Letter, error: GatewayError, now_ms: int, via: str) -> dict[str, Any]:
    if now_ms - mail.created_ms > KEY_LIFE_MS:
        return _ended(
            mail, DeliveryStatus.FAILED, now_ms, via, f"given up after {type(error).__name__}: {error.reason}"
        )
    wait = min(FIRST_WAIT_MS * 2 ** min(mail.attempts - 1, 12), LONGEST_WAIT_MS)
    if isinstance(error, QuotaSpent):
        wait = QUOTA_WAIT_MS
    return {
        "seq": mail.seq,
        "status": DeliveryStatus.WAITING,
        "due_ms": now_ms + wait,
        # What LINE refused for now has not arrived; what it did not answer may have.
        "in_doubt": mail.in_doubt or isinstance(error, Unreachable),
        "reason": f"{type(error).__name__}: {error.reason}"[:500],
    }


def _ended(mail: Letter, status: DeliveryStatus, now_ms: int, via: str, reason: str) -> dict[str, Any]:
    return {
        "seq": mail.seq,
        "status": status,
        "ended_ms": now_ms,
        "via": via,
        "reason": reason[:500],
        # What was said, and to whom, is no longer needed: the entries hold what was filed, an unsend must find no copy.
        "messages": "[]",
        "recipient": "",
        "reply_token": "",
    }
