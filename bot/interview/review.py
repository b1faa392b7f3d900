"""All answers at a glance: before filing, or to pick one to change."""

from math import ceil

from bot.interview.progress import REVIEW
from bot.interview.questionnaire import Question
from bot.interview.turn import Turn, cut
from bot.messages import Card, Message, Option, Row, pack
from bot.wording import pick

# A LINE bubble is held to 25 KB. A row costs about 700 bytes of JSON and three a Thai character; these keep
# sixty questions, the most a questionnaire may have, within three bubbles.
_ROWS = 12
_BUBBLES = 3
_LETTERS = 2400
_LONGEST_LABEL, _LONGEST_VALUE = 60, 140


def review_messages(turn: Turn, opening: str = "") -> tuple[Message, ...]:
    """The answers, each with a button to change it, and below them the buttons that file or stop. At most three."""
    file = Option(turn.say("option.file"), pack("file"))
    stop = Option(turn.say("option.stop"), pack("stop"))
    remarks = turn.progress.whole(REVIEW)
    added = (Row(turn.say("remarks"), cut(remarks.words, _LONGEST_VALUE)),) if remarks else ()
    rows = (*_rows(turn, turn.asked), *added)
    note = opening or turn.say("review.note")
    return _cards(rows, Card(turn.say("review.title"), options=(file, stop), note=note))


def overview_messages(turn: Turn) -> tuple[Message, ...]:
    """The answers given so far, each with a button to change it. None at all where nothing was answered."""
    given = tuple(each for each in turn.asked if turn.progress.settled(each.name))
    return _cards(_rows(turn, given), Card(turn.say("overview.title"))) if given else ()


def answered_message(turn: Turn, question: Question) -> Message:
    """That this question was answered already, and how, with a button to change it."""
    title = turn.say("answered.title")
    row = Row(_label(turn, question, _LONGEST_LABEL), cut(turn.shows(question), _LONGEST_VALUE))
    change = Option(turn.say("option.change"), pack("change", q=question.name))
    return Message(f"{title}\n{row.label}: {row.value}", card=Card(title, (row,), (change,)))


def _rows(turn: Turn, questions: tuple[Question, ...]) -> tuple[Row, ...]:
    room = _LETTERS // max(_ROWS, ceil(len(questions) / _BUBBLES))
    label, value = min(_LONGEST_LABEL, room // 3), min(_LONGEST_VALUE, room * 2 // 3)
    numbers = {each.name: n for n, each in enumerate(turn.asked, start=1)}
    return tuple(
        Row(
            f"{numbers[each.name]}. {_label(turn, each, label)}",
            cut(turn.shows(each), value),
            Option(turn.say("option.change"), pack("change", q=each.name)),
        )
        for each in questions
    )


def _cards(rows: tuple[Row, ...], last: Card) -> tuple[Message, ...]:
    """The rows over as few cards as hold them; the buttons and the note come with the last one."""
    size = max(_ROWS, ceil(len(rows) / _BUBBLES))
    pages = [rows[start : start + size] for start in range(0, len(rows), size)] or [()]
    messages = []
    for page in pages:
        end = page is pages[-1]
        card = Card(last.title, page, last.options if end else (), last.note if end else "")
        lines = [last.title, *(f"{row.label}: {row.value}" for row in page), card.note]
        messages.append(Message("\n".join(filter(None, lines)), card=card))
    return tuple(messages)


def _label(turn: Turn, question: Question, longest: int) -> str:
    return cut(pick(question.label, turn.setting.language), longest)
