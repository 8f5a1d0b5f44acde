"""A ready market day in a throw-away home, on screen or in the terminal."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import msgspec

from pos_app.cli.context import Context
from pos_app.cli.output import DONE, give, say
from pos_app.i18n.texts import tr
from pos_app.printing import plain
from pos_app.reports import text_export
from pos_app.reports.day import day_table
from pos_app.runtime.paths import resources
from pos_app.services.house import House

_FIRST_SALES = 90


class DemoMarket(msgspec.Struct):
    """The demo's market as its file tells it."""

    name: str
    agency: str
    date: str


@contextmanager
def throw_away() -> Iterator[Path]:
    """A home that is gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="jangteo-demo-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def set_up(house: House, date: str = "") -> House:
    """Vendors, products and an open day, as the market's own files have them; `date` instead of theirs."""
    folder = resources() / "demo"
    market = msgspec.json.decode((folder / "market.json").read_bytes(), type=DemoMarket)
    house.settings.set("shop_name", tr("가치키움 사회적협동조합"))
    house.imports.workbook(folder / "catalogue.xlsx")
    house.days.open(market.name, date or market.date, "R1", market.agency)
    house.shifts.open(100_000)
    return house


def tape() -> list[bytes]:
    """The demo's tape of sales, a slip a line."""
    return (resources() / "demo" / "tape.jsonl").read_bytes().splitlines()


def _moved(slips: list[bytes], now: datetime) -> list[bytes]:
    """The tape as if its last sale had been a few minutes ago, so that clock, day and list agree."""
    told = [msgspec.json.decode(slip) for slip in slips]
    shift = now - timedelta(minutes=3) - datetime.fromisoformat(told[-1]["at"])
    for slip in told:
        slip["at"] = (datetime.fromisoformat(slip["at"]) + shift).isoformat()
    return [msgspec.json.encode(slip) for slip in told]


def run(context: Context) -> int:
    """Open the register on the demo market, or play its day in the terminal."""
    with throw_away() as home:
        if context.args.terminal:
            return _in_terminal(context, home)

        def ready() -> House:
            house = context.open_house(home)
            now = house.desk.clock.local()
            set_up(house, now.date().isoformat())
            house.ringing.tape(_moved(tape()[:_FIRST_SALES], now))
            house.goods.forget()
            return house

        return context.open_window(ready, home, tr("연습용 장터"))


def _in_terminal(context: Context, home: Path) -> int:
    house = set_up(context.open_house(home))
    try:
        say(tr("장터의 하루를 터미널에서 보여 드려요. 판매 {count}건을 입력하고 있어요.", count=len(tape())))
        done = house.ringing.tape(tape())
        give(plain.render(house.papers.receipt(done.sales[-1].id), 42))
        give(text_export.render(day_table(house.reports.day())))
    finally:
        house.close()
    return DONE
