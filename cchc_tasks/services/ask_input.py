"""A unit that leads asks another one for input, by an earlier day: a sub-request, owed to the asking unit."""

from dataclasses import dataclass
from datetime import date, datetime

from cchc_tasks.domain.access import Action, Actor, require
from cchc_tasks.domain.dates_in_words import short_date
from cchc_tasks.domain.errors import (
    DayBeyondDue,
    DayPast,
    InputOfInput,
    InputWordsMissing,
    StageForbids,
    UnitAsksItself,
)
from cchc_tasks.domain.lengths import TITLE, held_short
from cchc_tasks.domain.lifecycle import STAGE_IN_WORDS, WAITING_FOR_UNIT
from cchc_tasks.domain.reminders import aim_day
from cchc_tasks.domain.vocabulary import Bound, Frequency
from cchc_tasks.models.obligation import Obligation
from cchc_tasks.services.addressing import working_unit
from cchc_tasks.services.planning import RungPlanner
from cchc_tasks.store.database import Database


@dataclass(frozen=True, slots=True)
class Asking:
    """What is asked of which unit (a code), and until when."""

    unit: str
    what: str
    due_on: date


def ask_input(
    database: Database, obligation_id: int, asking: Asking, *, actor: Actor, today: date, now: datetime
) -> int:
    """Keep the sub-request, tell the asked unit of it and give its id: an obligation of its own.

    Raises ObligationUnknown, UnitUnknown, NoRight, StageForbids, InputOfInput, InputWordsMissing, WordsTooLong,
    UnitAsksItself, UnitExternal, UnitNotWorking, DayPast, DayBeyondDue.
    """
    require(actor, Action.ASK_INPUT)
    what = held_short("Nội dung đề nghị", " ".join(asking.what.split()), TITLE)
    with database.write(now) as uow:
        parent = uow.obligations.locked(obligation_id)
        leads = uow.obligations.leads([obligation_id])[obligation_id]
        require(actor, Action.ASK_INPUT, frozenset(leads))
        _check(parent, what, asking.due_on, today)
        unit = working_unit(uow.directory.unit_with_code(asking.unit), today)
        if unit.id in leads:
            raise UnitAsksItself(unit=unit.name)
        planner = RungPlanner(uow)
        opened = Obligation(
            duty_id=parent.duty_id,
            parent_id=obligation_id,
            owed_by=f"{unit.id}",
            slot=f"ask-{obligation_id}-{len(uow.inputs.of_parent(obligation_id)) + 1}",
            label=what,
            frequency=Frequency.YEARLY,
            stated_on=asking.due_on,
            due_on=asking.due_on,
            late_after=asking.due_on,
            aim_on=aim_day(asking.due_on, Bound.BY, planner.calendar),
            bound=Bound.BY,
            opened_on=today,
        )
        input_id = uow.obligations.open(opened, [unit.id or 0], (), ())
        planner.plan(opened, [unit.id or 0], not_before=today, introduce=True)
        uow.note(
            actor.user,
            "input.ask",
            f"obligation:{obligation_id}",
            input=input_id,
            unit=unit.name,
            what=what,
            due_on=asking.due_on,
        )
        return input_id


def _check(parent: Obligation, what: str, due_on: date, today: date) -> None:
    if parent.parent_id is not None:
        raise InputOfInput
    if parent.stage not in WAITING_FOR_UNIT:
        raise StageForbids(deed="đề nghị phối hợp", stage=STAGE_IN_WORDS[parent.stage])
    if not what:
        raise InputWordsMissing
    if due_on < today:
        raise DayPast(day=short_date(due_on))
    if parent.late_after is not None and due_on > parent.late_after:
        raise DayBeyondDue(day=short_date(due_on), due=short_date(parent.late_after))
