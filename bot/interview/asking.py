"""The message that asks a question: progress, label, hint, purpose, and everything that can be tapped."""

import regex

from bot.interview.kinds import KINDS
from bot.interview.progress import Status
from bot.interview.questionnaire import Kind, Question
from bot.interview.turn import Turn, cut
from bot.messages import Card, Message, Option, OptionKind, pack
from bot.wording import pick

MOST_OPTIONS = 13  # LINE's quick replies; https://developers.line.biz/en/reference/messaging-api/#quick-reply
_BUTTON = 20  # grapheme clusters on a quick reply
_LONGEST_BEFORE = 300  # letters of an earlier answer that are shown with its question
_TILL_BUTTONS = 2  # refusals in a row until everything is offered as buttons that stay
_TILL_WAY_OUT = 3  # and until ways out are offered


def question_message(turn: Turn, question: Question, opening: str = "") -> Message:
    """The question, after `opening`. The more refusals there were, the more help comes with it."""
    label, lines = pick(question.label, turn.setting.language), KINDS[question.kind].lines(turn.put(question))
    told, (answers, controls) = _told(turn, question), _options(turn, question)
    text = _lines(f"{opening}\n" if opening else "", _progress(turn), label, *told, *lines)
    card = None
    if turn.progress.tries >= _TILL_BUTTONS:
        # LINE takes camera, album and location buttons below the chat only, not in a card.
        buttons = tuple(each for each in (*answers, *controls) if each.kind in (OptionKind.TAP, OptionKind.DATE))
        card = Card(f"{_progress(turn)}  {label}", options=buttons, note=_lines(opening, *told)) if buttons else None
    return Message(text, _fitted(answers, controls), card)


def more_message(turn: Turn, question: Question) -> Message:
    """What was ticked so far, and what can be ticked still, without the whole question."""
    more = KINDS[question.kind].more(turn.put(question))
    return Message(_lines(_progress(turn), more), _fitted(*_options(turn, question)))


def _lines(*lines: str) -> str:
    return "\n".join(filter(None, lines))


def _progress(turn: Turn) -> str:
    return turn.say("progress", n=turn.place + 1, total=len(turn.asked))


def _told(turn: Turn, question: Question) -> tuple[str, ...]:
    """What helps to answer: the hint, why a sensitive question is asked, the answer that was given before."""
    language = turn.setting.language
    before = turn.progress.settled(question.name) and not turn.progress.tries
    return (
        pick(question.hint, language),
        turn.say("purpose", purpose=pick(question.purpose, language)) if question.sensitive else "",
        turn.say("before", answer=cut(turn.shows(question), _LONGEST_BEFORE)) if before else "",
    )


def _options(turn: Turn, question: Question) -> tuple[tuple[Option, ...], tuple[Option, ...]]:
    """What answers the question when tapped, and what else can be tapped."""
    answers = KINDS[question.kind].options(turn.put(question))
    return (*answers, *_offered(turn, question)), _controls(turn, question)


def _offered(turn: Turn, question: Question) -> tuple[Option, ...]:
    """A button for the answer that the question offers, as far as it can be read on one."""
    if question.default is None or turn.progress.settled(question.name):
        return ()
    letters = regex.findall(r"\X", turn.say("option.use_default", value=turn.default(question)))
    label = "".join(letters if len(letters) <= _BUTTON else [*letters[: _BUTTON - 1], "…"])
    return (Option(label, pack("keep", q=question.name, v="default")),)


def _fitted(answers: tuple[Option, ...], controls: tuple[Option, ...]) -> tuple[Option, ...]:
    """Answers and controls within LINE's number. All controls but the first give way; all can be typed as well."""
    kept = controls[: max(1, MOST_OPTIONS - len(answers))]
    return answers[: MOST_OPTIONS - len(kept)] + kept


def _controls(turn: Turn, question: Question) -> tuple[Option, ...]:
    """What else can be tapped, the most needed first."""
    progress, name = turn.progress, question.name
    answer, tries = progress.answers.get(name), progress.tries
    heard = bool(progress.heard.get(name))
    ticked = answer is not None and answer.status == Status.OPEN and bool(answer.value)
    last = tries >= _TILL_WAY_OUT
    offers: tuple[tuple[str, dict[str, str], str, bool], ...] = (
        ("done", {}, "done", ticked),
        ("keep", {"v": "words"}, "keep_words", last and heard),
        ("skip", {}, "skip", not question.required and not ticked),
        ("keep", {"v": "answer"}, "keep_answer", progress.settled(name)),
        ("keep", {"v": "previous"}, "keep_previous", bool(tries) and heard and takes_more(turn)),
        ("back", {}, "back", turn.previous is not None),
        ("pause", {}, "pause", last),
        ("stop", {}, "stop", last),
    )
    return tuple(
        Option(turn.say(f"option.{label}"), pack(act, q=name, **facts)) for act, facts, label, so in offers if so
    )


def takes_more(turn: Turn) -> bool:
    """Whether the answer before this question is free text, to which more can be added."""
    answer = turn.progress.answers.get(turn.previous.name) if turn.previous else None
    return answer is not None and answer.kind == Kind.TEXT and answer.status != Status.SKIPPED


def ticked_before(turn: Turn) -> bool:
    """Whether the question before this one, and not this one, takes several choices: a late "done" belongs to that."""
    kinds = [each.kind for each in (turn.previous, turn.question) if each]
    return len(kinds) == 2 and kinds[0] is Kind.SELECT_MULTIPLE and kinds[1] is not Kind.SELECT_MULTIPLE
