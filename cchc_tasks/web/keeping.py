"""A form whose session ended while it was being filled in: kept, and its sender led to sign in and send it again."""

from fastapi import FastAPI, Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from cchc_tasks.domain.access import Action, require
from cchc_tasks.domain.errors import CchcError
from cchc_tasks.services.keep_form import keep_form
from cchc_tasks.web.forms import KEPT, Posted, read_form
from cchc_tasks.web.rights import ROUTES
from cchc_tasks.web.session import Halfway, SessionEnded, application_of, sign_in_address
from cchc_tasks.web.uploads import Incoming

NEVER_KEPT = frozenset({"csrf", KEPT})


def install(app: FastAPI) -> None:
    """Let no form be lost with its session."""
    app.add_exception_handler(SessionEnded, _session_ended)


async def _session_ended(request: Request, error: Exception) -> Response:
    if not isinstance(error, SessionEnded):
        raise error
    try:
        back = f"/tiep-tuc/{await _keep(request, error.halfway)}"
    except CchcError:  # not from our page, too large, or not this person's right: nothing to keep
        back = error.back
    return RedirectResponse(sign_in_address(back), status_code=303)


async def _keep(request: Request, who: Halfway) -> str:
    application = application_of(request)
    needed = ROUTES[f"POST {request.scope['route'].path}"]
    if isinstance(needed, Action):
        require(who.actor, needed)
    with Incoming(application.settings.home / "incoming") as incoming:
        form = await read_form(request, incoming, csrf=who.csrf)
        return await run_in_threadpool(
            keep_form,
            application.database,
            application.vault,
            who.person_id,
            path=request.url.path,
            fields=_worth_keeping(form),
            files=[(field, upload.path) for field, upload in form.uploads],
            actor=who.actor,
            now=application.clock.now(),
        )


def _worth_keeping(form: Posted) -> list[tuple[str, str]]:
    """Everything but tokens and passwords; a field's text is kept without what no database takes."""
    return [
        (name, value.replace("\0", ""))
        for name, value in form.fields
        if name not in NEVER_KEPT and not name.startswith("mat-khau")
    ]
