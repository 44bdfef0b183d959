"""The columns by which pages and papers name an obligation, in the order of the fields that read them."""

from sqlmodel import col

from cchc_tasks.models.duty import Duty
from cchc_tasks.models.obligation import Obligation

TITLED = (
    col(Obligation.id),
    col(Duty.title),
    col(Obligation.label),
    col(Obligation.period),
    col(Obligation.frequency),
)
NAMED = (
    col(Obligation.id),
    col(Duty.code),
    col(Duty.title),
    col(Obligation.label),
    col(Obligation.period),
    col(Obligation.frequency),
    col(Obligation.due_on),
)
