"""Flex messages: every component, its properties and where it may stand."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from handlers.standin.checks.actions import in_flex, in_flex_button
from handlers.standin.checks.core import (
    RIGHT,
    Check,
    Found,
    Need,
    boolean,
    items,
    late,
    number,
    one_of,
    pattern,
    record,
    text,
    variants,
    wrong,
)
from handlers.standin.checks.links import https

_BUBBLE_BYTES, _CAROUSEL_BYTES = 30 * 1024, 50 * 1024
_MOST_ANIMATED = 10
_PX, _PERCENT = r"\d+(\.\d+)?px", r"\d+(\.\d+)?%"
_STEPS = "none|xs|sm|md|lg|xl|xxl"
_FONTS = "xxs|xs|sm|md|lg|xl|xxl|3xl|4xl|5xl"
_INVALID = "invalid property"

_COLOUR = pattern("#[0-9a-fA-F]{6}([0-9a-fA-F]{2})?", _INVALID)
_GAP = pattern(f"{_STEPS}|{_PX}", _INVALID)
_PADDING = pattern(f"{_STEPS}|{_PX}|{_PERCENT}", _INVALID)
_OFFSET = pattern(f"{_STEPS}|-?{_PX}|-?{_PERCENT}", _INVALID)
_LENGTH = pattern(f"{_PX}|{_PERCENT}", _INVALID)
_FONT = pattern(f"{_FONTS}|{_PX}", _INVALID)
_IMAGE = pattern(f"{_FONTS}|full|{_PX}|{_PERCENT}", _INVALID)
_BORDER = pattern(f"none|light|normal|medium|semi-bold|bold|{_PX}", _INVALID)
_FLEX = number(0, 2**31 - 1)
_ALIGN, _GRAVITY = one_of("start", "end", "center"), one_of("top", "bottom", "center")
_WEIGHT, _STYLE = one_of("regular", "bold"), one_of("normal", "italic")
_DECORATION = one_of("none", "underline", "line-through")
_SHRINK = one_of("shrink-to-fit")


def _ratio(value: Any) -> Found:
    """{width}:{height}, each 1 to 100000, the height at most three times the width."""
    match = re.fullmatch(r"(\d{1,6}(?:\.\d+)?):(\d{1,6}(?:\.\d+)?)", value) if isinstance(value, str) else None
    if match is None:
        return wrong(_INVALID)
    width, height = float(match[1]), float(match[2])
    good = 1 <= width <= 100_000 and 1 <= height <= 100_000 and height <= 3 * width
    return RIGHT if good else wrong(_INVALID)


Properties = dict[str, Check | Need]
_KIND: Properties = {"type": lambda _: RIGHT}
_PLACED: Properties = {
    "position": one_of("relative", "absolute"),
    **{f"offset{side}": _OFFSET for side in ("Top", "Bottom", "Start", "End")},
}
_IN_BOX: Properties = {**_KIND, **_PLACED, "margin": _GAP}
_LETTERS: Properties = {"size": _FONT, "color": _COLOUR, "weight": _WEIGHT, "style": _STYLE, "decoration": _DECORATION}

_gradient = record(
    {
        **_KIND,
        "angle": Need(pattern(r"\d{1,3}(\.\d+)?deg", _INVALID)),
        "startColor": Need(_COLOUR),
        "endColor": Need(_COLOUR),
        "centerColor": _COLOUR,
        "centerPosition": pattern(_PERCENT, _INVALID),
    }
)
_span = record({**_KIND, **_LETTERS, "text": Need(text(5000))})
_button = record(
    {
        **_IN_BOX,
        "flex": _FLEX,
        "color": _COLOUR,
        "style": one_of("primary", "secondary", "link"),
        "action": Need(in_flex_button),
        "gravity": _GRAVITY,
        "height": one_of("sm", "md"),
        "adjustMode": _SHRINK,
        "scaling": boolean,
    }
)
_image = record(
    {
        **_IN_BOX,
        "url": Need(https),
        "flex": _FLEX,
        "align": _ALIGN,
        "gravity": _GRAVITY,
        "size": _IMAGE,
        "aspectRatio": _ratio,
        "aspectMode": one_of("fit", "cover"),
        "backgroundColor": _COLOUR,
        "action": in_flex,
        "animated": boolean,
    }
)
_icon = record({**_IN_BOX, "url": Need(https), "size": _FONT, "aspectRatio": _ratio, "scaling": boolean})
_separator = record({**_KIND, "margin": _GAP, "color": _COLOUR})
_filler = record({**_KIND, "flex": _FLEX})


def _says_something(value: Mapping[str, Any]) -> Found:
    return RIGHT if value.get("text") or value.get("contents") else [(("text",), "must be non-empty text")]


_text = record(
    {
        **_IN_BOX,
        **_LETTERS,
        "text": text(5000, least=0),
        "contents": items(variants({"span": _span}), 0, 100),
        "flex": _FLEX,
        "align": _ALIGN,
        "gravity": _GRAVITY,
        "wrap": boolean,
        "lineSpacing": pattern(_PX, _INVALID),
        "action": in_flex,
        "maxLines": _FLEX,
        "adjustMode": _SHRINK,
        "scaling": boolean,
    },
    _says_something,
)

_BOX: Properties = {
    **_IN_BOX,
    "layout": Need(one_of("horizontal", "vertical", "baseline")),
    "flex": _FLEX,
    "spacing": _GAP,
    "backgroundColor": _COLOUR,
    "borderColor": _COLOUR,
    "borderWidth": _BORDER,
    "cornerRadius": _GAP,
    **dict.fromkeys(("width", "maxWidth", "height", "maxHeight"), _LENGTH),
    **{f"padding{side}": _PADDING for side in ("All", "Top", "Bottom", "Start", "End")},
    "action": in_flex,
    "justifyContent": one_of("center", "flex-start", "flex-end", "space-between", "space-around", "space-evenly"),
    "alignItems": one_of("center", "flex-start", "flex-end"),
    "background": variants({"linearGradient": _gradient}),
}
_stacked = variants(
    {
        "box": late(lambda: box),
        "button": _button,
        "image": _image,
        "text": _text,
        "separator": _separator,
        "filler": _filler,
    }
)
_on_baseline = variants({"icon": _icon, "text": _text, "filler": _filler, "separator": _separator})
_stacked_box = record({**_BOX, "contents": Need(items(_stacked, 0, 500))})
_baseline_box = record({**_BOX, "contents": Need(items(_on_baseline, 0, 500))})


def box(value: Any) -> Found:
    """A box; what it may hold depends on its layout."""
    baseline = isinstance(value, dict) and value.get("layout") == "baseline"
    return _baseline_box(value) if baseline else _stacked_box(value)


_only_box = variants({"box": box})
_video = record(
    {
        **_KIND,
        "url": Need(https),
        "previewUrl": Need(https),
        "altContent": Need(variants({"box": box, "image": _image})),
        "aspectRatio": _ratio,
        "action": in_flex,
    }
)
_block_style = record({"backgroundColor": _COLOUR, "separator": boolean, "separatorColor": _COLOUR})
_BLOCKS = ("header", "hero", "body", "footer")


def _has_a_block(value: Mapping[str, Any]) -> Found:
    return RIGHT if any(value.get(name) for name in _BLOCKS) else wrong("at least one block must be specified")


def _wide_enough_for_video(value: Mapping[str, Any]) -> Found:
    small = value.get("size", "mega") not in ("kilo", "mega", "giga")
    return [(("hero",), _INVALID)] if small and (value.get("hero") or {}).get("type") == "video" else RIGHT


_bubble = record(
    {
        **_KIND,
        "size": one_of("nano", "micro", "deca", "hecto", "kilo", "mega", "giga"),
        "direction": one_of("ltr", "rtl"),
        "header": _only_box,
        "hero": variants({"box": box, "image": _image, "video": _video}),
        "body": _only_box,
        "footer": _only_box,
        "styles": record(dict.fromkeys(_BLOCKS, _block_style)),
        "action": in_flex,
    },
    _has_a_block,
    _wide_enough_for_video,
)


def _one_width(value: Mapping[str, Any]) -> Found:
    sizes = {bubble.get("size", "mega") for bubble in value["contents"]}
    return RIGHT if len(sizes) == 1 else [(("contents",), "all bubbles must have the same size")]


_carousel = record({**_KIND, "contents": Need(items(variants({"bubble": _bubble}), 1, 12))}, _one_width)
_any = variants({"bubble": _bubble, "carousel": _carousel})


def container(value: Any) -> Found:
    """What a Flex message holds: a bubble or a carousel, of a size that LINE takes."""
    found = _any(value)
    if found:
        return found
    most = _BUBBLE_BYTES if value["type"] == "bubble" else _CAROUSEL_BYTES
    if _bytes(value) > most:
        return wrong(f"size must be at most {most} bytes")
    for index, bubble in enumerate(value["contents"] if value["type"] == "carousel" else ()):
        if _bytes(bubble) > _BUBBLE_BYTES:
            return [(("contents", index), f"size must be at most {_BUBBLE_BYTES} bytes")]
    if sum(1 for image in _images(value) if image.get("animated")) > _MOST_ANIMATED:
        return wrong(f"at most {_MOST_ANIMATED} animated images")
    return RIGHT


def _bytes(value: Any) -> int:
    """The reference says only "30 KB": read here as UTF-8 bytes of the compact JSON."""
    return len(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass"))


def _images(value: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(value, list):
        for one in value:
            yield from _images(one)
    elif isinstance(value, dict):
        if value.get("type") == "image":
            yield value
        for one in value.values():
            if isinstance(one, dict | list):
                yield from _images(one)
