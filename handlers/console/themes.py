"""Themes of a project: what its entries speak of, and what people make of the machine's grouping."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for

from bot import themes
from bot.errors import Refused
from bot.rights import project_seen, visible_projects
from bot.store.accounts import Role
from bot.store.base import Session
from bot.store.sight import Sight
from bot.store.themes import Theme, ThemeRun, entries_in, themes_of
from handlers.console import guard
from handlers.console.guard import may, needs, visit
from handlers.console.look import t

page = Blueprint("themes", __name__, url_prefix="/themes")
SHOWN, QUOTES = 200, 3


def theme_seen(session: Session, sight: Sight, number: str | int) -> Theme:
    """The theme of this number. Raises Refused("not_found")."""
    theme = session.get(Theme, int(number))
    if theme is None or not sight.covers(theme.project_id):
        raise Refused("not_found")
    return theme


guard.THINGS["theme"] = theme_seen


@page.get("")
def index() -> Any:
    """The themes of one project, the largest first, with quotes."""
    with visit().reading() as session:
        projects = visible_projects(session, visit().sight)
        slug = request.args.get("project") or (projects[0].slug if projects else "")
        project = project_seen(session, visit().sight, slug) if slug else None
        standings = themes.standings(session, project, visit().sight, visit().at) if project else []
        quotes = {each.theme.id: entries_in(session, each.theme.id, visit().sight, QUOTES) for each in standings}
        run = session.get(ThemeRun, project.id) if project else None
    told = {"project": project, "projects": projects, "standings": standings, "quotes": quotes, "run": run}
    return render_template("console/themes/index.html", may_change=_may_change(), **told)


@page.post("/group")
@needs(Role.OFFICIAL, Role.ADMIN)
def group() -> Any:
    """Group a project's entries anew."""
    with visit().transaction() as session:
        project = project_seen(session, visit().sight, request.form.get("slug", ""))
        count = themes.group(session, project, visit().at)
    flash(t("console.themes.grouped", count=count), "good")
    return redirect(url_for("console.themes.index", project=project.slug), 303)


@page.get("/<int:theme>")
def show(theme: int) -> Any:
    """One theme and its entries."""
    with visit().reading() as session:
        found = theme_seen(session, visit().sight, theme)
        entries = entries_in(session, found.id, visit().sight, SHOWN)
        others = [e for e in themes_of(session, found.project_id) if e.merged_into is None and e.id != found.id]
    return render_template(
        "console/themes/show.html", theme=found, entries=entries, others=others, may_change=_may_change()
    )


@page.post("/<int:theme>")
@needs(Role.OFFICIAL, Role.ADMIN)
def change(theme: int) -> Any:
    """Rename it, let it go up in another, or take entries out into one of their own."""
    act = request.form.get("act", "")
    with visit().transaction() as session:
        found = theme_seen(session, visit().sight, theme)
        if act == "rename":
            themes.rename(session, found, request.form.get("name", ""), visit().by)
        elif act == "merge":
            into = theme_seen(session, visit().sight, request.form.get("into", type=int) or 0)
            themes.merge(session, found, into, visit().by)
            theme = into.id
        elif act == "split":
            chosen = set(request.form.getlist("entry", type=int))
            entries = [e for e in entries_in(session, found.id, visit().sight, SHOWN) if e.id in chosen]
            theme = themes.split(session, found, entries, request.form.get("split_name", ""), visit().by).id
    flash(t("console.themes.changed"), "good")
    return redirect(url_for("console.themes.show", theme=theme), 303)


def _may_change() -> bool:
    return may("console.themes.change", visit().account.role)
