"""Zalo: an administrator gives the right to write through the Official Account; Zalo tells what became of messages."""

from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from cchc_tasks.adapters.secret_box import CONNECTIONS
from cchc_tasks.adapters.zalo.oauth import OAuthDoor
from cchc_tasks.bootstrap import Application
from cchc_tasks.domain.errors import (
    CchcError,
    SecretUnopenable,
    ZaloCodeInvalid,
    ZaloConsentNeeded,
    ZaloNotSet,
    ZaloOtherAccount,
    ZaloSetWrong,
    ZaloUnreachable,
)
from cchc_tasks.domain.secret_names import IN_WORDS, SecretName
from cchc_tasks.domain.zalo_consent import ConsentAnswer, read_answer
from cchc_tasks.domain.zalo_events import ZaloKeys
from cchc_tasks.services.show_zalo_access import show_zalo_access
from cchc_tasks.services.take_zalo_consent import check_account, take_zalo_consent
from cchc_tasks.services.take_zalo_event import Outcome, take_zalo_event
from cchc_tasks.web.errors import status_of
from cchc_tasks.web.forms import Posted, posted
from cchc_tasks.web.pages import page
from cchc_tasks.web.session import App, SignedIn, Who, application_of
from cchc_tasks.web.small_body import small_body

REFUSALS = (
    SecretUnopenable,
    ZaloCodeInvalid,
    ZaloConsentNeeded,
    ZaloNotSet,
    ZaloOtherAccount,
    ZaloSetWrong,
    ZaloUnreachable,
)

router = APIRouter()


@router.get("/kenh-gui/zalo")
def show(request: Request, app: App, who: Who) -> HTMLResponse:
    """How the right to write stands, what Zalo's console is told, and where the code goes."""
    return _page(request, app, who, done=request.query_params.get("da") == "nhan")


@router.get("/kenh-gui/zalo/nhan")
def show_answer(request: Request, app: App, who: Who) -> HTMLResponse:
    """Where Zalo sends the browser after the consent; nothing is taken until the button is pressed."""
    asked = request.query_params
    try:
        answer = read_answer(asked.get("code", ""), asked.get("oa_id", ""))
        check_account(app.database, app.secret_box(CONNECTIONS), answer, actor=who.actor)
    except REFUSALS as error:
        return _page(request, app, who, error=error)
    return page(request, "zalo-nhan-quyen.html", answer=answer)


@router.post("/kenh-gui/zalo/nhan")
def take_answer(request: Request, app: App, who: Who, form: Annotated[Posted, Depends(posted)]) -> Response:
    """Trade the code, pasted or from the page before; codes live ten minutes and can be used once."""
    typed = form.text("ma")
    try:
        _take(app, who, read_answer(typed, form.text("oa")))
    except REFUSALS as error:
        return _page(request, app, who, error=error, typed=typed)
    return RedirectResponse("/kenh-gui/zalo?da=nhan", status_code=303)


@router.post("/zalo/su-kien")
async def take_event(request: Request) -> PlainTextResponse:
    """What Zalo tells; whatever is signed by it is answered with 200, so that it need not tell it again."""
    app = application_of(request)
    keys = await run_in_threadpool(_keys, app)
    if keys is None:
        raise HTTPException(404)
    content = await small_body(request)
    signature = request.headers.get("X-ZEvent-Signature", "")
    outcome = await run_in_threadpool(
        take_zalo_event, app.database, keys, content, signature, on=app.today(), now=app.clock.now()
    )
    refused = outcome in (Outcome.FORGED, Outcome.STALE)
    return PlainTextResponse(outcome.value, 403 if refused else 200)


def _take(app: Application, who: SignedIn, answer: ConsentAnswer) -> None:
    settings = app.zalo_settings()
    if settings is None:
        raise ZaloNotSet(name=SecretName.ZALO_APP_ID)
    door, box = OAuthDoor(settings), app.secret_box(CONNECTIONS)
    take_zalo_consent(app.database, box, door, answer, actor=who.actor, now=app.clock.now())


def _keys(app: Application) -> ZaloKeys | None:
    """What Zalo signs with; the application's secret where the webhook has none of its own."""
    app_id = app.secret(SecretName.ZALO_APP_ID)
    for name in (SecretName.ZALO_WEBHOOK_SECRET, SecretName.ZALO_APP_SECRET):
        secret = app.secret(name)
        if app_id and secret:
            return ZaloKeys(app_id, app.secret(SecretName.ZALO_OA_ID), secret, name)
    return None


def _page(
    request: Request, app: App, who: SignedIn, *, error: CchcError | None = None, typed: str = "", done: bool = False
) -> HTMLResponse:
    found = show_zalo_access(
        app.database,
        app.secret_box(CONNECTIONS),
        base_url=app.settings.base_url,
        actor=who.actor,
        now=app.clock.now(),
    )
    return page(
        request,
        "zalo-quyen.html",
        status_of(error) if error else 200,
        found=found,
        uses={name: explained.use for name, explained in IN_WORDS.items()},
        typed=typed,
        wrongs={"ma": str(error)} if error else {},
        done=done,
    )
