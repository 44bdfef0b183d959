"""Each kind of message from a real application: what a unit, its head, the secretariat and the leaders read."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from cchc_tasks.bootstrap import Application
from cchc_tasks.domain.access import LOCAL_ADMINISTRATOR
from cchc_tasks.domain.errors import GroupUnknown, GroupWithoutMembers, UserUnknown
from cchc_tasks.domain.vocabulary import Stage
from cchc_tasks.ports import Message
from cchc_tasks.services.add_duty import NewDuty, add_duty
from cchc_tasks.services.ask_extension import ask_extension
from cchc_tasks.services.ask_input import Asking, ask_input
from cchc_tasks.services.composing import Composer
from cchc_tasks.services.decide_follow_ups import release_follow_ups
from cchc_tasks.services.decide_reminders import decide_reminders
from cchc_tasks.services.gathering import gather
from cchc_tasks.services.group_text import group_text
from cchc_tasks.services.name_person import name_person
from cchc_tasks.services.office_matters import office_matters
from cchc_tasks.services.plan_follow_ups import plan_follow_ups
from cchc_tasks.services.preview_reminders import preview_reminders
from cchc_tasks.services.set_message_words import reset_message_words, set_message_words
from cchc_tasks.services.submit_evidence import Handed, submit_evidence
from cchc_tasks.services.weekly_facts import weekly_facts
from tests.conftest import StandingClock, actor_of
from tests.journeys.chain import publish_sample
from tests.services.conftest import NOON, TODAY, drained, lines_of
from tests.services.test_deliver import Postbox

MONDAY = date(2026, 3, 23)
BASE = "http://so.example"


def morning(app: Application, user: str, on: date) -> list[Message]:
    """What a person would get on a day."""
    return preview_reminders(
        app.database,
        app.writer,
        on=on,
        horizon_months=13,
        base_url=BASE,
        actor=LOCAL_ADMINISTRATOR,
        now=NOON,
        user=user,
    )


def due(app: Application, code: str, on: date) -> int:
    """The obligation of a row that is due on a day."""
    return next(line.id for line in lines_of(app, code) if line.due_on == on)


def assigned_from_above(app: Application, due_on: date) -> int:
    """A duty by a công văn of the province, led by the office; gives the obligation."""
    new = NewDuty(
        title="Báo cáo tình hình dạy thêm, học thêm",
        number="12/UBND-VX",
        dated=date(2026, 3, 16),
        leads=["VP"],
        due_on=due_on,
        assigned_by="Ủy ban nhân dân tỉnh",
    )
    made = add_duty(app.database, new, actor=actor_of(app, "vp.thuongtruc1"), today=MONDAY, now=NOON)
    return made.obligation_ids[0]


def submitted(app: Application, user: str, obligation_id: int) -> int:
    """Hand in one obligation on the Monday; gives the evidence."""
    return submit_evidence(
        app.database,
        app.vault,
        app.reader,
        [obligation_id],
        Handed(references=["12/BC-TTr ngày 20/3/2026"]),
        actor=actor_of(app, user),
        today=MONDAY,
        now=NOON,
    )


class TestUnit:
    def test_reads_what_others_ask_of_it_and_what_came_from_above_under_their_documents(
        self, published: Application
    ) -> None:
        asking = Asking("KH-TC", "số liệu chi ngân sách quý I", date(2026, 3, 27))
        report = due(published, "5", date(2026, 3, 31))
        office = actor_of(published, "vp.truong")
        ask_input(published.database, report, asking, actor=office, today=MONDAY, now=NOON)
        (mail,) = morning(published, "khtc.daumoi", TODAY)
        assert "  Văn phòng đề nghị gửi: số liệu chi ngân sách quý I\n" in mail.text
        assert "  Nhiệm vụ: 5. Báo cáo kết quả cải cách hành chính với Sở Nội vụ\n" in mail.text
        assigned_from_above(published, date(2026, 3, 31))
        (mail,) = morning(published, "vp.daumoi", TODAY)
        assert mail.text.count("\nỦy ban nhân dân tỉnh giao, Công văn số 12/UBND-VX\n") == 1

    def test_reads_whom_its_head_assigned_and_until_when(self, published: Application) -> None:
        plan = due(published, "21", date(2026, 3, 31))
        head = actor_of(published, "tccb.truong")
        by = date(2026, 3, 25)
        name_person(published.database, plan, "tccb.chuyenvien", by=by, actor=head, today=MONDAY, now=NOON)
        (mail,) = morning(published, "tccb.chuyenvien", TODAY)
        assert "Trưởng đơn vị giao hoàn thành chậm nhất 25/3/2026" in mail.text
        assert "Phân công" not in mail.text
        (mail,) = morning(published, "tccb.truong", date(2026, 4, 1))
        assert "Phân công: Lê Hải Sơn (chậm nhất 25/3/2026)" in mail.text
        assert "Trưởng đơn vị giao" not in mail.text


class TestLeaders:
    def test_read_the_week_in_one_glance(self, published: Application) -> None:
        assigned_from_above(published, date(2026, 3, 27))
        (mail,) = morning(published, "giamdoc", MONDAY)
        assert mail.subject == "Tuần từ 23/3/2026: 19 việc quá hạn ở 13 đơn vị"
        for fact in (
            "19 việc quá hạn ở 13 đơn vị và 1 việc phải nộp cấp trên trong tháng.",
            "Năm 2026: xong 0 trên 18 việc đã đến hạn. Năm 2025 chưa có số liệu để so sánh.",
            "còn 4 ngày, hạn thứ Sáu 27/3/2026; Ủy ban nhân dân tỉnh giao, Công văn số 12/UBND-VX; Văn phòng chủ trì",
            "2 việc, lâu nhất quá hạn 62 ngày; trưởng đơn vị Dương Xuân Trung",
        ):
            assert fact in mail.text
            assert fact in mail.html.replace("&nbsp;", " ")
        assert f"… và 5 mục khác: {BASE}/tong-quan" in mail.text

    def test_read_what_the_secretariat_released_to_them(self, published: Application) -> None:
        app, office = published, actor_of(published, "vp.thuongtruc1")
        plan_follow_ups(app.database, on=MONDAY, steps=[14], actor=LOCAL_ADMINISTRATOR, now=NOON)
        with app.database.read() as uow:
            report = due(app, "10", date(2026, 3, 5))
            (row,) = [one for one in uow.follow_ups.waiting(MONDAY, limit=60) if one.obligation_id == report]
        release_follow_ups(
            app.database, [row.id], to_leaders=True, as_letter=False, actor=office, today=MONDAY, now=NOON
        )
        (mail,) = morning(app, "phogiamdoc", TODAY)
        assert "VĂN PHÒNG SỞ BÁO CÁO: 1 VIỆC" in mail.text
        assert "Đơn vị: Thanh tra\n  Trưởng đơn vị: Dương Xuân Trung" in mail.text
        assert "CHỜ Ý KIẾN" not in mail.text  # what is said by name is not said again
        with app.database.read() as uow:
            facts = weekly_facts(uow, TODAY)
        assert [one.obligation_id for one in facts.reported.rows] == [report]


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.xdist_group("postgresql"))])
def anywhere(app_on: Callable[[str], Application], tmp_path: Path, request: pytest.FixtureRequest) -> Application:
    """The published sample plan on each kind of database."""
    app = app_on(request.param)
    publish_sample(app, tmp_path)
    return app


class TestSecretariat:
    def test_reads_everything_that_waits_for_it_and_while_nothing_does_that_the_engine_ran(
        self, anywhere: Application
    ) -> None:
        app = anywhere
        with app.database.read() as uow:
            assert office_matters(uow, TODAY).is_empty
        (mail,) = morning(app, "vp.thuongtruc2", TODAY)
        assert mail.subject == "Không có việc mới thứ Ba 24/3/2026: Văn phòng"
        for fact in (
            "Hôm nay không có việc mới chờ Văn phòng Sở.",
            "Hôm qua (thứ Hai 23/3/2026): không có thư nào được gửi.",
            f"{BASE}/luot-gui?ngay=2026-03-23",
        ):
            assert fact in mail.text
            assert fact in mail.html.replace("&nbsp;", " ")
        upward = assigned_from_above(app, date(2026, 4, 3))
        handed = submitted(app, "thanhtra.daumoi", due(app, "10", date(2026, 3, 5)))
        ask_extension(
            app.database,
            due(app, "24", date(2026, 3, 31)),
            until=date(2026, 4, 15),
            why="Chờ hướng dẫn",
            actor=actor_of(app, "khtc.truong"),
            today=MONDAY,
            now=NOON,
        )
        plan_follow_ups(app.database, on=MONDAY, steps=[60], actor=LOCAL_ADMINISTRATOR, now=NOON)
        later = date(2026, 3, 27)
        with app.database.read() as uow:
            matters = office_matters(uow, later)
        assert [(one.evidence_id, one.working_days) for one in matters.to_confirm.rows] == [(handed, 4)]
        assert [one.obligation_id for one in matters.upward.rows] == [upward]
        assert [(one.unit, one.asked_until) for one in matters.requested.rows] == [
            ("Phòng Kế hoạch - Tài chính", date(2026, 4, 15))
        ]
        assert matters.proposed.total == len(matters.proposed.rows) + 8 == 14
        assert matters.unasked.total == 0
        (mail,) = morning(app, "vp.thuongtruc2", later)
        assert f"{BASE}/cho-xac-nhan/{handed}" in mail.text
        assert "Phòng Kế hoạch - Tài chính, xin lùi từ 31/3/2026 đến 15/4/2026" in mail.text

    def test_is_told_each_working_morning_and_of_what_waits_when_it_is_new_and_once_a_week(
        self, published: Application, clock: StandingClock
    ) -> None:
        app = published
        submitted(app, "thanhtra.daumoi", due(app, "10", date(2026, 3, 5)))  # on Tuesday at noon

        def said_on(day: int) -> str:
            """What one of the secretariat really gets on a morning."""
            on = date(2026, 3, day)
            clock.moment = datetime(2026, 3, day, 0, 0, tzinfo=UTC)
            postbox = Postbox()
            decide_reminders(app.database, on=on, actor=LOCAL_ADMINISTRATOR, now=clock.now())
            drained(app, postbox, on)
            (mail,) = [one for one in postbox.messages if one.recipient.startswith("vp.thuongtruc2@")]
            return " ".join(mail.text.split())

        wednesday, thursday = said_on(25), said_on(26)
        assert "Chờ Thường trực CCHC xử lý: 1 báo cáo chờ xác nhận." in wednesday
        assert "CHỜ XÁC NHẬN: 1" in wednesday
        told = "Hôm nay không có việc mới chờ Văn phòng Sở. Vẫn chờ từ trước: 1 báo cáo chờ xác nhận."
        assert told in thursday
        assert "CHỜ XÁC NHẬN" not in thursday
        assert "Hôm qua (thứ Tư 25/3/2026): gửi" in thursday
        ask_extension(
            app.database,
            due(app, "24", date(2026, 3, 31)),
            until=date(2026, 4, 15),
            why="Chờ hướng dẫn",
            actor=actor_of(app, "khtc.truong"),
            today=date(2026, 3, 26),
            now=clock.now() + timedelta(hours=5),
        )
        friday, monday, tuesday = said_on(27), said_on(30), said_on(31)
        for listed in (friday, monday):
            assert "Chờ Thường trực CCHC xử lý: 1 báo cáo chờ xác nhận và 1 đề nghị gia hạn." in listed
        assert "Ngày làm việc trước (thứ Sáu 27/3/2026): gửi" in monday
        assert "Hôm nay không có việc mới" in tuesday

    def test_is_asked_about_conditions_once_their_period_has_ended(self, published: Application) -> None:
        with published.database.read() as uow:
            before = office_matters(uow, date(2026, 12, 31)).unasked
            after = office_matters(uow, date(2027, 1, 4)).unasked
        regular = "Tuyển dụng viên chức đúng quy trình (nếu có chỉ tiêu)"
        assert [(one.title, one.ended_on) for one in before.rows] == [(regular, date(2026, 9, 30))]
        titles = {one.title: one.ended_on for one in after.rows}
        assert titles["Góp ý dự thảo văn bản quy phạm pháp luật (khi có yêu cầu)"] == date(2026, 12, 31)
        assert len(titles) == after.total == 4  # a duty once, however many of its dates have passed


class TestSignedLinks:
    def test_are_sent_and_never_kept(self, published: Application) -> None:
        app = published
        decide_reminders(app.database, on=TODAY, actor=LOCAL_ADMINISTRATOR, now=NOON)
        with app.database.rehearse(NOON) as uow:
            person = uow.directory.person_with_user("khtc.daumoi").id
            (delivery,) = [one for one in uow.outbox.deliveries(TODAY) if one.person_id == person]
            uow.rungs.attach([delivery], TODAY, {})
            composer = Composer(
                uow,
                app.writer,
                on=TODAY,
                base_url=BASE,
                link_for=lambda one, _, reader, __: f"{BASE}/tra-loi/{one.id}.{reader.id}.bi-mat",
            )
            message = composer.compose(uow, gather(uow, [delivery]), delivery)
        assert message is not None
        assert f".{person}.bi-mat" in message.text
        assert f".{person}.bi-mat" in message.html
        kept = message.to_keep()
        assert "bi-mat" not in kept.text + kept.html
        assert kept.text.count(f"{BASE}/nhiem-vu/") == message.text.count("bi-mat") > 0


class TestPreview:
    def test_speaks_in_the_offices_own_words_while_they_hold_and_keeps_nothing(self, published: Application) -> None:
        office = actor_of(published, "vp.thuongtruc1")
        set_message_words(published.database, "digest-closing", "Xin cảm ơn {don_vi}.", actor=office, now=NOON)
        (mail,) = morning(published, "khtc.daumoi", TODAY)
        assert "Xin cảm ơn Phòng Kế hoạch - Tài chính." in mail.text
        reset_message_words(published.database, "digest-closing", actor=office, now=NOON)
        (mail,) = morning(published, "khtc.daumoi", TODAY)
        assert "Xin cảm ơn" not in mail.text
        with published.database.read() as uow:
            assert uow.outbox.deliveries(TODAY) == []
        with pytest.raises(UserUnknown):
            morning(published, "", TODAY)


class TestGroupText:
    def said(self, app: Application, code: str, on: date) -> str:
        return group_text(app.database, code, on=on, base_url=BASE, actor=LOCAL_ADMINISTRATOR).text()

    def test_names_the_units_that_have_not_sent_theirs_and_no_people(self, anywhere: Application) -> None:
        app = anywhere
        june = date(2026, 6, 8)
        lines = [line for line in lines_of(app, "6") if line.due_on == date(2026, 6, 15)]
        sent, returned = lines[0], lines[1]
        with app.database.write(NOON) as uow:
            uow.obligations.get(sent.id).stage = Stage.SUBMITTED
            uow.obligations.get(returned.id).stage = Stage.RETURNED
        text = self.said(app, "cac-don-vi-truc-thuoc", june)
        assert text.startswith("Kính gửi các đơn vị trực thuộc,\nĐến thứ Hai 08/6/2026, còn 1 việc:\n")
        assert "Hạn thứ Hai 15/6/2026 (còn 7 ngày)" in text
        assert f"Chưa gửi, còn {len(lines) - 2} trên {len(lines)} đơn vị: " in text
        assert sent.leads[0] not in text
        assert f"Đã gửi, cần bổ sung: {returned.leads[0]}" in text
        with app.database.read() as uow:
            people = uow.work.people(list(uow.directory.units()))
        assert not [one.name for one in people if one.name in text or one.user in text or (one.mail or "-@") in text]
        assert not self.said(app, "cac-don-vi-truc-thuoc", TODAY)
        with pytest.raises(GroupUnknown):
            self.said(app, "khong-co", TODAY)
        with pytest.raises(GroupWithoutMembers):
            self.said(app, "don-vi-lien-quan", TODAY)
