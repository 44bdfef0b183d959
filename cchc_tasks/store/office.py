"""What the office decided beforehand: days off, ladders, regimes."""

from collections.abc import Iterable

from sqlmodel import col, select

from cchc_tasks.domain.office_calendar import Holiday, OfficeCalendar
from cchc_tasks.domain.regimes import Regime, RegimeDate
from cchc_tasks.domain.reminders import Ladder
from cchc_tasks.models.calendar import HolidayRow, LadderRow, RegimeDateRow, RegimeRow, RungRow
from cchc_tasks.store.store import Store


class OfficeStore(Store):
    """Reads and fills the calendar, the ladders and the regimes."""

    def calendar(self) -> OfficeCalendar:
        """Which days are worked."""
        return OfficeCalendar({row.day: row.kind for row in self._session.exec(select(HolidayRow))})

    def add_holidays(self, holidays: Iterable[Holiday]) -> None:
        """Fill the calendar."""
        self._session.add_all(
            HolidayRow(day=h.day, kind=h.kind, name=h.name, document=h.document, decided=h.decided) for h in holidays
        )

    def ladders(self) -> dict[str, Ladder]:
        """The ladders by name: a frequency's word, or "supplement"."""
        query = select(LadderRow, RungRow).where(RungRow.ladder_id == LadderRow.id).order_by(col(RungRow.days))
        steps: dict[str, list[int]] = {}
        for ladder, rung in self._session.exec(query):
            steps.setdefault(ladder.name, []).append(rung.days)
        return {
            name: Ladder(name, tuple(-d for d in days if d <= 0), tuple(d for d in days if d > 0))
            for name, days in steps.items()
        }

    def due_soon_days(self) -> dict[str, int]:
        """From how many days before the due day a duty counts as due soon, by ladder."""
        return {ladder.name: ladder.due_soon_days for ladder in self._session.exec(select(LadderRow))}

    def add_ladder(self, ladder: Ladder, due_soon_days: int) -> None:
        """Fill in a ladder with its rungs."""
        ladder_id = self._keep(LadderRow(name=ladder.name, due_soon_days=due_soon_days))
        for days in (*(-d for d in ladder.before), *ladder.after):
            name = f"after-{days}" if days > 0 else f"before-{-days}"
            self._session.add(RungRow(ladder_id=ladder_id, name=name, days=days))

    def regimes(self) -> tuple[tuple[int, Regime], ...]:
        """The regimes with their ids, the proposed one first."""
        rows = self._session.exec(select(RegimeRow).order_by(col(RegimeRow.position))).all()
        return tuple((row.id or 0, self._regime(row)) for row in rows)

    def regime(self, regime_id: int) -> Regime:
        """One regime."""
        return self._regime(self._session.get_one(RegimeRow, regime_id))

    def add_regime(self, regime: Regime, position: int) -> int:
        """Fill in a regime with its dates and give its id."""
        row = RegimeRow(
            code=regime.code,
            name=regime.name,
            position=position,
            receipt_only=regime.receipt_only,
            reporters=" ".join(regime.reporters),
        )
        regime_id = self._keep(row)
        for one in regime.dates:
            self._session.add(
                RegimeDateRow(
                    regime_id=regime_id,
                    label=one.label,
                    period=one.period,
                    month=one.month,
                    day=one.day,
                    bound=one.bound,
                    receiver=one.receiver,
                    level=one.level,
                )
            )
        return regime_id

    def _regime(self, row: RegimeRow) -> Regime:
        dates = self._session.exec(
            select(RegimeDateRow)
            .where(RegimeDateRow.regime_id == row.id)
            .order_by(col(RegimeDateRow.month), col(RegimeDateRow.day))
        )
        return Regime(
            code=row.code,
            name=row.name,
            reporters=tuple(row.reporters.split()),
            dates=tuple(RegimeDate(d.label, d.period, d.month, d.day, d.bound, d.receiver, d.level) for d in dates),
            receipt_only=row.receipt_only,
        )
