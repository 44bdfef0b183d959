"""The public holidays of Việt Nam as the `holidays` package works them out, for years nobody has decided yet."""

from datetime import date

import holidays

from cchc_tasks.domain.office_calendar import Holiday
from cchc_tasks.domain.vocabulary import DayKind

ESTIMATED = "Dự kiến theo Bộ luật Lao động 2019, chưa có quyết định chính thức"
MADE_UP = "Làm bù ngày nghỉ hoán đổi"


class CalculatedHolidays:
    """Fulfils ports.PublicHolidays."""

    def of_year(self, year: int) -> tuple[Holiday, ...]:
        """Days off and Saturdays worked instead, none of them decided; swapped days are known for past years only."""
        found = holidays.country_holidays("VN", years=year, language="vi")
        days = [_day(day, DayKind.OFF, name) for day, name in found.items()]
        days += [_day(day, DayKind.WORKED, MADE_UP) for day in found.weekend_workdays if day.year == year]
        return tuple(sorted(days, key=lambda one: one.day))


def _day(day: date, kind: DayKind, name: str) -> Holiday:
    return Holiday(day, kind, name, ESTIMATED, decided=False)
