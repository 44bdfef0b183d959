"""Việc của đơn vị and Việc của tôi, and saying of several new jobs at once that they were seen."""

from typing import Annotated
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from cchc_tasks.services.acknowledge_several import acknowledge_several
from cchc_tasks.services.unit_work import unit_work
from cchc_tasks.web.forms import Posted, posted
from cchc_tasks.web.pages import page
from cchc_tasks.web.session import App, SignedIn, Who

LARGEST = 2_147_483_647
LISTS = ("/viec-cua-don-vi", "/viec-cua-toi")

router = APIRouter()


@router.get("/viec-cua-don-vi")
def show_unit_work(
    request: Request,
    app: App,
    who: Who,
    unit: Annotated[str | None, Query(alias="don-vi")] = None,
    acknowledged: Annotated[int | None, Query(alias="da-tiep-nhan")] = None,
) -> HTMLResponse:
    """The unit's work; the office may ask for another unit's by its code."""
    return _list(request, app, who, unit=unit, acknowledged=acknowledged)


@router.get("/viec-cua-toi")
def show_own_work(
    request: Request,
    app: App,
    who: Who,
    acknowledged: Annotated[int | None, Query(alias="da-tiep-nhan")] = None,
) -> HTMLResponse:
    """Of the unit's work what the signed-in person is reminded of or handed in."""
    return _list(request, app, who, person_id=who.person_id, acknowledged=acknowledged)


@router.post("/viec-cua-don-vi/tiep-nhan")
def acknowledge_new_work(app: App, who: Who, form: Annotated[Posted, Depends(posted)]) -> RedirectResponse:
    """Acknowledge the jobs that the form names."""
    ids = [int(one) for one in form.all("viec") if one.isdecimal() and len(one) <= 10 and int(one) <= LARGEST]
    count = acknowledge_several(app.database, ids, actor=who.actor, now=app.clock.now())
    back = form.text("ve") if form.text("ve") in LISTS else LISTS[0]
    return RedirectResponse(f"{back}?da-tiep-nhan={count}", status_code=303)


def _list(
    request: Request,
    app: App,
    who: SignedIn,
    *,
    unit: str | None = None,
    person_id: int | None = None,
    acknowledged: int | None,
) -> HTMLResponse:
    seen = unit_work(
        app.database,
        on=app.today(),
        zone=ZoneInfo(app.settings.time_zone),
        answer_working_days=app.settings.answer_working_days,
        actor=who.actor,
        unit=unit,
        person_id=person_id,
    )
    return page(request, "viec-cua-don-vi.html", seen=seen, acknowledged=acknowledged)
