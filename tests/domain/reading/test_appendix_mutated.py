"""No row of an appendix is lost in silence: what is read and what is asked about is what was there."""

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from cchc_tasks.domain.reading.appendix import read_rows
from cchc_tasks.domain.reading.document import Cell, Grid, GridRow, Merge, SourceDocument
from tests.making.grids import grid

HEADERS = (
    "TT | Nhiệm vụ | Sản phẩm | Thời gian | Chủ trì | Kinh phí",
    "Nhóm | Nhiệm vụ | Kết quả | Thời hạn | Đơn vị chủ trì | Ghi chú",
    "Thời gian | TT | Nội dung | Phối hợp | Đơn vị thực hiện | Chỉ tiêu",
)
NUMBERS = ("", "1", "2", "2.1", "3", "I", "II", "A", "a", "b)", "-", "1.")
SHAPES = ("{}", "- {}", "a) {}", "I. {}", "2.1. {}", "{} năm 2026", "nt {}", '"{}"', "{}:")
BEGINNINGS = ("Việc", "việc", "VIỆC", "Tổng hợp", "Phòng")


@st.composite
def tables(draw: st.DrawFn) -> Grid:
    """A table in which each filled cell has a word of its own, with merged cells and page breaks."""
    header = grid(draw(st.sampled_from(HEADERS)))
    width = len(header.rows[0].cells)
    rows = list(header.rows)
    for number in range(draw(st.integers(1, 7))):
        if draw(st.integers(0, 9)) == 0:
            rows.append(GridRow(header.rows[0].cells, after_break=draw(st.booleans())))
        cells = [draw(_cells(f"w{number}x{place}")) for place in range(width)]
        cells = [
            Cell(draw(st.sampled_from(NUMBERS))) if title.text == "TT" else cell
            for title, cell in zip(header.rows[0].cells, cells, strict=True)
        ]
        if draw(st.integers(0, 5)) == 0:  # a line across the table
            cells = [cells[0], *[Cell(merge=Merge.FROM_LEFT)] * (width - 1)]
        if number == 0:
            cells = [Cell() if cell.merge is Merge.FROM_ABOVE else cell for cell in cells]
        rows.append(GridRow(tuple(cells), after_break=draw(st.integers(0, 4)) == 0))
    return Grid(tuple(rows))


def _cells(word: str) -> st.SearchStrategy[Cell]:
    worded = st.builds(
        lambda shape, first: Cell(shape.format(f"{first} {word}")), st.sampled_from(SHAPES), st.sampled_from(BEGINNINGS)
    )
    return st.one_of(
        worded, worded, st.just(Cell()), st.just(Cell(merge=Merge.FROM_ABOVE)), st.sampled_from(NUMBERS).map(Cell)
    )


def assigns_something(row: GridRow, header: GridRow) -> bool:
    """Whether words of its own stand below a product, a time or a unit; else it may be a heading, a note, a sum."""
    beside = {"TT", "Nhiệm vụ", "Nội dung", "Nhóm", "Kinh phí", "Ghi chú", "Chỉ tiêu"}
    own = (cell.text for title, cell in zip(header.cells, row.cells, strict=True) if title.text not in beside)
    return row.cells[-1].merge is not Merge.FROM_LEFT and bool(words_of(" ".join(own)))


def drawn(table: Grid) -> str:
    """The table as a test draws one, to be read where a run has found something."""
    signs = {Merge.FROM_ABOVE: "^", Merge.FROM_LEFT: "<"}
    lines = (" | ".join(signs.get(cell.merge, cell.text) for cell in row.cells) for row in table.rows)
    return "\n".join("\n" * row.after_break + line for row, line in zip(table.rows, lines, strict=True))


def words_of(text: str) -> set[str]:
    return {word for word in text.replace(":", " ").replace('"', " ").replace("”", " ").split() if "x" in word}


@settings(max_examples=200, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(tables())
def test_every_row_of_a_table_is_read_or_asked_about(table: Grid) -> None:
    rows, questions = read_rows(SourceDocument((table,)))

    said = [question.text for question in questions]
    for row in rows:
        said += [row.title, row.group or "", *row.cells.values(), *(question.text for question in row.questions)]
    found = words_of(" ".join(said))
    for row in table.rows:
        own = words_of(" ".join(cell.text for cell in row.cells)) if assigns_something(row, table.rows[0]) else set()
        assert not own or own & found, f"lost: {[cell.text for cell in row.cells]} of\n{drawn(table)}"
