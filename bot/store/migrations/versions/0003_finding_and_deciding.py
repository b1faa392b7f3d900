"""finding and deciding"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")

INDEXES = {
    "ix_entries_filed": ["filed_at", "id"],
    "ix_entries_status_filed": ["status", "filed_at"],
    "ix_entries_urgency_filed": ["urgency", "filed_at"],
    "ix_entries_sentiment_filed": ["sentiment", "filed_at"],
    "ix_entries_province_filed": ["province", "filed_at"],
    "ix_entries_assignee": ["assignee_id"],
}
# What the entries count as already: nobody has decided on a tag yet.
LABELS = """
INSERT INTO entry_labels (entry_id, label)
SELECT DISTINCT entry_id,
    kind || '\\:' || tag || CASE direction WHEN 1 THEN '+1' WHEN -1 THEN '-1' ELSE '' END
FROM entry_tags WHERE kind IN ('topic', 'quality', 'place')
"""
# FTS5 keeps its own list of which word is where; the triggers tell it of every change, cascades included.
# detail=none: that a word is there, not where in the text. The words themselves come by `python -m bot reindex`.
SQLITE = (
    "CREATE VIRTUAL TABLE entry_search USING fts5"
    " (words, content='entry_words', content_rowid='entry_id', tokenize='ascii', detail='none')",
    "CREATE TRIGGER entry_words_insert AFTER INSERT ON entry_words BEGIN"
    " INSERT INTO entry_search (rowid, words) VALUES (new.entry_id, new.words); END",
    "CREATE TRIGGER entry_words_delete AFTER DELETE ON entry_words BEGIN"
    " INSERT INTO entry_search (entry_search, rowid, words) VALUES ('delete', old.entry_id, old.words); END",
    "CREATE TRIGGER entry_words_update AFTER UPDATE ON entry_words BEGIN"
    " INSERT INTO entry_search (entry_search, rowid, words) VALUES ('delete', old.entry_id, old.words);"
    " INSERT INTO entry_search (rowid, words) VALUES (new.entry_id, new.words); END",
)
POSTGRESQL = ("CREATE INDEX ix_entry_words_words ON entry_words USING gin (words)",)


def upgrade() -> None:
    """Make the change."""
    op.create_table(
        "bulk_acts",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("account_id", BIG_ID, nullable=False),
        sa.Column("act", sa.String(length=16), nullable=False),
        sa.Column("facts", JSON, nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("state IN ('doing', 'done', 'undoing', 'undone')", name=op.f("ck_bulk_acts_state")),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_bulk_acts_account_id_accounts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bulk_acts")),
    )
    with op.batch_alter_table("bulk_acts", schema=None) as batch_op:
        batch_op.create_index("ix_bulk_acts_account", ["account_id", "id"], unique=False)
        batch_op.create_index("ix_bulk_acts_state", ["state"], unique=False)

    op.create_table(
        "saved_views",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("account_id", BIG_ID, nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("sort", sa.String(length=16), nullable=False),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.Column("standard", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(name) > 0", name=op.f("ck_saved_views_name")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_saved_views_account_id_accounts"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_views")),
    )
    with op.batch_alter_table("saved_views", schema=None) as batch_op:
        batch_op.create_index("uq_saved_views_name", ["account_id", "name"], unique=True)
        batch_op.create_index(
            "uq_saved_views_one_standard",
            ["account_id"],
            unique=True,
            sqlite_where=sa.text("standard"),
            postgresql_where=sa.text("standard"),
        )

    op.create_table(
        "bulk_items",
        sa.Column("bulk_id", BIG_ID, nullable=False),
        sa.Column("entry_id", BIG_ID, autoincrement=False, nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("before", JSON, nullable=True),
        sa.Column("revision", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "state IN ('waiting', 'changed', 'same', 'gone', 'put_back', 'kept')", name=op.f("ck_bulk_items_state")
        ),
        sa.ForeignKeyConstraint(
            ["bulk_id"], ["bulk_acts.id"], name=op.f("fk_bulk_items_bulk_id_bulk_acts"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("bulk_id", "entry_id", name=op.f("pk_bulk_items")),
    )
    with op.batch_alter_table("bulk_items", schema=None) as batch_op:
        batch_op.create_index("ix_bulk_items_state", ["bulk_id", "state", "entry_id"], unique=False)

    op.create_table(
        "entry_labels",
        sa.Column("entry_id", BIG_ID, nullable=False),
        sa.Column("label", sa.String(length=160), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["entries.id"], name=op.f("fk_entry_labels_entry_id_entries"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("entry_id", "label", name=op.f("pk_entry_labels")),
    )
    with op.batch_alter_table("entry_labels", schema=None) as batch_op:
        batch_op.create_index("ix_entry_labels_label", ["label", "entry_id"], unique=False)

    op.create_table(
        "entry_notes",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("entry_id", BIG_ID, nullable=False),
        sa.Column("by", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["entries.id"], name=op.f("fk_entry_notes_entry_id_entries"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entry_notes")),
    )
    op.create_index("ix_entry_notes_entry", "entry_notes", ["entry_id"])

    op.create_table(
        "entry_words",
        sa.Column("entry_id", BIG_ID, nullable=False),
        sa.Column("words", sa.Text().with_variant(postgresql.TSVECTOR(), "postgresql"), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["entries.id"], name=op.f("fk_entry_words_entry_id_entries"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("entry_id", name=op.f("pk_entry_words")),
    )
    op.create_table(
        "tag_decisions",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("entry_id", BIG_ID, nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("tag", sa.String(length=128), nullable=False),
        sa.Column("direction", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.String(length=16), nullable=False),
        sa.Column("machine", sa.String(length=128), nullable=False),
        sa.Column("model", sa.String(length=64), nullable=False),
        sa.Column("by", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind IN ('topic', 'quality', 'sentiment', 'urgency', 'place', 'project')",
            name=op.f("ck_tag_decisions_kind"),
        ),
        sa.CheckConstraint("verdict IN ('accepted', 'rejected', 'added')", name=op.f("ck_tag_decisions_verdict")),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["entries.id"], name=op.f("fk_tag_decisions_entry_id_entries"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tag_decisions")),
    )
    with op.batch_alter_table("tag_decisions", schema=None) as batch_op:
        batch_op.create_index("ix_tag_decisions_at", ["at"], unique=False)
        batch_op.create_index("uq_tag_decisions_tag", ["entry_id", "kind", "tag", "direction"], unique=True)

    op.add_column("entries", sa.Column("assignee_id", BIG_ID, nullable=True))
    op.add_column("entries", sa.Column("revision", sa.Integer(), server_default="0", nullable=False))
    op.drop_index("ix_entries_filed", "entries")
    for name, columns in INDEXES.items():
        op.create_index(name, "entries", columns)
    op.execute(LABELS)
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.execute(statement)


def downgrade() -> None:
    """Take it back."""
    for name in INDEXES:
        op.drop_index(name, "entries")
    op.create_index("ix_entries_filed", "entries", ["filed_at"])
    op.drop_column("entries", "revision")
    op.drop_column("entries", "assignee_id")
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE entry_search")
    with op.batch_alter_table("tag_decisions", schema=None) as batch_op:
        batch_op.drop_index("uq_tag_decisions_tag")
        batch_op.drop_index("ix_tag_decisions_at")

    op.drop_table("tag_decisions")
    op.drop_index("ix_entry_notes_entry", "entry_notes")
    op.drop_table("entry_notes")
    op.drop_table("entry_words")
    with op.batch_alter_table("entry_labels", schema=None) as batch_op:
        batch_op.drop_index("ix_entry_labels_label")

    op.drop_table("entry_labels")
    with op.batch_alter_table("bulk_items", schema=None) as batch_op:
        batch_op.drop_index("ix_bulk_items_state")

    op.drop_table("bulk_items")
    with op.batch_alter_table("saved_views", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_saved_views_one_standard", sqlite_where=sa.text("standard"), postgresql_where=sa.text("standard")
        )
        batch_op.drop_index("uq_saved_views_name")

    op.drop_table("saved_views")
    with op.batch_alter_table("bulk_acts", schema=None) as batch_op:
        batch_op.drop_index("ix_bulk_acts_state")
        batch_op.drop_index("ix_bulk_acts_account")

    op.drop_table("bulk_acts")
