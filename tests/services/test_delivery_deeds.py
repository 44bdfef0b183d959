"""Send again, give another chance, call off: once each, never against a run, and nothing is lost silently."""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import chain
from typing import Any

import pytest
from sqlmodel import Session, col, select

from cchc_tasks.bootstrap import Application
from cchc_tasks.domain.access import LOCAL_ADMINISTRATOR
from cchc_tasks.domain.delivery_deeds import Deed
from cchc_tasks.domain.errors import (
    DeliveriesMoreThanSeen,
    DeliveriesNoneFit,
    DeliveriesTooMany,
    DeliveryInHand,
    DeliveryPersonGone,
    DeliveryReplaced,
    DeliveryStateForbids,
    DeliveryUnknown,
    DeliveryWordsNotKept,
    NoRight,
)
from cchc_tasks.domain.vocabulary import Channel, DeliveryKind, DeliveryState, Known, ReminderState
from cchc_tasks.models.outbox import Delivery, Reminder
from cchc_tasks.services import holding_deliveries
from cchc_tasks.services.cancel_delivery import cancel_deliveries, cancel_delivery
from cchc_tasks.services.choose_deliveries import choose_deliveries
from cchc_tasks.services.decide_reminders import decide_reminders
from cchc_tasks.services.delivery_log import show_delivery
from cchc_tasks.services.disable_user import disable_user
from cchc_tasks.services.requeue_delivery import requeue_deliveries, requeue_delivery
from cchc_tasks.services.resend_delivery import resend_delivery
from cchc_tasks.store.delivery_deeds import Fitting
from tests.conftest import StandingClock, actor_of
from tests.services.deliveries import MORNING, kept, made, made_for_all, states
from tests.services.test_deliver import Postbox, run
from tests.services.test_two_at_once import at_once

LEASE = timedelta(seconds=120)
BOTH = ["sqlite", pytest.param("postgresql", marks=pytest.mark.xdist_group("postgresql"))]


@pytest.fixture(params=BOTH)
def anywhere(app_on: Callable[[str], Application], request: pytest.FixtureRequest) -> Application:
    """The invented Sở on each kind of database."""
    return app_on(request.param)


def do(app: Application, deed: Deed, delivery_id: int, user: str | None = None) -> None:
    verb = {Deed.RESEND: resend_delivery, Deed.REQUEUE: requeue_delivery, Deed.CANCEL: cancel_delivery}[deed]
    actor = actor_of(app, user) if user else LOCAL_ADMINISTRATOR
    verb(app.database, delivery_id, actor=actor, now=app.clock.now())


def claim(app: Application, token: str = "a run", limit: int = 1) -> list[int]:
    now = app.clock.now()
    with app.database.write(now) as uow:
        found = uow.outbox.claim(Channel.MAIL, MORNING, list(DeliveryKind), until=now + LEASE, token=token, limit=limit)
        return [one.id or 0 for one in found]


class TestStates:
    @pytest.mark.parametrize("deed", Deed)
    def test_decide_what_can_be_done(self, app: Application, deed: Deed) -> None:
        becomes = {
            Deed.RESEND: {DeliveryState.SENT: DeliveryState.PLANNED},
            Deed.REQUEUE: dict.fromkeys(
                (DeliveryState.FAILED, DeliveryState.DEAD, DeliveryState.DEFERRED), DeliveryState.PLANNED
            ),
            Deed.CANCEL: dict.fromkeys(
                (DeliveryState.PLANNED, DeliveryState.DEFERRED, DeliveryState.FAILED, DeliveryState.DEAD),
                DeliveryState.CANCELLED,
            ),
        }[deed]
        for number, state in enumerate(DeliveryState):
            now, later = app.clock.now(), app.clock.now() + LEASE
            held: dict[str, Any] = {"claimed_until": later} if state is DeliveryState.CLAIMED else {}
            sent: dict[str, Any] = {"sent_at": now, "text": "Kính gửi"} if state is DeliveryState.SENT else {}
            day = MORNING + timedelta(number)
            delivery_id = made(app, state, on=day, failures=7, next_at=later, **held, **sent)
            if state in becomes:
                do(app, deed, delivery_id)
                after = kept(app, delivery_id)
                assert (after.state, after.failures, after.next_at) == (becomes[state], 0, None)
            else:
                with pytest.raises(DeliveryInHand if held else DeliveryStateForbids):
                    do(app, deed, delivery_id)
                assert kept(app, delivery_id).state is state

    def test_of_one_left_behind_by_a_run_are_as_if_it_waited(self, app: Application, clock: StandingClock) -> None:
        ids = [made(app, user="tccb.daumoi"), made(app, user="khtc.daumoi")]
        assert claim(app, limit=2) == ids
        clock.moment += LEASE + timedelta(seconds=1)
        do(app, Deed.REQUEUE, ids[0])
        do(app, Deed.CANCEL, ids[1])
        assert states(app, ids) == [DeliveryState.PLANNED, DeliveryState.CANCELLED]
        with app.database.write(clock.now()) as uow:  # and the run that wakes up again changes nothing
            assert not any(uow.outbox.settle(one, "a run", DeliveryState.SENT) for one in ids)

    def test_of_what_does_not_exist_are_none(self, app: Application) -> None:
        for deed in Deed:
            with pytest.raises(DeliveryUnknown):
                do(app, deed, 999)


class TestResending:
    def test_keeps_when_it_was_sent_and_what_is_known(self, app: Application) -> None:
        now = app.clock.now()
        delivery_id = made(app, DeliveryState.SENT, sent_at=now, text="Kính gửi", known=Known.RETURNED, known_at=now)
        do(app, Deed.RESEND, delivery_id)
        after = kept(app, delivery_id)
        assert (after.state, after.sent_at, after.known) == (DeliveryState.PLANNED, now, Known.RETURNED)

    def test_goes_out_once_more_in_the_words_that_were_kept(self, published: Application) -> None:
        decide(published, MORNING)
        first, second = Postbox(), Postbox()
        run(published, first)
        delivery = deliveries(published, MORNING, "khtc.daumoi")[0]
        do(published, Deed.RESEND, delivery.id or 0)
        run(published, second)
        (before,) = [one for one in first.messages if one.recipient == delivery.recipient]
        (again,) = second.messages
        assert (again.recipient, again.reference) == (before.recipient, before.reference)
        assert (again.subject, again.text, again.html) == (delivery.subject, delivery.text, delivery.html)
        shown = show_delivery(published.database, delivery.id or 0, actor=LOCAL_ADMINISTRATOR)
        assert shown.delivery.state is DeliveryState.SENT
        assert [one.accepted for one in shown.attempts] == [True, True]

    def test_called_off_again_leaves_it_sent_with_what_it_said(self, published: Application) -> None:
        now = published.clock.now()
        delivery_id = made(published, DeliveryState.SENT, sent_at=now, text="Kính gửi")
        with Session(published.database.engine) as session:
            said = session.exec(select(Reminder)).first()
            assert said is not None
            said.state, said.delivery_id = ReminderState.SENT, delivery_id
            session.commit()
        do(published, Deed.RESEND, delivery_id)
        do(published, Deed.CANCEL, delivery_id)
        assert kept(published, delivery_id).state is DeliveryState.SENT
        with Session(published.database.engine) as session:
            rungs = session.exec(select(Reminder).where(Reminder.delivery_id == delivery_id)).all()
        assert [one.state for one in rungs] == [ReminderState.SENT]

    def test_needs_kept_words_and_somebody_who_is_still_there(self, app: Application) -> None:
        now = app.clock.now()
        empty = made(app, DeliveryState.SENT, sent_at=now)
        with pytest.raises(DeliveryWordsNotKept):
            do(app, Deed.RESEND, empty)
        gone = made(app, DeliveryState.SENT, user="khtc.daumoi", sent_at=now, text="Kính gửi")
        disable_user(app.database, "khtc.daumoi", actor=LOCAL_ADMINISTRATOR, on=MORNING, now=now)
        with pytest.raises(DeliveryPersonGone, match="đã ngừng"):
            do(app, Deed.RESEND, gone)


class TestReplaced:
    def test_is_left_to_the_one_in_its_place(self, app: Application) -> None:
        failed = made(app, DeliveryState.FAILED)
        other = made(app, channel=Channel.ZALO, instead_of_id=failed)
        for deed in (Deed.REQUEUE, Deed.CANCEL):
            with pytest.raises(DeliveryReplaced, match=f"lượt số {other}"):
                do(app, deed, failed)
        with pytest.raises(DeliveriesNoneFit):
            choose_deliveries(app.database, Deed.CANCEL, Fitting(DeliveryState.FAILED), actor=LOCAL_ADMINISTRATOR)
        do(app, Deed.CANCEL, other)
        do(app, Deed.REQUEUE, failed)
        assert kept(app, failed).state is DeliveryState.PLANNED


class TestCancelling:
    def test_leaves_these_steps_unsaid_and_the_next_ones_come(self, published: Application) -> None:
        decide(published, MORNING)
        delivery = next(one for one in deliveries(published, MORNING, "khtc.daumoi"))
        before = rungs(published, delivery.person_id)
        due = {one.id for one in before if one.state is ReminderState.PLANNED and one.fire_on <= MORNING}
        later = [one for one in before if one.state is ReminderState.PLANNED and one.fire_on > MORNING]
        assert due
        do(published, Deed.CANCEL, delivery.id or 0)
        after = {one.id: one for one in rungs(published, delivery.person_id)}
        assert {after[one].state for one in due} == {ReminderState.CANCELLED}
        assert {after[one].delivery_id for one in due} == {delivery.id}
        assert all(after[one.id].state is ReminderState.PLANNED for one in later)
        spoken = show_delivery(published.database, delivery.id or 0, actor=LOCAL_ADMINISTRATOR).spoken
        assert len(spoken) == len({after[one].obligation_id for one in due})
        next_on = min(one.fire_on for one in later)
        mornings = [MORNING + timedelta(one) for one in range((next_on - MORNING).days + 1)]
        for day in mornings:
            decide(published, day)
        heard = [day for day in mornings[1:] if any(deliveries(published, day, "khtc.daumoi"))]
        assert heard == [next_on]

    def test_takes_what_a_run_had_attached_with_it(self, published: Application) -> None:
        decide(published, MORNING)
        delivery = next(one for one in deliveries(published, MORNING, "khtc.daumoi"))
        with published.database.write(published.clock.now()) as uow:
            uow.rungs.attach([delivery], MORNING, {})
        with Session(published.database.engine) as session:
            session.get_one(Delivery, delivery.id).state = DeliveryState.FAILED
            session.commit()
        do(published, Deed.CANCEL, delivery.id or 0)
        decide(published, MORNING + timedelta(1))
        attached = [one.state for one in rungs(published, delivery.person_id) if one.delivery_id == delivery.id]
        assert set(attached) == {ReminderState.CANCELLED}


class TestMany:
    def test_are_what_fits_and_the_others_stay(self, anywhere: Application) -> None:
        dead = made_for_all(anywhere, DeliveryState.DEAD)
        other_day = made(anywhere, DeliveryState.DEAD, on=MORNING + timedelta(1))
        other_channel = made(anywhere, DeliveryState.DEAD, channel=Channel.ZALO)
        fitting = Fitting(DeliveryState.DEAD, Channel.MAIL, MORNING)
        chosen = choose_deliveries(anywhere.database, Deed.REQUEUE, fitting, actor=LOCAL_ADMINISTRATOR)
        assert chosen.count == len(dead)
        with pytest.raises(DeliveriesMoreThanSeen):
            many(anywhere, Deed.REQUEUE, fitting, len(dead) - 1)
        assert set(states(anywhere, dead)) == {DeliveryState.DEAD}
        assert many(anywhere, Deed.REQUEUE, fitting, len(dead)) == len(dead)
        assert set(states(anywhere, dead)) == {DeliveryState.PLANNED}
        assert set(states(anywhere, [other_day, other_channel])) == {DeliveryState.DEAD}
        planned = Fitting(DeliveryState.PLANNED, None, MORNING)
        assert many(anywhere, Deed.CANCEL, planned, len(dead)) == len(dead)
        assert set(states(anywhere, dead)) == {DeliveryState.CANCELLED}

    def test_are_no_more_than_can_be_seen_through(self, app: Application, monkeypatch: pytest.MonkeyPatch) -> None:
        count = len(made_for_all(app, DeliveryState.FAILED))
        monkeypatch.setattr(holding_deliveries, "MOST_AT_ONCE", count - 1)
        with pytest.raises(DeliveriesTooMany):
            many(app, Deed.CANCEL, Fitting(DeliveryState.FAILED), count)

    def test_are_refused_in_a_state_that_does_not_allow_it(self, app: Application) -> None:
        made(app, DeliveryState.SENT)
        for deed in (Deed.REQUEUE, Deed.CANCEL):
            with pytest.raises(DeliveryStateForbids):
                many(app, deed, Fitting(DeliveryState.SENT), 1)

    def test_are_each_in_the_journal(self, app: Application) -> None:
        ids = made_for_all(app, DeliveryState.FAILED)
        many(app, Deed.REQUEUE, Fitting(DeliveryState.FAILED), len(ids))
        shown = show_delivery(app.database, ids[0], actor=LOCAL_ADMINISTRATOR)
        (deed,) = shown.deeds
        assert deed.words == f"cho thử lại ngay, cùng {len(ids) - 1} lượt khác"


class TestAtOnce:
    def test_a_run_and_a_cancelling_never_both_get_a_message(self, anywhere: Application) -> None:
        ids = made_for_all(anywhere)

        def claim_all() -> list[int]:
            return list(chain.from_iterable(iter(lambda: claim(anywhere), [])))

        def cancel_all() -> list[int]:
            done = []
            for one in ids:
                try:
                    do(anywhere, Deed.CANCEL, one)
                except DeliveryInHand:
                    continue
                done.append(one)
            return done

        first, second, cancelled = at_once(claim_all, claim_all, cancel_all)
        assert isinstance(first, list)
        assert isinstance(second, list)
        assert isinstance(cancelled, list)
        assert sorted(first + second + cancelled) == sorted(ids)
        assert {kept(anywhere, one).state for one in cancelled} <= {DeliveryState.CANCELLED}
        assert {kept(anywhere, one).state for one in first + second} <= {DeliveryState.CLAIMED}

    def test_a_message_is_sent_again_once_however_often_it_is_asked(self, anywhere: Application) -> None:
        sent = made(anywhere, DeliveryState.SENT, sent_at=anywhere.clock.now(), text="Kính gửi")
        results = at_once(*[lambda: do(anywhere, Deed.RESEND, sent)] * 4)
        assert [one for one in results if one is None] == [None]
        assert {type(one) for one in results if one is not None} == {DeliveryStateForbids}
        taken = at_once(lambda: claim(anywhere, "one"), lambda: claim(anywhere, "two"))
        assert sorted(map(len, taken)) == [0, 1]  # type: ignore[arg-type]
        with pytest.raises(DeliveryInHand):
            do(anywhere, Deed.CANCEL, sent)

    def test_two_cancellings_of_many_count_each_message_once(self, anywhere: Application) -> None:
        ids = made_for_all(anywhere, DeliveryState.FAILED)
        fitting = Fitting(DeliveryState.FAILED, None, MORNING)
        results = at_once(*[lambda: many(anywhere, Deed.CANCEL, fitting, len(ids))] * 2)
        counts = [one for one in results if isinstance(one, int)]
        assert sum(counts) == len(ids)
        assert set(states(anywhere, ids)) == {DeliveryState.CANCELLED}


class TestRights:
    @pytest.mark.parametrize("user", ["kiemtra", "giamdoc", "khtc.truong", "khtc.daumoi"])
    def test_are_the_offices_alone(self, app: Application, user: str) -> None:
        delivery_id = made(app, DeliveryState.FAILED)
        for deed in Deed:
            with pytest.raises(NoRight):
                do(app, deed, delivery_id, user)
        actor = actor_of(app, user)
        for verb in (requeue_deliveries, cancel_deliveries):
            with pytest.raises(NoRight):
                verb(app.database, Fitting(DeliveryState.FAILED), seen=1, actor=actor, now=app.clock.now())
        assert kept(app, delivery_id).state is DeliveryState.FAILED


def many(app: Application, deed: Deed, fitting: Fitting, seen: int) -> int:
    verb = requeue_deliveries if deed is Deed.REQUEUE else cancel_deliveries
    return verb(app.database, fitting, seen=seen, actor=LOCAL_ADMINISTRATOR, now=app.clock.now())


def decide(app: Application, on: date) -> None:
    decide_reminders(app.database, on=on, actor=LOCAL_ADMINISTRATOR, now=app.clock.now())


def deliveries(app: Application, on: date, user: str) -> list[Delivery]:
    with app.database.read() as uow:
        person = uow.directory.person_with_user(user).id
        return [one for one in uow.outbox.deliveries(on) if one.person_id == person]


def rungs(app: Application, person_id: int) -> list[Reminder]:
    with Session(app.database.engine) as session:
        return list(session.exec(select(Reminder).where(Reminder.person_id == person_id).order_by(col(Reminder.id))))
