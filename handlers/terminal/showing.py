"""What the terminal shows: bubbles, numbered options, and what would have been filed."""

import json
from collections.abc import Sequence

from rich.box import ROUNDED
from rich.console import Console, Group, RenderableType
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from bot.line.outbound import compose
from bot.messages import Card, Message, Option, OptionKind
from bot.rehearsals.stage import Noted, Shown

WIDEST = 72
SIGNS = {
    OptionKind.DATE: "date picker",
    OptionKind.LOCATION: "use /location",
    OptionKind.CAMERA: "use /photo",
    OptionKind.ALBUM: "use /photo",
}


def tappable(messages: Sequence[Message]) -> list[Option]:
    """What can be tapped after these messages, in the order shown. Below the chat LINE shows the last options alone."""
    found: list[Option] = []
    for message in messages:
        if message.card:
            found += [row.option for row in message.card.rows if row.option]
            found += message.card.options
    return list(dict.fromkeys([*found, *_below(messages)]))


def _below(messages: Sequence[Message]) -> Sequence[Option]:
    return next((each.options for each in reversed(messages) if each.options), ())


class Screen:
    """Writes to a console. Thai is never styled inside a word, so that vowels stay with their letters."""

    def __init__(self, console: Console) -> None:
        self._console = console

    def bot_says(self, messages: Sequence[Message]) -> list[Option]:
        """Show what the bot says. Returns the options, numbered from 1 as shown."""
        options = tappable(messages)
        for message in messages:
            body = _card(message.card, options) if message.card else Text(message.text)
            self._put(Panel.fit(body, box=ROUNDED, border_style="green"))
        # A menu's card holds its quick replies too: once is enough here.
        framed = messages[-1].card.options if messages and messages[-1].card else ()
        for each in _below(messages):
            if each not in framed:
                self._put(Text("  ") + _option(options, each))
        return options

    def citizen_says(self, text: str) -> None:
        """Show what the citizen said, where no terminal has echoed it."""
        self._put(Text(f"› {text}", style="cyan"))

    def json(self, messages: Sequence[Message]) -> None:
        """Show messages as they would go to LINE."""
        told = Text(json.dumps(compose(messages), ensure_ascii=False, indent=2))
        self._console.print(told, soft_wrap=True, highlight=False)

    def filed(self, entry: Shown) -> None:
        """Show an entry that would have been filed."""
        facts = Table.grid(padding=(0, 2))
        for name, value in _facts(entry):
            facts.add_row(Text(name, style="dim"), Text(value))
        parts: list[RenderableType] = [facts]
        if entry.answers:
            parts.append(_answers(entry.answers))
        self._put(Panel.fit(Group(*parts), title=f"would be filed as {entry.number}", border_style="yellow"))

    def note(self, text: str) -> None:
        """Say something on the terminal's own account."""
        self._put(Text(text, style="dim"))

    def _put(self, what: RenderableType) -> None:
        self._console.print(what, width=min(self._console.width, WIDEST), highlight=False)


def _card(card: Card, options: Sequence[Option]) -> RenderableType:
    lines: list[RenderableType] = [Text(each, style="bold") for each in (card.title,) if each]
    if card.note:
        lines.append(Text(card.note))
    for row in card.rows:
        told = ": ".join(filter(None, (row.label, row.value)))
        lines.append(Text(told) if row.option is None else Text(f"{told}  ") + _option(options, row.option))
    return Group(*lines, *(_option(options, each) for each in card.options))


def _option(options: Sequence[Option], option: Option) -> Text:
    number = Text(f"[{options.index(option) + 1}] ", style="bold green")
    sign = option.data if option.kind is OptionKind.LINK else SIGNS.get(option.kind, "")
    return number + Text(option.label) + Text(f"  ({sign})" if sign else "", style="dim")


def _facts(entry: Shown) -> list[tuple[str, str]]:
    by_kind: dict[str, list[str]] = {}
    for kind, tag in entry.tags:
        by_kind.setdefault("likely" if kind == "project" else kind, []).append(tag)
    found = [("project", entry.project or "(to be chosen)"), ("survey", entry.survey), ("words", entry.masked)]
    found += [(kind, ", ".join(dict.fromkeys(tags))) for kind, tags in by_kind.items()]
    state = entry.status + (", partial" if entry.partial else "")
    return [(name, value) for name, value in [*found, ("status", state)] if value]


def _answers(answers: Sequence[Noted]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="dim")
    for heading in ("question", "category", "value", "words"):
        table.add_column(heading)
    for each in answers:
        category = each.category or f"({each.status})"
        table.add_row(*map(Text, (each.question, category, _value(each.value), each.words)))
    return table


def _value(value: object) -> str:
    return "" if value is None else json.dumps(value, ensure_ascii=False)
