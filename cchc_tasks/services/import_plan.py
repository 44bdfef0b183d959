"""Reads a plan's file, keeps its rows verbatim, and notes every question it raises."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cchc_tasks.domain.access import Action, Actor, require
from cchc_tasks.domain.errors import PlanImportedAlready, PlanYearsMissing
from cchc_tasks.domain.periods import Years
from cchc_tasks.domain.reading.findings import PlanReading, Question
from cchc_tasks.domain.reading.plan import read_plan
from cchc_tasks.domain.regular_reports import FOLLOW_PERIODS, FOLLOW_REGIME, are_meant
from cchc_tasks.models.plan import Plan, PlanRow
from cchc_tasks.ports import DocumentReader
from cchc_tasks.services.asking import ask
from cchc_tasks.services.reading_rows import row_questions
from cchc_tasks.store.database import Database
from cchc_tasks.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Imported:
    """The new plan: its id, how many rows it has and how many questions wait."""

    plan_id: int
    title: str
    rows: int
    questions: int


def import_plan(
    database: Database,
    reader: DocumentReader,
    path: Path,
    *,
    years: Years | None,
    before_is_strict: bool,
    actor: Actor,
    now: datetime,
) -> Imported:
    """Keep a plan as a draft. Raises an InputError for a file that cannot be used or that was imported before."""
    require(actor, Action.IMPORT_PLAN)
    document = reader.read(path)
    reading = read_plan(document, years, before_is_strict=before_is_strict)
    covered = years or reading.header.years
    if covered is None:
        raise PlanYearsMissing
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    with database.write(now) as uow:
        known = uow.plans.from_file(sha256)
        if known:
            raise PlanImportedAlready(plan=known.id, title=known.title)
        title = reading.header.title or path.stem
        plan_id = uow.plans.add(
            Plan(
                title=title,
                number=reading.header.number,
                issued_on=reading.header.issued_on,
                first_year=covered.first,
                last_year=covered.last,
                before_is_strict=before_is_strict,
                file_name=path.name,
                file_sha256=sha256,
                imported_at=now,
            )
        )
        ask(uow, plan_id, _plan_questions(uow, reading))
        plan = uow.plans.get(plan_id)
        for position, duty in enumerate(reading.duties):
            row = duty.row
            row_id = uow.plans.add_row(
                PlanRow(
                    plan_id=plan_id,
                    position=position,
                    code=row.id,
                    number=row.number,
                    group=row.group,
                    title=row.title,
                    cells=dict(row.cells),
                )
            )
            ask(uow, plan_id, row_questions(uow, plan, duty), row_id)
        count = uow.plans.unsettled(plan_id)
        uow.note(
            actor.user,
            "plan.import",
            f"plan:{plan_id}",
            file=path.name,
            sha256=sha256,
            rows=len(reading.duties),
            questions=count,
        )
        return Imported(plan_id, title, len(reading.duties), count)


def _plan_questions(uow: UnitOfWork, reading: PlanReading) -> Sequence[Question]:
    regimes = [regime for _, regime in uow.office.regimes()]
    units = {unit.name for unit in uow.directory.units().values()}
    secretariat = uow.directory.secretariat().name
    listed = "; ".join(f"{regime.code}: {regime.name}" for regime in regimes)
    questions = [
        *reading.questions,
        Question(
            "plan-secretariat",
            "secretariat",
            f"Đơn vị nào thường trực kế hoạch này? Đề xuất: {secretariat}.",
            proposal=secretariat,
            choices=tuple(sorted(units)),
        ),
        Question(
            "plan-regime",
            "regime",
            f"Kế hoạch theo chế độ báo cáo nào? {listed}.",
            proposal=regimes[0].code,
            choices=tuple(regime.code for regime in regimes),
        ),
    ]
    if any(are_meant(part.label, part.rule) for duty in reading.duties for part in duty.parts):
        questions.append(
            Question(
                "regular-reports",
                "regular-reports",
                "Các dòng “báo cáo hàng quý” đến hạn vào ngày cuối kỳ hay theo ngày của chế độ báo cáo?",
                proposal=FOLLOW_PERIODS,
                choices=(FOLLOW_PERIODS, FOLLOW_REGIME),
            )
        )
    return questions
