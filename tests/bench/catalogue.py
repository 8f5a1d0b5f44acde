"""The benchmarks by name, each imported only when it runs."""

from importlib import import_module

from tests.bench.figures import Step

BENCHES = {
    "commit": ("tests.bench.sale_commit", "durable sale beside the same rows by raw sqlite3"),
    "scan": ("tests.bench.scan", "scan to painted line beside a bare row repaint"),
    "search": ("tests.bench.search", "each key of a search to ids and to painted tiles"),
    "start": ("tests.bench.start", "cold start and memory beside an empty window"),
    "close": ("tests.bench.close", "close and day report beside hand-written SQL"),
    "board": ("tests.bench.board", "market close of 16 registers beside hand-written SQL"),
    "reports": ("tests.bench.reports", "reports of a day and of a year beside hand-written SQL"),
    "sale": ("tests.bench.whole_sale", "whole cash sale in the window; bytes of a receipt"),
    "paper": ("tests.bench.paper", "receipts, Z and labels to bytes beside encoding and bare drawing"),
    "ingest": ("tests.bench.ingest", "sales into PostgreSQL beside COPY; all tables told anew in both stores"),
    "exchange": ("tests.bench.exchange", "10,000 sales into a fresh replica beside raw events and gzip"),
    "network": ("tests.bench.network", "the exchange with a real server: loopback, far away"),
    "cut": ("tests.bench.cut_line", "sales over a line cut every 16 KiB beside their payload"),
    "fleet": ("tests.bench.fleet", "two hundred registers at one server process on PostgreSQL"),
    "settle": ("tests.bench.settle", "a run over 1,500 sales; fifty statements as PDF, slips, workbook"),
}


def measure(name: str, quick: bool) -> list[Step]:
    """Run one benchmark here and now."""
    found: list[Step] = import_module(BENCHES[name][0]).measure(quick)
    return found
