"""Where a ladder may stand in for the standard one, as commands name it; shared by setting and clearing one."""

from dataclasses import dataclass

from cchc_tasks.domain.errors import LadderUnknown
from cchc_tasks.domain.ladders import LADDER_IN_WORDS
from cchc_tasks.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class LadderPlace:
    """A plan's id, a duty's id or a unit's code; none of them means everywhere, never more than one is given."""

    plan_id: int | None = None
    duty_id: int | None = None
    unit: str | None = None

    @property
    def everywhere(self) -> bool:
        """Whether the standard ladder itself is meant."""
        return self.plan_id is None and self.duty_id is None and self.unit is None


@dataclass(frozen=True, slots=True)
class FoundPlace:
    """A place that exists, by the columns it is kept under, with its name for sentences."""

    columns: dict[str, int]
    name: str


def found_place(uow: UnitOfWork, place: LadderPlace) -> FoundPlace:
    """The place in the database; raises PlanUnknown, DutyUnknown, UnitUnknown."""
    if place.plan_id is not None:
        return FoundPlace({"plan_id": uow.plans.get(place.plan_id).id or 0}, f"kế hoạch số {place.plan_id}")
    if place.duty_id is not None:
        return FoundPlace({"duty_id": uow.obligations.duty(place.duty_id).id or 0}, f"nhiệm vụ số {place.duty_id}")
    if place.unit is not None:
        unit = uow.directory.unit_with_code(place.unit)
        return FoundPlace({"unit_id": unit.id or 0}, unit.name)
    return FoundPlace({}, "mọi nơi")


def check_name(name: str) -> None:
    """Raise LadderUnknown for a name that no ladder has."""
    if name not in LADDER_IN_WORDS:
        raise LadderUnknown(name=name, known=", ".join(LADDER_IN_WORDS))
