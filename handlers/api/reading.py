"""What the API reads: each reader gives the answer and how many things are in it."""

from datetime import datetime, timedelta
from typing import Any

from flask import request

from bot.exports.records import record
from bot.rights import entry_seen, project_seen, survey_seen, visible_projects
from bot.store import paging
from bot.store.base import Session
from bot.store.exporting import filed_in
from bot.store.paging import Cursor, Paging
from bot.store.projects import Project
from bot.store.seeking import NAMES, Sought
from bot.store.seeking import READERS as FILTERS
from bot.store.sight import Sight
from bot.store.surveys import Survey, newest_version, surveys_of
from handlers.api.problems import Wrong
from nlp.topics import taxonomy

MOST, USUAL = 200, 50
ORDERS = ("newest", "oldest")
# Who reads from the oldest on is not told of entries this young: one that was filed before may still be on its way in.
SETTLED = timedelta(seconds=10)
# Names of the console's filter that are of no use to a key: they speak of accounts, and of entries of no project.
INNER = ("noproject", "assigned")
FILTER = tuple(name for name in NAMES if name not in INNER)
OWN = ("limit", "cursor", "order")
Answered = tuple[Any, int]


def entries(session: Session, sight: Sight, at: datetime) -> Answered:
    """A page of entries."""
    sought, page = _sought(session, sight), _paging()
    found = paging.page(session, sought, sight, page)
    rows, after = found.rows, found.after
    if page.sort == "oldest":
        settled = [each for each in rows if each.filed_at <= at - SETTLED]
        rows, after = settled, after if len(settled) == len(rows) else None
    last = str(Cursor(0, rows[-1].filed_at, rows[-1].id)) if rows else (str(page.at) if page.at else None)
    told = [record(each, unmasked=False) for each in filed_in(session, [row.id for row in rows])]
    return {"entries": told, "next": str(after) if after else None, "last": last}, len(told)


def entry(session: Session, sight: Sight, at: datetime, number: str) -> Answered:
    """One entry."""
    _no_arguments()
    found = filed_in(session, [entry_seen(session, sight, number).id])
    return record(found[0], unmasked=False), 1


def projects(session: Session, sight: Sight, at: datetime) -> Answered:
    """The projects of the key."""
    _no_arguments()
    told = [_project(each) for each in visible_projects(session, sight)]
    return {"projects": told}, len(told)


def surveys(session: Session, sight: Sight, at: datetime) -> Answered:
    """Their surveys, each with the questions of its newest version."""
    _no_arguments()
    slugs = {each.id: each.slug for each in visible_projects(session, sight)}
    told = [_survey(session, slugs[each.project_id], each) for each in surveys_of(session, slugs)]
    return {"surveys": told}, len(told)


def topics(session: Session, sight: Sight, at: datetime) -> Answered:
    """The taxonomy of topics."""
    _no_arguments()
    told = [
        {"code": each.code, "group": each.group, "name": dict(each.names), "about": each.about}
        for each in taxonomy().values()
    ]
    return {"topics": told}, len(told)


READERS = (
    ("/entries", "entries", entries),
    ("/entries/<number>", "entry", entry),
    ("/projects", "projects", projects),
    ("/surveys", "surveys", surveys),
    ("/topics", "topics", topics),
)
"""(address, name, reader)."""


def _sought(session: Session, sight: Sight) -> Sought:
    """The filter. What is none is refused: left out, it would answer more than was asked for."""
    given = [(name, value) for name, value in request.args.items(multi=True) if name not in OWN]
    for name, value in given:
        fits = FILTERS.get(name, lambda text: "\x00" not in text)
        if name not in FILTER or not value.strip() or len(value) > 200 or not fits(value):
            raise Wrong(400, "Bad parameter", f"{name[:40]} cannot be that; see openapi.json.")
        if name == "project":
            project_seen(session, sight, value)
        if name == "survey":
            survey_seen(session, sight, value)
    return Sought.read(given)


def _paging() -> Paging:
    limit, order, cursor = (request.args.get(name) for name in ("limit", "order", "cursor"))
    if limit is not None and not (limit.isascii() and limit.isdigit() and len(limit) < 4 and 1 <= int(limit) <= MOST):
        raise Wrong(400, "Bad parameter", f"limit is a number from 1 to {MOST}.")
    if order is not None and order not in ORDERS:
        raise Wrong(400, "Bad parameter", "order is newest or oldest.")
    at = _cursor(cursor)
    return Paging(order or "newest", int(limit or USUAL), at)


def _cursor(text: str | None) -> Cursor | None:
    if text is None:
        return None
    at = Cursor.read(text)
    if at is None or at.group:
        raise Wrong(400, "Bad parameter", "cursor is what an earlier answer gave as next or last.")
    return at


def _no_arguments() -> None:
    if request.args:
        raise Wrong(400, "Bad parameter", "This address takes no parameters.")


def _project(project: Project) -> dict[str, Any]:
    plain_facts = {name: getattr(project, name) for name in ("slug", "step", "status", "fiscal_year")}
    return plain_facts | {"title": project.title, "short": project.short, "agency": project.agency}


def _survey(session: Session, project: str, survey: Survey) -> dict[str, Any]:
    version = newest_version(session, survey.id)
    told = {"slug": survey.slug, "project": project, "state": survey.state}
    asked = {"version": version.number, "questionnaire": version.questionnaire} if version else {}
    return told | {"version": None, "questionnaire": None} | asked
