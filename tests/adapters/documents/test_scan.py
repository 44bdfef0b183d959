"""Pictures of pages: a table drawn letter by letter, read back cell by cell."""

import io
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from cchc_tasks.adapters.documents.prints.pdf import NoTextLayer, read_pdf
from cchc_tasks.adapters.documents.prints.scan import ScanReaderMissing, read_scan
from cchc_tasks.domain.reading.document import Merge, SourceDocument

CELLS = (
    ("TT", "Nhiệm vụ", "Đơn vị chủ trì", "Thời gian"),
    ("1", "Rà soát thủ tục hành chính", "Văn phòng", "30/9/2026"),
    ("2", "Kiểm tra công tác cải cách", "Thanh tra Sở", "15/6/2026"),
)
EDGES, HEIGHTS = (150, 270, 850, 1200, 1520), (520, 600, 690, 780)
FONTS = ("noto/NotoSerif-Regular.ttf", "noto/NotoSans-Regular.ttf", "dejavu/DejaVuSerif.ttf", "dejavu/DejaVuSans.ttf")


@pytest.fixture(scope="module")
def page() -> Image.Image:
    """An A4 page at 200 dots an inch: a title and a ruled table."""
    font = next((file for name in FONTS if (file := Path("/usr/share/fonts/truetype") / name).is_file()), None)
    if font is None:
        pytest.skip("no font with Vietnamese letters is installed to draw a page with")
    letters = ImageFont.truetype(str(font), 36)
    image = Image.new("L", (1654, 2339), 255)
    draw = ImageDraw.Draw(image)
    draw.text((500, 300), "Phân công nhiệm vụ năm 2026", fill=0, font=letters)
    for height in HEIGHTS:
        draw.line((EDGES[0], height, EDGES[-1], height), fill=0, width=3)
    for edge in EDGES:
        draw.line((edge, HEIGHTS[0], edge, HEIGHTS[-1]), fill=0, width=3)
    for row, texts in enumerate(CELLS):
        for column, text in enumerate(texts):
            draw.text((EDGES[column] + 15, HEIGHTS[row] + 18), text, fill=0, font=letters)
    return image


def scanned(image: Image.Image, kind: str) -> bytes:
    content = io.BytesIO()
    image.save(content, kind, resolution=200, quality=95)
    return content.getvalue()


def read(content: bytes) -> SourceDocument:
    try:
        return read_scan(content)
    except ScanReaderMissing as missing:
        pytest.skip(f"not installed: {missing}")


class TestScan:
    @pytest.mark.parametrize("kind", ["TIFF", "PDF"])
    def test_has_the_cells_of_its_table_and_the_text_around_it(self, page: Image.Image, kind: str) -> None:
        found = read(scanned(page, kind))

        assert [one.text for one in found.paragraphs] == ["Phân công nhiệm vụ năm 2026"]
        assert [[cell.text for cell in row.cells[1:]] for row in found.grids[0].rows] == [
            list(row[1:]) for row in CELLS
        ]

    def test_has_them_where_the_page_lay_askew(self, page: Image.Image) -> None:
        askew = page.rotate(1.3, resample=Image.Resampling.BICUBIC, fillcolor=255)

        (found,) = read(scanned(askew, "JPEG")).grids

        assert [[cell.merge for cell in row.cells] for row in found.rows] == [[Merge.NONE] * 4] * 3
        assert [row.cells[1].text for row in found.rows] == [texts[1] for texts in CELLS]

    def test_is_known_as_one_in_a_pdf(self, page: Image.Image) -> None:
        with pytest.raises(NoTextLayer):
            read_pdf(scanned(page, "PDF"))


class TestOtherContent:
    @pytest.mark.parametrize("content", [b"", b"%PDF-1.4 nothing", b"\x89PNG\r\n\x1a\n" + bytes(50), b"text"])
    def test_is_refused(self, content: bytes) -> None:
        with pytest.raises(ValueError, match=r"not a|optional|data"):
            read_scan(content)

    def test_is_refused_where_it_has_too_many_pages(self) -> None:
        frames = [Image.new("L", (8, 8), 255) for _ in range(61)]
        content = io.BytesIO()
        frames[0].save(content, "TIFF", save_all=True, append_images=frames[1:])

        with pytest.raises(ValueError, match=r"more pages|optional|data"):
            read_scan(content.getvalue())


class TestWithoutVietnamese:
    def test_says_what_is_missing(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("cchc_tasks.adapters.documents.prints.scan._FOLDERS", ())
        monkeypatch.delenv("TESSDATA_PREFIX", raising=False)

        with pytest.raises(ScanReaderMissing, match="Vietnamese"):
            read_scan(b"")
