"""What waits for the secretariat on a morning, gathered for its message and for deciding whether it gets one."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from cchc_tasks.domain.document_names import document_name
from cchc_tasks.domain.office_calendar import ONE_DAY, OfficeCalendar
from cchc_tasks.domain.office_digest import (
    DayBefore,
    OfficeMatters,
    OwedUpward,
    Proposed,
    Requested,
    ToConfirm,
    Unasked,
    Waiting,
)
from cchc_tasks.domain.titles import obligation_title
from cchc_tasks.domain.vocabulary import Role, Stage
from cchc_tasks.store.office_matters import SENT_UP, NamedRow, RequestRow, UpwardRow
from cchc_tasks.store.unit_of_work import UnitOfWork

SHOWN = 6  # of each; what is left out is counted
DAYS_UPWARD = timedelta(days=14)
GATHERED_WITHIN = timedelta(minutes=30)  # before its first try; better listed twice than never
HERE = ZoneInfo("Asia/Ho_Chi_Minh")  # the days of every message are those of Việt Nam


def office_matters(uow: UnitOfWork, on: date) -> OfficeMatters:
    """What waits for the secretariat on a day, with the counts of what is late and of the working day before."""
    late_jobs, late_units = uow.standings.count_overdue(on)
    return OfficeMatters(
        on=on,
        to_confirm=_to_confirm(uow, on),
        requested=requests(uow.office_matters.requests(limit=SHOWN)),
        proposed=_proposed(uow, on),
        unasked=_unasked(uow, on),
        upward=upward(uow.office_matters.upward(on + DAYS_UPWARD, limit=SHOWN)),
        late_jobs=late_jobs,
        late_units=late_units,
        day_before=_day_before(uow, on),
    )


def office_hears(uow: UnitOfWork, on: date) -> list[int]:
    """The people of the secretariat, each of whom has a message every working morning, even an empty one.

    A morning without it is how an office notices that the engine stands still.
    """
    return [one.id or 0 for one in uow.people.in_role(Role.SECRETARIAT)]


def office_listens(uow: UnitOfWork, on: date) -> frozenset[int]:
    """Those of them whose message lists what waits; to the others it says that there is nothing new.

    It does when something waits that their last message did not tell, and once a week as long as anything does: the
    same list every morning is read by nobody.
    """
    told = uow.office_matters.last_told(Role.SECRETARIAT)
    people = office_hears(uow, on)
    speaks = {last: _speaks(uow, on, last) for last in {told.get(one) for one in people}}
    return frozenset(one for one in people if speaks[told.get(one)])


def _speaks(uow: UnitOfWork, on: date, told: tuple[date, datetime] | None) -> bool:
    if told is None or told[0] < on - timedelta(days=on.weekday()):
        return _anything_waits(uow, on)
    told_on, told_at = told[0], told[1] - GATHERED_WITHIN
    return uow.standings.waits_since(told_at) or uow.office_matters.has_new(on, told_on, told_at, ahead=DAYS_UPWARD)


def _day_before(uow: UnitOfWork, on: date) -> DayBefore:
    day = uow.office.calendar().working_day_before(on)
    found = uow.measures.day(day)
    return DayBefore(day, found.sent, found.failed, found.waiting)


def _anything_waits(uow: UnitOfWork, on: date) -> bool:
    return bool(
        uow.standings.waiting(limit=1)
        or uow.office_matters.requests(limit=1)
        or uow.follow_ups.waiting(on, limit=1)
        or uow.office_matters.conditions(on, limit=1)
        or uow.office_matters.upward(on + DAYS_UPWARD, limit=1)
    )


def requests(rows: Sequence[RequestRow]) -> Waiting[Requested]:
    """Requests for a later day as facts."""
    found = [
        Requested(row.id, row.unit, title_of(row), row.due_on, row.asked_until, row.asked_at.astimezone(HERE).date())
        for row in rows
    ]
    return Waiting(found, rows[0].total if rows else 0)


def upward(rows: Sequence[UpwardRow]) -> Waiting[OwedUpward]:
    """What the Sở owes superior bodies as facts."""
    found = [
        OwedUpward(
            row.id,
            row.unit,
            title_of(row),
            f"{row.assigned_by} giao, {document_name(row.document_type, row.number, row.plan_title)}",
            row.due_on,
            handed=row.stage is Stage.SUBMITTED,
            done=row.stage in SENT_UP,
        )
        for row in rows
    ]
    return Waiting(found, rows[0].total if rows else 0)


def title_of(row: NamedRow) -> str:
    """What an obligation is called."""
    return obligation_title(row.title, row.label, row.period, row.frequency)


def _to_confirm(uow: UnitOfWork, on: date) -> Waiting[ToConfirm]:
    rows = uow.standings.waiting(limit=SHOWN)
    if not rows:
        return Waiting()
    calendar = uow.office.calendar()
    found = [
        ToConfirm(
            row.evidence_id,
            row.unit,
            obligation_title(row.title, row.label, row.period, row.frequency),
            _working_days(calendar, row.received_on, on),
        )
        for row in rows
    ]
    return Waiting(found, uow.standings.count_waiting())


def _proposed(uow: UnitOfWork, on: date) -> Waiting[Proposed]:
    rows = uow.follow_ups.waiting(on, limit=SHOWN)
    found = [
        Proposed(
            row.obligation_id,
            row.unit,
            obligation_title(row.title, row.label, row.period, row.frequency),
            row.due_on,
        )
        for row in rows
    ]
    return Waiting(found, uow.follow_ups.count_waiting(on)[0] if rows else 0)


def _unasked(uow: UnitOfWork, on: date) -> Waiting[Unasked]:
    rows = uow.office_matters.conditions(on, limit=SHOWN)
    found = [Unasked(row.obligation_id, row.title.rstrip("."), row.condition, row.ended_on) for row in rows]
    return Waiting(found, rows[0].total if rows else 0)


def _working_days(calendar: OfficeCalendar, since: date, on: date) -> int:
    """How many working days have gone by since a day, that day not counted."""
    return sum(calendar.is_working(since + ONE_DAY * count) for count in range(1, (on - since).days + 1))
