"""Rows of two plans are laid beside each other by their words, whatever their numbers."""

from cchc_tasks.domain.plan_versions import Change, PrintedRow, compare_rows


def row(code: str, title: str, time: str = "Quý I", lead: str = "VP", group: str | None = None) -> PrintedRow:
    return PrintedRow(0, code, group, title, {"product": "Báo cáo", "time": time, "lead": lead, "cooperating": ""})


def changes(before: list[PrintedRow], after: list[PrintedRow]) -> list[tuple[str, str | None, str | None]]:
    return [
        (one.change.value, one.before and one.before.code, one.after and one.after.code)
        for one in compare_rows(before, after)
    ]


PLAN = [row("1", "Rà soát thủ tục hành chính"), row("2", "Kiểm tra công vụ"), row("3", "Tập huấn chữ ký số")]


class TestComparison:
    def test_finds_nothing_between_a_plan_and_itself(self):
        assert changes(PLAN, PLAN) == [("SAME", "1", "1"), ("SAME", "2", "2"), ("SAME", "3", "3")]

    def test_follows_the_words_where_a_row_put_in_at_the_top_renumbers_all_others(self):
        new = [row("1", "Ban hành quy chế tiếp công dân"), *(row(str(n), PLAN[n - 2].title) for n in (2, 3, 4))]
        assert changes(PLAN, new) == [("ADDED", None, "1"), ("SAME", "1", "2"), ("SAME", "2", "3"), ("SAME", "3", "4")]

    def test_names_the_cells_that_read_otherwise(self):
        (one,) = compare_rows([PLAN[0]], [row("1", "Rà soát  thủ tục\nhành chính", time="Quý II", lead="TCCB")])
        assert (one.change, one.differing) == (Change.CHANGED, ("time", "lead"))

    def test_keeps_a_task_whose_title_was_only_mended(self):
        after = [row("1", "Rà soát, đơn giản hóa thủ tục hành chính")]
        assert changes([PLAN[0]], after) == [("CHANGED", "1", "1")]

    def test_takes_no_other_task_for_one_that_is_gone(self):
        assert changes([PLAN[0]], [row("1", "Kiểm tra công vụ đột xuất")]) == [
            ("ADDED", None, "1"),
            ("GONE", "1", None),
        ]

    def test_tells_rows_of_one_task_apart_by_their_other_cells(self):
        before = [row("1a", "Tuyên truyền", time="Quý I"), row("1b", "Tuyên truyền", time="Hằng tháng", lead="TCCB")]
        after = [row("1a", "Tuyên truyền", time="Hằng tháng", lead="TCCB"), row("1b", "Tuyên truyền", time="Quý I")]
        assert changes(before, after) == [("SAME", "1b", "1a"), ("SAME", "1a", "1b")]

    def test_gives_every_row_of_either_plan_exactly_once(self):
        before = [row(str(n), f"Nhiệm vụ số {n % 3} về {'việc ' * n}") for n in range(1, 9)]
        after = [row(str(n), f"Nhiệm vụ số {n % 2} về {'việc ' * n}") for n in range(3, 12)]
        found = compare_rows(before, after)
        assert sorted(one.before.code for one in found if one.before) == sorted(one.code for one in before)
        assert sorted(one.after.code for one in found if one.after) == sorted(one.code for one in after)
