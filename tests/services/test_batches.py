"""The ceiling of a morning: above it nothing goes before somebody has looked, and what comes after asks again."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from cchc_tasks.bootstrap import Application
from cchc_tasks.domain.access import LOCAL_ADMINISTRATOR
from cchc_tasks.domain.errors import BatchNothingWaits, DeliveriesMoreThanSeen, NoRight
from cchc_tasks.domain.vocabulary import Channel, DeliveryKind, DeliveryState
from cchc_tasks.services.release_batch import batch_held, held_batch, release_batch
from tests.conftest import actor_of
from tests.services.deliveries import MORNING, made, made_for_all
from tests.services.test_delivery_deeds import BOTH


@pytest.fixture(params=BOTH)
def anywhere(app_on: Callable[[str], Application], request: pytest.FixtureRequest) -> Application:
    """The invented Sở on each kind of database."""
    return app_on(request.param)


def held(app: Application, ceiling: int) -> int | None:
    with app.database.read() as uow:
        return batch_held(uow, MORNING, ceiling)


def release(app: Application, seen: int | None = None) -> int:
    return release_batch(app.database, MORNING, actor=LOCAL_ADMINISTRATOR, now=app.clock.now(), seen=seen)


class TestCounting:
    def test_leaves_out_what_is_no_message_of_its_own_or_of_the_morning(self, app: Application) -> None:
        for number, state in enumerate(DeliveryState):
            made(app, state, user="tccb.daumoi", on=MORNING + timedelta(10 + number))
        first = made(app, DeliveryState.SENT, user="tccb.daumoi")
        made(app, DeliveryState.PLANNED, user="tccb.daumoi", channel=Channel.ZALO, instead_of_id=first)
        made(app, DeliveryState.DEFERRED, user="khtc.daumoi", kind=DeliveryKind.INTRODUCTION)
        made(app, DeliveryState.CLAIMED, user="giamdoc", kind=DeliveryKind.WEEKLY)
        made(app, DeliveryState.CANCELLED, user="vp.daumoi")
        made(app, DeliveryState.PLANNED, user="quantri", kind=DeliveryKind.ALERT)
        with app.database.read() as uow:
            assert (uow.batches.in_batch(MORNING), uow.batches.waiting(MORNING)) == (3, 2)
            assert [uow.batches.in_batch(MORNING + timedelta(10 + one)) for one in range(len(DeliveryState))] == [
                state not in (DeliveryState.FAILED, DeliveryState.DEAD, DeliveryState.CANCELLED)
                for state in DeliveryState
            ]


class TestCeiling:
    def test_holds_what_is_above_it_until_released_and_what_comes_later_asks_again(self, anywhere: Application) -> None:
        count = len(made_for_all(anywhere))
        assert held(anywhere, count) is None
        assert held(anywhere, count - 1) == count
        assert release(anywhere, seen=count) == count
        assert held(anywhere, count - 1) is None
        made(anywhere, user="vp.daumoi", kind=DeliveryKind.INTRODUCTION)
        assert held(anywhere, count - 1) == count + 1
        assert release(anywhere) == count + 1
        assert held(anywhere, 1) is None

    def test_holds_nothing_once_everything_has_gone_out(self, app: Application) -> None:
        made_for_all(app, DeliveryState.SENT)
        assert held(app, 1) is None

    def test_is_not_passed_by_what_nobody_saw(self, app: Application) -> None:
        count = len(made_for_all(app))
        with pytest.raises(DeliveriesMoreThanSeen):
            release(app, seen=count - 1)
        assert held(app, 1) == count

    def test_is_released_only_where_something_waits(self, app: Application) -> None:
        made_for_all(app, DeliveryState.SENT)
        with pytest.raises(BatchNothingWaits, match="24/3/2026"):
            release(app)

    def test_is_the_offices_alone_to_release(self, app: Application) -> None:
        made_for_all(app)
        with pytest.raises(NoRight):
            release_batch(app.database, MORNING, actor=actor_of(app, "kiemtra"), now=app.clock.now())


class TestWhatIsShown:
    def test_is_the_split_and_five_from_all_over(self, anywhere: Application) -> None:
        ids = made_for_all(anywhere)
        seen = held_batch(anywhere.database, MORNING, 1, actor=LOCAL_ADMINISTRATOR)
        assert seen is not None
        assert sum(share.count for share in seen.shares) == seen.waiting == len(ids)
        assert len({(share.kind, share.unit_kind) for share in seen.shares}) == len(seen.shares) > 1
        assert len({one.id for one in seen.samples}) == 5
        assert seen.samples[-1].id > ids[len(ids) // 2]
        assert held_batch(anywhere.database, MORNING, len(ids), actor=LOCAL_ADMINISTRATOR) is None
