"""Lịch: which days are worked, year by year, for everybody to read and for the office to change."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from cchc_tasks.domain.dates_in_words import read_day
from cchc_tasks.domain.errors import (
    CalendarSourceMissing,
    CchcError,
    DateInvalid,
    DayWorkedAnyway,
    FileTypeRefused,
    InputError,
    SpanInvalid,
    Unavailable,
    WordsTooLong,
)
from cchc_tasks.domain.lengths import NAME
from cchc_tasks.domain.office_calendar import DAY_KIND_IN_WORDS, UNIT_KIND_IN_WORDS, Holiday
from cchc_tasks.domain.vocabulary import DayKind, UnitKind
from cchc_tasks.services.add_break import NewBreak, add_break
from cchc_tasks.services.import_calendar import import_calendar
from cchc_tasks.services.propose_calendar import propose_calendar
from cchc_tasks.services.remove_break import remove_break
from cchc_tasks.services.remove_calendar_day import remove_calendar_day
from cchc_tasks.services.set_calendar_day import set_calendar_day
from cchc_tasks.services.show_calendar import CalendarYear, show_calendar
from cchc_tasks.web.errors import status_of
from cchc_tasks.web.forms import Posted, posted
from cchc_tasks.web.pages import page
from cchc_tasks.web.session import App, Who
from cchc_tasks.web.uploads import Upload

DAY_FIELDS = ("ngay", "loai", "ten", "van-ban", "du-kien")
BREAK_FIELDS = ("dot-loai", "dot-tu", "dot-den", "dot-ten", "dot-van-ban")
TABLES = frozenset({".csv", ".xlsx", ".xls"})
DONE = {  # what an address says was done: the message's title
    "ghi": "Đã ghi vào lịch",
    "bo": "Đã bỏ khỏi lịch",
    "dot-nghi": "Đã ghi đợt nghỉ",
    "bo-dot-nghi": "Đã bỏ đợt nghỉ",
    "khong-doi": "Lịch đã có đủ những ngày này, không có gì thay đổi",
}
Form = Annotated[Posted, Depends(posted)]

router = APIRouter()


@router.get("/lich")
def show(request: Request, app: App, who: Who) -> HTMLResponse:
    """One year; a day named in the address stands ready in the form to be changed."""
    seen = show_calendar(app.database, _year(request.query_params.get("nam", ""), app.today()), actor=who.actor)
    named = next((one for one in seen.days if one.day.isoformat() == request.query_params.get("ngay")), None)
    return _page(request, seen, _typed(named) if named else {})


@router.post("/lich/ngay")
def set_day(request: Request, app: App, who: Who, form: Form) -> Response:
    """Write a day down, in place of what stood there."""
    typed = {name: form.text(name) for name in DAY_FIELDS}
    kind = DayKind.WORKED if typed["loai"] == DayKind.WORKED else DayKind.OFF
    try:
        day = read_day(typed["ngay"])
        wanted = Holiday(day, kind, typed["ten"], typed["van-ban"], decided=not typed["du-kien"])
        moved = set_calendar_day(app.database, wanted, actor=who.actor, on=app.today(), now=app.clock.now())
    except (DateInvalid, DayWorkedAnyway) as error:
        return _refused(request, app, who, form, typed=typed, wrongs={"ngay": error})
    except (CalendarSourceMissing, WordsTooLong) as error:
        return _refused(request, app, who, form, typed=typed, wrongs={_wrong_of(typed["ten"], "ten", "van-ban"): error})
    return _done("ghi", day.year, moved)


@router.post("/lich/bo-ngay")
def drop_day(app: App, who: Who, form: Form) -> Response:
    """Take a day off the calendar."""
    day = read_day(form.text("ngay"))
    moved = remove_calendar_day(app.database, day, actor=who.actor, on=app.today(), now=app.clock.now())
    return _done("bo", day.year, moved)


@router.post("/lich/nhap")
def bring_in(request: Request, app: App, who: Who, form: Form) -> Response:
    """Take the days of a file in; one that cannot be read changes nothing."""
    try:
        file = _table(form)
        done = import_calendar(
            app.database, app.calendar_reader(), file.path, actor=who.actor, on=app.today(), now=app.clock.now()
        )
    except (InputError, Unavailable) as error:
        return _refused(request, app, who, form, typed={}, wrongs={"tep": error})
    return _done("ghi" if done.days else "khong-doi", _shown_year(form, app), done.replanned)


@router.post("/lich/de-xuat")
def propose(app: App, who: Who, form: Form) -> Response:
    """Add the days that a year is expected to have."""
    year = _shown_year(form, app)
    done = propose_calendar(
        app.database, app.public_holidays(), year, actor=who.actor, on=app.today(), now=app.clock.now()
    )
    return _done("ghi" if done.days else "khong-doi", year, done.replanned)


@router.post("/lich/dot-nghi")
def enter_break(request: Request, app: App, who: Who, form: Form) -> Response:
    """Enter a break of a kind of units."""
    typed = {name: form.text(name) for name in BREAK_FIELDS}
    days: dict[str, date] = {}
    wrongs: dict[str, CchcError] = {}
    for name in ("dot-tu", "dot-den"):
        try:
            days[name] = read_day(typed[name])
        except DateInvalid as error:
            wrongs[name] = error
    if wrongs:
        return _refused(request, app, who, form, typed=typed, wrongs=wrongs)
    kind = next((one for one in UNIT_KIND_IN_WORDS if one == typed["dot-loai"]), UnitKind.SUBORDINATE)
    wanted = NewBreak(kind, days["dot-tu"], days["dot-den"], typed["dot-ten"], typed["dot-van-ban"])
    try:
        _, moved = add_break(app.database, wanted, actor=who.actor, on=app.today(), now=app.clock.now())
    except SpanInvalid as error:
        return _refused(request, app, who, form, typed=typed, wrongs={"dot-den": error})
    except (CalendarSourceMissing, WordsTooLong) as error:
        field = _wrong_of(typed["dot-ten"], "dot-ten", "dot-van-ban")
        return _refused(request, app, who, form, typed=typed, wrongs={field: error})
    return _done("dot-nghi", wanted.first.year, moved)


@router.post("/lich/bo-dot-nghi")
def drop_break(app: App, who: Who, form: Form) -> Response:
    """Take a break off the calendar."""
    text = form.text("so")
    number = int(text) if text.isdecimal() and len(text) < 10 else 0
    moved = remove_break(app.database, number, actor=who.actor, on=app.today(), now=app.clock.now())
    return _done("bo-dot-nghi", _shown_year(form, app), moved)


def _wrong_of(name: str, name_field: str, document_field: str) -> str:
    """Which of the two is at fault: the name where it is missing or too long, else the document."""
    return name_field if not 0 < len(name) <= NAME else document_field


def _table(form: Posted) -> Upload:
    """The file to take in; raises FileTypeRefused for one that is no table, or none at all."""
    file = next(iter(form.files("tep")), None)
    if file is None or file.path.suffix.lower() not in TABLES:
        reason = "đây không phải là bảng" if file else "chưa chọn tệp"
        raise FileTypeRefused(path=file.name if file else "", reason=reason, taken="Excel (xlsx, xls) và csv")
    return file


def _refused(
    request: Request, app: App, who: Who, form: Posted, *, typed: Mapping[str, str], wrongs: Mapping[str, CchcError]
) -> HTMLResponse:
    seen = show_calendar(app.database, _shown_year(form, app), actor=who.actor)
    status = status_of(next(iter(wrongs.values())))
    return _page(request, seen, typed, {name: str(error) for name, error in wrongs.items()}, status)


def _page(
    request: Request,
    seen: CalendarYear,
    typed: Mapping[str, str],
    wrongs: Mapping[str, str] | None = None,
    status: int = 200,
) -> HTMLResponse:
    moved = request.query_params.get("so", "")
    context: dict[str, Any] = {
        "seen": seen,
        "typed": dict.fromkeys((*DAY_FIELDS, *BREAK_FIELDS), "") | dict(typed),
        "wrongs": dict(wrongs or {}),
        "done": DONE.get(request.query_params.get("da", "")),
        "moved": int(moved) if moved.isdecimal() and len(moved) < 10 else 0,
        "day_kinds": DAY_KIND_IN_WORDS,
        "unit_kinds": UNIT_KIND_IN_WORDS,
    }
    return page(request, "lich.html", status, **context)


def _typed(one: Holiday) -> dict[str, str]:
    day = one.day.strftime("%d/%m/%Y")
    undecided = "" if one.decided else "1"
    return dict(zip(DAY_FIELDS, (day, one.kind.value, one.name, one.document, undecided), strict=True))


def _done(what: str, year: int, moved: int) -> RedirectResponse:
    return RedirectResponse(f"/lich?{urlencode({'nam': year, 'da': what, 'so': moved})}", status_code=303)


def _shown_year(form: Posted, app: App) -> int:
    return _year(form.text("nam"), app.today())


def _year(text: str, today: date) -> int:
    return int(text) if text.isdecimal() and len(text) == 4 and 2000 <= int(text) <= 2100 else today.year
