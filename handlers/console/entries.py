"""One entry: the words with what they were tagged for, and what is done about it."""

from typing import Any

from flask import Blueprint, Response, abort, current_app, flash, redirect, render_template, request, url_for
from itsdangerous import BadSignature, URLSafeTimedSerializer

from bot import entries, reviewing
from bot.entries import Decision
from bot.errors import Refused
from bot.rights import entry_seen, project_seen, visible_projects
from bot.store.accounts import Account, Role, all_accounts
from bot.store.base import Session
from bot.store.entries import Entry, EntryStatus, TagKind
from bot.store.labels import Verdict
from bot.store.reviewing import history_of, notes_of, photo_of
from handlers.console import tags
from handlers.console.guard import may, needs, visit
from handlers.console.look import t, t_or

page = Blueprint("entries", __name__, url_prefix="/entries")

# For how many seconds the address of a photo works after a reveal.
PHOTO_SHOWN = 600
REVISION = "revision"


@page.get("/<number>")
def show(number: str) -> Any:
    """The entry, personal data masked."""
    return _page(number, unmasked=False)


@page.post("/<number>/reveal")
@needs(Role.OFFICIAL, Role.ADMIN)
def reveal(number: str) -> Any:
    """The entry with personal data, once, for a purpose that is written into the trail."""
    with visit().transaction() as session:
        reviewing.reveal(session, entry_seen(session, visit().sight, number), _said("purpose"), visit().by)
    return _page(number, unmasked=True)


@page.post("/<number>/status")
@needs(Role.OFFICIAL, Role.ADMIN)
def status(number: str) -> Any:
    """How far the work on it is."""
    if _said("status") not in tuple(EntryStatus):
        abort(400)
    with visit().transaction() as session:
        entry = entry_seen(session, visit().sight, number)
        entries.change_status(session, entry, EntryStatus(_said("status")), visit().by, _revision())
    return _done(number, t("console.entries.status_changed"))


@page.post("/<number>/assign")
@needs(Role.OFFICIAL, Role.ADMIN)
def assign(number: str) -> Any:
    """Whose it is."""
    with visit().transaction() as session:
        entry = entry_seen(session, visit().sight, number)
        wanted = request.form.get("account", type=int)
        account = session.get(Account, wanted) if wanted else None
        if wanted and account is None:
            raise Refused("not_found")
        entries.assign(session, entry, account, visit().by, _revision())
    return _done(number, t("console.entries.assigned"))


@page.post("/<number>/move")
@needs(Role.OFFICIAL, Role.ADMIN)
def move(number: str) -> Any:
    """Where it belongs. One that is moved out of the mover's sight is gone from it."""
    with visit().transaction() as session:
        entry = entry_seen(session, visit().sight, number)
        slug = _said("project_slug")
        project = project_seen(session, visit().sight, slug) if slug else None
        entries.move(session, entry, project, visit().by, _revision())
        still = visit().sight.covers(entry.project_id)
    flash(t("console.entries.moved"), "good")
    return redirect(url_for("console.entries.show", number=number) if still else url_for("console.home.index"), 303)


@page.post("/<number>/tags")
@needs(Role.OFFICIAL, Role.ADMIN)
def tag(number: str) -> Any:
    """A person's word on a tag: it is right, it is wrong, or it is missing."""
    kind, _, rest = _said("tag").partition(":")
    name, _, sign = rest.rpartition(":")
    if kind not in tuple(TagKind) or _said("verdict") not in tuple(Verdict) or sign not in ("1", "-1", "0"):
        abort(400)
    decision = Decision(TagKind(kind), name, int(sign) or None, Verdict(_said("verdict")))
    with visit().transaction() as session:
        entry = entry_seen(session, visit().sight, number)
        entries.decide_tag(session, entry, decision, visit().by, _revision())
    return _done(number, t("console.entries.tag_decided"))


@page.post("/<number>/notes")
def write_note(number: str) -> Any:
    """Something for colleagues."""
    with visit().transaction() as session:
        entries.note(session, entry_seen(session, visit().sight, number), request.form.get("text", ""), visit().by)
    return _done(number, t("console.entries.noted"))


@page.get("/<number>/photo")
@needs(Role.OFFICIAL, Role.ADMIN)
def photo(number: str) -> Any:
    """A photo of an answer, by the address that a reveal gave; it works for ten minutes, for that person alone."""
    try:
        key, account = _signer().loads(request.args.get("key", ""), max_age=PHOTO_SHOWN)
    except BadSignature:
        raise Refused("not_found") from None
    with visit().reading() as session:
        found = photo_of(session, entry_seen(session, visit().sight, number), key)
    if found is None or account != visit().account.id:
        raise Refused("not_found")
    try:
        data = visit().runtime.photos.read(found.key)
    except FileNotFoundError:
        raise Refused("not_found") from None
    return Response(data, mimetype=found.content_type, headers={"Content-Disposition": "inline"})


def _page(number: str, unmasked: bool) -> str:
    with visit().reading() as session:
        entry = entry_seen(session, visit().sight, number)
        tagged = reviewing.decided(session, entry)
        told: dict[str, Any] = {
            "entry": entry,
            "project": entry.project,
            "tags": tagged,
            "pieces": reviewing.pieces(entry.text, entry.personal, tagged, unmasked),
            "turns": reviewing.turns(session, entry, visit().language, unmasked),
            "similar": reviewing.similar(session, entry, visit().sight),
            "notes": notes_of(session, entry.id),
            "history": history_of(session, entry.id),
            "people": _people(session),
            "assignees": _assignees(session, entry),
            "projects": visible_projects(session, visit().sight),
        }
    return render_template(
        "console/entries/show.html",
        **told,
        unmasked=unmasked,
        word=tags.word,
        tone=tags.tone,
        addable=tags.addable(),
        statuses=entries.next_statuses(told["entry"].status),
        happened=lambda what: t_or(f"console.entries.event.{what}", what),
        signed=lambda key: _signer().dumps([key, visit().account.id]),
        may_decide=may("console.entries.status", visit().account.role),
    )


def _people(session: Session) -> dict[str, str]:
    """What actors are called: accounts by name, the machine and the citizen by a word."""
    named = {each.actor: each.name for each in all_accounts(session)}
    return named | {each: t_or(f"console.actor.{each}", each) for each in ("machine", "citizen")}


def _assignees(session: Session, entry: Entry) -> list[Account]:
    return [each for each in all_accounts(session) if entries.may_work_on(session, each, entry)]


def _done(number: str, told: str) -> Any:
    flash(told, "good")
    return redirect(url_for("console.entries.show", number=number), 303)


def _said(name: str) -> str:
    return request.form.get(name, "").strip()


def _revision() -> int | None:
    return request.form.get(REVISION, type=int)


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(str(current_app.secret_key), salt="photo")
