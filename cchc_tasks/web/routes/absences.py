"""Tạm vắng: who is away now and later, who hears in their place, and recording it."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from cchc_tasks.domain.dates_in_words import read_day
from cchc_tasks.domain.errors import (
    AbsenceOverlaps,
    AbsencePast,
    CchcError,
    DateInvalid,
    SpanInvalid,
    StandInUnsuitable,
    UserUnknown,
)
from cchc_tasks.services.add_absence import NewAbsence, add_absence
from cchc_tasks.services.end_absence import end_absence
from cchc_tasks.services.list_absences import list_absences
from cchc_tasks.web.errors import status_of
from cchc_tasks.web.forms import Posted, posted
from cchc_tasks.web.pages import page
from cchc_tasks.web.routes.obligation import Number
from cchc_tasks.web.session import App, Who

FIELDS = ("nguoi", "tu", "den", "thay")
FIELD_OF: dict[type[CchcError], str] = {
    AbsenceOverlaps: "tu",
    AbsencePast: "den",
    SpanInvalid: "den",
    StandInUnsuitable: "thay",
}

router = APIRouter()


@router.get("/tam-vang")
def show(request: Request, app: App, who: Who) -> HTMLResponse:
    """The absences that are not over; after a deed the page says what was done."""
    return _page(request, app, who, {})


@router.post("/tam-vang")
def record(request: Request, app: App, who: Who, form: Annotated[Posted, Depends(posted)]) -> Response:
    """Record an absence; a mistake comes back with what was typed."""
    typed = {name: form.text(name) for name in FIELDS}
    days: dict[str, date] = {}
    wrongs: dict[str, CchcError] = {}
    for name in ("tu", "den"):
        try:
            days[name] = read_day(typed[name])
        except DateInvalid as error:
            wrongs[name] = error
    if wrongs:
        return _page(request, app, who, typed, wrongs)
    wanted = NewAbsence(typed["nguoi"], days["tu"], days["den"], typed["thay"] or None)
    try:
        done = add_absence(app.database, wanted, actor=who.actor, on=app.today(), now=app.clock.now())
    except (AbsenceOverlaps, AbsencePast, SpanInvalid, StandInUnsuitable) as error:
        return _page(request, app, who, typed, {FIELD_OF[type(error)]: error})
    except UserUnknown as error:
        field = "thay" if error.facts["user"] == typed["thay"] else "nguoi"
        return _page(request, app, who, typed, {field: error})
    return RedirectResponse(f"/tam-vang?da-ghi={done.number}", status_code=303)


@router.post("/tam-vang/{number}/ket-thuc")
def end(app: App, who: Who, number: Number, _form: Annotated[Posted, Depends(posted)]) -> RedirectResponse:
    """Let a person be written to again from today on."""
    end_absence(app.database, number, actor=who.actor, on=app.today(), now=app.clock.now())
    return RedirectResponse("/tam-vang?da-ket-thuc=1", status_code=303)


def _page(
    request: Request, app: App, who: Who, typed: Mapping[str, str], wrongs: Mapping[str, CchcError] | None = None
) -> HTMLResponse:
    seen = list_absences(app.database, actor=who.actor, on=app.today())
    number = request.query_params.get("da-ghi")
    context: dict[str, Any] = {
        "seen": seen,
        "away": [one for one in seen.lines if one.first_on <= app.today()],
        "recorded": next((one for one in seen.lines if str(one.number) == number), None),
        "ended": "da-ket-thuc" in request.query_params,
        "typed": dict.fromkeys(FIELDS, "") | dict(typed),
        "wrongs": {name: str(error) for name, error in (wrongs or {}).items()},
    }
    status = status_of(next(iter(wrongs.values()))) if wrongs else 200
    return page(request, "tam-vang.html", status, **context)
