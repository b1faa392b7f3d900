"""A draft to be tried in a chat: frozen, given a code, and removed with all that was said in it.

The code is typed to the bot ("ทดสอบ-7KXA4"), by those of the lab on their own LINE, or by a made-up citizen of the
phone page, whose LINE id is made here: of that one nothing counts, whatever else it says.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.conversations.rehearsing import CODE_LENGTH, WORDS
from bot.interview import reading
from bot.numbers import LETTERS
from bot.photos import Photos
from bot.store.accounts import Account
from bot.store.audit import By, note
from bot.store.base import Clock, Session, Store
from bot.store.entries import attachments_of
from bot.store.mail import cancel_deliveries, erase_mail
from bot.store.people import remove
from bot.store.rehearsals import (
    Rehearsal,
    begun_before,
    by_code,
    drop_codes,
    drop_rehearsed,
    entries_of,
    forget_runs,
    interviews_in,
    left_from,
    lowest_number,
    made_up,
    rehearsals_of,
)
from bot.store.search import purge
from bot.store.surveys import Survey, SurveyVersion

# How long a code begins a rehearsal, and how long what was said is kept.
LIFE, KEPT = timedelta(hours=24), timedelta(days=7)
RUNS_KEPT = timedelta(days=90)
WORD = WORDS[0]
# LINE ids of made-up citizens begin so; the phone page knows a test by it.
MADE_UP = "U7e57"


@dataclass(frozen=True, slots=True)
class Wiped:
    """What was removed: how many rehearsals, and the files still to be deleted once the transaction is through."""

    rehearsals: int
    files: tuple[str, ...]


def invite(session: Session, survey: Survey, account: Account, at: datetime, citizen: bool = False) -> Rehearsal:
    """Freeze the draft and give it a code; `citizen`: for a made-up citizen of the phone page.

    Raises Refused("survey.invalid", problems=...) where the draft is not fit to be asked.
    """
    version = _frozen(session, survey, at)
    rehearsal = Rehearsal(
        code=_code(session),
        survey_id=survey.id,
        version_id=version.id,
        account_id=account.id,
        citizen=MADE_UP + secrets.token_hex(16)[: 33 - len(MADE_UP)] if citizen else "",
        begun_at=at,
        expires_at=at + LIFE,
    )
    session.add(rehearsal)
    session.flush()
    note(session, By(account.actor, at), "rehearsal.begun", survey=survey.slug, rehearsal=rehearsal.id)
    return rehearsal


def _frozen(session: Session, survey: Survey, at: datetime) -> SurveyVersion:
    """The draft as a version that nobody else is asked."""
    questionnaire = reading.read(survey.draft)
    number = lowest_number(session, survey.id) - 1
    frozen = {"questionnaire": reading.plain(questionnaire), "published_at": at}
    version = SurveyVersion(survey_id=survey.id, number=number, **frozen)
    session.add(version)
    session.flush()
    return version


def _code(session: Session) -> str:
    while True:
        code = "".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH))
        if by_code(session, code) is None:
            return code


def wipe(session: Session, survey: Survey, by: By) -> Wiped:
    """Remove all that was said in rehearsals of this survey, and end its codes."""
    wiped = _wipe(session, rehearsals_of(session, survey.id), by.at)
    note(session, by, "rehearsal.wiped", survey=survey.slug, rehearsals=wiped.rehearsals)
    return wiped


def sweep(store: Store, clock: Clock, photos: Photos) -> int:
    """Remove what was rehearsed a week ago, and reports that are three months old. Returns how many codes ended."""
    at = clock()
    with store.transaction() as session:
        wiped = _wipe(session, begun_before(session, at - KEPT), at)
        interviews, entries = left_from(session, at - KEPT)
        files = (*wiped.files, *drop_rehearsed(session, interviews, entries))
        if interviews or entries:
            purge(session)
        forget_runs(session, at - RUNS_KEPT)
    for key in files:
        photos.remove(key)
    return wiped.rehearsals


def _wipe(session: Session, rehearsals: Sequence[Rehearsal], at: datetime) -> Wiped:
    if not rehearsals:
        return Wiped(0, ())
    files = []
    for contact in made_up(session, rehearsals):
        files += [each.key for each in attachments_of(session, contact.id)]
        cancel_deliveries(session, contact.line_id, int(at.timestamp() * 1000))
        erase_mail(session, contact.line_id)
        remove(session, contact)
    interviews = interviews_in(session, [each.version_id for each in rehearsals])
    entries = entries_of(session, sorted({each.contact_id for each in interviews}))
    files += drop_rehearsed(session, interviews, entries)
    drop_codes(session, rehearsals)
    purge(session)
    return Wiped(len(rehearsals), tuple(files))
