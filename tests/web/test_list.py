"""The list of obligations: found by words with and without diacritics, filtered by the address, a unit sees its own."""

import re
from html import unescape

import pytest
import sqlalchemy as sa

from cchc_tasks.bootstrap import Application
from cchc_tasks.demo.show import fill_demo
from tests.web.conftest import Browse, statements


def titles(page: str) -> list[str]:
    """The rows' titles, without the duty's number before them."""
    found = re.findall(r'<a class="plain clamp"[^>]*>(.*?)</a>', page, re.DOTALL)
    return [unescape(re.sub(r"<[^>]+>", "", one)).partition(". ")[2].strip() for one in found]


class TestSearch:
    def test_finds_the_same_with_and_without_diacritics_and_case(self, browse: Browse) -> None:
        client = browse("vp.thuongtruc1")
        found = [
            titles(client.get("/nhiem-vu", params={"tim": text}).text)
            for text in ("Báo cáo", "bao cao", "BAO   CÁO", "cáo báo")
        ]
        assert found[0]
        assert all("áo cáo" in title or "cáo" in title.lower() for title in found[0])
        assert found[0] == found[1] == found[2] == found[3]

    def test_takes_percent_signs_and_underscores_as_they_are(self, browse: Browse) -> None:
        client = browse("vp.thuongtruc1")
        assert titles(client.get("/nhiem-vu", params={"tim": "_____"}).text) == []
        every = titles(client.get("/nhiem-vu", params={"tim": "100%"}).text)
        assert every
        assert all("100%" in title for title in every)

    def test_takes_a_quarter_for_a_quarter(self, browse: Browse) -> None:
        found = titles(browse("vp.thuongtruc1").get("/nhiem-vu", params={"tim": "báo cáo quý I"}).text)
        assert found
        assert not any("quý II" in title or "quý IV" in title for title in found)


class TestFilters:
    def test_combine_and_are_each_taken_away_by_a_link(self, browse: Browse) -> None:
        client = browse("vp.thuongtruc1")
        page = client.get("/nhiem-vu", params={"thang": "2026-03", "don-vi": "TCCB", "tinh-trang": "tat-ca"}).text
        assert titles(page)
        assert all("/3/2026" in row or "không có" in row for row in re.findall(r"<tr>\s*<td.*?</td>", page, re.DOTALL))
        assert 'href="/nhiem-vu?don-vi=TCCB&amp;tinh-trang=tat-ca"' in page

    def test_that_do_not_exist_are_said_and_left_out(self, browse: Browse) -> None:
        client = browse("vp.thuongtruc1")
        whole = titles(client.get("/nhiem-vu").text)
        for query, words in (
            ({"tinh-trang": "lung-tung"}, "tình trạng “lung-tung”"),
            ({"don-vi": "KHONG-CO"}, "đơn vị “KHONG-CO”"),
            ({"thang": "2026-13"}, "tháng “2026-13”"),
            ({"linh-vuc": "Không có"}, "lĩnh vực “Không có”"),
            ({"trang": "-7"}, ""),
        ):
            page = client.get("/nhiem-vu", params=query)
            assert page.status_code == 200
            assert words in unescape(page.text)
            assert titles(page.text) == whole
            assert 'class="tags"' not in page.text  # what is left out is no condition to take away

    def test_empty_results_say_what_to_do(self, browse: Browse) -> None:
        page = browse("vp.thuongtruc1").get("/nhiem-vu", params={"tim": "không có việc nào như thế"}).text
        assert "Không có việc nào khớp" in page


class TestPages:
    def test_hold_everything_once(self, browse: Browse) -> None:
        client = browse("vp.thuongtruc1")
        first = client.get("/nhiem-vu", params={"tinh-trang": "tat-ca"}).text
        count = int(re.findall(r"([\d.]+) việc theo kỳ</h1>", first)[0].replace(".", ""))
        assert count > 100
        seen: list[str] = []
        for number in range(1, -(-count // 100) + 1):
            page = client.get("/nhiem-vu", params={"tinh-trang": "tat-ca", "trang": number}).text
            seen += re.findall(r'href="/nhiem-vu/(\d+)"', page)
        assert len(seen) == len(set(seen)) == count


class TestUnits:
    def test_see_what_they_lead_and_nothing_else(self, browse: Browse, published: Application) -> None:
        client = browse("gdmn.daumoi")
        mine = re.findall(r'href="/nhiem-vu/(\d+)"', client.get("/nhiem-vu", params={"tinh-trang": "tat-ca"}).text)
        with published.database.read() as uow:
            unit = uow.directory.unit_with_code("GDMN").id or 0
            assert sorted(map(int, mine)) == sorted(one.id or 0 for one, _ in uow.obligations.listing([unit]))
        foreign = client.get("/nhiem-vu", params={"don-vi": "KH-TC", "tinh-trang": "tat-ca"}).text
        assert titles(foreign) == []


@pytest.mark.parametrize("path", ["/nhiem-vu?tinh-trang=tat-ca", "/tong-quan"])
def test_asks_the_database_no_more_often_for_more_rows(browse: Browse, published: Application, path: str) -> None:
    client = browse("vp.thuongtruc1")
    few = statements(published, lambda: client.get(path))
    with published.database.engine.execution_options(cchc_writes=True).begin() as connection:
        connection.execute(sa.text("UPDATE plan SET file_sha256 = 'x'"))
    fill_demo(published, published.today())
    many = statements(published, lambda: client.get(path))
    assert few <= many <= few + 2  # one more plan to read
