"""Internal days, extensions, follow-ups, people by name, input from other units, mergers, absences, other ladders"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.add_column("obligation", sa.Column("internal_due_on", sa.Date(), nullable=True))
    # In one statement: SQLite adds no constraint later, and a table that others point to cannot be made anew.
    parent = "CONSTRAINT fk_obligation_parent_id_obligation REFERENCES obligation (id)"
    op.execute(f"ALTER TABLE obligation ADD COLUMN parent_id INTEGER {parent}")
    op.create_index(op.f("ix_obligation_parent_id"), "obligation", ["parent_id"])
    op.add_column("obligation", sa.Column("lead_version", sa.Integer(), nullable=False, server_default="1"))
    op.add_column("duty", sa.Column("assigned_by", sa.String(), nullable=True))
    op.add_column("ladder", sa.Column("at_most", sa.Integer(), nullable=True))
    _order_the_rungs()
    _what_offices_set()
    _people_and_units()
    _what_follows_a_day()


def _order_the_rungs() -> None:
    """Each planned rung learns when the person's next one speaks in its place; two of one day go by their urgency."""
    op.add_column("reminder", sa.Column("next_on", sa.Date(), nullable=True))
    op.drop_index("ix_reminder_due", "reminder")
    op.drop_index("ix_reminder_person_id", "reminder")
    op.create_index("ix_reminder_due", "reminder", ["state", "fire_on", "next_on"])
    op.create_index("ix_reminder_person", "reminder", ["person_id", "state", "fire_on"])
    op.execute(
        """
        WITH placed AS (
            SELECT id, fire_on, obligation_id, person_id, due_version,
                   CASE WHEN rung LIKE 'before-%' THEN -CAST(SUBSTR(rung, 8) AS INTEGER)
                        WHEN rung LIKE 'after-%' THEN CAST(SUBSTR(rung, 7) AS INTEGER)
                        ELSE -100000 END AS place
            FROM reminder WHERE state IN ('PLANNED', 'MERGED')
        ), ordered AS (
            SELECT id, LEAD(fire_on) OVER (
                PARTITION BY obligation_id, person_id, due_version ORDER BY fire_on, place
            ) AS next_on FROM placed
        )
        UPDATE reminder SET next_on = (SELECT next_on FROM ordered WHERE ordered.id = reminder.id)
        WHERE state IN ('PLANNED', 'MERGED')
        """
    )


def _what_offices_set() -> None:
    op.create_table(
        "ladder_override",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=True),
        sa.Column("duty_id", sa.Integer(), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=20), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.Column("at_most", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_ladder_override_plan_id_plan")),
        sa.ForeignKeyConstraint(["duty_id"], ["duty.id"], name=op.f("fk_ladder_override_duty_id_duty")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_ladder_override_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ladder_override")),
    )
    for column in ("plan_id", "duty_id", "unit_id"):
        op.create_index(op.f(f"ix_ladder_override_{column}"), "ladder_override", [column])
    op.create_table(
        "school_break",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_school_break")),
    )
    op.create_table(
        "channel_hours",
        sa.Column("channel", sa.String(length=32), nullable=False),
        sa.Column("opens_at", sa.String(length=5), nullable=False),
        sa.Column("closes_at", sa.String(length=5), nullable=False),
        sa.PrimaryKeyConstraint("channel", name=op.f("pk_channel_hours")),
    )
    hours = sa.table("channel_hours", sa.column("channel"), sa.column("opens_at"), sa.column("closes_at"))
    op.bulk_insert(hours, [{"channel": "MAIL", "opens_at": "07:00", "closes_at": "18:00"}])
    op.create_table(
        "message_template",
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("written_by", sa.String(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_message_template")),
    )


def _people_and_units() -> None:
    op.create_table(
        "former_name",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_former_name_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_former_name")),
    )
    op.create_index(op.f("ix_former_name_unit_id"), "former_name", ["unit_id"])
    op.create_table(
        "directory_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("deed", sa.String(length=32), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("into_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("valid_on", sa.Date(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_directory_change_unit_id_unit")),
        sa.ForeignKeyConstraint(["into_id"], ["unit.id"], name=op.f("fk_directory_change_into_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_directory_change")),
    )
    op.create_index(op.f("ix_directory_change_valid_on"), "directory_change", ["valid_on"])
    op.create_table(
        "absence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("stand_in_id", sa.Integer(), nullable=True),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_absence_person_id_person")),
        sa.ForeignKeyConstraint(["stand_in_id"], ["person.id"], name=op.f("fk_absence_stand_in_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absence")),
    )
    op.create_index(op.f("ix_absence_person_id"), "absence", ["person_id"])
    op.create_table(
        "named_person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("obligation_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("named_by", sa.String(), nullable=False),
        sa.Column("named_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["obligation_id"], ["obligation.id"], name=op.f("fk_named_person_obligation_id_obligation")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_named_person_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_named_person")),
        sa.UniqueConstraint("obligation_id", "person_id", name=op.f("uq_named_person_obligation_id")),
    )
    op.create_index(op.f("ix_named_person_person_id"), "named_person", ["person_id"])


def _what_follows_a_day() -> None:
    op.create_table(
        "extension",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("obligation_id", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("asked_until", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("asked_by", sa.String(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("granted_until", sa.Date(), nullable=True),
        sa.Column("number", sa.String(), nullable=True),
        sa.Column("superior_number", sa.String(), nullable=True),
        sa.Column("answer", sa.String(), nullable=True),
        sa.Column("decided_by", sa.String(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["obligation_id"], ["obligation.id"], name=op.f("fk_extension_obligation_id_obligation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_extension")),
    )
    for column in ("obligation_id", "state"):
        op.create_index(op.f(f"ix_extension_{column}"), "extension", [column])
    op.create_table(
        "letter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter")),
    )
    op.create_table(
        "follow_up",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("obligation_id", sa.Integer(), nullable=False),
        sa.Column("due_version", sa.Integer(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("proposed_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("to_leaders", sa.Boolean(), nullable=False),
        sa.Column("letter_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("decided_by", sa.String(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["obligation_id"], ["obligation.id"], name=op.f("fk_follow_up_obligation_id_obligation")
        ),
        sa.ForeignKeyConstraint(["letter_id"], ["letter.id"], name=op.f("fk_follow_up_letter_id_letter")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow_up")),
        sa.UniqueConstraint("obligation_id", "due_version", "days", name=op.f("uq_follow_up_obligation_id")),
    )
    for column in ("letter_id", "state"):
        op.create_index(op.f(f"ix_follow_up_{column}"), "follow_up", [column])
