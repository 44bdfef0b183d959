"""Fills an empty database once from the config files; afterwards the database rules."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from cchc_tasks.domain.access import Action, Actor, require
from cchc_tasks.domain.directory import DirectorySeed
from cchc_tasks.domain.errors import DatabaseNotEmpty
from cchc_tasks.domain.office_calendar import Holiday
from cchc_tasks.domain.regimes import Regime
from cchc_tasks.domain.reminders import Ladder
from cchc_tasks.store.database import Database


@dataclass(frozen=True, slots=True)
class Seeds:
    """What a new database is filled with."""

    directory: DirectorySeed
    ladders: Sequence[Ladder]
    due_soon_days: Mapping[str, int]
    regimes: Sequence[Regime]
    holidays: Sequence[Holiday]


def initialise(database: Database, seeds: Seeds, *, actor: Actor, now: datetime) -> None:
    """Enter directory, calendar, ladders and regimes; raises DatabaseNotEmpty where units stand already."""
    require(actor, Action.MANAGE_SYSTEM)
    with database.write(now) as uow:
        if not uow.directory.is_empty():
            raise DatabaseNotEmpty
        uow.directory.fill(seeds.directory)
        uow.office.add_holidays(seeds.holidays)
        for ladder in seeds.ladders:
            uow.office.add_ladder(ladder, seeds.due_soon_days[ladder.name])
        for position, regime in enumerate(seeds.regimes):
            uow.office.add_regime(regime, position)
        uow.note(
            actor.user,
            "system.initialise",
            "system",
            units=len(seeds.directory.units),
            groups=len(seeds.directory.groups),
            people=len(seeds.directory.people),
            holidays=len(seeds.holidays),
        )
