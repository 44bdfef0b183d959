"""Which reporting regime a plan follows: one of the office's, or the dates the document prints itself."""

from cchc_tasks.domain.reading.findings import Question
from cchc_tasks.models.plan import Plan
from cchc_tasks.store.unit_of_work import UnitOfWork


def regime_choice(uow: UnitOfWork, before: Plan | None) -> Question:
    """The question, with the regime of the plan before as its proposal where there is one."""
    regimes = uow.office.regimes()
    codes = {regime_id: regime.code for regime_id, regime in regimes}
    listed = "; ".join(f"{regime.code}: {regime.name}" for _, regime in regimes)
    kept = codes.get(before.regime_id or 0) if before else None
    return Question(
        "plan-regime",
        "regime",
        f"Kế hoạch theo chế độ báo cáo nào? {listed}.",
        proposal=kept or regimes[0][1].code,
        choices=tuple(codes.values()),
    )
