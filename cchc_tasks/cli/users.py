"""`cchc user`: the accounts of the directory's people."""

from dataclasses import asdict

import click

from cchc_tasks.cli.layout import echo_json, echo_table
from cchc_tasks.cli.office import as_json, as_user, group
from cchc_tasks.cli.session import acting, opened
from cchc_tasks.domain.access import ROLE_IN_WORDS
from cchc_tasks.domain.vocabulary import Role
from cchc_tasks.services.add_user import NewUser, add_user
from cchc_tasks.services.disable_user import disable_user
from cchc_tasks.services.list_users import list_users
from cchc_tasks.services.set_password import set_password

user = group("user", "Người dùng: thêm, liệt kê, cấp mật khẩu, ngừng hoạt động.")


@user.command("add", help="Thêm một người dùng và in mật khẩu dùng một lần.")
@click.argument("name_of_user", metavar="NGƯỜI_DÙNG")
@click.option("--name", required=True, metavar="HỌ TÊN", help="Họ và tên hiện trên các trang.")
@click.option("--unit", required=True, metavar="MÃ ĐƠN VỊ", help="Đơn vị công tác.")
@click.option(
    "--role",
    required=True,
    type=click.Choice(Role, case_sensitive=False),
    metavar="VAI TRÒ",
    help=f"Một trong: {', '.join(f'{role} ({words})' for role, words in ROLE_IN_WORDS.items())}.",
)
@click.option("--mail", metavar="THƯ", help="Địa chỉ thư điện tử để nhận nhắc việc.")
@as_user
def add(name_of_user: str, name: str, unit: str, role: Role, mail: str | None, user: str | None) -> None:
    app = opened()
    password = add_user(
        app.database,
        app.passwords,
        NewUser(name_of_user, name, unit, role, mail),
        actor=acting(app.database, user),
        on=app.today(),
        now=app.clock.now(),
    )
    click.echo(f"Đã thêm người dùng {name_of_user}.")
    _tell(password)


@user.command("list", help="Danh sách người dùng.")
@as_json
@as_user
def list_(as_json: bool, user: str | None) -> None:
    app = opened()
    lines = list_users(app.database, actor=acting(app.database, user))
    if as_json:
        echo_json([asdict(one) for one in lines])
        return
    rows = (
        (
            one.user,
            ROLE_IN_WORDS[one.role],
            "hoạt động" if one.active else "đã ngừng",
            "có" if one.has_password else "chưa cấp",
            "đã bật" if one.has_second_factor else "–",
            one.name,
            one.unit,
        )
        for one in lines
    )
    echo_table(("Người dùng", "Vai trò", "Tình trạng", "Mật khẩu", "Hai bước", "Họ tên", "Đơn vị"), rows)


@user.command("disable", help="Ngừng một người dùng: không đăng nhập và không nhận thư nữa; lịch sử vẫn giữ.")
@click.argument("name_of_user", metavar="NGƯỜI_DÙNG")
@as_user
def disable(name_of_user: str, user: str | None) -> None:
    app = opened()
    replanned = disable_user(
        app.database, name_of_user, actor=acting(app.database, user), on=app.today(), now=app.clock.now()
    )
    click.echo(f"Đã ngừng người dùng {name_of_user}. Các phiên làm việc của người này đã kết thúc.")
    if replanned:
        click.echo(f"Nhắc việc của {replanned} việc đã chuyển sang những người còn lại của đơn vị.")


@user.command("password", help="Cấp mật khẩu dùng một lần và mở khóa đăng nhập.")
@click.argument("name_of_user", metavar="NGƯỜI_DÙNG")
@click.option("--reset-totp", is_flag=True, help="Bỏ cả điện thoại đã bật xác thực hai bước, để bật lại từ đầu.")
@as_user
def password(name_of_user: str, reset_totp: bool, user: str | None) -> None:
    app = opened()
    given = set_password(
        app.database,
        app.passwords,
        name_of_user,
        actor=acting(app.database, user),
        now=app.clock.now(),
        reset_totp=reset_totp,
    )
    click.echo(f"Đã cấp mật khẩu mới cho {name_of_user}.")
    _tell(given)


def _tell(password: str) -> None:
    click.echo(f"Mật khẩu dùng một lần: {password}")
    click.echo("Mật khẩu chỉ hiện lần này; phải đổi ngay khi đăng nhập.")
