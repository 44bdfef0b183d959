"""Every page in a real browser: readable by assistive techniques, nothing sideways, nothing from elsewhere."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import Visit

PAGES = [
    ("vp.thuongtruc1", "/tong-quan"),
    ("giamdoc", "/tong-quan"),
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
    visitor.picture(f"{path.strip('/').replace('/', '-') or 'dau'}-{user}{'-toi' if dark else ''}")


@pytest.mark.parametrize(("user", "path"), PAGES)
def test_reads_the_same_without_script(visit: Visit, user: str | None, path: str) -> None:
    with_script = visit(user).go(path).inner_text("main")
    assert visit(user, script=False).go(path).inner_text("main") == with_script
