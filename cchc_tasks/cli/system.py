"""`cchc init` and `cchc db`: the data folder and the database."""

from pathlib import Path

import click

from cchc_tasks.bootstrap import create_application, restore_application, upgrade_application
from cchc_tasks.cli.office import OfficeCommand, as_user, group
from cchc_tasks.cli.session import acting, existing, opened
from cchc_tasks.demo.prepare import prepare_demo
from cchc_tasks.domain.access import LOCAL_ADMINISTRATOR, Action, require
from cchc_tasks.domain.errors import DataDamaged
from cchc_tasks.services.backup import back_up
from cchc_tasks.services.check_database import check_database
from cchc_tasks.settings import load_settings

database = group("db", "Cơ sở dữ liệu: nâng cấp, kiểm tra, sao lưu, khôi phục.")


@click.command("init", cls=OfficeCommand, help="Chuẩn bị thư mục dữ liệu: cơ sở dữ liệu, danh bạ, khóa bí mật.")
@click.option("--units", metavar="TỆP", help="Danh bạ đơn vị (.toml). Mặc định: config/units.toml.")
@click.option("--demo", is_flag=True, help="Kèm kế hoạch mẫu của Sở mẫu.")
def init(units: str | None, demo: bool) -> None:
    settings = load_settings()
    named: Path | None = existing(units) if units else None
    app = create_application(settings, named, actor=LOCAL_ADMINISTRATOR)
    click.echo(f"Đã chuẩn bị thư mục dữ liệu {settings.home}.")
    if demo:
        click.echo(prepare_demo(settings.home, app.today().year))
        return
    click.echo("Tiếp theo: cchc secret set mail-url (máy chủ thư), cchc user password quantri, rồi cchc up.")
    click.echo("Bộ phận nào chưa xong thì xem: cchc doctor.")


@database.command("upgrade", help="Đưa cơ sở dữ liệu lên phiên bản hiện tại.")
def upgrade() -> None:
    upgrade_application(load_settings())
    click.echo("Cơ sở dữ liệu đã ở phiên bản hiện tại.")


@database.command("backup", help="Sao lưu cơ sở dữ liệu và kho tài liệu vào một tệp; không gồm khóa bí mật.")
@click.argument("file", metavar="TỆP")
@as_user
def backup(file: str, user: str | None) -> None:
    app = opened()
    actor = acting(app.database, user)
    back_up(app.database, app.vault, app.archive, existing(file), actor=actor, now=app.clock.now())
    click.echo(f"Đã sao lưu vào {file}.")


@database.command("restore", help="Khôi phục bản sao lưu vào thư mục dữ liệu và cơ sở dữ liệu trống.")
@click.argument("file", metavar="TỆP")
def restore(file: str) -> None:
    settings = load_settings()
    restore_application(settings, existing(file), actor=LOCAL_ADMINISTRATOR)
    click.echo(f"Đã khôi phục vào {settings.home}. Kiểm tra lại bằng lệnh: cchc db check.")


@database.command("check", help="Kiểm tra nhật ký và kho tài liệu còn nguyên vẹn.")
@as_user
def check(user: str | None) -> None:
    app = opened()
    require(acting(app.database, user), Action.MANAGE_SYSTEM)
    found = check_database(app.database, app.vault)
    if found:
        raise DataDamaged(count=len(found), first=found[0])
    click.echo("Nhật ký và kho tài liệu còn nguyên vẹn.")
