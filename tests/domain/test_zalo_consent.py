"""What is pasted after a consent, and what the console is told before it."""

import pytest

from cchc_tasks.domain.errors import ZaloCodeInvalid
from cchc_tasks.domain.zalo_consent import ConsentAnswer, challenge, read_answer

BACK = "https://cchc.so.example/kenh-gui/zalo/nhan"


class TestTheChallenge:
    def test_is_that_of_the_standards_own_example(self) -> None:
        # RFC 7636, appendix B
        verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
        assert challenge(verifier) == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"


class TestWhatIsPasted:
    @pytest.mark.parametrize(
        "text",
        [
            f"{BACK}?oa_id=4567890123&code=ma_1-x",
            f"  {BACK}?code=ma_1-x&state=s&oa_id=4567890123\n",
            "/kenh-gui/zalo/nhan?code=ma_1-x&oa_id=4567890123",
            "code=ma_1-x&oa_id=4567890123",
        ],
    )
    def test_may_be_the_whole_address(self, text: str) -> None:
        assert read_answer(text) == ConsentAnswer("ma_1-x", "4567890123")

    def test_may_be_the_code_alone_and_is_not_shown(self) -> None:
        assert read_answer(" ma_1-x ") == ConsentAnswer("ma_1-x")
        assert "ma_1" not in repr(read_answer("ma_1-x"))

    @pytest.mark.parametrize(
        "text", ["", "x", "một mã", f"{BACK}?error=1", "https://[", "a" * 3000, f"{BACK}?code=ma_1-x&oa_id=<b>"]
    )
    def test_is_refused_without_a_word_of_it(self, text: str) -> None:
        with pytest.raises(ZaloCodeInvalid) as refused:
            read_answer(text)
        assert refused.value.facts == {}
