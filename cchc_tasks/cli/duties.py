"""`cchc duty`: duties assigned by a công văn, and conditions that come about."""

from dataclasses import asdict
from datetime import date

import click

from cchc_tasks.cli.layout import echo_json, shown
from cchc_tasks.cli.office import NUMBER, Day, as_json, as_user, group
from cchc_tasks.cli.session import acting, opened
from cchc_tasks.services.add_duty import NewDuty, add_duty
from cchc_tasks.services.trigger_duty import settle_not_triggered, trigger_duty

duty = group("duty", "Nhiệm vụ: giao theo công văn, ghi nhận điều kiện phát sinh.")


@duty.command("add", help="Giao một nhiệm vụ theo công văn; đơn vị được giao ngay.")
@click.option("--title", required=True, metavar="NHIỆM VỤ", help="Nhiệm vụ được giao.")
@click.option("--number", required=True, metavar="SỐ, KÝ HIỆU", help="Số, ký hiệu công văn, ví dụ 1245/UBND-VX.")
@click.option("--dated", required=True, type=Day(), help="Ngày công văn.")
@click.option("--about", metavar="TRÍCH YẾU", help="Trích yếu công văn. Mặc định: tên nhiệm vụ.")
@click.option("--assigned-by", metavar="CƠ QUAN", help="Cấp trên giao nhiệm vụ. Bỏ trống khi Sở giao.")
@click.option("--lead", "leads", required=True, metavar="MÃ[,MÃ]", help="Đơn vị hoặc nhóm đơn vị chủ trì.")
@click.option("--cooperating", default="", metavar="MÃ[,MÃ]", help="Đơn vị hoặc nhóm đơn vị phối hợp.")
@click.option("--due", "due_on", required=True, type=Day(), help="Hạn hoàn thành.")
@click.option("--internal", "internal_due_on", type=Day(), help="Hạn nội bộ; thư nhắc tính theo ngày này.")
@click.option("--hour", metavar="GIỜ", help="Giờ trong ngày đến hạn, ví dụ 17h00.")
@click.option("--product", "products", multiple=True, metavar="SẢN PHẨM", help="Sản phẩm phải nộp; ghi được nhiều lần.")
@as_json
@as_user
def add(
    title: str,
    number: str,
    dated: date,
    about: str | None,
    assigned_by: str | None,
    leads: str,
    cooperating: str,
    due_on: date,
    internal_due_on: date | None,
    hour: str | None,
    products: tuple[str, ...],
    as_json: bool,
    user: str | None,
) -> None:
    app = opened()
    new = NewDuty(
        title=title,
        number=number,
        dated=dated,
        leads=leads.split(","),
        due_on=due_on,
        assigned_by=assigned_by,
        cooperating=cooperating.split(","),
        internal_due_on=internal_due_on,
        products=products,
        hour=hour,
        about=about,
    )
    added = add_duty(app.database, new, actor=acting(app.database, user), today=app.today(), now=app.clock.now())
    if as_json:
        echo_json(asdict(added))
        return
    click.echo(f"Đã giao nhiệm vụ số {added.duty_id} theo công văn số {number}, hạn {shown(due_on)}.")
    click.echo(f"Việc theo kỳ: {', '.join(map(str, added.obligation_ids))}.")


@duty.command("trigger", help="Ghi nhận điều kiện đã phát sinh; giao nhiệm vụ cho đơn vị.")
@click.argument("duty_id", metavar="SỐ", type=NUMBER)
@click.option("--on", type=Day(), required=True, help="Ngày phát sinh.")
@as_user
def trigger(duty_id: int, on: date, user: str | None) -> None:
    app = opened()
    count = trigger_duty(app.database, duty_id, on=on, actor=acting(app.database, user), now=app.clock.now())
    click.echo(f"Đã giao {count} việc của nhiệm vụ số {duty_id}.")


@duty.command("not-triggered", help="Ghi nhận điều kiện không phát sinh trong kỳ.")
@click.argument("duty_id", metavar="SỐ", type=NUMBER)
@click.option("--why", required=True, metavar="LÝ DO", help="Lý do.")
@as_user
def not_triggered(duty_id: int, why: str, user: str | None) -> None:
    app = opened()
    count = settle_not_triggered(app.database, duty_id, why=why, actor=acting(app.database, user), now=app.clock.now())
    click.echo(f"Đã ghi {count} việc của nhiệm vụ số {duty_id} không phát sinh.")
