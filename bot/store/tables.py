"""Every table, imported in one place, so that the metadata is whole wherever it is needed."""

from bot.store import (
    accounts,
    api_keys,
    audit,
    broadcasts,
    bulk,
    entries,
    export_jobs,
    guests,
    interviews,
    labels,
    mail,
    people,
    projects,
    rehearsals,
    revisions,
    search,
    segments,
    surveys,
    tallies,
    themes,
    views,
)
from bot.store.base import Base

metadata = Base.metadata
MODULES = (
    accounts, api_keys, audit, broadcasts, bulk, entries, export_jobs, guests, interviews, labels, mail, people,
    projects, rehearsals, revisions, search, segments, surveys, tallies, themes, views,
)  # fmt: skip
