"""Answering without a password: the page behind a signed link, its one button and its form, for one obligation alone.

Programs that look after mail open every link, so that asking for a page changes nothing; the buttons act. There is no
session: the token in the address says who acts, and a form is taken from our own pages alone.
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Annotated
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from cchc_tasks.domain.errors import StageForbids
from cchc_tasks.domain.signed_links import PLACE
from cchc_tasks.services.acknowledge_obligation import acknowledge_obligation
from cchc_tasks.services.by_link import Opened, forgive_wrong_links, open_link
from cchc_tasks.services.show_obligation import ObligationPage, show_obligation
from cchc_tasks.web.errors import status_of
from cchc_tasks.web.forms import Posted, join_kept, read_form
from cchc_tasks.web.pages import page
from cchc_tasks.web.session import App, application_of
from cchc_tasks.web.submission_form import Sender, empty_form, take_form
from cchc_tasks.web.uploads import Incoming

router = APIRouter()


@dataclass(frozen=True, slots=True)
class Holder:
    """Who came by a link: what it opened, the page it leads to, and the address the request came from."""

    opened: Opened
    page: str
    address: str


def holder(request: Request, app: App, token: str) -> Holder:
    """The dependency of every route here, before a byte of a body is read; raises AnswerLinkRefused."""
    address = request.client.host if request.client else ""
    opened = open_link(
        app.database,
        app.links(),
        token,
        address=address,
        zone=ZoneInfo(app.settings.time_zone),
        on=app.today(),
        now=app.clock.now(),
    )
    return Holder(opened, f"{PLACE}/{token}", address)


ByLink = Annotated[Holder, Depends(holder)]


async def posted_by_link(request: Request, by: ByLink) -> AsyncIterator[Posted]:
    """What the holder of a link posted, with files; no session's token is asked for, as nothing hangs on a cookie."""
    application = application_of(request)
    with Incoming(application.settings.home / "incoming") as incoming:
        form = await read_form(request, incoming, csrf=None)
        await join_kept(form, application, incoming, by.opened.person_id)
        yield form


PostedByLink = Annotated[Posted, Depends(posted_by_link)]


@router.head(PLACE + "/{token}")
@router.get(PLACE + "/{token}")
def show(request: Request, app: App, by: ByLink) -> HTMLResponse:
    """The obligation as it stands, with what its person may do; after a deed the page says what has changed."""
    done = next((deed for deed in ("da-nop", "da-tiep-nhan") if deed in request.query_params), None)
    return _page(request, by, _seen(app, by), done=done)


@router.post(PLACE + "/{token}/tiep-nhan")
def acknowledge(request: Request, app: App, by: ByLink, _form: PostedByLink) -> Response:
    """Acknowledge; where the obligation has moved on meanwhile the page says how it stands."""
    try:
        acknowledge_obligation(
            app.database, by.opened.obligation_id, actor=by.opened.actor, now=app.clock.now(), by_link=True
        )
    except StageForbids as error:
        return _page(request, by, _seen(app, by), refused=error)
    forgive_wrong_links(app.database, by.address, now=app.clock.now())
    return RedirectResponse(f"{by.page}?da-tiep-nhan", status_code=303)


@router.get(PLACE + "/{token}/nop")
def show_form(request: Request, app: App, by: ByLink) -> Response:
    """The empty form; where nothing is awaited, the page that says so."""
    seen = _seen(app, by)
    if not seen.awaited:
        return RedirectResponse(by.page, status_code=303)
    return empty_form(request, app, _sender(by), seen)


@router.post(PLACE + "/{token}/nop")
def hand_in(request: Request, app: App, by: ByLink, form: PostedByLink) -> Response:
    """Hand in, or show the form again with everything that was typed and every file that is good."""
    answer = take_form(request, app, _sender(by), _seen(app, by), form)
    if isinstance(answer, RedirectResponse):
        forgive_wrong_links(app.database, by.address, now=app.clock.now())
    return answer


def _sender(by: Holder) -> Sender:
    return Sender(by.opened.actor, by.opened.person_id, by.page, template="tra-loi-nop.html", by_link=True)


def _seen(app: App, by: Holder) -> ObligationPage:
    return show_obligation(
        app.database,
        by.opened.obligation_id,
        on=app.today(),
        answer_working_days=app.settings.answer_working_days,
        actor=by.opened.actor,
    )


def _page(
    request: Request,
    by: Holder,
    seen: ObligationPage,
    *,
    done: str | None = None,
    refused: StageForbids | None = None,
) -> HTMLResponse:
    status = status_of(refused) if refused else 200
    return page(request, "tra-loi.html", status, seen=seen, at=by.page, by=by.opened, done=done, refused=refused)
