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
    "cchc duty add": (
        Action.ADD_DUTY,
        ("--title", "x", "--number", "1/UBND", "--dated", "2020-01-01", "--lead", "KHONG-CO", "--due", "2020-01-02"),
    ),
    "cchc obligation assign": (Action.NAME_PERSON, ("{foreign}", "--person", "khong.co")),
    "cchc obligation unassign": (Action.NAME_PERSON, ("{foreign}", "--person", "khong.co")),
    "cchc input ask": (Action.ASK_INPUT, ("{foreign}", "--unit", "KHONG-CO", "--what", "x", "--due", "2020-01-02")),
    "cchc input list": (Action.SEE_OBLIGATIONS, ()),
    "cchc input accept": (Action.DECIDE_INPUT, ("999",)),
    "cchc input return": (Action.DECIDE_INPUT, ("999", "--why", "x")),
    "cchc obligation list": (Action.SEE_OBLIGATIONS, ()),
    "cchc obligation acknowledge": (Action.ACKNOWLEDGE, ("{foreign}",)),
    "cchc remind": (Action.REMIND, ("--on", "2026-02-17")),
    "cchc obligation internal-due": (Action.SET_INTERNAL_DAY, ("999", "--clear")),
    "cchc plan internal-due": (Action.SET_INTERNAL_DAY, ("999", "--clear")),
    "cchc extend request": (Action.ASK_EXTENSION, ("{foreign}", "--until", "2026-01-01", "--why", " ")),
    "cchc extend grant": (Action.DECIDE_EXTENSION, ("999", "--number", "1/SGDĐT-VP")),
    "cchc extend refuse": (Action.DECIDE_EXTENSION, ("999", "--why", "x")),
    "cchc extend list": (Action.SEE_OBLIGATIONS, ()),
    "cchc simulate": (Action.SIMULATE, ("--from", "2026-01-01", "--to", "2026-01-02")),
    "cchc evidence submit": (Action.SUBMIT, ("{foreign}", "--link", "https://songlam.example/x")),
    "cchc evidence verify": (Action.VERIFY, ("999", "--accept")),
    "cchc evidence list": (Action.SEE_EVIDENCE, ()),
    "cchc user add": (Action.MANAGE_USERS, ("x.moi", "--name", "x", "--unit", "KHONG-CO", "--role", "officer")),
    "cchc user list": (Action.MANAGE_USERS, ()),
    "cchc user disable": (Action.MANAGE_USERS, ("khong.co",)),
    "cchc user password": (Action.MANAGE_USERS, ("khong.co",)),
    "cchc calendar list": (Action.SEE_OBLIGATIONS, ()),
    "cchc calendar set": (
        Action.EDIT_CALENDAR,
        ("2026-03-24", "--worked", "--name", "x", "--document", "x"),  # a Tuesday is worked anyway
    ),
    "cchc calendar remove": (Action.EDIT_CALENDAR, ("2026-03-24",)),
    "cchc calendar import": (Action.EDIT_CALENDAR, ("khong-co.csv",)),
    "cchc calendar propose": (Action.EDIT_CALENDAR, ("2026",)),
    "cchc calendar break list": (Action.SEE_OBLIGATIONS, ()),
    "cchc calendar break add": (
        Action.EDIT_CALENDAR,
        ("subordinate", "--from", "2026-08-01", "--to", "2026-07-01", "--name", "x", "--document", "x"),
    ),
    "cchc calendar break remove": (Action.EDIT_CALENDAR, ("999",)),
    "cchc absence add": (Action.MANAGE_ABSENCES, ("khong.co", "--from", "2026-03-24", "--to", "2026-03-24")),
    "cchc absence list": (Action.MANAGE_ABSENCES, ()),
    "cchc absence end": (Action.MANAGE_ABSENCES, ("999",)),
    "cchc ladder list": (Action.MANAGE_REMINDING, ()),
    "cchc ladder set": (Action.MANAGE_REMINDING, ("khong-co", "--before", "1", "--after", "1")),
    "cchc ladder clear": (Action.MANAGE_REMINDING, ("yearly", "--plan", "999")),
    "cchc channel list": (Action.MANAGE_REMINDING, ()),
    "cchc channel hours": (Action.MANAGE_REMINDING, ("mail", "--from", "18:00", "--to", "07:00")),
    "cchc channel set": (Action.MANAGE_CHANNELS, ("mail", "--per-minute", "0")),
    "cchc channel resume": (Action.MANAGE_CHANNELS, ("other",)),
    "cchc channel test": (Action.MANAGE_CHANNELS, ("other", "khong-co")),
    "cchc channel zalo-consent": (Action.MANAGE_CHANNELS, ()),
    "cchc user contact list": (Action.MANAGE_CONTACTS, ("khong.co",)),
    "cchc user contact set": (Action.MANAGE_CONTACTS, ("khong.co", "sms", "x")),
    "cchc user contact remove": (Action.MANAGE_CONTACTS, ("khong.co", "sms")),
    "cchc user contact good": (Action.MANAGE_CONTACTS, ("khong.co", "sms")),
    "cchc follow-up list": (Action.FOLLOW_UP, ()),
    "cchc follow-up propose": (Action.REMIND, ("--on", "2026-02-17")),
    "cchc follow-up release": (Action.FOLLOW_UP, ("999", "--to-leaders")),
    "cchc follow-up decline": (Action.FOLLOW_UP, ("999", "--why", "x")),
    "cchc follow-up letter": (Action.FOLLOW_UP, ("999", "--out", "/khong-co/cong-van.docx")),
    "cchc directory list": (Action.SEE_DIRECTORY, ()),
    "cchc directory import": (Action.MANAGE_DIRECTORY, ("khong-co.csv",)),
    "cchc directory rename": (
        Action.MANAGE_DIRECTORY,
        ("KHONG-CO", "--name", "x", "--on", "2026-07-01", "--number", "x"),
    ),
    "cchc directory merge": (
        Action.MANAGE_DIRECTORY,
        ("KHONG-CO", "--into", "VP", "--on", "2026-07-01", "--number", "x"),
    ),
    "cchc directory close": (
        Action.MANAGE_DIRECTORY,
        ("KHONG-CO", "--on", "2026-07-01", "--number", "x", "--why", "x"),
    ),
    "cchc directory take-back": (Action.MANAGE_DIRECTORY, ("999",)),
    "cchc secret list": (Action.MANAGE_CHANNELS, ()),
    "cchc secret set": (Action.MANAGE_CHANNELS, ("zalo-tokens",)),  # the program alone writes it
    "cchc secret remove": (Action.MANAGE_CHANNELS, ("other-url",)),
    "cchc secret rotate": (Action.MANAGE_CHANNELS, ("--drop-old",)),
    "cchc delivery list": (Action.SEE_DELIVERIES, ()),
    "cchc delivery show": (Action.SEE_DELIVERIES, ("999",)),
    "cchc delivery resend": (Action.MANAGE_DELIVERIES, ("999",)),
    "cchc delivery cancel": (Action.MANAGE_DELIVERIES, ("999",)),
    "cchc delivery requeue": (Action.MANAGE_DELIVERIES, ("999",)),
    "cchc delivery bounces": (Action.MANAGE_DELIVERIES, ("--file", "/khong-co.eml")),
    "cchc delivery release": (Action.MANAGE_DELIVERIES, ("--on", "2020-01-01")),
    "cchc doctor": (Action.MANAGE_SYSTEM, ()),
    "cchc message list": (Action.MANAGE_REMINDING, ()),
    "cchc message set": (Action.MANAGE_REMINDING, ("khong-co", "x")),
    "cchc message reset": (Action.MANAGE_REMINDING, ("khong-co",)),
    "cchc message preview": (Action.REMIND, ("vp.daumoi", "--on", "2026-02-17")),
    "cchc message group": (Action.MANAGE_REMINDING, ("khong-co",)),
    "cchc message post": (Action.POST_TO_GROUP, ("khong-co", "--group", "nhom-1", "--yes")),
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
