"""A short run of the fuzzer with mutations that are always the same; `make fuzz` makes thousands of others."""

from random import Random

from tests.fuzz.altering import altered_plan
from tests.fuzz.campaign import campaign
from tests.fuzz.samples import samples
from tests.fuzz.spoiling import spoilt

SEED, MUTATIONS, SECONDS = 3, 150, 60


class TestSpoiltFilesAndAlteredPlans:
    def test_are_read_or_refused_and_lose_no_row(self) -> None:
        found = campaign(SEED, MUTATIONS, SECONDS, by_others=False)

        assert [wrong for _, wrong, _ in found.faults] == []
        assert found.counts.total() == MUTATIONS
        assert not found.unforeseen

    def test_are_the_same_for_the_same_chance(self) -> None:
        content = samples(by_others=False)[".txt"]

        assert [spoilt(content, Random(number)) for number in range(9)] == [
            spoilt(content, Random(number)) for number in range(9)
        ]
        assert altered_plan(Random(1)) == altered_plan(Random(1)) != altered_plan(Random(2))
