"""The directory as it is first entered: units, groups and people, checked before a row of it is written."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import chain

from cchc_tasks.domain.errors import DirectoryInvalid
from cchc_tasks.domain.reading.units import unit_key
from cchc_tasks.domain.vocabulary import Role, UnitKind

MAIL = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")

KIND_IN_WORDS = {
    UnitKind.AUTHORITY: "Sở",
    UnitKind.DEPARTMENT: "phòng",
    UnitKind.SECTION: "tổ, bộ phận",
    UnitKind.SUBORDINATE: "đơn vị trực thuộc",
    UnitKind.LOWER_TIER: "cấp xã và trường thuộc xã",
    UnitKind.EXTERNAL: "cơ quan ngoài Sở",
}


@dataclass(frozen=True, slots=True)
class UnitSeed:
    """A unit with every name that plans give it."""

    code: str
    name: str
    kind: UnitKind
    parent: str | None = None
    aliases: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class GroupSeed:
    """A collective name: with members, standing for one unit, or with the reason why nobody is written to."""

    code: str
    name: str
    aliases: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    stands_for: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class PersonSeed:
    """Somebody with an account."""

    user: str
    name: str
    role: Role
    unit: str
    mail: str | None = None


@dataclass(frozen=True, slots=True)
class DirectorySeed:
    """Everything together; `secretariat` is the unit a new plan proposes."""

    authority: str
    secretariat: str
    units: tuple[UnitSeed, ...]
    groups: tuple[GroupSeed, ...]
    people: tuple[PersonSeed, ...]


def check_directory(seed: DirectorySeed) -> None:
    """Raise DirectoryInvalid, with one concrete reason, where the directory could not be worked with."""
    codes = [unit.code for unit in seed.units]
    known = set(codes)
    for reason in chain(  # one after the other: a circle can be sought only among parents that exist
        _twice("mã đơn vị", codes),
        _twice("mã nhóm", [group.code for group in seed.groups]),
        _twice("tên người dùng", [person.user for person in seed.people]),
        _unknown(known, seed),
        _circles(seed.units),
        _claimed_twice(seed),
        _without_reach(seed),
        _mails(seed.people),
        _offices(seed),
    ):
        raise DirectoryInvalid(reason=reason)


def circling(parents: Mapping[str, str | None]) -> Iterator[str]:
    """The codes from which the way upwards comes back to a unit it has passed."""
    for code in parents:
        seen, above = {code}, parents[code]
        while above is not None:
            if above in seen:
                yield code
                break
            seen.add(above)
            above = parents[above]


def _twice(what: str, values: Iterable[str]) -> Iterator[str]:
    yield from (f"{what} “{value}” ghi hai lần" for value, times in Counter(values).items() if times > 1)


def _unknown(known: set[str], seed: DirectorySeed) -> Iterator[str]:
    named = [(f"đơn vị “{unit.code}”", unit.parent) for unit in seed.units]
    named += [
        (f"nhóm “{group.code}”", member) for group in seed.groups for member in (*group.members, group.stands_for)
    ]
    named += [(f"người dùng “{person.user}”", person.unit) for person in seed.people]
    named += [("authority", seed.authority), ("secretariat", seed.secretariat)]
    yield from (f"{who} nhắc đến mã “{code}” không có" for who, code in named if code and code not in known)


def _circles(units: Iterable[UnitSeed]) -> Iterator[str]:
    for code in circling({unit.code: unit.parent for unit in units}):
        yield f"đơn vị “{code}” nằm trong vòng cấp trên, cấp dưới"


def _claimed_twice(seed: DirectorySeed) -> Iterator[str]:
    owners: dict[str, str] = {}
    names = [(unit.code, (unit.code, unit.name, *unit.aliases)) for unit in seed.units]
    names += [(group.code, (group.name, *group.aliases)) for group in seed.groups]
    for owner, called in names:
        for name in called:
            first = owners.setdefault(unit_key(name), owner)
            if first != owner:
                yield f"tên gọi “{name}” thuộc cả “{first}” và “{owner}”"


def _without_reach(seed: DirectorySeed) -> Iterator[str]:
    """Every group leads somewhere or says why not; every unit that owes work has somebody to write to."""
    for group in seed.groups:
        if not (group.members or group.stands_for or group.reason):
            yield f"nhóm “{group.code}” không có thành viên và không nêu lý do"
    reached = {person.unit for person in seed.people if person.mail and person.role in (Role.HEAD, Role.FOCAL)}
    for unit in seed.units:
        if unit.kind not in (UnitKind.EXTERNAL, UnitKind.AUTHORITY) and unit.code not in reached:
            yield f"đơn vị “{unit.code}” chưa có trưởng đơn vị hoặc cán bộ đầu mối có địa chỉ thư"


def _mails(people: Iterable[PersonSeed]) -> Iterator[str]:
    for person in people:
        if person.mail and not MAIL.fullmatch(person.mail):
            yield f"địa chỉ thư “{person.mail}” của “{person.user}” không đúng"


def _offices(seed: DirectorySeed) -> Iterator[str]:
    kinds = [unit.code for unit in seed.units if unit.kind is UnitKind.AUTHORITY]
    if kinds != [seed.authority]:
        yield "phải có đúng một đơn vị loại AUTHORITY, là đơn vị ghi ở authority"
    if not any(person.role is Role.SECRETARIAT and person.unit == seed.secretariat for person in seed.people):
        yield f"đơn vị thường trực “{seed.secretariat}” chưa có người với vai trò SECRETARIAT"
