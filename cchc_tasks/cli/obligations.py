"""`cchc obligation`: what is owed, and that it was seen."""

from dataclasses import asdict
from datetime import date

import click

from cchc_tasks.cli.layout import echo_json, echo_table, shown
from cchc_tasks.cli.office import NUMBER, Day, as_json, as_user, group
from cchc_tasks.cli.session import acting, link, opened
from cchc_tasks.domain.lifecycle import STAGE_IN_WORDS, STANDING_IN_WORDS
from cchc_tasks.domain.vocabulary import Standing
from cchc_tasks.services.acknowledge_obligation import acknowledge_obligation
from cchc_tasks.services.listing import ObligationLine, list_obligations

obligation = group("obligation", "Nhiệm vụ kỳ: những việc phải làm, hạn và tình trạng.")
STANDINGS = [one.value.lower().replace("_", "-") for one in Standing]


@obligation.command("list", help="Danh sách nhiệm vụ kỳ và tình trạng trong ngày.")
@click.option("--unit", metavar="MÃ", help="Chỉ các việc do đơn vị này chủ trì.")
@click.option(
    "--standing", type=click.Choice(STANDINGS), metavar="TÌNH TRẠNG", help=f"Một trong: {', '.join(STANDINGS)}."
)
@click.option("--on", type=Day(), help="Tính tình trạng vào ngày này. Mặc định: hôm nay.")
@as_json
@as_user
def list_(unit: str | None, standing: str | None, on: date | None, as_json: bool, user: str | None) -> None:
    app = opened()
    only = Standing(standing.upper().replace("-", "_")) if standing else None
    day = on or app.today()
    lines = list_obligations(app.database, on=day, actor=acting(app.database, user), unit=unit, only=only)
    if as_json:
        echo_json([asdict(line) | {"link": link(app.settings, line.id)} for line in lines])
        return
    echo_table(("Số", "Hạn", "Tình trạng", "Chủ trì", "Nhiệm vụ"), (_row(line) for line in lines))
    duties = len({line.duty_id for line in lines})
    click.echo(f"Ngày {shown(day)}: {duties} nhiệm vụ, {len(lines)} việc theo kỳ.")


@obligation.command("acknowledge", help="Ghi nhận đơn vị đã tiếp nhận nhiệm vụ.")
@click.argument("obligation_id", metavar="SỐ", type=NUMBER)
@as_user
def acknowledge(obligation_id: int, user: str | None) -> None:
    app = opened()
    acknowledge_obligation(app.database, obligation_id, actor=acting(app.database, user), now=app.clock.now())
    click.echo(f"Đã tiếp nhận nhiệm vụ kỳ số {obligation_id}.")


def _row(line: ObligationLine) -> tuple[object, ...]:
    words = STANDING_IN_WORDS[line.standing] if line.standing else STAGE_IN_WORDS[line.stage]
    if line.days_late:
        words += f" {line.days_late} ngày"
    what = f"{line.duty_code}. {line.name}" + (f" ({line.extended})" if line.extended else "")
    return line.id, shown(line.due_on), words, ", ".join(line.leads), what
