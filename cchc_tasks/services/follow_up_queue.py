"""Đôn đốc: the late obligations that wait for the secretariat's decision, by unit, and the letters made so far."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from cchc_tasks.domain.access import Action, Actor, require
from cchc_tasks.domain.titles import obligation_title
from cchc_tasks.domain.vocabulary import Stage
from cchc_tasks.services.decide_follow_ups import decision_in_words
from cchc_tasks.store.database import Database
from cchc_tasks.store.follow_ups import LetterRow, ProposedRow
from cchc_tasks.store.unit_of_work import UnitOfWork

SHOWN = 300
LETTERS_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Proposed:
    """One late obligation; `step` is how many days late it had to be to be proposed."""

    id: int
    obligation_id: int
    duty_code: str
    title: str
    due_on: date
    days_late: int
    step: int
    returned: bool  # handed in once and sent back
    with_units: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LateUnit:
    """A unit with its head and what is late there."""

    name: str
    head: str | None
    proposed: tuple[Proposed, ...]


@dataclass(frozen=True, slots=True)
class PastLetter:
    """A công văn đôn đốc that was made."""

    id: int
    made_on: date
    by: str
    duties: int


@dataclass(frozen=True, slots=True)
class JustDecided:
    """The decision that was made a moment ago, to be said once."""

    words: str
    count: int
    to_leaders: bool
    letter_id: int | None
    told_on: date  # the morning on which the leaders hear of it


@dataclass(frozen=True, slots=True)
class FollowUpQueue:
    """The page: `jobs` and `of_units` count all that waits, `units` holds what is shown of it."""

    units: tuple[LateUnit, ...]
    jobs: int
    of_units: int
    letters: tuple[PastLetter, ...]
    decided: JustDecided | None

    @property
    def shown(self) -> int:
        """How many obligations are shown."""
        return sum(len(one.proposed) for one in self.units)


def follow_up_queue(database: Database, *, on: date, actor: Actor, decided: int | None = None) -> FollowUpQueue:
    """What waits for a decision on a day; `decided` is a proposal that was among those decided a moment ago."""
    require(actor, Action.FOLLOW_UP)
    with database.read() as uow:
        rows = uow.follow_ups.waiting(on, limit=SHOWN)
        jobs, of_units = uow.follow_ups.count_waiting(on)
        return FollowUpQueue(
            units=_units(uow, rows, on),
            jobs=jobs,
            of_units=of_units,
            letters=_letters(uow, uow.follow_ups.letters(limit=LETTERS_SHOWN)),
            decided=None if decided is None else _decided(uow, decided, on),
        )


def _units(uow: UnitOfWork, rows: Sequence[ProposedRow], on: date) -> tuple[LateUnit, ...]:
    leads = uow.obligations.leads([row.obligation_id for row in rows])
    names = {one: unit.name for one, unit in uow.directory.units().items()}
    heads = uow.standings.heads({row.unit_id for row in rows})
    return tuple(
        LateUnit(names[unit_id], heads.get(unit_id), tuple(_proposed(row, leads, names, on) for row in of_unit))
        for unit_id, of_unit in groupby(rows, key=lambda row: row.unit_id)
    )


def _proposed(row: ProposedRow, leads: Mapping[int, Sequence[int]], names: Mapping[int, str], on: date) -> Proposed:
    return Proposed(
        id=row.id,
        obligation_id=row.obligation_id,
        duty_code=row.duty_code,
        title=obligation_title(row.title, row.label, row.period, row.frequency),
        due_on=row.due_on,
        days_late=(on - row.due_on).days,
        step=row.days,
        returned=row.stage is Stage.RETURNED,
        with_units=tuple(names[one] for one in leads[row.obligation_id] if one != row.unit_id),
    )


def _letters(uow: UnitOfWork, rows: Sequence[LetterRow]) -> tuple[PastLetter, ...]:
    names = {one.user: one.name for one in uow.work.people([], {row.made_by for row in rows})}
    return tuple(PastLetter(row.id, row.made_on, names.get(row.made_by, row.made_by), row.duties) for row in rows)


def _decided(uow: UnitOfWork, follow_up_id: int, on: date) -> JustDecided | None:
    together = uow.follow_ups.decided_with(follow_up_id)
    if not together:
        return None
    one, calendar = together[0], uow.office.calendar()
    return JustDecided(
        words=decision_in_words(one),
        count=len(together),
        to_leaders=one.to_leaders,
        letter_id=one.letter_id,
        told_on=calendar.add_working_days(on, 1),
    )
