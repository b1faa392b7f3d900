"""Addresses: of pictures and media, and of what a tap opens."""

from typing import Any

from handlers.standin.checks.core import RIGHT, TYPE, Check, Found, wrong

_LONGEST = 2000
_SCHEMES = ("http", "https", "line", "tel")


def https(value: Any) -> Found:
    """A picture, video or sound on the web: https only, at most 2,000 characters."""
    if not isinstance(value, str):
        return wrong(TYPE)
    if len(value) > _LONGEST:
        return wrong(f"Length must be between 0 and {_LONGEST}")
    if value[:8].lower() != "https://" or not _clean(value) or not value[8:].strip("/"):
        return wrong("invalid uri scheme" if _clean(value) else "invalid uri")
    return RIGHT


def opens(schemes: tuple[str, ...] = _SCHEMES, most: int = 1000) -> Check:
    """What a tap opens: one of these schemes."""

    def check(value: Any) -> Found:
        if not isinstance(value, str):
            return wrong(TYPE)
        if not 1 <= len(value) <= most:
            return wrong(f"Length must be between 1 and {most}")
        scheme, colon, rest = value.partition(":")
        if not _clean(value) or not colon or not rest.strip("/"):
            return wrong("invalid uri")
        return RIGHT if scheme.lower() in schemes else wrong("invalid uri scheme")

    return check


def _clean(value: str) -> bool:
    """Percent-encoded: printable ASCII without blanks or what no address may hold."""
    return value.isascii() and value.isprintable() and not any(letter in value for letter in ' "<>\\^`{|}')
