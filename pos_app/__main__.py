"""The console script: hands each command the way to open a house, imports what it needs and no more."""

import gc
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.applications import Starlette

    from pos_app.services.house import House
    from pos_app.services.serving import Serving


def _open_house(home: Path) -> "House":
    # lazy: the window is painted before the store's libraries are loaded
    from pos_app.bootstrap import open_house

    return open_house(home)


class Roof:
    """How the commands put a server together."""

    def open_server(self, home: Path, address: str = "") -> "Serving":
        # lazy: see _open_house
        from pos_app.bootstrap import open_server

        return open_server(home, address)

    def web_application(self, serving: "Serving") -> "Starlette":
        # lazy: see _open_house
        from pos_app.bootstrap import web_application

        return web_application(serving)


def _open_window(ready: "Callable[[], House]", home: Path | None, title: str) -> int:
    # lazy: servers and commands run without Qt
    from pos_app.runtime.paths import Home
    from pos_app.runtime.single import OnlyOne

    try:
        from pos_app.ui.app import run
    except ModuleNotFoundError as missing:
        if missing.name != "PySide6":
            raise
        raise _without_window() from missing

    # A thread that reads in the background gives the interpreter back after this long, not after 5 ms.
    sys.setswitchinterval(0.001)
    lock = OnlyOne(Home(home).window_lock) if home else None
    try:
        return run(ready, early_title=title, open_practice=_practice(home))
    finally:
        if lock is not None:
            lock.release()


def _without_window() -> Exception:
    # lazy: only where nobody installed a window
    from pos_app.i18n.texts import tr
    from pos_app.runtime.faults import EnvironmentFault

    return EnvironmentFault(
        tr("화면 없이 설치한 장터포스예요."),
        tr("서버는 jangteo server로 켜요. 판매 창은 계산대용 설치 파일로 깔아요."),
    )


def _practice(home: Path | None) -> "Callable[[], House] | None":
    if home is None:
        return None

    def opened() -> "House":
        # lazy: see _open_house
        from pos_app.bootstrap import open_practice

        return open_practice(home)

    return opened


def _ready(home: Path) -> "House":
    """The house of a window that is painted already; from now on there is a log."""
    # lazy: the first picture does without
    from pos_app.runtime.logs import start
    from pos_app.runtime.paths import Home

    start(Home(home).logs)
    return _open_house(home)


def main() -> int:
    """Run `jangteo`; the exit code."""
    if sys.argv[1:2] == ["device-child"]:  # a packed program's own child, which holds a printer's device
        # lazy: it needs nothing else
        from pos_app.hardware.device_child import main as hold

        return hold(sys.argv[2])
    if sys.platform == "win32":
        # lazy: elsewhere every terminal and pipe is UTF-8
        from pos_app.runtime.streams import in_utf8

        in_utf8()
    # What a start makes stays for good: looking through it for garbage is a fifth of the start.
    gc.disable()
    argv = sys.argv[1:]
    if all(word.startswith("--home=") for word in argv):
        return _register(argv)
    # lazy: the window's start is not to wait for the commands' libraries
    from pos_app.cli.main import run
    from pos_app.runtime.logs import start

    return run(argv, _open_house, _open_window, start, Roof())


def _register(argv: list[str]) -> int:
    """`jangteo` alone, maybe with --home=DIR: the register."""
    from pos_app.runtime.faults import EnvironmentFault
    from pos_app.runtime.paths import default_home
    from pos_app.runtime.streams import tell

    given = [word.split("=", 1)[1] for word in argv if word.startswith("--home=")]
    home = Path(given[0]) if given else default_home()
    try:
        return _open_window(lambda: _ready(home), home, "")
    except EnvironmentFault as fault:
        tell(str(fault))
        return 3
    except OSError as error:
        tell(f"이 폴더를 쓸 수 없어요: {home} ({error}). 권한을 확인하거나 --home으로 골라요.")
        return 3


if __name__ == "__main__":
    sys.exit(main())
