"""What the page for assigning duties shows: whom work can be given to, and what was opened a moment ago."""

from dataclasses import dataclass
from datetime import date

from cchc_tasks.domain.access import Action, Actor, require
from cchc_tasks.domain.document_names import document_name
from cchc_tasks.domain.errors import DutyUnknown
from cchc_tasks.domain.vocabulary import UnitKind
from cchc_tasks.store.database import Database


@dataclass(frozen=True, slots=True)
class Owed:
    """One obligation with the units that owe it."""

    id: int
    units: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShownDuty:
    """A duty that was assigned, and who owes what of it."""

    title: str
    document: str
    due_on: date | None
    owed: tuple[Owed, ...]


@dataclass(frozen=True, slots=True)
class Addressees:
    """The names that can be written into the form: groups, the Sở's own units, and those below it."""

    groups: tuple[str, ...]
    units: tuple[str, ...]
    below: tuple[str, ...]


def show_added_duty(database: Database, duty_id: int, *, actor: Actor) -> ShownDuty | None:
    """A duty with its obligations; None where there is no such duty."""
    require(actor, Action.ADD_DUTY)
    with database.read() as uow:
        try:
            duty = uow.obligations.duty(duty_id)
        except DutyUnknown:
            return None
        plan = uow.plans.get(duty.plan_id)
        opened = [one for one in uow.obligations.of_duty(duty_id) if one.parent_id is None]
        names = uow.search.lead_names([one.id or 0 for one in opened])
        return ShownDuty(
            title=duty.title,
            document=document_name(plan.document_type, plan.number, plan.title),
            due_on=opened[0].due_on if opened else None,
            owed=tuple(Owed(one.id or 0, tuple(names.get(one.id or 0, ()))) for one in opened),
        )


def addressees(database: Database, *, on: date, actor: Actor) -> Addressees:
    """Whom work can be given to on a day."""
    require(actor, Action.ADD_DUTY)
    with database.read() as uow:
        units = uow.addressees.units(on)
        return Addressees(
            groups=tuple(one.name for one in uow.addressees.groups()),
            units=tuple(one.name for one in units if one.kind in (UnitKind.DEPARTMENT, UnitKind.SECTION)),
            below=tuple(one.name for one in units if one.kind in (UnitKind.SUBORDINATE, UnitKind.LOWER_TIER)),
        )
