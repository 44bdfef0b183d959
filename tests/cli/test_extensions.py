"""`cchc extend` and `cchc … internal-due`, from the request to the list."""

import json
from datetime import UTC, date, datetime

from cchc_tasks.bootstrap import open_application
from cchc_tasks.domain.access import LOCAL_ADMINISTRATOR
from cchc_tasks.services.set_internal_day import set_internal_day
from cchc_tasks.settings import load_settings
from cchc_tasks.store.internal_days import Chosen
from tests.cli.conftest import Command, Said

UNIT, HEAD, OFFICE = "KH-TC", "khtc.truong", "vp.thuongtruc1"


def owed(cchc: Command) -> list[int]:
    """The dated obligations of a unit."""
    lines = json.loads(cchc("obligation", "list", "--unit", UNIT, "--json").out)
    return [int(one["id"]) for one in lines if one["stage"] == "OPEN" and one["due_on"]]


def ask(cchc: Command, number: int) -> Said:
    """The unit's head asks for a day far off."""
    return cchc("extend", "request", number, "--until", "2099-01-15", "--why", "Chờ số liệu", "--as", HEAD)


class TestExtend:
    def test_is_asked_listed_decided_and_said_in_the_list(self, published: Command) -> None:
        first, second = owed(published)[:2]
        assert ask(published, first).out.startswith("Đã ghi đề nghị gia hạn số 1")
        (line,) = json.loads(published("extend", "list", "--json").out)
        assert (line["obligation_id"], line["asked_until"], line["reason"]) == (first, "2099-01-15", "Chờ số liệu")
        done = published("extend", "grant", 1, "--number", "45/SGDĐT-VP", "--as", OFFICE)
        assert done.out == "Đã gia hạn theo đề nghị số 1: hạn mới 15/01/2099.\n"
        assert json.loads(published("extend", "list", "--json").out) == []
        assert "đã đồng ý đến 15/01/2099, số 45/SGDĐT-VP" in published("extend", "list", "--all").out
        listed = published("obligation", "list", "--unit", UNIT).out.splitlines()
        row = next(one for one in listed if "15/01/2099" in one)
        assert "(gia hạn từ " in row
        assert row.endswith(", số 45/SGDĐT-VP)")

        ask(published, second)
        refused = published("extend", "refuse", 2, "--why", "Còn kịp", "--as", OFFICE)
        assert refused.out == "Đã ghi không đồng ý đề nghị gia hạn số 2.\n"
        again = published("extend", "grant", 2, "--number", "45/SGDĐT-VP", "--as", OFFICE)
        assert again.err.startswith("Lỗi [extension-decided]: ")


class TestInternalDue:
    def test_is_set_for_a_plan_with_those_left_out_and_cleared_for_one(self, published: Command) -> None:
        said = published("plan", "internal-due", 1, "--on", "05/12/2099", "--frequency", "yearly")
        assert said.out.startswith("Đã đặt hạn nội bộ 05/12/2099 cho 0 việc theo kỳ;")
        assert "hạn sớm hơn ngày này" in said.out
        assert published("obligation", "internal-due", 1).status == 2
        assert published("obligation", "internal-due", 1, "--on", "05/12/2099", "--clear").status == 2
        assert published("obligation", "internal-due", 1, 999, "--clear").err.startswith("Lỗi [obligation-unknown]: ")

        number = owed(published)[-1]
        app = open_application(load_settings())
        set_internal_day(
            app.database,
            Chosen((number,)),
            date(2026, 1, 5),
            actor=LOCAL_ADMINISTRATOR,
            today=date(2025, 12, 22),
            now=datetime(2025, 12, 22, 5, tzinfo=UTC),
        )
        app.database.close()
        cleared = published("obligation", "internal-due", number, "--clear")
        assert cleared.out == "Đã bỏ hạn nội bộ cho 1 việc theo kỳ; 0 việc giữ nguyên.\n"
