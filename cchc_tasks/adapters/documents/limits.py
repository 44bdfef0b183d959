"""What the process that reads a document may use: memory, processor time, files."""

import resource

SECONDS = 27  # of the clock, and of the processor; with all around it a refusal stands within 30
MEGABYTE = 1024 * 1024
MOST_MEMORY = 1536 * MEGABYTE  # of addresses, the interpreter's own included
MOST_MEMORY_OF_AN_OFFICE = 8 * 1024 * MEGABYTE  # LibreOffice reserves far more addresses than it uses
MOST_ANSWERED = 32 * MEGABYTE  # in a parent's memory it takes about eight times as much
MOST_OPEN_FILES = 256


def confine_this_process() -> None:
    """Limits for the process that calls, and for those it starts: memory, processor time, files. Never lifted."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY_OF_AN_OFFICE))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (2 * MOST_ANSWERED, 2 * MOST_ANSWERED))
    resource.setrlimit(resource.RLIMIT_NOFILE, (MOST_OPEN_FILES, MOST_OPEN_FILES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def make_room_for_an_office() -> None:
    """Addresses enough for LibreOffice, which the caller is about to start."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY_OF_AN_OFFICE, MOST_MEMORY_OF_AN_OFFICE))
