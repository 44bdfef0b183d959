"""Tạm vắng: the office sees everybody, a head the own unit; who hears instead is said at once."""

from html import unescape

import pytest

from cchc_tasks.bootstrap import Application
from tests.web.conftest import Browse
from tests.web.test_calendar import post

DAYS = {"tu": "25/3/2026", "den": "31/3/2026"}


class TestRecording:
    def test_says_who_hears_instead_and_lists_it(self, browse: Browse) -> None:
        status, page = post(browse("vp.thuongtruc1"), "/tam-vang", nguoi="gdmn.daumoi", **DAYS)
        assert status == 303
        assert "tạm vắng từ 25/3/2026 đến 31/3/2026" in page
        assert "Người nhận thay: " in page
        assert "Hôm nay không có ai tạm vắng" in page

    @pytest.mark.parametrize(
        ("fields", "field"),
        [
            ({"nguoi": "khong.co"}, "nguoi"),
            ({"tu": "hôm nay"}, "tu"),
            ({"den": "24/3/2026"}, "den"),
            ({"thay": "gdmn.daumoi"}, "thay"),
            ({"thay": "khong.co"}, "thay"),
        ],
    )
    def test_keeps_what_was_typed_when_it_is_refused(self, browse: Browse, fields: dict[str, str], field: str) -> None:
        typed = {"nguoi": "gdmn.daumoi", **DAYS} | fields
        status, page = post(browse("vp.thuongtruc1"), "/tam-vang", **typed)
        assert status in (404, 409, 422)
        assert f'id="{field}-wrong"' in page
        assert f'value="{typed["nguoi"]}"' in page

    def test_of_another_unit_is_refused_to_a_head_who_sees_the_own_only(self, browse: Browse) -> None:
        head = browse("gdmn.truong")
        assert post(head, "/tam-vang", nguoi="gdth.daumoi", **DAYS)[0] == 403
        assert post(head, "/tam-vang", nguoi="gdmn.daumoi", **DAYS)[0] == 303
        post(browse("vp.thuongtruc1"), "/tam-vang", nguoi="gdth.daumoi", **DAYS)
        page = unescape(head.get("/tam-vang").text)
        assert page.count("Kết thúc lần tạm vắng của") == 1
        assert 'value="gdth.daumoi"' not in page


class TestEnding:
    def test_gives_the_person_their_mail_back(self, browse: Browse, published: Application) -> None:
        client = browse("vp.thuongtruc1")
        post(client, "/tam-vang", nguoi="gdmn.daumoi", tu="23/3/2026", den="31/3/2026")
        with published.database.read() as uow:
            number = next(iter(uow.absences.listing(published.today()))).absence.id
        assert "1 người đang tạm vắng" in unescape(client.get("/tam-vang").text)
        status, page = post(client, f"/tam-vang/{number}/ket-thuc")
        assert status == 303
        assert "Đã kết thúc lần tạm vắng" in page
        assert "Chưa ghi lần tạm vắng nào" in page
        assert post(client, f"/tam-vang/{number}/ket-thuc")[0] == 409
