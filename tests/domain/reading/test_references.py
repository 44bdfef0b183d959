"""References to documents, as offices type them into one box."""

from datetime import date

import pytest

from cchc_tasks.domain.errors import ReferenceUnreadable
from cchc_tasks.domain.reading.references import Reference, read_reference


class TestReference:
    @pytest.mark.parametrize(
        ("typed", "number", "dated"),
        [
            ("12/BC-THPT ngày 03/3/2023", "12/BC-THPT", date(2023, 3, 3)),
            ("Báo cáo số 12/BC-THPT, ngày 3/3/2023.", "12/BC-THPT", date(2023, 3, 3)),
            ("  số: 318 / SGDĐT-TCCB  ngày 05.03.2026", "318/SGDĐT-TCCB", date(2026, 3, 5)),
            ("Quyết định số 06/2024/QĐ-UBND ngày 15-01-2024", "06/2024/QĐ-UBND", date(2024, 1, 15)),
        ],
    )
    def test_gives_number_symbol_and_date(self, typed: str, number: str, dated: date) -> None:
        assert read_reference(typed) == Reference(number, dated)

    @pytest.mark.parametrize(
        "typed",
        [
            "",
            "12/BC-THPT",
            "báo cáo tháng 3",
            "12/BC-THPT ngày 31/02/2023",
            "BC-THPT ngày 03/3/2023",
            "12 ngày 03/3/2023",
        ],
    )
    def test_is_refused_without_number_symbol_or_real_date(self, typed: str) -> None:
        with pytest.raises(ReferenceUnreadable):
            read_reference(typed)
