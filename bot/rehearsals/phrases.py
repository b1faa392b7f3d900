"""The words that the scripted citizens have of their own, read once from phrases.yaml beside this module."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

_FILE = Path(__file__).parent / "phrases.yaml"


@cache
def phrases() -> dict[str, Any]:
    """Everything in the file."""
    found: dict[str, Any] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return found


def stories(language: str) -> list[str]:
    """Answers in free words, in this language."""
    told: dict[str, list[str]] = phrases()["stories"]
    return told.get(language, told["th"])


def manner(name: str) -> dict[str, Any]:
    """How people of this manner put things: see the head of the file."""
    found: dict[str, Any] = phrases()["manners"][name]
    return found
