"""The documents that others cite, held against careful readings and against a real report."""

from datetime import date
from pathlib import Path

import pytest

from cchc_tasks.adapters.documents.plain.text import read_text
from cchc_tasks.domain.reading.citations import CitedDocument, read_citations
from cchc_tasks.domain.reading.document import Cell, Grid, GridRow, Paragraph, SourceDocument

READINGS = Path(__file__).parents[2] / "readings" / "documents" / "citations.tsv"


def document(*texts: str) -> SourceDocument:
    return SourceDocument(tuple(map(Paragraph, texts)))


def cited(*texts: str) -> tuple[CitedDocument, ...]:
    return read_citations(document(*texts))[0]


def asked(*texts: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(question.code, question.choices) for question in read_citations(document(*texts))[1]]


def careful_readings() -> list[tuple[str, ...]]:
    """Each text with the documents it cites."""
    lines = READINGS.read_text(encoding="utf-8").splitlines()[1:]
    return [tuple(line.split("\t")) for line in lines]


class TestCitation:
    @pytest.mark.parametrize(("text", "documents"), careful_readings())
    def test_is_read_as_a_careful_officer_reads_it(self, text: str, documents: str):
        assert " | ".join(f"{one.type} {one.number} {one.dated or '-'}" for one in cited(text)) == documents

    @pytest.mark.parametrize(
        ("text", "issuer", "subject"),
        [
            (
                "Công văn số 86/SGDĐT-TC ngày 12/01/2024 của Sở Giáo dục và Đào tạo về việc mua sách; các văn bản khác",
                "Sở Giáo dục và Đào tạo",
                "mua sách",
            ),
            (
                "Quyết định số 9/QĐ-UBND ngày 12/01/2024 của Ủy ban nhân dân tỉnh ban hành Quy chế thi đua.",
                "Ủy ban nhân dân tỉnh",
                "ban hành Quy chế thi đua",
            ),
            (
                "Kế hoạch số 7/KH-SGDĐT gửi các trường THPT về việc “thi thử; chấm thử” năm 2024.",
                None,
                "“thi thử; chấm thử” năm 2024",
            ),
            (
                "Kế hoạch số 7/KH-SGDĐT về triển khai Nghị định số 30/2020/NĐ-CP",
                None,
                "triển khai Nghị định số 30/2020/NĐ-CP",
            ),
            ("Kế hoạch số 7/KH-SGDĐT đã gửi các trường THPT.", None, None),
        ],
    )
    def test_names_its_issuer_and_its_subject(self, text: str, issuer: str | None, subject: str | None):
        first = cited(text)[0]
        assert (first.issuer, first.subject) == (issuer, subject)

    def test_of_a_list_has_the_issuer_named_at_its_end(self):
        text = "Chỉ thị số 19/CT-UBND ngày 05/7/2017 và Chỉ thị số 08/CT-UBND ngày 06/4/2018 của UBND tỉnh"
        assert {one.issuer for one in cited(text)} == {"UBND tỉnh"}

    def test_torn_by_a_page_is_joined_behind_footnotes_and_the_next_pages_text(self):
        torn = cited(
            "Sở triển khai các văn bản, trong đó có Kế hoạch số",
            "¹ Ban hành Công văn số 31/SGDĐT-VP ngày 05/01/2024 của Sở; Quyết định số 44/QĐ-SGDĐT",
            "2336/KH-SGDĐT ngày 21/10/2023 về chuyển đổi số.",
            "Các trường đã thực hiện đầy đủ.",
            "ngày 06/01/2024 của Sở",
        )
        assert [(one.number, one.dated) for one in torn] == [
            ("2336/KH-SGDĐT", date(2023, 10, 21)),
            ("31/SGDĐT-VP", date(2024, 1, 5)),
            ("44/QĐ-SGDĐT", date(2024, 1, 6)),
        ]

    def test_is_read_over_the_lines_of_a_wrapped_paragraph(self):
        lines = ["thực hiện nhiệm vụ của ngành và của"] * 20
        (found,) = cited("Sở báo cáo", *lines, "Kế hoạch số 12/KH-SGDĐT ngày", "05/01/2024 của Sở về chuyển", "đổi số.")
        assert (found.dated, found.subject) == (date(2024, 1, 5), "chuyển đổi số")

    def test_is_found_in_cells_and_torn_over_rows_of_one_column(self):
        rows = (("1", "Thực hiện Kế hoạch số", "Quý I"), ("", "12/KH-SGDĐT ngày 05/01/2024", ""))
        grid = Grid(tuple(GridRow(tuple(map(Cell, row))) for row in rows))
        (found,), _ = read_citations(SourceDocument((grid,)))
        assert (found.type, found.number, found.dated) == ("KH", "12/KH-SGDĐT", date(2024, 1, 5))

    def test_of_the_documents_own_number_is_left_out(self):
        own = ("Số: 56/KH-THLL", "Lam Lĩnh, ngày 19 tháng 02 năm 2024", "KẾ HOẠCH", "Cải cách hành chính năm 2024")
        annex = "(Kèm theo Kế hoạch số 56/KH-THLL ngày 19/02/2024 của Trường Tiểu học Lam Lĩnh)"
        last_year = "Kế hoạch số 56/KH-THLL ngày 21/02/2023"
        assert [one.dated for one in cited(*own, annex, last_year)] == [date(2023, 2, 21)]


class TestCitedDocument:
    def test_stands_once_with_the_count_of_its_mentions(self):
        first, second = cited(
            "Nghị định số 45/2020/NĐ-CP ngày 08/4/2020 của Chính phủ; Kế hoạch số 04/KH-SGDĐT",
            "theo Nghị định 45/2020/NĐ-CP và Kế hoạch số 4/KH-SGDĐT ngày 13/01/2024",
        )
        assert (first.mentions, first.dated, first.issuer) == (2, date(2020, 4, 8), "Chính phủ")
        assert first.words == "Nghị định số 45/2020/NĐ-CP ngày 08/4/2020 của Chính phủ"
        assert (second.mentions, second.dated) == (2, date(2024, 1, 13))

    def test_of_another_year_is_another_document_where_day_and_subject_differ(self):
        texts = ("Kế hoạch số 05/KH-UBND ngày 11/01/2021 về số hóa", "Kế hoạch số 05/KH-UBND ngày 09/02/2022 về PCI")
        assert len(cited(*texts)) == 2
        assert not asked(*texts)

    def test_of_a_district_is_not_that_of_the_province(self):
        texts = (
            "Kế hoạch số 51/KH-UBND ngày 06/02/2024 của UBND huyện An Lộc",
            "Kế hoạch số 51/KH-UBND ngày 24/01/2024 của UBND tỉnh Hồng Lam",
        )
        assert len(cited(*texts)) == 2
        assert not asked(*texts)


class TestQuestion:
    def test_asks_which_of_two_days_is_meant(self):
        texts = ("Kế hoạch số 16/KH-SGDĐT ngày 22/01/2023", "Kế hoạch 16/KH-SGDĐT ngày 22/01/2024")
        assert asked(*texts) == [("citation-two-dates", ("22/01/2023", "22/01/2024"))]
        assert cited(*texts)[0].dated is None

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("Quyết định số 3078/QĐ-UBND ngày 21/9/2022", "Quyết định số 3087/QĐ-UBND ngày 21/9/2022 của UBND tỉnh"),
            ("Quyết định số 159/QĐ-SGDĐT ngày 03/02/2023", "Quyết định số 159/SGDDĐT ngày 03/02/2023"),
            ("Kế hoạch số 2128/KH-UBND ngày 27/5/2022", "Kế hoạch số 128/KH-UBND ngày 27/5/2022"),
        ],
    )
    def test_asks_whether_two_numbers_of_one_day_are_one_mistyped(self, one: str, other: str):
        assert [code for code, _ in asked(one, other)] == ["citation-number-differs"]

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("Công văn số 85/SGDĐT-TC ngày 12/01/2023", "Công văn số 86/SGDĐT-TC ngày 12/01/2023"),
            ("Kế hoạch số 12/KH-UBND ngày 12/01/2023", "Kế hoạch số 12/KH-SGDĐT ngày 12/01/2023"),
            ("Quyết định số 3078/QĐ-UBND ngày 21/9/2022", "Quyết định số 3087/QĐ-UBND ngày 22/9/2022"),
        ],
    )
    def test_is_not_asked_about_neighbours(self, one: str, other: str):
        assert not asked(one, other)

    @pytest.mark.parametrize(
        ("text", "code"),
        [
            ("Quyết định số 12/QĐ-SGDĐT ngày 31/02/2023", "citation-date-impossible"),
            ("Nghị định số 30/2020/NĐ-CP ngày 05/3/2021", "citation-year-differs"),
            ("Kế hoạch số 12/KH-UBND ngày 20/02/2024", "citation-date-later"),
        ],
    )
    def test_is_asked_about_a_day_that_cannot_be(self, text: str, code: str):
        own = ("Số: 56/BC-THLL", "Lam Lĩnh, ngày 19 tháng 02 năm 2024", "BÁO CÁO", "Kết quả năm 2023")
        assert [asked_code for asked_code, _ in asked(*own, text)] == [code]


class TestRealReport:
    def test_gives_each_of_its_165_documents_once_and_asks_only_where_it_differs_with_itself(self, shared: Path):
        text = next((shared / "seeds").glob("002_*.txt")).read_text(encoding="utf-8")
        documents, questions = read_citations(read_text(text))
        assert len(documents) == 165
        assert sum(one.dated is not None for one in documents) == 148
        assert {question.words for question in questions if question.code == "citation-two-dates"} == {
            "162/KH-SGDĐT",
            "131/NQ-CP",
            "117/QĐ-TTg",
        }
        assert [question.code for question in questions].count("citation-number-differs") == len(questions) - 3 == 2
