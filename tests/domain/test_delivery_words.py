"""Every course a delivery can take has a sentence for an office, and none says more than is known."""

from datetime import UTC, date, datetime
from itertools import product
from zoneinfo import ZoneInfo

import pytest

from cchc_tasks.domain.delivery_deeds import Deed, possible
from cchc_tasks.domain.delivery_words import (
    KIND_IN_WORDS,
    STATE_IN_WORDS,
    Course,
    after_cancelling_in_words,
    answer_in_words,
    course_in_words,
    fault_in_words,
)
from cchc_tasks.domain.vocabulary import Channel, DeliveryKind, DeliveryState, Fault, Known

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
TODAY = date(2026, 3, 24)
AT_NINE_TEN = datetime(2026, 3, 24, 2, 10, tzinfo=UTC)
TOMORROW_AT_SEVEN = datetime(2026, 3, 25, 0, 0, tzinfo=UTC)
FAULTS, KNOWN = (None, *Fault), (None, *Known)


def said(**facts: object) -> str:
    return course_in_words(Course(**facts), on=TODAY, zone=ZONE)  # type: ignore[arg-type]


class TestEverySentence:
    @pytest.mark.parametrize("state", DeliveryState)
    def test_is_whole_vietnamese_and_without_codes(self, state: DeliveryState) -> None:
        codes = [one.value for kind in (DeliveryState, Fault, Known) for one in kind]
        moments = (None, AT_NINE_TEN)
        for channel, fault, known, cut_off, held, other in product(
            Channel, FAULTS, KNOWN, (False, True), (False, True), (None, Channel.MAIL, Channel.ZALO)
        ):
            for moment in moments:
                sentence = said(
                    state=state,
                    channel=channel,
                    tries=3,
                    fault=fault,
                    cut_off=cut_off,
                    held=held,
                    next_at=moment,
                    sent_at=moment,
                    known=known,
                    known_at=moment,
                    other=other,
                )
                assert sentence[0].isupper(), sentence
                assert sentence.endswith("."), sentence
                assert not any(mark in sentence for mark in ("{", "None", "  ", "..", ";.", *codes)), sentence

    @pytest.mark.parametrize("state", [DeliveryState.DEFERRED, DeliveryState.FAILED, DeliveryState.DEAD])
    def test_of_what_did_not_go_out_tells_each_fault_apart(self, state: DeliveryState) -> None:
        for channel in (Channel.MAIL, Channel.ZALO):
            assert len({said(state=state, channel=channel, fault=fault, tries=2) for fault in FAULTS}) == len(FAULTS)

    def test_of_what_was_sent_tells_what_is_known_apart(self) -> None:
        sentences = {said(state=DeliveryState.SENT, sent_at=AT_NINE_TEN, known=known) for known in Known}
        assert len(sentences) == len(Known)

    def test_stands_for_every_word_of_the_vocabulary(self) -> None:
        assert set(KIND_IN_WORDS) == set(DeliveryKind)
        assert set(STATE_IN_WORDS) == set(DeliveryState)
        assert all(after_cancelling_in_words(kind) for kind in DeliveryKind)
        assert len({fault_in_words(fault, Channel.ZALO) for fault in Fault}) == len(Fault)


class TestTheSentence:
    @pytest.mark.parametrize(
        ("facts", "sentence"),
        [
            (
                {"state": "SENT", "sent_at": AT_NINE_TEN, "known": Known.ACCEPTED},
                "Máy chủ thư đã nhận lúc 09:10, chưa biết đã đến hay chưa.",
            ),
            (
                {"state": "SENT", "channel": Channel.ZALO, "known": Known.DELIVERED, "known_at": AT_NINE_TEN},
                "Đã đến máy người nhận lúc 09:10.",
            ),
            (
                {"state": "SENT", "known": Known.RETURNED, "known_at": TOMORROW_AT_SEVEN},
                "Thư bị trả lại lúc 07:00 25/3/2026; người nhận chưa nhận được.",
            ),
            (
                {"state": "DEFERRED", "fault": Fault.AGAIN, "next_at": AT_NINE_TEN},
                "Máy chủ thư chưa nhận, sẽ gửi lại lúc 09:10.",
            ),
            (
                {"state": "DEFERRED", "channel": Channel.ZALO, "fault": Fault.TOMORROW, "next_at": TOMORROW_AT_SEVEN},
                "Hết số tin được gửi trong ngày, sẽ gửi lại lúc 07:00 25/3/2026.",
            ),
            ({"state": "DEFERRED", "fault": Fault.TOMORROW}, "Hết số tin được gửi trong ngày, gửi lại sáng mai."),
            (
                {"state": "DEFERRED"},
                "Máy chủ thư chưa được cài đặt hoặc đang dừng; sẽ gửi khi kênh sẵn sàng.",
            ),
            (
                {"state": "FAILED", "fault": Fault.BAD_ADDRESS, "other": Channel.ZALO},
                "Địa chỉ không có người nhận; đã đánh dấu, cần sửa nơi nhận; đã chuyển sang Zalo (theo số điện thoại).",
            ),
            (
                {"state": "FAILED", "channel": Channel.ZALO, "fault": Fault.OTHER_CHANNEL, "other": Channel.MAIL},
                "Người này không nhận được qua Zalo (theo số điện thoại); đã chuyển sang thư điện tử.",
            ),
            (
                {"state": "DEAD", "fault": Fault.AGAIN, "tries": 10},
                "Đã thử 10 lần không được, cần xem. Máy chủ thư chưa nhận.",
            ),
            (
                {"state": "PLANNED", "cut_off": True},
                "Lượt chạy dừng giữa chừng, chưa rõ thư đã đi hay chưa; lượt chạy sau gửi lại.",
            ),
            (
                {"state": "PLANNED", "sent_at": AT_NINE_TEN, "known": Known.RETURNED},
                "Chưa đến lượt gửi lại. Lần gửi trước lúc 09:10 bị trả lại.",
            ),
        ],
    )
    def test_says_what_is_known(self, facts: dict[str, object], sentence: str) -> None:
        assert said(**facts | {"state": DeliveryState(str(facts["state"]))}) == sentence


class TestDeeds:
    def test_are_none_for_what_is_in_hand_or_replaced(self) -> None:
        for state in DeliveryState:
            assert possible(state, held=True, kept=True, replaced=False) == ()
            assert possible(state, held=False, kept=True, replaced=True) == ()

    def test_treat_what_a_run_left_behind_as_waiting(self) -> None:
        left = possible(DeliveryState.CLAIMED, held=False, kept=False, replaced=False)
        assert left == (Deed.REQUEUE, Deed.CANCEL)

    def test_send_again_only_what_was_kept(self) -> None:
        assert possible(DeliveryState.SENT, held=False, kept=True, replaced=False) == (Deed.RESEND,)
        assert possible(DeliveryState.SENT, held=False, kept=False, replaced=False) == ()


class TestAnswers:
    @pytest.mark.parametrize(
        ("answer", "words"),
        [
            ("Không còn việc cần nhắc.", "Không còn việc cần nhắc."),
            ("-118 Zalo account not existed", None),
            ("451 4.7.1 try again later", None),
        ],
    )
    def test_are_said_where_they_add_something_to_the_fault(self, answer: str, words: str | None) -> None:
        assert answer_in_words(answer) == words

    def test_of_a_mail_server_are_put_into_words(self) -> None:
        assert "không tồn tại" in (answer_in_words("550 5.1.1 no such user") or "")
