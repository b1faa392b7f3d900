"""What every template of the console has at hand: words, dates, the bar's links, addresses of assets."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from flask import Blueprint, g, request, session, url_for

from bot.dates import ago, day_of, moment_shown, shown
from bot.projects import short_name
from bot.rights import visible_projects
from bot.store.projects import Project
from bot.wording import pick, say
from handlers.console.guard import LANGUAGE, Visit, may
from handlers.runtime import Runtime

LANGUAGES = ("th", "en")
# Main pages that take ?project=: the switcher of projects stays on them. It leads to the first from elsewhere.
FILTERED = tuple(
    f"console.{noun}.index"
    for noun in ("queue", "overview", "themes", "insights", "surveys", "broadcasts", "exports", "agreement")
)
STATIC = Path(__file__).parent / "static"


@dataclass(frozen=True, slots=True)
class Place:
    """A link of the bar: the page's endpoint and its word. It shows once the page exists and the role may use it."""

    endpoint: str
    key: str

    @property
    def noun(self) -> str:
        """The blueprint the page belongs to: the place is current on every page of it."""
        return self.endpoint.split(".")[1]


PLACES = tuple(
    Place(f"console.{noun}.index", f"console.nav.{noun}")
    for noun in (
        "queue", "projects", "overview", "themes", "insights", "surveys", "broadcasts", "exports", "keys", "agreement",
        "accounts", "audit", "help",
    )
)  # fmt: skip


def language() -> str:
    """The reader's language: the account's, else what was chosen before, else the browser's; Thai or English."""
    visitor: Visit | None = getattr(g, "visit", None)
    if visitor is not None:
        return visitor.language
    chosen = session.get(LANGUAGE)
    if chosen in LANGUAGES:
        return str(chosen)
    return request.accept_languages.best_match(LANGUAGES) or "th"


def t(key: str, **facts: object) -> str:
    """The sentence of this name in the reader's language."""
    return say(language(), key, **facts)


def t_or(key: str, otherwise: str) -> str:
    """The sentence of this name, or `otherwise` where no catalogue has it: for names that come from data."""
    try:
        return t(key)
    except KeyError:
        return otherwise


def dress(console: Blueprint, runtime: Runtime) -> None:
    """Give the templates their words, filters and what the layout shows."""

    @console.app_template_filter("day")
    def day(value: date | datetime) -> str:
        return shown(day_of(value) if isinstance(value, datetime) else value, language())

    @console.app_template_filter("moment")
    def moment(value: datetime) -> str:
        return moment_shown(value, language())

    @console.app_template_filter("ago")
    def since(value: datetime) -> str:
        return ago(value, runtime.clock(), language())

    @console.app_template_filter("number")
    def number(value: float) -> str:
        return f"{value:,}"

    @console.context_processor
    def layout() -> dict[str, Any]:
        return {
            "t": t, "pick": picked, "language": language(), "asset": asset, "visit": getattr(g, "visit", None),
            "demo": not runtime.settings.production, "places": places, "switcher": switcher,
            "short_name": lambda project: short_name(project, language()),
        }  # fmt: skip


def picked(texts: dict[str, str]) -> str:
    """The text of an author in the reader's language, or the nearest there is."""
    return pick(texts, language())


def places() -> list[dict[str, Any]]:
    """The links of the bar for this visitor: word, address, whether it is where they are."""
    visitor: Visit | None = getattr(g, "visit", None)
    if visitor is None:
        return []
    at = (request.endpoint or "").split(".")
    return [
        {"word": t(place.key), "url": url_for(place.endpoint), "current": place.noun in at[1:2]}
        for place in PLACES
        if may(place.endpoint, visitor.account.role)
    ]


@dataclass(frozen=True, slots=True)
class Switch:
    """The switcher of projects: the one at hand, and where each leads."""

    current: Project | None
    links: list[tuple[str, str, bool]]


def switcher() -> Switch | None:
    """Where each project the visitor may see leads: this very page for it, where the page is about one."""
    visitor: Visit | None = getattr(g, "visit", None)
    if visitor is None:
        return None
    with visitor.reading() as reading:
        projects = visible_projects(reading, visitor.sight)
    slug = (request.view_args or {}).get("project") or request.args.get("project")
    current = next((each for each in projects if each.slug == slug), None)
    choices = [(t("console.switcher.all"), None), *((short_name(each, language()), each.slug) for each in projects)]
    links = [
        (word, target, choice == (current.slug if current else None))
        for word, choice in choices
        if (target := _page_of(choice, visitor.account.role))
    ]
    return Switch(current, links) if links else None


def _page_of(project: str | None, role: str) -> str | None:
    """The page to switch to (None: for all projects): this one where it is by project, else the queue or their own."""
    endpoint = request.endpoint or ""
    if project and set(request.view_args or {}) == {"project"} and request.method == "GET":
        return url_for(endpoint, project=project)
    if endpoint in FILTERED:
        return url_for(endpoint, project=project)
    if may(FILTERED[0], role):
        return url_for(FILTERED[0], project=project)
    by_itself = "console.projects.show" if project else "console.projects.index"
    return url_for(by_itself, **({"project": project} if project else {})) if may(by_itself, role) else None


@cache
def _version(name: str) -> str:
    return hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]


def asset(name: str) -> str:
    """The address of a file of static/, with its version: browsers keep it for good."""
    return url_for("console.static", filename=name, v=_version(name))
