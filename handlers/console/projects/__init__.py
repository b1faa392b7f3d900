"""The projects a visitor looks after, and one project's page: its steps, its pictures, its surveys' results."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from flask import Blueprint, render_template, request

from bot.dates import day_of
from bot.pictures import funnels, overview, said, spoke
from bot.pictures.instruments import instrument
from bot.pictures.looking import Look
from bot.pictures.places import drawn
from bot.pictures.results import results
from bot.pictures.time import volume
from bot.pictures.words import step
from bot.steps import brought
from bot.store.accounts import all_accounts
from bot.store.base import Session
from bot.store.people import contacts_by_language
from bot.store.seeking import Sought
from bot.store.tallying import Facet
from handlers.console import report
from handlers.console.audit import actor_name
from handlers.console.guard import may, project_or_404, visit
from handlers.console.look import language
from handlers.console.opening import looked, opens
from handlers.console.overview import framed, spans
from handlers.console.projects import editing, running

page = Blueprint("projects", __name__, url_prefix="/projects")
page.register_blueprint(editing.page)
page.register_blueprint(running.page)


@page.get("")
def index() -> Any:
    """All of them, with where they stand."""
    week = Sought(since=day_of(visit().at) - timedelta(days=6))
    with visit().runtime.store.snapshot() as reading:
        look, lately = looked(reading, Sought()), looked(reading, week)
    rows = [
        {
            "project": each,
            "step": step(each.step, language())[0],
            "entries": look.entries([each.id]),
            "week": lately.entries([each.id]),
            "moods": overview.moods_of(look, each),
            "begun": sum(counts.total() for counts in look.of(Facet.INTERVIEW, [each.id]).values()),
            "finished": look.of(Facet.INTERVIEW, [each.id]).get("completed", {}).get("", 0),
        }
        for each in look.projects
    ]
    return render_template(
        "console/projects/index.html",
        rows=rows, week=week, opens=opens, Sought=Sought, may_open=_may("new"),
    )  # fmt: skip


@page.get("/<project>")
def show(project: str) -> Any:
    """One project."""
    found = project_or_404(project)
    sought = replace(framed(), projects=(project,))
    with visit().runtime.store.snapshot() as reading:
        look = looked(reading, sought)
        contacts = contacts_by_language(reading)
        came = brought(reading, found, visit().sight)
        names = {each.actor: each.name for each in all_accounts(reading)}
        surveys = [each for each in _surveys(reading, look) if each["begun"] or each["survey"].state == "live"]
    provinces = spoke.provinces(look)
    bare = Sought(since=sought.since, until=sought.until)
    return render_template(
        "console/projects/show.html",
        project=found, look=look, sought=sought, bare=bare, opens=opens, surveys=surveys,
        steps=[(each, *step(each.step, language())) for each in came],
        may_keep=_may("edit"), who=lambda actor: actor_name(actor, names),
        spans=spans("console.projects.show", replace(bare), project=project),
        tiles=overview.tiles(look), volume=volume(look, request.args.get("unit", "")),
        topics=said.topics(look), qualities=said.qualities(look), urgency=said.urgency(look),
        languages=spoke.languages(look), provinces=provinces, map=drawn(provinces),
        reach=spoke.reach(look, contacts), outcomes=funnels.outcomes(look, funnels.statuses_of(look)),
    )  # fmt: skip


def _may(act: str) -> bool:
    """Whether the visitor may keep projects, not only read about them."""
    return may(f"console.projects.editing.{act}", visit().account.role)


def _surveys(reading: Session, look: Look) -> list[dict[str, Any]]:
    """Each survey with what it brought."""
    found = []
    for survey in look.surveys:
        questions, versions = instrument(reading, survey)
        if versions:
            begun = sum(funnels.statuses_of(look, survey).values())
            figures, left = results(look, survey, questions), funnels.drop_off(look, survey, questions)
            told = versions[-1].questionnaire
            found.append(
                {
                    "survey": survey,
                    "told": told,
                    "versions": len(versions),
                    "begun": begun,
                    "results": figures,
                    "left": left,
                }
            )
    return found


@page.get("/<project>/report")
def printed(project: str) -> Any:
    """Its report, to print."""
    return report.shown(project)


@page.get("/<project>/report.xlsx")
def workbook(project: str) -> Any:
    """The tables of its report."""
    return report.workbook(project)
