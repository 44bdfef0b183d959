"""Makes pages: the templates, the words and dates they share, and the frame around every page."""

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from cchc_tasks.domain import dates_in_words
from cchc_tasks.domain.access import Action, Scope, scope
from cchc_tasks.domain.lifecycle import STAGE_IN_WORDS, STANDING_IN_WORDS
from cchc_tasks.domain.vocabulary import Stage, Standing
from cchc_tasks.services.frame import frame
from cchc_tasks.web.menu import menu
from cchc_tasks.web.session import SignedIn, application_of

TEMPLATES = Path(__file__).parent / "templates"
SHAPES = {
    Standing.OVERDUE: "overdue",
    Standing.DUE_SOON: "due-soon",
    Standing.ON_TRACK: "on-track",
    Standing.AWAITING: "awaiting",
    Standing.DONE_ON_TIME: "done",
    Standing.DONE_LATE: "done-late",
    Standing.NO_DEADLINE: "no-deadline",
}


def page(request: Request, name: str, status: int = 200, **context: object) -> HTMLResponse:
    """A whole page from a template. Every page has `on` (today), `who` (None before signing in) and `frame`."""
    application = application_of(request)
    who: SignedIn | None = getattr(request.state, "signed_in", None)
    on = application.today()
    around = frame(application.database, actor=who.actor if who else None, on=on)
    shared: Mapping[str, object] = {
        "on": on,
        "who": who,
        "frame": around,
        "menu": menu(around, who, demo=request.app.state.demo),
        "path": request.url.path,
        "demo": request.app.state.demo,
        "zone": ZoneInfo(application.settings.time_zone),
    }
    html = _ENVIRONMENT.get_template(name).render({**shared, **context})
    return HTMLResponse(html, status_code=status)


def day(value: date) -> str:
    """ "24/3/2026", unbreakable."""
    return dates_in_words.short_date(value)


def moment(value: datetime, zone: ZoneInfo) -> str:
    """ "07:04 24/3/2026" in local time."""
    local = value.astimezone(zone)
    return f"{local:%H:%M} {dates_in_words.short_date(local.date())}"


def number(value: float) -> str:
    """Thousands by points, decimals by a comma."""
    return f"{value:,}".replace(",", " ").replace(".", ",").replace(" ", ".")


def may(actor_holder: SignedIn | None, action: str) -> bool:
    """Whether a deed is offered at all; whether it is allowed on one thing is for its service to say."""
    return actor_holder is not None and scope(actor_holder.actor, Action[action]) is not Scope.NOTHING


def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {
        "day": day,
        "weekday": dates_in_words.weekday,
        "full_day": dates_in_words.full_date,
        "moment": moment,
        "number": number,
    }
    made.globals |= {
        "distance": dates_in_words.distance,
        "standing_words": STANDING_IN_WORDS,
        "stage_words": STAGE_IN_WORDS,
        "shapes": SHAPES,
        "Standing": Standing,
        "Stage": Stage,
        "may": may,
    }
    return made


_ENVIRONMENT = _environment()
