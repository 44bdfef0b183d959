"""What importing rows would change in a directory: what is added, what becomes otherwise, what cannot be."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from cchc_tasks.domain.access import ROLE_IN_WORDS
from cchc_tasks.domain.directory import KIND_IN_WORDS, MAIL, GroupSeed, PersonSeed, UnitSeed, circling
from cchc_tasks.domain.directory_rows import DirectoryRows, GroupRow, PersonRow, UnitRow
from cchc_tasks.domain.reading.units import unit_key
from cchc_tasks.domain.vocabulary import Role, UnitKind

_USER = re.compile(r"[a-z0-9][a-z0-9._-]{0,79}")


@dataclass(frozen=True, slots=True)
class Present:
    """The directory as it stands: `owners` says whom a name's key means, `gone` who works no more (codes, users)."""

    units: Mapping[str, UnitSeed]
    groups: Mapping[str, GroupSeed]
    people: Mapping[str, PersonSeed]
    owners: Mapping[str, str]
    gone: frozenset[str]


@dataclass(frozen=True, slots=True)
class Comparison:
    """The rows that change something, each in words beside it; nothing is to be written where something is wrong."""

    units: tuple[tuple[UnitRow, str], ...]
    groups: tuple[tuple[GroupRow, str], ...]
    people: tuple[tuple[PersonRow, str], ...]
    wrongs: tuple[str, ...]

    @property
    def words(self) -> tuple[str, ...]:
        """Every change in words, in the order of the file."""
        return tuple(words for _, words in (*self.units, *self.groups, *self.people))


def compare(rows: DirectoryRows, present: Present) -> Comparison:
    """Set rows beside the directory; what is not in the file stays as it is."""
    wrongs = [*rows.wrongs, *_wrong_units(rows, present), *_wrong_groups(rows, present), *_wrong_people(rows, present)]
    groups = {
        **{code: one.name for code, one in present.groups.items()},
        **{g.seed.code: g.seed.name for g in rows.groups},
    }
    return Comparison(
        units=tuple((one, words) for one in rows.units if (words := _unit_words(one, present, groups))),
        groups=tuple((one, words) for one in rows.groups if (words := _group_words(one, present))),
        people=tuple((one, words) for one in rows.people if (words := _person_words(one.seed, present))),
        wrongs=tuple(wrongs),
    )


def group_code(called: str, groups: Mapping[str, str]) -> str | None:
    """The code of the group that a file calls by its code or name; `groups` are names by code."""
    if called in groups:
        return called
    return next((code for code, name in groups.items() if unit_key(name) == unit_key(called)), None)


def _wrong_units(rows: DirectoryRows, present: Present) -> Iterator[str]:
    yield from _twice([(one.where, one.seed.code) for one in rows.units], "mã")
    known = {*present.units, *(one.seed.code for one in rows.units)}
    groups = {
        **{code: one.name for code, one in present.groups.items()},
        **{g.seed.code: g.seed.name for g in rows.groups},
    }
    owners = dict(present.owners)
    for one in rows.units:
        for reason in _wrong_unit(one.seed, present, known, owners):
            yield f"{one.where}: {reason}."
        for called in one.groups:
            if group_code(called, groups) is None:
                yield f"{one.where}: không có nhóm “{called}”."
    parents = {code: one.parent for code, one in present.units.items()}
    parents |= {one.seed.code: one.seed.parent or parents.get(one.seed.code) for one in rows.units}
    circles = set(circling({code: above if above in known else None for code, above in parents.items()}))
    for one in rows.units:  # of all in the circle those that the file put there
        if one.seed.code in circles:
            yield f"{one.where}: đơn vị “{one.seed.code}” nằm trong vòng cấp trên, cấp dưới."


def _wrong_unit(seed: UnitSeed, present: Present, known: set[str], owners: dict[str, str]) -> Iterator[str]:
    before = present.units.get(seed.code)
    if seed.parent and seed.parent not in known:
        yield f"không có đơn vị cấp trên “{seed.parent}”"
    if seed.code in present.gone:
        yield f"đơn vị “{seed.code}” không còn hoạt động"
    if (seed.kind is UnitKind.AUTHORITY) is not (before is not None and before.kind is UnitKind.AUTHORITY):
        yield "Sở chỉ có một và không đổi loại"
    days = (seed.valid_from, seed.valid_to)
    if before is not None and any(days) and days != (before.valid_from, before.valid_to):
        yield f"ngày bắt đầu, kết thúc của đơn vị đã có “{seed.code}” không đổi bằng tệp"
    for name in (seed.code, seed.name, *seed.aliases):
        owner = owners.setdefault(unit_key(name), seed.code)
        if owner != seed.code:
            yield f"tên gọi “{name}” đã thuộc “{owner}”"


def _wrong_groups(rows: DirectoryRows, present: Present) -> Iterator[str]:
    yield from _twice([(one.where, one.seed.code) for one in rows.groups], "mã nhóm")
    known = {*present.units, *(one.seed.code for one in rows.units)}
    for one in rows.groups:
        for code in (*one.seed.members, one.seed.stands_for):
            if code and code not in known:
                yield f"{one.where}: không có đơn vị “{code}”."
        for name in (one.seed.name, *one.seed.aliases):
            owner = present.owners.get(unit_key(name), one.seed.code)
            if owner != one.seed.code:
                yield f"{one.where}: tên gọi “{name}” đã thuộc “{owner}”."
        if not (one.seed.members or one.seed.stands_for or one.seed.reason or one.seed.code in present.groups):
            yield f"{one.where}: nhóm “{one.seed.code}” không có thành viên và không nêu lý do."


def _wrong_people(rows: DirectoryRows, present: Present) -> Iterator[str]:
    yield from _twice([(one.where, one.seed.user) for one in rows.people], "tài khoản")
    known = {*present.units, *(one.seed.code for one in rows.units)} - present.gone
    for one in rows.people:
        if one.seed.unit not in known:
            yield f"{one.where}: không có đơn vị “{one.seed.unit}” đang hoạt động."
        if one.seed.user in present.gone:
            yield f"{one.where}: người dùng “{one.seed.user}” đã ngừng."
        elif one.seed.user not in present.people and not _USER.fullmatch(one.seed.user):
            yield f"{one.where}: tài khoản “{one.seed.user}” phải là chữ thường không dấu, chữ số, dấu chấm, gạch."
        if one.seed.mail and not MAIL.fullmatch(one.seed.mail):
            yield f"{one.where}: địa chỉ thư “{one.seed.mail}” không đúng."
    roles = {user: one.role for user, one in present.people.items()} | {p.seed.user: p.seed.role for p in rows.people}
    if Role.SECRETARIAT not in roles.values():
        yield "Phải còn ít nhất một người có vai trò thường trực CCHC."


def _twice(named: Sequence[tuple[str, str]], what: str) -> Iterator[str]:
    times = Counter(value for _, value in named)
    first = {value: where for where, value in reversed(named)}
    yield from (
        f"{where}: {what} “{value}” đã ghi ở {first[value]}."
        for where, value in named
        if times[value] > 1 and where != first[value]
    )


def _unit_words(one: UnitRow, present: Present, groups: Mapping[str, str]) -> str:
    seed, before = one.seed, present.units.get(one.seed.code)
    there = {code for code, group in present.groups.items() if seed.code in group.members}
    joined = [groups[code] for called in one.groups if (code := group_code(called, groups)) and code not in there]
    if before is None:
        facts = [KIND_IN_WORDS[seed.kind], *([f"thuộc {seed.parent}"] if seed.parent else [])]
        facts += [f"nhóm {name}" for name in joined]
        return f"Thêm đơn vị {seed.code}: {seed.name} ({', '.join(facts)})"
    changed = [
        _became("tên", before.name, seed.name),
        _became("loại", KIND_IN_WORDS[before.kind], KIND_IN_WORDS[seed.kind]),
        _became("cấp trên", before.parent, seed.parent or before.parent),
        *(f"thêm tên gọi “{name}”" for name in seed.aliases if unit_key(name) not in present.owners),
        *(f"vào nhóm {name}" for name in joined),
    ]
    return _changed(f"Đơn vị {seed.code}", changed)


def _group_words(one: GroupRow, present: Present) -> str:
    seed, before = one.seed, present.groups.get(one.seed.code)
    if before is None:
        return f"Thêm nhóm {seed.code}: {seed.name} ({len(seed.members)} đơn vị)"
    changed = [
        _became("tên", before.name, seed.name),
        *(f"thêm tên gọi “{name}”" for name in seed.aliases if unit_key(name) not in present.owners),
        *(f"thêm thành viên {code}" for code in seed.members if code not in before.members),
    ]
    return _changed(f"Nhóm {seed.code}", changed)


def _person_words(seed: PersonSeed, present: Present) -> str:
    before = present.people.get(seed.user)
    if before is None:
        mail = f", {seed.mail}" if seed.mail else ""
        return f"Thêm người dùng {seed.user}: {seed.name}, {ROLE_IN_WORDS[seed.role]}, {seed.unit}{mail}"
    changed = [
        _became("họ tên", before.name, seed.name),
        _became("vai trò", ROLE_IN_WORDS[before.role], ROLE_IN_WORDS[seed.role]),
        _became("đơn vị", before.unit, seed.unit),
        _became("thư", before.mail, seed.mail or before.mail),
    ]
    return _changed(f"Người dùng {seed.user}", changed)


def _became(what: str, before: str | None, now: str | None) -> str:
    return "" if before == now else f"{what} “{before or 'chưa có'}” thành “{now}”"


def _changed(who: str, changed: Sequence[str]) -> str:
    said = [words for words in changed if words]
    return f"{who}: {'; '.join(said)}" if said else ""
