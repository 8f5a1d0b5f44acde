"""The day's board in memory: sixteen registers, and slips of one shift."""

from datetime import timedelta

from pos_app.domain.day_close import check_reason
from pos_app.domain.errors import DomainError
from tests.ui.screens.fake_market import NOW, view

DAY = "2026-11-20"


def line(number, state="closed", **more):
    """One register."""
    told = {
        "register": f"R{number}", "state": state, "sales_count": 20 + number, "net_won": 1_000_000 + 1000 * number,
        "over_short_won": 0, "since": (NOW - timedelta(minutes=38)).isoformat(), "operator": "이은현", "own": number == 2,
        "gaps": (), "parked": 0, "unsynced": 12, "late": 0, "z_nos": (31,) if state == "closed" else (),
    }  # fmt: skip
    told.update(more)
    return view(**told, certain=told["state"] == "closed" and not told["gaps"] and not told["late"])


def todo(kind, *registers, count=1, amount_won=0, blocking=True):
    return view(kind=kind, registers=registers, count=count, amount_won=amount_won, blocking=blocking)


def slip(kind="card", till=61_000, counted=None, note="", register="R2"):
    difference = 0 if counted is None else counted - till
    return view(
        register=register, shift_id=f"s-{register}", kind=kind, till_count=1, till_won=till, counted_won=counted, counted_count=0, note=note,
        difference_won=difference, differs=bool(difference) and not note, told=counted is not None,
    )  # fmt: skip


def seal(number=1, **more):
    told = {
        "key": f"{number}abc", "number": number, "at": NOW.isoformat(), "by": "김담당", "complete": True, "counts": True,
        "reopened": "", "reason": "", "sales_count": 420, "net_won": 26_484_490,
    }  # fmt: skip
    return view(**{**told, **more})


def board(lines=None, todos=(), **more):
    lines = tuple(lines if lines is not None else (line(number) for number in range(1, 17)))
    net = sum(each.net_won for each in lines)
    told = {
        "market": "한전 완판장터", "business_date": DAY, "lines": lines,
        "sales_count": sum(each.sales_count for each in lines), "net_won": net, "certain_won": net,
        "provisional_won": 0, "todos": tuple(todos), "seals": (), "addenda": (), "sealed": False, "complete": False,
        "undecided": False, "late": (), "late_count": 0, "cooperatives": (), "slips": (), "cut": "cut1",
    }  # fmt: skip
    return view(**{**told, **more})


class FakeDayClose:
    """A board that tests put there; what was asked of it stands in `calls`."""

    def __init__(self, paper):
        self.shown = board(todos=(todo("silent", "R5", "R12", count=2), todo("cards", "R3", blocking=False)),
                           lines=[line(n, {5: "silent", 12: "silent", 2: "open"}.get(n, "closed")) for n in range(1, 17)],
                           slips=(slip(), slip("transfer", 20_000, 18_000)))  # fmt: skip
        self.calls = []
        self.paper = paper

    def overview(self):
        return self.shown

    def seal(self, provisional=False, reason="", seen=""):
        if provisional:
            check_reason(reason)
        self.calls.append(("seal", provisional, reason, seen))

    def reopen(self, reason):
        check_reason(reason)
        self.calls.append(("reopen", reason))

    def choose(self, key, reason):
        self.calls.append(("choose", key, reason))

    def documents(self, key=""):
        return [self.paper]

    def pdf(self, key=""):
        return b"%PDF"


class FakeReconciling:
    """The slips of this till, from what its shift took."""

    def __init__(self, house):
        self.house = house
        self.told = {}

    def sheets(self, register="", shift_id=""):
        taken = self.house.shifts.by_tender()
        return [
            view(slip=slip(kind, taken[kind], self.told.get(kind)), items=(), ticked=(), faces=())
            for kind in ("card", "voucher", "transfer")
            if taken.get(kind)
        ]

    def record(self, kind, counted_won=0, **more):
        if counted_won < 0:
            raise DomainError("reconcile.negative")
        self.told[kind] = counted_won
        return slip(kind, self.house.shifts.by_tender().get(kind, 0), counted_won)
