"""What became of a message, in sentences an office understands: what is known is said, and what is not known too."""

from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from cchc_tasks.domain.channels import CHANNEL_IN_WORDS
from cchc_tasks.domain.dates_in_words import short_date
from cchc_tasks.domain.mail_answers import meaning
from cchc_tasks.domain.vocabulary import Channel, DeliveryKind, DeliveryState, Fault, Known

KIND_IN_WORDS = {
    DeliveryKind.DIGEST: "thư nhắc buổi sáng",
    DeliveryKind.INTRODUCTION: "thư giao nhiệm vụ mới",
    DeliveryKind.WEEKLY: "thư tuần gửi lãnh đạo",
    DeliveryKind.ALERT: "thư báo quản trị",
    DeliveryKind.GROUP: "tin gửi nhóm",
}
STATE_IN_WORDS = {
    DeliveryState.SENT: "đã gửi",
    DeliveryState.FAILED: "lỗi",
    DeliveryState.DEAD: "đã bỏ cuộc",
    DeliveryState.DEFERRED: "hoãn, sẽ gửi lại",
    DeliveryState.CLAIMED: "đang gửi",
    DeliveryState.PLANNED: "chờ gửi",
    DeliveryState.CANCELLED: "đã hủy",
}
RETURNED_IN_WORDS = "bị trả lại"
_CUT_OFF = "Lượt chạy dừng giữa chừng, chưa rõ {message} đã đi hay chưa"
_WHY = {
    Fault.AGAIN: "{Other} chưa nhận",
    Fault.UNREACHABLE: "Không kết nối được với {other}, kênh tạm nghỉ",
    Fault.TOMORROW: "Hết số tin được gửi trong ngày",
    Fault.MORNING: "Kênh này không gửi ban đêm",
    Fault.BAD_ADDRESS: "Địa chỉ không có người nhận; đã đánh dấu, cần sửa nơi nhận",
    Fault.OTHER_CHANNEL: "Người này không nhận được qua {channel}",
    Fault.CONTENT: "{Message} này không gửi được dù thử lại",
    Fault.STOP: "Kênh đã dừng, chờ quản trị",
}
_PASSES = frozenset({Fault.AGAIN, Fault.UNREACHABLE, Fault.TOMORROW, Fault.MORNING})
_KNOWN_BEFORE = {
    Known.ACCEPTED: "đã được nhận",
    Known.DELIVERED: "đã đến nơi",
    Known.SEEN: "đã được xem",
    Known.RETURNED: "bị trả lại",
}


_STEPS_GO = "Các mốc nhắc trong thư này không được nhắc nữa; mốc sau của từng việc vẫn nhắc đúng ngày."
_AFTER_CANCELLING = {
    DeliveryKind.DIGEST: _STEPS_GO,
    DeliveryKind.INTRODUCTION: f"Việc mới giao không được giới thiệu qua thư này. {_STEPS_GO}",
    DeliveryKind.WEEKLY: f"Thư tuần được soạn lại vào buổi sáng làm việc sau. {_STEPS_GO}",
    DeliveryKind.ALERT: "Cảnh báo vẫn hiện ở Tổng quan.",
    DeliveryKind.GROUP: "Tin không được gửi vào nhóm; cần thì gửi lại từ trang soạn tin.",
}


@dataclass(frozen=True, slots=True)
class Course:
    """What became of a delivery so far.

    `fault` and `cut_off` tell of its last try, `held` whether a run has it in hand now, `other` by which channel
    another one goes out in its place.
    """

    state: DeliveryState
    channel: Channel = Channel.MAIL
    tries: int = 0
    fault: Fault | None = None
    cut_off: bool = False
    held: bool = False
    next_at: datetime | None = None
    sent_at: datetime | None = None
    known: Known | None = None
    known_at: datetime | None = None
    other: Channel | None = None


def course_in_words(course: Course, *, on: date, zone: tzinfo) -> str:
    """One sentence, or two where it was sent before; `on` is today, whose times need no date."""
    said = _Saying(course, on, zone)
    match course.state:
        case DeliveryState.SENT:
            return said.sent()
        case DeliveryState.CLAIMED:
            sentence = "Đang gửi." if course.held else f"{said.filled(_CUT_OFF)}; lượt chạy sau gửi lại."
        case DeliveryState.PLANNED:
            sentence = said.planned()
        case DeliveryState.DEFERRED:
            sentence = said.deferred()
        case DeliveryState.FAILED:
            sentence = said.failed()
        case DeliveryState.DEAD:
            sentence = said.dead()
        case DeliveryState.CANCELLED:
            sentence = said.cancelled()
    return sentence + said.before()


def state_in_words(state: DeliveryState, known: Known | None) -> str:
    """How a delivery stands, in a word or two: what was sent and came back was not received."""
    return RETURNED_IN_WORDS if is_returned(state, known) else STATE_IN_WORDS[state]


def is_returned(state: DeliveryState, known: Known | None) -> bool:
    """Whether a delivery went out and came back."""
    return state is DeliveryState.SENT and known is Known.RETURNED


def after_cancelling_in_words(kind: DeliveryKind) -> str:
    """What becomes of that of which a message was to speak, once it is called off."""
    return _AFTER_CANCELLING[kind]


def reference(business_on: date, kind: DeliveryKind, number: int) -> str:
    """What every try of a delivery is known by to the other side: "20260324-digest-118"."""
    return f"{business_on:%Y%m%d}-{kind.value.lower()}-{number}"


def fault_in_words(fault: Fault, channel: Channel) -> str:
    """Why a try did not succeed, as a sentence."""
    return _Saying(Course(DeliveryState.FAILED, channel), date.min, None).filled(_WHY[fault]) + "."


def answer_in_words(answer: str) -> str | None:
    """What the other side's answer adds to the fault; None where it adds nothing in words an office reads."""
    meant = meaning(answer)
    if meant == answer:
        return None if answer.isascii() else answer  # a sentence of our own is Vietnamese
    # That it was not taken for now is the fault itself; whether another try comes is for the course to say.
    return None if meant == meaning("450") else meant.replace(", sẽ gửi lại", "")


def moment_in_words(moment: datetime, *, on: date, zone: tzinfo | None) -> str:
    """ "09:10", and with its date where that is not today's."""
    local = moment.astimezone(zone)
    return f"{local:%H:%M}" if local.date() == on else f"{local:%H:%M} {short_date(local.date())}"


@dataclass(frozen=True, slots=True)
class _Saying:
    """One delivery put into words."""

    course: Course
    on: date
    zone: tzinfo | None

    def filled(self, words: str) -> str:
        """Words with the channel's own in their places: mail is a letter and has a server, the others are not."""
        mail = self.course.channel is Channel.MAIL
        channel = CHANNEL_IN_WORDS[self.course.channel]
        other, message = ("máy chủ thư", "thư") if mail else (f"kênh {channel.removeprefix('kênh ')}", "tin")
        return words.format(
            other=other, Other=_capital(other), message=message, Message=_capital(message), channel=channel
        )

    def sent(self) -> str:
        known_at = self._at(self.course.known_at)
        match self.course.known:
            case Known.DELIVERED:
                return f"Đã đến máy người nhận{known_at}."
            case Known.SEEN:
                return f"Người nhận đã xem{known_at}."
            case Known.RETURNED:
                return (
                    self.filled("{Message} bị trả lại") + f"{known_at}; người nhận chưa nhận được{self._elsewhere()}."
                )
        return self.filled("{Other} đã nhận") + f"{self._at(self.course.sent_at)}, chưa biết đã đến hay chưa."

    def planned(self) -> str:
        if self.course.cut_off:
            return f"{self.filled(_CUT_OFF)}; lượt chạy sau gửi lại."
        if self.course.fault is not None:
            return f"{self._why()}; chờ lượt chạy sau thử lại."
        return "Chưa đến lượt gửi lại." if self.course.sent_at else "Chưa đến lượt."

    def deferred(self) -> str:
        course = self.course
        again = f"sẽ gửi lại{self._at(course.next_at)}" if course.next_at else "sẽ gửi lại ở lượt chạy sau"
        if course.cut_off:
            return f"{self.filled(_CUT_OFF)}; {again}."
        match course.fault:
            case None if course.next_at is None:
                return f"{self.filled('{Other}')} chưa được cài đặt hoặc đang dừng; sẽ gửi khi kênh sẵn sàng."
            case None:
                return f"Kênh đang nghỉ, {again}."
            case Fault.TOMORROW if course.next_at is None:
                return f"{self._why()}, gửi lại sáng mai."
            case Fault.STOP:
                return f"{self._why()}; sẽ gửi khi kênh gửi lại được."
        return f"{self._why()}, {again}."

    def failed(self) -> str:
        course = self.course
        if course.cut_off:
            return f"{self.filled(_CUT_OFF)}; không gửi tiếp{self._elsewhere()}."
        if course.fault is None:
            return f"Không gửi được{self._elsewhere()}."
        if course.fault in _PASSES:
            return f"{self._why()}, không thử lại nữa{self._elsewhere()}."
        if course.fault is Fault.OTHER_CHANNEL and course.other is None:
            return f"{self._why()}; chưa có kênh nào khác nhận thay."
        return f"{self._why()}{self._elsewhere()}."

    def dead(self) -> str:
        course = self.course
        tried = f"Đã thử {course.tries} lần" if course.tries else "Đã thử nhiều lần"
        why = _CUT_OFF if course.cut_off else _WHY[course.fault] if course.fault else ""
        because = f" {_capital(self.filled(why))}{self._elsewhere()}." if why else ""
        return f"{tried} không được, cần xem.{because}"

    def cancelled(self) -> str:
        course = self.course
        if course.other is not None:
            return f"Không gửi qua kênh này{self._elsewhere()}."
        if course.cut_off:
            return f"Đã hủy. {self.filled(_CUT_OFF)}."
        if course.fault is None or course.fault is Fault.CONTENT:
            return "Đã hủy, không gửi."  # why, where it is known, is the last answer
        return f"Đã hủy, không gửi. Lần thử cuối: {self._why()}."

    def before(self) -> str:
        """What became of it when it was sent before it was to go out again."""
        if self.course.sent_at is None:
            return ""
        known = _KNOWN_BEFORE[self.course.known or Known.ACCEPTED]
        return f" Lần gửi trước{self._at(self.course.sent_at)} {known}."

    def _why(self) -> str:
        return self.filled(_WHY[self.course.fault]) if self.course.fault else ""

    def _elsewhere(self) -> str:
        return f"; đã chuyển sang {CHANNEL_IN_WORDS[self.course.other]}" if self.course.other else ""

    def _at(self, moment: datetime | None) -> str:
        return f" lúc {moment_in_words(moment, on=self.on, zone=self.zone)}" if moment else ""


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
