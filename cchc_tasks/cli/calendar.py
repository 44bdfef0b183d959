"""`cchc calendar`: the days that differ from their weekday, and the breaks of schools."""

from dataclasses import asdict
from datetime import date

import click

from cchc_tasks.cli.layout import echo_json, echo_table
from cchc_tasks.cli.office import NUMBER, Day, as_json, as_user, group
from cchc_tasks.cli.session import acting, existing, opened
from cchc_tasks.domain.dates_in_words import full_date, short_date
from cchc_tasks.domain.office_calendar import DAY_KIND_IN_WORDS, UNIT_KIND_IN_WORDS, Holiday
from cchc_tasks.domain.vocabulary import DayKind
from cchc_tasks.services.add_break import NewBreak, add_break
from cchc_tasks.services.import_calendar import CalendarChanged, import_calendar
from cchc_tasks.services.propose_calendar import propose_calendar
from cchc_tasks.services.remove_break import remove_break
from cchc_tasks.services.remove_calendar_day import remove_calendar_day
from cchc_tasks.services.set_calendar_day import set_calendar_day
from cchc_tasks.services.show_calendar import show_calendar

YEAR = click.IntRange(2000, 2100)
KINDS = {kind.value.lower().replace("_", "-"): kind for kind in UNIT_KIND_IN_WORDS}

calendar = group("calendar", "Lịch làm việc: ngày nghỉ, ngày làm bù, đợt nghỉ của trường.")
breaks = group("break", "Đợt nghỉ của một loại đơn vị: nghỉ hè, nghỉ Tết của học sinh.")
calendar.add_command(breaks)


@calendar.command("list", help="Các ngày khác với thứ trong tuần của một năm.")
@click.option("--year", type=YEAR, metavar="NĂM", help="Mặc định: năm nay.")
@as_json
@as_user
def list_(year: int | None, as_json: bool, user: str | None) -> None:
    app = opened()
    seen = show_calendar(app.database, year or app.today().year, actor=acting(app.database, user))
    if as_json:
        echo_json({"year": seen.year, "decided": seen.decided, "days": [asdict(one) for one in seen.days]})
        return
    rows = (
        (
            full_date(one.day),
            DAY_KIND_IN_WORDS[one.kind],
            "đã quyết định" if one.decided else "dự kiến",
            one.name,
            one.document,
        )
        for one in seen.days
    )
    echo_table(("Ngày", "Loại", "Căn cứ", "Tên", "Văn bản"), rows)
    click.echo(seen.standing)


@calendar.command("set", help="Ghi một ngày nghỉ hoặc một ngày làm bù; thay những gì đã ghi cho ngày đó.")
@click.argument("day", type=Day(), metavar="NGÀY")
@click.option("--off/--worked", "off", required=True, help="Nghỉ, hoặc làm bù vào thứ Bảy, Chủ nhật.")
@click.option("--name", required=True, metavar="TÊN", help="Tên ngày, ví dụ Tết Dương lịch.")
@click.option("--document", required=True, metavar="VĂN BẢN", help="Văn bản quyết định: số, ký hiệu, ngày.")
@click.option("--undecided", is_flag=True, help="Mới dự kiến, chưa có quyết định chính thức.")
@as_user
def set_(day: date, off: bool, name: str, document: str, undecided: bool, user: str | None) -> None:
    app = opened()
    wanted = Holiday(day, DayKind.OFF if off else DayKind.WORKED, name, document, decided=not undecided)
    replanned = set_calendar_day(
        app.database, wanted, actor=acting(app.database, user), on=app.today(), now=app.clock.now()
    )
    click.echo(f"Đã ghi {full_date(day)}: {DAY_KIND_IN_WORDS[wanted.kind]}.")
    _tell(replanned)


@calendar.command("remove", help="Bỏ một ngày khỏi lịch: ngày đó lại theo thứ trong tuần.")
@click.argument("day", type=Day(), metavar="NGÀY")
@as_user
def remove(day: date, user: str | None) -> None:
    app = opened()
    replanned = remove_calendar_day(
        app.database, day, actor=acting(app.database, user), on=app.today(), now=app.clock.now()
    )
    click.echo(f"Đã bỏ {full_date(day)} khỏi lịch.")
    _tell(replanned)


@calendar.command("import", help="Nhập lịch từ tệp .toml, .csv hoặc .xlsx (các cột: ngày, loại, tên, văn bản).")
@click.argument("file", metavar="TỆP")
@as_user
def import_(file: str, user: str | None) -> None:
    app = opened()
    actor = acting(app.database, user)
    done = import_calendar(
        app.database, app.calendar_reader(), existing(file), actor=actor, on=app.today(), now=app.clock.now()
    )
    _tell_changed(done)


@calendar.command("propose", help="Thêm các ngày nghỉ dự kiến của một năm; không thay ngày nào đã ghi.")
@click.argument("year", type=YEAR, metavar="NĂM")
@as_user
def propose(year: int, user: str | None) -> None:
    app = opened()
    actor = acting(app.database, user)
    done = propose_calendar(app.database, app.public_holidays(), year, actor=actor, on=app.today(), now=app.clock.now())
    _tell_changed(done)
    click.echo(show_calendar(app.database, year, actor=actor).standing)


@breaks.command("list", help="Các đợt nghỉ đã ghi.")
@click.option("--year", type=YEAR, metavar="NĂM", help="Mặc định: năm nay.")
@as_json
@as_user
def list_breaks(year: int | None, as_json: bool, user: str | None) -> None:
    app = opened()
    seen = show_calendar(app.database, year or app.today().year, actor=acting(app.database, user))
    if as_json:
        echo_json([one.model_dump() for one in seen.breaks])
        return
    rows = (
        (
            one.id,
            short_date(one.first_on),
            short_date(one.last_on),
            UNIT_KIND_IN_WORDS[one.kind],
            one.name,
            one.document,
        )
        for one in seen.breaks
    )
    echo_table(("Số", "Từ", "Đến", "Loại đơn vị", "Tên", "Văn bản"), rows)


@breaks.command(
    "add",
    help=f"Ghi một đợt nghỉ: không nhắc người của loại đơn vị đó. Loại là một trong: {', '.join(KINDS)}.",
)
@click.argument("kind", type=click.Choice(list(KINDS)), metavar="LOẠI")
@click.option("--from", "first", type=Day(), required=True, help="Ngày đầu.")
@click.option("--to", "last", type=Day(), required=True, help="Ngày cuối.")
@click.option("--name", required=True, metavar="TÊN", help="Tên đợt nghỉ.")
@click.option("--document", required=True, metavar="VĂN BẢN", help="Văn bản quyết định: số, ký hiệu, ngày.")
@as_user
def add(kind: str, first: date, last: date, name: str, document: str, user: str | None) -> None:
    app = opened()
    number, replanned = add_break(
        app.database,
        NewBreak(KINDS[kind], first, last, name, document),
        actor=acting(app.database, user),
        on=app.today(),
        now=app.clock.now(),
    )
    click.echo(f"Đã ghi đợt nghỉ số {number} từ {short_date(first)} đến {short_date(last)}.")
    _tell(replanned)


@breaks.command("remove", help="Bỏ một đợt nghỉ.")
@click.argument("number", type=NUMBER, metavar="SỐ")
@as_user
def drop(number: int, user: str | None) -> None:
    app = opened()
    replanned = remove_break(
        app.database, number, actor=acting(app.database, user), on=app.today(), now=app.clock.now()
    )
    click.echo(f"Đã bỏ đợt nghỉ số {number}.")
    _tell(replanned)


def _tell_changed(done: CalendarChanged) -> None:
    click.echo(f"Đã ghi {done.days} ngày." if done.days else "Lịch đã có đủ những ngày này, không có gì thay đổi.")
    if done.days:
        _tell(done.replanned)


def _tell(replanned: int) -> None:
    click.echo(f"Đã tính lại ngày nhắc của {replanned} việc.")
