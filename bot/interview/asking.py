"""The message that asks a question: progress, label, hint, purpose, and everything that can be tapped."""

from bot.interview.kinds import KINDS
from bot.interview.progress import Status
from bot.interview.questionnaire import Kind, Question, Texts
from bot.interview.turn import Turn, cut
from bot.messages import Card, Message, Option, OptionKind, pack
from bot.wording import pick

MOST_OPTIONS = 13  # LINE's quick replies; https://developers.line.biz/en/reference/messaging-api/#quick-reply
_LONGEST_BEFORE = 300  # letters of an earlier answer that are shown with its question
_TILL_BUTTONS = 2  # refusals in a row until everything is offered as buttons that stay
_TILL_WAY_OUT = 3  # and until ways out are offered


def question_message(turn: Turn, question: Question, opening: str = "") -> Message:
    """The question, after `opening`. The more refusals there were, the more help comes with it."""
    controls, answers = _controls(turn, question), KINDS[question.kind].options(turn.put(question))
    text = "\n\n".join(filter(None, (opening, _text(turn, question))))
    card = None
    if turn.progress.tries >= _TILL_BUTTONS:
        # LINE takes camera, album and location buttons below the chat only, not in a card.
        buttons = tuple(each for each in (*answers, *controls) if each.kind in (OptionKind.TAP, OptionKind.DATE))
        card = Card(pick(question.label, turn.setting.language), options=buttons, note=opening) if buttons else None
    return Message(text, _fitted(answers, controls), card)


def _text(turn: Turn, question: Question) -> str:
    def told(texts: Texts) -> str:
        return pick(texts, turn.setting.language)

    purpose = turn.say("purpose", purpose=told(question.purpose)) if question.sensitive and question.purpose else ""
    head = (turn.say("progress", n=turn.place + 1, total=len(turn.asked)), told(question.label), told(question.hint))
    lines = KINDS[question.kind].lines(turn.put(question))
    return "\n".join(filter(None, (*head, purpose, *lines, _before(turn, question))))


def _before(turn: Turn, question: Question) -> str:
    if not turn.progress.settled(question.name):
        return ""
    return turn.say("before", answer=cut(turn.shows(question), _LONGEST_BEFORE))


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
        ("keep", {"v": "previous"}, "keep_previous", bool(tries) and heard and _takes_more(turn.previous)),
        ("back", {}, "back", turn.previous is not None),
        ("pause", {}, "pause", last),
        ("stop", {}, "stop", last),
    )
    return tuple(
        Option(turn.say(f"option.{label}"), pack(act, q=name, **facts)) for act, facts, label, so in offers if so
    )


def _takes_more(question: Question | None) -> bool:
    return question is not None and question.kind is Kind.TEXT
