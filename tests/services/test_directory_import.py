"""Units, groups and people of a file: added, corrected, never deleted; all of them or none."""

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest

from cchc_tasks.adapters.directory_file import DirectoryFile
from cchc_tasks.bootstrap import Application
from cchc_tasks.domain.access import LOCAL_ADMINISTRATOR, Actor
from cchc_tasks.domain.directory import PersonSeed, UnitSeed
from cchc_tasks.domain.directory_rows import DirectoryRows, PersonRow, UnitRow
from cchc_tasks.domain.errors import DirectoryFileUnknown, NoRight
from cchc_tasks.domain.vocabulary import Channel, ReminderState, Role, UnitKind
from cchc_tasks.services.directory_import import Imported, import_directory
from cchc_tasks.services.open_obligations import open_obligations
from tests.conftest import CHECKOUT, actor_of
from tests.journeys.chain import import_text, publish

TODAY = date(2026, 4, 1)
PLAN = (
    "KẾ HOẠCH cải cách hành chính năm 2026\n\n"
    "Nhiệm vụ\tSản phẩm\tThời gian\tĐơn vị chủ trì\tĐơn vị phối hợp\n"
    "1. Báo cáo của trường\tBáo cáo\tHằng quý\tCác trường THPT\t\n"
)
SCHOOL = UnitRow(
    "Bảng đơn vị, dòng 2",
    UnitSeed("THPT-MOI", "Trường THPT Mới", UnitKind.SUBORDINATE, "SGDDT", ("THPT Mới",)),
    ("Các trường THPT",),
)
HEAD = PersonRow(
    "Bảng người dùng, dòng 2", PersonSeed("thpt-moi.truong", "Lê Thị Mới", Role.HEAD, "THPT-MOI", "moi@so.example")
)


@dataclass(frozen=True)
class Given:
    """A reader that gives these rows."""

    rows: DirectoryRows

    def read(self, path: Path) -> DirectoryRows:
        return self.rows


def taken_in(
    app: Application, rows: DirectoryRows, *, dry_run: bool = False, actor: Actor = LOCAL_ADMINISTRATOR
) -> Imported:
    return import_directory(
        app.database,
        Given(rows),
        Path("danh-ba.xlsx"),
        dry_run=dry_run,
        actor=actor,
        today=TODAY,
        now=app.clock.now(),
    )


def directory_of(app: Application) -> list[tuple[object, ...]]:
    with app.database.read() as uow:
        units = uow.directory.units()
        people = uow.work.people(list(units))
        members = uow.directory.memberships(TODAY)
        return [*((one.code, one.name, one.parent_id) for one in units.values()), *map(str, people), *members.items()]


class TestNewSchool:
    def test_joins_its_group_today_and_its_people_hear_from_then_on(self, app: Application, tmp_path: Path) -> None:
        publish(app, import_text(app, tmp_path, PLAN).plan_id, date(2026, 1, 5))
        before = directory_of(app)
        seen = taken_in(app, DirectoryRows((SCHOOL,), (), (HEAD,)), dry_run=True)
        assert directory_of(app) == before
        done = taken_in(app, DirectoryRows((SCHOOL,), (), (HEAD,)))
        assert done.words == seen.words
        assert done.words[0] == (
            "Thêm đơn vị THPT-MOI: Trường THPT Mới (đơn vị trực thuộc, thuộc SGDDT, nhóm Các trường THPT)"
        )
        open_obligations(app.database, on=TODAY, horizon_months=13, actor=LOCAL_ADMINISTRATOR, now=app.clock.now())
        with app.database.read() as uow:
            unit = uow.directory.unit_with_code("THPT-MOI")
            assert uow.directory.named("THPT Mới") is unit
            owed = [one for one, _ in uow.obligations.listing([unit.id or 0])]
            assert [one.due_on for one in owed] == [date(2026, 6, 30), date(2026, 9, 30), date(2026, 12, 31)]
        late_comer = PersonRow("Dòng 3", PersonSeed("thpt-moi.daumoi", "Hồ Văn Sau", Role.FOCAL, "THPT-MOI"))
        assert taken_in(app, DirectoryRows((), (), (late_comer,))).replanned == 3
        with app.database.read() as uow:
            planned = [one for one in uow.obligation_page.rungs(owed[0].id or 0) if one.state is ReminderState.PLANNED]
            assert "Hồ Văn Sau" in {one.person for one in planned}

    def test_taken_in_twice_changes_nothing(self, app: Application) -> None:
        rows = DirectoryRows((SCHOOL,), (), (HEAD,))
        taken_in(app, rows)
        before = directory_of(app)
        assert taken_in(app, rows) == Imported(())
        assert directory_of(app) == before


class TestAddress:
    def test_that_the_file_corrects_is_used_again_in_its_place(self, app: Application) -> None:
        taken_in(app, DirectoryRows((SCHOOL,), (), (HEAD,)))
        with app.database.write(app.clock.now()) as uow:
            person = uow.people.with_user(HEAD.seed.user).id or 0
            uow.contacts.set(person, Channel.MAIL, "moi@so.example", 3)
            uow.contacts.mark_bad(person, Channel.MAIL, "550 5.1.1", app.clock.now())
        corrected = PersonRow(HEAD.where, replace(HEAD.seed, mail="le.moi@so.example"))
        taken_in(app, DirectoryRows((SCHOOL,), (), (corrected,)))
        with app.database.read() as uow:
            contact = uow.contacts.on(person, Channel.MAIL)
        assert contact
        assert (contact.address, contact.bad_since, contact.rank) == ("le.moi@so.example", None, 3)


class TestWrongRow:
    def test_is_told_of_with_every_other_and_nothing_is_kept(self, app: Application) -> None:
        people = (
            ("Dòng 2", PersonSeed("gdmn.truong", "Bùi Thanh Sơn", Role.HEAD, "KHONG-CO")),
            ("Dòng 3", PersonSeed("Có Dấu", "A", Role.FOCAL, "TCCB", "a@b")),
            ("Dòng 4", PersonSeed("x.moi", "B", Role.FOCAL, "TCCB")),
            ("Dòng 5", PersonSeed("x.moi", "B", Role.FOCAL, "TCCB")),
        )
        units = (
            UnitRow("Dòng 2", UnitSeed("MOI-1", "Phòng TCCB", UnitKind.DEPARTMENT, "KHONG-CO"), ("nhóm lạ",)),
            UnitRow("Dòng 3", UnitSeed("SO-2", "Sở thứ hai", UnitKind.AUTHORITY)),
            UnitRow("Dòng 4", UnitSeed("SGDDT", "Sở Giáo dục và Đào tạo tỉnh Sông Lam", UnitKind.AUTHORITY, "VP")),
        )
        before = directory_of(app)
        rows = DirectoryRows(units, (), tuple(PersonRow(*one) for one in people), ("Dòng 9: thiếu mã.",))
        assert taken_in(app, rows).wrongs == (
            "Dòng 9: thiếu mã.",
            "Dòng 2: không có đơn vị cấp trên “KHONG-CO”.",
            "Dòng 2: tên gọi “Phòng TCCB” đã thuộc “TCCB”.",
            "Dòng 2: không có nhóm “nhóm lạ”.",
            "Dòng 3: Sở chỉ có một và không đổi loại.",
            "Dòng 4: đơn vị “SGDDT” nằm trong vòng cấp trên, cấp dưới.",
            "Dòng 5: tài khoản “x.moi” đã ghi ở Dòng 4.",
            "Dòng 2: không có đơn vị “KHONG-CO” đang hoạt động.",
            "Dòng 3: tài khoản “Có Dấu” phải là chữ thường không dấu, chữ số, dấu chấm, gạch.",
            "Dòng 3: địa chỉ thư “a@b” không đúng.",
        )
        assert directory_of(app) == before

    def test_would_leave_the_office_without_its_secretariat(self, app: Application) -> None:
        names = ("vp.thuongtruc1", "vp.thuongtruc2", "vp.thuongtruc3")
        rows = tuple(PersonRow("Dòng 2", PersonSeed(one, one, Role.OFFICER, "VP")) for one in names)
        assert taken_in(app, DirectoryRows((), (), rows)).wrongs == (
            "Phải còn ít nhất một người có vai trò thường trực CCHC.",
        )


class TestRight:
    def test_to_make_an_administrator_is_that_of_managing_users(self, app: Application) -> None:
        row = PersonRow("Dòng 2", PersonSeed("vp.thuongtruc1", "Trần Quốc Dũng", Role.ADMINISTRATOR, "VP"))
        with pytest.raises(NoRight):
            taken_in(app, DirectoryRows((), (), (row,)), actor=actor_of(app, "vp.thuongtruc1"))


class TestFile:
    def test_in_the_shape_of_units_toml_matches_the_directory_filled_from_it(self, app: Application) -> None:
        rows = DirectoryFile(app.reader).read(CHECKOUT / "config" / "units.toml")
        assert taken_in(app, rows) == Imported(())

    def test_with_tables_gives_rows_and_says_what_cannot_be_read(self, app: Application, tmp_path: Path) -> None:
        units, people = tmp_path / "don-vi.csv", tmp_path / "nguoi.csv"
        units.write_text(
            "Mã,Tên,Loại,Cấp trên,Tên khác,Nhóm\n"
            "THPT-MOI,Trường THPT Mới,Đơn vị trực thuộc,SGDDT,THPT Mới,Các trường THPT\n"
            "P-MOI,Phòng Mới,phòng ban,SGDDT,,\n",
            encoding="utf-8",
        )
        people.write_text(
            "Tài khoản,Họ tên,Vai trò,Đơn vị,Thư điện tử\n"
            "thpt-moi.truong,Lê Thị Mới,Trưởng đơn vị,THPT-MOI,moi@so.example\n"
            "x.moi,,chuyên viên,TCCB,\n",
            encoding="utf-8",
        )
        read = [DirectoryFile(app.reader).read(one) for one in (units, people)]
        assert (read[0].units, read[1].people) == ((SCHOOL,), (HEAD,))
        assert read[0].wrongs[0].startswith("Bảng đơn vị, dòng 3: loại “phòng ban” không thuộc: Sở, phòng, ")
        assert read[1].wrongs == ("Bảng người dùng, dòng 3: thiếu họ tên.",)

    def test_without_such_a_table_is_refused(self, app: Application, tmp_path: Path) -> None:
        file = tmp_path / "khac.csv"
        file.write_text("STT,Nội dung,Ghi chú\n1,Rà soát,không\n2,Kiểm tra,không\n", encoding="utf-8")
        with pytest.raises(DirectoryFileUnknown):
            DirectoryFile(app.reader).read(file)
