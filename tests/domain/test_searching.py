"""What is typed into the search box: words in any spelling, and periods taken as periods."""

import pytest

from cchc_tasks.domain.searching import Sought, sought


class TestWords:
    def test_are_keys_without_diacritics_each_once(self) -> None:
        assert sought("  Báo CÁO   báo cáo Đề án ") == Sought(("bao", "cao", "de", "an"))

    @pytest.mark.parametrize("text", ["", "   ", "quý", "tháng", "tháng 13", "quý V", "quyết 1", "100%", "6 tháng"])
    def test_that_name_no_period_stay_words(self, text: str) -> None:
        assert sought(text).periods == ()


class TestPeriods:
    @pytest.mark.parametrize(
        ("text", "ending"),
        [
            ("quý I", "-Q1"),
            ("Quý 1", "-Q1"),
            ("quy iv/2026", "2026-Q4"),
            ("QUÝ II năm 2026", "2026-Q2"),
            ("tháng 3", "-03"),
            ("tháng 03/2026", "2026-03"),
            ("tháng 12", "-12"),
            ("6 tháng đầu năm", "-H1"),
            ("6 tháng cuối năm 2026", "2026-H2"),
            ("9 tháng", "-9M"),
        ],
    )
    def test_are_read_with_and_without_their_year(self, text: str, ending: str) -> None:
        (period,) = sought(text).periods
        assert period.ending == ending
        assert sought(text).words == ()

    def test_leave_the_other_words_to_be_looked_for(self) -> None:
        found = sought("báo cáo quý I công vụ")
        assert (found.words, [one.ending for one in found.periods]) == (("bao", "cao", "cong", "vu"), ["-Q1"])

    def test_are_not_taken_for_the_longer_ones_that_begin_alike(self) -> None:
        (first,) = sought("quý I").periods
        assert not any(phrase in "ke hoach quy ii/2026 va quy iii " for phrase in first.phrases)
        assert any(phrase in "ke hoach quy i/2026 " for phrase in first.phrases)
