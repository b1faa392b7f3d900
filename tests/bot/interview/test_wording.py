"""Every sentence that the interview asks for is in its catalogue, and every one there is asked for."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.interview import engine
from bot.interview.vocabulary import is_number, means
from bot.wording import catalogue

FOLDER = Path(engine.__file__).parent
REFUSING = {"Refusal", "against", "unexpected"}
# Keys that are put together from parts.
PARTS = {f"option.{each}" for each in ("done", "keep_words", "skip", "keep_answer", "keep_previous", "back", "pause")}
PARTS |= {"option.stop", "option.resume", "confirm.stop", "confirm.stop.yes", "confirm.restart", "confirm.restart.yes"}
PARTS |= {"words.done", "words.file", "yes", "no", "paused"}
PARTS |= {f"refused.photo_{each}" for each in ("too_large", "not_image", "gone", "later")}


def asked_for() -> Iterator[str]:
    for path in FOLDER.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            keys = [each.value for each in node.args if isinstance(each, ast.Constant) and isinstance(each.value, str)]
            if name == "say":
                yield from keys
            elif name in REFUSING:
                yield from (f"refused.{key}" for key in keys)


def test_keys_and_catalogue_are_the_same() -> None:
    have = {key.removeprefix("interview.") for key in sentences()}
    assert have == set(asked_for()) | PARTS


def sentences() -> set[str]:
    """The names in our own catalogue, of which others of the domain of conversation share the first part."""
    text = (FOLDER.parent / "locale" / "th" / "LC_MESSAGES" / "interview.po").read_text(encoding="utf-8")
    return {line.split('"')[1] for line in text.splitlines() if line.startswith('msgid "interview.')}


def test_no_name_is_in_two_catalogues() -> None:
    other = (FOLDER.parent / "locale" / "th" / "LC_MESSAGES" / "conversation.po").read_text(encoding="utf-8")
    assert not [name for name in sentences() if f'msgid "{name}"' in other]
    assert sentences() <= set(catalogue("th"))


@pytest.mark.parametrize(
    ("what", "text", "whether"),
    [
        ("done", "เสร็จแล้ว", True),
        ("done", "เสร็จแล้วๆ", True),
        ("done", "Done!", True),
        ("done", "ຄົບແລ້ວ", False),
        ("done", "ປະສົບຜົນສຳເລັດ", False),
        ("done", "រួចរាល់", True),
        ("done", "ถนนยังสร้างไม่เสร็จ", False),
        ("file", "ส่งเลย", True),
        ("file", "อย่าเพิ่งส่ง", False),
        ("file", " OK ", True),
        ("file", "ပို့မည်", True),
    ],
)
def test_words_of_the_interview(what: str, text: str, whether: bool) -> None:
    assert means(what, text) is whether


@pytest.mark.parametrize(
    ("text", "whether"), [("2", True), ("๒", True), ("12", True), ("1.5", False), ("9" * 9, False), ("", False)]
)
def test_small_numbers(text: str, whether: bool) -> None:
    assert is_number(text) is whether
