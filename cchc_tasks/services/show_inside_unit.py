"""Inside a unit: who was assigned an obligation by name, and what its leads asked of other units."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from cchc_tasks.domain.access import Action, Actor, Scope, require, scope
from cchc_tasks.domain.errors import InputUnknown, NoRight
from cchc_tasks.domain.lifecycle import STAGE_IN_WORDS, WAITING_FOR_UNIT
from cchc_tasks.domain.titles import obligation_title
from cchc_tasks.domain.vocabulary import Role, Stage
from cchc_tasks.models.evidence import RevisionItem
from cchc_tasks.models.obligation import Obligation
from cchc_tasks.store.database import Database
from cchc_tasks.store.inputs import InputRow
from cchc_tasks.store.named_people import NamedRow
from cchc_tasks.store.unit_of_work import UnitOfWork
from cchc_tasks.store.work import HandedRow, PersonRow


@dataclass(frozen=True, slots=True)
class Answer:
    """What the asked unit handed in: one revision with what it is made of."""

    row: HandedRow
    by: str
    items: tuple[RevisionItem, ...]


@dataclass(frozen=True, slots=True)
class Input:
    """One sub-request; `waits` says that its newest answer is undecided."""

    row: InputRow
    late: bool
    answers: tuple[Answer, ...]

    @property
    def waits(self) -> bool:
        """Whether the asking unit has to decide."""
        return self.row.stage is Stage.SUBMITTED

    @property
    def words(self) -> str:
        """Where it stands, as the asking unit says it."""
        if self.late:
            return "quá hạn"
        return "đã có kết quả" if self.waits else STAGE_IN_WORDS[self.row.stage]


@dataclass(frozen=True, slots=True)
class Asked:
    """What an obligation that is input itself belongs to."""

    by: str
    title: str
    due_on: date | None


@dataclass(frozen=True, slots=True)
class InsideUnit:
    """Everything of the section. The rights say what is offered to the one who looks, on this obligation as it is."""

    obligation_id: int
    title: str
    last_day: date | None
    named: tuple[NamedRow, ...]
    people: tuple[PersonRow, ...]  # of the looker's unit, to be assigned
    inputs: tuple[Input, ...]
    asked: Asked | None
    stage: Stage
    own: bool  # the looker's unit leads
    sees: bool  # a unit that only cooperates sees nothing of this
    may_name: bool
    may_ask: bool
    may_decide: bool

    def input(self, input_id: int) -> Input:
        """One of the sub-requests; raises InputUnknown."""
        for one in self.inputs:
            if one.row.id == input_id:
                return one
        raise InputUnknown(obligation=input_id)


def show_inside_unit(database: Database, obligation_id: int, *, on: date, actor: Actor) -> InsideUnit:
    """The section of one obligation; raises ObligationUnknown, NoRight."""
    with database.read() as uow:
        parts = {unit.id or 0 for unit, _ in uow.obligation_page.parts(obligation_id)}
        obligation, duty, _, _ = uow.obligation_page.origin(obligation_id)
        require(actor, Action.SEE_OBLIGATIONS, frozenset(parts))
        leads = uow.obligations.leads([obligation_id])[obligation_id]
        own = actor.unit_id in leads
        sees = own or scope(actor, Action.SEE_EVIDENCE) is Scope.ALL
        may_name = own and _may(actor, Action.NAME_PERSON) and obligation.stage in WAITING_FOR_UNIT
        return InsideUnit(
            obligation_id=obligation_id,
            title=obligation_title(duty.title, obligation.label, obligation.period, obligation.frequency),
            last_day=obligation.late_after,
            named=tuple(uow.named_people.rows(obligation_id)) if sees else (),
            people=_staff(uow, actor) if may_name else (),
            inputs=_inputs(uow, obligation_id, on) if sees else (),
            asked=_asked(uow, obligation, duty.title),
            stage=obligation.stage,
            own=own,
            sees=sees,
            may_name=may_name,
            may_ask=own
            and _may(actor, Action.ASK_INPUT)
            and obligation.stage in WAITING_FOR_UNIT
            and obligation.parent_id is None,
            may_decide=own and _may(actor, Action.DECIDE_INPUT),
        )


def input_to_decide(database: Database, input_id: int, *, on: date, actor: Actor) -> tuple[InsideUnit, Input]:
    """A sub-request beside what it is input of, for the unit that asked.

    Raises ObligationUnknown, InputUnknown, NoRight.
    """
    require(actor, Action.DECIDE_INPUT)
    with database.read() as uow:
        parent_id = uow.obligations.get(input_id).parent_id
    if parent_id is None:
        raise InputUnknown(obligation=input_id)
    inside = show_inside_unit(database, parent_id, on=on, actor=actor)
    if not inside.may_decide:
        raise NoRight(user=actor.user, action=Action.DECIDE_INPUT.value)
    return inside, inside.input(input_id)


def askable_units(database: Database, obligation_id: int, *, on: date, actor: Actor) -> tuple[tuple[str, str], ...]:
    """The units that can be asked for input on a day, by code and name; raises NoRight."""
    require(actor, Action.ASK_INPUT)
    with database.read() as uow:
        leads = uow.obligations.leads([obligation_id]).get(obligation_id, [])
        return tuple((one.code, one.name) for one in uow.addressees.units(on) if one.id not in leads)


def _may(actor: Actor, action: Action) -> bool:
    return scope(actor, action) is not Scope.NOTHING


def _staff(uow: UnitOfWork, actor: Actor) -> tuple[PersonRow, ...]:
    """The active people of the actor's unit; those who only read are nobody to assign work to."""
    people = uow.work.people({actor.unit_id or 0})
    return tuple(one for one in people if one.active and one.role not in (Role.LEADER, Role.INSPECTOR))


def _inputs(uow: UnitOfWork, parent_id: int, on: date) -> tuple[Input, ...]:
    rows = uow.inputs.rows([parent_id])
    handed = uow.work.handed([one.id for one in rows])
    revisions = [revision for those in handed.values() for revision in those]
    items = uow.work.items([one.revision_id for one in revisions])
    people = uow.work.people((), {one.submitted_by for one in revisions}) if revisions else ()
    names = {one.user: one.name for one in people}
    return tuple(
        Input(
            row=one,
            late=one.stage in WAITING_FOR_UNIT and one.late_after < on,
            answers=_answers(handed.get(one.id, ()), items, names),
        )
        for one in rows
    )


def _answers(
    revisions: Sequence[HandedRow], items: Mapping[int, Sequence[RevisionItem]], names: Mapping[str, str]
) -> tuple[Answer, ...]:
    return tuple(
        Answer(one, names.get(one.submitted_by, one.submitted_by), tuple(items.get(one.revision_id, ())))
        for one in revisions
    )


def _asked(uow: UnitOfWork, obligation: Obligation, duty_title: str) -> Asked | None:
    if obligation.parent_id is None:
        return None
    parent = uow.obligations.get(obligation.parent_id)
    by = uow.inputs.asking_units([obligation.id or 0])[obligation.id or 0]
    return Asked(by, obligation_title(duty_title, parent.label, parent.period, parent.frequency), parent.due_on)
