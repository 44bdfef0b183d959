"""The log of deliveries: newest first, found by whom they were for, and only for those who watch over the sending."""

from collections import Counter
from datetime import date

import pytest
import sqlalchemy as sa

from cchc_tasks.bootstrap import Application
from cchc_tasks.domain.access import LOCAL_ADMINISTRATOR
from cchc_tasks.domain.errors import DeliveryUnknown, NoRight
from cchc_tasks.domain.vocabulary import DeliveryKind, DeliveryState, Fault
from cchc_tasks.ports import Receipt
from cchc_tasks.services import delivery_log as subject
from cchc_tasks.services.delivery_log import LogPage, Wanted, delivery_log, show_delivery
from tests.conftest import actor_of
from tests.services.test_deliver import MORNING, Postbox, anywhere, decide, run

__all__ = ["anywhere"]  # the fixture of both databases
NEXT_MORNING = date(2026, 3, 25)
GONE = Receipt(fault=Fault.CONTENT, answer="550 5.1.1 no such user")
BUSY = Receipt(answer="451 busy", fault=Fault.AGAIN)


def log(app: Application, **wanted: object) -> LogPage:
    return delivery_log(app.database, Wanted(**wanted), actor=LOCAL_ADMINISTRATOR)  # type: ignore[arg-type]


class TestLog:
    def test_holds_every_delivery_once_with_its_last_answer_and_its_tries(self, anywhere: Application) -> None:
        planned = decide(anywhere).planned
        run(anywhere, Postbox(tccb_daumoi=GONE, khtc_daumoi=BUSY))
        seen = log(anywhere)
        assert Counter(one.state for one in seen.rows) == seen.counts
        assert sum(seen.counts.values()) == len({one.id for one in seen.rows}) == planned
        tried = {one.state: (one.tries, one.answer) for one in seen.rows}
        assert tried[DeliveryState.FAILED] == (1, GONE.answer)
        assert tried[DeliveryState.DEFERRED] == (1, BUSY.answer)

    def test_begins_with_the_newest_day_and_keeps_to_the_day_asked_for(self, anywhere: Application) -> None:
        for day in (MORNING, NEXT_MORNING):
            decide(anywhere, day)
            run(anywhere, Postbox(), day)
        days = [one.business_on for one in log(anywhere).rows]
        assert days == sorted(days, reverse=True)
        assert set(days) == {MORNING, NEXT_MORNING}
        assert {one.business_on for one in log(anywhere, on=MORNING).rows} == {MORNING}

    def test_finds_people_and_units_with_and_without_diacritics(self, anywhere: Application) -> None:
        decide(anywhere)
        person = next(one for one in log(anywhere).rows if one.unit == "Phòng Tổ chức cán bộ").person
        for text in ("Tổ chức cán bộ", "to chuc can bo", "CAN BO TO CHUC", person, f"{person} phong"):
            found = log(anywhere, text=text)
            assert {one.unit for one in found.rows} == {"Phòng Tổ chức cán bộ"}, text
            assert sum(found.counts.values()) == len(found.rows)
        assert log(anywhere, text="không có ai tên như thế").rows == ()

    def test_counts_every_state_although_one_is_shown(self, anywhere: Application) -> None:
        planned = decide(anywhere).planned
        run(anywhere, Postbox(tccb_daumoi=GONE))
        seen = log(anywhere, states=frozenset({DeliveryState.FAILED}))
        assert [one.state for one in seen.rows] == [DeliveryState.FAILED]
        assert seen.counts[DeliveryState.SENT] == planned - 1


class TestPages:
    def test_hold_everything_once_and_end_at_the_last(
        self, published: Application, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        planned = decide(published).planned
        monkeypatch.setattr(subject, "PAGE", 7)
        pages = [log(published, page=number) for number in range(1, -(-planned // 7) + 1)]
        assert len({one.id for page in pages for one in page.rows}) == planned
        assert log(published, page=99).rows == pages[-1].rows
        assert pages[0].pages == len(pages)


class TestOneDelivery:
    def test_is_kept_as_it_went_out_with_what_it_spoke_of(self, published: Application) -> None:
        decide(published)
        postbox = Postbox()
        run(published, postbox)
        digest = next(one.id for one in log(published).rows if one.kind is DeliveryKind.DIGEST)
        sent = show_delivery(published.database, digest, actor=LOCAL_ADMINISTRATOR)
        (message,) = [one for one in postbox.messages if one.recipient == sent.delivery.recipient]
        assert (sent.delivery.subject, sent.delivery.text) == (message.subject, message.text)
        assert sent.delivery.html == message.html
        assert sent.spoken
        assert [one.accepted for one in sent.attempts] == [True]

    def test_that_does_not_exist_is_refused(self, published: Application) -> None:
        with pytest.raises(DeliveryUnknown):
            show_delivery(published.database, 99999, actor=LOCAL_ADMINISTRATOR)


class TestRights:
    @pytest.mark.parametrize("user", ["khtc.daumoi", "khtc.truong", "giamdoc"])
    def test_keep_out_those_who_do_not_watch_over_the_sending(self, published: Application, user: str) -> None:
        decide(published)
        actor = actor_of(published, user)
        with pytest.raises(NoRight):
            delivery_log(published.database, Wanted(), actor=actor)
        with pytest.raises(NoRight):
            show_delivery(published.database, 1, actor=actor)


class TestQueries:
    def test_do_not_grow_with_the_tries_and_the_days(self, published: Application) -> None:
        said = []

        def note(*_: object) -> None:
            said.append(1)

        def count() -> int:
            said.clear()
            log(published, text="phong")
            return len(said)

        sa.event.listen(published.database.engine, "before_cursor_execute", note)
        few = count()
        for day in (MORNING, NEXT_MORNING):
            decide(published, day)
            run(published, Postbox(khtc_daumoi=BUSY), day)
        many = count()
        sa.event.remove(published.database.engine, "before_cursor_execute", note)
        assert few == many <= 5
