"""What is looked at before a home's store is opened: a few questions to the file system, no more."""

import shutil

from pos_app.i18n.texts import tr
from pos_app.runtime.faults import DamagedStore
from pos_app.runtime.paths import Home

RESTORED = "jangteo.restored.db"
DAMAGED = "damaged"
PLACE = "second-place.txt"
STARVED_BYTES = 2_000_000


def before_opening(home: Home) -> None:
    """Finish a restore that was cut off, let a full disk be opened. Raises DamagedStore.

    An empty or missing store beside copies of it is not a new home: it would be filled over.
    """
    if (home.root / RESTORED).exists():
        # lazy: only after a power cut in the middle of a restore
        from pos_app.services.restoring import finish

        finish(home)
    copied = any(home.copies.glob("*.backup"))
    if copied and (home.root / DAMAGED).exists():
        raise damaged()
    if copied and _empty(home):
        raise DamagedStore(
            tr("장부 파일이 없어졌어요."), tr("사본이 있어요. 사본에서 되살리면 이어서 팔 수 있어요.")
        )
    if home.ballast.exists() and shutil.disk_usage(home.root).free < STARVED_BYTES:
        home.ballast.unlink(missing_ok=True)


def damaged() -> DamagedStore:
    """The store was read through and found to be damaged."""
    fault = DamagedStore(tr("장부 파일이 상했어요."), tr("사본에서 되살리면 이어서 팔 수 있어요."))
    fault.openable = True
    return fault


def _empty(home: Home) -> bool:
    try:
        return home.database.stat().st_size == 0
    except OSError:
        return True


def mark_damaged(home: Home) -> None:
    """The next start offers to restore."""
    (home.root / DAMAGED).touch()


def forgive(home: Home) -> None:
    """Somebody wants to go on with it as it is; it is looked at again beside the window."""
    (home.root / DAMAGED).unlink(missing_ok=True)
