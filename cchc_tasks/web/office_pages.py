"""The office's pages behind Điều hành: where each stands, the right it needs, and what it is for."""

# Heading, then (title, address, the right it needs, what it is for).
OFFICE_PAGES: tuple[tuple[str, tuple[tuple[str, str, str, str], ...]], ...] = (
    (
        "Hằng ngày",
        (
            ("Đôn đốc", "/don-doc", "FOLLOW_UP", "Việc quá hạn cần báo cáo lãnh đạo hoặc lập công văn đôn đốc"),
            ("Gia hạn", "/gia-han", "DECIDE_EXTENSION", "Đề nghị gia hạn của các đơn vị, chờ ghi quyết định"),
            ("Giao nhiệm vụ", "/giao-nhiem-vu", "ADD_DUTY", "Nhiệm vụ theo công văn, giao ngay cho đơn vị"),
            ("Lượt gửi", "/luot-gui", "SEE_DELIVERIES", "Thư đã gửi, thư chưa gửi được và lý do"),
            ("Bộ nhắc việc", "/bo-nhac-viec", "SEE_OVERVIEW", "Lượt nào đã chạy, chạy lúc nào, lượt nào đã ngừng"),
        ),
    ),
    (
        "Kế hoạch trong năm",
        (
            ("Hạn nội bộ", "/han-noi-bo", "SET_INTERNAL_DAY", "Đặt ngày sớm hơn hạn cho nhiều việc một lần"),
            ("Mô phỏng thư nhắc", "/mo-phong", "SIMULATE", "Ai sẽ nhận thư nào, vào ngày nào, trước khi công bố"),
        ),
    ),
    (
        "Thiết lập",
        (
            ("Lịch làm việc", "/lich", "EDIT_CALENDAR", "Ngày nghỉ, ngày làm bù, đợt nghỉ của trường"),
            ("Tạm vắng", "/tam-vang", "MANAGE_ABSENCES", "Người tạm vắng và người nhận thay"),
            ("Lời thư nhắc", "/mau-thu", "MANAGE_REMINDING", "Câu chào, câu kết, xem thử thư, tin cho nhóm Zalo"),
            ("Kênh gửi", "/kenh-gui", "MANAGE_REMINDING", "Thư điện tử, Zalo và các kênh khác: tình trạng, tốc độ"),
            ("Danh bạ", "/danh-ba", "SEE_DIRECTORY", "Đơn vị, nhóm, người; đổi tên, sáp nhập, ngừng hoạt động"),
        ),
    ),
)


def office_addresses() -> frozenset[str]:
    """Where all of these pages stand."""
    return frozenset(address for _, pages in OFFICE_PAGES for _, address, _, _ in pages)
