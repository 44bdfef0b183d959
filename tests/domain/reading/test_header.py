"""What a document says of itself."""

from datetime import date
from pathlib import Path

import pytest

from cchc_tasks.adapters.documents.reader import FileReader
from cchc_tasks.domain.periods import Years
from cchc_tasks.domain.reading.findings import DocumentHeader
from cchc_tasks.domain.reading.header import read_header, read_identity
from tests.making.grids import document, grid

LETTERHEAD = "Số: 15/KH-SGDĐT\nAn Bình, ngày 05 tháng 01 năm 2026\n"


def header_of(text: str) -> DocumentHeader:
    return read_header(document(text))[0]


class TestHeader:
    def test_is_read_from_the_lines_above_the_table(self) -> None:
        header, questions = read_header(document(LETTERHEAD + "KẾ HOẠCH\nCải cách hành chính năm 2026\nCăn cứ …"))

        assert questions == ()
        assert header == DocumentHeader(
            type="KH",
            number="15/KH-SGDĐT",
            issued_on=date(2026, 1, 5),
            years=Years(2026, 2026),
            title="Kế hoạch cải cách hành chính năm 2026",
        )

    def test_is_read_from_tables_that_only_place_it(self) -> None:
        letterhead = grid("SỞ GDĐT⏎Số: 15/KH-SGDĐT | CỘNG HÒA⏎An Bình, ngày 05/01/2026")

        header, questions = read_header(document(letterhead, "BÁO CÁO", "Kết quả quý I năm 2026"))

        assert questions == ()
        assert (header.type, header.number, header.issued_on) == ("BC", "15/KH-SGDĐT", date(2026, 1, 5))

    def test_is_read_from_the_rows_above_the_columns_of_a_workbook(self) -> None:
        sheet = grid(
            """
            PHỤ LỤC | |
            PHÂN CÔNG NHIỆM VỤ | |
            GIAI ĐOẠN 2026 - 2030 | |
            (Kèm theo Kế hoạch số 15/KH-SGDĐT ngày 05 tháng 01 năm 2026 của Sở) | |
            Nhiệm vụ | Thời gian | Chủ trì
            Kế hoạch | Năm 2026 | Số: 9/TB-VP"""
        )

        assert read_header(document(sheet))[0] == DocumentHeader(
            type="KH",
            number="15/KH-SGDĐT",
            issued_on=date(2026, 1, 5),
            years=Years(2026, 2030),
            title="Phụ lục PHÂN CÔNG NHIỆM VỤ GIAI ĐOẠN 2026 - 2030",
        )

    @pytest.mark.parametrize(
        ("letterhead", "lacking"),
        [
            ("Số:      /KH-SGDĐT\nAn Bình, ngày      tháng 12 năm 2025", "số và ngày ban hành"),
            ("Số: …./KH-SGDĐT\nAn Bình, ngày 05 tháng 12 năm 2025", "số"),
            ("Số: 15/KH-SGDĐT\nAn Bình, ngày … tháng … năm 2025", "ngày ban hành"),
            ("Số: 15/KH-SGDĐT\nAn Bình, ngày 31 tháng 6 năm 2025", "ngày ban hành"),
        ],
    )
    def test_asks_once_for_a_blank_number_or_day(self, letterhead: str, lacking: str) -> None:
        header, questions = read_header(document(letterhead, "KẾ HOẠCH\nCải cách hành chính năm 2026"))

        assert (header.number is None, header.issued_on is None) == ("số" in lacking, "ngày" in lacking)
        assert [(one.code, one.about, one.proposal) for one in questions] == [
            ("document-number-blank", "document", None)
        ]
        assert f"chưa ghi {lacking}." in questions[0].text

    def test_keeps_the_type_of_a_blank_number(self) -> None:
        assert header_of("Số: /TB-SGDĐT").type == "TB"

    @pytest.mark.parametrize(
        ("title", "years"),
        [
            ("Cải cách hành chính năm 2026", Years(2026, 2026)),
            ("Cải cách hành chính giai đoạn 2021 - 2025", Years(2021, 2025)),
            ("Cải cách hành chính giai đoạn 2021–2025", Years(2021, 2025)),
            ("Cải cách hành chính từ năm 2026 đến năm 2030", Years(2026, 2030)),
            ("Cải cách hành chính\nnăm 2026", Years(2026, 2026)),
            ("CẢI CÁCH HÀNH CHÍNH\nNĂM 2026", Years(2026, 2026)),
            ("Cải cách hành chính", None),
        ],
    )
    def test_takes_the_years_from_the_title_and_asks_where_there_are_none(
        self, title: str, years: Years | None
    ) -> None:
        header, questions = read_header(document(f"{LETTERHEAD}KẾ HOẠCH\n{title}\nCăn cứ Kế hoạch năm 2019"))

        assert header.years == years
        assert [one.code for one in questions] == ([] if years else ["plan-years-missing"])

    def test_agrees_with_the_real_documents(self, shared: Path) -> None:
        found = {}
        for path in (shared / "seeds").glob("*.txt"):
            header = read_header(FileReader().read(path))[0]
            found[path.name[:3]] = (header.type, header.number, header.issued_on, header.years)

        assert found == {
            "000": ("KH", "2387/KH-SGDĐT", date(2021, 6, 30), Years(2021, 2025)),
            "001": ("KH", "56/KH-THTC", date(2024, 2, 19), Years(2024, 2024)),
            "002": ("BC", None, None, Years(2023, 2023)),
            "003": ("KH", None, None, Years(2023, 2023)),
            "004": ("KH", None, None, Years(2023, 2023)),
        }


class TestIdentity:
    @pytest.mark.parametrize(
        "answer",
        [
            "Số 148/KH-SGDĐT ngày 30/12/2022",
            "148/KH-SGDĐT ngày 30-12-2022",
            "Kế hoạch số 148 /KH-SGDĐT, ngày 30 tháng 12 năm 2022.",
            "số: 148/KH-SGDĐT  ngày 30.12.2022",
        ],
    )
    def test_is_read_as_offices_write_it(self, answer: str) -> None:
        assert read_identity(answer) == ("148/KH-SGDĐT", date(2022, 12, 30))

    @pytest.mark.parametrize(
        "answer", ["", "148/KH-SGDĐT", "ngày 30/12/2022", "148/KH-SGDĐT ngày 31/6/2022", "/KH-SGDĐT ngày 30/12/2022"]
    )
    def test_is_refused_where_number_or_day_is_missing_or_impossible(self, answer: str) -> None:
        with pytest.raises(ValueError, match=r"no number|day is out of range"):
            read_identity(answer)
