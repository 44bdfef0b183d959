"""The text that the secretariat copies into a unit group's chat."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import groupby

from cchc_tasks.domain.access import Action, Actor, require
from cchc_tasks.domain.dates_in_words import full_date
from cchc_tasks.domain.errors import GroupUnknown, GroupWithoutMembers
from cchc_tasks.domain.group_text import Collection, GroupText
from cchc_tasks.domain.lifecycle import WAITING_FOR_UNIT
from cchc_tasks.domain.message_words import MessageWords
from cchc_tasks.domain.titles import obligation_title
from cchc_tasks.domain.vocabulary import Stage
from cchc_tasks.models.directory import UnitGroup
from cchc_tasks.store.database import Database
from cchc_tasks.store.group_collections import OwedRow
from cchc_tasks.store.unit_of_work import UnitOfWork

AHEAD = timedelta(days=14)


def group_text(database: Database, code: str, *, on: date, base_url: str, actor: Actor) -> GroupText:
    """What the units of a group owe, each its own, late or due within fourteen days; no personal data.

    Raises GroupUnknown, GroupWithoutMembers.
    """
    require(actor, Action.MANAGE_REMINDING)
    with database.read() as uow:
        group = _group(uow, code)
        members = {unit.id or 0: unit.name for unit in uow.directory.members(group.id or 0, on)}
        if not members:
            raise GroupWithoutMembers(group=group.name, day=full_date(on))
        rows = uow.group_collections.owed(list(members), on + AHEAD)
        return GroupText(
            group=group.name,
            authority=uow.directory.authority().name,
            secretariat=uow.directory.secretariat().name,
            on=on,
            link=f"{base_url.rstrip('/')}/viec-cua-don-vi",
            collections=tuple(_collections(rows, members)),
            words=MessageWords(uow.message_words.own()),
        )


def list_groups(database: Database, *, actor: Actor) -> Sequence[UnitGroup]:
    """The groups a text can be made for: those that have members and stand for no single unit."""
    require(actor, Action.MANAGE_REMINDING)
    with database.read() as uow:
        return [one for one in uow.directory.groups() if one.stands_for_id is None and one.reason is None]


def _group(uow: UnitOfWork, code: str) -> UnitGroup:
    found = next((one for one in uow.directory.groups() if one.code == code), None)
    if found is None:
        raise GroupUnknown(group=code)
    return found


def _collections(rows: Sequence[OwedRow], members: dict[int, str]) -> list[Collection]:
    found = []
    for _, owed in groupby(rows, key=lambda row: (row.due_on, row.duty_id, row.slot)):
        several = list(owed)
        first = several[0]
        waiting = [one for one in several if one.stage in WAITING_FOR_UNIT]
        if not waiting:
            continue  # a later day of those who were given one
        found.append(
            Collection(
                title=obligation_title(first.title, first.label, first.period, first.frequency),
                due_on=first.due_on,
                missing=tuple(members[one.unit_id] for one in waiting if one.stage is not Stage.RETURNED),
                returned=tuple(members[one.unit_id] for one in waiting if one.stage is Stage.RETURNED),
                total=len(several),
            )
        )
    return found
