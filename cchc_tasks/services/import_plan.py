"""Reads a plan's file, keeps its rows verbatim and what else it says, and notes every question it raises."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cchc_tasks.domain.access import Action, Actor, require
from cchc_tasks.domain.errors import PlanImportedAlready, PlanYearsMissing
from cchc_tasks.domain.periods import Years
from cchc_tasks.domain.plan_versions import Change, compare_rows
from cchc_tasks.domain.reading.column_names import Column
from cchc_tasks.domain.reading.findings import DutyReading
from cchc_tasks.domain.reading.whole import DocumentReading, read_document
from cchc_tasks.domain.vocabulary import FindingKind, RowSource
from cchc_tasks.models.plan import Plan, PlanRow
from cchc_tasks.ports import DocumentReader
from cchc_tasks.services.asking import ask
from cchc_tasks.services.dispatches import refuse_dispatch
from cchc_tasks.services.keep_findings import keep_findings
from cchc_tasks.services.plan_changes import copy_answers, likely_predecessor, printed
from cchc_tasks.services.plan_questions import plan_questions, prose_question, version_of
from cchc_tasks.services.reading_rows import row_questions
from cchc_tasks.services.take_over import ask_about_versions, hold_in_force
from cchc_tasks.store.database import Database
from cchc_tasks.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Imported:
    """The new plan: its id, how many rows, sentences and other findings it has, how many questions wait.

    `before` is the published plan that it replaces, or seems to.
    """

    plan_id: int
    title: str
    rows: int
    sentences: int
    findings: Mapping[FindingKind, int]
    questions: int
    before: int | None = None


def import_plan(
    database: Database,
    reader: DocumentReader,
    path: Path,
    *,
    years: Years | None,
    before_is_strict: bool,
    replaces: int | None = None,
    columns: Mapping[Column, int] | None = None,
    actor: Actor,
    now: datetime,
) -> Imported:
    """Keep a plan as a draft; with `replaces`, as the new version of a published one, which stays as it is for now.

    `columns` are those of a table whose header was not recognised, counted from 1.
    Raises an InputError for a file that cannot be used or that was imported before, PlanNotPublished.
    """
    require(actor, Action.IMPORT_PLAN)
    document = reader.read(path)
    reading = read_document(document, years, before_is_strict=before_is_strict, columns=columns)
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    with database.write(now) as uow:
        uow.plans.hold_importing()
        known = uow.plans.from_file(sha256)
        if known:
            raise PlanImportedAlready(plan=known.id, title=known.title)
        before = hold_in_force(uow, replaces) if replaces is not None else None
        if before is not None:
            refuse_dispatch(before)
        plan = _plan(reading, years, path, sha256, before, before_is_strict=before_is_strict, now=now)
        plan_id = uow.plans.add(plan)
        ask(uow, plan_id, [*reading.questions, *plan_questions(uow, plan, reading.duties, reading.regime)])
        rows = [_keep_row(uow, plan_id, position, duty) for position, duty in enumerate(reading.duties)]
        findings = keep_findings(uow, plan_id, reading)
        _ask_about_rows(uow, plan, rows, reading)
        if before is not None:
            ask_about_versions(uow, plan)
        else:
            before = likely_predecessor(uow, plan)
            ask(uow, plan_id, [version_of(before)] if before else [])
        count = uow.plans.unsettled(plan_id)
        appendix = sum(row.source is RowSource.APPENDIX for row in rows)
        uow.note(
            actor.user,
            "plan.import",
            f"plan:{plan_id}",
            file=path.name,
            sha256=sha256,
            rows=appendix,
            sentences=len(rows) - appendix,
            questions=count,
            replaces=replaces,
        )
        return Imported(
            plan_id=plan_id,
            title=plan.title,
            rows=appendix,
            sentences=len(rows) - appendix,
            findings=findings,
            questions=count,
            before=before.id if before else None,
        )


def _plan(
    reading: DocumentReading,
    years: Years | None,
    path: Path,
    sha256: str,
    before: Plan | None,
    *,
    before_is_strict: bool,
    now: datetime,
) -> Plan:
    covered = years or reading.header.years
    if covered is None:
        raise PlanYearsMissing
    return Plan(
        title=reading.header.title or path.stem,
        number=reading.header.number,
        issued_on=reading.header.issued_on,
        document_type=reading.header.type,
        first_year=covered.first,
        last_year=covered.last,
        before_is_strict=before_is_strict,
        file_name=path.name,
        file_sha256=sha256,
        imported_at=now,
        replaces_id=before.id if before else None,
    )


def _keep_row(uow: UnitOfWork, plan_id: int, position: int, duty: DutyReading) -> PlanRow:
    row = PlanRow(
        plan_id=plan_id,
        position=position,
        source=duty.row.source,
        code=duty.row.id,
        number=duty.row.number,
        group=duty.row.group,
        title=duty.row.title,
        cells=dict(duty.row.cells),
    )
    uow.plans.add_row(row)
    return row


def _ask_about_rows(uow: UnitOfWork, plan: Plan, rows: Sequence[PlanRow], reading: DocumentReading) -> None:
    """Ask what each row leaves unclear; a row that reads as in the plan before keeps its answers instead."""
    continued = _continued(uow, plan) if plan.replaces_id is not None else {}
    for row, duty in zip(rows, reading.duties, strict=True):
        if old := continued.get(row.id or 0):
            copy_answers(uow, old, row)
        elif row.source is RowSource.PROSE:
            ask(uow, row.plan_id, [prose_question(uow, plan, reading, duty)], row.id)
        else:
            ask(uow, row.plan_id, row_questions(uow, plan, duty), row.id)


def _continued(uow: UnitOfWork, plan: Plan) -> dict[int, PlanRow]:
    """By the new rows' ids: the rows that read exactly as before, whose answers stay good.

    They stand in the plan before, or duties still run from them since an earlier one.
    """
    before = {row.id or 0: row for row in uow.plans.rows(plan.replaces_id or 0)}
    before |= {duty.row_id: uow.plans.row(duty.row_id) for duty in uow.obligations.duties(plan.replaces_id or 0)}
    after = {row.id or 0: row for row in uow.plans.rows(plan.id or 0)}
    pairs = [
        (before[one.before.row_id], after[one.after.row_id])
        for one in compare_rows(list(map(printed, before.values())), list(map(printed, after.values())))
        if one.before and one.after and one.change is Change.SAME
    ]
    return {new.id or 0: old for old, new in pairs if old.source is new.source}
