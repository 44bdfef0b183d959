"""Nộp báo cáo of a signed-in person: the empty form, and handing it in."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, Response

from cchc_tasks.domain.access import Action
from cchc_tasks.domain.errors import NoRight, StageForbids
from cchc_tasks.domain.lifecycle import STAGE_IN_WORDS
from cchc_tasks.services.show_obligation import ObligationPage
from cchc_tasks.web.forms import Posted, posted
from cchc_tasks.web.routes.obligation import Number, seen_obligation
from cchc_tasks.web.session import App, SignedIn, Who
from cchc_tasks.web.submission_form import Sender, empty_form, take_form

router = APIRouter()


@router.get("/nhiem-vu/{obligation_id}/nop")
def show_form(request: Request, app: App, who: Who, obligation_id: Number) -> HTMLResponse:
    """The empty form; raises StageForbids where nothing is awaited, NoRight for those who may not hand in."""
    seen = _hand_in_page(app, who, obligation_id)
    if not seen.awaited:
        raise StageForbids(deed="nộp", stage=STAGE_IN_WORDS[seen.obligation.stage])
    return empty_form(request, app, _sender(who, obligation_id), seen)


@router.post("/nhiem-vu/{obligation_id}/nop")
def hand_in(
    request: Request, app: App, who: Who, obligation_id: Number, form: Annotated[Posted, Depends(posted)]
) -> Response:
    """Hand in, or show the form again with everything that was typed and every file that is good."""
    seen = _hand_in_page(app, who, obligation_id)
    return take_form(request, app, _sender(who, obligation_id), seen, form)


def _hand_in_page(app: App, who: SignedIn, obligation_id: int) -> ObligationPage:
    seen = seen_obligation(app, who, obligation_id)
    if not seen.may.hand_in:
        raise NoRight(user=who.actor.user, action=Action.SUBMIT.value)
    return seen


def _sender(who: SignedIn, obligation_id: int) -> Sender:
    return Sender(who.actor, who.person_id, f"/nhiem-vu/{obligation_id}")
