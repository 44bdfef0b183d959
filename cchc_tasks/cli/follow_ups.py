"""`cchc follow-up`: what is long late, the secretariat's decision about it, and the công văn đôn đốc."""

from dataclasses import asdict
from datetime import date
from pathlib import Path

import click

from cchc_tasks.cli.layout import echo_json, echo_table, shown
from cchc_tasks.cli.office import NUMBER, Day, as_json, as_user, group
from cchc_tasks.cli.session import acting, existing, opened
from cchc_tasks.domain.errors import LetterFileExists
from cchc_tasks.services.decide_follow_ups import decline_follow_ups, release_follow_ups
from cchc_tasks.services.follow_up_letter import follow_up_letter
from cchc_tasks.services.follow_up_queue import follow_up_queue
from cchc_tasks.services.plan_follow_ups import plan_follow_ups

follow_up = group("follow-up", "Đôn đốc việc quá hạn: đề xuất, quyết định, công văn đôn đốc.")


@follow_up.command("list", help="Các việc quá hạn chờ quyết định đôn đốc, theo đơn vị, và các công văn đã lập.")
@as_json
@as_user
def list_(as_json: bool, user: str | None) -> None:
    app = opened()
    seen = follow_up_queue(app.database, on=app.today(), actor=acting(app.database, user))
    if as_json:
        echo_json({"units": [asdict(one) for one in seen.units], "letters": [asdict(one) for one in seen.letters]})
        return
    heads = ("Số", "Đơn vị", "Thủ trưởng", "Hạn", "Quá hạn", "Việc")
    echo_table(
        heads,
        (
            (one.id, unit.name, unit.head, shown(one.due_on), f"{one.days_late} ngày", one.title)
            for unit in seen.units
            for one in unit.proposed
        ),
    )
    click.echo(f"{seen.jobs} việc ở {seen.of_units} đơn vị chờ quyết định đôn đốc.")
    if seen.letters:
        click.echo("")
        rows = ((one.id, shown(one.made_on), one.duties, one.by) for one in seen.letters)
        echo_table(("Công văn", "Ngày lập", "Số việc", "Người lập"), rows)


@follow_up.command("propose", help="Đề xuất đôn đốc các việc quá hạn lâu, như luồng chạy mỗi sáng.")
@click.option("--on", type=Day(), help="Tính vào ngày này. Mặc định: hôm nay.")
@as_user
def propose(on: date | None, user: str | None) -> None:
    app = opened()
    done = plan_follow_ups(
        app.database,
        on=on or app.today(),
        steps=app.settings.follow_up_days,
        actor=acting(app.database, user),
        now=app.clock.now(),
    )
    click.echo(f"Đã đề xuất đôn đốc {done.proposed} việc; {done.settled} đề xuất không còn cần quyết định.")


@follow_up.command("release", help="Quyết định đôn đốc các đề xuất này: báo cáo lãnh đạo, lập công văn, hoặc cả hai.")
@click.argument("follow_up_ids", metavar="SỐ…", type=NUMBER, nargs=-1, required=True)
@click.option("--to-leaders", is_flag=True, help="Báo cáo lãnh đạo Sở trong thư sáng ngày làm việc tới.")
@click.option("--letter", "as_letter", is_flag=True, help="Lập một công văn đôn đốc chung.")
@as_user
def release(follow_up_ids: tuple[int, ...], to_leaders: bool, as_letter: bool, user: str | None) -> None:
    app = opened()
    letter_id = release_follow_ups(
        app.database,
        frozenset(follow_up_ids),
        to_leaders=to_leaders,
        as_letter=as_letter,
        actor=acting(app.database, user),
        today=app.today(),
        now=app.clock.now(),
    )
    click.echo(f"Đã quyết định đôn đốc {len(set(follow_up_ids))} việc.")
    if letter_id is not None:
        click.echo(f"Công văn thứ {letter_id}; ghi thành tệp: cchc follow-up letter {letter_id} --out cong-van.docx")


@follow_up.command("decline", help="Quyết định không đôn đốc các đề xuất này.")
@click.argument("follow_up_ids", metavar="SỐ…", type=NUMBER, nargs=-1, required=True)
@click.option("--why", required=True, metavar="LÝ DO", help="Lý do.")
@as_user
def decline(follow_up_ids: tuple[int, ...], why: str, user: str | None) -> None:
    app = opened()
    decline_follow_ups(
        app.database,
        frozenset(follow_up_ids),
        why=why,
        actor=acting(app.database, user),
        today=app.today(),
        now=app.clock.now(),
    )
    click.echo(f"Đã ghi quyết định không đôn đốc {len(set(follow_up_ids))} việc.")


@follow_up.command("letter", help="Ghi một công văn đôn đốc đã lập thành tệp Word.")
@click.argument("letter_id", metavar="SỐ", type=NUMBER)
@click.option("--out", required=True, metavar="TỆP", type=existing, help="Tệp .docx để ghi; tệp đã có không bị ghi đè.")
@as_user
def letter(letter_id: int, out: Path, user: str | None) -> None:
    app = opened()
    file = follow_up_letter(app.database, app.letters, letter_id, actor=acting(app.database, user))
    try:
        with out.open("xb") as target:
            target.write(file.content)
    except FileExistsError:
        raise LetterFileExists(path=out) from None
    click.echo(f"Đã ghi công văn thứ {letter_id} vào {out}.")
