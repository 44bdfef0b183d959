"""Marks of secrecy: a line of its own on the first page that reads MẬT, TỐI MẬT or TUYỆT MẬT."""

import unicodedata
from collections.abc import Iterable

MARKS = ("TUYỆT MẬT", "TỐI MẬT", "MẬT")


def mark_of_secrecy(first_page: Iterable[str]) -> str | None:
    """The mark among the lines of a first page, or None; the word within a sentence ("bảo mật") is none."""
    for line in first_page:
        words = " ".join(unicodedata.normalize("NFKC", line).strip(" .*_[]()").split())
        if words in MARKS:
            return words
    return None
