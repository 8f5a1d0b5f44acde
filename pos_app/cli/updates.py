"""`jangteo update`: a newer program from a stick, or nothing changed."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pos_app.cli.context import Context
from pos_app.cli.output import DONE, REFUSED, USAGE, give, give_json, say
from pos_app.i18n.texts import tr
from pos_app.runtime.faults import DamagedStore
from pos_app.runtime.paths import Home
from pos_app.runtime.single import OnlyOne
from pos_app.services import updates, updates_install


def update(context: Context) -> int:
    """Check the update at FILE and put it in place."""
    if context.args.may_remove:
        return _may_remove(context)
    if not context.args.file:
        say(tr("USB의 폴더나 jangteo-update.json을 적어요: jangteo update FILE"))
        return USAGE
    here = updates.installation()
    found = updates.find(Path(context.args.file), here)
    about = {"from": here.version, "to": found.version, "file": found.file.name, "installed": False}
    if context.args.check:
        words = tr("{ours} → {offered}: 서명이 맞고 이 컴퓨터에 맞는 파일이에요.", ours=here.version, offered=found.version)
        return _told(context, about, words)
    done = tr("장터포스를 {version} 판으로 바꿨어요. 판매 기록은 그대로예요.", version=found.version)
    if here.kind == updates.SETUP:
        done = tr("설치 프로그램이 {version} 판으로 바꾸고 있어요. 잠시 뒤에 다시 열어요.", version=found.version)
    updates_install.check_allowed(here)
    with _alone(context.home):
        _copy_first(context)
        updates_install.install(found, here)
    return _told(context, {**about, "installed": True}, done)


def _told(context: Context, about: dict[str, object], words: str) -> int:
    if context.json:
        give_json(about)
    else:
        give(words)
    return DONE


@contextmanager
def _alone(home: Path) -> Iterator[None]:
    """No window on this home opens meanwhile. Raises EnvironmentFault when one is open, or the home is locked."""
    if not home.is_dir():
        yield
        return
    try:
        lock = OnlyOne(Home(home).window_lock)
    except OSError as error:
        raise updates.no_writing(home) from error
    try:
        yield
    finally:
        lock.release()


def _copy_first(context: Context) -> None:
    """A copy of the store beside it, so that a fault of the new program costs nothing."""
    if not Home(context.home).database.is_file():
        return
    try:
        with context.house(acting=False) as house:
            house.backups.run()
    except DamagedStore as fault:
        say(str(fault))  # a newer program may be the cure


def _may_remove(context: Context) -> int:
    if not Home(context.home).database.is_file():
        return _counted(context, 0)
    with context.house(acting=False) as house:
        return _counted(context, house.health.unsynced().count)


def _counted(context: Context, count: int) -> int:
    if context.json:
        give_json({"unsynced_entries": count})
    if count:
        say(tr("보내지 않은 기록 {count}개가 이 컴퓨터에만 있어요: {home}", count=count, home=context.home))
        return REFUSED
    return DONE
