"""A message in few lines: never longer than the channel takes, its link whole, what has no room counted."""

import unicodedata
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from cchc_tasks.domain.brief import Line, brief, brief_alert, brief_digest, brief_weekly
from cchc_tasks.domain.office_digest import DayBefore, OfficeMatters, ToConfirm, Waiting
from cchc_tasks.domain.weekly_summary import LateUnit, Progress, WeeklyFacts, WeeklySummary
from tests.domain.test_digest import TUESDAY, digest, item

TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cs",)), max_size=200)
LINK = "http://127.0.0.1:8700/nhiem-vu/12"


class TestLimit:
    @given(head=TEXT, titles=st.lists(TEXT, max_size=12), limit=st.integers(60, 400), beyond=st.integers(0, 2_000))
    def test_is_never_passed_and_the_link_is_whole(self, head: str, titles: list[str], limit: int, beyond: int) -> None:
        text = brief(head, [Line("- hôm nay: ", title) for title in titles], (LINK,), limit, beyond=beyond)
        assert len(text) <= limit
        assert text.split("\n")[-1] == LINK
        assert text.count("http://127.0.0.1") == 1 or any("http" in one for one in (head, *titles))
        assert unicodedata.is_normalized("NFC", text)

    @given(count=st.integers(0, 30), limit=st.integers(120, 1_000))
    def test_leaves_out_only_what_is_counted(self, count: int, limit: int) -> None:
        text = brief("Việc", [Line("- ", f"Báo cáo số {number:03}") for number in range(count)], (LINK,), limit)
        said = sum(line.startswith("- Báo cáo số") for line in text.split("\n"))
        more = [line for line in text.split("\n") if line.startswith("và ")]
        assert more == ([f"và {count - said} việc khác"] if said < count else [])

    def test_drops_a_link_that_would_leave_no_room_rather_than_half_of_it(self) -> None:
        long = "http://so.example/" + "x" * 300
        assert brief("Việc", [], (long, LINK), 320).endswith(LINK)
        assert "http" not in brief("Việc", [], (long,), 320)


class TestDigest:
    def test_begins_with_the_most_urgent_and_ends_with_the_link_of_all(self) -> None:
        made = digest(item(date(2026, 3, 27)), item(date(2026, 3, 9)), item(None, is_new=True))
        lines = brief_digest(made, 1_000).split("\n")
        assert lines[0].startswith("1 việc quá hạn, 1 việc sắp đến hạn, 1 nhiệm vụ mới giao")
        assert lines[1].startswith("- quá hạn 15 ngày, hạn 09/3/2026: ")
        assert lines[2].startswith("- còn 3 ngày, hạn 27/3/2026: ")
        assert lines[3].startswith("- mới giao, không có thời hạn: ")
        assert lines[4] == made.all_link

    def test_of_one_item_leads_to_that_item_by_the_link_the_letter_has(self) -> None:
        one = replace(item(TUESDAY), link="http://127.0.0.1:8700/tra-loi/bi-mat", stored_link=LINK)
        assert brief_digest(digest(one), 320).endswith("/tra-loi/bi-mat")
        assert brief_digest(digest(one).stored(), 320).endswith(LINK)

    def test_tells_the_secretariat_what_waits(self) -> None:
        waits = Waiting([ToConfirm(7, "Trường A", "Báo cáo quý I", 3)], 4)
        lines = brief_digest(replace(digest(), office=OfficeMatters(TUESDAY, to_confirm=waits)), 1_000).split("\n")
        assert lines[1] == "- Báo cáo quý I: Trường A, chờ 3 ngày làm việc"
        assert lines[2] == "và 3 việc khác"

    def test_tells_the_secretariat_on_a_quiet_morning_that_the_engine_runs(self) -> None:
        office = OfficeMatters(TUESDAY, day_before=DayBefore(TUESDAY - timedelta(1), 46, 1, 2), is_told=True)
        lines = brief_digest(replace(digest(), office=office), 320).split("\n")
        assert lines[1] == "- Hôm qua (thứ Hai 23/3/2026): gửi 46 thư, 1 lỗi, 2 chờ gửi lại."

    def test_fits_a_text_message_however_long_the_titles_are(self) -> None:
        long = "Báo cáo kết quả thực hiện nhiệm vụ cải cách hành chính của đơn vị " * 5
        text = brief_digest(digest(*(item(TUESDAY, code=str(one), title=long) for one in range(9))), 320)
        assert len(text) <= 320
        assert "Báo cáo kết quả" in text
        assert "việc khác" in text


class TestOthers:
    def test_weeks_name_the_late_units(self) -> None:
        late = Waiting([LateUnit("A", "Trường A", "Bà Hà", 2, date(2026, 3, 2))], 1)
        facts = WeeklyFacts(TUESDAY, Waiting(), 2, late, Progress(3, 5), Progress(0, 0), date(2025, 3, 24))
        text = brief_weekly(WeeklySummary(digest(), facts), 600)
        assert "2 việc quá hạn ở 1 đơn vị" in text
        assert "Trường A" in text

    def test_alerts_hold_their_sentences(self) -> None:
        text = brief_alert(["Kênh Zalo đã dừng: hết hạn mức."], "http://127.0.0.1:8700/kenh-gui", 400)
        assert text.split("\n") == [
            "Bộ nhắc việc cần xem 1 việc",
            "- Kênh Zalo đã dừng: hết hạn mức.",
            "http://127.0.0.1:8700/kenh-gui",
        ]
