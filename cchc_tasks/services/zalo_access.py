"""Gives out the access token for a Zalo Official Account and renews it, for all threads and processes together.

A refresh token can be used once, so one process at a time may use it: it holds a lease, whoever waits looks for the
new pair in the database. The new pair is stored before its access token is used. A process that is killed between
Zalo's answer and storing takes the new pair with it: the next renewal is refused, and that is kept as the end of the
right, which an administrator gives anew.
"""

import time
from datetime import datetime, timedelta
from typing import Protocol
from uuid import uuid4

from cchc_tasks.domain.access import Action, Actor, require
from cchc_tasks.domain.errors import Unavailable, ZaloConsentNeeded, ZaloNotSet, ZaloOtherAccount, ZaloUnreachable
from cchc_tasks.domain.secret_names import SecretName
from cchc_tasks.domain.zalo_access import AccessStage, AccessState, Grant, TokenAnswer, granted, state_of
from cchc_tasks.ports import Clock, SecretBox
from cchc_tasks.services.secrets import read_secret
from cchc_tasks.services.zalo_grant import keep_grant, kept_grant
from cchc_tasks.store.database import Database
from cchc_tasks.store.unit_of_work import UnitOfWork

LEASE_NAME = "zalo-tokens"
LEASE = timedelta(seconds=90)  # longer than any answer is waited for; a killed process holds the others up so long
PATIENCE = 25.0  # seconds for which a sender waits for another one's renewal
LOOK_AGAIN = 0.2
STORING_PAUSES = (0.2, 0.4, 0.8, 1.6, 3.2, 6.4)  # a database that is locked or starts anew is waited for
ENGINE = "bộ nhắc việc"


class TokenDoor(Protocol):
    """Where tokens come from; both raise ZaloUnreachable, and ZaloSetWrong where only an administrator can help."""

    def redeem(self, app_id: str, app_secret: str, code: str, verifier: str) -> TokenAnswer:
        """The first pair, for the code of a consent."""

    def refresh(self, app_id: str, app_secret: str, refresh: str) -> TokenAnswer:
        """The next pair, for a refresh token."""

    def account_of(self, access: str) -> str:
        """For which account a token is; empty where nobody says."""


class StoredZaloAccess:
    """Fulfils adapters.zalo.access.ZaloAccess over the database; may be shared by threads."""

    def __init__(self, database: Database, box: SecretBox, door: TokenDoor, clock: Clock) -> None:
        self._database = database
        self._box = box
        self._door = door
        self._clock = clock

    def token(self) -> str:
        """A token that is not about to end; raises ZaloConsentNeeded, ZaloNotSet, ZaloSetWrong or ZaloUnreachable."""
        now = self._clock.now()
        with self._database.read() as uow:
            grant = _alive(kept_grant(uow, self._box), now)
        if not grant.needs_renewal(now):
            return grant.access
        try:
            return self.renewed(grant.access)
        except ZaloUnreachable:
            if grant.access_until > now:
                return grant.access
            raise

    def renewed(self, refused: str) -> str:
        """Another token than this one: of the pair that somebody stored meanwhile, else of a new one; raises the same.

        Waits while another thread or process renews.
        """
        holder, until = uuid4().hex, time.monotonic() + PATIENCE
        while time.monotonic() < until:
            now = self._clock.now()
            with self._database.write(now) as uow:
                # The lease first: whoever gets it sees what was stored by the one before.
                held = uow.running.take_lease(LEASE_NAME, holder, now + LEASE, now)
                grant = kept_grant(uow, self._box)
                is_ours = held and grant is not None and grant.access == refused and grant.dead_since is None
                if held and not is_ours:
                    uow.running.release_lease(LEASE_NAME, holder)
            if is_ours and grant is not None:
                return self._renewed_under_lease(grant, holder)
            alive = _alive(grant, now)
            if alive.access != refused:
                return alive.access
            time.sleep(LOOK_AGAIN)
        raise ZaloUnreachable(reason="một tiến trình khác đang gia hạn")

    def _renewed_under_lease(self, old: Grant, holder: str) -> str:
        try:
            app_id, app_secret = self._needed(SecretName.ZALO_APP_ID), self._needed(SecretName.ZALO_APP_SECRET)
            answer = self._door.refresh(app_id, app_secret, old.refresh)
        except Unavailable:
            with self._database.write(self._clock.now()) as uow:
                uow.running.release_lease(LEASE_NAME, holder)
            raise
        now = self._clock.now()
        new = old.refused(answer.refused, now) if answer.refused else granted(answer, now)
        return _alive(self._stored(old, new, holder), now).access

    def _stored(self, old: Grant, new: Grant, holder: str) -> Grant | None:
        """Keep what became of a pair, unless it is not the present one any more; gives the present one.

        What is not stored is lost, so it is tried for a while.
        """
        pauses = iter(STORING_PAUSES)
        while True:
            try:
                with self._database.write(self._clock.now()) as uow:
                    uow.running.release_lease(LEASE_NAME, holder)  # its row first, as whoever waits takes them
                    present = self._put(uow, old, new)
            except Unavailable:
                pause = next(pauses, None)
                if pause is None:
                    raise
                time.sleep(pause)
            else:
                return present

    def _put(self, uow: UnitOfWork, old: Grant, new: Grant) -> Grant | None:
        present = kept_grant(uow, self._box)
        if present is None or present.refresh != old.refresh:
            return present  # somebody gave the right anew, or another was quicker
        now = self._clock.now()
        keep_grant(uow, self._box, new, by=ENGINE, at=now)
        if new.dead_since:
            uow.note(ENGINE, "zalo.lost", f"secret:{SecretName.ZALO_TOKENS}", reason=new.dead_why)
        return new

    def _needed(self, name: SecretName) -> str:
        return needed_secret(self._database, self._box, name)


def exchange_code(
    database: Database, box: SecretBox, door: TokenDoor, code: str, *, actor: Actor, now: datetime
) -> AccessState:
    """Trade the code of a consent for the first pair and keep it.

    Zalo itself says for which account it is: the address that brought the code may have been written by anybody, and
    another account's owner reads what is sent through it. Raises NoRight, ZaloNotSet, ZaloSetWrong, ZaloUnreachable,
    ZaloOtherAccount, or ZaloConsentNeeded where Zalo refuses the code.
    """
    require(actor, Action.MANAGE_CHANNELS)
    names = (SecretName.ZALO_APP_ID, SecretName.ZALO_APP_SECRET, SecretName.ZALO_CODE_VERIFIER)
    app_id, app_secret, verifier = (needed_secret(database, box, name) for name in names)
    answer = door.redeem(app_id, app_secret, code, verifier)
    if answer.refused:
        raise ZaloConsentNeeded(reason=f"Zalo không nhận lần cấp quyền này ({answer.refused})")
    ours = read_secret(database, box, SecretName.ZALO_OA_ID)
    theirs = door.account_of(answer.access) if ours else ""
    if ours and theirs not in ("", ours.strip()):
        raise ZaloOtherAccount(oa=theirs[:25])
    grant = granted(answer, now)
    with database.write(now) as uow:
        keep_grant(uow, box, grant, by=actor.user, at=now)
        uow.note(actor.user, "zalo.consent", f"secret:{SecretName.ZALO_TOKENS}")
    return state_of(grant, now)


def access_state(database: Database, box: SecretBox, *, actor: Actor, now: datetime) -> AccessState:
    """How the right to write stands; raises NoRight, SecretUnopenable."""
    require(actor, Action.MANAGE_CHANNELS)
    with database.read() as uow:
        return state_of(kept_grant(uow, box), now)


def needed_secret(database: Database, box: SecretBox, name: SecretName) -> str:
    """What a secret says; raises ZaloNotSet, SecretUnopenable."""
    said = read_secret(database, box, name)
    if said is None:
        raise ZaloNotSet(name=name)
    return said


def _alive(grant: Grant | None, now: datetime) -> Grant:
    """The pair, if it is good for anything; raises ZaloConsentNeeded."""
    if grant is None:
        raise ZaloConsentNeeded(reason="chưa ai cấp quyền")
    state = state_of(grant, now)
    if state.stage is AccessStage.DEAD:
        raise ZaloConsentNeeded(reason=state.dead_why)
    return grant
