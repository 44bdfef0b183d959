"""The invented Sở's own plan, dated relative to a year: the shapes of real appendices in words of its own."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from string import Template

HERE = Path(__file__).parent
COLUMNS = ("Nhóm nhiệm vụ", "Nội dung nhiệm vụ", "Sản phẩm", "Thời gian thực hiện", "Đơn vị chủ trì", "Đơn vị phối hợp")


@dataclass(frozen=True, slots=True)
class SampleRow:
    """A row of the sample's appendix as printed, whole; an empty group or title stands for the one above."""

    group: str
    number: str
    title: str
    product: str
    time: str
    lead: str
    cooperating: str


def sample_plan(year: int) -> str:
    """The plan as a tab-separated text with page breaks: head, prose, signature, appendix."""
    return _dated(year, "ke-hoach-mau.txt").replace("{{PHU LUC}}", "\n".join(_pages(sample_rows(year))))


def sample_rows(year: int) -> tuple[SampleRow, ...]:
    """The rows of its appendix."""
    lines = _dated(year, "phu-luc-mau.tsv").splitlines()
    return tuple(SampleRow(*line.split("\t")) for line in lines if line and not line.startswith("#"))


def _dated(year: int, name: str) -> str:
    text = (HERE / name).read_text(encoding="utf-8")
    return Template(text).substitute(nam=year, nam_truoc=year - 1, nam_sau=year + 1)


def _pages(rows: tuple[SampleRow, ...]) -> Iterator[str]:
    """Tab-separated lines; every page begins with a blank line, some with the header again, one within a row."""
    yield "\t".join(COLUMNS)
    for row in rows:
        cells = [row.group, f"{row.number}. {row.title}" if row.number else row.title]
        cells += [row.product, row.time, row.lead, row.cooperating]
        if row.number == "13":
            yield from _torn(cells)
            continue
        if row.number in ("7", "26"):
            yield ""
        if row.number == "7":
            yield "\t".join(COLUMNS)
        yield "\t".join(cells)


def _torn(cells: list[str]) -> Iterator[str]:
    """A row that a page break tears in every cell of more than three words."""
    first, second = [], []
    for cell in cells:
        words = cell.split()
        keep = len(words) if len(words) <= 3 else (len(words) + 1) // 2
        first.append(" ".join(words[:keep]))
        second.append(" ".join(words[keep:]))
    yield "\t".join(first)
    yield ""
    yield "\t".join(second)
