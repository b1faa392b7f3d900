"""The worker: answers what arrived, and sends what is to be said.

A turn takes a batch of citizens and their oldest events, in order:

1. finds out from LINE what the answers need (the language of someone new, a photo that came), with no transaction open;
2. answers all of them in one transaction: state, entries and the replies, which are rows of the outbox;
3. sends those replies, with no transaction open, and writes what became of them in a second one.

Killed before the commit of 2, the events still wait. Killed after it, the deliveries' lease ends and they are sent
again with the same key or token. A batch that fails is done over one event at a time: a bad event stops nobody else.
"""

import random
import threading
import time
from collections import defaultdict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import structlog

from bot import outbox
from bot.conversations import receiving
from bot.conversations.receiving import Circumstances, Outcome
from bot.inbox import milliseconds
from bot.line.gateway import GatewayError
from bot.line.inbound import Event, read
from bot.messages import Message
from bot.outbox import Letter, Reply
from bot.photos import Photo
from bot.store import mail
from bot.store.base import Session, Unavailable, Unfit, locked
from bot.store.interviews import asking
from bot.store.people import contact_of, known
from bot.wording import say
from handlers.runtime import Runtime

log = structlog.get_logger()

PEOPLE = 50
EVENTS_EACH = 5
SENDERS = 16
# How long one transaction takes on more events, in seconds: on SQLite webhooks wait for its end, and LINE for them.
HOLD = 0.15
# Of how many times PEOPLE those are drawn who are answered next, so that several workers seldom pick the same.
CHOICE = 8
# A resting event is waited for; anything later is left to the next call.
PATIENCE_MS = 250
# How long to wait, in milliseconds, where all that is due is in another worker's hands.
ELSEWHERE_MS = 10
# How often a worker looks without being woken: for leases that ended and for deliveries that wait their turn.
LOOK_EVERY = 1.0


class Worker:
    """One process's worker. `work` may be called from any thread, any number of times.

    Once `stopping` is set it begins nothing more; what it has begun is finished.
    """

    def __init__(self, runtime: Runtime, stopping: threading.Event | None = None) -> None:
        self._runtime = runtime
        self._stopping = stopping or threading.Event()
        self._pool = ThreadPoolExecutor(SENDERS, thread_name_prefix="send")
        self._turn = threading.Lock()
        self._asked = threading.Event()

    def work(self) -> None:
        """Do all that is due. A call that finds another at work leaves it a note and returns."""
        self._asked.set()
        while self._asked.is_set() and not self._stopping.is_set():
            if not self._turn.acquire(blocking=False):
                return
            try:
                self._asked.clear()
                self._until_idle()
            finally:
                self._turn.release()

    def serve(self) -> None:
        """Look every second until stopped. A database that is away is waited for."""
        while not self._stopping.wait(LOOK_EVERY):
            try:
                self.work()
            except Unavailable as error:
                log.warning("store unavailable", error=type(error).__name__)
            except Exception:
                log.exception("worker turn failed")

    def stop(self) -> None:
        """Begin nothing more. Returns once what was begun is sent and written down."""
        self._stopping.set()
        with self._turn:
            self._pool.shutdown()

    def _until_idle(self) -> None:
        while not self._stopping.is_set() and (self._answer() or self._send_waiting() or self._rest()):
            pass

    def _rest(self) -> bool:
        """Wait for events that rest a moment before they are answered. Whether there are any."""
        with self._runtime.store.reading() as session:
            due = mail.next_event_due(session)
        ahead = None if due is None else due - self._now()
        if ahead is None or ahead > PATIENCE_MS:
            return False
        self._stopping.wait((ahead if ahead > 0 else ELSEWHERE_MS) / 1000)
        return True

    def _now(self) -> int:
        return milliseconds(self._runtime.clock)

    def _answer(self) -> bool:
        """Answer one batch. Whether there was anything to answer."""
        with self._runtime.store.reading() as session:
            senders = self._some(mail.waiting_senders(session, self._now(), PEOPLE * CHOICE))
            waiting = mail.waiting_events(session, senders, EVENTS_EACH) if senders else []
        if not waiting:
            return False
        events = {each.id: read(each.body) for each in waiting}
        found = self._find_out(list(events.values()))
        tried = self._tried(senders, events, found)
        answered, letters = self._answer_singly(senders, events, found) if tried is None else tried
        self._send(letters)
        return answered > 0

    def _some(self, senders: list[str]) -> list[str]:
        """Whom to answer now: all, or some of those who wait longest."""
        if len(senders) <= PEOPLE or self._runtime.store.sqlite:
            return senders[:PEOPLE]
        return random.sample(senders, PEOPLE)

    def _answer_singly(
        self, senders: list[str], events: dict[int, Event], found: Circumstances
    ) -> tuple[int, list[Letter]]:
        count, letters = 0, []
        for row, event in events.items():
            tried = self._tried(senders, {row: event}, found)
            answered, more = self._give_up(row, event) if tried is None else tried
            count += answered
            letters += more
        return count, letters

    def _tried(
        self, senders: list[str], events: dict[int, Event], found: Circumstances
    ) -> tuple[int, list[Letter]] | None:
        """What came of answering these events; None where a bug kept them from it. A store that is away is no bug."""
        try:
            return self._answer_together(senders, events, found)
        except Exception as error:
            if isinstance(error, Unavailable) and not isinstance(error, Unfit):
                raise
            log.exception("events failed", event_ids=[each.id for each in events.values()])
            return None

    def _answer_together(
        self, senders: list[str], events: dict[int, Event], found: Circumstances
    ) -> tuple[int, list[Letter]]:
        """Answer these events, as far as one transaction goes. Returns how many, and what is to be sent at once."""
        replies: list[Reply] = []
        discarded: list[str] = []
        answered: list[int] = []
        at, until = self._runtime.clock(), time.monotonic() + HOLD
        with self._runtime.store.transaction() as session:
            mine = locked(session, senders)
            known(session, mine)  # all at once; from here on each is found without asking the database
            # Read again under the lock: another worker may have answered them meanwhile.
            for row in mail.waiting_events(session, mine, EVENTS_EACH) if mine else ():
                if row.id not in events:
                    continue
                event = events[row.id]
                outcome = self._receive(session, event, at, found)
                replies += _replies(event, outcome, row.received_ms)
                discarded += outcome.discarded
                answered.append(row.id)
                if time.monotonic() > until:
                    break
            mail.finish_events(session, answered)
            letters = outbox.put(session, replies, self._now(), leased=True)
        for key in discarded:
            self._runtime.photos.remove(key)
        return len(answered), letters

    def _receive(self, session: Session, event: Event, at: Any, found: Circumstances) -> Outcome:
        outcome = receiving.receive(session, event, at, self._runtime.questionnaires, found)
        log.info("answered", event_id=event.id, kind=event.kind, messages=len(outcome.said))
        return outcome

    def _give_up(self, row_id: int, event: Event) -> tuple[int, list[Letter]]:
        """Leave an event that fails for a developer to look at, and say sorry. Without consent its words go."""
        with self._runtime.store.transaction() as session:
            row = session.get_one(mail.InboxEvent, row_id)
            contact = contact_of(session, event.user) if event.user else None
            row.status, row.attempts = mail.EventStatus.FAILED, row.attempts + 1
            if contact is None or contact.consent_version is None:
                row.body = ""
            language = contact.language if contact else "th"
            sorry = Outcome([Message(say(language, "error.sorry"))])
            return 1, outbox.put(session, _replies(event, sorry, row.received_ms), self._now(), leased=True)

    def _find_out(self, events: Sequence[Event]) -> Circumstances:
        """Ask LINE, before the transaction, for what the answers will need."""
        with self._runtime.store.reading() as session:
            users = {each.user for each in events if each.place == "user" and each.user}
            strangers = sorted(users - set(known(session, sorted(users))))
            photos = [each.message.id for each in events if each.message and self._wants_photo(session, each)]
        languages = dict(zip(strangers, self._pool.map(self._runtime.gateway.language, strangers), strict=True))
        fetched = dict(zip(photos, self._pool.map(self._fetch, photos), strict=True))
        return Circumstances(languages, fetched)

    def _wants_photo(self, session: Session, event: Event) -> bool:
        """Whether this is a photo that someone who agreed sends within an interview: no other is fetched."""
        if event.message is None or event.message.kind != "image" or event.message.external:
            return False
        contact = contact_of(session, event.user)
        return contact is not None and contact.consent_version is not None and asking(session, contact.id) is not None

    def _fetch(self, message_id: str) -> Photo:
        try:
            return self._runtime.photos.fetch(self._runtime.gateway, message_id)
        except GatewayError as error:
            log.warning("photo not fetched", message=message_id, error=type(error).__name__)
            return Photo(problem="later")

    def _send_waiting(self) -> bool:
        """Send deliveries that are due: put by others, throttled before, or left by a worker that died."""
        now = self._now()
        with self._runtime.store.reading() as session:
            if not mail.any_due(session, now):
                return False
        with self._runtime.store.transaction() as session:
            letters = outbox.take(session, now, PEOPLE)
        self._send(letters)
        return bool(letters)

    def _send(self, letters: Sequence[Letter]) -> None:
        """Send, each recipient's in order and different recipients' at once, and write what became of them."""
        if not letters:
            return
        each = defaultdict(list)
        for letter in letters:
            each[letter.recipient].append(letter)
        settled = [row for rows in self._pool.map(self._send_in_order, each.values()) for row in rows]
        with self._runtime.store.transaction() as session:
            mail.settle_deliveries(session, settled)

    def _send_in_order(self, letters: Sequence[Letter]) -> list[dict[str, Any]]:
        """One recipient's deliveries. Where one has to wait, those behind it wait too."""
        rows: list[dict[str, Any]] = []
        for place, letter in enumerate(letters):
            row = outbox.send(self._runtime.gateway, letter, self._now())
            rows.append(row)
            log.info("delivery", delivery=letter.key, status=row["status"], via=row.get("via", ""))
            if row["status"] == mail.DeliveryStatus.WAITING:
                rows += [outbox.behind(later, row["due_ms"]) for later in letters[place + 1 :]]
                break
        return rows


def _replies(event: Event, outcome: Outcome, received_ms: int) -> list[Reply]:
    """What is to be said, to whom: by reply where there is a token, by push where there is not (to people only)."""
    recipient = event.room or event.user
    if not outcome.said or not recipient or (event.room and not event.reply_token):
        return []
    return [Reply(recipient, outcome.said, event.reply_token, received_ms)]
