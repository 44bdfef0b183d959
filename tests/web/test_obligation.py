"""The obligation's page as a browser gets it: verbatim beside reading, rights, acknowledging, files."""

import asyncio
from pathlib import Path

import pytest
from starlette.requests import ClientDisconnect
from starlette.testclient import TestClient

from cchc_tasks.bootstrap import Application
from cchc_tasks.domain.vocabulary import Outcome
from cchc_tasks.services.submit_evidence import Handed, submit_evidence
from cchc_tasks.services.verify_evidence import Decision, verify_evidence
from cchc_tasks.web.session import COOKIE
from tests.conftest import actor_of
from tests.services.conftest import lines_of
from tests.web.conftest import Browse

FOCAL, FOREIGN, OFFICE = "khtc.daumoi", "gdmn.daumoi", "vp.thuongtruc1"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(20)


@pytest.fixture
def duty(published: Application) -> int:
    """An obligation of the finance department alone."""
    return lines_of(published, "24")[0].id


def hand_in(app: Application, obligation_id: int, *files: Path) -> int:
    return submit_evidence(
        app.database,
        app.vault,
        app.reader,
        [obligation_id],
        Handed(files=files, references=["12/BC-KHTC ngày 23/3/2026"], note="<b>gửi kèm</b>"),
        actor=actor_of(app, FOCAL),
        today=app.today(),
        now=app.clock.now(),
    )


def file_ids(client: TestClient, obligation_id: int) -> list[str]:
    text = client.get(f"/nhiem-vu/{obligation_id}").text
    return [piece.split("/")[0] for piece in text.split('href="/tai-lieu/')[1:] if "/xem" not in piece[:20]]


class TestPage:
    def test_sets_the_printed_words_beside_their_reading(self, browse: Browse, duty: int) -> None:
        text = browse(FOCAL).get(f"/nhiem-vu/{duty}").text
        assert "Văn bản giao và cách hiểu" in text
        assert 'class="verbatim"' in text
        assert f'href="/nhiem-vu/{duty}/nop"' in text

    def test_is_refused_to_another_unit_and_unknown_without_an_obligation(self, browse: Browse, duty: int) -> None:
        assert browse(FOREIGN).get(f"/nhiem-vu/{duty}").status_code == 403
        assert browse(FOREIGN).get("/nhiem-vu/999999").status_code == 404

    def test_shows_why_something_came_back_and_escapes_what_people_wrote(
        self, browse: Browse, published: Application, duty: int
    ) -> None:
        verify_evidence(
            published.database,
            hand_in(published, duty),
            Decision(Outcome.RETURNED_TO_COMPLETE, "thiếu <biểu> số 02"),
            actor=actor_of(published, OFFICE),
            today=published.today(),
            now=published.clock.now(),
            supplement_working_days=3,
        )
        text = browse(FOCAL).get(f"/nhiem-vu/{duty}").text
        assert "Nộp bổ sung" in text
        assert "“thiếu &lt;biểu&gt; số 02”" in text
        assert "<b>gửi kèm</b>" not in text

    def test_gives_leaders_nothing_to_press(self, browse: Browse, duty: int) -> None:
        text = browse("giamdoc").get(f"/nhiem-vu/{duty}").text
        assert f"/nhiem-vu/{duty}/nop" not in text
        assert f"/nhiem-vu/{duty}/tiep-nhan" not in text


class TestAcknowledging:
    def test_happens_once_and_says_so_the_second_time(self, browse: Browse, duty: int) -> None:
        client = browse(FOCAL)
        form = {"csrf": client.headers["X-Test-Csrf"]}
        first = client.post(f"/nhiem-vu/{duty}/tiep-nhan", data=form)
        assert first.status_code == 303
        assert "Đã tiếp nhận" in client.get(first.headers["location"]).text
        second = client.post(f"/nhiem-vu/{duty}/tiep-nhan", data=form)
        assert second.status_code == 409
        assert "đã tiếp nhận" in second.text

    def test_is_refused_to_another_unit(self, browse: Browse, duty: int) -> None:
        client = browse(FOREIGN)
        answer = client.post(f"/nhiem-vu/{duty}/tiep-nhan", data={"csrf": client.headers["X-Test-Csrf"]})
        assert answer.status_code == 403


class TestFiles:
    @pytest.fixture
    def kept(self, published: Application, duty: int, tmp_path: Path) -> list[bytes]:
        contents = {
            "Báo cáo quý I.pdf": b"%PDF-1.7 noi dung",
            "anh.png": PNG,
            "ghi chu.txt": "<script>alert(1)</script> đã niêm yết".encode(),
            "bieu.docx": b"PK\x03\x04 khong mo duoc",
        }
        for name, content in contents.items():
            (tmp_path / name).write_bytes(content)
        hand_in(published, duty, *(tmp_path / name for name in contents))
        return list(contents.values())

    def test_come_back_whole_under_their_name(self, browse: Browse, duty: int, kept: list[bytes]) -> None:
        client = browse(OFFICE)
        ids = file_ids(client, duty)
        answers = [client.get(f"/tai-lieu/{one}/bat-ky-ten-nao.pdf") for one in ids]
        assert [answer.content for answer in answers] == kept
        head = answers[0].headers
        assert head["content-disposition"].startswith("attachment; ")
        assert "filename*=UTF-8''B%C3%A1o%20c%C3%A1o%20qu%C3%BD%20I.pdf" in head["content-disposition"]
        assert (head["x-content-type-options"], head["content-type"]) == ("nosniff", "application/octet-stream")
        assert "sandbox" in head["content-security-policy"]

    def test_are_shown_only_where_that_is_harmless(self, browse: Browse, duty: int, kept: list[bytes]) -> None:
        client = browse(FOCAL)
        pdf, png, text, word = (client.get(f"/tai-lieu/{one}/xem") for one in file_ids(client, duty))
        assert [one.headers["content-type"] for one in (pdf, png, text)] == [
            "application/pdf",
            "image/png",
            "text/plain; charset=utf-8",
        ]
        assert "sandbox" in png.headers["content-security-policy"]
        assert "sandbox" not in pdf.headers["content-security-policy"]
        assert all("script-src" not in one.headers["content-security-policy"] for one in (pdf, png, text))
        assert word.status_code == 422

    def test_are_refused_to_another_unit(self, browse: Browse, duty: int, kept: list[bytes]) -> None:
        ids = file_ids(browse(FOCAL), duty)
        for one in ids:
            assert browse(FOREIGN).get(f"/tai-lieu/{one}").status_code == 403
            assert browse(FOREIGN).get(f"/tai-lieu/{one}/xem").status_code == 403
        assert browse(FOCAL).get("/tai-lieu/999999").status_code == 404

    def test_are_closed_when_the_browser_has_gone(
        self, browse: Browse, published: Application, duty: int, kept: list[bytes]
    ) -> None:
        client = browse(FOCAL)
        scope = {
            "type": "http",
            "asgi": {"spec_version": "2.4"},
            "http_version": "1.1",
            "method": "GET",
            "path": f"/tai-lieu/{file_ids(client, duty)[0]}",
            "query_string": b"",
            "headers": [(b"host", b"127.0.0.1:8700"), (b"cookie", f"{COOKIE}={client.cookies[COOKIE]}".encode())],
        }

        async def receive() -> dict[str, object]:
            return {"type": "http.request"}

        async def gone(message: object) -> None:
            raise OSError("the browser has gone")

        with pytest.raises(ClientDisconnect) as held:  # its traceback keeps the answer alive, as a server's log does
            asyncio.run(client.app(scope, receive, gone))
        kept_open = [target for one in Path("/proc/self/fd").iterdir() if "vault" in (target := reading(one))]
        assert held.tb
        assert not kept_open


def reading(descriptor: Path) -> str:
    try:
        return str(descriptor.readlink())
    except FileNotFoundError:
        return ""
