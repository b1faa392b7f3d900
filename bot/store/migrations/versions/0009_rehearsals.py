"""rehearsals in a chat, and runs of the scripted citizens"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
JSON = sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql")


def _key(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}"))


def upgrade() -> None:
    """Make the change."""
    op.add_column("contacts", sa.Column("rehearsal", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.create_table(
        "rehearsals",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("code", sa.String(length=8), nullable=False),
        sa.Column("survey_id", BIG_ID, nullable=False),
        sa.Column("version_id", BIG_ID, nullable=False),
        sa.Column("account_id", BIG_ID, nullable=False),
        sa.Column("citizen", sa.String(length=64), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        _key("rehearsals", "survey_id", "surveys"),
        _key("rehearsals", "version_id", "survey_versions"),
        _key("rehearsals", "account_id", "accounts"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rehearsals")),
        sa.UniqueConstraint("code", name=op.f("uq_rehearsals_code")),
    )
    with op.batch_alter_table("rehearsals", schema=None) as batch_op:
        batch_op.create_index("ix_rehearsals_survey", ["survey_id", "id"], unique=False)
    op.create_table(
        "rehearsal_runs",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("survey_id", BIG_ID, nullable=False),
        sa.Column("account_id", BIG_ID, nullable=False),
        sa.Column("draft", JSON, nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.String(length=16), nullable=False),
        sa.Column("report", JSON, nullable=True),
        sa.Column("error", sa.String(length=64), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("state IN ('waiting', 'working', 'done', 'failed')", name=op.f("ck_rehearsal_runs_state")),
        _key("rehearsal_runs", "survey_id", "surveys"),
        _key("rehearsal_runs", "account_id", "accounts"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rehearsal_runs")),
    )
    with op.batch_alter_table("rehearsal_runs", schema=None) as batch_op:
        batch_op.create_index("ix_rehearsal_runs_survey", ["survey_id", "id"], unique=False)
        batch_op.create_index("ix_rehearsal_runs_state", ["state", "id"], unique=False)


def downgrade() -> None:
    """Take it back. Frozen drafts go: to the code before this they would be versions like any other."""
    with op.batch_alter_table("rehearsal_runs", schema=None) as batch_op:
        batch_op.drop_index("ix_rehearsal_runs_state")
        batch_op.drop_index("ix_rehearsal_runs_survey")
    op.drop_table("rehearsal_runs")
    with op.batch_alter_table("rehearsals", schema=None) as batch_op:
        batch_op.drop_index("ix_rehearsals_survey")
    op.drop_table("rehearsals")
    frozen = "SELECT id FROM survey_versions WHERE number < 0"
    op.execute(f"DELETE FROM entries WHERE version_id IN ({frozen})")
    op.execute(f"DELETE FROM interviews WHERE version_id IN ({frozen})")
    op.execute("DELETE FROM survey_versions WHERE number < 0")
    # Not in a batch: that would make the table anew on SQLite, where others refer to it.
    op.drop_column("contacts", "rehearsal")
