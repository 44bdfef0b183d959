"""Lines that give a task its cells by name: "Thời gian: Quý I/2024", "Đơn vị chủ trì: Văn phòng"."""

import re

from cchc_tasks.domain.periods import Years
from cchc_tasks.domain.reading.deadlines import read_deadline
from cchc_tasks.domain.vocabulary import DeadlineKind


def read_field(text: str) -> tuple[str, str] | None:
    """The key of the cell and its words; the key is "" for a field that an appendix has no column for."""
    for key, pattern in _FIELDS:
        found = pattern.match(text)
        if found:
            return key, text[found.end() :].strip(" .;")
    return None


def gives_days(words: str, years: Years | None) -> bool:
    """Whether a field's words of time give days, or ask for them; "thường xuyên" and events alone do not."""
    return any(part.rule.kind not in _NO_DAYS for part in read_deadline(words, years).parts) and bool(words)


_NO_DAYS = (DeadlineKind.ONGOING, DeadlineKind.ON_EVENT)
_WHO = r"(?:các |những )?(?:đơn vị|cơ quan|bộ phận|phòng|người|tổ chức|cá nhân)"
_DONE = (
    r"(?:\s+(?:thực hiện|hoàn thành|triển khai|tổ chức|gửi|nộp|báo cáo|tham mưu|dự kiến|chậm nhất|giải quyết"
    r"|kết thúc))*"
)
_FIELDS = tuple(
    (key, re.compile(rf"\W*(?:{form})\s*:\s*", re.IGNORECASE))
    for key, form in (
        ("time", rf"(?:thời gian|thời hạn|tiến độ|hạn|thời điểm){_DONE}"),
        ("cooperating", rf"(?:{_WHO}\s+)?(?:cùng\s+)?phối hợp{_DONE}"),
        (
            "lead",
            rf"(?:{_WHO}\s+)?(?:chủ trì|thực hiện|phụ trách|tham mưu|đầu mối|chịu trách nhiệm){_DONE}"
            rf"|phân công{_DONE}",
        ),
        ("product", r"(?:sản phẩm|kết quả)(?:\s+(?:đầu ra|cần đạt|dự kiến|hoàn thành|thực hiện|phải đạt))?"),
        (
            "",
            r"nội dung|hình thức|địa điểm|thành phần|kinh phí|đối tượng|số lượng|ghi chú|cách thức|phương pháp"
            r"|nơi nhận",
        ),
    )
)
