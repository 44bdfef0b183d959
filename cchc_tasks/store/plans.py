"""Plans, their rows and their questions."""

from collections.abc import Iterable, Sequence

from sqlmodel import col, func, select

from cchc_tasks.domain.errors import PlanUnknown, QuestionUnknown
from cchc_tasks.domain.vocabulary import FindingKind, PlanStage
from cchc_tasks.models.journal import Lock
from cchc_tasks.models.plan import Plan, PlanFinding, PlanQuestion, PlanRow
from cchc_tasks.store.store import Store

IMPORTING = "importing"


class PlanStore(Store):
    """Reads and keeps plans."""

    def hold_importing(self) -> None:
        """Let only one transaction at a time add plans: a file becomes one plan however often it is handed in."""
        self._session.exec(select(Lock).where(Lock.name == IMPORTING).with_for_update()).one()

    def add(self, plan: Plan) -> int:
        """Keep a new plan and give its id."""
        return self._keep(plan)

    def add_row(self, row: PlanRow) -> int:
        """Keep a row of the appendix and give its id."""
        return self._keep(row)

    def add_findings(self, findings: Iterable[PlanFinding]) -> None:
        """Keep what a document says beside its duties."""
        self._session.add_all(findings)
        self._session.flush()

    def findings(self, plan_id: int, kind: FindingKind) -> Sequence[PlanFinding]:
        """What a plan's document says of a kind, in print order."""
        query = select(PlanFinding).where(PlanFinding.plan_id == plan_id, PlanFinding.kind == kind)
        return self._session.exec(query.order_by(col(PlanFinding.position))).all()

    def add_question(self, question: PlanQuestion) -> None:
        """Keep a question."""
        self._session.add(question)

    def withdraw(self, question: PlanQuestion) -> None:
        """Take an unanswered question back."""
        self._session.delete(question)
        self._session.flush()

    def last_number(self, plan_id: int) -> int:
        """The highest number among a plan's questions."""
        query = select(func.max(PlanQuestion.number)).where(PlanQuestion.plan_id == plan_id)
        return self._session.exec(query).one() or 0

    def get(self, plan_id: int) -> Plan:
        """A plan by id; raises PlanUnknown."""
        plan = self._session.get(Plan, plan_id)
        if plan is None:
            raise PlanUnknown(plan=plan_id)
        return plan

    def locked(self, plan_id: int) -> Plan:
        """A plan by id as it is now, its row held until the transaction ends; raises PlanUnknown."""
        query = select(Plan).where(Plan.id == plan_id).with_for_update()
        plan = self._session.exec(query.execution_options(populate_existing=True)).first()
        if plan is None:
            raise PlanUnknown(plan=plan_id)
        return plan

    def successor(self, plan_id: int) -> Plan | None:
        """The plan that took the place of another when it was published."""
        query = select(Plan).where(Plan.replaces_id == plan_id, Plan.stage != PlanStage.DRAFT)
        return self._session.exec(query).first()

    def from_file(self, sha256: str) -> Plan | None:
        """The plan that was read from a file with this hash."""
        return self._session.exec(select(Plan).where(Plan.file_sha256 == sha256)).first()

    def all(self) -> Sequence[Plan]:
        """Every plan, in the order of their import."""
        return self._session.exec(select(Plan).order_by(col(Plan.id))).all()

    def published(self) -> Sequence[Plan]:
        """The plans whose duties are open."""
        query = select(Plan).where(Plan.stage == PlanStage.PUBLISHED).order_by(col(Plan.id))
        return self._session.exec(query).all()

    def rows(self, plan_id: int) -> Sequence[PlanRow]:
        """The rows of a plan's appendix, in print order."""
        query = select(PlanRow).where(PlanRow.plan_id == plan_id).order_by(col(PlanRow.position))
        return self._session.exec(query).all()

    def row(self, row_id: int) -> PlanRow:
        """A row of the appendix by its id."""
        return self._session.get_one(PlanRow, row_id)

    def questions(self, plan_id: int) -> Sequence[PlanQuestion]:
        """All questions of a plan, in their order."""
        query = select(PlanQuestion).where(PlanQuestion.plan_id == plan_id).order_by(col(PlanQuestion.number))
        return self._session.exec(query).all()

    def question(self, plan_id: int, number: int) -> PlanQuestion:
        """One question of a plan by its number; raises QuestionUnknown."""
        query = select(PlanQuestion).where(PlanQuestion.plan_id == plan_id, PlanQuestion.number == number)
        found = self._session.exec(query).first()
        if found is None:
            raise QuestionUnknown(plan=plan_id, question=number)
        return found

    def unsettled(self, plan_id: int) -> int:
        """How many questions nobody has settled yet, not even by leaving them empty."""
        query = select(func.count()).select_from(PlanQuestion)
        query = query.where(PlanQuestion.plan_id == plan_id, col(PlanQuestion.answer).is_(None))
        return self._session.exec(query).one()
