"""Gathers what one person's morning message says, from the rungs that go out with it."""

from datetime import date

from cchc_tasks.domain.dates_in_words import short_date
from cchc_tasks.domain.digest import Digest, DigestItem, folded
from cchc_tasks.domain.lifecycle import Submission, late_after
from cchc_tasks.domain.reminders import INTRODUCTION, aim_day, bound_left
from cchc_tasks.domain.titles import obligation_title
from cchc_tasks.domain.vocabulary import Bound, Channel, DeliveryKind, Outcome, Stage
from cchc_tasks.models.evidence import Verification
from cchc_tasks.models.obligation import Obligation
from cchc_tasks.models.outbox import Delivery
from cchc_tasks.models.plan import Plan
from cchc_tasks.ports import AlertLetter, DigestWriter, Message
from cchc_tasks.store.outbox import Spoken
from cchc_tasks.store.unit_of_work import UnitOfWork


class Composer:
    """Writes the messages of one run; names of units and the calendar are looked up once for all of them."""

    def __init__(self, uow: UnitOfWork, writer: DigestWriter, *, on: date, base_url: str) -> None:
        self._writer = writer
        self._on = on
        self._base = base_url.rstrip("/")
        self._names = {unit_id: unit.name for unit_id, unit in uow.directory.units().items()}
        self._authority = uow.directory.authority().name
        self._secretariat = uow.directory.secretariat().id
        self._calendar = uow.office.calendar()

    def compose(self, uow: UnitOfWork, delivery: Delivery) -> Message | None:
        """The message of a delivery in the words of the run's day; None where nothing of it still waits for its unit.

        Without an address the message's recipient is empty.
        """
        if delivery.kind is DeliveryKind.ALERT:
            return self._alert(uow, delivery)
        spoken = uow.outbox.rungs_of(delivery.id or 0)
        if not spoken:
            return None
        person = uow.directory.person(delivery.person_id)
        ids = [one.obligation.id or 0 for one in spoken]
        leads, checklists = uow.obligations.leads(ids), uow.obligations.checklists(ids)
        items = []
        for one in spoken:
            obligation_id = one.obligation.id or 0
            wanted = tuple(item.title for item in checklists.get(obligation_id, ()))
            others = tuple(self._names[unit] for unit in leads[obligation_id] if unit != person.unit_id)
            items.append(self._item(one, wanted, others, _return(uow, one.obligation)))
        digest = Digest(
            person=person.name,
            unit=self._names[person.unit_id],
            authority=self._authority,
            secretariat=self._names[spoken[0].plan.secretariat_id or self._secretariat or 0],
            on=self._on,
            all_link=f"{self._base}/viec-cua-don-vi",
            items=folded(items),
        )
        written = self._writer.write(digest)
        address = uow.directory.address(person.id or 0, Channel.MAIL) or ""
        return Message(address, person.name, written.subject, written.text, written.html, _reference(delivery))

    def _alert(self, uow: UnitOfWork, delivery: Delivery) -> Message | None:
        person = uow.directory.person(delivery.person_id)
        raised = tuple(dict.fromkeys(one.text for one in uow.running.alerts(delivery.business_on)))
        if not raised or not person.active:
            return None
        link = f"{self._base}/tong-quan"
        written = self._writer.write_alert(
            AlertLetter(person.name, self._authority, delivery.business_on, raised, link)
        )
        address = uow.directory.address(person.id or 0, Channel.MAIL) or ""
        return Message(address, person.name, written.subject, written.text, written.html, _reference(delivery))

    def _item(
        self, spoken: Spoken, wanted: tuple[str, ...], others: tuple[str, ...], returned: Verification | None
    ) -> DigestItem:
        obligation = spoken.obligation
        due_on, bound, named = self._day(obligation, returned)
        return DigestItem(
            code=spoken.duty.code,
            title=obligation_title(spoken.duty.title, obligation.label, obligation.period, obligation.frequency),
            link=f"{self._base}/nhiem-vu/{obligation.id}",
            plan=_plan(spoken.plan),
            wanted=wanted,
            due_on=due_on,
            aim_on=aim_day(due_on, bound, self._calendar) if due_on else None,
            bound=bound,
            at=obligation.at,
            is_new=spoken.reminder.rung == INTRODUCTION,
            with_units=others,
            named=named,
            note=_note(returned) if returned else None,
        )

    def _day(self, obligation: Obligation, returned: Verification | None) -> tuple[date | None, Bound | None, str]:
        """The day to speak of: the hạn bổ sung of a return until the obligation itself is late, else the due day."""
        own = bound_left(obligation.bound, obligation.due_on, obligation.stated_on)
        if returned is None or returned.supplement_due_on is None:
            return obligation.due_on, own, "hạn"
        handed = [Submission(self._on, returned.outcome)]
        last = late_after(obligation.due_on, returned.supplement_due_on, handed)
        if last is not None and self._on > last and returned.outcome is Outcome.RETURNED_TO_REDO:
            return obligation.due_on, own, "hạn"
        return returned.supplement_due_on, None, "hạn bổ sung"


def _plan(plan: Plan) -> str:
    return f"Kế hoạch số {plan.number}" if plan.number else plan.title


def _return(uow: UnitOfWork, obligation: Obligation) -> Verification | None:
    """What was decided about the last submission, while it is the unit's turn to complete it."""
    if obligation.stage is not Stage.RETURNED:
        return None
    evidence_id = uow.evidence.latest_for(obligation.id or 0)
    if evidence_id is None:
        return None
    return uow.evidence.verification(uow.evidence.last_revision(evidence_id).id or 0)


def _note(returned: Verification) -> str:
    asked = "làm lại" if returned.outcome is Outcome.RETURNED_TO_REDO else "bổ sung"
    until = f" đến {short_date(returned.supplement_due_on)}" if returned.supplement_due_on else ""
    return f"Yêu cầu {asked}{until}: {returned.reason}"


def _reference(delivery: Delivery) -> str:
    """What tells a repeat: the same for every try of the same delivery."""
    return f"{delivery.business_on:%Y%m%d}-{delivery.kind.value.lower()}-{delivery.id}"
