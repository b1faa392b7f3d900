"""A choice as typed: its label with slips of keys and tones, part of it, its number or place, its code → the code, or
None.

Looked for in this order, the first that fits exactly one choice: the label or a part of it between slashes or
brackets; a number in a label ("20" where one reads 18–25); a place in the list ("ข้อ 2", "อันแรก", "ข"); a label
inside the answer, or the answer inside one label; the label most like it. What denies ("ไม่เอา 2"), doubts, or fits
two is None.
"""

from collections.abc import Sequence

from nlp.choice_list import Choices, listed
from nlp.choice_match import match_one, match_several
from nlp.typed import as_thai_keys, courteous, fold, last_said, without_pictures

Labelled = Sequence[tuple[str, str]]
_LONGEST_ANSWER = 120
_LONGEST_LIST = 280


def read_choice(text: str, choices: Labelled) -> str | None:
    """The code of the one choice meant; None to ask again.

    `choices` are (code, label) in the order shown; a code may come several times, with labels in several languages.
    """
    answer, offered = _prepared(text, _LONGEST_ANSWER), listed(tuple((code, label) for code, label in choices))
    if answer is None:
        return None
    code = match_one(answer, offered)
    if code is None and answer.isascii():
        return _other_keyboard(text, offered)
    return code


def read_choices(text: str, choices: Labelled) -> tuple[str, ...] | None:
    """The codes of all choices meant, in the order of the list; None to ask again when any part is not understood."""
    answer, offered = _prepared(text, _LONGEST_LIST), listed(tuple((code, label) for code, label in choices))
    if answer is None:
        return None
    codes = match_several(answer, offered)
    if not codes and answer.isascii():
        code = _other_keyboard(text, offered)
        return (code,) if code else None
    return codes


def _prepared(text: str, longest: int) -> str | None:
    answer = fold(last_said(text))
    if not answer or len(answer) > longest:
        return None
    return courteous(without_pictures(answer) or answer, soft=False)


def _other_keyboard(text: str, offered: Choices) -> str | None:
    """The answer typed with the keyboard on English: only a label in full is believed."""
    return offered.exact(courteous(as_thai_keys(text))) if len(text.strip()) > 2 else None
