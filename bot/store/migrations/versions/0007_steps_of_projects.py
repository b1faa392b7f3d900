"""steps of projects, and their revision"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the change. A project that is there has been in its step since it was opened, as far as is known."""
    op.create_table(
        "project_steps",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("project_id", BIG_ID, nullable=False),
        sa.Column("step", sa.String(length=16), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=64), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "step IN ('understand', 'empathise', 'experiment', 'rollout')", name=op.f("ck_project_steps_step")
        ),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name=op.f("fk_project_steps_project_id_projects")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project_steps")),
    )
    with op.batch_alter_table("project_steps", schema=None) as batch_op:
        batch_op.create_index("ix_project_steps", ["project_id", "id"], unique=False)

    with op.batch_alter_table("projects", schema=None) as batch_op:
        batch_op.add_column(sa.Column("revision", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("changed_by", sa.String(length=64), server_default="", nullable=False))

    op.execute(
        'INSERT INTO project_steps (project_id, step, at, "by", why)'
        " SELECT id, step, opened_at, '', '' FROM projects ORDER BY id"
    )


def downgrade() -> None:
    """Take it back."""
    # Not in a batch: that would make the table anew on SQLite, where others refer to it.
    op.drop_column("projects", "changed_by")
    op.drop_column("projects", "revision")

    with op.batch_alter_table("project_steps", schema=None) as batch_op:
        batch_op.drop_index("ix_project_steps")

    op.drop_table("project_steps")
