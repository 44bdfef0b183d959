"""What Zalo tells is applied once: told again, late, in any order, by several threads, before the run has settled."""

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from threading import Barrier
from typing import Any

import pytest

from cchc_tasks.bootstrap import Application
from cchc_tasks.domain.access import LOCAL_ADMINISTRATOR
from cchc_tasks.domain.vocabulary import Channel, DeliveryState, Known
from cchc_tasks.domain.zalo_events import ZaloKeys
from cchc_tasks.models.directory import Contact
from cchc_tasks.services.contacts import use_contact_again
from cchc_tasks.services.take_zalo_event import UNPROVEN, Outcome, take_zalo_event
from tests.services.deliveries import kept, made
from tests.zalo_server import Taken, Zalo

NOW = datetime(2026, 3, 24, 1, 42, tzinfo=UTC)
TODAY = date(2026, 3, 24)
EVENT_AT = datetime(2026, 3, 24, 1, 40, tzinfo=UTC)
PERSON, OTHER, ADMIN = "tccb.daumoi", "gdmn.daumoi", "quantri"
USER, PHONE = "2468458835296197922", "84987654321"


class Told:
    """An office to which Zalo tells something."""

    def __init__(self, app: Application) -> None:
        self.app, self.zalo = app, Zalo()
        self.keys = ZaloKeys(self.zalo.app_id, self.zalo.oa_id, self.zalo.webhook_secret, "zalo-webhook-secret")

    def take(self, body: bytes, headers: dict[str, str], pause: Callable[[float], None] = lambda _: None) -> Outcome:
        signature = headers["X-ZEvent-Signature"]
        return take_zalo_event(self.app.database, self.keys, body, signature, on=TODAY, now=NOW, pause=pause)

    def told(self, name: str, after: float = 0, **facts: Any) -> Outcome:
        stamp = str(int((EVENT_AT + timedelta(minutes=after)).timestamp() * 1000))
        return self.take(*self.zalo.event({"event_name": name, "timestamp": stamp, **facts}))

    def sent(self, reference: str = "tin-1", channel: Channel = Channel.ZALO, **values: Any) -> int:
        usual = {"provider_reference": reference, "known": Known.ACCEPTED, "sent_at": NOW - timedelta(hours=1)}
        return made(self.app, DeliveryState.SENT, channel=channel, **usual | values)

    def known(self, delivery_id: int) -> tuple[Known | None, datetime | None]:
        delivery = kept(self.app, delivery_id)
        return delivery.known, delivery.known_at

    def reach(self, user: str, channel: Channel, address: str, rank: int = 1) -> None:
        with self.app.database.write(NOW) as uow:
            uow.contacts.set(uow.people.with_user(user).id or 0, channel, address, rank)

    def contacts(self, user: str) -> list[Contact]:
        with self.app.database.read() as uow:
            return list(uow.contacts.of(uow.people.with_user(user).id or 0))

    def contact(self, user: str = PERSON) -> Contact:
        return next(one for one in self.contacts(user) if one.channel is Channel.ZALO_USER)

    def alerts(self) -> list[str]:
        with self.app.database.read() as uow:
            return [one.text for one in uow.running.alerts(TODAY)]


@pytest.fixture
def told(app: Application) -> Told:
    return Told(app)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.xdist_group("postgresql"))])
def told_anywhere(request: pytest.FixtureRequest, app_on: Callable[[str], Application]) -> Told:
    return Told(app_on(request.param))


class TestReceipts:
    def test_are_applied_once_by_threads_at_once(self, told_anywhere: Told) -> None:
        number = told_anywhere.sent()
        body, headers = told_anywhere.zalo.received_event(Taken("phone", PHONE, {}, "tin-1", ""))
        ready = Barrier(4)

        def tell() -> Outcome:
            ready.wait()
            return told_anywhere.take(body, headers)

        with ThreadPoolExecutor(4) as pool:
            outcomes = [one.result() for one in [pool.submit(tell) for _ in range(4)]]
        assert sorted(outcomes) == sorted([Outcome.APPLIED, *[Outcome.KNOWN] * 3])
        assert told_anywhere.known(number) == (Known.DELIVERED, EVENT_AT + timedelta(minutes=1))

    def test_find_their_message_by_our_reference_too(self, told: Told) -> None:
        number = told.sent("tin-khac", known=None)
        tracking = f"20260324-digest-{number}"
        for wrong in (f"20260325-digest-{number}", f"20260324-weekly-{number}", "20260324-digest-99999999999999999999"):
            assert told.take(*told.zalo.received_event(Taken("phone", PHONE, {}, "", wrong))) is Outcome.NOTHING
        assert told.take(*told.zalo.received_event(Taken("phone", PHONE, {}, "x", tracking))) is Outcome.APPLIED
        assert told.known(number)[0] is Known.DELIVERED

    def test_prove_that_a_message_whose_answer_was_lost_has_arrived(self, told: Told) -> None:
        number = made(told.app, DeliveryState.DEFERRED, channel=Channel.ZALO, next_at=NOW + timedelta(minutes=8))
        arrived = told.zalo.received_event(Taken("phone", PHONE, {}, "x", f"20260324-digest-{number}"))
        assert told.take(*arrived) is Outcome.APPLIED
        delivery = kept(told.app, number)
        assert (delivery.state, delivery.known, delivery.next_at) == (DeliveryState.SENT, Known.DELIVERED, None)

    def test_of_another_channels_message_are_not_believed(self, told: Told) -> None:
        number = told.sent(channel=Channel.TELEGRAM)
        assert told.told("user_received_message", message={"msg_id": "tin-1"}) is Outcome.NOTHING
        assert told.known(number)[0] is Known.ACCEPTED

    def test_never_take_back_what_is_known(self, told: Told) -> None:
        number, other = told.sent(), told.sent("tin-2", on=date(2026, 3, 23))
        assert told.told("user_seen_message", 1, message={"msg_ids": ["tin-1", "tin-2"]}) is Outcome.APPLIED
        assert told.told("user_received_message", message={"msg_id": "tin-1"}) is Outcome.NOTHING
        seen = (Known.SEEN, EVENT_AT + timedelta(minutes=1))
        assert (told.known(number), told.known(other)) == (seen, seen)
        returned = told.sent("tin-3", on=date(2026, 3, 22), known=Known.RETURNED)
        assert told.told("user_seen_message", message={"msg_ids": ["tin-3"]}) is Outcome.NOTHING
        assert told.known(returned)[0] is Known.RETURNED

    def test_wait_for_the_run_that_is_about_to_settle(self, told: Told) -> None:
        number = made(told.app, DeliveryState.CLAIMED, channel=Channel.ZALO)
        waited: list[float] = []

        def settle(seconds: float) -> None:
            waited.append(seconds)
            if len(waited) == 2:
                with told.app.database.write(NOW) as uow:
                    row = uow.delivery_deeds.locked(number)
                    row.state, row.known, row.sent_at = DeliveryState.SENT, Known.ACCEPTED, EVENT_AT

        event = told.zalo.received_event(Taken("phone", PHONE, {}, "tin-1", f"20260324-digest-{number}"))
        assert told.take(*event, pause=settle) is Outcome.APPLIED
        assert told.known(number)[0] is Known.DELIVERED
        assert len(waited) == 2

    def test_of_an_earlier_sending_say_nothing_of_the_later(self, told: Told) -> None:
        number = told.sent("tin-2", sent_at=NOW + timedelta(hours=2))
        event = told.zalo.received_event(Taken("phone", PHONE, {}, "tin-1", f"20260324-digest-{number}"))
        assert told.take(*event) is Outcome.NOTHING
        assert told.known(number)[0] is Known.ACCEPTED


class TestPeople:
    def test_are_heard_whenever_they_write(self, told: Told) -> None:
        told.reach(PERSON, Channel.ZALO_USER, USER)
        for after, name in ((5, "user_send_text"), (2, "user_send_image")):
            sent = {"sender": {"id": USER}, "message": {"msg_id": f"x{after}", "text": "vâng"}}
            assert told.told(name, after, **sent) is Outcome.APPLIED
        assert told.contact().last_heard_at == EVENT_AT + timedelta(minutes=5)
        assert told.told("user_send_text", sender={"id": "999999999"}, message={}) is Outcome.NOTHING

    @pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
    def test_who_leave_are_left_aside_until_they_come_back(self, told: Told, order: tuple[int, ...]) -> None:
        told.reach(PERSON, Channel.ZALO_USER, USER)
        story = (("follow", 1), ("unfollow", 2), ("follow", 3))
        for place in order:
            name, after = story[place]
            told.told(name, after, follower={"id": USER})
        assert told.contact().bad_since is None
        told.told("unfollow", 4, follower={"id": USER})
        assert (told.contact().bad_why, told.contact().bad_since) == (
            "Đã bỏ quan tâm OA",
            EVENT_AT + timedelta(minutes=4),
        )
        told.told("follow", 3.5, follower={"id": USER})  # late
        assert told.contact().bad_since is not None


class TestNumbers:
    def give(self, told: Told, phone: str = "0987 654 321", user: str = USER, after: float = 0) -> Outcome:
        return told.told("user_submit_info", after, sender={"id": user}, info={"phone": phone, "name": "x"})

    def test_of_one_person_keep_how_to_reach_them_behind_the_number(self, told_anywhere: Told) -> None:
        told = told_anywhere
        told.reach(PERSON, Channel.ZALO, PHONE, 1)
        told.reach(PERSON, Channel.MAIL, "tccb@so.example", 2)
        assert self.give(told) is Outcome.APPLIED
        found = [(one.channel, one.rank) for one in told.contacts(PERSON)]
        assert found == [(Channel.ZALO, 1), (Channel.ZALO_USER, 2), (Channel.MAIL, 3)]
        assert told.contact().address == USER
        with told.app.database.read() as uow:
            (entry,) = uow.journal.entries(f"user:{PERSON}")
        assert (entry.actor, entry.action) == ("Zalo OA", "contact.set")
        assert USER not in entry.details

    def test_of_nobody_or_several_or_an_administrator_keep_nothing(self, told: Told) -> None:
        assert self.give(told) is Outcome.NOTHING
        told.reach(ADMIN, Channel.ZALO, PHONE)
        assert self.give(told, after=1) is Outcome.NOTHING
        told.reach(ADMIN, Channel.ZALO, "84987654322")
        told.reach(PERSON, Channel.ZALO, PHONE)
        told.reach(OTHER, Channel.ZALO, PHONE)
        assert self.give(told, after=2) is Outcome.NOTHING
        with told.app.database.write(NOW) as uow:
            uow.people.with_user(OTHER).active = False
        assert self.give(told, after=3) is Outcome.APPLIED

    def test_typed_by_anybody_reach_nobody_until_the_office_has_said_so(self, told: Told) -> None:
        told.reach(PERSON, Channel.ZALO, PHONE)
        assert self.give(told) is Outcome.APPLIED
        assert told.contact().bad_why == UNPROVEN
        told.told("follow", 1, follower={"id": USER})  # whoever typed it may follow as often as they like
        told.told("user_send_text", 2, sender={"id": USER}, message={"msg_id": "x"})
        assert self.give(told, user="1111111111", after=3) is Outcome.NOTHING
        assert (told.contact().bad_why, told.contact().address) == (UNPROVEN, USER)
        now = told.app.clock.now()
        use_contact_again(told.app.database, PERSON, Channel.ZALO_USER, actor=LOCAL_ADMINISTRATOR, now=now)
        assert told.contact().bad_since is None

    def test_typed_by_somebody_else_replace_no_address_that_works(self, told: Told) -> None:
        told.reach(PERSON, Channel.ZALO, PHONE)
        assert self.give(told) is Outcome.APPLIED
        now = told.app.clock.now()
        use_contact_again(told.app.database, PERSON, Channel.ZALO_USER, actor=LOCAL_ADMINISTRATOR, now=now)
        assert self.give(told, user="1111111111") is Outcome.NOTHING
        told.told("unfollow", 1, follower={"id": USER})
        assert self.give(told, user="1111111111", after=2) is Outcome.APPLIED
        assert told.contact().address == "1111111111"
        told.reach(OTHER, Channel.ZALO, "84912345678")
        assert self.give(told, phone="0912345678", user="1111111111", after=3) is Outcome.NOTHING


class TestTheAccount:
    def test_is_told_of_once_with_the_reason(self, told: Told) -> None:
        facts = {"template_id": "300118", "status": {"new_status": "REJECT"}, "reason": "Logo không hợp lệ"}
        assert told.told("change_template_status", **facts) is Outcome.APPLIED
        assert told.told("change_template_status", **facts) is Outcome.KNOWN
        assert told.told("change_oa_daily_quota", quota={"prev_value": "1000", "new_value": "500"}) is Outcome.APPLIED
        assert told.alerts() == [
            "Zalo đổi trạng thái mẫu tin 300118 thành REJECT, lý do: Logo không hợp lệ.",
            "Zalo đổi số tin mẫu OA được gửi mỗi ngày từ 1000 thành 500.",
        ]


class TestWhoTells:
    def test_is_logged_by_the_form_of_the_signature_without_a_secret(
        self, told: Told, caplog: pytest.LogCaptureFixture
    ) -> None:
        caplog.set_level(logging.DEBUG)
        told.told("oa_send_text")
        assert "Sự kiện Zalo oa_send_text: chữ ký khớp với app_id và zalo-webhook-secret" in caplog.text
        assert told.zalo.webhook_secret not in caplog.text

    def test_must_be_zalo_and_today(self, told: Told) -> None:
        number = told.sent()
        facts = {"event_name": "user_received_message", "message": {"msg_id": "tin-1"}}
        assert told.take(*told.zalo.event(facts, secret="khac")) is Outcome.FORGED
        for days in (-1.1, 1.1):
            assert told.told("user_received_message", days * 1440, message={"msg_id": "tin-1"}) is Outcome.STALE
        assert told.known(number)[0] is Known.ACCEPTED
