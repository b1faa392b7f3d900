"""How good the machine is: by its makers' measure, and by people's corrections."""

from typing import Any

from flask import Blueprint, render_template, request

from bot import agreement
from bot.agreement import Seen
from bot.rights import visible_projects
from bot.store.accounts import Role
from bot.store.labels import Label
from bot.store.sight import Sight
from handlers.console.guard import needs, visit
from handlers.console.look import t
from handlers.console.tags import word

page = Blueprint("agreement", __name__, url_prefix="/agreement")
# What of the models' cards is told, in this order; the rest is for developers.
MEASURES = (
    "own_messages_for_judging_macro_f1", "own_messages_cross_validated_macro_f1", "wisesight_valid_as_tagged_macro_f1",
    "best", "three", "none", "precision", "recall",
)  # fmt: skip


@page.get("")
@needs(Role.OFFICIAL, Role.ADMIN, Role.LAB)
def index() -> Any:
    """Everything on one page, for the projects one sees or one of them."""
    slug = request.args.get("project")
    with visit().reading() as reading:
        sight = visit().sight
        if slug:
            sight = Sight(frozenset(each.id for each in visible_projects(reading, sight) if each.slug == slug))
        seen = agreement.outcomes(reading, sight)
    return render_template(
        "console/agreement.html",
        cards=[(each["task"], each["model"], _measured(each)) for each in agreement.cards()],
        kinds=agreement.grouped(seen, lambda each: each.tag.kind),
        tags=[(tag_word(each), figures) for each, figures in agreement.grouped(seen, _tag).items()],
        months=agreement.grouped(seen, lambda each: each.month),
        models=agreement.grouped(seen, lambda each: each.model),
        trains=visit().account.role == Role.ADMIN,
    )


def _tag(seen: Seen) -> Label:
    return seen.tag


def tag_word(tag: Label) -> tuple[str, str]:
    """(kind, tag) in the reader's language."""
    return tag.kind, word(tag.kind, tag.tag, tag.direction)


def _measured(card: dict[str, Any]) -> list[tuple[str, str]]:
    """What was measured, in words, and its value of 100."""
    told = [(name, card["figures"][name]) for name in MEASURES if name in card["figures"]]
    return [(t(f"console.agreement.figure_{name}"), f"{value * 100:.0f} / 100") for name, value in told]
