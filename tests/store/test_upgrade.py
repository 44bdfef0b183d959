"""A database that an older release filled is brought to the present tables with all it holds."""

from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from cchc_tasks.domain.vocabulary import Channel, FindingKind, Known, RowSource
from cchc_tasks.models.plan import PlanFinding
from cchc_tasks.store import schema
from cchc_tasks.store.database import Database

NOW = datetime(2025, 12, 15, 5, 0, tzinfo=UTC)
_PLAN = {
    "id": 1,
    "title": "KẾ HOẠCH",
    "first_year": 2025,
    "last_year": 2025,
    "stage": "PUBLISHED",
    "reports_follow_regime": False,
    "before_is_strict": False,
    "file_name": "x",
    "file_sha256": "x",
    "imported_at": NOW,
}
_ROW = {"id": 1, "plan_id": 1, "position": 0, "code": "1", "number": "1", "title": "Họp", "cells": "{}"}
_QUESTION = {
    "plan_id": 1,
    "row_id": 1,
    "code": "deadline-unread",
    "about": "time",
    "text": "Không rõ.",
    "words": "đầu quý II",
    "choices": "[]",
}


def filled_by(database: Database, release: str) -> None:
    """A database at an older migration with a plan, a row and two answered questions."""
    config = Config()
    config.set_main_option("script_location", str(schema.MIGRATIONS))
    with database.engine.connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, release)
        _insert(connection, "plan", _PLAN)
        _insert(connection, "plan_row", _ROW)
        for number, answer in ((1, "15/4/2025"), (2, "10/4/2025")):
            _insert(connection, "question", _QUESTION | {"number": number, "answered_text": answer})
        connection.commit()


def _insert(connection: sa.Connection, table: str, values: dict[str, object]) -> None:
    names = ", ".join(f'"{name}"' for name in values)  # "user" is a word of SQL
    places = ", ".join(f":{name}" for name in values)
    connection.execute(sa.text(f"INSERT INTO {table} ({names}) VALUES ({places})"), values)


@pytest.mark.parametrize("release", ["0002", "0003", "0004", "0005"])
class TestUpgrade:
    def test_keeps_the_plans_rows_and_answers_of_an_older_release(self, database_url: str, release: str) -> None:
        database = Database(database_url)
        filled_by(database, release)
        schema.upgrade(database)
        with database.read() as uow:
            plan = uow.plans.get(1)
            (row,) = uow.plans.rows(1)
            answers = [one.answered_text for one in uow.plans.questions(1)]
        assert (plan.title, plan.replaces_id, plan.document_type) == ("KẾ HOẠCH", None, None)
        assert row.source is RowSource.APPENDIX
        assert answers == ["15/4/2025", "10/4/2025"]
        database.close()

    def test_makes_room_for_remembered_answers_and_findings(self, database_url: str, release: str) -> None:
        database = Database(database_url)
        filled_by(database, release)
        schema.upgrade(database)
        with database.write(NOW) as uow:
            for question in uow.plans.questions(1):
                uow.remembered_answers.keep("a" * 64, question.id or 0)
            uow.plans.add_findings([PlanFinding(plan_id=1, kind=FindingKind.FIGURE, position=0, content={"is": "x"})])
        with database.read() as uow:
            (kept,) = uow.remembered_answers.all()
            (finding,) = uow.plans.findings(1, FindingKind.FIGURE)
        assert kept.question.answered_text == "10/4/2025"
        assert finding.content == {"is": "x"}
        database.close()


class TestRungsOfAnOlderRelease:
    def test_learn_when_the_next_one_speaks_in_their_place(self, database_url: str) -> None:
        database = Database(database_url)
        filled_by(database, "0004")
        with database.engine.connect() as connection:
            _insert(connection, "unit", {"id": 1, "code": "VP", "name": "Văn phòng", "kind": "DEPARTMENT"})
            person = {"id": 1, "user": "vp", "name": "Lê Thị Vân", "role": "FOCAL", "unit_id": 1, "active": True}
            _insert(connection, "person", person)
            _insert(
                connection,
                "duty",
                {"id": 1, "plan_id": 1, "row_id": 1, "code": "1", "title": "Họp", "search_words": ""},
            )
            owed = {"id": 1, "duty_id": 1, "owed_by": "joint", "slot": "x", "frequency": "yearly", "due_version": 1}
            _insert(connection, "obligation", owed | {"stage": "OPEN", "receipt_only": False, "opened_on": NOW.date()})
            rung = {"obligation_id": 1, "person_id": 1, "due_version": 1}
            for name, state, day in (
                ("introduction", "SENT", date(2025, 12, 1)),
                ("before-7", "PLANNED", date(2025, 12, 16)),
                ("before-3", "PLANNED", date(2025, 12, 19)),
                ("before-1", "PLANNED", date(2025, 12, 19)),  # a Sunday's, moved earlier
                ("after-1", "PLANNED", date(2025, 12, 22)),
            ):
                _insert(connection, "reminder", rung | {"rung": name, "state": state, "fire_on": day})
            connection.commit()
        schema.upgrade(database)
        with database.engine.connect() as connection:
            rows = connection.execute(sa.text("SELECT rung, next_on FROM reminder")).all()
        assert {rung: str(day) if day else None for rung, day in rows} == {
            "introduction": None,
            "before-7": "2025-12-19",
            "before-3": "2025-12-19",
            "before-1": "2025-12-22",
            "after-1": None,
        }
        database.close()


class TestMessagesOfAnOlderRelease:
    def test_that_went_out_are_known_as_taken_and_nobody_changes_the_way_they_are_reached(
        self, database_url: str
    ) -> None:
        database = Database(database_url)
        filled_by(database, "0005")
        with database.engine.connect() as connection:
            _insert(connection, "unit", {"id": 1, "code": "VP", "name": "Văn phòng", "kind": "DEPARTMENT"})
            person = {"id": 1, "user": "vp", "name": "Lê Thị Vân", "role": "FOCAL", "unit_id": 1, "active": True}
            _insert(connection, "person", person)
            _insert(connection, "contact", {"person_id": 1, "channel": "MAIL", "address": "vp@songlam.example"})
            message = {"person_id": 1, "channel": "MAIL", "kind": "DIGEST", "failures": 0}
            _insert(connection, "delivery", message | {"business_on": NOW.date(), "state": "SENT", "sent_at": NOW})
            later = {"business_on": date(2025, 12, 16), "state": "DEFERRED"}
            _insert(connection, "delivery", message | later)
            connection.commit()
        schema.upgrade(database)
        with database.read() as uow:
            (contact,) = uow.contacts.of(1)
            (gone,) = uow.outbox.deliveries(NOW.date())
            (waiting,) = uow.outbox.deliveries(date(2025, 12, 16))
            usable = uow.channels.usable()
        assert (contact.rank, contact.bad_since) == (1, None)
        assert (gone.known, gone.known_at) == (Known.ACCEPTED, NOW)
        assert (waiting.known, waiting.next_at) == (None, None)
        assert usable == set(Channel)
        database.close()
