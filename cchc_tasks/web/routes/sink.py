"""Hộp thư mẫu: what a demo would have sent; anywhere else these pages do not exist."""

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import HTMLResponse, Response

from cchc_tasks.adapters.mail_sink import MailSink, SunkMail
from cchc_tasks.bootstrap import Application
from cchc_tasks.web.pages import page
from cchc_tasks.web.routes.deliveries import message
from cchc_tasks.web.session import App, Who

FOLDER = "mail-sink"

router = APIRouter()


@router.get("/thu-mau")
def show_sink(request: Request, app: App, who: Who) -> HTMLResponse:
    """Every message, newest first."""
    return page(request, "thu-mau.html", mails=_sink(request, app).messages())


@router.get("/thu-mau/{name}")
def show_mail(request: Request, app: App, who: Who, name: str) -> HTMLResponse:
    """One message as a mail program would show it."""
    return page(request, "mot-thu-mau.html", mail=_mail(request, app, name))


@router.get("/thu-mau/{name}/thu")
def show_mail_html(request: Request, app: App, who: Who, name: str) -> Response:
    """Its HTML part alone, for the frame."""
    return message(_mail(request, app, name).html)


def _sink(request: Request, app: Application) -> MailSink:
    if not request.app.state.demo:
        raise HTTPException(404)
    return MailSink(app.settings.home / FOLDER)


def _mail(request: Request, app: Application, name: str) -> SunkMail:
    mail = _sink(request, app).message(name)
    if mail is None:
        raise HTTPException(404)
    return mail
