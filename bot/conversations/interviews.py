"""Surveys offered, begun, answered, left and taken up again: the engine's effects made so."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot import filing
from bot.conversations import pictures
from bot.conversations.desk import Desk, Said
from bot.conversations.menu import menu, menu_options
from bot.conversations.unfinished import unfinished
from bot.interview import engine
from bot.interview.engine import Complete, Hand, Pause, Progress, Say, Step, Stop
from bot.interview.replies import Media, Reply
from bot.interview.turn import gathered
from bot.messages import Card, Message, Option, Row, fallback, mark, pack
from bot.projects import short_name
from bot.store.entries import answered
from bot.store.interviews import Interview, InterviewStatus, asking
from bot.store.projects import ProjectStatus
from bot.store.surveys import Survey, SurveyState, SurveyVersion, newest_version, open_surveys, survey_by_slug
from nlp.answers import read_choice, read_yes_no

ASKED_SURVEY, ASKED_AGAIN = "survey", "again"


@dataclass(frozen=True, slots=True)
class Told:
    """What came of a reply to the interview: what to say, and a command that was not the interview's own, or ""."""

    said: Said
    command: str = ""


def offer(desk: Desk, _facts: dict[str, str]) -> Said:
    """The surveys that are open now."""
    surveys = _offered(desk)
    if not surveys:
        return [desk.tell("surveys.none", *menu_options(desk))]
    desk.ask(ASKED_SURVEY)
    lines = [f"{place}. {_name(desk, each)}" for place, each in enumerate(surveys, 1)]
    rows = tuple(_offer_row(desk, place, each) for place, each in enumerate(surveys, 1))
    lead = desk.say("surveys.choose")
    return [Message("\n".join([lead, *lines]), card=Card(lead, rows))]


def _offered(desk: Desk) -> list[Survey]:
    """What can be chosen from: first what speaks the citizen's language."""
    return sorted(open_surveys(desk.session), key=lambda each: desk.language not in each.languages)


def _offer_row(desk: Desk, place: int, survey: Survey) -> Row:
    start = Option(desk.say("surveys.start"), pack("survey", s=survey.slug), says=_name(desk, survey))
    return Row(f"{place}. {short_name(survey.project, desk.language)}", _name(desk, survey), start)


def _name(desk: Desk, survey: Survey) -> str:
    return fallback(survey.title, desk.language)


def start(desk: Desk, facts: dict[str, str]) -> Said:
    """Begin the survey `s`. One that was left is taken up; one that was answered is asked about first."""
    survey = survey_by_slug(desk.session, facts.get("s", ""))
    version = newest_version(desk.session, survey.id) if survey else None
    if survey is None or version is None:
        return [desk.tell("survey.unknown", *menu_options(desk))]
    if not is_open(survey):
        return [desk.tell("surveys.ended", *menu_options(desk))]
    rehearsal = "t" in facts or desk.contact.rehearsal
    if (running := asking(desk.session, desk.contact.id)) is not None:
        if _is_of(running, survey, rehearsal):
            return take_up(desk, running)
        if "leave" not in facts:
            return _another_runs(desk, running, survey, facts)
        running.status = InterviewStatus.PAUSED
        desk.session.flush()
    left = unfinished(desk)
    if left is not None and _is_of(left, survey, rehearsal):
        return take_up(desk, left)
    if "again" not in facts and answered(desk.session, desk.contact.id, survey.id) is not None:
        return _ask_again(desk, survey, facts)
    return _begin(desk, _new(desk, version, facts))


def _is_of(interview: Interview, survey: Survey, rehearsal: bool) -> bool:
    """Whether this is the survey as it is open, being answered or, in the same way, rehearsed."""
    version = interview.version
    return version.survey_id == survey.id and version.number > 0 and interview.rehearsal == rehearsal


def _from(facts: dict[str, str]) -> dict[str, str]:
    """What a tap tells of the invitation it was made on: the broadcast `b`, its wording `a`; `t` for a test."""
    return {name: facts[name] for name in ("b", "a", "t") if name in facts}


def _ask_again(desk: Desk, survey: Survey, facts: dict[str, str]) -> Said:
    desk.ask(f"{ASKED_AGAIN}:{survey.id}")
    again = desk.option("surveys.again", "survey", s=survey.slug, again="1", **_from(facts))
    return [desk.tell("surveys.already", again, desk.option("go.menu", "menu"))]


def typed_again(desk: Desk, survey_id: str, text: str) -> Said | None:
    """A typed yes or no to answering a survey again; None for other words."""
    verdict, survey = read_yes_no(text), desk.session.get(Survey, int(survey_id))
    if verdict is None or survey is None:
        return None
    return start(desk, {"s": survey.slug, "again": "1"}) if verdict else menu(desk)


def typed_name(desk: Desk, _asked: str, text: str) -> Said | None:
    """A typed choice from the list of surveys: a number, or a title; None for other words."""
    named = [(each.slug, label) for each in _offered(desk) for label in each.title.values()]
    chosen = read_choice(text, named)
    return None if chosen is None else start(desk, {"s": chosen})


def begin_rehearsal(desk: Desk, version: SurveyVersion, waits: bool) -> Said:
    """Begin a frozen draft as a rehearsal; what was being answered waits. `waits`: it begins once consent is given."""
    if (running := asking(desk.session, desk.contact.id)) is not None:
        running.status = InterviewStatus.PAUSED
        desk.session.flush()
    desk.ask("")
    interview = _new(desk, version, {"t": "1"})
    return [] if waits else _begin(desk, interview)


def _new(desk: Desk, version: SurveyVersion, facts: dict[str, str]) -> Interview:
    told = {name: int(value) for name, value in _from(facts).items() if value.isdecimal() and len(value) < 16}
    interview = Interview(
        contact_id=desk.contact.id,
        version_id=version.id,
        status=InterviewStatus.ASKING,
        progress=Progress().to_data(),
        started_at=desk.at,
        updated_at=desk.at,
        rehearsal="t" in told or desk.contact.rehearsal,
        broadcast_id=told.get("b"),
        arm=min(told["a"], 1) if "a" in told else None,
    )
    desk.session.add(interview)
    desk.session.flush()
    return interview


def _begin(desk: Desk, interview: Interview) -> Said:
    questionnaire = desk.questionnaires.of(interview.version)
    return _carry_out(desk, interview, engine.begin(questionnaire, desk.setting)).said


def _another_runs(desk: Desk, running: Interview, wanted: Survey, facts: dict[str, str]) -> Said:
    go_on = desk.option("go.on", "resume", i=str(running.id))
    told = pack("survey", s=wanted.slug, leave="1", **_from(facts))
    leave = Option(desk.say("surveys.leave"), told, says=_name(desk, wanted))
    name = _name(desk, running.version.survey)
    return [desk.tell("interview.other_running", go_on, leave, title=name)]


def answer(desk: Desk, interview: Interview, reply: Reply) -> Told:
    """A reply to the interview. Where its survey has closed meanwhile the citizen is told, and nothing is lost."""
    step = _step(desk, interview, reply)
    if _goes_on(interview):
        told = _carry_out(desk, interview, step)
        if isinstance(reply, Media) or interview.status != InterviewStatus.ASKING:
            pictures.drop_unused(desk)
        return told
    if not any(isinstance(effect, Stop) for effect in step.effects):
        interview.progress = step.progress.to_data()
    return Told(_close(desk, interview))


def _step(desk: Desk, interview: Interview, reply: Reply) -> Step:
    progress = Progress.from_data(interview.progress)
    return engine.step(desk.questionnaires.of(interview.version), progress, reply, desk.setting)


def answers(desk: Desk, interview: Interview, reply: Reply) -> bool:
    """Whether a reply means this interview, which fell silent: an answer or a command of it, not a refusal."""
    step = _step(desk, interview, reply)
    handed = any(isinstance(effect, Hand) for effect in step.effects)
    return not handed and step.progress.tries <= interview.progress["tries"]


def take_up(desk: Desk, interview: Interview) -> Said:
    """Go on with an interview that was paused, or that fell silent."""
    if not _goes_on(interview):
        return _close(desk, interview)
    wake_up(desk, interview)
    progress = Progress.from_data(interview.progress)
    if progress == Progress():
        return _begin(desk, interview)
    step = engine.resume(desk.questionnaires.of(interview.version), progress, desk.setting)
    return _carry_out(desk, interview, step).said


def wake_up(desk: Desk, interview: Interview) -> None:
    """Make this the interview that is asked; another one that is waits."""
    other = asking(desk.session, desk.contact.id)
    if other is not None and other.id != interview.id:
        other.status = InterviewStatus.PAUSED
        desk.session.flush()
    interview.status, interview.nudged_at, interview.ended_at = InterviewStatus.ASKING, None, None


def _goes_on(interview: Interview) -> bool:
    """Whether the interview may be answered: its survey is open, or it is rehearsed."""
    return interview.rehearsal or is_open(interview.version.survey)


def is_open(survey: Survey) -> bool:
    """Whether a survey is asked now: a closed project takes nothing."""
    return survey.state == SurveyState.LIVE and survey.project.status == ProjectStatus.ACTIVE


def _close(desk: Desk, interview: Interview) -> Said:
    """The survey ended under the citizen's hands: what was answered is filed as it is."""
    entry = file_partly(desk, interview)
    interview.status, interview.ended_at = InterviewStatus.STOPPED, desk.at
    interview.progress = Progress().to_data()
    if entry is None:
        return [desk.tell("surveys.ended", *menu_options(desk))]
    project = interview.version.survey.project
    if project.status == ProjectStatus.ACTIVE:
        return [desk.tell("surveys.closed", *menu_options(desk), number=entry.number)]
    facts = {"project": short_name(project, desk.language), "number": entry.number}
    return [desk.tell("project.closed", *menu_options(desk), **facts)]


def file_partly(desk: Desk, interview: Interview) -> filing.Entry | None:
    """File what an unfinished interview has, marked partial; None where it has nothing yet."""
    questionnaire = desk.questionnaires.of(interview.version)
    answers = gathered(questionnaire, Progress.from_data(interview.progress))
    if not answers:
        return None
    entry = filing.file_interview(desk.session, interview, answers, desk.contact, desk.at)
    entry.partial = True
    return entry


def _carry_out(desk: Desk, interview: Interview, step: Step) -> Told:
    """Make the effects so; what the engine says is marked with its interview, to know a late tap by."""
    interview.progress, interview.updated_at = step.progress.to_data(), desk.at
    said: Said = []
    command = ""
    for effect in step.effects:
        match effect:
            case Say(message):
                said.append(mark(message, i=str(interview.id)))
            case Complete(answers):
                said += _complete(desk, interview, answers)
            case Pause():
                interview.status = InterviewStatus.PAUSED
                said.append(desk.tell("interview.paused", desk.option("go.on", "resume", i=str(interview.id))))
            case Stop():
                interview.status, interview.ended_at = InterviewStatus.STOPPED, desk.at
                # The citizen took these answers back: they are not kept "just in case".
                interview.progress = Progress().to_data()
                filing.call_off(desk.session, interview, desk.at)
                said.append(desk.tell("interview.cancelled", *menu_options(desk)))
            case Hand(name):
                command = name
    return Told(said, command)


def _complete(desk: Desk, interview: Interview, answers: Sequence[engine.Answer]) -> Said:
    entry = filing.file_interview(desk.session, interview, answers, desk.contact, desk.at)
    entry.partial = False
    interview.status, interview.ended_at = InterviewStatus.COMPLETED, desk.at
    interview.progress = Progress().to_data()
    outro = fallback(desk.questionnaires.of(interview.version).outro, desk.language)
    thanks = desk.tell("filed.thanks", *menu_options(desk), number=entry.number)
    over = [desk.tell("rehearsal.over")] if interview.rehearsal else []
    return [*([Message(outro)] if outro else []), thanks, *over]


def resume_last(desk: Desk, _facts: dict[str, str]) -> Said:
    """Go on with what was left, if anything was."""
    left = asking(desk.session, desk.contact.id) or unfinished(desk)
    return take_up(desk, left) if left is not None else menu(desk)
