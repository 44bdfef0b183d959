"""Whose message can be looked at beforehand: the active people, for a field that proposes them."""

from dataclasses import dataclass

from cchc_tasks.domain.access import Action, Actor, require
from cchc_tasks.store.database import Database

PROPOSED = 500  # more are no help in a field; a name can always be typed


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody who may be written to."""

    user: str
    name: str
    unit: str


def list_recipients(database: Database, *, actor: Actor) -> list[Recipient]:
    """The active people by user name, as many as a field can propose."""
    require(actor, Action.MANAGE_REMINDING)
    with database.read() as uow:
        active = [one for one in uow.people.lines() if one.active]
    return [Recipient(one.user, one.name, one.unit) for one in active[:PROPOSED]]
