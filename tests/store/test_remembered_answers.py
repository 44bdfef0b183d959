"""The table of remembered answers joins a database of the release before it, and holds one answer for each key."""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from cchc_tasks.models.plan import Plan, PlanQuestion
from cchc_tasks.store import schema
from cchc_tasks.store.database import Database

NOW = datetime(2025, 12, 15, 5, 0, tzinfo=UTC)


def filled_by_the_release_before(database: Database) -> None:
    """A database at the migration 0002 with a plan and two answered questions."""
    config = Config()
    config.set_main_option("script_location", str(schema.MIGRATIONS))
    with database.engine.connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0002")
    with database.write(NOW) as uow:
        plan_id = uow.plans.add(
            Plan(title="KẾ HOẠCH", first_year=2025, last_year=2025, file_name="x", file_sha256="x", imported_at=NOW)
        )
        for number, answer in ((1, "15/4/2025"), (2, "10/4/2025")):
            uow.plans.add_question(
                PlanQuestion(
                    plan_id=plan_id,
                    number=number,
                    code="deadline-unread",
                    about="time",
                    text="Không rõ.",
                    words="đầu quý II",
                    answered_text=answer,
                )
            )


class TestUpgradeFromTheReleaseBefore:
    def test_adds_an_empty_table_that_takes_the_answers_of_old_questions(self, database_url: str) -> None:
        database = Database(database_url)
        filled_by_the_release_before(database)
        assert not sa.inspect(database.engine).has_table("remembered_answer")
        schema.upgrade(database)
        with database.write(NOW) as uow:
            assert uow.remembered_answers.all() == []
            for question in uow.plans.questions(1):
                uow.remembered_answers.keep("a" * 64, question.id or 0)
        with database.read() as uow:
            (kept,) = uow.remembered_answers.all()
            assert uow.remembered_answers.of("a" * 64) == kept
            assert kept.question.answered_text == "10/4/2025"
        database.close()
