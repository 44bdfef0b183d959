"""Answering by a link of a message: exactly one obligation, by the button alone, for those without a password."""

import logging
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from httpx2 import Response
from sqlmodel import SQLModel
from starlette.testclient import TestClient

from cchc_tasks.bootstrap import Application
from cchc_tasks.domain.access import LOCAL_ADMINISTRATOR
from cchc_tasks.domain.vocabulary import Outcome, Role, Stage
from cchc_tasks.models.outbox import Reminder
from cchc_tasks.services.show_obligation import ObligationPage, show_obligation
from cchc_tasks.services.submit_evidence import Handed, submit_evidence
from cchc_tasks.services.verify_evidence import Decision, verify_evidence
from cchc_tasks.web.app import create_app
from tests.conftest import StandingClock, actor_of
from tests.making.answer_links import answer_link
from tests.services.conftest import decide, lines_of
from tests.web.conftest import HOST, Browse
from tests.web.gates import first_password

FOCAL, HEAD, OFFICE = "khtc.daumoi", "khtc.truong", "vp.thuongtruc1"
PDF = ("bao-cao.pdf", b"%PDF-1.7\n%noi dung\n%%EOF", "application/pdf")
GOOD = {"van-ban": "12/BC-KHTC ngày 23/3/2026", "khong-mat": "1"}


@dataclass
class Door:
    """A browser without a session, and the ways to a link and to what stands behind it."""

    app: Application
    client: TestClient
    obligation_id: int

    def link(self, user: str = FOCAL) -> str:
        made = self.link_or_none(user)
        assert made
        return made

    def link_or_none(self, user: str) -> str | None:
        with self.app.database.read() as uow:
            person_id = uow.people.with_user(user).id or 0
        return answer_link(self.app, self.obligation_id, person_id, self.app.today())

    def hand_in(self, link: str, fields: dict[str, str], *files: tuple[str, bytes, str]) -> Response:
        sent = [("tep", one) for one in files] or [("tep", ("", b"", "application/octet-stream"))]
        return self.client.post(f"{link}/nop", data=fields, files=sent)

    def seen(self) -> ObligationPage:
        return show_obligation(
            self.app.database,
            self.obligation_id,
            on=self.app.today(),
            answer_working_days=3,
            actor=actor_of(self.app, HEAD),
        )

    def change(self, work: Callable[[Any], None]) -> None:
        with self.app.database.write(self.app.clock.now()) as uow:
            work(uow)


@pytest.fixture
def door(published: Application) -> Iterator[Door]:
    """Before an obligation of the finance department alone, on Tuesday 24 March 2026."""
    web = create_app(published)
    with TestClient(web, base_url=HOST, follow_redirects=False, headers={"Origin": HOST}) as client:
        yield Door(published, client, lines_of(published, "24")[0].id)


def whole(app: Application) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table."""
    with app.database.engine.connect() as connection:
        return {
            name: sorted((tuple(row) for row in connection.execute(sa.select(table))), key=repr)
            for name, table in SQLModel.metadata.tables.items()
        }


class TestOpening:
    def test_shows_what_is_wanted_by_when_and_from_which_document(self, door: Door) -> None:
        answer = door.client.get(door.link())
        page = door.seen()
        assert answer.status_code == 200
        assert page.title in answer.text
        assert page.plan in answer.text
        assert "Đã tiếp nhận</button>" in answer.text
        assert ">Nộp báo cáo</a>" in answer.text

    def test_leads_nowhere_but_to_its_own_form(self, door: Door) -> None:
        link = door.link()
        place = link.removeprefix(HOST)
        for shown in (link, f"{link}/nop"):
            text = door.client.get(shown).text
            reached = set(re.findall(r'(?:href|action)="([^"]+)"', text))
            assert {one for one in reached if not one.startswith(("/static/", "#"))} <= {
                place,
                f"{place}/nop",
                f"{place}/tiep-nhan",
            }

    def test_begins_no_session_and_uses_none(self, door: Door, browse: Browse) -> None:
        assert "set-cookie" not in door.client.get(door.link()).headers
        signed_in = browse(OFFICE)
        text = signed_in.get(door.link()).text
        assert "Đăng xuất" not in text
        assert signed_in.headers["X-Test-Csrf"] not in text

    def test_is_kept_out_of_caches_search_and_other_sites_logs(self, door: Door) -> None:
        for place in (door.link(), f"{door.link()}x"):
            headers = door.client.get(place).headers
            assert headers["cache-control"] == "no-store"
            assert headers["x-robots-tag"] == "noindex, nofollow"
            assert headers["referrer-policy"] == "same-origin"

    def test_names_the_files_of_others_and_opens_none(self, door: Door) -> None:
        submit_evidence(
            door.app.database,
            door.app.vault,
            door.app.reader,
            [door.obligation_id],
            Handed(references=["12/BC-KHTC ngày 23/3/2026"], links=["https://songlam.example/a"]),
            actor=actor_of(door.app, HEAD),
            today=door.app.today(),
            now=door.app.clock.now(),
        )
        decision = Decision(Outcome.RETURNED_TO_COMPLETE, "thiếu biểu số 2", date(2026, 3, 27))
        decide(door.app, door.seen().handings[0].row.evidence_id, decision)
        text = door.client.get(door.link()).text
        assert "12/BC-KHTC ngày 23/3/2026" in text
        assert "“thiếu biểu số 2”" in text
        assert "hạn bổ sung thứ Sáu 27/3/2026" in text.replace("\xa0", " ")
        assert 'href="https://songlam.example' not in text
        assert "/tai-lieu/" not in text

    def test_of_a_whole_morning_changes_nothing(self, door: Door) -> None:
        door.app.remind(date(2026, 3, 24), LOCAL_ADMINISTRATOR)
        links = morning_links(door.app)
        assert len(links) >= 50
        before = whole(door.app)
        for link in links:
            assert door.client.head(link).status_code == 200
            assert door.client.get(link).status_code == 200
            door.client.get(f"{link}/nop")
        for below in ("nop", "tiep-nhan"):
            door.client.head(f"{links[0]}/{below}")
            door.client.get(f"{links[0]}/{below}")
        assert whole(door.app) == before
        new = next(link for link in links if "Đã tiếp nhận</button>" in door.client.get(link).text)
        assert door.client.post(f"{new}/tiep-nhan").status_code == 303
        assert whole(door.app) != before


def morning_links(app: Application) -> list[str]:
    """A link for everybody without a password and every obligation in the morning's messages."""
    with app.database.engine.connect() as connection:
        said = connection.execute(
            sa.select(Reminder.obligation_id, Reminder.person_id).where(Reminder.fire_on <= app.today()).distinct()
        ).all()
    made = [answer_link(app, obligation, person, app.today()) for obligation, person in said]
    return [link for link in made if link]


class TestActing:
    def test_acknowledges_in_the_persons_name_and_says_that_it_was_by_link(self, door: Door) -> None:
        link = door.link()
        answer = door.client.post(f"{link}/tiep-nhan")
        assert (answer.status_code, answer.headers["location"]) == (303, f"{link.removeprefix(HOST)}?da-tiep-nhan")
        assert "Đã tiếp nhận</b>" in door.client.get(answer.headers["location"]).text
        page = door.seen()
        assert page.obligation.stage is Stage.ACKNOWLEDGED
        assert page.journal[0].words == "tiếp nhận qua đường dẫn trong thư nhắc"
        assert page.journal[0].by == actor_of(door.app, FOCAL).name

    def test_hands_in_with_files(self, door: Door) -> None:
        answer = door.hand_in(door.link(), GOOD, PDF)
        assert answer.status_code == 303
        text = door.client.get(answer.headers["location"]).text
        assert "Đã nộp lần 1" in text
        assert "/nop" not in text  # it is the secretariat's turn
        handing = door.seen().handings[0]
        assert (handing.row.submitted_by, handing.row.on_behalf) == (FOCAL, False)
        assert [item.text for item in handing.items] == ["12/BC-KHTC ngày 23/3/2026", "bao-cao.pdf"]
        assert "qua đường dẫn trong thư nhắc" in door.seen().journal[0].words

    def test_loses_nothing_by_a_mistake(self, door: Door) -> None:
        link = door.link()
        first = door.hand_in(link, {"ghi-chu": "lần đầu", "don-vi": "GDMN"}, PDF)
        assert first.status_code == 422
        assert ">lần đầu</textarea>" in first.text
        kept = re.search(r'name="kept" value="([^"]+)"', first.text)
        assert kept
        assert door.hand_in(link, GOOD | {"kept": kept[1], "so-tep-giu": "1"}).status_code == 303
        assert "bao-cao.pdf" in [item.text for item in door.seen().handings[0].items]

    def test_twice_tells_how_it_stands(self, door: Door) -> None:
        link = door.link()
        door.client.post(f"{link}/tiep-nhan")
        again = door.client.post(f"{link}/tiep-nhan")
        assert again.status_code == 409
        assert "đang ở trạng thái “đã tiếp nhận”" in again.text

    def test_works_from_no_other_site(self, door: Door) -> None:
        door.client.headers["Origin"] = "http://other.example"
        assert "form-foreign" in door.client.post(f"{door.link()}/tiep-nhan").text
        assert "form-foreign" in door.hand_in(door.link(), GOOD, PDF).text
        assert door.seen().obligation.stage is Stage.OPEN

    def test_refuses_the_same_files_as_a_signed_in_page(self, door: Door) -> None:
        answer = door.hand_in(door.link(), GOOD, ("chay.exe", b"MZ\x00\x00chuong trinh", "application/pdf"))
        assert answer.status_code == 422
        assert "chay.exe" in answer.text
        assert door.seen().obligation.stage is Stage.OPEN


class TestRefusing:
    @pytest.fixture
    def refused(self, door: Door) -> Callable[[str, int, str], str]:
        """Asks for every page and deed of a link and sees that each is refused alike, and nothing done."""

        def ask(link: str, status: int, code: str) -> str:
            answers = [
                door.client.get(link),
                door.client.get(f"{link}/nop"),
                door.client.post(f"{link}/tiep-nhan"),
                door.hand_in(link, GOOD, PDF),
            ]
            assert {(one.status_code, f">{code}</span>" in one.text) for one in answers} == {(status, True)}
            assert door.seen().obligation.stage is Stage.OPEN
            return answers[0].text

        return ask

    def test_of_a_forged_link(self, door: Door, refused: Callable[[str, int, str], str]) -> None:
        link = door.link()
        refused(link.replace(f"/{door.obligation_id}.", f"/{door.obligation_id + 1}."), 403, "answer-link-wrong")

    def test_of_an_old_link(self, door: Door, clock: StandingClock, refused: Callable[[str, int, str], str]) -> None:
        link = door.link()
        clock.moment += timedelta(days=45)
        assert door.client.get(link).status_code == 200
        clock.moment += timedelta(days=1)
        assert "08/5/2026" in refused(link, 410, "answer-link-expired")

    def test_of_a_link_from_before_other_units_led(self, door: Door, refused: Callable[[str, int, str], str]) -> None:
        link = door.link()
        door.change(lambda uow: setattr(uow.obligations.locked(door.obligation_id), "lead_version", 2))
        refused(link, 410, "answer-link-revoked")
        assert door.client.get(door.link()).status_code == 200

    @pytest.mark.parametrize(("name", "value"), [("active", False), ("unit_id", 1), ("role", Role.LEADER)])
    def test_of_a_link_whose_person_left(
        self, door: Door, refused: Callable[[str, int, str], str], name: str, value: object
    ) -> None:
        link = door.link()
        door.change(lambda uow: setattr(uow.people.with_user(FOCAL), name, value))
        refused(link, 403, "answer-link-not-theirs")
        assert door.link_or_none(FOCAL) is None

    def test_of_a_link_whose_person_has_a_password_now(
        self, door: Door, refused: Callable[[str, int, str], str]
    ) -> None:
        link = door.link()
        first_password(door.app, FOCAL)
        text = refused(link, 403, "answer-link-needs-account")
        assert f'href="/nhiem-vu/{door.obligation_id}"' in text
        assert door.link_or_none(FOCAL) is None

    def test_of_any_button_once_it_is_done(self, door: Door) -> None:
        link = door.link()
        door.hand_in(link, GOOD)
        verify_evidence(
            door.app.database,
            door.seen().handings[0].row.evidence_id,
            Decision(Outcome.ACCEPTED),
            actor=actor_of(door.app, OFFICE),
            today=door.app.today(),
            now=door.app.clock.now(),
            supplement_working_days=3,
        )
        shown = door.client.get(link)
        assert shown.status_code == 200
        assert "hoàn thành" in shown.text
        assert "<form" not in shown.text
        assert "/nop" not in shown.text
        assert door.client.get(f"{link}/nop").headers["location"] == link.removeprefix(HOST)
        assert door.client.post(f"{link}/tiep-nhan").status_code == 409
        assert door.hand_in(link, GOOD).status_code == 409


class TestMaking:
    def test_goes_round_nobodys_password_or_second_factor(self, door: Door) -> None:
        assert door.link_or_none(HEAD)
        first_password(door.app, HEAD)
        assert door.link_or_none(HEAD) is None
        assert door.link_or_none(OFFICE) is None  # has to have a second factor, and leads nothing here

    def test_is_for_lead_units_alone(self, door: Door) -> None:
        with door.app.database.read() as uow:
            users = [line.user for line in uow.people.lines()]
        made = {user for user in users if door.link_or_none(user)}
        assert made == {user for user in users if user.startswith("khtc.")}


class TestGuessing:
    def test_rests_after_five_wrong_links_from_one_address(self, door: Door, clock: StandingClock) -> None:
        link = door.link()
        for _ in range(5):
            assert door.client.get(f"{link}x").status_code == 403
        locked = door.client.get(f"{link}x")
        assert locked.status_code == 429
        assert "Mở lại được từ 08:01 ngày 24/3/2026." in locked.text
        clock.moment += timedelta(minutes=1)
        assert door.client.get(f"{link}x").status_code == 403

    def test_keeps_out_nobody_with_a_right_link(self, door: Door) -> None:
        link = door.link()
        for _ in range(6):
            door.client.get(f"{link}x")
        before = whole(door.app)
        assert door.client.get(f"{link}x").status_code == 429
        assert whole(door.app) == before  # guessing on writes nothing
        assert door.client.get(link).status_code == 200

    def test_is_forgotten_once_somebody_acted(self, door: Door) -> None:
        link = door.link()
        for _ in range(4):
            door.client.get(f"{link}x")
        door.client.post(f"{link}/tiep-nhan")
        door.client.get(f"{link}x")
        assert door.client.get(f"{link}x").status_code == 403

    def test_locks_no_sign_in(self, door: Door) -> None:
        for _ in range(6):
            door.client.get(f"{door.link()}x")
        said = door.client.post("/dang-nhap", data={"nguoi-dung": "quantri", "mat-khau": "x"})
        assert said.status_code == 422


class TestSecret:
    def test_is_written_nowhere(self, door: Door, caplog: pytest.LogCaptureFixture) -> None:
        link = door.link()
        signature = link.rpartition(".")[2]
        caplog.set_level(logging.DEBUG)
        door.client.post(f"{link}/tiep-nhan")
        door.hand_in(link, {}, PDF)  # kept until it is right
        door.hand_in(link, GOOD, PDF)
        assert signature not in repr(whole(door.app))
        ours = [one for one in caplog.records if not one.name.startswith("httpx")]  # the test's own browser tells all
        assert not [one for one in ours if signature in one.getMessage()]
