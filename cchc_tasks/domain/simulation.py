"""A span of days as it would be: who gets a message when, the load of each day and unit, the days without any."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from cchc_tasks.domain.office_calendar import OfficeCalendar


@dataclass(frozen=True, slots=True)
class SimulatedItem:
    """What a message would speak of: a duty on a date, and the step of the ladder. `id` is None before it is opened."""

    id: int | None
    code: str
    title: str
    due_on: date | None
    rung: str


@dataclass(frozen=True, slots=True)
class SimulatedPerson:
    """Somebody who would be written to."""

    id: int
    name: str
    unit_id: int


@dataclass(slots=True)
class Simulation:
    """Gathers the messages of a span of days; `items` are kept for those units alone that are looked at closely."""

    first: date
    last: date
    people: Mapping[int, SimulatedPerson]
    closely: frozenset[int] | None = frozenset()  # units whose messages are kept item by item; None keeps all
    items: dict[tuple[date, int], list[SimulatedItem]] = field(default_factory=lambda: defaultdict(list))
    _seen: dict[date, Counter[int]] = field(default_factory=lambda: defaultdict(Counter))

    def add(self, person_id: int, told: Iterable[tuple[date, SimulatedItem]]) -> None:
        """What a person hears on which days of the span; all of one morning go out as one message."""
        closely = self.closely is None or self.people[person_id].unit_id in self.closely
        for on, item in told:
            self._seen[on][person_id] += 1
            if closely:
                self.items[on, person_id].append(item)

    @property
    def messages(self) -> int:
        """How many messages go out."""
        return sum(len(people) for people in self._seen.values())

    @property
    def items_told(self) -> int:
        """How many times a duty is spoken of to somebody."""
        return sum(people.total() for people in self._seen.values())

    def by_day(self) -> dict[date, int]:
        """Messages of each day that has any, in order."""
        return {day: len(self._seen[day]) for day in sorted(self._seen)}

    def by_unit(self) -> dict[int, int]:
        """Messages to the people of each unit, most first."""
        counts = Counter(self.people[one].unit_id for people in self._seen.values() for one in people)
        return dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))

    def by_person(self) -> dict[int, int]:
        """Messages to each person, most first."""
        counts = Counter(one for people in self._seen.values() for one in people)
        return dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))

    def busiest(self, count: int) -> list[tuple[date, int]]:
        """The days with most messages, most first."""
        return sorted(self.by_day().items(), key=lambda pair: (-pair[1], pair[0]))[:count]

    def most_items(self) -> int:
        """How many duties the longest message holds."""
        return max((most for people in self._seen.values() for most in people.values()), default=0)

    def quiet_spans(self, calendar: OfficeCalendar) -> list[tuple[date, date, int]]:
        """The spans of working days on which nobody is written to: first, last, working days; longest first."""
        spans: list[tuple[date, date, int]] = []
        for day in self._working_days(calendar):
            if day in self._seen:
                spans.append((day, day, 0))  # ends the span before it
            elif spans and spans[-1][2]:
                spans[-1] = (spans[-1][0], day, spans[-1][2] + 1)
            else:
                spans.append((day, day, 1))
        return sorted((one for one in spans if one[2]), key=lambda span: (-span[2], span[0]))

    def _working_days(self, calendar: OfficeCalendar) -> Iterable[date]:
        days = (self.first + timedelta(one) for one in range((self.last - self.first).days + 1))
        return (day for day in days if calendar.is_working(day))
