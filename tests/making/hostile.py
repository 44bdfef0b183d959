"""Files that nobody hands in by mistake: bombs, endless lines, tables without a bottom, archives that lie."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator

from tests.making.files import package, word_package

MEGABYTE = 1024 * 1024
DEEP = 10_000
LISTENER = "http://127.0.0.1:{port}/"  # where nobody may ever be called from a document

_CONTENT_TYPES = (
    b'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    b'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    b'<Override PartName="/xl/workbook.xml" ContentType='
    b'"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    b'<Override PartName="/xl/worksheets/sheet1.xml" ContentType='
    b'"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>'
)
_RELATIONS = (
    b'<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    b'<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/%s" '
    b'Target="%s"/></Relationships>'
)
_SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{}</worksheet>'
_CELL = '<c r="{}" t="inlineStr"><is><t>{}</t></is></c>'
_ENTITIES = "".join(f'<!ENTITY e{level} "{f"&e{level - 1};" * 10 if level else "bom " * 10}">' for level in range(10))


def word(body: str, before_root: str = "", **others: bytes) -> bytes:
    """A Word file with this markup as its body, and other parts; two underscores in a name stand for a slash."""
    content = io.BytesIO(word_package(body, before_root))
    with zipfile.ZipFile(content, "a", zipfile.ZIP_DEFLATED) as archive:
        for name, part in others.items():
            archive.writestr(name.replace("__", "/"), part)
    return content.getvalue()


def workbook(sheet: str, before_root: str = "", strings: str = "") -> bytes:
    """The smallest workbook with this markup as its one sheet."""
    book = (
        '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r='
        '"http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
        '<sheets><sheet name="A" sheetId="1" r:id="r1"/></sheets></workbook>'
    )
    return package(
        {
            "[Content_Types].xml": _CONTENT_TYPES,
            "_rels/.rels": _RELATIONS % (b"officeDocument", b"xl/workbook.xml"),
            "xl/workbook.xml": book.encode(),
            "xl/_rels/workbook.xml.rels": _RELATIONS % (b"worksheet", b"worksheets/sheet1.xml"),
            "xl/worksheets/sheet1.xml": f'<?xml version="1.0"?>{before_root}{_SHEET.format(sheet)}'.encode(),
        }
        | ({"xl/sharedStrings.xml": strings.encode()} if strings else {})
    )


def sheet_of(rows: int, columns: int = 1) -> bytes:
    """A workbook of so many rows, each cell a short text."""
    letters = "ABCDEFGHIJ"[:columns]

    def lines() -> Iterator[str]:
        for row in range(1, rows + 1):
            cells = "".join(_CELL.format(f"{letter}{row}", f"v{row % 97}") for letter in letters)
            yield f'<row r="{row}">{cells}</row>'

    return workbook(f"<sheetData>{''.join(lines())}</sheetData>")


def pdf(pages: int, stream: bytes = b"BT /F 12 Tf 72 720 Td (Ke hoach) Tj ET", packed: bool = False) -> bytes:
    """A PDF whose pages all show the same stream, packed already or not, in Helvetica."""
    kids = " ".join(f"{number + 5} 0 R" for number in range(pages))
    coded = " /Filter /FlateDecode" if packed else ""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {pages} /Kids [{kids}] >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        f"<< /Length {len(stream)}{coded} >>\nstream\n".encode() + stream + b"\nendstream",
    ]
    shows = b"/Contents 4 0 R /Resources << /Font << /F 3 0 R >> >>"
    return _pdf_of([*objects, *[b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] %s >>" % shows] * pages])


def bomb(megabytes: int) -> bytes:
    """So many megabytes of blanks as a stream of zlib, made without ever holding them."""
    packer = zlib.compressobj(9)
    begun = packer.compress(b" " * MEGABYTE) + packer.flush(zlib.Z_FULL_FLUSH)
    again = packer.compress(b" " * MEGABYTE) + packer.flush(zlib.Z_FULL_FLUSH)
    return begun + again * (megabytes - 1)  # its checksum is wanting; no reader comes that far


def _pdf_of(objects: list[bytes]) -> bytes:
    content = bytearray(b"%PDF-1.4\n")
    places = []
    for number, one in enumerate(objects, start=1):
        places.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(content)
    content += b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table)
    content += b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(content)


def overlapping_archive() -> bytes:
    """An archive whose directory names the same packed bytes four thousand times, as bombs without nesting do."""
    whole = package({"word/document.xml": b"<a>" + b"x" * MEGABYTE + b"</a>"})
    end = whole.rindex(b"PK\x05\x06")
    start = whole.index(b"PK\x01\x02")
    directory = whole[start:end]
    tail = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 4_000, 4_000, len(directory) * 4_000, start, 0)
    return whole[:start] + directory * 4_000 + tail


def archive_of_twins() -> bytes:
    """An archive with two parts of one name: each parser may read another one."""
    content = bytearray(package({"word/document.xml": b"<a>one</a>", "word/documenT.xml": b"<a>two</a>"}))
    return bytes(content).replace(b"documenT", b"document")


def lying_archive() -> bytes:
    """An archive whose directory says one byte where the part unpacks to thirty million."""
    content = word_package("<w:p/>" + " " * 30 * MEGABYTE)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        size = archive.infolist()[0].file_size
    return content.replace(size.to_bytes(4, "little"), (1).to_bytes(4, "little"))


def nested_archive() -> bytes:
    """Archives in archives, ten deep, the innermost a bomb of zeros."""
    content = package({"word/document.xml": bytes(20 * MEGABYTE)})
    for level in range(10):
        content = package({f"word/{level}.zip": content, "word/document.xml": b"<w:document"})
    return content


def _paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def _external(port: int) -> str:
    return f'<!DOCTYPE a SYSTEM "{LISTENER.format(port=port)}a.dtd" [<!ENTITY x SYSTEM "file:///etc/passwd">' + (
        f'<!ENTITY y SYSTEM "{LISTENER.format(port=port)}y">]>'
    )


# What ends in a refusal: the code of its error, and what makes the bytes. `port` is where a listener waits.
REFUSED: dict[str, tuple[str, Callable[[int], bytes]]] = {
    "a zip bomb of zeros": ("file-unpacks-too-large", lambda _: package({"word/document.xml": bytes(200 * MEGABYTE)})),
    "a zip bomb of overlapping entries": ("file-unpacks-too-large", lambda _: overlapping_archive()),
    "a zip of twins": ("file-damaged", lambda _: archive_of_twins()),
    "a zip bomb in archives": ("file-damaged", lambda _: nested_archive()),
    "a zip whose sizes lie": ("file-damaged", lambda _: lying_archive()),
    "an entity bomb in Word": ("file-damaged", lambda _: word(_paragraph("&e9;"), f"<!DOCTYPE a [{_ENTITIES}]>")),
    "an entity bomb in Excel": (
        "file-damaged",
        lambda _: workbook(
            f'<sheetData><row r="1">{_CELL.format("A1", "&e9;")}</row></sheetData>', f"<!DOCTYPE a [{_ENTITIES}]>"
        ),
    ),
    "an entity bomb in a page": (
        "file-damaged",
        lambda _: f"<!DOCTYPE html [{_ENTITIES}]><html><body><p>&e9;</p></body></html>".encode(),
    ),
    "external entities in Word": ("file-damaged", lambda port: word(_paragraph("&x;&y;"), _external(port))),
    "external entities in Excel": (
        "file-damaged",
        lambda port: workbook(
            f'<sheetData><row r="1">{_CELL.format("A1", "&x;&y;")}</row></sheetData>', _external(port)
        ),
    ),
    "a Word file of paths that lead out": (
        "file-damaged",
        lambda _: package({"../../etc/passwd": b"x", "/etc/passwd": b"x", "word/../../x.xml": b"x"}),
    ),
    "cells a million places apart": (
        "file-damaged",
        lambda _: workbook(f'<sheetData><row r="1048576">{_CELL.format("XFD1048576", "x")}</row></sheetData>'),
    ),
    "ranges merged upon each other": (
        "file-damaged",
        lambda _: workbook(
            f'<sheetData><row r="1">{_CELL.format("A1", "x")}{_CELL.format("J900", "y")}</row></sheetData>'
            "<mergeCells>" + '<mergeCell ref="A1:J900"/>' * 10_000 + "</mergeCells>"
        ),
    ),
    "tables ten thousand deep in Word": (
        "file-damaged",
        lambda _: word("<w:tbl><w:tr><w:tc>" * DEEP + _paragraph("x") + "</w:tc></w:tr></w:tbl>" * DEEP),
    ),
    "tables ten thousand deep in a page": (
        "file-damaged",
        lambda _: b"<html><body>" + b"<table><tr><td>" * DEEP + b"x" + b"</td></tr></table>" * DEEP,
    ),
    "a PDF of five thousand pages": ("file-damaged", lambda _: pdf(5_000)),
    "a PDF whose stream unpacks to gigabytes": ("file-damaged", lambda _: pdf(1, bomb(2_048), packed=True)),
    "rows with a quote that never ends": ("file-damaged", lambda _: b'TT;N;V\n1;2;3\n1;"' + b"x;y\n" * 4 * MEGABYTE),
    "one line of fifty million letters": ("file-unpacks-too-large", lambda _: b"x " * 25 * MEGABYTE),
    "a locked Word file": (
        "file-locked",
        lambda _: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(90),
    ),
}

# What is read, for what is hostile in it is only text, or is nothing that a reader looks at.
READ: dict[str, tuple[Callable[[int], bytes], str]] = {
    "a Word file with macros": (
        lambda _: word(_paragraph("Kế hoạch"), word__vbaProject=b"Sub AutoOpen()"),
        "Kế hoạch",
    ),
    "a page that calls elsewhere": (
        lambda port: (
            f'<html><head><link rel=stylesheet href="{LISTENER.format(port=port)}"><meta http-equiv=refresh '
            f'content="0;url={LISTENER.format(port=port)}"></head><body><p>Kế hoạch</p>'
            f'<img src="{LISTENER.format(port=port)}"><iframe src="file:///etc/passwd"></iframe></body></html>'
        ).encode(),
        "Kế hoạch",
    ),
    "a workbook with a formula of a program": (
        lambda _: workbook(
            '<sheetData><row r="1"><c r="A1" t="str"><f>cmd|\' /C calc\'!A0</f><v>Kế hoạch</v></c></row></sheetData>'
        ),
        "Kế hoạch",
    ),
    "rows with formulas": (lambda _: b"=cmd|' /C calc'!A0;b;c\n@SUM(1);+1;-1\n", "=cmd|' /C calc'!A0"),
    "a cell over a hundred million columns": (
        lambda _: word(
            "<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val='99999999'/></w:tcPr>"
            + _paragraph("Kế hoạch")
            + "</w:tc></w:tr></w:tbl>"
        ),
        "Kế hoạch",
    ),
}
