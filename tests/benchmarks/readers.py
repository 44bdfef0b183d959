"""Readers side by side: our grammar, a bare regular expression, dateparser and the constant 31/12, on gold."""

import calendar
import csv
import json
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import dateparser.search

from cchc_tasks.domain.occurrences import due_dates
from cchc_tasks.domain.periods import Years
from cchc_tasks.domain.reading.deadlines import read_deadline
from tests.making.careful_readings import FOLDER, CarefulReading, careful_readings

Read = tuple[set[date], bool]  # the due dates, and whether the office is asked
Reader = Callable[[str, Years], Read]
GOLD = Path(__file__).parents[3] / "shared" / "gold"
_TIME = re.compile(
    r"quý\s+(?P<q>[IV]+|[1-4])|(?P<d>\d{1,2})[/.-](?P<m>\d{1,2})|tháng\s+(?P<mo>\d{1,2})|năm\s+(?P<y>\d{4})", re.I
)
_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4}


def measure() -> Iterator[str]:
    """A line for every reader and table: exact, wrong, asked, and how many phrases a second."""
    yield f"{'':28} {'reader':>12} {'phrases':>8} {'exact':>6} {'wrong':>6} {'asked':>6} {'a second':>9}"
    for name, readings in _tables():
        for reader, read in READERS.items():
            begun = time.process_time()
            counts = Counter(_judged(one, read) for one in readings)
            speed = len(readings) / (time.process_time() - begun)
            exact, wrong, asked = (counts[kind] for kind in ("exact", "wrong", "asked"))
            yield f"{name:28} {reader:>12} {len(readings):>8} {exact:>6} {wrong:>6} {asked:>6} {speed:>9,.0f}"


def grammar(phrase: str, years: Years) -> Read:
    """Our own reading."""
    reading = read_deadline(phrase, years)
    dates = {due.due_on for part in reading.parts for due in due_dates(part.rule, years)}
    return dates, bool(reading.questions)


def bare_expression(phrase: str, years: Years) -> Read:
    """Quarters, days, months and years wherever they stand, in the plan's first year: what a first script does."""
    found: set[date] = set()
    year = next((int(match["y"]) for match in _TIME.finditer(phrase) if match["y"]), years.first)
    for match in _TIME.finditer(phrase):
        if match["d"] and 1 <= int(match["m"]) <= 12:
            last = calendar.monthrange(year, int(match["m"]))[1]
            found.add(date(year, int(match["m"]), max(1, min(int(match["d"]), last))))
            continue
        month = int(match["mo"] or 12)
        if match["q"]:
            month = 3 * (int(match["q"]) if match["q"].isdigit() else _ROMAN.get(match["q"].upper(), 4))
        if 1 <= month <= 12:
            found.add(date(year, month, calendar.monthrange(year, month)[1]))
    return found, False


def dateparser_in_vietnamese(phrase: str, years: Years) -> Read:
    """dateparser, told the language, the order of days and months, and the plan's year."""
    settings = {
        "DATE_ORDER": "DMY",
        "PREFER_DAY_OF_MONTH": "last",
        "RELATIVE_BASE": datetime(years.first, 12, 31, tzinfo=UTC).replace(tzinfo=None),
    }
    found = dateparser.search.search_dates(phrase, languages=["vi"], settings=settings) or []
    return {moment.date() for _, moment in found}, False


def constant(_phrase: str, years: Years) -> Read:
    """The last day of every year of the plan, whatever is written."""
    return {date(year, 12, 31) for year in years}, False


READERS: dict[str, Reader] = {
    "grammar": grammar,
    "expression": bare_expression,
    "dateparser": dateparser_in_vietnamese,
    "constant": constant,
}


def _judged(one: CarefulReading, read: Reader) -> str:
    dates, asked = read(one.phrase, one.years)
    return one.judge(dates, asked=asked)


def _tables() -> Iterator[tuple[str, list[CarefulReading]]]:
    for table in sorted(FOLDER.glob("*.tsv")):
        if table.stem != "units":
            yield f"tests/readings/{table.stem}", careful_readings(table)
    for name in ("deadlines", "deadlines_robustness", "not_deadlines") if GOLD.is_dir() else ():
        yield f"gold/{name}", _gold(GOLD / f"{name}.tsv")


def _gold(path: Path) -> list[CarefulReading]:
    """The distinct phrases of a gold table, which knows no "ask": a question without a date is as good as no date."""
    rows: dict[tuple[str, str], CarefulReading] = {}
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            days = {date.fromisoformat(day) for part in json.loads(row["gold"]) for day in part["due"]}
            years = Years.parse(row["plan_year"])
            rows[row["phrase"], row["plan_year"]] = CarefulReading(
                row["phrase"], years, frozenset(days), (), must_ask=False, may_ask=False
            )
    return list(rows.values())
