"""Turns the rungs of one message into its items: each obligation with what its reader has to know of it."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date

from cchc_tasks.domain.dates_in_words import short_date
from cchc_tasks.domain.digest import DigestItem, Reported
from cchc_tasks.domain.document_names import document_name
from cchc_tasks.domain.lifecycle import Submission, late_after
from cchc_tasks.domain.office_calendar import OfficeCalendar
from cchc_tasks.domain.reminders import INTRODUCTION, aim_day, bound_left, is_follow_up
from cchc_tasks.domain.titles import obligation_title
from cchc_tasks.domain.vocabulary import Bound, Outcome, Role, Stage
from cchc_tasks.models.directory import Person
from cchc_tasks.models.evidence import Verification
from cchc_tasks.models.obligation import Obligation
from cchc_tasks.services.gathering import Gathered
from cchc_tasks.store.rungs import Spoken
from cchc_tasks.store.unit_of_work import UnitOfWork

LinkFor = Callable[[Obligation, Sequence[int], Person, bool], str | None]  # leads, reader, whether they sign in


class ItemMaker:
    """Makes the items of a run's messages."""

    def __init__(
        self,
        names: Mapping[int, str],
        calendar: OfficeCalendar,
        *,
        on: date,
        base_url: str,
        link_for: LinkFor | None,
    ) -> None:
        self._names = names
        self._calendar = calendar
        self._on = on
        self._base = base_url
        self._link_for = link_for

    def made(
        self, uow: UnitOfWork, gathered: Gathered, spoken: Sequence[Spoken], reader: Person
    ) -> Iterator[DigestItem]:
        """One item for each rung, in the rungs' order, as this person reads it."""
        to_leaders = any(is_follow_up(one.reminder.rung) for one in spoken)
        focal = {gathered.leads[one.obligation.id or 0][0] for one in spoken} if to_leaders else set()
        heads = uow.standings.heads(focal) if to_leaders else {}
        for one in spoken:
            yield self._item(one, reader, gathered, _return(uow, one.obligation), heads)

    def _item(
        self,
        spoken: Spoken,
        reader: Person,
        around: Gathered,
        returned: Verification | None,
        heads: Mapping[int, str],
    ) -> DigestItem:
        obligation, hearer = spoken.obligation, spoken.reminder.person_id
        number, rung = obligation.id or 0, spoken.reminder.rung
        leads = around.leads[number]
        due_on, bound, named = self._day(obligation, returned)
        internal = obligation.internal_due_on if named == "hạn" else None
        asked_by = self._names[around.leads[obligation.parent_id][0]] if obligation.parent_id else None
        link, stored_link = self._links(obligation, leads, reader, around)
        return DigestItem(
            code=spoken.duty.code,
            title=_title(spoken, asked_by),
            link=link,
            stored_link=stored_link,
            plan=_source(spoken),
            wanted=around.wanted.get(number, ()),
            due_on=due_on,
            aim_on=self._aim(due_on, internal, bound),
            bound=bound,
            at=obligation.at,
            is_new=rung == INTRODUCTION,
            leads=self._others(leads, reader),
            joint=reader.unit_id in leads,
            named=named,
            note=_note(returned) if returned else None,
            internal_due_on=internal,
            own_due_on=_own_day(around.named.get(number, ()), hearer),
            assigned=_assigned(around.named.get(number, ()), reader),
            in_place_of=around.people[hearer].name if hearer != reader.id else None,
            reported=Reported(self._names[leads[0]], heads.get(leads[0])) if is_follow_up(rung) else None,
            serves=spoken.duty.title.rstrip(".") if asked_by else None,
        )

    def _links(
        self, obligation: Obligation, leads: Sequence[int], reader: Person, around: Gathered
    ) -> tuple[str, str | None]:
        """The link to follow, and the plain one in its place where the first opens without a password."""
        plain = f"{self._base}/nhiem-vu/{obligation.id}"
        signs_in = reader.id in around.with_password
        own = self._link_for(obligation, leads, reader, signs_in) if self._link_for else None
        return (own, plain) if own else (plain, None)

    def _others(self, leads: Collection[int], reader: Person) -> tuple[str, ...]:
        return tuple(self._names[unit_id] for unit_id in leads if unit_id != reader.unit_id)

    def _aim(self, due_on: date | None, internal_due_on: date | None, bound: Bound | None) -> date | None:
        """The last working day for the hạn nội bộ until it has passed, then for the due day."""
        if due_on is None:
            return None
        if internal_due_on is not None and self._on <= internal_due_on < due_on:
            return aim_day(internal_due_on, None, self._calendar)
        return aim_day(due_on, bound, self._calendar)

    def _day(self, obligation: Obligation, returned: Verification | None) -> tuple[date | None, Bound | None, str]:
        """The day to speak of: the hạn bổ sung of a return, the due day once the unit is judged by that alone.

        It is where a hạn bổ sung before the due day has passed, and where a return to redo is late.
        """
        own = bound_left(obligation.bound, obligation.due_on, obligation.stated_on)
        if returned is None or returned.supplement_due_on is None:
            return obligation.due_on, own, "hạn"
        if obligation.due_on is not None and returned.supplement_due_on < min(self._on, obligation.due_on):
            return obligation.due_on, own, "hạn"
        handed = [Submission(self._on, returned.outcome)]
        last = late_after(obligation.due_on, returned.supplement_due_on, handed)
        if last is not None and self._on > last and returned.outcome is Outcome.RETURNED_TO_REDO:
            return obligation.due_on, own, "hạn"
        return returned.supplement_due_on, None, "hạn bổ sung"


def _title(spoken: Spoken, asked_by: str | None) -> str:
    obligation = spoken.obligation
    if asked_by and obligation.label:
        return f"{asked_by} đề nghị gửi: {obligation.label}"
    return obligation_title(spoken.duty.title, obligation.label, obligation.period, obligation.frequency)


def _source(spoken: Spoken) -> str:
    """What the item stands under: the document, and who assigned it where that is a superior body."""
    document = document_name(spoken.plan.document_type, spoken.plan.number, spoken.plan.title)
    if spoken.duty.assigned_by is None or spoken.obligation.parent_id is not None:
        return document
    return f"{spoken.duty.assigned_by} giao, {document}"


def _own_day(named: Sequence[tuple[Person, date | None]], hearer: int) -> date | None:
    return next((day for person, day in named if person.id == hearer), None)


def _assigned(named: Sequence[tuple[Person, date | None]], reader: Person) -> tuple[str, ...]:
    """Whom the head assigned, told to the head alone."""
    if reader.role is not Role.HEAD:
        return ()
    return tuple(
        f"{person.name} (chậm nhất {short_date(day)})" if day else person.name
        for person, day in named
        if person.unit_id == reader.unit_id
    )


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
