"""Kênh gửi: how each channel stands, how fast it goes, which secrets it has, and which addresses were left aside."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from cchc_tasks.domain.access import Action, Scope, scope
from cchc_tasks.domain.channels import channel_named
from cchc_tasks.domain.errors import CchcError, ChannelSpeedInvalid
from cchc_tasks.domain.vocabulary import Channel
from cchc_tasks.services.contacts import bad_contacts
from cchc_tasks.services.list_channels import ChannelState, list_channels
from cchc_tasks.services.set_channel import MOST_AT_ONCE, MOST_PER_MINUTE, ChannelWish, resume_channel, set_channel
from cchc_tasks.web.errors import status_of
from cchc_tasks.web.forms import Posted, posted
from cchc_tasks.web.pages import page
from cchc_tasks.web.session import App, SignedIn, Who

FIELDS = ("dung", "moi-phut", "cung-luc")
TOLD = {
    "dat": "Đã đặt {channel}",
    "tiep": "{channel} gửi tiếp",
}

router = APIRouter()


@router.get("/kenh-gui")
def show(request: Request, app: App, who: Who) -> HTMLResponse:
    """The channels; one that is asked for has its form beside them."""
    return _page(request, app, who, _channel(request.query_params.get("kenh", "")))


@router.post("/kenh-gui/{name}")
def change(request: Request, app: App, who: Who, name: Channel, form: Annotated[Posted, Depends(posted)]) -> Response:
    """Set whether a channel is used and how fast; a mistake comes back with what was typed."""
    typed = {field: form.text(field) for field in FIELDS}
    wrongs: dict[str, CchcError] = {}
    numbers: dict[str, int | None] = {}
    limits = (("moi-phut", "Số tin mỗi phút", MOST_PER_MINUTE), ("cung-luc", "Số tin gửi cùng lúc", MOST_AT_ONCE))
    for field, what, most in limits:
        digits = typed[field].isascii() and typed[field].isdigit() and len(typed[field]) < 7
        number = int(typed[field]) if digits else None
        if typed[field] and (number is None or not 1 <= number <= most):
            wrongs[field] = ChannelSpeedInvalid(what=what, most=f"{most:,}".replace(",", "."))
        numbers[field] = number
    if wrongs:
        return _page(request, app, who, name, typed=typed, wrongs=wrongs)
    wish = ChannelWish(
        enabled=typed["dung"] == "1",
        per_minute=numbers["moi-phut"],
        no_limit=numbers["moi-phut"] is None,
        at_once=numbers["cung-luc"],
    )
    set_channel(app.database, name, wish, actor=who.actor, now=app.clock.now())
    return RedirectResponse(f"/kenh-gui?da=dat&cho={name}", status_code=303)


@router.post("/kenh-gui/{name}/tiep-tuc")
def resume(app: App, who: Who, name: Channel, _form: Annotated[Posted, Depends(posted)]) -> RedirectResponse:
    """Let a channel go on."""
    resume_channel(app.database, name, actor=who.actor, now=app.clock.now())
    return RedirectResponse(f"/kenh-gui?da=tiep&cho={name}", status_code=303)


def _page(
    request: Request,
    app: App,
    who: SignedIn,
    chosen: Channel | None,
    *,
    typed: dict[str, str] | None = None,
    wrongs: dict[str, CchcError] | None = None,
) -> HTMLResponse:
    lines = list_channels(
        app.database,
        actor=who.actor,
        on=app.today(),
        now=app.clock.now(),
        mail_is_set=bool(app.settings.mail_url.get_secret_value()),
    )
    may_set = scope(who.actor, Action.MANAGE_CHANNELS) is not Scope.NOTHING
    may_see_people = scope(who.actor, Action.MANAGE_CONTACTS) is not Scope.NOTHING
    about = next((one for one in lines if one.channel is chosen), None) if may_set else None
    done = _channel(request.query_params.get("cho", ""))
    told = TOLD.get(request.query_params.get("da", "")) if done else None
    words = channel_named(done) if done else ""
    kept = (
        {"dung": "1" if about.enabled else "", "moi-phut": about.per_minute, "cung-luc": about.at_once} if about else {}
    )
    context: dict[str, Any] = {
        "set_up": [one for one in lines if not one.missing],
        "not_set_up": [one for one in lines if one.missing],
        "of_state": {state.name: [one for one in lines if one.state is state] for state in ChannelState},
        "about": about,
        "typed": typed if typed is not None else {name: str(kept.get(name) or "") for name in FIELDS},
        "wrongs": {name: str(error) for name, error in (wrongs or {}).items()},
        "told": _begun(told.format(channel=words)) if told else None,
        "bad": bad_contacts(app.database, actor=who.actor) if may_see_people else (),
    }
    status = status_of(next(iter(wrongs.values()))) if wrongs else 200
    return page(request, "kenh-gui.html", status, **context)


def _channel(text: str) -> Channel | None:
    return Channel(text) if text in Channel.__members__ else None


def _begun(words: str) -> str:
    return f"{words[0].upper()}{words[1:]}"
