"""The columns by which a page names an obligation, in the order of the fields that read them."""

from sqlmodel import col

from cchc_tasks.models.duty import Duty
from cchc_tasks.models.obligation import Obligation

NAMED = (
    col(Obligation.id),
    col(Duty.code),
    col(Duty.title),
    col(Obligation.label),
    col(Obligation.period),
    col(Obligation.frequency),
    col(Obligation.due_on),
)
