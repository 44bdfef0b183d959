"""A công văn that assigns a duty: kept as a plan of one document, told from the plans of a year."""

import hashlib
from datetime import date

from cchc_tasks.domain.document_names import DISPATCH
from cchc_tasks.domain.errors import PlanIsDispatch
from cchc_tasks.models.plan import Plan


def is_dispatch(plan: Plan) -> bool:
    """Whether this is a công văn entered by hand; one that was read from a file is looked after like any plan."""
    return plan.document_type == DISPATCH and not plan.file_name


def refuse_dispatch(plan: Plan) -> None:
    """Raise PlanIsDispatch where a plan of a year is meant."""
    if is_dispatch(plan):
        raise PlanIsDispatch(plan=plan.id)


def dispatch_key(number: str, dated: date, assigned_by: str | None) -> str:
    """What stands in the place of a file's hash: the same công văn entered again takes its second duty."""
    words = [" ".join(text.split()).casefold() for text in (number, assigned_by or "")]
    return hashlib.sha256("\n".join([*words, dated.isoformat()]).encode()).hexdigest()
