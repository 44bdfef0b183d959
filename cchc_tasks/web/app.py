"""The web: joins routes, templates, rights and errors into one FastAPI application."""

from pathlib import Path

from fastapi import Depends, FastAPI
from fastapi.staticfiles import StaticFiles

from cchc_tasks.bootstrap import Application
from cchc_tasks.web import errors, keeping
from cchc_tasks.web.guard import Guard
from cchc_tasks.web.rights import enforced
from cchc_tasks.web.routes import (
    absences,
    by_link,
    calendar,
    channels,
    contacts,
    deliveries,
    directory,
    duties,
    engine,
    extensions,
    files,
    follow_ups,
    group_posts,
    inside_unit,
    internal_days,
    messages,
    metrics,
    obligation,
    obligations,
    office_work,
    overview,
    returned_mail,
    signing_in,
    simulating,
    sink,
    submitting,
    unit_work,
    verification,
    zalo,
)

STATIC = Path(__file__).parent / "static"
ROUTERS = (
    signing_in.router,
    by_link.router,
    overview.router,
    unit_work.router,
    files.router,
    submitting.router,
    obligations.router,
    obligation.router,
    verification.router,
    follow_ups.router,
    extensions.router,
    internal_days.router,
    inside_unit.router,
    duties.router,
    messages.router,
    group_posts.router,
    calendar.router,
    absences.router,
    deliveries.router,
    office_work.router,
    simulating.router,
    directory.router,
    contacts.router,
    zalo.router,
    channels.router,
    sink.router,
    engine.router,
    returned_mail.router,
    metrics.router,
)


def create_app(application: Application, *, demo: bool = False) -> FastAPI:
    """The web over an opened application; `demo` shows the mail sink and the sample accounts."""
    app = FastAPI(title="cchc", docs_url=None, redoc_url=None, openapi_url=None, dependencies=[Depends(enforced)])
    app.state.application = application
    app.state.demo = demo
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    for router in ROUTERS:
        app.include_router(router)
    errors.install(app)
    keeping.install(app)
    app.add_middleware(Guard)
    return app
