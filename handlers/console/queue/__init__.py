"""The queue: the entries that are sought, as a list to work through; its filter, its saved views, what is new in it."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for

from bot import views
from bot.entries import DECIDERS
from bot.store.accounts import all_accounts
from bot.store.bulk import newest_entry
from bot.store.facets import facets
from bot.store.paging import SORTS, Cursor, Paging
from bot.store.paging import page as page_of
from bot.store.seeking import Sought, count
from bot.store.views import standard_view
from handlers.console import tags
from handlers.console.guard import may, quiet, visit
from handlers.console.look import t
from handlers.console.queue.filtering import Panel, active, asked_for, built_in, canonical, own_words
from handlers.console.queue.items import items

page = Blueprint("queue", __name__, url_prefix="/queue")
PAGE = 30
# Where so many entries were filed ever, counts by facet come with the page; where more, the page asks for them after.
QUICK = 20_000


@page.get("")
def index() -> Any:
    """A page of the list."""
    if not request.args and (address := _standard()):
        return redirect(address)
    if "apply" in request.args or "picktag" in request.args:
        return redirect(url_for("console.queue.index", **canonical(request.args)))
    sought, sort = asked_for()
    paging = Paging(
        sort, PAGE, Cursor.read(request.args.get("after") or request.args.get("before")), "before" in request.args
    )
    with visit().reading() as reading:
        found = page_of(reading, sought, visit().sight, paging)
        total, last = count(reading, sought, visit().sight), newest_entry(reading)
        counted = facets(reading, sought, visit().sight) if last <= QUICK or "counts" in request.args else None
        panel = Panel.of(reading, visit(), sought, counted)
        saved = views.views_seen(reading, visit().account, visit().sight)
        listed = items(reading, found.rows)
        colleagues = [each for each in all_accounts(reading) if each.active and each.role in DECIDERS]
    return render_template(
        "console/queue/index.html",
        sought=sought, sort=sort, sorts=list(SORTS), page=found, items=listed, total=total, last=last, panel=panel,
        views=saved, built_in=built_in(), arguments=sought.arguments(), query=sought.query, chips=active(panel, sought),
        colleagues=colleagues, searched=own_words(sought), counted=counted is not None, here=_address(sought, sort),
    )  # fmt: skip


@page.get("/fresh")
@quiet
def fresh() -> Any:
    """How many entries of this filter came after the one with the id `last`; asked by the page from time to time."""
    sought, _ = asked_for()
    with visit().reading() as reading:
        number = count(reading, sought, visit().sight, after=request.args.get("last", 0, type=int))
    return {"count": number, "told": t("console.queue.fresh", count=number)}


@page.get("/counts")
@quiet
def counts() -> Any:
    """The counts of every facet, where there are too many entries to have them with the page."""
    sought, _ = asked_for()
    with visit().reading() as reading:
        return facets(reading, sought, visit().sight)


@page.post("/views")
def save_view() -> Any:
    """Save the filter under a name."""
    form = request.form
    query = Sought.of(form.get("query", "")).query
    sort = form.get("sort", "newest")
    new = views.NewView(
        form.get("name", ""), query, sort if sort in SORTS else "newest", "shared" in form, "standard" in form
    )
    with visit().transaction() as writing:
        saved = views.save(writing, visit().account, new, visit().by)
        address = view_address(saved)
    flash(t("console.queue.view_saved", name=saved.name), "good")
    return redirect(address, 303)


@page.post("/views/<int:view>/remove")
def remove_view(view: int) -> Any:
    """Delete a saved view."""
    with visit().transaction() as writing:
        name = views.remove(writing, visit().account, view)
    flash(t("console.queue.view_removed", name=name), "good")
    return redirect(url_for("console.queue.index", all=1), 303)


@page.app_template_global("view_address")
def view_address(view: Any) -> str:
    """Where a saved view leads."""
    arguments = Sought.of(view.query).arguments()
    return _address_of(arguments, view.sort)


@page.app_template_global("tag_word")
def tag_word(kind: str, tag: str) -> str:
    """What a tag is called."""
    return tags.word(kind, tag)


@page.app_template_global("may_use")
def may_use(endpoint: str) -> bool:
    """Whether there is such a page, and the visitor may use it."""
    return may(endpoint, visit().account.role)


def _standard() -> str | None:
    with visit().reading() as reading:
        view = standard_view(reading, visit().account.id)
    return view_address(view) if view else None


def _address(sought: Sought, sort: str) -> str:
    return _address_of(sought.arguments(), sort)


def _address_of(arguments: Mapping[str, Any], sort: str) -> str:
    more = {**arguments, "sort": sort} if sort != "newest" else dict(arguments)
    return url_for("console.queue.index", **(more or {"all": 1}))
