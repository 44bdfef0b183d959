"""`cchc simulate`: every message of a span of days, before anything is sent or published."""

from dataclasses import asdict
from datetime import date
from typing import Any

import click

from cchc_tasks.cli.layout import echo_json, echo_table, shown
from cchc_tasks.cli.office import NUMBER, Day, OfficeCommand, as_json, as_user
from cchc_tasks.cli.session import acting, opened
from cchc_tasks.domain.dates_in_words import full_date
from cchc_tasks.domain.history_in_words import rung_in_words
from cchc_tasks.services.simulate import Simulated, Span
from cchc_tasks.services.simulate import simulate as find_messages

BUSIEST = 10
LONGEST_SPANS = 3


@click.command("simulate", cls=OfficeCommand, help="Mô phỏng thư nhắc của một khoảng thời gian; không gửi, không lưu.")
@click.option("--from", "first", type=Day(), required=True, help="Từ ngày.")
@click.option("--to", "last", type=Day(), required=True, help="Đến ngày.")
@click.option("--plan", "plan_id", type=NUMBER, metavar="SỐ", help="Chỉ kế hoạch này, kể cả khi chưa công bố.")
@click.option("--unit", "unit", metavar="MÃ", help="Liệt kê từng thư gửi người của đơn vị này.")
@click.option("--nobody-answers", is_flag=True, help="Như khi không đơn vị nào nộp; mặc định là nộp đúng hạn.")
@as_json
@as_user
def simulate(
    first: date,
    last: date,
    plan_id: int | None,
    unit: str | None,
    nobody_answers: bool,
    as_json: bool,
    user: str | None,
) -> None:
    app = opened()
    closely = (unit,) if unit else None if as_json else ()
    span = Span(first, last, plan_id, nobody_answers, closely)
    found = find_messages(app.database, span, today=app.today(), actor=acting(app.database, user), now=app.clock.now())
    if as_json:
        echo_json(_messages(found))
        return
    if unit:
        _echo_messages(found)
    _echo_loads(found)


def _messages(found: Simulated) -> list[dict[str, Any]]:
    people = found.simulation.people
    return [
        {
            "on": on,
            "person": people[one].name,
            "unit": found.units[people[one].unit_id],
            "items": [asdict(item) for item in items],
        }
        for (on, one), items in sorted(found.simulation.items.items())
    ]


def _echo_messages(found: Simulated) -> None:
    for (on, one), items in sorted(found.simulation.items.items()):
        click.echo(f"{shown(on)}  {found.simulation.people[one].name}")
        for item in items:
            click.echo(f"    {item.code}. {item.title}: hạn {shown(item.due_on)}, {rung_in_words(item.rung)}")


def _echo_loads(found: Simulated) -> None:
    simulation = found.simulation
    loads = list(simulation.by_unit().items())
    echo_table(("Đơn vị", "Số thư"), ((found.units[one], count) for one, count in loads))
    busiest = ", ".join(f"{full_date(day)} ({count})" for day, count in simulation.busiest(BUSIEST))
    span = f"Từ {shown(simulation.first)} đến {shown(simulation.last)}"
    reach = f"{simulation.messages} thư tới {len(simulation.by_person())} người của {len(loads)} đơn vị"
    click.echo(f"{span}: {reach}; thư dài nhất nhắc {simulation.most_items()} việc.")
    if busiest:
        click.echo(f"Ngày nhiều thư nhất: {busiest}.")
    for start, end, days in simulation.quiet_spans(found.calendar)[:LONGEST_SPANS]:
        click.echo(f"Không có thư nào: {shown(start)} đến {shown(end)}, {days} ngày làm việc.")
