"""Who is signed in: the session behind a request's cookie."""

import hmac
from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated
from urllib.parse import quote

from fastapi import Depends, Request

from cchc_tasks.bootstrap import Application
from cchc_tasks.domain.access import Actor
from cchc_tasks.services.sessions import find_session

COOKIE = "cchc_session"


@dataclass(frozen=True)
class SignedIn:
    """The person behind a request; `csrf` stands in every form of this session."""

    actor: Actor
    person_id: int
    csrf: str


class SignInNeeded(Exception):
    """The page asked for needs a session; `back` is where to go afterwards."""

    def __init__(self, back: str) -> None:
        self.back = back
        super().__init__(back)


def application_of(request: Request) -> Application:
    """The application that this web serves."""
    application: Application = request.app.state.application
    return application


def csrf_of(token: str) -> str:
    """The form token of a session."""
    return hmac.new(token.encode(), b"csrf", "sha256").hexdigest()


def signed_in(request: Request) -> SignedIn:
    """The signed-in person, found once a request; raises SignInNeeded."""
    known: SignedIn | None = getattr(request.state, "signed_in", None)
    if known is None:
        known = request.state.signed_in = _find(request)
    return known


def _find(request: Request) -> SignedIn:
    application = application_of(request)
    token = request.cookies.get(COOKIE, "")
    idle = timedelta(hours=application.settings.session_idle_hours)
    found = find_session(application.database, token, idle=idle, now=application.clock.now()) if token else None
    if found is None or not found.alive or not found.complete:
        raise SignInNeeded(request.url.path + (f"?{request.url.query}" if request.url.query else ""))
    return SignedIn(actor=found.actor, person_id=found.person_id, csrf=csrf_of(token))


def sign_in_address(back: str) -> str:
    """The sign-in page that leads back afterwards."""
    return f"/dang-nhap?ve={quote(back, safe='')}"


App = Annotated[Application, Depends(application_of)]
Who = Annotated[SignedIn, Depends(signed_in)]
