"""Template messages: buttons, confirm, carousel, image carousel."""

from collections.abc import Mapping
from typing import Any

from handlers.standin.checks.actions import bare, in_image_carousel, in_template
from handlers.standin.checks.core import (
    RIGHT,
    Check,
    Found,
    Need,
    graphemes,
    items,
    one_of,
    pattern,
    record,
    text,
    variants,
)
from handlers.standin.checks.links import https

_RATIO, _SIZE = one_of("rectangle", "square"), one_of("cover", "contain")
_COLOUR = pattern("#[0-9a-fA-F]{6}")
_TITLE = text(40, graphemes)
_KIND: dict[str, Check] = {"type": lambda _: RIGHT}


def _shorter_with_picture(most: int) -> Check:
    """The text is short where there is a title or a picture."""
    message = f"Length must be between 1 and {most}"

    def check(value: Mapping[str, Any]) -> Found:
        crowded = value.get("title") is not None or value.get("thumbnailImageUrl") is not None
        return [(("text",), message)] if crowded and graphemes(value["text"]) > most else RIGHT

    return check


def _alike(value: Mapping[str, Any]) -> Found:
    """All columns have as many actions, and a title and a picture all or none."""
    columns = value["columns"]
    if len({len(column["actions"]) for column in columns}) > 1:
        return [(("columns",), "the number of actions must be the same in all columns")]
    for name in ("title", "thumbnailImageUrl"):
        if len({column.get(name) is not None for column in columns}) > 1:
            return [(("columns",), f"{name} must be in all columns or in none")]
    return RIGHT


_PICTURED: dict[str, Check] = {
    "thumbnailImageUrl": https,
    "imageBackgroundColor": _COLOUR,
    "title": _TITLE,
    "defaultAction": bare,
}

_buttons = record(
    {
        **_KIND,
        **_PICTURED,
        "imageAspectRatio": _RATIO,
        "imageSize": _SIZE,
        "text": Need(text(160, graphemes)),
        "actions": Need(items(in_template, 1, 4)),
    },
    _shorter_with_picture(60),
)
_confirm = record({**_KIND, "text": Need(text(240, graphemes)), "actions": Need(items(in_template, 2, 2))})
_column = record(
    {**_PICTURED, "text": Need(text(120, graphemes)), "actions": Need(items(in_template, 1, 3))},
    _shorter_with_picture(60),
)
_carousel = record(
    {**_KIND, "columns": Need(items(_column, 1, 10)), "imageAspectRatio": _RATIO, "imageSize": _SIZE}, _alike
)
_image_column = record({"imageUrl": Need(https), "action": Need(in_image_carousel)})
_image_carousel = record({**_KIND, "columns": Need(items(_image_column, 1, 10))})

template = variants(
    {"buttons": _buttons, "confirm": _confirm, "carousel": _carousel, "image_carousel": _image_carousel}
)
