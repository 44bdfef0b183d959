"""Makes next year's draft from this year's plan: the same rows, their dates moved by rule, the rest asked."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from cchc_tasks.domain.access import Action, Actor, require
from cchc_tasks.domain.errors import CarriedOverAlready, YearNotLater, YearsSeveral
from cchc_tasks.domain.periods import Years
from cchc_tasks.domain.reading.findings import CELLS, DutyReading, Question
from cchc_tasks.domain.remembered_answers import carried_over
from cchc_tasks.models.plan import Plan, PlanQuestion, PlanRow
from cchc_tasks.services.asking import ask
from cchc_tasks.services.dispatches import refuse_dispatch
from cchc_tasks.services.plan_questions import plan_questions
from cchc_tasks.services.reading_rows import is_left_out, read_answered, row_questions
from cchc_tasks.store.database import Database
from cchc_tasks.store.unit_of_work import UnitOfWork

_MOVED = ("title", "product", "time")  # who leads and who helps is asked of every plan alike


@dataclass(frozen=True, slots=True)
class CarriedOver:
    """The new draft: its id, its rows, how many of them moved by rule as a whole, and the questions that wait."""

    plan_id: int
    title: str
    rows: int
    moved: int
    questions: int


def carry_over_plan(database: Database, plan_id: int, to: int, *, actor: Actor, now: datetime) -> CarriedOver:
    """Keep a draft for the year `to` with the rows of a one-year plan, the office's answers already in them.

    A cell moves where every date in it moves by exactly the distance of the years; any other keeps its words and is
    asked about. Raises YearsSeveral, YearNotLater, CarriedOverAlready, PlanUnknown, PlanIsDispatch.
    """
    require(actor, Action.IMPORT_PLAN)
    with database.write(now) as uow:
        uow.plans.hold_importing()
        old = uow.plans.get(plan_id)
        refuse_dispatch(old)
        given, asked = Years(old.first_year, old.last_year), Years(to, to)
        if given.single is None:
            raise YearsSeveral(plan=plan_id, years=f"{given.first}-{given.last}")
        if to <= given.first:
            raise YearNotLater(year=to, given=given.first)
        new = _draft(old, given, asked, now)
        known = uow.plans.from_file(new.file_sha256)
        if known:
            raise CarriedOverAlready(plan=known.id, of=plan_id, year=to)
        new_id = uow.plans.add(new)
        settled = uow.plans.questions(plan_id)
        rows = [row for row in uow.plans.rows(plan_id) if not is_left_out(row, settled)]
        carried = [_carry_row(uow, old, row, settled, new) for row in rows]
        ask(uow, new_id, [_IDENTITY, *plan_questions(uow, new, [one.reading for one in carried])])
        count = uow.plans.unsettled(new_id)
        uow.note(actor.user, "plan.carry-over", f"plan:{new_id}", of=plan_id, year=to, rows=len(rows), questions=count)
        return CarriedOver(new_id, new.title, len(rows), sum(one.moved for one in carried), count)


_IDENTITY = Question(
    code="document-number-blank",
    about="document",
    text="Kế hoạch mới chưa ghi số và ngày ban hành. Ghi theo mẫu: Số 15/KH-SGDĐT ngày 30/12/2026.",
)


@dataclass(frozen=True, slots=True)
class _Carried:
    """A row as it reads in the new year, and whether all of it moved by rule."""

    reading: DutyReading
    moved: bool


def _draft(old: Plan, given: Years, asked: Years, now: datetime) -> Plan:
    """The plan of the new year, not yet numbered or issued."""
    return Plan(
        title=carried_over("title", old.title, given, asked) or old.title,
        document_type=old.document_type,
        first_year=asked.first,
        last_year=asked.last,
        before_is_strict=old.before_is_strict,
        file_name=old.file_name,
        file_sha256=hashlib.sha256(f"{old.file_sha256} {asked.first}".encode()).hexdigest(),
        imported_at=now,
        carried_from_id=old.id,
    )


def _carry_row(uow: UnitOfWork, old: Plan, row: PlanRow, settled: Sequence[PlanQuestion], new: Plan) -> _Carried:
    """Keep the row in the new plan and ask about what did not move."""
    given, asked = Years(old.first_year, old.last_year), Years(new.first_year, new.last_year)
    read = read_answered(old, row, settled).row
    words = {"title": read.title} | {name: read.cells.get(name, "") for name in CELLS}
    moved = {name: carried_over(name, text, given, asked) for name, text in words.items()}
    kept = PlanRow(
        plan_id=new.id or 0,
        position=row.position,
        code=row.code,
        number=row.number,
        group=read.group,
        title=moved["title"] or words["title"],
        cells=dict(read.cells) | {name: moved[name] or words[name] for name in CELLS},
    )
    row_id = uow.plans.add_row(kept)
    left = [name for name in _MOVED if words[name] and moved[name] is None]
    reading = read_answered(new, kept, ())
    others = [one for one in row_questions(uow, new, reading) if one.about not in left]
    ask(uow, new.id or 0, [*(_unmoved(name, words[name], row.code, asked) for name in left), *others], row_id)
    return _Carried(reading, not left)


def _unmoved(name: str, words: str, code: str, asked: Years) -> Question:
    """What did not move by rule: a time has to be written anew, other words are proposed as they are."""
    if name == "time":
        text = f"Dòng {code}: thời gian “{words}” không chuyển được theo quy tắc sang năm {asked.first}."
        return Question("carry-over-time", name, f"{text} Ghi thời gian mới.")
    text = f"Dòng {code}: “{words}” nhắc đến năm hoặc văn bản cũ. Giữ nguyên hay sửa cho năm {asked.first}?"
    return Question("carry-over-words", name, text, proposal=words)
