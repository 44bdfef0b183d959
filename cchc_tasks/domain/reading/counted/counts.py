"""The count in one clause: how many of what, or how many out of how many, and the share printed beside it."""

import re
from dataclasses import dataclass
from fractions import Fraction

from cchc_tasks.domain.reading.target_figures.tokens import Tokens


@dataclass(frozen=True, slots=True)
class Share:
    """A printed percentage; `places` are its decimals."""

    value: Fraction
    places: int


@dataclass(frozen=True, slots=True)
class Count:
    """A number of things: `noun` is the recognised one, None where the clause leaves it to the one before.

    `out_of` is the other figure of "36/53", printed so in `fraction`; `labelled` says that the number stands behind its
    label ("quá hạn: 0"), `total` that the words call it a total.
    """

    value: Fraction
    noun: str | None
    label: str
    share: Share | None = None
    out_of: Fraction | None = None
    fraction: str | None = None
    labelled: bool = False
    total: bool = False


def read_count(clause: str) -> Count | None:
    """The count of a clause; None without a figure, without a recognised noun, and for dates and numbers of names."""
    if len(clause) > _LONGEST_CLAUSE:
        return None
    share = read_share(clause)
    for read in (_out_of, _counted, _named, _bare, _labelled):
        count = read(clause, share)
        if count:
            return count
    return None


def read_share(clause: str) -> Share | None:
    """The percentage that a clause says of its own count; none compared with a plan or an earlier year."""
    found = _SHARE.search(clause)
    if not found:
        return None
    whole, _, decimals = re.sub(r"\s", "", found["share"]).replace(",", ".").partition(".")
    return Share(_number(f"{whole},{decimals}" if decimals else whole), len(decimals))


def begins_with_share(clause: str) -> bool:
    """Whether a clause only adds the share to the count before it: "đạt 93,81%", "(67,9%)"."""
    return _ONLY_SHARE.match(clause) is not None


_LONGEST_CLAUSE = 600
_NOUNS = (
    "nhiệm vụ|hồ sơ|văn bản|thủ tục|TTHC|dịch vụ công|DVC|DVCTT|đơn vị|cơ sở giáo dục|cơ sở|trường|điểm trường|phòng"
    "|công chức|viên chức|cán bộ|CBQL|CBCCVC|giáo viên|nhân viên|người lao động|người|học sinh|trẻ|sinh viên|học viên"
    "|thí sinh|lớp|cuộc|hội nghị|buổi|đợt|lượt|bản|tin|bài|kiến nghị|phản ánh|tiêu chí|chỉ tiêu|nội dung|ý kiến|phiếu"
    "|đoàn|vụ việc|vụ|đơn thư|đơn|báo cáo|quyết định|kế hoạch|công văn|sáng kiến|đề án|đề tài|biên chế|xã|huyện|quận"
    "|phường|sở|cơ quan|tổ chức|doanh nghiệp|trường hợp|máy tính|bộ|đồng chí|giải|huy chương|mô hình|trung tâm|nhóm"
)
_ALTERNATIVES = "|".join(sorted(_NOUNS.split("|"), key=len, reverse=True))
_NOUN = rf"(?:các\s+)?(?P<noun>{_ALTERNATIVES})(?![\w/])"
_N = r"(?:\d{1,3}(?:\.\d{3})+|\d{1,7})"
_NOT_IN_NUMBER = r"(?<![\d/.,:-])"
# Numbers that are names or times.
_NAMED_BEFORE = re.compile(
    r"(?:\b(?:ngày|tháng|năm|quý|tuần|giờ|lúc|từ|đến|trước|sau"
    r"|(?<!đúng )(?<!quá )(?<!trễ )(?<!trước )hạn|điều|khoản|mục|điểm|mức độ|mức|lần thứ|thứ|lớp|khối"
    r"|giai đoạn|đợt|kỳ|khóa|phụ lục|mẫu|biểu|quốc lộ|tổ|cấp)|(?<!tổng )(?<!là )\bsố|[-–/])\s*$",
    re.IGNORECASE,
)
_STATUS = (
    r"hoàn thành|đã|đang|chưa|còn|quá hạn|đúng hạn|trước hạn|trễ hạn|chậm|tồn|trực tuyến|trực tiếp|nam\b|nữ\b|không"
    r"|toàn trình|một phần|công lập|ngoài công lập|tư thục|đạt(?!\s*\d)|xuất sắc|tốt|khá"
)
_OUT_OF = re.compile(rf"{_NOT_IN_NUMBER}(?P<over>{_N})\s?/\s?(?P<under>{_N})(?![\d/-])(?:\s+{_NOUN})?", re.IGNORECASE)
_COUNTED = re.compile(rf"{_NOT_IN_NUMBER}(?P<value>{_N})\s+{_NOUN}", re.IGNORECASE)
_NAMED = re.compile(
    rf"\b(?:tổng\s+số|tổng|số)\s+(?:lượng\s+)?{_NOUN}(?P<words>[^\d]*?)\s(?:là|có|đạt)?\s*:?\s*(?P<value>{_N})\s*\.?$",
    re.IGNORECASE,
)
_BARE = re.compile(rf"(?:có|còn|và|với)?\s*(?P<value>{_N})\s+(?P<words>(?:{_STATUS}).*)", re.IGNORECASE)
_LABELLED = re.compile(rf"(?P<words>[^\d]*?\w)\s*(?:là\s*:?|:)\s*(?P<value>{_N})\s*\.?$", re.IGNORECASE)
_TOTAL = re.compile(r"\btổng(?:\s+(?:số|cộng))?\b", re.IGNORECASE)
_RATIO_BEFORE = re.compile(r"\btỷ lệ\s*$", re.IGNORECASE)

_PERCENT = r"(?P<share>\d{1,3}(?:\s?[.,]\s?\d{1,4})?)\s*%"
_ELSE = r"(?!\s*(?:so với|kế hoạch|chỉ tiêu|cùng kỳ|dự toán|trở|số|các|tổng))"
_OWN = r"(?:đạt(?:\s+tỷ lệ)?|chiếm(?:\s+tỷ lệ)?|tương đương|tương ứng|bằng|=|,\s*tỷ lệ|tỷ lệ(?:\s+(?:đạt|là|chiếm))?)"
_SHARE = re.compile(rf"(?:^|(?<!\w){_OWN})\s*:?\s*{_PERCENT}{_ELSE}", re.IGNORECASE)
_ONLY_SHARE = re.compile(rf"(?:{_OWN}\s*:?\s*)?{_PERCENT}{_ELSE}", re.IGNORECASE)
_RATE_OF_ITS_OWN = re.compile(r"\btỷ lệ\s+(?!đạt|là|chiếm|\d).*$", re.IGNORECASE)


def _number(printed: str) -> Fraction:
    return Tokens(printed).number(0) or Fraction(0)


def _out_of(clause: str, share: Share | None) -> Count | None:
    """ "36/53 nhiệm vụ", or "tỷ lệ 36/53"; no day and month, no month and year."""
    for found in _OUT_OF.finditer(clause):
        before = clause[: found.start()]
        over, under = _number(found["over"]), _number(found["under"])
        if _NAMED_BEFORE.search(before) or not under or not (found["noun"] or _RATIO_BEFORE.search(before)):
            continue
        fraction = clause[found.start("over") : found.end("under")]
        return Count(over, found["noun"], _label(clause, found.end("under")), _own(clause, share), under, fraction)
    return None


def _counted(clause: str, share: Share | None) -> Count | None:
    """ "36 nhiệm vụ hoàn thành": the first number with its noun."""
    for found in _COUNTED.finditer(clause):
        if not _NAMED_BEFORE.search(clause[: found.start()]):
            total = _TOTAL.search(clause[: found.start()]) is not None
            label = _label(clause, found.start("noun"))
            return Count(_number(found["value"]), found["noun"].lower(), label, _own(clause, share), total=total)
    return None


def _named(clause: str, share: Share | None) -> Count | None:
    """ "Số nhiệm vụ quá hạn: 0"."""
    found = _NAMED.search(clause)
    if not found or _NAMED_BEFORE.search(found["words"]):
        return None
    label = f"{found['noun']}{found['words']}".strip()
    total = _TOTAL.match(found[0]) is not None
    return Count(_number(found["value"]), found["noun"].lower(), label, share, labelled=True, total=total)


def _bare(clause: str, share: Share | None) -> Count | None:
    """ "17 đang thực hiện": a part whose noun stands before."""
    found = _BARE.match(clause)
    return Count(_number(found["value"]), None, found["words"], _own(clause, share)) if found else None


def _labelled(clause: str, share: Share | None) -> Count | None:
    """ "Cấp giấy chứng nhận: 01"."""
    found = _LABELLED.fullmatch(clause)
    if not found or _NAMED_BEFORE.search(found["words"]):
        return None
    return Count(_number(found["value"]), None, found["words"], share, labelled=True)


def _label(clause: str, start: int) -> str:
    """What is counted, up to the share."""
    share = _SHARE.search(clause, start)
    return clause[start : share.start() if share else len(clause)].strip(" ,.")


def _own(clause: str, share: Share | None) -> Share | None:
    """The share, unless it is a rate of something named beside it: "tỷ lệ đúng hạn đạt 100%"."""
    return None if _RATE_OF_ITS_OWN.search(clause) else share
