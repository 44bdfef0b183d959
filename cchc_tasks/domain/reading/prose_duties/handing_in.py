"""How something is to be handed in: to whom, through whom, in what form, to which address of electronic mail."""

import re

from cchc_tasks.domain.reading.prose_duties.actors import begins_unit
from cchc_tasks.domain.reading.prose_duties.deeds import DEEDS
from cchc_tasks.domain.reading.units import read_units


def receiver_in(clause: str) -> str | None:
    """To whom something is sent or reported: "gửi … về Sở GDĐT", "báo cáo UBND huyện"; what is done there is not."""
    for sent in _SENDS.finditer(clause):
        within = clause[sent.end() : _end_of_sending(clause, sent.end())]
        for towards in _TOWARDS.finditer(within):
            if unit := _first_unit(within[towards.end() :]):
                return unit
    return None


def through_in(clause: str) -> str | None:
    """The unit that something is handed in through: "(qua Phòng Nội vụ)"."""
    return next((unit for found in _THROUGH.finditer(clause) if (unit := _first_unit(clause[found.end() :]))), None)


def forms_in(text: str) -> tuple[str, ...]:
    """The forms wanted, as printed: "bản PDF và bản Word", "file excel", "bằng văn bản"."""
    return tuple(dict.fromkeys(found[0].strip(" ,") for found in _FORM.finditer(text)))


def address_in(text: str) -> str | None:
    """The address of electronic mail that is printed, if any."""
    found = _ADDRESS.search(text)
    return found[0] if found else None


_KIND = r"(?:pdf|word|excel|docx?|xlsx?|giấy|cứng|mềm|điện tử|ký số|có ký số|đã ký số|scan|số hóa|ảnh|powerpoint)"
_FORM = re.compile(
    rf"(?<!\w)(?:bản|file|tệp|tập tin|định dạng|văn bản)\s+{_KIND}(?!\w)"
    rf"(?:\s*(?:,|và|\+|/|kèm|hoặc)\s*(?:(?:bản|file|tệp)\s+)?{_KIND}(?!\w))*",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+(?<![.-])")

# --- to whom ---

_SENDS = re.compile(
    r"(?<!\w)(?:gửi|nộp|báo cáo|(?<!quy )(?<!quá )(?<!lộ )(?<!chương )(?<!công )trình|chuyển|đăng ký|thông báo"
    r"|phản ánh|báo)(?!\w)",
    re.IGNORECASE,
)
_TOWARDS = re.compile(r"(?:^|(?<!\w)(?:về|cho|đến|tới|lên|(?<!đối )với))\s+(?:cho\s+|về\s+)?")
_THROUGH = re.compile(r"(?<!\w)(?:thông\s+)?qua\s+(?:đầu mối\s*)?", re.IGNORECASE)
_AFTER_SENDING = re.compile(r"(?<!\w)để(?!\w)|[;]")
_AFTER_UNIT = re.compile(
    r"[,;:()]|\.\s|\.$|(?<!\w)(?:để|trước|chậm|muộn|theo|qua|bằng|vào|đúng|tổng hợp|hàng|hằng|định kỳ|định kì|trong"
    r"|kèm|xem xét|cùng|làm|cuối|đầu|giữa|sáng|chiều|thứ|ký|phê duyệt|thẩm định|ban hành|như|kết quả|những|duyệt|khi"
    r"|sau|từ|mỗi|ra|xét|\d+\s+tháng|cả năm|quý|về|ngày|thông qua|công tác|tình hình|việc|danh sách"
    r"|kế hoạch|hồ sơ|xin ý kiến)(?!\w)"
)
_AND_DEED = re.compile(rf"(?<!\w)và\s+(?:{DEEDS})(?!\w)")


def _end_of_sending(clause: str, start: int) -> int:
    stop = _AFTER_SENDING.search(clause, start)
    return stop.start() if stop else len(clause)


def _first_unit(text: str) -> str | None:
    if not begins_unit(text):
        return None
    stops = [found.start() for pattern in (_AFTER_UNIT, _AND_DEED) if (found := pattern.search(text, 1))]
    named = text[: min(stops, default=len(text))].strip(" -–,.")
    units = read_units(named).units
    return named if units else None
