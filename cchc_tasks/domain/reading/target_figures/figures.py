"""The figures of a text: numbers with the unit and the thing they count, apart from dates and citations."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from cchc_tasks.domain.reading.target_figures.tokens import Tokens
from cchc_tasks.domain.reading.target_figures.words import MEASURES


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its unit, from one token to another; `upper` is the other end of a range.

    `kind` is "share" (of a hundred), "fraction", "points", "level", "rank" or "count". `below` says that the end of a
    range is not part of it ("đến dưới 90%").
    """

    value: Fraction
    unit: str
    kind: str
    first: int
    last: int
    of: str | None = None
    upper: Fraction | None = None
    below: bool = False


def read_figures(tokens: Tokens) -> list[Figure]:
    """The figures in their order; a level that only describes what another figure counts is part of its noun."""
    found = list(_figures(tokens))
    return [one for one in found if one.kind != "level" or not _describes(one, found, tokens)]


def of_end(figure: Figure, tokens: Tokens) -> int:
    """The last token of a figure and of what it is a share of."""
    return tokens.noun_end(figure.last + 1, _LONGEST_NOUN) if figure.of else figure.last


_LONGEST_NOUN = 12
_LONGEST_RATE = 2
_MEASURES = MEASURES.split("|")


def _figures(tokens: Tokens) -> Iterator[Figure]:
    place = 0
    while place < len(tokens):
        figure = _figure(tokens, place)
        if figure:
            yield figure
        place = max(place, figure.last if figure else place) + 1


def _describes(level: Figure, figures: list[Figure], tokens: Tokens) -> bool:
    """ "100% DVCTT mức độ 4": a share of the same clause is the figure to be reached."""
    first = level.first
    while first > 0 and tokens.word(first) not in _CLAUSE_ENDS:
        first -= 1
    last = level.last
    while last < len(tokens) and tokens.word(last) not in _CLAUSE_ENDS:
        last += 1
    return any(one.kind == "share" and first <= one.first < last for one in figures)


_CLAUSE_ENDS = (";", ".", ")")


def _figure(tokens: Tokens, place: int) -> Figure | None:
    """The figure that begins at a place; None for words, dates and numbers that are names ("Điều 5", "số 7")."""
    if tokens.number(place) is None or tokens.plays("SLASH", place - 1):
        return None
    if tokens.plays("NAMES", place - 1) and not tokens.plays("PERCENT", place + 1):
        return None
    if tokens.plays("LEVELNOUN", place - 1) and _is_list(tokens, place):
        return None
    if tokens.plays("SLASH", place + 1):
        return _fraction(tokens, place)
    first = _single(tokens, place)
    return _range(tokens, first) or first


def _is_list(tokens: Tokens, place: int) -> bool:
    """ "mức độ 3, 4", "mức độ 3-4": kinds of service rather than a level to reach."""
    glued = (tokens.number(place) or Fraction(0)).denominator != 1
    joined = tokens.plays("COMMA", place + 1) or tokens.plays("TO", place + 1) or tokens.word(place + 1) == "và"
    return glued or (joined and tokens.number(place + 2) is not None)


def _fraction(tokens: Tokens, place: int) -> Figure | None:
    """ "1/3 số đơn vị"; 15/6 and "số 12/KH" are none, and neither is a fraction of nothing."""
    over, under = tokens.number(place), tokens.number(place + 2)
    last = tokens.noun_end(place + 3, _LONGEST_NOUN)
    if over is None or not under or over > under or last < place + 3:
        return None
    return Figure(over / under, "", "fraction", place, place + 2, of=tokens.printed(place + 3, last))


def _single(tokens: Tokens, place: int) -> Figure:
    value = tokens.number(place) or Fraction(0)
    if tokens.plays("PERCENT", place + 1):
        last = tokens.noun_end(place + 2, _LONGEST_NOUN)
        of = tokens.printed(place + 2, last) if last > place + 1 else None
        unit = "‰" if tokens.word(place + 1) == "‰" else "%"
        return Figure(value, unit, "share", place, place + 1, of=of)
    if tokens.word(place + 1) == "điểm":
        percent = tokens.plays("PERCENT", place + 2)
        return Figure(value, "điểm phần trăm" if percent else "điểm", "points", place, place + 1 + percent)
    if tokens.plays("LEVELNOUN", place - 1):
        return Figure(value, tokens.word(place - 1), "level", place - 1, place)
    if tokens.plays("RANKNOUN", place - 1):
        return Figure(value, "hạng", "rank", place - 1, place)
    last = _unit_end(tokens, place)
    return Figure(value, tokens.printed(place + 1, last) if last > place else "", "count", place, last)


def _unit_end(tokens: Tokens, place: int) -> int:
    """The last token of what a bare number counts, with "/tháng" where it is a rate."""
    last = tokens.noun_end(place + 1, _LONGEST_NOUN)
    if last > place and tokens.plays("SLASH", last + 1) and tokens.word(last + 2).isalpha():
        return max(last + 2, tokens.noun_end(last + 2, _LONGEST_RATE))
    words = [tokens.word(place + step) for step in (1, 2, 3)]
    measure = max((length for length in (1, 2, 3) if " ".join(words[:length]) in _MEASURES), default=0)
    return place + measure if measure else last


def _range(tokens: Tokens, first: Figure) -> Figure | None:
    """ "85% đến 90%", "85-90%", "từ 85% đến dưới 90%": one figure with both ends."""
    joint = first.first + 1 if first.kind == "count" else first.last + 1
    if not tokens.plays("TO", joint):
        return None
    below = tokens.role("COMPARE", joint + 1) == "<"
    place = joint + 1 + below
    if tokens.number(place) is None:
        return None
    last = _single(tokens, place)
    if first.kind not in (last.kind, "count"):
        return None
    return replace(last, first=first.first, value=first.value, upper=last.value, below=below)
