"""Reports that return every period ("báo cáo hàng quý"): due at the period's end, or on the regime's dates.

Source: docs/promises.md, promise 5. A plan answers once, for all its rows, which of the two it means.
"""

from cchc_tasks.domain.occurrences import DeadlineRule, DueDate
from cchc_tasks.domain.regimes import Regime, RegimeDate, due_on
from cchc_tasks.domain.vocabulary import DeadlineKind

FOLLOW_PERIODS = "ngày cuối kỳ"
FOLLOW_REGIME = "ngày của chế độ báo cáo"
LAST_PERIODS = {"Q4", "H2"}  # a year's last report is its yearly one where the regime has no date of its own


def are_meant(label: str | None, rule: DeadlineRule) -> bool:
    """Whether a part is a regular report without a printed day of its own."""
    recurs = rule.kind is DeadlineKind.EVERY and rule.recurrence is not None and not rule.recurrence.printed
    return recurs and (label or "").casefold().startswith("báo cáo")


def on_regime_dates(due: DueDate, regime: Regime) -> DueDate:
    """The same report on the regime's date for its period; unchanged where the regime has none for it."""
    year, _, period = (due.period or "").partition("-")
    found = _date_for(regime, period or "Y")
    if found is None or not year:
        return due
    day = due_on(found, int(year))
    return DueDate(due_on=day, stated_on=day, period=due.period)


def _date_for(regime: Regime, period: str) -> RegimeDate | None:
    by_period = {one.period: one for one in regime.dates}
    return by_period.get(period) or (by_period.get("Y") if period in LAST_PERIODS else None)
