"""Plain text for terminals: tables whose columns line up, dates as an office writes them, JSON."""

import json
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import click

from cchc_tasks.ports import Message


def echo_json(value: Any) -> None:  # noqa: ANN401
    """One JSON document on standard output; dates in ISO form."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2, default=str))


def echo_table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """A table with its columns lined up; the last column is as long as it likes."""
    cells = [tuple(heads), *(tuple("" if cell is None else str(cell) for cell in row) for row in rows)]
    widths = [max(len(row[place]) for row in cells) for place in range(len(heads) - 1)]
    for row in cells:
        padded = [cell.ljust(width) for cell, width in zip(row, widths, strict=False)]
        click.echo("  ".join([*padded, row[-1]]).rstrip())


def echo_message(message: Message) -> None:
    """A message's subject and text."""
    click.echo(f"Tiêu đề: {message.subject}\n\n{message.text}\n")


def shown(day: date | None) -> str:
    """A date as dd/mm/yyyy, a dash where there is none."""
    return day.strftime("%d/%m/%Y") if day else "–"
