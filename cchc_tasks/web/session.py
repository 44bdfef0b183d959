"""Who is signed in: the session behind a request's cookie, complete or with a step still to do."""

import hmac
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import Annotated
from urllib.parse import quote, urlsplit
from zoneinfo import ZoneInfo

from fastapi import Depends, Request
from fastapi.responses import Response

from cchc_tasks.bootstrap import Application
from cchc_tasks.domain.access import Actor
from cchc_tasks.domain.signing_in import Rules, Step
from cchc_tasks.services.pending_step import pending_step
from cchc_tasks.services.sessions import Found, find_session

COOKIE = "cchc_session"


@dataclass(frozen=True)
class SignedIn:
    """The person behind a request; `csrf` stands in every form of this session."""

    actor: Actor
    person_id: int
    csrf: str


@dataclass(frozen=True)
class Halfway(SignedIn):
    """A person whose password was right; the pages open once the session is complete."""

    token: str
    complete: bool


class SignInNeeded(Exception):
    """The page asked for needs a session; `back` is where to go afterwards."""

    def __init__(self, back: str) -> None:
        self.back = back
        super().__init__(back)


class SessionEnded(SignInNeeded):
    """A form arrived whose session has ended; `halfway` is whose it was."""

    def __init__(self, back: str, halfway: Halfway) -> None:
        self.halfway = halfway
        super().__init__(back)


def application_of(request: Request) -> Application:
    """The application that this web serves."""
    application: Application = request.app.state.application
    return application


def rules_of(application: Application) -> Rules:
    """The office's rules of signing in."""
    settings = application.settings
    return Rules(timedelta(days=settings.session_days), settings.totp_required, ZoneInfo(settings.time_zone))


def csrf_of(token: str) -> str:
    """The form token of a session."""
    return hmac.new(token.encode(), b"csrf", "sha256").hexdigest()


def signed_in(request: Request) -> SignedIn:
    """The signed-in person, found once a request; raises SignInNeeded, and SessionEnded where a form would be lost."""
    known: SignedIn | None = getattr(request.state, "signed_in", None)
    if known is not None:
        return known
    back = _back(request)
    found = _find(request)
    if found is None:
        raise SignInNeeded(back)
    who = _halfway(request, found)
    if found.complete and not found.alive and request.method == "POST":
        raise SessionEnded(back, who)
    if not found.complete or not found.alive:
        raise SignInNeeded(back)
    request.state.signed_in = who
    return who


def halfway(request: Request) -> Halfway:
    """The person of a living session, complete or not; raises SignInNeeded."""
    found = _find(request)
    if found is None or not found.alive:
        raise SignInNeeded("/")
    who = _halfway(request, found)
    if who.complete:
        request.state.signed_in = who  # the frame shows who is there
    return who


@cache
def at_step(step: Step) -> Callable[[Request], Halfway]:
    """The dependency of a step's page: an incomplete session comes here for its own step alone.

    A complete session may change its password and turn on a second factor; it has no code to give.
    """

    def standing_there(request: Request) -> Halfway:
        who = halfway(request)
        application = application_of(request)
        here = (
            step is not Step.GIVE_CODE
            if who.complete
            else step is pending_step(application.database, who.person_id, rules=rules_of(application))
        )
        if not here:
            raise SignInNeeded(safe_back(request.query_params.get("ve", "")))  # signing in leads to the right step
        return who

    return standing_there


def let_in(request: Request, response: Response, token: str) -> None:
    """Give the browser its session; it forgets it when it is closed."""
    secure = application_of(request).settings.base_url.startswith("https:")
    response.set_cookie(COOKIE, token, path="/", httponly=True, samesite="lax", secure=secure)


def let_out(response: Response) -> None:
    """Take the session from the browser."""
    response.delete_cookie(COOKIE, path="/", httponly=True, samesite="lax")


def sign_in_address(back: str) -> str:
    """The sign-in page that leads back afterwards."""
    return f"/dang-nhap?ve={quote(back, safe='')}"


def safe_back(text: str) -> str:
    """An address of this web to go back to; the first page for anything that could lead elsewhere."""
    odd = "\\" in text or not text.isprintable()
    return text if text.startswith("/") and not text.startswith("//") and not odd else "/"


def _find(request: Request) -> Found | None:
    application = application_of(request)
    token = request.cookies.get(COOKIE, "")
    idle = timedelta(hours=application.settings.session_idle_hours)
    return find_session(application.database, token, idle=idle, now=application.clock.now()) if token else None


def _halfway(request: Request, found: Found) -> Halfway:
    token = request.cookies[COOKIE]
    return Halfway(found.actor, found.person_id, csrf_of(token), token, found.complete)


def _back(request: Request) -> str:
    """The page to come back to: this one, or for a form the page it was on."""
    if request.method != "POST":
        return request.url.path + (f"?{request.url.query}" if request.url.query else "")
    page = urlsplit(request.headers.get("referer", ""))
    own = page.netloc == request.headers.get("host")
    return safe_back(page.path + (f"?{page.query}" if page.query else "")) if own else "/"


App = Annotated[Application, Depends(application_of)]
Who = Annotated[SignedIn, Depends(signed_in)]
