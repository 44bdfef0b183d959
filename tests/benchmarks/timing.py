"""How a figure is taken: the median of several rounds, the limit measured in turn with what is compared to it."""

import statistics
import time
from collections.abc import Callable

ROUNDS = 7


def seconds(work: Callable[[], object]) -> float:
    """How long one call takes."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def beside(work: Callable[[], object], limit: Callable[[], object], rounds: int = ROUNDS) -> tuple[float, float]:
    """The median seconds of `work` and the median ratio to `limit`, pair by pair."""
    work()
    limit()
    pairs = [(seconds(work), seconds(limit)) for _ in range(rounds)]
    return statistics.median(one for one, _ in pairs), statistics.median(one / other for one, other in pairs)
