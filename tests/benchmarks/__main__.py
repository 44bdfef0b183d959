"""`make bench`: figures beside a named limit measured in the same run, as ratios; nothing here asserts on time."""

from tests.benchmarks import deliveries, documents, doors, mornings, pages, phrases, readers, simulations


def main() -> None:
    """Run every benchmark and print its figures."""
    for benchmark in (phrases, readers, documents, deliveries, mornings, simulations, pages, doors):
        print(f"\n{benchmark.__doc__}")
        for line in benchmark.measure():
            print(f"  {line}")


if __name__ == "__main__":
    main()
