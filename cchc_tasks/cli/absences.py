"""`cchc absence`: who is away, and who hears in their place."""

from dataclasses import asdict
from datetime import date

import click

from cchc_tasks.cli.layout import echo_json, echo_table
from cchc_tasks.cli.office import NUMBER, Day, as_json, as_user, group
from cchc_tasks.cli.session import acting, opened
from cchc_tasks.domain.dates_in_words import short_date
from cchc_tasks.services.add_absence import NewAbsence, add_absence
from cchc_tasks.services.end_absence import end_absence
from cchc_tasks.services.list_absences import list_absences

absence = group("absence", "Tạm vắng: ai vắng những ngày nào, ai nhận thư nhắc thay.")


@absence.command("add", help="Ghi một người tạm vắng.")
@click.argument("name_of_user", metavar="NGƯỜI_DÙNG")
@click.option("--from", "first", type=Day(), required=True, help="Ngày vắng đầu tiên.")
@click.option("--to", "last", type=Day(), required=True, help="Ngày vắng cuối cùng.")
@click.option("--stand-in", metavar="NGƯỜI DÙNG", help="Người nhận thay. Bỏ trống: trưởng đơn vị.")
@as_user
def add(name_of_user: str, first: date, last: date, stand_in: str | None, user: str | None) -> None:
    app = opened()
    done = add_absence(
        app.database,
        NewAbsence(name_of_user, first, last, stand_in),
        actor=acting(app.database, user),
        on=app.today(),
        now=app.clock.now(),
    )
    click.echo(f"Đã ghi lần tạm vắng số {done.number}: {done.person}, {short_date(first)} – {short_date(last)}.")
    if done.stand_in:
        click.echo(f"Người nhận thay: {done.stand_in}.")
    else:
        click.echo("Không có người nhận thay: thư nhắc được giữ đến khi người này trở lại.")


@absence.command("list", help="Các lần tạm vắng chưa kết thúc.")
@as_json
@as_user
def list_(as_json: bool, user: str | None) -> None:
    app = opened()
    lines = list_absences(app.database, actor=acting(app.database, user), on=app.today()).lines
    if as_json:
        echo_json([asdict(one) for one in lines])
        return
    rows = (
        (one.number, short_date(one.first_on), short_date(one.last_on), one.person, one.unit, one.stand_in or "–")
        for one in lines
    )
    echo_table(("Số", "Từ", "Đến", "Người vắng", "Đơn vị", "Người nhận thay"), rows)


@absence.command("end", help="Kết thúc sớm một lần tạm vắng: người này nhận thư nhắc lại từ hôm nay.")
@click.argument("number", type=NUMBER, metavar="SỐ")
@as_user
def end(number: int, user: str | None) -> None:
    app = opened()
    name = end_absence(app.database, number, actor=acting(app.database, user), on=app.today(), now=app.clock.now())
    click.echo(f"Đã kết thúc lần tạm vắng số {number}: {name} nhận thư nhắc lại từ hôm nay.")
