"""Passwords, failures to sign in, sessions and kept forms."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import col, delete, func, select

from cchc_tasks.models.account import Credential, KeptForm, SignInFailure, WebSession
from cchc_tasks.store.store import Store

if TYPE_CHECKING:
    from sqlalchemy import CursorResult


class AccountStore(Store):
    """Reads and keeps what signing in needs."""

    def credential(self, person_id: int) -> Credential | None:
        """How a person proves who they are; None for one who was never given a password."""
        return self._session.get(Credential, person_id)

    def with_password(self, person_ids: Collection[int]) -> frozenset[int]:
        """Those of these people who were ever given a password."""
        return frozenset(
            self._session.exec(select(Credential.person_id).where(col(Credential.person_id).in_(person_ids)))
        )

    def locked_credential(self, person_id: int) -> Credential | None:
        """The same, its row held until the transaction ends."""
        return self._session.exec(select(Credential).where(Credential.person_id == person_id).with_for_update()).first()

    def add_credential(self, credential: Credential) -> None:
        """Keep a person's first password."""
        self._session.add(credential)
        self._session.flush()

    def sealed_second_factors(self) -> Sequence[str]:
        """Every secret of a second factor, as it is stored."""
        query = select(Credential.totp_secret).where(col(Credential.totp_secret).is_not(None))
        return [sealed for sealed in self._session.exec(query) if sealed is not None]

    def locked_second_factors(self) -> Sequence[Credential]:
        """Everybody who has a second factor, or was offered one; the rows held until the transaction ends."""
        query = select(Credential).where(col(Credential.totp_secret).is_not(None)).order_by(col(Credential.person_id))
        return self._session.exec(query.with_for_update()).all()

    def failure(self, subject: str) -> SignInFailure | None:
        """The failures of a user name or an address, the row held until the transaction ends."""
        return self._session.exec(
            select(SignInFailure).where(SignInFailure.subject == subject).with_for_update()
        ).first()

    def counter(self, subject: str, now: datetime) -> SignInFailure:
        """The subject's counter, begun at zero where there is none; its row is held until the transaction ends."""
        insert = sqlite.insert if self._session.get_bind().dialect.name == "sqlite" else postgresql.insert
        begun = insert(SignInFailure).values(subject=subject, failures=0, last_at=now).on_conflict_do_nothing()
        self._session.execute(begun)  # two first failures at once: one begins it, the other waits
        query = select(SignInFailure).where(SignInFailure.subject == subject).with_for_update()
        return self._session.exec(query).one()

    def forgive(self, subject: str) -> None:
        """Forget the failures of a user name or an address."""
        self._session.execute(delete(SignInFailure).where(col(SignInFailure.subject) == subject))

    def session(self, token_hash: str) -> WebSession | None:
        """A session by its token's hash, ended ones included."""
        return self._session.get(WebSession, token_hash)

    def add_session(self, session: WebSession) -> None:
        """Keep a new session."""
        self._session.add(session)
        self._session.flush()

    def end_session(self, token_hash: str) -> None:
        """Forget one session."""
        self._session.execute(delete(WebSession).where(col(WebSession.token_hash) == token_hash))

    def end_sessions(self, person_id: int) -> None:
        """Forget every session of a person."""
        self._session.execute(delete(WebSession).where(col(WebSession.person_id) == person_id))

    def add_kept_form(self, form: KeptForm) -> None:
        """Keep a form until its sender has signed in again."""
        self._session.add(form)
        self._session.flush()

    def kept_form(self, form_id: str, person_id: int) -> KeptForm | None:
        """A kept form of this person."""
        form = self._session.get(KeptForm, form_id)
        return form if form is not None and form.person_id == person_id else None

    def kept_forms(self, person_id: int) -> int:
        """How many forms are kept for a person."""
        query = select(func.count()).select_from(KeptForm).where(col(KeptForm.person_id) == person_id)
        return self._session.exec(query).one()

    def tidy(self, now: datetime) -> tuple[int, int]:
        """Remove sessions and kept forms a week after their end, failures after a day; counts the first two."""
        week, day = now - timedelta(days=7), now - timedelta(days=1)
        sessions = self._session.execute(delete(WebSession).where(col(WebSession.ends_at) < week))
        forms = self._session.execute(delete(KeptForm).where(col(KeptForm.kept_at) < week))
        self._session.execute(delete(SignInFailure).where(col(SignInFailure.last_at) < day))
        return _count(sessions), _count(forms)


def _count(result: object) -> int:
    return cast("CursorResult[Any]", result).rowcount
