"""Insight cards: what was found, what was decided on it, what came of it."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for

from bot import themes
from bot.errors import Refused
from bot.rights import project_seen, visible_projects
from bot.store.accounts import Role
from bot.store.base import Session
from bot.store.entries import Entry
from bot.store.sight import Sight
from bot.store.themes import Insight, InsightState, entries_in, entries_of, insights_of
from bot.themes import Card
from handlers.console import guard
from handlers.console.guard import may, needs, visit
from handlers.console.look import t
from handlers.console.themes import SHOWN, theme_seen

page = Blueprint("insights", __name__, url_prefix="/insights")
FIELDS = ("title", "finding", "decision", "result")


def insight_seen(session: Session, sight: Sight, number: str | int) -> Insight:
    """The insight of this number. Raises Refused("not_found")."""
    insight = session.get(Insight, int(number))
    if insight is None or not sight.covers(insight.project_id):
        raise Refused("not_found")
    return insight


guard.THINGS["insight"] = insight_seen


@page.get("")
def index() -> Any:
    """The cards, of one project or of all, by how far they are."""
    with visit().reading() as session:
        projects = visible_projects(session, visit().sight)
        slug = request.args.get("project", "")
        chosen = [each for each in projects if slug in ("", each.slug)]
        cards = insights_of(session, [each.id for each in chosen])
    by_state = {state: [each for each in cards if each.state == state] for state in InsightState}
    names = {each.id: each for each in projects}
    return render_template(
        "console/insights/index.html",
        by_state=by_state,
        projects=names,
        asked=slug,
        any=bool(cards),
        may_change=may("console.insights.new", visit().account.role),
    )


@page.get("/new")
@needs(Role.OFFICIAL, Role.ADMIN)
def new() -> Any:
    """A new card, for a theme (`?theme=`) or a project (`?project=`)."""
    with visit().reading() as session:
        projects = visible_projects(session, visit().sight)
        theme, entries = _theme(session, request.args.get("theme", type=int))
    card = Card(theme.name if theme else "", "")
    chosen = request.args.get("project", "")
    told = {"theme": theme, "entries": entries, "projects": projects, "chosen": chosen}
    return render_template("console/insights/edit.html", card=card, insight=None, **told)


@page.post("/new")
@needs(Role.OFFICIAL, Role.ADMIN)
def add() -> Any:
    """Keep the card; the entries ticked are those it rests on."""
    with visit().transaction() as session:
        theme, entries = _theme(session, request.form.get("theme", type=int))
        if theme is not None:
            project = next(e for e in visible_projects(session, visit().sight) if e.id == theme.project_id)
        else:
            project = project_seen(session, visit().sight, request.form.get("slug", ""))
        ticked = set(request.form.getlist("entry", type=int))
        chosen = [each for each in entries if each.id in ticked]
        insight = themes.add_insight(session, project, _card(), chosen, visit().by)
        insight.theme_id = theme.id if theme else None
    flash(t("console.insights.kept"), "good")
    return redirect(url_for("console.insights.show", insight=insight.id), 303)


@page.get("/<int:insight>")
def show(insight: int) -> Any:
    """One card with the entries it rests on."""
    with visit().reading() as session:
        found = insight_seen(session, visit().sight, insight)
        entries = entries_of(session, found.id, visit().sight)
        project = next(e for e in visible_projects(session, visit().sight) if e.id == found.project_id)
    told = {"insight": found, "entries": entries, "project": project}
    return render_template(
        "console/insights/show.html", may_change=may("console.insights.change", visit().account.role), **told
    )


@page.post("/<int:insight>")
@needs(Role.OFFICIAL, Role.ADMIN)
def change(insight: int) -> Any:
    """Write the card anew."""
    with visit().transaction() as session:
        found = insight_seen(session, visit().sight, insight)
        revision = request.form.get("revision", -1, type=int)
        themes.change_insight(session, found, _card(), revision, visit().by)
    flash(t("console.insights.kept"), "good")
    return redirect(url_for("console.insights.show", insight=insight), 303)


def _card() -> Card:
    return Card(*(request.form.get(name, "").strip() for name in FIELDS))


def _theme(session: Session, number: int | None) -> tuple[Any, list[Entry]]:
    if not number:
        return None, []
    theme = theme_seen(session, visit().sight, number)
    return theme, entries_in(session, theme.id, visit().sight, SHOWN)
