"""Every page in a real browser: readable by assistive techniques, nothing sideways, nothing from elsewhere."""

import re
from datetime import date, timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe

from cchc_tasks.adapters.secret_box import CONNECTIONS
from cchc_tasks.bootstrap import Application
from cchc_tasks.domain.access import ENGINE
from cchc_tasks.domain.secret_names import SecretName
from cchc_tasks.domain.vocabulary import Channel, DeliveryKind, DeliveryState, Fault, Known
from cchc_tasks.services.add_absence import NewAbsence, add_absence
from cchc_tasks.services.ask_extension import ask_extension
from cchc_tasks.services.name_person import name_person
from cchc_tasks.services.plan_follow_ups import plan_follow_ups
from tests.browser.conftest import TODAY, Visit
from tests.conftest import actor_of
from tests.services.deliveries import made
from tests.services.test_inputs import ask, hand_in, own

# {owed} has people, extensions and input; {input} was answered; {free} may be extended; {returned}, {dead} and {moved}
# are messages: see `lived_on` below.
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
    ("vp.thuongtruc1", "/luot-gui/{returned}"),
    ("vp.thuongtruc1", "/luot-gui/{dead}"),
    ("kiemtra", "/luot-gui/{moved}"),
    ("vp.thuongtruc1", "/luot-gui/nhieu?viec=huy&tinh-trang=bo-cuoc"),
    ("giamdoc", "/bo-nhac-viec"),
    ("quantri", "/kenh-gui?kenh=TELEGRAM"),
    ("quantri", "/kenh-gui/zalo"),
    ("quantri", "/kenh-gui/zalo/nhan?code=ma-cap-quyen&oa_id=4567890123"),
    ("vp.thuongtruc1", "/danh-ba/nguoi/khtc.daumoi?kenh=ZALO"),
    ("giamdoc", "/thu-mau"),
    ("vp.thuongtruc1", "/dieu-hanh"),
    ("vp.thuongtruc1", "/don-doc?chon=tat-ca"),
    ("vp.thuongtruc1", "/gia-han"),
    ("khtc.truong", "/nhiem-vu/{owed}"),
    ("khtc.truong", "/nhiem-vu/{free}/gia-han"),
    ("khtc.truong", "/nhiem-vu/{owed}/phan-cong"),
    ("khtc.truong", "/nhiem-vu/{owed}/phoi-hop"),
    ("khtc.truong", "/nhiem-vu/{input}/ket-qua"),
    ("vp.thuongtruc1", "/giao-nhiem-vu"),
    ("vp.thuongtruc1", "/han-noi-bo?ke-hoach=1&ngay=10/12/2026"),
    ("vp.thuongtruc1", "/mo-phong?ke-hoach=tat-ca&don-vi=KH-TC"),
    ("vp.thuongtruc1", "/lich"),
    ("giamdoc", "/lich?nam=2027"),
    ("khtc.truong", "/tam-vang"),
    ("vp.thuongtruc1", "/mau-thu"),
    ("vp.thuongtruc1", "/mau-thu/loi/digest-opening"),
    ("vp.thuongtruc1", "/mau-thu/xem?nguoi=khtc.daumoi&ngay=24/3/2026"),
    ("vp.thuongtruc1", "/mau-thu/nhom?nhom=cac-truong-thpt&ngay=10/12/2026"),
    ("giamdoc", "/danh-ba"),
    ("vp.thuongtruc1", "/danh-ba/thay-doi/sap-nhap"),
    ("giamdoc", "/viec-cua-don-vi?don-vi=KH-TC"),
    ("quantri", "/tai-khoan"),
    ("quantri", "/tai-khoan/xac-thuc"),
    ("quantri", "/doi-mat-khau"),
]
SCRIPTED = [("vp.thuongtruc1", "/cho-xac-nhan")]  # the others have none
RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]}}


@pytest.fixture(scope="module")
def lived_on(lived: Application) -> dict[str, int]:
    """What the office and a unit have begun beside the plan, and the ids of it."""
    now, head = lived.clock.now(), actor_of(lived, "khtc.truong")
    owed, free = own(lived), own(lived)
    answered = ask(lived, owed)
    hand_in(lived, answered)
    ask(lived, owed)
    name_person(lived.database, owed, "khtc.daumoi", by=date(2026, 4, 10), actor=head, today=TODAY, now=now)
    until, why = date(2026, 5, 15), "Chờ số liệu quyết toán của các trường."
    ask_extension(lived.database, owed, until=until, why=why, actor=head, today=TODAY, now=now)
    away = NewAbsence("khtc.daumoi", date(2026, 3, 30), date(2026, 4, 3))
    add_absence(lived.database, away, actor=head, on=TODAY, now=now)
    plan_follow_ups(lived.database, on=TODAY, steps=(7,), actor=ENGINE, now=now)
    return {"owed": owed, "free": free, "input": answered, **_messages(lived)}


def _messages(lived: Application) -> dict[str, int]:
    """A morning of troubles: what came back, was given up or moved; a channel that stopped and one that rests."""
    now, tried = lived.clock.now(), {"accepted": False, "answer": "421 4.3.2 not now", "fault": Fault.AGAIN}
    dead = made(lived, DeliveryState.DEAD, user="tccb.daumoi", kind=DeliveryKind.WEEKLY, tries=(tried,) * 10)
    box = lived.secret_box(CONNECTIONS)
    with lived.database.write(now) as uow:
        for name in (SecretName.TELEGRAM_URL, SecretName.SMS_URL, SecretName.ZALO_APP_ID, SecretName.ZALO_OA_ID):
            uow.secrets.keep(name, box.seal("4567890123"), "quantri", now)
        uow.channels.stop(Channel.TELEGRAM, "Kênh Telegram trả lời 401 Unauthorized.", now)
        uow.channels.rest(Channel.SMS, now + timedelta(minutes=5))
        yesterday = uow.outbox.deliveries(date(2026, 3, 23))
    returned = next(one.id for one in yesterday if one.known is Known.RETURNED)
    moved = next(one.id for one in yesterday if one.channel is Channel.ZALO)
    return {"dead": dead, "returned": returned or 0, "moved": moved or 0}


@pytest.mark.parametrize(("phone", "dark"), [(False, False), (True, True)], ids=["desk-light", "phone-dark"])
@pytest.mark.parametrize(("user", "path"), PAGES)
def test_has_no_accessibility_fault_and_fits_its_width(
    visit: Visit, lived_on: dict[str, int], user: str | None, path: str, phone: bool, dark: bool
) -> None:
    visitor = visit(user, phone=phone, dark=dark)
    page = visitor.go(path.format(**lived_on))
    assert "mã lỗi" not in page.inner_text("main")
    assert bool(page.locator("script").count()) is ((user, path) in SCRIPTED)
    found = Axe().run(page, options=RULES)
    assert [(one["id"], one["nodes"][0]["html"]) for one in found.response["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    name = re.sub(r"[^a-z0-9]+", "-", path.strip("/")) or "dau"
    visitor.picture(f"{name}-{user or 'khach'}{'-toi' if dark else ''}")


@pytest.mark.parametrize(("user", "path"), SCRIPTED)
def test_reads_the_same_without_script(visit: Visit, user: str, path: str) -> None:
    with_script = visit(user).go(path).inner_text("main")
    assert visit(user, script=False).go(path).inner_text("main") == with_script
