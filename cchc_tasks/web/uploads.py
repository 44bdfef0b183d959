"""Files that come in with a form: a safe name, a place until the answer is out, a type read from the content."""

import contextlib
import lzma
import re
import shutil
import tempfile
import unicodedata
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from types import TracebackType
from typing import Self

import puremagic

from cchc_tasks.domain.errors import FileTypeRefused

TAKEN = "PDF, Word (docx, doc), Excel (xlsx, xls), PowerPoint (pptx), odt, ods, ảnh PNG và JPG, txt, csv, zip"
LONGEST_NAME, LONGEST_NAME_BYTES = 150, 240  # characters people see, bytes a file system takes
SUFFIXES = {  # by what the content is: the endings its name may have
    "pdf": {".pdf"},
    "png": {".png"},
    "jpeg": {".jpg", ".jpeg"},
    "docx": {".docx"},
    "xlsx": {".xlsx"},
    "pptx": {".pptx"},
    "odt": {".odt"},
    "ods": {".ods"},
    "zip": {".zip"},
    "ole": {".doc", ".xls"},
    "text": {".txt", ".csv"},
}
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_VBA = "_VBA_PROJECT".encode("utf-16-le")
_MARKUP = re.compile(rb"^\s*<(!doctype|!--|\?xml|html|head|body|script|svg|iframe)", re.IGNORECASE)
_START = 64 * 1024
_DIRECTORY_ENTRY = b"PK\x01\x02"  # begins each entry of an archive's directory (APPNOTE, 4.3.12)
MOST_ENTRIES = 20_000  # of an archive; a directory of a million of them would fill this process's memory
_BROKEN = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, RuntimeError, ValueError)


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came in: its safe name, where it lies until the answer is out, its length in bytes."""

    name: str
    path: Path
    size: int


class Incoming:
    """A folder of one request below the data folder; it and all in it is gone at the end of the block."""

    def __init__(self, parent: Path) -> None:
        self._parent = parent
        self._folder: Path | None = None
        self._count = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)

    def place(self, name: str) -> Path:
        """A free place for a file, which keeps its own name there."""
        if self._folder is None:
            self._parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._folder = Path(tempfile.mkdtemp(dir=self._parent))
        self._count += 1
        folder = self._folder / str(self._count)
        folder.mkdir()
        return folder / safe_name(name)


def safe_name(name: str) -> str:
    """The base name of what a browser sent, composed (NFC), printable, and short enough for every file system."""
    base = PurePosixPath(unicodedata.normalize("NFC", name).replace("\\", "/")).name
    base = "".join(sign for sign in base if sign.isprintable() and sign not in '<>:"|?*').strip(" .")
    stem, dot, suffix = base.rpartition(".")
    if not dot or len(suffix) > 10:
        stem, dot, suffix = base, "", ""
    stem = stem[: LONGEST_NAME - len(dot + suffix)]
    while len((stem + dot + suffix).encode()) > LONGEST_NAME_BYTES:
        stem = stem[:-1]
    return (stem or "tep") + dot + suffix


def check_type(path: Path) -> None:
    """Raise FileTypeRefused unless the content is of a kind that is taken and the name's ending says the same."""
    kind = _kind(path)
    if path.suffix.lower() not in SUFFIXES[kind]:
        raise _refusal(path, "nội dung không đúng với đuôi tên tệp")


def _kind(path: Path) -> str:
    with path.open("rb") as file:
        start = file.read(_START)
    if start.startswith(b"PK"):
        return _kind_of_archive(path)
    if start.startswith(_OLE):
        if _VBA in path.read_bytes():
            raise _refusal(path, "tệp có chứa macro")
        return "ole"
    found = _by_magic(start)
    if found in ("pdf", "png", "jpeg"):
        return found
    if _is_text(start) and not _MARKUP.match(start.removeprefix(b"\xef\xbb\xbf")):
        return "text"
    raise _refusal(path, "loại tệp không được nhận")


def _by_magic(start: bytes) -> str:
    with contextlib.suppress(puremagic.PureError, ValueError):
        return puremagic.from_string(start, mime=True).rpartition("/")[2]
    return ""


def _kind_of_archive(path: Path) -> str:
    if path.read_bytes().count(_DIRECTORY_ENTRY) > MOST_ENTRIES:
        raise _refusal(path, "tệp nén có quá nhiều tệp bên trong")
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            types = _head(archive, "[Content_Types].xml") if "[Content_Types].xml" in names else b""
            mimetype = _head(archive, "mimetype") if "mimetype" in names else b""
    except _BROKEN:
        raise _refusal(path, "tệp nén bị hỏng") from None
    if b"macroenabled" in types.lower() or any(_holds_macro(name) for name in names):
        raise _refusal(path, "tệp có chứa macro")
    if mimetype.startswith(b"application/vnd.oasis.opendocument."):
        return {b"text": "odt", b"spreadsheet": "ods"}.get(mimetype.rpartition(b".")[2].strip(), "zip")
    if types:
        return {"word": "docx", "xl": "xlsx", "ppt": "pptx"}.get(_office_folder(names), "zip")
    return "zip"


def _head(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as member:
        return member.read(_START * 4)  # never more, whatever the archive claims to hold


def _holds_macro(name: str) -> bool:
    low = name.lower()
    return low.endswith(("vbaproject.bin", ".docm", ".xlsm", ".pptm")) or low.startswith(("basic/", "scripts/"))


def _office_folder(names: set[str]) -> str:
    return next((one for one in ("word", "xl", "ppt") if any(name.startswith(f"{one}/") for name in names)), "")


def _is_text(start: bytes) -> bool:
    return start.startswith((b"\xff\xfe", b"\xfe\xff")) or (b"\0" not in start and not start.startswith(b"MZ"))


def _refusal(path: Path, reason: str) -> FileTypeRefused:
    return FileTypeRefused(path=path.name, reason=reason, taken=TAKEN)
