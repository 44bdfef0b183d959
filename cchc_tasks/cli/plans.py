"""`cchc plan`: from a document to a published plan."""

from dataclasses import asdict
from datetime import date
from typing import Any

import click

from cchc_tasks.cli.asked import asked_in_words
from cchc_tasks.cli.findings_json import kept_as_json
from cchc_tasks.cli.following_plans import changes_as_json, echo_changes
from cchc_tasks.cli.layout import echo_json, echo_table
from cchc_tasks.cli.office import NUMBER, Day, YearSpan, as_json, as_user, columns_by_hand, group
from cchc_tasks.cli.reading_json import duty_as_json
from cchc_tasks.cli.session import acting, existing, opened
from cchc_tasks.cli.side_by_side import echo_side_by_side
from cchc_tasks.domain.access import Action, require
from cchc_tasks.domain.document_names import document_name
from cchc_tasks.domain.periods import Years
from cchc_tasks.domain.reading.columns import parse_columns
from cchc_tasks.domain.vocabulary import Answer, FindingKind, PlanStage
from cchc_tasks.models.plan import Plan, PlanQuestion
from cchc_tasks.services.answer_question import Settlement, answer_question
from cchc_tasks.services.compare_plans import compare_plans
from cchc_tasks.services.discard_plan import discard_plan
from cchc_tasks.services.dispatches import is_dispatch
from cchc_tasks.services.forget_answer import forget_answer
from cchc_tasks.services.import_plan import import_plan
from cchc_tasks.services.list_remembered_answers import list_remembered_answers
from cchc_tasks.services.plan_changes import CELL_IN_WORDS
from cchc_tasks.services.publish_plan import publish_plan
from cchc_tasks.services.show_plan import ReadRow, show_plan

plan = group("plan", "Kế hoạch: nhập, trả lời câu hỏi, công bố.")
FINDINGS_IN_WORDS = {
    FindingKind.REGIME: "mốc báo cáo",
    FindingKind.INDICATOR: "chỉ tiêu",
    FindingKind.CRITERION: "tiêu chí chấm điểm",
    FindingKind.CITATION: "văn bản viện dẫn",
    FindingKind.FIGURE: "số liệu",
}
STAGE_IN_WORDS = {
    PlanStage.DRAFT: "bản nháp",
    PlanStage.PUBLISHED: "đã công bố",
    PlanStage.REPLACED: "đã có bản mới thay thế",
    PlanStage.DISCARDED: "bản nháp đã bỏ",
}


@plan.command("import", help="Đọc tệp kế hoạch và lưu thành bản nháp.")
@click.argument("file", metavar="TỆP")
@click.option("--years", type=YearSpan(), help="Năm của kế hoạch: 2023 hoặc 2021-2025.")
@click.option("--replaces", metavar="SỐ", type=NUMBER, help="Kế hoạch đã công bố mà tệp này là bản mới.")
@columns_by_hand
@as_json
@as_user
def import_(
    file: str, years: Years | None, replaces: int | None, columns: str | None, as_json: bool, user: str | None
) -> None:
    app = opened()
    imported = import_plan(
        app.database,
        app.reader,
        existing(file),
        years=years,
        before_is_strict=app.settings.before_is_strict,
        replaces=replaces,
        columns=parse_columns(columns) if columns is not None else None,
        actor=acting(app.database, user),
        now=app.clock.now(),
    )
    changes = None
    if imported.before is not None:
        changes = compare_plans(app.database, imported.plan_id, imported.before, actor=acting(app.database, user))
    if as_json:
        echo_json(
            {
                "id": imported.plan_id,
                "title": imported.title,
                "rows": imported.rows,
                "sentences": imported.sentences,
                "findings": {kind.value: count for kind, count in imported.findings.items()},
                "questions": imported.questions,
                "before": imported.before,
                "changes": changes_as_json(changes) if changes else [],
            }
        )
        return
    click.echo(f"Đã nhập kế hoạch số {imported.plan_id}: {imported.title}")
    prose = f", {imported.sentences} câu ngoài phụ lục" if imported.sentences else ""
    click.echo(f"{imported.rows} dòng phụ lục{prose}, {imported.questions} câu hỏi cần trả lời.")
    others = [f"{count} {FINDINGS_IN_WORDS[kind]}" for kind, count in imported.findings.items() if count]
    if others:
        click.echo(f"Cũng đọc và lưu: {', '.join(others)}.")
    if changes:
        echo_changes(changes)
    click.echo(f"Xem câu hỏi: cchc plan questions {imported.plan_id}")


@plan.command("list", help="Danh sách kế hoạch.")
@as_json
@as_user
def list_(as_json: bool, user: str | None) -> None:
    app = opened()
    require(acting(app.database, user), Action.SEE_PLANS)
    with app.database.read() as uow:
        plans = uow.plans.all()
    if as_json:
        echo_json([one.model_dump(mode="json") for one in plans])
        return
    rows = ((one.id, STAGE_IN_WORDS[one.stage], _number(one), one.title) for one in plans)
    echo_table(("Số", "Tình trạng", "Số, ký hiệu", "Tên kế hoạch"), rows)


@plan.command("show", help="Các dòng phụ lục như trong văn bản.")
@click.argument("plan_id", metavar="SỐ", type=NUMBER)
@click.option("--side-by-side", is_flag=True, help="In văn bản bên trái, cách hiểu bên phải.")
@as_json
@as_user
def show(plan_id: int, side_by_side: bool, as_json: bool, user: str | None) -> None:
    app = opened()
    shown = show_plan(app.database, plan_id, actor=acting(app.database, user))
    if as_json:
        listed = [_row_json(one, with_reading=side_by_side) for one in shown.rows]
        echo_json(shown.plan.model_dump(mode="json") | {"rows": listed} | kept_as_json(shown.findings))
        return
    click.echo(f"{shown.plan.title} ({STAGE_IN_WORDS[shown.plan.stage]})")
    if side_by_side:
        echo_side_by_side(shown.rows, Years(shown.plan.first_year, shown.plan.last_year))
        return
    cells = ((one.row.code, one.row.cells.get("time"), one.row.cells.get("lead"), one.row.title) for one in shown.rows)
    echo_table(("Dòng", "Thời gian", "Chủ trì", "Nhiệm vụ"), cells)


@plan.command("questions", help="Câu hỏi của kế hoạch; câu để trống vẫn được liệt kê.")
@click.argument("plan_id", metavar="SỐ", type=NUMBER)
@as_json
@as_user
def questions(plan_id: int, as_json: bool, user: str | None) -> None:
    app = opened()
    require(acting(app.database, user), Action.SEE_PLANS)
    with app.database.read() as uow:
        uow.plans.get(plan_id)
        rows = {row.id: row.code for row in uow.plans.rows(plan_id)}
        asked = uow.plans.questions(plan_id)
    if as_json:
        echo_json([_question_json(one, rows) for one in asked])
        return
    cells = (
        (one.number, rows.get(one.row_id, "–"), _state(one), one.proposal or "–", asked_in_words(one)) for one in asked
    )
    echo_table(("Số", "Dòng", "Trả lời", "Đề xuất", "Câu hỏi"), cells)
    waiting = sum(one.answer in (None, Answer.LEFT_EMPTY) for one in asked)
    click.echo(f"{waiting} câu hỏi còn để ngỏ.")


@plan.command("answer", help="Trả lời một câu hỏi của kế hoạch.")
@click.argument("plan_id", metavar="KẾ HOẠCH", type=NUMBER)
@click.argument("number", metavar="CÂU HỎI", type=NUMBER)
@click.option("--accept", is_flag=True, help="Nhận đề xuất.")
@click.option("--choose", metavar="LỰA CHỌN", help="Chọn một trong các lựa chọn.")
@click.option("--text", metavar="NỘI DUNG", help="Tự ghi câu trả lời.")
@as_user
def answer(plan_id: int, number: int, accept: bool, choose: str | None, text: str | None, user: str | None) -> None:
    if [accept, choose is not None, text is not None].count(True) != 1:
        raise click.UsageError("one answer")
    if accept:
        settlement = Settlement(Answer.ACCEPTED)
    else:
        settlement = Settlement(Answer.CHOSEN, choose) if choose is not None else Settlement(Answer.WRITTEN, text)
    app = opened()
    answer_question(
        app.database,
        plan_id,
        number,
        settlement,
        actor=acting(app.database, user),
        now=app.clock.now(),
    )
    click.echo(f"Đã ghi câu trả lời cho câu hỏi số {number}.")


@plan.command("discard", help="Bỏ một bản nháp; tệp của bản đó nhập lại được.")
@click.argument("plan_id", metavar="SỐ", type=NUMBER)
@as_user
def discard(plan_id: int, user: str | None) -> None:
    app = opened()
    discard_plan(app.database, plan_id, actor=acting(app.database, user), now=app.clock.now())
    click.echo(f"Đã bỏ bản nháp số {plan_id}.")


@plan.command("remembered", help="Các câu trả lời đã nhớ, được đề xuất khi kế hoạch sau hỏi lại.")
@as_json
@as_user
def remembered(as_json: bool, user: str | None) -> None:
    app = opened()
    lines = list_remembered_answers(app.database, actor=acting(app.database, user))
    if as_json:
        echo_json([asdict(one) for one in lines])
        return
    cells = (
        (one.id, CELL_IN_WORDS[one.about], one.years, one.plan_id, one.answered_by, one.answer, one.words)
        for one in lines
    )
    echo_table(("Số", "Ô", "Năm", "Kế hoạch", "Người trả lời", "Câu trả lời", "Chữ trong kế hoạch"), cells)


@plan.command("forget", help="Bỏ một câu trả lời đã nhớ; kế hoạch đã dùng câu trả lời đó không thay đổi.")
@click.argument("remembered_id", metavar="SỐ", type=NUMBER)
@as_user
def forget(remembered_id: int, user: str | None) -> None:
    app = opened()
    forget_answer(app.database, remembered_id, actor=acting(app.database, user), now=app.clock.now())
    click.echo(f"Đã bỏ câu trả lời đã nhớ số {remembered_id}.")


@plan.command("publish", help="Công bố kế hoạch và mở các nhiệm vụ kỳ.")
@click.argument("plan_id", metavar="SỐ", type=NUMBER)
@click.option("--on", type=Day(), help="Ngày công bố. Mặc định: hôm nay.")
@click.option("--accept-questions", is_flag=True, help="Nhận mọi đề xuất; câu không có đề xuất thì để trống.")
@as_json
@as_user
def publish(plan_id: int, on: date | None, accept_questions: bool, as_json: bool, user: str | None) -> None:
    app = opened()
    done = publish_plan(
        app.database,
        plan_id,
        on=on or app.today(),
        accept_questions=accept_questions,
        horizon_months=app.settings.horizon_months,
        actor=acting(app.database, user),
        now=app.clock.now(),
    )
    if as_json:
        echo_json(
            {
                "id": plan_id,
                "already": done.already,
                "duties": done.duties,
                "obligations": done.obligations,
                "left_empty": done.left_empty,
            }
        )
    elif done.already:
        click.echo(f"Kế hoạch số {plan_id} đã công bố từ trước, không có gì thay đổi.")
    else:
        empty = f" {done.left_empty} câu hỏi để trống." if done.left_empty else ""
        click.echo(f"Đã công bố: {done.duties} nhiệm vụ, mở {done.obligations} việc theo kỳ.{empty}")


def _row_json(one: ReadRow, *, with_reading: bool) -> dict[str, Any]:
    kept = one.row.model_dump(mode="json", exclude={"id", "plan_id"})
    return kept | {"reading": duty_as_json(one.reading), "left_out": one.left_out} if with_reading else kept


def _question_json(one: PlanQuestion, rows: dict[int | None, str]) -> dict[str, Any]:
    return {
        "id": one.number,
        "row": rows.get(one.row_id),
        "code": one.code,
        "about": one.about,
        "text": one.text,
        "words": one.words,
        "proposal": one.proposal,
        "choices": one.choices,
        "answer": one.answer,
        "answered_text": one.answered_text,
        "open": one.answer in (None, Answer.LEFT_EMPTY),
    }


def _number(plan: Plan) -> str:
    """What a công văn is called says that it is one; a plan has its number alone."""
    return document_name(plan.document_type, plan.number, plan.title) if is_dispatch(plan) else plan.number or "–"


def _state(one: PlanQuestion) -> str:
    if one.answer is None:
        return "chưa trả lời"
    return "để trống" if one.answer is Answer.LEFT_EMPTY else one.answered_text or ""
