"""Nobody ever gets another's content: a thousand different digests through eight threads, each mail looked at."""

import re
from collections.abc import Callable

import pytest

from cchc_tasks.adapters.mail.notifier import MailNotifier
from cchc_tasks.bootstrap import Application
from cchc_tasks.domain.vocabulary import Channel
from tests.making.delivering import delivered
from tests.making.mail_morning import ON, decided, fill_morning
from tests.smtp_server import body, running_smtp

PEOPLE = 1_000
LINK = re.compile(r"/nhiem-vu/(\d+)")


@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgresql", marks=pytest.mark.xdist_group("postgresql"))])
def test_a_thousand_digests_through_eight_threads_reach_their_own_readers(
    app_on: Callable[[str], Application], kind: str
) -> None:
    app = app_on(kind)
    fill_morning(app, ON, PEOPLE, 2_000)
    with app.database.write(app.clock.now()) as uow:
        uow.channels.set(Channel.MAIL, enabled=True, per_minute=None, at_once=8)
        led = uow.obligations.leads()
        names = {unit_id: unit.name for unit_id, unit in uow.directory.units().items()}
    owed: dict[str, set[str]] = {}
    for obligation, units in led.items():
        owed.setdefault(names[units[0]], set()).add(str(obligation))
    decided(app, ON)
    with running_smtp() as mailbox:
        delivered(app, {Channel.MAIL: lambda: MailNotifier(mailbox.url)}, ON)
    own = [(to, mail) for to, mail in mailbox.received if to.startswith("nguoi-")]
    assert PEOPLE - 2 <= len(own) == len({to for to, _ in own})  # one unit of five hundred owes nothing
    for to, mail in own:
        number = to.split("-")[1]
        assert mail["To"].addresses[0].addr_spec == to
        assert mail["To"].addresses[0].display_name == f"Người {number}"
        assert str(mail["Subject"]).endswith(f": Trường số {number}")
        text, html = body(mail), body(mail, "html")
        assert set(LINK.findall(text)) == set(LINK.findall(html)) == owed[f"Trường số {number}"]
        assert f"Người {number}" in text
