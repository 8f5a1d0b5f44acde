"""Commands that trade events: enrol, sync, bundle."""

import json
import signal
import threading
from dataclasses import asdict
from pathlib import Path
from types import FrameType
from typing import Any

from pos_app.cli.context import Context
from pos_app.cli.output import DONE, REFUSED, WORLD, give, give_json, say
from pos_app.domain.errors import DomainError
from pos_app.i18n.sentences import sentence as refusal_words
from pos_app.i18n.texts import tr
from pos_app.runtime.faults import EnvironmentFault
from pos_app.services.house import House
from pos_app.services.syncing import Visited
from pos_app.services.syncing_state import peer_words, sentence

WATCH_S = 0.5


def enrol(context: Context) -> int:
    """Join an organisation with a one-time code."""
    args = context.args
    with context.house() as house:
        house.sync.store.hurry = True
        peer = house.sync.enrol(args.url, args.code)
    if context.json:
        give_json({"url": peer.url, "kind": peer.kind})
    else:
        say(tr("등록했어요: {url}. 이제 `jangteo sync`가 기록을 주고받아요.", url=peer.url))
    return DONE


def sync(context: Context) -> int:
    """One exchange with everybody, or on and on."""
    args = context.args
    with context.house(acting=bool(args.hub)) as house:
        house.sync.store.hurry = True
        if args.hub:
            _add(house, args.hub)
        if args.watch:
            return _watch(context, house)
        done = house.sync.exchange_all()
        document = {"peers": [_peer(each) for each in done], **_waiting(house)}
    if context.json:
        give_json(document)
    else:
        for each in done:
            say(_line(each))
        say(_left(document))
    return WORLD if any(each.fault for each in done) else DONE


def _add(house: House, address: str) -> None:
    try:
        house.sync.add_hub(address)
    except DomainError as refusal:
        if refusal.code != "sync.known_peer":
            raise


def _peer(done: Visited) -> dict[str, Any]:
    peer = {"url": done.peer.url, "kind": done.peer.kind, "name": done.peer.name, "last_ok": done.peer.ok_at}
    return peer | {name: value for name, value in asdict(done).items() if name != "peer"}


def _waiting(house: House) -> dict[str, Any]:
    waiting = house.health.unsynced()
    oldest = waiting.oldest_at.isoformat() if waiting.oldest_at else ""
    return {"unsynced": waiting.count, "oldest_at": oldest}


def _line(done: Visited) -> str:
    if done.fault:
        return f"{done.peer.url}: {sentence(done.peer)}"
    return tr(
        "{who} {url}: 보낸 기록 {sent}개, 받은 기록 {received}개",
        who=peer_words(done.peer.kind),
        url=done.peer.url,
        sent=done.sent,
        received=done.received,
    )


def _left(document: dict[str, Any]) -> str:
    if not document["unsynced"]:
        return tr("서버가 모두 갖고 있어요.")
    return tr("이 컴퓨터에만 있는 기록 {count}개. 안전하게 저장돼 있어요.", count=document["unsynced"])


def _watch(context: Context, house: House) -> int:
    """Until somebody stops it; a line for each change."""
    ended = threading.Event()

    def end(_: int, __: FrameType | None) -> None:
        ended.set()

    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, end)
    if not house.sync.status().enrolled:
        raise DomainError("sync.no_peer")
    house.sync.start()
    house.sync.now()
    seen: object = None
    while not ended.wait(WATCH_S):
        status = house.sync.status()
        waiting = _waiting(house)
        now = (status.sent, status.received, [peer.state for peer in status.peers], waiting["unsynced"])
        if now == seen:
            continue
        seen = now
        if context.json:
            states = [{"url": peer.url, "state": peer.state} for peer in status.peers]
            told = {"sent": status.sent, "received": status.received, "peers": states, **waiting}
            give(json.dumps(told, ensure_ascii=False))  # a line for each change
        else:
            for peer in status.peers:
                say(f"{peer.url}: {sentence(peer)}")
            say(_left(waiting))
    return DONE


def bundle(context: Context) -> int:
    """Onto a stick, or from sticks; each file by itself."""
    args = context.args
    if args.step == "write":
        with context.house(acting=False) as house:
            house.sync.store.hurry = True
            done = house.sync.write_bundle(Path(args.file))
        if context.json:
            give_json({"file": done.file, "events": done.sent})
        else:
            give(tr("기록 {count}개를 담았어요: {file}", count=done.sent, file=done.file))
        return DONE
    with context.house(acting=False) as house:
        house.sync.store.hurry = True
        files = [_read(house, Path(name)) for name in args.files]
    if context.json:
        give_json({"files": files, "received": sum(file["received"] for file in files)})
    else:
        for file in files:
            if file["error"]:
                say(f"{file['file']}: {file['error']}")
            else:
                give(tr("{file}: 새 기록 {count}개", file=file["file"], count=file["received"]))
    return REFUSED if any(file["error"] for file in files) else DONE


def _read(house: House, path: Path) -> dict[str, Any]:
    """One file; a bad one keeps no other from being read."""
    try:
        (done,) = house.sync.read_bundles([path])
    except DomainError as refusal:
        return {"file": str(path), "received": 0, "error": refusal_words(refusal)}
    except EnvironmentFault as fault:
        return {"file": str(path), "received": 0, "error": str(fault)}
    return {"file": str(path), "received": done.received, "error": ""}
