"""A mark of secrecy is a line of its own, never a word within a sentence."""

import pytest

from cchc_tasks.domain.secrecy import mark_of_secrecy


class TestMark:
    @pytest.mark.parametrize("line", ["MẬT", "  TỐI  MẬT ", "[TUYỆT MẬT]", "**MẬT**"])
    def test_is_found_on_a_line_of_its_own(self, line: str) -> None:
        assert mark_of_secrecy(["UBND TỈNH SÔNG LAM", line, "Số: 01/BC"])

    @pytest.mark.parametrize("line", ["Bảo đảm bảo mật thông tin", "mật", "TÀI LIỆU MẬT MÃ", "(trừ văn bản mật)"])
    def test_is_not_seen_within_other_words(self, line: str) -> None:
        assert mark_of_secrecy([line]) is None
