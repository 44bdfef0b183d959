"""Which answers of the office are offered again."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import col, delete, select

from cchc_tasks.domain.errors import RememberedAnswerUnknown
from cchc_tasks.models.plan import Plan, PlanQuestion, RememberedAnswer
from cchc_tasks.store.store import Store


@dataclass(frozen=True, slots=True)
class Remembered:
    """A remembered answer by its id: the question it settled, and that question's plan."""

    id: int
    question: PlanQuestion
    plan: Plan


class RememberedAnswerStore(Store):
    """Reads and keeps them."""

    def keep(self, key: str, question_id: int) -> None:
        """Remember a question's answer in the place of the one that was remembered for the key."""
        insert = sqlite.insert if self._session.get_bind().dialect.name == "sqlite" else postgresql.insert
        new = insert(RememberedAnswer).values(key=key, question_id=question_id)
        self._session.execute(new.on_conflict_do_update(index_elements=["key"], set_={"question_id": question_id}))

    def of(self, key: str) -> Remembered | None:
        """What is remembered for a key."""
        return next(iter(self._all(RememberedAnswer.key == key)), None)

    def get(self, remembered_id: int) -> Remembered:
        """One by its id; raises RememberedAnswerUnknown."""
        for one in self._all(RememberedAnswer.id == remembered_id):
            return one
        raise RememberedAnswerUnknown(id=remembered_id)

    def all(self) -> Sequence[Remembered]:
        """All of them, in the order in which their phrases were first answered."""
        return self._all()

    def forget(self, remembered_id: int) -> None:
        """Offer it no more; the question it settled stays as it is."""
        self._session.execute(delete(RememberedAnswer).where(col(RememberedAnswer.id) == remembered_id))

    def forget_question(self, question_id: int) -> None:
        """Offer the answer of this question no more."""
        self._session.execute(delete(RememberedAnswer).where(col(RememberedAnswer.question_id) == question_id))

    def _all(self, *conditions: bool) -> Sequence[Remembered]:
        query = (
            select(RememberedAnswer, PlanQuestion, Plan)
            .join(PlanQuestion, col(PlanQuestion.id) == RememberedAnswer.question_id)
            .join(Plan, col(Plan.id) == PlanQuestion.plan_id)
            .where(*conditions)
            .order_by(col(RememberedAnswer.id))
        )
        return [Remembered(one.id or 0, question, plan) for one, question, plan in self._session.exec(query)]
