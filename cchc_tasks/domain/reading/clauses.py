"""From recognised pieces to the parts of a phrase: which words label which time, and what stayed unread."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from cchc_tasks.domain.occurrences import LAST
from cchc_tasks.domain.reading.grammar import WORDLIKE
from cchc_tasks.domain.reading.meanings import Asked, Between, Dates, Every, From, Meaning, Ongoing, Place
from cchc_tasks.domain.reading.tokens import KINDS, NAMES, Token, kinds
from cchc_tasks.domain.vocabulary import Frequency


@dataclass(slots=True)
class Segment:
    """Times that share a label; all places are of the normalised phrase."""

    meanings: list[tuple[Meaning, str | None]] = field(default_factory=list)  # with the hour, where one is printed
    label: Place | None = None
    condition: Place | None = None
    event: Place | None = None


def segments(tokens: list[Token], text: str) -> Iterator[Segment]:
    """The parts of a phrase, in order."""
    for clause in _clauses(tokens, text):
        pieces = _joined(_leftovers_asked(clause))
        if any(token.kind in _TIMES for token in pieces):
            yield from _timed(_orphans_asked(pieces))
        elif any(token.kind not in _MARKS for token in pieces):
            yield _untimed(pieces)


_TIMES = kinds("DATED EVERY YEARLY DAYOF DAYNUM ASK")
_MARKS = kinds("COMMA AND SEMI COLON DOT OPEN CLOSE QUOTE BREAK DASH")
_WORDS = kinds(WORDLIKE)
_TIME_LIKE = kinds("DAY WEEK MONTH QUARTER YEAR YEARNUM WEEKDAY CLOCK SPAN YEARSPAN DATE PERIOD SLASH")
_OPENERS = kinds("WHEN AFTERWHEN BEFOREWHEN ACCORDING SUDDEN")
_CONDITIONS = kinds("WHEN AFTERWHEN BEFOREWHEN SUDDEN")
_BESIDES = kinds("AND OR")
_SEPARATORS = kinds("COMMA AND")


def _clauses(tokens: list[Token], text: str) -> Iterator[list[Token]]:
    """Cut at semicolons and line ends outside brackets, and at full stops before a new sentence."""
    clause: list[Token] = []
    depth = 0
    for place, token in enumerate(tokens):
        depth += (token.kind == KINDS["OPEN"]) - (token.kind == KINDS["CLOSE"])
        ends = token.kind in (KINDS["SEMI"], KINDS["BREAK"])
        if token.kind == KINDS["DOT"] and place + 1 < len(tokens):
            following = tokens[place + 1]
            ends = following.kind == KINDS["DASH"] or text[following.start].isupper()
        if ends and depth <= 0:
            yield clause
            clause = []
        else:
            clause.append(token)
    yield clause


def _leftovers_asked(clause: list[Token]) -> list[Token]:
    """Turn every stretch of time words that the grammar left over into a question, with the times beside it.

    What stands unread beside a date may change it, so the date is not believed either.
    """
    asked: list[Token] = []
    stretch: list[Token] = []
    for token in [*clause, None]:
        if token is not None and token.kind not in _WORDS:
            stretch.append(token)
            continue
        asked += _asked(stretch)
        stretch = []
        if token is not None:
            asked.append(token)
    return asked


def _asked(stretch: list[Token]) -> list[Token]:
    left = [token for token in stretch if token.kind not in _TIMES and token.kind not in _MARKS]
    dashed = any(
        one.kind == KINDS["DASH"] and before.kind in _TIMES and after.kind in _TIMES
        for before, one, after in zip(stretch, stretch[1:], stretch[2:], strict=False)
    )
    timed = any(token.kind in _TIMES for token in stretch)
    if not dashed and not (left and timed) and not any(token.kind in _TIME_LIKE for token in left):
        return stretch
    core = [token for token in stretch if token.kind not in _MARKS]
    place = core[0].start, core[-1].end
    known = [token for token in core if token.kind == KINDS["ASK"]]
    meaning = known[0].value if len(known) == len(core) else Asked("deadline-unread", place)
    first, last = stretch.index(core[0]), stretch.index(core[-1])
    return [*stretch[:first], Token(KINDS["ASK"], meaning, *place), *stretch[last + 1 :]]


# --- times that say one thing together ---


def _joined(pieces: list[Token]) -> list[Token]:
    """Join a recurrence with the day that stands apart from it: "Hằng tháng báo cáo trước ngày 25"."""
    places = [place for place, token in enumerate(pieces) if token.kind in _TIMES]
    for one, other in pairwise(places):
        together = None if _separate(pieces, one, other) else _together(pieces[one], pieces[other])
        if together is None and _contradict(pieces, one, other):
            place = pieces[one].start, pieces[other].end
            together = Token(KINDS["ASK"], Asked("deadline-unread", place), *place)
        if together is not None:
            # The joined time stands where the finer of the two stood, so that the label before it stays its own.
            rest = [*pieces[:one], *pieces[one + 1 : other], together, *pieces[other + 1 :]]
            return _joined(rest)
    return pieces


def _separate(pieces: Sequence[Token], one: int, other: int) -> bool:
    """Whether two times date different things: each has words of its own, with a comma between them."""
    between = [token.kind for token in pieces[one + 1 : other]]
    comma = next((place for place, kind in enumerate(between) if kind in _SEPARATORS), None)
    if comma is None or not any(kind in _WORDS for kind in between[comma:]):
        return False
    return any(token.kind in _WORDS for token in pieces[:one]) or any(kind in _WORDS for kind in between[:comma])


def _contradict(pieces: Sequence[Token], one: int, other: int) -> bool:
    """Whether a recurrence and a day or a limit stand side by side and nobody says how they go together."""
    first, second = pieces[one], pieces[other]
    recurs = {first.kind, second.kind} & kinds("EVERY DAYOF")
    dates = [token for token in (first, second) if token.kind == KINDS["DATED"]]
    beside = all(token.kind in _MARKS for token in pieces[one + 1 : other])
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


def _orphans_asked(pieces: list[Token]) -> list[Token]:
    """Ask about an item of a list that ends in a bare unit beside items that are dated.

    In "báo cáo quý I, báo cáo năm" the year's report has no date of its own, and must not become another's label.
    """
    asked: list[Token] = []
    item: list[Token] = []
    for token in [*pieces, None]:
        if token is not None and token.kind not in _SEPARATORS:
            item.append(token)
            continue
        words = [one for one in item if one.kind not in _MARKS]
        if words and words[-1].kind in kinds("BARE LENGTH") and not any(one.kind in _TIMES for one in item):
            item[item.index(words[-1])] = Token(KINDS["ASK"], words[-1].value, *words[-1].place)
        asked += item if token is None else [*item, token]
        item = []
    return asked


# --- labels ---


def _timed(pieces: list[Token]) -> Iterator[Segment]:
    """Group the times of a clause with their labels.

    Times with nothing but commas between them share one label. Words stand before their time ("Kế hoạch quý I,
    báo cáo quý IV") unless the clause begins with a time ("Tháng 3 lập kế hoạch, tháng 12 báo cáo").
    """
    condition, event, pieces = _without_condition(pieces)
    groups, gaps = _groups(pieces)
    begins_with_time = not _has_words(gaps[0])
    labels: list[list[Token]] = [gaps[0]]
    for gap in gaps[1:-1]:
        tail, head = _split(gap, to_the_left=begins_with_time)
        labels[-1] = labels[-1] if _has_words(labels[-1]) else tail
        labels.append(head)
    if not _has_words(labels[-1]):
        labels[-1] = gaps[-1]
    for group, label in zip(groups, labels, strict=True):
        yield Segment([_meaning(token) for token in group], _place(_named(label)), condition)
    if event:
        yield Segment(event=event)


def _without_condition(pieces: list[Token]) -> tuple[Place | None, Place | None, list[Token]]:
    """Take out the words of a condition ("khi có yêu cầu") or of an event beside the times ("và đột xuất").

    Both reach to the next mark or time. Words joined by "và" or "hoặc" come on top of the times, the others hold
    for them.
    """
    start = next((place for place, token in enumerate(pieces) if token.kind in _CONDITIONS), None)
    if start is None:
        return None, None, pieces
    stops = _TIMES | _MARKS - kinds("AND QUOTE DASH")
    end = next((place for place in range(start, len(pieces)) if pieces[place].kind in stops), len(pieces))
    place = pieces[start].start, pieces[end - 1].end
    rest = [*pieces[:start], *pieces[end:]]
    besides = pieces[start].kind == KINDS["SUDDEN"] or (start and pieces[start - 1].kind in _BESIDES)
    return (None, place, rest) if besides else (place, None, rest)


def _groups(pieces: Iterable[Token]) -> tuple[list[list[Token]], list[list[Token]]]:
    """Times without words between them, and the words before, between and after these groups."""
    groups: list[list[Token]] = []
    gaps: list[list[Token]] = [[]]
    for token in pieces:
        if token.kind not in _TIMES:
            gaps[-1].append(token)
        elif groups and not _has_words(gaps[-1]):
            groups[-1].append(token)
            gaps[-1] = []
        else:
            groups.append([token])
            gaps.append([])
    return groups, gaps


def _split(gap: list[Token], *, to_the_left: bool) -> tuple[list[Token], list[Token]]:
    """Words between two times: those after the last comma belong to the second, if there are any."""
    commas = [place for place, token in enumerate(gap) if token.kind in _SEPARATORS]
    for comma in reversed(commas):
        if _has_words(gap[comma:]):
            return gap[:comma], gap[comma:]
        if to_the_left:
            return gap[:comma], []
    return (gap, []) if to_the_left else ([], gap)


def _meaning(token: Token) -> tuple[Meaning, str | None]:
    if token.kind == KINDS["ASK"]:
        return token.value, None
    if token.kind == KINDS["DAYNUM"]:
        return Asked("deadline-unread", token.place), None
    meaning, hour = token.value
    return meaning, hour


def _untimed(pieces: list[Token]) -> Segment:
    """A clause without a time: an event, "kịp thời", a year that may be its time, or just words."""
    for place, token in enumerate(pieces):
        if token.kind in _OPENERS:
            return Segment(label=_place(pieces[:place]), event=_place(pieces[place:]))
        if token.kind == KINDS["PROMPT"]:
            return Segment([(Ongoing(), None)], label=_place(pieces[:place]))
    topics = [token for token in pieces if token.kind in kinds("TOPIC BARE LENGTH") and token.value]
    whole = _place(pieces) or (pieces[0].start, pieces[-1].end)
    meaning = topics[-1].value if topics else Asked("deadline-missing", whole)
    return Segment([(meaning, None)], label=whole)


def _named(label: list[Token]) -> list[Token]:
    """Without a leading "theo …", which says by what rule and not what for."""
    first = next((token for token in label if token.kind not in _MARKS), None)
    by_rule = first is not None and first.kind == KINDS["ACCORDING"]
    return [] if by_rule and not any(token.kind == KINDS["COLON"] for token in label) else label


def _has_words(tokens: Iterable[Token]) -> bool:
    return any(token.kind in _WORDS for token in tokens)


def _place(tokens: Sequence[Token]) -> Place | None:
    """From the first to the last token that is no mark."""
    marks = _MARKS - kinds("OPEN CLOSE")
    core = [token for token in tokens if token.kind not in marks]
    return (core[0].start, core[-1].end) if _has_words(core) else None
