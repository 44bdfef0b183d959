"""The page of one obligation, and saying that it was seen."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from cchc_tasks.services.acknowledge_obligation import acknowledge_obligation
from cchc_tasks.services.show_inside_unit import show_inside_unit
from cchc_tasks.services.show_obligation import ObligationPage, show_obligation
from cchc_tasks.web.forms import Posted, posted
from cchc_tasks.web.pages import page
from cchc_tasks.web.routes.unit_work import LARGEST, LISTS
from cchc_tasks.web.session import App, SignedIn, Who

Number = Annotated[int, Path(ge=1, le=LARGEST)]
# what the address says of the deed that led back to the page
DONE = (
    "da-nop",
    "da-tiep-nhan",
    "da-xin-gia-han",
    "da-phan-cong",
    "da-thoi-phan-cong",
    "da-de-nghi",
    "da-tra-loi",
)

router = APIRouter()


@router.get("/nhiem-vu/{obligation_id}")
def show(request: Request, app: App, who: Who, obligation_id: Number) -> HTMLResponse:
    """Everything about one obligation; after a deed the page says what has changed."""
    seen = seen_obligation(app, who, obligation_id)
    inside = show_inside_unit(app.database, obligation_id, on=app.today(), actor=who.actor)
    done = next((deed for deed in DONE if deed in request.query_params), None)
    return page(request, "nhiem-vu.html", seen=seen, inside=inside, done=done)


@router.post("/nhiem-vu/{obligation_id}/tiep-nhan")
def acknowledge(
    app: App, who: Who, obligation_id: Number, form: Annotated[Posted, Depends(posted)]
) -> RedirectResponse:
    """Acknowledge one obligation and go back to where the button was."""
    acknowledge_obligation(app.database, obligation_id, actor=who.actor, now=app.clock.now())
    back = form.text("ve")
    target = (
        f"{back}?da-tiep-nhan=1#viec-{obligation_id}" if back in LISTS else f"/nhiem-vu/{obligation_id}?da-tiep-nhan"
    )
    return RedirectResponse(target, status_code=303)


def seen_obligation(app: App, who: SignedIn, obligation_id: int) -> ObligationPage:
    """The obligation as this person sees it today."""
    return show_obligation(
        app.database,
        obligation_id,
        on=app.today(),
        answer_working_days=app.settings.answer_working_days,
        actor=who.actor,
    )
