"""The leaders' week, gathered once for all of them."""

from calendar import monthrange
from datetime import date, datetime, time, timedelta

from cchc_tasks.domain.office_digest import Proposed, Waiting
from cchc_tasks.domain.weekly_summary import LateUnit, Progress, WeeklyFacts
from cchc_tasks.services.office_matters import HERE, requests, title_of, upward
from cchc_tasks.store.unit_of_work import UnitOfWork

SHOWN = 8  # of each; what is left out is counted
UNDECIDED_FOR = timedelta(days=7)  # a request that has waited so long is told to the leaders


def weekly_facts(uow: UnitOfWork, on: date) -> WeeklyFacts:
    """How the Sở stands on a day, as its leaders read it."""
    matters = uow.office_matters
    last_of_month = on.replace(day=monthrange(on.year, on.month)[1])
    last_day = _year_before(on)
    late_jobs, _ = uow.standings.count_overdue(on)
    return WeeklyFacts(
        on=on,
        upward=upward(matters.upward(last_of_month, limit=SHOWN, done_since=on.replace(day=1))),
        late_jobs=late_jobs,
        late_units=_late_units(uow, on),
        this_year=Progress(*matters.progress(date(on.year, 1, 1), on)),
        last_year=Progress(*matters.progress(date(last_day.year, 1, 1), last_day)),
        last_day=last_day,
        reported=_reported(uow, on),
        requested=requests(matters.requests(limit=SHOWN, before=_long_ago(on))),
    )


def _late_units(uow: UnitOfWork, on: date) -> Waiting[LateUnit]:
    rows = uow.office_matters.late_units(on, limit=SHOWN)
    heads = uow.standings.heads({row.unit_id for row in rows})
    found = [LateUnit(row.code, row.name, heads.get(row.unit_id), row.jobs, row.oldest_due_on) for row in rows]
    return Waiting(found, rows[0].total if rows else 0)


def _reported(uow: UnitOfWork, on: date) -> Waiting[Proposed]:
    rows = uow.office_matters.reported(on, limit=SHOWN)
    found = [Proposed(row.id, row.unit, title_of(row), row.due_on) for row in rows]
    return Waiting(found, rows[0].total if rows else 0)


def _year_before(on: date) -> date:
    """The same day of last year; 29 February is compared with the 28th."""
    return date(on.year - 1, on.month, min(on.day, monthrange(on.year - 1, on.month)[1]))


def _long_ago(on: date) -> datetime:
    return datetime.combine(on - UNDECIDED_FOR, time.min, HERE)
