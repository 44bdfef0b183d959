"""The ladders of reminders, the standard ones and those that stand in for them somewhere."""

from collections.abc import Sequence
from dataclasses import dataclass

from cchc_tasks.domain.access import Action, Actor, require
from cchc_tasks.domain.ladders import LADDER_IN_WORDS
from cchc_tasks.models.calendar import LadderOverride
from cchc_tasks.store.database import Database
from cchc_tasks.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class LadderLine:
    """A ladder with the place it holds in, in words; the standard ones hold everywhere else."""

    name: str
    words: str
    place: str
    before: Sequence[int]
    after: Sequence[int]
    at_most: int | None


def list_ladders(database: Database, *, actor: Actor) -> Sequence[LadderLine]:
    """Every ladder, the standard ones first. Raises NoRight."""
    require(actor, Action.MANAGE_REMINDING)
    with database.read() as uow:
        standard = uow.office.ladders()
        lines = [
            LadderLine(name, words, "mọi nơi", standard[name].before, standard[name].after, standard[name].at_most)
            for name, words in LADDER_IN_WORDS.items()
        ]
        return lines + [
            LadderLine(row.name, LADDER_IN_WORDS[row.name], _place(uow, row), row.before, row.after, row.at_most)
            for row in uow.office.overrides()
        ]


def _place(uow: UnitOfWork, row: LadderOverride) -> str:
    if row.plan_id is not None:
        return f"kế hoạch số {row.plan_id}"
    if row.duty_id is not None:
        return f"nhiệm vụ số {row.duty_id}"
    return uow.directory.unit(row.unit_id or 0).name
