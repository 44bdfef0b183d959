"""A clause cut into what is to be done, when, and what comes of it, all in its own words."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from cchc_tasks.domain.reading.prose_duties.actors import begins_unit
from cchc_tasks.domain.reading.prose_duties.deeds import DEED
from cchc_tasks.domain.reading.prose_duties.times import Timed


def pieces(clause: str, times: Sequence[Timed]) -> Iterator[tuple[int, str, tuple[Timed, ...]]]:
    """The deeds of a clause, each with its place and its times, whose places are counted within it.

    "gửi kế hoạch trước 20/01, tổ chức hội nghị trong quý II" are two deeds; "báo cáo quý trước …, báo cáo năm trước …"
    is one with two times.
    """
    cuts = [0]
    groups: list[list[Timed]] = [[times[0]]]
    for before, time in pairwise(times):
        joint = _JOINT.match(clause, before.end)
        deed = DEED.match(clause, joint.end(), time.start) if joint else None
        if joint and deed and deed[0] not in _NO_DEEDS and not _REPORT_OF_A_PERIOD.match(clause, joint.end()):
            cuts.append(joint.end())
            groups.append([])
        groups[-1].append(time)
    for start, end, group in zip(cuts, [*cuts[1:], len(clause)], groups, strict=True):
        moved = tuple(time._replace(start=time.start - start, end=time.end - start) for time in group)
        yield start, clause[start:end].rstrip(" ,"), moved


def time_cell(piece: str, times: Sequence[Timed]) -> str:
    """The printed words of all the times; where several are named apart, with what each is said of."""
    first, last = times[0], times[-1]
    if len(times) == 1:
        return first.words.strip(_MARKS)
    opened = piece.rfind("(", 0, first.start)
    closed = piece.find(")", last.end)
    if opened >= 0 and closed >= 0 and ")" not in piece[opened : last.end]:
        return piece[opened + 1 : closed].strip(_MARKS)
    if bracketed := _PERIOD_BEFORE_BRACKET.search(piece[: first.start]):
        return (piece[bracketed.start() : last.end] + ")").strip(_MARKS)
    mark = max(piece.rfind(sign, 0, first.start) for sign in ",;:(") + 1
    named = piece[mark : first.start].split()
    is_name = len(named) <= _LONGEST_NAME and DEED.search(piece, mark, first.start) is None
    period = _PERIOD_AT_END.search(piece[: first.start])
    before = period.start() if period else first.start
    start = mark if first.label and is_name else before
    words = piece[start : last.end].strip(_MARKS)
    return f"{words})" if words.count("(") > words.count(")") and piece.startswith(")", last.end) else words


def title_of(deed: str, time: str) -> str:
    """What is to be done, without the words of time where it reads on without them."""
    for pattern in (rf"\s*\(\s*{re.escape(time)}\s*\)", rf"^\W*{re.escape(time)}\W+", rf"[\s,(]+{re.escape(time)}\W*$"):
        deed = re.sub(pattern, "", deed)
    text = " ".join(deed.strip(_MARKS).split())
    text = text + ")" if text.count("(") > text.count(")") else text
    return text[:1].upper() + text[1:]


def product_of(title: str) -> str:
    """The paper that a deed makes or hands in, as printed: "Kế hoạch CCHC năm 2024"; "" where it names none."""
    found = _MADE.search(title) or _REPORTED.search(title)
    if not found:
        return ""
    if begins_unit(_REPORT.sub("", found[1])):  # "báo cáo Ban Chỉ đạo": to whom, not of what
        return "Báo cáo"
    stop = _PAPER_ENDS.search(found[1], 1)
    text = found[1][: stop.start() if stop else len(found[1])].strip(_MARKS)
    return text[:1].upper() + text[1:]


_JOINT = re.compile(r"\W*(?:và|đồng thời|sau đó)?\W*", re.IGNORECASE)
_NO_DEEDS = ("là", "cần", "dự", "tự")
_REPORT_OF_A_PERIOD = re.compile(
    r"báo cáo\s+(?:quý|tháng|năm|\d+ tháng|cả năm|định kỳ|hàng|hằng|sơ kết|tổng kết|đột xuất|chuyên đề)(?!\w)",
    re.IGNORECASE,
)
_PERIOD_BEFORE_BRACKET = re.compile(
    r"(?<!\w)(?:\d+ tháng(?: (?:đầu|cuối)(?: năm)?)?|quý(?: [IV]+)?|(?:cả )?năm|tháng)\s*\($", re.IGNORECASE
)
_PERIOD_AT_END = re.compile(
    r"(?<!\w)(?:\d+ tháng(?: (?:đầu|cuối)(?: năm)?)?|quý [IV]+|cả năm|học kỳ I{1,2})\s+$", re.IGNORECASE
)
_LONGEST_NAME = 6
_MARKS = " .,;:-–/"
_PAPERS = (
    r"kế hoạch|báo cáo|danh sách|danh mục|phương án|đề án|chương trình|quy chế|quyết định|tờ trình|hồ sơ|biên bản"
    r"|dự toán"
    r"|bảng|biểu|phiếu|bản cam kết|bản đăng ký|bài dự thi|tin, bài|tin bài|thống kê|văn bản|quy trình|sáng kiến"
    r"|dự thảo"
)
_MADE = re.compile(
    r"(?<!\w)(?:xây dựng|lập|ban hành|gửi|nộp|trình|hoàn thành|hoàn thiện|cung cấp|tham mưu|soạn thảo|đăng|viết|ký)"
    rf"(?:\s+(?:và|,)\s+(?:gửi|nộp|trình|ban hành|triển khai|thực hiện|hoàn thiện|tổ chức thực hiện"
    rf"|triển khai thực hiện))*\s+((?:các |bản |những |\d+ )?(?:{_PAPERS})(?!\w).*)",
    re.IGNORECASE,
)
_REPORTED = re.compile(r"(?<!\w)(?<!chế độ )((?:báo cáo|bc)\s.*)", re.IGNORECASE)
_REPORT = re.compile(r"^báo cáo\s+", re.IGNORECASE)
_PAPER_ENDS = re.compile(
    r"[;:(]|,(?!\s*(?:huyện|quận|thị xã|thành phố|xã|phường)(?!\w))|(?<!\w)(?:và gửi|và nộp|và báo cáo|và tổ chức"
    r"|gửi|về\s+(?:sở|phòng|ubnd|văn phòng|bộ phận|ban|tổ|trường)|trước|để|đảm bảo|bảo đảm|qua|chậm nhất|trên cơ sở"
    r"|kèm|trình|cho|đến|tới|hằng|hàng|định kỳ|theo)(?!\w)",
    re.IGNORECASE,
)
