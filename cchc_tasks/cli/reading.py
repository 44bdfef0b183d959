"""`cchc read`, `cchc deadline`, `cchc unit`: reading without a data folder or a database."""

import json
import sys
from collections.abc import Callable, Iterable
from typing import Any

import click

from cchc_tasks.adapters.documents.reader import FileReader
from cchc_tasks.cli.layout import echo_json
from cchc_tasks.cli.office import OfficeCommand, YearSpan, as_json, columns_by_hand
from cchc_tasks.cli.reading_json import document_as_json
from cchc_tasks.cli.reading_tables import echo_reading
from cchc_tasks.cli.session import existing
from cchc_tasks.domain.occurrences import due_dates
from cchc_tasks.domain.periods import Years
from cchc_tasks.domain.reading.columns import parse_columns
from cchc_tasks.domain.reading.deadlines import explain_deadline, read_deadline
from cchc_tasks.domain.reading.findings import DeadlineReading, Question, UnitCell
from cchc_tasks.domain.reading.in_words import part_in_words
from cchc_tasks.domain.reading.units import read_units
from cchc_tasks.domain.reading.whole import read_document
from cchc_tasks.domain.vocabulary import DeadlineKind
from cchc_tasks.settings import load_settings


@click.command("read", cls=OfficeCommand, help="Đọc một văn bản và cho biết hiểu thế nào; không lưu gì.")
@click.argument("file", metavar="TỆP")
@click.option("--years", type=YearSpan(), help="Năm của kế hoạch: 2023 hoặc 2021-2025.")
@columns_by_hand
@as_json
def read(file: str, years: Years | None, columns: str | None, as_json: bool) -> None:
    reading = read_document(
        FileReader().read(existing(file)),
        years,
        before_is_strict=load_settings().before_is_strict,
        columns=parse_columns(columns) if columns is not None else None,
    )
    if as_json:
        echo_json(document_as_json(reading))
        return
    click.echo(reading.header.title or file)
    echo_reading(reading)


@click.command("deadline", cls=OfficeCommand, help="Đọc cụm từ chỉ thời hạn; mỗi dòng đầu vào một dòng kết quả.")
@click.argument("phrases", metavar="CỤM TỪ…", nargs=-1)
@click.option("--years", type=YearSpan(), help="Năm của kế hoạch: 2023 hoặc 2021-2025.")
@click.option("--explain", is_flag=True, help="Nêu từ ngữ nào được hiểu thế nào.")
@as_json
def deadline(phrases: tuple[str, ...], years: Years | None, explain: bool, as_json: bool) -> None:
    strict = load_settings().before_is_strict

    def as_object(phrase: str) -> dict[str, Any]:
        reading = read_deadline(phrase, years)
        because = [{"words": one.words, "why": one.why} for one in explain_deadline(phrase)] if explain else None
        found = _deadline_json(reading, years, before_is_strict=strict)
        return found if because is None else {**found, "because": because}

    def in_words(phrase: str) -> str:
        reading = read_deadline(phrase, years)
        said = [part_in_words(part, years) for part in reading.parts if part.rule.kind is not DeadlineKind.NONE]
        said += [question.text for question in reading.questions]
        because = [f"\n    “{one.words}”: {one.why}" for one in explain_deadline(phrase)] if explain else []
        return " | ".join(said) + "".join(because)

    _each_line(phrases, as_object, in_words, as_json=as_json)


@click.command("unit", cls=OfficeCommand, help="Đọc ô đơn vị chủ trì hoặc phối hợp; mỗi dòng một kết quả.")
@click.argument("cells", metavar="Ô…", nargs=-1)
@as_json
def unit(cells: tuple[str, ...], as_json: bool) -> None:
    def in_words(cell: str) -> str:
        return " | ".join(one.text for one in read_units(cell).units) or "–"

    _each_line(cells, lambda cell: _unit_json(read_units(cell)), in_words, as_json=as_json)


def _each_line(
    arguments: tuple[str, ...],
    as_object: Callable[[str], dict[str, Any]],
    in_words: Callable[[str], str],
    *,
    as_json: bool,
) -> None:
    for line in arguments or _standard_input():
        click.echo(json.dumps(as_object(line), ensure_ascii=False, default=str) if as_json else in_words(line))


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
                "words": part.words,
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
            {
                "text": one.text,
                "role": one.role,
                "section": one.section,
                "period": one.period,
                "remark": one.remark,
                "share": one.share,
            }
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
