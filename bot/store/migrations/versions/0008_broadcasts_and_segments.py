"""broadcasts and segments"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    """Make the change."""
    op.create_table(
        "line_pace",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("next_us", BIG_ID, nullable=False),
        sa.Column("gap_us", sa.Integer(), nullable=False),
        sa.Column("slowed_ms", BIG_ID, nullable=False),
        sa.Column("quota", BIG_ID, nullable=True),
        sa.Column("used", BIG_ID, nullable=False),
        sa.Column("quota_left", BIG_ID, nullable=True),
        sa.Column("quota_ms", BIG_ID, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_line_pace")),
    )
    op.create_table(
        "guest_codes",
        sa.Column("account_id", BIG_ID, nullable=False),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_guest_codes_account_id_accounts"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_guest_codes")),
        sa.UniqueConstraint("code", name=op.f("uq_guest_codes_code")),
    )
    op.create_table(
        "guests",
        sa.Column("account_id", BIG_ID, nullable=False),
        sa.Column("contact_id", BIG_ID, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_guests_account_id_accounts"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contacts.id"], name=op.f("fk_guests_contact_id_contacts"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_guests")),
    )
    with op.batch_alter_table("guests", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_guests_contact_id"), ["contact_id"], unique=False)

    op.create_table(
        "lab_opt_outs",
        sa.Column("contact_id", BIG_ID, nullable=False),
        sa.Column("lab_id", BIG_ID, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contacts.id"], name=op.f("fk_lab_opt_outs_contact_id_contacts"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["lab_id"], ["labs.id"], name=op.f("fk_lab_opt_outs_lab_id_labs")),
        sa.PrimaryKeyConstraint("contact_id", "lab_id", name=op.f("pk_lab_opt_outs")),
    )
    op.create_table(
        "segments",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("lab_id", BIG_ID, nullable=False),
        sa.Column("name", sa.String(length=128), nullable=False),
        sa.Column("rule", JSON, nullable=False),
        sa.Column("account_id", BIG_ID, nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_segments_account_id_accounts")),
        sa.ForeignKeyConstraint(["lab_id"], ["labs.id"], name=op.f("fk_segments_lab_id_labs")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_segments")),
        sa.UniqueConstraint("lab_id", "name", name=op.f("uq_segments_lab_id_name")),
    )
    op.create_table(
        "broadcasts",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("series_id", BIG_ID, nullable=True),
        sa.Column("wave", sa.Integer(), nullable=False),
        sa.Column("project_id", BIG_ID, nullable=False),
        sa.Column("name", sa.String(length=128), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("survey_id", BIG_ID, nullable=True),
        sa.Column("rule", JSON, nullable=False),
        sa.Column("wordings", JSON, nullable=False),
        sa.Column("share", sa.Integer(), nullable=False),
        sa.Column("link", sa.String(length=1000), nullable=False),
        sa.Column("send_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("repeat", sa.String(length=8), nullable=False),
        sa.Column("repeat_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("override", sa.String(length=300), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("cause", sa.String(length=32), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("author_id", BIG_ID, nullable=False),
        sa.Column("writers", JSON, nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("approved_by", BIG_ID, nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("planned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("planned", sa.Integer(), nullable=False),
        sa.Column("plan_after", BIG_ID, nullable=False),
        sa.Column("sent_after", BIG_ID, nullable=False),
        sa.Column("excluded", JSON, nullable=False),
        sa.Column("dropped", JSON, nullable=False),
        sa.Column("line_figures", JSON, nullable=False),
        sa.Column("figures_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "kind <> 'survey' OR survey_id IS NOT NULL OR state = 'draft'", name=op.f("ck_broadcasts_survey")
        ),
        sa.CheckConstraint("kind IN ('message', 'survey')", name=op.f("ck_broadcasts_kind")),
        sa.CheckConstraint("repeat IN ('never', 'daily', 'weekly', 'monthly')", name=op.f("ck_broadcasts_repeat")),
        sa.CheckConstraint(
            "state IN ('draft', 'waiting', 'scheduled', 'sending', 'paused', 'stopped', 'sent')",
            name=op.f("ck_broadcasts_state"),
        ),
        sa.CheckConstraint("approved_by IS NULL OR approved_by <> author_id", name=op.f("ck_broadcasts_second_person")),
        sa.CheckConstraint("share BETWEEN 1 AND 99", name=op.f("ck_broadcasts_share")),
        sa.ForeignKeyConstraint(["approved_by"], ["accounts.id"], name=op.f("fk_broadcasts_approved_by_accounts")),
        sa.ForeignKeyConstraint(["author_id"], ["accounts.id"], name=op.f("fk_broadcasts_author_id_accounts")),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name=op.f("fk_broadcasts_project_id_projects")),
        sa.ForeignKeyConstraint(["survey_id"], ["surveys.id"], name=op.f("fk_broadcasts_survey_id_surveys")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_broadcasts")),
    )
    with op.batch_alter_table("broadcasts", schema=None) as batch_op:
        batch_op.create_index("ix_broadcasts_project", ["project_id", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_broadcasts_series_id"), ["series_id"], unique=False)
        batch_op.create_index("ix_broadcasts_state", ["state", "send_at"], unique=False)

    op.create_table(
        "broadcast_batches",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("broadcast_id", BIG_ID, nullable=False),
        sa.Column("key", sa.String(length=36), nullable=False),
        sa.Column("arm", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("in_doubt", sa.Boolean(), nullable=False),
        sa.Column("due_ms", BIG_ID, nullable=False),
        sa.Column("first_ms", BIG_ID, nullable=False),
        sa.Column("ended_ms", BIG_ID, nullable=True),
        sa.Column("request_id", sa.String(length=64), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "state IN ('waiting', 'sending', 'sent', 'failed')", name=op.f("ck_broadcast_batches_state")
        ),
        sa.CheckConstraint("size BETWEEN 0 AND 500", name=op.f("ck_broadcast_batches_size")),
        sa.ForeignKeyConstraint(
            ["broadcast_id"],
            ["broadcasts.id"],
            name=op.f("fk_broadcast_batches_broadcast_id_broadcasts"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_broadcast_batches")),
        sa.UniqueConstraint("key", name=op.f("uq_broadcast_batches_key")),
    )
    with op.batch_alter_table("broadcast_batches", schema=None) as batch_op:
        batch_op.create_index("ix_broadcast_batches_broadcast", ["broadcast_id", "state"], unique=False)

    op.create_table(
        "broadcast_deliveries",
        sa.Column("broadcast_id", BIG_ID, nullable=False),
        sa.Column("contact_id", BIG_ID, nullable=False),
        sa.Column("batch_id", BIG_ID, nullable=True),
        sa.ForeignKeyConstraint(
            ["broadcast_id"],
            ["broadcasts.id"],
            name=op.f("fk_broadcast_deliveries_broadcast_id_broadcasts"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["contact_id"],
            ["contacts.id"],
            name=op.f("fk_broadcast_deliveries_contact_id_contacts"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("broadcast_id", "contact_id", name=op.f("pk_broadcast_deliveries")),
    )
    with op.batch_alter_table("broadcast_deliveries", schema=None) as batch_op:
        batch_op.create_index("ix_broadcast_deliveries_contact", ["contact_id"], unique=False)

    # Not in batch mode, which on SQLite would make the table anew: other tables point at it.
    op.add_column("interviews", sa.Column("broadcast_id", BIG_ID, nullable=True))
    op.add_column("interviews", sa.Column("arm", sa.Integer(), nullable=True))
    op.create_index("ix_interviews_broadcast_id", "interviews", ["broadcast_id"], unique=False)


def downgrade() -> None:
    """Take it back."""
    op.drop_index("ix_interviews_broadcast_id", "interviews")
    op.drop_column("interviews", "arm")
    op.drop_column("interviews", "broadcast_id")
    with op.batch_alter_table("broadcast_deliveries", schema=None) as batch_op:
        batch_op.drop_index("ix_broadcast_deliveries_contact")

    op.drop_table("broadcast_deliveries")
    with op.batch_alter_table("broadcast_batches", schema=None) as batch_op:
        batch_op.drop_index("ix_broadcast_batches_broadcast")

    op.drop_table("broadcast_batches")
    with op.batch_alter_table("broadcasts", schema=None) as batch_op:
        batch_op.drop_index("ix_broadcasts_state")
        batch_op.drop_index(batch_op.f("ix_broadcasts_series_id"))
        batch_op.drop_index("ix_broadcasts_project")

    op.drop_table("broadcasts")
    op.drop_table("segments")
    op.drop_table("lab_opt_outs")
    with op.batch_alter_table("guests", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_guests_contact_id"))

    op.drop_table("guests")
    op.drop_table("guest_codes")
    op.drop_table("line_pace")
