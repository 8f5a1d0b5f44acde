"""What must hold whatever happens: I1 to I15, looked at from outside the program's own sums."""

import json
import uuid
from collections import Counter
from collections.abc import Iterable, Sequence

from tests.simulation.machine import Machine


class Broken(AssertionError):
    """An invariant that does not hold."""

    def __init__(self, name: str, detail: str) -> None:
        super().__init__(f"{name}: {detail}")
        self.name = name


def hold(name: str, holds: bool, detail: str) -> None:
    """Raise Broken unless it holds."""
    if not holds:
        raise Broken(name, detail)


def after_step(machines: Iterable[Machine], number: int) -> None:
    """What is cheap enough to be looked at after every tenth thing that happens."""
    if number % 10:
        return
    for machine in machines:
        held = machine.keys()
        lost = machine.promised - held
        hold("I2", not lost, f"{machine.name} forgot {len(lost)} events it had said it keeps")
        _acknowledged(machine)


def _acknowledged(machine: Machine) -> None:
    with machine.house.database.read() as rows:
        here = dict(rows.all('SELECT "id", "total_won" FROM "sale"'))
    for sale, won in machine.sold.items():
        hold("I1", here.get(sale) == won, f"{machine.name}: sale {sale} over {won} is {here.get(sale)}")


def at_the_end(machines: Sequence[Machine], unknown: dict[bytes, bytes]) -> None:
    """Everything, on every machine, once the faults have stopped."""
    first, *others = machines
    digests = {machine.name: machine.digest() for machine in machines}
    events = first.all_bytes()
    for machine in others:
        held = machine.all_bytes()
        hold(
            "I6", held.keys() == events.keys(), f"{machine.name} has {len(held)}, {first.name} {len(events)}"
        )
        hold("I3", held == events, f"{machine.name} has other bytes than {first.name}")
    hold("I6", len(set(digests.values())) == 1, f"digests differ: {digests}")
    for key, data in unknown.items():
        hold("I14", events.get(key, data) == data, "the bytes of an unknown event were changed")
    for machine in machines:
        hold("I2", machine.promised <= events.keys(), f"{machine.name} forgot what it promised")
        _acknowledged(machine)
        _journal(machine)
        rebuilt = machine.house.integrity.rebuild()
        hold("I7", not rebuilt.different, f"{machine.name}: told anew, {rebuilt.different} differ")
        hold("I9", all(machine.house.day_close.holds().values()), f"{machine.name}: a seal's totals moved")
        _restores(machine)
    ledger = Ledger(events)
    for machine in machines:
        ledger.agrees(machine)
    _numbers(first, ledger)


def _journal(machine: Machine) -> None:
    # A fork is a fact to be shown; everything else would be a fault.
    wrong = [found for found in machine.findings() if found.code != "fork"]
    hold("I4", not wrong, f"{machine.name}: {wrong[:3]}")


def _restores(machine: Machine) -> None:
    with machine.house.database.read() as rows:
        told = rows.all(
            'SELECT "code", "log", "seq" FROM "notice" WHERE "code" IN (\'restored\', \'cloned\')'
        )
    hold("I15", len(told) == len(set(told)), f"{machine.name}: one cause told twice")


class Ledger:
    """The test's own books, from the bytes of the events alone."""

    def __init__(self, events: dict[bytes, bytes]) -> None:
        self.sales: dict[str, dict[str, object]] = {}
        self.refunds: list[dict[str, object]] = []
        self.voided: set[str] = set()
        self.forked: set[tuple[str, int]] = set()
        self.numbers: Counter[tuple[str, str]] = Counter()
        places: Counter[tuple[str, int]] = Counter()
        for key in sorted(events):
            told = json.loads(events[key])
            places[(told["log"], told["seq"])] += 1
            body = told["body"]
            if told["type"] == "sale/1":
                self.sales.setdefault(str(uuid.UUID(bytes=key[:16])), body)
                self.numbers[(body["business_date"], body["receipt_no"])] += 1
            elif told["type"] == "refund/1":
                self.refunds.append(body)
            elif told["type"] == "void/1":
                self.voided.add(body["sale_id"])
        self.forked = {place for place, count in places.items() if count > 1}

    def agrees(self, machine: Machine) -> None:
        """The day's report says the same as these books."""
        counted = [sale for sale_id, sale in self.sales.items() if sale_id not in self.voided]
        refunded = sum(int(str(refund["refund_won"])) for refund in self.refunds)
        net = sum(int(str(sale["total_won"])) for sale in counted) - refunded
        day = machine.house.reports.day()
        told = (day["sales_count"], day["net_won"], day["refunds_won"])
        mine = (len(counted), net, refunded)
        hold("I8", told == mine, f"{machine.name} says {told}, the books {mine}")


def _numbers(machine: Machine, ledger: Ledger) -> None:
    """A number given twice tells of a fork, and a fork is told."""
    twice = [number for number, count in ledger.numbers.items() if count > 1]
    hold("I10", not twice or bool(ledger.forked), f"{twice[:3]} given twice without a fork")
    forks = {found.log for found in machine.findings() if found.code == "fork"}
    hold("I10", forks == {log for log, _ in ledger.forked}, "the forks that are told are others")
