"""Every format cut off at fixed places, as a copy that broke off: read in part or refused in words, never a fault."""

from pathlib import Path

import pytest

from cchc_tasks.adapters.documents.answering import FIRST_PAGE, WHOLE, answer
from cchc_tasks.adapters.documents.reader import FileReader
from cchc_tasks.adapters.documents.replies import Refusal, document_of, lines_of
from cchc_tasks.domain.errors import InputError
from tests.fuzz.samples import WRITERS, samples
from tests.making.hostile import pdf
from tests.making.print_outs import NEEDS_OFFICE

PLACES = [4, 5, 8, 100, 512, 1_024, *(0.25, 0.5, 0.75, 0.9, 0.99)]  # bytes from the start, shares of the whole
REFUSED = {"file-damaged", "file-empty", "file-not-text", "format-unknown", "scan-reader-needed"}
PACKED = {".docx", ".xlsx"}  # an archive's directory stands at its end


@pytest.fixture(scope="module")
def whole() -> dict[str, bytes]:
    """The sample plan in the formats that can be made without other programs."""
    return samples(by_others=False) | {".pdf": pdf(3)}


@pytest.fixture(scope="module")
def by_an_office() -> dict[str, bytes]:
    """The sample plan in the formats that an office suite writes."""
    return {kind: content for kind, content in samples().items() if kind not in WRITERS}


def outcomes(content: bytes, asked: str) -> set[str]:
    """The codes of the refusals at all places, "read" where something was read."""
    found = set()
    for place in PLACES:
        try:
            reply = answer(_cut(content, place), asked)
            document_of(reply) if asked == WHOLE else lines_of(reply)
            found.add("read")
        except Refusal as refusal:
            found.add(refusal.named("tệp").code)
    return found


def outcome(path: Path) -> str:
    """What comes of a file in a process of its own."""
    try:
        FileReader().read(path)
    except InputError as error:
        return error.code
    return "read"


def _cut(content: bytes, place: float) -> bytes:
    return content[: place if isinstance(place, int) else int(len(content) * place)]


class TestTruncatedFile:
    @pytest.mark.parametrize("asked", [WHOLE, FIRST_PAGE])
    @pytest.mark.parametrize("kind", [*WRITERS, ".pdf"])
    def test_is_read_in_part_or_refused(self, kind: str, asked: str, whole: dict[str, bytes]) -> None:
        found = outcomes(whole[kind], asked)

        assert found <= {"read", *REFUSED}
        if kind in PACKED:
            assert found == {"file-damaged"}
        elif kind != ".pdf":
            assert "read" in found

    @NEEDS_OFFICE
    def test_of_an_office_suite_is_read_in_part_or_refused(
        self, by_an_office: dict[str, bytes], tmp_path: Path
    ) -> None:
        """Each by a process of its own: the library of old workbooks ends it, in its own way."""
        path = tmp_path / "a"
        for kind in (".xls", ".pdf"):
            for place in (0.1, 0.5, 0.9):
                path.write_bytes(_cut(by_an_office[kind], place))
                assert outcome(path) in {"read", *REFUSED}
