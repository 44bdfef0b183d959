"""Tin cho nhóm Zalo: the text for a group of units, to be copied, or posted into its chat by the secretariat."""

from typing import Annotated, Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from cchc_tasks.domain.access import Action, Scope, scope
from cchc_tasks.domain.dates_in_words import read_day
from cchc_tasks.domain.errors import (
    CchcError,
    ContactAddressInvalid,
    DateInvalid,
    GroupChannelShut,
    GroupOutOfHours,
    GroupPostedAlready,
    GroupTextChanged,
    GroupTextEmpty,
    GroupUnknown,
    GroupWithoutMembers,
)
from cchc_tasks.domain.group_text import fingerprint
from cchc_tasks.services.group_text import group_text, list_groups
from cchc_tasks.services.post_to_group import MOST, post_to_group, show_posting
from cchc_tasks.web.errors import status_of
from cchc_tasks.web.forms import Posted, posted
from cchc_tasks.web.pages import page
from cchc_tasks.web.session import App, SignedIn, Who

REFUSALS = (
    ContactAddressInvalid,
    GroupChannelShut,
    GroupOutOfHours,
    GroupPostedAlready,
    GroupTextChanged,
    GroupTextEmpty,
    GroupUnknown,
    GroupWithoutMembers,
)

router = APIRouter()


@router.get("/mau-thu/nhom")
def show_group(request: Request, app: App, who: Who) -> HTMLResponse:
    """The text for a group's chat; whoever may post it has a form for that below."""
    return _page(request, app, who, _asked(request, "nhom"), _asked(request, "ngay"))


@router.post("/mau-thu/nhom/gui")
def post(request: Request, app: App, who: Who, form: Annotated[Posted, Depends(posted)]) -> Response:
    """Hand today's text to the outbox, as it was looked at; a mistake comes back with what was typed."""
    code, typed = form.text("nhom")[:100], form.text("ma-nhom")
    try:
        number = post_to_group(
            app.database,
            code,
            typed,
            seen=form.text("da-xem"),
            base_url=app.settings.base_url,
            zone=ZoneInfo(app.settings.time_zone),
            actor=who.actor,
            now=app.clock.now(),
        )
    except REFUSALS as error:
        return _page(request, app, who, code, "", typed=typed, error=error)
    return RedirectResponse(f"/mau-thu/nhom?nhom={quote(code)}&da={number}", status_code=303)


def _page(
    request: Request, app: App, who: SignedIn, code: str, day: str, *, typed: str = "", error: CchcError | None = None
) -> HTMLResponse:
    wrongs: dict[str, str] = {"ma-nhom": str(error)} if error else {}
    made = None
    try:
        on = read_day(day) if day else app.today()
        if code:
            made = group_text(app.database, code, on=on, base_url=app.settings.base_url, actor=who.actor)
    except DateInvalid as wrong:
        wrongs["ngay"] = str(wrong)
    except (GroupUnknown, GroupWithoutMembers) as wrong:
        wrongs = {"nhom": str(wrong)}
    may_post = scope(who.actor, Action.POST_TO_GROUP) is not Scope.NOTHING
    done = _asked(request, "da")
    context: dict[str, Any] = {
        "done": done if done.isascii() and done.isdecimal() else "",
        "groups": list_groups(app.database, actor=who.actor),
        "code": code,
        "day": day,
        "made": made,
        "posting": show_posting(app.database, actor=who.actor, now=app.clock.now()) if may_post else None,
        "to_post": made.posted(MOST) if made else "",
        "fingerprint": fingerprint,
        "typed": typed,
        "wrongs": wrongs,
    }
    return page(request, "tin-nhom.html", status_of(error) if error else 422 if wrongs else 200, **context)


def _asked(request: Request, name: str) -> str:
    return request.query_params.get(name, "").strip()[:100]
