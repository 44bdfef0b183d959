"""Shows every message of a span of days before it happens, of what is published and of a draft; nothing is kept."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from cchc_tasks.domain.access import Action, Actor, require
from cchc_tasks.domain.errors import SpanBackwards, SpanTooLong
from cchc_tasks.domain.office_calendar import OfficeCalendar
from cchc_tasks.domain.simulation import SimulatedItem, Simulation
from cchc_tasks.domain.titles import obligation_title
from cchc_tasks.domain.vocabulary import PlanStage
from cchc_tasks.models.plan import Plan
from cchc_tasks.services.opening import PlanOpener
from cchc_tasks.services.planning import PlannedSteps, RungPlanner
from cchc_tasks.services.publish_plan import as_published
from cchc_tasks.store.database import Database
from cchc_tasks.store.unit_of_work import UnitOfWork

LONGEST = 800  # days; two years and a little
LEAST_HORIZON = 13  # months; so much is opened, and introduced, at once (promise 3)


@dataclass(frozen=True, slots=True)
class Simulated:
    """The messages found, the calendar they were found with, and the units' names."""

    simulation: Simulation
    calendar: OfficeCalendar
    units: dict[int, str]


@dataclass(frozen=True, slots=True)
class Span:
    """From which day to which day, of which plan (None: of all that are published).

    Without `nobody_answers` every unit hands in on its day, so that nothing is said of what is late; with it nobody
    ever does. `closely` names the units whose messages are kept item by item, None keeps all.
    """

    first: date
    last: date
    plan_id: int | None = None
    nobody_answers: bool = False
    closely: Collection[str] | None = ()


def plans_to_simulate(database: Database, *, actor: Actor) -> list[Plan]:
    """Drafts and plans in force, the newest first."""
    require(actor, Action.SIMULATE)
    with database.read() as uow:
        plans = [one for one in uow.plans.all() if one.stage in (PlanStage.DRAFT, PlanStage.PUBLISHED)]
    return sorted(plans, key=lambda one: (one.stage is not PlanStage.DRAFT, -(one.id or 0)))


def simulate(database: Database, span: Span, *, today: date, actor: Actor, now: datetime) -> Simulated:
    """Find every message of a span of days; a draft is simulated as if it were published today with its proposals.

    Raises SpanBackwards, SpanTooLong, PlanUnknown, UnitUnknown and what publishing a draft would raise.
    """
    require(actor, Action.SIMULATE)
    if span.last < span.first:
        raise SpanBackwards(first=f"{span.first:%d/%m/%Y}", last=f"{span.last:%d/%m/%Y}")
    if (span.last - span.first).days > LONGEST:
        raise SpanTooLong(days=LONGEST)
    with database.rehearse(now) as uow:
        closely = None
        if span.closely is not None:
            closely = frozenset(uow.directory.unit_with_code(one).id or 0 for one in span.closely)
        found = Simulation(span.first, span.last, uow.simulation.people(), closely)
        for plan, is_new in _plans(uow, span, today, actor):
            _add_unopened(uow, plan, found, span, today, introduce=is_new)
        _add_planned(uow, found, span)
        names = {one: unit.name for one, unit in uow.directory.units().items()}
        return Simulated(found, uow.office.calendar(), names)


def _plans(uow: UnitOfWork, span: Span, today: date, actor: Actor) -> Iterator[tuple[Plan, bool]]:
    """The plans meant, each with whether it would be published for this."""
    if span.plan_id is None:
        yield from ((plan, False) for plan in uow.plans.published())
        return
    plan = uow.plans.get(span.plan_id)
    is_new = plan.stage is PlanStage.DRAFT
    if is_new:
        as_published(uow, plan, on=today, actor=actor)
    yield plan, is_new


def _add_planned(uow: UnitOfWork, found: Simulation, span: Span) -> None:
    """What is open already has its rungs."""
    for rung in uow.simulation.planned(span.first, span.last, span.plan_id):
        if _is_said(rung.rung, span):
            title = obligation_title(rung.title, rung.label, rung.period, rung.frequency)
            item = SimulatedItem(rung.obligation_id, rung.duty_code, title, rung.due_on, rung.rung)
            found.add(rung.person_id, [(rung.fire_on, item)])


def _add_unopened(uow: UnitOfWork, plan: Plan, found: Simulation, span: Span, today: date, *, introduce: bool) -> None:
    """What the opening will bring until the last day."""
    planner = RungPlanner(uow)
    months = (span.last.year - today.year) * 12 + span.last.month - today.month + 1
    opener = PlanOpener(uow, plan, on=today, horizon_months=max(months, LEAST_HORIZON))
    for duty in uow.obligations.duties(plan.id or 0):
        for slot, owners in opener.missing(duty):
            # one stands for all that fall on a day: they differ in who owes them alone
            obligation = opener.obligation(duty, slot, "")
            title = obligation_title(duty.title, obligation.label, obligation.period, obligation.frequency)
            speaks: dict[PlannedSteps, list[tuple[date, SimulatedItem]]] = {}  # shared by all who owe alike
            for _, leads in owners:
                for hearer, steps in planner.rungs_of(obligation, leads, [], today, introduce=introduce):
                    if steps not in speaks:
                        speaks[steps] = [
                            (day, SimulatedItem(None, duty.code, title, slot.due_on, rung))
                            for rung, day, next_on in steps
                            if next_on != day and _is_said(rung, span) and span.first <= day <= span.last
                        ]
                    found.add(hearer.person.id or 0, speaks[steps])


def _is_said(rung: str, span: Span) -> bool:
    return span.nobody_answers or not rung.startswith("after-")
