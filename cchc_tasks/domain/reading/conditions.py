"""The condition on which a task or product is owed at all: "(khi có yêu cầu)", "nếu có", "khi phát sinh"."""

import re

from cchc_tasks.domain.reading.text import tidy


def read_condition(text: str) -> str | None:
    """The words of a condition that holds for the whole of a task or product, else None.

    It stands at the end, in brackets or bare, or at the head before a comma. A condition of only the last of several
    deeds ("Rà soát thủ tục và đề xuất sửa đổi (nếu có)") is none of the whole, because work that waits for it would
    never be asked for; nor is the content of the work ("hướng dẫn người dân khi thực hiện thủ tục").
    """
    printed = " ".join(tidy(text).split())
    bracketed = _IN_BRACKETS.search(printed)
    if bracketed:
        return bracketed[1].strip() if _is_one_deed(printed[: bracketed.start()]) else None
    opening = _AT_HEAD.match(printed)
    if opening:
        return opening[1].strip()
    found = _AT_END.search(printed)
    if found is None:
        return None
    before = printed[: found.start()]
    if _IN_A_ROW.search(before) or not _is_one_deed(before):
        return None
    is_content = _CONTENT.search(before) and not before.endswith(",") and not _BY_ITSELF.fullmatch(found[1])
    return None if is_content else found[1].strip(" .,;")


# What may happen or not; "khi thực hiện thủ tục" happens all the time and is content.
_HAPPENS = r"(?:có|được (?:yêu cầu|giao|phân công|đề nghị)|phát sinh|cần|xảy ra|đủ điều kiện)"
_WHEN = rf"(?:(?:khi|nếu)\s+{_HAPPENS}|trong\s+trường\s+hợp)(?!\w)"
_IN_BRACKETS = re.compile(
    r"\(\s*((?:khi|nếu|sau khi|trong trường hợp|trường hợp)(?!\w)[^()]*|theo yêu cầu)\)"
    r"(?=[\s.,;:]*(?:(?:trong\s+)?năm\s+\d{4}|theo quy định)?[\s.;]*$)",
    re.IGNORECASE,
)
_AT_HEAD = re.compile(rf"^\W*({_WHEN}[^,:;.]*)[,:]\s*\w", re.IGNORECASE)
_AT_END = re.compile(rf"(?<=[\w,)])\s+({_WHEN}[^,;:.()]*)[.;\s]*$", re.IGNORECASE)
# "sau khi" is a time, and "định kỳ và khi có yêu cầu" is owed without the condition as well.
_IN_A_ROW = re.compile(r"(?<!\w)(?:sau|trước|từ|đến|và|hoặc|cả|mỗi|ngay)$", re.IGNORECASE)
# Conditions that say nothing but that it happens: they are never the content of the work.
_BY_ITSELF = re.compile(
    r"(?:nếu|khi)\s+(?:có|phát sinh|cần|cần thiết|có phát sinh|có (?:yêu cầu|đề nghị|chỉ đạo)(?:\s.*)?"
    r"|được (?:yêu cầu|giao|phân công|đề nghị)(?:\s.*)?)",
    re.IGNORECASE,
)
# Work whose content is a rule or a text: what follows says what it is about.
_CONTENT = re.compile(
    r"(?<!\w)(?:hướng dẫn|quy định|quy trình|phương án|kịch bản|quy chế|tuyên truyền|tập huấn|phổ biến"
    r"|trách nhiệm|chế độ|cách)(?!\w)",
    re.IGNORECASE,
)


def _is_one_deed(before: str) -> bool:
    """Whether the words before a condition are one deed, so that the condition holds for all of it."""
    if re.search(r";|\.\s", before.strip(" .;")):
        return False
    *earlier, _ = _NEXT_DEED.split(before)
    return not any(_OBJECT.search(_VERBS.sub(" ", part)) for part in earlier)


# Verbs that begin another deed; "sửa đổi, bổ sung" and "phản ánh, kiến nghị" are lists of one.
_NEXT_DEED = re.compile(
    r"(?:\s+và|,)\s+(?=(?:đề xuất|tham mưu|báo cáo|trình|thông báo|ban hành|xử lý|khắc phục|xin lỗi"
    r"|kiến nghị(?=\s+\w))(?!\w))",
    re.IGNORECASE,
)
_VERBS = re.compile(
    r"(?<!\w)(?:cập nhật|công bố|công khai|đánh giá|đề xuất|giải quyết|kiểm tra|rà soát|soạn thảo|tham mưu|theo dõi"
    r"|thực hiện|tiếp nhận|tổ chức|tổng hợp|triển khai|phối hợp|xây dựng|tiếp tục|xem xét|kịp thời|và|việc)(?!\w)",
    re.IGNORECASE,
)
_OBJECT = re.compile(r"\w")
