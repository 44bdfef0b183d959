"""Pages read as a browser shows them."""

from pathlib import Path

import pytest

from cchc_tasks.adapters.documents.plain.web_page import is_page, read_page
from tests.making.files import page_file
from tests.making.grids import document, grid
from tests.making.sample_plan import torn_plan, whole_plan

# As Word saves "Web page, filtered", and the whole form with its conditions.
OF_WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><title>Tên</title><style>p {}</style></head>
<body lang=EN-US><!--[if gte mso 9]><xml><o:x>x</o:x></xml><![endif]--><div class=WordSection1>
<p class=MsoNormal><b><span style='font-size:14.0pt'>KẾ
HOẠCH</span></b><o:p></o:p></p><p class=MsoNormal>&nbsp;</p>
<p><![if !supportLists]>1.<span style='font:7.0pt'>&nbsp; </span><![endif]>Quý <del>I</del><ins>II</ins></p>
<span style='mso-hide:all'>ẩn</span><div style='mso-element:comment-list'>nhận xét</div></div></body></html>"""


class TestPage:
    def test_comes_back_with_its_merged_cells_and_page_breaks(self, tmp_path: Path) -> None:
        for made in (torn_plan(), whole_plan()):
            assert read_page(page_file(made, tmp_path / "ke-hoach").read_text(encoding="utf-8")) == made

    @pytest.mark.parametrize(
        "beginning",
        [
            "<!DOCTYPE HTML>",
            "\n<!-- a\n--><HTML lang=vi>",
            '<?xml version="1.0"?>\n<html xmlns="x">',
            "<table border=1>",
        ],
    )
    def test_is_known_by_its_markup(self, beginning: str) -> None:
        assert is_page(beginning)
        assert not is_page(f"Thẻ {beginning}")

    def test_of_word_is_read_without_what_word_hides(self) -> None:
        assert read_page(OF_WORD) == document("KẾ HOẠCH\n1.  Quý II")

    def test_keeps_lists_breaks_and_loose_text_in_order(self) -> None:
        found = read_page(
            "<body>đầu<h1>Tên</h1>một<br>hai <b>b</b>a<ul><li>x<li>y</ul><table><caption>Biểu 1</caption>"
            "<tr><td>a</table>cuối<script>x</script><pre>p\n q</pre>"
        )

        assert found == document("đầu\nTên\nmột\nhai ba\nx\ny\nBiểu 1", grid("a"), "cuối\np\nq")

    def test_of_strict_markup_loses_nothing_behind_an_element_closed_at_once(self) -> None:
        found = read_page(
            '<?xml version="1.0"?><html><head><title/><script src="x"/></head><body>Kế hoạch</body></html>'
        )

        assert found == document("Kế hoạch")

    def test_is_refused_where_it_declares_entities(self) -> None:
        with pytest.raises(ValueError, match="document type"):
            read_page('<!DOCTYPE html [<!ENTITY file SYSTEM "file:///etc/hostname">]><p>&file;</p>')

    @pytest.mark.parametrize("opened", ["<div>", "<b>", "<table><tr><td>"])
    def test_is_refused_where_it_is_nested_beyond_reason(self, opened: str) -> None:
        with pytest.raises(ValueError, match="too deeply"):
            read_page(opened * 100_000 + "x")


class TestTableOfAPage:
    def test_counts_cells_over_columns_and_rows(self) -> None:
        found = read_page(
            "<table><thead><tr><th rowspan=9>TT<th colspan=2>Việc<tr><th>Tên<th>Hạn</thead>"
            "<tfoot><tr><td colspan=3>Cộng</tfoot>"
            "<tbody><tr><td rowspan=0>1<td>a<td>b<tr><td colspan=2>c</tbody></table>"
        )

        assert found == document(grid("TT | Việc | <\n^ | Tên | Hạn\n1 | a | b\n^ | c | <\nCộng | < | <"))

    def test_begins_a_page_where_a_break_stands_before_the_words(self) -> None:
        page_end = "<br style='page-break-before:always'>"
        found = read_page(f"<table><tr><td>a<tr><td><p>{page_end}b</p><tr><td>c{page_end}<tr><td>d</table>").grids[0]

        assert [row.after_break for row in found.rows] == [False, True, False, True]

    def test_keeps_the_text_of_a_table_inside_a_cell(self) -> None:
        inner = "<table><tr><td>Quý I<td>10<tr><td>Quý<br>II</table>"

        assert read_page(f"<table><tr><td>1<td>{inner}<tr><td>2<td>b</table>") == document(
            grid("1 | Quý I 10⏎Quý II\n2 | b")
        )

    def test_is_found_inside_one_that_only_places_it(self) -> None:
        inner = "<table><tr><td>TT<td>Việc<tr><td>1<td>Họp</table>"

        assert read_page(f"<table><tr><td>mục lục<td><h1>Phụ lục</h1>{inner}</table>") == document(
            "mục lục\nPhụ lục", grid("TT | Việc\n1 | Họp")
        )

    def test_is_no_wider_than_its_cells_begin(self) -> None:
        assert read_page("<table><tr><td colspan=1000000>a<tr><td>b<td>c</table>") == document(grid("a | <\nb | c"))

    @pytest.mark.parametrize(
        "rows",
        [
            "<tr><td colspan=1000000>a<td>b",
            "<tr>" + "<td>a" * 100_000,
            ("<tr>" + "<td rowspan=65534>a") * 5_000,
            "<tr><td colspan=1000>a" * 5_000,
        ],
    )
    def test_is_refused_where_it_takes_more_room_than_a_plan_needs(self, rows: str) -> None:
        with pytest.raises(ValueError, match="too"):
            read_page(f"<table>{rows}</table>")
