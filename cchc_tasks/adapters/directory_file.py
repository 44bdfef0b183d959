"""Reads a directory from a file: TOML as in config/units.toml, or tables in whatever the document reader reads."""

from pathlib import Path

from cchc_tasks.adapters.config_files import read_directory_rows
from cchc_tasks.domain.directory_rows import DirectoryRows, read_directory_tables
from cchc_tasks.ports import DocumentReader


class DirectoryFile:
    """Fulfils ports.DirectoryReader; a name that ends in .toml says that the file is one."""

    def __init__(self, reader: DocumentReader) -> None:
        self._reader = reader

    def read(self, path: Path) -> DirectoryRows:
        """The rows of a file; raises ConfigInvalid, DirectoryFileUnknown, or what the document reader raises."""
        if path.suffix.lower() == ".toml":
            return read_directory_rows(path)
        return read_directory_tables(self._reader.read(path), path.name)
