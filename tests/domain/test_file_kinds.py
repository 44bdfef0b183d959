"""What a browser may show is told by the content, not by the name."""

import pytest

from cchc_tasks.domain.file_kinds import HEAD_BYTES, JPEG, PDF, PNG, TEXT, shown_as


class TestShownAs:
    @pytest.mark.parametrize(
        ("head", "media_type"),
        [
            (b"%PDF-1.7", PDF),
            (b"\x89PNG\r\n\x1a\n\x00", PNG),
            (b"\xff\xd8\xff\xe0", JPEG),
            ("Báo cáo\tquý I\r\n".encode(), TEXT),
            (b"<svg onload=alert(1)>", TEXT),  # as plain text, with no guessing of types, it stays text
            (b"PK\x03\x04", None),
            (b"MZ\x00\x00", None),
            (b"\xff\xfeB\x00", None),
        ],
    )
    def test_goes_by_the_first_bytes(self, head: bytes, media_type: str | None) -> None:
        assert shown_as(head) == media_type

    def test_forgives_a_letter_that_is_cut_in_two_at_the_end(self) -> None:
        whole = ("a" * (HEAD_BYTES - 1) + "ế").encode()
        assert shown_as(whole[:HEAD_BYTES]) == TEXT

    def test_forgives_no_broken_letter_elsewhere(self) -> None:
        assert shown_as(b"B\xe1\xba o c\xe1o") is None
