"""`cchc obligation internal-due` and `cchc plan internal-due`: the day before the due day at which reminders aim."""

from collections.abc import Callable
from datetime import date
from typing import Any

import click

from cchc_tasks.cli.layout import echo_table, shown
from cchc_tasks.cli.office import NUMBER, Day, OfficeCommand, as_user
from cchc_tasks.cli.session import acting, opened
from cchc_tasks.domain.vocabulary import Frequency
from cchc_tasks.services.preview_internal_day import InternalDayLine
from cchc_tasks.services.set_internal_day import set_internal_day
from cchc_tasks.store.internal_days import Chosen

FREQUENCIES = [one.value for one in Frequency]


def on_or_clear(function: Callable[..., Any]) -> Callable[..., Any]:
    """The two options of which exactly one is needed."""
    clear = click.option("--clear", is_flag=True, help="Bỏ hạn nội bộ đã đặt.")
    return click.option("--on", type=Day(), help="Hạn nội bộ, không sau hạn.")(clear(function))


@click.command("internal-due", cls=OfficeCommand, help="Đặt hoặc bỏ hạn nội bộ của các nhiệm vụ kỳ.")
@click.argument("obligation_ids", metavar="SỐ…", type=NUMBER, nargs=-1, required=True)
@on_or_clear
@as_user
def of_obligations(obligation_ids: tuple[int, ...], on: date | None, clear: bool, user: str | None) -> None:
    _set(Chosen(obligation_ids=obligation_ids), on, clear, user)


@click.command("internal-due", cls=OfficeCommand, help="Đặt hoặc bỏ hạn nội bộ hàng loạt cho một kế hoạch.")
@click.argument("plan_id", metavar="SỐ", type=NUMBER)
@on_or_clear
@click.option(
    "--frequency", type=click.Choice(FREQUENCIES), metavar="TẦN SUẤT", help=f"Một trong: {', '.join(FREQUENCIES)}."
)
@click.option("--due-from", type=Day(), help="Chỉ các việc có hạn từ ngày này.")
@click.option("--due-to", type=Day(), help="Chỉ các việc có hạn đến ngày này.")
@as_user
def of_plan(
    plan_id: int,
    on: date | None,
    clear: bool,
    frequency: str | None,
    due_from: date | None,
    due_to: date | None,
    user: str | None,
) -> None:
    chosen = Chosen((), plan_id, Frequency(frequency) if frequency else None, due_from, due_to)
    _set(chosen, on, clear, user)


def _set(chosen: Chosen, on: date | None, clear: bool, user: str | None) -> None:
    if (on is None) is not clear:
        raise click.UsageError("one of --on and --clear")
    app = opened()
    done = set_internal_day(
        app.database, chosen, on, actor=acting(app.database, user), today=app.today(), now=app.clock.now()
    )
    did = f"Đã đặt hạn nội bộ {shown(on)}" if on else "Đã bỏ hạn nội bộ"
    click.echo(f"{did} cho {len(done.changed)} việc theo kỳ; {len(done.left_out)} việc giữ nguyên.")
    if done.left_out:
        echo_table(("Số", "Hạn", "Vì sao giữ nguyên", "Chủ trì", "Nhiệm vụ"), (_row(one) for one in done.left_out))


def _row(one: InternalDayLine) -> tuple[object, ...]:
    return one.id, shown(one.due_on), one.reason, one.unit, f"{one.duty_code}. {one.title}"
