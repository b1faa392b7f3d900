"""revisions of drafts, and kept questions"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    """Make the change. What was published before has no revision that anybody knows."""
    op.create_table(
        "draft_revisions",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("survey_id", BIG_ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("draft", JSON, nullable=False),
        sa.Column("origin", sa.String(length=16), nullable=False),
        sa.Column("by", sa.String(length=64), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "origin IN ('begun', 'written', 'imported', 'restored')", name=op.f("ck_draft_revisions_origin")
        ),
        sa.ForeignKeyConstraint(["survey_id"], ["surveys.id"], name=op.f("fk_draft_revisions_survey_id_surveys")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_revisions")),
        sa.UniqueConstraint("survey_id", "number", name=op.f("uq_draft_revisions_survey_id_number")),
    )
    op.create_table(
        "saved_questions",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("project_id", BIG_ID, nullable=False),
        sa.Column("question", JSON, nullable=False),
        sa.Column("by", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name=op.f("fk_saved_questions_project_id_projects")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_questions")),
    )
    with op.batch_alter_table("saved_questions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_saved_questions_project_id"), ["project_id"], unique=False)
    with op.batch_alter_table("surveys", schema=None) as batch_op:
        batch_op.add_column(sa.Column("revision", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("title", JSON, server_default="{}", nullable=False))
        batch_op.add_column(sa.Column("languages", JSON, server_default="[]", nullable=False))
    with op.batch_alter_table("survey_versions", schema=None) as batch_op:
        batch_op.add_column(sa.Column("revision", sa.Integer(), nullable=True))
    _name_surveys()


def _name_surveys() -> None:
    """Until now every draft was published at once, so that what a survey goes by stands in it."""
    surveys = sa.table(
        "surveys", sa.column("id", BIG_ID), *(sa.column(name, JSON) for name in ("draft", "title", "languages"))
    )
    connection = op.get_bind()
    for number, draft in connection.execute(sa.select(surveys.c.id, surveys.c.draft)).all():
        told = {"title": draft.get("title", {}), "languages": draft.get("languages", [])}
        connection.execute(surveys.update().where(surveys.c.id == number).values(**told))


def downgrade() -> None:
    """Take it back."""
    # Not in batches: those would make the tables anew on SQLite, where others refer to them.
    op.drop_column("survey_versions", "revision")
    for column in ("languages", "title", "revision"):
        op.drop_column("surveys", column)
    op.drop_table("saved_questions")
    op.drop_table("draft_revisions")
