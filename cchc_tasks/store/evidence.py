"""Evidence: revisions, what they prove, what was decided."""

from collections.abc import Collection, Sequence

from sqlmodel import col, func, select

from cchc_tasks.domain.errors import EvidenceUnknown
from cchc_tasks.domain.lifecycle import Submission
from cchc_tasks.models.evidence import Evidence, Proves, Revision, RevisionItem, Verification
from cchc_tasks.store.store import Store


class EvidenceStore(Store):
    """Reads and keeps evidence."""

    def add(self, unit_id: int, obligation_ids: Collection[int]) -> int:
        """Keep a new piece of evidence of a unit for these obligations and give its id."""
        evidence_id = self._keep(Evidence(unit_id=unit_id))
        self._session.add_all(Proves(evidence_id=evidence_id, obligation_id=one) for one in sorted(obligation_ids))
        return evidence_id

    def add_revision(self, revision: Revision, items: Sequence[RevisionItem]) -> int:
        """Keep a revision with its items and give its id."""
        revision_id = self._keep(revision)
        for item in items:
            item.revision_id = revision_id
        self._session.add_all(items)
        return revision_id

    def add_verification(self, verification: Verification) -> None:
        """Keep what was decided about a revision."""
        self._session.add(verification)
        self._session.flush()

    def get(self, evidence_id: int) -> Evidence:
        """A piece of evidence by id; raises EvidenceUnknown."""
        evidence = self._session.get(Evidence, evidence_id)
        if evidence is None:
            raise EvidenceUnknown(evidence=evidence_id)
        return evidence

    def all(self, unit_ids: Collection[int] | None = None) -> Sequence[Evidence]:
        """Every piece of evidence, of some units or of all, newest first."""
        query = select(Evidence).order_by(col(Evidence.id).desc())
        if unit_ids is not None:
            query = query.where(col(Evidence.unit_id).in_(unit_ids))
        return self._session.exec(query).all()

    def last_revision(self, evidence_id: int) -> Revision:
        """The newest revision of a piece of evidence."""
        query = select(Revision).where(Revision.evidence_id == evidence_id).order_by(col(Revision.number).desc())
        revision = self._session.exec(query.limit(1)).first()
        if revision is None:
            raise EvidenceUnknown(evidence=evidence_id)
        return revision

    def items(self, revision_id: int) -> Sequence[RevisionItem]:
        """What a revision is made of, in order."""
        query = select(RevisionItem).where(RevisionItem.revision_id == revision_id)
        return self._session.exec(query.order_by(col(RevisionItem.position))).all()

    def verification(self, revision_id: int) -> Verification | None:
        """What was decided about a revision, if anything was."""
        return self._session.exec(select(Verification).where(Verification.revision_id == revision_id)).first()

    def obligations_of(self, evidence_id: int) -> Sequence[int]:
        """The ids of the obligations that a piece of evidence proves."""
        query = select(Proves.obligation_id).where(Proves.evidence_id == evidence_id)
        return self._session.exec(query.order_by(col(Proves.obligation_id))).all()

    def latest_for(self, obligation_id: int) -> int | None:
        """The id of the newest piece of evidence for an obligation."""
        query = select(func.max(Proves.evidence_id)).where(Proves.obligation_id == obligation_id)
        return self._session.exec(query).one()

    def submissions(self, obligation_ids: Collection[int] | None = None) -> dict[int, list[Submission]]:
        """The submissions of obligations in the order they were handed in; all obligations' without an argument."""
        query = (
            select(col(Proves.obligation_id), col(Revision.received_on), col(Verification.outcome))
            .join(Revision, col(Revision.evidence_id) == Proves.evidence_id)
            .join(Verification, col(Verification.revision_id) == Revision.id, isouter=True)
            .order_by(col(Revision.id))
        )
        if obligation_ids is not None:
            query = query.where(col(Proves.obligation_id).in_(obligation_ids))
        found: dict[int, list[Submission]] = {}
        for obligation_id, received_on, outcome in self._session.exec(query):
            found.setdefault(obligation_id, []).append(Submission(received_on, outcome))
        return found

    def stored_hashes(self) -> Sequence[str]:
        """The hashes of every file that some revision refers to."""
        query = select(RevisionItem.sha256).where(col(RevisionItem.sha256).is_not(None)).distinct()
        return [one for one in self._session.exec(query) if one]
