"""`python -m tests.drills [NAME…]`: power cut, broken file, full disk, lost laptop, with their figures."""

import sys
from collections.abc import Callable

from _pytest.outcomes import Skipped

from tests.drills import broken_file, full_disk, lost_laptop, power_cut
from tests.drills.figures import Figures

DRILLS: dict[str, Callable[[Figures], object]] = {
    "power_cut": power_cut.run,
    "broken_file": broken_file.run,
    "full_disk": full_disk.run,
    "lost_laptop": lost_laptop.run,
}


def main(names: list[str]) -> int:
    """Run them; 1 when one failed, which raises where it did."""
    for name in names or list(DRILLS):
        print(name)
        try:
            DRILLS[name](Figures(name))
        except Skipped as skipped:
            print(f"  skipped: {skipped}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
