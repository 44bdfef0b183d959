"""The database counts standings by the same rule as the domain, on both databases, all through a year."""

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from cchc_tasks.bootstrap import Application
from cchc_tasks.demo.show import fill_demo
from cchc_tasks.domain.access import LOCAL_ADMINISTRATOR
from cchc_tasks.domain.vocabulary import Standing
from cchc_tasks.services.listing import list_obligations

TODAY = date(2026, 11, 20)


@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgresql", marks=pytest.mark.xdist_group("postgresql"))])
def test_agree_with_the_domain_on_every_day_of_a_lived_year(
    app_on: Callable[[str], Application], kind: str, tmp_path: Path
) -> None:
    app = app_on(kind)
    fill_demo(app, TODAY)
    seen: set[Standing] = set()
    for offset in range(-330, 60, 15):
        on = TODAY + timedelta(offset)
        lines = list_obligations(app.database, on=on, actor=LOCAL_ADMINISTRATOR)
        by_domain = Counter(line.standing for line in lines if line.standing)
        with app.database.read() as uow:
            by_database: Counter[Standing] = Counter()
            for _, _, word, count in uow.standings.tallies(on, uow.office.due_soon_days()):
                by_database[Standing(word)] += count
            late = uow.standings.overdue(on, limit=1000)
        if on.year == TODAY.year:
            assert by_database == by_domain, on
        assert [row.id for row in sorted(late, key=lambda row: (row.due_on, row.id))] == [
            line.id for line in lines if line.standing is Standing.OVERDUE
        ]
        seen |= set(by_domain)
    assert seen == set(Standing)
