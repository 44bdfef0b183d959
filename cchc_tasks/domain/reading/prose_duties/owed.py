"""Whether a time that stands in a sentence is one at which something is owed, or only cites, tells or describes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from cchc_tasks.domain.occurrences import LAST, DeadlineRule
from cchc_tasks.domain.reading.findings import Part, Question
from cchc_tasks.domain.vocabulary import DeadlineKind, Frequency


@dataclass(frozen=True, slots=True)
class Seat:
    """A time as read, with the words of its clause before and behind it."""

    part: Part
    before: str
    after: str

    @property
    def words(self) -> str:
        """The printed words of time."""
        return self.part.words or ""


_DATED = (DeadlineKind.WITHIN, DeadlineKind.BY, DeadlineKind.BEFORE, DeadlineKind.BETWEEN)
_ASKED = frozenset(
    (
        "date-outside-plan",
        "date-impossible",
        "year-missing",
        "weekday-mismatch",
        "range-reversed",
        "deadline-fortnight",
        "deadline-unread",
        "deadline-lunar",
    )
)


def is_owed(seat: Seat, questions: Sequence[Question], issued_on: date | None) -> bool:
    """Whether something is owed at this time, as the words around it say.

    `questions` are those of the clause; `issued_on` is the document's day: an unbounded day before it is told.
    """
    rule = seat.part.rule
    called = _CALLED_AFTER.search(seat.before) and not _LIMIT.match(seat.words)
    told = _TELLS.search(seat.before) or _REACHED.search(seat.before) or _TELLS_AFTER.match(seat.after)
    within_year = _SCHOOL_YEAR.search(seat.before) and not _LIMIT.match(seat.words)
    if called or told or within_year or _AS_OF.match(seat.words):
        return False
    if rule.kind is DeadlineKind.NONE:
        return _may_be_asked(seat.words, questions)
    if rule.kind in _DATED:
        return _date_is_owed(rule, seat, issued_on)
    if rule.kind is DeadlineKind.EVERY:
        return _rhythm_is_owed(rule, seat)
    # A term that runs once, as from the plan's receipt; that of every case handled is a rule of procedure.
    return rule.kind is DeadlineKind.RELATIVE and not _OF_CASES.search(seat.before + seat.words + seat.after)


def names_its_day(rule: DeadlineRule) -> bool:
    """Whether a rhythm says on which day or in which month it falls."""
    return rule.recurrence is not None and (rule.recurrence.printed or rule.recurrence.month != LAST)


def _may_be_asked(words: str, questions: Sequence[Question]) -> bool:
    """Whether a time that cannot be dated is one all the same: the office is asked for its day."""
    codes = {one.code for one in questions if (one.words or "") in words}
    if not codes & _ASKED or _WHOLE_YEAR.fullmatch(words.strip()) or _AHEAD.fullmatch(words.strip()):
        return False
    return bool(_BOUNDED.search(words) and _NAMES_A_TIME.search(words)) or _A_TIME.search(words) is not None


# --- days and periods ---

_NAMES_A_TIME = re.compile(r"\d/|(?<!\w)(?:tuần|tháng|quý|ngày|tết)(?!\w)", re.IGNORECASE)
_A_TIME = re.compile(r"/\s*lần|lần\s*/\s*\w|một lần", re.IGNORECASE)

_BOUNDED = re.compile(
    r"(?<!\w)(?:trước|chậm nhất|muộn nhất|hạn|hết|vào|trong|xong|cuối|giữa|đầu|từ|kết thúc|đến)(?!\w)", re.IGNORECASE
)
_WHOLE_YEAR = re.compile(
    r"(?:(?:từ|trong|vào|đến|tới|hết|của|các|cả|suốt|cuối|nay)\s+)*(?:năm(?:\s+\d{4})?|giai đoạn.*"
    r"|\d{4}\s*[-–]\s*\d{4})",
    re.IGNORECASE,
)
_COMPLETED = re.compile(r"(?:hoàn thành|xong|kết thúc|dứt điểm)[^,;]{0,40}$", re.IGNORECASE)
_COUNTED = re.compile(r"\d+\s+(?:lần|cuộc|đợt|hội nghị|lớp|buổi|kỳ)(?!\w)", re.IGNORECASE)
# Behind these words a time is told: of what are figures, since when something holds, what a paper is called after.
_TELLS = re.compile(
    r"(?:tính (?:đến|từ)|hiệu lực|nhiệm kỳ|so với|kể từ|áp dụng|đã|đạt được|được nêu|được phát hiện"
    r"|được chỉ ra)\W*$",
    re.IGNORECASE,
)
_SCHOOL_YEAR = re.compile(r"năm học\W*$", re.IGNORECASE)
_ALREADY = re.compile(r"(?<!\w)đã\s[^,;()]{0,80}$", re.IGNORECASE)
_CALLED_AFTER = re.compile(r"(?:số liệu|dữ liệu|kết quả|phát sinh|tình hình|công tác|nhiệm vụ)\W*$", re.IGNORECASE)
_LIMIT = re.compile(r"\W*(?:trước|chậm nhất|muộn nhất|xong|hạn|định kỳ|hàng|hằng|vào|\d+ lần)(?!\w)", re.IGNORECASE)
_AS_OF = re.compile(r"(?:tính\s+)?(?:đến|tại)\s+(?:thời điểm\s+)?0+\s*(?:giờ|h)", re.IGNORECASE)  # of a count
# How long before something nobody dated; a day or an event behind it would be part of these words.
_AHEAD = re.compile(r"trước\s+(?:ít nhất\s+)?\d+\s+(?:ngày|giờ|tiếng|tuần|phút)(?:\s+làm việc)?", re.IGNORECASE)
_REACHED = re.compile(r"(?<!\w)đạt\s+(?:\w+\s+){0,3}\d+(?:[.,]\d+)?\s*%[^,;]{0,30}$", re.IGNORECASE)
_TELLS_AFTER = re.compile(r"\s*(?:đã|được|vừa qua|có hiệu lực)(?!\w)", re.IGNORECASE)
_CITES = re.compile(
    r"(?:quyết định|nghị định|nghị quyết|thông tư|luật|công văn|văn bản|chỉ thị|kết luận|thông báo|kế hoạch"
    r"|hướng dẫn|tờ trình|công điện|chương trình|đề án|biên bản|hội nghị|cuộc họp|phiên họp)[^,;()]{0,100}$",
    re.IGNORECASE,
)
_BEFORE_PERIOD = re.compile(
    r"(?:dự kiến|thời gian|thời hạn|tiến độ|hoàn thành|xong|định kỳ|tổ chức|thực hiện)\W*$"
    r"|(?:đợt|lần|lớp|kỳ|buổi)(?:\s+\d+)?\s*:\s*$",
    re.IGNORECASE,
)
_LOOKING_BACK = re.compile(r"(?:sơ kết|tổng kết)(?:\s*,\s*(?:sơ kết|tổng kết))?\s*$", re.IGNORECASE)
_AT_THE_END = re.compile(r"(?:vào\s+)?(?:cuối|hết)\s+năm", re.IGNORECASE)
_LONGEST = timedelta(days=330)


def _date_is_owed(rule: DeadlineRule, seat: Seat, issued_on: date | None) -> bool:
    if _WHOLE_YEAR.fullmatch(seat.words.strip(" ()")):
        return _whole_year_is_owed(seat)
    last = max((one.on for one in rule.fixed), default=None)
    past = issued_on is not None and last is not None and last < issued_on
    overlong = rule.starts_on is not None and last is not None and last - rule.starts_on > _LONGEST
    if overlong or (past and _ALREADY.search(seat.before)):
        return False
    if _BOUNDED.search(seat.words):
        return True
    printed = all(one.printed for one in rule.fixed)
    if printed:
        return not past and not _CITES.search(seat.before)
    bracketed = seat.before.rstrip().endswith("(") and seat.after.lstrip().startswith((")", ",", ";"))
    return bool(bracketed or not seat.before.strip() or _BEFORE_PERIOD.search(seat.before))


def _whole_year_is_owed(seat: Seat) -> bool:
    """Whether a year is one in which a thing has to be finished, counted or looked back on, and not its name."""
    within = seat.words.lower().startswith("trong")
    looks_back = _AT_THE_END.match(seat.words) and _LOOKING_BACK.search(seat.before)
    return bool(looks_back or _COMPLETED.search(seat.before) or (within and _COUNTED.search(seat.before)))


# --- rhythms ---

_SAYS_HOW_OFTEN = re.compile(
    r"(?:định kỳ|định kì|lần|mỗi|ngày|thứ|tuần/|cuối|đầu|trước|chậm nhất|hết|\d[^/]*/)", re.IGNORECASE
)
_ADJECTIVE = re.compile(
    r"(?<!\w)(?:trong|vào|theo(?! dõi)|với|của|cho|các (?:cuộc|buổi|kỳ)|kế hoạch|lịch|dự toán|tiền lương|phụ cấp"
    r"|thu nhập|chương trình|giấy|số|cuộc họp|buổi|tiêu chí)(?!\w)[^,;()]{0,60}$",
    re.IGNORECASE,
)


def _rhythm_is_owed(rule: DeadlineRule, seat: Seat) -> bool:
    """Whether a deed returns so, or only a thing is called so: "dự toán hàng năm", "chào cờ hàng tuần"."""
    if rule.frequency is Frequency.DAILY:
        return False
    at_head = not seat.before.strip(" ,(-") or seat.before.rstrip().endswith(("(", ":"))
    if at_head or _LOOKING_BACK.search(seat.before) or names_its_day(rule) or _SAYS_HOW_OFTEN.search(seat.words):
        return True
    return rule.frequency is not Frequency.YEARLY and _ADJECTIVE.search(seat.before) is None


# --- terms ---

_OF_CASES = re.compile(
    r"(?<!\w)(?:hồ sơ|họp|phản ánh|kiến nghị|đơn thư|khiếu nại|văn bản (?:được|có)|trả kết quả|tiếp nhận)(?!\w)",
    re.IGNORECASE,
)
