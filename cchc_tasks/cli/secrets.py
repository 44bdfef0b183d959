"""`cchc secret`: passwords, tokens and addresses of connections, which go in and are never shown again."""

import sys
from zoneinfo import ZoneInfo

import click

from cchc_tasks.adapters.secret_box import CONNECTIONS, SECOND_FACTOR
from cchc_tasks.bootstrap import Application, secret_keys
from cchc_tasks.cli.layout import echo_json, echo_table
from cchc_tasks.cli.office import OfficeCommand, as_json, as_user, group
from cchc_tasks.cli.session import acting, opened
from cchc_tasks.domain.access import Action, Actor, require
from cchc_tasks.domain.secret_names import IN_WORDS, MOST_LETTERS, SecretName, check_settable, read_name
from cchc_tasks.services.rotate_key import Boxes, Sealed, rotate_key
from cchc_tasks.services.secrets import forget_secret, list_secrets, set_secret

secret = group("secret", "Khóa kết nối: mật khẩu, mã của các kênh; giá trị không hiện lại.")


@secret.command("list", help="Các khóa kết nối: để làm gì, đã đặt hay chưa, từ khi nào.")
@as_json
@as_user
def list_(as_json: bool, user: str | None) -> None:
    app = opened()
    lines = list_secrets(app.database, actor=acting(app.database, user))
    zone = ZoneInfo(app.settings.time_zone)
    if as_json:
        echo_json(
            [
                {"name": one.name, "use": IN_WORDS[one.name].use, "by": one.changed_by, "at": one.changed_at}
                for one in lines
            ]
        )
        return
    rows = (
        (
            one.name,
            f"{one.changed_at.astimezone(zone):%d/%m/%Y %H:%M}" if one.changed_at else "chưa đặt",
            one.changed_by or "–",
            IN_WORDS[one.name].use,
        )
        for one in lines
    )
    echo_table(("Tên", "Đặt lúc", "Người đặt", "Dùng cho"), rows)


class _SetCommand(OfficeCommand):
    """Says what may be set, under its options."""

    def format_epilog(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The names, with what each is for and what one looks like."""
        with formatter.section("Các tên"):
            formatter.write_dl([(name, _explained(name)) for name in SecretName if name is not SecretName.ZALO_TOKENS])


@secret.command("set", cls=_SetCommand, help="Đặt một khóa kết nối; giá trị gõ ẩn hoặc đọc từ đầu vào chuẩn.")
@click.argument("name", metavar="TÊN")
@as_user
def set_(name: str, user: str | None) -> None:
    app = opened()
    actor, wanted = acting(app.database, user), read_name(name)
    require(actor, Action.MANAGE_CHANNELS)  # before anybody types a password for nothing
    check_settable(wanted)
    set_secret(app.database, app.secret_box(CONNECTIONS), wanted, _typed(wanted), actor=actor, now=app.clock.now())
    click.echo(f"Đã đặt khóa kết nối “{wanted}” ({IN_WORDS[wanted].use}). Giá trị không hiện lại ở đâu nữa.")


@secret.command("remove", help="Xóa một khóa kết nối; kênh dùng khóa này ngừng gửi.")
@click.argument("name", metavar="TÊN")
@as_user
def remove(name: str, user: str | None) -> None:
    app = opened()
    actor, wanted = acting(app.database, user), read_name(name)
    forget_secret(app.database, wanted, actor=actor, now=app.clock.now())
    click.echo(f"Đã xóa khóa kết nối “{wanted}”.")


@secret.command("rotate", help="Đổi khóa bí mật của hệ thống và niêm phong lại mọi khóa kết nối, mã hai bước.")
@click.option(
    "--drop-old", is_flag=True, help="Bỏ các khóa cũ. Đường dẫn trả lời đã gửi từ trước lần đổi khóa hết dùng được."
)
@as_user
def rotate(drop_old: bool, user: str | None) -> None:
    app = opened()
    sealed = _rotated(app, drop_old=drop_old, actor=acting(app.database, user))
    click.echo(f"Đã niêm phong lại {sealed.connections} khóa kết nối và {sealed.second_factors} mã xác thực hai bước.")
    click.echo(_about_old(app, drop_old=drop_old))
    if not sealed.whole:
        click.echo("Có phần không mở được bằng khóa nào. Xem bằng lệnh: cchc doctor.", err=True)


def _rotated(app: Application, *, drop_old: bool, actor: Actor) -> Sealed:
    return rotate_key(
        app.database,
        secret_keys(app.settings),
        Boxes(connections=app.secret_box(CONNECTIONS), second_factors=app.secret_box(SECOND_FACTOR)),
        drop_old=drop_old,
        actor=actor,
        now=app.clock.now(),
    )


def _about_old(app: Application, *, drop_old: bool) -> str:
    if secret_keys(app.settings).from_environment:
        return f"Bỏ khóa cũ khỏi CCHC_SECRET_KEY sau {app.settings.link_days} ngày, khi đường dẫn đã gửi hết hạn."
    if drop_old:
        return "Đã bỏ các khóa cũ. Khởi động lại cchc up."
    return (
        f"Khóa cũ còn giữ để đường dẫn trả lời đã gửi vẫn mở được. Sau {app.settings.link_days} ngày, "
        "bỏ bằng lệnh: cchc secret rotate --drop-old."
    )


def _typed(name: SecretName) -> str:
    """The value from a pipe, else typed without being shown; never from the command line, which others can read."""
    if sys.stdin.isatty():
        return str(click.prompt(f"Giá trị của {name} (không hiện khi gõ)", hide_input=True))
    return sys.stdin.buffer.read(4 * MOST_LETTERS + 16).decode(errors="surrogateescape")


def _explained(name: SecretName) -> str:
    explained = IN_WORDS[name]
    return f"{explained.use}: {explained.example}" if explained.example else explained.use
