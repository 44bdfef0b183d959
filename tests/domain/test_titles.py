"""An obligation's name tells it from its sisters of other periods."""

import pytest

from cchc_tasks.domain.titles import obligation_title
from cchc_tasks.domain.vocabulary import Frequency


class TestTitle:
    @pytest.mark.parametrize(
        ("label", "period", "frequency", "title"),
        [
            (None, "2026", Frequency.YEARLY, "Tuyên truyền"),
            ("Kế hoạch", "2026-Q1", Frequency.YEARLY, "Tuyên truyền (Kế hoạch)"),
            ("báo cáo", "2026-Q2", Frequency.QUARTERLY, "Tuyên truyền (báo cáo, quý II/2026)"),
            (None, "2026-02", Frequency.MONTHLY, "Tuyên truyền (tháng 02/2026)"),
            (None, "2026-11", Frequency.MONTHLY, "Tuyên truyền (tháng 11/2026)"),
            (None, "2026-H1", Frequency.HALF_YEARLY, "Tuyên truyền (6 tháng đầu năm 2026)"),
            ("báo cáo quý I", "2026-Q1", Frequency.QUARTERLY, "Tuyên truyền (báo cáo quý I)"),
        ],
    )
    def test_names_part_and_period(self, label: str | None, period: str, frequency: Frequency, title: str) -> None:
        assert obligation_title("Tuyên truyền.", label, period, frequency) == title
