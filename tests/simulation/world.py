"""A simulated market: registers, hub and server by the program's own code, everything else by chance."""

import random
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from pos_app.domain.errors import DomainError
from pos_app.services import syncing_book
from pos_app.services.editing import edit_of
from pos_app.storage.unit_of_work import CATALOGUE
from sync import store
from sync.events import Envelope, compose
from sync.exchange import ChannelFault, exchange
from tests.services.houses import DATE, GOODS, MARKET, fill, good_id
from tests.simulation import invariants
from tests.simulation.chance import Time, determined
from tests.simulation.line import Answer, FaultyLine, answered
from tests.simulation.machine import Machine, PowerCut

REGISTERS = ("R1", "R2", "R3")
NAMES = ("hub", "server", *REGISTERS)
Patch = Callable[[Machine], None]


@contextmanager
def made(folder: Path, pattern: Path, seed: int) -> Iterator["World"]:
    """A market day just opened, copied from the pattern."""
    chance = random.Random(seed)
    with determined(chance):
        world = World(folder, chance)
        for name in NAMES:
            shutil.copytree(pattern / name, folder / name)
            world.switch_on(name)
        try:
            yield world
        finally:
            for machine in world.machines.values():
                machine.close()


def make_pattern(folder: Path) -> Path:
    """The homes of a market that was opened on the hub and reached every register."""
    chance = random.Random(1)
    with determined(chance):
        world = World(folder, chance)
        for name in NAMES:
            world.switch_on(name)
        hub = world.machines["hub"]
        fill(hub.house)
        for register in REGISTERS:
            hub.house.days.open(MARKET, DATE, register)
        for name in NAMES[1:]:
            world.meet(name, "hub", 0)
        for register in REGISTERS:
            world.machines[register].house.days.open(MARKET, DATE, register)
            world.machines[register].open_shift()
        for machine in world.machines.values():
            machine.close()
    return folder


class World:
    """Machines, time and chance; `step` does one thing, `heal` lets the faults stop."""

    def __init__(self, folder: Path, chance: random.Random) -> None:
        self.folder = folder
        self.chance = chance
        self.time = Time()
        self.machines: dict[str, Machine] = {}
        self.unknown: dict[bytes, bytes] = {}  # events of types that nobody knows
        self.faults: dict[str, int] = {}
        self.done: dict[str, int] = {}
        self.answer: Answer = answered
        self.patch: Patch = lambda machine: None

    def switch_on(self, name: str) -> Machine:
        """A machine on its own folder."""
        machine = Machine(name, self.folder / name, self.time)
        self.machines[name] = machine
        self.patch(machine)
        return machine

    # --- what happens -------------------------------------------------------------------------------

    def step(self) -> None:
        """One thing, somewhere."""
        acts: list[tuple[int, Callable[[], None]]] = [
            (30, self._sale),
            (6, self._refund),
            (3, self._void),
            (6, self._edit),
            (26, self._meeting),
            (4, self._shift),
            (3, self._seal),
            (4, self._unknown),
            (4, self._clock),
            (5, self._backup),
            (3, self._restore),
            (1, self._twin),
        ]
        act = self.chance.choices([act for _, act in acts], [weight for weight, _ in acts])[0]
        self.time.pass_by(self.chance.randrange(1, 60_000))
        if self.chance.randrange(12) == 0:
            self._anyone().fuse = self.chance.randrange(6)
        self.done[act.__name__] = self.done.get(act.__name__, 0) + 1
        act()

    def _anyone(self) -> Machine:
        return self.machines[self.chance.choice(sorted(self.machines))]

    def _till(self) -> Machine:
        tills = [name for name in sorted(self.machines) if name.startswith("R")]
        return self.machines[self.chance.choice(tills)]

    def _try(self, machine: Machine, act: Callable[[], object]) -> None:
        """Do it; a rule may say no, the power may go."""
        try:
            act()
        except DomainError as refused:
            self._count(f"refused {refused.code}")
        except PowerCut:
            self._count(f"dark {machine.name[0]}")
            machine.power_cut()
            self.patch(machine)

    def _count(self, fault: str) -> None:
        self.faults[fault] = self.faults.get(fault, 0) + 1

    def _sale(self) -> None:
        machine = self._till()
        goods = [self.chance.randrange(len(GOODS)) for _ in range(self.chance.randrange(1, 4))]
        self._try(machine, lambda: machine.sell(goods, self.chance.randrange(9) * 1_000))

    def _some_sale(self, machine: Machine) -> str | None:
        sales = machine.own_sales()
        return self.chance.choice(sales) if sales else None

    def _refund(self) -> None:
        machine = self._till()
        sale = self._some_sale(machine)
        if sale is not None:
            self._try(machine, lambda: machine.give_back(sale))

    def _void(self) -> None:
        machine = self._till()
        sale = self._some_sale(machine)
        if sale is not None:
            self._try(machine, lambda: machine.void(sale))

    def _edit(self) -> None:
        machine, won = self._anyone(), self.chance.randrange(1, 30) * 500
        product = good_id(self.chance.choice(GOODS).code)

        def write() -> None:
            with machine.house.desk.work.begin() as work:
                edit = edit_of(work.rows, "product", product, {"unit_price_won": won})
                if edit is not None:
                    work.record(CATALOGUE, edit)

        self._try(machine, write)

    def _shift(self) -> None:
        machine = self._till()
        is_open = machine.house.shifts.current() is not None
        self._try(machine, machine.close_shift if is_open else machine.open_shift)

    def _seal(self) -> None:
        hub = self.machines["hub"]
        sealed = (day := hub.house.days.current()) is not None and day.sealed
        if sealed:
            self._try(hub, lambda: hub.house.day_close.reopen("시험"))
        else:
            self._try(hub, lambda: hub.house.day_close.seal(provisional=True, reason="시험"))

    def _unknown(self) -> None:
        """An event of a later program's type, in a log of this machine's own."""
        machine = self._anyone()

        def write() -> None:
            with machine.house.desk.work.begin() as work:
                own = work.own_log("office")
                told = {"what": self.chance.randrange(1000)}
                envelope = Envelope(
                    1, own.head.log.hex(), own.head.seq + 1, own.head.key.hex(),
                    store.last_tick(work.rows) + 1, machine.clock.stamp(), "", "later/9", told,
                )  # fmt: skip
                event = compose(envelope)
                store.receive(work.rows, [event.data], machine.clock.now_us())
            self.unknown[event.key] = event.data

        self._try(machine, write)

    def _clock(self) -> None:
        machine = self._anyone()
        days = self.chance.choice((0, 0, -400, -1, 1, 30, 1900))
        machine.clock.offset = type(machine.clock.offset)(days=days, seconds=self.chance.randrange(600))

    def _backup(self) -> None:
        self._anyone().save()

    def _restore(self) -> None:
        machine = self._anyone()
        if machine.restore():
            self._count("restored")
            self.patch(machine)

    def _twin(self) -> None:
        """A disk is copied; both machines go on."""
        if len(self.machines) < 7:
            machine = self._till()
            twin = machine.twin(f"{machine.name}-twin{len(self.machines)}")
            self.machines[twin.name] = twin
            self.patch(twin)
            self._count("twin")

    # --- meeting ------------------------------------------------------------------------------------

    def _meeting(self) -> None:
        server = self.machines[self.chance.choice(("hub", "hub", "server"))]
        others = [name for name in sorted(self.machines) if name != server.name]
        client = self.chance.choice(others)
        permille = self.chance.choice((0, 0, 60, 200))
        self._try(self.machines[client], lambda: self.meet(client, server.name, permille))

    def meet(self, client: str, server: str, permille: int) -> bool:
        """One exchange; whether it came to its end."""
        driving = self.machines[client]
        line = FaultyLine(self.machines[server], self.chance, permille, self.answer)
        try:
            outcome = exchange(driving.replica(server), line)
        except ChannelFault as fault:
            outcome = fault.partial
            ended = False
        else:
            ended = True
        finally:
            for fault_name, count in line.faults.items():
                self.faults[fault_name] = self.faults.get(fault_name, 0) + count
        if outcome is not None and outcome.peer:
            with driving.sync.write() as rows:
                syncing_book.note(rows, outcome.notices, server, driving.clock.stamp())
                if ended:
                    syncing_book.keep_heads(rows, outcome.peer, outcome.peer_heads)
        return ended

    def heal(self) -> None:
        """The faults stop: everybody meets the hub, twice."""
        for machine in self.machines.values():
            machine.fuse = -1
            machine.clock.offset *= 0
        for _ in range(2):
            for name in sorted(self.machines):
                if name != "hub":
                    ended = self.meet(name, "hub", 0)
                    invariants.hold("I6", ended, f"{name} could not meet the hub on a good line")


def run(
    folder: Path, pattern: Path, seed: int, steps: int, plant: Callable[["World"], None] | None = None
) -> World:
    """One seed, one run: raises Broken where something does not hold."""
    with made(folder, pattern, seed) as world:
        if plant is not None:
            plant(world)
        for number in range(steps):
            world.step()
            invariants.after_step(world.machines.values(), number)
        world.heal()
        invariants.at_the_end(list(world.machines.values()), world.unknown)
        return world
