"""Asks Prefect's server what it has scheduled, by its REST interface, without Prefect's library."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from cchc_tasks.adapters.loopback import Unanswered, ask
from cchc_tasks.domain.errors import PrefectUnreachable


class PrefectApi:
    """Prefect's server at an address such as http://127.0.0.1:4200/api."""

    def __init__(self, url: str) -> None:
        self._url = url.rstrip("/")

    def next_runs(self, within: timedelta, now: datetime) -> dict[str, datetime]:
        """The next scheduled run of each deployment by name, as far as one really exists within a span of time.

        Raises PrefectUnreachable.
        """
        names = {one["id"]: one["name"] for one in self._ask("/deployments/filter", {"limit": 50})}
        wanted = {
            "flow_runs": {
                "state": {"type": {"any_": ["SCHEDULED"]}},
                "expected_start_time": {
                    "after_": now.astimezone(UTC).isoformat(),
                    "before_": (now + within).astimezone(UTC).isoformat(),
                },
            },
            "sort": "EXPECTED_START_TIME_ASC",
            "limit": 200,
        }
        found: dict[str, datetime] = {}
        for run in self._ask("/flow_runs/filter", wanted):
            name = names.get(run["deployment_id"])
            if name:
                found.setdefault(name, datetime.fromisoformat(run["expected_start_time"]))
        return found

    def _ask(self, path: str, body: dict[str, Any] | None = None) -> Any:  # noqa: ANN401 - JSON
        data = None if body is None else json.dumps(body).encode()
        try:
            with ask(self._url + path, data) as answer:
                return json.load(answer)
        except Unanswered as error:
            raise PrefectUnreachable(url=self._url) from error
