"""Nộp báo cáo in a browser: everything at once, or said beside the field with nothing lost."""

import re

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from cchc_tasks.bootstrap import Application
from cchc_tasks.domain.vocabulary import Outcome, Stage
from cchc_tasks.services.show_obligation import ObligationPage, show_obligation
from cchc_tasks.services.verify_evidence import Decision, verify_evidence
from tests.conftest import actor_of
from tests.services.conftest import lines_of
from tests.web.conftest import Browse

FOCAL, OFFICE = "khtc.daumoi", "vp.thuongtruc1"
PDF = ("bao-cao.pdf", b"%PDF-1.7\n%noi dung\n%%EOF", "application/pdf")
GOOD = {"van-ban": "12/BC-KHTC ngày 23/3/2026", "khong-mat": "1"}


@pytest.fixture
def duty(published: Application) -> int:
    """An obligation of the finance department alone."""
    return lines_of(published, "24")[0].id


def seen(app: Application, obligation_id: int) -> ObligationPage:
    return show_obligation(
        app.database, obligation_id, on=app.today(), answer_working_days=3, actor=actor_of(app, FOCAL)
    )


def send(client: TestClient, obligation_id: int, fields: dict[str, str], *files: tuple[str, bytes, str]) -> Response:
    return client.post(
        f"/nhiem-vu/{obligation_id}/nop",
        data={"csrf": client.headers["X-Test-Csrf"], **fields},
        files=[("tep", one) for one in files] or [("tep", ("", b"", "application/octet-stream"))],
    )


def hidden(text: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', text)
    assert found, name
    return found[1]


class TestSuccess:
    def test_keeps_everything_and_says_what_happens_next(
        self, browse: Browse, published: Application, duty: int
    ) -> None:
        client = browse(FOCAL)
        fields = GOOD | {"lien-ket": "https://songlam.example/a", "ghi-chu": "gửi kèm"}
        answer = send(client, duty, fields, PDF)
        assert answer.status_code == 303
        after = client.get(answer.headers["location"]).text
        assert "Đã nộp lần 1" in after
        assert "chậm nhất thứ Sáu 27/3/2026" in after
        page = seen(published, duty)
        assert page.obligation.stage is Stage.SUBMITTED
        assert [item.text for item in page.handings[0].items] == [
            "12/BC-KHTC ngày 23/3/2026",
            "https://songlam.example/a",
            "bao-cao.pdf",
        ]

    def test_on_behalf_of_a_unit_counts_from_the_day_the_paper_arrived(
        self, browse: Browse, published: Application, duty: int
    ) -> None:
        client = browse(OFFICE)
        assert "Nhập thay" in client.get(f"/nhiem-vu/{duty}").text
        answer = send(client, duty, GOOD | {"don-vi": "KH-TC", "ngay-nhan": "20/3/2026"})
        assert answer.status_code == 303
        handing = seen(published, duty).handings[0]
        assert (handing.row.on_behalf, handing.row.received_on.day, handing.unit) == (
            True,
            20,
            "Phòng Kế hoạch - Tài chính",
        )


class TestMistakes:
    def test_are_said_beside_the_field_with_every_word_kept(self, browse: Browse, duty: int) -> None:
        answer = send(browse(FOCAL), duty, {"van-ban": "12/BC-KHTC", "ghi-chu": "lần đầu", "khong-mat": "1"})
        assert answer.status_code == 422
        assert 'href="#van-ban"' in answer.text
        assert 'id="van-ban-wrong"' in answer.text
        assert ">12/BC-KHTC</textarea>" in answer.text
        assert ">lần đầu</textarea>" in answer.text

    def test_cost_no_second_upload(self, browse: Browse, published: Application, duty: int) -> None:
        client = browse(FOCAL)
        first = send(client, duty, {}, PDF)
        assert first.status_code == 422
        assert "bao-cao.pdf" in first.text
        again = GOOD | {"kept": hidden(first.text, "kept"), "so-tep-giu": hidden(first.text, "so-tep-giu")}
        assert send(client, duty, again).status_code == 303
        assert "bao-cao.pdf" in [item.text for item in seen(published, duty).handings[0].items]

    def test_let_a_kept_file_be_taken_out(self, browse: Browse, published: Application, duty: int) -> None:
        client = browse(FOCAL)
        first = send(client, duty, {}, PDF)
        again = GOOD | {"kept": hidden(first.text, "kept"), "so-tep-giu": "1", "bo": "0"}
        assert send(client, duty, again, ("bieu.txt", "số liệu".encode(), "text/plain")).status_code == 303
        items = [item.text for item in seen(published, duty).handings[0].items]
        assert "bieu.txt" in items
        assert "bao-cao.pdf" not in items

    def test_keep_files_for_nobody_else(self, browse: Browse, published: Application, duty: int) -> None:
        kept = hidden(send(browse(FOCAL), duty, {}, PDF).text, "kept")
        answer = send(browse("khtc.truong"), duty, GOOD | {"kept": kept, "so-tep-giu": "1"})
        assert answer.status_code == 404
        assert not seen(published, duty).handings

    @pytest.mark.parametrize(
        ("fields", "files", "place"),
        [
            ({"khong-mat": "1"}, (), "tep"),
            (GOOD | {"khong-mat": ""}, (), "khong-mat"),
            (GOOD | {"lien-ket": "songlam.example"}, (), "lien-ket"),
            (GOOD | {"ngay-nhan": "31/6/2026"}, (), "ngay-nhan"),
            (GOOD | {"ngay-nhan": "25/3/2026"}, (), "ngay-nhan"),
            (GOOD, (("chay.exe", b"MZ\x00\x00chuong trinh", "application/pdf"),), "tep"),
            (GOOD, (("mat.txt", "MẬT\nBáo cáo".encode(), "text/plain"),), "tep"),
        ],
    )
    def test_change_nothing(
        self,
        browse: Browse,
        published: Application,
        duty: int,
        fields: dict[str, str],
        files: tuple[tuple[str, bytes, str], ...],
        place: str,
    ) -> None:
        answer = send(browse(FOCAL), duty, fields, *files)
        assert answer.status_code in (409, 422)
        assert f'href="#{place}"' in answer.text
        assert seen(published, duty).obligation.stage is Stage.OPEN

    def test_name_every_file_that_cannot_be_kept(self, browse: Browse, duty: int) -> None:
        files = (
            PDF,
            ("anh.heic", b"\0\0\0\x18ftypheic", "image/heic"),
            ("mat.txt", "MẬT\nvăn bản".encode(), "text/plain"),
        )
        answer = send(browse(FOCAL), duty, GOOD, *files)
        assert "anh.heic" in answer.text
        assert "“mat.txt” có dấu chỉ độ mật" in answer.text
        assert hidden(answer.text, "so-tep-giu") == "1"

    def test_keep_nothing_of_a_document_that_is_marked_secret(
        self, browse: Browse, published: Application, duty: int
    ) -> None:
        send(browse(FOCAL), duty, GOOD, ("mat.txt", "MẬT\nBáo cáo".encode(), "text/plain"))
        assert not list(published.vault.files()) or all(
            "MẬT" not in path.read_text(errors="ignore") for _, path in published.vault.files()
        )


class TestForeignAndFinished:
    def test_work_of_another_unit_is_refused(self, browse: Browse, duty: int) -> None:
        client = browse("gdmn.daumoi")
        assert client.get(f"/nhiem-vu/{duty}/nop").status_code == 403
        assert send(client, duty, GOOD).status_code == 403

    def test_what_was_verified_meanwhile_says_so_and_loses_nothing(
        self, browse: Browse, published: Application, duty: int
    ) -> None:
        client = browse(FOCAL)
        send(client, duty, GOOD)
        verify_evidence(
            published.database,
            seen(published, duty).handings[0].row.evidence_id,
            Decision(Outcome.ACCEPTED),
            actor=actor_of(published, OFFICE),
            today=published.today(),
            now=published.clock.now(),
            supplement_working_days=3,
        )
        late = send(client, duty, GOOD | {"ghi-chu": "gửi thêm"}, PDF)
        assert late.status_code == 409
        assert "hoàn thành" in late.text
        assert ">gửi thêm</textarea>" in late.text
        assert "bao-cao.pdf" in late.text
        assert len(seen(published, duty).handings) == 1
