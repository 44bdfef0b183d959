"""Việc của đơn vị: what a unit owes on a day, in the order in which it needs a hand."""

import calendar
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from zoneinfo import ZoneInfo

from cchc_tasks.domain.access import Action, Actor, Scope, require, scope
from cchc_tasks.domain.document_names import document_name
from cchc_tasks.domain.extensions import extended_in_words
from cchc_tasks.domain.office_calendar import OfficeCalendar
from cchc_tasks.domain.titles import obligation_title
from cchc_tasks.domain.vocabulary import Outcome, Proof, Role, Stage, Standing
from cchc_tasks.models.directory import Unit
from cchc_tasks.store.database import Database
from cchc_tasks.store.unit_of_work import UnitOfWork
from cchc_tasks.store.work import HandedRow, PersonRow, WorkRow

SHOWN = 40  # of each standing; what is left out is counted
URGENCY = (
    Standing.OVERDUE,
    Standing.DUE_SOON,
    Standing.ON_TRACK,
    Standing.AWAITING,
    Standing.DONE_LATE,
    Standing.DONE_ON_TIME,
    Standing.NO_DEADLINE,
)


class Deed(StrEnum):
    """What a row asks of the one who looks."""

    SUBMIT = "Nộp báo cáo"
    COMPLETE = "Nộp bổ sung"
    ACKNOWLEDGE = "Tiếp nhận"
    ENTER = "Nhập thay"


@dataclass(frozen=True, slots=True)
class Returned:
    """Why a submission came back, when, and until when it is to be mended."""

    asked: str
    reason: str
    on: date
    until: date | None


@dataclass(frozen=True, slots=True)
class Job:
    """One row: `day` is the last day that is not late, of what is handed in and done the due day."""

    id: int
    title: str
    stage: Stage
    standing: Standing
    day: date | None
    products: tuple[str, ...]
    given_by: str
    duty_code: str
    plan: str
    asked: bool  # as input, by another unit: `given_by` is that unit
    extended: str | None  # where a moved day comes from
    opened_on: date
    days_late: int
    deed: Deed | None
    returned: Returned | None = None
    received_on: date | None = None
    paper: str | None = None
    answer_by: date | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """The jobs of one heading; `total` counts those left out as well."""

    jobs: tuple[Job, ...] = ()
    total: int = 0


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """A day of the month's sheet, with the most urgent job that falls on it."""

    day: date
    working: bool
    job: Job | None
    jobs: int


@dataclass(frozen=True, slots=True)
class UnitWork:
    """Everything of the page. `own` says that the unit is the looker's."""

    unit: str
    unit_code: str
    own: bool
    mine: bool
    overdue: Section
    due_soon: Section
    later: Section
    awaiting: Section
    done: Section
    new_ids: tuple[int, ...]
    weeks: tuple[tuple[CalendarDay | None, ...], ...]
    to_ask: tuple[PersonRow, ...]
    reminded: tuple[PersonRow, ...]
    heads: tuple[PersonRow, ...]
    secretariat: str

    @property
    def empty(self) -> bool:
        """Whether there is nothing at all to show."""
        return not any(one.total for one in (self.overdue, self.due_soon, self.later, self.awaiting, self.done))


def unit_work(
    database: Database,
    *,
    on: date,
    zone: ZoneInfo,
    answer_working_days: int,
    actor: Actor,
    unit: str | None = None,
    person_id: int | None = None,
) -> UnitWork:
    """A unit's work on a day: the actor's own unit, or the one with this code for those who see all.

    With `person_id` only what that person (the actor) was assigned by name, is reminded of or handed in. What is done
    counts from the first of the month in `zone`; `answer_working_days` is the time the secretariat takes to answer.
    Raises NoRight, UnitUnknown.
    """
    with database.read() as uow:
        units = uow.directory.units()
        of = uow.directory.unit_with_code(unit) if unit else units[actor.unit_id or 0]
        require(actor, Action.SEE_OBLIGATIONS, frozenset({of.id or 0}))
        person = (person_id, actor.user) if person_id else None
        found = _gathered(uow, of, units, on=on, zone=zone, answer_working_days=answer_working_days, person=person)
        people = uow.work.people({of.id or 0, *_secretariats(found)})
    jobs = [_job(row, found, _Looker(actor, of.id or 0)) for row in found.rows]
    totals = {row.stands: row.of_standing for row in found.rows}
    heads = tuple(one for one in _of(people, {of.id or 0}, Role.HEAD) if one.mail)
    return UnitWork(
        unit=of.name,
        unit_code=of.code,
        own=of.id == actor.unit_id,
        mine=person_id is not None,
        overdue=_section(jobs, totals, Standing.OVERDUE),
        due_soon=_section(jobs, totals, Standing.DUE_SOON),
        later=_section(jobs, totals, Standing.ON_TRACK, Standing.NO_DEADLINE),
        awaiting=_section(jobs, totals, Standing.AWAITING),
        done=_section(jobs, totals, Standing.DONE_ON_TIME, Standing.DONE_LATE),
        new_ids=tuple(job.id for job in jobs if job.deed is Deed.ACKNOWLEDGE),
        weeks=_weeks(jobs, on, found.office),
        to_ask=tuple(one for one in _of(people, _secretariats(found), Role.SECRETARIAT) if one.mail),
        reminded=tuple(one for one in _of(people, {of.id or 0}, Role.FOCAL) if one.mail) or heads,
        heads=heads,
        secretariat=units[found.secretariat_id].name,
    )


@dataclass(frozen=True, slots=True)
class _Gathered:
    """What the database gave about the rows at once, and by what days and hours it is to be told."""

    zone: ZoneInfo
    answer_working_days: int
    office: OfficeCalendar
    rows: Sequence[WorkRow]
    handed: Mapping[int, Sequence[HandedRow]]
    papers: Mapping[int, str]
    products: Mapping[int, tuple[str, ...]]
    extended: Mapping[int, str | None]
    units: Mapping[int, Unit]
    secretariat_id: int


@dataclass(frozen=True, slots=True)
class _Looker:
    """Whose eyes the page is for, and whose work it shows."""

    actor: Actor
    unit_id: int

    def deed(self, row: WorkRow) -> Deed | None:
        """The one button of a row."""
        standing = Standing(row.stands)
        urgent = standing in (Standing.OVERDUE, Standing.DUE_SOON) or row.stage is Stage.RETURNED
        if standing not in (Standing.OVERDUE, Standing.DUE_SOON, Standing.ON_TRACK, Standing.NO_DEADLINE):
            return None
        if self.actor.unit_id != self.unit_id:
            return Deed.ENTER if urgent and scope(self.actor, Action.SUBMIT_ON_BEHALF) is Scope.ALL else None
        if scope(self.actor, Action.SUBMIT) is Scope.NOTHING:
            return None
        if row.stage is Stage.RETURNED:
            return Deed.COMPLETE
        if row.stage is Stage.OPEN and not urgent:
            return Deed.ACKNOWLEDGE
        return Deed.SUBMIT if urgent or standing is Standing.NO_DEADLINE else None


def _gathered(
    uow: UnitOfWork,
    of: Unit,
    units: Mapping[int, Unit],
    *,
    on: date,
    zone: ZoneInfo,
    answer_working_days: int,
    person: tuple[int, str] | None,
) -> _Gathered:
    month = datetime.combine(on.replace(day=1), time(), zone)
    soon = uow.office.due_soon_days()
    rows = uow.work.rows(of.id or 0, on, soon, done_since=month, each=SHOWN, person=person)
    ids = [row.id for row in rows]
    handed = uow.work.handed(ids)
    items = uow.work.items([revisions[-1].revision_id for revisions in handed.values()])
    return _Gathered(
        zone=zone,
        answer_working_days=answer_working_days,
        office=uow.office.calendar(),
        rows=rows,
        handed=handed,
        papers={
            revision_id: next((item.number for item in those if item.proof is Proof.REFERENCE and item.number), "")
            for revision_id, those in items.items()
        },
        products={one: tuple(item.title for item in those) for one, those in uow.obligations.checklists(ids).items()},
        extended={one: extended_in_words(moved) for one, moved in uow.extensions.granted(ids).items()},
        units=units,
        secretariat_id=uow.directory.secretariat().id or 0,
    )


def _secretariats(found: _Gathered) -> set[int]:
    """The units that run the plans of the page; where no plan names one, the directory's."""
    return {row.secretariat_id or found.secretariat_id for row in found.rows} or {found.secretariat_id}


def _job(row: WorkRow, found: _Gathered, looker: _Looker) -> Job:
    revisions = found.handed.get(row.id, ())
    last = revisions[-1] if revisions else None
    standing = Standing(row.stands)
    waits = standing in (Standing.OVERDUE, Standing.DUE_SOON, Standing.ON_TRACK, Standing.NO_DEADLINE)
    late = row.judged_on is not None and row.due_on is not None and standing is Standing.DONE_LATE
    return Job(
        id=row.id,
        title=obligation_title(row.title, row.label, row.period, row.frequency),
        stage=row.stage,
        standing=standing,
        day=row.late_after if waits else row.due_on,
        products=found.products.get(row.id, ()),
        given_by=row.asked_by or found.units[row.secretariat_id or found.secretariat_id].name,
        duty_code=row.duty_code,
        plan=document_name(row.document_type, row.plan_number, row.plan_title),
        asked=row.asked_by is not None,
        extended=found.extended.get(row.id),
        opened_on=row.opened_on,
        days_late=(row.judged_on - row.due_on).days if late and row.judged_on and row.due_on else 0,
        deed=looker.deed(row),
        returned=_returned(row, last, found.zone),
        received_on=last.received_on if last else None,
        paper=found.papers.get(last.revision_id) or None if last else None,
        answer_by=found.office.add_working_days(last.received_on, found.answer_working_days) if last else None,
    )


def _returned(row: WorkRow, last: HandedRow | None, zone: ZoneInfo) -> Returned | None:
    if row.stage is not Stage.RETURNED or last is None or last.verified_at is None:
        return None
    asked = "làm lại" if last.outcome is Outcome.RETURNED_TO_REDO else "bổ sung"
    return Returned(asked, last.reason or "", last.verified_at.astimezone(zone).date(), last.supplement_due_on)


def _section(jobs: Sequence[Job], totals: Mapping[str, int], *standings: Standing) -> Section:
    there = [job for one in standings for job in jobs if job.standing is one]
    return Section(tuple(there), sum(totals.get(one.value, 0) for one in standings))


def _weeks(jobs: Sequence[Job], on: date, office: OfficeCalendar) -> tuple[tuple[CalendarDay | None, ...], ...]:
    by_day: dict[date, list[Job]] = {}
    for job in sorted(jobs, key=lambda job: URGENCY.index(job.standing)):
        if job.day is not None:
            by_day.setdefault(job.day, []).append(job)
    return tuple(
        tuple(
            CalendarDay(day, office.is_working(day), next(iter(by_day.get(day, ())), None), len(by_day.get(day, ())))
            if day.month == on.month
            else None
            for day in week
        )
        for week in calendar.Calendar().monthdatescalendar(on.year, on.month)
    )


def _of(people: Sequence[PersonRow], unit_ids: Collection[int], role: Role) -> list[PersonRow]:
    return [one for one in people if one.unit_id in unit_ids and one.role is role and one.active]
