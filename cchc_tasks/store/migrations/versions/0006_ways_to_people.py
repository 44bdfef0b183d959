"""Channels and how they fare, sealed secrets, what became of each message, contacts in order"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    _what_became_of_messages()
    _contacts()
    _channels()


def _what_became_of_messages() -> None:
    op.add_column("delivery", sa.Column("next_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("delivery", sa.Column("provider_reference", sa.String(), nullable=True))
    op.add_column("delivery", sa.Column("known", sa.String(length=32), nullable=True))
    op.add_column("delivery", sa.Column("known_at", sa.DateTime(timezone=True), nullable=True))
    # In one statement: SQLite adds no constraint later, and a table that others point to cannot be made anew.
    earlier = "CONSTRAINT fk_delivery_instead_of_id_delivery REFERENCES delivery (id)"
    op.execute(f"ALTER TABLE delivery ADD COLUMN instead_of_id INTEGER {earlier}")
    op.add_column("delivery_attempt", sa.Column("fault", sa.String(length=32), nullable=True))
    op.drop_index("ix_delivery_state", "delivery")
    op.create_index("ix_delivery_waiting", "delivery", ["state", "channel", "id"])
    for column in ("business_on", "provider_reference", "instead_of_id"):
        op.create_index(op.f(f"ix_delivery_{column}"), "delivery", [column])
    op.execute("UPDATE delivery SET known = 'ACCEPTED', known_at = sent_at WHERE state = 'SENT'")


def _contacts() -> None:
    op.add_column("contact", sa.Column("rank", sa.Integer(), nullable=False, server_default="1"))
    op.add_column("contact", sa.Column("bad_since", sa.DateTime(timezone=True), nullable=True))
    op.add_column("contact", sa.Column("bad_why", sa.String(), nullable=True))
    op.add_column("contact", sa.Column("last_heard_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index("ix_contact_address", "contact", ["channel", "address"])


def _channels() -> None:
    op.create_table(
        "channel_setting",
        sa.Column("channel", sa.String(length=32), nullable=False),
        sa.Column("enabled", sa.Boolean(), nullable=False),
        sa.Column("per_minute", sa.Integer(), nullable=True),
        sa.Column("at_once", sa.Integer(), nullable=False),
        sa.Column("stopped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("stopped_why", sa.String(), nullable=True),
        sa.Column("resting_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("minute", sa.DateTime(timezone=True), nullable=True),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("channel", name=op.f("pk_channel_setting")),
    )
    names = ("MAIL", "ZALO", "ZALO_USER", "ZALO_GROUP", "ZALO_BOT", "TELEGRAM", "MATTERMOST", "WEBHOOK", "SMS", "OTHER")
    columns = ("channel", "enabled", "at_once", "taken")
    settings = sa.table("channel_setting", *(sa.column(name) for name in columns))
    # Every channel has its row, for a row can be locked; without its secret none but mail sends anything.
    op.bulk_insert(settings, [dict(zip(columns, (name, True, 1, 0), strict=True)) for name in names])
    op.create_table(
        "sealed_secret",
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("sealed", sa.String(), nullable=False),
        sa.Column("changed_by", sa.String(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_sealed_secret")),
    )
    op.create_table(
        "batch_release",
        sa.Column("business_on", sa.Date(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("released_by", sa.String(), nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("business_on", name=op.f("pk_batch_release")),
    )
    op.create_table(
        "taken_event",
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_taken_event")),
    )
    op.create_index(op.f("ix_taken_event_taken_at"), "taken_event", ["taken_at"])
