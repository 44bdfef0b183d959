"""`cchc user`: accounts are added, listed, given passwords and closed, by administrators alone."""

import json
import sqlite3
from pathlib import Path

import pytest

from cchc_tasks.adapters.passwords import Argon2Passwords
from cchc_tasks.cli.office import group, run
from cchc_tasks.cli.users import user
from cchc_tasks.domain.vocabulary import Role
from tests.cli.conftest import Command, Said
from tests.cli.test_access import USERS

NEW = ("add", "gdmn.moi", "--name", "Trần  Thị Mới", "--unit", "GDMN", "--role", "officer", "--mail", "moi@so.example")


@pytest.fixture
def users(cchc: Command, capsys: pytest.CaptureFixture[str]) -> Command:
    """Runs `cchc user` in a prepared data folder."""
    assert cchc("init").status == 0
    commands = group("cchc", "")
    commands.add_command(user)

    def call(*arguments: object) -> Said:
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            run(commands, ["user", *map(str, arguments)])
        told = capsys.readouterr()
        return Said(int(ended.value.code or 0), told.out, told.err)

    return call


def told(said: Said) -> str:
    assert said.status == 0, said
    return said.out.split("Mật khẩu dùng một lần: ")[1].split("\n")[0]


def kept_hash(home: Path, name: str) -> str:
    with sqlite3.connect(home / "cchc.sqlite3") as database:
        query = "SELECT password_hash FROM credential JOIN person ON person.id = person_id WHERE user = ?"
        found: str = database.execute(query, (name,)).fetchone()[0]
    database.close()
    return found


class TestAdd:
    def test_tells_the_password_once_and_keeps_its_hash(self, users: Command, home: Path) -> None:
        password = told(users(*NEW))
        assert Argon2Passwords().matches(password, kept_hash(home, "gdmn.moi"))
        lines = json.loads(users("list", "--json").out)
        added = next(line for line in lines if line["user"] == "gdmn.moi")
        assert added == {
            "user": "gdmn.moi",
            "name": "Trần Thị Mới",
            "role": "OFFICER",
            "unit": "Phòng Giáo dục Mầm non",
            "mail": "moi@so.example",
            "active": True,
            "has_password": True,
            "has_second_factor": False,
        }
        assert password not in (home / "cchc.sqlite3").read_bytes().decode("latin-1")

    @pytest.mark.parametrize(
        ("change", "code"),
        [
            ({"gdmn.moi": "quantri"}, "user-exists"),
            ({"gdmn.moi": "Gdmn Mới"}, "user-name-invalid"),
            ({"GDMN": "KHONG-CO"}, "unit-unknown"),
            ({"moi@so.example": "moi@so"}, "mail-address-invalid"),
        ],
    )
    def test_refuses_what_cannot_be(self, users: Command, change: dict[str, str], code: str) -> None:
        said = users(*(change.get(one, one) for one in NEW))
        assert said.err.startswith(f"Lỗi [{code}]: "), said

    def test_of_no_role_is_wrong_usage(self, users: Command) -> None:
        said = users(*("thu-ky" if one == "officer" else one for one in NEW))
        assert (said.status, "--role" in said.err) == (2, True)


class TestPassword:
    def test_is_another_each_time(self, users: Command, home: Path) -> None:
        first, second = told(users("password", "gdmn.truong")), told(users("password", "gdmn.truong", "--reset-totp"))
        assert first != second
        assert not Argon2Passwords().matches(first, kept_hash(home, "gdmn.truong"))

    def test_is_given_to_nobody_unknown_or_disabled(self, users: Command) -> None:
        assert users("disable", "gdmn.truong").status == 0
        for name in ("khong.co", "gdmn.truong"):
            assert users("password", name).err.startswith("Lỗi [user-unknown]: ")
        assert "đã ngừng" in next(line for line in users("list").out.splitlines() if "gdmn.truong" in line)


class TestRight:
    @pytest.mark.parametrize("role", list(Role))
    def test_is_the_administrators_alone(self, users: Command, role: Role) -> None:
        for call in (NEW, ("list",), ("disable", "gdmn.daumoi"), ("password", "gdmn.truong")):
            said = users(*call, "--as", USERS[role])
            assert said.err.startswith("Lỗi [no-right]") is not (role is Role.ADMINISTRATOR), (call, said)
