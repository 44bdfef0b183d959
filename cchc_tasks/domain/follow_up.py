"""A công văn đôn đốc in words: whom it reminds of what, and by when they answer (form: NĐ 30/2020/NĐ-CP)."""

from dataclasses import dataclass
from datetime import date

from cchc_tasks.domain.dates_in_words import short_date, weekday

SUBJECT = "V/v đôn đốc thực hiện nhiệm vụ cải cách hành chính quá hạn"
HEADS = ("TT", "Đơn vị", "Nhiệm vụ", "Văn bản giao", "Hạn", "Quá hạn (ngày)")
ON_BEHALF = "TL. GIÁM ĐỐC"
_AUTHORITY = "SGDĐT"
_NAMED_AT_MOST = 12  # more units than these are addressed by the table that names them


@dataclass(frozen=True, slots=True)
class LateDuty:
    """A line of the letter's table: what is late, since when, and which document assigned it."""

    units: tuple[str, ...]
    duty: str
    document: str
    due_on: date


@dataclass(frozen=True, slots=True)
class FollowUpLetter:
    """A letter before it has a number; the superior, the place and the signer are empty where nobody knows them."""

    superior: str
    authority: str
    place: str
    office: str
    office_code: str
    signer: str
    made_on: date
    answer_by: date
    duties: tuple[LateDuty, ...]

    @property
    def units(self) -> tuple[str, ...]:
        """The late units, each once, in the order of the table."""
        return tuple(dict.fromkeys(unit for one in self.duties for unit in one.units))

    @property
    def symbol(self) -> str:
        """What stands behind the number that the clerk gives: "SGDĐT-VP"."""
        return f"{_AUTHORITY}-{self.office_code}"

    @property
    def place_and_date(self) -> str:
        """With a blank for the day on which it is signed; months 01 and 02 have a zero."""
        month = f"{self.made_on.month:02d}" if self.made_on.month < 3 else f"{self.made_on.month}"
        return f"{self.place or '……………'}, ngày      tháng {month} năm {self.made_on.year}"

    @property
    def addressees(self) -> tuple[str, ...]:
        """Whom it is written to: each late unit, or all together where they are too many for a first page."""
        return self.units if len(self.units) <= _NAMED_AT_MOST else ("Các đơn vị có tên trong bảng dưới đây",)

    @property
    def rows(self) -> tuple[tuple[str, ...], ...]:
        """The table's rows, under HEADS; days are counted up to the day the letter was made."""
        return tuple(
            (
                str(number),
                "; ".join(one.units),
                one.duty,
                one.document,
                short_date(one.due_on),
                str((self.made_on - one.due_on).days),
            )
            for number, one in enumerate(self.duties, 1)
        )

    @property
    def before_table(self) -> tuple[str, ...]:
        """The paragraphs that lead to the table."""
        duties, units = _two_digits(len(self.duties)), _two_digits(len(self.units))
        return (
            f"Qua theo dõi việc thực hiện các nhiệm vụ cải cách hành chính đã giao, tính đến ngày "
            f"{short_date(self.made_on)}, còn {duties} nhiệm vụ của {units} đơn vị đã quá hạn nhưng chưa có báo cáo "
            f"kết quả hoặc chưa hoàn thiện tài liệu kiểm chứng theo yêu cầu, cụ thể như sau:",
        )

    @property
    def after_table(self) -> tuple[str, ...]:
        """What is asked, by when, and what to do where that cannot be kept."""
        whom = f"thủ trưởng {self.units[0]}" if len(self.units) == 1 else "thủ trưởng các đơn vị có tên trong bảng trên"
        return (
            f"{self.authority} đề nghị {whom} khẩn trương chỉ đạo hoàn thành nhiệm vụ, gửi bổ sung báo cáo kết quả và "
            f"tài liệu kiểm chứng về {self.office} (thường trực cải cách hành chính của Sở) chậm nhất ngày "
            f"{short_date(self.answer_by)} ({weekday(self.answer_by)}).",
            f"Trường hợp có khó khăn, vướng mắc hoặc chưa thể hoàn thành trong thời hạn trên, đơn vị báo cáo bằng văn "
            f"bản, nêu rõ nguyên nhân, giải pháp khắc phục và thời gian hoàn thành để {self.office} tổng hợp, báo cáo "
            f"Giám đốc Sở xem xét, quyết định./.",
        )

    @property
    def receivers(self) -> tuple[str, ...]:
        """Nơi nhận."""
        return ("- Như trên;", "- Lãnh đạo Sở (để báo cáo);", f"- Lưu: VT, {self.office_code}.")

    @property
    def signer_title(self) -> str:
        """What the head of the office that signs is called: "CHÁNH VĂN PHÒNG", "TRƯỞNG PHÒNG TỔ CHỨC CÁN BỘ"."""
        name = self.office.strip().upper()
        if name.startswith("VĂN PHÒNG"):
            return "CHÁNH VĂN PHÒNG"
        return f"TRƯỞNG {name}" if name.startswith("PHÒNG") else f"THỦ TRƯỞNG {name}"


def document_cited(name: str, issued_on: date | None) -> str:
    """A document as a letter cites it: "Kế hoạch số 112/KH-SGDĐT ngày 05/01/2026"."""
    return f"{name} ngày {short_date(issued_on)}" if issued_on else name


def _two_digits(count: int) -> str:
    """A count below 10 has a zero (NĐ 30/2020/NĐ-CP, phụ lục I)."""
    return f"{count:02d}"
