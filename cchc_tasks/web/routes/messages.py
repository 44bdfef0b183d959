"""Lời thư nhắc: the sentences of messages, and a preview with real work."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from cchc_tasks.domain.dates_in_words import read_day
from cchc_tasks.domain.errors import (
    CchcError,
    DateInvalid,
    SentenceBroken,
    SentenceEmpty,
    SentencePlaceUnknown,
    SentenceTooLong,
    UserUnknown,
)
from cchc_tasks.domain.message_words import LONGEST, PLACES
from cchc_tasks.ports import Message
from cchc_tasks.services.list_message_words import Words, list_message_words, show_message_words
from cchc_tasks.services.list_recipients import list_recipients
from cchc_tasks.services.preview_reminders import preview_reminders
from cchc_tasks.services.set_message_words import reset_message_words, set_message_words
from cchc_tasks.web.errors import status_of
from cchc_tasks.web.forms import Posted, posted
from cchc_tasks.web.pages import page
from cchc_tasks.web.routes.deliveries import message
from cchc_tasks.web.session import App, SignedIn, Who

router = APIRouter()


@router.get("/mau-thu")
def show_words(request: Request, app: App, who: Who) -> HTMLResponse:
    """Every sentence as it is used; after a deed the page says what has changed."""
    lines = list_message_words(app.database, actor=who.actor)
    kept, back = _asked(request, "dat"), _asked(request, "ve")
    done = next((one for one in lines if one.name == (kept or back)), None)
    return page(request, "loi-thu.html", lines=lines, done=done, back=bool(back))


@router.get("/mau-thu/loi/{name}")
def show_one(request: Request, app: App, who: Who, name: str) -> HTMLResponse:
    """One sentence to be changed."""
    return _form(request, show_message_words(app.database, name, actor=who.actor))


@router.post("/mau-thu/loi/{name}")
def change(request: Request, app: App, who: Who, name: str, form: Annotated[Posted, Depends(posted)]) -> Response:
    """Keep the office's words, or go back to ours; a mistake comes back with what was typed."""
    now = app.clock.now()
    if form.text("viec") == "mac-dinh":
        reset_message_words(app.database, name, actor=who.actor, now=now)
        return RedirectResponse(f"/mau-thu?ve={name}", status_code=303)
    try:
        set_message_words(app.database, name, form.text("loi"), actor=who.actor, now=now)
    except (SentenceEmpty, SentenceTooLong, SentenceBroken, SentencePlaceUnknown) as error:
        return _form(request, show_message_words(app.database, name, actor=who.actor), form.text("loi"), error)
    return RedirectResponse(f"/mau-thu?dat={name}", status_code=303)


@router.get("/mau-thu/xem")
def show_preview(request: Request, app: App, who: Who) -> HTMLResponse:
    """What one person would get on a day, with the work there is; before anybody is named, the form alone."""
    user, day = _asked(request, "nguoi"), _asked(request, "ngay")
    wrongs: dict[str, str] = {}
    messages: list[Message] = []
    on = app.today()
    try:
        on = read_day(day) if day else on
        messages = _preview(app, who, user, on) if user else []
    except DateInvalid as error:
        wrongs["ngay"] = str(error)
    except UserUnknown as error:
        wrongs["nguoi"] = str(error)
    context = {"user": user, "day": day, "for_day": on, "messages": messages, "wrongs": wrongs}
    people = list_recipients(app.database, actor=who.actor)
    return page(request, "xem-thu-thu.html", 422 if wrongs else 200, people=people, **context)


@router.get("/mau-thu/xem/thu")
def show_preview_html(request: Request, app: App, who: Who) -> Response:
    """The HTML part of one of these messages alone, for the frame."""
    number = _asked(request, "so")
    messages = _preview(app, who, _asked(request, "nguoi"), read_day(_asked(request, "ngay")))
    place = int(number) if number.isdecimal() and len(number) < 3 else 0
    return message(messages[place].html if place < len(messages) else "")


def _form(request: Request, words: Words, typed: str | None = None, error: CchcError | None = None) -> HTMLResponse:
    return page(
        request,
        "sua-loi-thu.html",
        status_of(error) if error else 200,
        words=words,
        typed=words.text if typed is None else typed,
        wrongs={"loi": str(error)} if error else {},
        places=PLACES,
        longest=LONGEST,
    )


def _preview(app: App, who: SignedIn, user: str, on: date) -> list[Message]:
    return preview_reminders(
        app.database,
        app.writer,
        on=on,
        horizon_months=app.settings.horizon_months,
        base_url=app.settings.base_url,
        actor=who.actor,
        now=app.clock.now(),
        user=user,
    )


def _asked(request: Request, name: str) -> str:
    return request.query_params.get(name, "").strip()[:100]
