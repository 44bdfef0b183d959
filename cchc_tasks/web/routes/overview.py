"""The first page: each role begins with what concerns it; Tổng quan; and how the engine is doing."""

from zoneinfo import ZoneInfo

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, PlainTextResponse, RedirectResponse

from cchc_tasks.bootstrap import Application
from cchc_tasks.domain.access import Action, Scope, scope
from cchc_tasks.services.engine_health import EngineHealth, engine_health
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
    return page(request, "tong-quan.html", seen=seen, health=_health(app))


@router.get("/bo-nhac-viec")
def show_engine(request: Request, app: App) -> HTMLResponse:
    """Each part of the engine: when it last did its work, when it should have, and what has stopped."""
    return page(request, "bo-nhac-viec.html", health=_health(app))


@router.get("/suc-khoe")
def alive() -> PlainTextResponse:
    """For a watchdog outside: the web answers."""
    return PlainTextResponse("tốt")


def _health(app: Application) -> EngineHealth:
    zone = ZoneInfo(app.settings.time_zone)
    return engine_health(app.database, on=app.today(), now=app.clock.now(), zone=zone)
