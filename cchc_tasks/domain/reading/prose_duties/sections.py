"""Which sections of a document may hold duties, and which another reader reads or nobody acts on."""

import re

from cchc_tasks.domain.reading.prose_duties.outline import Passage


def asks_for_nothing(passage: Passage, *, is_report: bool) -> bool:
    """Whether a passage stands where aims, figures or the past are told; in a report, anywhere but in its plans."""
    headings = [*passage.headings, *_run_in(passage)]
    if any(map(_TOLD.match, headings)) or (is_report and not any(map(_PLANNED.search, passage.headings))):
        return True
    return any(map(_AIMS.match, headings)) and not _HANDS_IN.search(passage.text)


def is_of_regime(passage: Passage, clause: str) -> bool:
    """Whether a clause gives a date of the regular reports, which the regime's reader takes."""
    headings = [*passage.headings, *_run_in(passage)]
    return any(_REGIME.search(heading) for heading in headings) and _REPORT.search(clause) is not None


_AIMS = re.compile(
    r"(?:các |một số |những )?(?:mục đích|mục tiêu|yêu cầu|chỉ tiêu|quan điểm|phạm vi|đối tượng)"
    r"(?=\W*$|\s*[,.:;/&(-]|\s(?:và|của|cụ thể|chung|chủ yếu|tổng quát|phấn đấu|năm|cần đạt|nhiệm vụ|cải cách)(?!\w))",
    re.IGNORECASE,
)
_TOLD = re.compile(
    r"(?:những |một số |các )?(?:kết quả (?:đạt được|thực hiện|công tác|triển khai)|đánh giá (?:chung|kết quả"
    r"|tình hình)|tình hình"
    r"|thực trạng|ưu điểm|thuận lợi|khó khăn|tồn tại|hạn chế|nguyên nhân|bài học|căn cứ|cơ sở pháp lý|sự cần thiết"
    r"|bối cảnh|đặc điểm tình hình|khái quát)(?!\w)",
    re.IGNORECASE,
)
_PLANNED = re.compile(r"(?:phương hướng|nhiệm vụ|kế hoạch|giải pháp|chương trình công tác)(?!\w)", re.IGNORECASE)
_REGIME = re.compile(
    r"chế độ (?:thông tin,? )?báo cáo|báo cáo định kỳ|(?:thời gian|thời hạn|mốc thời gian|quy định)(?: gửi"
    r"| nộp)? báo cáo|^(?:thông tin,? )?báo cáo\W*$|^công tác báo cáo|chế độ thông tin",
    re.IGNORECASE,
)
_REPORT = re.compile(
    r"(?<!\w)(?:báo cáo|bc)(?!\w)|^\W*(?:định kỳ\s+)?(?:hàng\s+|hằng\s+)?(?:quý|tháng|năm|06 tháng|6 tháng|9 tháng"
    r"|cả năm|sơ kết|tổng kết|học kỳ|đột xuất)(?!\w)",
    re.IGNORECASE,
)
_HANDS_IN = re.compile(r"(?<!\w)(?:gửi|nộp)\s.*(?:trước|chậm nhất)\s", re.IGNORECASE)


def _run_in(passage: Passage) -> list[str]:
    """The heading that a passage itself is, or begins with: "1. Mục tiêu: Triển khai …"."""
    head, colon, _ = passage.text.partition(":")
    return [head] if passage.is_heading or (colon and len(head) <= _LONGEST_RUN_IN) else []


_LONGEST_RUN_IN = 60
