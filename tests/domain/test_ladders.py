"""Ladders as they are typed, and as they are said."""

import pytest

from cchc_tasks.domain.errors import LadderInvalid
from cchc_tasks.domain.ladders import LADDER_IN_WORDS, ladder_in_words, read_ladder
from cchc_tasks.domain.reminders import SUPPLEMENT, Ladder
from cchc_tasks.domain.vocabulary import Frequency


class TestTyping:
    def test_puts_the_steps_in_order(self) -> None:
        assert read_ladder("yearly", "7, 30,0", " 3,1 ", 5) == Ladder("yearly", (30, 7, 0), (1, 3), 5)
        assert read_ladder("weekly", "1", "", None) == Ladder("weekly", (1,), ())

    @pytest.mark.parametrize(
        ("before", "after", "at_most"),
        [
            ("", "", None),
            ("7;3", "", None),
            ("-1", "", None),
            ("7,,3", "", None),
            ("7,7", "", None),
            ("366", "", None),
            ("", "0", None),  # the day itself is a step before
            ("7", "1", 0),
            (",".join(map(str, range(31))), "", None),
        ],
    )
    def test_refuses_what_nobody_can_climb(self, before: str, after: str, at_most: int | None) -> None:
        with pytest.raises(LadderInvalid):
            read_ladder("yearly", before, after, at_most)


class TestWords:
    def test_name_every_frequency_that_has_dates_and_the_supplement(self) -> None:
        assert set(LADDER_IN_WORDS) == {*Frequency, SUPPLEMENT} - {Frequency.DAILY}

    def test_say_the_steps_in_one_line(self) -> None:
        assert ladder_in_words((7, 0), (1,), 3) == "trước 7, 0 ngày; sau 1 ngày; nhiều nhất 3 lần"
        assert ladder_in_words((1,), (), None) == "trước 1 ngày"
