"""The sample plan in every format that can be made here: what the fuzzer spoils."""

import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

from cchc_tasks.domain.reading.document import SourceDocument
from tests.making.files import markdown_file, page_file, separated_file, text_file, word_file, workbook_file
from tests.making.print_outs import OFFICE, by_office, ruled_word_file
from tests.making.sample_plan import torn_plan, whole_plan

Writer = Callable[[SourceDocument, Path], Path]

WRITERS: dict[str, Writer] = {
    ".txt": text_file,
    ".md": markdown_file,
    ".csv": separated_file,
    ".tsv": partial(separated_file, separator="\t", encoding="utf-16"),
    ".html": page_file,
    ".docx": word_file,
    ".xlsx": workbook_file,
}
_BY_OFFICE = {".pdf": ruled_word_file, ".doc": word_file, ".xls": workbook_file}


def written(plan: SourceDocument, kind: str, folder: Path) -> bytes:
    """A plan as the content of a file of this kind, one of WRITERS."""
    return WRITERS[kind](plan, folder / f"plan{kind}").read_bytes()


def samples(*, by_others: bool = True) -> dict[str, bytes]:
    """A content for each format; `by_others`: also those that LibreOffice writes, where it is installed."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        made = {kind: written(whole_plan() if kind == ".xlsx" else torn_plan(), kind, folder) for kind in WRITERS}
        if by_others and OFFICE is not None:
            for kind, write in _BY_OFFICE.items():
                source = write(whole_plan(), folder / f"office.{'xlsx' if kind == '.xls' else 'docx'}")
                made[kind] = by_office(source, kind.removeprefix(".")).read_bytes()
        return made
