"""Answering by a link in a real browser: on a phone without script, from the button of a message to the answer."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from cchc_tasks.bootstrap import Application
from cchc_tasks.domain.vocabulary import Stage
from cchc_tasks.services.show_obligation import show_obligation
from tests.browser.conftest import TODAY, Visit
from tests.browser.test_every_page import RULES
from tests.conftest import actor_of
from tests.making.answer_links import answer_link

HEAD = "tccb.truong"


def link_and_id(app: Application, stage: Stage) -> tuple[str, int]:
    """The path by which the head may answer for an obligation of the unit in this stage."""
    with app.database.read() as uow:
        person = uow.people.with_user(HEAD)
        found = next(
            one.id or 0
            for one, _ in uow.obligations.listing([person.unit_id])
            if one.stage is stage and person.unit_id in uow.obligations.leads([one.id or 0])[one.id or 0]
        )
    link = answer_link(app, found, person.id or 0, TODAY)
    assert link
    return link.removeprefix(app.settings.base_url), found


@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
def test_pages_behind_a_link_have_no_fault_and_fit_their_width(visit: Visit, lived: Application, phone: bool) -> None:
    new, _ = link_and_id(lived, Stage.OPEN)
    returned, _ = link_and_id(lived, Stage.RETURNED)
    visitor = visit(None, phone=phone)
    for number, shown in enumerate((new, f"{new}/nop", returned, f"{new}x")):
        page = visitor.go(shown)
        found = Axe().run(page, options=RULES)
        assert [(one["id"], one["nodes"][0]["html"]) for one in found.response["violations"]] == []
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        visitor.picture(f"tra-loi-{number}")


def test_the_button_acts_without_script_and_without_a_session(visit: Visit, lived: Application) -> None:
    path, obligation_id = link_and_id(lived, Stage.OPEN)
    page = visit(None, phone=True, script=False).go(path)
    page.get_by_role("button", name="Đã tiếp nhận").click()
    page.get_by_role("status").get_by_text("Đã tiếp nhận").wait_for()
    seen = show_obligation(lived.database, obligation_id, on=TODAY, answer_working_days=3, actor=actor_of(lived, HEAD))
    assert seen.obligation.stage is Stage.ACKNOWLEDGED
    assert seen.journal[0].words == "tiếp nhận qua đường dẫn trong thư nhắc"
    page.get_by_role("link", name="Nộp báo cáo").click()
    page.get_by_label("Số, ký hiệu và ngày văn bản").fill("21/BC-TCCB ngày 24/3/2026")
    page.get_by_label("Tài liệu không thuộc danh mục bí mật nhà nước").check()
    page.get_by_role("button", name="Nộp báo cáo").click()
    page.get_by_text("Đã nộp lần 1").wait_for()
    assert not page.context.cookies()
