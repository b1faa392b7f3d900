"""Where an interview goes next. It is always the first question that shows and has no answer yet.

So going back, changing an answer and forgetting one are the same thing: stand at a question, and go on from there.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import TypeAlias

from bot.interview.asking import question_message, takes_more
from bot.interview.effects import Complete, Pause, Say, Step, Stop
from bot.interview.progress import REVIEW, Answer, Heard, Progress, Status
from bot.interview.questionnaire import Kind
from bot.interview.replies import Refusal, Reply, Tap, Text
from bot.interview.review import answered_message, overview_messages, review_messages
from bot.interview.turn import Turn, gathered, next_name
from bot.interview.vocabulary import is_number
from bot.messages import Message, Option, pack
from bot.wording import pick

Move: TypeAlias = Callable[[Turn, Tap], Step]

_WAY_OUT = 3  # refusals in a row until the ways out are pointed at


def advance(turn: Turn, *said: Message) -> Step:
    """Go to the first question without an answer, saying the notes on the way, or to the review."""
    notes: list[str] = []
    progress = turn.progress
    for question in turn.shown:
        if progress.settled(question.name):
            continue
        if question.kind is not Kind.NOTE:
            break
        notes.append(pick(question.label, turn.setting.language))
        progress = progress.answered(Answer(question.name, question.kind, status=Status.SHOWN))
    there = turn.after(progress.moved(next_name(turn.asked, progress)))
    return look(there, "", *said, *([Message("\n\n".join(notes))] if notes else []))


def look(turn: Turn, opening: str = "", *said: Message) -> Step:
    """Put before the citizen what the interview stands at, a question or the review, after what is `said`."""
    question = turn.question
    asked = (question_message(turn, question, opening),) if question else review_messages(turn, opening)
    return Step(turn.progress, tuple(Say(message) for message in (*said, *asked)))


def refuse(turn: Turn, reply: Reply, refusal: Refusal) -> Step:
    """Say kindly why this is no answer, keep the words, and ask again, with more help each time."""
    heard = (Heard(reply.text, reply.id),) if isinstance(reply, Text) else ()
    progress = turn.progress.hearing(turn.progress.at or REVIEW, *heard)
    turn = turn.after(replace(progress, tries=progress.tries + 1))
    opening = turn.say(f"refused.{refusal.code}", **refusal.facts)
    return look(turn, f"{opening}\n{turn.say('way_out')}" if turn.progress.tries >= _WAY_OUT else opening)


def stale(turn: Turn, tap: Tap) -> Step:
    """A tap on a button of another question: say how that one was answered, offer to change it, and ask on."""
    question = turn.find(tap.question)
    if question is None or not turn.progress.settled(question.name):
        return look(turn, turn.say("gone"))
    return look(turn, "", answered_message(turn, question))


def back(turn: Turn, tap: Tap) -> Step:
    """One question back. Its answer stands until another is given."""
    if turn.previous is None:
        return look(turn, turn.say("first"))
    return look(turn.after(turn.progress.moved(turn.previous.name)))


def skip(turn: Turn, tap: Tap) -> Step:
    """Leave a question out. One that must be answered and was keeps its answer; one that need not be loses it."""
    question, progress = turn.question, turn.progress
    if question is None:
        return look(turn)
    if question.required:
        return advance(turn) if progress.settled(question.name) else refuse(turn, tap, Refusal("required"))
    if progress.settled(question.name):
        progress = progress.unheard(question.name)
    return advance(turn.after(progress.answered(Answer(question.name, question.kind, status=Status.SKIPPED))))


def keep(turn: Turn, tap: Tap) -> Step:
    """Keep the words as they are, the answer that is offered or that was, or the words with the answer before."""
    question, progress = turn.question, turn.progress
    if question is None:
        return look(turn)
    heard = progress.heard.get(question.name, ())
    if tap.value == "words" and heard:
        own = Answer(question.name, question.kind, status=Status.OWN_WORDS)
        return advance(turn.after(progress.answered(own)))
    if tap.value == "default" and question.default is not None:
        words = turn.default(question)
        category = "" if question.kind is Kind.TEXT else str(question.default)
        given = Answer(question.name, question.kind, category, question.default, words)
        return advance(turn.after(progress.answered(given)))
    if tap.value == "previous" and heard and turn.previous and takes_more(turn):
        progress = progress.unheard(question.name).hearing(turn.previous.name, *heard)
        return look(turn.after(replace(progress, tries=0)), turn.say("kept"))
    return advance(turn) if progress.settled(question.name) else look(turn)


def change(turn: Turn, tap: Tap) -> Step:
    """Stand at a question that was answered: one tapped, or the one of that number. Else show which there are."""
    if is_number(tap.value):
        place = int(tap.value)
        question = turn.asked[place - 1] if 1 <= place <= len(turn.asked) else None
    else:
        question = turn.find(tap.question)
    if question is not None and question.name in turn.progress.answers:
        return look(turn.after(turn.progress.moved(question.name)))
    if turn.question is None:
        return look(turn, turn.say("review.which"))
    return look(turn, "", *(overview_messages(turn) or [Message(turn.say("overview.empty"))]))


def pause(turn: Turn, tap: Tap) -> Step:
    """Stop for now. Everything is kept."""
    return Step(turn.progress, (Pause(),))


def resume(turn: Turn, tap: Tap) -> Step:
    """Ask again what was asked."""
    return look(turn)


def help(turn: Turn, tap: Tap) -> Step:
    """Say what can be said at any point, and ask again."""
    return look(turn, "", Message(turn.say("help")))


def stop(turn: Turn, tap: Tap) -> Step:
    """Ask whether to end without filing anything."""
    return _confirm(turn, "stop", "pause")


def stopped(turn: Turn) -> Step:
    """End without filing anything."""
    return Step(turn.progress.moved(None), (Stop(),))


def restart(turn: Turn, tap: Tap) -> Step:
    """Ask whether to throw the answers away and begin anew."""
    return _confirm(turn, "restart")


def restarted(turn: Turn) -> Step:
    """Begin anew."""
    return advance(turn.after(Progress()))


def file(turn: Turn, tap: Tap) -> Step:
    """File the answers, if this is the review and nothing is missing; else go on to there."""
    progress = turn.progress
    if progress.at != REVIEW or next_name(turn.asked, progress) != REVIEW:
        return advance(turn)
    return Step(progress.moved(None), (Complete(gathered(turn.questionnaire, progress)),))


def _confirm(turn: Turn, what: str, *others: str) -> Step:
    options = (
        Option(turn.say(f"confirm.{what}.yes"), pack(what, v="yes")),
        *(Option(turn.say(f"option.{other}"), pack(other)) for other in others),
        Option(turn.say("option.resume"), pack("resume")),
    )
    message = Message(turn.say(f"confirm.{what}"), options)
    return Step(replace(turn.progress, confirming=what), (Say(message),))


# The acts of options, and the commands that can be typed, by name.
MOVES: dict[str, Move] = {
    "back": back,
    "skip": skip,
    "keep": keep,
    "change": change,
    "pause": pause,
    "resume": resume,
    "help": help,
    "stop": stop,
    "restart": restart,
    "file": file,
}
CONFIRMED: dict[str, Callable[[Turn], Step]] = {"stop": stopped, "restart": restarted}
