"""Conversations as text, as an official would read them, and back.

    เรื่อง: …                  heads, until the first empty line
    แบบสอบถาม: travel

    บอท: ข้อ 1/9               what the bot says; further lines are indented
         เดินทางด้วยอะไรคะ
    [รถเมล์] [รถยนต์]          what can be tapped below the chat
    คน: รถเมล์                 what the person types
    คน: [รถยนต์]               … or taps: the newest button of this label
    คน: (สติกเกอร์ OK)         … or sends, or does: what may stand in the brackets is for the player to say
    เวลา: ผ่านไป 20 ชั่วโมง      what others do meanwhile; who they may be is for the player to say as well
    ผล: …                      what came of it, beside words

A test plays what the person says, writes down all that happens, and holds it against the file, letter by letter. With
WRITE_TRANSCRIPTS=1 in the environment it writes the file instead: read the difference before you commit it.
"""

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.messages import Card, Message, Option, Row

FOLDER = Path(__file__).parent / "transcripts"
PERSON = "คน"
_INDENT = " " * 5


@dataclass(frozen=True)
class Script:
    """The heads of a transcript, and who says or does what in it, in order."""

    heads: dict[str, str]
    turns: list[tuple[str, str]]

    @property
    def said(self) -> list[str]:
        """What the person says."""
        return [what for who, what in self.turns if who == PERSON]


def read(path: Path, actors: Sequence[str] = (PERSON,)) -> Script:
    """Read a transcript in which these say or do something of their own accord."""
    top, _, talk = path.read_text(encoding="utf-8").partition("\n\n")
    heads = dict(line.split(": ", 1) for line in top.splitlines())
    turns: list[tuple[str, str]] = []
    speaking = False
    for each in talk.splitlines():
        who, _, what = each.partition(": ")
        if who in actors:
            turns.append((who, what))
        elif speaking and (each.startswith(_INDENT) or not each):
            turns[-1] = (turns[-1][0], f"{turns[-1][1]}\n{each.removeprefix(_INDENT)}")
        speaking = who in actors or (speaking and (each.startswith(_INDENT) or not each))
    return Script(heads, turns)


def hold(path: Path, script: Script, talk: Iterable[str]) -> None:
    """Hold what happened against the file, or write it there."""
    heads = [f"{name}: {value}" for name, value in script.heads.items()]
    text = "\n".join([*heads, "", *talk]) + "\n"
    if os.environ.get("WRITE_TRANSCRIPTS"):
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


def line(who: str, text: str) -> str:
    """One thing said."""
    first, *rest = text.split("\n")
    return "\n".join([f"{who}: {first}", *(f"{_INDENT}{each}".rstrip() for each in rest)])


def shown(message: Message, who: str = "บอท") -> Iterator[str]:
    """A message as it looks on a phone: a card instead of its text, and below it what can be tapped."""
    yield line(who, _framed(message.card) if message.card else message.text)
    if message.options:
        yield _buttons(message.options)


def button(messages: Sequence[Message], label: str) -> Option:
    """The newest button of this label, or that says so when tapped, among these messages, oldest first."""
    for message in reversed(messages):
        for option in _options(message):
            if label in (option.label, option.says):
                return option
    raise LookupError(f"there was no button [{label}]")


def _options(message: Message) -> Iterator[Option]:
    yield from message.options
    if message.card:
        yield from (row.option for row in message.card.rows if row.option)
        yield from message.card.options


def _framed(card: Card) -> str:
    rows = [f"│ {_row(each)}" for each in card.rows]
    notes = [f"│ {each}" for each in card.note.splitlines()]
    return "\n".join([f"┌ {card.title}", *rows, *notes, f"└ {_buttons(card.options)}".rstrip()])


def _row(row: Row) -> str:
    told = f"{row.label}: {row.value}" if row.value else row.label
    return f"{told} [{row.option.label}]" if row.option else told


def _buttons(options: Sequence[Option]) -> str:
    return " ".join(f"[{each.label}]" for each in options)
