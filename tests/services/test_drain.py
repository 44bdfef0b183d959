"""Through the day what was put off goes out; on a day off nothing but alerts leaves the house."""

from datetime import date, timedelta

from cchc_tasks.bootstrap import Application
from cchc_tasks.domain.vocabulary import DeliveryKind
from cchc_tasks.services.raise_alert import raise_alert
from tests.services.conftest import drained
from tests.services.test_deliver import Postbox, decide, run

FRIDAY = date(2026, 3, 27)
SATURDAY, MONDAY = FRIDAY + timedelta(days=1), FRIDAY + timedelta(days=3)


def alert(app: Application, on: date) -> None:
    raise_alert(app.database, source="runner", text="Bộ chạy việc đã dừng.", on=on, now=app.clock.now())


class TestWhatWasPutOff:
    def test_goes_out_later_the_same_day_and_once(self, published: Application) -> None:
        planned = decide(published, FRIDAY).planned
        assert run(published, None, FRIDAY).deferred == planned
        postbox = Postbox()
        assert drained(published, postbox, FRIDAY).sent == len(postbox.messages) == planned > 0
        assert drained(published, Postbox(), FRIDAY).sent == 0

    def test_waits_over_a_day_off_while_an_alert_goes_out(self, published: Application) -> None:
        planned = decide(published, FRIDAY).planned
        run(published, None, FRIDAY)
        alert(published, SATURDAY)
        postbox = Postbox()
        assert drained(published, postbox, SATURDAY).sent == 1
        assert [message.recipient_name for message in postbox.messages] == ["Lê Hải Cường"]
        with published.database.read() as uow:
            waiting = uow.outbox.deliveries(FRIDAY)
        assert len(waiting) == planned

    def test_is_taken_up_by_the_next_morning_beside_an_alert_that_stays_true(self, published: Application) -> None:
        decide(published, FRIDAY)
        run(published, None, FRIDAY)
        alert(published, FRIDAY)
        planned = decide(published, MONDAY).planned
        postbox = Postbox()
        assert run(published, postbox, MONDAY).sent == planned + 1
        kinds = [message.reference.split("-")[1] for message in postbox.messages]
        assert kinds.count(DeliveryKind.ALERT.value.lower()) == 1
