"""Nobody ever gets another's content: a thousand digests through eight threads over connections that break."""

import re
import threading
from concurrent.futures import ThreadPoolExecutor
from random import Random

from cchc_tasks.adapters.mail.notifier import MailNotifier
from cchc_tasks.ports import Message, Receipt
from tests.smtp_server import Mailbox, body, running_smtp

DIGESTS = 1000
THREADS = 8
MARK = re.compile(r"số (\d+)\b")


def digest(number: int) -> Message:
    words = f"Việc số {number} của người số {number}"
    return Message(
        f"nguoi{number}@songlam.example",
        f"Người số {number}",
        f"Nhắc việc số {number}",
        words,
        f"<p>{words}</p>",
        f"20260324-digest-{number}",
    )


def send_all(mailbox: Mailbox, numbers: range) -> list[Receipt]:
    """What one thread does: its own notifier, each message again until it is taken; gives the tries that were not."""
    notifier = MailNotifier(mailbox.url, timeout=10)
    refused = []
    for number in numbers:
        while not (receipt := notifier.send(digest(number))).accepted:
            refused.append(receipt)
    notifier.close()
    return refused


def test_each_of_a_thousand_gets_their_own() -> None:
    random, lock = Random(7), threading.Lock()

    def mood() -> str | None:
        with lock:
            return "drop" if random.random() < 0.01 else None

    with running_smtp() as mailbox, ThreadPoolExecutor(THREADS) as pool:
        mailbox.mood = mood
        mailbox.pipelining = True
        shares = (range(first, DIGESTS, THREADS) for first in range(THREADS))
        refused = [one for share in pool.map(lambda numbers: send_all(mailbox, numbers), shares) for one in share]
    assert refused, "no connection broke"
    assert {recipient for recipient, _ in mailbox.received} == {digest(number).recipient for number in range(DIGESTS)}
    for recipient, mail in mailbox.received:
        own = recipient.removeprefix("nguoi").partition("@")[0]
        (address,) = mail["To"].addresses
        assert (address.addr_spec, mail["X-CCHC-Delivery"]) == (recipient, f"20260324-digest-{own}")
        assert mail["Message-ID"] == f"<20260324-digest-{own}@songlam.example>"
        told = f"{address.display_name} {mail['Subject']} {body(mail)} {body(mail, 'html')}"
        assert MARK.findall(told) == [own] * 6
