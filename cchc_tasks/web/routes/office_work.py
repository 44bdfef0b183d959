"""Điều hành: the office's other pages in one list, each with what waits there."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from cchc_tasks.web.pages import page
from cchc_tasks.web.session import Who

# Heading, then (title, address, the right it needs, what it is for).
PAGES: tuple[tuple[str, tuple[tuple[str, str, str, str], ...]], ...] = (
    (
        "Hằng ngày",
        (
            ("Đôn đốc", "/don-doc", "FOLLOW_UP", "Việc quá hạn cần báo cáo lãnh đạo hoặc lập công văn đôn đốc."),
            ("Gia hạn", "/gia-han", "DECIDE_EXTENSION", "Yêu cầu gia hạn của các đơn vị, ghi quyết định."),
            ("Giao nhiệm vụ", "/giao-nhiem-vu", "ADD_DUTY", "Nhiệm vụ theo công văn, giao ngay cho đơn vị."),
        ),
    ),
    (
        "Kế hoạch trong năm",
        (
            ("Hạn nội bộ", "/han-noi-bo", "SET_INTERNAL_DAY", "Đặt ngày sớm hơn hạn cho nhiều việc một lần."),
            ("Mô phỏng thư nhắc", "/mo-phong", "SIMULATE", "Ai sẽ nhận thư nào, vào ngày nào, trước khi công bố."),
        ),
    ),
    (
        "Thiết lập",
        (
            ("Lịch làm việc", "/lich", "EDIT_CALENDAR", "Ngày nghỉ, ngày làm bù, đợt nghỉ của trường."),
            ("Tạm vắng", "/tam-vang", "MANAGE_ABSENCES", "Người tạm vắng và người nhận thay."),
            ("Lời thư nhắc", "/mau-thu", "MANAGE_REMINDING", "Câu chào, câu kết, xem thử thư, tin cho nhóm Zalo."),
            ("Danh bạ", "/danh-ba", "SEE_DIRECTORY", "Đơn vị, nhóm, người; đổi tên, sáp nhập, ngừng hoạt động."),
        ),
    ),
)

router = APIRouter()


@router.get("/dieu-hanh")
def show(request: Request, who: Who) -> HTMLResponse:
    """The list; pages a person may not open are left out."""
    return page(request, "dieu-hanh.html", groups=PAGES)
