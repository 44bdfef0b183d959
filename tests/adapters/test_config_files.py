"""The config folder as delivered fills an office; a slip of the pen in it is named by file and entry."""

import json
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from cchc_tasks.adapters.config_files import (
    read_directory,
    read_due_soon,
    read_holidays,
    read_ladders,
    read_regimes,
)
from cchc_tasks.domain.directory import DirectorySeed
from cchc_tasks.domain.errors import ConfigInvalid, FileMissing, FileUnreadable
from cchc_tasks.domain.office_calendar import OfficeCalendar
from cchc_tasks.domain.reading.units import read_units, unit_key
from cchc_tasks.domain.vocabulary import Bound, Frequency, Role, UnitKind

CONFIG = Path(__file__).parents[2] / "config"


@pytest.fixture(scope="module")
def directory() -> DirectorySeed:
    return read_directory(CONFIG / "units.toml")


def names(directory: DirectorySeed) -> dict[str, str]:
    """Every name by its key, with the code of the unit or group it means."""
    found = {unit_key(name): unit.code for unit in directory.units for name in (unit.code, unit.name, *unit.aliases)}
    return found | {unit_key(name): group.code for group in directory.groups for name in (group.name, *group.aliases)}


class TestDirectory:
    def test_describes_a_whole_office(self, directory: DirectorySeed) -> None:
        units = Counter(unit.kind for unit in directory.units)
        assert units[UnitKind.DEPARTMENT] >= 8
        assert units[UnitKind.SECTION] >= 3
        assert units[UnitKind.SUBORDINATE] == 12
        assert units[UnitKind.LOWER_TIER] == 2
        roles = Counter(person.role for person in directory.people)
        assert all(roles[role] for role in Role)
        assert roles[Role.SECRETARIAT] >= 3

    def test_gives_every_unit_a_head_and_a_focal_person_who_can_be_written_to(self, directory: DirectorySeed) -> None:
        reached = {(person.unit, person.role) for person in directory.people if person.mail}
        owing = [u.code for u in directory.units if u.kind not in (UnitKind.EXTERNAL, UnitKind.AUTHORITY)]
        assert [code for code in owing if not {(code, Role.HEAD), (code, Role.FOCAL)} <= reached] == []

    def test_writes_to_nobody_outside_the_reserved_domain(self, directory: DirectorySeed) -> None:
        assert {(person.mail or "").partition("@")[2] for person in directory.people} == {"songlam.example"}

    @pytest.mark.parametrize(
        ("printed", "code"),
        [
            ("VP", "VP"),
            ("văn phòng", "VP"),
            ("Văn phòng Sở", "VP"),
            ("phòng TCCB", "TCCB"),
            ("phòng Tổ chức cán bộ", "TCCB"),
            ("KHTC", "KH-TC"),
            ("Phòng KH-TC", "KH-TC"),
            ("TTr", "TTr"),
            ("Tổ CNTT", "CNTT"),
            ("Các phòng CM, NV", "cac-phong-cm-nv"),
            ("Các đơn vị trực thuộc", "cac-don-vi-truc-thuoc"),
            ("Các trường THPT", "cac-truong-thpt"),
            ("cá nhân được phân công", "ca-nhan-duoc-phan-cong"),
        ],
    )
    def test_knows_names_as_plans_write_them(self, directory: DirectorySeed, printed: str, code: str) -> None:
        assert names(directory)[unit_key(printed)] == code

    def test_puts_every_member_of_a_kind_into_a_group_except_those_left_out(self, directory: DirectorySeed) -> None:
        groups = {group.code: set(group.members) for group in directory.groups}
        of_kind = {kind: {unit.code for unit in directory.units if unit.kind is kind} for kind in UnitKind}
        assert groups["cac-don-vi-truc-thuoc"] == of_kind[UnitKind.SUBORDINATE]
        assert groups["cac-bo-phan"] == of_kind[UnitKind.DEPARTMENT] | of_kind[UnitKind.SECTION] - {"ISO"}

    @pytest.mark.parametrize(
        ("file", "parts"),
        [
            ("003_rows.json", ("leads", "coordinators")),
            ("003_rows.json", ("lead_cell", "coordinators_cell")),
            ("000_rows.json", ("lead", "coordinators")),
        ],
    )
    def test_knows_every_name_of_the_real_plans(
        self, directory: DirectorySeed, shared: Path, file: str, parts: tuple[str, str]
    ) -> None:
        rows = json.loads((shared / "gold" / file).read_text(encoding="utf-8"))
        cells = [row[part] if isinstance(row[part], str) else "; ".join(row[part]) for row in rows for part in parts]
        printed = {unit.text for cell in cells for unit in read_units(cell).units}
        assert len(printed) >= 5
        known = names(directory)
        assert {name for name in printed if unit_key(name) not in known} == set()


class TestHolidays:
    @pytest.mark.parametrize(
        ("day", "works"),
        [
            (date(2022, 4, 11), False),  # Hùng Kings' day met a Sunday
            (date(2023, 1, 20), False),  # Tết
            (date(2023, 1, 27), True),
            (date(2023, 5, 3), False),  # three days met one weekend
            (date(2024, 4, 29), False),  # moved to …
            (date(2024, 5, 4), True),
            (date(2025, 5, 2), False),  # moved to …
            (date(2025, 4, 26), True),
            (date(2026, 1, 2), False),  # moved to …
            (date(2026, 1, 10), True),
            (date(2026, 8, 31), False),  # moved to …
            (date(2026, 8, 22), True),
            (date(2026, 8, 24), True),
        ],
    )
    def test_hold_the_days_that_were_decided(self, day: date, works: bool) -> None:
        calendar = OfficeCalendar({one.day: one.kind for one in read_holidays(CONFIG / "holidays.toml")})
        assert calendar.is_working(day) is works

    def test_name_a_source_for_every_day_and_mark_2027_as_undecided(self) -> None:
        days = read_holidays(CONFIG / "holidays.toml")
        assert {one.day.year for one in days} == set(range(2022, 2028))
        assert len({one.day for one in days}) == len(days)
        assert all(one.name and one.document for one in days)
        assert not any(one.decided for one in days if one.day.year == 2027)
        assert all(one.decided for one in days if one.day.year < 2026)


class TestLadders:
    def test_hold_the_steps_of_every_frequency(self) -> None:
        steps = {ladder.name: (ladder.before, ladder.after) for ladder in read_ladders(CONFIG / "reminders.toml")}
        late = (1, 3, 7)
        assert steps == {
            "yearly": ((30, 14, 7, 3, 1, 0), late),
            "half-yearly": ((14, 7, 3, 1, 0), late),
            "quarterly": ((14, 7, 3, 1, 0), late),
            "monthly": ((5, 2, 0), late),
            "biweekly": ((1,), late),
            "weekly": ((1,), late),
            "supplement": ((1, 0), late),
        }

    def test_may_say_how_often_one_person_hears_at_most(self, tmp_path: Path) -> None:
        file = tmp_path / "reminders.toml"
        own = (CONFIG / "reminders.toml").read_text(encoding="utf-8")
        file.write_text(own.replace("[monthly]", "[monthly]\nat_most = 3"), encoding="utf-8")
        limits = {ladder.name: ladder.at_most for ladder in read_ladders(file)}
        assert (limits["monthly"], limits["yearly"]) == (3, None)

    def test_say_from_when_a_duty_is_due_soon(self) -> None:
        days = read_due_soon(CONFIG / "reminders.toml")
        assert (days[Frequency.YEARLY], days[Frequency.MONTHLY], days[Frequency.WEEKLY]) == (7, 5, 1)


class TestRegimes:
    def test_propose_the_periods_ends_and_offer_the_dates_of_the_real_plans(self) -> None:
        dates = {
            regime.code: [(one.day, one.month, one.bound) for one in regime.dates]
            for regime in read_regimes(CONFIG / "regimes.toml")
        }
        assert list(dates.values()) == [
            [(31, 3, Bound.BY), (30, 6, Bound.BY), (30, 9, Bound.BY), (31, 12, Bound.BY)],
            [(5, month, Bound.BEFORE) for month in (3, 6, 9, 12)],
            [(15, 6, Bound.BY), (15, 12, Bound.BY)],
        ]

    def test_address_kinds_and_groups_that_exist(self, directory: DirectorySeed) -> None:
        known = {*UnitKind, *(group.code for group in directory.groups)}
        for regime in read_regimes(CONFIG / "regimes.toml"):
            assert regime.reporters
            assert known.issuperset(regime.reporters)


UNIT = '[[unit]]\ncode = "VP"\nname = "Văn phòng"\nkind = "DEPARTMENT"\n'
OFFICE = 'authority = "VP"\nsecretariat = "VP"\n'
DAY = '[[day]]\nday = 2026-01-01\nkind = "OFF"\nname = "Tết"\ndocument = "Luật"\n'
REGIME = """[[regime]]
code = "quy"
name = "Hằng quý"
reporters = ["DEPARTMENT"]
receipt_only = false
dates = [{ label = "quý I", period = "Q1", month = 3, day = 5, bound = "by", receiver = "VP", level = "unit" }]
"""


class TestSlips:
    @pytest.mark.parametrize(
        ("read", "content", "where", "reason"),
        [
            (read_directory, "authority = VP\n", "dòng 1", "sai cú pháp TOML"),
            (read_directory, 'secretariat = "VP"', "authority, secretariat", "thiếu authority"),
            (
                read_directory,
                OFFICE + UNIT + '[[unit]]\ncode = "TCCB"\nkind = "DEPARTMENT"\n',
                "unit thứ 2",
                "thiếu name",
            ),
            (
                read_directory,
                OFFICE + UNIT.replace("DEPARTMENT", "PHONG"),
                "unit thứ 1",
                f"kind là “PHONG”, không thuộc: {', '.join(UnitKind)}",
            ),
            (
                read_directory,
                OFFICE + UNIT + 'aliases = "VP Sở"\n',
                "unit thứ 1",
                "aliases phải là danh sách các chữ trong ngoặc kép",
            ),
            (
                read_directory,
                OFFICE + UNIT + '[[person]]\nuser = "a"\nname = "A"\nrole = "GIAMDOC"\nunit = "VP"\n',
                "person thứ 1",
                f"role là “GIAMDOC”, không thuộc: {', '.join(Role)}",
            ),
            (read_directory, OFFICE + 'unit = "VP"', "unit", "unit phải là danh sách các mục"),
            (
                read_holidays,
                DAY.replace("2026-01-01", '"01/01/2026"'),
                "day thứ 1",
                "day phải là ngày ghi theo mẫu 2026-03-05, không có ngoặc kép",
            ),
            (read_holidays, DAY.replace("2026-01-01", "2026-02-30"), "dòng 2", "sai cú pháp TOML"),
            (read_holidays, DAY + "decided = 1\n", "day thứ 1", "decided phải là true hoặc false"),
            (read_ladders, "[weekly]\nbefore = [-1]\nafter = []\n", "weekly", "before không được là số âm"),
            (read_ladders, "[weekly]\nbefore = [1]\nafter = [1]\n", "biweekly", "thiếu thang nhắc việc này"),
            (read_ladders, "[weekly]\nbefore = [1]\nafter = []\nat_most = 0\n", "weekly", "at_most phải từ 1"),
            (read_due_soon, '[weekly]\ndue_soon = "1"\n', "weekly", "due_soon phải là số"),
            (read_due_soon, "weekly = 1\n", "weekly", "weekly phải là mục có tên trong ngoặc vuông"),
            (
                read_regimes,
                REGIME.replace("month = 3, day = 5", "month = 2, day = 29"),
                "regime thứ 1",
                "không phải năm nào cũng có ngày 29/2",
            ),
            (
                read_regimes,
                REGIME.replace('"Q1"', '"quý I"'),
                "regime thứ 1",
                "period là “quý I”, không thuộc: Q1, Q2, Q3, Q4, H1, H2, 9M, Y",
            ),
        ],
    )
    def test_are_named_by_file_and_entry(self, tmp_path: Path, read, content: str, where: str, reason: str) -> None:
        file = tmp_path / "sample.toml"
        file.write_text(content, encoding="utf-8")
        with pytest.raises(ConfigInvalid) as refusal:
            read(file)
        assert refusal.value.facts == {"path": "sample.toml", "where": where, "reason": reason}

    def test_are_told_from_a_file_that_is_no_text_is_missing_or_is_a_folder(self, tmp_path: Path) -> None:
        (tmp_path / "binary.toml").write_bytes(b"\xff\xfe\x00")
        with pytest.raises(ConfigInvalid, match="UTF-8"):
            read_holidays(tmp_path / "binary.toml")
        with pytest.raises(FileMissing):
            read_holidays(tmp_path / "missing.toml")
        with pytest.raises(FileUnreadable):
            read_holidays(tmp_path)
