"""`cchc channel`: whether each channel is used, how fast, between which hours, and one test message."""

from dataclasses import asdict
from zoneinfo import ZoneInfo

import click

from cchc_tasks.cli.layout import echo_json, echo_table
from cchc_tasks.cli.office import as_json, as_user, group
from cchc_tasks.cli.session import acting, opened
from cchc_tasks.domain.channels import channel_named
from cchc_tasks.domain.errors import ChannelTestFailed
from cchc_tasks.domain.secret_names import SecretName
from cchc_tasks.domain.vocabulary import Channel
from cchc_tasks.services.list_channels import ChannelLine, ChannelState, list_channels
from cchc_tasks.services.set_channel import ChannelWish, resume_channel, set_channel
from cchc_tasks.services.set_channel_hours import set_channel_hours
from cchc_tasks.services.try_channel import try_channel

channel = group("channel", "Kênh gửi: bật tắt, tốc độ, giờ được gửi, gửi thử.")
KIND = click.Choice(Channel, case_sensitive=False)


@channel.command("list", help="Các kênh: tình trạng, tốc độ, giờ gửi, khóa kết nối còn thiếu, số tin đang chờ.")
@as_json
@as_user
def list_(as_json: bool, user: str | None) -> None:
    app = opened()
    zone = ZoneInfo(app.settings.time_zone)
    lines = list_channels(
        app.database,
        actor=acting(app.database, user),
        on=app.today(),
        now=app.clock.now(),
        mail_is_set=bool(app.settings.mail_url.get_secret_value()),
    )
    if as_json:
        echo_json([asdict(one) | {"state": one.state.name} for one in lines])
        return
    rows = (
        (
            one.channel,
            one.words,
            _standing(one, zone),
            one.per_minute or "–",
            one.hours,
            one.waiting,
            one.sent_today,
        )
        for one in lines
    )
    echo_table(("Kênh", "Gọi là", "Tình trạng", "Mỗi phút", "Giờ gửi", "Đang chờ", "Gửi hôm nay"), rows)


@channel.command("hours", help="Đặt giờ được gửi của một kênh; thư đã soạn chờ đến giờ.")
@click.argument("name", type=KIND, metavar="KÊNH")
@click.option("--from", "opens", required=True, metavar="GIỜ", help="Gửi từ giờ này, ví dụ 07:00.")
@click.option("--to", "closes", required=True, metavar="GIỜ", help="Không gửi từ giờ này, ví dụ 18:00.")
@as_user
def hours(name: Channel, opens: str, closes: str, user: str | None) -> None:
    app = opened()
    kept = set_channel_hours(app.database, name, opens, closes, actor=acting(app.database, user), now=app.clock.now())
    click.echo(f"{_begun(name)} gửi trong giờ {kept}.")


@channel.command("set", help="Bật, tắt một kênh hoặc đặt tốc độ gửi.")
@click.argument("name", type=KIND, metavar="KÊNH")
@click.option("--on/--off", "enabled", default=None, help="Bật hoặc tắt; tin của kênh đã tắt đi theo kênh sau.")
@click.option("--per-minute", type=int, metavar="SỐ", help="Gửi nhiều nhất bấy nhiêu tin mỗi phút.")
@click.option("--no-limit", is_flag=True, help="Không giới hạn số tin mỗi phút.")
@click.option("--at-once", type=int, metavar="SỐ", help="Gửi cùng lúc nhiều nhất bấy nhiêu tin.")
@as_user
def set_(
    name: Channel,
    enabled: bool | None,
    per_minute: int | None,
    no_limit: bool,
    at_once: int | None,
    user: str | None,
) -> None:
    if no_limit and per_minute is not None:
        raise click.UsageError("two speeds")
    if enabled is None and per_minute is None and at_once is None and not no_limit:
        raise click.UsageError("nothing to set")
    app = opened()
    wish = ChannelWish(enabled, per_minute, no_limit, at_once)
    set_channel(app.database, name, wish, actor=acting(app.database, user), now=app.clock.now())
    click.echo(f"Đã đặt {channel_named(name)}.")


@channel.command("resume", help="Cho một kênh đã dừng hoặc đang nghỉ gửi tiếp.")
@click.argument("name", type=KIND, metavar="KÊNH")
@as_user
def resume(name: Channel, user: str | None) -> None:
    app = opened()
    stood = resume_channel(app.database, name, actor=acting(app.database, user), now=app.clock.now())
    click.echo(f"{_begun(name)} gửi tiếp." if stood else f"{_begun(name)} không dừng cũng không nghỉ.")


@channel.command("test", help="Gửi một tin thử đến một địa chỉ và in câu trả lời của bên nhận.")
@click.argument("name", type=KIND, metavar="KÊNH")
@click.argument("address", metavar="ĐỊA_CHỈ")
@as_user
def test(name: Channel, address: str, user: str | None) -> None:
    app = opened()
    actor, link = acting(app.database, user), app.settings.base_url
    receipt = try_channel(app.database, app.ways(), name, address, link=link, actor=actor, now=app.clock.now())
    if not receipt.accepted:
        raise ChannelTestFailed(answer=receipt.answer)
    click.echo(receipt.answer)


def _standing(line: ChannelLine, zone: ZoneInfo) -> str:
    """How a channel stands; of one that cannot send yet, what it lacks."""
    if line.state is not ChannelState.UNSET:
        return line.standing(zone)
    lacks = ("quyền gửi qua Zalo OA" if one is SecretName.ZALO_TOKENS else one for one in line.missing)
    return f"còn thiếu {', '.join(lacks)}"


def _begun(name: Channel) -> str:
    words = channel_named(name)
    return f"{words[0].upper()}{words[1:]}"
