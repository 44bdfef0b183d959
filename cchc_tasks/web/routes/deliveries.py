"""Lượt gửi: the log of messages, and one message as it went out."""

from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from cchc_tasks.domain.dates_in_words import read_day
from cchc_tasks.domain.errors import DateInvalid
from cchc_tasks.domain.mail_answers import meaning
from cchc_tasks.domain.vocabulary import DeliveryKind, DeliveryState
from cchc_tasks.services.delivery_log import Wanted, delivery_log, show_delivery
from cchc_tasks.web.pages import page
from cchc_tasks.web.routes.obligation import Number
from cchc_tasks.web.session import App, Who

# A message is somebody's HTML: shown in a frame that runs nothing, asks for nothing and knows nothing of this site.
MESSAGE_POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"
# The words of the address, in the order in which they are offered: words, shape, state.
STATES: dict[str, tuple[str, str, DeliveryState]] = {
    "da-gui": ("đã gửi", "done", DeliveryState.SENT),
    "loi": ("lỗi", "trouble", DeliveryState.FAILED),
    "hoan": ("hoãn, sẽ gửi lại", "returned", DeliveryState.DEFERRED),
    "dang-gui": ("đang gửi", "awaiting", DeliveryState.CLAIMED),
    "cho-gui": ("chờ gửi", "no-deadline", DeliveryState.PLANNED),
    "huy": ("đã hủy", "cancelled", DeliveryState.CANCELLED),
}
SHOWN = {state: (words, shape) for words, shape, state in STATES.values()}
KINDS = {
    DeliveryKind.DIGEST: "thư nhắc buổi sáng",
    DeliveryKind.INTRODUCTION: "thư giao nhiệm vụ mới",
    DeliveryKind.WEEKLY: "thư tuần gửi lãnh đạo",
    DeliveryKind.ALERT: "thư báo quản trị",
}

router = APIRouter()


@router.get("/luot-gui")
def show_log(request: Request, app: App, who: Who) -> HTMLResponse:
    """The log; what an address asks that does not exist is left out, and said."""
    asked = {name: value.strip() for name, value in request.query_params.items() if value.strip()}
    wanted, unknown = _wanted(asked)
    seen = delivery_log(app.database, wanted, actor=who.actor)
    context: dict[str, Any] = {"asked": asked, "wanted": wanted, "unknown": unknown, "states": STATES}
    return page(request, "luot-gui.html", seen=seen, at=_address, shown=SHOWN, kinds=KINDS, meaning=meaning, **context)


@router.get("/luot-gui/{delivery_id}")
def show_one(request: Request, app: App, who: Who, delivery_id: Number) -> HTMLResponse:
    """One message with its tries and what it spoke of."""
    sent = show_delivery(app.database, delivery_id, actor=who.actor)
    return page(request, "mot-luot-gui.html", sent=sent, shown=SHOWN, kinds=KINDS, meaning=meaning)


@router.get("/luot-gui/{delivery_id}/thu")
def show_html(app: App, who: Who, delivery_id: Number) -> Response:
    """The HTML part alone, for the frame."""
    sent = show_delivery(app.database, delivery_id, actor=who.actor)
    return message(sent.delivery.html or "")


def message(html: str) -> HTMLResponse:
    """A message's HTML under its own strict policy."""
    return HTMLResponse(html, headers={"Content-Security-Policy": MESSAGE_POLICY})


def _wanted(asked: dict[str, str]) -> tuple[Wanted, list[str]]:
    unknown = []
    on = None
    if "ngay" in asked:
        try:
            on = read_day(asked["ngay"])
        except DateInvalid:
            unknown.append(f"ngày “{asked['ngay']}”")
    slug = asked.get("tinh-trang", "")
    if slug and slug not in STATES:
        unknown.append(f"tình trạng “{slug}”")
    number = asked.get("trang", "1")
    wanted = Wanted(
        on=on,
        states=frozenset({STATES[slug][2]}) if slug in STATES else frozenset(),
        text=asked.get("tim", "")[:200],
        page=int(number) if number.isdecimal() and len(number) < 7 else 1,
    )
    return wanted, unknown


def _address(wanted: Wanted, **changed: str | int) -> str:
    """The log's address as it was understood, with something changed."""
    slug = next((slug for slug, one in STATES.items() if one[2] in wanted.states), "")
    kept = {"ngay": wanted.on.isoformat() if wanted.on else "", "tinh-trang": slug, "tim": wanted.text}
    renamed = {name.replace("_", "-"): value for name, value in changed.items()}
    query = urlencode({name: value for name, value in (kept | renamed).items() if value})
    return f"/luot-gui?{query}" if query else "/luot-gui"
