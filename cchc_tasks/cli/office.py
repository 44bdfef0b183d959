"""Commands that speak Vietnamese: help, usage errors, and refusals as one line with a stable code."""

import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any, NoReturn

import click

from cchc_tasks.domain.dates_in_words import read_day
from cchc_tasks.domain.errors import CchcError, TextInvalid, YearsInvalid
from cchc_tasks.domain.periods import Years


class OfficeCommand(click.Command):
    """A command whose help is Vietnamese throughout."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        kwargs.setdefault("options_metavar", "[TÙY CHỌN]")
        super().__init__(*args, **kwargs)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The one option that click words itself."""
        option = super().get_help_option(ctx)
        if option:
            option.help = "Xem hướng dẫn này."
        return option

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The line that shows how to call it."""
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), prefix="Cách dùng: ")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """What can be set."""
        options = [param for param in self.get_params(ctx) if isinstance(param, click.Option)]
        listed = [(names, text.replace("[required]", "(bắt buộc)")) for names, text in _records(options, ctx)]
        if listed:
            with formatter.section("Tùy chọn"):
                formatter.write_dl(listed)


class OfficeGroup(OfficeCommand, click.Group):
    """A group of such commands."""

    command_class = OfficeCommand
    group_class = type

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """What can be set, and the commands of the group."""
        OfficeCommand.format_options(self, ctx, formatter)
        commands = [(name, self.commands[name].get_short_help_str(90)) for name in self.list_commands(ctx)]
        with formatter.section("Lệnh"):
            formatter.write_dl(commands)


NUMBER = click.IntRange(1, 2_147_483_647)


class Day(click.ParamType[date]):
    """A date: 2023-03-05 or 05/3/2023."""

    name = "NGÀY"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:  # noqa: ANN401
        """The day; raises DateInvalid for one that does not exist."""
        if isinstance(value, date):
            return value
        return read_day(str(value).strip())


class YearSpan(click.ParamType[Years]):
    """The years of a plan: 2023 or 2021-2025."""

    name = "NĂM"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Years:  # noqa: ANN401
        """The years; raises YearsInvalid."""
        if isinstance(value, Years):
            return value
        try:
            return Years.parse(str(value))
        except ValueError:
            raise YearsInvalid(text=value) from None


def run(command: click.Command, arguments: Sequence[str] | None = None) -> NoReturn:
    """Run a command line: 0 done, 1 refused with one line on standard error, 2 wrong usage."""
    try:
        command.main(args=list(arguments) if arguments is not None else None, prog_name="cchc", standalone_mode=False)
    except CchcError as error:
        _end(f"Lỗi [{error.code}]: {error}", 1)
    except UnicodeError:
        _end(f"Lỗi [{TextInvalid.code}]: {TextInvalid()}", 1)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        sys.exit(2)
    except click.UsageError as error:
        called = error.ctx.command_path if error.ctx else "cchc"
        _end(f"Dùng lệnh chưa đúng: {_usage_in_words(error)} Xem: {called} --help", 2)
    except click.Abort:
        _end("Đã dừng.", 1)
    except OSError as error:
        _end(f"Lỗi [system-error]: Hệ điều hành báo lỗi: {error.strerror or error}.", 1)
    sys.exit(0)


def _records(options: Sequence[click.Option], ctx: click.Context) -> Iterator[tuple[str, str]]:
    yield from (record for option in options if (record := option.get_help_record(ctx)))


def _end(line: str, status: int) -> NoReturn:
    click.echo(" ".join(line.split()), err=True)
    sys.exit(status)


def _usage_in_words(error: click.UsageError) -> str:
    match error:
        case click.MissingParameter():
            return f"thiếu {_named(error)}."
        case click.NoSuchOption():
            return f"không có tùy chọn {error.option_name}."
        case click.BadOptionUsage():
            return f"tùy chọn {error.option_name} thiếu giá trị hoặc không nhận giá trị."
        case click.BadParameter():
            return f"giá trị của {_named(error)} không đúng."
    return "không có lệnh này, hoặc thừa, thiếu tham số."


def _named(error: click.BadParameter) -> str:
    if error.param is None:
        return "tham số"
    return error.param.opts[0] if isinstance(error.param, click.Option) else str(error.param.metavar)


def group(name: str, text: str) -> OfficeGroup:
    """A group of commands with its help."""
    return OfficeGroup(name, help=text, no_args_is_help=True, subcommand_metavar="LỆNH …")


def as_user(function: Callable[..., Any]) -> Callable[..., Any]:
    """The option that names who acts."""
    return click.option("--as", "user", metavar="NGƯỜI DÙNG", help="Người thực hiện. Bỏ trống là quản trị máy chủ.")(
        function
    )


def as_json(function: Callable[..., Any]) -> Callable[..., Any]:
    """The option that asks for JSON."""
    return click.option("--json", "as_json", is_flag=True, help="In kết quả dạng JSON.")(function)


def columns_by_hand(function: Callable[..., Any]) -> Callable[..., Any]:
    """The option that names the columns of a table whose header is not recognised."""
    return click.option(
        "--columns",
        metavar="CỘT",
        help="Các cột khi không nhận ra dòng tiêu đề, ví dụ nhiem-vu=2,thoi-han=4,chu-tri=5.",
    )(function)
