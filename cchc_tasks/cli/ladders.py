"""`cchc ladder`: when reminders go out before and after a day."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

import click

from cchc_tasks.cli.layout import echo_json, echo_table
from cchc_tasks.cli.office import NUMBER, as_json, as_user, group
from cchc_tasks.cli.session import acting, opened
from cchc_tasks.domain.ladders import LADDER_IN_WORDS, ladder_in_words, read_ladder
from cchc_tasks.services.clear_ladder import clear_ladder
from cchc_tasks.services.ladder_places import LadderPlace
from cchc_tasks.services.list_ladders import list_ladders
from cchc_tasks.services.set_ladder import set_ladder

ladder = group("ladder", "Thang nhắc việc: nhắc trước hạn, sau hạn bao nhiêu ngày.")


def at_one_place(function: Callable[..., Any]) -> Callable[..., Any]:
    """The options that name one plan, duty or unit."""
    for option in (
        click.option("--unit", metavar="MÃ ĐƠN VỊ", help="Chỉ cho người của đơn vị này."),
        click.option("--duty", type=NUMBER, metavar="SỐ", help="Chỉ cho nhiệm vụ này."),
        click.option("--plan", type=NUMBER, metavar="SỐ", help="Chỉ cho kế hoạch này."),
    ):
        function = option(function)
    return function


@ladder.command("list", help="Các thang nhắc việc và nơi áp dụng.")
@as_json
@as_user
def list_(as_json: bool, user: str | None) -> None:
    app = opened()
    lines = list_ladders(app.database, actor=acting(app.database, user))
    if as_json:
        echo_json([asdict(one) for one in lines])
        return
    rows = ((one.name, one.words, one.place, ladder_in_words(one.before, one.after, one.at_most)) for one in lines)
    echo_table(("Thang", "Dùng cho", "Áp dụng", "Các mốc"), rows)


@ladder.command("set", help="Đặt các mốc của một thang: mọi nơi, hoặc riêng một kế hoạch, nhiệm vụ, đơn vị.")
@click.argument("name", metavar="THANG")
@click.option("--before", required=True, metavar="NGÀY", help="Số ngày trước hạn, ví dụ 30,14,7; 0 là ngày cuối.")
@click.option("--after", required=True, metavar="NGÀY", help="Số ngày sau hạn, ví dụ 1,3,7.")
@click.option("--at-most", type=NUMBER, metavar="SỐ", help="Nhiều nhất bấy nhiêu lần nhắc một người về một việc.")
@at_one_place
@as_user
def set_(
    name: str,
    before: str,
    after: str,
    at_most: int | None,
    plan: int | None,
    duty: int | None,
    unit: str | None,
    user: str | None,
) -> None:
    app = opened()
    replanned = set_ladder(
        app.database,
        read_ladder(name, before, after, at_most),
        _place(plan, duty, unit),
        actor=acting(app.database, user),
        on=app.today(),
        now=app.clock.now(),
    )
    click.echo(f"Đã đặt thang “{LADDER_IN_WORDS[name]}”. Đã tính lại ngày nhắc của {replanned} việc.")


@ladder.command("clear", help="Bỏ thang riêng của một kế hoạch, nhiệm vụ hoặc đơn vị.")
@click.argument("name", metavar="THANG")
@at_one_place
@as_user
def clear(name: str, plan: int | None, duty: int | None, unit: str | None, user: str | None) -> None:
    app = opened()
    replanned = clear_ladder(
        app.database,
        name,
        _place(plan, duty, unit),
        actor=acting(app.database, user),
        on=app.today(),
        now=app.clock.now(),
    )
    click.echo(f"Đã bỏ thang riêng “{LADDER_IN_WORDS[name]}”. Đã tính lại ngày nhắc của {replanned} việc.")


def _place(plan: int | None, duty: int | None, unit: str | None) -> LadderPlace:
    if sum(one is not None for one in (plan, duty, unit)) > 1:
        raise click.UsageError("more than one place")
    return LadderPlace(plan, duty, unit)
