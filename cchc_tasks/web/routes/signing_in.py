"""Signing in with its steps, signing out, the own account, and sending again what was kept."""

from typing import Annotated, Any
from urllib.parse import urlencode

import segno
from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from cchc_tasks.bootstrap import Application
from cchc_tasks.domain.access import ROLE_IN_WORDS
from cchc_tasks.domain.errors import CchcError, InputError, PasswordsDiffer, PasswordWrong, SignInLocked
from cchc_tasks.domain.signing_in import SHORTEST_PASSWORD, Step
from cchc_tasks.services.change_password import change_password
from cchc_tasks.services.enrol_totp import confirm_totp, offer_totp
from cchc_tasks.services.give_code import give_code
from cchc_tasks.services.keep_form import kept_form
from cchc_tasks.services.pending_step import pending_step
from cchc_tasks.services.sessions import end_session
from cchc_tasks.services.show_account import administrators, show_account
from cchc_tasks.services.sign_in import sign_in
from cchc_tasks.services.sign_out import sign_out
from cchc_tasks.web.forms import Posted, posted_at, posted_halfway, posted_openly
from cchc_tasks.web.pages import page
from cchc_tasks.web.session import (
    COOKIE,
    App,
    Halfway,
    SignInNeeded,
    Who,
    at_step,
    halfway,
    let_in,
    let_out,
    rules_of,
    safe_back,
)

router = APIRouter()
PAGE_OF = {
    Step.CHANGE_PASSWORD: "/doi-mat-khau",
    Step.GIVE_CODE: "/ma-xac-thuc",
    Step.ENROL: "/tai-khoan/xac-thuc",
}

Changing = Annotated[Halfway, Depends(at_step(Step.CHANGE_PASSWORD))]
GivingCode = Annotated[Halfway, Depends(at_step(Step.GIVE_CODE))]
Enrolling = Annotated[Halfway, Depends(at_step(Step.ENROL))]


@router.get("/dang-nhap")
def show_sign_in(request: Request, app: App, ve: str = "/") -> Response:
    """The sign-in page; whoever is signed in already goes on, an incomplete session to its step."""
    back = safe_back(ve)
    try:
        who = halfway(request)
    except SignInNeeded:
        return _sign_in_page(request, app, back)
    if who.complete:
        return RedirectResponse(back, status_code=303)
    step = pending_step(app.database, who.person_id, rules=rules_of(app))
    return _onward(step, back) if step else _sign_in_page(request, app, back)


@router.post("/dang-nhap")
def come_in(request: Request, app: App, form: Annotated[Posted, Depends(posted_openly)]) -> Response:
    """Begin a session; the one this browser had before ends."""
    back, user = safe_back(form.text("ve")), form.text("nguoi-dung")
    try:
        came_in = sign_in(
            app.database,
            app.passwords,
            user,
            form.secret("mat-khau"),
            address=_address(request),
            rules=rules_of(app),
            now=app.clock.now(),
        )
    except CchcError as error:
        return _sign_in_page(request, app, back, user, error)
    if COOKIE in request.cookies:
        end_session(app.database, request.cookies[COOKIE], now=app.clock.now())
    return _let_on(request, came_in.token, came_in.step, back)


@router.post("/dang-xuat")
def leave(
    app: App, who: Annotated[Halfway, Depends(halfway)], form: Annotated[Posted, Depends(posted_halfway)]
) -> Response:
    """End the session."""
    sign_out(app.database, who.token, actor=who.actor, now=app.clock.now())
    answer = RedirectResponse("/dang-nhap", status_code=303)
    let_out(answer)
    return answer


@router.get("/ma-xac-thuc")
def show_code(request: Request, app: App, who: GivingCode, ve: str = "/") -> HTMLResponse:
    """Asks for the code of the telephone."""
    return _code_page(request, app, who, safe_back(ve))


@router.post("/ma-xac-thuc")
def complete_by_code(
    request: Request, app: App, who: GivingCode, form: Annotated[Posted, Depends(posted_at(Step.GIVE_CODE))]
) -> Response:
    """Complete the session."""
    back = safe_back(form.text("ve"))
    try:
        token = give_code(
            app.database,
            app.secret_box(),
            who.person_id,
            who.token,
            form.text("ma"),
            address=_address(request),
            rules=rules_of(app),
            now=app.clock.now(),
        )
    except CchcError as error:
        return _code_page(request, app, who, back, error)
    return _let_on(request, token, None, back)


@router.get("/doi-mat-khau")
def show_new_password(request: Request, who: Changing, ve: str = "/") -> HTMLResponse:
    """Asks for a new password."""
    return _password_page(request, who, safe_back(ve))


@router.post("/doi-mat-khau")
def keep_new_password(
    request: Request, app: App, who: Changing, form: Annotated[Posted, Depends(posted_at(Step.CHANGE_PASSWORD))]
) -> Response:
    """Keep the new password; this browser stays signed in, all others are signed out."""
    back, new = safe_back(form.text("ve")), form.secret("mat-khau-moi")
    try:
        if new != form.secret("mat-khau-lai"):
            raise PasswordsDiffer
        came_in = change_password(
            app.database,
            app.passwords,
            who.person_id,
            form.secret("mat-khau"),
            new,
            address=_address(request),
            complete=who.complete,
            rules=rules_of(app),
            now=app.clock.now(),
        )
    except (InputError, PasswordWrong, SignInLocked) as error:
        return _password_page(request, who, back, error)
    return _let_on(request, came_in.token, came_in.step, "/tai-khoan?da=mat-khau" if who.complete else back)


@router.get("/tai-khoan/xac-thuc")
def show_enrolment(request: Request, app: App, who: Enrolling, ve: str = "/") -> HTMLResponse:
    """Shows the QR code and the key, and asks for the first code."""
    return _enrolment_page(request, app, who, safe_back(ve))


@router.post("/tai-khoan/xac-thuc")
def confirm_enrolment(
    request: Request, app: App, who: Enrolling, form: Annotated[Posted, Depends(posted_at(Step.ENROL))]
) -> Response:
    """Turn the second factor on."""
    back = safe_back(form.text("ve"))
    try:
        token = confirm_totp(
            app.database, app.secret_box(), who.person_id, form.text("ma"), rules=rules_of(app), now=app.clock.now()
        )
    except CchcError as error:
        return _enrolment_page(request, app, who, back, error)
    return _let_on(request, token, None, "/tai-khoan?da=xac-thuc" if who.complete else back)


@router.get("/tai-khoan")
def show_own_account(request: Request, app: App, who: Who, da: str = "") -> HTMLResponse:
    """The own account."""
    account = show_account(app.database, who.person_id)
    return page(request, "tai-khoan.html", account=account, role=ROLE_IN_WORDS[account.role], done=da)


@router.get("/tiep-tuc/{form_id}")
def show_kept(request: Request, app: App, who: Who, form_id: str) -> HTMLResponse:
    """What was kept of a form when its session ended, and the button that sends it again."""
    kept = kept_form(app.database, form_id, who.person_id)
    return page(request, "tiep-tuc.html", kept=kept)


def _let_on(request: Request, token: str, step: Step | None, back: str) -> Response:
    answer = _onward(step, back)
    let_in(request, answer, token)
    return answer


def _onward(step: Step | None, back: str) -> RedirectResponse:
    there = RedirectResponse(back, status_code=303)
    return there if step is None else RedirectResponse(f"{PAGE_OF[step]}?{urlencode({'ve': back})}", status_code=303)


def _sign_in_page(
    request: Request, app: Application, back: str, user: str = "", error: CchcError | None = None
) -> HTMLResponse:
    helpers = administrators(app.database)
    return page(request, "dang-nhap.html", _status(error), back=back, user=user, wrongs=_wrongs(error), helpers=helpers)


def _code_page(
    request: Request, app: Application, who: Halfway, back: str, error: CchcError | None = None
) -> HTMLResponse:
    context: dict[str, Any] = {"helpers": administrators(app.database), "wrongs": _wrongs(error, "ma")}
    return page(request, "ma-xac-thuc.html", _status(error), half=who, back=back, **context)


def _password_page(request: Request, who: Halfway, back: str, error: CchcError | None = None) -> HTMLResponse:
    place = "mat-khau" if isinstance(error, PasswordWrong | SignInLocked) else "mat-khau-moi"
    context: dict[str, Any] = {"wrongs": _wrongs(error, place), "shortest": SHORTEST_PASSWORD}
    return page(request, "doi-mat-khau.html", _status(error), half=who, back=back, **context)


def _enrolment_page(
    request: Request, app: Application, who: Halfway, back: str, error: CchcError | None = None
) -> HTMLResponse:
    offered = offer_totp(app.database, app.secret_box(), who.person_id, issuer="CCHC", now=app.clock.now())
    key = " ".join(offered.key[place : place + 4] for place in range(0, len(offered.key), 4))
    drawn = segno.make(offered.address, error="m").svg_inline(scale=5, border=3, light="#fff", omitsize=False)
    context: dict[str, Any] = {"wrongs": _wrongs(error, "ma"), "key": key, "drawn": drawn}
    return page(request, "bat-xac-thuc.html", _status(error), half=who, back=back, **context)


def _wrongs(error: CchcError | None, place: str = "nguoi-dung") -> dict[str, str]:
    return {place: str(error)} if error else {}


def _status(error: CchcError | None) -> int:
    if error is None:
        return 200
    return 429 if isinstance(error, SignInLocked) else 422


def _address(request: Request) -> str:
    return request.client.host if request.client else ""
