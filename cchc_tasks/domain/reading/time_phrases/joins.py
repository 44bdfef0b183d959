"""Times that say one thing together: a recurrence and its day, a year and what happens in it."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from cchc_tasks.domain.occurrences import LAST, MONTHS_IN, Recurrence
from cchc_tasks.domain.reading.time_phrases.meanings import Asked, Between, Dates, Every, From, Meaning, Ongoing
from cchc_tasks.domain.reading.time_phrases.rules.shapes import WORDLIKE
from cchc_tasks.domain.reading.time_phrases.tokens import KINDS, NAMES, Token, kinds
from cchc_tasks.domain.vocabulary import Bound, Frequency

TIMES = kinds("DATED EVERY YEARLY DAYOF DAYNUM DAYNAME CYCLEDAY ASK")
MARKS = kinds("COMMA AND SEMI COLON DOT OPEN CLOSE QUOTE BREAK DASH")
WORDS = kinds(WORDLIKE)
SEPARATORS = kinds("COMMA AND")
_YEARLY = kinds("YEARLY ANNUALREPORT")
_OF_CYCLES = kinds("DAYNUM DAYNAME CYCLEDAY")


def joined(pieces: list[Token]) -> list[Token]:
    """Join a recurrence with the day that stands apart from it: "Hằng tháng báo cáo trước ngày 25"."""
    pieces = _of_bare_units(_halves_named(pieces))
    while (rest := _with_two_joined(pieces)) is not None:
        pieces = rest
    return _days_of_each_month(pieces)


def _days_of_each_month(pieces: list[Token]) -> list[Token]:
    """A day beside another that returns every month: "xong trước ngày 10 và gửi Sở trước ngày 15 hằng tháng"."""
    monthly = any(
        token.kind in (KINDS["DAYOF"], KINDS["DATED"])
        and isinstance(token.value[0], Every)
        and [(one.frequency, one.printed) for one in token.value[0].recurrences] == [(Frequency.MONTHLY, True)]
        for token in pieces
    )
    if not monthly:
        return pieces
    every = Every((Recurrence(Frequency.MONTHLY),)), None
    return [
        token._replace(kind=KINDS["DATED"], value=timed)
        if token.kind == KINDS["DAYNUM"] and (timed := _on_day(token._replace(value=every), token))
        else token
        for token in pieces
    ]


def _halves_named(pieces: list[Token]) -> list[Token]:
    """ "Định kỳ 6 tháng (trước 15/6), năm (trước 15/12)": the lengths name two reports, each with its own date."""
    kept: list[Token] = []
    for place, token in enumerate(pieces):
        behind = [one for one in pieces[place + 1 : place + 3] if one.kind != KINDS["OPEN"]]
        named = token.kind == KINDS["EVERY"] and token.value[0].recurrences == (Recurrence(Frequency.HALF_YEARLY),)
        dated = bool(behind) and _is_one_day(behind[0])
        yearly = any(one.kind in _YEARLY for one in pieces[place + 1 :])
        if not (named and dated and yearly):
            kept.append(token)
    return kept


def _is_one_day(token: Token) -> bool:
    meaning = token.value[0] if token.kind == KINDS["DATED"] else None
    return isinstance(meaning, Dates) and len(meaning.points) == 1 and meaning.points[0].printed


def _of_bare_units(pieces: list[Token]) -> list[Token]:
    """A day that knows its period from the noun before it: "BC tháng trước ngày 25"."""
    pieces = [*pieces]
    bare: Token | None = None
    for place, token in enumerate(pieces):
        if token.kind == KINDS["BARE"]:
            bare = token
        elif token.kind in TIMES or token.kind in SEPARATORS:
            if bare is not None and token.kind in _OF_CYCLES:
                pieces[place] = _of_its_unit(bare, token)
            bare = None
    return pieces


def _of_its_unit(bare: Token, numbered: Token) -> Token:
    every = Token(KINDS["EVERY"], (Every((Recurrence(bare.value.frequency),)), None), *bare.place)
    timed = _JOINS["EVERY", NAMES[numbered.kind]](every, numbered)
    return Token(KINDS["DATED"], timed, *numbered.place) if timed else numbered


def _with_two_joined(pieces: list[Token]) -> list[Token] | None:
    places = [place for place, token in enumerate(pieces) if token.kind in TIMES]
    for one, other in pairwise(places):
        if _unrelated(pieces, one, other):
            place = pieces[one].start, pieces[other].end
            return [*pieces[:one], Token(KINDS["ASK"], Asked("deadline-unread", place), *place), *pieces[other + 1 :]]
        if _separate(pieces, one, other):
            continue
        together = _together(pieces[one], pieces[other])
        if together is None and _contradict(pieces[one], pieces[other]):
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


def _unrelated(pieces: Sequence[Token], one: int, other: int) -> bool:
    """Whether two dates stand side by side, or the second in brackets with words of its own: which one holds?"""
    if pieces[one].kind != KINDS["DATED"] or pieces[other].kind != KINDS["DATED"]:
        return False
    if not all(isinstance(pieces[place].value[0], Dates | Between) for place in (one, other)):
        return False
    between = [token.kind for token in pieces[one + 1 : other]]
    if not between:
        return True
    inside = between[0] == KINDS["OPEN"] and KINDS["CLOSE"] not in between
    return inside and any(kind in WORDS for kind in between)


def _contradict(first: Token, second: Token) -> bool:
    """Whether a recurrence and a day or a limit stand together and nobody says how."""
    recurs = {first.kind, second.kind} & kinds("EVERY DAYOF")
    dates = [token for token in (first, second) if token.kind == KINDS["DATED"]]
    if not (recurs and dates):
        return False
    meaning = dates[0].value[0]
    limits = isinstance(meaning, Dates) and (meaning.bound is not None or meaning.points[0].printed)
    return limits or isinstance(meaning, Between)


def _together(first: Token, second: Token) -> Token | None:
    for one, other in ((first, second), (second, first)):
        build = _JOINS.get((NAMES[one.kind], NAMES[other.kind]))
        value = build(one, other) if build else None
        if value is not None:
            meaning = value[0]
            plain = isinstance(meaning, Every) and not any(one.printed for one in meaning.recurrences)
            return Token(KINDS["EVERY" if plain else "DATED"], value, second.start, second.end)
    return None


_Timed = tuple[Meaning, str | None]


def _each_year(every: Token, dated: Token) -> _Timed | None:
    meaning, hour = dated.value
    if isinstance(meaning, From):
        return replace(every.value[0], start=meaning.start), hour
    if isinstance(meaning, Dates) and any(point.year is None and point.span != 12 for point in meaning.points):
        return replace(meaning, yearly=True), hour
    if isinstance(meaning, Between) and meaning.end.year and meaning.end.span == 12:
        return replace(every.value[0], start=meaning.start, until=meaning.end), hour
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
    """A beginning, an end or a stretch limits a recurrence; dates are its own when there are as many of them.

    "02 lần/năm (tháng 6, tháng 12)" has two dates, "hàng tháng đến hết tháng 6" an end.
    """
    worth, hour = every.value
    meaning, its_hour = dated.value
    if isinstance(meaning, From):
        return replace(worth, start=meaning.start), hour
    if isinstance(meaning, Between):
        return replace(worth, start=meaning.start, until=meaning.end), hour
    if isinstance(meaning, Dates):
        if len(meaning.points) == worth.times_a_year or 1 < len(meaning.points) == len(worth.recurrences):
            return meaning, its_hour
        if len(meaning.points) == 1 and (point := meaning.points[0]).span:
            if meaning.bound is Bound.BY:
                return replace(worth, until=point), hour
            if meaning.bound is None and all(_months(one) < point.span < 12 for one in worth.recurrences):
                return replace(worth, start=point, until=point), hour
    return _in_year(every, dated)


def _since(each: Token, dated: Token) -> _Timed | None:
    """ "Quý II hằng năm, bắt đầu từ năm 2023"."""
    meaning, beginning = each.value[0], dated.value[0]
    if isinstance(meaning, Dates) and meaning.yearly and isinstance(beginning, From):
        return replace(meaning, since=beginning.start), each.value[1]
    return None


def _months(recurrence: Recurrence) -> int:
    """How many months lie between two dates of a recurrence, 0 for weeks."""
    return MONTHS_IN.get(recurrence.frequency, 0)


def _on_day(every: Token, numbered: Token) -> _Timed | None:
    day, bound, hour = numbered.value
    recurrences = every.value[0].recurrences
    monthly = len(recurrences) == 1 and (recurrences[0].frequency is Frequency.MONTHLY or recurrences[0].month != LAST)
    if not monthly or recurrences[0].printed or not 1 <= day <= 31:
        return None
    return replace(every.value[0], recurrences=(replace(recurrences[0], day=day, printed=True),), bound=bound), hour


def _on_weekday(every: Token, named: Token) -> _Timed | None:
    """ "Hằng tuần, báo cáo vào thứ Sáu"."""
    weekday, bound, hour = named.value
    recurrences = every.value[0].recurrences
    if [one.frequency for one in recurrences] not in ([Frequency.WEEKLY], [Frequency.BIWEEKLY]):
        return None
    return replace(every.value[0], recurrences=(replace(recurrences[0], weekday=weekday),), bound=bound), hour


def _on_day_of_cycle(every: Token, numbered: Token) -> _Timed | None:
    """ "Báo cáo hàng quý trước ngày 20 của tháng cuối kỳ"."""
    day, bound, hour = numbered.value
    recurrences = every.value[0].recurrences
    if not all(one.frequency in MONTHS_IN and one == Recurrence(one.frequency) for one in recurrences):
        return None
    placed = tuple(replace(one, month=day.month, day=day.day, printed=day.printed) for one in recurrences)
    return Every(placed, bound), hour


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
    ("DATED", "DATED"): _since,
    ("EVERY", "DAYNUM"): _on_day,
    ("DAYOF", "DAYNUM"): _on_day,
    ("EVERY", "DAYNAME"): _on_weekday,
    ("EVERY", "CYCLEDAY"): _on_day_of_cycle,
    ("YEARLY", "CYCLEDAY"): _on_day_of_cycle,
    ("EVERY", "DAYOF"): _finer,
}
