"""`cchc channel zalo-consent` and `cchc message post`: the right to write through Zalo, a message into a group."""

import sys
from datetime import datetime
from zoneinfo import ZoneInfo

import click

from cchc_tasks.adapters.secret_box import CONNECTIONS
from cchc_tasks.adapters.zalo.oauth import OAuthDoor
from cchc_tasks.cli.office import OfficeCommand, as_user
from cchc_tasks.cli.session import acting, opened
from cchc_tasks.domain.access import Action, require
from cchc_tasks.domain.dates_in_words import short_date
from cchc_tasks.domain.errors import ZaloNotSet
from cchc_tasks.domain.group_text import fingerprint
from cchc_tasks.domain.secret_names import SecretName
from cchc_tasks.domain.zalo_consent import read_answer
from cchc_tasks.services.group_text import group_text
from cchc_tasks.services.post_to_group import post_to_group, text_of
from cchc_tasks.services.take_zalo_consent import take_zalo_consent

LONGEST = 8_000


@click.command(
    "zalo-consent",
    cls=OfficeCommand,
    help="Nhận quyền gửi qua Zalo OA: đọc mã cấp quyền, hoặc cả địa chỉ có mã, từ đầu vào chuẩn.",
)
@as_user
def consent(user: str | None) -> None:
    app = opened()
    actor = acting(app.database, user)
    require(actor, Action.MANAGE_CHANNELS)  # before anybody pastes a code for nothing
    settings = app.zalo_settings()
    if settings is None:
        raise ZaloNotSet(name=SecretName.ZALO_APP_ID)
    answer = read_answer(_typed())
    box, door, now = app.secret_box(CONNECTIONS), OAuthDoor(settings), app.clock.now()
    state = take_zalo_consent(app.database, box, door, answer, actor=actor, now=now)
    until = _day(state.refresh_until, ZoneInfo(app.settings.time_zone))
    click.echo(f"Đã nhận quyền gửi qua Zalo OA; mã gia hạn dùng được đến {until}. Các kênh Zalo gửi tiếp.")


@click.command(
    "post",
    cls=OfficeCommand,
    help="Gửi tin của một nhóm đơn vị vào nhóm Zalo: xem trước, rồi lượt chạy tới gửi trong giờ gửi.",
)
@click.argument("code", metavar="MÃ_NHÓM")
@click.option("--group", "group_id", required=True, metavar="MÃ_NHÓM_ZALO", help="Mã nhóm Zalo do OA của Sở lập.")
@click.option("--yes", is_flag=True, help="Gửi mà không hỏi lại.")
@as_user
def post(code: str, group_id: str, yes: bool, user: str | None) -> None:
    app = opened()
    actor = acting(app.database, user)
    require(actor, Action.POST_TO_GROUP)
    text = text_of(group_text(app.database, code, on=app.today(), base_url=app.settings.base_url, actor=actor))
    click.echo(text)
    if not yes and not _agreed():
        raise click.Abort
    number = post_to_group(
        app.database,
        code,
        group_id,
        seen=fingerprint(text),
        base_url=app.settings.base_url,
        zone=ZoneInfo(app.settings.time_zone),
        actor=actor,
        now=app.clock.now(),
    )
    click.echo(f"\nLượt gửi {number}: lượt chạy tới gửi, mười phút một lượt trong giờ gửi.")


def _typed() -> str:
    """From a pipe, else typed without being shown."""
    if sys.stdin.isatty():
        return str(click.prompt("Mã cấp quyền hoặc cả địa chỉ (không hiện khi gõ)", hide_input=True))
    return sys.stdin.buffer.read(LONGEST).decode(errors="replace")


def _agreed() -> bool:
    said = click.prompt("\nGửi tin trên vào nhóm Zalo? (có/không)", default="không", show_default=False)
    return str(said).strip().casefold() in {"có", "co", "c"}


def _day(moment: datetime | None, zone: ZoneInfo) -> str:
    return short_date(moment.astimezone(zone).date()) if moment else "–"
