"""Runs one command and sorts what went wrong: a rule, the world, or a bug."""

import gc
import logging
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from pos_app.cli.context import Context, OpenHouse, Roof
from pos_app.cli.output import BUG, REFUSED, WORLD, give_json, say
from pos_app.cli.parser import build
from pos_app.domain.errors import DomainError
from pos_app.i18n.sentences import sentence
from pos_app.i18n.texts import tr
from pos_app.runtime.faults import EnvironmentFault
from pos_app.runtime.paths import Home
from pos_app.services.house import House

log = logging.getLogger(__name__)

# Name, module below `pos_app.cli`, function: a command reads only its own code.
COMMANDS: dict[str, tuple[str, str]] = {
    "demo": ("demo", "run"),
    "import": ("books", "take"),
    "day": ("selling", "day"),
    "ring": ("selling", "ring"),
    "report": ("reports", "report"),
    "receipt": ("papers", "receipt"),
    "settle": ("settling", "settle"),
    "labels": ("labels", "labels"),
    "printer": ("papers", "printer"),
    "import-orders": ("orders", "take"),
    "orders": ("orders", "orders"),
    "bundles": ("bundles", "bundles"),
    "stock": ("stock", "stock"),
    "enrol": ("syncing", "enrol"),
    "sync": ("syncing", "sync"),
    "bundle": ("syncing", "bundle"),
    "verify": ("books", "verify"),
    "rebuild": ("books", "rebuild"),
    "digest": ("books", "digest"),
    "doctor": ("doctor", "run"),
    "server": ("server", "server"),
    "hub": ("server", "hub"),
    "backup": ("backups", "backup"),
    "restore": ("backups", "restore"),
    "update": ("updates", "update"),
}


def run(
    argv: list[str],
    open_house: OpenHouse,
    open_window: Callable[[Callable[[], House], Path | None, str], int],
    start_logs: Callable[[Path], None],
    roof: Roof | None = None,
) -> int:
    """Run the command in `argv`; the exit code. Wrong usage leaves by SystemExit(2)."""
    args = build().parse_args([_spelled(word) for word in argv])
    context = Context(args, open_house, open_window, roof)
    logging.getLogger().addHandler(logging.NullHandler())  # people read one sentence, not the log
    try:
        if args.command is None:
            start_logs(Home(context.home).logs)
            return open_window(lambda: open_house(context.home), context.home, "")
        if args.command != "demo":
            gc.enable()  # switched off for the start; the window does so once it is warm
        return _command(args.command)(context)
    except DomainError as refusal:
        _tell(context, refusal.code, sentence(refusal))
        return REFUSED
    except EnvironmentFault as fault:
        _tell(context, "world", str(fault))
        return WORLD
    except BrokenPipeError:
        return WORLD
    except KeyboardInterrupt:
        return 130
    except Exception:
        log.exception("a bug")
        say(tr("프로그램에 문제가 생겼어요. 저장한 판매는 그대로 있어요. 아래 글을 담당자에게 보여 줘요."))
        raise SystemExit(_trace()) from None


def _command(name: str) -> Callable[[Context], int]:
    module, function = COMMANDS[name]
    found: Callable[[Context], int] = getattr(import_module(f"pos_app.cli.{module}"), function)
    return found


def _spelled(word: str) -> str:
    """An argument as text: bytes that are none become a mark, unless they name a file that is there."""
    try:
        if word.isascii() or Path(word).exists():
            return word
    except OSError:
        pass  # far too long for a file: a text then
    return word.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _tell(context: Context, code: str, words: str) -> None:
    say(words)
    if context.json:
        give_json({"error": code, "sentence": words})


def _trace() -> int:
    import traceback  # lazy: only for a bug

    traceback.print_exc(file=sys.stderr)
    return BUG
