"""Phones as people write them, as Zalo takes them."""

import pytest

from cchc_tasks.domain.errors import PhoneInvalid
from cchc_tasks.domain.phones import zalo_phone


class TestAPhone:
    @pytest.mark.parametrize(
        "text",
        [
            "0987 654 321",
            "0987.654.321",
            "+84987654321",
            "+84 (0) 987-654-321",
            "0084987654321",
            "84987654321",
            "987654321",
        ],
    )
    def test_is_the_same_however_it_is_written(self, text: str) -> None:
        assert zalo_phone(text) == "84987654321"

    def test_that_begins_with_84_of_its_own_keeps_it(self) -> None:
        assert {zalo_phone(text) for text in ("0848765432", "848765432", "84848765432")} == {"84848765432"}

    @pytest.mark.parametrize(
        "text",
        ["", "84", "0987 654 32", "0987 654 3210", "024 3821 9999", "+1 987654321", "０９８７６５４３２１", "a@b.vn"],
    )
    def test_that_is_none_is_refused_with_a_pattern_to_follow(self, text: str) -> None:
        with pytest.raises(PhoneInvalid, match="0987 654 321"):
            zalo_phone(text)
