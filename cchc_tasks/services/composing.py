"""Gathers what one person's morning message says, from the rungs that go out with it."""

from datetime import date

from cchc_tasks.domain.digest import Digest, DigestItem, folded
from cchc_tasks.domain.reminders import INTRODUCTION, aim_day
from cchc_tasks.domain.vocabulary import Channel, Stage
from cchc_tasks.models.duty import Duty
from cchc_tasks.models.obligation import Obligation
from cchc_tasks.models.outbox import Delivery
from cchc_tasks.models.plan import Plan
from cchc_tasks.ports import DigestWriter, Message
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
            items.append(self._item(one, wanted, others, _reason(uow, one.obligation)))
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

    def _item(self, spoken: Spoken, wanted: tuple[str, ...], others: tuple[str, ...], reason: str | None) -> DigestItem:
        obligation = spoken.obligation
        due_on, bound = obligation.due_on, obligation.bound
        if obligation.stage is Stage.RETURNED and obligation.supplement_due_on:
            due_on, bound = obligation.supplement_due_on, None
        return DigestItem(
            code=spoken.duty.code,
            title=_title(spoken.duty, obligation),
            link=f"{self._base}/nhiem-vu/{obligation.id}",
            plan=_plan(spoken.plan),
            wanted=wanted,
            due_on=due_on,
            aim_on=aim_day(due_on, bound, self._calendar) if due_on else None,
            bound=bound,
            at=obligation.at,
            is_new=spoken.reminder.rung == INTRODUCTION,
            with_units=others,
            returned_because=reason,
        )


def _title(duty: Duty, obligation: Obligation) -> str:
    label = f" ({obligation.label})" if obligation.label else ""
    return f"{duty.title.rstrip('.')}{label}"


def _plan(plan: Plan) -> str:
    return f"Kế hoạch số {plan.number}" if plan.number else plan.title


def _reason(uow: UnitOfWork, obligation: Obligation) -> str | None:
    """Why the last submission came back, while it is the unit's turn to complete it."""
    if obligation.stage is not Stage.RETURNED:
        return None
    evidence_id = uow.evidence.latest_for(obligation.id or 0)
    if evidence_id is None:
        return None
    decided = uow.evidence.verification(uow.evidence.last_revision(evidence_id).id or 0)
    return decided.reason if decided else None


def _reference(delivery: Delivery) -> str:
    """What tells a repeat: the same for every try of the same delivery."""
    return f"{delivery.business_on:%Y%m%d}-{delivery.kind.value.lower()}-{delivery.id}"
