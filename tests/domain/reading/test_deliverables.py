"""Product cells, and which part dates which product."""

import json
from pathlib import Path

import pytest

from cchc_tasks.domain.periods import Years
from cchc_tasks.domain.reading.deadlines import read_deadline
from cchc_tasks.domain.reading.deliverables import match_deliverables, read_deliverables
from cchc_tasks.domain.reading.findings import Deliverable
from cchc_tasks.domain.reading.periodicity import read_periodicity, read_quantity

PLAN = Years(2023, 2023)


def titles(cell: str) -> list[str]:
    return [one.title for one in read_deliverables(cell)]


class TestChecklist:
    @pytest.mark.parametrize(
        ("cell", "expected"),
        [
            ("Báo cáo.", ["Báo cáo"]),
            ("- Tờ trình; - Quyết định.", ["Tờ trình", "Quyết định"]),
            ("- Tờ trình. - Quyết định", ["Tờ trình", "Quyết định"]),
            ("- Tờ trình - Quyết định", ["Tờ trình", "Quyết định"]),
            ("Kế hoạch\nBáo cáo", ["Kế hoạch", "Báo cáo"]),
            ("Tờ trình gửi\nUBND tỉnh", ["Tờ trình gửi UBND tỉnh"]),
            ("Kế hoạch; báo cáo (quý; năm)", ["Kế hoạch", "báo cáo (quý; năm)"]),
            ("Kế hoạch và báo cáo kết quả", ["Kế hoạch", "báo cáo kết quả"]),
            ("Quyết định và hồ sơ bổ nhiệm", ["Quyết định và hồ sơ bổ nhiệm"]),
            ("Dự toán và quyết toán ngân sách", ["Dự toán ngân sách", "quyết toán ngân sách"]),
            ("Báo cáo theo Biểu số 2; Phụ lục 3", ["Báo cáo theo Biểu số 2; Phụ lục 3"]),
            ("", []),
        ],
    )
    def test_holds_each_thing_once(self, cell: str, expected: list[str]):
        assert titles(cell) == expected

    def test_counts_what_the_words_count(self):
        assert read_deliverables("Mỗi tháng có ít nhất 02 tin, bài về CCHC") == (
            Deliverable("Mỗi tháng có ít nhất 02 tin, bài về CCHC", at_least=2, unit="tin, bài"),
        )

    def test_keeps_a_condition_with_the_product_it_stands_beside(self):
        assert read_deliverables("Báo cáo; Thông báo xin lỗi nếu có trễ hạn") == (
            Deliverable("Báo cáo"),
            Deliverable("Thông báo xin lỗi nếu có trễ hạn", condition="nếu có trễ hạn"),
        )

    def test_is_a_careful_persons_on_a_real_plan(self, shared: Path):
        rows = json.loads((shared / "gold" / "003_rows.json").read_text(encoding="utf-8"))
        assert {row["id"]: titles(row["product_cell"]) for row in rows} == {r["id"]: r["deliverables"] for r in rows}


class TestPeriodicity:
    @pytest.mark.parametrize(
        ("cell", "frequency", "label"),
        [
            ("Mỗi quý có ít nhất 01 tin, bài", "quarterly", "tin, bài"),
            ("Hằng tháng có 01 bản tin", "monthly", "bản tin"),
            ("ít nhất 01 hội nghị/quý", "quarterly", None),
            ("Báo cáo hàng quý", "quarterly", "Báo cáo"),
        ],
    )
    def test_is_read_from_a_quota(self, cell: str, frequency: str, label: str | None):
        (part,) = read_periodicity(cell, PLAN)
        assert (part.rule.frequency, part.label) == (frequency, label)

    def test_is_none_for_clauses_of_real_plans_that_are_no_deadline(self, shared: Path):
        lines = (shared / "gold" / "not_deadlines.tsv").read_text(encoding="utf-8").splitlines()[1:]
        phrases = [line.split("\t")[0] for line in lines]
        assert [phrase for phrase in phrases if read_periodicity(phrase, PLAN) or read_quantity(phrase)] == []


class TestMatching:
    def test_gives_each_part_the_products_its_label_names(self):
        parts = read_deadline("Kế hoạch ban hành trong quý I; báo cáo tháng 12", PLAN).parts
        products = read_deliverables("Kế hoạch rà soát; BC kết quả; QĐ công bố")
        matched, rest = match_deliverables(parts, products)
        assert [[one.title for one in own] for own in matched] == [["Kế hoạch rà soát"], ["BC kết quả"]]
        assert [one.title for one in rest] == ["QĐ công bố"]

    def test_gives_a_single_part_all(self):
        products = read_deliverables("Kế hoạch; báo cáo")
        assert match_deliverables(read_deadline("Quý I", PLAN).parts, products) == ((products,), ())

    def test_gives_all_to_each_rhythm_of_the_same_work(self):
        products = read_deliverables("Báo cáo; biểu số liệu")
        parts = read_deadline("Hàng quý, 6 tháng, năm", PLAN).parts
        assert match_deliverables(parts, products) == ((products, products, products), ())

    def test_gives_a_product_to_every_part_of_its_name(self):
        parts = read_deadline("Báo cáo 6 tháng trước 15/6, báo cáo năm trước 15/12", PLAN).parts
        (half, year), rest = match_deliverables(parts, read_deliverables("Báo cáo kết quả; báo cáo năm"))
        assert [one.title for one in half] == ["Báo cáo kết quả"]
        assert [one.title for one in year] == ["Báo cáo kết quả", "báo cáo năm"]
        assert rest == ()
