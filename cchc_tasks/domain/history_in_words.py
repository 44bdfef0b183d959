"""What happened to an obligation, as sentences: its journal, its rungs and what became of their messages."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from cchc_tasks.domain.channels import channel_named
from cchc_tasks.domain.dates_in_words import short_date
from cchc_tasks.domain.reminders import INTRODUCTION, LAST_DAY, is_follow_up
from cchc_tasks.domain.vocabulary import Channel, DeliveryState, Outcome, ReminderState

Details = Mapping[str, Any]


def deed_in_words(action: str, details: Details) -> str:
    """A journal entry without its actor: "nộp lần 1, 2 tài liệu, ngày nhận 18/3/2026"."""
    sentence = _DEEDS.get(action)
    return sentence(details) if sentence else "thực hiện một thao tác khác"


def rung_in_words(name: str) -> str:
    """A rung of the ladder: "before-7" is "trước hạn 7 ngày"."""
    if name in _APART:
        return _APART[name]
    if is_follow_up(name):
        return "báo cáo lãnh đạo Sở"
    side, _, days = name.partition("-")
    if days == "0":
        return "ngày làm việc cuối"
    return f"quá hạn {days} ngày" if side == "after" else f"trước hạn {days} ngày"


def sending_in_words(state: ReminderState, delivery: DeliveryState | None) -> str:
    """What became of a rung: "đã gửi", "chờ gửi" …; empty for one that is still to come."""
    if state is not ReminderState.PLANNED:
        return _RUNGS[state]
    return _UNSENT[delivery] if delivery else ""


_APART = {
    INTRODUCTION: "giới thiệu việc mới giao",
    LAST_DAY: "ngày làm việc cuối trước hạn",
}
_RUNGS = {
    ReminderState.SENT: "đã gửi",
    ReminderState.MERGED: "đã gộp vào thư khác cùng buổi",
    ReminderState.CANCELLED: "đã hủy",
}
_UNSENT = {
    DeliveryState.PLANNED: "chờ gửi",
    DeliveryState.CLAIMED: "đang gửi",
    DeliveryState.DEFERRED: "hoãn, sẽ gửi lại",
    DeliveryState.FAILED: "không gửi được",
    DeliveryState.DEAD: "đã thử nhiều lần không gửi được",
    DeliveryState.CANCELLED: "không gửi",
    DeliveryState.SENT: "đã gửi",
}


def _submitted(details: Details) -> str:
    handed = f"nộp lần {details['revision']}, {len(details['items'])} tài liệu"
    behind = ", nhập thay đơn vị" if details.get("on_behalf_of") else ""
    return f"{handed}, ngày nhận {_day(details['received_on'])}{behind}{_way(details)}"


def _way(details: Details) -> str:
    return " qua đường dẫn trong thư nhắc" if details.get("by_link") else ""


def _returned(details: Details) -> str:
    asked = "làm lại" if details.get("outcome") == Outcome.RETURNED_TO_REDO else "bổ sung"
    until = f", hạn bổ sung {_day(details['until'])}" if details.get("until") else ""
    return f"yêu cầu {asked} lần nộp {details['revision']}{until}: {details['reason']}"


def _followed_up(details: Details) -> str:
    ways = ["báo cáo lãnh đạo Sở"] if details["to_leaders"] else []
    ways += ["lập công văn đôn đốc"] if details.get("letter") else []
    return f"quyết định đôn đốc: {' và '.join(ways)}"


def _granted(details: Details) -> str:
    superior = details.get("superior_number")
    above = f", cấp trên đồng ý tại số {superior}" if superior else ""
    cleared = f", bỏ hạn nội bộ {_day(details['internal_due_on'])}" if details.get("internal_due_on") else ""
    moved = f"gia hạn từ {_day(details['due_on'])} đến {_day(details['until'])}"
    return f"{moved} theo số {details['number']}{above}{cleared}"


def _internal_day(details: Details) -> str:
    did = f"đặt hạn nội bộ {_day(details['on'])}" if details.get("on") else "bỏ hạn nội bộ"
    count = len(details["obligations"])
    return f"{did} cho {count} việc theo kỳ của nhiệm vụ này" if count > 1 else did


def _added(details: Details) -> str:
    superior = f", {details['assigned_by']} giao" if details.get("assigned_by") else ""
    dated = f"{details['number']} ngày {_day(details['dated'])}"
    return f"giao nhiệm vụ theo công văn số {dated}{superior}, hạn {_day(details['due_on'])}"


def _assigned(details: Details) -> str:
    until = f", hoàn thành chậm nhất ngày {_day(details['until'])}" if details.get("until") else ""
    return f"phân công {details['name']}{until}"


def _asked_input(details: Details) -> str:
    return f"đề nghị {details['unit']} phối hợp, trả lời chậm nhất {_day(details['due_on'])}: {details['what']}"


def _together(details: Details) -> str:
    return f", cùng {details['together'] - 1} lượt khác" if details.get("together", 1) > 1 else ""


def _came_back(details: Details) -> str:
    marked = " Đã đánh dấu địa chỉ." if details.get("marked") else ""
    other = f" Gửi thay qua {channel_named(Channel(details['other']))}." if details.get("other") else ""
    waits = " Nhắc lại ở buổi sáng sau." if details.get("waits") else ""
    return f"ghi nhận: {details['why']}{marked}{other}{waits}"


def _by(details: Details) -> str:
    return f" từ ngày {_day(details['on'])}, theo văn bản {details['number']}"


def _channel(details: Details) -> str:
    return channel_named(Channel(details["channel"]))


def _day(text: str) -> str:
    return short_date(date.fromisoformat(text))


_DEEDS: dict[str, Callable[[Details], str]] = {
    "plan.publish": lambda details: f"công bố kế hoạch từ ngày {_day(details['on'])}",
    "duty.trigger": lambda details: f"ghi nhận nhiệm vụ phát sinh từ ngày {_day(details['on'])}",
    "duty.not-triggered": lambda details: f"ghi nhận nhiệm vụ không phát sinh: {details['why']}",
    "duty.add": _added,
    "obligation.assign": _assigned,
    "obligation.unassign": lambda details: f"thôi phân công {details['name']}",
    "input.ask": _asked_input,
    "input.end": lambda details: "kết thúc đề nghị phối hợp vì việc chính đã xong hoặc thôi thực hiện",
    "obligation.acknowledge": lambda details: f"tiếp nhận{_way(details)}",
    "obligation.pass-on": lambda details: f"chuyển từ {details['source']} sang {details['into']}{_by(details)}",
    "obligation.merged-away": lambda details: (
        f"thôi thực hiện vì đơn vị đã sáp nhập vào {details['into']}, nơi có việc riêng cùng kỳ{_by(details)}"
    ),
    "obligation.unit-left": lambda details: f"{details['unit']} ngừng hoạt động, không còn thực hiện{_by(details)}",
    "obligation.unit-closed": lambda details: (
        f"thôi thực hiện vì {details['unit']} ngừng hoạt động: {details['why']}{_by(details)}"
    ),
    "evidence.submit": _submitted,
    "evidence.accept": lambda details: f"xác nhận hoàn thành theo lần nộp {details['revision']}",
    "evidence.return": _returned,
    "extension.request": lambda details: f"xin gia hạn đến {_day(details['until'])}: {details['why']}",
    "extension.grant": _granted,
    "extension.refuse": lambda details: f"không đồng ý gia hạn đến {_day(details['until'])}: {details['why']}",
    "obligation.internal-day": _internal_day,
    "follow-up.release": _followed_up,
    "follow-up.decline": lambda details: f"quyết định không đôn đốc: {details['reason']}",
    "secret.set": lambda details: f"đặt khóa kết nối “{details['name']}”",
    "secret.remove": lambda details: f"xóa khóa kết nối “{details['name']}”",
    "secret.rotate": lambda details: f"đổi khóa bí mật, niêm phong lại {details['secrets']} khóa kết nối",
    "secret.drop-old": lambda details: "bỏ các khóa bí mật cũ",
    "zalo.consent": lambda details: "cấp quyền gửi cho Zalo OA",
    "group.post": lambda details: f"gửi tin của nhóm {details['group']} vào nhóm Zalo {details['recipient']}",
    "zalo.lost": lambda details: f"mất quyền gửi của Zalo OA: {details['reason']}",
    "delivery.requeue": lambda details: f"cho thử lại ngay{_together(details)}",
    "delivery.cancel": lambda details: f"hủy lượt gửi{_together(details)}",
    "delivery.resend": lambda details: "cho gửi lại nội dung đã gửi",
    "delivery.bounce": _came_back,
    "batch.release": lambda details: f"cho gửi {details['waiting']} thư đang chờ của buổi sáng",
    "channel.set": lambda details: f"{'đặt' if details['enabled'] else 'tắt'} {_channel(details)}",
    "channel.resume": lambda details: f"cho {_channel(details)} gửi tiếp",
    "channel.test": lambda details: f"gửi thử qua {_channel(details)}",
    "contact.set": lambda details: f"đặt nơi nhận {details['address']} qua {_channel(details)}",
    "contact.remove": lambda details: f"bỏ nơi nhận qua {_channel(details)}",
    "contact.good": lambda details: f"dùng lại nơi nhận qua {_channel(details)}",
}
