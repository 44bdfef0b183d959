"""What Zalo's webhook says, as facts: real shapes, hostile ones, and whose signature it is."""

import hashlib
import json
from datetime import UTC, datetime
from typing import Any

import pytest

from cchc_tasks.domain.vocabulary import Known
from cchc_tasks.domain.zalo_events import (
    Announced,
    Fact,
    Heard,
    Learned,
    Left,
    PhoneGiven,
    ZaloKeys,
    matching_form,
    read_event,
)

AT = datetime(2026, 3, 24, 1, 40, tzinfo=UTC)
STAMP = "1774316400000"
USER = "2468458835296197922"
KEYS = ZaloKeys("4567", "8901", "kín", "zalo-webhook-secret")


def told(name: str, **facts: Any) -> Fact | None:
    event = read_event(json.dumps({"event_name": name, "timestamp": STAMP, **facts}).encode())
    assert event
    assert event.at == AT
    return event.fact


def signed(content: bytes, first: str, stamp: str = STAMP) -> str:
    return "mac=" + hashlib.sha256(first.encode() + content + stamp.encode() + "kín".encode()).hexdigest()


class TestEvents:
    def test_tell_what_became_of_messages(self) -> None:
        message = {"delivery_time": "1774316460000", "msg_id": "a1b2", "tracking_id": "20260324-digest-118"}
        arrived = datetime(2026, 3, 24, 1, 41, tzinfo=UTC)
        expected = Learned(("a1b2",), "20260324-digest-118", Known.DELIVERED, arrived)
        assert told("user_received_message", message=message) == expected
        assert told("user_received_message", message={"msg_id": "c3"}) == Learned(("c3",), "", Known.DELIVERED, AT)
        ids = ["c3", "c3", 9007199254740993123, None, {}]
        expected = Learned(("c3", "9007199254740993123"), "", Known.SEEN, AT)
        assert told("user_seen_message", message={"msg_ids": ids}) == expected

    def test_tell_of_people(self) -> None:
        sender = {"id": USER}
        assert told("user_send_text", sender=sender, message={"text": "vâng"}) == Heard(USER, AT, follows=False)
        assert told("follow", follower=sender) == Heard(USER, AT, follows=True)
        assert told("unfollow", follower={"id": int(USER)}) == Left(USER, AT)
        assert told("user_submit_info", sender=sender, info={"phone": 84987654321}) == PhoneGiven(USER, "84987654321")
        assert told("user_submit_info", sender=sender, info={"phone": "113"}) is None

    def test_tell_of_the_account_in_one_clean_line(self) -> None:
        quota = told("change_oa_daily_quota", oaId="1", quota={"prev_value": 1000, "new_value": 500})
        assert quota == Announced("Zalo đổi số tin mẫu OA được gửi mỗi ngày từ 1000 thành 500.")
        status = {"prev_status": "PENDING_REVIEW", "new_status": "REJECT"}
        changed = told(
            "change_template_status", template_id="300118", status=status, reason="Logo\u202e không\nhợp lệ.\ud800"
        )
        assert changed == Announced("Zalo đổi trạng thái mẫu tin 300118 thành REJECT, lý do: Logo không hợp lệ.")
        assert told("change_template_status", reason=["x"]) == Announced("Zalo đổi trạng thái mẫu tin.")

    def test_of_other_kinds_concern_nothing(self) -> None:
        for name in ("oa_send_text", "user_send_text", "follow", "user_received_message", "create_group", "x\ny"):
            assert told(name, sender="x", follower=[], message=7) is None

    @pytest.mark.parametrize(
        "content",
        [
            b"",
            b"xin chao",
            b"[]",
            b"null",
            b"\xff\xfe\x00",
            b"[" * 60_000,
            b'{"timestamp": true}',
            b'{"timestamp": "-1"}',
            b'{"timestamp": 1e12}',
            b'{"timestamp": %s}' % (b"9" * 5000),
            b'{"timestamp": {"x": 1}, "event_name": "follow"}',
            '{"timestamp": "１774316400000"}'.encode(),
        ],
    )
    def test_that_are_none_are_not_read(self, content: bytes) -> None:
        assert read_event(content) is None

    def test_are_known_by_what_they_are_about(self) -> None:
        def key(**facts: Any) -> str:
            event = read_event(json.dumps({"timestamp": STAMP, **facts}).encode())
            assert event
            assert len(event.key) <= 200
            return event.key

        one = {"event_name": "user_received_message", "message": {"msg_id": "a1"}}
        assert key(**one) == key(**one | {"timestamp": "1774316430000"})  # told again
        assert key(**one) != key(**one | {"event_name": "user_seen_message"})
        assert key(**one) != key(**one | {"message": {"msg_id": "a2"}})
        came = {"event_name": "follow", "follower": {"id": USER}}
        assert key(**came) != key(**came | {"timestamp": "1774316430000"})  # came again
        assert key(event_name="change_oa_daily_quota", oaId="1") != key(event_name="change_oa_daily_quota", oaId="2")


class TestSignatures:
    CONTENT = '{"a":"đ"}'.encode()

    def test_match_in_the_documented_form_and_the_one_seen_in_use(self) -> None:
        for first, form in (("4567", "app_id và zalo-webhook-secret"), ("8901", "oa_id và zalo-webhook-secret")):
            mac = signed(self.CONTENT, first)
            assert matching_form(KEYS, self.CONTENT, STAMP, mac) == form
            assert matching_form(KEYS, self.CONTENT, STAMP, mac.removeprefix("mac=").upper()) == form

    @pytest.mark.parametrize("mac", ["", "mac=", "mac=đ", "mac=" + "0" * 64, signed(CONTENT, ""), signed(CONTENT, "1")])
    def test_of_others_do_not(self, mac: str) -> None:
        assert matching_form(KEYS, self.CONTENT, STAMP, mac) is None
        without_account = ZaloKeys("4567", None, "kín", "zalo-webhook-secret")
        assert matching_form(without_account, self.CONTENT, STAMP, mac) is None

    def test_hold_for_one_body_and_moment(self) -> None:
        mac = signed(self.CONTENT, "4567")
        assert matching_form(KEYS, self.CONTENT + b" ", STAMP, mac) is None
        assert matching_form(KEYS, self.CONTENT, "1774316400001", mac) is None
        assert "kín" not in repr(KEYS)
