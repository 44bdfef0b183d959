"""The list of obligations; every filter stands in the address, so that a list can be sent to somebody."""

from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from cchc_tasks.domain.periods import period_in_words
from cchc_tasks.domain.vocabulary import Standing
from cchc_tasks.services.search_obligations import OPEN, FoundPage, Wanted, search_obligations
from cchc_tasks.web.pages import page
from cchc_tasks.web.session import App, Who

# The words of the address, in the order in which they are offered.
STANDINGS: dict[str, tuple[str, frozenset[Standing]]] = {
    "chua-xong": ("Chưa hoàn thành", OPEN),
    "qua-han": ("Quá hạn", frozenset({Standing.OVERDUE})),
    "sap-den-han": ("Sắp đến hạn", frozenset({Standing.DUE_SOON})),
    "dang-thuc-hien": ("Đang thực hiện", frozenset({Standing.ON_TRACK})),
    "cho-xac-nhan": ("Chờ xác nhận", frozenset({Standing.AWAITING})),
    "khong-thoi-han": ("Không có thời hạn", frozenset({Standing.NO_DEADLINE})),
    "dung-han": ("Hoàn thành đúng hạn", frozenset({Standing.DONE_ON_TIME})),
    "qua-han-da-xong": ("Hoàn thành quá hạn", frozenset({Standing.DONE_LATE})),
    "tat-ca": ("Tất cả", frozenset()),
}
FIRST = "chua-xong"
NAMES = {"tinh-trang": "tình trạng", "thang": "tháng", "don-vi": "đơn vị", "linh-vuc": "lĩnh vực"}

router = APIRouter()


@router.get("/nhiem-vu")
def list_obligations(request: Request, app: App, who: Who) -> HTMLResponse:
    """The list; what an address asks that does not exist is left out, and said."""
    asked = {name: value.strip() for name, value in request.query_params.items() if value.strip()}
    wanted, unknown = _wanted(asked)
    found = search_obligations(app.database, wanted, on=app.today(), actor=who.actor)
    unknown += [name for name, meant in (("don-vi", "unit"), ("linh-vuc", "area")) if meant in found.unknown]
    said = [f"{NAMES[name]} “{asked.pop(name)}”" for name in unknown]
    context: dict[str, Any] = {
        "asked": asked,
        "standings": STANDINGS,
        "chosen": asked.get("tinh-trang", FIRST),
        "unknown": said,
    }
    return page(request, "danh-sach.html", found=found, tags=_tags(asked, found), at=_address, **context)


def _wanted(asked: dict[str, str]) -> tuple[Wanted, list[str]]:
    """What the address asks for, and the filters of it whose values do not exist."""
    unknown = []
    slug = asked.get("tinh-trang", FIRST)
    if slug not in STANDINGS:
        unknown.append("tinh-trang")
    month = _month(asked.get("thang", ""))
    if "thang" in asked and month is None:
        unknown.append("thang")
    number = asked.get("trang", "1")
    wanted = Wanted(
        text=asked.get("tim", "")[:200],
        standings=STANDINGS.get(slug, STANDINGS[FIRST])[1],
        unit=asked.get("don-vi"),
        area=asked.get("linh-vuc"),
        month=month,
        page=int(number) if number.isdecimal() and len(number) < 7 else 1,
    )
    return wanted, unknown


def _month(text: str) -> tuple[int, int] | None:
    year, _, month = text.partition("-")
    if not (year.isdecimal() and month.isdecimal() and len(year) == 4 and len(month) == 2):
        return None
    return (int(year), int(month)) if 2000 <= int(year) <= 2100 and 1 <= int(month) <= 12 else None


def _tags(asked: dict[str, str], found: FoundPage) -> list[tuple[str, str]]:
    """The filters that are set, each with the address that leaves it out."""
    names = dict(found.units)
    words = {
        "tim": f"“{asked.get('tim')}”",
        "tinh-trang": STANDINGS[asked.get("tinh-trang", FIRST)][0],
        "don-vi": names.get(asked.get("don-vi", ""), asked.get("don-vi", "")),
        "linh-vuc": asked.get("linh-vuc", ""),
        "thang": period_in_words(asked["thang"]) if "thang" in asked else "",
    }
    return [(said, _address(asked, **{name: ""})) for name, said in words.items() if name in asked]


def _address(asked: dict[str, str], **changed: object) -> str:
    """The list's address with something changed; any change but of the page leads back to the first page."""
    kept = {name: value for name, value in asked.items() if name != "trang"} | {
        name.replace("_", "-"): str(value) for name, value in changed.items()
    }
    query = urlencode({name: value for name, value in kept.items() if value})
    return f"/nhiem-vu?{query}" if query else "/nhiem-vu"
