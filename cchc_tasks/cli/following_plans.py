"""`cchc plan compare` and `cchc plan carry-over`: from one plan to the next."""

from typing import Any

import click

from cchc_tasks.cli.layout import echo_json
from cchc_tasks.cli.office import NUMBER, OfficeCommand, as_json, as_user
from cchc_tasks.cli.session import acting, opened
from cchc_tasks.domain.plan_versions import Change, RowChange
from cchc_tasks.services.carry_over_plan import carry_over_plan
from cchc_tasks.services.compare_plans import Comparison, compare_plans
from cchc_tasks.services.plan_changes import differences_in_words

_IN_WORDS = {Change.SAME: "giữ nguyên", Change.CHANGED: "thay đổi", Change.ADDED: "thêm", Change.GONE: "bỏ"}


@click.command("compare", cls=OfficeCommand, help="So từng dòng với kế hoạch trước: thêm, thay đổi, bỏ.")
@click.argument("plan_id", metavar="SỐ", type=NUMBER)
@click.option(
    "--with", "other", metavar="SỐ", type=NUMBER, help="Kế hoạch trước. Mặc định: bản được thay hoặc được chuyển năm."
)
@as_json
@as_user
def compare(plan_id: int, other: int | None, as_json: bool, user: str | None) -> None:
    app = opened()
    found = compare_plans(app.database, plan_id, other, actor=acting(app.database, user))
    if as_json:
        echo_json({"before": found.before, "after": found.after, "rows": changes_as_json(found)})
    else:
        echo_changes(found)


@click.command("carry-over", cls=OfficeCommand, help="Lập bản nháp năm sau từ các dòng của kế hoạch này.")
@click.argument("plan_id", metavar="SỐ", type=NUMBER)
@click.option("--to", metavar="NĂM", type=click.IntRange(2000, 2099), required=True, help="Năm của kế hoạch mới.")
@as_json
@as_user
def carry_over(plan_id: int, to: int, as_json: bool, user: str | None) -> None:
    app = opened()
    done = carry_over_plan(app.database, plan_id, to, actor=acting(app.database, user), now=app.clock.now())
    if as_json:
        echo_json(
            {
                "id": done.plan_id,
                "title": done.title,
                "rows": done.rows,
                "moved": done.moved,
                "questions": done.questions,
            }
        )
        return
    click.echo(f"Đã lập bản nháp số {done.plan_id}: {done.title}")
    click.echo(f"{done.rows} dòng, {done.moved} dòng chuyển năm theo quy tắc, {done.questions} câu hỏi cần trả lời.")
    click.echo(f"Xem khác biệt: cchc plan compare {done.plan_id}")


def echo_changes(found: Comparison) -> None:
    """A line for each row that is not the same, then how many there are of each kind."""
    click.echo(f"Kế hoạch số {found.after} so với kế hoạch số {found.before}:")
    for one in found.rows:
        if one.change is not Change.SAME:
            click.echo(_change_line(one))
    counts = {change: sum(one.change is change for one in found.rows) for change in Change}
    click.echo("; ".join(f"{_IN_WORDS[change]} {count} dòng" for change, count in counts.items()) + ".")


def changes_as_json(found: Comparison) -> list[dict[str, Any]]:
    """Each row of either plan once."""
    return [_change_json(one) for one in found.rows]


def _change_line(one: RowChange) -> str:
    renumbered = f" (trước là dòng {one.before.code})" if one.before and one.before.code != one.row.code else ""
    said = differences_in_words(one) if one.change is Change.CHANGED else one.row.words("title")
    return f"{_IN_WORDS[one.change].capitalize()} dòng {one.row.code}{renumbered}: {said}"


def _change_json(one: RowChange) -> dict[str, Any]:
    return {
        "change": one.change.value.lower(),
        "before": one.before and one.before.code,
        "after": one.after and one.after.code,
        "title": one.row.words("title"),
        "differing": [
            {"about": name, "before": one.before.words(name), "after": one.after.words(name)}
            for name in one.differing
            if one.before and one.after
        ],
    }
