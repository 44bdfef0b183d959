"""Lượt gửi: the log of messages, one message as it went out, and what can be done with them."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from cchc_tasks.domain.channels import CHANNEL_IN_WORDS
from cchc_tasks.domain.dates_in_words import read_day
from cchc_tasks.domain.delivery_deeds import POSSIBLE, Deed
from cchc_tasks.domain.delivery_words import (
    KIND_IN_WORDS,
    RETURNED_IN_WORDS,
    STATE_IN_WORDS,
    after_cancelling_in_words,
    answer_in_words,
    course_in_words,
    fault_in_words,
    is_returned,
    reference,
    state_in_words,
)
from cchc_tasks.domain.directory import KIND_IN_WORDS as UNIT_KIND_IN_WORDS
from cchc_tasks.domain.errors import DateInvalid, NoRight, Refused
from cchc_tasks.domain.vocabulary import Channel, DeliveryState
from cchc_tasks.services.cancel_delivery import cancel_deliveries, cancel_delivery
from cchc_tasks.services.choose_deliveries import choose_deliveries
from cchc_tasks.services.delivery_log import Wanted, delivery_log, show_delivery
from cchc_tasks.services.release_batch import held_batch, release_batch
from cchc_tasks.services.requeue_delivery import requeue_deliveries, requeue_delivery
from cchc_tasks.services.resend_delivery import resend_delivery
from cchc_tasks.store.delivery_deeds import Fitting
from cchc_tasks.web.errors import status_of
from cchc_tasks.web.forms import Posted, posted
from cchc_tasks.web.pages import page
from cchc_tasks.web.routes.obligation import Number
from cchc_tasks.web.session import App, SignedIn, Who

# A message is somebody's HTML: shown in a frame that runs nothing, asks for nothing and knows nothing of this site.
MESSAGE_POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"
# The words of the address, in the order in which they are offered: shape, state.
STATES: dict[str, tuple[str, DeliveryState]] = {
    "da-gui": ("done", DeliveryState.SENT),
    "loi": ("trouble", DeliveryState.FAILED),
    "bo-cuoc": ("trouble", DeliveryState.DEAD),
    "hoan": ("returned", DeliveryState.DEFERRED),
    "dang-gui": ("awaiting", DeliveryState.CLAIMED),
    "cho-gui": ("no-deadline", DeliveryState.PLANNED),
    "huy": ("cancelled", DeliveryState.CANCELLED),
}
SHAPES = {state: shape for shape, state in STATES.values()}
RETURNED = "tra-lai"  # sent and came back
NOT_SENT = "khong-gui-duoc"  # what nothing happens with any more by itself
NOT_SENT_STATES = frozenset({DeliveryState.FAILED, DeliveryState.DEAD})
SLUGS = {state: slug for slug, (_, state) in STATES.items()}
CHANNELS = {channel.value.lower().replace("_", "-"): channel for channel in Channel}
DEEDS = {"gui-lai": Deed.RESEND, "thu-lai": Deed.REQUEUE, "huy": Deed.CANCEL}
FOR_MANY = {"thu-lai": Deed.REQUEUE, "huy": Deed.CANCEL}

router = APIRouter()


@router.get("/luot-gui")
def show_log(request: Request, app: App, who: Who) -> HTMLResponse:
    """The log; what an address asks that does not exist is left out, and said."""
    return _log(request, app, who)


@router.post("/luot-gui/cho-gui")
def let_go(request: Request, app: App, who: Who, form: Annotated[Posted, Depends(posted)]) -> Response:
    """Let a morning above the ceiling go out, if it is no more than what was seen."""
    on, seen = read_day(form.text("ngay")), _count(form.text("da-xem")) or 0
    try:
        waiting = release_batch(app.database, on, actor=who.actor, now=app.clock.now(), seen=seen)
    except NoRight:
        raise
    except Refused as error:
        return _log(request, app, who, error)
    return RedirectResponse(_address(Wanted(on=on), cho_gui=waiting), status_code=303)


@router.get("/luot-gui/nhieu")
def show_many(request: Request, app: App, who: Who) -> HTMLResponse:
    """How many a deed for many is about, before it is done."""
    return _many(request, app, who, dict(request.query_params))


@router.post("/luot-gui/nhieu")
def do_to_many(request: Request, app: App, who: Who, form: Annotated[Posted, Depends(posted)]) -> Response:
    """Do it to all that fit, if they are no more than were seen."""
    asked = {name: form.text(name) for name in ("viec", "tinh-trang", "kenh", "ngay")}
    deed, fitting = _fitting(asked)
    if deed is None or fitting is None:
        return _many(request, app, who, asked)
    verb = requeue_deliveries if deed is Deed.REQUEUE else cancel_deliveries
    try:
        seen = _count(form.text("da-xem")) or 0
        count = verb(app.database, fitting, seen=seen, actor=who.actor, now=app.clock.now())
    except NoRight:
        raise
    except Refused as error:
        return _many(request, app, who, asked, error)
    return RedirectResponse(_address(_same(fitting), viec=asked["viec"], so=count), status_code=303)


@router.get("/luot-gui/{delivery_id}")
def show_one(request: Request, app: App, who: Who, delivery_id: Number) -> HTMLResponse:
    """One message with its tries, what it spoke of and what can be done with it."""
    return _one(request, app, who, delivery_id)


@router.get("/luot-gui/{delivery_id}/thu")
def show_html(app: App, who: Who, delivery_id: Number) -> Response:
    """The HTML part alone, for the frame."""
    sent = show_delivery(app.database, delivery_id, actor=who.actor)
    return message(sent.delivery.html or "")


@router.post("/luot-gui/{delivery_id}/gui-lai")
def resend(
    request: Request, app: App, who: Who, delivery_id: Number, _form: Annotated[Posted, Depends(posted)]
) -> Response:
    """Let a message that was sent go out once more."""
    return _do(request, app, who, delivery_id, "gui-lai")


@router.post("/luot-gui/{delivery_id}/thu-lai")
def requeue(
    request: Request, app: App, who: Who, delivery_id: Number, _form: Annotated[Posted, Depends(posted)]
) -> Response:
    """Give a message another chance."""
    return _do(request, app, who, delivery_id, "thu-lai")


@router.post("/luot-gui/{delivery_id}/huy")
def cancel(
    request: Request, app: App, who: Who, delivery_id: Number, _form: Annotated[Posted, Depends(posted)]
) -> Response:
    """Call a message off."""
    return _do(request, app, who, delivery_id, "huy")


def message(html: str) -> HTMLResponse:
    """A message's HTML under its own strict policy."""
    return HTMLResponse(html, headers={"Content-Security-Policy": MESSAGE_POLICY})


def _do(request: Request, app: App, who: SignedIn, delivery_id: int, slug: str) -> Response:
    verb = {"gui-lai": resend_delivery, "thu-lai": requeue_delivery, "huy": cancel_delivery}[slug]
    try:
        verb(app.database, delivery_id, actor=who.actor, now=app.clock.now())
    except NoRight:
        raise
    except Refused as error:  # as it stands now, with why not
        return _one(request, app, who, delivery_id, error)
    return RedirectResponse(f"/luot-gui/{delivery_id}?da={slug}", status_code=303)


def _words(app: App) -> dict[str, Any]:
    """What the templates say with."""
    on, zone, now = app.today(), ZoneInfo(app.settings.time_zone), app.clock.now()
    return {
        "say": lambda row: course_in_words(row.course(now), on=on, zone=zone),
        "answer_words": answer_in_words,
        "fault_words": fault_in_words,
        "kinds": KIND_IN_WORDS,
        "state_words": STATE_IN_WORDS,
        "returned_words": RETURNED_IN_WORDS,
        "channel_words": CHANNEL_IN_WORDS,
        "stands": lambda row: state_in_words(row.state, row.known),
        "mark": lambda row: "trouble" if is_returned(row.state, row.known) else SHAPES[row.state],
        "now": now,
    }


def _log(request: Request, app: App, who: SignedIn, error: Refused | None = None) -> HTMLResponse:
    asked = {name: value.strip() for name, value in request.query_params.items() if value.strip()}
    wanted, unknown = _wanted(asked)
    state = next(iter(wanted.states)) if len(wanted.states) == 1 else None
    return page(
        request,
        "luot-gui.html",
        status_of(error) if error else 200,
        wanted=wanted,
        unknown=unknown,
        seen=delivery_log(app.database, wanted, actor=who.actor),
        batch=held_batch(app.database, app.today(), app.settings.batch_ceiling, actor=who.actor),
        refused=str(error) if error else None,
        at=_address,
        states=STATES,
        slug=_slug(wanted),
        channels=CHANNELS,
        unit_kinds=UNIT_KIND_IN_WORDS,
        for_many=[slug for slug, deed in FOR_MANY.items() if state in POSSIBLE[deed]] if not wanted.text else [],
        many_at=_many_address,
        done=(DEEDS.get(asked.get("viec", "")), _count(asked.get("so", ""))),
        let_go=_count(asked.get("cho-gui", "")),
        **_words(app),
    )


def _one(request: Request, app: App, who: SignedIn, delivery_id: int, error: Refused | None = None) -> HTMLResponse:
    sent = show_delivery(app.database, delivery_id, actor=who.actor)
    one = sent.delivery
    return page(
        request,
        "mot-luot-gui.html",
        status_of(error) if error else 200,
        sent=sent,
        possible={slug: deed for slug, deed in DEEDS.items() if deed in sent.possible(app.clock.now())},
        reference=reference(one.business_on, one.kind, delivery_id),
        after_cancelling=after_cancelling_in_words(one.kind),
        refused=str(error) if error else None,
        done=DEEDS.get(request.query_params.get("da", "")),
        **_words(app),
    )


def _many(
    request: Request, app: App, who: SignedIn, asked: Mapping[str, str], error: Refused | None = None
) -> HTMLResponse:
    deed, fitting = _fitting(asked)
    if deed is None or fitting is None:
        raise HTTPException(404)
    chosen = None
    try:
        chosen = choose_deliveries(app.database, deed, fitting, actor=who.actor)
    except NoRight:
        raise
    except Refused as none:
        error = error or none
    return page(
        request,
        "luot-gui-nhieu.html",
        status_of(error) if error else 200,
        deed=deed,
        slug=asked["viec"],
        fitting=fitting,
        chosen=chosen,
        back=_address(_same(fitting)),
        fields=_fields(fitting),
        refused=str(error) if error else None,
        **_words(app),
    )


def _fitting(asked: Mapping[str, str]) -> tuple[Deed | None, Fitting | None]:
    """The deed and what it is about; None where the address names none."""
    deed, state = FOR_MANY.get(asked.get("viec", "")), STATES.get(asked.get("tinh-trang", ""))
    channel, day = asked.get("kenh", ""), asked.get("ngay", "")
    if deed is None or state is None or (channel and channel not in CHANNELS):
        return None, None
    return deed, Fitting(state[1], CHANNELS.get(channel), read_day(day) if day else None)


def _wanted(asked: Mapping[str, str]) -> tuple[Wanted, list[str]]:
    unknown = []
    on: date | None = None
    if "ngay" in asked:
        try:
            on = read_day(asked["ngay"])
        except DateInvalid:
            unknown.append(f"ngày “{asked['ngay']}”")
    slug, channel = asked.get("tinh-trang", ""), asked.get("kenh", "")
    if slug and slug not in (*STATES, RETURNED, NOT_SENT):
        unknown.append(f"tình trạng “{slug}”")
    if channel and channel not in CHANNELS:
        unknown.append(f"kênh “{channel}”")
    wanted = Wanted(
        on=on,
        states=NOT_SENT_STATES if slug == NOT_SENT else frozenset({STATES[slug][1]} if slug in STATES else ()),
        channel=CHANNELS.get(channel),
        text=asked.get("tim", "")[:200],
        page=_count(asked.get("trang", "1")) or 1,
        returned=slug == RETURNED,
    )
    return wanted, unknown


def _same(fitting: Fitting) -> Wanted:
    return Wanted(on=fitting.on, states=frozenset({fitting.state}), channel=fitting.channel)


def _fields(wanted: Wanted | Fitting) -> dict[str, str]:
    """A filter as fields of an address or a form."""
    return {
        "ngay": wanted.on.isoformat() if wanted.on else "",
        "tinh-trang": SLUGS[wanted.state] if isinstance(wanted, Fitting) else _slug(wanted),
        "kenh": wanted.channel.value.lower().replace("_", "-") if wanted.channel else "",
    }


def _slug(wanted: Wanted) -> str:
    """How what is looked for stands, in the word of the address; empty where all are."""
    if wanted.returned:
        return RETURNED
    return NOT_SENT if len(wanted.states) > 1 else next((SLUGS[state] for state in wanted.states), "")


def _address(wanted: Wanted, **changed: str | int) -> str:
    """The log's address as it was understood, with something changed."""
    renamed = {name.replace("_", "-"): value for name, value in changed.items()}
    fields = _fields(wanted) | {"tim": wanted.text} | renamed
    query = urlencode({name: value for name, value in fields.items() if value})
    return f"/luot-gui?{query}" if query else "/luot-gui"


def _many_address(wanted: Wanted, slug: str) -> str:
    """Where a deed for all that fit is looked at."""
    kept = {name: value for name, value in _fields(wanted).items() if value}
    return f"/luot-gui/nhieu?{urlencode({'viec': slug} | kept)}"


def _count(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 7 else None
