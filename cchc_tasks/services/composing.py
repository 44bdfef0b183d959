"""Gathers what one person's morning message says, from the rungs that go out with it."""

from collections.abc import Mapping
from datetime import date

from cchc_tasks.domain.digest import Digest, DigestItem, folded
from cchc_tasks.domain.reminders import INTRODUCTION, aim_day
from cchc_tasks.domain.vocabulary import Stage
from cchc_tasks.models.obligation import Obligation
from cchc_tasks.models.outbox import Delivery
from cchc_tasks.ports import DigestWriter, Message
from cchc_tasks.store.unit_of_work import UnitOfWork


def compose(
    uow: UnitOfWork, writer: DigestWriter, delivery: Delivery, address: str, *, on: date, base_url: str
) -> Message | None:
    """The message of a delivery in the words of a day; None where nothing of it still waits for its unit."""
    spoken = uow.outbox.rungs_of(delivery.id or 0)
    if not spoken:
        return None
    base = base_url.rstrip("/")
    person = uow.directory.person(delivery.person_id)
    names = {unit_id: unit.name for unit_id, unit in uow.directory.units().items()}
    leads = uow.obligations.leads([one.id or 0 for _, one in spoken])
    calendar = uow.office.calendar()
    items = []
    for reminder, obligation in spoken:
        others = tuple(names[one] for one in leads[obligation.id or 0] if one != person.unit_id)
        due_on = obligation.due_on
        if obligation.stage is Stage.RETURNED and obligation.supplement_due_on:
            due_on = obligation.supplement_due_on
        bound = obligation.bound if due_on == obligation.due_on else None
        facts = _facts(uow, obligation)
        items.append(
            DigestItem(
                code=facts["code"],
                title=facts["title"],
                link=f"{base}/nhiem-vu/{obligation.id}",
                plan=facts["plan"],
                wanted=tuple(one.title for one in uow.obligations.checklist(obligation.id or 0)),
                due_on=due_on,
                aim_on=aim_day(due_on, bound, calendar) if due_on else None,
                bound=bound,
                at=obligation.at,
                is_new=reminder.rung == INTRODUCTION,
                with_units=others,
                returned_because=_reason(uow, obligation),
            )
        )
    digest = Digest(
        person=person.name,
        unit=names[person.unit_id],
        authority=uow.directory.authority().name,
        secretariat=_secretariat(uow, spoken[0][1], names),
        on=on,
        all_link=f"{base}/viec-cua-don-vi",
        items=folded(items),
    )
    written = writer.write(digest)
    return Message(address, person.name, written.subject, written.text, written.html, _reference(delivery))


def _facts(uow: UnitOfWork, obligation: Obligation) -> dict[str, str]:
    duty = uow.obligations.duty(obligation.duty_id)
    plan = uow.plans.get(duty.plan_id)
    label = f" ({obligation.label})" if obligation.label else ""
    number = f"Kế hoạch số {plan.number}" if plan.number else plan.title
    return {"code": duty.code, "title": f"{duty.title.rstrip('.')}{label}", "plan": number}


def _reason(uow: UnitOfWork, obligation: Obligation) -> str | None:
    """Why the last submission came back, while it is the unit's turn to complete it."""
    if obligation.stage is not Stage.RETURNED:
        return None
    evidence_id = uow.evidence.latest_for(obligation.id or 0)
    if evidence_id is None:
        return None
    decided = uow.evidence.verification(uow.evidence.last_revision(evidence_id).id or 0)
    return decided.reason if decided else None


def _secretariat(uow: UnitOfWork, obligation: Obligation, names: Mapping[int, str]) -> str:
    plan = uow.plans.get(uow.obligations.duty(obligation.duty_id).plan_id)
    return names[plan.secretariat_id or uow.directory.secretariat().id or 0]


def _reference(delivery: Delivery) -> str:
    """What tells a repeat: the same for every try of the same delivery."""
    return f"{delivery.business_on:%Y%m%d}-{delivery.kind.value.lower()}-{delivery.id}"
