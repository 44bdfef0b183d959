"""Which reporting regime a plan follows: one of the office's, or the dates that the document prints itself."""

from collections.abc import Iterable, Sequence
from datetime import date

from cchc_tasks.domain.dates_in_words import short_date
from cchc_tasks.domain.reading.findings import Question, UnitMention
from cchc_tasks.domain.reading.regime import RegimeLine
from cchc_tasks.domain.regimes import FIRST_MONTH, Regime, RegimeDate
from cchc_tasks.domain.vocabulary import Bound, FindingKind
from cchc_tasks.models.plan import Plan
from cchc_tasks.services.keep_findings import kept_findings
from cchc_tasks.services.resolving import plan_day, resolve
from cchc_tasks.store.unit_of_work import UnitOfWork

AS_PRINTED = "theo ngày ghi trong văn bản"
_LEAP_YEAR = 2024  # has every day that can be printed


def regime_choice(uow: UnitOfWork, plan: Plan, before: Plan | None, lines: Iterable[RegimeLine]) -> Question:
    """The question: the regime with the printed dates is proposed, else that of the plan before, else the first.

    Dates that no regime of the office has are offered as a regime of their own.
    """
    regimes = uow.office.regimes()
    codes = {regime_id: regime.code for regime_id, regime in regimes}
    printed = _dates(lines)
    same = next((regime.code for _, regime in regimes if printed and _days(regime.dates) == _days(printed)), None)
    own = AS_PRINTED if printed and same is None and _reporters(uow, plan, lines) else None
    listed = "; ".join(f"{regime.code}: {regime.name}" for _, regime in regimes)
    says = f" Văn bản ghi: {_in_words(printed)}." if printed else ""
    kept = codes.get(before.regime_id or 0) if before else None
    return Question(
        "plan-regime",
        "regime",
        f"Kế hoạch theo chế độ báo cáo nào? {listed}.{says}",
        proposal=same or own or kept or regimes[0][1].code,
        choices=(*codes.values(), *((own,) if own else ())),
    )


def regime_as_printed(uow: UnitOfWork, plan: Plan) -> int:
    """Make the printed dates a regime of the office, named after the plan; gives its id."""
    lines = kept_findings(uow, plan.id or 0, FindingKind.REGIME)
    regime = Regime(
        code=f"ke-hoach-{plan.id}",
        name=f"Theo {plan.number or plan.title}",
        reporters=_reporters(uow, plan, lines),
        dates=_dates(lines),
        receipt_only=True,
    )
    known = next((regime_id for regime_id, one in uow.office.regimes() if one.code == regime.code), None)
    return known if known is not None else uow.office.add_regime(regime, position=len(uow.office.regimes()))


def _dates(lines: Iterable[RegimeLine]) -> tuple[RegimeDate, ...]:
    """The days on which units report in every year; empty where one is not known to the day, or two bear one name."""
    of_units = [line for line in lines if line.level == "unit"]
    labels = {line.label for line in of_units if line.label and line.day and line.month and line.period in FIRST_MONTH}
    if len(labels) < len(of_units):
        return ()
    return tuple(
        RegimeDate(
            label=line.label or "",
            period=line.period or "",
            month=line.month or 0,
            day=line.day or 0,
            bound=line.bound or Bound.BY,
            receiver=line.receiver or "",
            level=line.level,
        )
        for line in of_units
    )


def _days(dates: Iterable[RegimeDate]) -> set[tuple[str, int, int, Bound]]:
    return {(one.period, one.month, one.day, one.bound) for one in dates}


def _reporters(uow: UnitOfWork, plan: Plan, lines: Iterable[RegimeLine]) -> tuple[str, ...]:
    """The codes of the units and groups that are told to report; empty where a name leads to nobody."""
    names = dict.fromkeys(name for line in lines if line.level == "unit" for name in line.reporters)
    found = resolve(uow, [UnitMention(name) for name in names], plan_day(plan))
    if not all(one.can_lead for one in found):
        return ()
    return tuple(body.code for one in found if (body := one.group or one.unit))


def _in_words(dates: Sequence[RegimeDate]) -> str:
    """ "quý I trước ngày 05/3; năm chậm nhất ngày 05/12"."""
    bounds = {Bound.BEFORE: "trước ngày", Bound.BY: "chậm nhất ngày"}
    days = (short_date(date(_LEAP_YEAR, one.month, one.day)).rpartition("/")[0] for one in dates)
    return "; ".join(f"{one.label} {bounds[one.bound]} {day}" for one, day in zip(dates, days, strict=True))
