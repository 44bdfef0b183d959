"""Danh bạ: units with their people, groups, changes to come, and the three deeds that change a unit by document."""

from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from cchc_tasks.domain.access import ROLE_IN_WORDS
from cchc_tasks.domain.dates_in_words import read_day
from cchc_tasks.domain.directory import KIND_IN_WORDS
from cchc_tasks.domain.directory_changes import change_in_words
from cchc_tasks.domain.errors import (
    CchcError,
    CloseReasonMissing,
    DateInvalid,
    DirectoryDayTooEarly,
    DocumentNumberMissing,
    LinesTooMany,
    NewNameMissing,
    UnitClosed,
    UnitClosingAlready,
    UnitMergedIntoExternal,
    UnitMergedIntoItself,
    UnitNameTaken,
    UnitNeeded,
    UnitUnknown,
    WordsTooLong,
)
from cchc_tasks.domain.lengths import held_few
from cchc_tasks.domain.reading.units import unit_key
from cchc_tasks.domain.vocabulary import DirectoryDeed
from cchc_tasks.services.directory_checking import WantedChange
from cchc_tasks.services.directory_list import UnitLine, list_directory
from cchc_tasks.services.directory_record import Recorded, preview_change, record_change
from cchc_tasks.services.directory_take_back import take_back_change
from cchc_tasks.web.errors import status_of
from cchc_tasks.web.forms import Posted, posted
from cchc_tasks.web.pages import page
from cchc_tasks.web.routes.obligation import Number
from cchc_tasks.web.session import App, SignedIn, Who


class Slug(StrEnum):
    """The words of the address."""

    RENAME = "doi-ten"
    MERGE = "sap-nhap"
    CLOSE = "ngung-hoat-dong"


# What each page asks, and the words of the button that leads there.
DEEDS: dict[Slug, tuple[DirectoryDeed, str, str]] = {
    Slug.RENAME: (DirectoryDeed.RENAME, "Đơn vị nào đổi tên?", "Đổi tên"),
    Slug.MERGE: (DirectoryDeed.MERGE, "Đơn vị nào sáp nhập vào đơn vị nào?", "Sáp nhập"),
    Slug.CLOSE: (DirectoryDeed.CLOSE, "Đơn vị nào ngừng hoạt động?", "Ngừng hoạt động"),
}
TOLD = {
    "hieu-luc": "Thay đổi đã có hiệu lực. Mốc nhắc của các việc liên quan đã được lập lại.",
    "cho": "Thay đổi đã được ghi nhận và tự có hiệu lực vào ngày đã chọn.",
    "huy": "Thay đổi đã được hủy.",
}
FIELD_OF: dict[type[CchcError], str] = {
    UnitUnknown: "don-vi",
    UnitClosed: "don-vi",
    UnitClosingAlready: "don-vi",
    UnitNeeded: "don-vi",
    UnitMergedIntoItself: "vao",
    UnitMergedIntoExternal: "vao",
    NewNameMissing: "ten",
    UnitNameTaken: "ten",
    CloseReasonMissing: "ly-do",
    DateInvalid: "ngay",
    DirectoryDayTooEarly: "ngay",
    DocumentNumberMissing: "so",
    LinesTooMany: "don-vi",
    WordsTooLong: "so",
}
MOST_SHOWN = 200  # units of a kind; beyond it one looks for them by name

router = APIRouter()


@router.get("/danh-ba")
def show_directory(request: Request, app: App, who: Who) -> HTMLResponse:
    """The directory on a day; a day that does not exist is left out, and said."""
    asked, unknown = request.query_params.get("ngay", "").strip(), ""
    day = app.today()
    if asked:
        try:
            day = read_day(asked)
        except DateInvalid:
            unknown = asked
    text = request.query_params.get("tim", "").strip()[:200]
    context: dict[str, Any] = {
        "seen": list_directory(app.database, on=day, actor=who.actor, text=text),
        "text": text,
        "unknown": unknown,
        "told": TOLD.get(request.query_params.get("da", "")),
        "kinds": KIND_IN_WORDS,
        "roles": ROLE_IN_WORDS,
        "deeds": DEEDS,
        "change_words": change_in_words,
        "most": MOST_SHOWN,
    }
    return page(request, "danh-ba.html", **context)


@router.get("/danh-ba/thay-doi/{slug}")
def ask(request: Request, app: App, who: Who, slug: Slug) -> HTMLResponse:
    """The form of a deed."""
    return _form(request, slug, Posted(), _units(app, who))


@router.post("/danh-ba/thay-doi/{slug}")
def change(request: Request, app: App, who: Who, slug: Slug, form: Annotated[Posted, Depends(posted)]) -> Response:
    """Show what a change would move, or record it once that was seen; a mistake comes back with what was typed."""
    units, deed = _units(app, who), form.text("viec")
    if deed == "sua":
        return _form(request, slug, form, units)
    today, now = app.today(), app.clock.now()
    try:
        wanted = _wanted(slug, form, units)
        if deed != "ghi":
            told = preview_change(app.database, wanted, today=today, actor=who.actor, now=now)
            return _form(request, slug, form, units, told=told)
        recorded = record_change(app.database, wanted, today=today, actor=who.actor, now=now)
    except tuple(FIELD_OF) as error:
        wrongs = {_field(error, form): str(error)}
        return _form(request, slug, form, units, wrongs, status=status_of(error))
    applied = all(one.applied for one in recorded)
    return RedirectResponse(f"/danh-ba?da={'hieu-luc' if applied else 'cho'}", status_code=303)


@router.post("/danh-ba/huy/{change_id}")
def take_back(app: App, who: Who, change_id: Number, form: Annotated[Posted, Depends(posted)]) -> RedirectResponse:
    """Take a change back before its day."""
    take_back_change(app.database, change_id, actor=who.actor, now=app.clock.now())
    return RedirectResponse("/danh-ba?da=huy", status_code=303)


def _field(error: CchcError, form: Posted) -> str:
    """Beside which field a refusal is shown: of two units that are chosen the one it names."""
    of_successor = isinstance(error, UnitUnknown) and error.facts.get("unit") == form.text("vao")
    return "vao" if of_successor else FIELD_OF[type(error)]


def _units(app: App, who: SignedIn) -> Sequence[UnitLine]:
    return list_directory(app.database, on=app.today(), actor=who.actor).units


def _wanted(slug: Slug, form: Posted, units: Sequence[UnitLine]) -> WantedChange:
    """What the form asks for; raises DateInvalid, LinesTooMany."""
    lines = [line.strip() for line in form.text("don-vi").replace(";", "\n").splitlines()]
    called = held_few("Đơn vị", [*dict.fromkeys(filter(None, lines))])
    code_of = _codes(units)
    return WantedChange(
        deed=DEEDS[slug][0],
        units=tuple(code_of(one) for one in called) or ("",),
        on=read_day(form.text("ngay")),
        number=" ".join(form.text("so").split()),
        name=" ".join(form.text("ten").split()),
        into=code_of(form.text("vao")),
        why=" ".join(form.text("ly-do").split()),
    )


def _codes(units: Sequence[UnitLine]) -> Callable[[str], str]:
    """Gives the code of the unit that a line calls by its code or a name; the line itself where none is meant."""
    codes = {one.code for one in units}
    by_key: dict[str, str] = {}
    for one in units:
        for name in (one.code, one.name, *one.other_names):
            by_key.setdefault(unit_key(name), one.code)
    return lambda called: called if called in codes else by_key.get(unit_key(called), called)


def _form(
    request: Request,
    slug: Slug,
    form: Posted,
    units: Sequence[UnitLine],
    wrongs: dict[str, str] | None = None,
    *,
    told: Sequence[Recorded] = (),
    status: int = 200,
) -> HTMLResponse:
    deed, question, words = DEEDS[slug]
    context: dict[str, Any] = {
        "slug": slug,
        "deed": deed,
        "question": question,
        "words": words,
        "units": units,
        "typed": {name: form.text(name) for name in ("don-vi", "vao", "ten", "ngay", "so", "ly-do")},
        "wrongs": wrongs or {},
        "told": told,
    }
    return page(request, "danh-ba-thay-doi.html", status, **context)
