"""Which citations mean one document, and which numbers look like one number mistyped."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from cchc_tasks.domain.reading.cited.mentions import Mention
from cchc_tasks.domain.reading.cited.types import SYMBOL_TYPE
from cchc_tasks.domain.reading.text import search_key


@dataclass(slots=True)
class Cited:
    """A document with its mentions so far, in order."""

    mentions: list[Mention] = field(default_factory=list)

    @property
    def dates(self) -> list[date]:
        """The days it is cited with, each once."""
        return list(dict.fromkeys(one.dated for one in self.mentions if one.dated))

    def takes(self, mention: Mention) -> bool:
        """Whether a mention of its number means this very document.

        Numbers begin anew each year, and a province's and a district's may be alike (Decree 30/2020/NĐ-CP, article 15):
        another year is another document, unless the day and month or the subject are the same.
        """
        if _levels(self.mentions) and (level := _levels([mention])) and level != _levels(self.mentions):
            return False
        if mention.dated is None or not self.dates or year_named_by(mention.number):
            return True
        near = any(
            day.year == mention.dated.year or (day.day, day.month) == (mention.dated.day, mention.dated.month)
            for day in self.dates
        )
        subjects = {search_key(one.subject) for one in self.mentions if one.subject}
        return near or search_key(mention.subject or "") in subjects


def gathered(mentions: Iterable[Mention]) -> list[Cited]:
    """The documents in the order of their first mention."""
    documents: list[Cited] = []
    by_number: dict[str, list[Cited]] = {}
    for mention in mentions:
        known = by_number.setdefault(number_key(mention.number), [])
        cited = next((one for one in reversed(known) if mention.dated in one.dates), None)
        cited = cited or next((one for one in reversed(known) if one.takes(mention)), None)
        if cited is None:
            cited = Cited()
            known.append(cited)
            documents.append(cited)
        cited.mentions.append(mention)
    return documents


def number_key(number: str) -> str:
    """One key for "04/NQ-CP", "4/NQ-CP" and "4/Nq-CP"."""
    return number.casefold().lstrip("0")


def year_named_by(number: str) -> int | None:
    """The year in a number: 2020 in "45/2020/NĐ-CP"."""
    found = re.match(r"\d+[a-zA-Z]?/((?:19|20)\d\d)/", number)
    return int(found[1]) if found else None


def may_be_one(first: Cited, second: Cited) -> bool:
    """Whether two numbers, cited with one type and one day, look like one mistyped.

    "3078" and "3087" do, and for a plan "12/SGDĐT" and "12/KH-SGDĐT". Neighbouring numbers ("85" and "86") do not: an
    office numbers many documents a day.
    """
    one, other = first.mentions[0], second.mentions[0]
    if one.type != other.type or first.dates != second.dates:
        return False
    if _levels(first.mentions) != _levels(second.mentions) and _levels(first.mentions) and _levels(second.mentions):
        return False
    serial, symbol = _cut(one.number)
    other_serial, other_symbol = _cut(other.number)
    if serial == other_serial:
        return _organ_is_alike(symbol, other_symbol)
    longer = max(serial, other_serial, key=len)
    return symbol == other_symbol and len(longer) > 2 and _is_one_slip(serial, other_serial)


_LEVELS = {
    "province": re.compile(r"\b(?:tinh|thanh pho|tp)\b"),
    "district": re.compile(r"\b(?:huyen|quan|thi xa)\b"),
    "commune": re.compile(r"\b(?:xa|phuong|thi tran)\b"),
}
_TYPE_PART = re.compile(rf"(?:{SYMBOL_TYPE})[-/]", re.IGNORECASE)


def _levels(mentions: Sequence[Mention]) -> str | None:
    """The level of government its issuer names, where it names just one."""
    issuers = " ".join(search_key(one.issuer) for one in mentions if one.issuer).replace("thi xa", "thixa")
    named = [level for level, words in _LEVELS.items() if words.search(issuers.replace("thixa", "huyen"))]
    return named[0] if len(named) == 1 else None


def _cut(number: str) -> tuple[str, str]:
    found = re.match(r"0*(\d+[a-z]?)[/-](.*)", number.casefold())
    return (found[1], found[2]) if found else (number, "")


def _organ_is_alike(symbol: str, other: str) -> bool:
    """Whether two symbols differ in no more than the type or one letter: "QĐ-SGDĐT" and "SGDDĐT"."""
    first, second = _TYPE_PART.sub("", symbol, count=1), _TYPE_PART.sub("", other, count=1)
    return first == second or (min(len(first), len(second)) > 3 and _is_one_slip(first, second))


def _is_one_slip(one: str, other: str) -> bool:
    """Whether two neighbouring signs are swapped, or one is missing."""
    short, long = sorted((one, other), key=len)
    if len(short) == len(long):
        places = [place for place, (a, b) in enumerate(zip(short, long, strict=True)) if a != b]
        if len(places) != 2 or places[1] - places[0] != 1:
            return False
        first, second = places
        return short[first] == long[second] and short[second] == long[first]
    return any(long[:place] + long[place + 1 :] == short for place in range(len(long)))
