"""Rich menus, their pictures and aliases."""

import struct
from collections.abc import Mapping
from typing import Any

from handlers.standin.checks.actions import in_rich_menu
from handlers.standin.checks.bodies import judge, user_ids
from handlers.standin.checks.core import (
    RIGHT,
    Found,
    Need,
    boolean,
    graphemes,
    items,
    number,
    pattern,
    record,
    text,
    wrong,
)
from handlers.standin.wire import Wrong

_MOST = 2**31 - 1
_LEAST_RATIO = 1.45
_LARGEST_PICTURE = 1024 * 1024  # bytes
_ALIAS = pattern("[a-z0-9_-]{1,32}")
_MENU_ID = text(100)


def _shape(value: Mapping[str, Any]) -> Found:
    wide_enough = value["width"] / value["height"] >= _LEAST_RATIO
    return RIGHT if wide_enough else wrong(f"The ratio of width to height must be at least {_LEAST_RATIO}")


def _inside(value: Mapping[str, Any]) -> Found:
    width, height = value["size"]["width"], value["size"]["height"]
    found: Found = []
    for index, area in enumerate(value["areas"]):
        at = area["bounds"]
        if at["x"] + at["width"] > width or at["y"] + at["height"] > height:
            found.append((("areas", index, "bounds"), "The area must be inside the rich menu"))
    return found


_bounds = record(
    {
        "x": Need(number(0, _MOST)),
        "y": Need(number(0, _MOST)),
        "width": Need(number(1, _MOST)),
        "height": Need(number(1, _MOST)),
    }
)
_menu = record(
    {
        "size": Need(record({"width": Need(number(800, 2500)), "height": Need(number(250, _MOST))}, _shape)),
        "selected": Need(boolean),
        "name": Need(text(300, graphemes)),
        "chatBarText": Need(text(14, graphemes)),
        "areas": Need(items(record({"bounds": Need(_bounds), "action": Need(in_rich_menu)}), 0, 20)),
    },
    _inside,
)
_bulk_link = record({"richMenuId": Need(_MENU_ID), "userIds": Need(user_ids)})
_bulk_unlink = record({"userIds": Need(user_ids)})
_new_alias = record({"richMenuAliasId": Need(_ALIAS), "richMenuId": Need(_MENU_ID)})
_alias = record({"richMenuId": Need(_MENU_ID)})


def check_menu(body: Mapping[str, Any]) -> None:
    """Size, name, bar text, up to 20 areas inside it."""
    judge(body, _menu)


def check_bulk_link(body: Mapping[str, Any]) -> None:
    """A menu and up to 500 users."""
    judge(body, _bulk_link)


def check_bulk_unlink(body: Mapping[str, Any]) -> None:
    """Up to 500 users."""
    judge(body, _bulk_unlink)


def check_new_alias(body: Mapping[str, Any]) -> None:
    """A name of up to 32 small letters, digits, _ and -, and a menu."""
    judge(body, _new_alias)


def check_alias(body: Mapping[str, Any]) -> None:
    """A menu."""
    judge(body, _alias)


def check_picture(data: bytes, content_type: str) -> str:
    """A JPEG or PNG of at most 1 MB and of a rich menu's shape; returns its media type. Raises Wrong."""
    kind = content_type.split(";")[0].strip().lower()
    if kind not in ("image/jpeg", "image/png"):
        raise Wrong(415, "Unsupported media type")
    if len(data) > _LARGEST_PICTURE:
        raise Wrong(413, "Request entity too large")
    sides = _png_sides(data) if kind == "image/png" else _jpeg_sides(data)
    if sides is None:
        raise Wrong(400, "The image is not valid")
    width, height = sides
    if not 800 <= width <= 2500 or height < 250 or width / height < _LEAST_RATIO:
        raise Wrong(400, "The image size is not valid")
    return kind


def _png_sides(data: bytes) -> tuple[int, int] | None:
    """The header's width and height."""
    if data[:8] != b"\x89PNG\r\n\x1a\n" or len(data) < 24:
        return None
    return struct.unpack(">II", data[16:24])


def _jpeg_sides(data: bytes) -> tuple[int, int] | None:
    """Width and height of the first frame header (SOF0 to SOF15, but not DHT, JPG and DAC)."""
    if data[:2] != b"\xff\xd8":
        return None
    at = 2
    while at + 9 <= len(data) and data[at] == 0xFF:
        marker, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4], "big")
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return width, height
        at += 2 + length
    return None
