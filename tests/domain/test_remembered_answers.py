"""Which phrases of two plans are one, and what an answer becomes in another plan's years."""

import unicodedata

import pytest

from cchc_tasks.domain.periods import Years
from cchc_tasks.domain.remembered_answers import carried_over, phrase_key

Y2025, Y2026, Y2027, Y2028 = (Years(year, year) for year in (2025, 2026, 2027, 2028))


def key(words: str, years: Years, cell: str | None = None, about: str = "time") -> str | None:
    return phrase_key("deadline-unread", about, words, cell or words, years)


class TestKey:
    @pytest.mark.parametrize(
        "spelling",
        [
            "ĐẦU  QUÝ II",
            "đầu qúy II",
            " đầu\nquý\u00a0II. ",
            unicodedata.normalize("NFD", "đầu quý II"),
            "đầu quý ІІ",  # Cyrillic letters
        ],
    )
    def test_is_one_for_every_way_of_typing_a_phrase(self, spelling: str) -> None:
        assert key(spelling, Y2026) == key("Đầu quý II", Y2025)

    @pytest.mark.parametrize(
        ("earlier", "later"),
        [
            ("đầu quý II năm 2025", "đầu quý II năm 2026"),
            ("31/6/2025", "31 / 6 / 2026"),
            ("đầu năm 2026", "đầu năm 2027"),
            ("đầu niên khóa 2024-2025", "đầu niên khóa 2025-2026"),
        ],
    )
    def test_does_not_hold_the_years_own_number(self, earlier: str, later: str) -> None:
        assert key(earlier, Y2025) == key(later, Y2026) is not None

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("đầu quý II", "đầu quý III"),
            ("tháng ba", "tháng bà"),
            ("đầu quý II", "dau quy II"),
            ("ngày 1 1", "ngày 11"),
            ("31/6", "31/9"),
            ("đầu năm 2027", "đầu năm 2027"),  # in two years from the one plan, in one from the other
            ("từ 15-20 tháng này", "từ 15-21 tháng này"),
            ("đầu tháng 6/25", "đầu tháng 6/25"),
            ("công văn 2025/SGDĐT", "công văn 2026/SGDĐT"),
            ("công văn 2025/SGDĐT", "công văn 2025/SGDĐT"),
        ],
    )
    def test_is_never_that_of_another_phrase(self, one: str, other: str) -> None:
        assert key(one, Y2025) != key(other, Y2026)

    def test_holds_the_code_and_the_cell(self) -> None:
        keys = {phrase_key(code, about, "Tổ Một cửa", "", Y2025) for code in ("a", "b") for about in ("lead", "time")}
        assert len(keys) == 4

    def test_holds_the_cell_in_which_the_words_stand(self) -> None:
        report = key("năm", Y2025, "Báo cáo năm")
        assert report == key("năm", Y2026, "BÁO CÁO  năm")
        assert report != key("năm", Y2026, "Kế hoạch năm")
        assert key("đầu quý I", Y2026, "năm 2026: đầu quý I") != key("đầu quý I", Y2026, "năm 2027: đầu quý I")

    def test_of_a_unit_is_the_same_in_every_cell(self) -> None:
        keys = {
            phrase_key("unit-unknown", "lead", "Tổ Một cửa", cell, Y2025) for cell in ("Tổ Một cửa", "VP; Tổ Một cửa")
        }
        assert len(keys) == 1

    def test_keeps_plans_of_one_year_from_those_of_several(self) -> None:
        assert key("đầu quý I", Years(2021, 2025)) == key("đầu quý I", Years(2026, 2030))
        assert key("đầu quý I", Years(2021, 2025)) != key("đầu quý I", Y2025)

    @pytest.mark.parametrize(
        "words",
        [
            "trước Tết Nguyên đán",
            "rằm tháng Giêng",
            "thứ Sáu tuần đầu tháng 6",
            "kết thúc năm học",
            "15 ngày kể từ ngày ký",
            "theo kế hoạch của UBND tỉnh",
        ],
    )
    def test_is_none_for_a_day_that_is_another_one_each_time(self, words: str) -> None:
        assert key(words, Y2025) is None
        assert phrase_key("deadline-lunar", "time", "tháng hai", "tháng hai", Y2025) is None

    def test_exists_for_a_unit_whose_name_looks_like_time(self) -> None:
        assert key("Ban Chấp hành Đoàn", Y2025, about="lead")


class TestAnswer:
    @pytest.mark.parametrize(
        ("answer", "carried"),
        [
            ("30/4/2025", "30/4/2026"),
            ("30/4", "30/4"),
            ("Kế hoạch quý I/2025; báo cáo 15/01/2026", "Kế hoạch quý I/2026; báo cáo 15/01/2027"),
            ("hàng quý", "hàng quý"),
            ("thường xuyên", "thường xuyên"),
            ("30/4/25", None),
            ("15 năm 25", None),
            ("31/12/25", None),
            ("Thứ Tư ngày 30/4/2025", None),
            ("đầu quý II", None),
            ("Quyết định số 12/QĐ-SGDĐT ngày 05/3/2025: 30/4/2025", None),
        ],
    )
    def test_names_the_new_plans_year_or_is_none(self, answer: str, carried: str | None) -> None:
        assert carried_over("time", answer, Y2025, Y2026) == carried

    def test_stays_as_it_is_between_plans_of_the_same_years(self) -> None:
        assert carried_over("time", "31/12/25", Y2025, Y2025) == "31/12/25"

    def test_is_none_for_the_end_of_february_where_only_one_year_leaps(self) -> None:
        assert carried_over("time", "28/2/2025", Y2025, Y2027) == "28/2/2027"
        assert carried_over("time", "28/2/2025", Y2025, Y2028) is None
        assert carried_over("time", "tháng 2", Y2025, Y2028) is None
        assert carried_over("time", "29/2/2028", Y2028, Years(2029, 2029)) is None

    def test_of_several_years_is_carried_only_without_a_year(self) -> None:
        earlier, later = Years(2021, 2025), Years(2023, 2027)
        assert carried_over("time", "30/4 hằng năm", earlier, later) == "30/4 hằng năm"
        assert carried_over("time", "30/4/2024", earlier, later) is None

    def test_moves_a_leads_period_as_well(self) -> None:
        assert carried_over("lead", "Phòng TCCB (quý I/2025)", Y2025, Y2026) == "Phòng TCCB (quý I/2026)"
        assert carried_over("lead", "Phòng TCCB (quý I/25)", Y2025, Y2026) is None
