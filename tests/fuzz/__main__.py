"""`make fuzz`: reads thousands of spoilt files and altered plans, and ends non-zero where one showed a fault."""

import argparse
import sys
import time
from pathlib import Path

from tests.fuzz.campaign import Found, campaign, keep


def main() -> None:
    """Run, print the counts, and keep what showed a fault."""
    words = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    words.add_argument("--seed", type=int, default=2026)
    words.add_argument("--mutations", type=int, default=3_000)
    words.add_argument("--seconds", type=float, default=600)
    words.add_argument("--kinds", nargs="*", help="such as .docx .pdf; all where none is named")
    words.add_argument("--keep", type=Path, default=Path("var/fuzz"), help="where contents that showed a fault go")
    given = words.parse_args()
    start = time.monotonic()
    found = campaign(given.seed, given.mutations, given.seconds, frozenset(given.kinds) if given.kinds else None)
    _print(found, given.seed, time.monotonic() - start)
    keep(found, given.keep)
    sys.exit(1 if found.faults else 0)


def _print(found: Found, seed: int, seconds: float) -> None:
    print(f"seed {seed}: {found.counts.total()} mutations in {seconds:.0f} s")
    for kind in sorted({kind for kind, _ in found.counts}):
        outcomes = {outcome: count for (one, outcome), count in found.counts.items() if one == kind}
        listed = ", ".join(f"{outcome} {count}" for outcome, count in sorted(outcomes.items(), key=lambda one: -one[1]))
        print(f"  {kind:6}{sum(outcomes.values()):6}  {listed}")
    for message, count in found.unforeseen.most_common(20):
        print(f"  unforeseen {count:4} × {message}")
    print(f"{len(found.faults)} faults")
    for kind, wrong, _ in found.faults[:20]:
        print(f"--- {kind}\n{wrong}")


if __name__ == "__main__":
    main()
