"""Tables of reports and the days they are due on: "Loại báo cáo | Thời hạn gửi | Nơi nhận"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from cchc_tasks.domain.reading.column_names import Column, named_column
from cchc_tasks.domain.reading.document import Grid, SourceDocument
from cchc_tasks.domain.reading.units import read_units


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A row: which report, when, by whom and to whom."""

    kind: str
    time: str
    reporters: tuple[str, ...]
    receiver: str | None


def report_tables(document: SourceDocument) -> Iterator[ReportRow]:
    """The rows of every table that names reports and their days and no tasks."""
    for grid in document.grids:
        for index in range(len(grid.rows)):
            if places := _places([cell.text for cell in grid.rows[index].cells]):
                yield from _rows(grid, index + 1, places)
                break


_KIND = re.compile(r"(?:tên|loại|kỳ|các|nội dung)?\s*(?:loại\s+)?báo cáo\W*$", re.IGNORECASE)
_TIME = re.compile(r"(?:thời (?:gian|hạn|điểm)|ngày|hạn)(?:\s+(?:gửi|nộp|báo cáo|cuối|chốt))*\W*$", re.IGNORECASE)
_TO = re.compile(r"(?:nơi|đơn vị|cơ quan)\s+(?:tiếp\s+)?nhận", re.IGNORECASE)
_BY = re.compile(r"(?:đơn vị|cơ quan|bộ phận|người)\s+(?:gửi|báo cáo|lập|thực hiện|nộp)", re.IGNORECASE)


def _places(titles: list[str]) -> dict[str, int]:
    places: dict[str, int] = {}
    for place, title in enumerate(" ".join(one.split()) for one in titles):
        for name, pattern in (("kind", _KIND), ("time", _TIME), ("to", _TO), ("by", _BY)):
            if pattern.match(title):
                places.setdefault(name, place)
                break
        else:
            named = named_column(title)
            if named and named.column in (Column.TITLE, Column.PRODUCT):
                return {}
    return places if "kind" in places and "time" in places else {}


def _rows(grid: Grid, start: int, places: dict[str, int]) -> Iterator[ReportRow]:
    above: dict[str, str] = {}
    for row in grid.rows[start:]:
        texts = {name: row.cells[place].text for name, place in places.items()}
        above = {name: text or (above.get(name, "") if name in ("to", "by") else "") for name, text in texts.items()}
        units = {name: tuple(one.text for one in read_units(above.get(name, "")).units) for name in ("to", "by")}
        yield ReportRow(above["kind"], above["time"], units["by"], next(iter(units["to"]), None))
