"""One benchmark in a process of its own: `python -m tests.bench.child NAME [--quick]`; its steps as JSON."""

import sys

import msgspec

from tests.bench import catalogue


def main() -> None:
    """Measure and write the steps as one JSON line on standard output."""
    name, quick = sys.argv[1], "--quick" in sys.argv[2:]
    steps = catalogue.measure(name, quick)
    sys.stdout.write("\n" + msgspec.json.encode(steps).decode() + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
