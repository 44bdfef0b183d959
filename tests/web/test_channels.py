"""Kênh gửi and Nơi nhận: states in words, secrets by their day alone, and who may change what."""

from datetime import timedelta
from html import unescape

import pytest

from cchc_tasks.bootstrap import Application
from cchc_tasks.domain.secret_names import SecretName
from cchc_tasks.domain.vocabulary import Channel
from tests.web.conftest import Browse
from tests.web.test_calendar import post

PERSON = "/danh-ba/nguoi/gdmn.daumoi"


def contact(app: Application, channel: Channel) -> tuple[str, bool]:
    with app.database.read() as uow:
        found = uow.contacts.on(uow.people.with_user("gdmn.daumoi").id or 0, channel)
        return (found.address, found.bad_since is not None) if found else ("", False)


class TestChannels:
    def test_say_how_they_stand_and_go_on_at_a_word(self, browse: Browse, published: Application) -> None:
        now = published.clock.now()
        with published.database.write(now) as uow:
            for name in (SecretName.TELEGRAM_URL, SecretName.SMS_URL):
                uow.secrets.keep(name, "không ai đọc được", "quantri", now)
            uow.channels.stop(Channel.TELEGRAM, "Kênh Telegram trả lời 401", now - timedelta(hours=1))
            uow.channels.rest(Channel.SMS, now + timedelta(minutes=5))
        admin = browse("quantri")
        page = unescape(admin.get("/kenh-gui").text)
        assert "1 kênh đã dừng" in page
        assert "đã dừng từ 07:00 24/3/2026 vì: Kênh Telegram trả lời 401" in page
        assert "đang nghỉ đến 08:05 24/3/2026" in page
        assert "telegram-url đặt từ 08:00 24/3/2026" in page
        assert "không ai đọc được" not in page
        status, page = post(admin, "/kenh-gui/TELEGRAM/tiep-tuc")
        assert status == 303
        assert "Kênh Telegram gửi tiếp" in page
        assert "đã dừng từ" not in page

    def test_are_set_by_administrators(self, browse: Browse, published: Application) -> None:
        admin = browse("quantri")
        assert 'action="/kenh-gui/SMS"' in admin.get("/kenh-gui?kenh=SMS").text
        status, page = post(admin, "/kenh-gui/SMS", dung="0", moi_phut="30", cung_luc="2")
        assert status == 303
        assert "Đã đặt kênh tin nhắn SMS" in page
        with published.database.read() as uow:
            row = uow.channels.of(Channel.SMS)
            assert (row.enabled, row.per_minute, row.at_once) == (False, 30, 2)
        post(admin, "/kenh-gui/SMS", dung="1", moi_phut="", cung_luc="2")
        with published.database.read() as uow:
            row = uow.channels.of(Channel.SMS)
            assert (row.enabled, row.per_minute) == (True, None)

    @pytest.mark.parametrize(("field", "typed"), [("moi_phut", "nhiều"), ("moi_phut", "0"), ("cung_luc", "99")])
    def test_keep_what_was_typed_when_it_is_refused(self, browse: Browse, field: str, typed: str) -> None:
        fields = {"dung": "1", "moi_phut": "60", "cung_luc": "1"} | {field: typed}
        status, page = post(browse("quantri"), "/kenh-gui/SMS", **fields)
        assert status == 422
        assert f'value="{typed}"' in page
        assert f'id="{field.replace("_", "-")}-wrong"' in page

    def test_are_shown_to_the_office_without_a_form(self, browse: Browse) -> None:
        office = browse("vp.thuongtruc1")
        page = office.get("/kenh-gui?kenh=SMS").text
        assert "Tin nhắn SMS" in page
        assert 'action="/kenh-gui/' not in page
        assert post(office, "/kenh-gui/SMS", dung="0")[0] == 403


class TestContacts:
    def test_are_set_used_again_and_removed(self, browse: Browse, published: Application) -> None:
        office = browse("vp.thuongtruc1")
        assert f'href="{PERSON}"' in office.get("/danh-ba").text
        status, page = post(office, PERSON, kenh="SMS", dia_chi="0987 654 321", thu_tu="1")
        assert status == 303
        assert "Tin nhắn SMS" in page
        assert contact(published, Channel.SMS) == ("84987654321", False)
        with published.database.write(published.clock.now()) as uow:
            person = uow.people.with_user("gdmn.daumoi")
            uow.contacts.mark_bad(person.id or 0, Channel.SMS, "không có số này", published.clock.now())
        page = unescape(office.get(PERSON).text)
        assert "Hiện không gửi được tin cho" in page  # no mail server is set yet
        assert "kênh chưa đặt khóa kết nối" in page
        assert "để riêng từ 08:00 24/3/2026" in page
        assert "không có số này" in unescape(office.get("/kenh-gui").text)
        assert post(office, f"{PERSON}/dung-lai/SMS")[0] == 303
        assert contact(published, Channel.SMS) == ("84987654321", False)
        assert post(office, f"{PERSON}/bo/SMS")[0] == 303
        assert contact(published, Channel.SMS) == ("", False)

    @pytest.mark.parametrize(
        ("fields", "field"),
        [({"dia_chi": "xin chào"}, "dia-chi"), ({"thu_tu": "đầu"}, "thu-tu"), ({"kenh": "KHONG-CO"}, "kenh")],
    )
    def test_keep_what_was_typed_when_they_are_refused(
        self, browse: Browse, fields: dict[str, str], field: str
    ) -> None:
        typed = {"kenh": "SMS", "dia_chi": "0987654321", "thu_tu": "2"} | fields
        status, page = post(browse("vp.thuongtruc1"), PERSON, **typed)
        assert status == 422
        assert f'id="{field}-wrong"' in page
        assert f'value="{typed["dia_chi"]}"' in page

    def test_of_an_administrator_are_the_administrators_to_change(self, browse: Browse) -> None:
        office = browse("vp.thuongtruc1")
        page = office.get("/danh-ba/nguoi/quantri").text
        assert 'action="/danh-ba/nguoi/quantri' not in page
        assert post(office, "/danh-ba/nguoi/quantri", kenh="MAIL", dia_chi="khac@so.example")[0] == 409
        assert post(browse("quantri"), "/danh-ba/nguoi/quantri", kenh="SMS", dia_chi="0987654321")[0] == 303

    def test_are_nobodys_else(self, browse: Browse) -> None:
        for user in ("gdmn.daumoi", "gdmn.truong", "giamdoc"):
            assert browse(user).get(PERSON).status_code == 403
