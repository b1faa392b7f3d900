"""Bulk acts: what is about to be done to how many, the go-ahead, how far it is, and the way back."""

import threading
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for

from bot import bulk
from bot.bulk import Act, Wanted
from bot.errors import Refused
from bot.projects import short_name
from bot.store.accounts import Account, Role
from bot.store.base import Session
from bot.store.bulk import BulkAct, count_up_to, latest_acts, newest_entry, tally
from bot.store.labels import label_of
from bot.store.projects import project_by_slug
from bot.store.seeking import Sought
from handlers.console import tags
from handlers.console.guard import here, needs, visit
from handlers.console.look import language, t

page = Blueprint("bulk", __name__, url_prefix="/bulk")
LATEST = 30
# So many steps are taken at once, with the request: small acts are done when their page is shown.
AT_ONCE = 3


@page.get("")
@needs(Role.OFFICIAL, Role.ADMIN)
def index() -> Any:
    """One's own latest acts."""
    with visit().reading() as reading:
        found = [(each, _told(reading, each)) for each in latest_acts(reading, visit().account.id, LATEST)]
    return render_template("console/bulk/index.html", acts=found)


@page.get("/new")
@needs(Role.OFFICIAL, Role.ADMIN)
def new() -> Any:
    """What would be done, to how many: to be confirmed."""
    return _asked(request.args)


@page.post("")
@needs(Role.OFFICIAL, Role.ADMIN)
def confirm() -> Any:
    """Do it, if it is still exactly what was shown."""
    wanted, act = _wanted(request.form), _act(request.form)
    try:
        with visit().transaction() as writing:
            confirmed = bulk.confirm(writing, visit().account, wanted, act, visit().by).id
    except Refused as refused:
        if refused.code != "bulk.changed":
            raise
        return _asked(request.form, t(refused.code, **refused.facts)), 409
    _go_on(confirmed)
    return redirect(url_for("console.bulk.show", bulk=confirmed), 303)


@page.get("/<int:bulk>")
@needs(Role.OFFICIAL, Role.ADMIN)
def show(bulk: int) -> Any:
    """How far an act is, and what became of each entry."""
    with visit().reading() as reading:
        act = _seen(reading, bulk)
        counts, told = tally(reading, act.id), _told(reading, act)
        arguments: dict[str, Any] = dict(Sought.of(act.query).arguments())
        back = url_for("console.queue.index", **(arguments or {"all": 1}))
    return render_template("console/bulk/show.html", act=act, counts=counts, told=told, back=back)


@page.post("/<int:bulk>/undo")
@needs(Role.OFFICIAL, Role.ADMIN)
def undo(bulk: int) -> Any:
    """Put everything back."""
    with visit().transaction() as writing:
        _undo(writing, bulk)
    _go_on(bulk)
    return redirect(url_for("console.bulk.show", bulk=bulk), 303)


def _undo(session: Session, bulk_id: int) -> None:
    bulk.undo(session, visit().account, bulk_id, visit().by)


def _go_on(bulk_id: int) -> None:
    """Take the first steps now and the others beside; what a process leaves undone, the clock takes up."""
    store, clock = here().store, here().clock
    for _ in range(AT_ONCE):
        if not bulk.step(store, clock, bulk_id):
            return
    threading.Thread(target=bulk.finish, args=(store, clock, bulk_id), daemon=True).start()


def _seen(session: Session, bulk_id: int) -> BulkAct:
    act = session.get(BulkAct, bulk_id)
    if act is None or not bulk.sees(visit().account, act):
        raise Refused("not_found")
    return act


def _asked(told: Any, problem: str = "") -> str:
    """The page that asks for the go-ahead, with the number as it is now."""
    wanted, act = _wanted(told), _act(told)
    if told.get("scope") == "picked" and not wanted.numbers:
        raise Refused("bulk.none_picked")
    with visit().reading() as reading:
        facts = bulk.read_act(reading, visit().sight, act)
        last = wanted.last or newest_entry(reading)
        held = bulk.numbered(reading, visit().sight, wanted.numbers) if wanted.numbers else None
        number = count_up_to(reading, wanted.sought, visit().sight, last) if held is None else held
        what = _what(reading, act.kind, facts)
    return render_template(
        "console/bulk/new.html",
        number=number, what=what, act=f"{act.kind} {act.value}", last=last, arguments=wanted.sought.arguments(),
        numbers=wanted.numbers, problem=problem, scope=told.get("scope", "all"),
    )  # fmt: skip


def _wanted(told: Any) -> Wanted:
    picked = tuple(sorted(set(told.getlist("picked")))) if told.get("scope") == "picked" else ()
    sought = Sought.read(told.items(multi=True), me=visit().account.id)
    return Wanted(told.get("expected", 0, type=int), sought, told.get("last", 0, type=int), picked)


def _act(told: Any) -> Act:
    kind, _, value = told.get("act", "").partition(" ")
    if not kind:
        raise Refused("bulk.no_act")
    return Act(kind, value)


def _told(session: Session, act: BulkAct) -> str:
    return _what(session, act.act, act.facts)


def _what(session: Session, kind: str, facts: dict[str, Any]) -> str:
    """What the act does, in a sentence."""
    if kind == "status":
        return t("console.bulk.does.status", status=t(f"console.entries.status.{facts['status']}"))
    if kind == "assign":
        account = session.get(Account, facts["account"]) if facts["account"] else None
        return t("console.bulk.does.assign", name=account.name if account else t("console.queue.assigned.nobody"))
    if kind == "move":
        project = project_by_slug(session, facts["project"]) if facts["project"] else None
        name = short_name(project, language()) if project else t("console.queue.noproject")
        return t("console.bulk.does.move", project=name)
    sign, label = facts["tag"][0], label_of(facts["tag"][1:])
    return t("console.bulk.does.add" if sign == "+" else "console.bulk.does.remove", tag=tags.word(*label))
