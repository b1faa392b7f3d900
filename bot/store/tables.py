"""Every table, imported in one place, so that the metadata is whole wherever it is needed."""

from bot.store import accounts, audit, entries, interviews, mail, people, projects, surveys
from bot.store.base import Base

metadata = Base.metadata
MODULES = (accounts, audit, entries, interviews, mail, people, projects, surveys)
