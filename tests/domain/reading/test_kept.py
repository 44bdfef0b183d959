"""What was found in a document is kept as JSON and comes back equal."""

import json
from datetime import date
from fractions import Fraction

import pytest

from cchc_tasks.adapters.documents.plain.text import read_text
from cchc_tasks.domain.reading.kept import FINDINGS
from cchc_tasks.domain.reading.whole import read_document
from tests.making.grids import document
from tests.making.rubrics import OFFICE_TEXT, school_rubric

PLAN = """KẾ HOẠCH
Cải cách hành chính giai đoạn 2026-2028
Căn cứ Quyết định số 12/QĐ-UBND ngày 05/01/2026 của UBND tỉnh Sông Lam về chỉ số cải cách hành chính;
I. Các chỉ tiêu cụ thể
- Mức độ hài lòng đạt trên 92,5%.
II. Chế độ báo cáo
Các phòng thuộc Sở báo cáo Văn phòng: quý I trước ngày 10/3; cả năm trước ngày 10/12."""
REPORT = """BÁO CÁO
Kết quả cải cách hành chính quý I năm 2026
Tiếp nhận 200 hồ sơ, trong đó 150 hồ sơ trực tuyến, đạt 75%."""


class TestKeptFindings:
    @pytest.mark.parametrize("source", [document(PLAN), document(REPORT), school_rubric(), read_text(OFFICE_TEXT)])
    def test_are_the_same_when_they_come_back(self, source) -> None:
        reading = read_document(source)
        found = (*reading.regime, *reading.indicators, *reading.criteria, *reading.citations, *reading.figures)
        assert found
        for one in found:
            assert FINDINGS.from_json(json.loads(json.dumps(FINDINGS.to_json(one)))) == one

    def test_keep_days_fractions_and_the_words_of_other_columns(self) -> None:
        value = (date(2026, 2, 28), Fraction(1, 3), {"is": "x", "Ghi chú": None}, ())
        assert FINDINGS.from_json(json.loads(json.dumps(FINDINGS.to_json(value)))) == value

    def test_hold_nothing_that_could_not_come_back(self) -> None:
        with pytest.raises(TypeError):
            FINDINGS.to_json(object())
