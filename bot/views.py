"""Saved views: name a filter, share it, open with it."""

from dataclasses import dataclass

from bot.errors import Refused
from bot.rights import visible_projects
from bot.store.accounts import Account, Role
from bot.store.audit import By
from bot.store.base import Session
from bot.store.seeking import Sought
from bot.store.sight import Sight
from bot.store.views import SavedView, no_standard, view_named, views_for

LONGEST, MOST = 64, 100


@dataclass(frozen=True, slots=True)
class NewView:
    """What is to be saved. `standard`: the queue is to open with it."""

    name: str
    query: str
    sort: str
    shared: bool = False
    standard: bool = False


def save(session: Session, account: Account, new: NewView, by: By) -> SavedView:
    """Save a view, in the place of the account's own one of that name. Raises Refused: "view.name", "view.many"."""
    name = " ".join(new.name.split())
    if not name or len(name) > LONGEST:
        raise Refused("view.name", most=LONGEST)
    own = [each for each in views_for(session, account.id) if each.account_id == account.id]
    view = view_named(session, account.id, name)
    if view is None and len(own) >= MOST:
        raise Refused("view.many", most=MOST)
    if new.standard:
        no_standard(session, account.id)
    if view is None:
        view = SavedView(account_id=account.id, name=name, created_at=by.at)
        session.add(view)
    view.query, view.sort = Sought.of(new.query).query, new.sort
    view.shared, view.standard = new.shared, new.standard
    session.flush()
    return view


def views_seen(session: Session, account: Account, sight: Sight) -> list[SavedView]:
    """The account's own views and the shared ones, but none that names a project which it may not see."""
    visible = {each.slug for each in visible_projects(session, sight)}
    return [each for each in views_for(session, account.id) if set(Sought.of(each.query).projects) <= visible]


def remove(session: Session, account: Account, view_id: int) -> str:
    """Delete a view of one's own; an admin any shared one. Returns its name. Raises Refused("not_found")."""
    view = session.get(SavedView, view_id)
    mine = view is not None and view.account_id == account.id
    if view is None or not (mine or (view.shared and account.role == Role.ADMIN)):
        raise Refused("not_found")
    session.delete(view)
    return view.name
