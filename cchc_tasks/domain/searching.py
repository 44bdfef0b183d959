"""What somebody typed into the search box, taken apart: the periods it names, and the words left over."""

import re
from dataclasses import dataclass

from cchc_tasks.domain.periods import ROMAN_QUARTERS
from cchc_tasks.domain.reading.text import search_key

_PERIOD = re.compile(
    r"\b(?:quy (?P<quarter>iv|i{1,3}|[1-4])|(?P<half>6 thang (?:dau|cuoi))(?: nam)?|(?P<nine>9 thang)(?: nam)?"
    r"|thang 0?(?P<month>1[0-2]|[1-9]))\b(?:(?:/| nam | )(?P<year>20\d\d)\b)?"
)
_AFTER_A_WORD = (" ", "/", ",", ".", ";", ":", ")")


@dataclass(frozen=True, slots=True)
class NamedPeriod:
    """A period that was typed: how its code ends ("-Q1" of any year, "2026-Q1"), and how a title would print it."""

    ending: str
    phrases: tuple[str, ...]  # search keys; a title is matched with a space behind it


@dataclass(frozen=True, slots=True)
class Sought:
    """All of it must fit: every word occurs, every period is the obligation's or stands in its title."""

    words: tuple[str, ...] = ()
    periods: tuple[NamedPeriod, ...] = ()


def sought(text: str) -> Sought:
    """Read what was typed, with or without diacritics: "báo cáo quý I" is two words and the first quarter."""
    key = search_key(text)
    periods = tuple(dict.fromkeys(_named(found) for found in _PERIOD.finditer(key)))
    return Sought(tuple(dict.fromkeys(_PERIOD.sub(" ", key).split())), periods)


def _named(found: re.Match[str]) -> NamedPeriod:
    code, printed = _code(found)
    year = found["year"]
    if year:
        return NamedPeriod(f"{year}-{code}", tuple(f"{one}{link}{year}" for one in printed for link in ("/", " nam ")))
    return NamedPeriod(f"-{code}", tuple(f"{one}{end}" for one in printed for end in _AFTER_A_WORD))


def _code(found: re.Match[str]) -> tuple[str, tuple[str, ...]]:
    """The period's code without its year, and the ways to print it."""
    if quarter := found["quarter"]:
        ordinal = int(quarter) if quarter.isdigit() else ROMAN_QUARTERS.index(quarter.upper()) + 1
        return f"Q{ordinal}", (f"quy {ROMAN_QUARTERS[ordinal - 1].lower()}", f"quy {ordinal}")
    if half := found["half"]:
        return "H1" if half.endswith("dau") else "H2", (half,)
    if found["nine"]:
        return "9M", ("9 thang",)
    ordinal = int(found["month"])
    return f"{ordinal:02d}", tuple(dict.fromkeys((f"thang {ordinal}", f"thang {ordinal:02d}")))
