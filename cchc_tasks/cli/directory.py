"""`cchc directory`: units, groups and people, and what happens to units by document."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date

import click

from cchc_tasks.adapters.directory_file import DirectoryFile
from cchc_tasks.cli.layout import echo_json, echo_table, shown
from cchc_tasks.cli.office import NUMBER, Day, as_json, as_user, group
from cchc_tasks.cli.session import acting, existing, opened
from cchc_tasks.domain.dates_in_words import full_date
from cchc_tasks.domain.directory import KIND_IN_WORDS
from cchc_tasks.domain.directory_changes import change_in_words
from cchc_tasks.domain.errors import DirectoryRowsInvalid
from cchc_tasks.domain.vocabulary import DirectoryDeed
from cchc_tasks.services.directory_checking import WantedChange
from cchc_tasks.services.directory_import import import_directory
from cchc_tasks.services.directory_list import DirectoryPage, UnitLine, list_directory
from cchc_tasks.services.directory_record import record_change
from cchc_tasks.services.directory_take_back import take_back_change

directory = group("directory", "Danh bạ: đơn vị, nhóm, người dùng; đổi tên, sáp nhập, ngừng hoạt động.")
when = click.option("--on", type=Day(), required=True, help="Ngày có hiệu lực.")
decided_by = click.option("--number", required=True, metavar="SỐ VĂN BẢN", help="Số, ký hiệu văn bản quyết định.")


@directory.command("list", help="Danh bạ trong một ngày, và các thay đổi đã ghi nhận chưa đến ngày.")
@click.option("--on", type=Day(), help="Danh bạ của ngày này. Mặc định: hôm nay.")
@as_json
@as_user
def list_(on: date | None, as_json: bool, user: str | None) -> None:
    app = opened()
    seen = list_directory(app.database, on=on or app.today(), actor=acting(app.database, user))
    if as_json:
        echo_json(asdict(seen))
        return
    _show(seen)


@directory.command("import", help="Nhập đơn vị, nhóm, người dùng từ tệp; chỉ thêm và sửa, không xóa.")
@click.argument("file", metavar="TỆP")
@click.option("--dry-run", is_flag=True, help="Chỉ xem trước những gì sẽ thay đổi.")
@as_user
def import_(file: str, dry_run: bool, user: str | None) -> None:
    app = opened()
    done = import_directory(
        app.database,
        DirectoryFile(app.reader),
        existing(file),
        dry_run=dry_run,
        actor=acting(app.database, user),
        today=app.today(),
        now=app.clock.now(),
    )
    for line in done.wrongs or done.words:
        click.echo(line)
    if done.wrongs:
        raise DirectoryRowsInvalid(count=len(done.wrongs), first=done.wrongs[0])
    ending = "Chưa ghi gì, đây là bản xem trước" if dry_run else f"Lập lại mốc nhắc của {done.replanned} việc"
    click.echo(f"{len(done.words)} thay đổi. {ending}.")


@directory.command("rename", help="Đổi tên một đơn vị; văn bản ghi tên cũ vẫn được hiểu.")
@click.argument("code", metavar="MÃ")
@click.option("--name", required=True, metavar="TÊN MỚI", help="Tên mới.")
@when
@decided_by
@as_user
def rename(code: str, name: str, on: date, number: str, user: str | None) -> None:
    _record(WantedChange(DirectoryDeed.RENAME, (code,), on, _tidy(number), name=_tidy(name)), user)


@directory.command("merge", help="Sáp nhập một hay nhiều đơn vị; việc, người và mốc nhắc chuyển sang đơn vị nhận.")
@click.argument("codes", metavar="MÃ …", nargs=-1, required=True)
@click.option("--into", required=True, metavar="MÃ", help="Đơn vị nhận.")
@when
@decided_by
@as_user
def merge(codes: tuple[str, ...], into: str, on: date, number: str, user: str | None) -> None:
    _record(WantedChange(DirectoryDeed.MERGE, codes, on, _tidy(number), into=into), user)


@directory.command("close", help="Ngừng hoạt động một đơn vị không có đơn vị nhận việc.")
@click.argument("code", metavar="MÃ")
@when
@decided_by
@click.option("--why", required=True, metavar="LÝ DO", help="Lý do, ghi vào các việc thôi thực hiện.")
@as_user
def close(code: str, on: date, number: str, why: str, user: str | None) -> None:
    _record(WantedChange(DirectoryDeed.CLOSE, (code,), on, _tidy(number), why=_tidy(why)), user)


@directory.command("take-back", help="Hủy một thay đổi đã ghi nhận, trước ngày có hiệu lực.")
@click.argument("change_id", metavar="SỐ", type=NUMBER)
@as_user
def take_back(change_id: int, user: str | None) -> None:
    app = opened()
    take_back_change(app.database, change_id, actor=acting(app.database, user), now=app.clock.now())
    click.echo(f"Đã hủy thay đổi danh bạ số {change_id}.")


def _record(wanted: WantedChange, user: str | None) -> None:
    app = opened()
    recorded = record_change(
        app.database, wanted, today=app.today(), actor=acting(app.database, user), now=app.clock.now()
    )
    for one in recorded:
        click.echo(f"Thay đổi số {one.change_id}: {one.words} từ {full_date(one.valid_on)}.")
        for sentence in one.passed:
            click.echo(sentence)
        if not one.applied:
            click.echo("Thay đổi này có hiệu lực vào ngày đó; trước ngày đó còn hủy được.")


def _show(seen: DirectoryPage) -> None:
    echo_table(("Mã", "Loại", "Thuộc", "Người", "Tên"), (_row(one) for one in seen.units))
    if seen.groups:
        click.echo()
        echo_table(("Nhóm", "Thành viên"), ((one.name, _reached(one.members, one.stands_for)) for one in seen.groups))
    for one in seen.ended:
        after = f", việc chuyển sang {one.successor}" if one.successor else ""
        click.echo(f"{one.name}: hoạt động đến {shown(one.valid_to)}{after}.")
    for change in seen.changes:
        words = change_in_words(change.deed, change.unit, into=change.into, name=change.name)
        click.echo(f"Thay đổi số {change.id}: {words} từ {full_date(change.valid_on)}, theo văn bản {change.number}.")
    click.echo(f"Ngày {shown(seen.on)}: {len(seen.units)} đơn vị, {seen.people} người.")


def _row(one: UnitLine) -> tuple[object, ...]:
    return one.code, KIND_IN_WORDS[one.kind], one.parent, len(one.people), one.name


def _reached(members: Sequence[str], stands_for: str | None) -> str:
    return stands_for or (f"{len(members)} đơn vị" if members else "–")


def _tidy(text: str) -> str:
    return " ".join(text.split())
