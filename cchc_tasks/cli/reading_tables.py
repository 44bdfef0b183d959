"""What was found in a document, as tables for a terminal."""

from collections.abc import Iterable, Sequence
from datetime import date

import click

from cchc_tasks.cli.findings_json import number
from cchc_tasks.cli.layout import echo_table, shown
from cchc_tasks.domain.reading.findings import DutyReading, Question, Target
from cchc_tasks.domain.reading.whole import DocumentReading
from cchc_tasks.domain.vocabulary import Bound

SCHEMES_IN_WORDS = {
    "bands": "theo mức",
    "formula": "theo công thức",
    "additive": "cộng điểm",
    "hand-judged": "người chấm",
}
_COMPARATORS = {">=": "tối thiểu", ">": "trên", "<=": "tối đa", "<": "dưới", "=": "", "between": "từ"}


def echo_reading(reading: DocumentReading) -> None:
    """The duties, then each other kind that was found, then the questions."""
    _section("Nhiệm vụ", ("Dòng", "Hạn", "Chủ trì", "Nhiệm vụ"), map(_duty, reading.duties))
    lines = (
        (
            line.label or "–",
            _dates([one.due_on for one in line.occurrences]),
            "trước ngày" if line.bound is Bound.BEFORE else "chậm nhất",
            "; ".join(line.reporters) or "–",
            line.receiver or "–",
        )
        for line in reading.regime
    )
    _section("Chế độ báo cáo", ("Báo cáo", "Hạn", "Mốc", "Đơn vị báo cáo", "Nơi nhận"), lines)
    targets = (
        (one.phase or "–", _target(one.target), "; ".join(unit.text for unit in one.leads) or "–", one.text)
        for one in reading.indicators
    )
    _section("Chỉ tiêu", ("Giai đoạn", "Mức", "Chủ trì", "Chỉ tiêu"), targets)
    criteria = (
        (
            one.code or "–",
            "–" if one.is_heading or one.max_points is None else _decimal(number(one.max_points)),
            SCHEMES_IN_WORDS.get(one.scheme_family or "", "–"),
            one.title,
        )
        for one in reading.criteria
    )
    _section("Tiêu chí chấm điểm", ("Mã", "Điểm tối đa", "Cách chấm", "Tiêu chí"), criteria)
    cited = ((one.number, shown(one.dated), one.subject or "–") for one in reading.citations)
    _section("Văn bản viện dẫn", ("Số, ký hiệu", "Ngày", "Về việc"), cited)
    counts = ((_decimal(number(one.value)), one.unit, _OUTCOMES[one.outcome], one.label) for one in reading.figures)
    _section("Số liệu báo cáo", ("Số", "Đơn vị tính", "Kiểm tra", "Nội dung"), counts)
    for question in reading.questions:
        click.echo(f"Câu hỏi (văn bản): {question.text}")
    for duty in reading.duties:
        _echo_questions(duty.row.id, duty.questions)


_OUTCOMES = {None: "–", "fits": "khớp", "differs": "không khớp", "unclear": "chưa rõ"}


def _section(title: str, heads: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    listed = list(rows)
    if listed:
        click.echo(f"\n{title} ({len(listed)}):")
        echo_table(heads, listed)


def _duty(duty: DutyReading) -> tuple[str, str, str, str]:
    dates = _dates([one.due.due_on for part in duty.parts for one in part.occurrences])
    return duty.row.id, dates, "; ".join(unit.text for unit in duty.leads) or "–", duty.row.title


def _dates(days: Sequence[date]) -> str:
    """Each day once; of a long row the first, the last and how many there are."""
    once = sorted(set(days))
    if len(once) > 4:
        return f"{shown(once[0])} … {shown(once[-1])} ({len(once)} kỳ)"
    return ", ".join(map(shown, once)) or "–"


def _target(target: Target | None) -> str:
    """ "tối thiểu 95%", "trên 50%", "giảm 5%"; a dash where the words hold no figure."""
    if target is None:
        return "–"
    change = {"increase": "tăng", "decrease": "giảm", "multiple": "gấp"}.get(target.change or "", "")
    ends = [_decimal(number(end)) for end in (target.value, target.upper) if end is not None]
    unit = target.unit if target.unit == "%" else f" {target.unit}"
    return " ".join(filter(None, (change, _COMPARATORS[target.comparator], " đến ".join(ends)))) + unit


def _decimal(value: float) -> str:
    """A number with the decimal comma of Vietnamese."""
    return f"{value:g}".replace(".", ",")


def _echo_questions(row: str, questions: Iterable[Question]) -> None:
    for question in questions:
        click.echo(f"Câu hỏi (dòng {row}): {question.text}")
