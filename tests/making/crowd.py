"""A Sở with very many obligations, put into the database at once: for benchmarks and for counting queries."""

from datetime import UTC, date, datetime, timedelta

import sqlalchemy as sa
from sqlmodel import col, select

from cchc_tasks.bootstrap import Application
from cchc_tasks.domain.reading.text import search_key
from cchc_tasks.domain.vocabulary import Frequency, Outcome, PlanStage, Proof, Responsibility, Stage, UnitKind
from cchc_tasks.models.directory import Unit
from cchc_tasks.models.duty import Duty
from cchc_tasks.models.evidence import Evidence, Proves, Revision, RevisionItem, Verification
from cchc_tasks.models.obligation import Obligation, ResponsibleUnit
from cchc_tasks.models.plan import Plan, PlanRow

A_DUTY = 25  # obligations of each duty
AREAS = ("Chỉ đạo, điều hành", "Cải cách thể chế", "Cải cách thủ tục hành chính", "Cải cách tài chính công")
LONG_AGO = datetime(2026, 1, 5, tzinfo=UTC)


def crowd(app: Application, count: int, on: date) -> None:
    """Fill a fresh application with `count` obligations around a day: a tenth late, a twentieth to be verified."""
    with app.database.engine.execution_options(cchc_writes=True).begin() as connection:
        units = connection.execute(select(col(Unit.id)).where(col(Unit.kind) != UnitKind.EXTERNAL)).scalars().all()
        base = {"title": "Kế hoạch lớn", "number": "1/KH", "first_year": on.year, "last_year": on.year}
        plan = Plan(**base, stage=PlanStage.PUBLISHED, file_name="x", file_sha256="x", imported_at=LONG_AGO)
        connection.execute(sa.insert(Plan).values(id=1, **plan.model_dump(exclude={"id"})))
        duties = range(1, count // A_DUTY + 1)
        rows = [
            PlanRow(id=n, plan_id=1, position=n, code=str(n), number=str(n), title=_title(n), cells={}) for n in duties
        ]
        _add(connection, PlanRow, rows)
        _add(connection, Duty, [_duty(n) for n in duties])
        owed = [_obligation(n, on) for n in range(1, count + 1)]
        _add(connection, Obligation, owed)
        _add(connection, ResponsibleUnit, [_lead(n, units[n % len(units)] or 0) for n in range(1, count + 1)])
        handed = [one for one in owed if one.judged_on]
        _add(
            connection,
            Evidence,
            [Evidence(id=one.id, unit_id=units[(one.id or 0) % len(units)] or 0) for one in handed],
        )
        _add(connection, Proves, [Proves(evidence_id=one.id or 0, obligation_id=one.id or 0) for one in handed])
        _add(connection, Revision, [_revision(one) for one in handed])
        _add(connection, RevisionItem, [_item(one) for one in handed])
        _add(connection, Verification, [_verification(one) for one in handed if one.stage is Stage.VERIFIED])


def _add(connection: sa.Connection, table: type, rows: list) -> None:
    connection.execute(sa.insert(table), [row.model_dump() for row in rows])


def _title(number: int) -> str:
    return f"Nhiệm vụ số {number} về cải cách hành chính trong toàn ngành"


def _row(number: int) -> PlanRow:
    return PlanRow(
        id=number, plan_id=1, position=number, code=str(number), number=str(number), title=_title(number), cells={}
    )


def _evidence(one: Obligation, unit_id: int) -> Evidence:
    return Evidence(id=one.id, unit_id=unit_id)


def _duty(number: int) -> Duty:
    area = AREAS[number % len(AREAS)]
    words = search_key(f"{number} {area} {_title(number)}")
    return Duty(
        id=number, plan_id=1, row_id=number, code=str(number), area=area, title=_title(number), search_words=words
    )


def _obligation(number: int, on: date) -> Obligation:
    lot = number % 20
    due_on = on + timedelta((number * 7) % 270 - (90 if lot < 2 else 0))
    stage, judged = Stage.OPEN, None
    if lot < 2:
        due_on = on - timedelta(number % 60 + 1)
    elif lot == 2:
        stage, judged = Stage.SUBMITTED, on - timedelta(number % 9)
    elif lot < 11:
        due_on = on - timedelta(number % 200 + 1)
        stage, judged = Stage.VERIFIED, due_on + timedelta(number % 11 - 9)
    return Obligation(
        id=number,
        duty_id=(number - 1) // A_DUTY + 1,
        owed_by="joint",
        slot=f"{due_on}-{number}",
        frequency=Frequency.QUARTERLY,
        due_on=due_on,
        late_after=due_on,
        aim_on=due_on,
        stage=stage,
        judged_on=judged,
        opened_on=on,
    )


def _lead(number: int, unit_id: int) -> ResponsibleUnit:
    return ResponsibleUnit(
        id=number, obligation_id=number, unit_id=unit_id, responsibility=Responsibility.LEAD, focal=True
    )


def _revision(one: Obligation) -> Revision:
    return Revision(
        id=one.id,
        evidence_id=one.id or 0,
        number=1,
        received_on=one.judged_on or one.opened_on,
        submitted_at=LONG_AGO,
        submitted_by="tccb.daumoi",
    )


def _item(one: Obligation) -> RevisionItem:
    return RevisionItem(id=one.id, revision_id=one.id or 0, position=0, proof=Proof.REFERENCE, text=f"{one.id}/BC")


def _verification(one: Obligation) -> Verification:
    return Verification(
        id=one.id, revision_id=one.id or 0, outcome=Outcome.ACCEPTED, verified_by="vp.thuongtruc1", verified_at=LONG_AGO
    )
