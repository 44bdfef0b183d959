"""The list of sub-requests: what a unit asked of others and what others asked of it."""

from dataclasses import dataclass
from datetime import date

from cchc_tasks.domain.access import Action, Actor, Scope, require, scope
from cchc_tasks.domain.lifecycle import STAGE_IN_WORDS, WAITING_FOR_UNIT
from cchc_tasks.store.database import Database


@dataclass(frozen=True, slots=True)
class InputLine:
    """One sub-request as a list shows it; `days_late` is 0 where nothing is late."""

    id: int
    parent: int
    title: str
    what: str
    unit: str
    asked_by: str
    due_on: date
    stage: str
    days_late: int


def list_inputs(database: Database, obligation_id: int | None, *, on: date, actor: Actor) -> list[InputLine]:
    """Sub-requests by date, of one obligation or of all; a unit's people see those their unit asked or was asked.

    Raises ObligationUnknown.
    """
    require(actor, Action.SEE_OBLIGATIONS)
    whole = scope(actor, Action.SEE_OBLIGATIONS) is Scope.ALL
    with database.read() as uow:
        if obligation_id is not None:
            uow.obligations.get(obligation_id)
        rows = uow.inputs.rows(
            None if obligation_id is None else [obligation_id], None if whole else [actor.unit_id or 0]
        )
    return [
        InputLine(
            id=one.id,
            parent=one.parent_id,
            title=one.duty_title,
            what=one.what,
            unit=one.unit,
            asked_by=one.asked_by,
            due_on=one.due_on,
            stage=STAGE_IN_WORDS[one.stage],
            days_late=max(0, (on - one.late_after).days) if one.stage in WAITING_FOR_UNIT else 0,
        )
        for one in rows
    ]
