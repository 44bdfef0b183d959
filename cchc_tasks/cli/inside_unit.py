"""`cchc obligation assign` and `cchc input`: people assigned by name, and input asked of other units."""

from dataclasses import asdict
from datetime import date

import click

from cchc_tasks.cli.layout import echo_json, echo_table, shown
from cchc_tasks.cli.office import NUMBER, Day, OfficeCommand, as_json, as_user, group
from cchc_tasks.cli.session import acting, opened
from cchc_tasks.domain.vocabulary import Outcome
from cchc_tasks.services.ask_input import Asking, ask_input
from cchc_tasks.services.decide_input import decide_input
from cchc_tasks.services.list_inputs import InputLine, list_inputs
from cchc_tasks.services.name_person import name_person, unname_person
from cchc_tasks.services.verify_evidence import Decision

input_ = group("input", "Phối hợp: đề nghị đơn vị khác gửi kết quả, nhận hoặc yêu cầu bổ sung.")


@click.command("assign", cls=OfficeCommand, help="Phân công một người của đơn vị chủ trì.")
@click.argument("obligation_id", metavar="SỐ", type=NUMBER)
@click.option("--person", required=True, metavar="NGƯỜI DÙNG", help="Người được phân công.")
@click.option("--by", type=Day(), help="Ngày phải xong, không muộn hơn hạn. Bỏ trống: theo hạn.")
@as_user
def assign(obligation_id: int, person: str, by: date | None, user: str | None) -> None:
    app = opened()
    name_person(
        app.database,
        obligation_id,
        person,
        by=by,
        actor=acting(app.database, user),
        today=app.today(),
        now=app.clock.now(),
    )
    until = f", phải xong ngày {shown(by)}" if by else ""
    click.echo(f"Đã phân công {person} nhiệm vụ kỳ số {obligation_id}{until}.")


@click.command("unassign", cls=OfficeCommand, help="Thôi phân công một người.")
@click.argument("obligation_id", metavar="SỐ", type=NUMBER)
@click.option("--person", required=True, metavar="NGƯỜI DÙNG", help="Người thôi được phân công.")
@as_user
def unassign(obligation_id: int, person: str, user: str | None) -> None:
    app = opened()
    actor = acting(app.database, user)
    unname_person(app.database, obligation_id, person, actor=actor, today=app.today(), now=app.clock.now())
    click.echo(f"Đã thôi phân công {person} nhiệm vụ kỳ số {obligation_id}.")


@input_.command("ask", help="Đề nghị một đơn vị khác phối hợp, với ngày trả lời sớm hơn hạn.")
@click.argument("obligation_id", metavar="SỐ", type=NUMBER)
@click.option("--unit", required=True, metavar="MÃ", help="Đơn vị được đề nghị.")
@click.option("--what", required=True, metavar="NỘI DUNG", help="Nội dung cần phối hợp.")
@click.option("--due", "due_on", required=True, type=Day(), help="Ngày phải trả lời, không muộn hơn hạn của việc.")
@as_user
def ask(obligation_id: int, unit: str, what: str, due_on: date, user: str | None) -> None:
    app = opened()
    actor = acting(app.database, user)
    asked = ask_input(
        app.database, obligation_id, Asking(unit, what, due_on), actor=actor, today=app.today(), now=app.clock.now()
    )
    click.echo(f"Đã gửi đề nghị phối hợp số {asked}, trả lời chậm nhất {shown(due_on)}.")


@input_.command("list", help="Các đề nghị phối hợp đã gửi và đã nhận.")
@click.option("--of", "obligation_id", metavar="SỐ", type=NUMBER, help="Chỉ của một nhiệm vụ kỳ.")
@as_json
@as_user
def list_(obligation_id: int | None, as_json: bool, user: str | None) -> None:
    app = opened()
    lines = list_inputs(app.database, obligation_id, on=app.today(), actor=acting(app.database, user))
    if as_json:
        echo_json([asdict(one) for one in lines])
        return
    heads = ("Số", "Ngày trả lời", "Tình trạng", "Bên đề nghị", "Đơn vị phối hợp", "Nội dung")
    echo_table(heads, (_row(one) for one in lines))


@input_.command("accept", help="Nhận kết quả phối hợp.")
@click.argument("input_id", metavar="SỐ", type=NUMBER)
@as_user
def accept(input_id: int, user: str | None) -> None:
    _decide(input_id, Decision(Outcome.ACCEPTED), user)
    click.echo(f"Đã nhận kết quả của đề nghị phối hợp số {input_id}.")


@input_.command("return", help="Yêu cầu bổ sung kết quả phối hợp.")
@click.argument("input_id", metavar="SỐ", type=NUMBER)
@click.option("--why", required=True, metavar="LÝ DO", help="Nội dung cần bổ sung.")
@click.option("--redo", is_flag=True, help="Yêu cầu làm lại.")
@click.option("--until", type=Day(), help="Hạn bổ sung. Mặc định: 3 ngày làm việc.")
@as_user
def return_(input_id: int, why: str, redo: bool, until: date | None, user: str | None) -> None:
    outcome = Outcome.RETURNED_TO_REDO if redo else Outcome.RETURNED_TO_COMPLETE
    day = _decide(input_id, Decision(outcome, why, until), user)
    asked = "làm lại" if redo else "bổ sung"
    click.echo(f"Đã yêu cầu {asked} kết quả của đề nghị phối hợp số {input_id}, chậm nhất {shown(day)}.")


def _decide(input_id: int, decision: Decision, user: str | None) -> date | None:
    app = opened()
    return decide_input(
        app.database,
        input_id,
        decision,
        actor=acting(app.database, user),
        today=app.today(),
        now=app.clock.now(),
        supplement_working_days=app.settings.supplement_working_days,
    )


def _row(line: InputLine) -> tuple[object, ...]:
    late = f", quá hạn {line.days_late} ngày" if line.days_late else ""
    return line.id, shown(line.due_on), line.stage + late, line.asked_by, line.unit, line.what
