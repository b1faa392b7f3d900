"""What a lab can begin with: nothing, a template for each of the four steps, and questions from the bank.

They ship in bot/samples: templates/<step>.yaml are questionnaires without name and project, questions.yaml is the bank.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from bot.store.projects import StepName

SAMPLES = Path(__file__).parents[1] / "samples"
EMPTY: dict[str, str] = {"th": "", "en": ""}


@dataclass(frozen=True, slots=True)
class Group:
    """Questions of the bank that belong together, under a title in Thai and English."""

    title: dict[str, str]
    questions: tuple[dict[str, Any], ...]


def blank() -> dict[str, Any]:
    """A draft in Thai and English with nothing in it yet."""
    texts = {name: dict(EMPTY) for name in ("title", "purpose", "intro", "outro")}
    return {**texts, "languages": ["th", "en"], "questions": []}


@cache
def template(step: StepName) -> dict[str, Any]:
    """The template of this step. Not to be changed: copy it."""
    data: dict[str, Any] = yaml.safe_load((SAMPLES / "templates" / f"{step}.yaml").read_text(encoding="utf-8"))
    return data


@cache
def bank() -> tuple[Group, ...]:
    """The questions that ship. Not to be changed: copy them."""
    told = yaml.safe_load((SAMPLES / "questions.yaml").read_text(encoding="utf-8"))
    return tuple(Group(each["title"], tuple(each["questions"])) for each in told)
