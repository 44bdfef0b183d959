"""Links are made, opened and counted alike on both databases."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from cchc_tasks.bootstrap import Application
from cchc_tasks.domain.errors import AnswerLinkLocked, AnswerLinkWrong
from cchc_tasks.services.by_link import Opened, open_link
from tests.conftest import StandingClock, actor_of
from tests.journeys.chain import publish_sample
from tests.making.answer_links import answer_link
from tests.services.conftest import lines_of

TODAY = date(2026, 3, 24)


@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgresql", marks=pytest.mark.xdist_group("postgresql"))])
def test_five_wrong_links_rest_their_address_and_no_other(
    app_on: Callable[[str], Application], kind: str, clock: StandingClock, tmp_path: Path
) -> None:
    app = app_on(kind)
    publish_sample(app, tmp_path)
    obligation_id = lines_of(app, "24")[0].id
    with app.database.read() as uow:
        person_id = uow.people.with_user("khtc.daumoi").id or 0
    link = answer_link(app, obligation_id, person_id, TODAY)
    assert link
    token = link.rpartition("/")[2]

    def opened(token: str, address: str) -> Opened:
        zone = ZoneInfo("Asia/Ho_Chi_Minh")
        return open_link(app.database, app.links(), token, address=address, zone=zone, on=TODAY, now=clock.now())

    right = Opened(obligation_id, person_id, actor_of(app, "khtc.daumoi"), TODAY + timedelta(45))
    for _ in range(5):
        with pytest.raises(AnswerLinkWrong):
            opened(token[:-1], "10.0.0.7")
    with pytest.raises(AnswerLinkLocked):
        opened(token[:-1], "10.0.0.7")
    with pytest.raises(AnswerLinkWrong):
        opened(token[:-1], "10.0.0.8")
    assert opened(token, "10.0.0.7") == right  # many share an address: a guesser keeps nobody out
    clock.moment += timedelta(minutes=1)
    with pytest.raises(AnswerLinkWrong):
        opened(token[:-1], "10.0.0.7")
