"""Every command in the access matrix, walked with every role: who may not is told so, and nobody else is."""

import json

import click
import pytest

from cchc_tasks.cli.main import commands
from cchc_tasks.domain.access import RIGHTS, Action, Scope
from cchc_tasks.domain.vocabulary import Role
from tests.cli.conftest import Command
from tests.test_docs import paths

USERS = {
    Role.ADMINISTRATOR: "quantri",
    Role.SECRETARIAT: "vp.thuongtruc1",
    Role.LEADER: "giamdoc",
    Role.HEAD: "gdmn.truong",
    Role.FOCAL: "gdmn.daumoi",
    Role.OFFICER: "tccb.chuyenvien",
    Role.INSPECTOR: "kiemtra",
}

# What each command asks for, and a call of it that does no harm; {foreign} is an obligation of a unit none of the
# users above belongs to. The commands without a row need no data folder or run only as the local administrator.
CALLS: dict[str, tuple[Action, tuple[str, ...]]] = {
    "cchc db check": (Action.MANAGE_SYSTEM, ()),
    "cchc db backup": (Action.MANAGE_SYSTEM, ("/khong-co/thu-muc.tar.gz",)),
    "cchc plan import": (Action.IMPORT_PLAN, ("khong-co.txt",)),
    "cchc plan list": (Action.SEE_PLANS, ()),
    "cchc plan show": (Action.SEE_PLANS, ("1",)),
    "cchc plan compare": (Action.SEE_PLANS, ("1",)),
    "cchc plan carry-over": (Action.IMPORT_PLAN, ("999", "--to", "2027")),
    "cchc plan questions": (Action.SEE_PLANS, ("1",)),
    "cchc plan answer": (Action.ANSWER_QUESTION, ("1", "1", "--accept")),
    "cchc plan discard": (Action.IMPORT_PLAN, ("999",)),
    "cchc plan remembered": (Action.MANAGE_REMEMBERED_ANSWERS, ()),
    "cchc plan forget": (Action.MANAGE_REMEMBERED_ANSWERS, ("999",)),
    "cchc plan publish": (Action.PUBLISH_PLAN, ("1",)),
    "cchc duty trigger": (Action.TRIGGER_DUTY, ("999", "--on", "2026-05-04")),
    "cchc duty not-triggered": (Action.TRIGGER_DUTY, ("999", "--why", "x")),
    "cchc obligation list": (Action.SEE_OBLIGATIONS, ()),
    "cchc obligation acknowledge": (Action.ACKNOWLEDGE, ("{foreign}",)),
    "cchc remind": (Action.REMIND, ("--on", "2026-02-17")),
    "cchc evidence submit": (Action.SUBMIT, ("{foreign}", "--link", "https://songlam.example/x")),
    "cchc evidence verify": (Action.VERIFY, ("999", "--accept")),
    "cchc evidence list": (Action.SEE_EVIDENCE, ()),
    "cchc user add": (Action.MANAGE_USERS, ("x.moi", "--name", "x", "--unit", "KHONG-CO", "--role", "officer")),
    "cchc user list": (Action.MANAGE_USERS, ()),
    "cchc user disable": (Action.MANAGE_USERS, ("khong.co",)),
    "cchc user password": (Action.MANAGE_USERS, ("khong.co",)),
    "cchc doctor": (Action.MANAGE_SYSTEM, ()),
}
NEED_NO_RIGHT = {
    "cchc read",
    "cchc deadline",
    "cchc unit",
    "cchc init",
    "cchc db upgrade",
    "cchc db restore",
    "cchc up",
}
FOREIGN_UNIT = "KH-TC"


class TestMatrix:
    def test_holds_every_command(self) -> None:
        assert {name for name, _ in paths(commands)} == set(CALLS) | NEED_NO_RIGHT
        for name, command in paths(commands):
            named = any(parameter.name == "user" for parameter in command.params if isinstance(parameter, click.Option))
            assert named is (name in CALLS), name

    @pytest.mark.parametrize("role", list(Role))
    def test_is_kept_by_every_command(self, published: Command, role: Role) -> None:
        lines = json.loads(published("obligation", "list", "--unit", FOREIGN_UNIT, "--json").out)
        foreign = next(str(line["id"]) for line in lines if line["stage"] == "OPEN")
        for name, (action, arguments) in CALLS.items():
            call = [*name.split()[1:], *(one.replace("{foreign}", foreign) for one in arguments), "--as", USERS[role]]
            said = published(*call)
            reach = RIGHTS[action].get(role, Scope.NOTHING)
            on_foreign = "{foreign}" in arguments
            refused = reach is Scope.NOTHING or (on_foreign and reach is Scope.OWN_UNIT)
            assert said.err.startswith("Lỗi [no-right]") is refused, (name, role, said)

    def test_shows_units_their_own_work_only(self, published: Command) -> None:
        lines = json.loads(published("obligation", "list", "--json", "--as", "gdmn.daumoi").out)
        assert lines
        assert all("Phòng Giáo dục Mầm non" in line["leads"] for line in lines)
        asked = published("obligation", "list", "--unit", "TCCB", "--json", "--as", "gdmn.daumoi")
        assert json.loads(asked.out) == []
