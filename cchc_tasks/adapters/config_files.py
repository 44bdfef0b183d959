"""Reads the files of the config folder that fill a new database; what is wrong in them is said by file and entry."""

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from cchc_tasks.domain.directory import DirectorySeed, GroupSeed, PersonSeed, UnitSeed, check_directory
from cchc_tasks.domain.directory_rows import DirectoryRows, GroupRow, PersonRow, UnitRow
from cchc_tasks.domain.errors import ConfigInvalid, FileMissing, FileUnreadable
from cchc_tasks.domain.office_calendar import Holiday
from cchc_tasks.domain.regimes import FIRST_MONTH, Regime, RegimeDate
from cchc_tasks.domain.reminders import SUPPLEMENT, Ladder
from cchc_tasks.domain.vocabulary import Bound, DayKind, Frequency, Role, UnitKind

T = TypeVar("T")
W = TypeVar("W", bound=StrEnum)


def read_directory(path: Path) -> DirectorySeed:
    """Units, groups and people of a units.toml, checked; raises ConfigInvalid or DirectoryInvalid."""
    content = _load(path)
    with _named(path, "authority, secretariat"):
        authority, secretariat = content.text("authority"), content.text("secretariat")
    units = tuple(_each(path, content, "unit", _unit))
    seed = DirectorySeed(
        authority=authority,
        secretariat=secretariat,
        units=units,
        groups=tuple(_each(path, content, "group", lambda entry: _group(entry, units))),
        people=tuple(_each(path, content, "person", _person)),
    )
    check_directory(seed)
    return seed


def read_directory_rows(path: Path) -> DirectoryRows:
    """What a file in units.toml's shape adds to a directory, each entry by its place; raises ConfigInvalid."""
    content = _load(path)
    units = tuple(_each(path, content, "unit", _unit))
    groups = _each(path, content, "group", lambda entry: _group(entry, units))
    people = _each(path, content, "person", _person)
    return DirectoryRows(
        units=tuple(UnitRow(f"unit thứ {place}", one) for place, one in enumerate(units, start=1)),
        groups=tuple(GroupRow(f"group thứ {place}", one) for place, one in enumerate(groups, start=1)),
        people=tuple(PersonRow(f"person thứ {place}", one) for place, one in enumerate(people, start=1)),
    )


def read_ladders(path: Path) -> tuple[Ladder, ...]:
    """The reminder ladders: one for every frequency that has dates, and the one for a hạn bổ sung."""
    ladders = tuple(_each_named(path, _ladder))
    named = {ladder.name for ladder in ladders}
    for name in (*Frequency, SUPPLEMENT):
        if name not in named and name is not Frequency.DAILY:
            raise ConfigInvalid(path=path.name, where=name, reason="thiếu thang nhắc việc này")
    return ladders


def read_due_soon(path: Path) -> dict[str, int]:
    """From how many days before the due day a duty counts as due soon, by ladder."""
    return dict(_each_named(path, lambda name, entry: (name, entry.number("due_soon"))))


def read_regimes(path: Path) -> tuple[Regime, ...]:
    """The reporting regimes, the one to be proposed first."""
    return tuple(_each(path, _load(path), "regime", _regime))


def read_holidays(path: Path) -> tuple[Holiday, ...]:
    """Days off and days worked instead, with what decided them."""
    return tuple(_each(path, _load(path), "day", _holiday))


class _Entry:
    """A table of a file: values are asked for by name and kind; raises ValueError with the reason in Vietnamese."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self._values = values

    def __contains__(self, key: str) -> bool:
        return key in self._values

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def text(self, key: str) -> str:
        return self._value(key, str, "chữ trong ngoặc kép")

    def texts(self, key: str) -> tuple[str, ...]:
        """The strings of a list; none where the key is absent."""
        return self._all(key, str, "danh sách các chữ trong ngoặc kép") if key in self else ()

    def number(self, key: str) -> int:
        return _not_negative(key, self._value(key, int, "số"))

    def numbers(self, key: str) -> tuple[int, ...]:
        return tuple(_not_negative(key, number) for number in self._all(key, int, "danh sách các số"))

    def day(self, key: str) -> date:
        return self._value(key, date, "ngày ghi theo mẫu 2026-03-05, không có ngoặc kép")

    def flag(self, key: str) -> bool:
        return self._value(key, bool, "true hoặc false")

    def word(self, key: str, words: type[W]) -> W:
        return _word(key, self.text(key), words)

    def words(self, key: str, words: type[W]) -> tuple[W, ...]:
        return tuple(_word(key, text, words) for text in self.texts(key))

    def table(self, key: str) -> "_Entry":
        return _Entry(self._value(key, dict, "mục có tên trong ngoặc vuông"))

    def tables(self, key: str) -> tuple["_Entry", ...]:
        """The tables of a list; none where the key is absent."""
        return tuple(_Entry(values) for values in self._all(key, dict, "danh sách các mục")) if key in self else ()

    def _value(self, key: str, kind: type[T], meant: str) -> T:
        if key not in self:
            raise ValueError(f"thiếu {key}")
        value = self._values[key]
        if not isinstance(value, kind) or isinstance(value, bool) is not (kind is bool):
            raise ValueError(f"{key} phải là {meant}")
        return value

    def _all(self, key: str, kind: type[T], meant: str) -> tuple[T, ...]:
        values: list[Any] = self._value(key, list, meant)
        if not all(isinstance(value, kind) for value in values):
            raise ValueError(f"{key} phải là {meant}")
        return tuple(values)


def _not_negative(key: str, number: int) -> int:
    if number < 0:
        raise ValueError(f"{key} không được là số âm")
    return number


def _word(key: str, text: str, words: type[W]) -> W:
    if text not in {word.value for word in words}:
        raise ValueError(f"{key} là “{text}”, không thuộc: {', '.join(words)}")
    return words(text)


def _load(path: Path) -> _Entry:
    if not path.exists():
        raise FileMissing(path=path)
    try:
        return _Entry(tomllib.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise FileUnreadable(path=path) from error
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        where = f"dòng {line[1]}" if line else "cuối tệp"
        raise ConfigInvalid(path=path.name, where=where, reason="sai cú pháp TOML") from error
    except UnicodeDecodeError as error:
        raise ConfigInvalid(path=path.name, where="toàn tệp", reason="không phải văn bản mã UTF-8") from error


def _each(path: Path, content: _Entry, table: str, make: Callable[[_Entry], T]) -> Iterator[T]:
    with _named(path, table):
        entries = content.tables(table)
    for number, entry in enumerate(entries, start=1):
        with _named(path, f"{table} thứ {number}"):
            yield make(entry)


def _each_named(path: Path, make: Callable[[str, _Entry], T]) -> Iterator[T]:
    content = _load(path)
    for name in content:
        with _named(path, name):
            yield make(name, content.table(name))


@contextmanager
def _named(path: Path, where: str) -> Iterator[None]:
    """Say which entry of which file could not be used."""
    try:
        yield
    except ValueError as error:
        raise ConfigInvalid(path=path.name, where=where, reason=str(error)) from error


def _unit(entry: _Entry) -> UnitSeed:
    return UnitSeed(
        code=entry.text("code"),
        name=entry.text("name"),
        kind=entry.word("kind", UnitKind),
        parent=entry.text("parent") if "parent" in entry else None,
        aliases=entry.texts("aliases"),
        valid_from=entry.day("valid_from") if "valid_from" in entry else None,
        valid_to=entry.day("valid_to") if "valid_to" in entry else None,
    )


def _group(entry: _Entry, units: tuple[UnitSeed, ...]) -> GroupSeed:
    kinds, left_out = entry.words("of_kind", UnitKind), entry.texts("without")
    members = [*entry.texts("members"), *(unit.code for unit in units if unit.kind in kinds)]
    return GroupSeed(
        code=entry.text("code"),
        name=entry.text("name"),
        aliases=entry.texts("aliases"),
        members=tuple(code for code in dict.fromkeys(members) if code not in left_out),
        stands_for=entry.text("stands_for") if "stands_for" in entry else None,
        reason=entry.text("reason") if "reason" in entry else None,
    )


def _person(entry: _Entry) -> PersonSeed:
    return PersonSeed(
        user=entry.text("user"),
        name=entry.text("name"),
        role=entry.word("role", Role),
        unit=entry.text("unit"),
        mail=entry.text("mail") if "mail" in entry else None,
    )


def _ladder(name: str, entry: _Entry) -> Ladder:
    at_most = entry.number("at_most") if "at_most" in entry else None
    if at_most == 0:
        raise ValueError("at_most phải từ 1")
    return Ladder(name, entry.numbers("before"), entry.numbers("after"), at_most)


def _regime(entry: _Entry) -> Regime:
    return Regime(
        code=entry.text("code"),
        name=entry.text("name"),
        reporters=entry.texts("reporters"),
        dates=tuple(_regime_date(one) for one in entry.tables("dates")),
        receipt_only=entry.flag("receipt_only"),
    )


def _regime_date(entry: _Entry) -> RegimeDate:
    label, period, month, day = entry.text("label"), entry.text("period"), entry.number("month"), entry.number("day")
    if period not in FIRST_MONTH:
        raise ValueError(f"period là “{period}”, không thuộc: {', '.join(FIRST_MONTH)}")
    if not _is_in_every_year(month, day):
        raise ValueError(f"không phải năm nào cũng có ngày {day}/{month}")
    return RegimeDate(
        label, period, month, day, entry.word("bound", Bound), entry.text("receiver"), entry.text("level")
    )


def _is_in_every_year(month: int, day: int) -> bool:
    try:
        date(2023, month, day)  # a common year
    except ValueError:
        return False
    return True


def _holiday(entry: _Entry) -> Holiday:
    return Holiday(
        day=entry.day("day"),
        kind=entry.word("kind", DayKind),
        name=entry.text("name"),
        document=entry.text("document"),
        decided=entry.flag("decided") if "decided" in entry else True,
    )
