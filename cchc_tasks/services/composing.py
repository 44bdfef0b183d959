"""Writes the messages of one run: a person's morning from the rungs that go out with it, a leader's week, an alert."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from cchc_tasks.domain.digest import Digest, folded
from cchc_tasks.domain.message_words import MessageWords
from cchc_tasks.domain.office_digest import OfficeMatters
from cchc_tasks.domain.vocabulary import Channel, DeliveryKind, Role
from cchc_tasks.domain.weekly_summary import WeeklyFacts, WeeklySummary
from cchc_tasks.models.directory import Person
from cchc_tasks.models.outbox import Delivery
from cchc_tasks.ports import AlertLetter, DigestWriter, Message, Written
from cchc_tasks.services.digest_items import ItemMaker
from cchc_tasks.services.office_matters import office_matters
from cchc_tasks.services.weekly_facts import weekly_facts
from cchc_tasks.store.rungs import Spoken
from cchc_tasks.store.unit_of_work import UnitOfWork

LinkFor = Callable[[UnitOfWork, int, int], str | None]  # for an obligation and a person: a link of their own, or None


class Composer:
    """Looks up once for all of a run's messages: names, the calendar, the office's sentences, what waits for it.

    `link_for` may give a link that opens an obligation for a person without a password; it is never kept.
    """

    def __init__(
        self, uow: UnitOfWork, writer: DigestWriter, *, on: date, base_url: str, link_for: LinkFor | None = None
    ) -> None:
        self._writer = writer
        self._on = on
        self._base = base_url.rstrip("/")
        self._names = {unit_id: unit.name for unit_id, unit in uow.directory.units().items()}
        self._authority = uow.directory.authority().name
        self._secretariat = self._names[uow.directory.secretariat().id or 0]
        self._words = MessageWords(uow.message_words.own())
        self._items = ItemMaker(self._names, uow.office.calendar(), on=on, base_url=self._base, link_for=link_for)
        self._office: OfficeMatters | None = None
        self._week: WeeklyFacts | None = None

    def compose(self, uow: UnitOfWork, delivery: Delivery) -> Message | None:
        """The message of a delivery in the words of the run's day; None where nothing is left to say to its person.

        Without an address the message's recipient is empty.
        """
        person = uow.directory.person(delivery.person_id)
        match delivery.kind:
            case DeliveryKind.ALERT:
                return self._alert(uow, delivery, person)
            case DeliveryKind.WEEKLY:
                return self._weekly(uow, delivery, person)
        return self._morning(uow, delivery, person)

    def _morning(self, uow: UnitOfWork, delivery: Delivery, person: Person) -> Message | None:
        spoken = uow.rungs.of_delivery(delivery.id or 0)
        office = self._office_part(uow, person) if delivery.kind is DeliveryKind.DIGEST else None
        if not spoken and office is None:
            return None
        digest = self._digest(uow, spoken, person)
        if office is not None:
            digest = replace(digest, office=office.without({one.obligation.id or 0 for one in spoken}))
        kept = digest.stored()
        stored = None if kept == digest else self._writer.write(kept)
        return _message(uow, delivery, person, self._writer.write(digest), stored)

    def _digest(self, uow: UnitOfWork, spoken: Sequence[Spoken], person: Person) -> Digest:
        unit_id = spoken[0].plan.secretariat_id if spoken else None
        return Digest(
            person=person.name,
            unit=self._names[person.unit_id],
            authority=self._authority,
            secretariat=self._names.get(unit_id or 0, self._secretariat),
            on=self._on,
            all_link=f"{self._base}/viec-cua-don-vi",
            items=folded(self._items.made(uow, spoken, person)),
            site=self._base,
            words=self._words,
        )

    def _office_part(self, uow: UnitOfWork, person: Person) -> OfficeMatters | None:
        """What waits for the secretariat, for its people; None where nothing does."""
        if person.role is not Role.SECRETARIAT or not person.active:
            return None
        if self._office is None:
            self._office = office_matters(uow, self._on)
        return None if self._office.is_empty else self._office

    def _weekly(self, uow: UnitOfWork, delivery: Delivery, person: Person) -> Message | None:
        if not person.active:
            return None
        if self._week is None:
            self._week = weekly_facts(uow, self._on)
        spoken = uow.rungs.of_delivery(delivery.id or 0)
        facts = self._week.without({one.obligation.id or 0 for one in spoken})
        summary = WeeklySummary(self._digest(uow, spoken, person), facts)
        kept = summary.stored()
        stored = None if kept == summary else self._writer.write_weekly(kept)
        return _message(uow, delivery, person, self._writer.write_weekly(summary), stored)

    def _alert(self, uow: UnitOfWork, delivery: Delivery, person: Person) -> Message | None:
        raised = tuple(dict.fromkeys(one.text for one in uow.running.alerts(delivery.business_on)))
        if not raised or not person.active:
            return None
        link = f"{self._base}/tong-quan"
        letter = AlertLetter(person.name, self._authority, delivery.business_on, raised, link)
        return _message(uow, delivery, person, self._writer.write_alert(letter))


def _message(
    uow: UnitOfWork, delivery: Delivery, person: Person, written: Written, stored: Written | None = None
) -> Message:
    """The message to a person's address; the reference is the same for every try of the same delivery."""
    address = uow.directory.address(person.id or 0, Channel.MAIL) or ""
    reference = f"{delivery.business_on:%Y%m%d}-{delivery.kind.value.lower()}-{delivery.id}"
    return Message(address, person.name, written.subject, written.text, written.html, reference, stored)
