"""`cchc read`, `cchc deadline`, `cchc unit`: reading without a data folder or a database."""

import json
import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

import click

from cchc_tasks.adapters.documents.reader import FileReader
from cchc_tasks.cli.layout import echo_json, echo_table, shown
from cchc_tasks.cli.office import OfficeCommand, YearSpan, as_json
from cchc_tasks.cli.reading_json import plan_as_json
from cchc_tasks.cli.session import existing
from cchc_tasks.domain.occurrences import due_dates
from cchc_tasks.domain.periods import Years
from cchc_tasks.domain.reading.deadlines import read_deadline
from cchc_tasks.domain.reading.findings import DeadlineReading, Question, UnitCell
from cchc_tasks.domain.reading.plan import read_plan
from cchc_tasks.domain.reading.units import read_units
from cchc_tasks.settings import load_settings


@click.command("read", cls=OfficeCommand, help="Đọc một văn bản và cho biết hiểu thế nào; không lưu gì.")
@click.argument("file", metavar="TỆP")
@click.option("--years", type=YearSpan(), help="Năm của kế hoạch: 2023 hoặc 2021-2025.")
@as_json
def read(file: str, years: Years | None, as_json: bool) -> None:
    reading = read_plan(FileReader().read(existing(file)), years, before_is_strict=load_settings().before_is_strict)
    if as_json:
        echo_json(plan_as_json(reading))
        return
    rows = (
        (
            duty.row.id,
            _dates([one.due.due_on for part in duty.parts for one in part.occurrences]),
            "; ".join(unit.text for unit in duty.leads),
            duty.row.title,
        )
        for duty in reading.duties
    )
    click.echo(reading.header.title or file)
    echo_table(("Dòng", "Hạn", "Chủ trì", "Nhiệm vụ"), rows)
    for where, question in _questions(reading.questions, ((duty.row.id, duty.questions) for duty in reading.duties)):
        click.echo(f"Câu hỏi ({where}): {question.text}")


@click.command("deadline", cls=OfficeCommand, help="Đọc cụm từ chỉ thời hạn; mỗi dòng đầu vào một dòng kết quả.")
@click.argument("phrases", metavar="CỤM TỪ…", nargs=-1)
@click.option("--years", type=YearSpan(), help="Năm của kế hoạch: 2023 hoặc 2021-2025.")
@as_json
def deadline(phrases: tuple[str, ...], years: Years | None, as_json: bool) -> None:
    strict = load_settings().before_is_strict

    def answer(phrase: str) -> dict[str, Any]:
        return _deadline_json(read_deadline(phrase, years), years, before_is_strict=strict)

    def words(found: dict[str, Any]) -> str:
        dates = ["–" if not part["due_on"] else ", ".join(part["due_on"]) for part in found["parts"]]
        asked = [question["text"] for question in found["questions"]]
        return " | ".join([*dates, *asked]) or "–"

    _each_line(phrases, answer, words, as_json=as_json)


@click.command("unit", cls=OfficeCommand, help="Đọc ô đơn vị chủ trì hoặc phối hợp; mỗi dòng một kết quả.")
@click.argument("cells", metavar="Ô…", nargs=-1)
@as_json
def unit(cells: tuple[str, ...], as_json: bool) -> None:
    def words(found: dict[str, Any]) -> str:
        return " | ".join(one["text"] for one in found["units"]) or "–"

    _each_line(cells, lambda cell: _unit_json(read_units(cell)), words, as_json=as_json)


def _each_line(
    arguments: tuple[str, ...],
    answer: Callable[[str], dict[str, Any]],
    words: Callable[[dict[str, Any]], str],
    *,
    as_json: bool,
) -> None:
    for line in arguments or _standard_input():
        found = answer(line)
        click.echo(json.dumps(found, ensure_ascii=False, default=str) if as_json else words(found))


def _standard_input() -> Iterable[str]:
    """The lines of standard input, split on line feeds only: other separators belong to a phrase."""
    text = sys.stdin.buffer.read().decode("utf-8", errors="replace")
    return text.removesuffix("\n").split("\n") if text else []


def _deadline_json(reading: DeadlineReading, years: Years | None, *, before_is_strict: bool) -> dict[str, Any]:
    return {
        "phrase": reading.phrase,
        "parts": [
            {
                "label": part.label,
                "kind": part.rule.kind,
                "frequency": part.rule.frequency,
                "bound": part.rule.bound,
                "due_on": [one.due_on.isoformat() for one in dates],
                "stated_on": [one.stated_on.isoformat() for one in dates if one.stated_on],
                "event": part.rule.event,
                "at": part.rule.at,
                "condition": part.condition,
            }
            for part in reading.parts
            for dates in [due_dates(part.rule, years, before_is_strict=before_is_strict)]
        ],
        "unread": list(reading.unread),
        "questions": [_question_json(question) for question in reading.questions],
    }


def _unit_json(reading: UnitCell) -> dict[str, Any]:
    return {
        "cell": reading.cell,
        "units": [
            {"text": one.text, "role": one.role, "section": one.section, "period": one.period, "remark": one.remark}
            for one in reading.units
        ],
        "unread": list(reading.unread),
    }


def _question_json(question: Question) -> dict[str, Any]:
    return {
        "code": question.code,
        "about": question.about,
        "text": question.text,
        "proposal": question.proposal,
    }


def _dates(days: Sequence[date]) -> str:
    """Each day once; of a long row the first, the last and how many there are."""
    once = sorted(set(days))
    if len(once) > 4:
        return f"{shown(once[0])} … {shown(once[-1])} ({len(once)} kỳ)"
    return ", ".join(map(shown, once)) or "–"


def _questions(
    of_document: Iterable[Question], of_rows: Iterable[tuple[str, Iterable[Question]]]
) -> Iterable[tuple[str, Question]]:
    yield from (("văn bản", question) for question in of_document)
    yield from ((f"dòng {row}", question) for row, questions in of_rows for question in questions)
