"""Printed words on the left, what the system makes of them on the right."""

import shutil
import textwrap
from collections.abc import Iterable, Iterator

import click

from cchc_tasks.cli.asked import asked_in_words
from cchc_tasks.domain.periods import Years, period_in_words
from cchc_tasks.domain.reading.findings import Deliverable, UnitMention
from cchc_tasks.domain.reading.in_words import part_in_words
from cchc_tasks.services.plan_changes import CELL_IN_WORDS
from cchc_tasks.services.show_plan import ReadRow

_GAP = "  │  "
_NARROWEST = 60


def echo_side_by_side(rows: Iterable[ReadRow], years: Years) -> None:
    """Each row under its code: a pair of columns for each cell, then what is still asked about it."""
    width = (max(shutil.get_terminal_size((120, 0)).columns, _NARROWEST) - len(_GAP)) // 2
    click.echo(_line("VĂN BẢN", "CÁCH HIỂU", width))
    for one in rows:
        click.echo("─" * (2 * width + len(_GAP)))
        for printed, meaning in _cells(one, years):
            left, right = textwrap.wrap(printed, width), textwrap.wrap(meaning, width)
            for place in range(max(len(left), len(right))):
                click.echo(_line(_at(left, place), _at(right, place), width))
        for question in one.questions:
            if question.answer is None:
                text = f"Câu hỏi số {question.number}: {asked_in_words(question)}"
                click.echo(textwrap.fill(text, 2 * width + len(_GAP)))


def _cells(one: ReadRow, years: Years) -> Iterator[tuple[str, str]]:
    """Each cell as printed and as understood; blank ones only where something was made of them."""
    row, reading = one.row, one.reading
    taken = "không giao thành nhiệm vụ" if one.left_out else "một nhiệm vụ"
    yield f"Dòng {row.code}. {_flat(row.title)}", taken + (f", khi: {reading.condition}" if reading.condition else "")
    meanings = {
        "product": "; ".join(map(_deliverable, reading.deliverables)),
        "time": "; ".join(part_in_words(part, years) for part in reading.parts),
        "lead": "; ".join(map(_unit, reading.leads)),
        "cooperating": "; ".join(map(_unit, reading.cooperating)),
    }
    for name, meaning in meanings.items():
        printed = _flat(row.cells.get(name, ""))
        if printed or meaning:
            yield f"{CELL_IN_WORDS[name].capitalize()}: {printed or '(để trống)'}", meaning or "chưa hiểu"


def _deliverable(one: Deliverable) -> str:
    amount = f"ít nhất {one.at_least} {one.unit or ''}".rstrip() if one.at_least else ""
    return one.title + (f" ({amount})" if amount else "")


def _unit(one: UnitMention) -> str:
    beside = [text for text in (one.section, one.period and period_in_words(one.period), one.remark) if text]
    return one.text + (f" ({', '.join(beside)})" if beside else "")


def _flat(text: str) -> str:
    return " ".join(text.split())


def _at(lines: list[str], place: int) -> str:
    return lines[place] if place < len(lines) else ""


def _line(left: str, right: str, width: int) -> str:
    return f"{left.ljust(width)}{_GAP}{right}".rstrip()
