"""A text for a group of units goes into its chat once, as it was looked at, by the outbox and in working hours."""

import json
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread
from zoneinfo import ZoneInfo

import pytest

from cchc_tasks.bootstrap import Application
from cchc_tasks.domain.errors import (
    CchcError,
    ContactAddressInvalid,
    GroupChannelShut,
    GroupOutOfHours,
    GroupPostedAlready,
    GroupTextChanged,
    GroupTextEmpty,
    NoRight,
)
from cchc_tasks.domain.group_text import Collection, GroupText, fingerprint, without_mentions
from cchc_tasks.domain.message_words import MessageWords
from cchc_tasks.domain.vocabulary import Channel, DeliveryKind, DeliveryState, Fault
from cchc_tasks.ports import Message, Receipt
from cchc_tasks.services.cancel_delivery import cancel_delivery
from cchc_tasks.services.group_text import group_text
from cchc_tasks.services.post_to_group import MOST, post_to_group, show_posting, text_of
from cchc_tasks.store.database import Database
from tests.conftest import actor_of
from tests.making.delivering import delivered
from tests.services.conftest import NOON, TODAY
from tests.services.deliveries import kept

OFFICE, GROUP, UNITS = "vp.thuongtruc1", "f414c8f76fa586fbdfb4", "cac-phong"
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
SITE = "http://so.example"


class Chat:
    """A chat that keeps what it was told, or refuses it."""

    def __init__(self, fault: Fault | None = None) -> None:
        self.taken: list[Message] = []
        self.fault = fault

    def send(self, message: Message) -> Receipt:
        self.taken.append(message)
        return Receipt("đã nhận", self.fault, reference="tin-1")

    def close(self) -> None:
        """Nothing is kept open."""


def connect(database: Database) -> None:
    with database.write(NOON) as uow:
        for name in ("zalo-app-id", "zalo-app-secret", "zalo-oa-id", "zalo-tokens"):
            uow.secrets.keep(name, "niêm phong", "quantri", NOON)  # type: ignore[arg-type]


@pytest.fixture
def office(published: Application) -> Application:
    """It is noon of a working day, and the account is connected."""
    connect(published.database)
    published.clock.moment = NOON  # type: ignore[attr-defined]
    return published


def post(
    app: Application, group: str = GROUP, *, user: str = OFFICE, seen: str | None = None, now: datetime = NOON
) -> int:
    actor = actor_of(app, user)
    return post_to_group(app.database, UNITS, group, seen=seen, base_url=SITE, zone=ZONE, actor=actor, now=now)


class TestAPost:
    def test_goes_out_with_the_next_run_in_the_words_that_were_looked_at(self, office: Application) -> None:
        made = group_text(office.database, UNITS, on=TODAY, base_url=SITE, actor=actor_of(office, OFFICE))
        number = post(office, f" {GROUP} ", seen=fingerprint(text_of(made)))
        chat = Chat()
        delivered(office, {Channel.ZALO_GROUP: lambda: chat}, TODAY)
        delivered(office, {Channel.ZALO_GROUP: lambda: chat}, TODAY)
        (message,) = chat.taken
        assert (message.recipient, message.brief, message.kind) == (GROUP, made.text(), DeliveryKind.GROUP)
        assert kept(office, number).state is DeliveryState.SENT
        posting = show_posting(office.database, actor=actor_of(office, OFFICE), now=NOON)
        assert (list(posting.groups), posting.is_open) == ([GROUP], True)
        with office.database.read() as uow:
            (entry,) = uow.journal.entries(f"delivery:{number}")
            names = [one.name for one in uow.people.lines()]
        assert (entry.actor, entry.action) == (OFFICE, "group.post")
        assert json.loads(entry.details) == {"group": UNITS, "recipient": "…fb4"}
        assert not [one for one in names if one in message.brief]

    def test_is_one_a_person_and_day(self, office: Application) -> None:
        post(office)
        with pytest.raises(GroupPostedAlready):
            post(office, "nhom-khac-2")
        assert post(office, user="vp.thuongtruc2")

    def test_that_never_went_out_makes_room_for_another(self, office: Application) -> None:
        number = post(office, "go-sai")
        chat = Chat(Fault.BAD_ADDRESS)
        delivered(office, {Channel.ZALO_GROUP: lambda: chat}, TODAY)
        assert kept(office, number).state is DeliveryState.FAILED
        assert show_posting(office.database, actor=actor_of(office, OFFICE), now=NOON).groups == []
        assert post(office) == number
        cancel_delivery(office.database, number, actor=actor_of(office, OFFICE), now=NOON)
        assert post(office, "nhom-khac-2") == number
        assert kept(office, number).recipient == "nhom-khac-2"

    def test_of_another_text_than_was_seen_is_refused(self, office: Application) -> None:
        with pytest.raises(GroupTextChanged):
            post(office, seen=fingerprint("khác"))

    @pytest.mark.parametrize("group", ["", "ab", "nhóm", "a b c d", "x" * 65, "../../x"])
    def test_goes_to_what_looks_like_a_group(self, office: Application, group: str) -> None:
        with pytest.raises(ContactAddressInvalid):
            post(office, group)

    @pytest.mark.parametrize("user", ["quantri", "giamdoc", "gdmn.truong", "gdmn.daumoi"])
    def test_is_the_secretariats(self, office: Application, user: str) -> None:
        with pytest.raises(NoRight):
            post(office, user=user)

    def test_waits_for_working_hours_to_be_written(self, office: Application) -> None:
        for moment in (datetime(2026, 3, 24, 11, tzinfo=UTC), datetime(2026, 3, 28, 3, tzinfo=UTC)):
            with pytest.raises(GroupOutOfHours, match="07:00 – 18:00"):
                post(office, now=moment)
        assert post(office, now=NOON - timedelta(hours=6))  # before seven it waits for the opening

    def test_needs_a_channel_that_works(self, office: Application) -> None:
        with office.database.write(NOON) as uow:
            uow.channels.stop(Channel.ZALO_GROUP, "hết tiền", NOON)
        with pytest.raises(GroupChannelShut):
            post(office)
        with office.database.write(NOON) as uow:
            uow.channels.resume(Channel.ZALO_GROUP)
            uow.secrets.remove("zalo-tokens")  # type: ignore[arg-type]
        with pytest.raises(GroupChannelShut):
            post(office)

    @pytest.mark.parametrize(
        "kind", ["sqlite", pytest.param("postgresql", marks=pytest.mark.xdist_group("postgresql"))]
    )
    def test_pressed_twice_at_once_is_one(self, app_on: Callable[[str], Application], kind: str) -> None:
        app = app_on(kind)
        ready, found = Barrier(3), []
        with app.database.read() as uow:
            person = uow.people.with_user(OFFICE).id or 0

        def press() -> None:
            ready.wait()
            with suppress(CchcError), app.database.write(NOON) as uow:
                uow.mornings.hold_deciding()
                found.append(uow.group_posts.plan(person, GROUP, "x", "tin", TODAY))

        workers = [Thread(target=press) for _ in range(3)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        assert len(found) == 3
        assert len([one for one in found if one]) == 1


class TestTheText:
    def text(self, duties: int, units: int) -> GroupText:
        missing = tuple(f"Trường Trung học phổ thông số {number}" for number in range(units))
        owed = tuple(Collection(f"Việc {number}", TODAY, missing, missing[:1], units) for number in range(duties))
        return GroupText("Các trường", "Sở", "Văn phòng Sở", TODAY, SITE, owed, MessageWords())

    def test_names_fewer_units_and_then_fewer_duties_where_it_is_long(self) -> None:
        short, long, longest = self.text(1, 20), self.text(12, 30), self.text(200, 300)
        assert short.posted(MOST) == short.text()
        assert len(long.text()) > MOST >= len(long.posted(MOST))
        assert "12. Việc 11" in long.posted(MOST)
        assert len(longest.posted(MOST)) <= MOST
        assert "Chưa gửi, còn 300 trên 300 đơn vị\nĐã gửi, cần bổ sung 1 đơn vị" in longest.posted(MOST)
        assert "việc khác." in longest.posted(MOST)
        assert longest.posted(MOST).endswith(f"Xem và nộp: {SITE}\nVăn phòng Sở – Thường trực CCHC")

    def test_calls_nobody_and_is_refused_where_there_is_none(self) -> None:
        assert without_mentions("Chào [@[@tất cả]") == "Chào tất cả]"
        with pytest.raises(GroupTextEmpty):
            text_of(self.text(0, 3))
