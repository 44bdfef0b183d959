"""Rows of a directory to be imported, and how a table of a document becomes such rows."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from cchc_tasks.domain.access import ROLE_IN_WORDS
from cchc_tasks.domain.directory import KIND_IN_WORDS, GroupSeed, PersonSeed, UnitSeed
from cchc_tasks.domain.errors import DirectoryFileUnknown
from cchc_tasks.domain.lengths import NAME as LONGEST
from cchc_tasks.domain.reading.document import Grid, SourceDocument
from cchc_tasks.domain.reading.text import search_key, tidy
from cchc_tasks.domain.vocabulary import Role, UnitKind

T = TypeVar("T")

CODE, NAME, KIND, PARENT, ALIASES, GROUPS = "ma", "ten", "loai", "cap tren", "ten khac", "nhom"
USER, FULL_NAME, ROLE, UNIT, MAIL = "tai khoan", "ho ten", "vai tro", "don vi", "thu dien tu"
UNITS_NEED, PEOPLE_NEED = (CODE, NAME, KIND), (USER, FULL_NAME, ROLE, UNIT)
SAID = {
    CODE: "mã",
    NAME: "tên",
    KIND: "loại",
    USER: "tài khoản",
    FULL_NAME: "họ tên",
    ROLE: "vai trò",
    UNIT: "đơn vị",
}
# beside the words of the house, what offices write in a column
_KINDS = {search_key(words): kind for kind, words in KIND_IN_WORDS.items()} | {
    **{kind.value.lower(): kind for kind in UnitKind},
    "to": UnitKind.SECTION,
    "bo phan": UnitKind.SECTION,
    "truc thuoc": UnitKind.SUBORDINATE,
    "cap xa": UnitKind.LOWER_TIER,
    "truong thuoc xa": UnitKind.LOWER_TIER,
    "co quan ngoai": UnitKind.EXTERNAL,
}
_ROLES = {search_key(words): role for role, words in ROLE_IN_WORDS.items()} | {
    **{role.value.lower(): role for role in Role},
    "thuong truc": Role.SECRETARIAT,
    "lanh dao": Role.LEADER,
    "can bo dau moi": Role.FOCAL,
    "dau moi": Role.FOCAL,
}


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit of the file; `where` says on which row it stands, `groups` are codes or names."""

    where: str
    seed: UnitSeed
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A group of the file."""

    where: str
    seed: GroupSeed


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person of the file."""

    where: str
    seed: PersonSeed


@dataclass(frozen=True, slots=True)
class DirectoryRows:
    """Everything a file holds, and what of it could not be read, one sentence each."""

    units: tuple[UnitRow, ...] = ()
    groups: tuple[GroupRow, ...] = ()
    people: tuple[PersonRow, ...] = ()
    wrongs: tuple[str, ...] = ()


def read_directory_tables(document: SourceDocument, path: str) -> DirectoryRows:
    """The tables of units and of people in a document; raises DirectoryFileUnknown where it has neither."""
    units: list[UnitRow] = []
    people: list[PersonRow] = []
    wrongs: list[str] = []
    known = False
    for grid in document.grids:
        columns = _columns(grid)
        if set(PEOPLE_NEED) <= set(columns):
            people += _each(grid, columns, "người dùng", _person, wrongs)
        elif set(UNITS_NEED) <= set(columns):
            units += _each(grid, columns, "đơn vị", _unit, wrongs)
        else:
            continue
        known = True
    if not known:
        raise DirectoryFileUnknown(path=path)
    return DirectoryRows(tuple(units), (), tuple(people), tuple(wrongs))


def _columns(grid: Grid) -> dict[str, int]:
    first = grid.rows[0].cells if grid.rows else ()
    return {search_key(cell.text): place for place, cell in enumerate(first)}


def _each(
    grid: Grid, columns: Mapping[str, int], table: str, make: Callable[[str, Mapping[str, str]], T], wrongs: list[str]
) -> Iterator[T]:
    for number, row in enumerate(grid.rows[1:], start=2):
        cells = {name: " ".join(tidy(row.cells[place].text).split()) for name, place in columns.items()}
        where = f"Bảng {table}, dòng {number}"
        try:
            if any(cells.values()):
                yield make(where, cells)
        except ValueError as error:
            wrongs.append(f"{where}: {error}.")


def _refuse_unfit(cells: Mapping[str, str], needed: Sequence[str]) -> None:
    missing = [SAID[name] for name in needed if not cells[name]]
    if missing:
        raise ValueError(f"thiếu {', '.join(missing)}")
    long = [SAID[name] for name in needed if len(cells[name]) > LONGEST]
    if long:
        raise ValueError(f"{', '.join(long)} dài quá {LONGEST} ký tự")


def _unit(where: str, cells: Mapping[str, str]) -> UnitRow:
    """One row; raises ValueError with the reason."""
    _refuse_unfit(cells, UNITS_NEED)
    kind = _KINDS.get(search_key(cells[KIND]))
    if kind is None:
        raise ValueError(f"loại “{cells[KIND]}” không thuộc: {', '.join(KIND_IN_WORDS.values())}")
    seed = UnitSeed(
        code=cells[CODE],
        name=cells[NAME],
        kind=kind,
        parent=cells.get(PARENT) or None,
        aliases=_several(cells.get(ALIASES, "")),
    )
    return UnitRow(where, seed, _several(cells.get(GROUPS, "")))


def _person(where: str, cells: Mapping[str, str]) -> PersonRow:
    """One row; raises ValueError with the reason."""
    _refuse_unfit(cells, PEOPLE_NEED)
    role = _ROLES.get(search_key(cells[ROLE]))
    if role is None:
        raise ValueError(f"vai trò “{cells[ROLE]}” không thuộc: {', '.join(ROLE_IN_WORDS.values())}")
    return PersonRow(where, PersonSeed(cells[USER], cells[FULL_NAME], role, cells[UNIT], cells.get(MAIL) or None))


def _several(cell: str) -> tuple[str, ...]:
    """What a cell lists, separated by semicolons: names of units hold commas."""
    return tuple(one.strip() for one in cell.split(";") if one.strip())
