"""Bytes become text only where it is certain which letters they are."""

import unicodedata

import pytest

from cchc_tasks.adapters.documents.plain.decoding import decoded

SENTENCE = "Kế hoạch cải cách hành chính năm 2026; đơn vị chủ trì: Văn phòng Sở"
TONES = "\u0300\u0301\u0303\u0309\u0323"


def windows_1258(text: str) -> bytes:
    """As Windows-1258 writes it: the letter with its shape, then the mark of its tone."""
    written: list[str] = []
    for letter in text:
        parts = unicodedata.normalize("NFD", letter)
        shape = unicodedata.normalize("NFC", "".join(part for part in parts if part not in TONES))
        written += [shape, *(part for part in parts if part in TONES)]
    return "".join(written).encode("cp1258")


class TestBytesOfAText:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
    def test_are_read_in_each_marked_encoding(self, encoding: str) -> None:
        assert decoded("Quý I năm 2026".encode(encoding)) == "Quý I năm 2026"

    def test_are_windows_1258_where_every_mark_stands_on_its_vowel(self) -> None:
        assert decoded(windows_1258(SENTENCE)) == SENTENCE

    def test_are_what_a_page_declares(self) -> None:
        for head in ('<meta charset="windows-1258">', "<?xml version='1.0' encoding='windows-1258'?>"):
            assert decoded(head.encode() + windows_1258("Sở")) == f"{head}Sở"

    @pytest.mark.parametrize(
        "content",
        [
            b"\xff\xfe\x00",
            b"\x89PNG\r\n\x1a\n\x00\xff",
            b"K\xd5 ho\xb9ch n\xa8m",  # TCVN3
            b"<meta charset=windows-1252><p>K\xd5 ho\xb9ch n\xa8m",
            b"<meta charset=gb2312><p>K\xbe",
            "Là où l’été a été".encode("cp1252"),
            "Così può la città però".encode("cp1252"),
            "Señor, ¿cómo está?".encode("cp1252"),
        ],
    )
    def test_are_refused_where_nothing_proves_their_letters(self, content: bytes) -> None:
        assert decoded(content) is None
