"""Sticks: the whole store into one file, read again to be sure; and files of others taken in, in any order."""

from pathlib import Path
from typing import TYPE_CHECKING

from pos_app.domain.errors import DomainError
from pos_app.i18n.texts import tr
from pos_app.runtime.faults import EnvironmentFault
from pos_app.services import health, syncing_book, syncing_peers
from pos_app.services.desk import Desk
from pos_app.services.syncing_store import SyncStore
from pos_app.storage.queries import totals

if TYPE_CHECKING:
    from sync.exchange import ChannelFault


def write(store: SyncStore, path: Path) -> int:
    """How many events the file holds now. Raises EnvironmentFault when the stick is full, gone or read-only."""
    # lazy: only for who carries a stick
    from sync.client.bundle_channel import write_bundle
    from sync.exchange import ChannelFault

    with store.write() as rows:
        private = syncing_peers.device_key(rows)
    try:
        write_bundle(store.replica(), path, private)
    except ChannelFault as fault:
        raise _said(fault, tr("USB에 담지 못했어요: {file}", file=path.name)) from fault
    with store.read() as rows:
        return totals.journal(rows)


def read(desk: Desk, store: SyncStore, path: Path) -> int:
    """How many events were new here. Raises sync.bad_bundle, EnvironmentFault."""
    # lazy: see write
    from sync.client.bundle_channel import read_bundle
    from sync.events import Malformed
    from sync.exchange import ChannelFault

    try:
        done = read_bundle(store.replica(), path)
    except Malformed as problem:
        raise DomainError("sync.bad_bundle", file=path.name, reason=str(problem)[:120]) from problem
    except ChannelFault as fault:
        raise _said(fault, tr("파일을 읽지 못했어요: {file}", file=path.name)) from fault
    with store.write() as rows:
        if done.notices:
            syncing_book.note(rows, done.notices, done.peer, desk.clock.stamp())
        if done.peer and done.peer == health.server_name(rows):
            syncing_book.raise_heads(rows, done.peer, done.peer_heads)  # what the server has, told by hand
    return done.received


def _said(fault: "ChannelFault", title: str) -> EnvironmentFault:
    if fault.reason == "full":
        advice = tr("USB가 가득 찼어요. 자리를 만들거나 다른 USB를 꽂아요. 판매는 이 컴퓨터에 그대로 있어요.")
    else:
        advice = tr("USB가 꽂혀 있는지 살펴보고 다시 눌러요. 판매는 이 컴퓨터에 그대로 있어요.")
    return EnvironmentFault(title, advice, retryable=True)
