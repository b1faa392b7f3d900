"""The demo's invented citizens: what they say outside and inside surveys, so that the console has something to show.

Everything goes the way real words go: through the engine, filed, tagged, indexed. What the samples leave open is drawn
by hash, so that every demo is the same but for its reference numbers.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from typing import Any

import nlp
from bot import entries, filing, themes
from bot.accounts import demo_account
from bot.conversations.consent import VERSION
from bot.conversations.desk import Desk, Questionnaires
from bot.dates import BANGKOK, day_of
from bot.interview import engine
from bot.interview.engine import gathered
from bot.interview.progress import REVIEW, Answer, Progress
from bot.interview.questionnaire import Kind, Question, Questionnaire
from bot.interview.replies import Location, Reply, Tap, Text
from bot.seed import sample
from bot.store.accounts import Role
from bot.store.audit import By
from bot.store.base import Session, Store
from bot.store.entries import Entry, EntryStatus
from bot.store.interviews import Interview, InterviewStatus
from bot.store.people import Consent, Contact, contact_of
from bot.store.projects import all_projects, project_by_slug
from bot.store.seeking import Sought, count
from bot.store.sight import Sight
from bot.store.surveys import newest_version, survey_by_slug
from bot.store.tallies import roll
from bot.store.themes import to_group

DAYS = 60
"""The voices are spread over so many days before the demo's first start."""
SPAN = timedelta(days=DAYS + 2)
"""The lab has been at work since before the first of them."""
WAKING = time(7), timedelta(hours=14)
WEEKS_AGO = timedelta(days=10)
"""What came earlier than this was grouped into themes then, so that not every theme is new."""
PEOPLE = 90
EVERYTHING = Sight(None, unsorted=True)
LANGUAGES = ("th", "en", "my", "km", "lo")


@dataclass(frozen=True, slots=True)
class Voice:
    """Free words of one invented citizen. `about` is the project they mean, "none" for none of the ten."""

    about: str
    text: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """One invented citizen's answers to a survey; with `leaves_at`, the question where they fell silent."""

    survey: str
    place: int
    language: str
    answers: Mapping[str, Any]
    leaves_at: str


def voices() -> list[Voice]:
    """All free words, as the samples hold them."""
    return [Voice(about, text) for about, texts in sample("voices/words.yaml").items() for text in texts]


def sheets() -> list[Sheet]:
    """All answered surveys, the open answers drawn from what is usual."""
    found = []
    for survey, told in sample("voices/surveys.yaml").items():
        for place, voice in enumerate(told["voices"]):
            said = {name: value for name, value in voice.items() if name not in ("language", "leaves_at")}
            answers = {name: ("usual", usual) for name, usual in told["usual"].items()} | said
            found.append(Sheet(survey, place, voice.get("language", "th"), answers, voice.get("leaves_at", "")))
    return found


def file_voices(store: Store, at: datetime) -> int:
    """File the invented citizens' words as of the days before `at`, with what officials made of them.

    The samples of `bot.seed` must be in the store. Nothing happens where it holds entries. Returns how many are filed.
    """
    with store.transaction() as session:
        if count(session, Sought(), EVERYTHING):
            return 0
        told = sorted([*_dated(voices(), at), *_dated(sheets(), at)], key=lambda each: each[0])
        older = [each for each in told if each[0] < at - WEEKS_AGO]
        questionnaires = Questionnaires()
        for some, then in ((older, at - WEEKS_AGO), (told[len(older) :], at)):
            for moment, each in some:
                _hear(session, each, moment, questionnaires)
            _group(session, then)
        _work(session, at)
        session.flush()
        while roll(session):
            pass
        return count(session, Sought(), EVERYTHING)


def drawn(seed: str, among: int) -> int:
    """A number from 0 up to, not including, `among`: always the same for the same seed."""
    return int.from_bytes(sha256(seed.encode()).digest()[:8]) % among


def _dated(told: Sequence[Voice | Sheet], at: datetime) -> Iterator[tuple[datetime, Voice | Sheet]]:
    """Each with its moment: in the daytime in Bangkok, more of them lately, and an hour ago at the latest."""
    opens, length = WAKING
    for each in told:
        seed = _seed(each)
        back = int(DAYS * (drawn(f"day {seed}", 1000) / 1000) ** 1.3)
        minutes = drawn(f"minute {seed}", int(length / timedelta(minutes=1)))
        moment = datetime.combine(day_of(at) - timedelta(days=back), opens, BANGKOK) + timedelta(minutes=minutes)
        late = timedelta(days=1 + drawn(f"late {seed}", 14)) if moment > at - timedelta(hours=1) else timedelta()
        yield moment - late, each


def _seed(told: Voice | Sheet) -> str:
    return told.text if isinstance(told, Voice) else f"{told.survey} {told.place}"


def _hear(session: Session, told: Voice | Sheet, at: datetime, questionnaires: Questionnaires) -> None:
    if isinstance(told, Voice):
        language = nlp.language(told.text)
        speaker = f"{language} {drawn(told.text, PEOPLE)}"
        desk = Desk(session, _contact(session, speaker, language, at), at, questionnaires)
        _say(desk, told)
    else:
        desk = Desk(session, _contact(session, _seed(told), told.language, at), at, questionnaires)
        _answer(desk, told)


def _contact(session: Session, seed: str, language: str, at: datetime) -> Contact:
    """The invented citizen of this seed, who agreed to be heard when we met."""
    line_id = "U" + sha256(f"demo {seed}".encode()).hexdigest()[:32]
    contact = contact_of(session, line_id)
    if contact is None:
        known = language if language in LANGUAGES else "th"
        contact = Contact(line_id=line_id, language=known, asked="", first_seen_at=at, last_seen_at=at)
        contact.consent_version, contact.consented_at = VERSION, at
        session.add(contact)
        session.flush()
        session.add(Consent(contact_id=contact.id, version=VERSION, language=known, given=True, at=at))
    contact.last_seen_at = at
    return contact


def _say(desk: Desk, voice: Voice) -> None:
    """Free words; where they were filed elsewhere than meant, the citizen says so."""
    entry = filing.file_words(desk.session, desk.contact, voice.text, _message_id(voice.text), desk.at).entry
    meant = project_by_slug(desk.session, voice.about)
    if entry.project is not meant:
        filing.place_in(desk.session, entry, meant, filing.CITIZEN, desk.at)


def _message_id(seed: str) -> str:
    return str(drawn(f"message {seed}", 10**18))


def _answer(desk: Desk, sheet: Sheet) -> None:
    """Answer a survey from its first question to its last, or until the citizen falls silent."""
    survey = survey_by_slug(desk.session, sheet.survey)
    version = newest_version(desk.session, survey.id) if survey else None
    assert version is not None, sheet.survey
    began = desk.at
    progress, answers = _interviewed(desk, sheet, desk.questionnaires.of(version))
    status = InterviewStatus.COMPLETED if progress.at is None else InterviewStatus.EXPIRED
    interview = Interview(
        contact_id=desk.contact.id,
        version_id=version.id,
        status=status,
        progress=(Progress() if progress.at is None else progress).to_data(),
        started_at=began,
        updated_at=desk.at,
        ended_at=desk.at,
    )
    desk.session.add(interview)
    desk.session.flush()
    entry = filing.file_interview(desk.session, interview, answers, desk.contact, desk.at)
    entry.partial = progress.at is not None


def _interviewed(desk: Desk, sheet: Sheet, questionnaire: Questionnaire) -> tuple[Progress, tuple[Answer, ...]]:
    """Where the interview ended, and what it brought. The desk's clock goes on meanwhile."""
    questions = {each.name: each for each in questionnaire.questions}
    progress = engine.begin(questionnaire, desk.setting).progress
    while progress.at not in (REVIEW, sheet.leaves_at):
        stands = str(progress.at)
        desk.at += timedelta(seconds=12 + drawn(f"pause {_seed(sheet)} {stands}", 50))
        for reply in _replies(questions[stands], sheet, desk.today):
            progress = engine.step(questionnaire, progress, reply, desk.setting).progress
        assert stands != progress.at, (sheet.survey, sheet.place, stands)
    answers = gathered(questionnaire, progress)
    if progress.at == REVIEW:
        progress = engine.step(questionnaire, progress, Tap("file"), desk.setting).progress
    return progress, answers


def _replies(question: Question, sheet: Sheet, today: date) -> list[Reply]:
    """What the citizen taps or types at this question."""
    name, answer = question.name, sheet.answers.get(question.name)
    if answer is None:
        return [Tap("skip", name)]
    if isinstance(answer, tuple):
        answer = _usual(question, answer[1], f"{_seed(sheet)} {name}", today)
    match question.kind:
        case Kind.SELECT_MULTIPLE:
            return [*(Tap("answer", name, each) for each in answer), Tap("done", name)]
        case Kind.YES_NO:
            return [Tap("answer", name, "yes" if answer else "no")]
        case Kind.LOCATION:
            latitude, longitude, title = answer
            return [Location(latitude, longitude, title, id=_message_id(f"{_seed(sheet)} {name}"))]
        case Kind.NUMBER | Kind.TEXT | Kind.PHONE:
            return [Text(str(answer), _message_id(f"{_seed(sheet)} {name}"))]
        case _:
            return [Tap("answer", name, str(answer))]


def _usual(question: Question, usual: Sequence[Any], seed: str, today: date) -> Any:
    """An answer drawn from what is usual."""
    if question.kind in (Kind.NUMBER, Kind.RATING, Kind.DATE):
        least, most = usual
        number = least + drawn(seed, most - least + 1)
        return (today - timedelta(days=number)).isoformat() if question.kind is Kind.DATE else number
    if question.kind is Kind.SELECT_MULTIPLE:
        several = 1 + drawn(f"several {seed}", min(3, question.constraint.at_most or 3))
        return list(dict.fromkeys(usual[drawn(f"{each} {seed}", len(usual))] for each in range(several)))
    return usual[drawn(seed, len(usual))]


def _group(session: Session, at: datetime) -> None:
    session.flush()
    for project in all_projects(session):
        themes.group(session, project, at)


def _work(session: Session, at: datetime) -> None:
    """What the demo's official has done: looked at the older entries, written notes, drawn insights."""
    projects = {each.slug: each for each in all_projects(session)}
    official = demo_account(session, Role.OFFICIAL, {each.id for each in projects.values()}, By("demo", at))
    filed = [entry for each in projects.values() for entry in to_group(session, each.id, EVERYTHING, themes.MOST)]
    told = sample("voices/officials.yaml")
    for each in told["insights"]:
        by = By(official.actor, at - timedelta(days=3))
        found = [entry for entry in _holding(filed, each["holds"], by.at) if entry.project is projects[each["project"]]]
        card = themes.Card(each["title"], each["finding"], each.get("decision", ""), each.get("result", ""))
        themes.add_insight(session, projects[each["project"]], card, found, by)
    for entry in filed:
        _look_at(session, entry, official.actor, at)
    for each in told["notes"]:
        for entry in filed:
            if all(word in entry.text for word in each["holds"]):
                entries.note(session, entry, each["note"], By(official.actor, _later(entry, at)))


def _holding(filed: Sequence[Entry], words: Sequence[str], before: datetime) -> list[Entry]:
    return [entry for entry in filed if entry.filed_at < before and any(word in entry.text for word in words)]


def _look_at(session: Session, entry: Entry, actor: str, at: datetime) -> None:
    """Half of what is older than some days has been reviewed, and some of that closed."""
    lot = drawn(f"work {entry.text} {entry.filed_at.timestamp()}", 10)
    later = _later(entry, at)
    if lot >= 5 or later > at - timedelta(hours=2) or entry.status != EntryStatus.NEW:
        return
    status = EntryStatus.CLOSED if lot == 0 else EntryStatus.IN_REVIEW
    entries.change_status(session, entry, status, By(actor, later))


def _later(entry: Entry, at: datetime) -> datetime:
    """When an official came to the entry: a day or more after it was filed, in office hours, before `at`."""
    days = 1 + drawn(f"later {entry.text}", 4)
    return min(
        datetime.combine(day_of(entry.filed_at) + timedelta(days=days), time(9, 30), BANGKOK), at - timedelta(hours=1)
    )
