"""Lượt gửi: what can be done with a message stands on its page, is asked for first, and says what becomes of it."""

import re
from html import unescape

import pytest
from starlette.testclient import TestClient

from cchc_tasks.bootstrap import Application
from cchc_tasks.domain.vocabulary import Channel, DeliveryKind, DeliveryState, Fault, Known
from cchc_tasks.web.app import create_app
from tests.services.deliveries import MORNING, kept, made, made_for_all, states
from tests.web.conftest import HOST, Browse

AGAIN = {"fault": Fault.AGAIN, "answer": "451 4.7.1 try again later", "accepted": False}
OFFICE = "vp.thuongtruc1"


def words(text: str) -> str:
    """A page's text alone."""
    main = text[text.index("<main") : text.index("</main>")]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())


def post(client: TestClient, path: str, **fields: object) -> tuple[int, str]:
    """Post a form of ours; gives the status and where it leads, or what the page says."""
    data = {"csrf": client.headers["X-Test-Csrf"]} | {name.replace("_", "-"): str(one) for name, one in fields.items()}
    answer = client.post(path, data=data)
    return answer.status_code, answer.headers.get("location") or words(answer.text)


class TestLog:
    def test_says_what_became_of_each_in_words(self, browse: Browse, published: Application) -> None:
        now = published.clock.now()
        made(published, DeliveryState.DEAD, user="tccb.daumoi", tries=(AGAIN,) * 10)
        made(published, DeliveryState.SENT, user="khtc.daumoi", sent_at=now, known=Known.ACCEPTED)
        made(published, DeliveryState.DEFERRED, user="vp.daumoi", channel=Channel.ZALO, next_at=now, tries=(AGAIN,))
        page = words(browse("kiemtra").get("/luot-gui").text)
        assert "1 đã bỏ cuộc" in page
        assert "Đã thử 10 lần không được, cần xem. Máy chủ thư chưa nhận." in page
        assert "Máy chủ thư đã nhận lúc 08:00, chưa biết đã đến hay chưa." in page
        assert "Kênh Zalo (theo số điện thoại) chưa nhận, sẽ gửi lại lúc 08:00." in page

    def test_keeps_to_a_channel_and_to_what_was_given_up(self, browse: Browse, published: Application) -> None:
        dead = made(published, DeliveryState.DEAD, channel=Channel.ZALO_BOT)
        made(published, DeliveryState.DEAD, user="khtc.daumoi")
        made(published, DeliveryState.SENT, user="vp.daumoi", channel=Channel.ZALO_BOT)
        page = browse(OFFICE).get("/luot-gui?kenh=zalo-bot&tinh-trang=bo-cuoc").text
        assert re.findall(r'href="/luot-gui/(\d+)"', page) == [str(dead)]
        assert "Không có kênh “khong-co”" in unescape(browse(OFFICE).get("/luot-gui?kenh=khong-co").text)

    def test_marks_what_came_back_and_leads_to_where_its_person_is_reached(
        self, browse: Browse, published: Application
    ) -> None:
        now = published.clock.now()
        back = made(published, DeliveryState.SENT, sent_at=now, known=Known.RETURNED, known_at=now)
        made(published, DeliveryState.SENT, user="khtc.daumoi", sent_at=now, known=Known.ACCEPTED)
        client = browse(OFFICE)
        assert "1 bị trả lại" in words(client.get("/luot-gui").text)
        log = client.get("/luot-gui?tinh-trang=tra-lai").text
        assert re.findall(r'href="/luot-gui/(\d+)"', log) == [str(back)]
        row = log.split("<tbody>")[1]
        assert "mark trouble" in row
        assert "mark done" not in row
        link = '<a href="/danh-ba/nguoi/tccb.daumoi?kenh=MAIL">sửa nơi nhận'
        assert link in client.get(f"/luot-gui/{back}").text
        assert link not in browse("kiemtra").get(f"/luot-gui/{back}").text

    def test_finds_at_once_whatever_goes_no_further_by_itself(self, browse: Browse, published: Application) -> None:
        states = (DeliveryState.FAILED, DeliveryState.DEAD, DeliveryState.DEFERRED)
        users = ("tccb.daumoi", "khtc.daumoi", "vp.daumoi")
        ids = [made(published, state, user=user) for state, user in zip(states, users, strict=True)]
        log = browse(OFFICE).get("/luot-gui?tinh-trang=khong-gui-duoc").text
        assert {int(one) for one in re.findall(r'href="/luot-gui/(\d+)"', log)} == set(ids[:2])
        assert "/luot-gui/nhieu" not in log  # a deed for many is about one state


class TestOne:
    def test_names_channel_reference_tries_and_the_one_in_its_place(
        self, browse: Browse, published: Application
    ) -> None:
        bad = {"fault": Fault.BAD_ADDRESS, "answer": "-118 Zalo account not existed", "accepted": False}
        cut_off = {"ended_at": None}
        first = made(published, DeliveryState.FAILED, channel=Channel.ZALO, tries=(cut_off, bad))
        second = made(published, DeliveryState.SENT, instead_of_id=first, provider_reference="abc-1", text="Kính gửi")
        client = browse("kiemtra")
        page = words(client.get(f"/luot-gui/{first}").text)
        assert f"lượt số {second} qua thư điện tử" in page
        assert f"20260324-digest-{first}" in page
        assert "Lượt chạy dừng giữa chừng, chưa rõ tin đã đi hay chưa." in page
        assert "Địa chỉ không có người nhận; đã đánh dấu, cần sửa nơi nhận." in page
        page = words(client.get(f"/luot-gui/{second}").text)
        assert f"Gửi thay cho lượt số {first}" in page
        assert "mã của bên nhận: abc-1" in page

    def test_offers_only_what_is_possible_and_to_those_who_may(self, browse: Browse, published: Application) -> None:
        dead = made(published, DeliveryState.DEAD)
        offered = re.compile(rf'action="/luot-gui/{dead}/([a-z-]+)"')
        assert offered.findall(browse(OFFICE).get(f"/luot-gui/{dead}").text) == ["thu-lai", "huy"]
        assert offered.findall(browse("kiemtra").get(f"/luot-gui/{dead}").text) == []


class TestDeeds:
    @pytest.mark.parametrize(
        ("state", "slug", "after", "told"),
        [
            (DeliveryState.SENT, "gui-lai", DeliveryState.PLANNED, "Đã cho gửi lại"),
            (DeliveryState.DEAD, "thu-lai", DeliveryState.PLANNED, "Đã cho thử lại ngay"),
            (DeliveryState.DEFERRED, "huy", DeliveryState.CANCELLED, "mốc sau của từng việc vẫn nhắc đúng ngày"),
        ],
    )
    def test_are_done_told_and_kept_by_name(
        self,
        browse: Browse,
        published: Application,
        state: DeliveryState,
        slug: str,
        after: DeliveryState,
        told: str,
    ) -> None:
        one = made(published, state, text="Kính gửi" if state is DeliveryState.SENT else None)
        client = browse(OFFICE)
        assert post(client, f"/luot-gui/{one}/{slug}") == (303, f"/luot-gui/{one}?da={slug}")
        assert kept(published, one).state is after
        page = words(client.get(f"/luot-gui/{one}?da={slug}").text)
        assert told in page
        assert "Đã làm với lượt này 1 08:00 24/3/2026 Trần Quốc Dũng" in page

    def test_that_came_too_late_say_why_on_the_page_as_it_is(self, browse: Browse, published: Application) -> None:
        one = made(published, DeliveryState.CANCELLED)
        status, page = post(browse(OFFICE), f"/luot-gui/{one}/thu-lai")
        assert status == 409
        assert "Không thử lại ngay được lượt gửi “đã hủy”." in page
        assert "Chưa có gì thay đổi." in page

    def test_of_somebody_who_may_not_change_nothing(self, browse: Browse, published: Application) -> None:
        one = made(published, DeliveryState.DEAD)
        for slug in ("gui-lai", "thu-lai", "huy"):
            assert post(browse("kiemtra"), f"/luot-gui/{one}/{slug}")[0] == 403
        foreign = TestClient(create_app(published), base_url=HOST, follow_redirects=False, headers={"Origin": HOST})
        foreign.cookies = browse(OFFICE).cookies
        assert foreign.post(f"/luot-gui/{one}/huy", data={"csrf": "x"}).status_code == 403
        assert kept(published, one).state is DeliveryState.DEAD


class TestMany:
    def test_are_seen_with_their_count_before_it_is_done(self, browse: Browse, published: Application) -> None:
        ids = made_for_all(published, DeliveryState.DEAD)
        client = browse(OFFICE)
        log = unescape(client.get("/luot-gui?tinh-trang=bo-cuoc&ngay=24/3/2026").text)
        link = "/luot-gui/nhieu?viec=huy&ngay=2026-03-24&tinh-trang=bo-cuoc"
        assert f'href="{link}"' in log
        page = client.get(link).text
        assert f"Hủy {len(ids)} lượt gửi “đã bỏ cuộc”?" in words(page)
        assert page.count("<tr>") == 21  # the head and the newest twenty
        fields = dict(re.findall(r'name="([a-z-]+)" value="([^"]*)"', page))
        made(published, DeliveryState.DEAD, channel=Channel.ZALO)  # one more than was seen
        del fields["csrf"]
        status, said = post(client, "/luot-gui/nhieu", **fields)
        assert (status, f"nay có {len(ids) + 1} lượt khớp" in said) == (409, True)
        assert set(states(published, ids)) == {DeliveryState.DEAD}
        status, where = post(client, "/luot-gui/nhieu", **fields | {"da-xem": len(ids) + 1})
        assert status == 303
        assert set(states(published, ids)) == {DeliveryState.CANCELLED}
        assert f"Đã hủy {len(ids) + 1} lượt gửi" in words(client.get(where).text)

    def test_that_do_not_exist_are_no_page(self, browse: Browse) -> None:
        client = browse(OFFICE)
        for query in ("", "?viec=gui-lai&tinh-trang=da-gui", "?viec=huy", "?viec=huy&tinh-trang=loi&kenh=x"):
            assert client.get(f"/luot-gui/nhieu{query}").status_code == 404
        assert "Không có lượt gửi nào khớp" in client.get("/luot-gui/nhieu?viec=huy&tinh-trang=loi").text


class TestCeiling:
    @pytest.fixture
    def published(self, published: Application) -> Application:
        """A morning of more messages than may go out unseen."""
        object.__setattr__(published, "settings", published.settings.model_copy(update={"batch_ceiling": 5}))
        made_for_all(published)
        made(published, user="vp.daumoi", kind=DeliveryKind.ALERT)
        return published

    def test_is_told_with_what_waits_and_passed_by_a_button(self, browse: Browse, published: Application) -> None:
        client = browse(OFFICE)
        text = client.get("/luot-gui").text
        page = words(text)
        found = re.search(r"Sáng 24/3/2026 có (\d+) thư chờ gửi, quá mức 5 đã đặt. Xem qua rồi bấm Cho gửi.", page)
        assert found
        assert text.count('href="/mau-thu/xem?nguoi=') == 5
        assert "Thư nhắc buổi sáng, phòng" in page
        seen = re.findall(r'name="da-xem" value="(\d+)"', text)
        assert seen == [found[1]]
        assert post(client, "/luot-gui/cho-gui", ngay=MORNING.isoformat(), da_xem=1)[0] == 409
        status, where = post(client, "/luot-gui/cho-gui", ngay=MORNING.isoformat(), da_xem=found[1])
        assert status == 303
        page = words(client.get(where).text)
        assert f"Đã cho gửi {found[1]} thư đang chờ" in page
        assert "quá mức" not in page

    def test_is_seen_but_not_passed_by_who_only_looks(self, browse: Browse, published: Application) -> None:
        client = browse("kiemtra")
        page = client.get("/luot-gui").text
        assert "quá mức 5 đã đặt" in page
        assert "/luot-gui/cho-gui" not in page
        assert post(client, "/luot-gui/cho-gui", ngay=MORNING.isoformat(), da_xem=99)[0] == 403
