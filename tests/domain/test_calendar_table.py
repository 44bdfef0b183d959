"""A calendar kept as a table: read row by row, and what cannot be read is named by its row."""

from datetime import date

import pytest

from cchc_tasks.domain.calendar_table import read_calendar
from cchc_tasks.domain.errors import CalendarUnreadable
from cchc_tasks.domain.office_calendar import Holiday
from cchc_tasks.domain.reading.document import Cell, Grid, GridRow, SourceDocument
from cchc_tasks.domain.vocabulary import DayKind

HEADER = ("Ngày", "Loại", "Tên", "Văn bản")


def document(*rows: tuple[str, ...]) -> SourceDocument:
    return SourceDocument((Grid(tuple(GridRow(tuple(map(Cell, row))) for row in rows)),))


class TestRows:
    def test_become_days_whatever_the_order_of_the_columns(self) -> None:
        found = read_calendar(
            document(
                ("TT", "Tên", "LOẠI", "Ngày", "Văn  bản"),
                ("1", "Hoán đổi\nngày nghỉ", "Nghỉ", "02/01/2026", "12729/VPCP-KGVX"),
                ("", "", "", "", ""),
                ("2", "Làm bù", "làm bù", "2026-01-10", "12729/VPCP-KGVX"),
            ),
            "lich.csv",
        )
        assert found == (
            Holiday(date(2026, 1, 2), DayKind.OFF, "Hoán đổi ngày nghỉ", "12729/VPCP-KGVX"),
            Holiday(date(2026, 1, 10), DayKind.WORKED, "Làm bù", "12729/VPCP-KGVX"),
        )

    @pytest.mark.parametrize(
        ("rows", "row", "reason"),
        [
            ([], 1, "thiếu dòng tiêu đề"),
            ([("Ngày", "Tên", "Văn bản")], 1, "thiếu dòng tiêu đề"),
            ([HEADER], 2, "không có ngày nào"),
            ([HEADER, ("30/02/2026", "nghỉ", "x", "y")], 2, "“30/02/2026” không phải là ngày"),
            ([HEADER, ("02/9/2026", "lễ", "x", "y")], 2, "loại “lễ” không phải là nghỉ hoặc làm bù"),
            ([HEADER, ("02/9/2026", "nghỉ", "x", "")], 2, "thiếu tên hoặc văn bản"),
            (
                [HEADER, ("02/9/2026", "nghỉ", "x", "y"), ("02/9/2026", "nghỉ", "z", "y")],
                3,
                "ngày 02/9/2026 ghi hai lần",
            ),
        ],
    )
    def test_that_cannot_be_read_are_named(self, rows: list[tuple[str, ...]], row: int, reason: str) -> None:
        with pytest.raises(CalendarUnreadable) as refusal:
            read_calendar(document(*rows), "lich.csv")
        assert {name: str(value) for name, value in refusal.value.facts.items()} == {
            "path": "lich.csv",
            "row": str(row),
            "reason": reason,
        }
