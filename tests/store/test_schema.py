"""Migrations lead from nothing to exactly the tables the code knows, on both databases."""

import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlmodel import SQLModel

from cchc_tasks.store import schema
from cchc_tasks.store.database import Database


class TestUpgrade:
    def test_leads_from_empty_to_the_tables_of_the_code(self, database_url: str) -> None:
        database = Database(database_url)
        schema.upgrade(database)
        with database.engine.connect() as connection:
            differences = compare_metadata(MigrationContext.configure(connection), SQLModel.metadata)
        assert differences == []
        assert schema.revision(database) == schema.newest()
        database.close()

    def test_changes_nothing_when_run_again(self, database_url: str) -> None:
        database = Database(database_url)
        schema.upgrade(database)
        before = sa.inspect(database.engine).get_table_names()
        schema.upgrade(database)
        assert sa.inspect(database.engine).get_table_names() == before
        database.close()
