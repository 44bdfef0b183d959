"""What a batch of messages needs to know, looked up once for all of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from cchc_tasks.domain.vocabulary import Channel
from cchc_tasks.models.directory import Contact, Person
from cchc_tasks.models.outbox import Delivery
from cchc_tasks.store.rungs import Spoken
from cchc_tasks.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Gathered:
    """What stands around some deliveries: by delivery, by person, or by obligation."""

    spoken: Mapping[int, Sequence[Spoken]]  # by delivery: what it speaks of
    people: Mapping[int, Person]
    contacts: Mapping[tuple[int, Channel], Contact]
    with_password: frozenset[int]
    leads: Mapping[int, Sequence[int]]  # by obligation, those that ask for input included: the units that lead it
    wanted: Mapping[int, tuple[str, ...]]  # by obligation: what it must produce
    named: Mapping[int, Sequence[tuple[Person, date | None]]]


def gather(uow: UnitOfWork, deliveries: Sequence[Delivery]) -> Gathered:
    """Look up what these deliveries' messages need."""
    spoken = uow.rungs.of_deliveries([one.id or 0 for one in deliveries])
    said = [one for rungs in spoken.values() for one in rungs]
    obligations = {one.obligation.id or 0 for one in said}
    asking = {one.obligation.parent_id for one in said if one.obligation.parent_id}
    readers = {one.person_id for one in deliveries}
    checklists = uow.obligations.checklists(obligations)
    return Gathered(
        spoken=spoken,
        people=uow.people.by_id(readers | {one.reminder.person_id for one in said}),
        contacts={(one.person_id, one.channel): one for one in uow.contacts.of_people(readers)},
        with_password=uow.accounts.with_password(readers),
        leads=uow.obligations.leads(obligations | asking),
        wanted={one: tuple(item.title for item in items) for one, items in checklists.items()},
        named=uow.obligations.named(obligations),
    )
