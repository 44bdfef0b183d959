"""A small plan of an invented Sở with everything that makes appendices hard, for machines without the real ones."""

# ruff: noqa: E501 (a row of a table is one line)

from cchc_tasks.domain.reading.document import SourceDocument
from tests.making.grids import document, grid

LETTERHEAD = """Số:      /KH-SGDĐT
An Bình, ngày      tháng 01 năm 2026
KẾ HOẠCH
Cải cách hành chính năm 2026
Sở Giáo dục và Đào tạo tỉnh An Bình giao các nhiệm vụ trong phụ lục."""

# As a page reader finds it: row 3 and its group's label torn by a page, the header repeated, row 5 before its label.
TORN = """
TT | Lĩnh vực | Nhiệm vụ cụ thể | Cơ quan chủ trì | Cơ quan phối hợp | Sản phẩm | Thời hạn hoàn thành | Ghi chú
1 | Chỉ đạo, điều hành | Xây dựng kế hoạch năm | Phòng TCCB | Các phòng chuyên môn | Kế hoạch | Trong tháng 01/2026 |
2 |  | Tuyên truyền cải cách hành chính | Phòng TCCB, Văn phòng | Tổ CNTT | Kế hoạch và báo cáo kết quả tuyên truyền | Kế hoạch ban hành trong quý I/2026; báo cáo hàng quý |
 |  |  | Văn phòng (quý I), Thanh tra (quý II), Phòng TCCB (quý III), Tổ CNTT (quý IV) | | Mỗi quý có ít nhất 01 tin, bài | Trong năm 2026 |
3 | Cải cách thủ tục | Rà soát thủ tục hành chính của | Văn | Các phòng | Báo cáo kết | Trước ngày | Theo Quy

TT | Lĩnh vực | Nhiệm vụ cụ thể | Cơ quan chủ trì | Cơ quan phối hợp | Sản phẩm | Thời hạn hoàn thành | Ghi chú
 | hành chính | các đơn vị trực thuộc (nếu có) | phòng | chuyên môn | quả rà soát | 15/6/2026 | chế
4 |  | Niêm yết công khai thủ tục hành chính | Văn phòng | | Bảng niêm yết | Thường xuyên |
5 |  | Công khai dự toán ngân sách | Phòng KH-TC | | Dự toán | Quý I năm 2026 |

6 | Tài chính công | Xây dựng quy chế chi tiêu nội bộ | Phòng KH-TC | | Kế hoạch; báo cáo; bảng số liệu | Kế hoạch trong tháng 3/2026; báo cáo trong tháng 11/2026 |
7 |  | Sắp xếp hồ sơ | | Văn phòng | Hồ sơ | Tháng 12/2026 |
"""

# As its author keeps it: whole rows, labels in merged cells.
WHOLE = """
TT | Lĩnh vực | Nhiệm vụ cụ thể | Cơ quan chủ trì | Cơ quan phối hợp | Sản phẩm | Thời hạn hoàn thành | Ghi chú
1 | Chỉ đạo, điều hành | Xây dựng kế hoạch năm | Phòng TCCB | Các phòng chuyên môn | Kế hoạch | Trong tháng 01/2026 |
2 | ^ | Tuyên truyền cải cách hành chính | Phòng TCCB, Văn phòng | Tổ CNTT | Kế hoạch và báo cáo kết quả tuyên truyền | Kế hoạch ban hành trong quý I/2026; báo cáo hàng quý |
^ | ^ | ^ | Văn phòng (quý I), Thanh tra (quý II), Phòng TCCB (quý III), Tổ CNTT (quý IV) | | Mỗi quý có ít nhất 01 tin, bài | Trong năm 2026 |
3 | Cải cách thủ tục hành chính | Rà soát thủ tục hành chính của các đơn vị trực thuộc (nếu có) | Văn phòng | Các phòng chuyên môn | Báo cáo kết quả rà soát | Trước ngày 15/6/2026 | Theo Quy chế
4 | ^ | Niêm yết công khai thủ tục hành chính | Văn phòng | | Bảng niêm yết | Thường xuyên |
5 | Tài chính công | Công khai dự toán ngân sách | Phòng KH-TC | | Dự toán | Quý I năm 2026 |
6 | ^ | Xây dựng quy chế chi tiêu nội bộ | Phòng KH-TC | | Kế hoạch; báo cáo; bảng số liệu | Kế hoạch trong tháng 3/2026; báo cáo trong tháng 11/2026 |
7 | ^ | Sắp xếp hồ sơ | | Văn phòng | Hồ sơ | Tháng 12/2026 |
"""


def torn_plan() -> SourceDocument:
    """The plan with the traces of its pages."""
    return document(LETTERHEAD, grid(TORN))


def whole_plan() -> SourceDocument:
    """The plan in merged cells and whole rows."""
    return document(LETTERHEAD, grid(WHOLE))
