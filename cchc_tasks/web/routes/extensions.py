"""Gia hạn: a unit asks for a later day on a page of its own, the secretariat decides on another."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from cchc_tasks.domain.access import Action
from cchc_tasks.domain.dates_in_words import read_day, short_date
from cchc_tasks.domain.errors import (
    CchcError,
    DateInvalid,
    DocumentNumberMissing,
    ExtensionAskedAlready,
    ExtensionDecided,
    ExtensionReasonMissing,
    ExtensionTooEarly,
    NoRight,
    SuperiorNumberMissing,
    WordsTooLong,
)
from cchc_tasks.domain.extensions import STATE_IN_WORDS, earliest_askable
from cchc_tasks.services.ask_extension import ask_extension, due_day_to_extend
from cchc_tasks.services.decide_extension import Grant, grant_extension, refuse_extension
from cchc_tasks.services.extension_queue import ExtensionQueue, extension_queue
from cchc_tasks.web.errors import status_of
from cchc_tasks.web.forms import Posted, posted
from cchc_tasks.web.pages import page
from cchc_tasks.web.routes.obligation import Number, seen_obligation
from cchc_tasks.web.session import App, SignedIn, Who

FIELD_OF: dict[type[CchcError], str] = {
    DateInvalid: "den",
    ExtensionTooEarly: "den",
    DocumentNumberMissing: "so",
    SuperiorNumberMissing: "cap-tren",
    ExtensionReasonMissing: "ly-do",
    WordsTooLong: "ly-do",
}
_OF_A_FIELD = tuple(FIELD_OF)

router = APIRouter()


@router.get("/nhiem-vu/{obligation_id}/gia-han")
def show_form(request: Request, app: App, who: Who, obligation_id: Number) -> HTMLResponse:
    """The form of a request; refused where no later day can be asked for."""
    return _form(request, app, who, obligation_id)


@router.post("/nhiem-vu/{obligation_id}/gia-han")
def ask(
    request: Request, app: App, who: Who, obligation_id: Number, form: Annotated[Posted, Depends(posted)]
) -> Response:
    """Ask for a later day and go back to the obligation's page; a mistake comes back with what was typed."""
    try:
        ask_extension(
            app.database,
            obligation_id,
            until=read_day(form.text("den")),
            why=form.text("ly-do"),
            actor=who.actor,
            today=app.today(),
            now=app.clock.now(),
        )
    except _OF_A_FIELD as error:
        return _form(request, app, who, obligation_id, form=form, error=error)
    return RedirectResponse(f"/nhiem-vu/{obligation_id}?da-xin-gia-han#gia-han", status_code=303)


@router.get("/gia-han")
def show_queue(request: Request, app: App, who: Who) -> HTMLResponse:
    """The queue, with the request that has waited longest."""
    return _queue(request, _seen(request, app, who, None))


@router.get("/gia-han/{extension_id}")
def show_one(request: Request, app: App, who: Who, extension_id: Number) -> HTMLResponse:
    """One request; where it was decided meanwhile, the page says how."""
    return _queue(request, _seen(request, app, who, extension_id))


@router.post("/gia-han/{extension_id}")
def decide(
    request: Request, app: App, who: Who, extension_id: Number, form: Annotated[Posted, Depends(posted)]
) -> Response:
    """Record the decision and lead to the next request; a mistake comes back with what was typed."""
    before = _seen(request, app, who, extension_id)
    try:
        _decide(app, who, extension_id, form)
    except ExtensionDecided as error:  # another was faster, or the unit handed in: show how it stands now
        return _queue(request, _seen(request, app, who, extension_id), form, {"": str(error)}, status_of(error))
    except _OF_A_FIELD as error:
        return _queue(request, before, form, {_field(error): str(error)}, status_of(error))
    return RedirectResponse(f"/gia-han?da={extension_id}", status_code=303)


def _decide(app: App, who: SignedIn, extension_id: int, form: Posted) -> None:
    now = app.clock.now()
    if form.text("viec") == "khong-dong-y":
        refuse_extension(app.database, extension_id, why=form.text("ly-do"), actor=who.actor, now=now)
        return
    until = read_day(form.text("den")) if form.text("den") else None
    grant = Grant(form.text("so"), until, form.text("cap-tren"))
    grant_extension(app.database, extension_id, grant, actor=who.actor, today=app.today(), now=now)


def _form(
    request: Request,
    app: App,
    who: SignedIn,
    obligation_id: int,
    *,
    form: Posted | None = None,
    error: CchcError | None = None,
) -> HTMLResponse:
    seen = seen_obligation(app, who, obligation_id)
    if not seen.may.ask_extension:
        raise NoRight(user=who.actor.user, action=Action.ASK_EXTENSION.value)
    due_on = due_day_to_extend(seen.obligation)
    if not seen.may_ask_extension:
        raise ExtensionAskedAlready(obligation=obligation_id)
    return page(
        request,
        "xin-gia-han.html",
        status_of(error) if error else 200,
        seen=seen,
        earliest=earliest_askable(due_on, app.today()),
        wrongs={_field(error): str(error)} if error else {},
        until=form.text("den") if form else "",
        reason=form.text("ly-do") if form else "",
    )


def _seen(request: Request, app: App, who: SignedIn, extension_id: int | None) -> ExtensionQueue:
    number = request.query_params.get("da", "")
    decided = int(number) if number.isdecimal() and len(number) < 10 else None
    return extension_queue(app.database, extension_id, decided=decided, actor=who.actor)


def _queue(
    request: Request,
    seen: ExtensionQueue,
    form: Posted | None = None,
    wrongs: dict[str, str] | None = None,
    status: int = 200,
) -> HTMLResponse:
    asked_until = short_date(seen.looked.asked_until) if seen.looked else ""
    return page(
        request,
        "gia-han.html",
        status,
        seen=seen,
        state_words=STATE_IN_WORDS,
        wrongs=wrongs or {},
        until=form.text("den") if form else asked_until,
        number=form.text("so") if form else "",
        superior=form.text("cap-tren") if form else "",
        reason=form.text("ly-do") if form else "",
    )


def _field(error: CchcError) -> str:
    return FIELD_OF[type(error)]
