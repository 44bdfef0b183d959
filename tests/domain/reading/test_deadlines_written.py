"""Rule to Vietnamese and back: what a typist may have written for a rule is read as that rule."""

from hypothesis import given, settings
from hypothesis import strategies as st

from cchc_tasks.domain.occurrences import DeadlineRule
from cchc_tasks.domain.periods import Years
from cchc_tasks.domain.reading.deadlines import read_deadline
from tests.making.phrases import Written, one_rule, parts, respelt

YEARS = st.integers(2020, 2036)
WRITTEN = YEARS.flatmap(lambda year: st.tuples(st.just(year), one_rule(year)))
RESPELT = WRITTEN.flatmap(lambda one: st.tuples(st.just(one[0]), st.just(one[1][0]), respelt(one[1][1])))
CELLS = YEARS.flatmap(lambda year: st.tuples(st.just(year), parts(year)))


class TestEveryRule:
    @settings(max_examples=1500, deadline=None)
    @given(WRITTEN)
    def test_is_read_from_any_way_of_writing_it(self, written: tuple[int, Written]):
        year, (rule, phrase) = written
        reading = read_deadline(phrase, Years(year, year))
        assert reading.questions == ()
        assert [part.rule for part in reading.parts] == [rule]

    @settings(max_examples=1500, deadline=None)
    @given(RESPELT)
    def test_does_not_depend_on_capitals_spaces_or_code_points(self, written: tuple[int, DeadlineRule, str]):
        year, rule, phrase = written
        reading = read_deadline(phrase, Years(year, year))
        assert reading.questions == ()
        assert [part.rule for part in reading.parts] == [rule]


class TestEveryCell:
    @settings(max_examples=1500, deadline=None)
    @given(CELLS)
    def test_gives_each_part_under_its_label_in_any_order(
        self, written: tuple[int, tuple[list[tuple[str, DeadlineRule]], str]]
    ):
        year, (rules, cell) = written
        reading = read_deadline(cell, Years(year, year))
        assert reading.questions == ()
        assert [(part.label, part.rule) for part in reading.parts] == rules
