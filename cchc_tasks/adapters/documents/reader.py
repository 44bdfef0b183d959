"""Opens a file handed in from outside and has it read by a process of its own, which nothing hostile leaves."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from cchc_tasks.adapters.documents.answering import FIRST_PAGE, WHOLE
from cchc_tasks.adapters.documents.confined import Died, Hindered, TooLong, answer_of
from cchc_tasks.adapters.documents.limits import MEGABYTE, SECONDS, SECONDS_OF_A_FIRST_PAGE
from cchc_tasks.adapters.documents.replies import NoReply, Refusal, document_of, lines_of
from cchc_tasks.domain.errors import (
    FileDamaged,
    FileEmpty,
    FileMissing,
    FileTakesTooLong,
    FileTooLarge,
    FileUnreadable,
    ReadingUnavailable,
)
from cchc_tasks.domain.reading.document import SourceDocument

_READER = "cchc_tasks.adapters.documents.answering"
_Found = TypeVar("_Found")


class FileReader:
    """Fulfils ports.DocumentReader for Word, Excel, PDF, HTML, CSV, text, and for scans where they can be read.

    `limit` is the largest size in bytes, `seconds` the longest time a file may take.
    """

    def __init__(self, limit: int = 50 * MEGABYTE, seconds: float = SECONDS) -> None:
        self._limit = limit
        self._seconds = seconds

    def read(self, path: Path) -> SourceDocument:
        """Paragraphs and grids of a file; raises an InputError with the file's name in it, or ReadingUnavailable.

        Control characters are dropped, letters typed with their marks apart are composed. The extension plays no part:
        the content decides.
        """
        return self._asked(path, WHOLE, document_of, self._seconds)

    def beginning(self, path: Path) -> list[str]:
        """The lines a file begins with, cells included, enough for its first page; raises the same.

        Of a long text or PDF no more than that is read; pictures and scans are refused as ScanReaderNeeded.
        """
        return self._asked(path, FIRST_PAGE, lines_of, min(self._seconds, SECONDS_OF_A_FIRST_PAGE))

    def _asked(self, path: Path, question: str, understood: Callable[[bytes], _Found], seconds: float) -> _Found:
        try:
            return understood(self._reply(path, question, seconds))
        except Refusal as refusal:
            raise refusal.named(path) from None
        except TooLong as error:
            raise FileTakesTooLong(path=path, seconds=round(seconds)) from error
        except Hindered as error:
            raise ReadingUnavailable(path=path.name) from error
        except (Died, NoReply) as error:
            raise FileDamaged(path=path, format=path.suffix.lower() or "tệp") from error

    def _reply(self, path: Path, question: str, seconds: float) -> bytes:
        try:
            if not path.exists():
                raise FileMissing(path=path)
            if not path.is_file():
                raise FileUnreadable(path=path)
            source = path.open("rb")
        except (OSError, ValueError) as error:  # no right to it, or a name that no file can have
            raise FileUnreadable(path=path) from error
        with source:
            size = path.stat().st_size
            if size > self._limit:
                raise FileTooLarge(path=path, limit_mb=self._limit // MEGABYTE)
            if not size:
                raise FileEmpty(path=path)
            return answer_of(_READER, (question, str(self._limit)), source, seconds)
