"""Two invented rubrics with a careful person's reading: the Sở's own as text, and one for its schools as Word cells."""

from collections.abc import Sequence
from dataclasses import dataclass

from cchc_tasks.domain.reading.document import SourceDocument
from cchc_tasks.domain.reading.findings import Question
from cchc_tasks.domain.reading.rubric import read_rubric
from cchc_tasks.domain.reading.rubric_rows.criteria import Criterion
from tests.making.grids import document, grid


@dataclass(frozen=True)
class Careful:
    """How a person reads one criterion; levels are written "condition → points"."""

    code: str
    level: int
    title: str
    units: tuple[str, ...]
    inherited_from: str | None
    kind: str | None
    max_points: str | None
    levels: tuple[str, ...] = ()
    formula: str | None = None


RUBRIC_HEADER = "STT | Tiêu chí | Điểm tối đa | Đơn vị\n"


def rubric(drawing: str) -> tuple[tuple[Criterion, ...], tuple[Question, ...]]:
    """The reading of a table with these rows below the usual header."""
    return read_rubric(document(grid(RUBRIC_HEADER + drawing)))


def asked(questions: Sequence[Question]) -> list[tuple[str, str]]:
    """What is asked of which criterion, in a fixed order."""
    return sorted((question.code, question.about) for question in questions)


OFFICE_TEXT = """
SỞ GIÁO DỤC VÀ ĐÀO TẠO BÌNH SƠN

BỘ TIÊU CHÍ CHẤM ĐIỂM CẢI CÁCH HÀNH CHÍNH

TT\tNội dung tiêu chí\tĐơn vị chủ trì\tĐiểm tối đa
1\tCHỈ ĐẠO, ĐIỀU HÀNH\t\t5
1.1\tKế hoạch cải cách hành chính của cơ quan\tVăn phòng Sở\t1
\ta) Ban hành trong tháng 01: 1 điểm\t\t
\tb) Ban hành sau tháng 01: 0,5 điểm\t\t
\tc) Không ban hành: 0 điểm\t\t
1.2\tMức độ hoàn thành kế hoạch\tVăn phòng Sở, các phòng chuyên môn\t1,5
\tTính theo công thức: (số nhiệm vụ đã xong/tổng số nhiệm vụ) x 1,5 điểm\t\t
1.3\tThông tin, tuyên truyền\tPhòng Chính trị tư tưởng\t1,5
1.3.1\tSố tin, bài đăng trong năm\t\t1
\t<i>Trên 100 tin, bài: 1</i>\t\t
\t<i>Từ 50 đến dưới 100 tin, bài: 0,5</i>\t\t
\t<i>Dưới 50 tin, bài: 0</i>\t\t
1.3.2\tHình thức tuyên truyền mới\t\t0,5
\tMỗi hình thức mới được 0,25 điểm, tối đa 0,5 điểm\t\t
1.4\tSáng kiến cải cách hành chính\tCác phòng, đơn vị\t1
\tCó từ 02 sáng kiến trở lên đạt 1\t\t
\tCó 01 sáng kiến đạt 0.5\t\t
\tKhông có sáng kiến: 0\t\t
2\tCẢI CÁCH THỦ TỤC HÀNH CHÍNH\tVăn phòng Sở\t5,5
2.1\tGiải quyết hồ sơ đúng hạn\t\t2
\t- Từ 90% - 100% hồ sơ đúng hạn thì điểm đánh giá được tính theo công thức: [Tỷ lệ % hồ sơ đúng hạn x 2]/100% \
- Dưới 90% hồ sơ đúng hạn: 0\t\t
2.2\tHồ sơ trực tuyến\tCác phòng chuyên môn\t1
\t<i>Từ 80% trở lên: 1</i>\t\t
\t<i>Từ 60% đến dưới 80%: 0,75</i>\t\t
\t<i>Từ 40% đến 60%: 0,5</i>\t\t
\t<i>Dưới 40%: 0</i>\t\t
2.3\tHồ sơ trễ hạn\t\t1
\tKhông có hồ sơ trễ hạn: 1 điểm; trừ 0,1 điểm cho mỗi hồ sơ trễ hạn, tối đa trừ 1 điểm\t\t
2.4\tMức độ hài lòng của người dân\t\t1,5
\tTheo kết quả điều tra xã hội học\t\t
3\tHIỆN ĐẠI HÓA HÀNH CHÍNH\t\t2
3.1\tVăn bản được ký số\tCác phòng, đơn vị\t1

TT\tNội dung tiêu chí\tĐơn vị chủ trì\tĐiểm tối đa
\tĐạt 100%: 1\t\t
\tTừ 90% đến dưới 100%: 0,5\t\t
\tDưới 90%: 0\t\t
3.2\t<i>Họp trực tuyến</i> <i>Có tổ chức: 0,5</i> <i>Không tổ chức: 0</i>\tVăn phòng Sở\t1
3.3\tKho dữ liệu dùng chung\tPhòng Quản lý chất lượng\t0,5
\tTổng cộng\t\t12,5
"""

OFFICE_READ = (
    Careful("1", 1, "CHỈ ĐẠO, ĐIỀU HÀNH", (), None, None, "5"),
    Careful(
        "1.1", 2, "Kế hoạch cải cách hành chính của cơ quan", ("Văn phòng Sở",), None, "bands", "1",
        ("Ban hành trong tháng 01 → 1", "Ban hành sau tháng 01 → 1/2", "Không ban hành → 0"),
    ),
    Careful(
        "1.2", 2, "Mức độ hoàn thành kế hoạch", ("Văn phòng Sở", "các phòng chuyên môn"), None, "formula", "3/2",
        (), "(số nhiệm vụ đã xong/tổng số nhiệm vụ) x 1,5 điểm",
    ),
    Careful("1.3", 2, "Thông tin, tuyên truyền", ("Phòng Chính trị tư tưởng",), None, None, "3/2"),
    Careful(
        "1.3.1", 3, "Số tin, bài đăng trong năm", ("Phòng Chính trị tư tưởng",), "1.3", "thresholds", "1",
        ("Trên 100 tin, bài → 1", "Từ 50 đến dưới 100 tin, bài → 1/2", "Dưới 50 tin, bài → 0"),
    ),
    Careful(
        "1.3.2", 3, "Hình thức tuyên truyền mới", ("Phòng Chính trị tư tưởng",), "1.3", "additive", "1/2",
        ("Mỗi hình thức mới → 1/4",),
    ),
    Careful(
        "1.4", 2, "Sáng kiến cải cách hành chính", ("Các phòng, đơn vị",), None, "bands", "1",
        ("Có từ 02 sáng kiến trở lên → 1", "Có 01 sáng kiến → 1/2", "Không có sáng kiến → 0"),
    ),
    Careful("2", 1, "CẢI CÁCH THỦ TỤC HÀNH CHÍNH", ("Văn phòng Sở",), None, None, "11/2"),
    Careful(
        "2.1", 2, "Giải quyết hồ sơ đúng hạn", ("Văn phòng Sở",), "2", "proportional", "2",
        ("Dưới 90% hồ sơ đúng hạn → 0",), "[Tỷ lệ % hồ sơ đúng hạn x 2]/100%",
    ),
    Careful(
        "2.2", 2, "Hồ sơ trực tuyến", ("Các phòng chuyên môn",), None, "thresholds", "1",
        ("Từ 80% trở lên → 1", "Từ 60% đến dưới 80% → 3/4", "Từ 40% đến 60% → 1/2", "Dưới 40% → 0"),
    ),
    Careful(
        "2.3", 2, "Hồ sơ trễ hạn", ("Văn phòng Sở",), "2", "additive", "1",
        ("Không có hồ sơ trễ hạn → 1", "mỗi hồ sơ trễ hạn → -1/10"),
    ),
    Careful("2.4", 2, "Mức độ hài lòng của người dân", ("Văn phòng Sở",), "2", "hand-judged", "3/2"),
    Careful("3", 1, "HIỆN ĐẠI HÓA HÀNH CHÍNH", (), None, None, "2"),
    Careful(
        "3.1", 2, "Văn bản được ký số", ("Các phòng, đơn vị",), None, "thresholds", "1",
        ("Đạt 100% → 1", "Từ 90% đến dưới 100% → 1/2", "Dưới 90% → 0"),
    ),
    Careful(
        "3.2", 2, "Họp trực tuyến", ("Văn phòng Sở",), None, "bands", "1",
        ("Có tổ chức → 1/2", "Không tổ chức → 0"),
    ),
    Careful("3.3", 2, "Kho dữ liệu dùng chung", ("Phòng Quản lý chất lượng",), None, None, "1/2"),
)  # fmt: skip

OFFICE_ASKS = (
    ("threshold-hole", "1.3.1"),
    ("threshold-overlap", "2.2"),
    ("points-differ-from-maximum", "3.2"),
    ("criterion-without-points", "3.3"),
    ("points-do-not-add-up", "3"),
)


def school_rubric() -> SourceDocument:
    """A rubric by which the Sở scores its schools: rules stand in the cell of their title, codes begin with I."""
    return document(
        "SỞ GIÁO DỤC VÀ ĐÀO TẠO BÌNH SƠN\nBẢNG CHẤM ĐIỂM CẢI CÁCH HÀNH CHÍNH CỦA CÁC TRƯỜNG",
        grid(
            "Mã | Điểm chuẩn | Tiêu chí chấm | Bộ phận phụ trách | Tài liệu kiểm chứng | Điểm tự chấm\n"
            "(1) | (2) | (3) | (4) | (5) | (6)\n"
            "I | 6 | Công tác chỉ đạo | Ban giám hiệu | |\n"
            "1 | 2 | Xây dựng kế hoạch năm⏎- Có kế hoạch, ban hành đúng hạn: 2,0⏎- Có kế hoạch, ban hành chậm: 1,0"
            "⏎- Không có kế hoạch: 0 | | Kế hoạch; công văn gửi Sở | 1,5\n"
            "2 | 2 | Họp kiểm điểm công việc⏎Nếu họp từ 04 lần trở lên thì được 2 điểm⏎Nếu họp từ 02 đến 03 lần thì"
            " được 1 điểm⏎Nếu họp dưới 02 lần thì không tính điểm | | |\n"
            "3 | 2 | Công khai thủ tục⏎+ Niêm yết tại trụ sở: 1/2 điểm⏎+ Đăng trên trang thông tin: 1 điểm"
            "⏎+ Gửi thông báo tới phụ huynh: 0.5 điểm | Văn thư | |\n"
            "II | 5 | Giải quyết thủ tục | Văn thư, Tổ Văn phòng | |\n"
            "4 | 2 | Tỷ lệ hồ sơ đúng hạn⏎Tính điểm theo tỷ lệ % số hồ sơ đúng hạn, nếu < 50% thì 0 điểm | | |\n"
            "5 | 1 | Phản ánh, kiến nghị⏎Không để xảy ra: 1 điểm⏎Để xảy ra: trừ 0,25 điểm/lần | | |\n"
            "6 | 2 | Sự hài lòng của phụ huynh⏎Do Hội đồng chấm điểm của Sở đánh giá qua phiếu khảo sát | | |\n"
            "III | | Chuyển đổi số | Tổ Tin học | |\n"
            "7 | 1 | Bồi dưỡng giáo viên⏎Điểm = a/b*1,0⏎Trong đó:⏎a là số giáo viên tham gia"
            "⏎b là tổng số giáo viên | | |\n"
            "8 | 1 | Ký số học bạ⏎≥ 95%: 1⏎80% - <95%: 0,5⏎< 80%: 0 | | |\n"
            "9 | 2 | Kế hoạch chuyển đổi số⏎Hoàn thành đúng tiến độ: đạt điểm tối đa⏎Hoàn thành nhưng chậm tiến độ:"
            " 1/2 số điểm⏎Chưa hoàn thành: 0 điểm | Phó Hiệu trưởng | |\n"
            "10 | | Sổ sách điện tử | | |"
        ),
    )


_HEADS = ("Ban giám hiệu",)
_CLERKS = ("Văn thư", "Tổ Văn phòng")
_TECHNICIANS = ("Tổ Tin học",)

SCHOOL_READ = (
    Careful("I", 1, "Công tác chỉ đạo", _HEADS, None, None, "6"),
    Careful(
        "1", 2, "Xây dựng kế hoạch năm", _HEADS, "I", "bands", "2",
        ("Có kế hoạch, ban hành đúng hạn → 2", "Có kế hoạch, ban hành chậm → 1", "Không có kế hoạch → 0"),
    ),
    Careful(
        "2", 2, "Họp kiểm điểm công việc", _HEADS, "I", "thresholds", "2",
        ("họp từ 04 lần trở lên → 2", "họp từ 02 đến 03 lần → 1", "họp dưới 02 lần → 0"),
    ),
    Careful(
        "3", 2, "Công khai thủ tục", ("Văn thư",), None, "additive", "2",
        ("Niêm yết tại trụ sở → 1/2", "Đăng trên trang thông tin → 1", "Gửi thông báo tới phụ huynh → 1/2"),
    ),
    Careful("II", 1, "Giải quyết thủ tục", _CLERKS, None, None, "5"),
    Careful("4", 2, "Tỷ lệ hồ sơ đúng hạn", _CLERKS, "II", "proportional", "2", ("< 50% → 0",)),
    Careful(
        "5", 2, "Phản ánh, kiến nghị", _CLERKS, "II", "additive", "1",
        ("Không để xảy ra → 1", "Để xảy ra → -1/4"),
    ),
    Careful("6", 2, "Sự hài lòng của phụ huynh", _CLERKS, "II", "hand-judged", "2"),
    Careful("III", 1, "Chuyển đổi số", _TECHNICIANS, None, None, None),
    Careful("7", 2, "Bồi dưỡng giáo viên", _TECHNICIANS, "III", "formula", "1", (), "a/b*1,0"),
    Careful(
        "8", 2, "Ký số học bạ", _TECHNICIANS, "III", "thresholds", "1",
        ("≥ 95% → 1", "80% - <95% → 1/2", "< 80% → 0"),
    ),
    Careful(
        "9", 2, "Kế hoạch chuyển đổi số", ("Phó Hiệu trưởng",), None, "bands", "2",
        ("Hoàn thành đúng tiến độ → 2", "Hoàn thành nhưng chậm tiến độ → 1", "Chưa hoàn thành → 0"),
    ),
    Careful("10", 2, "Sổ sách điện tử", _TECHNICIANS, "III", None, None),
)  # fmt: skip

SCHOOL_ASKS = (("criterion-without-points", "10"),)
