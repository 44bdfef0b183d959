"""Giao nhiệm vụ: a duty entered from a công văn, checked field by field, nothing typed lost."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from cchc_tasks.domain.dates_in_words import read_day, short_date
from cchc_tasks.domain.errors import CchcError, DateInvalid
from cchc_tasks.services.add_duty import NewDuty, add_duty
from cchc_tasks.services.show_added_duty import addressees, show_added_duty
from cchc_tasks.web.errors import status_of
from cchc_tasks.web.forms import Posted, posted
from cchc_tasks.web.pages import page
from cchc_tasks.web.session import App, SignedIn, Who

FIELDS = (
    "nhiem-vu",
    "so-van-ban",
    "ngay-van-ban",
    "trich-yeu",
    "cap-tren",
    "chu-tri",
    "phoi-hop",
    "san-pham",
    "han",
    "gio",
    "han-noi-bo",
)
# a refusal names its field by its code; whatever is not here stands above the form
FIELD_OF = {
    "duty-title-missing": "nhiem-vu",
    "duty-number-missing": "so-van-ban",
    "document-not-yet-issued": "ngay-van-ban",
    "lead-missing": "chu-tri",
    "unit-external": "chu-tri",
    "unit-not-working": "chu-tri",
    "unit-unknown": "chu-tri",
    "group-without-members": "chu-tri",
    "hour-invalid": "gio",
    "day-beyond-due": "han-noi-bo",
    "day-past": "han",
}
DAYS = {"ngay-van-ban": "Ngày văn bản", "han": "Hạn hoàn thành"}

router = APIRouter()


@router.get("/giao-nhiem-vu")
def show_form(request: Request, app: App, who: Who) -> HTMLResponse:
    """The empty form; after a duty was assigned the page says what was opened."""
    number = request.query_params.get("da-giao", "")
    asked = int(number) if number.isdecimal() and len(number) < 10 else None
    added = show_added_duty(app.database, asked, actor=who.actor) if asked is not None else None
    return _form(request, app, who, dict.fromkeys(FIELDS, ""), added=added)


@router.post("/giao-nhiem-vu")
def assign(request: Request, app: App, who: Who, form: Annotated[Posted, Depends(posted)]) -> Response:
    """Assign the duty, or show the form again with what is wrong beside each field."""
    typed = {name: form.text(name) for name in FIELDS}
    wrongs, days = _days(typed)
    status = 422
    if not wrongs:
        try:
            added = add_duty(
                app.database,
                _new(typed, days),
                actor=who.actor,
                today=app.today(),
                now=app.clock.now(),
            )
        except CchcError as error:
            wrongs, status = {_field(error, typed): str(error)}, status_of(error)
        else:
            return RedirectResponse(f"/giao-nhiem-vu?da-giao={added.duty_id}", status_code=303)
    return _form(request, app, who, typed, wrongs=wrongs, status=status)


def _days(typed: dict[str, str]) -> tuple[dict[str, str], dict[str, date]]:
    """What is wrong with the days that were typed, and those that are good."""
    wrongs: dict[str, str] = {}
    days: dict[str, date] = {}
    for name in ("ngay-van-ban", "han", "han-noi-bo"):
        if not typed[name]:
            if name in DAYS:
                wrongs[name] = f"Ghi {DAYS[name][0].lower()}{DAYS[name][1:]}."
            continue
        try:
            days[name] = read_day(typed[name])
        except DateInvalid as error:
            wrongs[name] = str(error)
    return wrongs, days


def _new(typed: dict[str, str], days: dict[str, date]) -> NewDuty:
    return NewDuty(
        title=typed["nhiem-vu"],
        number=typed["so-van-ban"],
        dated=days["ngay-van-ban"],
        leads=typed["chu-tri"].splitlines(),
        due_on=days["han"],
        assigned_by=typed["cap-tren"] or None,
        cooperating=typed["phoi-hop"].splitlines(),
        internal_due_on=days.get("han-noi-bo"),
        products=typed["san-pham"].splitlines(),
        hour=typed["gio"] or None,
        about=typed["trich-yeu"] or None,
    )


def _field(error: CchcError, typed: dict[str, str]) -> str:
    """The field that a refusal is about: an unknown unit or a past day may stand in either of two."""
    name = FIELD_OF.get(error.code, "nhiem-vu")
    leading = [line.strip() for line in typed["chu-tri"].splitlines()]
    if error.code == "unit-unknown" and error.facts["unit"] not in leading:
        return "phoi-hop"
    if error.code == "day-past" and typed["han-noi-bo"] and short_date(read_day(typed["han"])) != error.facts["day"]:
        return "han-noi-bo"
    return name


def _form(
    request: Request,
    app: App,
    who: SignedIn,
    typed: dict[str, str],
    *,
    wrongs: dict[str, str] | None = None,
    added: object = None,
    status: int = 200,
) -> HTMLResponse:
    return page(
        request,
        "giao-nhiem-vu.html",
        status,
        typed=typed,
        wrongs=wrongs or {},
        added=added,
        names=addressees(app.database, on=app.today(), actor=who.actor),
    )
