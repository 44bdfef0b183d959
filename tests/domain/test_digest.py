"""The morning's message: which section, which words for which date."""

from datetime import date
from typing import Any

import pytest

from cchc_tasks.adapters.digest_mail import DigestWriter
from cchc_tasks.domain.dates_in_words import distance, full_date, short_date
from cchc_tasks.domain.digest import Digest, DigestItem, Reported, Urgency, folded
from cchc_tasks.domain.message_words import MessageWords
from cchc_tasks.domain.office_digest import DayBefore, OfficeMatters, OwedUpward, ToConfirm, Unasked, Waiting
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


def digest(*items: DigestItem, **changed: Any) -> Digest:
    facts: dict[str, Any] = {
        "person": "Phạm Thu Hằng",
        "unit": "Phòng Tổ chức cán bộ",
        "authority": "Sở Giáo dục và Đào tạo tỉnh Sông Lam",
        "secretariat": "Văn phòng",
        "on": TUESDAY,
        "all_link": "http://127.0.0.1:8700/viec-cua-don-vi",
    }
    return Digest(items=items, **(facts | changed))


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
            (
                item(date(2026, 12, 31), internal_due_on=date(2026, 4, 3), aim_on=date(2026, 4, 3)),
                Urgency.SOON,
                "còn 10 ngày, hạn nội bộ 03/4/2026; hạn thứ Năm 31/12/2026",
            ),
            (
                item(date(2026, 12, 31), internal_due_on=date(2026, 3, 29), aim_on=TUESDAY),
                Urgency.TODAY,
                "hôm nay là ngày làm việc cuối, hạn nội bộ 29/3/2026; hạn thứ Năm 31/12/2026",
            ),
            (
                item(date(2026, 3, 31), internal_due_on=date(2026, 3, 20)),
                Urgency.SOON,
                "còn 7 ngày, đã qua hạn nội bộ 20/3/2026; hạn thứ Ba 31/3/2026",
            ),
            (
                item(date(2026, 3, 23), internal_due_on=date(2026, 3, 9)),
                Urgency.OVERDUE,
                "quá hạn 1 ngày, hạn thứ Hai 23/3/2026",
            ),
            (
                item(date(2026, 3, 31), own_due_on=TUESDAY),
                Urgency.TODAY,
                "còn 7 ngày, hạn thứ Ba 31/3/2026",
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

    def test_that_are_input_for_a_duty_stand_beside_it(self) -> None:
        asked = item(date(2026, 4, 28), is_new=True, title="Văn phòng đề nghị gửi: số liệu", serves="Báo cáo quý")
        assert len(folded([item(date(2026, 4, 28), is_new=True), asked])) == 2


class TestGrouping:
    def test_names_each_plan_once_in_the_order_of_its_soonest_item(self) -> None:
        letter = "Ủy ban nhân dân tỉnh giao, Công văn số 12/UBND-VX"
        made = digest(
            item(date(2026, 3, 30), title="Muộn hơn"),
            item(date(2026, 3, 26), title="Theo công văn", plan=letter),
            item(date(2026, 3, 27), title="Sớm hơn"),
        )
        grouped = [(plan, [one.title for one in items]) for plan, items in made.by_plan(Urgency.SOON)]
        assert grouped == [(letter, ["Theo công văn"]), ("Kế hoạch số 15/KH-SGDĐT", ["Sớm hơn", "Muộn hơn"])]
        written = DigestWriter().write(made)
        assert written.text.count("Kế hoạch số 15/KH-SGDĐT") == written.html.count("Kế hoạch số 15/KH-SGDĐT") == 1

    def test_places_an_item_by_the_readers_own_day(self) -> None:
        made = digest(
            item(date(2026, 3, 27), code="1"), item(date(2026, 6, 30), code="2", own_due_on=date(2026, 3, 25))
        )
        assert [one.code for one in made.section(Urgency.SOON)] == ["2", "1"]


class TestReport:
    def test_to_the_leaders_says_unit_head_and_days(self) -> None:
        written = DigestWriter().write(
            digest(item(date(2026, 3, 10), reported=Reported("Thanh tra", "Dương Xuân Trung")), unit="Sở")
        )
        for fact in (
            "Sáng thứ Ba 24/3/2026, Văn phòng Sở báo cáo 1 việc quá hạn.",
            "VĂN PHÒNG SỞ BÁO CÁO: 1 VIỆC",
            "quá hạn 14 ngày, hạn thứ Ba 10/3/2026",
            "Đơn vị: Thanh tra",
            "Trưởng đơn vị: Dương Xuân Trung",
        ):
            assert fact in written.text


class TestOfficePart:
    def matters(self) -> OfficeMatters:
        return OfficeMatters(
            TUESDAY,
            to_confirm=Waiting([ToConfirm(5, "Thanh tra", "Báo cáo quý I", 3)], 7),
            unasked=Waiting([Unasked(9, "Hội nghị", "khi có yêu cầu", date(2026, 3, 20))], 1),
            upward=Waiting([OwedUpward(4, "Văn phòng", "Báo cáo UBND", "UBND tỉnh giao", date(2026, 3, 26), True)], 1),
            late_jobs=19,
            late_units=13,
        )

    def test_says_what_waits_for_the_secretariat_and_how_much_is_left_out(self) -> None:
        written = DigestWriter().write(digest(office=self.matters(), site="http://so.example"))
        for fact in (
            "7 báo cáo chờ xác nhận",
            "Thanh tra, chờ 3 ngày làm việc",
            "http://so.example/cho-xac-nhan/5",
            "điều kiện “khi có yêu cầu”, hết kỳ ngày 20/3/2026",
            "còn 2 ngày, hạn thứ Năm 26/3/2026; UBND tỉnh giao; Văn phòng đã gửi, chờ trình",
            "Toàn Sở có 19 việc quá hạn ở 13 đơn vị.",
        ):
            assert fact in written.text
            assert fact in written.html.replace("&nbsp;", " ")

    def test_leads_to_what_it_leaves_out(self) -> None:
        written = DigestWriter().write(digest(office=self.matters(), site="http://so.example"))
        assert "… và 6 mục khác: http://so.example/cho-xac-nhan\n" in written.text
        assert '… và <a href="http://so.example/cho-xac-nhan">6 mục khác</a>' in written.html

    def test_says_nothing_twice(self) -> None:
        assert self.matters().without({4}).counts() == ("7 báo cáo chờ xác nhận", "1 điều kiện chờ kết luận")

    def test_is_empty_while_things_are_late_but_nothing_waits(self) -> None:
        assert OfficeMatters(TUESDAY, late_jobs=3, late_units=1).is_empty


class TestQuietMorning:
    def quiet(self, **changed: Any) -> str:
        matters = OfficeMatters(TUESDAY, day_before=DayBefore(date(2026, 3, 23), 46, 1, 2), **changed)
        written = DigestWriter().write(digest(office=matters, site="http://so.example"))
        assert written.subject == "Không có việc mới thứ Ba 24/3/2026: Phòng Tổ chức cán bộ"
        return written.text

    def test_is_said_in_two_lines_with_what_the_engine_did(self) -> None:
        text = self.quiet(late_jobs=3, late_units=1)
        assert "\nHôm nay không có việc mới chờ Văn phòng Sở.\n" in text
        assert "\nHôm qua (thứ Hai 23/3/2026): gửi 46 thư, 1 lỗi, 2 chờ gửi lại.\n" in text
        assert "http://so.example/luot-gui?ngay=2026-03-23\n" in text
        assert "quá hạn" not in text
        assert "Việc đã nộp" not in text

    def test_counts_what_was_told_before_and_still_waits(self) -> None:
        waiting = Waiting([ToConfirm(5, "Thanh tra", "Báo cáo quý I", 3)], 7)
        text = self.quiet(to_confirm=waiting, is_told=True)
        assert "Vẫn chờ từ trước: 7 báo cáo chờ xác nhận." in text
        assert "Báo cáo quý I" not in text

    def test_is_no_news_beside_work_of_ones_own(self) -> None:
        made = digest(item(TUESDAY), office=OfficeMatters(TUESDAY))
        assert made.subject() == "1 việc sắp đến hạn: Phòng Tổ chức cán bộ"
        assert "Hôm nay không có việc mới chờ Văn phòng Sở." in DigestWriter().write(made).text


class TestMessage:
    def test_counts_in_the_subject_what_it_holds(self) -> None:
        made = digest(item(date(2026, 3, 17)), item(TUESDAY), item(date(2026, 3, 27)), item(None, is_new=True))
        assert made.subject() == "1 việc quá hạn, 2 việc sắp đến hạn, 1 nhiệm vụ mới giao: Phòng Tổ chức cán bộ"

    def test_says_the_same_in_text_and_html(self) -> None:
        one = item(
            date(2026, 3, 26), named="hạn bổ sung", note="Yêu cầu bổ sung: Thiếu Biểu số 02", leads=("Văn phòng",)
        )
        written = DigestWriter().write(digest(one))
        for fact in (
            "còn 2 ngày, hạn bổ sung thứ Năm 26/3/2026",
            "Xây dựng kế hoạch tuyên truyền",
            "Thiếu Biểu số 02",
            "Cần có: kế hoạch; báo cáo",
            "Cùng chủ trì: Văn phòng",
            "Kế hoạch số 15/KH-SGDĐT",
            "Nhiệm vụ: 3a",
            "http://127.0.0.1:8700/nhiem-vu/12",
            "Kính gửi Phạm Thu Hằng, Phòng Tổ chức cán bộ,",
        ):
            assert fact in written.text
            assert fact.split(": ")[-1] in written.html.replace("&nbsp;", " ")

    def test_says_to_the_head_who_was_assigned_and_to_that_person_which_day(self) -> None:
        told = DigestWriter().write(digest(item(TUESDAY, assigned=("Đỗ Lan (chậm nhất 28/02/2026)", "Vũ Minh")))).text
        assert "Phân công: Đỗ Lan (chậm nhất 28/02/2026); Vũ Minh" in told
        own = DigestWriter().write(digest(item(date(2026, 3, 31), own_due_on=date(2026, 2, 28)))).text
        assert "Trưởng đơn vị giao hoàn thành chậm nhất 28/02/2026" in own

    def test_uses_the_offices_own_words(self) -> None:
        words = MessageWords({"digest-closing": "Trân trọng cảm ơn {don_vi}."})
        written = DigestWriter().write(digest(item(TUESDAY), words=words))
        assert "Trân trọng cảm ơn Phòng Tổ chức cán bộ." in written.text
        assert "Trân trọng cảm ơn Phòng Tổ chức cán bộ." in written.html

    def test_is_kept_without_the_links_that_open_by_themselves(self) -> None:
        made = digest(item(TUESDAY, link="http://x/tra-loi/bi-mat", stored_link="http://x/nhiem-vu/12"))
        assert "bi-mat" in DigestWriter().write(made).html
        kept = DigestWriter().write(made.stored())
        assert "bi-mat" not in kept.text + kept.html
        assert "http://x/nhiem-vu/12" in kept.text

    def test_lets_no_markup_through(self) -> None:
        written = DigestWriter().write(digest(item(TUESDAY, title='<script>alert("x")</script> & "ba"')))
        assert "<script>" not in written.html
        assert "&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp;" in written.html

    def test_loads_nothing_from_anywhere(self) -> None:
        html = DigestWriter().write(digest(item(TUESDAY))).html
        assert not any(word in html for word in ("src=", "@import", "url(", "<img", "<link", "<script"))
