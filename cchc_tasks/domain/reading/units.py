"""A lead or cooperating cell read: the units as printed, apart from roles, sections, periods and remarks."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from difflib import get_close_matches
from functools import lru_cache

from cchc_tasks.domain.periods import Years
from cchc_tasks.domain.reading.findings import Question, UnitCell, UnitMention
from cchc_tasks.domain.reading.text import normalise, search_key
from cchc_tasks.domain.reading.unit_cells.beside import mention, names_units
from cchc_tasks.domain.reading.unit_cells.cutting import Cut, cut
from cchc_tasks.domain.reading.unit_cells.lists import names
from cchc_tasks.domain.reading.unit_cells.phrases import phrases
from cchc_tasks.domain.reading.unit_cells.words import AS_ABOVE, NONE


def read_units(cell: str, years: Years | None = None) -> UnitCell:
    """Read who stands in a cell (docs/units.md); `years` are the plan's, for leads that change ("Phòng TCCB (quý I)").

    Names that hold a comma or "và" themselves stay whole ("Các phòng CM, NV"). What stands in brackets or behind the
    name becomes its role, section, period, share or remark. A cell that says "none" names nobody, one that says "as
    above" asks.
    """
    units: list[UnitMention] = []
    questions: list[Question] = []
    unread: list[str] = []
    for unit, asks in _mentions(cut(cell), years, depth=0):
        questions += asks
        if _key(unit.text) in _AS_ABOVE:
            unread.append(unit.text)
            questions.append(Question("unit-as-above", "lead", _AS_ABOVE_TEXT.format(words=unit.text), None, unit.text))
        elif _key(unit.text) in _NONE:
            unread.append(unit.text)
        else:
            units.append(unit)
    unread += [question.words for question in questions if question.words and question.code != "unit-as-above"]
    return UnitCell(cell, tuple(_with_shared_role(units)), tuple(unread), tuple(questions))


@lru_cache(maxsize=4096)
def unit_key(text: str) -> str:
    """What two spellings of one unit share: the key under which a directory looks names up.

    Diacritics are dropped, because no two units of one office differ by them alone, while plans are typed without
    them or with a wrong one. Marks, "và" and a trailing "(thuộc) Sở (GDĐT)" do not count, hyphens within
    abbreviations neither: "KH-TC" is "KHTC", "Văn phòng Sở" is "Văn phòng".
    """
    joined = _IN_ABBREVIATION.sub("", normalise(text).text)
    words = [word for word in re.split(r"[\W_]+", search_key(joined)) if word and word != "va"]
    key = " ".join(words)
    return _OF_THE_OFFICE.sub("", key) or key


def nearest(text: str, known: Iterable[str]) -> str | None:
    """The known name that a mistyped one most likely means; None when nothing is close."""
    by_key = {unit_key(name): name for name in known}
    close = get_close_matches(unit_key(text), by_key, n=1, cutoff=0.8)
    return by_key[close[0]] if close else None


_AS_ABOVE_TEXT = "Ô ghi “{words}”, cần ghi rõ tên đơn vị."
_LETTERLESS = re.compile(r"\W+")
_DEEPEST = 2


def _mentions(cell: Cut, years: Years | None, *, depth: int) -> Iterator[tuple[UnitMention, list[Question]]]:
    """The units of a cell with their questions; behind each those that its brackets name."""
    for phrase in names(cell, phrases(cell)):
        unit, asks = mention(cell, phrase, years)
        if unit.text:
            yield unit, asks
        for inside in cell.inside(phrase.start, phrase.deed[1] if phrase.deed else phrase.end):
            if depth < _DEEPEST and (names_units(cell, inside) or not unit.text):
                yield from _mentions(cut(inside), years, depth=depth + 1)


def _with_shared_role(units: Sequence[UnitMention]) -> Iterator[UnitMention]:
    """A last "(phối hợp)" said of all behind the lead: "A (chủ trì), B, C (phối hợp)"."""
    roles = [unit.role for unit in units]
    led = "lead" in roles and roles[-1] == "cooperating"
    behind = len(roles) - roles[::-1].index("lead") if led else len(roles)
    for place, unit in enumerate(units):
        yield replace(unit, role="cooperating") if place >= behind and unit.role is None else unit


def _key(text: str) -> str:
    return _LETTERLESS.sub("", search_key(text))


_NONE = frozenset(_key(words) for words in NONE.split("|"))
_AS_ABOVE = frozenset(_key(words) for words in AS_ABOVE.split("|"))
_IN_ABBREVIATION = re.compile(r"(?<=[A-ZĐ])\s?[-&]\s?(?=[A-ZĐ](?:[A-ZĐ]|\W|$))")
_OF_THE_OFFICE = re.compile(r"(?: (?<!truc )thuoc)? so(?: gd ?dt| giao duc dao tao)?$")
