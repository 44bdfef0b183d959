"""The morning's message: which section, which words for which date."""

from datetime import date

import pytest

from cchc_tasks.adapters.digest_mail import DigestWriter
from cchc_tasks.domain.dates_in_words import distance, full_date, short_date
from cchc_tasks.domain.digest import Digest, DigestItem, Urgency, folded
from cchc_tasks.domain.vocabulary import Bound

TUESDAY = date(2026, 3, 24)


def item(due_on: date | None, **changed: object) -> DigestItem:
    facts: dict[str, object] = {
        "code": "3a",
        "title": "Xây dựng kế hoạch tuyên truyền",
        "link": "http://127.0.0.1:8700/nhiem-vu/12",
        "plan": "Kế hoạch số 15/KH-SGDĐT",
        "wanted": ("kế hoạch", "báo cáo"),
        "due_on": due_on,
        "aim_on": due_on,
    }
    return DigestItem(**(facts | changed))  # type: ignore[arg-type]


def digest(*items: DigestItem) -> Digest:
    return Digest(
        person="Phạm Thu Hằng",
        unit="Phòng Tổ chức cán bộ",
        authority="Sở Giáo dục và Đào tạo tỉnh Sông Lam",
        secretariat="Văn phòng",
        on=TUESDAY,
        all_link="http://127.0.0.1:8700/viec-cua-don-vi",
        items=items,
    )


class TestDates:
    def test_are_written_as_the_decree_has_it(self) -> None:
        assert short_date(date(2026, 3, 5)) == "05/3/2026"
        assert short_date(date(2026, 2, 17)) == "17/02/2026"
        assert full_date(date(2026, 3, 29)) == "Chủ nhật 29/3/2026"
        assert [distance(date(2026, 3, day), TUESDAY) for day in (17, 24, 27)] == [
            "quá hạn 7 ngày",
            "hôm nay",
            "còn 3 ngày",
        ]


class TestSection:
    @pytest.mark.parametrize(
        ("one", "section", "words"),
        [
            (item(date(2026, 3, 17)), Urgency.OVERDUE, "quá hạn 7 ngày, hạn thứ Ba 17/3/2026"),
            (item(TUESDAY), Urgency.TODAY, "hôm nay, hạn thứ Ba 24/3/2026"),
            (item(date(2026, 3, 27)), Urgency.SOON, "còn 3 ngày, hạn thứ Sáu 27/3/2026"),
            (
                item(date(2026, 3, 25), bound=Bound.BEFORE, aim_on=TUESDAY),
                Urgency.TODAY,
                "hôm nay là ngày làm việc cuối, hạn trước ngày 25/3/2026",
            ),
            (
                item(date(2026, 3, 29), aim_on=date(2026, 3, 27)),
                Urgency.SOON,
                "còn 5 ngày, hạn Chủ nhật 29/3/2026, ngày làm việc cuối: thứ Sáu 27/3/2026",
            ),
            (item(TUESDAY, at="17:00"), Urgency.TODAY, "hôm nay, hạn 17:00 thứ Ba 24/3/2026"),
            (
                item(date(2026, 3, 26), named="hạn bổ sung"),
                Urgency.SOON,
                "còn 2 ngày, hạn bổ sung thứ Năm 26/3/2026",
            ),
            (item(date(2026, 6, 30), is_new=True), Urgency.NEW, "còn 98 ngày, hạn thứ Ba 30/6/2026"),
            (item(None, is_new=True), Urgency.NEW, "không có thời hạn"),
        ],
    )
    def test_and_words_follow_the_date(self, one: DigestItem, section: Urgency, words: str) -> None:
        assert one.urgency(TUESDAY) is section
        assert one.when(TUESDAY) == words


class TestNewDuties:
    def test_are_named_once_with_their_first_date(self) -> None:
        months = [item(date(2026, month, 28), is_new=True) for month in (4, 5, 6)]
        (one,) = folded(months)
        assert one.when(TUESDAY) == "còn 35 ngày, hạn thứ Ba 28/4/2026 và 2 kỳ sau"

    def test_are_not_folded_into_what_is_due(self) -> None:
        assert len(folded([item(TUESDAY), item(date(2026, 6, 30), is_new=True)])) == 2


class TestMessage:
    def test_counts_in_the_subject_what_it_holds(self) -> None:
        made = digest(item(date(2026, 3, 17)), item(TUESDAY), item(date(2026, 3, 27)), item(None, is_new=True))
        assert made.subject() == "1 việc quá hạn, 2 việc sắp đến hạn, 1 nhiệm vụ mới giao: Phòng Tổ chức cán bộ"

    def test_says_the_same_in_text_and_html(self) -> None:
        one = item(
            date(2026, 3, 26), named="hạn bổ sung", note="Yêu cầu bổ sung: Thiếu Biểu số 02", with_units=("Văn phòng",)
        )
        written = DigestWriter().write(digest(one))
        for fact in (
            "còn 2 ngày, hạn bổ sung thứ Năm 26/3/2026",
            "Xây dựng kế hoạch tuyên truyền",
            "Thiếu Biểu số 02",
            "Cần có: kế hoạch; báo cáo",
            "Cùng chủ trì: Văn phòng",
            "Kế hoạch số 15/KH-SGDĐT, nhiệm vụ 3a",
            "http://127.0.0.1:8700/nhiem-vu/12",
            "Kính gửi Phạm Thu Hằng, Phòng Tổ chức cán bộ,",
        ):
            assert fact in written.text
            assert fact.split(": ")[-1] in written.html.replace("&nbsp;", " ")

    def test_lets_no_markup_through(self) -> None:
        written = DigestWriter().write(digest(item(TUESDAY, title='<script>alert("x")</script> & "ba"')))
        assert "<script>" not in written.html
        assert "&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp;" in written.html

    def test_loads_nothing_from_anywhere(self) -> None:
        html = DigestWriter().write(digest(item(TUESDAY))).html
        assert not any(word in html for word in ("src=", "@import", "url(", "<img", "<link", "<script"))
