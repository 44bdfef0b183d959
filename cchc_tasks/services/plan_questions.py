"""What is asked of a plan as a whole, and of each sentence of its prose that may assign something."""

from collections.abc import Iterator, Sequence

from cchc_tasks.domain.plan_versions import PrintedRow, compare_rows
from cchc_tasks.domain.reading.findings import DutyReading, Question
from cchc_tasks.domain.reading.regime import RegimeLine
from cchc_tasks.domain.reading.whole import DocumentReading
from cchc_tasks.domain.regular_reports import FOLLOW_PERIODS, FOLLOW_REGIME, are_meant
from cchc_tasks.domain.vocabulary import RowSource
from cchc_tasks.models.plan import Plan
from cchc_tasks.services.printed_regime import regime_choice
from cchc_tasks.services.reading_rows import ASSIGN, LEAVE_OUT
from cchc_tasks.services.resolving import plan_day, resolve
from cchc_tasks.store.unit_of_work import UnitOfWork

REPLACES, STANDS_ALONE = "thay kế hoạch số ", "kế hoạch riêng"


def plan_questions(
    uow: UnitOfWork, plan: Plan, duties: Sequence[DutyReading], regime: Sequence[RegimeLine] = ()
) -> Iterator[Question]:
    """Who runs the plan, which regime it follows and what its regular reports mean.

    A plan that comes after another is offered what holds for that one.
    """
    before_id = plan.replaces_id or plan.carried_from_id
    before = uow.plans.get(before_id) if before_id is not None else None
    units = {unit.id: unit.name for unit in uow.directory.units().values()}
    secretariat = uow.directory.secretariat().name
    if before is not None and before.secretariat_id is not None:
        secretariat = units[before.secretariat_id]
    yield Question(
        "plan-secretariat",
        "secretariat",
        f"Đơn vị nào thường trực kế hoạch này? Đề xuất: {secretariat}.",
        proposal=secretariat,
        choices=tuple(sorted(set(units.values()))),
    )
    yield regime_choice(uow, plan, before, regime)
    if any(are_meant(part.label, part.rule) for duty in duties for part in duty.parts):
        yield Question(
            "regular-reports",
            "regular-reports",
            "Các dòng “báo cáo hàng quý” đến hạn vào ngày cuối kỳ hay theo ngày của chế độ báo cáo?",
            proposal=FOLLOW_REGIME if before is not None and before.reports_follow_regime else FOLLOW_PERIODS,
            choices=(FOLLOW_PERIODS, FOLLOW_REGIME),
        )


def version_of(before: Plan) -> Question:
    """Whether a plan that was imported by itself takes the place of a published one that it resembles."""
    name = before.number or before.title
    return Question(
        "plan-version",
        "plan-version",
        f"Phần lớn các dòng giống kế hoạch số {before.id} ({name}) đang thực hiện. Đây là bản mới thay"
        " kế hoạch đó, hay là kế hoạch riêng?",
        proposal=f"{REPLACES}{before.id}",
        choices=(f"{REPLACES}{before.id}", STANDS_ALONE),
    )


def version_after(gone: Plan, after: Plan) -> Question:
    """Whether a plan that was to replace one is to replace the one now in its place; nobody can propose that."""
    name = after.number or after.title
    return Question(
        "plan-version",
        "plan-version",
        f"Kế hoạch số {gone.id} đã được thay bằng kế hoạch số {after.id} ({name}). Đây là bản mới thay kế hoạch số"
        f" {after.id}, hay là kế hoạch riêng?",
        choices=(f"{REPLACES}{after.id}", STANDS_ALONE),
    )


def prose_question(uow: UnitOfWork, plan: Plan, reading: DocumentReading, duty: DutyReading) -> Question:
    """Whether a sentence of the prose is to become a duty.

    It is proposed only where no appendix assigns the plan's duties and somebody can be held to it: an appendix mostly
    says the same again.
    """
    appendix = [one.row for one in reading.duties if one.row.source is RowSource.APPENDIX]
    able = any(one.can_lead for one in resolve(uow, duty.leads, plan_day(plan)))
    like = _like(duty, [PrintedRow(0, row.id, row.group, row.title, row.cells) for row in appendix])
    hint = f" Phụ lục có dòng {like} gần giống." if like else ""
    return Question(
        code="prose-duty",
        about="row",
        text=f"Phần lời văn ghi: “{duty.row.title}” ({duty.row.cells['time']}).{hint} Có giao thành nhiệm vụ không?",
        proposal=ASSIGN if able and not appendix else LEAVE_OUT,
        choices=(ASSIGN, LEAVE_OUT),
    )


def _like(duty: DutyReading, appendix: Sequence[PrintedRow]) -> str | None:
    """The code of the row of the appendix that speaks of the same task."""
    sentence = PrintedRow(0, duty.row.id, None, duty.row.title, duty.row.cells)
    return next((one.before.code for one in compare_rows(appendix, [sentence]) if one.before and one.after), None)
