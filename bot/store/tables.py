"""Every table, imported in one place, so that the metadata is whole wherever it is needed."""

from bot.store import (
    accounts,
    audit,
    bulk,
    entries,
    interviews,
    labels,
    mail,
    people,
    projects,
    search,
    surveys,
    tallies,
    views,
)
from bot.store.base import Base

metadata = Base.metadata
MODULES = (accounts, audit, bulk, entries, interviews, labels, mail, people, projects, search, surveys, tallies, views)
