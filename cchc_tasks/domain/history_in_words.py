"""What happened to an obligation, as sentences: its journal, its rungs and what became of their messages."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from cchc_tasks.domain.dates_in_words import short_date
from cchc_tasks.domain.reminders import INTRODUCTION
from cchc_tasks.domain.vocabulary import DeliveryState, Outcome, ReminderState

Details = Mapping[str, Any]


def deed_in_words(action: str, details: Details) -> str:
    """A journal entry without its actor: "nộp lần 1, 2 tài liệu, ngày nhận 18/3/2026"."""
    sentence = _DEEDS.get(action)
    return sentence(details) if sentence else "thực hiện một thao tác khác"


def rung_in_words(name: str) -> str:
    """A rung of the ladder: "before-7" is "trước hạn 7 ngày"."""
    if name == INTRODUCTION:
        return "giới thiệu việc mới giao"
    side, _, days = name.partition("-")
    if days == "0":
        return "ngày làm việc cuối"
    return f"quá hạn {days} ngày" if side == "after" else f"trước hạn {days} ngày"


def sending_in_words(state: ReminderState, delivery: DeliveryState | None) -> str:
    """What became of a rung: "đã gửi", "chờ gửi" …; empty for one that is still to come."""
    if state is not ReminderState.PLANNED:
        return _RUNGS[state]
    return _UNSENT[delivery] if delivery else ""


_RUNGS = {
    ReminderState.SENT: "đã gửi",
    ReminderState.MERGED: "đã gộp vào thư khác cùng buổi",
    ReminderState.CANCELLED: "đã hủy",
}
_UNSENT = {
    DeliveryState.PLANNED: "chờ gửi",
    DeliveryState.CLAIMED: "đang gửi",
    DeliveryState.DEFERRED: "hoãn vì chưa có máy chủ thư",
    DeliveryState.FAILED: "không gửi được",
    DeliveryState.CANCELLED: "không gửi",
    DeliveryState.SENT: "đã gửi",
}


def _submitted(details: Details) -> str:
    handed = f"nộp lần {details['revision']}, {len(details['items'])} tài liệu"
    behind = ", nhập thay đơn vị" if details.get("on_behalf_of") else ""
    return f"{handed}, ngày nhận {_day(details['received_on'])}{behind}"


def _returned(details: Details) -> str:
    asked = "làm lại" if details.get("outcome") == Outcome.RETURNED_TO_REDO else "bổ sung"
    until = f", hạn bổ sung {_day(details['until'])}" if details.get("until") else ""
    return f"yêu cầu {asked} lần nộp {details['revision']}{until}: {details['reason']}"


def _day(text: str) -> str:
    return short_date(date.fromisoformat(text))


_DEEDS: dict[str, Callable[[Details], str]] = {
    "plan.publish": lambda details: f"công bố kế hoạch từ ngày {_day(details['on'])}",
    "duty.trigger": lambda details: f"ghi nhận nhiệm vụ phát sinh từ ngày {_day(details['on'])}",
    "duty.not-triggered": lambda details: f"ghi nhận nhiệm vụ không phát sinh: {details['why']}",
    "obligation.acknowledge": lambda details: "tiếp nhận",
    "evidence.submit": _submitted,
    "evidence.accept": lambda details: f"xác nhận hoàn thành theo lần nộp {details['revision']}",
    "evidence.return": _returned,
}
