"""How far rights reach: a foreign id is refused however it was come by, and nobody raises themselves."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from cchc_tasks.adapters.directory_file import DirectoryFile
from cchc_tasks.bootstrap import Application
from cchc_tasks.domain.access import LOCAL_ADMINISTRATOR, RIGHTS, Action, Actor, Scope
from cchc_tasks.domain.directory import PersonSeed
from cchc_tasks.domain.directory_rows import DirectoryRows, PersonRow
from cchc_tasks.domain.errors import NoRight, PersonOfOtherUnit, StageForbids, StandInUnsuitable, UnitNeeded
from cchc_tasks.domain.vocabulary import DirectoryDeed, Outcome, Role
from cchc_tasks.services.acknowledge_obligation import acknowledge_obligation
from cchc_tasks.services.add_absence import NewAbsence, add_absence
from cchc_tasks.services.add_duty import NewDuty, add_duty
from cchc_tasks.services.ask_extension import ask_extension
from cchc_tasks.services.ask_input import Asking, ask_input
from cchc_tasks.services.decide_input import decide_input
from cchc_tasks.services.directory_checking import WantedChange
from cchc_tasks.services.directory_import import Imported, import_directory
from cchc_tasks.services.directory_record import record_change
from cchc_tasks.services.end_absence import end_absence
from cchc_tasks.services.name_person import name_person, unname_person
from cchc_tasks.services.read_evidence_file import read_evidence_file
from cchc_tasks.services.sessions import find_session, start_session
from cchc_tasks.services.show_inside_unit import show_inside_unit
from cchc_tasks.services.show_obligation import show_obligation
from cchc_tasks.services.submit_evidence import Handed, submit_evidence
from cchc_tasks.services.verify_evidence import Decision
from tests.conftest import actor_of
from tests.services.conftest import NOON, TODAY

LEAD, LEAD_HEAD, OFFICE = "khtc.daumoi", "khtc.truong", "vp.thuongtruc1"
ASKED, ASKED_HEAD = "gdmn.daumoi", "gdmn.truong"
STRANGERS = ("qlcl.truong", "qlcl.daumoi", "giamdoc", "kiemtra", "quantri")
LATER = date(2026, 4, 20)
READING = {
    Action.SEE_PLANS,
    Action.SEE_OBLIGATIONS,
    Action.SEE_OVERVIEW,
    Action.SEE_EVIDENCE,
    Action.SEE_DELIVERIES,
    Action.SEE_DIRECTORY,
}


@pytest.fixture
def parent(published: Application) -> int:
    """What the finance department owes by 20 April, with the office of staff to help it."""
    new = NewDuty("Báo cáo", "5/UBND-VX", date(2026, 3, 20), ["KH-TC"], LATER, cooperating=["TCCB"])
    return add_duty(published.database, new, actor=LOCAL_ADMINISTRATOR, today=TODAY, now=NOON).obligation_ids[0]


def ask(app: Application, parent: int) -> int:
    asking = Asking("GDMN", "Số liệu", date(2026, 4, 10))
    return ask_input(app.database, parent, asking, actor=actor_of(app, LEAD), today=TODAY, now=NOON)


def hand_in(app: Application, obligation_id: int, actor: Actor, *files: Path) -> int:
    handed = Handed(references=["12/BC-KHTC ngày 23/3/2026"], files=files)
    return submit_evidence(
        app.database, app.vault, app.reader, [obligation_id], handed, actor=actor, today=TODAY, now=NOON
    )


def deeds(app: Application, parent: int, asked: int, absence: int) -> dict[str, Callable[[Actor], object]]:
    """Everything a unit does with its own work, on work of the finance department."""
    db, asking, away = app.database, Asking("TCCB", "x", LATER), NewAbsence(LEAD, TODAY, TODAY)
    accept = Decision(Outcome.ACCEPTED)
    return {
        "see": lambda by: show_obligation(db, parent, on=TODAY, answer_working_days=3, actor=by),
        "look inside": lambda by: show_inside_unit(db, parent, on=TODAY, actor=by),
        "acknowledge": lambda by: acknowledge_obligation(db, parent, actor=by, now=NOON),
        "hand in": lambda by: hand_in(app, parent, by),
        "assign": lambda by: name_person(db, parent, LEAD, actor=by, today=TODAY, now=NOON),
        "take back": lambda by: unname_person(db, parent, LEAD, actor=by, today=TODAY, now=NOON),
        "ask": lambda by: ask_input(db, parent, asking, actor=by, today=TODAY, now=NOON),
        "decide": lambda by: decide_input(
            db, asked, accept, actor=by, today=TODAY, now=NOON, supplement_working_days=3
        ),
        "ask for days": lambda by: ask_extension(
            db, parent, until=date(2026, 5, 20), why="x", actor=by, today=TODAY, now=NOON
        ),
        "be away": lambda by: add_absence(db, away, actor=by, on=TODAY, now=NOON),
        "be back": lambda by: end_absence(db, absence, actor=by, on=TODAY, now=NOON),
    }


class TestForeignWork:
    def test_is_out_of_reach_by_its_number(self, published: Application, parent: int) -> None:
        away = NewAbsence(LEAD_HEAD, TODAY, TODAY)
        absence = add_absence(published.database, away, actor=LOCAL_ADMINISTRATOR, on=TODAY, now=NOON).number
        asked = ask(published, parent)
        hand_in(published, asked, actor_of(published, ASKED))
        before = journal(published)
        allowed = {"giamdoc": {"see", "look inside"}, "kiemtra": {"see", "look inside"}}
        allowed["quantri"] = {"see", "look inside", "be away", "be back"}
        for user in (*STRANGERS, ASKED, ASKED_HEAD):
            for name, deed in deeds(published, parent, asked, absence).items():
                if name in allowed.get(user, ()):
                    continue
                with pytest.raises(NoRight):
                    deed(actor_of(published, user))
        assert journal(published) == before

    def test_is_not_seen_by_who_was_asked_for_input_to_it(
        self, published: Application, parent: int, tmp_path: Path
    ) -> None:
        file = tmp_path / "bao-cao.txt"
        file.write_text("của riêng phòng", encoding="utf-8")
        ask(published, parent)
        hand_in(published, parent, actor_of(published, LEAD), file)
        with published.database.read() as uow:
            revision = uow.evidence.last_revision(uow.evidence.latest_for(parent) or 0)
            item = next(one for one in uow.evidence.items(revision.id or 0) if one.sha256)
        for user in (ASKED, ASKED_HEAD, "tccb.daumoi", "qlcl.truong"):
            with pytest.raises(NoRight):
                read_evidence_file(published.database, published.vault, item.id or 0, actor=actor_of(published, user))


class TestVault:
    def test_takes_no_file_for_what_is_not_awaited(self, published: Application, parent: int, tmp_path: Path) -> None:
        file = tmp_path / "bao-cao.txt"
        file.write_text("gửi lại lần nữa", encoding="utf-8")
        hand_in(published, parent, actor_of(published, LEAD))
        with pytest.raises(StageForbids):
            hand_in(published, parent, actor_of(published, LEAD), file)
        assert list(published.vault.files()) == []


class TestOwnUnit:
    def test_has_no_people_of_others(self, published: Application, parent: int) -> None:
        head = actor_of(published, LEAD_HEAD)
        with pytest.raises(PersonOfOtherUnit):
            name_person(published.database, parent, ASKED, actor=head, today=TODAY, now=NOON)
        for stranger in (ASKED, "giamdoc", "quantri"):
            away = NewAbsence(LEAD, TODAY, TODAY, stranger)
            with pytest.raises(StandInUnsuitable):
                add_absence(published.database, away, actor=head, on=TODAY, now=NOON)


class TestReaders:
    @pytest.mark.parametrize("role", [Role.LEADER, Role.INSPECTOR])
    def test_change_nothing(self, role: Role) -> None:
        held = {action for action, roles in RIGHTS.items() if roles.get(role, Scope.NOTHING) is not Scope.NOTHING}
        assert held <= READING


class TestSecretariat:
    def test_gives_nobody_its_own_rights(self, published: Application) -> None:
        office = actor_of(published, OFFICE)
        for user, unit in (("vp.daumoi", "VP"), ("nguoi.moi", "VP")):
            with pytest.raises(NoRight):
                taken_in(published, PersonSeed(user, "Người Mới", Role.SECRETARIAT, unit), office)
        own = taken_in(published, PersonSeed(OFFICE, "Tên Mới", Role.SECRETARIAT, "VP"), office)
        assert len(own.words) == 1  # a name may be corrected
        assert taken_in(published, PersonSeed("vp.daumoi", "x", Role.SECRETARIAT, "VP"), LOCAL_ADMINISTRATOR).words

    def test_disables_no_administrator_with_a_unit(self, published: Application) -> None:
        with published.database.write(NOON) as uow:
            uow.people.with_user("quantri").unit_id = uow.directory.unit_with_code("GDMN").id or 0
        wanted = WantedChange(DirectoryDeed.CLOSE, ("GDMN",), TODAY, "5/QĐ", why="x")
        with pytest.raises(UnitNeeded):
            record_change(published.database, wanted, today=TODAY, actor=actor_of(published, OFFICE), now=NOON)
        assert actor_of(published, "quantri").role is Role.ADMINISTRATOR

    def test_whoever_gets_another_role_signs_in_anew(self, published: Application) -> None:
        with published.database.write(NOON) as uow:
            person_id = uow.people.with_user("vp.daumoi").id or 0
            token = start_session(uow, person_id, complete=True, lasting=timedelta(days=7), now=NOON)
        idle = timedelta(hours=8)
        taken_in(published, PersonSeed("vp.daumoi", "Tên Mới", Role.FOCAL, "VP"), LOCAL_ADMINISTRATOR)
        assert find_session(published.database, token, idle=idle, now=NOON)
        taken_in(published, PersonSeed("vp.daumoi", "Tên Mới", Role.SECRETARIAT, "VP"), LOCAL_ADMINISTRATOR)
        assert find_session(published.database, token, idle=idle, now=NOON) is None


class TestRow:
    def test_with_a_name_longer_than_any_is_refused(self, app: Application, tmp_path: Path) -> None:
        file = tmp_path / "nguoi.csv"
        file.write_text(f"Tài khoản,Họ tên,Vai trò,Đơn vị\nx.moi,{'x' * 301},chuyên viên,TCCB\n", encoding="utf-8")
        read = DirectoryFile(app.reader).read(file)
        assert (read.people, read.wrongs) == ((), ("Bảng người dùng, dòng 2: họ tên dài quá 300 ký tự.",))


class Given:
    """Rows as if they were of a file."""

    def __init__(self, *people: PersonSeed) -> None:
        self._rows = DirectoryRows((), (), tuple(PersonRow("Dòng 2", one) for one in people))

    def read(self, _path: Path) -> DirectoryRows:
        return self._rows


def taken_in(app: Application, person: PersonSeed, actor: Actor) -> Imported:
    path = Path("danh-ba.csv")
    return import_directory(app.database, Given(person), path, dry_run=False, actor=actor, today=TODAY, now=NOON)


def journal(app: Application) -> list[str]:
    with app.database.read() as uow:
        return [one.action for one in uow.journal.entries()]
