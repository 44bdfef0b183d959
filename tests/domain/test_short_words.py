"""The few letters a template of Zalo takes: within every limit, cut at a word, dates and links whole."""

import unicodedata
from dataclasses import fields, replace
from datetime import date

import pytest

from cchc_tasks.domain.short_words import short, short_day, short_link, short_words
from tests.domain.test_digest import TUESDAY, digest, item

LIMITS = {"name": 30, "unit": 200, "code": 30, "title": 200, "due_on": 20, "link": 200}


class TestText:
    @pytest.mark.parametrize(
        ("text", "limit", "cut"),
        [
            ("Báo cáo quý I", 30, "Báo cáo quý I"),
            ("Báo cáo kết quả cải cách hành chính", 20, "Báo cáo kết quả cải…"),
            ("Báo cáo kết quả", 8, "Báo cáo…"),
            ("Báo cáo, kết quả", 10, "Báo cáo…"),
            ("Khoahọcvàcôngnghệ", 8, "Khoahọc…"),
            ("[@all] mời họp", 30, "all] mời họp"),
            ("  hai \n dòng ", 30, "hai dòng"),
        ],
    )
    def test_is_cut_at_a_word(self, text: str, limit: int, cut: str) -> None:
        assert short(text, limit) == cut
        assert len(cut) <= limit

    def test_is_counted_composed(self) -> None:
        apart = unicodedata.normalize("NFD", "Sở Giáo dục và Đào tạo báo cáo")
        assert len(apart) > 30
        assert short(apart, 30) == "Sở Giáo dục và Đào tạo báo cáo"


class TestFields:
    def test_speak_of_the_most_urgent_item_and_count_all(self) -> None:
        made = short_words(
            digest(item(date(2026, 3, 27)), item(date(2026, 3, 9), code="7"), item(TUESDAY), item(None, is_new=True))
        )
        assert made is not None
        assert (made.code, made.due_on, made.link) == ("7", "09/03/2026", "http://127.0.0.1:8700/nhiem-vu/12")
        assert (made.overdue, made.due_soon, made.new) == ("1 việc", "2 việc", "1 việc")

    def test_stay_within_every_limit_however_long_the_facts_are(self) -> None:
        long = "Trường Phổ thông Dân tộc nội trú " * 20
        made = short_words(
            replace(digest(item(TUESDAY, code=long, title=long, link="http://x/" + "y" * 300)), person=long, unit=long)
        )
        assert made is not None
        assert {one.name: len(getattr(made, one.name)) <= LIMITS.get(one.name, 20) for one in fields(made)} == (
            dict.fromkeys((one.name for one in fields(made)), True)
        )

    def test_are_none_where_the_message_holds_no_item(self) -> None:
        assert short_words(digest()) is None


class TestDate:
    def test_has_two_digits_for_every_month(self) -> None:
        assert [short_day(day) for day in (date(2026, 3, 5), date(2026, 12, 31), None)] == [
            "05/03/2026",
            "31/12/2026",
            "",
        ]


class TestLink:
    def test_is_never_half_an_address(self) -> None:
        signed, plain, whole = "http://x/tra-loi/" + "k" * 200, "http://x/nhiem-vu/12", "http://x/viec-cua-don-vi"
        assert short_link(item(TUESDAY, link=signed, stored_link=plain), whole) == plain
        assert short_link(item(TUESDAY, link=signed), whole) == whole
        assert not short_link(item(TUESDAY, link=signed), "http://x/" + "k" * 200)
