"""What people type instead of tapping: the door to the readers of answers.

Each reader gives the one value that a text means, or None: ask again. A wrong reading is worse than asking again, so
everything that is unsure, several, or something else than an answer is None. No reader raises for any text, or looks
at a clock.

`read_record` is the same for one record of `python -m nlp read`.
"""

from collections.abc import Callable, Mapping
from datetime import date
from math import isfinite
from typing import Any

from nlp.choices import Labelled, read_choice, read_choices
from nlp.commands import Command, read_command
from nlp.dates import read_date
from nlp.numbers import read_number
from nlp.phones import read_phone
from nlp.ratings import read_rating
from nlp.yesno import read_yes_no

__all__ = [
    "Command",
    "Labelled",
    "read_choice",
    "read_choices",
    "read_command",
    "read_date",
    "read_number",
    "read_phone",
    "read_rating",
    "read_record",
    "read_yes_no",
]

Json = bool | int | float | str | list[str | int] | None
_Context = Mapping[str, Any]


def read_record(record: Mapping[str, Any]) -> Json:
    """The value of one record `{"id", "kind", "text", "context": {…}}`; None for "not understood, ask again".

    Kinds and their values: yesno → bool; number → number; rating → int; date → ISO date; choice → code as given, with
    `many` a list of codes in the order shown; phone → digits; command → a command's name, "change:<number>", or "none"
    for what is no command.
    Context: `min`, `max` (number; rating, 1 to 5 by default) · `today` (ISO date; date needs it) · `choices` [[code,
    label], …] and `many` (choice) · `count` of questions and `question`'s words (command; `question` for yesno and
    number too).

    Raises ValueError that says what is wrong with the record.
    """
    kind, text = record.get("kind"), record.get("text")
    context = record.get("context") or {}
    reader = _READERS.get(kind) if isinstance(kind, str) else None
    if reader is None:
        raise ValueError(f"kind must be one of {', '.join(_READERS)}, not {kind!r}")
    if not isinstance(text, str):
        raise ValueError(f"text must be a string, not {text!r}")
    if not isinstance(context, Mapping):
        raise ValueError(f"context must be an object, not {context!r}")
    return reader(text, context)


def _yes_no(text: str, context: _Context) -> Json:
    return read_yes_no(text, _words(context, "question"))


def _number(text: str, context: _Context) -> Json:
    return read_number(text, _figure(context, "min"), _figure(context, "max"), _words(context, "question"))


def _rating(text: str, context: _Context) -> Json:
    least, most = _figure(context, "min"), _figure(context, "max")
    return read_rating(text, 1 if least is None else int(least), 5 if most is None else int(most))


def _date(text: str, context: _Context) -> Json:
    try:
        today = date.fromisoformat((context.get("today") or "").partition("T")[0])
    except (AttributeError, ValueError):
        raise ValueError(f"a date needs context.today as an ISO date, not {context.get('today')!r}") from None
    day = read_date(text, today)
    return day.isoformat() if day else None


def _choice(text: str, context: _Context) -> Json:
    pairs = context.get("choices")
    if not isinstance(pairs, list) or not all(_is_pair(pair) for pair in pairs):
        raise ValueError("a choice needs context.choices as [[code, label], …], the labels strings")
    choices, given = [(str(code), label) for code, label in pairs], {str(code): code for code, _ in pairs}
    if not context.get("many"):
        chosen = read_choice(text, choices)
        return None if chosen is None else given[chosen]
    codes = read_choices(text, choices)
    return [given[code] for code in codes] if codes else None


def _is_pair(pair: object) -> bool:
    return (
        isinstance(pair, list | tuple)
        and len(pair) == 2
        and isinstance(pair[0], str | int)
        and isinstance(pair[1], str)
    )


def _phone(text: str, context: _Context) -> Json:
    return read_phone(text)


def _command(text: str, context: _Context) -> Json:
    count = _figure(context, "count")
    command = read_command(text, None if count is None else int(count), _words(context, "question"))
    if command is None:
        return "none"
    return command.name if command.number is None else f"{command.name}:{command.number}"


def _figure(context: _Context, key: str) -> float | None:
    value = context.get(key)
    if value is not None and (isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value)):
        raise ValueError(f"context.{key} must be a number, not {value!r}")
    return value


def _words(context: _Context, key: str) -> str | None:
    value = context.get(key)
    if value is not None and not isinstance(value, str):
        raise ValueError(f"context.{key} must be a string, not {value!r}")
    return value


_READERS: dict[str, Callable[[str, _Context], Json]] = {
    "yesno": _yes_no,
    "number": _number,
    "rating": _rating,
    "date": _date,
    "choice": _choice,
    "phone": _phone,
    "command": _command,
}
