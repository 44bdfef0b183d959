"""Keeps with an obligation the days it is judged by, so that lists need not look at every submission."""

from cchc_tasks.domain.lifecycle import judged_on, late_after
from cchc_tasks.models.obligation import Obligation
from cchc_tasks.store.unit_of_work import UnitOfWork


def judge(uow: UnitOfWork, obligation: Obligation) -> None:
    """Work out `judged_on` and `late_after` anew from what was handed in and decided so far."""
    handed = uow.evidence.submissions([obligation.id or 0]).get(obligation.id or 0, [])
    obligation.judged_on = judged_on(handed)
    obligation.late_after = late_after(obligation.due_on, obligation.supplement_due_on, handed)
