"""The picture over all projects a visitor may see, or those they choose, in the days they choose."""

from datetime import timedelta
from typing import Any

from flask import Blueprint, render_template, request, url_for

from bot.dates import day_of
from bot.pictures import funnels, overview, said, spoke
from bot.pictures.places import drawn
from bot.pictures.time import volume
from bot.rights import visible_projects
from bot.store.people import contacts_by_language
from bot.store.seeking import Sought
from handlers.console.guard import visit
from handlers.console.look import t
from handlers.console.opening import looked, opens

page = Blueprint("overview", __name__, url_prefix="/overview")


def framed() -> Sought:
    """The projects and days of the address: what every picture of a page keeps to."""
    asked = Sought.read(request.args.items(multi=True))
    since, until = asked.since, asked.until
    if since and until and since > until:
        since, until = until, since
    return Sought(projects=asked.projects, since=since, until=until)


def spans(endpoint: str, sought: Sought, **more: Any) -> list[dict[str, Any]]:
    """Links to the usual spans of days: word, address, whether it is the one shown."""
    today = day_of(visit().at)
    fiscal = today.replace(year=today.year - (today.month < 10), month=10, day=1)
    begins = {"all": None, "month": today - timedelta(days=29), "quarter": today - timedelta(days=89), "fiscal": fiscal}
    return [
        {
            "word": t(f"console.overview.span_{name}"),
            "url": url_for(endpoint, **sought.but(since=since, until=None).arguments(), **more),
            "current": sought.since == since and sought.until is None,
        }
        for name, since in begins.items()
    ]


@page.get("")
def index() -> Any:
    """Everything, at a glance."""
    sought = framed()
    with visit().runtime.store.snapshot() as reading:
        look = looked(reading, sought)
        contacts = contacts_by_language(reading)
        choices = visible_projects(reading, visit().sight)
    provinces = spoke.provinces(look)
    return render_template(
        "console/overview/index.html",
        look=look, sought=sought, opens=opens, choices=choices,
        spans=spans("console.overview.index", sought),
        tiles=overview.tiles(look), steps=overview.steps(look),
        volume=volume(look, request.args.get("unit", "")),
        topics=said.topics(look), qualities=said.qualities(look), urgency=said.urgency(look),
        languages=spoke.languages(look), provinces=provinces, map=drawn(provinces),
        by_project=overview.projects(look), outcomes=funnels.outcomes(look, funnels.statuses_of(look)),
        reach=spoke.reach(look, contacts), coverage=spoke.coverage(look),
    )  # fmt: skip
