"""`cchc extend`: a later day is asked for, granted or refused."""

from dataclasses import asdict
from datetime import date

import click

from cchc_tasks.cli.layout import echo_json, echo_table, shown
from cchc_tasks.cli.office import NUMBER, Day, as_json, as_user, group
from cchc_tasks.cli.session import acting, link, opened
from cchc_tasks.domain.extensions import STATE_IN_WORDS
from cchc_tasks.domain.vocabulary import ExtensionState
from cchc_tasks.services.ask_extension import ask_extension
from cchc_tasks.services.decide_extension import Grant, grant_extension, refuse_extension
from cchc_tasks.services.list_extensions import ExtensionLine, list_extensions

extend = group("extend", "Gia hạn: đơn vị xin, thường trực ghi quyết định.")


@extend.command("request", help="Xin gia hạn một nhiệm vụ kỳ; hạn hiện tại giữ nguyên đến khi có quyết định.")
@click.argument("obligation_id", metavar="SỐ", type=NUMBER)
@click.option("--until", type=Day(), required=True, help="Hạn mới xin đến.")
@click.option("--why", required=True, metavar="LÝ DO", help="Lý do xin gia hạn.")
@as_user
def request(obligation_id: int, until: date, why: str, user: str | None) -> None:
    app = opened()
    extension_id = ask_extension(
        app.database,
        obligation_id,
        until=until,
        why=why,
        actor=acting(app.database, user),
        today=app.today(),
        now=app.clock.now(),
    )
    click.echo(f"Đã ghi đề nghị gia hạn số {extension_id}: nhiệm vụ kỳ số {obligation_id}, đến {shown(until)}.")


@extend.command("grant", help="Ghi quyết định đồng ý gia hạn; hạn và thư nhắc đổi ngay.")
@click.argument("extension_id", metavar="SỐ", type=NUMBER)
@click.option("--number", required=True, metavar="SỐ, KÝ HIỆU", help="Văn bản đồng ý, ví dụ 45/SGDĐT-VP.")
@click.option("--until", type=Day(), help="Hạn mới. Mặc định: ngày đơn vị xin.")
@click.option("--superior", metavar="SỐ, KÝ HIỆU", help="Văn bản của cấp trên, bắt buộc với nhiệm vụ cấp trên giao.")
@as_user
def grant(extension_id: int, number: str, until: date | None, superior: str | None, user: str | None) -> None:
    app = opened()
    granted = grant_extension(
        app.database,
        extension_id,
        Grant(number, until, superior),
        actor=acting(app.database, user),
        today=app.today(),
        now=app.clock.now(),
    )
    click.echo(f"Đã gia hạn theo đề nghị số {extension_id}: hạn mới {shown(granted)}.")


@extend.command("refuse", help="Ghi quyết định không đồng ý gia hạn; hạn giữ nguyên.")
@click.argument("extension_id", metavar="SỐ", type=NUMBER)
@click.option("--why", required=True, metavar="LÝ DO", help="Lý do; đơn vị đọc được nguyên văn.")
@as_user
def refuse(extension_id: int, why: str, user: str | None) -> None:
    app = opened()
    refuse_extension(app.database, extension_id, why=why, actor=acting(app.database, user), now=app.clock.now())
    click.echo(f"Đã ghi không đồng ý đề nghị gia hạn số {extension_id}.")


@extend.command("list", help="Đề nghị gia hạn đang chờ quyết định.")
@click.option("--all", "all_of_them", is_flag=True, help="Cả những đề nghị đã quyết định.")
@as_json
@as_user
def list_(all_of_them: bool, as_json: bool, user: str | None) -> None:
    app = opened()
    lines = list_extensions(app.database, actor=acting(app.database, user), waiting=not all_of_them)
    if as_json:
        echo_json([asdict(line) | {"link": link(app.settings, line.obligation_id)} for line in lines])
        return
    heads = ("Số", "Nhiệm vụ kỳ", "Hạn", "Xin đến", "Kết quả", "Chủ trì", "Nhiệm vụ", "Lý do")
    echo_table(heads, (_row(line) for line in lines))
    waiting = sum(line.state is ExtensionState.ASKED for line in lines)
    click.echo(f"{waiting} đề nghị chờ quyết định.")


def _row(line: ExtensionLine) -> tuple[object, ...]:
    decided = STATE_IN_WORDS[line.state]
    if line.granted_until:
        decided += f" đến {shown(line.granted_until)}, số {line.number}"
    units, what = ", ".join(line.units), f"{line.duty_code}. {line.title}"
    return line.id, line.obligation_id, shown(line.due_on), shown(line.asked_until), decided, units, what, line.reason
