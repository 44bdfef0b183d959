"""The process that reads a document: content comes in, JSON goes out, and nothing else leaves it but its exit."""

import os
import sys

from cchc_tasks.adapters.documents.first_page import first_lines
from cchc_tasks.adapters.documents.limits import MOST_ANSWERED, confine_this_process
from cchc_tasks.adapters.documents.parsing import parsed
from cchc_tasks.adapters.documents.replies import Refusal, written_document, written_lines, written_refusal
from cchc_tasks.domain.errors import FileUnpacksTooLarge

WHOLE, FIRST_PAGE = "whole", "first-page"  # what may be asked for


def answer(content: bytes, asked: str = WHOLE) -> bytes:
    """The reply to one question about a content: what was found, or a refusal.

    Whatever else a library raises at hostile bytes passes, and ends this process without an answer.
    """
    try:
        reply = written_lines(first_lines(content)) if asked == FIRST_PAGE else written_document(parsed(content))
    except Refusal as refusal:
        return written_refusal(refusal)
    except MemoryError:
        return written_refusal(Refusal(FileUnpacksTooLarge))
    return reply if len(reply) <= MOST_ANSWERED else written_refusal(Refusal(FileUnpacksTooLarge))


def main() -> None:
    """Read from the input, write to the output; libraries that print find no output left.

    The words after the module's name: what is asked, and how many bytes are read at most.
    """
    confine_this_process()
    output = os.dup(1)
    os.dup2(2, 1)
    reply = answer(sys.stdin.buffer.read(int(sys.argv[2])), sys.argv[1])
    with os.fdopen(output, "wb") as file:
        file.write(reply)


if __name__ == "__main__":
    main()
