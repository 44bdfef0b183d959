"""Allowed hours: from the opening on, up to but not at the closing."""

from datetime import time

import pytest

from cchc_tasks.domain.channel_hours import MORNING, USUAL, read_hours
from cchc_tasks.domain.errors import HoursInvalid


class TestHours:
    @pytest.mark.parametrize(
        ("at", "allowed"),
        [
            (time(0, 0), False),
            (time(6, 59, 59), False),
            (time(7, 0), True),
            (time(11, 59), True),
            (time(17, 59, 59), True),
            (time(18, 0), False),
            (time(23, 59), False),
        ],
    )
    def test_hold_their_beginning_and_not_their_end(self, at: time, allowed: bool) -> None:
        assert (at in read_hours("07:00", "18:00")) is allowed

    def test_are_usually_those_of_an_office_and_hold_the_morning(self) -> None:
        assert str(USUAL) == "07:00 – 18:00"
        assert MORNING in USUAL

    @pytest.mark.parametrize(
        ("opens", "closes"),
        [("7", "18:00"), ("07:00", "24:00"), ("07:60", "18:00"), ("18:00", "07:00"), ("07:00", "7:00"), ("", "")],
    )
    def test_are_refused_where_they_are_no_hours(self, opens: str, closes: str) -> None:
        with pytest.raises(HoursInvalid):
            read_hours(opens, closes)
