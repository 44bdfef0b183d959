"""Nơi nhận: on which channels a person is written to, in which order, and which addresses were left aside."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from cchc_tasks.domain.access import ROLE_IN_WORDS
from cchc_tasks.domain.channels import CHANNEL_IN_WORDS, TRAITS, of_people
from cchc_tasks.domain.errors import CchcError, ContactAddressInvalid, ContactOnGroupChannel, ContactRankInvalid
from cchc_tasks.domain.vocabulary import Channel
from cchc_tasks.services.contacts import list_contacts, remove_contact, set_contact, use_contact_again
from cchc_tasks.services.list_channels import ChannelState, list_channels
from cchc_tasks.web.errors import status_of
from cchc_tasks.web.forms import Posted, posted
from cchc_tasks.web.pages import page
from cchc_tasks.web.session import App, SignedIn, Who

FIELDS = ("kenh", "dia-chi", "thu-tu")
SENDS = (ChannelState.USED, ChannelState.RESTING)
TOLD = {
    "ghi": "Đã ghi nơi nhận qua {channel}",
    "bo": "Đã bỏ nơi nhận qua {channel}",
    "dung-lai": "Địa chỉ qua {channel} được dùng lại",
}

router = APIRouter()


@router.get("/danh-ba/nguoi/{user}")
def show(request: Request, app: App, who: Who, user: str) -> HTMLResponse:
    """A person's channels in the order in which they are tried."""
    chosen = request.query_params.get("kenh", "")
    return _page(request, app, who, user, typed={"kenh": chosen} if chosen in Channel.__members__ else {})


@router.post("/danh-ba/nguoi/{user}")
def keep(request: Request, app: App, who: Who, user: str, form: Annotated[Posted, Depends(posted)]) -> Response:
    """Keep an address on a channel; a mistake comes back with what was typed."""
    typed = {name: form.text(name) for name in FIELDS}
    if typed["kenh"] not in Channel.__members__:
        return _page(request, app, who, user, typed=typed, wrongs={"kenh": "Chọn một kênh."}, status=422)
    channel, place = Channel(typed["kenh"]), typed["thu-tu"]
    try:
        rank = _rank(place)
        set_contact(app.database, user, channel, typed["dia-chi"], actor=who.actor, now=app.clock.now(), rank=rank)
    except tuple(FIELD_OF) as error:
        return _page(
            request, app, who, user, typed=typed, wrongs={FIELD_OF[type(error)]: str(error)}, status=status_of(error)
        )
    return RedirectResponse(f"/danh-ba/nguoi/{user}?da=ghi&cho={channel}", status_code=303)


@router.post("/danh-ba/nguoi/{user}/bo/{name}")
def remove(app: App, who: Who, user: str, name: Channel, _form: Annotated[Posted, Depends(posted)]) -> RedirectResponse:
    """Forget an address."""
    remove_contact(app.database, user, name, actor=who.actor, now=app.clock.now())
    return RedirectResponse(f"/danh-ba/nguoi/{user}?da=bo&cho={name}", status_code=303)


@router.post("/danh-ba/nguoi/{user}/dung-lai/{name}")
def use_again(
    app: App, who: Who, user: str, name: Channel, _form: Annotated[Posted, Depends(posted)]
) -> RedirectResponse:
    """Try an address again that was left aside."""
    use_contact_again(app.database, user, name, actor=who.actor, now=app.clock.now())
    return RedirectResponse(f"/danh-ba/nguoi/{user}?da=dung-lai&cho={name}", status_code=303)


def _rank(text: str) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 4):
        raise ContactRankInvalid(most=len(Channel))
    return int(text)


def _page(
    request: Request,
    app: App,
    who: SignedIn,
    user: str,
    *,
    typed: dict[str, str],
    wrongs: dict[str, str] | None = None,
    status: int = 200,
) -> HTMLResponse:
    found = list_contacts(app.database, user, actor=who.actor)
    now = app.clock.now()
    mail_is_set = bool(app.settings.mail_url.get_secret_value())
    lines = list_channels(app.database, actor=who.actor, on=app.today(), now=now, mail_is_set=mail_is_set)
    chosen = next((one for one in found.contacts if one.channel == typed.get("kenh")), None)
    kept = {"dia-chi": chosen.address, "thu-tu": str(chosen.rank)} if chosen else {}
    done = request.query_params.get("cho", "")
    told = TOLD.get(request.query_params.get("da", "")) if done in Channel.__members__ else None
    context: dict[str, Any] = {
        "found": found,
        "standing": {one.channel: one.state.value for one in lines if one.state not in SENDS},
        "role": ROLE_IN_WORDS[found.role],
        "channels": [(one, CHANNEL_IN_WORDS[one], TRAITS[one]) for one in of_people()],
        "typed": dict.fromkeys(FIELDS, "") | kept | typed,
        "wrongs": wrongs or {},
        "told": told.format(channel=CHANNEL_IN_WORDS[Channel(done)]) if told else None,
    }
    return page(request, "noi-nhan.html", status, **context)


FIELD_OF: dict[type[CchcError], str] = {
    ContactAddressInvalid: "dia-chi",
    ContactOnGroupChannel: "kenh",
    ContactRankInvalid: "thu-tu",
}
