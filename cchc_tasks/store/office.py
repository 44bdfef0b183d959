"""What the office decided beforehand: days off, breaks, ladders, hours, regimes."""

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import delete
from sqlmodel import col, select

from cchc_tasks.domain.channel_hours import USUAL, Hours, read_hours
from cchc_tasks.domain.errors import BreakUnknown
from cchc_tasks.domain.office_calendar import Holiday, OfficeCalendar
from cchc_tasks.domain.regimes import Regime, RegimeDate
from cchc_tasks.domain.reminders import Ladder
from cchc_tasks.domain.vocabulary import Channel
from cchc_tasks.models.calendar import (
    ChannelHours,
    HolidayRow,
    LadderOverride,
    LadderRow,
    RegimeDateRow,
    RegimeRow,
    RungRow,
    SchoolBreak,
)
from cchc_tasks.store.store import Store


class OfficeStore(Store):
    """Reads and keeps the calendar, the ladders, the hours and the regimes."""

    def calendar(self) -> OfficeCalendar:
        """Which days are worked."""
        return OfficeCalendar(dict(self._session.exec(select(col(HolidayRow.day), col(HolidayRow.kind))).all()))

    def holidays(self) -> tuple[Holiday, ...]:
        """The days that differ from their weekday, in order."""
        rows = self._session.exec(select(HolidayRow).order_by(col(HolidayRow.day)))
        return tuple(Holiday(row.day, row.kind, row.name, row.document, row.decided) for row in rows)

    def add_holidays(self, holidays: Iterable[Holiday]) -> None:
        """Fill the calendar."""
        self._session.add_all(_holiday_row(one) for one in holidays)

    def set_holidays(self, holidays: Iterable[Holiday]) -> None:
        """Keep days; one that stands already is replaced."""
        for one in holidays:
            self._session.merge(_holiday_row(one))
        self._session.flush()

    def remove_holiday(self, day: date) -> None:
        """Let a day be what its weekday is."""
        self._session.execute(delete(HolidayRow).where(col(HolidayRow.day) == day))

    def breaks(self) -> Sequence[SchoolBreak]:
        """The breaks of all kinds of units, in order."""
        return self._session.exec(select(SchoolBreak).order_by(col(SchoolBreak.first_on), col(SchoolBreak.id))).all()

    def add_break(self, row: SchoolBreak) -> int:
        """Keep a break and give its id."""
        return self._keep(row)

    def remove_break(self, break_id: int) -> SchoolBreak:
        """Forget a break and give what it was; raises BreakUnknown."""
        row = self._session.get(SchoolBreak, break_id)
        if row is None:
            raise BreakUnknown(number=break_id)
        self._session.delete(row)
        self._session.flush()
        return row

    def hours(self, channel: Channel) -> Hours:
        """Between which hours a channel may be used: the usual ones where the office has set none."""
        row = self._session.get(ChannelHours, channel)
        return read_hours(row.opens_at, row.closes_at) if row else USUAL

    def set_hours(self, row: ChannelHours) -> None:
        """Keep the hours of a channel in place of those of before."""
        self._session.merge(row)
        self._session.flush()

    def overrides(self) -> Sequence[LadderOverride]:
        """The ladders that stand in for others in a plan, a duty or a unit."""
        return self._session.exec(select(LadderOverride).order_by(col(LadderOverride.id))).all()

    def override(
        self, name: str, *, plan_id: int | None = None, duty_id: int | None = None, unit_id: int | None = None
    ) -> LadderOverride | None:
        """The one that stands in for a ladder in exactly this plan, duty or unit."""
        query = select(LadderOverride).where(
            LadderOverride.name == name,
            LadderOverride.plan_id == plan_id,
            LadderOverride.duty_id == duty_id,
            LadderOverride.unit_id == unit_id,
        )
        return self._session.exec(query).first()

    def keep_override(self, row: LadderOverride) -> None:
        """Keep a new or changed override."""
        self._keep(row)

    def remove_override(self, row: LadderOverride) -> None:
        """Let the ladder hold again that an override stood in for."""
        self._session.delete(row)
        self._session.flush()

    def ladders(self) -> dict[str, Ladder]:
        """The ladders by name: a frequency's word, or "supplement"."""
        query = (
            select(col(LadderRow.name), col(LadderRow.at_most), col(RungRow.days))
            .where(RungRow.ladder_id == LadderRow.id)
            .order_by(col(RungRow.days))
        )
        steps: dict[str, list[int]] = {}
        at_most: dict[str, int | None] = {}
        for name, most, days in self._session.exec(query):
            steps.setdefault(name, []).append(days)
            at_most[name] = most
        return {
            name: Ladder(name, tuple(-d for d in days if d <= 0), tuple(d for d in days if d > 0), at_most[name])
            for name, days in steps.items()
        }

    def due_soon_days(self) -> dict[str, int]:
        """From how many days before the due day a duty counts as due soon, by ladder."""
        return {ladder.name: ladder.due_soon_days for ladder in self._session.exec(select(LadderRow))}

    def add_ladder(self, ladder: Ladder, due_soon_days: int) -> None:
        """Fill in a ladder with its rungs."""
        row = LadderRow(name=ladder.name, due_soon_days=due_soon_days, at_most=ladder.at_most)
        self._add_rungs(self._keep(row), ladder)

    def change_ladder(self, ladder: Ladder) -> None:
        """Give a ladder other rungs and another greatest number."""
        row = self._session.exec(select(LadderRow).where(LadderRow.name == ladder.name).with_for_update()).one()
        row.at_most = ladder.at_most
        self._session.execute(delete(RungRow).where(col(RungRow.ladder_id) == row.id))
        self._add_rungs(row.id or 0, ladder)

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

    def _add_rungs(self, ladder_id: int, ladder: Ladder) -> None:
        for days in (*(-d for d in ladder.before), *ladder.after):
            name = f"after-{days}" if days > 0 else f"before-{-days}"
            self._session.add(RungRow(ladder_id=ladder_id, name=name, days=days))
        self._session.flush()

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


def _holiday_row(one: Holiday) -> HolidayRow:
    return HolidayRow(day=one.day, kind=one.kind, name=one.name, document=one.document, decided=one.decided)
