"""`cchc message`: the sentences of messages, a preview of a person's morning, the text for a group's chat."""

from dataclasses import asdict
from datetime import date
from pathlib import Path

import click

from cchc_tasks.cli.layout import echo_json, echo_message, echo_table, shown
from cchc_tasks.cli.office import Day, as_json, as_user, group
from cchc_tasks.cli.session import acting, existing, opened
from cchc_tasks.ports import Message
from cchc_tasks.services.group_text import group_text
from cchc_tasks.services.list_message_words import list_message_words
from cchc_tasks.services.preview_reminders import preview_reminders
from cchc_tasks.services.set_message_words import reset_message_words, set_message_words

message = group("message", "Lời thư nhắc: xem, sửa, xem thử thư của một người, tạo tin cho nhóm Zalo.")


@message.command("list", help="Danh sách lời thư đang dùng và các chỗ điền.")
@as_json
@as_user
def list_(as_json: bool, user: str | None) -> None:
    app = opened()
    lines = list_message_words(app.database, actor=acting(app.database, user))
    if as_json:
        echo_json([asdict(one) for one in lines])
        return
    rows = ((one.name, "của cơ quan" if one.own else "mặc định", one.about, one.text) for one in lines)
    echo_table(("Tên", "Nguồn", "Dùng ở", "Lời thư"), rows)


@message.command("set", help="Đặt một lời thư của cơ quan. Chỗ điền ghi trong ngoặc nhọn, ví dụ {nguoi_nhan}.")
@click.argument("name", metavar="TÊN")
@click.argument("text", metavar="LỜI")
@as_user
def set_(name: str, text: str, user: str | None) -> None:
    app = opened()
    kept = set_message_words(app.database, name, text, actor=acting(app.database, user), now=app.clock.now())
    click.echo(f"Đã đặt lời thư {name}: {kept}")


@message.command("reset", help="Dùng lại lời thư mặc định.")
@click.argument("name", metavar="TÊN")
@as_user
def reset(name: str, user: str | None) -> None:
    app = opened()
    ours = reset_message_words(app.database, name, actor=acting(app.database, user), now=app.clock.now())
    click.echo(f"Lời thư {name} trở về mặc định: {ours}")


@message.command("preview", help="Xem thử thư một người sẽ nhận trong một ngày; không gửi và không lưu gì.")
@click.argument("recipient", metavar="NGƯỜI_NHẬN")
@click.option("--on", type=Day(), required=True, help="Ngày gửi.")
@click.option("--html", "into", metavar="TỆP", help="Ghi phần HTML của thư vào tệp này.")
@as_user
def preview(recipient: str, on: date, into: str | None, user: str | None) -> None:
    app = opened()
    messages = preview_reminders(
        app.database,
        app.writer,
        on=on,
        horizon_months=app.settings.horizon_months,
        base_url=app.settings.base_url,
        actor=acting(app.database, user),
        now=app.clock.now(),
        user=recipient,
    )
    if not messages:
        click.echo(f"Ngày {shown(on)} không có thư nào gửi {recipient}.")
    for number, one in enumerate(messages, 1):
        echo_message(one)
        if into:
            click.echo(f"Đã ghi phần HTML vào {_written(one, existing(into), number)}.")


@message.command("group", help="Tạo tin để chép vào nhóm Zalo của một nhóm đơn vị; không có dữ liệu cá nhân.")
@click.argument("code", metavar="MÃ_NHÓM")
@click.option("--on", type=Day(), help="Tính đến ngày này. Mặc định: hôm nay.")
@as_user
def group_(code: str, on: date | None, user: str | None) -> None:
    app = opened()
    day = on or app.today()
    made = group_text(app.database, code, on=day, base_url=app.settings.base_url, actor=acting(app.database, user))
    click.echo(made.text() or f"Ngày {shown(day)} nhóm {made.group} không có việc quá hạn hoặc sắp đến hạn.")


def _written(one: Message, into: Path, number: int) -> Path:
    """Write a message's HTML; a second one of the same morning gets a number behind its name."""
    path = into if number == 1 else into.with_stem(f"{into.stem}-{number}")
    path.write_text(one.html, encoding="utf-8")
    return path
