"""Mô phỏng: the messages of a plan's year before it is published, by day, by unit and one by one."""

from dataclasses import dataclass
from datetime import date

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from cchc_tasks.domain.dates_in_words import read_day
from cchc_tasks.domain.errors import CchcError, PlanUnknown
from cchc_tasks.domain.history_in_words import rung_in_words
from cchc_tasks.services.simulate import Simulated, Span, plans_to_simulate, simulate
from cchc_tasks.web.errors import status_of
from cchc_tasks.web.pages import page
from cchc_tasks.web.routes.unit_work import LARGEST
from cchc_tasks.web.session import App, Who

BUSIEST, QUIET, SHOWN = 8, 3, 60

router = APIRouter()


@dataclass(frozen=True, slots=True)
class Month:
    """One month of the picture: messages of each of its days, the highest bar of the year being 100."""

    first: date
    messages: int
    bars: tuple[tuple[int, int], ...]  # (day of the month, height)


@router.get("/mo-phong")
def show(request: Request, app: App, who: Who) -> HTMLResponse:
    """Choose a plan and a span; once chosen, what would go out."""
    typed = {
        name: request.query_params.get(name, "").strip() for name in ("ke-hoach", "tu", "den", "don-vi", "khong-nop")
    }
    plans = plans_to_simulate(app.database, actor=who.actor)
    today = app.today()
    found: Simulated | None = None
    wrong: str | None = None
    status = 200
    if typed["ke-hoach"]:
        try:
            found = simulate(app.database, _span(typed, today.year), today=today, actor=who.actor, now=app.clock.now())
        except CchcError as error:
            wrong, status = str(error), status_of(error)
    context = {
        "plans": plans,
        "typed": typed,
        "wrong": wrong,
        "seen": found.simulation if found else None,
        "units": found.units if found else {},
        "months": _months(found) if found else (),
        "quiet": found.simulation.quiet_spans(found.calendar)[:QUIET] if found else [],
        "busiest": BUSIEST,
        "shown": SHOWN,
        "rung_words": rung_in_words,
    }
    return page(request, "mo-phong.html", status, **context)


def _span(typed: dict[str, str], year: int) -> Span:
    number = typed["ke-hoach"]
    written = number.isascii() and number.isdigit() and len(number) <= 10
    plan_id = int(number) if written and int(number) <= LARGEST else None
    if plan_id is None and number != "tat-ca":
        raise PlanUnknown(plan=number)
    first = read_day(typed["tu"]) if typed["tu"] else date(year, 1, 1)
    last = read_day(typed["den"]) if typed["den"] else date(first.year, 12, 31)
    closely = (typed["don-vi"],) if typed["don-vi"] else ()
    return Span(first, last, plan_id, bool(typed["khong-nop"]), closely)


def _months(found: Simulated) -> tuple[Month, ...]:
    by_day = found.simulation.by_day()
    most = max(by_day.values(), default=1)
    months: dict[date, list[tuple[int, int]]] = {}
    for day, count in by_day.items():
        months.setdefault(day.replace(day=1), []).append((day.day, count))
    return tuple(
        Month(
            first,
            sum(count for _, count in days),
            tuple((day, max(2, round(count * 100 / most))) for day, count in days),
        )
        for first, days in months.items()
    )
