"""The page of one obligation: how it stands, where it comes from, what was handed in, said and sent."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from cchc_tasks.domain.access import Action, Actor, Scope, require, scope
from cchc_tasks.domain.document_names import document_name
from cchc_tasks.domain.history_in_words import deed_in_words, rung_in_words, sending_in_words
from cchc_tasks.domain.lifecycle import WAITING_FOR_UNIT, Submission, days_late, late_after, standing
from cchc_tasks.domain.titles import obligation_title
from cchc_tasks.domain.vocabulary import ExtensionState, ReminderState, Responsibility, Role, Stage, Standing
from cchc_tasks.models.directory import Unit
from cchc_tasks.models.duty import Duty
from cchc_tasks.models.evidence import RevisionItem
from cchc_tasks.models.journal import JournalEntry
from cchc_tasks.models.obligation import Obligation
from cchc_tasks.models.plan import Plan
from cchc_tasks.services.list_extensions import ExtensionLine, extension_lines, granted
from cchc_tasks.services.read_back import CellReading, ReadRow, read_back, stated, wanted
from cchc_tasks.store.database import Database
from cchc_tasks.store.extensions import ExtensionRow
from cchc_tasks.store.obligation_page import RungRow
from cchc_tasks.store.unit_of_work import UnitOfWork
from cchc_tasks.store.work import HandedRow, PersonRow

INSIDE_UNIT = frozenset({"obligation.assign", "obligation.unassign", "input.ask"})  # what a unit settles for itself


@dataclass(frozen=True, slots=True)
class Handing:
    """One submission with what it is made of; `items` is empty for those who may not see the evidence."""

    row: HandedRow
    unit: str
    by: str
    decided_by: str | None
    items: tuple[RevisionItem, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One rung: its day, its words, whom it goes to and what became of it (`sent_at` where it left)."""

    day: date
    words: str
    people: tuple[str, ...]
    became: str
    sent_at: datetime | None
    attempts: int
    cancelled: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the journal."""

    at: datetime
    by: str
    words: str


@dataclass(frozen=True, slots=True)
class Body:
    """A unit in the obligation with those who answer for it."""

    unit: str
    code: str
    responsibility: Responsibility
    heads: tuple[str, ...]
    focal: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class May:
    """What the one who looks may do here; handing in also needs that something is awaited."""

    acknowledge: bool
    submit: bool
    enter: bool  # nhập thay
    ask_extension: bool
    see_evidence: bool

    @property
    def hand_in(self) -> bool:
        """For the own unit or on behalf of one."""
        return self.submit or self.enter


@dataclass(frozen=True, slots=True)
class ObligationPage:
    """Everything of the page. `last_day` is the last day that is not late."""

    obligation: Obligation
    title: str
    duty_code: str
    plan: str
    standing: Standing | None
    days_late: int
    last_day: date | None
    stated: str
    may: May
    checklist: tuple[str, ...]
    handings: tuple[Handing, ...]
    extensions: tuple[ExtensionLine, ...]
    cells: tuple[CellReading, ...]
    steps: tuple[Step, ...]
    bodies: tuple[Body, ...]
    secretariat: str
    followers: tuple[PersonRow, ...]
    journal: tuple[Entry, ...]
    answer_by: date  # of what waits, else of what would be handed in today

    @property
    def awaited(self) -> bool:
        """Whether it is the unit's turn."""
        return self.obligation.stage in WAITING_FOR_UNIT

    @property
    def given_due_on(self) -> date | None:
        """The due day as it was when the work was given, before any extension."""
        return next((one.due_on for one in self.extensions if one.granted_until), self.obligation.due_on)

    @property
    def may_ask_extension(self) -> bool:
        """Whether a later day can be asked for by the one who looks: there is a day, and no request waits."""
        dated = self.obligation.due_on is not None and self.obligation.parent_id is None
        waits = any(one.state is ExtensionState.ASKED for one in self.extensions)
        return self.may.ask_extension and self.awaited and dated and not waits

    @property
    def returned(self) -> Handing | None:
        """The submission that came back, while it is the unit's turn to mend it."""
        return self.handings[-1] if self.obligation.stage is Stage.RETURNED and self.handings else None

    @property
    def leads(self) -> tuple[Body, ...]:
        """The units that owe it, the focal one first."""
        return tuple(one for one in self.bodies if one.responsibility is Responsibility.LEAD)


@dataclass(frozen=True, slots=True)
class _Found:
    """What the database gave; `handed` and `items` are empty for those who may not see the evidence."""

    read: ReadRow
    duty: Duty
    plan: Plan
    secretariat: Unit
    handed: Sequence[HandedRow]
    items: Mapping[int, Sequence[RevisionItem]]
    rungs: Sequence[RungRow]
    journal: Sequence[JournalEntry]
    people: Sequence[PersonRow]
    units: Mapping[int, str]
    extensions: Sequence[ExtensionLine]
    due_soon_days: int


def show_obligation(
    database: Database, obligation_id: int, *, on: date, answer_working_days: int, actor: Actor
) -> ObligationPage:
    """One obligation as it stands on a day, for its units and for those who see all.

    `answer_working_days` is the time the secretariat takes to answer what was handed in.
    A cooperating unit sees it, but neither what was handed in nor what the lead settles for itself. Raises
    ObligationUnknown, NoRight.
    """
    with database.read() as uow:
        parts = uow.obligation_page.parts(obligation_id)
        obligation, duty, plan, row = uow.obligation_page.origin(obligation_id)
        require(actor, Action.SEE_OBLIGATIONS, frozenset(unit.id or 0 for unit, _ in parts))
        leads = frozenset(unit.id or 0 for unit, part in parts if part is Responsibility.LEAD)
        may = _may(actor, leads, obligation.stage)
        asked = uow.extensions.rows(obligation_id=obligation_id)
        read = ReadRow(
            row=row,
            obligation=obligation,
            sisters=uow.obligation_page.sisters(obligation),
            parts=parts,
            checklist=uow.obligations.checklists([obligation_id]).get(obligation_id, []),
            questions=uow.obligation_page.row_questions(row.id or 0),
            named=uow.obligations.assignments(duty.id or 0),
            granted=granted(asked),
        )
        found = _found(uow, read, duty, plan, asked, see_evidence=may.see_evidence)
        office = uow.office.calendar()
    since = found.handed[-1].received_on if obligation.stage is Stage.SUBMITTED and found.handed else on
    return _page(found, may, on, answer_by=office.add_working_days(since, answer_working_days))


def _may(actor: Actor, leads: frozenset[int], stage: Stage) -> May:
    own = actor.unit_id in leads
    return May(
        acknowledge=own and stage is Stage.OPEN and scope(actor, Action.ACKNOWLEDGE) is not Scope.NOTHING,
        submit=own and scope(actor, Action.SUBMIT) is not Scope.NOTHING,
        enter=not own and scope(actor, Action.SUBMIT_ON_BEHALF) is Scope.ALL,
        ask_extension=own and scope(actor, Action.ASK_EXTENSION) is not Scope.NOTHING,
        see_evidence=scope(actor, Action.SEE_EVIDENCE) is Scope.ALL or own,
    )


def _found(
    uow: UnitOfWork, read: ReadRow, duty: Duty, plan: Plan, asked: Sequence[ExtensionRow], *, see_evidence: bool
) -> _Found:
    obligation_id = read.obligation.id or 0
    handed = uow.work.handed([obligation_id]).get(obligation_id, [])
    shown = handed if see_evidence else []
    secretariat = _verifier(uow, read.obligation, plan)
    subjects = {f"obligation:{obligation_id}", f"duty:{duty.id}", *(f"evidence:{one.evidence_id}" for one in shown)}
    journal = uow.obligation_page.journal(subjects, plan.id or 0)
    if not see_evidence:
        journal = [one for one in journal if one.action not in INSIDE_UNIT]
    users = {one.actor for one in journal} | {one.answered_by for one in read.questions if one.answered_by}
    for one in handed:
        users |= {one.submitted_by, one.verified_by or one.submitted_by}
    leads = {unit.id or 0 for unit, part in read.parts if part is Responsibility.LEAD}
    return _Found(
        read=read,
        duty=duty,
        plan=plan,
        secretariat=secretariat,
        handed=handed,
        items=uow.work.items([one.revision_id for one in shown]),
        rungs=uow.obligation_page.rungs(obligation_id),
        journal=journal,
        people=uow.work.people({*leads, secretariat.id or 0}, users),
        units=_unit_names(uow, read, handed),
        extensions=extension_lines(uow, asked),
        due_soon_days=uow.office.due_soon_days()[read.obligation.frequency.value],
    )


def _unit_names(uow: UnitOfWork, read: ReadRow, handed: Sequence[HandedRow]) -> dict[int, str]:
    """What the units of the page are called: on a finished one as on the day by which it was judged, else as now."""
    one = read.obligation
    finished_on = one.judged_on if one.stage is Stage.VERIFIED else None
    ids = {unit.id or 0 for unit, _ in read.parts} | {row.unit_id for row in handed}
    return uow.directory.names_on(finished_on or date.max, ids)


def _verifier(uow: UnitOfWork, obligation: Obligation, plan: Plan) -> Unit:
    """The unit that decides about what is handed in: of input the unit that asked for it."""
    if obligation.parent_id is not None:
        return uow.directory.unit(uow.obligations.leads([obligation.parent_id])[obligation.parent_id][0])
    return uow.directory.unit(plan.secretariat_id) if plan.secretariat_id else uow.directory.secretariat()


def _page(found: _Found, may: May, on: date, *, answer_by: date) -> ObligationPage:
    one, names = found.read.obligation, {person.user: person.name for person in found.people}
    handed = [Submission(row.received_on, row.outcome) for row in found.handed]
    return ObligationPage(
        obligation=one,
        title=obligation_title(found.duty.title, one.label, one.period, one.frequency),
        duty_code=found.duty.code,
        plan=document_name(found.plan.document_type, found.plan.number, found.plan.title),
        standing=standing(
            one.stage, one.due_on, one.supplement_due_on, handed, on=on, due_soon_days=found.due_soon_days
        ),
        days_late=days_late(one.stage, one.due_on, handed, on=on),
        last_day=late_after(one.due_on, one.supplement_due_on, handed),
        stated=stated(one, found.read.granted),
        may=may,
        checklist=tuple(wanted(item) for item in found.read.checklist),
        handings=tuple(
            Handing(
                row=row,
                unit=found.units[row.unit_id],
                by=names.get(row.submitted_by, row.submitted_by),
                decided_by=names.get(row.verified_by, row.verified_by) if row.verified_by else None,
                items=tuple(found.items.get(row.revision_id, ())),
            )
            for row in found.handed
        ),
        extensions=tuple(found.extensions),
        cells=read_back(found.read),
        steps=_steps(found.rungs),
        bodies=tuple(_body(unit, found.units, part, found.people) for unit, part in found.read.parts),
        secretariat=found.secretariat.name,
        followers=_at(found.people, found.secretariat.id, Role.SECRETARIAT if one.parent_id is None else Role.FOCAL),
        journal=tuple(
            Entry(entry.at, names.get(entry.actor, entry.actor), deed_in_words(entry.action, json.loads(entry.details)))
            for entry in found.journal
        ),
        answer_by=answer_by,
    )


def _steps(rungs: Iterable[RungRow]) -> tuple[Step, ...]:
    """Rungs of one day and kind are one step, whoever they go to."""
    steps: dict[tuple[object, ...], list[RungRow]] = {}
    for one in rungs:
        steps.setdefault((one.fire_on, one.rung, one.due_version, one.state, one.delivery_state), []).append(one)
    made = [
        Step(
            day=first.business_on if first.sent_at and first.business_on else first.fire_on,
            words=rung_in_words(first.rung),
            people=tuple(one.person for one in those),
            became=sending_in_words(first.state, first.delivery_state),
            sent_at=first.sent_at if first.state is ReminderState.SENT else None,
            attempts=(first.failures or 0) + 1,
            cancelled=first.state is ReminderState.CANCELLED,
        )
        for those in steps.values()
        for first in those[:1]
    ]
    return tuple(sorted(made, key=lambda step: step.day))


def _body(unit: Unit, names: Mapping[int, str], part: Responsibility, people: Sequence[PersonRow]) -> Body:
    heads, focal = _at(people, unit.id, Role.HEAD), _at(people, unit.id, Role.FOCAL)
    called = names[unit.id or 0]
    return Body(called, unit.code, part, tuple(one.name for one in heads), tuple(one.name for one in focal))


def _at(people: Sequence[PersonRow], unit_id: int | None, role: Role) -> tuple[PersonRow, ...]:
    return tuple(one for one in people if one.unit_id == unit_id and one.role is role and one.active)
