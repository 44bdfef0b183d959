"""Channels and contacts from the command line: set, told, tried over a real connection, refused in one line."""

import json

from tests.cli.conftest import Command
from tests.smtp_server import Mailbox


class TestChannels:
    def test_are_set_and_told(self, published: Command) -> None:
        assert published("channel", "set", "sms", "--per-minute", "30", "--at-once", "2").status == 0
        assert published("channel", "set", "sms", "--off").status == 0
        lines = {one["channel"]: one for one in json.loads(published("channel", "list", "--json").out)}
        found = lines["SMS"]
        assert (found["state"], found["per_minute"], found["at_once"]) == ("OFF", 30, 2)
        told = published("channel", "list").out
        assert "đã tắt" in told
        assert "còn thiếu telegram-url" in told
        assert "zalo-oa-id, quyền gửi qua Zalo OA" in told
        assert published("channel", "set", "sms", "--on", "--no-limit").status == 0
        assert "không dừng cũng không nghỉ" in published("channel", "resume", "sms").out

    def test_say_which_speeds_there_are(self, published: Command) -> None:
        assert published("channel", "set", "sms", "--per-minute", "0").err.startswith("Lỗi [channel-speed-invalid]")
        assert published("channel", "set", "sms").status == 2
        assert published("channel", "set", "sms", "--no-limit", "--per-minute", "5").status == 2

    def test_are_tried_with_one_message(self, published: Command, mailbox: Mailbox) -> None:
        said = published("channel", "test", "mail", "thu@songlam.example")
        assert said.status == 0, said
        assert len(mailbox.to("thu@songlam.example")) == 1
        mailbox.at_rcpt["sai@songlam.example"] = "550 no such user"
        said = published("channel", "test", "mail", "sai@songlam.example")
        assert said.err.startswith("Lỗi [channel-test-failed]")
        assert "550" in said.err
        assert published("channel", "test", "sms", "0987654321").err.startswith("Lỗi [channel-not-set]")


class TestContacts:
    def test_are_put_in_order(self, published: Command) -> None:
        assert published("user", "contact", "set", "vp.daumoi", "sms", "0987 654 321", "--rank", "1").status == 0
        found = json.loads(published("user", "contact", "list", "vp.daumoi", "--json").out)
        assert [(one["channel"], one["rank"]) for one in found["contacts"]] == [("SMS", 1), ("MAIL", 2)]
        assert "vẫn đang được dùng" in published("user", "contact", "good", "vp.daumoi", "sms").out
        assert published("user", "contact", "remove", "vp.daumoi", "sms").status == 0
        assert published("user", "contact", "remove", "vp.daumoi", "sms").err.startswith("Lỗi [contact-unknown]")

    def test_of_an_administrator_are_not_the_offices(self, published: Command) -> None:
        said = published("user", "contact", "set", "quantri", "sms", "0987654321", "--as", "vp.thuongtruc1")
        assert said.err.startswith("Lỗi [contact-of-administrator]")
