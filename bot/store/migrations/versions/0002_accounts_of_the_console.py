"""accounts of the console"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the change."""
    op.create_table(
        "accounts",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("name", sa.String(length=128), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("password", sa.String(length=256), nullable=True),
        sa.Column("openid", sa.String(length=512), nullable=True),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("unsorted", sa.Boolean(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("theme", sa.String(length=8), nullable=False),
        sa.Column("shortcuts", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("signed_in_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("language IN ('th', 'en')", name=op.f("ck_accounts_language")),
        sa.CheckConstraint("role IN ('official', 'lab', 'admin')", name=op.f("ck_accounts_role")),
        sa.CheckConstraint("theme IN ('auto', 'light', 'dark')", name=op.f("ck_accounts_theme")),
        sa.CheckConstraint("email = lower(email)", name=op.f("ck_accounts_email_is_lower_case")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accounts")),
        sa.UniqueConstraint("email", name=op.f("uq_accounts_email")),
        sa.UniqueConstraint("openid", name=op.f("uq_accounts_openid")),
    )
    op.create_table(
        "sign_in_troubles",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("wait_until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_sign_in_troubles")),
    )
    op.create_table(
        "sign_ins",
        sa.Column("token", sa.String(length=64), nullable=False),
        sa.Column("account_id", BIG_ID, nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_sign_ins_account_id_accounts"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("token", name=op.f("pk_sign_ins")),
    )
    with op.batch_alter_table("sign_ins", schema=None) as batch_op:
        batch_op.create_index("ix_sign_ins_account", ["account_id"], unique=False)

    op.create_table(
        "project_rights",
        sa.Column("account_id", BIG_ID, nullable=False),
        sa.Column("project_id", BIG_ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_project_rights_account_id_accounts"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["project_id"], ["projects.id"], name=op.f("fk_project_rights_project_id_projects"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("account_id", "project_id", name=op.f("pk_project_rights")),
    )
    with op.batch_alter_table("project_rights", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_project_rights_project_id"), ["project_id"], unique=False)

    with op.batch_alter_table("audit_events", schema=None) as batch_op:
        batch_op.create_index("ix_audit_events_act", ["act", "id"], unique=False)
        batch_op.create_index("ix_audit_events_actor", ["actor", "id"], unique=False)


def downgrade() -> None:
    """Take it back."""
    with op.batch_alter_table("audit_events", schema=None) as batch_op:
        batch_op.drop_index("ix_audit_events_actor")
        batch_op.drop_index("ix_audit_events_act")

    with op.batch_alter_table("project_rights", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_project_rights_project_id"))

    op.drop_table("project_rights")
    with op.batch_alter_table("sign_ins", schema=None) as batch_op:
        batch_op.drop_index("ix_sign_ins_account")

    op.drop_table("sign_ins")
    op.drop_table("sign_in_troubles")
    op.drop_table("accounts")
