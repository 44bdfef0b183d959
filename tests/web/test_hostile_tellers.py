"""What strangers may bring to a page: a consent for their own account under our number, markup, figures without end."""

from cchc_tasks.adapters.secret_box import CONNECTIONS
from cchc_tasks.bootstrap import Application
from cchc_tasks.domain.access import LOCAL_ADMINISTRATOR
from cchc_tasks.domain.secret_names import SecretName
from cchc_tasks.domain.zalo_access import AccessStage
from cchc_tasks.domain.zalo_events import ZaloKeys
from cchc_tasks.services.secrets import read_secret
from cchc_tasks.services.take_zalo_event import Outcome, take_zalo_event
from cchc_tasks.services.zalo_access import access_state
from tests.web.conftest import Browse
from tests.web.test_calendar import post
from tests.web.test_zalo import BACK, CODE, published, zalo
from tests.zalo_server import Zalo

__all__ = ["published", "zalo"]  # fixtures

MARKUP = "<script>alert(1)</script>\x1b[2J\u202e"


class TestAConsent:
    def test_for_another_account_under_our_number_is_not_kept(
        self, browse: Browse, published: Application, zalo: Zalo
    ) -> None:
        zalo.consented_by = "9999999999"  # who wrote the address that the administrator was led to
        admin = browse("quantri")
        assert admin.get(f"{BACK}?code={CODE}&oa_id={zalo.oa_id}").status_code == 200
        status, page = post(admin, BACK, ma=CODE, oa=zalo.oa_id)
        assert (status, "OA 9999999999" in page) == (409, True)
        box, now = published.secret_box(CONNECTIONS), published.clock.now()
        assert access_state(published.database, box, actor=LOCAL_ADMINISTRATOR, now=now).stage is AccessStage.NONE
        assert read_secret(published.database, box, SecretName.ZALO_TOKENS) is None


class TestWhatZaloTells:
    def test_is_text_on_every_page_and_in_every_message(
        self, browse: Browse, published: Application, zalo: Zalo
    ) -> None:
        now = published.clock.now()
        facts = {
            "event_name": "change_template_status",
            "timestamp": str(int(now.timestamp() * 1000)),
            "reason": MARKUP,
            "status": {"new_status": MARKUP},
        }
        body, headers = zalo.event(facts)
        keys = ZaloKeys(zalo.app_id, zalo.oa_id, zalo.webhook_secret, "zalo-webhook-secret")
        signature = headers["X-ZEvent-Signature"]
        outcome = take_zalo_event(published.database, keys, body, signature, on=published.today(), now=now)
        assert outcome is Outcome.APPLIED
        admin = browse("quantri")
        page = admin.get("/tong-quan").text
        assert "&lt;script&gt;alert(1)" in page
        for text in (page, admin.get("/luot-gui").text):
            assert "<script>alert(1)" not in text
            assert "\x1b" not in text


class TestASpeed:
    def test_of_figures_without_end_is_refused(self, browse: Browse) -> None:
        status, page = post(browse("quantri"), "/kenh-gui/SMS", dung="1", moi_phut="9" * 5_000, cung_luc="1")
        assert (status, 'id="moi-phut-wrong"' in page) == (422, True)
