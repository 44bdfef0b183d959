"""The first page: each role begins with what concerns it; and Tổng quan."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, PlainTextResponse, RedirectResponse

from cchc_tasks.domain.access import Action, Scope, scope
from cchc_tasks.services.engine_health import engine_health
from cchc_tasks.services.overview import overview
from cchc_tasks.web.pages import page
from cchc_tasks.web.session import App, Who

router = APIRouter()


@router.get("/")
def first_page(who: Who) -> RedirectResponse:
    """Those who see the whole office begin with Tổng quan, a unit's people with their own work."""
    whole = scope(who.actor, Action.SEE_OVERVIEW) is Scope.ALL
    return RedirectResponse("/tong-quan" if whole else "/viec-cua-don-vi", status_code=303)


@router.get("/tong-quan")
def show_overview(request: Request, app: App, who: Who) -> HTMLResponse:
    """Tổng quan."""
    seen = overview(app.database, on=app.today(), actor=who.actor)
    health = engine_health(app.database, on=app.today(), now=app.clock.now())
    return page(request, "tong-quan.html", seen=seen, health=health)


@router.get("/suc-khoe")
def alive() -> PlainTextResponse:
    """For a watchdog outside: the web answers."""
    return PlainTextResponse("tốt")
