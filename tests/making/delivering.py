"""Delivering in tests: a channel for mail that a test holds in its hand, and the terms of a run."""

from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

from cchc_tasks.bootstrap import Application
from cchc_tasks.domain.access import LOCAL_ADMINISTRATOR
from cchc_tasks.domain.vocabulary import Channel
from cchc_tasks.ports import DigestWriter, Notifier, Ways
from cchc_tasks.services.deliver import Delivered, Terms, deliver

TERMS = Terms(
    lease=timedelta(seconds=60), base_url="http://so.example", zone=ZoneInfo("Asia/Ho_Chi_Minh"), ceiling=100_000
)


def by_mail(notifier: Notifier | None) -> Ways:
    """Mail goes to this notifier; None: no mail server is set."""
    return {Channel.MAIL: lambda: notifier} if notifier else {}


def delivered(
    app: Application,
    ways: Ways,
    on: date,
    *,
    at: time = time(7),
    terms: Terms = TERMS,
    writer: DigestWriter | None = None,
    afresh: bool = False,
) -> Delivered:
    """What a run sends on a day, in the morning where nothing else is said."""
    writer = writer or app.writer
    actor = LOCAL_ADMINISTRATOR
    return deliver(app.database, ways, writer, app.clock, on=on, at=at, terms=terms, actor=actor, afresh=afresh)
