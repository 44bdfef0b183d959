"""Lượt gửi: the log of messages, and one message as it went out."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from cchc_tasks.domain.dates_in_words import read_day
from cchc_tasks.domain.errors import DateInvalid
from cchc_tasks.domain.mail_answers import meaning
from cchc_tasks.domain.vocabulary import DeliveryKind, DeliveryState
from cchc_tasks.services.delivery_log import delivery_log, show_delivery
from cchc_tasks.web.pages import page
from cchc_tasks.web.routes.obligation import Number
from cchc_tasks.web.session import App, Who

# A message is somebody's HTML: shown in a frame that runs nothing, asks for nothing and knows nothing of this site.
MESSAGE_POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"
STATES: dict[str, tuple[str, str, frozenset[DeliveryState]]] = {
    "da-gui": ("đã gửi", "done", frozenset({DeliveryState.SENT})),
    "loi": ("lỗi", "trouble", frozenset({DeliveryState.FAILED})),
    "hoan": ("hoãn, sẽ gửi lại", "due-soon", frozenset({DeliveryState.DEFERRED})),
    "dang-gui": ("đang gửi", "awaiting", frozenset({DeliveryState.CLAIMED})),
    "cho-gui": ("chờ gửi", "no-deadline", frozenset({DeliveryState.PLANNED})),
    "huy": ("đã hủy", "cancelled", frozenset({DeliveryState.CANCELLED})),
}
STATE_SHOWN = {state: (words, shape) for words, shape, states in STATES.values() for state in states}
KINDS = {
    DeliveryKind.DIGEST: "thư nhắc buổi sáng",
    DeliveryKind.INTRODUCTION: "thư giao nhiệm vụ mới",
    DeliveryKind.ALERT: "thư báo quản trị",
}

router = APIRouter()


@router.get("/luot-gui")
def show_log(request: Request, app: App, who: Who, ngay: str = "", trang: str = "1") -> HTMLResponse:
    """The log; a day or state that does not exist is left out, and said."""
    slug = request.query_params.get("tinh-trang", "")
    unknown = [f"tình trạng “{slug}”"] if slug and slug not in STATES else []
    try:
        on = read_day(ngay) if ngay else None
    except DateInvalid as error:
        on = None
        unknown.append(str(error))
    states = STATES[slug][2] if slug in STATES else frozenset()
    number = int(trang) if trang.isdecimal() and len(trang) < 7 else 1
    seen = delivery_log(app.database, on=on, states=states, page=number, actor=who.actor)
    return page(
        request,
        "luot-gui.html",
        seen=seen,
        day_chosen=on,
        slug=slug if slug in STATES else "",
        unknown=unknown,
        states=STATES,
        shown=STATE_SHOWN,
        kinds=KINDS,
        meaning=meaning,
    )


@router.get("/luot-gui/{delivery_id}")
def show_one(request: Request, app: App, who: Who, delivery_id: Number) -> HTMLResponse:
    """One message with its tries and what it spoke of."""
    sent = show_delivery(app.database, delivery_id, actor=who.actor)
    return page(
        request, "mot-luot-gui.html", sent=sent, shown=STATE_SHOWN[sent.delivery.state], kinds=KINDS, meaning=meaning
    )


@router.get("/luot-gui/{delivery_id}/thu")
def show_html(app: App, who: Who, delivery_id: Number) -> Response:
    """The HTML part alone, for the frame."""
    sent = show_delivery(app.database, delivery_id, actor=who.actor)
    return message(sent.delivery.html or "")


def message(html: str) -> HTMLResponse:
    """A message's HTML under its own strict policy."""
    return HTMLResponse(html, headers={"Content-Security-Policy": MESSAGE_POLICY})
