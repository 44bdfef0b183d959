"""`make soak`: workers killed two hundred times on each kind of database; ends by itself, and fails if mail is lost."""

import sys

from cchc_tasks.bootstrap import Application
from tests.making.killing import soak
from tests.making.mail_morning import ON, begin_anew, decided, filled
from tests.smtp_server import running_smtp

KILLS = {1: 80, 2: 60, 4: 60}  # by how many work side by side
PEOPLE = 3_000


def main() -> int:
    """Soak SQLite and PostgreSQL; 1 where a message was lost, or went out more often than somebody was killed."""
    wrong = 0
    for kind in ("sqlite", "postgresql"):
        with filled(kind, PEOPLE) as app:
            for workers, kills in KILLS.items():
                wrong += not _holds(app, kind, workers, kills)
    return min(wrong, 1)


def _holds(app: Application, kind: str, workers: int, kills: int) -> bool:
    begin_anew(app)
    planned = decided(app, ON)
    with running_smtp() as mailbox:
        mailbox.delay = 0.005  # so that a kill can meet a mail in the air
        found = soak(app, mailbox, ON, kills=kills, workers=workers, seed=workers)
    lost = planned - len(found.copies)
    print(f"{kind}, {workers} at work: {planned:,} messages, {found.killed} killed, {lost} lost, {found.repeats} twice")
    return lost == 0 and found.repeats <= found.killed


if __name__ == "__main__":
    sys.exit(main())
