"""How an interview goes, step by step: a pure function from where it stands and what was said to what happens next.

A step never raises, whatever is said; it says at most four messages; and it loses no word.
"""

from dataclasses import replace

from bot.interview.asking import more_message, ticked_before
from bot.interview.effects import Complete, Effect, Hand, Pause, Say, Step, Stop
from bot.interview.kinds import KINDS
from bot.interview.kinds.choosing import declines, labelled
from bot.interview.kinds.manner import Reading, unexpected
from bot.interview.moves import CONFIRMED, MOVES, advance, look, refuse, stale
from bot.interview.progress import REVIEW, Answer, Heard, Progress, Status
from bot.interview.questionnaire import Question, Questionnaire
from bot.interview.replies import Refusal, Reply, Tap, Text
from bot.interview.setting import Setting
from bot.interview.turn import Turn, gathered
from bot.interview.vocabulary import is_number, means
from bot.messages import Message
from bot.wording import pick
from nlp.answers import read_command, read_yes_no

__all__ = ["Answer", "Complete", "Effect", "Hand", "Pause", "Progress", "Say", "Setting", "Step", "Stop"]
__all__ += ["begin", "gathered", "resume", "step"]

_OF_THE_QUESTION = frozenset({"answer", "done", "skip", "keep"})  # acts that mean the question on their button only
_COMMANDS = {"cancel": "stop"}  # commands that go by another name among our acts


def begin(questionnaire: Questionnaire, setting: Setting) -> Step:
    """Open an interview: the introduction and the first question."""
    intro = pick(questionnaire.intro, setting.language)
    return advance(Turn.of(questionnaire, Progress(), setting), *([Message(intro)] if intro else []))


def resume(questionnaire: Questionnaire, progress: Progress, setting: Setting) -> Step:
    """Take an interview up again: after a pause, in another language, or after a stop."""
    turn = Turn.of(questionnaire, replace(progress, confirming="", tries=0), setting)
    return advance(turn) if progress.at is None else look(turn, turn.say("resumed"))


def step(questionnaire: Questionnaire, progress: Progress, reply: Reply, setting: Setting) -> Step:
    """What happens when the citizen sends `reply`."""
    turn = Turn.of(questionnaire, replace(progress, confirming=""), setting)
    if progress.at is None:
        return Step(progress, (Say(Message(turn.say("over"))),))
    command, value = _command(turn, reply)
    if command and command not in MOVES:
        return Step(progress, (Hand(command),))
    if progress.confirming:
        verdict = _verdict(progress.confirming, command, reply)
        if verdict is not None:
            return CONFIRMED[progress.confirming](turn) if verdict else look(turn)
    if command:
        return MOVES[command](turn, Tap(command, progress.at, value))
    return _tapped(turn, reply) if isinstance(reply, Tap) else _heard(turn, reply)


def _command(turn: Turn, reply: Reply) -> tuple[str, str]:
    """The command that was typed and its number, or ("", "")."""
    question = turn.question
    if not isinstance(reply, Text) or (question and _answers_first(turn, question, reply.text)):
        return "", ""
    command = read_command(reply.text, len(turn.asked), turn.put(question).words if question else None)
    if command is None or (command.name == "skip" and question and declines(question, reply.text)):
        return "", ""
    return _COMMANDS.get(command.name, command.name), "" if command.number is None else str(command.number)


def _answers_first(turn: Turn, question: Question, text: str) -> bool:
    """Whether a text that may be a command is an answer before that: a choice's name, or "next" after ticking some."""
    answer = turn.progress.answers.get(question.name)
    ticking = answer is not None and answer.status == Status.OPEN
    return labelled(question, text) is not None or (ticking and means("done", text))


def _verdict(confirming: str, command: str, reply: Reply) -> bool | None:
    """Whether the citizen says yes to what waits for it; None where they say something else."""
    if isinstance(reply, Tap):
        return True if (reply.act, reply.value) == (confirming, "yes") else None
    if command:
        return True if command == confirming else None
    return read_yes_no(reply.text) if isinstance(reply, Text) else None


def _tapped(turn: Turn, tap: Tap) -> Step:
    if tap.act in _OF_THE_QUESTION and tap.question != turn.progress.at:
        return stale(turn, tap)
    if tap.act in ("answer", "done"):
        return _heard(turn, tap)
    move = MOVES.get(tap.act)
    return move(turn, tap) if move else look(turn, turn.say("gone"))


def _heard(turn: Turn, reply: Reply) -> Step:
    """Read the reply as an answer to the question that stands."""
    question = turn.question
    if question is None:
        return _at_review(turn, reply)
    if isinstance(reply, Text) and means("done", reply.text) and ticked_before(turn):
        return look(turn)
    reading = KINDS[question.kind].read(turn.put(question), reply)
    if isinstance(reading, Refusal):
        return refuse(turn, reply, reading)
    return _accept(turn, question, reply, reading)


def _accept(turn: Turn, question: Question, reply: Reply, reading: Reading) -> Step:
    source = "" if isinstance(reply, Tap) else reply.id
    before = turn.progress.answers.get(question.name)
    sources = f"{before.source} {source}".strip() if before and before.status == Status.OPEN else source
    answer = Answer(
        question.name, question.kind, reading.category, reading.value, reading.words, sources, reading.status
    )
    progress = turn.progress.answered(answer).hearing(question.name, Heard(reading.aside, source))
    turn = turn.after(progress)
    if reading.status is Status.OPEN:
        return Step(turn.progress, (Say(more_message(turn, question)),))
    return advance(turn)


def _at_review(turn: Turn, reply: Reply) -> Step:
    """At the review, yes files, no or a number changes an answer, and other words are filed along."""
    if not isinstance(reply, Text):
        return refuse(turn, reply, unexpected(reply, "choice_gone"))
    text = reply.text.strip()
    verdict = read_yes_no(text)
    if verdict or means("file", text):
        return MOVES["file"](turn, Tap("file"))
    if is_number(text):
        return MOVES["change"](turn, Tap("change", value=text))
    if verdict is False:
        return look(turn, turn.say("review.which"))
    return look(turn.after(turn.progress.hearing(REVIEW, Heard(reply.text, reply.id))), turn.say("review.noted"))
