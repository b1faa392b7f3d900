"""Who may move a broadcast from one state to the next.

    draft ──submit──▶ waiting ──approve──▶ scheduled ──(its time, or `send_now`)──▶ sending ──▶ sent
                         └──send_back──▶ draft            stop ▼  ▲ resume    paused: by the quota, by LINE's refusal
                                                         stopped ─┘

Approval is by a second person: nobody who had a hand in the words. Each act checks the state under the row's lock.
"""

from bot.broadcasts.writing import may_write, problems
from bot.errors import Refused
from bot.rights import sight_of
from bot.store.accounts import Account
from bot.store.audit import By, note
from bot.store.base import Session
from bot.store.broadcasts import Broadcast, BroadcastState, held

STOPPABLE = (BroadcastState.SCHEDULED, BroadcastState.SENDING, BroadcastState.PAUSED)
RESUMABLE = (BroadcastState.STOPPED, BroadcastState.PAUSED)


def approve(session: Session, account: Account, broadcast: Broadcast, revision: int, by: By) -> None:
    """A second person lets it go out, at its time. `revision`: the one they have read.

    Raises Refused: "broadcast.state", "broadcast.changed", "broadcast.own", "broadcast.unfinished", "not_found".
    """
    _seen(session, account, broadcast)
    _in(session, broadcast, (BroadcastState.WAITING,))
    if broadcast.revision != revision:
        raise Refused("broadcast.changed")
    if account.id in broadcast.writers:
        raise Refused("broadcast.own")
    if found := problems(broadcast, by.at):
        raise Refused("broadcast.unfinished", count=len(found))
    broadcast.state = BroadcastState.SCHEDULED
    broadcast.approved_by, broadcast.approved_at = account.id, by.at
    _noted(session, by, "broadcast_approved", broadcast, override=broadcast.override)


def send_back(session: Session, account: Account, broadcast: Broadcast, by: By) -> None:
    """It goes out like this under nobody's name: a draft again. Raises Refused: "broadcast.state", "not_found"."""
    _seen(session, account, broadcast)
    _in(session, broadcast, (BroadcastState.WAITING,))
    broadcast.state, broadcast.submitted_at = BroadcastState.DRAFT, None
    _noted(session, by, "broadcast_sent_back", broadcast)


def stop(session: Session, broadcast: Broadcast, by: By) -> None:
    """Send nothing more: what is being sent at this moment is the last. Raises Refused("broadcast.state")."""
    _in(session, broadcast, STOPPABLE)
    broadcast.state, broadcast.cause, broadcast.reason = BroadcastState.STOPPED, "", ""
    _noted(session, by, "broadcast_stopped", broadcast)


def resume(session: Session, broadcast: Broadcast, by: By) -> None:
    """Go on where it was stopped or paused, with those who are missing. Raises Refused("broadcast.state")."""
    _in(session, broadcast, RESUMABLE)
    begun = broadcast.started_at is not None
    broadcast.state = BroadcastState.SENDING if begun else BroadcastState.SCHEDULED
    broadcast.cause = broadcast.reason = ""
    _noted(session, by, "broadcast_resumed", broadcast)


def send_now(session: Session, broadcast: Broadcast, by: By) -> None:
    """Do not wait for its time; the night is kept all the same. Raises Refused("broadcast.state")."""
    _in(session, broadcast, (BroadcastState.SCHEDULED,))
    broadcast.send_at = None
    _noted(session, by, "broadcast_hastened", broadcast)


def may_move(account: Account) -> None:
    """Raises Refused("broadcast.role") for accounts that may not stop, resume and hasten."""
    may_write(account)


def _seen(session: Session, account: Account, broadcast: Broadcast) -> None:
    if not sight_of(session, account).covers(broadcast.project_id):
        raise Refused("not_found")


def _in(session: Session, broadcast: Broadcast, states: tuple[BroadcastState, ...]) -> None:
    held(session, broadcast.id)
    if broadcast.state not in states:
        raise Refused("broadcast.state")


def _noted(session: Session, by: By, act: str, broadcast: Broadcast, **facts: object) -> None:
    note(session, by, act, broadcast=broadcast.id, **facts)
