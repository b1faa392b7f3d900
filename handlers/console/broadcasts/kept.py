"""The segments that labs keep: each in words, with how many it means now; to write to, or to remove."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for

from bot import segments
from bot.errors import Refused
from bot.store.base import Session
from bot.store.segments import Segment, meant
from bot.store.sight import Sight
from handlers.console import guard
from handlers.console.broadcasts.choices import Choices
from handlers.console.broadcasts.drafting import WRITERS
from handlers.console.broadcasts.rules import sentence
from handlers.console.guard import needs, visit
from handlers.console.look import t

page = Blueprint("segments", __name__, url_prefix="/segments")


def segment_seen(session: Session, sight: Sight, number: str | int) -> Segment:
    """The segment of this number. Raises Refused("not_found") where it is of a lab whose projects may not be seen."""
    found = next((each for each in segments.segments_seen(session, sight) if each.id == int(number)), None)
    if found is None:
        raise Refused("not_found")
    return found


guard.THINGS["segment"] = segment_seen


@page.get("")
@needs(*WRITERS)
def index() -> Any:
    """All of them."""
    with visit().reading() as session:
        choices = Choices.of(session, visit().sight)
        rows = [
            (each, sentence(each.rule, choices.word), meant(session, each.rule, visit().at))
            for each in segments.segments_seen(session, visit().sight)
        ]
    return render_template("console/broadcasts/segments.html", rows=rows)


@page.post("/<int:segment>/remove")
@needs(*WRITERS)
def remove(segment: int) -> Any:
    """Forget one; broadcasts keep the rule they took from it."""
    with visit().transaction() as session:
        found = segment_seen(session, visit().sight, segment)
        name = found.name
        segments.remove(session, visit().account, found, visit().by)
    flash(t("console.broadcasts.segment_removed", name=name), "good")
    return redirect(url_for("console.broadcasts.segments.index"), 303)
