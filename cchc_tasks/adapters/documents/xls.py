"""Workbooks of Excel 97 to 2003."""

from cchc_tasks.adapters.documents.xlsx import read_sheets
from cchc_tasks.domain.reading.document import SourceDocument


def is_xls(content: bytes) -> bool:
    """Whether the directory of a compound file (MS-CFB) names a workbook."""
    return any(name.ljust(32, "\0").encode("utf-16-le") in content for name in ("Workbook", "Book"))


def read_xls(content: bytes) -> SourceDocument:
    """The visible sheets that hold something, merged cells included; raises ValueError where they cannot be read.

    The parser may end its whole process at a damaged workbook, so this is no call for a process that matters.
    """
    return read_sheets(content)
