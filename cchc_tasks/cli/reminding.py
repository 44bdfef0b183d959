"""`cchc remind`: a business day's reminders, decided and delivered as if at seven in the morning."""

from dataclasses import asdict
from datetime import date
from zoneinfo import ZoneInfo

import click

from cchc_tasks.bootstrap import Application
from cchc_tasks.cli.layout import echo_json, echo_message, shown
from cchc_tasks.cli.office import Day, OfficeCommand, as_json, as_user
from cchc_tasks.cli.session import acting, opened
from cchc_tasks.domain.access import Actor
from cchc_tasks.domain.errors import ChannelStopped
from cchc_tasks.services.decide_reminders import Decided
from cchc_tasks.services.deliver import Delivered
from cchc_tasks.services.preview_reminders import preview_reminders


@click.command("remind", cls=OfficeCommand, help="Nhắc việc của một ngày: mở việc mới, soạn thư và gửi.")
@click.option("--on", type=Day(), required=True, help="Ngày nhắc việc.")
@click.option("--dry-run", is_flag=True, help="Chỉ xem thư sẽ gửi, không gửi và không lưu.")
@as_json
@as_user
def remind(on: date, dry_run: bool, as_json: bool, user: str | None) -> None:
    app = opened()
    actor = acting(app.database, user)
    if dry_run:
        _preview(app, on, actor, as_json=as_json)
        return
    done = app.remind(on, actor)
    if as_json:
        echo_json({"on": on, "opened": done.opened, **asdict(done.decided), **asdict(done.delivered)})
    else:
        _report(app, on, done.decided, done.delivered)
    if done.delivered.stopped:
        raise ChannelStopped(said=" ".join(done.delivered.stopped))


def _report(app: Application, on: date, decided: Decided, done: Delivered) -> None:
    if not decided.working_day:
        click.echo(f"Ngày {shown(on)} là ngày nghỉ, không gửi thư nhắc việc.")
        return
    click.echo(
        f"Ngày {shown(on)}: soạn {decided.planned} thư, đã gửi {done.sent}, hoãn {done.deferred}, lỗi {done.failed}."
    )
    if done.held_back:
        click.echo(f"Có {done.held_back} thư vượt mức đã đặt: xem cchc delivery release --help.", err=True)
    if not done.mail_is_set and done.deferred:
        click.echo("Chưa đặt máy chủ thư (cchc secret set mail-url), thư được giữ lại để gửi sau.", err=True)
    if done.held and done.held_until:
        until = done.held_until.astimezone(ZoneInfo(app.settings.time_zone))
        click.echo(f"Lần chạy khác đang giữ {done.held} thư đến {until:%H:%M:%S ngày %d/%m/%Y}.")


def _preview(app: Application, on: date, actor: Actor, *, as_json: bool) -> None:
    messages = preview_reminders(
        app.database,
        app.writer,
        on=on,
        horizon_months=app.settings.horizon_months,
        base_url=app.settings.base_url,
        actor=actor,
        now=app.clock.now(),
    )
    if as_json:
        echo_json([asdict(message) for message in messages])
        return
    for message in messages:
        click.echo(f"Tới: {message.recipient_name} <{message.recipient}>")
        echo_message(message)
    click.echo(f"Ngày {shown(on)}: sẽ gửi {len(messages)} thư.")
