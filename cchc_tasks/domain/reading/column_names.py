"""What the title of a column says that the column holds, however an office words and prints it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from functools import lru_cache

from cchc_tasks.domain.reading.text import search_key


class Column(StrEnum):
    """What a column holds; the values of those that stay verbatim are the keys of `Row.cells`."""

    NUMBER = "number"
    GROUP = "group"
    TITLE = "title"
    PRODUCT = "product"
    TARGET = "target"
    TIME = "time"
    LEAD = "lead"
    COOPERATING = "cooperating"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Named:
    """The column a title names; of several titles for one column that of the lowest rank is the nearest."""

    column: Column
    rank: int


@lru_cache(maxsize=4096)
def named_column(title: str) -> Named | None:
    """What a title names; None where it is none of a duty's columns."""
    key = _key(title) if len(title) <= _LONGEST_PRINTED else ""
    if not key or len(key) > _LONGEST_TITLE:
        return None
    return next((named for named, pattern in _NAMES if pattern.match(key)), None)


def mistyped_column(title: str) -> Named | None:
    """What a title would name if a letter or two of it were typed right."""
    key = _key(title)
    if not key or len(key) > _LONGEST_TITLE or not key.isalpha():
        return None
    usual = get_close_matches(key, _USUAL, n=1, cutoff=_ALIKE)
    return named_column(usual[0]) if usual else None


def named_period(title: str) -> str | None:
    """The month or quarter that a column stands for, as a time cell would write it: "tháng 3", "quý II/2026"."""
    key = search_key(title)
    found = _PERIOD.search(key)
    if not found:
        return None
    year = f"/{found['year']}" if found["year"] else ""
    if found["month"]:
        return f"tháng {int(found['month'])}{year}"
    return f"quý {_QUARTERS.get(found['quarter'], found['quarter'].upper())}{year}"


_LONGEST_TITLE = 70  # letters
_LONGEST_PRINTED = 120  # with what stands between them
_ALIKE = 0.86  # two letters exchanged in a title of some length

_PERIOD = re.compile(
    r"(?<![^\W_])(?:(?:thang|t)[\s.]*0?(?P<month>[1-9]|1[0-2])|quy\s*(?P<quarter>iv|i{1,3}|[1-4]))"
    r"(?:\s*(?:/|-|nam)\s*(?P<year>20\d\d))?$"
)
_QUARTERS: Mapping[str, str] = {"1": "I", "2": "II", "3": "III", "4": "IV"}

# The letters of a title without diacritics and without what stands between words, for a narrow column tears words
# apart; matched from the beginning, in this order.
_WORDED = (
    (Column.NUMBER, 0, r"(so)?s?tt\d?$|sothutu$|so$"),
    (Column.NOTE, 0, r"ghichu"),
    (Column.COOPERATING, 0, r"(?!.*(chutri|chuchi|daumoi|thuchien|phutrach).*phoihop).*phoihop"),
    (Column.LEAD, 0, r"(?!sanpham|ketqua|thoi|noidung|nhiemvu).*(chutri|chuchi|daumoi)"),
    (Column.COOPERATING, 1, r"(coquan|donvi|bophan|canhan|nguoi|lucluong|thanhphan).*(kethop|hotro|thamgia|lienquan)"),
    (Column.LEAD, 3, r"(phancong)?(donvi)?(dongchi)?lanhdao|(dongchi|nguoi|bgh|bangiam(doc|hieu)).*chidao|chidao$"),
    (
        Column.LEAD,
        1,
        r"(cac)?(coquan|donvi|phong|bophan|canhan|nguoi|tochuc|tapthe|thanhvien|to|chuthe)"
        r"(?!.*(theodoi|giamsat|kiemtra|nhanbaocao)).*(thuchien|phutrach|thammuu|nhiem|trienkhai|duocgiao|xuly|lam$)",
    ),
    (Column.LEAD, 1, r"(phancong|trachnhiem|chiutrachnhiem|giaocho|giaodonvi)|.*chiutrachnhiem"),
    (Column.LEAD, 2, r"(donvi|coquan|bophan|phong(ban)?|tochuc|canhan)+$"),
    (
        Column.TIME,
        0,
        r"(thoihan|thoigian|thoidiem|tiendo|ngay|moc|kyhan|dukien)\w*(hoanthanh|hoantat|ketthuc)|hoanthanh(truoc|vao|ngay)"
        r"|(dukien)?(thoihan|kyhan|han(hoan|thuc|cuoi|chot|nop|gui|bao|xuly|xong)|han$|ketthuc$|denngay$)",
    ),
    (Column.TIME, 2, r"(thoigian|thoidiem|ngay)batdau|batdau$|tungay$"),
    (
        Column.TIME,
        1,
        r"(dukien|kehoach|khung)?(thoigian|thoidiem|moc(thoigian|tiendo|hoan)|lotrinh|lichthuchien|thoiluong)",
    ),
    (
        Column.TIME,
        2,
        r"tiendo|nam(thuchien|hoanthanh)$|(ngay|tuan|thang|quy)(ngay|tuan|thang|quy|nam|thuchien|va|hoac)*(\d{4})?$",
    ),
    (Column.PRODUCT, 0, r".*sanpham"),
    (Column.PRODUCT, 1, r"(dukien)?(cac)?(ketqua|daura)"),
    (Column.PRODUCT, 2, r"(tailieu|hoso)?(minhchung|kiemchung)|vanbanbanhanh|hinhthucvanban"),
    (Column.TARGET, 0, r"(muc|cac)?chitieu(?!.*nhiemvu)"),
    (Column.TARGET, 1, r"(yeucau|muctieu)(?!.*nhiemvu)|mucdo(dat|canhoanthanh)"),
    (
        Column.GROUP,
        0,
        r"(nhiemvu|noidung|congviec)(chung|lon)|nhom(cac)?(nhiemvu|noidung|congviec|giaiphap|viec)?$|linhvuc"
        r"|mang(congtac|congviec|nhiemvu)",
    ),
    (Column.TITLE, 0, r"(ten|cac|danhmuc|mota|chitiet)*(nhiemvu|noidung|congviec|hoatdong|dauviec|phanviec)"),
    (Column.TITLE, 1, r".{0,12}(nhiemvu|noidung|congviec)|ten(vanban|dean|kehoach|chuongtrinh)"),
    (Column.TITLE, 2, r"(ten|cac|danhmuc)*(giaiphap|bienphap|hangmuc|congtac|viec(canlam|phailam|lam)?$)"),
)
_NAMES = tuple((Named(column, rank), re.compile(pattern)) for column, rank, pattern in _WORDED)

# What a mistyped title is compared with.
_USUAL = (
    *("nhiemvu", "nhiemvucuthe", "noidung", "noidungcongviec", "noidungnhiemvu", "noidungthuchien", "congviec"),
    *("tennhiemvu", "tencongviec", "hoatdong", "thoigian", "thoigianthuchien", "thoigianhoanthanh", "thoihan"),
    *("thoihanhoanthanh", "thoihanthuchien", "hanhoanthanh", "tiendo", "tiendohoanthanh", "tiendothuchien"),
    *("chutri", "donvichutri", "donvichutrithuchien", "coquanchutri", "phongchutri", "donvithuchien"),
    *("coquanthuchien", "bophanthuchien", "nguoithuchien", "donviphutrach", "nguoiphutrach", "coquandonvichutri"),
    *("phoihop", "donviphoihop", "coquanphoihop", "sanpham", "ketqua", "sanphamdaura", "ketquadukien", "ghichu"),
)


def _key(title: str) -> str:
    return "".join(letter for letter in search_key(title) if letter.isalnum())
