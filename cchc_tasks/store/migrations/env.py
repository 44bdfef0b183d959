"""Alembic's entry: the connection is handed in by cchc_tasks.store.schema."""

from alembic import context
from sqlmodel import SQLModel

from cchc_tasks.models import (
    account,
    calendar,
    channel,
    directory,
    duty,
    evidence,
    follow_up,
    journal,
    obligation,
    outbox,
    plan,
    running,
)

TABLES = (account, calendar, channel, directory, duty, evidence, follow_up, journal, obligation, outbox, plan, running)

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=SQLModel.metadata,
    render_as_batch=connection.dialect.name == "sqlite",
)
with context.begin_transaction():
    context.run_migrations()
connection.commit()
