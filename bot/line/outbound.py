"""Messages in LINE's JSON, within its limits.

Limits are from the Messaging API reference ("Message objects", "Action objects", "Flex message"): labels are counted in
grapheme clusters, texts in UTF-16 code units, Flex in bytes. Cutting at characters would tear Thai
vowels off their letters.
"""

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import regex

from bot.messages import Card, Message, Option, OptionKind, Row

MESSAGES_A_CALL = 5
QUICK_REPLIES = 13
LABEL = 20
FLEX_LABEL = 40
TEXT_UNITS = 5_000
ALT_UNITS = 1_500
DATA_UNITS = 300
SHOWN = 300
# A card repeats this for every row, within its bytes.
SHOWN_BY_CARD = 60
# LINE allows 30 KB a bubble and does not say how it counts; this stays clear of it.
FLEX_BYTES = 25_000

GREEN = "#0B7A5B"
GREY = "#6B7280"
INK = "#1F2937"
_GRAPHEME = regex.compile(r"\X")


def graphemes(text: str) -> int:
    """The number of grapheme clusters: what a reader takes for one letter."""
    return len(_GRAPHEME.findall(text))


def utf16(text: str) -> int:
    """The number of UTF-16 code units, in which LINE counts a text."""
    return len(text.encode("utf-16-le")) // 2


def shorten(text: str, longest: int) -> str:
    """The text in at most `longest` grapheme clusters, with "…" where it was cut."""
    if len(text) <= longest:
        return text
    letters = _GRAPHEME.findall(text)
    return text if len(letters) <= longest else "".join(letters[: longest - 1]).rstrip() + "…"


def within(text: str, units: int) -> str:
    """The text in at most `units` UTF-16 code units, with "…" where it was cut, never inside a letter."""
    if utf16(text) <= units:
        return text
    kept, used = [], 1
    for letter in _GRAPHEME.findall(text):
        used += utf16(letter)
        if used > units:
            break
        kept.append(letter)
    return "".join(kept).rstrip() + "…"


def compose(messages: Sequence[Message]) -> list[dict[str, Any]]:
    """The messages as LINE's JSON: at most five, with quick replies on the last, where alone LINE shows them.

    Of more than five, the first texts are joined into one bubble: nothing is dropped.
    """
    spoken = [each for each in messages if each.text or each.card]
    while len(spoken) > MESSAGES_A_CALL:
        spoken[:2] = [replace(spoken[1], text=f"{spoken[0].text}\n\n{spoken[1].text}")]
    if not spoken:
        return []
    options = next((each.options for each in reversed(spoken) if each.options), ())
    composed = [_bubble(each.card, each.text) if each.card else _text(each.text) for each in spoken]
    if options:
        items = [{"type": "action", "action": action(each, LABEL)} for each in options[:QUICK_REPLIES]]
        composed[-1]["quickReply"] = {"items": items}
    return composed


def _text(text: str) -> dict[str, Any]:
    return {"type": "text", "text": within(text, TEXT_UNITS)}


def action(option: Option, longest: int) -> dict[str, Any]:
    """The LINE action of an option, its label in at most `longest` grapheme clusters."""
    label = shorten(option.label, longest)
    if utf16(option.data) > DATA_UNITS and option.kind in (OptionKind.TAP, OptionKind.DATE):
        raise ValueError(f"an option's data is over {DATA_UNITS} characters: {option.data[:40]}…")
    match option.kind:
        case OptionKind.DATE:
            picker = {"type": "datetimepicker", "label": label, "data": option.data, "mode": "date"}
            bounds = {"initial": option.initial, "min": option.least, "max": option.most}
            return picker | {name: value for name, value in bounds.items() if value}
        case OptionKind.LOCATION | OptionKind.CAMERA:
            return {"type": str(option.kind), "label": label}
        case OptionKind.ALBUM:
            return {"type": "cameraRoll", "label": label}
        case OptionKind.LINK:
            return {"type": "uri", "label": label, "uri": option.data}
    shown = shorten(option.says or option.label, SHOWN if longest <= LABEL else SHOWN_BY_CARD)
    return {"type": "postback", "label": label, "data": option.data, "displayText": shown}


def _bubble(card: Card, text: str) -> dict[str, Any]:
    """A card as a Flex message, its values shortened until it fits. One with too many rows is said in words."""
    for longest in (400, 120, 60, 30, 10):
        contents = _contents(card, longest)
        if len(json.dumps(contents, ensure_ascii=False).encode()) <= FLEX_BYTES:
            return {"type": "flex", "altText": within(text or card.title, ALT_UNITS), "contents": contents}
    rows = (": ".join(filter(None, (row.label, row.value))) for row in card.rows)
    return _text("\n".join(filter(None, (card.title, card.note, *rows))))


def _contents(card: Card, longest: int) -> dict[str, Any]:
    title = {"type": "text", "text": card.title, "weight": "bold", "size": "lg", "wrap": True, "color": INK}
    body = [title] if card.title else []
    if card.note:
        # Where it is all there is to read, it is no small print.
        look = {"size": "sm", "color": GREY} if card.title or card.rows else {"size": "md", "color": INK}
        body.append({"type": "text", "text": card.note, "wrap": True, **look})
    body += [_row(row, longest) for row in card.rows]
    bubble: dict[str, Any] = {
        "type": "bubble",
        "body": {"type": "box", "layout": "vertical", "spacing": "md", "contents": body},
    }
    tappable = [each for each in card.options if each.kind not in _QUICK_ONLY]
    if tappable:
        buttons = [_button(each, first=place == 0) for place, each in enumerate(tappable)]
        bubble["footer"] = {"type": "box", "layout": "vertical", "spacing": "sm", "contents": buttons}
    return bubble


# LINE takes these actions in quick replies alone.
_QUICK_ONLY = (OptionKind.LOCATION, OptionKind.CAMERA, OptionKind.ALBUM)


def _row(row: Row, longest: int) -> dict[str, Any]:
    words: list[dict[str, Any]] = []
    if row.label:
        words.append({"type": "text", "text": shorten(row.label, longest), "size": "sm", "color": GREY, "wrap": True})
    if row.value:
        words.append({"type": "text", "text": shorten(row.value, longest), "size": "md", "color": INK, "wrap": True})
    text = {"type": "box", "layout": "vertical", "flex": 1, "spacing": "xs", "contents": words}
    if row.option is None:
        return text
    tap = action(row.option, FLEX_LABEL)
    mark = {"type": "text", "text": tap["label"], "size": "sm", "color": GREEN, "align": "end", "gravity": "center"}
    mark |= {"flex": 0, "decoration": "underline"}
    return {"type": "box", "layout": "horizontal", "spacing": "md", "action": tap, "contents": [text, mark]}


def _button(option: Option, first: bool) -> dict[str, Any]:
    style = {"style": "primary", "color": GREEN} if first else {"style": "secondary"}
    return {"type": "button", "height": "sm", "action": action(option, FLEX_LABEL), **style}
