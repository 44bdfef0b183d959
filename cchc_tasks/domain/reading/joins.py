"""Times that say one thing together: a recurrence and its day, a year and what happens in it."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from cchc_tasks.domain.occurrences import LAST
from cchc_tasks.domain.reading.grammar import WORDLIKE
from cchc_tasks.domain.reading.meanings import Asked, Between, Dates, Every, From, Meaning, Ongoing
from cchc_tasks.domain.reading.tokens import KINDS, NAMES, Token, kinds
from cchc_tasks.domain.vocabulary import Frequency

TIMES = kinds("DATED EVERY YEARLY DAYOF DAYNUM ASK")
MARKS = kinds("COMMA AND SEMI COLON DOT OPEN CLOSE QUOTE BREAK DASH")
WORDS = kinds(WORDLIKE)
SEPARATORS = kinds("COMMA AND")


def joined(pieces: list[Token]) -> list[Token]:
    """Join a recurrence with the day that stands apart from it: "Hằng tháng báo cáo trước ngày 25"."""
    while (rest := _with_two_joined(pieces)) is not None:
        pieces = rest
    return pieces


def _with_two_joined(pieces: list[Token]) -> list[Token] | None:
    places = [place for place, token in enumerate(pieces) if token.kind in TIMES]
    for one, other in pairwise(places):
        together = None if _separate(pieces, one, other) else _together(pieces[one], pieces[other])
        if together is None and _contradict(pieces, one, other):
            place = pieces[one].start, pieces[other].end
            together = Token(KINDS["ASK"], Asked("deadline-unread", place), *place)
        if together is not None:
            # The joined time stands in the second's place, so that the words between become its label.
            return [*pieces[:one], *pieces[one + 1 : other], together, *pieces[other + 1 :]]
    return None


def _separate(pieces: Sequence[Token], one: int, other: int) -> bool:
    """Whether two times date different things: each has words of its own, with a comma between them."""
    between = [token.kind for token in pieces[one + 1 : other]]
    comma = next((place for place, kind in enumerate(between) if kind in SEPARATORS), None)
    if comma is None or not any(kind in WORDS for kind in between[comma:]):
        return False
    return any(token.kind in WORDS for token in pieces[:one]) or any(kind in WORDS for kind in between[:comma])


def _contradict(pieces: Sequence[Token], one: int, other: int) -> bool:
    """Whether a recurrence and a day or a limit stand side by side and nobody says how they go together."""
    first, second = pieces[one], pieces[other]
    recurs = {first.kind, second.kind} & kinds("EVERY DAYOF")
    dates = [token for token in (first, second) if token.kind == KINDS["DATED"]]
    beside = all(token.kind in MARKS for token in pieces[one + 1 : other])
    if not (recurs and beside and dates):
        return False
    meaning = dates[0].value[0]
    limits = isinstance(meaning, Dates) and (meaning.bound is not None or meaning.points[0].printed)
    return limits or isinstance(meaning, Between)


def _together(first: Token, second: Token) -> Token | None:
    for one, other in ((first, second), (second, first)):
        build = _JOINS.get((NAMES[one.kind], NAMES[other.kind]))
        value = build(one, other) if build else None
        if value is not None:
            return Token(KINDS["DATED"], value, second.start, second.end)
    return None


_Timed = tuple[Meaning, str | None]


def _each_year(every: Token, dated: Token) -> _Timed | None:
    meaning, hour = dated.value
    if isinstance(meaning, Dates) and any(point.year is None and point.span != 12 for point in meaning.points):
        return replace(meaning, yearly=True), hour
    if isinstance(meaning, Between) and meaning.end.year is None:
        return Dates((meaning.end,), meaning.bound, yearly=True), hour
    return _in_year(every, dated)


def _in_year(every: Token, dated: Token) -> _Timed | None:
    meaning = dated.value[0]
    if (
        isinstance(meaning, Dates)
        and not meaning.bound
        and [point.span for point in meaning.points if not point.edge] == [12]
    ):
        worth, hour = every.value
        return replace(worth, year=meaning.points[0].year), hour
    if isinstance(meaning, Ongoing) and every.value[0].recurrences[0].frequency is Frequency.DAILY:
        return every.value[0], None
    return None


def _in_dates(every: Token, dated: Token) -> _Timed | None:
    """Dates beside a recurrence are its own when there are as many of them: "02 lần/năm (tháng 6, tháng 12)"."""
    worth, meaning = every.value[0], dated.value[0]
    if isinstance(meaning, From):
        return replace(worth, start=meaning.start), every.value[1]
    if isinstance(meaning, Dates) and len(meaning.points) == worth.times_a_year:
        return dated.value[0], dated.value[1]
    return _in_year(every, dated)


def _on_day(every: Token, numbered: Token) -> _Timed | None:
    day, bound, hour = numbered.value
    recurrences = every.value[0].recurrences
    if [one.frequency for one in recurrences] != [Frequency.MONTHLY]:
        return None
    return Every((replace(recurrences[0], day=day, printed=True),), bound), hour


def _finer(every: Token, day_of: Token) -> _Timed | None:
    frequencies = [one.frequency for one in every.value[0].recurrences]
    plain = all(one.day == LAST and not one.printed for one in every.value[0].recurrences)
    same = frequencies == [one.frequency for one in day_of.value[0].recurrences]
    timed: _Timed = day_of.value
    return timed if plain and same else None


_JOINS = {
    ("YEARLY", "DATED"): _each_year,
    ("EVERY", "DATED"): _in_dates,
    ("DAYOF", "DATED"): _in_dates,
    ("EVERY", "DAYNUM"): _on_day,
    ("EVERY", "DAYOF"): _finer,
}
