"""Lead and cooperating cells."""

import json
from pathlib import Path

import pytest

from cchc_tasks.domain.periods import Years
from cchc_tasks.domain.reading.findings import UnitMention
from cchc_tasks.domain.reading.units import nearest, read_units, unit_key

PLAN = Years(2023, 2023)


def names(cell: str) -> list[str]:
    return [unit.text for unit in read_units(cell, PLAN).units]


class TestCell:
    @pytest.mark.parametrize(
        ("cell", "expected"),
        [
            ("Phòng TCCB.", ["Phòng TCCB"]),
            ("Văn phòng, phòng TCCB", ["Văn phòng", "phòng TCCB"]),
            ("Các bộ phận; cá nhân được phân công", ["Các bộ phận", "cá nhân được phân công"]),
            ("VP+TCCB", ["VP", "TCCB"]),
            ("VP/TCCB", ["VP", "TCCB"]),
            ("Văn phòng và phòng TCCB", ["Văn phòng", "phòng TCCB"]),
            ("Phòng GDTrH & Phòng GDTX", ["Phòng GDTrH", "Phòng GDTX"]),
            ("- Phòng TCCB;\n- Văn phòng.", ["Phòng TCCB", "Văn phòng"]),
            ("Phòng TCCB\nVP", ["Phòng TCCB", "VP"]),
            ("Các phòng TCCB, KHTC", ["phòng TCCB", "KHTC"]),
            ("Các phòng, đơn vị trực thuộc", ["Các phòng", "đơn vị trực thuộc"]),
            ("Thanh tra Sở, các phòng Sở", ["Thanh tra Sở", "các phòng Sở"]),
            ("", []),
            (" - ", []),
        ],
    )
    def test_is_cut_between_units(self, cell: str, expected: list[str]):
        assert names(cell) == expected

    @pytest.mark.parametrize(
        "name",
        [
            "Các phòng CM, NV",
            "Các phòng chuyên môn, nghiệp vụ thuộc Sở",
            "Các cá nhân, đơn vị có liên quan",
            "Phòng Tổ chức cán bộ và Công tác học sinh",
            "Bộ phận TNHS và TKQ",
            "Các đơn vị thuộc và trực thuộc Sở",
            "Phòng Kế hoạch - Tài chính",
            "Sở GD&ĐT",
            "Các phòng, ban thuộc Sở",
            "Phòng GD&ĐT các huyện, thị xã, thành phố",
            "Phòng Kế hoạch Tổng hợp",
            "Phòng tổng hợp",
        ],
    )
    def test_leaves_a_name_whole_that_holds_a_separator(self, name: str):
        assert names(name) == [name]

    def test_joins_a_name_torn_over_two_lines(self):
        assert names("Tổ kiểm soát\nTTHC.") == ["Tổ kiểm soát TTHC"]


class TestMention:
    @pytest.mark.parametrize(
        ("cell", "expected"),
        [
            ("Văn phòng Sở (bộ phận Pháp chế)", UnitMention("Văn phòng Sở", section="bộ phận Pháp chế")),
            ("Phòng KH-TC tổng hợp báo cáo", UnitMention("Phòng KH-TC", remark="tổng hợp báo cáo")),
            ("Sở Nội vụ (phối hợp)", UnitMention("Sở Nội vụ", role="cooperating")),
            ("Văn phòng chủ trì", UnitMention("Văn phòng", role="lead")),
            ("Tổ CNTT (quý IV)", UnitMention("Tổ CNTT", period="2023-Q4")),
            ("VP (6 tháng đầu năm)", UnitMention("VP", period="2023-H1")),
            ("Phòng TCCB (đầu mối)", UnitMention("Phòng TCCB", remark="đầu mối")),
        ],
    )
    def test_keeps_apart_what_stands_beside_the_name(self, cell: str, expected: UnitMention):
        assert read_units(cell, PLAN).units == (expected,)

    def test_takes_its_role_from_the_heading_before_it(self):
        units = read_units("Chủ trì: Phòng TCCB; Phối hợp: Văn phòng, Thanh tra").units
        assert [unit.role for unit in units] == ["lead", "cooperating", "cooperating"]

    def test_asks_when_its_period_needs_a_year(self):
        cell = read_units("Phòng TCCB (quý I)")
        assert cell.units == (UnitMention("Phòng TCCB"),)
        (question,) = cell.questions
        assert (question.code, question.words) == ("period-unread", "quý I")


class TestRealPlan:
    def test_is_read_as_a_careful_person_reads_it(self, shared: Path):
        rows = json.loads((shared / "gold" / "003_rows.json").read_text(encoding="utf-8"))
        for row in rows:
            assert names(row["lead_cell"]) == row["leads"]
            assert names(row["coordinators_cell"]) == row["coordinators"]
            periods = {unit.period: unit.text for unit in read_units(row["lead_cell"], PLAN).units if unit.period}
            assert periods == row.get("lead_by_period", {})


class TestUnitKey:
    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("KH-TC", "KHTC"),
            ("KH&TC", "KHTC"),
            ("Phòng Kế hoạch - Tài chính", "phòng Kế hoạch và Tài chính"),
            ("Văn phòng Sở", "VĂN PHÒNG"),
            ("Thanh tra Sở GD&ĐT", "Thanh tra"),
            ("Các đơn vị thuộc và trực thuộc Sở.", "Các đơn vị thuộc và trực thuộc"),
            ("Phòng Tổ chức cán bộ", "Phong To chuc can bo"),
        ],
    )
    def test_is_the_same_for_two_spellings(self, one: str, other: str):
        assert unit_key(one) == unit_key(other)

    @pytest.mark.parametrize(
        ("one", "other"), [("Sở Nội vụ", "Sở Tài chính"), ("Sở", ""), ("Các đơn vị trực thuộc", "Các đơn vị thuộc")]
    )
    def test_differs_for_different_units(self, one: str, other: str):
        assert unit_key(one) != unit_key(other)


class TestNearest:
    def test_finds_the_name_behind_a_typing_error(self):
        assert nearest("Phòng Tổ chức cán bọ", ["Phòng Tổ chức cán bộ", "Văn phòng"]) == "Phòng Tổ chức cán bộ"

    def test_finds_nothing_when_nothing_is_close(self):
        assert nearest("Hội Khuyến học", ["Văn phòng", "Thanh tra"]) is None
