"""Scanned pages: the ruled lines of tables are found in the picture, and each cell is read by itself.

A page read at once would mix the columns. What is read from a picture can be wrong in any letter: it is for review.
"""

import io
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from cchc_tasks.adapters.documents.prints.printed_lines import Glyph
from cchc_tasks.adapters.documents.prints.printed_pages import PrintedPage, read_pages
from cchc_tasks.adapters.documents.prints.ruled_tables import ruled_tables
from cchc_tasks.domain.reading.document import SourceDocument

if TYPE_CHECKING:
    from PIL.Image import Image
    from tesserocr import PyTessBaseAPI  # type: ignore[import-untyped]

    from cchc_tasks.adapters.documents.prints.scanned_rules import Picture

MOST_PAGES = 60


class ScanReaderMissing(ValueError):
    """The optional packages that read pictures, or their words of Vietnamese, are not installed."""


def read_scan(content: bytes) -> SourceDocument:
    """Paragraphs and grids of a scanned PDF or of a picture (PNG, JPEG, TIFF).

    Raises ScanReaderMissing, and ValueError where there is no such picture, or more than 60 pages.
    """
    words = _words_of_vietnamese()
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")  # threads only wait for one another where cells are so small
    try:
        import cv2  # noqa: F401 (the lines of tables are found with it)
        import tesserocr
    except ImportError as error:
        raise ScanReaderMissing("the optional packages for scans") from error
    with tesserocr.PyTessBaseAPI(path=str(words), lang=_LANGUAGE) as reader:
        return read_pages([_page(image, reader) for image in _images(content)])


Box = tuple[float, float, float, float]  # left, top, right, bottom, in points

_LANGUAGE = "vie"
_DATA = f"{_LANGUAGE}.traineddata"
_FOLDERS = ("/usr/share/tesseract-ocr/*/tessdata", "/usr/share/tessdata", "/usr/local/share/tessdata")

_PDF = b"%PDF-"
_DOTS_AN_INCH = 300
_POINTS_AN_INCH = 72
_A4_WIDTH, _A4_HEIGHT = 595.0, 842.0  # points
_MOST_DOTS = 3_600  # of a side: A4 at 300 dots an inch; more are slower to read and not clearer


def _words_of_vietnamese() -> Path:
    """The folder of Tesseract's data that has Vietnamese."""
    named = os.environ.get("TESSDATA_PREFIX")
    folders = [Path(named), Path(named) / "tessdata"] if named else []
    folders += [found for place in _FOLDERS for found in sorted(Path("/").glob(place.lstrip("/")), reverse=True)]
    folder = next((folder for folder in folders if (folder / _DATA).is_file()), None)
    if folder is None:
        raise ScanReaderMissing("Tesseract's data of Vietnamese")
    return folder


def _images(content: bytes) -> Iterator["Image"]:
    """The pages as pictures in shades of grey."""
    for count, image in enumerate(_pages_of_pdf(content) if _PDF in content[:1024] else _frames(content), 1):
        if count > MOST_PAGES:
            raise ValueError("more pages than are read from pictures")
        yield image


def _pages_of_pdf(content: bytes) -> Iterator["Image"]:
    import pypdfium2  # type: ignore[import-untyped]

    try:
        file = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise ValueError("not a PDF that can be shown") from error
    try:
        for page in file:
            dots = min(_DOTS_AN_INCH, _MOST_DOTS * _POINTS_AN_INCH / max(page.get_size()))
            yield page.render(scale=dots / _POINTS_AN_INCH, grayscale=True).to_pil().convert("L")
    finally:
        file.close()


def _frames(content: bytes) -> Iterator["Image"]:
    from PIL import Image, ImageSequence

    try:
        with Image.open(io.BytesIO(content), formats=("PNG", "JPEG", "TIFF")) as file:
            for frame in ImageSequence.Iterator(file):
                if max(frame.size) > 5 * _MOST_DOTS:
                    raise ValueError("a picture of too many dots")
                shown = frame.convert("L")
                shown.thumbnail((_MOST_DOTS, _MOST_DOTS))
                yield shown
    except (OSError, SyntaxError, Image.DecompressionBombError) as error:  # what Pillow makes of broken pictures
        raise ValueError("not a picture that can be shown") from error


def _page(image: "Image", reader: "PyTessBaseAPI") -> PrintedPage:
    """A picture's lines and words, in points of a page as wide as A4."""
    from cchc_tasks.adapters.documents.prints.scanned_rules import picture_of

    width = _A4_WIDTH if image.width <= image.height else _A4_HEIGHT
    picture = picture_of(image, scale=width / image.width)
    words: list[Glyph] = []
    for table in ruled_tables(picture.lying, picture.standing):
        for box in table.boxes().values():
            words += _words(picture, box, reader, in_cell=True)
        picture.blank((table.edges[0], table.heights[0], table.edges[-1], table.heights[-1]))
    height = image.height * picture.scale
    words += _words(picture, (0.0, 0.0, width, height), reader, in_cell=False)
    # Letters of one size differ in height, and so do the boxes of lines: all count as equally large.
    size = median(word.size for word in words) if words else 0.0
    letters = [replace(word, size=size) for word in words]
    return PrintedPage(width, height, letters, picture.lying, picture.standing)


def _words(picture: "Picture", box: Box, reader: "PyTessBaseAPI", *, in_cell: bool) -> Iterator[Glyph]:
    """The words of a part of the page, a blank behind each."""
    import tesserocr

    part = picture.part(box)
    if part is None:
        return
    reader.SetPageSegMode(tesserocr.PSM.SINGLE_BLOCK if in_cell else tesserocr.PSM.AUTO)
    reader.SetImage(part)
    reader.SetSourceResolution(round(_POINTS_AN_INCH / picture.scale))
    reader.Recognize()
    word, line = tesserocr.RIL.WORD, tesserocr.RIL.TEXTLINE
    for found in tesserocr.iterate_level(reader.GetIterator(), word):
        place, height = found.BoundingBox(word), found.BoundingBox(line)
        if place and height and not found.Empty(word):
            x0, x1 = (picture.across(box, dot) for dot in (place[0], place[2]))
            top, bottom = (picture.down(box, dot) for dot in (height[1], height[3]))
            yield Glyph(found.GetUTF8Text(word).strip(), x0, top, x1, bottom, bottom - top)
            yield Glyph(" ", x1, top, x1, bottom, bottom - top)
