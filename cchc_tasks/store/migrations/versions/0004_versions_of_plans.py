"""Versions of plans, sentences of the prose, findings"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.add_column("plan", sa.Column("document_type", sa.String(length=10), nullable=True))
    for name in ("replaces_id", "carried_from_id"):
        # In one statement: SQLite adds no constraint later, and a table that others point to cannot be made anew.
        op.execute(f"ALTER TABLE plan ADD COLUMN {name} INTEGER CONSTRAINT fk_plan_{name}_plan REFERENCES plan (id)")
    op.add_column("plan_row", sa.Column("source", sa.String(length=32), nullable=False, server_default="appendix"))
    op.create_table(
        "plan_finding",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_plan_finding_plan_id_plan")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_finding")),
        sa.UniqueConstraint("plan_id", "kind", "position", name=op.f("uq_plan_finding_plan_id")),
    )
    lock = sa.table("lock", sa.column("name", sa.String), sa.column("value", sa.String))
    op.bulk_insert(lock, [{"name": "importing", "value": ""}])
