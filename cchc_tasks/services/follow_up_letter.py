"""Writes a công văn đôn đốc from what was decided: whom it reminds of what, and by when they answer."""

from dataclasses import dataclass
from datetime import date

from cchc_tasks.domain.access import Action, Actor, require
from cchc_tasks.domain.document_names import document_name
from cchc_tasks.domain.follow_up import FollowUpLetter, LateDuty, document_cited
from cchc_tasks.domain.letterhead import letterhead, province
from cchc_tasks.domain.titles import obligation_title
from cchc_tasks.ports import LetterWriter
from cchc_tasks.store.database import Database
from cchc_tasks.store.follow_ups import LateRow
from cchc_tasks.store.unit_of_work import UnitOfWork

WORKING_DAYS_TO_ANSWER = 3


@dataclass(frozen=True, slots=True)
class LetterFile:
    """A letter as a file to be saved."""

    name: str
    content: bytes


def follow_up_letter(database: Database, writer: LetterWriter, letter_id: int, *, actor: Actor) -> LetterFile:
    """The letter as a Word file, as it stood on the day it was made; raises LetterUnknown, NoRight."""
    require(actor, Action.FOLLOW_UP)
    with database.read() as uow:
        letter = _letter(uow, letter_id)
    return LetterFile(f"cong-van-don-doc-{letter_id}-{letter.made_on:%Y%m%d}.docx", writer.write(letter))


def _letter(uow: UnitOfWork, letter_id: int) -> FollowUpLetter:
    made_on = uow.follow_ups.letter(letter_id).made_on
    authority, office = uow.directory.authority().name, uow.directory.secretariat()
    superior, own = letterhead(authority)
    return FollowUpLetter(
        superior=superior,
        authority=own,
        place=province(authority),
        office=office.name,
        office_code=office.code,
        signer=uow.standings.heads([office.id or 0]).get(office.id or 0, ""),
        made_on=made_on,
        answer_by=uow.office.calendar().add_working_days(made_on, WORKING_DAYS_TO_ANSWER),
        duties=_duties(uow, letter_id, made_on),
    )


def _duties(uow: UnitOfWork, letter_id: int, made_on: date) -> tuple[LateDuty, ...]:
    """Each unit's together in the directory's order; units are called as they were called that day."""
    rows = uow.follow_ups.of_letter(letter_id)
    leads = uow.obligations.leads([row.obligation_id for row in rows])
    names = uow.directory.names_on(made_on)
    ordered = sorted(rows, key=lambda row: (leads[row.obligation_id][0], row.due_on))
    return tuple(_duty(row, tuple(names[unit] for unit in leads[row.obligation_id])) for row in ordered)


def _duty(row: LateRow, units: tuple[str, ...]) -> LateDuty:
    return LateDuty(
        units=units,
        duty=obligation_title(row.title, row.label, row.period, row.frequency),
        document=document_cited(document_name(row.plan_kind, row.plan_number, row.plan_title), row.plan_issued_on),
        due_on=row.due_on,
    )
