"""Inside a unit: people assigned by name, input asked of other units, and deciding about what came."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from cchc_tasks.domain.access import Action
from cchc_tasks.domain.dates_in_words import read_day
from cchc_tasks.domain.errors import (
    CchcError,
    InputError,
    InputOfInput,
    InputUnknown,
    InputWordsMissing,
    NoRight,
    NotFound,
    ObligationUnknown,
    Refused,
    StageForbids,
)
from cchc_tasks.domain.lifecycle import STAGE_IN_WORDS
from cchc_tasks.domain.vocabulary import Outcome
from cchc_tasks.services.ask_input import Asking, ask_input
from cchc_tasks.services.decide_input import decide_input
from cchc_tasks.services.name_person import name_person, unname_person
from cchc_tasks.services.show_inside_unit import (
    InsideUnit,
    askable_units,
    input_to_decide,
    show_inside_unit,
)
from cchc_tasks.services.verify_evidence import Decision
from cchc_tasks.web.errors import status_of
from cchc_tasks.web.forms import Posted, posted
from cchc_tasks.web.pages import page
from cchc_tasks.web.routes.obligation import Number
from cchc_tasks.web.session import App, SignedIn, Who

router = APIRouter()


@dataclass(frozen=True, slots=True)
class Filled:
    """What a form shows: nothing at first; after a refusal what was typed, and what was wrong beside its field."""

    form: Posted
    wrongs: dict[str, str]
    status: int


EMPTY = Filled(Posted(), {}, 200)


@router.get("/nhiem-vu/{obligation_id}/phan-cong")
def show_naming(request: Request, app: App, who: Who, obligation_id: Number) -> HTMLResponse:
    """The people of the unit, to assign one of them."""
    return _naming(request, app, who, obligation_id)


@router.post("/nhiem-vu/{obligation_id}/phan-cong")
def name(
    request: Request, app: App, who: Who, obligation_id: Number, form: Annotated[Posted, Depends(posted)]
) -> Response:
    """Assign a person, or show the form again."""
    try:
        by = _day(form, "ngay") if form.text("ngay") else None
        name_person(
            app.database,
            obligation_id,
            form.text("nguoi"),
            by=by,
            actor=who.actor,
            today=app.today(),
            now=app.clock.now(),
        )
    except (InputError, Refused, NotFound) as error:
        _raise_unless_shown(error)
        field = "ngay" if isinstance(error, InputError) else "nguoi"
        return _naming(request, app, who, obligation_id, _refused(form, field, error))
    return RedirectResponse(f"/nhiem-vu/{obligation_id}?da-phan-cong#trong-don-vi", status_code=303)


@router.post("/nhiem-vu/{obligation_id}/thoi-phan-cong")
def unname(app: App, who: Who, obligation_id: Number, form: Annotated[Posted, Depends(posted)]) -> RedirectResponse:
    """Take an assignment back."""
    unname_person(
        app.database, obligation_id, form.text("nguoi"), actor=who.actor, today=app.today(), now=app.clock.now()
    )
    return RedirectResponse(f"/nhiem-vu/{obligation_id}?da-thoi-phan-cong#trong-don-vi", status_code=303)


@router.get("/nhiem-vu/{obligation_id}/phoi-hop")
def show_asking(request: Request, app: App, who: Who, obligation_id: Number) -> HTMLResponse:
    """The form that asks another unit for input."""
    return _asking(request, app, who, obligation_id)


@router.post("/nhiem-vu/{obligation_id}/phoi-hop")
def ask(
    request: Request, app: App, who: Who, obligation_id: Number, form: Annotated[Posted, Depends(posted)]
) -> Response:
    """Ask, or show the form again."""
    try:
        asking = Asking(form.text("don-vi"), form.text("noi-dung"), _day(form, "ngay"))
        ask_input(app.database, obligation_id, asking, actor=who.actor, today=app.today(), now=app.clock.now())
    except (InputError, Refused, NotFound) as error:
        _raise_unless_shown(error)
        field = "noi-dung" if isinstance(error, InputWordsMissing) else "ngay"
        field = field if isinstance(error, InputError) else "don-vi"
        return _asking(request, app, who, obligation_id, _refused(form, field, error))
    return RedirectResponse(f"/nhiem-vu/{obligation_id}?da-de-nghi#trong-don-vi", status_code=303)


@router.get("/nhiem-vu/{obligation_id}/ket-qua")
def show_answer(request: Request, app: App, who: Who, obligation_id: Number) -> HTMLResponse:
    """What came for a sub-request, for the unit that asked."""
    return _deciding(request, app, who, obligation_id)


@router.post("/nhiem-vu/{obligation_id}/ket-qua")
def decide(
    request: Request, app: App, who: Who, obligation_id: Number, form: Annotated[Posted, Depends(posted)]
) -> Response:
    """Accept what came, or send it back; a mistake comes back with what was typed."""
    inside, _ = input_to_decide(app.database, obligation_id, on=app.today(), actor=who.actor)
    try:
        decide_input(
            app.database,
            obligation_id,
            _decision(form),
            actor=who.actor,
            today=app.today(),
            now=app.clock.now(),
            supplement_working_days=app.settings.supplement_working_days,
        )
    except (InputError, Refused) as error:
        _raise_unless_shown(error)
        field = "han" if form.text("han") and error.code != "reason-missing" else "loi"
        return _deciding(request, app, who, obligation_id, _refused(form, field, error))
    return RedirectResponse(f"/nhiem-vu/{inside.obligation_id}?da-tra-loi#trong-don-vi", status_code=303)


def _raise_unless_shown(error: CchcError) -> None:
    """What no change of the form mends is said on a page of its own."""
    if isinstance(error, (NoRight, ObligationUnknown, InputUnknown, InputOfInput, StageForbids)):
        raise error


def _refused(form: Posted, field: str, error: CchcError) -> Filled:
    return Filled(form, {field: str(error)}, status_of(error))


def _day(form: Posted, name: str) -> date:
    return read_day(form.text(name))


def _decision(form: Posted) -> Decision:
    number = form.text("lan-nop")
    revision = int(number) if number.isdecimal() and len(number) < 6 else 0
    if form.text("viec") == "nhan":
        return Decision(Outcome.ACCEPTED, revision=revision)
    outcome = Outcome.RETURNED_TO_REDO if form.text("viec") == "lam-lai" else Outcome.RETURNED_TO_COMPLETE
    return Decision(outcome, form.text("loi"), _day(form, "han") if form.text("han") else None, revision)


def _naming(request: Request, app: App, who: SignedIn, obligation_id: int, filled: Filled = EMPTY) -> HTMLResponse:
    inside = _inside(app, who, obligation_id, Action.NAME_PERSON)
    if not inside.may_name:
        raise StageForbids(deed="phân công", stage=STAGE_IN_WORDS[inside.stage])
    return page(
        request,
        "phan-cong.html",
        filled.status,
        inside=inside,
        wrongs=filled.wrongs,
        person=filled.form.text("nguoi"),
        by=filled.form.text("ngay"),
    )


def _asking(request: Request, app: App, who: SignedIn, obligation_id: int, filled: Filled = EMPTY) -> HTMLResponse:
    inside = _inside(app, who, obligation_id, Action.ASK_INPUT)
    if inside.asked is not None:
        raise InputOfInput
    if not inside.may_ask:
        raise StageForbids(deed="đề nghị phối hợp", stage=STAGE_IN_WORDS[inside.stage])
    return page(
        request,
        "de-nghi-phoi-hop.html",
        filled.status,
        inside=inside,
        units=askable_units(app.database, obligation_id, on=app.today(), actor=who.actor),
        wrongs=filled.wrongs,
        unit=filled.form.text("don-vi"),
        what=filled.form.text("noi-dung"),
        due_on=filled.form.text("ngay"),
    )


def _deciding(request: Request, app: App, who: SignedIn, input_id: int, filled: Filled = EMPTY) -> HTMLResponse:
    inside, one = input_to_decide(app.database, input_id, on=app.today(), actor=who.actor)
    return page(
        request,
        "ket-qua-phoi-hop.html",
        filled.status,
        inside=inside,
        one=one,
        wrongs=filled.wrongs,
        words=filled.form.text("loi"),
        until=filled.form.text("han"),
        days=app.settings.supplement_working_days,
    )


def _inside(app: App, who: SignedIn, obligation_id: int, action: Action) -> InsideUnit:
    """The obligation from inside a unit that leads it; raises NoRight for everybody else."""
    inside = show_inside_unit(app.database, obligation_id, on=app.today(), actor=who.actor)
    if not inside.own:
        raise NoRight(user=who.actor.user, action=action.value)
    return inside
