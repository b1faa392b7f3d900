"""What a tap does, and where which action may stand."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from handlers.standin.checks.core import (
    RIGHT,
    TYPE,
    Check,
    Fields,
    Found,
    Need,
    graphemes,
    one_of,
    pattern,
    record,
    text,
    utf16,
    variants,
)
from handlers.standin.checks.links import opens

_DATA = text(300, utf16)
_WORDS = text(300, graphemes)
_FORMATS = {"date": "%Y-%m-%d", "time": "%H:%M", "datetime": "%Y-%m-%dT%H:%M"}
_SHAPES = {
    "date": re.compile(r"\d{4}-\d\d-\d\d"),
    "time": re.compile(r"\d\d:\d\d"),
    "datetime": re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d"),
}


def _moment(mode: str, value: Any) -> datetime | None:
    """A date picker's moment; None when it has not the form of its mode or lies outside 1900 to 2100."""
    value = value.replace("t", "T") if isinstance(value, str) else ""
    if not _SHAPES[mode].fullmatch(value):
        return None
    try:
        moment = datetime.strptime(value, _FORMATS[mode])
    except ValueError:
        return None
    return moment if mode == "time" or 1900 <= moment.year <= 2100 else None


def _picker(value: Mapping[str, Any]) -> Found:
    mode = value["mode"]
    moments = {name: _moment(mode, value[name]) for name in ("initial", "min", "max") if value.get(name) is not None}
    found: Found = [((name,), "invalid date format") for name, moment in moments.items() if moment is None]
    if found:
        return found
    least, most, initial = moments.get("min"), moments.get("max"), moments.get("initial")
    if least and most and not least < most:
        return [(("max",), "max must be later than min")]
    if initial and ((least and initial < least) or (most and initial > most)):
        return [(("initial",), "initial must be between min and max")]
    return RIGHT


def _postback(value: Mapping[str, Any]) -> Found:
    if value.get("displayText") is not None and value.get("text") is not None:
        return [(("text",), "displayText and text may not be used together")]
    if value.get("fillInText") is not None and value.get("inputOption") != "openKeyboard":
        return [(("fillInText",), "fillInText needs inputOption openKeyboard")]
    return RIGHT


def _anything(_: Any) -> Found:
    return RIGHT


_INPUT = one_of("closeRichMenu", "openRichMenu", "openKeyboard", "openVoice")
_DESKTOP = record({"desktop": Need(opens(("http", "https", "line", "tel")))})

_SHAPES_OF_ACTIONS: dict[str, tuple[Fields, tuple[Check, ...]]] = {
    "postback": (
        {"data": Need(_DATA), "displayText": _WORDS, "text": _WORDS, "inputOption": _INPUT, "fillInText": _WORDS},
        (_postback,),
    ),
    "message": ({"text": Need(_WORDS)}, ()),
    "uri": ({"uri": Need(opens()), "altUri": _DESKTOP}, ()),
    "datetimepicker": (
        {
            "data": Need(_DATA),
            "mode": Need(one_of(*_FORMATS)),
            "initial": _anything,
            "min": _anything,
            "max": _anything,
        },
        (_picker,),
    ),
    "camera": ({}, ()),
    "cameraRoll": ({}, ()),
    "location": ({}, ()),
    "clipboard": ({"clipboardText": Need(text(1000))}, ()),
    "richmenuswitch": (
        {"richMenuAliasId": Need(pattern("[a-z0-9_-]{1,32}")), "data": Need(_DATA)},
        (),
    ),
}
_EVERYWHERE = ("postback", "message", "uri", "datetimepicker", "clipboard")


def _allowed(kinds: tuple[str, ...], label: Check | Need) -> Check:
    """An action of one of these kinds, with this label."""

    def made(kind: str) -> Check:
        fields, rules = _SHAPES_OF_ACTIONS[kind]
        return record({"type": _anything, "label": label, **fields}, *rules)

    return variants({kind: made(kind) for kind in kinds})


def _no_desktop(value: Any) -> Found:
    """A desktop address is for other places than quick replies."""
    if isinstance(value, dict) and value.get("altUri") is not None:
        return [(("altUri",), TYPE)]
    return RIGHT


def _label(most: int, least: int = 1) -> Check:
    return text(most, graphemes, least)


def in_quick_reply(value: Any) -> Found:
    """In a quick reply: a label of at most 20 is needed; camera, photos and place are allowed only here."""
    return _no_desktop(value) or _QUICK(value)


_QUICK = _allowed((*_EVERYWHERE, "camera", "cameraRoll", "location"), Need(_label(20)))
in_template = _allowed(_EVERYWHERE, Need(_label(20)))
in_image_carousel = _allowed(_EVERYWHERE, _label(12, 0))
in_rich_menu = _allowed((*_EVERYWHERE, "richmenuswitch"), _label(20, 0))
in_flex = _allowed(_EVERYWHERE, _label(40, 0))
in_flex_button = _allowed(_EVERYWHERE, Need(_label(40)))
bare = _allowed(_EVERYWHERE, _label(20, 0))
