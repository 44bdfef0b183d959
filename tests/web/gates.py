"""The whole web with its gates, a browser that came to it, and a form of the tests' own to post."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Annotated

import pytest
from fastapi import APIRouter, Depends, FastAPI
from fastapi.responses import PlainTextResponse
from starlette.testclient import TestClient

from cchc_tasks.bootstrap import Application
from cchc_tasks.domain.access import LOCAL_ADMINISTRATOR, Action
from cchc_tasks.services.set_password import set_password
from cchc_tasks.web.app import create_app
from cchc_tasks.web.forms import Posted, posted
from cchc_tasks.web.rights import ROUTES

HOST = "http://so.example:8700"
PASSWORD = "một mật khẩu thật dài"


@dataclass
class Desk:
    """A route of the tests' own, and what came in on it."""

    router: APIRouter = field(default_factory=APIRouter)
    got: list[Posted] = field(default_factory=list)
    files: list[tuple[str, bytes]] = field(default_factory=list)

    def __post_init__(self) -> None:
        def take(form: Annotated[Posted, Depends(posted)]) -> PlainTextResponse:
            self.got.append(form)
            self.files += [(one.name, one.path.read_bytes()) for one in form.files("tep")]
            return PlainTextResponse("đã nhận")

        self.router.post("/ban-nhan/{number}")(take)


def whole_web(application: Application, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> FastAPI:
    """The web with its gates and the desk, which asks for the right to submit."""
    web = create_app(application)
    monkeypatch.setitem(ROUTES, "POST /ban-nhan/{number}", Action.SUBMIT)
    web.include_router(desk.router)
    return web


@contextmanager
def browser(web: FastAPI, host: str = HOST) -> Iterator[TestClient]:
    """A browser that has been to no page yet; it says where its forms come from, as browsers do."""
    with TestClient(web, base_url=host, follow_redirects=False, headers={"Origin": host}) as client:
        yield client


def first_password(application: Application, user: str) -> str:
    """The one-time password an administrator gave."""
    return set_password(
        application.database, application.passwords, user, actor=LOCAL_ADMINISTRATOR, now=application.clock.now()
    )


def give_own_password(application: Application, user: str) -> None:
    """A person who has set a password of their own."""
    first_password(application, user)
    with application.database.write(application.clock.now()) as uow:
        credential = uow.accounts.credential(uow.directory.person_with_user(user).id or 0)
        assert credential
        credential.password_hash, credential.must_change = application.passwords.hash(PASSWORD), False


def hidden(page: str, name: str) -> str:
    """The value of a hidden field of a page."""
    return page.split(f'name="{name}" value="', 1)[1].split('"', 1)[0]
