"""Copies of the store from the command line: make one, look at them, bring one back."""

from contextlib import ExitStack
from pathlib import Path
from typing import Any

import msgspec

from pos_app.cli.context import Context
from pos_app.cli.output import DONE, give, give_json, say
from pos_app.domain.errors import DomainError
from pos_app.domain.operators import Action
from pos_app.i18n.texts import tr
from pos_app.runtime.clock import Clock
from pos_app.runtime.faults import EnvironmentFault
from pos_app.runtime.paths import Home
from pos_app.runtime.single import OnlyOne
from pos_app.services import backup_file, restoring
from pos_app.services.backup_file import Manifest
from pos_app.services.house import House
from pos_app.services.restoring import Restored
from pos_app.services.take_over import Carried, TakeOver


def backup(context: Context) -> int:
    """Copy to FILE, or to this disk and the second place; `--list` shows what there is."""
    wanted = context.args.file
    with context.house(acting=False) as house:
        if context.args.list:
            return _list(context, house)
        if wanted:
            path = Path(wanted)
            manifest = house.backups.to_file(path)
            made, fault = [str(path)], ""
        else:
            done = house.backups.run()
            manifest, made, fault = done.manifest, [str(path) for path in done.made], done.fault
    if context.json:
        give_json({"made": made, "fault": fault, **msgspec.to_builtins(manifest)})
    else:
        for name in made:
            give(tr("{file}: 기록 {events}개, 읽어 봐서 맞아요", file=name, events=manifest.events))
        if fault:
            say(fault)
    return DONE


def _list(context: Context, house: House) -> int:
    found = house.backups.copies()
    if context.json:
        rows = [
            {"file": str(copy.path), "place": copy.place, **msgspec.to_builtins(copy.manifest)}
            for copy in found
        ]
        give_json({"copies": rows})
        return DONE
    for copy in found:
        give(f"{copy.manifest.made_at}  {copy.path}  {_words(copy.manifest)}")
    if not found:
        say(tr("아직 사본이 없어요."))
    return DONE


def _words(manifest: Manifest) -> str:
    where = f"{manifest.market} {manifest.business_date}".strip()
    return tr(
        "{register} {where} 기록 {events}개", register=manifest.register, where=where, events=manifest.events
    )


def restore(context: Context) -> int:
    """Bring FILE back into this home; into an empty one, or with --take-over, as a machine that carries on."""
    file, home = Path(context.args.file), Home(context.home)
    backup_file.check(file)  # said before anything is asked or locked
    with ExitStack() as held:
        held.callback(OnlyOne(home.window_lock).release)
        held.callback(_server_is_off(home).release)
        fresh = not _has_store(home) and not any(home.copies.glob(f"*{backup_file.SUFFIX}"))
        of_server = backup_file.is_of_server(file)  # comes back as itself: all devices trust its root key alone
        if context.args.take_over or (fresh and not of_server):
            with context.house() as house:
                return _carried(context, TakeOver(house.desk).from_copy(file))
        if not fresh:
            _may(context)
        second = restoring.second_copies_in(*restoring.remembered_places(home), file.parent)
        done = restoring.restore(home, file, Clock(), exactly=context.args.exactly, second=second)
        return _restored(context, done)


def _server_is_off(home: Home) -> OnlyOne:
    try:
        return OnlyOne(home.server_lock)
    except EnvironmentFault as taken:
        raise EnvironmentFault(
            tr("이 폴더의 서버가 켜져 있어서 되살리지 않았어요."), tr("서버를 끄고 다시 해요.")
        ) from taken


def _has_store(home: Home) -> bool:
    return home.database.is_file() and home.database.stat().st_size > 0


def _may(context: Context) -> None:
    """Who may change settings may restore; of a store that opens no more nobody can be asked."""
    try:
        with context.house() as house:
            house.desk.require(Action.SETTINGS)
    except (EnvironmentFault, DomainError) as problem:
        if isinstance(problem, DomainError):
            raise


def _restored(context: Context, done: Restored) -> int:
    if context.json:
        told: dict[str, Any] = {
            "register": done.manifest.register,
            "made_at": done.manifest.made_at,
            "events": done.events,
            "saved": done.saved,
            "aside": str(done.aside),
        }
        give_json(told)
        return DONE
    give(tr("사본에서 되살렸어요: {what}", what=_words(done.manifest)))
    if done.saved:
        give(tr("사본 뒤에 적은 기록 {count}개도 건졌어요.", count=done.saved))
    if any(done.aside.iterdir()):
        give(tr("앞서 있던 장부는 {folder} 폴더에 그대로 있어요.", folder=done.aside))
    return DONE


def _carried(context: Context, done: Carried) -> int:
    if context.json:
        give_json(
            {
                "register": done.register,
                "market": done.market,
                "business_date": done.business_date,
                "events": done.new_events,
                "shift_open": done.shift_open,
                "float_won": done.float_won,
                "sales": done.sales,
            }
        )
        return DONE
    give(
        tr("이 컴퓨터가 {register} 계산대를 이어받았어요: {market} {date}", register=done.register,
           market=done.market, date=done.business_date)
    )  # fmt: skip
    shift = tr("열린 근무를 이어서 해요.") if done.shift_open else tr("아직 개점하지 않았어요.")
    give(tr("판매 {count}건, 준비금 {won:,}원. {shift}", count=done.sales, won=done.float_won, shift=shift))
    return DONE
