"""Reads a calendar from a file: TOML as in config/holidays.toml, or a table in whatever the document reader reads."""

from pathlib import Path

from cchc_tasks.adapters.config_files import read_holidays
from cchc_tasks.domain.calendar_table import read_calendar
from cchc_tasks.domain.office_calendar import Holiday
from cchc_tasks.ports import DocumentReader


class CalendarFile:
    """Fulfils ports.CalendarReader; a name that ends in .toml says that the file is one."""

    def __init__(self, reader: DocumentReader) -> None:
        self._reader = reader

    def read(self, path: Path) -> tuple[Holiday, ...]:
        """The days of a file; raises CalendarUnreadable, ConfigInvalid, or what the document reader raises."""
        if path.suffix.lower() == ".toml":
            return read_holidays(path)
        return read_calendar(self._reader.read(path), path.name)
