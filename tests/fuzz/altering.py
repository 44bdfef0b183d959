"""Alters the rows of a plan without spoiling its file, and knows which rows must come back."""

from dataclasses import dataclass, replace
from random import Random

from cchc_tasks.domain.reading.document import Cell, Grid, GridRow, Merge, SourceDocument
from tests.making.grids import document

MARK = "việc mang số {}"

_HEADERS = (
    ("TT", "STT", "Số TT"),
    ("Nhiệm vụ", "Nội dung công việc", "Nội dung nhiệm vụ", "Nhiệm vụ cụ thể"),
    ("Đơn vị chủ trì", "Cơ quan chủ trì", "Phòng chủ trì thực hiện", "Chủ trì tham mưu"),
    ("Đơn vị phối hợp", "Cơ quan phối hợp", "Phối hợp"),
    ("Sản phẩm", "Kết quả", "Sản phẩm hoàn thành"),
    ("Thời gian", "Thời hạn hoàn thành", "Tiến độ hoàn thành", "Thời gian thực hiện"),
)
_TITLES = (
    "Rà soát {} tại đơn vị",
    "Xây dựng kế hoạch {}",
    "{} năm 2026",
    "Tổ chức hội nghị về {};",
    "- {}",
    "a) {}",
    "Cộng {}",
    "{}",
)
_LEADS = ("Văn phòng", "Phòng TCCB, Thanh tra", "", "Các phòng", "Ông Nguyễn Văn A", "?", "-", "Như trên", "x " * 300)
_PRODUCTS = ("Báo cáo", "", "Kế hoạch; báo cáo", "100%", "Tổng số", "Giảm 5%\n- Báo cáo", "|", '"')
_TIMES = ("Quý I/2026", "Hàng tháng", "31/6/2026", "Tháng 12", "", "Sau khi có văn bản")
_TIMES += ("15/6 và 15/12", "Thường xuyên", "9" * 40)
_NUMBERS = ("{}", "{}.", "", "{}", "{}")


@dataclass(frozen=True, slots=True)
class Altered:
    """A plan, and the marks that stand in its rows, one a row."""

    plan: SourceDocument
    marks: tuple[str, ...]


def altered_plan(chance: Random, *, blanks: bool = True) -> Altered:
    """A plan of chance: columns in any order, any of their names, rows that lack cells, leads merged over rows.

    `blanks`: rows may be blank, and pages may end before any row.
    """
    marks = tuple(MARK.format(f"{number}k{chance.randrange(10_000)}!") for number in range(1, chance.randrange(2, 30)))
    rows = [_row(number, mark, chance) for number, mark in enumerate(marks, start=1)]
    if chance.random() < 0.3:
        rows = _with_merged_leads(rows, chance)
    order = list(range(len(_HEADERS)))
    if chance.random() < 0.5:
        order = [0, *chance.sample(order[1:], len(order) - 1)]
    header = [Cell(chance.choice(names)) for names in _HEADERS]
    lines: list[GridRow] = [GridRow(_ordered(header, order))]
    for row in rows:
        if blanks and chance.random() < 0.05:
            lines.append(GridRow((Cell(),) * len(order)))
        if blanks and row[0].text and chance.random() < 0.1:  # without a number it would be a row that a page tore
            lines.append(GridRow(_ordered(header, order), after_break=True))
        lines.append(GridRow(_ordered(row, order)))
    title = document("KẾ HOẠCH\nCải cách hành chính năm 2026")
    return Altered(replace(title, blocks=(*title.blocks, Grid(tuple(lines)))), marks)


def _row(number: int, mark: str, chance: Random) -> list[Cell]:
    texts = (
        chance.choice(_NUMBERS).format(number),
        chance.choice(_TITLES).format(mark),
        chance.choice(_LEADS),
        chance.choice(("", "", "Các phòng", "Trường THPT")),
        chance.choice(_PRODUCTS),
        chance.choice(_TIMES),
    )
    return [Cell(text.strip()) for text in texts]


def _with_merged_leads(rows: list[list[Cell]], chance: Random) -> list[list[Cell]]:
    merged = [list(row) for row in rows]
    for row in merged[1:]:
        if chance.random() < 0.4:
            row[2] = Cell(merge=Merge.FROM_ABOVE)
    return merged


def _ordered(cells: list[Cell], order: list[int]) -> tuple[Cell, ...]:
    return tuple(cells[place] for place in order)
