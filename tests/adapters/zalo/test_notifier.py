"""Messages as they arrive at a stand-in for Zalo, and what is said when Zalo refuses, hurries, sleeps or is gone."""

import logging
import time
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from cchc_tasks.adapters.zalo.notifier import ZaloNotifier, zalo_ways
from cchc_tasks.adapters.zalo.settings import ZaloSettings, read_zalo
from cchc_tasks.domain.errors import ZaloConsentNeeded, ZaloUnreachable
from cchc_tasks.domain.short_words import ShortWords
from cchc_tasks.domain.vocabulary import Channel, DeliveryKind, Fault, Known
from cchc_tasks.ports import Message
from tests.conftest import StandingClock
from tests.zalo_server import DIGEST_TEMPLATE, Zalo, running_zalo

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
HEARD_AT = datetime(2026, 3, 17, 1, 31, tzinfo=UTC)  # seven days before, less a minute
PHONE, OTHER_PHONE, USER, GROUP = "84987654321", "84912345678", "2468013579", "f414c8f76fa586fbdfb4"
WORDS = ShortWords(
    name="Phạm Thu Hằng",
    unit="Phòng Tổ chức cán bộ",
    code="KH20-2",
    title="Báo cáo kết quả cải cách hành chính quý I",
    due_on="05/03/2026",
    overdue="2 việc",
    due_soon="0 việc",
    new="1 việc",
    link="http://so.example/viec/12",
)
MESSAGE = Message(
    recipient=PHONE,
    recipient_name="Phạm Thu Hằng",
    subject="2 việc quá hạn",
    text="dài",
    html="<p>dài</p>",
    reference="20260324-digest-118",
    fields=WORDS,
    brief="Kính gửi bà Hằng,\n2 việc quá hạn.",
)


@dataclass
class HeldAccess:
    """Tokens held in memory, renewed at the stand-in's word."""

    zalo: Zalo
    present: str = field(default="", repr=False)
    renewals: int = 0
    refusal: Exception | None = None

    def token(self) -> str:
        if self.refusal:
            raise self.refusal
        self.present = self.present or self.zalo.grant()[0]
        return self.present

    def renewed(self, refused: str) -> str:
        assert refused == self.present
        self.renewals += 1
        self.present = self.zalo.grant()[0]
        return self.present


@pytest.fixture
def zalo() -> Iterator[Zalo]:
    """A Zalo that takes everything until told otherwise."""
    with running_zalo() as running:
        yield running


@pytest.fixture
def access(zalo: Zalo) -> HeldAccess:
    """A good token."""
    return HeldAccess(zalo)


@pytest.fixture
def settings(zalo: Zalo, tmp_path: Path) -> ZaloSettings:
    """The project's config/zalo.toml with the stand-in's address and a template."""
    return read_zalo(zalo.config(tmp_path))


@pytest.fixture
def clock() -> StandingClock:
    """Half past eight in the morning."""
    return StandingClock(datetime(2026, 3, 24, 1, 30, tzinfo=UTC))


class Open:
    """Opens notifiers and closes them at the end."""

    def __init__(self, settings: ZaloSettings, access: HeldAccess, clock: StandingClock) -> None:
        self.parts: Any = (settings, access, clock, ZONE)
        self.opened: list[ZaloNotifier] = []

    def __call__(self, channel: Channel, settings: ZaloSettings | None = None) -> ZaloNotifier:
        parts = (settings, *self.parts[1:]) if settings else self.parts
        self.opened.append(ZaloNotifier(channel, *parts))
        return self.opened[-1]


@pytest.fixture
def opened(settings: ZaloSettings, access: HeldAccess, clock: StandingClock) -> Iterator[Open]:
    """Opens a notifier of a channel."""
    ways = Open(settings, access, clock)
    yield ways
    for one in ways.opened:
        one.close()


@pytest.fixture
def by_phone(opened: Open) -> ZaloNotifier:
    return opened(Channel.ZALO)


@pytest.fixture
def by_user(opened: Open) -> ZaloNotifier:
    return opened(Channel.ZALO_USER)


def to(recipient: str, **changed: Any) -> Message:
    return replace(MESSAGE, recipient=recipient, **changed)


class TestATemplateByPhone:
    def test_brings_our_fields_under_our_reference_to_a_phone_however_it_is_written(
        self, zalo: Zalo, by_phone: ZaloNotifier
    ) -> None:
        receipt = by_phone.send(to("0987 654 321"))
        (taken,) = zalo.taken
        assert (receipt.fault, receipt.reference) == (None, taken.message_id)
        assert (taken.name, taken.recipient, taken.tracking_id) == ("phone", PHONE, "20260324-digest-118")
        assert taken.said == {
            "ten": "Phạm Thu Hằng",
            "don_vi": "Phòng Tổ chức cán bộ",
            "ma_viec": "KH20-2",
            "viec": "Báo cáo kết quả cải cách hành chính quý I",
            "han": "05/03/2026",
            "qua_han": "2 việc",
            "duong_dan": "http://so.example/viec/12",
        }
        (asked,) = zalo.asked_for("phone")
        assert "authorization" not in asked.headers
        assert asked.headers["access_token"] in zalo.access
        assert asked.body["template_id"] == DIGEST_TEMPLATE
        assert by_phone.known(taken.message_id) is Known.DELIVERED

    def test_keeps_its_reference_when_it_is_sent_again(self, zalo: Zalo, by_phone: ZaloNotifier) -> None:
        zalo.manners[PHONE] = "lost"
        lost = by_phone.send(MESSAGE)
        zalo.manners.clear()
        by_phone.send(MESSAGE)
        assert lost.fault is Fault.AGAIN
        assert "chưa rõ tin đã đến hay chưa" in lost.answer
        assert [one.tracking_id for one in zalo.taken] == ["20260324-digest-118"] * 2

    def test_counts_decomposed_letters_as_zalo_does(self, zalo: Zalo, by_phone: ZaloNotifier) -> None:
        name, code = "Nguyễn Thị Phương Hiền", "ĐỀ-ÁN-SỐ-06-VỀ-CẢI-CÁCH-CỦA-SỞ"
        words = replace(WORDS, name=unicodedata.normalize("NFD", name), code=unicodedata.normalize("NFD", code))
        assert (len(words.code), len(code)) == (42, 30)
        assert by_phone.send(to(PHONE, fields=words)).accepted
        assert (zalo.taken[0].said["ten"], zalo.taken[0].said["ma_viec"]) == (name, code)

    def test_cuts_what_may_be_cut_and_refuses_what_may_not(self, zalo: Zalo, by_phone: ZaloNotifier) -> None:
        assert by_phone.send(to(PHONE, fields=replace(WORDS, name="Công Tằng Tôn Nữ " * 3))).accepted
        assert zalo.taken[0].said["ten"] == "Công Tằng Tôn Nữ Công Tằng…"
        for words in (replace(WORDS, code="X" * 31), replace(WORDS, due_on="5/3/2026")):
            assert by_phone.send(to(PHONE, fields=words)).fault is Fault.CONTENT
        assert len(zalo.taken) == 1

    def test_leaves_a_message_that_it_cannot_say_to_another_channel(self, zalo: Zalo, by_phone: ZaloNotifier) -> None:
        without_due = by_phone.send(to(PHONE, fields=replace(WORDS, due_on="")))
        without_item = by_phone.send(to(PHONE, fields=None))
        other_kind = by_phone.send(to(PHONE, kind=DeliveryKind.WEEKLY))
        assert {one.fault for one in (without_due, without_item, other_kind)} == {Fault.OTHER_CHANNEL}
        assert "templates.WEEKLY" in other_kind.answer
        assert zalo.asked == []

    def test_stops_the_channel_where_no_template_is_set_at_all(self, settings: ZaloSettings, opened: Open) -> None:
        bare = opened(Channel.ZALO, replace(settings, templates={}))
        receipt = bare.send(MESSAGE)
        assert receipt.fault is Fault.STOP
        assert receipt.answer == (
            "Chưa có mẫu tin Zalo cho loại tin này: ghi id ở mục templates.DIGEST của config/zalo.toml."
        )

    @pytest.mark.parametrize("phone", ["02438219999", "84", "", "987654321a", "84987654321/../x"])
    def test_finds_no_phone_in_what_is_none(self, zalo: Zalo, by_phone: ZaloNotifier, phone: str) -> None:
        assert by_phone.send(to(phone)).fault is Fault.BAD_ADDRESS
        assert zalo.asked == []


class TestAMessageByUserId:
    def test_is_a_consultation_in_full_while_an_answer_is_allowed(self, zalo: Zalo, by_user: ZaloNotifier) -> None:
        zalo.heard.add(USER)
        receipt = by_user.send(to(USER, heard_at=HEARD_AT))
        (taken,) = zalo.taken
        assert (taken.name, taken.said) == ("consultation", "Kính gửi bà Hằng,\n2 việc quá hạn.")
        assert receipt.reference == taken.message_id

    def test_is_cut_at_two_thousand_composed_letters(self, zalo: Zalo, by_user: ZaloNotifier) -> None:
        zalo.heard.add(USER)
        whole = "Số liệu " * 250
        by_user.send(to(USER, heard_at=HEARD_AT, brief=unicodedata.normalize("NFD", whole)))
        by_user.send(to(USER, heard_at=HEARD_AT, brief=whole + "thừa"))
        assert zalo.taken[0].said == whole.strip()
        assert zalo.taken[1].said == whole.strip() + "…"

    @pytest.mark.parametrize("heard_at", [None, HEARD_AT - timedelta(minutes=1)])
    def test_is_a_template_without_reference_of_ours_otherwise(
        self, zalo: Zalo, by_user: ZaloNotifier, heard_at: datetime | None
    ) -> None:
        receipt = by_user.send(to(USER, heard_at=heard_at))
        (taken,) = zalo.taken
        assert (taken.name, taken.tracking_id, receipt.reference) == ("user", None, taken.message_id)

    def test_goes_another_way_when_zalo_knows_of_no_recent_word(self, zalo: Zalo, by_user: ZaloNotifier) -> None:
        receipt = by_user.send(to(USER, heard_at=HEARD_AT))
        assert receipt.fault is Fault.OTHER_CHANNEL
        assert "mã -230" in receipt.answer


class TestAGroup:
    def test_gets_the_text_without_what_would_mention_somebody(self, zalo: Zalo, opened: Open) -> None:
        opened(Channel.ZALO_GROUP).send(
            to(GROUP, kind=DeliveryKind.GROUP, brief="Họp [@[[@@all] lúc 8:00", fields=None)
        )
        (taken,) = zalo.taken
        assert (taken.name, taken.recipient, taken.said) == ("group", GROUP, "Họp all] lúc 8:00")


class TestARefusal:
    @pytest.mark.parametrize(
        ("code", "fault"),
        [
            (-118, Fault.OTHER_CHANNEL),
            (-114, Fault.OTHER_CHANNEL),
            (-108, Fault.BAD_ADDRESS),
            (-227, Fault.OTHER_CHANNEL),
            (-100, Fault.AGAIN),
            (-131, Fault.STOP),
            (-1121, Fault.CONTENT),
            (-99999, Fault.AGAIN),
        ],
    )
    def test_is_told_by_its_class_with_words_and_code(
        self, zalo: Zalo, by_phone: ZaloNotifier, code: int, fault: Fault
    ) -> None:
        zalo.codes_for[PHONE] = code
        receipt = by_phone.send(MESSAGE)
        assert receipt.fault is fault
        assert f"(mã {code}, Zalo ghi: “Refused”)" in receipt.answer
        assert by_phone.send(to(OTHER_PHONE)).accepted

    def test_of_a_token_renews_it_once_in_the_middle_of_a_batch(
        self, zalo: Zalo, access: HeldAccess, by_phone: ZaloNotifier
    ) -> None:
        phones = [f"8498765430{number}" for number in range(6)]
        for number, phone in enumerate(phones):
            if number == 3:
                zalo.expire_access()
            assert by_phone.send(to(phone)).accepted
        assert access.renewals == 1
        assert [one.recipient for one in zalo.taken] == phones

    def test_of_every_token_stops_the_channel(self, zalo: Zalo, access: HeldAccess, by_phone: ZaloNotifier) -> None:
        zalo.codes_for[PHONE] = -124
        receipt = by_phone.send(MESSAGE)
        assert (receipt.fault, access.renewals) == (Fault.STOP, 1)
        assert "Cần cấp lại quyền cho Zalo OA" in receipt.answer

    def test_of_a_token_that_is_no_header_stops_the_channel_without_showing_it(
        self, access: HeldAccess, by_phone: ZaloNotifier
    ) -> None:
        access.present = "mã-bí-mật"
        receipt = by_phone.send(MESSAGE)
        assert receipt.fault is Fault.STOP
        assert "mã-bí-mật" not in receipt.answer

    def test_for_want_of_access_is_the_access_own(self, access: HeldAccess, by_phone: ZaloNotifier) -> None:
        access.refusal = ZaloConsentNeeded(reason="mã gia hạn đã hết hạn")
        assert by_phone.send(MESSAGE).fault is Fault.STOP
        access.refusal = ZaloUnreachable(reason="Không kết nối được Zalo")
        assert by_phone.send(MESSAGE).fault is Fault.UNREACHABLE


class TestAnAllowance:
    def test_that_ends_in_the_middle_of_a_batch_leaves_the_rest_for_tomorrow_unasked(
        self, zalo: Zalo, by_phone: ZaloNotifier, clock: StandingClock
    ) -> None:
        zalo.quota = 2
        receipts = [by_phone.send(to(f"8498765430{number}")) for number in range(5)]
        assert [one.fault for one in receipts] == [None, None, *[Fault.TOMORROW] * 3]
        assert len(zalo.asked_for("phone")) == 2
        assert len(zalo.asked_for("quota")) == 1
        zalo.quota, clock.moment = 500, datetime(2026, 3, 25, 1, 30, tzinfo=UTC)
        assert by_phone.send(MESSAGE).accepted

    def test_used_up_by_another_process_is_heard_from_the_refusal(self, zalo: Zalo, by_phone: ZaloNotifier) -> None:
        assert by_phone.send(MESSAGE).accepted
        zalo.quota = 0
        assert "mã -144" in by_phone.send(MESSAGE).answer
        assert by_phone.send(MESSAGE).fault is Fault.TOMORROW
        assert len(zalo.asked_for("phone")) == 2

    def test_of_one_template_is_not_that_of_the_account(self, zalo: Zalo, by_phone: ZaloNotifier) -> None:
        zalo.template_left = 0
        assert "mã -147" in by_phone.send(MESSAGE).answer
        assert by_phone.send(MESSAGE).fault is Fault.TOMORROW
        assert len(zalo.asked_for("phone")) == 1

    def test_that_is_gone_at_the_start_sends_nothing(self, zalo: Zalo, by_phone: ZaloNotifier) -> None:
        zalo.quota = 0
        assert by_phone.send(MESSAGE).fault is Fault.TOMORROW
        assert zalo.asked_for("phone") == []

    def test_does_not_hold_for_consultation(self, zalo: Zalo, by_user: ZaloNotifier) -> None:
        zalo.quota = 0
        zalo.heard.add(USER)
        assert by_user.send(to(USER, heard_at=HEARD_AT)).accepted

    def test_of_calls_in_a_minute_is_kept_before_it_is_broken(self, zalo: Zalo, opened: Open) -> None:
        groups = opened(Channel.ZALO_GROUP)
        zalo.calls_left = 1
        assert groups.send(to(GROUP)).accepted
        waiting = groups.send(to(GROUP))
        assert waiting.fault is Fault.AGAIN
        assert waiting.wait is not None
        assert 0 < waiting.wait <= 60
        assert len(zalo.asked) == 1
        refused = opened(Channel.ZALO_GROUP).send(to(GROUP))
        assert (refused.fault, refused.wait) == (Fault.AGAIN, 60.0)
        assert "mã -32" in refused.answer


class TestNight:
    def test_lets_templates_wait_and_nothing_else(
        self, zalo: Zalo, by_phone: ZaloNotifier, by_user: ZaloNotifier, opened: Open, clock: StandingClock
    ) -> None:
        clock.moment = datetime(2026, 3, 24, 15, 0, tzinfo=UTC)  # 22:00
        zalo.heard.add(USER)
        assert by_phone.send(MESSAGE).fault is Fault.MORNING
        assert by_user.send(to(USER)).fault is Fault.MORNING
        assert by_user.send(to(USER, heard_at=clock.moment)).accepted
        assert opened(Channel.ZALO_GROUP).send(to(GROUP)).accepted
        assert [one.name for one in zalo.taken] == ["consultation", "group"]

    def test_as_zalo_sees_it_is_believed_over_our_clock(
        self, zalo: Zalo, by_phone: ZaloNotifier, by_user: ZaloNotifier
    ) -> None:
        zalo.night = True
        for receipt, code in ((by_phone.send(MESSAGE), -133), (by_user.send(to(USER)), -234)):
            assert receipt.fault is Fault.MORNING
            assert f"mã {code}" in receipt.answer


class TestSilence:
    @pytest.mark.parametrize(
        ("manner", "fault"),
        [
            ("hang", Fault.AGAIN),
            ("lost", Fault.AGAIN),
            ("html", Fault.AGAIN),
            ("json", Fault.AGAIN),
            ("500", Fault.AGAIN),
            ("503", Fault.UNREACHABLE),
            ("302", Fault.UNREACHABLE),
            ("404", Fault.STOP),
        ],
    )
    def test_is_no_accepted_message_and_does_not_spoil_the_next(
        self, zalo: Zalo, by_phone: ZaloNotifier, manner: str, fault: Fault
    ) -> None:
        zalo.manners[PHONE] = manner
        receipt = by_phone.send(MESSAGE)
        assert receipt.fault is fault
        assert ("chưa rõ tin đã đến hay chưa" in receipt.answer) is (fault is Fault.AGAIN)
        assert by_phone.send(to(OTHER_PHONE)).accepted

    def test_behind_too_many_requests_says_how_long_to_wait(self, zalo: Zalo, by_phone: ZaloNotifier) -> None:
        zalo.manners[PHONE] = "429"
        receipt = by_phone.send(MESSAGE)
        assert (receipt.fault, receipt.wait) == (Fault.AGAIN, 60)

    def test_of_nobody_there_at_all_rests_the_channel(self, settings: ZaloSettings, zalo: Zalo, opened: Open) -> None:
        nowhere = replace(settings.addresses, group="http://127.0.0.1:9/x")
        receipt = opened(Channel.ZALO_GROUP, replace(settings, addresses=nowhere)).send(to(GROUP))
        assert (receipt.fault, receipt.answer) == (Fault.UNREACHABLE, "Không kết nối được Zalo.")

    def test_of_a_connection_that_died_while_idle_is_not_noticed(self, zalo: Zalo, by_phone: ZaloNotifier) -> None:
        assert by_phone.send(MESSAGE).accepted
        zalo.hang_up()
        time.sleep(0.05)
        assert by_phone.send(to(OTHER_PHONE)).accepted

    def test_about_the_quota_alone_does_not_keep_a_message_back(self, settings: ZaloSettings, opened: Open) -> None:
        nowhere = replace(settings.addresses, quota="http://127.0.0.1:9/x")
        assert opened(Channel.ZALO, replace(settings, addresses=nowhere)).send(MESSAGE).accepted


class TestSecrets:
    def test_stand_in_no_log_answer_or_description(
        self,
        zalo: Zalo,
        access: HeldAccess,
        settings: ZaloSettings,
        clock: StandingClock,
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        caplog.set_level(logging.DEBUG)
        for name in ("apprise", "httpx", "httpcore", "urllib3", "requests"):
            caplog.set_level(logging.DEBUG, logger=name)
        said = []
        ways = zalo_ways(settings, access, clock, ZONE)
        for channel, recipient in ((Channel.ZALO, PHONE), (Channel.ZALO_USER, USER), (Channel.ZALO_GROUP, GROUP)):
            notifier = ways[channel]()
            for manner in ("", "lost", "500"):
                zalo.manners[recipient] = manner
                said.append(repr(notifier.send(to(recipient))))
            zalo.expire_access()
            said.append(repr(notifier.send(to(recipient))))
            notifier.close()
        whole = "\n".join([caplog.text, *said])
        assert "HTTP Request" in whole  # the logs of below were listened to
        assert "bi-mat" not in whole
        assert PHONE not in caplog.text
