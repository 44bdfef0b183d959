"""Rubrics read: invented ones and a real one against careful readings, and what has to be asked."""

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from cchc_tasks.adapters.documents.plain.text import read_text
from cchc_tasks.adapters.documents.reader import FileReader
from cchc_tasks.domain.reading.document import Grid, GridRow, Paragraph, SourceDocument
from cchc_tasks.domain.reading.rubric import read_rubric
from cchc_tasks.domain.reading.rubric_rows.criteria import Criterion
from cchc_tasks.domain.reading.rubric_rows.formulas import formula_text
from tests.making.files import page_file, text_file, word_file, workbook_file
from tests.making.grids import document, grid
from tests.making.rubrics import (
    OFFICE_ASKS,
    OFFICE_READ,
    OFFICE_TEXT,
    RUBRIC_HEADER,
    SCHOOL_ASKS,
    SCHOOL_READ,
    Careful,
    asked,
    rubric,
    school_rubric,
)

MAKERS = {"txt": text_file, "docx": word_file, "xlsx": workbook_file, "html": page_file}


def careful(criterion: Criterion) -> Careful:
    """A reading in the form of a careful person's."""
    assert criterion.code is not None
    return Careful(
        code=criterion.code,
        level=criterion.level,
        title=criterion.title,
        units=tuple(unit.text for unit in criterion.units),
        inherited_from=criterion.units_from,
        kind=criterion.scheme.kind if criterion.scheme else None,
        max_points=None if criterion.max_points is None else str(criterion.max_points),
        levels=tuple(f"{level.text} → {level.points}" for level in criterion.levels),
        formula=without_spaces(formula_text(criterion.formula)) if criterion.formula else None,
    )


def without_spaces(text: str) -> str:
    return "".join(text.split())


def expected(readings: Sequence[Careful]) -> list[Careful]:
    return [replace(one, formula=one.formula and without_spaces(one.formula)) for one in readings]


class TestInventedRubric:
    @pytest.mark.parametrize("kind", ["txt", "docx", "xlsx", "html"])
    def test_with_rules_in_rows_of_their_own_is_a_careful_persons(self, kind: str, tmp_path: Path) -> None:
        file = MAKERS[kind](as_typed(read_text(OFFICE_TEXT), kind), tmp_path / f"rubric.{kind}")
        criteria, questions = read_rubric(FileReader().read(file))
        assert [careful(one) for one in criteria] == expected(OFFICE_READ)
        assert asked(questions) == sorted(OFFICE_ASKS)

    @pytest.mark.parametrize("kind", ["docx", "xlsx", "html"])
    def test_with_rules_in_the_cell_of_their_title_is_a_careful_persons(self, kind: str, tmp_path: Path) -> None:
        file = MAKERS[kind](school_rubric(), tmp_path / f"rubric.{kind}")
        criteria, questions = read_rubric(FileReader().read(file))
        assert [careful(one) for one in criteria] == expected(SCHOOL_READ)
        assert asked(questions) == sorted(SCHOOL_ASKS)

    def test_keeps_the_columns_it_does_not_read(self) -> None:
        criteria, _ = read_rubric(school_rubric())
        plan = next(one for one in criteria if one.code == "1")
        assert plan.cells == {"Tài liệu kiểm chứng": "Kế hoạch; công văn gửi Sở", "Điểm tự chấm": "1,5"}

    @pytest.mark.parametrize("text", [OFFICE_TEXT, "\n".join(OFFICE_TEXT.split("\n")[::-1])])
    def test_that_breaks_off_anywhere_raises_nothing(self, text: str) -> None:
        for length in range(0, len(text), 17):
            read_rubric(read_text(text[:length]))


def as_typed(source: SourceDocument, kind: str) -> SourceDocument:
    """The document without marks of italics, whose ends are line breaks in every format but text."""
    if kind == "txt":
        return source

    def typed(text: str) -> str:
        return re.sub(r"</?[a-z]+>", "", text.replace("</i> <i>", "\n"))

    def row(one: GridRow) -> GridRow:
        return replace(one, cells=tuple(replace(cell, text=typed(cell.text)) for cell in one.cells))

    return SourceDocument(
        tuple(one if isinstance(one, Paragraph) else Grid(tuple(map(row, one.rows))) for one in source.blocks)
    )


class TestRealRubric:
    ASKS = (
        ("areas-missing", "rubric"),
        ("criterion-without-points", "7.1.1"),
        ("criterion-without-points", "7.1.2"),
        ("criterion-without-points", "7.1.5"),
        ("scheme-unclear", "7.2"),
        ("threshold-hole", "7.3"),
    )

    @pytest.mark.parametrize("kind", ["txt", "docx", "xlsx", "html"])
    def test_is_a_careful_persons(self, shared: Path, kind: str, tmp_path: Path) -> None:
        gold = json.loads((shared / "gold" / "004_rows.json").read_text(encoding="utf-8"))
        source = next((shared / "seeds").glob("004_*.txt"))
        if kind != "txt":
            source = MAKERS[kind](as_typed(FileReader().read(source), kind), tmp_path / f"rubric.{kind}")

        criteria, questions = read_rubric(FileReader().read(source))

        assert [as_gold(one) for one in criteria] == [of_gold(one) for one in gold]
        uncoded = [one["criterion"] for one in gold if one["code"] is None]
        expected = [(code, about) for about in uncoded for code in ("criterion-without-code", "criterion-without-unit")]
        assert asked(questions) == sorted([*self.ASKS, *expected])

    def test_of_documents_without_one_is_empty(self, shared: Path) -> None:
        for number in ("000", "001", "002", "003"):
            source = next((shared / "seeds").glob(f"{number}_*.txt"))
            assert read_rubric(FileReader().read(source)) == ((), ()), number


def as_gold(criterion: Criterion) -> dict[str, Any]:
    return {
        "code": criterion.code,
        "level": criterion.level,
        "header": criterion.is_heading,
        "title": criterion.title,
        "units": [unit.text for unit in criterion.units],
        "from": criterion.units_from,
        "scheme": criterion.scheme_family,
        "max": None if criterion.max_points is None else float(criterion.max_points),
        "legend": list(criterion.legend),
        "rules": [
            (
                one.text,
                one.condition,
                None if one.points is None else float(one.points),
                bare(formula_text(one.formula)) if one.formula else None,
            )
            for one in criterion.rules
        ],
    }


def of_gold(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "code": row["code"],
        "level": row["level"],
        "header": row["header"],
        "title": row["criterion"],
        "units": row["units"],
        "from": row.get("unit_inherited_from"),
        "scheme": row["scheme"],
        "max": row["max_points"],
        "legend": row.get("legend", []),
        "rules": [
            (one["text"], one["condition"], one["points"], bare(one["formula"]) if "formula" in one else None)
            for one in row["rules"]
        ],
    }


def bare(formula: str) -> str:
    """Without what the gold spells freely: spaces, the mark of a product, "điểm" and where brackets stand."""
    return re.sub(r"[\s()\[\]]|điểm", "", formula.replace("×", "x"))


class TestTable:
    def test_of_tasks_or_indicators_is_no_rubric(self) -> None:
        tasks = grid("TT | Tiêu chí | Thời gian | Chủ trì\n1 | Ký số văn bản: 1 | Quý I | Văn phòng\n2 | Họp: 1 | |")
        indicators = grid(
            "TT | Tiêu chí | Chỉ tiêu cần đạt | Phòng chủ trì\n1 | Ký số | 90% | Văn phòng\n2 | Họp | 50% |"
        )
        assert read_rubric(document(tasks, indicators)) == ((), ())

    def test_may_have_a_header_of_two_rows_and_columns_in_any_order(self) -> None:
        drawing = (
            "Điểm | < | Tiêu chí | Mã số\nTối đa | Tự đánh giá | |\n"
            "2 | 1,5 | Ký số⏎Có: 2⏎Không: 0 | 1\n1 | | Họp⏎Có: 1⏎Không: 0 | 2"
        )
        criteria, questions = read_rubric(document(grid(drawing)))
        assert [f"{each.code} {each.title} {each.printed_max}" for each in criteria] == ["1 Ký số 2", "2 Họp 1"]
        assert questions == ()

    def test_may_give_points_of_each_case_in_their_column(self) -> None:
        (criterion,), questions = rubric(
            "1 | Ký số | 1 | Văn phòng\n | Đủ văn bản | 1 |\n | Chưa đủ văn bản | 0,5 |\n | Không ký | 0 |"
        )
        assert [level.points for level in criterion.levels] == [1, Fraction(1, 2), 0]
        assert questions == ()

    def test_takes_lines_behind_a_page_to_the_criterion_before_it(self) -> None:
        (criterion,), questions = rubric(
            f"1 | Công khai thủ tục tại | 1 | Văn phòng\n\n{RUBRIC_HEADER} | trụ sở | |\n | Đủ: 1 | |\n"
            " | Không đủ | |\n\n | hoặc sai: 0 | |"
        )
        assert criterion.title == "Công khai thủ tục tại trụ sở"
        assert [level.text for level in criterion.levels] == ["Đủ", "Không đủ hoặc sai"]
        assert questions == ()

    def test_without_some_areas_or_with_wrong_sums_is_asked_about(self) -> None:
        _, questions = rubric(
            "2 | THỂ CHẾ | 3 | Văn phòng\n2.1 | Ký số⏎Có: 1⏎Không: 0 | 1 |\n2.3 | Họp⏎Có: 1⏎Không: 0 | 1 |\n"
            " | Tổng cộng | 4 |"
        )
        assert asked(questions) == [
            ("areas-missing", "rubric"),
            ("criteria-missing", "2.3"),
            ("points-do-not-add-up", "2"),
            ("points-do-not-add-up", "rubric"),
        ]

    def test_keeps_titles_whole_that_look_like_points(self) -> None:
        title = "Áp dụng TCVN ISO 9001:2015 Đơn vị công bố; có niêm yết, nếu thay đổi thì cập nhật"
        (criterion,), _ = rubric(f"1 | {title}⏎Có: 1⏎Không: 0 | 1 | Văn phòng")
        assert criterion.title == title
