"""Every page in a real browser: readable by assistive techniques, nothing sideways, nothing from elsewhere."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import Visit

PAGES = [
    (None, "/dang-nhap"),
    ("vp.thuongtruc1", "/tong-quan"),
    ("giamdoc", "/tong-quan"),
    ("vp.thuongtruc1", "/nhiem-vu?tinh-trang=tat-ca"),
    ("vp.thuongtruc1", "/nhiem-vu?tim=không có"),
    ("vp.thuongtruc1", "/cho-xac-nhan"),
    ("vp.thuongtruc1", "/viec-cua-don-vi"),
    ("thpt-nguyen-trai.daumoi", "/viec-cua-don-vi"),
    ("khtc.truong", "/viec-cua-toi"),
    ("vp.thuongtruc1", "/nhiem-vu/1"),
    ("khtc.daumoi", "/nhiem-vu/4"),
    ("vp.thuongtruc2", "/nhiem-vu/28/nop"),
    ("vp.thuongtruc1", "/luot-gui"),
    ("vp.thuongtruc1", "/luot-gui/1"),
    ("giamdoc", "/thu-mau"),
    ("quantri", "/tai-khoan"),
    ("quantri", "/tai-khoan/xac-thuc"),
    ("quantri", "/doi-mat-khau"),
]
RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]}}


@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize(("user", "path"), PAGES)
def test_has_no_accessibility_fault_and_fits_its_width(
    visit: Visit, user: str | None, path: str, phone: bool, dark: bool
) -> None:
    visitor = visit(user, phone=phone, dark=dark)
    page = visitor.go(path)
    found = Axe().run(page, options=RULES)
    assert [(one["id"], one["nodes"][0]["html"]) for one in found.response["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    name = re.sub(r"[^a-z0-9]+", "-", path.strip("/")) or "dau"
    visitor.picture(f"{name}-{user or 'khach'}{'-toi' if dark else ''}")


@pytest.mark.parametrize(("user", "path"), PAGES)
def test_reads_the_same_without_script(visit: Visit, user: str | None, path: str) -> None:
    with_script = visit(user).go(path).inner_text("main")
    assert visit(user, script=False).go(path).inner_text("main") == with_script
