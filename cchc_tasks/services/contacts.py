"""Where a person is reached: which channels, in which order, at which address, and which were left aside."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from cchc_tasks.domain.access import Action, Actor, require
from cchc_tasks.domain.channels import CHANNEL_IN_WORDS, TRAITS, address_of, channel_named, masked
from cchc_tasks.domain.errors import (
    ContactOfAdministrator,
    ContactOnGroupChannel,
    ContactRankInvalid,
    ContactUnknown,
)
from cchc_tasks.domain.vocabulary import Channel, Role
from cchc_tasks.models.directory import Person
from cchc_tasks.store.database import Database
from cchc_tasks.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class ContactLine:
    """One address; `bad_since` and `bad_why` where it was left aside."""

    channel: Channel
    words: str
    address: str
    rank: int
    bad_since: datetime | None
    bad_why: str | None


@dataclass(frozen=True, slots=True)
class PersonContacts:
    """A person with the addresses in the order in which they are tried."""

    user: str
    name: str
    role: Role
    unit: str
    active: bool
    may_change: bool  # whether the one who looks may
    contacts: tuple[ContactLine, ...]


def list_contacts(database: Database, user: str, *, actor: Actor) -> PersonContacts:
    """Where a person is reached. Raises UserUnknown, NoRight."""
    require(actor, Action.MANAGE_CONTACTS)
    with database.read() as uow:
        person = uow.people.with_user(user)
        rows = uow.contacts.of(person.id or 0)
        return PersonContacts(
            user=person.user,
            name=person.name,
            role=person.role,
            unit=uow.directory.unit(person.unit_id).name,
            active=person.active,
            may_change=_may_change(actor, person),
            contacts=tuple(
                ContactLine(one.channel, CHANNEL_IN_WORDS[one.channel], one.address, place, one.bad_since, one.bad_why)
                for place, one in enumerate(rows, start=1)
            ),
        )


def set_contact(
    database: Database,
    user: str,
    channel: Channel,
    address: str,
    *,
    actor: Actor,
    now: datetime,
    rank: int | None = None,
) -> str:
    """Keep where a person is reached on a channel, as which of their channels it is tried, and give the address.

    Without `rank` a new one comes last and one of before keeps its place. Raises ContactAddressInvalid,
    ContactOnGroupChannel, ContactRankInvalid, UserUnknown, ContactOfAdministrator, NoRight.
    """
    require(actor, Action.MANAGE_CONTACTS)
    if TRAITS[channel].for_group:
        raise ContactOnGroupChannel(channel=CHANNEL_IN_WORDS[channel])
    if rank is not None and not 1 <= rank <= len(Channel):
        raise ContactRankInvalid(most=len(Channel))
    kept = address_of(channel, address)
    with database.write(now) as uow:
        person = _person(uow, user, actor)
        before = uow.contacts.of(person.id or 0)
        former = next((one.address for one in before if one.channel is channel), None)
        order = [one.channel for one in before]
        if channel not in order:
            order.append(channel)
        if rank is not None:
            order.remove(channel)
            order.insert(rank - 1, channel)
        addresses = {one.channel: one.address for one in before} | {channel: kept}
        for place, one in enumerate(order, start=1):
            uow.contacts.set(person.id or 0, one, addresses[one], place)
        facts = {"channel": channel, "address": masked(kept), "rank": order.index(channel) + 1}
        told = facts | ({"former": masked(former)} if former and former != kept else {})
        uow.note(actor.user, "contact.set", f"user:{user}", **told)
    return kept


def remove_contact(database: Database, user: str, channel: Channel, *, actor: Actor, now: datetime) -> None:
    """Forget where a person is reached on a channel.

    Raises ContactUnknown, UserUnknown, ContactOfAdministrator, NoRight.
    """
    require(actor, Action.MANAGE_CONTACTS)
    with database.write(now) as uow:
        person = _person(uow, user, actor)
        if not uow.contacts.remove(person.id or 0, channel):
            raise ContactUnknown(name=person.name, channel=channel_named(channel))
        uow.note(actor.user, "contact.remove", f"user:{user}", channel=channel)


def use_contact_again(database: Database, user: str, channel: Channel, *, actor: Actor, now: datetime) -> bool:
    """Try an address again that was left aside; false where it was not.

    Raises ContactUnknown, UserUnknown, ContactOfAdministrator, NoRight.
    """
    require(actor, Action.MANAGE_CONTACTS)
    with database.write(now) as uow:
        person = _person(uow, user, actor)
        if uow.contacts.on(person.id or 0, channel) is None:
            raise ContactUnknown(name=person.name, channel=channel_named(channel))
        again = uow.contacts.mark_good(person.id or 0, channel)
        if again:
            uow.note(actor.user, "contact.good", f"user:{user}", channel=channel)
        return again


def bad_contacts(database: Database, *, actor: Actor) -> Sequence[tuple[str, str, ContactLine]]:
    """Every address that was left aside, with its person's user name and name. Raises NoRight."""
    require(actor, Action.MANAGE_CONTACTS)
    with database.read() as uow:
        return [
            (
                person.user,
                person.name,
                ContactLine(
                    one.channel, CHANNEL_IN_WORDS[one.channel], one.address, one.rank, one.bad_since, one.bad_why
                ),
            )
            for person, one in uow.contacts.bad()
        ]


def _person(uow: UnitOfWork, user: str, actor: Actor) -> Person:
    person = uow.people.with_user(user)
    if not _may_change(actor, person):
        raise ContactOfAdministrator
    return person


def _may_change(actor: Actor, person: Person) -> bool:
    """Whoever could redirect an administrator's messages could read the alerts that are about them."""
    return person.role is not Role.ADMINISTRATOR or actor.role is Role.ADMINISTRATOR
