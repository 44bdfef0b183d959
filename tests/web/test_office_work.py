"""Điều hành and the menu: the office's pages are listed by right, found back from each, and counted."""

import re
from html import unescape

from tests.web.conftest import Browse

OFFICE, ADMINISTRATOR, LEADER, INSPECTOR = "vp.thuongtruc1", "quantri", "giamdoc", "kiemtra"
CURRENT = re.compile(r'<a [^>]*aria-current="(\w+)">([^<]+)')


def menu_of(browse: Browse, user: str, path: str) -> str:
    page = unescape(browse(user).get(path).text)
    return page[page.index('<nav class="menu"') : page.index("</nav>")]


class TestOfficePages:
    def test_are_listed_with_what_they_are_for(self, browse: Browse) -> None:
        page = unescape(browse(OFFICE).get("/dieu-hanh").text)
        assert "Không có đề xuất đôn đốc. Không có đề nghị gia hạn." in page
        assert 'href="/don-doc"' in page
        assert "Thư đã gửi, thư chưa gửi được và lý do" in page

    def test_are_left_out_where_the_right_is_missing(self, browse: Browse) -> None:
        page = browse(ADMINISTRATOR).get("/dieu-hanh").text
        assert 'href="/mo-phong"' in page
        assert 'href="/don-doc"' not in page
        assert 'href="/gia-han"' not in page
        assert browse(LEADER).get("/dieu-hanh").status_code == 403

    def test_lead_back_and_stand_in_the_menu(self, browse: Browse) -> None:
        for path in ("/gia-han", "/lich", "/mau-thu/nhom", "/danh-ba/thay-doi/doi-ten", "/luot-gui"):
            assert '<a href="/dieu-hanh">Điều hành</a> ›' in unescape(browse(OFFICE).get(path).text)
            assert CURRENT.findall(menu_of(browse, OFFICE, path)) == [("true", "Điều hành")]

    def test_are_shown_to_readers_without_a_way_to_them_all(self, browse: Browse) -> None:
        assert "/dieu-hanh" not in browse(INSPECTOR).get("/luot-gui").text
        assert CURRENT.findall(menu_of(browse, INSPECTOR, "/luot-gui")) == [("page", "Lượt gửi")]


class TestPhoneMenu:
    def test_leaves_nothing_out_but_a_demos_letter_box(self, browse: Browse) -> None:
        for user in (OFFICE, ADMINISTRATOR, LEADER, INSPECTOR, "khtc.truong", "khtc.daumoi"):
            left_out = re.findall(r'class="minor" href="([^"]+)"', menu_of(browse, user, "/tai-khoan"))
            assert set(left_out) <= {"/thu-mau"}
