"""What goes wrong in the engine reaches the administrators once a day, on days off too, and never feeds on itself."""

from datetime import date, timedelta

from cchc_tasks.bootstrap import Application
from cchc_tasks.domain.vocabulary import Channel, DeliveryKind, DeliveryState, Fault
from cchc_tasks.ports import Receipt
from cchc_tasks.services.raise_alert import Alarm, raise_alert
from tests.conftest import StandingClock
from tests.services.conftest import drained
from tests.services.test_deliver import Postbox

SUNDAY = date(2026, 3, 22)
BROKEN = "Lượt chạy “send-reminders” bị ngắt giữa chừng. Xem nhật ký trong thư mục logs."
DAMAGED = "Nhật ký không còn nguyên vẹn từ dòng số 7."


def alert(
    app: Application,
    text: str = BROKEN,
    on: date = SUNDAY,
    *,
    source: str = "send-reminders",
    not_by: Channel | None = None,
    alarm: Alarm | None = None,
) -> None:
    raise_alert(app.database, source=source, text=text, on=on, now=app.clock.now(), not_by=not_by, alarm=alarm)


class TestAlert:
    def test_reaches_the_administrator_on_a_day_off_with_all_that_happened(self, published: Application) -> None:
        for text in (BROKEN, DAMAGED, BROKEN):
            alert(published, text)
        postbox = Postbox()
        assert drained(published, postbox, SUNDAY).sent == 1
        (mail,) = postbox.messages
        assert mail.recipient_name == "Lê Hải Cường"
        assert mail.subject == "Hệ thống cần xem: 2 việc, Chủ nhật 22/3/2026"
        for body in (mail.text, mail.html):
            assert (body.count(BROKEN), body.count(DAMAGED)) == (1, 1)
        assert mail.reference.startswith("20260322-alert-")

    def test_is_told_once_a_day_and_anew_the_next(self, published: Application) -> None:
        alert(published)
        assert drained(published, Postbox(), SUNDAY).sent == 1
        alert(published, DAMAGED)
        assert drained(published, Postbox(), SUNDAY).sent == 0
        monday = SUNDAY + timedelta(days=1)
        alert(published, DAMAGED, on=monday)
        assert drained(published, Postbox(), monday).sent == 1

    def test_of_the_same_cause_is_kept_and_sounded_once_a_day(self, published: Application) -> None:
        heard: list[str] = []
        for text, on in ((BROKEN, SUNDAY), (BROKEN, SUNDAY), (DAMAGED, SUNDAY), (BROKEN, SUNDAY + timedelta(days=1))):
            alert(published, text, on=on, alarm=heard.append)
        alert(published, BROKEN, source="runner", alarm=heard.append)
        assert heard == [BROKEN, DAMAGED, BROKEN, BROKEN]
        with published.database.read() as uow:
            assert [one.text for one in uow.running.alerts(SUNDAY)] == [BROKEN, DAMAGED, BROKEN]
            assert len([one for one in uow.journal.entries() if one.action == "alert.raise"]) == 4

    def test_goes_by_another_channel_than_the_one_that_failed(
        self, published: Application, clock: StandingClock
    ) -> None:
        with published.database.write(clock.now()) as uow:
            administrator = uow.directory.person_with_user("quantri").id or 0
            uow.contacts.set(administrator, Channel.TELEGRAM, "84912345678", 1)
        alert(published)
        alert(published, "Máy chủ thư từ chối mật khẩu.", on=SUNDAY + timedelta(days=1), not_by=Channel.MAIL)
        with published.database.read() as uow:
            channels = [uow.outbox.deliveries(SUNDAY + timedelta(days=day))[0].channel for day in (0, 1)]
        assert channels == [Channel.MAIL, Channel.TELEGRAM]

    def test_does_not_go_to_an_administrator_who_left(self, published: Application, clock: StandingClock) -> None:
        alert(published)
        with published.database.write(clock.now()) as uow:
            uow.directory.person_with_user("quantri").active = False
        assert drained(published, Postbox(), SUNDAY).cancelled == 1
        alert(published, on=SUNDAY + timedelta(days=1))
        with published.database.read() as uow:
            assert not uow.outbox.deliveries(SUNDAY + timedelta(days=1))

    def test_about_mail_that_cannot_be_sent_does_not_loop(self, published: Application) -> None:
        refusal = Receipt(answer="550 khong co", fault=Fault.BAD_ADDRESS)
        alert(published)
        for _ in range(3):
            drained(published, Postbox(quantri=refusal), SUNDAY)
        with published.database.read() as uow:
            (delivery,) = uow.outbox.deliveries(SUNDAY)
            assert (delivery.kind, delivery.state) == (DeliveryKind.ALERT, DeliveryState.FAILED)
            assert len(uow.outbox.attempts(delivery.id or 0)) == 1
            assert len(uow.running.alerts(SUNDAY)) == 1
