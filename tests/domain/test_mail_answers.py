"""What a mail server's answer means for the outbox and for an office: one table, read both ways."""

import pytest

from cchc_tasks.domain.mail_answers import LONGEST, Step, as_said, fault_of, meaning, wait_of
from cchc_tasks.domain.vocabulary import Fault

CONNECT, LOGIN, SENDER, RECIPIENT, CONTENT = Step
AGAIN, UNREACHABLE, TOMORROW, STOP = Fault.AGAIN, Fault.UNREACHABLE, Fault.TOMORROW, Fault.STOP
BAD_ADDRESS, OTHER_CHANNEL = Fault.BAD_ADDRESS, Fault.OTHER_CHANNEL

# Where the server said it, its words, what the outbox makes of it, and some of what an office reads.
ANSWERS = [
    (CONNECT, "421 4.3.2 shutting down", UNREACHABLE, "tạm thời"),
    (CONNECT, "454 4.7.0 TLS not available", UNREACHABLE, "tạm thời"),
    (CONNECT, "554 5.7.1 your address is blocked", STOP, "không nhận kết nối từ máy này"),
    (LOGIN, "454 4.7.0 temporary authentication failure", UNREACHABLE, "tạm thời"),
    (LOGIN, "535 5.7.8", STOP, "tài khoản gửi"),
    (LOGIN, "534 5.7.9", STOP, "tài khoản gửi"),
    (SENDER, "530 5.7.0 must authenticate first", STOP, "tài khoản gửi"),
    (SENDER, "550 5.7.1 not you", STOP, "địa chỉ của hệ thống"),
    (SENDER, "553 5.1.8 sender domain unknown", STOP, "địa chỉ của hệ thống"),
    (SENDER, "451 4.3.0 try again", AGAIN, "tạm thời"),
    (SENDER, "421 4.7.0 too many messages", UNREACHABLE, "tạm thời"),
    (SENDER, "503 5.5.1 nested MAIL", AGAIN, "tạm thời"),
    (SENDER, "550 5.4.5 Daily user sending limit exceeded", TOMORROW, "hết lượt gửi trong ngày"),
    (CONTENT, "550 5.4.5 Daily user sending limit exceeded", TOMORROW, "hết lượt gửi trong ngày"),
    (RECIPIENT, "452 4.5.3 too many recipients", TOMORROW, "hết lượt gửi trong ngày"),
    (CONTENT, "554 5.2.0 Submission quota exceeded", TOMORROW, "hết lượt gửi trong ngày"),
    (RECIPIENT, "550 5.7.233 tenant limit exceeded", TOMORROW, "hết lượt gửi trong ngày"),
    (RECIPIENT, "550 max emails per hour (100/100) exceeded", AGAIN, "tạm thời"),
    (RECIPIENT, "450 4.7.1 Greylisted", AGAIN, "tạm thời"),
    (RECIPIENT, "451 4.3.0 queue 552 is full", AGAIN, "tạm thời"),
    (RECIPIENT, "452 4.2.2 over quota", AGAIN, "Hộp thư đầy"),
    (RECIPIENT, "550 no such user", BAD_ADDRESS, "không tồn tại"),
    (RECIPIENT, "550 5.1.1 user unknown", BAD_ADDRESS, "không tồn tại"),
    (RECIPIENT, "551 user not local", BAD_ADDRESS, "không tồn tại"),
    (RECIPIENT, "553 5.1.3 bad syntax", BAD_ADDRESS, "không tồn tại"),
    (RECIPIENT, "501 5.5.4 bad address", BAD_ADDRESS, "không tồn tại"),
    (RECIPIENT, "554 5.1.2 no such domain", BAD_ADDRESS, "không tồn tại"),
    (RECIPIENT, "550 5.4.1 Recipient address rejected: Access denied", BAD_ADDRESS, "không tồn tại"),
    (CONTENT, "550 5.1.1 user unknown", BAD_ADDRESS, "không tồn tại"),
    (RECIPIENT, "553 5.7.1 Sender address rejected: not owned by user cchc", STOP, "tài khoản gửi"),
    (RECIPIENT, "552 mailbox full", OTHER_CHANNEL, "Hộp thư đầy"),
    (RECIPIENT, "550 5.2.2 over quota", OTHER_CHANNEL, "Hộp thư đầy"),
    (CONTENT, "552 5.2.2 over quota", OTHER_CHANNEL, "Hộp thư đầy"),
    (RECIPIENT, "550 5.2.1 mailbox disabled", OTHER_CHANNEL, "ngừng nhận"),
    (RECIPIENT, "554 5.7.1 relay access denied", OTHER_CHANNEL, "chống thư rác"),
    (RECIPIENT, "550 5.7.1 policy", OTHER_CHANNEL, "chống thư rác"),
    (RECIPIENT, "550 blocked by spam filter", OTHER_CHANNEL, "chống thư rác"),
    (CONTENT, "550 5.7.26 unauthenticated", OTHER_CHANNEL, "SPF"),
    (RECIPIENT, "521 does not accept mail", OTHER_CHANNEL, "không nhận thư này"),
    (CONTENT, "451 4.3.0 try later", AGAIN, "tạm thời"),
    (CONTENT, "552 5.3.4 too big", Fault.CONTENT, "quá lớn"),
    (CONTENT, "552 too big", Fault.CONTENT, "quá lớn"),
    (CONTENT, "554 5.7.1 spam", Fault.CONTENT, "chống thư rác"),
    (CONTENT, "550 no", Fault.CONTENT, "không nhận thư này"),
    (RECIPIENT, "-1 what is this", AGAIN, ""),
]


@pytest.mark.parametrize(("step", "said", "fault", "words"), ANSWERS)
class TestAnswer:
    def test_tells_the_outbox_what_to_do(self, step: Step, said: str, fault: Fault, words: str) -> None:
        assert fault_of(step, said) is fault

    def test_tells_an_office_the_same(self, step: Step, said: str, fault: Fault, words: str) -> None:
        assert words in meaning(step.sentence(said))


class TestWait:
    @pytest.mark.parametrize(
        ("said", "seconds"),
        [
            ("451 4.7.1 Greylisting in action, please try again in 300 seconds", 300),
            ("450 4.7.1 rate limited, retry after 5 minutes", 300),
            ("421 4.7.0 wait 90s", 90),
            ("451 Greylisted for 2 hours", 7200),
            ("451 try again in 900 hours", 24 * 3600),
            ("450 4.2.0 try again later", None),
            ("451 4.7.1 try again later (session 1234sx)", None),
            ("451 4.3.0 queue 15 minutes long", None),
        ],
    )
    def test_is_as_long_as_the_server_asked(self, said: str, seconds: float | None) -> None:
        assert wait_of(said) == seconds


class TestWords:
    def test_are_one_line_of_limited_length_that_steers_no_screen(self) -> None:
        said = as_said(550, "no\r\nuser\x1b[2J\x00 \u202eabc " + "x" * 9000)
        assert said.startswith("550 no user [2J abc xxx")
        assert len(said) == LONGEST
