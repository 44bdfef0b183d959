"""Obligations by the million with all their rungs, made inside the database: for the benchmark of mornings."""

from datetime import UTC, date, datetime, timedelta

import sqlalchemy as sa

from cchc_tasks.bootstrap import Application
from cchc_tasks.domain.occurrences import DeadlineRule, Recurrence
from cchc_tasks.domain.vocabulary import DeadlineKind, Frequency, Mode, PlanStage, Responsibility, Role, UnitKind
from cchc_tasks.models.directory import GroupMember, Person, Unit, UnitGroup
from cchc_tasks.models.duty import Assignment, Duty, DutyPart
from cchc_tasks.models.plan import Plan, PlanRow

UNITS = 3_000
A_DUTY = 1_000  # obligations of each duty
FIRST_UNIT = FIRST_PERSON = 100_001
SPAN, BACK = 600, 164  # due days lie in so many days, so many of them before the day that is looked at
LONG_AGO = datetime(2025, 12, 1, tzinfo=UTC)
RHYTHMS = (Frequency.YEARLY, Frequency.YEARLY, Frequency.HALF_YEARLY, Frequency.QUARTERLY)
BEFORE, AFTER = (-14, -7, -3, -1, 0), (1, 3, 7)


def multitude(app: Application, count: int, on: date) -> None:
    """Fill a fresh application: 3,000 units with a focal person and a head each, `count` open obligations around a day.

    Rungs of before the day were sent, all others are planned.
    """
    connection: sa.Connection
    with app.database.engine.execution_options(cchc_writes=True).begin() as connection:
        _base(connection, count)
        first = on - timedelta(BACK)
        days = _day(app, "CAST(:first AS DATE)", "(n * 119) % :span")
        connection.execute(
            sa.text(
                f"""
                WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < :count)
                INSERT INTO obligation (id, duty_id, owed_by, slot, frequency, due_on, late_after, aim_on, due_version,
                                        stage, receipt_only, opened_on, lead_version)
                SELECT n, (n - 1) / :a_duty + 1, 'joint', 'n' || n, 'quarterly', {days}, {days}, {days}, 1,
                       'OPEN', FALSE, :opened, 1
                FROM numbers
                """
            ),
            {"count": count, "a_duty": A_DUTY, "first": first.isoformat(), "span": SPAN, "opened": first},
        )
        connection.execute(
            sa.text(
                """
                INSERT INTO responsibility (id, obligation_id, unit_id, responsibility, focal)
                SELECT id, id, :first_unit + (id / 600 * 7 + id) % :units, 'LEAD', TRUE FROM obligation
                """
            ),
            {"first_unit": FIRST_UNIT, "units": UNITS},
        )
        for offset, steps in ((0, (*BEFORE, *AFTER)), (1, AFTER)):
            for shift, following in zip(steps, (*steps[1:], None), strict=True):
                _rungs(app, connection, shift, following, offset, on)
    with app.database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(sa.text("ANALYZE"))


def _rungs(
    app: Application, connection: sa.Connection, shift: int, following: int | None, offset: int, on: date
) -> None:
    fire_on = _day(app, "due_on", str(shift))
    next_on = "NULL" if following is None else _day(app, "due_on", str(following))
    name = f"after-{shift}" if shift > 0 else f"before-{-shift}"
    connection.execute(
        sa.text(
            f"""
            INSERT INTO reminder (obligation_id, person_id, rung, due_version, fire_on, next_on, state)
            SELECT id, :first_person + :offset + 2 * ((id / 600 * 7 + id) % :units), :name, 1, {fire_on}, {next_on},
                   CASE WHEN {fire_on} < :on THEN 'SENT' ELSE 'PLANNED' END
            FROM obligation
            """
        ),
        {
            "first_person": FIRST_PERSON,
            "offset": offset,
            "units": UNITS,
            "name": name,
            "on": on,
        },
    )


def _day(app: Application, day: str, shift: str) -> str:
    """SQL for a day so many days later."""
    if app.database.is_sqlite:
        return f"DATE({day.replace('CAST(:first AS DATE)', ':first')}, ({shift}) || ' days')"
    return f"({day} + CAST({shift} AS INTEGER))"


def _base(connection: sa.Connection, count: int) -> None:
    _plan(connection, count // A_DUTY)
    _schools(connection)


def _plan(connection: sa.Connection, duties: int) -> None:
    plan = Plan(
        id=1,
        title="Kế hoạch rất lớn",
        first_year=2026,
        last_year=2026,
        stage=PlanStage.PUBLISHED,
        file_name="x",
        file_sha256="x",
        imported_at=LONG_AGO,
    )
    connection.execute(sa.insert(Plan), [plan.model_dump()])
    numbers = range(1, duties + 1)
    rows = [PlanRow(id=n, plan_id=1, position=n, code=str(n), number=str(n), title="Họp", cells={}) for n in numbers]
    connection.execute(sa.insert(PlanRow), [one.model_dump() for one in rows])
    owed = [Duty(id=n, plan_id=1, row_id=n, code=str(n), title="Họp") for n in numbers]
    connection.execute(sa.insert(Duty), [one.model_dump() for one in owed])


def _schools(connection: sa.Connection) -> None:
    kind = UnitKind.SUBORDINATE
    units = [Unit(id=FIRST_UNIT + n, code=f"don-vi-{n}", name=f"Trường số {n}", kind=kind) for n in range(UNITS)]
    connection.execute(sa.insert(Unit), [one.model_dump() for one in units])
    people = [
        Person(
            id=FIRST_PERSON + 2 * n + offset,
            user=f"nguoi-{n}-{offset}",
            name=f"Người {n}",
            role=role,
            unit_id=FIRST_UNIT + n,
        )
        for n in range(UNITS)
        for offset, role in ((0, Role.FOCAL), (1, Role.HEAD))
    ]
    connection.execute(sa.insert(Person), [one.model_dump() for one in people])


def unopened(app: Application, duties: int) -> None:
    """Fill a fresh application with a published plan of which nothing is open: every duty is owed by 3,000 schools."""
    with app.database.engine.execution_options(cchc_writes=True).begin() as connection:
        _plan(connection, duties)
        _schools(connection)
        group = UnitGroup(id=FIRST_UNIT, code="moi-truong", name="Mọi trường")
        connection.execute(sa.insert(UnitGroup), [group.model_dump()])
        members = [GroupMember(id=FIRST_UNIT + n, group_id=FIRST_UNIT, unit_id=FIRST_UNIT + n) for n in range(UNITS)]
        connection.execute(sa.insert(GroupMember), [one.model_dump() for one in members])
        rules = [Recurrence(RHYTHMS[n % len(RHYTHMS)], day=28 - n % 28) for n in range(duties)]
        parts = [
            DutyPart(
                id=n,
                duty_id=n,
                position=0,
                rule=DeadlineRule(DeadlineKind.EVERY, frequency=rule.frequency, recurrence=rule).to_json(),
            )
            for n, rule in enumerate(rules, 1)
        ]
        connection.execute(sa.insert(DutyPart), [one.model_dump() for one in parts])
        owing = [
            Assignment(
                id=n,
                duty_id=n,
                position=0,
                responsibility=Responsibility.LEAD,
                mode=Mode.EACH,
                text="Mọi trường",
                group_id=FIRST_UNIT,
            )
            for n in range(1, duties + 1)
        ]
        connection.execute(sa.insert(Assignment), [one.model_dump() for one in owing])
