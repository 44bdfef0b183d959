"""Signing in and running"""

import unicodedata
from datetime import date

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "alert",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("raised_on", sa.Date(), nullable=False),
        sa.Column("source", sa.String(length=80), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alert")),
    )
    op.create_index(op.f("ix_alert_raised_on"), "alert", ["raised_on"], unique=False)

    op.create_table(
        "heartbeat",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("beaten_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("said", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_heartbeat")),
    )
    op.create_table(
        "run_lease",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("holder", sa.String(length=40), nullable=False),
        sa.Column("held_until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_run_lease")),
    )
    op.create_table(
        "sign_in_failure",
        sa.Column("subject", sa.String(length=120), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("locked_until", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("subject", name=op.f("pk_sign_in_failure")),
    )
    op.create_table(
        "credential",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("password_hash", sa.String(), nullable=False),
        sa.Column("must_change", sa.Boolean(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("totp_secret", sa.String(), nullable=True),
        sa.Column("totp_confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("totp_last_step", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_credential_person_id_person")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_credential")),
    )
    op.create_table(
        "kept_form",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("files", sa.JSON(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_kept_form_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kept_form")),
    )
    op.create_index(op.f("ix_kept_form_person_id"), "kept_form", ["person_id"], unique=False)

    op.create_table(
        "session",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("complete", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_session_person_id_person")),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_session")),
    )
    op.create_index(op.f("ix_session_person_id"), "session", ["person_id"], unique=False)

    op.add_column("duty", sa.Column("search_words", sa.String(), nullable=False, server_default=""))
    op.add_column("obligation", sa.Column("late_after", sa.Date(), nullable=True))
    op.add_column("obligation", sa.Column("judged_on", sa.Date(), nullable=True))
    op.create_index(op.f("ix_obligation_late_after"), "obligation", ["late_after"], unique=False)
    _fill_search_words(op.get_bind())
    _fill_judged_days(op.get_bind())


def _fill_search_words(connection: sa.Connection) -> None:
    duty = sa.table("duty", *map(sa.column, ("id", "code", "area", "title", "search_words")))
    for one in connection.execute(sa.select(duty.c.id, duty.c.code, duty.c.area, duty.c.title)).all():
        words = _without_diacritics(f"{one.code} {one.area or ''} {one.title}")
        connection.execute(duty.update().where(duty.c.id == one.id).values(search_words=words))


def _without_diacritics(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.casefold().replace("đ", "d"))
    return " ".join("".join(letter for letter in letters if not unicodedata.combining(letter)).split())


def _fill_judged_days(connection: sa.Connection) -> None:
    obligation = sa.table("obligation", *map(sa.column, ("id", "due_on", "late_after", "judged_on")))
    connection.execute(obligation.update().values(late_after=obligation.c.due_on))
    handed_in = connection.execute(
        sa.text(
            "SELECT proves.obligation_id AS id, received_on, outcome, verification.supplement_due_on AS until,"
            " obligation.due_on FROM proves JOIN revision ON revision.evidence_id = proves.evidence_id"
            " JOIN obligation ON obligation.id = proves.obligation_id"
            " LEFT JOIN verification ON verification.revision_id = revision.id ORDER BY revision.id"
        ).columns(received_on=sa.Date(), until=sa.Date(), due_on=sa.Date())
    ).all()
    for obligation_id in {one.id for one in handed_in}:
        of_this = [one for one in handed_in if one.id == obligation_id]
        judged: date | None = None
        for one in of_this:
            judged = None if one.outcome == "RETURNED_TO_REDO" else judged or one.received_on
        last = of_this[-1]
        late_after = last.due_on
        if late_after and last.until and last.outcome == "RETURNED_TO_COMPLETE":
            late_after = max(late_after, last.until)
        changed = obligation.update().where(obligation.c.id == obligation_id)
        connection.execute(changed.values(judged_on=judged, late_after=late_after))
