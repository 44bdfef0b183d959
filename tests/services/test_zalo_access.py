"""The right to write through Zalo: one renewal for everybody, kept before it is used, and an end that is stated."""

import logging
import multiprocessing
import signal
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Barrier, Event, Thread
from zoneinfo import ZoneInfo

import pytest

from cchc_tasks.adapters.secret_box import CONNECTIONS
from cchc_tasks.adapters.zalo.notifier import zalo_ways
from cchc_tasks.adapters.zalo.oauth import OAuthDoor
from cchc_tasks.adapters.zalo.settings import read_zalo
from cchc_tasks.bootstrap import KEY_FILE, Application
from cchc_tasks.domain.access import LOCAL_ADMINISTRATOR
from cchc_tasks.domain.errors import NoRight, Unavailable, ZaloConsentNeeded, ZaloNotSet, ZaloUnreachable
from cchc_tasks.domain.secret_names import SecretName
from cchc_tasks.domain.vocabulary import Channel
from cchc_tasks.domain.zalo_access import AccessStage, AccessState
from cchc_tasks.ports import SecretBox
from cchc_tasks.services.secrets import set_secret
from cchc_tasks.services.watch_zalo_access import watch_zalo_access
from cchc_tasks.services.zalo_access import LEASE, StoredZaloAccess, TokenDoor, access_state, exchange_code
from cchc_tasks.store.database import Database
from tests.adapters.zalo.test_notifier import to
from tests.conftest import actor_of
from tests.services.zalo_renewing import HeldUpAtTheAnswer, Office, renew, renew_and_die
from tests.zalo_server import Zalo, running_zalo

SPAWN = multiprocessing.get_context("spawn")
START = datetime(2025, 12, 15, 5, 0, tzinfo=UTC)
CODE = "ma-cap-quyen-1"


@pytest.fixture
def zalo() -> Iterator[Zalo]:
    """A Zalo in which an administrator of the account has given consent."""
    with running_zalo() as running:
        yield running


class Given:
    """An office to which the right was given."""

    def __init__(self, app: Application, zalo: Zalo, folder: Path) -> None:
        self.app, self.zalo = app, zalo
        self.office = Office(app.settings.database, app.settings.home / KEY_FILE, zalo.config(folder), START)
        self.door = OAuthDoor(read_zalo(self.office.zalo_toml))
        self.box: SecretBox = app.secret_box(CONNECTIONS)
        self.set(SecretName.ZALO_APP_ID, zalo.app_id)
        self.set(SecretName.ZALO_APP_SECRET, zalo.app_secret)
        self.set(SecretName.ZALO_CODE_VERIFIER, zalo.code_verifier)
        self.clock = app.clock
        self.access = self.through(self.door)

    def set(self, name: SecretName, value: str) -> None:
        set_secret(self.app.database, self.box, name, value, actor=LOCAL_ADMINISTRATOR, now=START)

    def through(self, door: TokenDoor) -> StoredZaloAccess:
        return StoredZaloAccess(self.app.database, self.box, door, self.app.clock)

    def consent(self, code: str = CODE) -> AccessState:
        now = self.app.clock.now()
        return exchange_code(self.app.database, self.box, self.door, code, actor=LOCAL_ADMINISTRATOR, now=now)

    def state(self) -> AccessState:
        return access_state(self.app.database, self.box, actor=LOCAL_ADMINISTRATOR, now=self.app.clock.now())

    def later(self, **time: float) -> None:
        self.app.clock.moment += timedelta(**time)  # type: ignore[attr-defined]

    def watch(self) -> tuple[AccessState, list[str]]:
        now = self.app.clock.now()
        on = now.date()
        state = watch_zalo_access(self.app.database, self.box, self.access, on=on, now=now)
        with self.app.database.read() as uow:
            return state, [alert.text for alert in uow.running.alerts(on)]

    def renewals(self) -> int:
        return sum(one.body["grant_type"] == "refresh_token" for one in self.zalo.asked_for("token"))


@pytest.fixture
def given(app: Application, zalo: Zalo, tmp_path: Path) -> Given:
    """The invented Sở with a fresh consent."""
    made = Given(app, zalo, tmp_path / "zalo")
    made.consent()
    return made


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.xdist_group("postgresql"))])
def given_anywhere(
    request: pytest.FixtureRequest, app_on: Callable[[str], Application], zalo: Zalo, tmp_path: Path
) -> Given:
    """The same on each kind of database."""
    made = Given(app_on(request.param), zalo, tmp_path / "zalo")
    made.consent()
    return made


class TestConsent:
    def test_gives_a_pair_for_a_code_and_its_verifier(self, given: Given) -> None:
        state = given.state()
        assert state == AccessState(AccessStage.VALID, START, START + timedelta(hours=25), START + timedelta(days=90))
        assert given.access.token() in given.zalo.access
        (asked,) = given.zalo.asked_for("token")
        assert asked.headers["secret_key"] == given.zalo.app_secret
        assert asked.headers["content-type"] == "application/x-www-form-urlencoded"

    def test_with_a_used_code_is_refused_and_changes_nothing(self, given: Given) -> None:
        before = given.access.token()
        with pytest.raises(ZaloConsentNeeded, match=r"không nhận lần cấp quyền này \(mã -14003\)"):
            given.consent()
        assert given.access.token() == before

    def test_is_the_administrators_to_give_and_to_see(self, given: Given) -> None:
        office = actor_of(given.app, "vp.thuongtruc1")
        with pytest.raises(NoRight):
            access_state(given.app.database, given.box, actor=office, now=START)
        with pytest.raises(NoRight):
            exchange_code(given.app.database, given.box, given.door, "x", actor=office, now=START)

    def test_before_the_application_is_named_says_what_is_missing(
        self, app: Application, zalo: Zalo, tmp_path: Path
    ) -> None:
        bare = Given(app, zalo, tmp_path / "zalo")
        assert bare.state().stage is AccessStage.NONE
        assert bare.watch() == (AccessState(AccessStage.NONE), [])
        with pytest.raises(ZaloConsentNeeded, match="chưa ai cấp quyền"):
            bare.access.token()
        with app.database.write(START) as uow:
            uow.secrets.remove(SecretName.ZALO_APP_SECRET)
        with pytest.raises(ZaloNotSet, match="zalo-app-secret"):
            bare.consent()


class TestRenewal:
    def test_comes_an_hour_before_the_end_and_rotates_the_pair(self, given: Given) -> None:
        first = given.access.token()
        given.later(hours=24)
        assert given.access.token() == first
        given.later(minutes=1)
        second = given.access.token()
        assert second != first
        assert given.access.token() == second
        given.later(hours=24.5)
        assert given.access.token() not in (first, second)
        assert given.renewals() == 2
        assert given.state().refresh_until == given.clock.now() + timedelta(days=90)

    def test_of_a_token_that_somebody_renewed_already_is_theirs(self, given: Given) -> None:
        first = given.access.token()
        second = given.access.renewed(first)
        assert given.access.renewed(first) == second
        assert given.renewals() == 1

    def test_by_several_processes_at_once_is_one_call(self, given_anywhere: Given) -> None:
        first = given_anywhere.access.token()
        given_anywhere.zalo.token_delay = 0.3
        ready, said = SPAWN.Barrier(2), SPAWN.Queue()
        children = [SPAWN.Process(target=renew, args=(given_anywhere.office, first, ready, said)) for _ in range(2)]
        for child in children:
            child.start()
        answers = {said.get(timeout=60) for _ in children}
        for child in children:
            child.join()
        assert given_anywhere.renewals() == 1
        (second,) = answers
        assert second in given_anywhere.zalo.access
        assert given_anywhere.access.token() == second

    def test_that_takes_long_keeps_the_others_waiting(self, given_anywhere: Given) -> None:
        first, asked, go_on = given_anywhere.access.token(), Event(), Event()

        def meanwhile() -> None:
            asked.set()
            go_on.wait(10)

        slow = given_anywhere.through(HeldUpAtTheAnswer(given_anywhere.office.zalo_toml, meanwhile))
        found: list[str] = []
        workers = [Thread(target=lambda: found.append(slow.renewed(first)))]
        workers[0].start()
        assert asked.wait(10)
        workers += [Thread(target=lambda: found.append(given_anywhere.access.renewed(first))) for _ in range(2)]
        for worker in workers[1:]:
            worker.start()
        assert found == []
        go_on.set()
        for worker in workers:
            worker.join()
        assert (len(found), len(set(found)), given_anywhere.renewals()) == (3, 1, 1)

    @pytest.mark.parametrize("manner", ["drop", "503", "-32", "html"])
    def test_that_zalo_does_not_answer_leaves_the_token_until_its_end(self, given: Given, manner: str) -> None:
        first = given.access.token()
        given.zalo.at_token = [manner] * 2
        given.later(hours=24.5)
        assert given.access.token() == first
        given.later(hours=1)
        with pytest.raises(ZaloUnreachable):
            given.access.token()
        assert given.access.token() in given.zalo.access
        assert given.state().stage is AccessStage.VALID

    def test_is_kept_by_a_database_that_is_locked_when_zalo_answers(self, given: Given) -> None:
        first, locked = given.access.token(), Event()

        def hold() -> None:
            with given.app.database.write(START):
                locked.set()
                time.sleep(0.5)

        def meanwhile() -> None:
            Thread(target=hold).start()
            assert locked.wait(10)

        impatient = Database(given.office.database, busy_seconds=0.01)
        door = HeldUpAtTheAnswer(given.office.zalo_toml, meanwhile)
        second = StoredZaloAccess(impatient, given.box, door, given.clock).renewed(first)
        impatient.close()
        assert (given.access.token(), given.renewals()) == (second, 1)

    def test_does_not_undo_a_consent_given_meanwhile(self, given: Given) -> None:
        first = given.access.token()
        given.zalo.codes.add("ma-cap-quyen-2")
        slow = given.through(HeldUpAtTheAnswer(given.office.zalo_toml, lambda: given.consent("ma-cap-quyen-2")))
        newest = slow.renewed(first)
        assert newest == given.access.token()
        assert given.access.renewed(newest) in given.zalo.access


class TestALostRight:
    def assert_it_is_stated(self, given: Given) -> None:
        """Every later send is refused without another call; the state, the journal and an alert say so."""
        asked = given.renewals()
        for _ in range(3):
            with pytest.raises(ZaloConsentNeeded, match=r"Zalo không gia hạn mã truy cập \(mã -14014\)"):
                given.access.token()
        assert given.renewals() == asked
        state, alerts = given.watch()
        assert (state.stage, state.dead_since) == (AccessStage.DEAD, given.clock.now())
        assert alerts == [
            "Không gửi được qua Zalo OA: cần cấp lại quyền cho Zalo OA ở trang Kênh gửi "
            "(Zalo không gia hạn mã truy cập (mã -14014))."
        ]
        assert given.watch()[1] == alerts
        given.zalo.codes.add("ma-cap-quyen-2")
        assert given.consent("ma-cap-quyen-2").stage is AccessStage.VALID
        assert given.access.token() in given.zalo.access
        with given.app.database.read() as uow:
            actions = [entry.action for entry in uow.journal.entries("secret:zalo-tokens")]
        assert actions == ["zalo.consent", "zalo.lost", "zalo.consent"]

    def test_with_a_process_killed_before_it_kept_the_answer_is_stated(self, given_anywhere: Given) -> None:
        first = given_anywhere.access.token()
        child = SPAWN.Process(target=renew_and_die, args=(given_anywhere.office, first))
        child.start()
        child.join()
        assert child.exitcode == -signal.SIGKILL
        given_anywhere.later(seconds=LEASE.total_seconds())
        with pytest.raises(ZaloConsentNeeded):
            given_anywhere.access.renewed(first)
        self.assert_it_is_stated(given_anywhere)

    def test_with_the_answer_on_its_way_is_stated(self, given: Given) -> None:
        first = given.access.token()
        given.zalo.at_token = ["lost"]
        with pytest.raises(ZaloUnreachable):
            given.access.renewed(first)
        assert given.state().stage is AccessStage.VALID  # nobody can know yet
        with pytest.raises(ZaloConsentNeeded):
            given.access.renewed(first)
        self.assert_it_is_stated(given)


class TestTheDailyLook:
    def test_renews_a_pair_that_nobody_used_for_a_month(self, given: Given) -> None:
        given.later(days=30)
        assert given.watch()[0].given_at == START
        given.later(hours=1)
        state, alerts = given.watch()
        assert (state.given_at, state.refresh_until) == (given.clock.now(), given.clock.now() + timedelta(days=90))
        assert (given.renewals(), alerts) == (1, [])

    def test_warns_from_two_weeks_before_the_end_and_once_a_day(self, given: Given) -> None:
        given.zalo.at_token = ["503"] * 9
        given.later(days=75, hours=23)
        assert given.watch()[1] == []
        given.later(hours=1)
        warned = "Quyền gửi của Zalo OA còn 14 ngày: quản trị của OA cấp lại ở trang Kênh gửi trước khi hết hạn."
        assert given.watch()[1] == [warned]
        assert given.watch()[1] == [warned]
        given.later(days=14)
        state, (told,) = given.watch()
        assert state.stage is AccessStage.DEAD
        assert "mã gia hạn đã hết hạn" in told


class TestABatch:
    def test_in_four_threads_goes_on_over_a_token_that_ends_with_one_renewal_and_no_message_twice(
        self, given: Given
    ) -> None:
        phones = [f"849876543{number:02}" for number in range(40)]
        ways = zalo_ways(read_zalo(given.office.zalo_toml), given.access, given.office, ZoneInfo("Asia/Ho_Chi_Minh"))

        def send(part: list[str]) -> list[bool]:
            with closing(ways[Channel.ZALO]()) as notifier:
                half = len(part) // 2
                early = [notifier.send(to(phone)).accepted for phone in part[:half]]
                if ready.wait() == 0:
                    given.zalo.expire_access()
                ready.wait()
                return early + [notifier.send(to(phone)).accepted for phone in part[half:]]

        ready = Barrier(4)
        with ThreadPoolExecutor(4) as pool:
            accepted = [one for part in pool.map(send, [phones[start::4] for start in range(4)]) for one in part]
        assert accepted == [True] * 40
        assert sorted(one.recipient for one in given.zalo.taken) == phones
        assert given.renewals() == 1


class TestTokens:
    def test_stand_in_no_log_error_description_or_database_in_clear(
        self, given: Given, caplog: pytest.LogCaptureFixture, tmp_path: Path
    ) -> None:
        caplog.set_level(logging.DEBUG)
        said = []
        for manner in ("", "lost", ""):
            given.zalo.at_token = [manner]
            try:
                given.access.renewed(given.access.token())
            except Unavailable as error:
                said.append(repr(error) + str(error) + repr(error.__cause__) + repr(error.__context__))
        with given.app.database.read() as uow:
            said.append(repr(list(uow.secrets.all())) + repr(given.access) + repr(given.state()))
        stored = b"".join(file.read_bytes() for file in given.app.settings.home.rglob("*") if file.is_file())
        assert "httpcore" in caplog.text  # it would say everything that goes over the wire
        assert len(said) == 3  # the second renewal lost its answer, the third was refused
        assert "bi-mat" not in "\n".join([caplog.text, *said])
        assert b"access-bi-mat" not in stored
        assert b"refresh-bi-mat" not in stored
