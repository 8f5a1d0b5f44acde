"""Sync in memory: what a test puts in, and every act noted in `calls`."""

from pos_app.services.syncing_state import PeerState, SyncStatus
from tests.ui.screens.fake_market import view


class FakeSync:
    """A server that is away for some minutes; `peers` empty: never enrolled."""

    def __init__(self):
        self.peers = (
            PeerState("https://server.test", "server", "aa", "offline", "2026-11-20T04:57:00+00:00", "2026-11-20T04:55:00+00:00"),
        )  # fmt: skip
        self.folder, self.copied, self.trouble = "", True, ""
        self.notices, self.both, self.kept = [], [], []
        self.near = ()
        self.calls = []
        self.error = None

    def status(self):
        return SyncStatus(
            bool(self.peers), self.peers, folder=self.folder, copied=self.copied, trouble=self.trouble
        )

    def noticed(self):
        return list(self.notices)

    def conflicts(self):
        return list(self.both)

    def to_look_at(self):
        return len(self.notices) + len(self.kept)

    def kept_aside(self):
        return list(self.kept)

    def find_near(self):
        return list(self.near)

    def read_notice(self, noticed):
        self.calls.append(("read_notice", noticed.code))
        self.notices.remove(noticed)

    def choose(self, conflict, token, override=None):
        self.calls.append(("choose", conflict.field, token))
        self.both.remove(conflict)

    def write_bundle(self, path):
        self.calls.append(("write_bundle", path))
        return view(file=str(path), sent=412, received=0)

    def read_bundles(self, paths):
        self.calls.append(("read_bundles", tuple(paths)))
        return [view(file=str(path), sent=0, received=7) for path in paths]

    def __getattr__(self, name):
        def act(*words, **_):
            self.calls.append((name, *words))
            if self.error is not None:
                raise self.error

        return act
