"""Đôn đốc: what is long late, one decision for many of them, and the công văn to be signed."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from cchc_tasks.domain.errors import (
    CchcError,
    DeclineReasonMissing,
    FollowUpDecided,
    FollowUpNothingChosen,
    FollowUpSettled,
    FollowUpUnknown,
    FollowUpWayMissing,
    NoLeader,
    WordsTooLong,
)
from cchc_tasks.services.decide_follow_ups import decline_follow_ups, release_follow_ups
from cchc_tasks.services.follow_up_letter import follow_up_letter
from cchc_tasks.services.follow_up_queue import follow_up_queue
from cchc_tasks.web.errors import status_of
from cchc_tasks.web.forms import Posted, posted
from cchc_tasks.web.pages import page
from cchc_tasks.web.routes.obligation import Number
from cchc_tasks.web.routes.unit_work import LARGEST
from cchc_tasks.web.session import App, SignedIn, Who

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# What each button of the form does: to the leaders, as a letter.
WAYS = {"lanh-dao": (True, False), "cong-van": (False, True), "ca-hai": (True, True)}
DECLINE = "khong"
TOLD = (
    FollowUpNothingChosen,
    FollowUpWayMissing,
    DeclineReasonMissing,
    NoLeader,
    FollowUpDecided,
    FollowUpSettled,
    FollowUpUnknown,
    WordsTooLong,
)

router = APIRouter()


@router.get("/don-doc")
def show_queue(request: Request, app: App, who: Who) -> HTMLResponse:
    """What waits for a decision; `chon=tat-ca` comes with all of it chosen."""
    seen = follow_up_queue(app.database, on=app.today(), actor=who.actor, decided=_done(request))
    chosen = frozenset[int]()
    if request.query_params.get("chon") == "tat-ca":
        chosen = frozenset(one.id for unit in seen.units for one in unit.proposed)
    return page(request, "don-doc.html", seen=seen, chosen=chosen, reason="", wrong=None)


@router.post("/don-doc")
def decide(request: Request, app: App, who: Who, form: Annotated[Posted, Depends(posted)]) -> Response:
    """Decide about what was chosen; a mistake, or a colleague who was faster, comes back with what was chosen."""
    try:
        _decide(app, who, form)
    except TOLD as error:
        return _told(request, app, who, form, error)
    return RedirectResponse(f"/don-doc?da={min(_chosen(form))}", status_code=303)


@router.get("/don-doc/cong-van/{letter_id}")
def save_letter(app: App, who: Who, letter_id: Number) -> Response:
    """The letter as a Word file."""
    file = follow_up_letter(app.database, app.letters, letter_id, actor=who.actor)
    return Response(
        file.content, media_type=WORD, headers={"Content-Disposition": f'attachment; filename="{file.name}"'}
    )


def _decide(app: App, who: SignedIn, form: Posted) -> None:
    chosen, today, now = _chosen(form), app.today(), app.clock.now()
    if form.text("cach") == DECLINE:
        decline_follow_ups(app.database, chosen, why=form.text("ly-do"), actor=who.actor, today=today, now=now)
        return
    to_leaders, as_letter = WAYS.get(form.text("cach"), (False, False))
    release_follow_ups(
        app.database, chosen, to_leaders=to_leaders, as_letter=as_letter, actor=who.actor, today=today, now=now
    )


def _told(request: Request, app: App, who: SignedIn, form: Posted, error: CchcError) -> HTMLResponse:
    context = {
        "seen": follow_up_queue(app.database, on=app.today(), actor=who.actor),
        "chosen": _chosen(form),
        "reason": form.text("ly-do"),
        "wrong": {"ly-do" if isinstance(error, DeclineReasonMissing | WordsTooLong) else "danh-sach": str(error)},
    }
    return page(request, "don-doc.html", status_of(error), **context)


def _chosen(form: Posted) -> frozenset[int]:
    return frozenset(number for one in form.all("de-xuat") if (number := _number(one)))


def _done(request: Request) -> int | None:
    return _number(request.query_params.get("da", ""))


def _number(text: str) -> int | None:
    """A number as our own pages write it; None for anything else."""
    number = int(text) if text.isascii() and text.isdigit() and len(text) <= 10 else 0
    return number if 0 < number <= LARGEST else None
