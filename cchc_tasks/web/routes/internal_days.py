"""Hạn nội bộ: choose what of a plan is meant, see what would change, and set or clear the day."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from cchc_tasks.domain.dates_in_words import read_day
from cchc_tasks.domain.errors import CchcError, DateInvalid, InternalDayPast
from cchc_tasks.domain.vocabulary import Frequency
from cchc_tasks.services.preview_internal_day import InternalDays, plans_in_force, preview_internal_day
from cchc_tasks.services.set_internal_day import set_internal_day
from cchc_tasks.store.internal_days import Chosen
from cchc_tasks.web.errors import status_of
from cchc_tasks.web.forms import Posted, posted
from cchc_tasks.web.pages import page
from cchc_tasks.web.routes.unit_work import LARGEST
from cchc_tasks.web.session import App, SignedIn, Who

FREQUENCIES = {
    Frequency.YEARLY: "Năm, một lần",
    Frequency.HALF_YEARLY: "6 tháng",
    Frequency.QUARTERLY: "Quý",
    Frequency.MONTHLY: "Tháng",
    Frequency.BIWEEKLY: "Hai tuần",
    Frequency.WEEKLY: "Tuần",
    Frequency.DAILY: "Ngày",
}
SHOWN = 200
FIELDS = ("ke-hoach", "tan-suat", "tu", "den", "ngay", "bo")
DAYS = ("tu", "den", "ngay")

router = APIRouter()


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the page was asked: the fields as typed, and as understood (`wrongs` names those that were not)."""

    typed: dict[str, str]
    chosen: Chosen
    on: date | None
    wrongs: dict[str, str]

    @property
    def clear(self) -> bool:
        """Whether the internal days are to go."""
        return bool(self.typed["bo"])

    @property
    def complete(self) -> bool:
        """Whether it can be said what would change."""
        return not self.wrongs and self.chosen.plan_id is not None and (self.clear or self.on is not None)


@router.get("/han-noi-bo")
def show(request: Request, app: App, who: Who) -> HTMLResponse:
    """The choice and, once it is complete, what would change."""
    return _page(request, app, who, _asked({name: request.query_params.get(name, "") for name in FIELDS}))


@router.post("/han-noi-bo")
def set_days(request: Request, app: App, who: Who, form: Annotated[Posted, Depends(posted)]) -> Response:
    """Set or clear the day for what was shown, and say how many have changed."""
    asked = _asked({name: form.text(name) for name in FIELDS})
    if not asked.complete:
        return _page(request, app, who, asked, DateInvalid(text=asked.typed["ngay"]))
    try:
        done = set_internal_day(
            app.database,
            asked.chosen,
            None if asked.clear else asked.on,
            actor=who.actor,
            today=app.today(),
            now=app.clock.now(),
        )
    except InternalDayPast as error:
        return _page(request, app, who, asked, error)
    back = {"ke-hoach": asked.typed["ke-hoach"], "da-doi": len(done.changed), "giu-nguyen": len(done.left_out)}
    return RedirectResponse(f"/han-noi-bo?{urlencode(back)}", status_code=303)


def _asked(typed: dict[str, str]) -> _Asked:
    """The fields read; a plan or frequency that does not exist counts as not chosen."""
    days: dict[str, date | None] = dict.fromkeys(DAYS)
    wrongs = {}
    for name in DAYS:
        try:
            days[name] = read_day(typed[name]) if typed[name] else None
        except DateInvalid as error:
            wrongs[name] = str(error)
    plan = typed["ke-hoach"]
    plan_id = int(plan) if plan.isdecimal() and len(plan) < 10 and 0 < int(plan) <= LARGEST else None
    frequency = Frequency(typed["tan-suat"]) if typed["tan-suat"] in FREQUENCIES else None
    return _Asked(typed, Chosen((), plan_id, frequency, days["tu"], days["den"]), days["ngay"], wrongs)


def _page(request: Request, app: App, who: SignedIn, asked: _Asked, error: CchcError | None = None) -> HTMLResponse:
    wrongs = dict(asked.wrongs)
    if error is not None:
        wrongs.setdefault("ngay", str(error))
    seen: InternalDays | None = None
    if asked.complete and error is None:
        try:
            on = None if asked.clear else asked.on
            seen = preview_internal_day(app.database, asked.chosen, on, actor=who.actor, today=app.today())
        except InternalDayPast as past:
            wrongs["ngay"] = str(past)
    return page(
        request,
        "han-noi-bo.html",
        status_of(error) if error else 200,
        plans=plans_in_force(app.database, actor=who.actor),
        frequencies=FREQUENCIES,
        asked=asked,
        seen=seen,
        shown=SHOWN,
        wrongs=wrongs,
        changed=_count(request, "da-doi"),
        kept=_count(request, "giu-nguyen"),
    )


def _count(request: Request, name: str) -> int | None:
    text = request.query_params.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 10 else None
