"""Gửi vào nhóm Zalo: the text is seen, the secretariat presses, the page says what happens; others have no button."""

from html import unescape

import pytest

from cchc_tasks.bootstrap import Application
from cchc_tasks.domain.vocabulary import DeliveryKind, DeliveryState
from tests.services.deliveries import kept
from tests.services.test_post_to_group import GROUP, UNITS, connect
from tests.web.conftest import Browse
from tests.web.gates import hidden
from tests.web.test_calendar import post

PAGE, POST = f"/mau-thu/nhom?nhom={UNITS}", "/mau-thu/nhom/gui"


@pytest.fixture
def published(published: Application) -> Application:
    """An office whose account is connected."""
    connect(published.database)
    return published


class TestPosting:
    def test_hands_over_what_was_seen_and_says_when_it_goes(self, browse: Browse, published: Application) -> None:
        office = browse("vp.thuongtruc1")
        page = unescape(office.get(PAGE).text)
        assert page.count('class="button primary"') == 1
        assert "trong giờ 07:00 – 18:00 của ngày làm việc" in page
        status, page = post(office, POST, nhom=UNITS, ma_nhom=GROUP, da_xem=hidden(page, "da-xem"))
        assert status == 303
        assert "Tin chờ gửi vào nhóm Zalo" in page
        number = int(page.split('href="/luot-gui/', 1)[1].split('"', 1)[0])
        found = kept(published, number)
        assert (found.state, found.kind, found.recipient) == (DeliveryState.PLANNED, DeliveryKind.GROUP, GROUP)
        assert f'value="{GROUP}"' in page  # remembered
        assert found.text
        assert found.text in unescape(office.get(f"/luot-gui/{number}").text).replace("\r\n", "\n")
        status, page = post(office, POST, nhom=UNITS, ma_nhom="nhom-khac-2", da_xem=hidden(page, "da-xem"))
        assert (status, "đã gửi một tin vào nhóm Zalo" in page) == (409, True)
        assert 'value="nhom-khac-2"' in page

    @pytest.mark.parametrize(
        ("fields", "status", "said"),
        [
            ({"ma_nhom": "<b>"}, 422, "không phải là mã nhóm Zalo"),
            ({"da_xem": "khac"}, 409, "Nội dung tin đã khác"),
            ({"nhom": "khong-co"}, 404, "khong-co"),
            ({"nhom": "cac-don-vi-truc-thuoc"}, 409, "không có việc quá hạn"),
        ],
    )
    def test_that_is_refused_keeps_what_was_typed(
        self, browse: Browse, fields: dict[str, str], status: int, said: str
    ) -> None:
        office = browse("vp.thuongtruc1")
        seen = hidden(office.get(PAGE).text, "da-xem")
        answer, page = post(office, POST, **{"nhom": UNITS, "ma_nhom": GROUP, "da_xem": seen} | fields)
        assert (answer, said in page) == (status, True)

    def test_is_for_todays_text_and_a_channel_that_works(self, browse: Browse, published: Application) -> None:
        office = browse("vp.thuongtruc1")
        assert "Chỉ gửi được tin tính đến hôm nay" in unescape(office.get(f"{PAGE}&ngay=23/3/2026").text)
        with published.database.write(published.clock.now()) as uow:
            uow.secrets.remove("zalo-tokens")  # type: ignore[arg-type]
        page = unescape(office.get(PAGE).text)
        assert "Chưa gửi được từ đây" in page
        assert POST not in page
        status, page = post(office, POST, nhom=UNITS, ma_nhom=GROUP, da_xem="")
        assert status == 409

    def test_is_no_other_roles_and_no_other_sites(self, browse: Browse) -> None:
        admin = browse("quantri")
        assert POST not in admin.get(PAGE).text
        assert post(admin, POST, nhom=UNITS, ma_nhom=GROUP)[0] == 403
        office = browse("vp.thuongtruc1")
        assert office.post(POST, data={"nhom": UNITS, "ma-nhom": GROUP}).status_code == 403
