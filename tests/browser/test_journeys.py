"""Whole paths in a real browser: a unit on a phone, the secretariat by keys alone, a leader, and without script."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from cchc_tasks.bootstrap import Application
from cchc_tasks.demo.show import DEMO_PASSWORD
from cchc_tasks.domain.vocabulary import Standing
from cchc_tasks.services.listing import list_obligations
from tests.browser.conftest import TODAY, Visit
from tests.conftest import actor_of

DECIDED = re.compile("Đã ghi quyết định|Đã quyết định xong")
UNIT_USER = "vp.daumoi"


def owed(lived: Application, user: str = UNIT_USER) -> int:
    """An obligation of the person's unit that nothing was handed in for."""
    lines = list_obligations(lived.database, on=TODAY, actor=actor_of(lived, user))
    open_now = (Standing.DUE_SOON, Standing.ON_TRACK)
    return next(line.id for line in lines if line.standing in open_now and line.due_on)


def hand_in(page: Page, paper: str) -> None:
    """Fill in the form of a submission with one reference, and send it."""
    page.get_by_label("Số, ký hiệu và ngày văn bản").fill(paper)
    page.get_by_label("Tài liệu không thuộc danh mục bí mật nhà nước").check()
    page.get_by_role("button", name=re.compile("^Nộp")).click()


class TestSigningIn:
    @pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
    def test_leads_a_unit_to_its_work_and_out_again(self, visit: Visit, script: bool) -> None:
        visitor = visit(None, phone=True, script=script)
        page = visitor.go("/viec-cua-don-vi")
        expect(page).to_have_title(re.compile("Đăng nhập"))
        visitor.picture("dang-nhap")
        page.get_by_label("Tên người dùng").fill("thpt-nguyen-trai.daumoi")
        page.get_by_label("Mật khẩu").fill("không phải mật khẩu này")
        page.get_by_role("button", name="Đăng nhập").click()
        expect(page.get_by_role("alert")).to_contain_text("Tên người dùng hoặc mật khẩu không đúng")
        expect(page.get_by_label("Tên người dùng")).to_have_value("thpt-nguyen-trai.daumoi")
        page.get_by_label("Mật khẩu").fill(DEMO_PASSWORD)
        page.get_by_label("Mật khẩu").press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text("Việc của đơn vị")
        page.goto(f"{visitor.address}/tai-khoan")
        page.get_by_role("button", name="Đăng xuất").first.click()
        page.goto(f"{visitor.address}/viec-cua-don-vi")
        expect(page).to_have_title(re.compile("Đăng nhập"))


class TestUnit:
    def test_hands_in_files_on_a_phone_after_one_mistake(
        self, visit: Visit, lived: Application, tmp_path: Path
    ) -> None:
        report = tmp_path / "báo cáo quý I.txt"
        report.write_text("Báo cáo kết quả quý I.\n", encoding="utf-8")
        picture = tmp_path / "bieu.svg"
        picture.write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
        visitor = visit("thpt-nguyen-trai.daumoi", phone=True)
        page = visitor.go(f"/nhiem-vu/{owed(lived, 'thpt-nguyen-trai.daumoi')}")
        page.get_by_role("link", name="Nộp báo cáo").click()
        page.get_by_label("Tệp", exact=True).set_input_files([report, picture])
        page.get_by_label("Số, ký hiệu và ngày văn bản").fill("12/BC-THPT")
        page.get_by_role("button", name="Nộp báo cáo").click()
        expect(page.get_by_role("alert")).to_contain_text("Chưa nộp được: có 3 chỗ cần sửa")
        expect(page.locator(".kept")).to_contain_text("báo cáo quý I.txt")
        visitor.picture("nop-bao-cao-loi")
        hand_in(page, "12/BC-THPT ngày 23/3/2026")
        expect(page.get_by_role("status")).to_contain_text("Đã nộp lần 1")
        expect(page.get_by_role("link", name="báo cáo quý I.txt", exact=True)).to_be_visible()
        visitor.picture("da-nop")

    def test_is_told_why_it_came_back_and_hands_in_again(self, visit: Visit, lived: Application) -> None:
        one = owed(lived)
        unit, office = visit(UNIT_USER), visit("vp.thuongtruc1")
        page = unit.go(f"/nhiem-vu/{one}/nop")
        hand_in(page, "21/BC-VP ngày 20/3/2026")
        evidence = latest(lived, one)

        verifying = office.go(f"/cho-xac-nhan/{evidence}")
        verifying.keyboard.press("2")
        expect(verifying.get_by_label("Thiếu tài liệu kiểm chứng")).to_be_checked()
        verifying.get_by_label("Nói rõ thêm").fill("Chưa có quyết định công khai.")
        verifying.get_by_label("Hạn bổ sung").press("Tab")
        verifying.keyboard.press("b")
        expect(verifying.get_by_role("status").first).to_contain_text("Đã ghi quyết định")

        page = unit.go("/viec-cua-don-vi")
        expect(page.locator(f"#viec-{one}")).to_contain_text("Chưa có quyết định công khai.")
        unit.picture("viec-cua-don-vi-tra-lai")
        page.locator(f"#viec-{one}").get_by_role("link", name="Nộp bổ sung").click()
        hand_in(page, "25/BC-VP ngày 23/3/2026")
        expect(page.get_by_role("status")).to_contain_text("Đã nộp lần 2")
        unit.picture("nhiem-vu-nop-lan-2")

        office.go(f"/cho-xac-nhan/{evidence}").keyboard.press("x")
        expect(office.page.get_by_text(DECIDED)).to_be_visible()
        expect(unit.go(f"/nhiem-vu/{one}").locator(".stage-words")).to_contain_text("hoàn thành")


class TestKeyboard:
    def test_is_enough_to_hand_in_a_report(self, visit: Visit, lived: Application) -> None:
        page = visit(UNIT_USER).go(f"/nhiem-vu/{owed(lived)}/nop")
        tab_to(page, "textarea[name=van-ban]")
        page.keyboard.type("31/BC-VP ngày 23/3/2026")
        tab_to(page, "input[name=khong-mat]")
        page.keyboard.press("Space")
        tab_to(page, "main form button.primary")
        page.keyboard.press("Enter")
        expect(page.get_by_role("status")).to_contain_text("Đã nộp lần 1")

    def test_moves_through_the_queue_but_not_while_typing(self, visit: Visit) -> None:
        page = visit("vp.thuongtruc2").go("/cho-xac-nhan")
        first = page.locator(".line li.here a").get_attribute("href")
        page.keyboard.press("j")
        expect(page.locator(".line li.here a")).not_to_have_attribute("href", first or "")
        page.keyboard.press("k")
        expect(page.locator(".line li.here a")).to_have_attribute("href", first or "")
        page.get_by_label("Nói rõ thêm").fill("")
        page.keyboard.type("jx1")
        expect(page.get_by_label("Nói rõ thêm")).to_have_value("jx1")
        expect(page.locator(".line li.here a")).to_have_attribute("href", first or "")


class TestLeader:
    def test_goes_from_the_sentence_to_the_late_duty_and_can_change_nothing(self, visit: Visit) -> None:
        page = visit("giamdoc").go("/tong-quan")
        page.locator("h1 a.late").click()
        expect(page).to_have_url(re.compile("#qua-han$"))
        page.locator("#qua-han tbody a").first.click()
        expect(page.get_by_role("heading", name="Văn bản giao và cách hiểu")).to_be_visible()
        assert page.locator("main form, main a.button").count() == 0


class TestWithoutScript:
    def test_the_secretariat_returns_and_accepts(self, visit: Visit, lived: Application) -> None:
        one = owed(lived)
        hand_in(visit(UNIT_USER, script=False).go(f"/nhiem-vu/{one}/nop"), "41/BC-VP ngày 23/3/2026")
        office = visit("vp.thuongtruc1", script=False)
        page = office.go(f"/cho-xac-nhan/{latest(lived, one)}")
        page.get_by_role("button", name="Xác nhận hoàn thành").click()
        expect(page.get_by_text(DECIDED)).to_be_visible()


class TestTwoVerifiers:
    def test_at_once_decide_only_once(self, visit: Visit, lived: Application) -> None:
        one = owed(lived)
        hand_in(visit(UNIT_USER).go(f"/nhiem-vu/{one}/nop"), "51/BC-VP ngày 23/3/2026")
        first, second = visit("vp.thuongtruc1"), visit("vp.thuongtruc2")
        for visitor in (first, second):
            visitor.go(f"/cho-xac-nhan/{latest(lived, one)}")
        first.page.get_by_role("button", name="Xác nhận hoàn thành").click()
        second.page.get_by_label("Lý do khác").check()
        second.page.get_by_label("Nói rõ thêm").fill("Thiếu trang 2")
        second.page.get_by_role("button", name="Yêu cầu bổ sung").click()
        expect(second.page.get_by_role("status")).to_contain_text("Đã xác nhận hoàn thành")
        expect(second.page.get_by_role("status")).to_contain_text("Trần Quốc Dũng")
        second.picture("hai-nguoi-xac-nhan")


def latest(lived: Application, obligation_id: int) -> int:
    """The newest evidence for an obligation."""
    with lived.database.read() as uow:
        return uow.evidence.latest_for(obligation_id) or 0


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the element has the focus."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate(f"document.activeElement.matches({selector!r})"):
            return
    raise AssertionError(f"Tab never came to {selector}")
