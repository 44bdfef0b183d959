"""The sentences of messages: which places they hold, what the office may write in their stead."""

import pytest

from cchc_tasks.domain.errors import (
    CchcError,
    SentenceBroken,
    SentenceEmpty,
    SentencePlaceUnknown,
    SentenceTooLong,
    SentenceUnknown,
)
from cchc_tasks.domain.message_words import SENTENCES, MessageWords, checked


class TestOurs:
    @pytest.mark.parametrize("name", list(SENTENCES))
    def test_would_be_taken_from_an_office_too(self, name: str) -> None:
        assert checked(name, SENTENCES[name].text) == SENTENCES[name].text

    @pytest.mark.parametrize("name", list(SENTENCES))
    def test_says_nothing_in_braces_once_filled(self, name: str) -> None:
        said = MessageWords().say(name, **dict.fromkeys(SENTENCES[name].places, "điền"))
        assert "{" not in said
        assert "}" not in said


class TestTheOffices:
    def test_stands_in_place_of_ours_on_one_line(self) -> None:
        kept = checked("digest-greeting", "  Kính gửi đồng chí\n {nguoi_nhan}:  ")
        assert MessageWords({"digest-greeting": kept}).say("digest-greeting", nguoi_nhan="Đỗ Lan") == (
            "Kính gửi đồng chí Đỗ Lan:"
        )

    def test_is_kept_composed(self) -> None:
        assert checked("digest-closing", "Tra\u0300 lời") == "Trà lời"

    def test_is_not_filled_a_second_time_by_what_stands_in_a_place(self) -> None:
        assert MessageWords().say("digest-greeting", nguoi_nhan="{don_vi}", don_vi="VP") == "Kính gửi {don_vi}, VP,"

    @pytest.mark.parametrize(
        ("name", "text", "refusal", "named"),
        [
            ("khong-co", "x", SentenceUnknown, "khong-co"),
            ("digest-closing", " \n", SentenceEmpty, "digest-closing"),
            ("digest-closing", "x" * 501, SentenceTooLong, "500"),
            ("digest-closing", "Gửi {nguoi_nhan", SentenceBroken, "digest-closing"),
            ("digest-closing", "Gửi nguoi_nhan}", SentenceBroken, "digest-closing"),
            ("digest-closing", "Gửi {{nguoi_nhan}}", SentenceBroken, "digest-closing"),
            ("digest-closing", "Gửi {ten}", SentencePlaceUnknown, "{ten}"),
            ("digest-closing", "Gửi {}", SentencePlaceUnknown, "{}"),
            ("group-greeting", "Gửi {nguoi_nhan}", SentencePlaceUnknown, "{nguoi_nhan}"),
        ],
    )
    def test_is_refused_with_the_reason_named(self, name: str, text: str, refusal: type[CchcError], named: str) -> None:
        with pytest.raises(refusal) as refused:
            checked(name, text)
        assert named in str(refused.value)
