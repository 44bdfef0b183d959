"""The journal and the rungs are told in sentences that need no glossary."""

import pytest

from cchc_tasks.domain.history_in_words import deed_in_words, rung_in_words, sending_in_words
from cchc_tasks.domain.vocabulary import DeliveryState, ReminderState


class TestDeeds:
    @pytest.mark.parametrize(
        ("action", "details", "words"),
        [
            ("obligation.acknowledge", {}, "tiếp nhận"),
            ("obligation.acknowledge", {"by_link": True}, "tiếp nhận qua đường dẫn trong thư nhắc"),
            ("plan.publish", {"on": "2026-01-05"}, "công bố kế hoạch từ ngày 05/01/2026"),
            (
                "evidence.submit",
                {"revision": 2, "items": ["a", "b"], "received_on": "2026-03-18", "on_behalf_of": "THPT-LE-LOI"},
                "nộp lần 2, 2 tài liệu, ngày nhận 18/3/2026, nhập thay đơn vị",
            ),
            (
                "evidence.return",
                {"revision": 1, "outcome": "RETURNED_TO_REDO", "until": "2026-03-24", "reason": "sai số liệu"},
                "yêu cầu làm lại lần nộp 1, hạn bổ sung 24/3/2026: sai số liệu",
            ),
            ("evidence.accept", {"revision": 1}, "xác nhận hoàn thành theo lần nộp 1"),
            (
                "extension.request",
                {"until": "2026-04-15", "why": "chờ số liệu"},
                "xin gia hạn đến 15/4/2026: chờ số liệu",
            ),
            (
                "extension.grant",
                {
                    "due_on": "2026-03-31",
                    "until": "2026-04-15",
                    "number": "45/SGDĐT-VP",
                    "superior_number": "9/UBND",
                    "internal_due_on": "2026-03-26",
                },
                "gia hạn từ 31/3/2026 đến 15/4/2026 theo số 45/SGDĐT-VP, cấp trên đồng ý tại số 9/UBND, "
                "bỏ hạn nội bộ 26/3/2026",
            ),
            (
                "extension.refuse",
                {"until": "2026-04-15", "why": "còn kịp"},
                "không đồng ý gia hạn đến 15/4/2026: còn kịp",
            ),
            ("obligation.internal-day", {"on": "2026-12-05", "obligations": [1]}, "đặt hạn nội bộ 05/12/2026"),
            (
                "obligation.internal-day",
                {"on": None, "obligations": [1, 2]},
                "bỏ hạn nội bộ cho 2 việc theo kỳ của nhiệm vụ này",
            ),
            ("something.new", {}, "thực hiện một thao tác khác"),
        ],
    )
    def test_are_sentences_without_their_actor(self, action: str, details: dict[str, object], words: str) -> None:
        assert deed_in_words(action, details) == words


class TestRungs:
    @pytest.mark.parametrize(
        ("rung", "words"),
        [
            ("before-7", "trước hạn 7 ngày"),
            ("before-0", "ngày làm việc cuối"),
            ("after-3", "quá hạn 3 ngày"),
            ("introduction", "giới thiệu việc mới giao"),
        ],
    )
    def test_say_how_far_the_day_is(self, rung: str, words: str) -> None:
        assert rung_in_words(rung) == words

    def test_tell_what_became_of_their_message(self) -> None:
        assert sending_in_words(ReminderState.PLANNED, None) == ""
        assert sending_in_words(ReminderState.PLANNED, DeliveryState.FAILED) == "không gửi được"
        assert sending_in_words(ReminderState.SENT, DeliveryState.SENT) == "đã gửi"
