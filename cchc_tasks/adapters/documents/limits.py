"""What the processes that read documents may use: memory, time, files, and how many of them there are at once."""

import resource
import signal
from contextlib import suppress
from pathlib import Path

SECONDS = 27  # of the clock, and of the processor; with all around it a refusal stands within 30
SECONDS_OF_A_FIRST_PAGE = 15  # somebody waits for the answer, and others for their turn
MEGABYTE = 1024 * 1024
MOST_MEMORY = 1536 * MEGABYTE  # of addresses, the interpreter's own included
MOST_MEMORY_OF_AN_OFFICE = 8 * 1024 * MEGABYTE  # LibreOffice reserves far more addresses than it uses
MOST_ANSWERED = 32 * MEGABYTE  # in a parent's memory it takes about eight times as much
MOST_OPEN_FILES = 256

# Letters of a cell or a paragraph: some rules that look for words in it take as long as its square. The longest
# paragraph of the documents this was made with has 6,300, the longest cell 400.
LONGEST_TEXT = 20_000

# A small server has two cores and 4 GB. Of the web's forty threads at most these and those that read are held up.
MOST_AT_ONCE = 2
MOST_WAITING = 20
LONGEST_WAIT = 30.0  # seconds; the longest that a file before may take, and a little


def confine_this_process() -> None:
    """Limits for the process that calls, and for those it starts: memory, processor time, files. Never lifted.

    It ends by itself when its time is up, though nobody may be left who waits for it; and where the machine runs short
    of memory, the kernel ends it before any other process.
    """
    signal.alarm(SECONDS + 1)
    with suppress(OSError):  # some containers show their processes without letting them write there
        Path("/proc/self/oom_score_adj").write_text("1000")
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY_OF_AN_OFFICE))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (2 * MOST_ANSWERED, 2 * MOST_ANSWERED))
    resource.setrlimit(resource.RLIMIT_NOFILE, (MOST_OPEN_FILES, MOST_OPEN_FILES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def make_room_for_an_office() -> None:
    """Addresses enough for LibreOffice, which the caller is about to start."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY_OF_AN_OFFICE, MOST_MEMORY_OF_AN_OFFICE))
