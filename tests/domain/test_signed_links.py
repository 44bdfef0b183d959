"""A signed link opens what it was made for, up to its day, and nothing after one sign of it was changed."""

from datetime import date, timedelta

import pytest

from cchc_tasks.domain.errors import AnswerLinkExpired, AnswerLinkWrong
from cchc_tasks.domain.signed_links import Answer, Links

LINKS = Links((b"k" * 32,), "https://cchc.sogddt.songlam.gov.vn/", days=45)
MADE = date(2026, 3, 24)
LAST = MADE + timedelta(45)
TOKEN = LINKS.token(Answer(1204, 57, 2, LAST))


class TestLink:
    def test_opens_what_it_was_made_for_up_to_its_last_day(self) -> None:
        token = LINKS.address(1204, 57, 2, on=MADE).rpartition("/")[2]
        assert LINKS.read(token, on=LAST) == Answer(1204, 57, 2, LAST)
        with pytest.raises(AnswerLinkExpired, match="08/5/2026"):
            LINKS.read(token, on=LAST + timedelta(1))

    def test_stays_short_in_the_largest_office(self) -> None:
        address = LINKS.address(999_999_999, 999_999, 999, on=MADE)
        assert address.startswith("https://cchc.sogddt.songlam.gov.vn/tra-loi/")
        assert len(address) < 150

    def test_ends_in_no_sign_that_a_message_would_cut_off(self) -> None:
        for obligation in range(300):
            assert LINKS.token(Answer(obligation, 1, 1, LAST))[-1].isalnum()

    def test_does_not_open_with_any_sign_changed(self) -> None:
        for place, sign in enumerate(TOKEN):
            forged = TOKEN[:place] + ("1" if sign != "1" else "2") + TOKEN[place + 1 :]
            with pytest.raises(AnswerLinkWrong):
                LINKS.read(forged, on=MADE)

    @pytest.mark.parametrize(
        "token",
        [
            "",
            ".",
            "....",
            TOKEN[:-1],
            TOKEN + "A",
            TOKEN[1:],
            " " + TOKEN,
            "0" + TOKEN,
            "ký.tự.lạ",
            "\ud800.x",
            "9" * 9000,
        ],
    )
    def test_does_not_open_cut_or_lengthened(self, token: str) -> None:
        with pytest.raises(AnswerLinkWrong):
            LINKS.read(token, on=MADE)

    def test_of_another_office_does_not_open(self) -> None:
        with pytest.raises(AnswerLinkWrong):
            Links((b"j" * 32,), LINKS.base_url, 45).read(TOKEN, on=MADE)

    def test_opens_after_another_key_signs_until_the_old_one_is_dropped(self) -> None:
        rotated = Links((b"n" * 32, b"k" * 32), LINKS.base_url, 45)
        assert rotated.read(TOKEN, on=MADE) == Answer(1204, 57, 2, LAST)
        newer = rotated.token(Answer(1204, 57, 2, LAST))
        assert newer != TOKEN
        dropped = Links((b"n" * 32,), LINKS.base_url, 45)
        assert dropped.read(newer, on=MADE) == Answer(1204, 57, 2, LAST)
        with pytest.raises(AnswerLinkWrong):
            dropped.read(TOKEN, on=MADE)

    def test_key_is_shown_nowhere(self) -> None:
        assert "kkk" not in repr(LINKS)
