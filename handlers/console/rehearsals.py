"""Rehearsing a survey: on the phone, on one's own LINE by a code, and by the scripted citizens, with their report."""

from typing import Any
from urllib.parse import quote

import segno
from flask import Blueprint, flash, jsonify, redirect, render_template, url_for

from bot import problems
from bot.errors import Refused
from bot.rehearsals import inviting, runs, telling
from bot.rehearsals.report import PEOPLE
from bot.rights import survey_seen
from bot.store.accounts import Role
from bot.store.base import Session
from bot.store.rehearsals import RehearsalRun, RunState, rehearsals_of, runs_of
from bot.store.surveys import Survey
from handlers.console.guard import needs, quiet, visit
from handlers.console.look import language, picked, t

page = Blueprint("rehearsals", __name__, url_prefix="/surveys/<survey>/rehearsals")
LABS = (Role.LAB, Role.ADMIN)
MOVING = (RunState.WAITING, RunState.WORKING)
TONES = {"mend": "bad", "look": "warn", "note": "note", "ready": "good"}
# Opens the chat with the account, with words ready to be sent (LINE URL scheme, "Sending text messages").
LINE_CHAT = "https://line.me/R/oaMessage/{account}/?{text}"


@page.get("")
@needs(*LABS)
def index(survey: str) -> Any:
    """How to rehearse it, and what came of rehearsals so far."""
    return _index(survey)


@page.post("/phone")
@needs(*LABS)
def phone(survey: str) -> Any:
    """Open the phone page with a made-up citizen who begins the draft."""
    try:
        with visit().transaction() as writing:
            found = _survey(writing, survey)
            rehearsal = inviting.invite(writing, found, visit().account, visit().at, citizen=True)
    except Refused as refused:
        return _unfit(survey, refused)
    return redirect(url_for("phone.page", rehearsal=rehearsal.code, citizen=rehearsal.citizen), 303)


@page.post("/codes")
@needs(*LABS)
def code(survey: str) -> Any:
    """A code with which those of the lab begin the draft on their own LINE."""
    try:
        with visit().transaction() as writing:
            inviting.invite(writing, _survey(writing, survey), visit().account, visit().at)
    except Refused as refused:
        return _unfit(survey, refused)
    flash(t("console.rehearsals.began"), "good")
    return redirect(url_for("console.rehearsals.index", survey=survey), 303)


@page.post("/wipe")
@needs(*LABS)
def wipe(survey: str) -> Any:
    """Remove what was said in rehearsals."""
    with visit().transaction() as writing:
        wiped = inviting.wipe(writing, _survey(writing, survey), visit().by)
    for key in wiped.files:
        visit().runtime.photos.remove(key)
    flash(t("console.rehearsals.wiped", count=wiped.rehearsals), "good")
    return redirect(url_for("console.rehearsals.index", survey=survey), 303)


@page.post("/runs")
@needs(*LABS)
def run(survey: str) -> Any:
    """Let the scripted citizens come on."""
    try:
        with visit().transaction() as writing:
            asked = runs.ask(writing, _survey(writing, survey), visit().account, visit().at)
    except Refused as refused:
        return _unfit(survey, refused)
    return redirect(url_for("console.rehearsals.show", survey=survey, run=asked.id), 303)


@page.get("/runs/<int:run>")
@needs(*LABS)
def show(survey: str, run: int) -> Any:
    """How far a run is, and its report."""
    found = _run(survey, run)
    return render_template(
        "console/rehearsals/show.html", slug=survey, run=found, report=found.report, moving=MOVING,
        total=len(PEOPLE), title=picked(found.draft["title"]), telling=telling, tones=TONES,
    )  # fmt: skip


@page.get("/runs/<int:run>/progress")
@quiet
@needs(*LABS)
def progress(survey: str, run: int) -> Any:
    """How far it is, for a script."""
    found = _run(survey, run)
    told = t("console.rehearsals.progress", done=found.done, total=len(PEOPLE))
    return jsonify(state=found.state, done=found.done, total=len(PEOPLE), told=told, moving=found.state in MOVING)


@page.get("/runs/<int:run>/people/<person>")
@needs(*LABS)
def talk(survey: str, run: int, person: str) -> Any:
    """One person's conversation."""
    found = _run(survey, run)
    people = {each["person"]: each for each in (found.report or {"people": ()})["people"]}
    if person not in people:
        raise Refused("not_found")
    place = list(people).index(person)
    return render_template(
        "console/rehearsals/talk.html", slug=survey, run=found, played=people[person], telling=telling,
        before=list(people)[place - 1] if place else "", after=next(iter(list(people)[place + 1 :]), ""),
    )  # fmt: skip


def _survey(session: Session, slug: str) -> Survey:
    return survey_seen(session, visit().sight, slug)


def _run(slug: str, number: int) -> RehearsalRun:
    with visit().reading() as reading:
        return runs.run_of(reading, _survey(reading, slug), number)


def _index(slug: str, unfit: list[str] | None = None, problem: str = "") -> str:
    settings = visit().runtime.settings
    with visit().reading() as reading:
        survey = _survey(reading, slug)
        begun = rehearsals_of(reading, survey.id)
        listed = runs_of(reading, survey.id)
    codes = [each for each in begun if not each.citizen and each.expires_at > visit().at]
    return render_template(
        "console/rehearsals/index.html", survey=survey, runs=listed, moving=MOVING, tones=TONES,
        codes=[(each, *_way_in(each.code)) for each in codes], begun=len(begun), standin=settings.uses_standin,
        unfit=unfit or [], problem=problem,
    )  # fmt: skip


def _way_in(code: str) -> tuple[str, str, str]:
    """What is typed, the link that opens LINE with it, and its QR code as SVG: both "" without LINE_BASIC_ID."""
    typed = f"{inviting.WORD}-{code}"
    account = visit().runtime.settings.line_basic_id
    if not account:
        return typed, "", ""
    link = LINE_CHAT.format(account=quote(account), text=quote(typed))
    drawn = segno.make(link, error="m").svg_inline(scale=4, border=2, light="#fff", omitsize=False)
    return typed, link, drawn


def _unfit(slug: str, refused: Refused) -> Any:
    """The page again, with what keeps the draft from being asked."""
    found = refused.facts.get("problems")
    if not isinstance(found, list | tuple):
        return _index(slug, problem=t(refused.code, **refused.facts)), 422
    told = [f"{problems.place(each, language())}: {problems.sentence(each, language())}" for each in found]
    return _index(slug, unfit=told), 422
