"""Appendix tables as offices print them, all of them invented, each with the rows a careful person reads in it."""

from dataclasses import dataclass

from cchc_tasks.domain.reading.document import Grid, SourceDocument
from tests.making.grids import document, grid


@dataclass(frozen=True, slots=True)
class PrintedAppendix:
    """Drawings of one document, paragraphs among them, and of its rows.

    The first line of `rows` names what is compared: id, group, title, or a key of the cells. `asked` are the codes of
    the questions, of single rows with the row's id before it.
    """

    name: str
    blocks: tuple[str | Grid, ...]
    rows: str
    asked: tuple[str, ...] = ()

    @property
    def source(self) -> SourceDocument:
        """The document as its reader finds it."""
        return document(*self.blocks)

    @property
    def expected(self) -> list[dict[str, str]]:
        """Each row by the names of the first line."""
        names, *lines = ([one.strip() for one in line.split("|")] for line in self.rows.strip("\n").split("\n"))
        return [dict(zip(names, line, strict=True)) for line in lines]


APPENDICES = (
    PrintedAppendix(
        "roles below one title",
        (
            grid("""
STT | Nội dung công việc | Đơn vị thực hiện | < | Thời gian hoàn thành | Sản phẩm | Ghi chú
^ | ^ | Chủ trì | Phối hợp | ^ | ^ | ^
I | CÔNG TÁC CHỈ ĐẠO | | | | |
1 | Ban hành kế hoạch năm | Văn phòng Sở | Các phòng | 31/01/2026 | Kế hoạch | Gửi bản giấy
2 | Họp giao ban | Văn phòng Sở | | Hằng tháng | Thông báo kết luận |
II | CẢI CÁCH THỂ CHẾ | | | | |
3 | Rà soát văn bản | Phòng Pháp chế | Thanh tra Sở | Quý II/2026 | Báo cáo |"""),
        ),
        """
id | group | title | time | lead | cooperating | note
1 | CÔNG TÁC CHỈ ĐẠO | Ban hành kế hoạch năm | 31/01/2026 | Văn phòng Sở | Các phòng | Gửi bản giấy
2 | CÔNG TÁC CHỈ ĐẠO | Họp giao ban | Hằng tháng | Văn phòng Sở | |
3 | CẢI CÁCH THỂ CHẾ | Rà soát văn bản | Quý II/2026 | Phòng Pháp chế | Thanh tra Sở |""",
    ),
    PrintedAppendix(
        "time before product, and a target",
        (
            grid("""
TT | Nhiệm vụ/Giải pháp | Chỉ tiêu cần đạt | Thời hạn hoàn thành | Sản phẩm đầu ra | Cơ quan tham mưu | Cơ quan phối hợp
1 | Tiếp nhận hồ sơ trực tuyến | 80% hồ sơ | 30/6/2026 | Báo cáo số liệu | Bộ phận Một cửa | Tổ CNTT
2 | Khảo sát sự hài lòng | Từ 90% trở lên | Tháng 11/2026 | Phiếu khảo sát | Văn phòng | """),
        ),
        """
id | title | target | time | product | lead | cooperating
1 | Tiếp nhận hồ sơ trực tuyến | 80% hồ sơ | 30/6/2026 | Báo cáo số liệu | Bộ phận Một cửa | Tổ CNTT
2 | Khảo sát sự hài lòng | Từ 90% trở lên | Tháng 11/2026 | Phiếu khảo sát | Văn phòng |""",
    ),
    PrintedAppendix(
        "a school's plan with persons",
        (
            grid("""
STT | Công việc | Người thực hiện | Lãnh đạo phụ trách | Thời gian
1 | Niêm yết thủ tục | Cô Hạnh (văn thư) | Phó Hiệu trưởng | Tháng 9
2 | Cập nhật trang thông tin | Tổ Tin học | Hiệu trưởng | Thường xuyên"""),
        ),
        """
id | title | lead | time
1 | Niêm yết thủ tục | Cô Hạnh (văn thư) | Tháng 9
2 | Cập nhật trang thông tin | Tổ Tin học | Thường xuyên""",
    ),
    PrintedAppendix(
        "only a leader named",
        (
            grid("""
TT | Nội dung nhiệm vụ | Lãnh đạo phụ trách | Tiến độ
1 | Kiểm tra nội vụ | Đồng chí Phó Giám đốc | Quý III/2026"""),
        ),
        """
id | title | lead | time
1 | Kiểm tra nội vụ | Đồng chí Phó Giám đốc | Quý III/2026""",
    ),
    PrintedAppendix(
        "months as columns with marks",
        (
            grid("""
TT | Nhiệm vụ | Chủ trì | Thời gian thực hiện | < | < | < | < | <
^ | ^ | ^ | Tháng 1 | Tháng 2 | Tháng 3 | Tháng 4 | Tháng 5 | Tháng 6
1 | Ban hành kế hoạch | Văn phòng | x | | | | |
2 | Báo cáo sơ kết | Văn phòng | | | x | | | x
3 | Rà soát thủ tục | Thanh tra | | X | X | X | | """),
        ),
        """
id | title | lead | time
1 | Ban hành kế hoạch | Văn phòng | tháng 1
2 | Báo cáo sơ kết | Văn phòng | tháng 3; tháng 6
3 | Rà soát thủ tục | Thanh tra | từ tháng 2 đến tháng 4""",
        ("1 time-from-marks", "2 time-from-marks", "3 time-from-marks"),
    ),
    PrintedAppendix(
        "quarters as columns",
        (
            grid("""
STT | Nội dung | Quý I | Quý II | Quý III | Quý IV | Đơn vị thực hiện
1 | Tập huấn một cửa | | x | | | Phòng TCCB
2 | Đối thoại với người dân | | ✓ | | ✓ | Văn phòng"""),
        ),
        """
id | title | lead | time
1 | Tập huấn một cửa | Phòng TCCB | quý II
2 | Đối thoại với người dân | Văn phòng | quý II; quý IV""",
        ("1 time-from-marks", "2 time-from-marks"),
    ),
    PrintedAppendix(
        "lettered rows below a task without cells",
        (
            grid("""
STT | Nhiệm vụ | Sản phẩm | Thời hạn | Đơn vị chủ trì
1 | Xây dựng văn bản | | |
a | Kế hoạch cải cách hành chính | Kế hoạch | Tháng 01/2026 | Văn phòng
b | Kế hoạch kiểm tra | Kế hoạch | Tháng 02/2026 | Thanh tra
2 | Tuyên truyền | Tin, bài | Cả năm | Văn phòng"""),
        ),
        """
id | group | title | time | lead
1a | Xây dựng văn bản | Kế hoạch cải cách hành chính | Tháng 01/2026 | Văn phòng
1b | Xây dựng văn bản | Kế hoạch kiểm tra | Tháng 02/2026 | Thanh tra
2 | | Tuyên truyền | Cả năm | Văn phòng""",
    ),
    PrintedAppendix(
        "dashes below a task",
        (
            grid("""
TT | Nhiệm vụ | Thời gian | Đơn vị chủ trì, thực hiện
1 | Số hoá hồ sơ | |
 | - Hồ sơ cán bộ | Trước 30/6/2026 | Phòng TCCB
 | - Hồ sơ học sinh | Trước 31/12/2026 | Các trường
2 | Công khai dự toán | Quý I | Phòng KHTC"""),
        ),
        """
id | group | title | time | lead
1a | Số hoá hồ sơ | - Hồ sơ cán bộ | Trước 30/6/2026 | Phòng TCCB
1b | Số hoá hồ sơ | - Hồ sơ học sinh | Trước 31/12/2026 | Các trường
2 | | Công khai dự toán | Quý I | Phòng KHTC""",
    ),
    PrintedAppendix(
        "groups of two levels",
        (
            grid("""
TT | Nội dung | Cơ quan chủ trì | Cơ quan phối hợp | Thời gian
A | LĨNH VỰC HÀNH CHÍNH | | |
I | Cải cách thủ tục | | |
1 | Kiểm soát quy định | | |
1.1 | Lập danh mục | Văn phòng | Các phòng | 15/3/2026
1.2 | Trình phê duyệt | Văn phòng | | 30/3/2026
2 | Niêm yết | Một cửa | | Thường xuyên
II | Tài chính công | | |
1 | Quyết toán | Phòng KHTC | | Quý I"""),
        ),
        """
id | group | title | time
1.1 | Kiểm soát quy định | Lập danh mục | 15/3/2026
1.2 | Kiểm soát quy định | Trình phê duyệt | 30/3/2026
2 | Cải cách thủ tục | Niêm yết | Thường xuyên
1 | Tài chính công | Quyết toán | Quý I""",
    ),
    PrintedAppendix(
        "as above in words and ditto marks",
        (
            grid("""
STT | Nhiệm vụ | Thời hạn | Cơ quan thực hiện | Phối hợp
1 | Phát động thi đua | Tháng 02/2026 | Văn phòng | Công đoàn ngành
2 | Ký giao ước | nt | -nt- | "
3 | Sơ kết đợt một | Tháng 6/2026 | Như trên | -//-
4 | Tổng kết | 15/12/2026 | Phòng TCCB | (như trên)"""),
        ),
        """
id | title | time | lead | cooperating
1 | Phát động thi đua | Tháng 02/2026 | Văn phòng | Công đoàn ngành
2 | Ký giao ước | Tháng 02/2026 | Văn phòng | Công đoàn ngành
3 | Sơ kết đợt một | Tháng 6/2026 | Văn phòng | Công đoàn ngành
4 | Tổng kết | 15/12/2026 | Phòng TCCB | Công đoàn ngành""",
    ),
    PrintedAppendix(
        "titles of columns torn by narrow columns",
        (
            grid("""
S⏎T⏎T | NỘI DUNG⏎NHIỆM⏎VỤ | SẢN⏎PHẨM | THỜI⏎GIAN⏎THỰC HI-⏎ỆN | CƠ QUAN,⏎ĐƠN VỊ⏎CHỦ TRÌ | PHỐI⏎HỢP
1 | Tổ chức hội thi | Kế hoạch | Tháng 10 | Văn phòng | Đoàn thanh niên"""),
        ),
        """
id | title | product | time | lead | cooperating
1 | Tổ chức hội thi | Kế hoạch | Tháng 10 | Văn phòng | Đoàn thanh niên""",
    ),
    PrintedAppendix(
        "mistyped titles",
        (
            grid("""
TT | Nhiệm vụ cụ thẻ | Thơì gain hoàn thành | Đơn vị chủ chì | Đơn vị phồi hợp | San phâm
1 | Kiểm kê hồ sơ | Quý I | Văn phòng | Kế toán | Biên bản"""),
        ),
        """
id | title | time | lead | cooperating | product
1 | Kiểm kê hồ sơ | Quý I | Văn phòng | Kế toán | Biên bản""",
    ),
    PrintedAppendix(
        "numbers of columns below the header, money beside",
        (
            grid("""
TT | Tên công việc | Căn cứ thực hiện | Đơn vị đầu mối | Thời điểm hoàn thành | Kinh phí (triệu đồng) | Nguồn
(1) | (2) | (3) | (4) | (5) | (6) | (7)
1 | Mua máy quét | Quyết định của Sở | Phòng KHTC | 30/4/2026 | 50 | Ngân sách
2 | Bảo trì phần mềm | Hợp đồng | Tổ CNTT | Hàng quý | 20 | Ngân sách
 | Tổng cộng | | | | 70 | """),
        ),
        """
id | title | time | lead
1 | Mua máy quét | 30/4/2026 | Phòng KHTC
2 | Bảo trì phần mềm | Hàng quý | Tổ CNTT""",
    ),
    PrintedAppendix(
        "each group in a table of its own with its header",
        (
            "PHỤ LỤC I\nNhóm nhiệm vụ chung",
            grid("TT | Nhiệm vụ | Thời gian | Chủ trì\n1 | Ban hành quy chế | Quý I | Văn phòng"),
            "PHỤ LỤC II\nNhóm nhiệm vụ riêng",
            grid("Đơn vị chủ trì | TT | Tên nhiệm vụ | Kỳ hạn\nCác trường | 1 | Công khai học phí | 30/9/2026"),
        ),
        """
id | title | time | lead
1 | Ban hành quy chế | Quý I | Văn phòng
1-2 | Công khai học phí | 30/9/2026 | Các trường""",
    ),
    PrintedAppendix(
        "a table of figures beside the one of duties",
        (
            grid("TT | Chỉ tiêu | Đơn vị tính | Năm 2026\n1 | Hồ sơ đúng hạn | % | 98\n2 | Hài lòng | % | 90"),
            "Phụ lục phân công",
            grid("TT | Nhiệm vụ | Đơn vị phụ trách | Thời gian\n1 | Đo lường hài lòng | Văn phòng | Tháng 11"),
        ),
        """
id | title | time | lead
1 | Đo lường hài lòng | Tháng 11 | Văn phòng""",
    ),
    PrintedAppendix(
        "a second table that lacks the days",
        (
            grid("TT | Nhiệm vụ | Đơn vị chủ trì | Thời gian\n1 | Họp ban chỉ đạo | Văn phòng | Quý I"),
            "Nhiệm vụ thường xuyên",
            grid(
                "TT | Nhiệm vụ | Đơn vị chủ trì\n1 | Trực bộ phận một cửa | Văn phòng\n2 | Trả lời công dân | Thanh tra"
            ),
        ),
        """
id | title | time | lead
1 | Họp ban chỉ đạo | Quý I | Văn phòng""",
        ("table-unread",),
    ),
    PrintedAppendix(
        "a table that goes on below a title without its header",
        (
            "I. Thể chế",
            grid("TT | Nhiệm vụ | Đơn vị chủ trì | Thời gian\n1 | Rà soát | Pháp chế | Quý I"),
            "II. Thủ tục",
            grid("2 | Niêm yết | Một cửa | Quý II\n3 | Công bố | Văn phòng | Quý III"),
        ),
        """
id | title | time | lead
1 | Rà soát | Quý I | Pháp chế""",
        ("table-unread",),
    ),
    PrintedAppendix(
        "merged leads and days",
        (
            grid("""
TT | Lĩnh vực | Nhiệm vụ cụ thể | Trách nhiệm thực hiện | Thời gian hoàn thành
1 | Thể chế | Góp ý dự thảo | Phòng Pháp chế | Quý I
2 | ^ | Theo dõi thi hành pháp luật | ^ | ^
3 | Thủ tục | Rút ngắn thời gian | Văn phòng | 30/6/2026"""),
        ),
        """
id | group | title | lead | time
1 | Thể chế | Góp ý dự thảo | Phòng Pháp chế | Quý I
2 | Thể chế | Theo dõi thi hành pháp luật | Phòng Pháp chế | Quý I
3 | Thủ tục | Rút ngắn thời gian | Văn phòng | 30/6/2026""",
    ),
    PrintedAppendix(
        "a sheet with its letterhead and signature",
        (
            grid("""
UBND TỈNH LÂM AN | | | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |
SỞ GIÁO DỤC VÀ ĐÀO TẠO | | | Độc lập - Tự do - Hạnh phúc |
PHÂN CÔNG NHIỆM VỤ NĂM 2026 | < | < | < | <
TT | Đầu việc | Phân công | Hạn hoàn thành | Ghi chú
1 | Lập dự toán | Phòng KHTC | 15/7/2026 | Theo mẫu
2 | Chấm điểm | Văn phòng | 30/11/2026 |
Nơi nhận: | | | GIÁM ĐỐC |
- Như trên; | | | |
- Lưu: VT. | | | Trần Văn Mẫu |"""),
        ),
        """
id | title | lead | time | note
1 | Lập dự toán | Phòng KHTC | 15/7/2026 | Theo mẫu
2 | Chấm điểm | Văn phòng | 30/11/2026 |""",
    ),
    PrintedAppendix(
        "two sheets' tables below each other in one grid",
        (
            grid("""
TT | Nhiệm vụ | Chủ trì | Thời hạn
1 | Mở lớp tập huấn | Phòng TCCB | Tháng 4
PHỤ LỤC 2 | < | < | <
STT | Nội dung | Thời gian | Đơn vị chủ trì
1 | Kiểm tra các trường | Quý III | Thanh tra"""),
        ),
        """
id | title | lead | time
1 | Mở lớp tập huấn | Phòng TCCB | Tháng 4
1-2 | Kiểm tra các trường | Thanh tra | Quý III""",
    ),
    PrintedAppendix(
        "first column empty since it numbers itself",
        (
            grid("""
STT | Hoạt động | Kết quả | Thời gian | Bộ phận thực hiện
 | Rà soát quy trình | Quy trình | Quý I | Văn phòng
 | Cập nhật mã thủ tục | Danh mục | Quý II | Một cửa
 | Tổ chức đánh giá | Báo cáo | Quý IV | Văn phòng"""),
        ),
        """
id | title | product | time | lead
1 | Rà soát quy trình | Quy trình | Quý I | Văn phòng
2 | Cập nhật mã thủ tục | Danh mục | Quý II | Một cửa
3 | Tổ chức đánh giá | Báo cáo | Quý IV | Văn phòng""",
    ),
    PrintedAppendix(
        "a row torn by a page, its header repeated",
        (
            grid("""
TT | Nhiệm vụ trọng tâm | Sản phẩm dự kiến | Thời hạn thực hiện | Đơn vị tham mưu thực hiện
1 | Đơn giản hoá chế độ | Phương án | Trong quý | Văn phòng

TT | Nhiệm vụ trọng tâm | Sản phẩm dự kiến | Thời hạn thực hiện | Đơn vị tham mưu thực hiện
 | báo cáo định kỳ | trình Sở | II/2026 |
2 | Thí điểm hồ sơ số | Đề án | Quý IV | Tổ CNTT"""),
        ),
        """
id | title | product | time | lead
1 | Đơn giản hoá chế độ báo cáo định kỳ | Phương án trình Sở | Trong quý II/2026 | Văn phòng
2 | Thí điểm hồ sơ số | Đề án | Quý IV | Tổ CNTT""",
    ),
    PrintedAppendix(
        "a group that holds nothing, and a remark across the table",
        (
            grid("""
TT | Nhiệm vụ | Đơn vị chủ trì | Thời gian
I | Chỉ đạo điều hành | |
1 | Giao chỉ tiêu | Văn phòng | Quý I
II | Xây dựng chính quyền điện tử | |
III | Tài chính công | |
2 | Công khai ngân sách | Kế toán | Hằng quý
Lưu ý: các đơn vị gửi báo cáo về Văn phòng trước ngày 20 hằng tháng | < | < | <"""),
        ),
        """
id | group | title | time
1 | Chỉ đạo điều hành | Giao chỉ tiêu | Quý I
2 | Tài chính công | Công khai ngân sách | Hằng quý""",
        ("heading-without-rows", "heading-without-rows"),
    ),
    PrintedAppendix(
        "begin and end, three rows of titles",
        (
            grid("""
STT | NỘI DUNG CÔNG VIỆC | PHÂN CÔNG | < | < | THỜI GIAN | <
^ | ^ | Đơn vị | < | Lãnh đạo Sở chỉ đạo | Bắt đầu | Kết thúc
^ | ^ | Chủ trì | Phối hợp | ^ | ^ | ^
1 | Xây dựng đề án | Phòng GDTrH | Phòng KHTC | Giám đốc | 01/02/2026 | 30/6/2026"""),
        ),
        """
id | title | lead | cooperating | time
1 | Xây dựng đề án | Phòng GDTrH | Phòng KHTC | 30/6/2026""",
    ),
    PrintedAppendix(
        "weeks, places and people of a school",
        (
            grid("""
Tuần/Tháng | Nội dung hoạt động | Hình thức | Đối tượng | Người chủ trì | Lực lượng phối hợp
Tháng 9/2026 | Phổ biến quy tắc ứng xử | Sinh hoạt | Học sinh | Hiệu trưởng | Đoàn trường
Tháng 10/2026 | Thi tìm hiểu pháp luật | Trực tuyến | Giáo viên | Tổ Xã hội | Thư viện"""),
        ),
        """
id | title | time | lead | cooperating
1 | Phổ biến quy tắc ứng xử | Tháng 9/2026 | Hiệu trưởng | Đoàn trường
2 | Thi tìm hiểu pháp luật | Tháng 10/2026 | Tổ Xã hội | Thư viện""",
    ),
)
