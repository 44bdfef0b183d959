"""The list of obligations: looked for by words, standing, unit, area and month, a page at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from cchc_tasks.domain.access import Action, Actor, Scope, require, scope
from cchc_tasks.domain.errors import UnitUnknown
from cchc_tasks.domain.extensions import Granted, extended_in_words
from cchc_tasks.domain.periods import last_day_of_month
from cchc_tasks.domain.reading.text import search_key
from cchc_tasks.domain.searching import sought
from cchc_tasks.domain.titles import obligation_title
from cchc_tasks.domain.vocabulary import Standing
from cchc_tasks.store.database import Database
from cchc_tasks.store.search import Filters, FoundRow
from cchc_tasks.store.unit_of_work import UnitOfWork

PAGE = 100
OPEN = frozenset({Standing.OVERDUE, Standing.DUE_SOON, Standing.ON_TRACK, Standing.AWAITING, Standing.NO_DEADLINE})


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for, as the page was asked; `standings` empty stands for all."""

    text: str = ""
    standings: frozenset[Standing] = OPEN
    unit: str | None = None  # a code
    area: str | None = None
    month: tuple[int, int] | None = None  # year, month
    page: int = 1


@dataclass(frozen=True, slots=True)
class Line:
    """One obligation of the list; `days` counts to its day (negative: past), None where nothing is counted."""

    id: int
    title: str
    duty_code: str
    due_on: date | None
    extended: str | None  # where a moved day comes from
    units: tuple[str, ...]
    standing: Standing | None
    days: int | None


@dataclass(frozen=True, slots=True)
class FoundPage:
    """A page of the list, the counts of all that fits, and what can be chosen."""

    lines: tuple[Line, ...]
    duties: int
    obligations: int
    page: int
    pages: int
    unknown: frozenset[str]  # "unit", "area": asked for, but there is none; left out
    units: tuple[tuple[str, str], ...]  # code and name; empty for those who see their own unit alone
    areas: tuple[str, ...]
    years: tuple[int, ...]


def search_obligations(database: Database, wanted: Wanted, *, on: date, actor: Actor) -> FoundPage:
    """Obligations by date; a unit's people see what their unit leads. An unknown unit or area is said, not refused."""
    require(actor, Action.SEE_OBLIGATIONS)
    with database.read() as uow:
        whole = scope(actor, Action.SEE_OBLIGATIONS) is Scope.ALL
        areas = uow.search.areas()
        filters, unknown = _filters(uow, wanted, areas)
        only = None if whole else [actor.unit_id or 0]
        soon = uow.office.due_soon_days()
        duties, obligations = uow.search.count(filters, only, on=on, due_soon_days=soon)
        pages = max(1, -(-obligations // PAGE))
        page = min(max(1, wanted.page), pages)
        rows = uow.search.page(filters, only, on=on, due_soon_days=soon, first=(page - 1) * PAGE, size=PAGE)
        ids = [row.id for row in rows]
        leads, moved = uow.search.lead_names(ids), uow.extensions.granted(ids)
        years = uow.search.years()
        units = sorted(uow.directory.units().values(), key=lambda unit: unit.id or 0) if whole else []
        return FoundPage(
            lines=tuple(_line(row, leads.get(row.id, []), moved.get(row.id, []), on) for row in rows),
            duties=duties,
            obligations=obligations,
            page=page,
            pages=pages,
            unknown=unknown,
            units=tuple((unit.code, unit.name) for unit in units),
            areas=tuple(areas),
            years=tuple(range(years[0], years[1] + 1)) if years else (),
        )


def _filters(uow: UnitOfWork, wanted: Wanted, areas: Sequence[str]) -> tuple[Filters, frozenset[str]]:
    unknown = set()
    unit_id = None
    if wanted.unit:
        try:
            unit_id = uow.directory.unit_with_code(wanted.unit).id
        except UnitUnknown:
            unknown.add("unit")
    if wanted.area and wanted.area not in areas:
        unknown.add("area")
    first = date(*wanted.month, 1) if wanted.month else None
    typed = sought(wanted.text)
    filters = Filters(
        words=_words(uow, typed.words),
        periods=typed.periods,
        standings=wanted.standings,
        unit_id=unit_id,
        area=None if "area" in unknown else wanted.area,
        due_from=first,
        due_to=last_day_of_month(first.year, first.month) if first else None,
    )
    return filters, frozenset(unknown)


def _words(uow: UnitOfWork, words: tuple[str, ...]) -> tuple[tuple[str, frozenset[str]], ...]:
    """Each word with the labels that hold it; labels are few and compared here, where diacritics can be left out."""
    keys = {label: search_key(label) for label in uow.search.labels()} if words else {}
    return tuple((word, frozenset(label for label, key in keys.items() if word in key)) for word in words)


def _line(row: FoundRow, units: list[str], moved: Sequence[Granted], on: date) -> Line:
    return Line(
        id=row.id,
        title=obligation_title(row.title, row.label, row.period, row.frequency),
        duty_code=row.duty_code,
        due_on=row.due_on,
        extended=extended_in_words(moved),
        units=tuple(units),
        standing=row.standing,
        days=_days(row, on),
    )


def _days(row: FoundRow, on: date) -> int | None:
    if row.due_on is None or row.standing is None:
        return None
    if row.standing in (Standing.OVERDUE, Standing.DUE_SOON, Standing.ON_TRACK):
        return (row.due_on - on).days
    return (row.due_on - row.judged_on).days if row.judged_on and row.judged_on > row.due_on else None
