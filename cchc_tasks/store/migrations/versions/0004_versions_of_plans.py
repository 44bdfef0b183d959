"""Versions of plans, sentences of the prose, findings"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    with op.batch_alter_table("plan") as table:
        table.add_column(sa.Column("document_type", sa.String(length=10), nullable=True))
        for name in ("replaces_id", "carried_from_id"):
            table.add_column(sa.Column(name, sa.Integer(), nullable=True))
            table.create_foreign_key(op.f(f"fk_plan_{name}_plan"), "plan", [name], ["id"])
    with op.batch_alter_table("plan_row") as table:
        table.add_column(sa.Column("source", sa.String(length=32), nullable=False, server_default="appendix"))
    with op.batch_alter_table("plan_row") as table:
        table.alter_column("source", server_default=None)
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
