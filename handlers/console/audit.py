"""The trail of acts, for admins."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from flask import Blueprint, render_template, request, url_for

from bot.dates import BANGKOK
from bot.store.accounts import Role, all_accounts
from bot.store.audit import Trail, actors, acts, kinds_of_acts
from handlers.console.guard import needs, visit
from handlers.console.look import t_or

page = Blueprint("audit", __name__, url_prefix="/audit")
PAGE = 50


@page.get("")
@needs(Role.ADMIN)
def index() -> Any:
    """Acts, newest first, by kind, actor and day; pages by key, so that new acts shift nothing."""
    asked = request.args
    first, last = _day(asked.get("since")), _day(asked.get("until"))
    trail = Trail(
        act=asked.get("act", ""),
        actor=asked.get("actor", ""),
        since=_midnight(first),
        before=_midnight(last + timedelta(days=1)) if last else None,
    )
    with visit().reading() as reading:
        found = acts(reading, trail, asked.get("below", type=int), PAGE + 1)
        kinds, people = kinds_of_acts(reading), actors(reading)
        names = {each.actor: each.name for each in all_accounts(reading)}
    return render_template(
        "console/audit.html",
        acts=[(act, act_word(act.act), actor_name(act.actor, names)) for act in found[:PAGE]],
        older=url_for("console.audit.index", **{**asked, "below": found[PAGE - 1].id}) if len(found) > PAGE else "",
        kinds=[(each, act_word(each)) for each in kinds],
        actors=[(each, actor_name(each, names)) for each in people],
        asked=asked,
    )


def act_word(act: str) -> str:
    """An act in the reader's language; its own name where the catalogues have none."""
    return t_or(f"console.act.{act}", act)


def actor_name(actor: str, names: dict[str, str]) -> str:
    """Who acted: the account's name, or what the trail calls them."""
    return names.get(actor) or t_or(f"console.actor.{actor}", actor)


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None


def _midnight(day: date | None) -> datetime | None:
    """When the day begins in Bangkok."""
    return datetime.combine(day, time(), BANGKOK).astimezone(UTC) if day else None
