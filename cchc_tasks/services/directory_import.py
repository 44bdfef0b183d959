"""The office takes units, groups and people of a file into the directory: added or updated, never deleted."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from cchc_tasks.domain.access import Action, Actor, require
from cchc_tasks.domain.directory import GroupSeed, PersonSeed, UnitSeed
from cchc_tasks.domain.directory_comparison import Comparison, Present, compare
from cchc_tasks.domain.lifecycle import WAITING_FOR_UNIT
from cchc_tasks.domain.vocabulary import Role
from cchc_tasks.ports import DirectoryReader
from cchc_tasks.services.directory_rows_kept import keep_rows
from cchc_tasks.services.planning import RungPlanner
from cchc_tasks.store.database import Database
from cchc_tasks.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import changes, in words, or why it changes nothing; how many obligations were planned anew."""

    words: tuple[str, ...]
    wrongs: tuple[str, ...] = ()
    replanned: int = 0


def import_directory(
    database: Database,
    reader: DirectoryReader,
    path: Path,
    *,
    dry_run: bool,
    actor: Actor,
    today: date,
    now: datetime,
) -> Imported:
    """Take every row of a file in, or none where one is wrong; with `dry_run` nothing is kept.

    Members join their groups today. Whoever is new to a unit, or there in another role, hears of its open work from
    today on. Administrators are added and changed, and the secretariat's role is given, only by those who manage
    users. Raises what the reader raises, NoRight.
    """
    require(actor, Action.MANAGE_DIRECTORY)
    rows = reader.read(path)  # before the database is held: a file may take its time
    with database.rehearse(now) if dry_run else database.write(now) as uow:
        uow.obligations.hold_opening()
        present = _present(uow, today)
        compared = compare(rows, present)
        if _needs_managing_users(compared, present):
            require(actor, Action.MANAGE_USERS)
        if compared.wrongs:
            return Imported((), compared.wrongs)
        replanned = _plan_anew(uow, keep_rows(uow, compared, today), today)
        if compared.words:
            uow.note(actor.user, "directory.import", "directory", file=path.name, changes=compared.words)
        return Imported(compared.words, replanned=replanned)


def _present(uow: UnitOfWork, today: date) -> Present:
    units = uow.directory.units()
    groups = uow.directory.groups()
    codes = {unit_id: unit.code for unit_id, unit in units.items()} | {None: None}
    group_codes = {one.id: one.code for one in groups}
    members = uow.directory.memberships(today)
    people = uow.work.people(list(units))
    return Present(
        units={
            one.code: UnitSeed(one.code, one.name, one.kind, codes[one.parent_id], (), one.valid_from, one.valid_to)
            for one in units.values()
        },
        groups={
            one.code: GroupSeed(
                one.code,
                one.name,
                members=tuple(units[unit_id].code for unit_id in members.get(one.id or 0, ())),
                stands_for=codes[one.stands_for_id],
                reason=one.reason,
            )
            for one in groups
        },
        people={
            one.user: PersonSeed(one.user, one.name, one.role, units[one.unit_id].code, one.mail)
            for one in people
            if one.active
        },
        owners={
            key: codes[unit_id] or group_codes[group_id] for key, unit_id, group_id in uow.directory.owners_of_names()
        },
        gone=frozenset(
            {one.code for one in units.values() if one.valid_to is not None and one.valid_to < today}
            | {one.user for one in people if not one.active}
        ),
    )


def _needs_managing_users(compared: Comparison, present: Present) -> bool:
    """Whether an administrator is touched, or somebody is to have the secretariat's rights who had them not."""
    for one, _ in compared.people:
        before = present.people.get(one.seed.user)
        had, gets = before.role if before else None, one.seed.role
        if Role.ADMINISTRATOR in (had, gets) or (gets is Role.SECRETARIAT and had is not gets):
            return True
    return False


def _plan_anew(uow: UnitOfWork, unit_ids: frozenset[int], today: date) -> int:
    """Plan the open work that these units lead anew: other people hear of it now."""
    work = [one for one, _ in uow.obligations.listing(unit_ids) if one.stage in WAITING_FOR_UNIT] if unit_ids else []
    held = [uow.obligations.locked(one) for one in sorted(one.id or 0 for one in work)]
    RungPlanner(uow).plan_anew_all(held, not_before=today)
    return len(held)
