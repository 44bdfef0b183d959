"""What a failed try means: for the message, its channel, its person's address."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from cchc_tasks.domain.retrying import MOST_TRIES, Verdict, verdict
from cchc_tasks.domain.vocabulary import DeliveryState, Fault

HERE = ZoneInfo("Asia/Ho_Chi_Minh")
OPENS = time(7, 30)


def after(
    fault: Fault | None, *, failures: int = 0, wait: float | None = None, at: str = "09:00", chance: float = 0.5
) -> Verdict:
    hour, minute = at.split(":")
    now = datetime(2026, 12, 31, int(hour), int(minute), tzinfo=HERE)
    return verdict(fault, failures=failures, wait=wait, now=now, opens=OPENS, chance=chance)


def here(day: int, month: int, year: int, clock: str) -> datetime:
    hour, minute = clock.split(":")
    return datetime(year, month, day, int(hour), int(minute), tzinfo=HERE)


class TestPassingHindrance:
    def test_waits_twice_as_long_each_time_up_to_an_hour(self) -> None:
        now = here(31, 12, 2026, "09:00")
        waits = [(after(Fault.AGAIN, failures=count).next_at or now) - now for count in range(MOST_TRIES - 1)]
        assert [wait.total_seconds() / 60 for wait in waits] == [1, 2, 4, 8, 16, 32, 60, 60, 60]

    def test_is_spread_by_half_around_that(self) -> None:
        now = here(31, 12, 2026, "09:00")
        waits = {after(Fault.AGAIN, failures=3, chance=chance).next_at for chance in (0.0, 0.999)}
        assert min(wait for wait in waits if wait) == now + timedelta(minutes=4)
        assert max(wait for wait in waits if wait) < now + timedelta(minutes=12)

    def test_waits_as_long_as_the_other_side_asked_where_that_is_longer(self) -> None:
        assert after(Fault.AGAIN, wait=1800).next_at == here(31, 12, 2026, "09:30")
        assert after(Fault.AGAIN, wait=5).next_at == here(31, 12, 2026, "09:01")

    def test_is_given_up_after_many_tries(self) -> None:
        assert after(Fault.AGAIN, failures=MOST_TRIES - 1).state is DeliveryState.DEAD


class TestSilence:
    def test_lets_the_channel_rest_and_does_not_count_against_the_message(self) -> None:
        found = after(Fault.UNREACHABLE, failures=4)
        assert (found.state, found.failures) == (DeliveryState.DEFERRED, 4)
        assert found.next_at == found.rest_until == here(31, 12, 2026, "09:05")


class TestAllowance:
    def test_that_is_used_up_comes_back_with_the_next_day_also_at_the_years_end(self) -> None:
        found = after(Fault.TOMORROW, at="23:59")
        assert found.next_at == found.rest_until == here(1, 1, 2027, "07:30")

    @pytest.mark.parametrize(("at", "until"), [("23:10", (1, 1, 2027)), ("00:10", (31, 12, 2026))])
    def test_of_the_night_comes_back_at_six(self, at: str, until: tuple[int, int, int]) -> None:
        assert after(Fault.MORNING, at=at).next_at == here(*until, "06:00")


class TestPerson:
    def test_without_such_an_address_hears_by_another_channel_and_the_address_is_marked(self) -> None:
        found = after(Fault.BAD_ADDRESS)
        assert (found.state, found.passes_on, found.marks_address) == (DeliveryState.FAILED, True, True)

    def test_who_cannot_be_reached_this_way_hears_by_another_and_keeps_the_address(self) -> None:
        found = after(Fault.OTHER_CHANNEL)
        assert (found.state, found.passes_on, found.marks_address) == (DeliveryState.FAILED, True, False)


class TestEveryFault:
    @pytest.mark.parametrize("fault", [None, *Fault])
    def test_ends_in_a_stated_state_with_a_moment_where_it_is_tried_again(self, fault: Fault | None) -> None:
        found = after(fault)
        waits = found.state is DeliveryState.DEFERRED and not found.stops
        assert found.state not in (DeliveryState.PLANNED, DeliveryState.CLAIMED)
        assert (found.next_at is not None) is waits
        assert found.next_at is None or found.next_at > datetime(2026, 12, 31, 2, tzinfo=UTC)
