"""Requests for a later day as lists show them: what was asked, by whom and why, and what was decided."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from cchc_tasks.domain.access import Action, Actor, Scope, require, scope
from cchc_tasks.domain.extensions import Granted
from cchc_tasks.domain.titles import obligation_title
from cchc_tasks.domain.vocabulary import ExtensionState, Stage
from cchc_tasks.store.database import Database
from cchc_tasks.store.extensions import ExtensionRow
from cchc_tasks.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class ExtensionLine:
    """One request; the names of people stand in place of their user names."""

    id: int
    obligation_id: int
    duty_code: str
    title: str
    units: tuple[str, ...]  # the leads, the focal one first
    assigned_by: str | None
    stage: Stage
    due_on: date  # as it was when asked
    asked_until: date
    reason: str
    asked_by: str
    asked_at: datetime
    state: ExtensionState
    granted_until: date | None
    number: str | None
    superior_number: str | None
    answer: str | None
    decided_by: str | None
    decided_at: datetime | None

    @property
    def days(self) -> int:
        """How many days later was asked for."""
        return (self.asked_until - self.due_on).days


def list_extensions(database: Database, *, actor: Actor, waiting: bool) -> list[ExtensionLine]:
    """The requests that wait for their decision, or all of them, in the order they were asked.

    A unit's people see their own unit's. Raises NoRight.
    """
    require(actor, Action.SEE_OBLIGATIONS)
    whole = scope(actor, Action.SEE_OBLIGATIONS) is Scope.ALL
    with database.read() as uow:
        state = ExtensionState.ASKED if waiting else None
        rows = uow.extensions.rows(state=state, unit_ids=None if whole else [actor.unit_id or 0])
        return extension_lines(uow, rows)


def extension_lines(uow: UnitOfWork, rows: Sequence[ExtensionRow]) -> list[ExtensionLine]:
    """Rows with the names of their units and people."""
    if not rows:
        return []
    leads = uow.obligations.leads({row.extension.obligation_id for row in rows})
    units = {unit_id: one.name for unit_id, one in uow.directory.units().items()}
    users = {row.extension.asked_by for row in rows} | {one for row in rows if (one := row.extension.decided_by)}
    people = {person.user: person.name for person in uow.work.people([], users)}
    return [_line(row, tuple(units[one] for one in leads[row.extension.obligation_id]), people) for row in rows]


def granted(rows: Sequence[ExtensionRow]) -> list[Granted]:
    """Of the requests for one obligation those that moved its day."""
    return [
        Granted(row.extension.due_on, row.extension.number or "")
        for row in rows
        if row.extension.state is ExtensionState.GRANTED
    ]


def _line(row: ExtensionRow, units: tuple[str, ...], people: dict[str, str]) -> ExtensionLine:
    asked, one = row.extension, row.obligation
    return ExtensionLine(
        id=asked.id or 0,
        obligation_id=asked.obligation_id,
        duty_code=row.duty.code,
        title=obligation_title(row.duty.title, one.label, one.period, one.frequency),
        units=units,
        assigned_by=row.duty.assigned_by,
        stage=one.stage,
        due_on=asked.due_on,
        asked_until=asked.asked_until,
        reason=asked.reason,
        asked_by=people.get(asked.asked_by, asked.asked_by),
        asked_at=asked.asked_at,
        state=asked.state,
        granted_until=asked.granted_until,
        number=asked.number,
        superior_number=asked.superior_number,
        answer=asked.answer,
        decided_by=people.get(asked.decided_by, asked.decided_by) if asked.decided_by else None,
        decided_at=asked.decided_at,
    )
