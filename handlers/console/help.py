"""Help: each template in help/ is a page, and begins with its place and titles: {# 10 Thai title | English title #}."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from flask import Blueprint, abort, render_template

page = Blueprint("help", __name__, url_prefix="/help")
TOPICS = Path(__file__).parent / "templates" / "console" / "help"
HEAD = re.compile(r"\{# (\d+) (.+?) \| (.+?) #\}")


@dataclass(frozen=True, slots=True)
class Topic:
    """One page of help."""

    place: int
    name: str
    title: dict[str, str]


@cache
def topics() -> tuple[Topic, ...]:
    """Every topic, in its order. Raises ValueError where a template does not begin as it must: a bug."""
    found = []
    for path in TOPICS.glob("*.html"):
        head = HEAD.match(path.read_text(encoding="utf-8"))
        if head is None:
            raise ValueError(f"{path.name} must begin with {{# place Thai title | English title #}}")
        found.append(Topic(int(head[1]), path.stem, {"th": head[2], "en": head[3]}))
    return tuple(sorted(found, key=lambda topic: (topic.place, topic.name)))


@page.get("")
def index() -> Any:
    """Every topic."""
    return render_template("console/help.html", topics=topics(), topic=None)


@page.get("/<topic>")
def show(topic: str) -> Any:
    """One topic."""
    found = next((each for each in topics() if each.name == topic), None)
    if found is None:
        abort(404)
    return render_template("console/help.html", topics=topics(), topic=found)
