"""The secretariat assigns a duty by a công văn: its units owe it at once, and hear of it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from cchc_tasks.domain.access import Action, Actor, require
from cchc_tasks.domain.dates_in_words import short_date
from cchc_tasks.domain.document_names import DISPATCH
from cchc_tasks.domain.errors import (
    DayBeyondDue,
    DayPast,
    DocumentNotYetIssued,
    DutyNumberMissing,
    DutyTitleMissing,
    HourInvalid,
    LeadMissing,
)
from cchc_tasks.domain.lengths import NAME, NUMBER, TITLE, held_few, held_short
from cchc_tasks.domain.occurrences import DeadlineRule, FixedDate
from cchc_tasks.domain.reading.text import search_key
from cchc_tasks.domain.vocabulary import Bound, DeadlineKind, PlanStage, Responsibility
from cchc_tasks.models.duty import Duty, DutyDeliverable, DutyPart
from cchc_tasks.models.plan import Plan, PlanRow
from cchc_tasks.services.addressing import Addressee, assigned, helpers, leads
from cchc_tasks.services.dispatches import dispatch_key
from cchc_tasks.services.opening import PlanOpener
from cchc_tasks.services.planning import RungPlanner
from cchc_tasks.store.database import Database
from cchc_tasks.store.unit_of_work import UnitOfWork

MOST_PRODUCTS = 50
_HOUR = re.compile(r"([01]?\d|2[0-3])[hg:]([0-5]\d)?")


@dataclass(frozen=True, slots=True)
class NewDuty:
    """A duty as it is entered. `leads` and `cooperating` are codes or names of units and groups."""

    title: str
    number: str
    dated: date
    leads: Sequence[str]
    due_on: date
    assigned_by: str | None = None  # the superior body; None where the Sở itself assigns
    cooperating: Sequence[str] = ()
    internal_due_on: date | None = None
    products: Sequence[str] = ()
    hour: str | None = None
    about: str | None = None  # trích yếu of the document


@dataclass(frozen=True, slots=True)
class AddedDuty:
    """What was made of it: the duty, its document, and the obligations that units owe now."""

    duty_id: int
    plan_id: int
    obligation_ids: tuple[int, ...]


def add_duty(database: Database, new: NewDuty, *, actor: Actor, today: date, now: datetime) -> AddedDuty:
    """Keep a duty with its document, open what its units owe and tell them of it.

    The same document (number, date, assigner) takes a second duty. Raises an InputError, Refused or UnitUnknown, and
    then nothing is kept.
    """
    require(actor, Action.ADD_DUTY)
    hour = _checked(new, today)
    with database.write(now) as uow:
        uow.plans.hold_importing()
        uow.obligations.hold_opening()
        whom = _whom(uow, new)
        plan = _document(uow, new, today=today, now=now)
        duty = _duty(uow, plan, new, hour, whom)
        PlanOpener(uow, plan, on=today, horizon_months=_months(today, new.due_on)).open_duty(duty, introduce=True)
        opened = uow.obligations.of_duty(duty.id or 0)
        if new.internal_due_on is not None:
            _aim_inside(uow, duty, new.internal_due_on, today)
        uow.note(
            actor.user,
            "duty.add",
            f"duty:{duty.id}",
            number=plan.number,
            dated=new.dated,
            assigned_by=duty.assigned_by,
            due_on=new.due_on,
            internal_due_on=new.internal_due_on,
            obligations=[one.id for one in opened],
        )
        return AddedDuty(duty.id or 0, plan.id or 0, tuple(one.id or 0 for one in opened))


def _checked(new: NewDuty, today: date) -> str | None:
    """Raise for what cannot be; gives the hour as it is kept."""
    _hold_short(new)
    if not new.title.strip():
        raise DutyTitleMissing
    if not new.number.strip():
        raise DutyNumberMissing
    if new.dated > today:
        raise DocumentNotYetIssued(day=short_date(new.dated))
    if not any(one.strip() for one in new.leads):
        raise LeadMissing
    if new.due_on < today:
        raise DayPast(day=short_date(new.due_on))
    if new.internal_due_on is not None:
        if new.internal_due_on > new.due_on:
            raise DayBeyondDue(day=short_date(new.internal_due_on), due=short_date(new.due_on))
        if new.internal_due_on < today:
            raise DayPast(day=short_date(new.internal_due_on))
    return _hour(new.hour) if new.hour else None


def _hold_short(new: NewDuty) -> None:
    """Raise WordsTooLong or LinesTooMany for what no document holds: all of it stands in messages."""
    held_short("Tên nhiệm vụ", new.title, TITLE)
    held_short("Số, ký hiệu công văn", new.number, NUMBER)
    held_short("Cơ quan giao", new.assigned_by or "", NAME)
    held_short("Trích yếu", new.about or "", TITLE)
    for unit in (*held_few("Đơn vị chủ trì", new.leads), *held_few("Đơn vị phối hợp", new.cooperating)):
        held_short("Tên đơn vị", unit, NAME)
    for product in held_few("Sản phẩm phải nộp", new.products, MOST_PRODUCTS):
        held_short("Sản phẩm phải nộp", product, TITLE)


def _hour(text: str) -> str:
    match = _HOUR.fullmatch(text.strip().lower())
    if match is None:
        raise HourInvalid(text=text)
    return f"{int(match[1]):02d}h{match[2] or '00'}"


def _document(uow: UnitOfWork, new: NewDuty, *, today: date, now: datetime) -> Plan:
    """The công văn, as it is known or new; its years hold every day that it asks for."""
    key = dispatch_key(new.number, new.dated, new.assigned_by)
    year = new.due_on.year
    known = uow.plans.from_file(key)
    if known is not None:
        known.first_year, known.last_year = min(known.first_year, year), max(known.last_year, year)
        return known
    plan = Plan(
        title=_tidy(new.about or new.title),
        number=_tidy(new.number),
        issued_on=new.dated,
        first_year=year,
        last_year=year,
        stage=PlanStage.PUBLISHED,
        secretariat_id=uow.directory.secretariat().id,
        file_name="",
        file_sha256=key,
        imported_at=now,
        published_on=today,
        document_type=DISPATCH,
    )
    uow.plans.add(plan)
    return plan


@dataclass(frozen=True, slots=True)
class _Whom:
    """Who owes the duty, and who cooperates."""

    leads: Sequence[Addressee]
    helpers: Sequence[Addressee]


def _whom(uow: UnitOfWork, new: NewDuty) -> _Whom:
    leading = leads(uow, new.leads, new.due_on)
    return _Whom(leading, helpers(uow, new.cooperating, leading))


def _duty(uow: UnitOfWork, plan: Plan, new: NewDuty, hour: str | None, whom: _Whom) -> Duty:
    """The row as it was entered, and the duty of it with its one date."""
    title, products = _tidy(new.title), [_tidy(one) for one in new.products if one.strip()]
    position = len(uow.plans.rows(plan.id or 0))
    number = f"{position + 1}"
    row = PlanRow(
        plan_id=plan.id or 0,
        position=position,
        code=number,
        number=number,
        title=title,
        cells={
            "product": "\n".join(products),
            "time": f"Chậm nhất {hour + ' ' if hour else ''}ngày {short_date(new.due_on)}",
            "lead": "; ".join(one.name for one in whom.leads),
            "cooperating": "; ".join(one.name for one in whom.helpers),
        },
    )
    duty = Duty(
        plan_id=plan.id or 0,
        row_id=uow.plans.add_row(row),
        code=number,
        title=title,
        search_words=search_key(f"{number} {title} {plan.number}"),
        assigned_by=_tidy(new.assigned_by or "") or None,
    )
    duty_id = uow.obligations.add_duty(duty)
    rule = DeadlineRule(DeadlineKind.BY, bound=Bound.BY, fixed=(FixedDate(new.due_on, printed=True),), at=hour)
    part_id = uow.obligations.add_part(DutyPart(duty_id=duty_id, position=0, rule=rule.to_json()))
    wanted = [
        DutyDeliverable(duty_id=duty_id, part_id=part_id, position=place, title=one)
        for place, one in enumerate(products)
    ]
    uow.obligations.add_to_duty(
        [
            *wanted,
            *assigned(duty_id, whom.leads, Responsibility.LEAD, 0),
            *assigned(duty_id, whom.helpers, Responsibility.COOPERATING, len(whom.leads)),
        ]
    )
    return duty


def _aim_inside(uow: UnitOfWork, duty: Duty, day: date, today: date) -> None:
    """Let reminders aim at the hạn nội bộ; the first word about the duty goes out all the same."""
    planner = RungPlanner(uow)
    for one in uow.obligations.of_duty(duty.id or 0):
        one.internal_due_on = day
        uow.rungs.cancel(one.id or 0)
        one.due_version += 1
        planner.plan(one, uow.obligations.leads([one.id or 0])[one.id or 0], not_before=today, introduce=True)


def _months(first: date, last: date) -> int:
    """Months from a day that reach to another for certain: a duty of a far year is opened at once as well."""
    return (last.year - first.year) * 12 + last.month - first.month + 1


def _tidy(text: str) -> str:
    return " ".join(text.split())
