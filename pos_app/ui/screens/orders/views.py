"""What orders and bundles hand to their screens: read-only shapes, so that a fake may stand in."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from pos_app.printing.document import Document
from pos_app.ui.screens.views import Done

if TYPE_CHECKING:
    from pos_app.services.bundles import BundleView, PartWish
    from pos_app.services.order_import import OrdersTaken
    from pos_app.services.preorders import OrderView


class Preorders(Protocol):
    """Orders from before the day; `take` and `labels_pdf` are slow."""

    def take(
        self,
        path: Path,
        *,
        on: str = "",
        dry_run: bool = False,
        strict: bool = False,
        paid: bool = False,
        anyway: bool = False,
    ) -> "OrdersTaken": ...
    def all(self, query: str = "") -> "list[OrderView]": ...
    def order(self, order_id: str) -> "OrderView": ...
    def scanned(self, text: str) -> "OrderView": ...
    def pack(self, order_ids: Iterable[str], packed: bool = True) -> int: ...
    def cancel(self, order_id: str) -> None: ...
    def close_unclaimed(self) -> int: ...
    def mark_paid(self, order_id: str, paid_won: int | None = None) -> None: ...
    def substitute(
        self, order_id: str, line_no: int, product_id: str, quantity_milli: int
    ) -> "OrderView": ...
    def take_out(self, order_id: str, line_no: int) -> "OrderView": ...
    def pick_list_paper(self) -> Document: ...
    def labels_pdf(self, order_ids: Sequence[str] = ()) -> bytes: ...
    def print_labels(self, order_ids: Sequence[str] = (), printer: str = "") -> int: ...


class PickUps(Protocol):
    """Handing orders out."""

    def take(self, order_id: str) -> None: ...
    def hand_out(self, order_id: str) -> Done: ...


class Bundles(Protocol):
    """꾸러미."""

    def all(self) -> "list[BundleView]": ...
    def save(
        self,
        name: str,
        price_won: int,
        parts: "Sequence[PartWish]",
        *,
        bundle_id: str = "",
        category: str = "",
        barcode: str | None = None,
    ) -> str: ...
    def set_active(self, bundle_id: str, active: bool) -> None: ...
    def give_barcode(self, bundle_id: str) -> str: ...
    def pick_list_paper(self, wanted: Sequence[tuple[str, int]]) -> Document: ...


class OrdersHouse(Protocol):
    """The part of the house that orders and bundles live in."""

    @property
    def preorders(self) -> Preorders: ...
    @property
    def pick_ups(self) -> PickUps: ...
    @property
    def bundles(self) -> Bundles: ...
