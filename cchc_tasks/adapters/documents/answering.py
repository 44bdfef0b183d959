"""The process that reads a document: content comes in, JSON goes out, and nothing else leaves it but its exit."""

import errno
import os
import sys
from itertools import chain

from cchc_tasks.adapters.documents.first_page import first_lines
from cchc_tasks.adapters.documents.limits import LONGEST_TEXT, MOST_ANSWERED, confine_this_process
from cchc_tasks.adapters.documents.parsing import parsed
from cchc_tasks.adapters.documents.replies import Refusal, written_document, written_lines, written_refusal
from cchc_tasks.domain.errors import FileUnpacksTooLarge, TextTooLong
from cchc_tasks.domain.reading.document import Paragraph, SourceDocument

WHOLE, FIRST_PAGE = "whole", "first-page"  # what may be asked for


def answer(content: bytes, asked: str = WHOLE) -> bytes:
    """The reply to one question about a content: what was found, or a refusal.

    Whatever else a library raises at hostile bytes passes, and ends this process without an answer.
    """
    try:
        reply = written_lines(first_lines(content)) if asked == FIRST_PAGE else written_document(_bearable(content))
    except Refusal as refusal:
        return written_refusal(refusal)
    except MemoryError:
        return written_refusal(Refusal(FileUnpacksTooLarge))
    return reply if len(reply) <= MOST_ANSWERED else written_refusal(Refusal(FileUnpacksTooLarge))


def _bearable(content: bytes) -> SourceDocument:
    """The document of a content, whose texts will be searched by another process without such limits."""
    document = parsed(content)
    texts = [block.text for block in document.blocks if isinstance(block, Paragraph)]
    cells = (cell.text for grid in document.grids for row in grid.rows for cell in row.cells)
    if max(map(len, chain(texts, cells)), default=0) > LONGEST_TEXT:
        raise Refusal(TextTooLong, most=f"{LONGEST_TEXT:,}".replace(",", "."))
    return document


def main() -> None:
    """Read from the input, write to the output; libraries that print find no output left.

    The words after the module's name: what is asked, and how many bytes are read at most. A full disk ends it with
    EX_IOERR: it says nothing of the content.
    """
    confine_this_process()
    output = os.dup(1)
    os.dup2(2, 1)
    try:
        reply = answer(sys.stdin.buffer.read(int(sys.argv[2])), sys.argv[1])
        with os.fdopen(output, "wb") as file:
            file.write(reply)
    except OSError as error:
        sys.exit(os.EX_IOERR if error.errno in (errno.ENOSPC, errno.EDQUOT) else 1)


if __name__ == "__main__":
    main()
