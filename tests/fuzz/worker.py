"""A process that reads one content after another, and says of each what came of it."""

import json
import resource
import signal
import struct
import sys
import traceback
from typing import IO, Any

from cchc_tasks.adapters.documents.answering import answer
from cchc_tasks.adapters.documents.limits import MOST_MEMORY, SECONDS
from cchc_tasks.adapters.documents.replies import Refusal, document_of
from cchc_tasks.domain.errors import FileTakesTooLong, InputError
from cchc_tasks.domain.reading.document import SourceDocument
from cchc_tasks.domain.reading.whole import read_document

LENGTH = struct.Struct(">I")  # stands before each content and each reply


class _Late(BaseException):  # no reader may take it for a fault of the file
    """The time for one step is up."""


def main() -> None:
    """Serve until the input ends."""
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGALRM, _ring)
    source, target = sys.stdin.buffer, sys.stdout.buffer
    while content := taken(source):
        give(target, json.dumps(_outcome(content)).encode())


def give(target: IO[bytes], content: bytes) -> None:
    """Write a content with its length before it."""
    target.write(LENGTH.pack(len(content)) + content)
    target.flush()


def taken(source: IO[bytes]) -> bytes:
    """Read a content that stands behind its length; nothing where the other side has ended."""
    head = source.read(LENGTH.size)
    return source.read(*LENGTH.unpack(head)) if len(head) == LENGTH.size else b""


def _ring(number: int, frame: object) -> None:
    raise _Late


def _outcome(content: bytes) -> dict[str, Any]:
    """The code of a refusal or "read"; "unforeseen" where a library raised what no reader expected, a fault's name."""
    try:
        signal.alarm(SECONDS)
        document = document_of(answer(content))
    except Refusal as refusal:
        return {"outcome": refusal.named("tệp").code}
    except _Late:
        return {"outcome": FileTakesTooLong.code}
    except Exception:  # in the product it ends the process that reads, and is a damaged file
        return {"outcome": "unforeseen", "detail": traceback.format_exc(limit=-4)}
    return _outcome_beyond_the_seam(document)


def _outcome_beyond_the_seam(document: SourceDocument) -> dict[str, Any]:
    """Here nothing may be raised but refusals, and soon: else a "crash" or a "hang"."""
    try:
        signal.alarm(SECONDS)
        return {"outcome": "read", **_seen(document)}
    except InputError as error:
        return {"outcome": error.code}
    except _Late:
        return {"outcome": "hang", "detail": traceback.format_exc(limit=-4)}
    except Exception:
        return {"outcome": "crash", "detail": traceback.format_exc(limit=-4)}
    finally:
        signal.alarm(0)


def _seen(document: SourceDocument) -> dict[str, list[str]]:
    """What the reading shows of each row, and what it says or asks besides."""
    reading = read_document(document)
    rows = [" ".join((duty.row.title, *duty.row.cells.values())) for duty in reading.duties]
    besides = [duty.row.group or "" for duty in reading.duties]
    besides += [question.text for question in reading.questions]
    besides += [question.text for duty in reading.duties for question in duty.questions]
    return {"rows": rows, "besides": besides}


if __name__ == "__main__":
    main()
