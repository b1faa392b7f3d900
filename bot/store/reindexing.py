"""Make what entries are found by anew: their search words and labels, from what is stored."""

from sqlalchemy import select

from bot.store.base import Store
from bot.store.entries import Entry
from bot.store.labels import relabel
from bot.store.search import purge, put_all_words

PAGE = 200


def next_page(store: Store, after: int, size: int = PAGE) -> tuple[int, int]:
    """Do the entries that come next by id, in one transaction: (the last one's id, how many; 0 at the end)."""
    with store.transaction() as session:
        page = list(session.scalars(select(Entry).where(Entry.id > after).order_by(Entry.id).limit(size)))
        put_all_words(session, {each.id: each.text for each in page})
        for each in page:
            relabel(session, each)
        return (page[-1].id, len(page)) if page else (after, 0)


def merge_index(store: Store) -> None:
    """At the end: let the index forget what was replaced."""
    with store.transaction() as session:
        purge(session)
