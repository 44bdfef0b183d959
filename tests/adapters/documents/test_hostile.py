"""Hostile files: one sentence with a code, soon, and nothing left of them in this process, on disk or in the air."""

import socket
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from cchc_tasks.adapters.documents.limits import MEGABYTE
from cchc_tasks.adapters.documents.reader import FileReader
from cchc_tasks.domain.errors import FileTakesTooLong, InputError
from cchc_tasks.domain.reading.document import Paragraph
from tests.making.files import text_file, word_file
from tests.making.hostile import READ, REFUSED, pdf, sheet_of
from tests.making.print_outs import NEEDS_OFFICE, by_office
from tests.making.sample_plan import torn_plan

MOST_GROWTH = 300 * MEGABYTE  # of this process, for the largest answer there may be


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    """A place in this machine that a document may try to call."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        yield server


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder for temporary files, empty."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def children() -> set[str]:
    """The processes that this one has started and not yet taken leave of."""
    return {one for task in Path("/proc/self/task").iterdir() for one in (task / "children").read_text().split()}


def memory(what: str) -> int:
    """Bytes of this process by /proc: "VmRSS" now, "VmHWM" the most since the mark was last set."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith(what))


def processes_in(folder: Path) -> list[str]:
    """The processes whose command names something in a folder; one that is ending has no command any more."""
    found = []
    for one in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):  # ended meanwhile
            if bytes(folder) in one.read_bytes():
                found.append(one.parent.name)
    return found


def refusal_of(reader: FileReader, path: Path) -> InputError:
    with pytest.raises(InputError) as refusal:
        reader.read(path)
    return refusal.value


class TestHostileFile:
    @pytest.mark.parametrize("name", REFUSED)
    def test_is_refused_soon_and_leaves_nothing(
        self, name: str, tmp_path: Path, listener: socket.socket, temporary: Path
    ) -> None:
        code, make = REFUSED[name]
        path = tmp_path / "nộp lên.docx"
        path.write_bytes(make(listener.getsockname()[1]))
        before = children()
        Path("/proc/self/clear_refs").write_text("5")
        held = memory("VmRSS")

        refusal = refusal_of(FileReader(), path)

        assert refusal.code == code
        assert "nộp lên.docx" in str(refusal)
        assert memory("VmHWM") - held < MOST_GROWTH
        assert children() == before
        assert list(temporary.iterdir()) == []
        with pytest.raises(BlockingIOError):
            listener.accept()

    @pytest.mark.parametrize("name", READ)
    def test_is_read_where_only_its_text_counts(
        self, name: str, tmp_path: Path, listener: socket.socket, temporary: Path
    ) -> None:
        make, text = READ[name]
        path = tmp_path / "a.docm"
        path.write_bytes(make(listener.getsockname()[1]))

        (block,) = FileReader().read(path).blocks

        assert (block.text if isinstance(block, Paragraph) else block.rows[0].cells[0].text) == text
        assert list(temporary.iterdir()) == []
        with pytest.raises(BlockingIOError):
            listener.accept()

    @pytest.mark.parametrize("ending", ["docx", "doc", "xlsx", "xls", "pdf", "html", "csv", "txt", "png"])
    def test_of_chance_bytes_is_refused_under_every_ending(self, ending: str, tmp_path: Path) -> None:
        path = tmp_path / f"a.{ending}"
        path.write_bytes(bytes((7919 * number * number) % 251 for number in range(5_000)))

        assert refusal_of(FileReader(), path).code == "file-not-text"

    def test_is_read_by_its_content_under_a_wrong_ending(self, tmp_path: Path) -> None:
        for ending in ("docx", "xls", "pdf", "png"):
            assert FileReader().read(text_file(torn_plan(), tmp_path / f"a.{ending}")) == torn_plan()


class TestLargeFile:
    def test_of_a_million_rows_is_refused_without_growth_here(self, tmp_path: Path) -> None:
        path = tmp_path / "a.xlsx"
        path.write_bytes(sheet_of(1_048_576))
        Path("/proc/self/clear_refs").write_text("5")
        held = memory("VmRSS")

        assert refusal_of(FileReader(), path).code == "file-unpacks-too-large"
        assert memory("VmHWM") - held < MOST_GROWTH

    def test_of_many_rows_is_read(self, tmp_path: Path) -> None:
        path = tmp_path / "a.xlsx"
        path.write_bytes(sheet_of(20_000, 6))

        (grid,) = FileReader().read(path).grids

        assert (len(grid.rows), len(grid.rows[0].cells)) == (20_000, 6)

    def test_that_takes_too_long_is_left(self, tmp_path: Path) -> None:
        path = tmp_path / "a.pdf"
        path.write_bytes(pdf(1_500))
        before = children()

        assert isinstance(refusal_of(FileReader(seconds=0.1), path), FileTakesTooLong)  # it takes a second or more
        assert children() == before

    @NEEDS_OFFICE
    def test_that_an_office_suite_is_reading_ends_with_it(self, tmp_path: Path, temporary: Path) -> None:
        path = by_office(word_file(torn_plan(), tmp_path / "a.docx"), "doc")

        assert isinstance(refusal_of(FileReader(seconds=0.7), path), FileTakesTooLong)
        assert not processes_in(temporary)


class TestSettings:
    def test_of_the_program_are_not_handed_to_the_process_that_reads(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A process that cannot start is a damaged file; it starts whatever stands in this one's environment."""
        for name in ("PYTHONPATH", "PYTHONHOME", "CCHC_DATABASE_URL", "LD_PRELOAD"):
            monkeypatch.setenv(name, "/nowhere")

        assert FileReader().read(text_file(torn_plan(), tmp_path / "a.txt")) == torn_plan()


class TestPicture:
    def test_is_read_and_marked_as_scanned(self, tmp_path: Path) -> None:
        pytest.importorskip("tesserocr", reason="the extra that reads scans is not installed")
        from PIL import Image, ImageDraw  # pdfplumber brings it

        path = tmp_path / "a.png"
        picture = Image.new("L", (1240, 1754), 255)
        ImageDraw.Draw(picture).text((200, 200), "KE HOACH 2026", fill=0, font_size=60)
        picture.save(path)

        assert FileReader().read(path).scanned
