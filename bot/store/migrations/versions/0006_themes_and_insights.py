"""themes and insights"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    """Make the change."""
    op.create_table(
        "theme_runs",
        sa.Column("project_id", BIG_ID, nullable=False),
        sa.Column("last_entry", BIG_ID, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name=op.f("fk_theme_runs_project_id_projects")),
        sa.PrimaryKeyConstraint("project_id", name=op.f("pk_theme_runs")),
    )
    op.create_table(
        "themes",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("project_id", BIG_ID, nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("named_by", sa.String(length=64), nullable=False),
        sa.Column("terms", JSON, nullable=False),
        sa.Column("merged_into", BIG_ID, nullable=True),
        sa.Column("born_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(name) > 0", name=op.f("ck_themes_name")),
        sa.CheckConstraint("merged_into <> id", name=op.f("ck_themes_merged")),
        sa.ForeignKeyConstraint(["merged_into"], ["themes.id"], name=op.f("fk_themes_merged_into_themes")),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name=op.f("fk_themes_project_id_projects")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_themes")),
    )
    with op.batch_alter_table("themes", schema=None) as batch_op:
        batch_op.create_index("uq_themes_key", ["project_id", "key"], unique=True)

    op.create_table(
        "insights",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("project_id", BIG_ID, nullable=False),
        sa.Column("theme_id", BIG_ID, nullable=True),
        sa.Column("step", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("title", sa.String(length=160), nullable=False),
        sa.Column("finding", sa.Text(), nullable=False),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("created_by", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("state IN ('found', 'decided', 'done')", name=op.f("ck_insights_state")),
        sa.CheckConstraint(
            "step IN ('understand', 'empathise', 'experiment', 'rollout')", name=op.f("ck_insights_step")
        ),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name=op.f("fk_insights_project_id_projects")),
        sa.ForeignKeyConstraint(
            ["theme_id"], ["themes.id"], name=op.f("fk_insights_theme_id_themes"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_insights")),
    )
    with op.batch_alter_table("insights", schema=None) as batch_op:
        batch_op.create_index("ix_insights_project", ["project_id", "id"], unique=False)

    op.create_table(
        "insight_entries",
        sa.Column("insight_id", BIG_ID, nullable=False),
        sa.Column("entry_id", BIG_ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["entries.id"], name=op.f("fk_insight_entries_entry_id_entries"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["insight_id"], ["insights.id"], name=op.f("fk_insight_entries_insight_id_insights"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("insight_id", "entry_id", name=op.f("pk_insight_entries")),
    )
    with op.batch_alter_table("insight_entries", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_insight_entries_entry_id"), ["entry_id"], unique=False)

    op.create_table(
        "theme_entries",
        sa.Column("entry_id", BIG_ID, nullable=False),
        sa.Column("theme_id", BIG_ID, nullable=False),
        sa.Column("by", sa.String(length=64), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["entries.id"], name=op.f("fk_theme_entries_entry_id_entries"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["theme_id"], ["themes.id"], name=op.f("fk_theme_entries_theme_id_themes"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("entry_id", name=op.f("pk_theme_entries")),
    )
    with op.batch_alter_table("theme_entries", schema=None) as batch_op:
        batch_op.create_index("ix_theme_entries_theme", ["theme_id", "rank"], unique=False)


def downgrade() -> None:
    """Take it back."""
    with op.batch_alter_table("theme_entries", schema=None) as batch_op:
        batch_op.drop_index("ix_theme_entries_theme")

    op.drop_table("theme_entries")
    with op.batch_alter_table("insight_entries", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_insight_entries_entry_id"))

    op.drop_table("insight_entries")
    with op.batch_alter_table("insights", schema=None) as batch_op:
        batch_op.drop_index("ix_insights_project")

    op.drop_table("insights")
    with op.batch_alter_table("themes", schema=None) as batch_op:
        batch_op.drop_index("uq_themes_key")

    op.drop_table("themes")
    op.drop_table("theme_runs")
