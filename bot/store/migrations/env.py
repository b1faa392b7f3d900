"""Alembic's entry: runs the numbered migrations on the connection that bot/store/migrating.py hands over."""

from typing import Literal

from alembic import context

from bot.store.base import BigId, Instant, Json
from bot.store.migrating import is_ours
from bot.store.tables import metadata


def render_item(kind: str, item: object, _autogen: object) -> str | Literal[False]:
    """Write our column types into a new migration by what they are in the database, not by names that may move."""
    if kind != "type":
        return False
    if isinstance(item, Instant):
        return "sa.DateTime(timezone=True)"
    if repr(item) == repr(BigId):
        return "BIG_ID"
    if repr(item) == repr(Json):
        return "JSON"
    return False


connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata,
    render_as_batch=connection.dialect.name == "sqlite",
    render_item=render_item,
    compare_type=True,
    include_object=is_ours,
)
with context.begin_transaction():
    context.run_migrations()
