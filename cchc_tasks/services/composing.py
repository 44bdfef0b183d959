"""Writes the messages of one run: a person's morning from the rungs that go out with it, a leader's week, an alert."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from cchc_tasks.domain.brief import brief_alert, brief_digest, brief_weekly
from cchc_tasks.domain.channels import TRAITS
from cchc_tasks.domain.digest import Digest, DigestItem, folded
from cchc_tasks.domain.message_words import MessageWords
from cchc_tasks.domain.office_digest import OfficeMatters
from cchc_tasks.domain.short_words import short_words
from cchc_tasks.domain.vocabulary import Channel, DeliveryKind, Role
from cchc_tasks.domain.weekly_summary import WeeklyFacts, WeeklySummary
from cchc_tasks.models.directory import Person
from cchc_tasks.models.outbox import Delivery
from cchc_tasks.ports import AlertLetter, DigestWriter, DueDate, Message, Written
from cchc_tasks.services.digest_items import ItemMaker, LinkFor
from cchc_tasks.services.gathering import Gathered
from cchc_tasks.services.office_matters import office_listens, office_matters
from cchc_tasks.services.weekly_facts import weekly_facts
from cchc_tasks.store.rungs import Spoken
from cchc_tasks.store.unit_of_work import UnitOfWork


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
        self._listens: frozenset[int] = frozenset()  # to whom it lists what waits for the secretariat
        self._week: WeeklyFacts | None = None

    def compose(self, uow: UnitOfWork, gathered: Gathered, delivery: Delivery) -> Message | None:
        """The message of a delivery in the words of the run's day; None where nothing is left to say to its person.

        Without an address the message's recipient is empty.
        """
        person = gathered.people[delivery.person_id]
        if delivery.sent_at is not None or delivery.kind is DeliveryKind.GROUP:
            return _as_kept(gathered, delivery, person)
        match delivery.kind:
            case DeliveryKind.ALERT:
                return self._alert(uow, gathered, delivery, person)
            case DeliveryKind.WEEKLY:
                return self._weekly(uow, gathered, delivery, person)
        return self._morning(uow, gathered, delivery, person)

    def _morning(self, uow: UnitOfWork, gathered: Gathered, delivery: Delivery, person: Person) -> Message | None:
        spoken = gathered.spoken.get(delivery.id or 0, ())
        office = self._office_part(uow, person) if delivery.kind is DeliveryKind.DIGEST else None
        if not spoken and office is None:
            return None
        items = tuple(self._items.made(uow, gathered, spoken, person))
        digest = self._digest(spoken, items, person)
        if office is not None:
            digest = replace(digest, office=office.without({one.obligation.id or 0 for one in spoken}))
        kept = digest.stored()
        content = _Content(
            self._writer.write(digest),
            None if kept == digest else self._writer.write(kept),
            partial(brief_digest, digest),
            partial(brief_digest, kept),
            digest,
            _dates(spoken, items),
        )
        return _message(gathered, delivery, person, content)

    def _digest(self, spoken: Sequence[Spoken], items: Sequence[DigestItem], person: Person) -> Digest:
        unit_id = spoken[0].plan.secretariat_id if spoken else None
        return Digest(
            person=person.name,
            unit=self._names[person.unit_id],
            authority=self._authority,
            secretariat=self._names.get(unit_id or 0, self._secretariat),
            on=self._on,
            all_link=f"{self._base}/viec-cua-don-vi",
            items=folded(items),
            site=self._base,
            words=self._words,
        )

    def _office_part(self, uow: UnitOfWork, person: Person) -> OfficeMatters | None:
        """What waits for the secretariat, for its people; they hear that nothing new does too."""
        if person.role is not Role.SECRETARIAT or not person.active:
            return None
        if self._office is None:
            self._listens = office_listens(uow, self._on)
            self._office = office_matters(uow, self._on)
        return replace(self._office, is_told=person.id not in self._listens)

    def _weekly(self, uow: UnitOfWork, gathered: Gathered, delivery: Delivery, person: Person) -> Message | None:
        spoken = gathered.spoken.get(delivery.id or 0, ())
        if not spoken and not person.active:
            return None
        if self._week is None:
            self._week = weekly_facts(uow, self._on)
        items = tuple(self._items.made(uow, gathered, spoken, person))
        facts = self._week.without({one.obligation.id or 0 for one in spoken})
        summary = WeeklySummary(self._digest(spoken, items, person), facts)
        kept = summary.stored()
        content = _Content(
            self._writer.write_weekly(summary),
            None if kept == summary else self._writer.write_weekly(kept),
            partial(brief_weekly, summary),
            partial(brief_weekly, kept),
            summary.digest,
            _dates(spoken, items),
        )
        return _message(gathered, delivery, person, content)

    def _alert(self, uow: UnitOfWork, gathered: Gathered, delivery: Delivery, person: Person) -> Message | None:
        raised = tuple(dict.fromkeys(one.text for one in uow.running.alerts(delivery.business_on)))
        if not raised or not person.active:
            return None
        link = f"{self._base}/tong-quan"
        letter = AlertLetter(person.name, self._authority, delivery.business_on, raised, link)
        said = partial(brief_alert, raised, link)
        content = _Content(self._writer.write_alert(letter), None, said, said)
        return _message(gathered, delivery, person, content)


@dataclass(frozen=True, slots=True)
class _Content:
    """One message as a letter, and what other channels carry of it; each as it goes out and as it may be kept.

    `brief` and `kept_brief` give as much as there is room for.
    """

    letter: Written
    kept_letter: Written | None
    brief: Callable[[int], str]
    kept_brief: Callable[[int], str]
    digest: Digest | None = None
    dates: tuple[DueDate, ...] = ()


def _message(gathered: Gathered, delivery: Delivery, person: Person, content: _Content) -> Message:
    """The message to a person's address on the delivery's channel."""
    contact = gathered.contacts.get((person.id or 0, delivery.channel))
    letter, address, reference = content.letter, contact.address if contact else "", _reference(delivery)
    words = (letter.subject, letter.text, letter.html)
    if delivery.channel is Channel.MAIL:
        kept = content.kept_letter
        return Message(address, person.name, *words, reference, kept, delivery.kind, dates=content.dates)
    room = TRAITS[delivery.channel].most
    return Message(
        address,
        person.name,
        *words,
        reference,
        Written(letter.subject, content.kept_brief(room), ""),
        delivery.kind,
        fields=short_words(content.digest) if content.digest else None,
        brief=content.brief(room),
        heard_at=contact.last_heard_at if contact else None,
    )


def _as_kept(gathered: Gathered, delivery: Delivery, person: Person) -> Message:
    """What went out before, or was posted, in the very words that were kept."""
    contact = gathered.contacts.get((person.id or 0, delivery.channel))
    to_group = delivery.kind is DeliveryKind.GROUP
    address = (delivery.recipient or "") if to_group else contact.address if contact else ""
    subject, text, html = delivery.subject or "", delivery.text or "", delivery.html or ""
    return Message(address, person.name, subject, text, html, _reference(delivery), kind=delivery.kind, brief=text)


def _reference(delivery: Delivery) -> str:
    """The same for every try of the same delivery."""
    return f"{delivery.business_on:%Y%m%d}-{delivery.kind.value.lower()}-{delivery.id}"


def _dates(spoken: Sequence[Spoken], items: Sequence[DigestItem]) -> tuple[DueDate, ...]:
    """What is due on a day, for a calendar, without a link that opens anything by itself."""
    return tuple(
        DueDate(
            f"obligation-{one.obligation.id}",
            one.obligation.due_version,
            item.due_on,
            item.title,
            item.stored_link or item.link,
        )
        for one, item in zip(spoken, items, strict=True)
        if item.due_on is not None
    )
