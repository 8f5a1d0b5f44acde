"""Decides which labels come out: whose goods, how many of each, on which sheet, from which place."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from pos_app.i18n.texts import tr
from pos_app.printing.label_sheets import LabelSheet
from pos_app.runtime.faults import EnvironmentFault
from pos_app.ui.screens import wording
from pos_app.ui.screens.house import House
from pos_app.ui.screens.labels.views import LabelGood

MOST_COPIES = 200
MOST_ROWS = 200  # a list that nobody scrolls to the end of; sellers narrow it down


@dataclass(frozen=True, slots=True)
class GoodRow:
    """A product in the list."""

    id: str
    name: str
    caption: str
    price: str
    booth: int
    copies: int


@dataclass(frozen=True, slots=True)
class VendorRow:
    """A seller to choose; the first row is everybody."""

    id: str
    name: str
    booth: int
    copies: int


class LabelsPresenter:
    """Holds the choice; nothing is stored before labels are made."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._goods: Sequence[LabelGood] = ()
        self._by_id: dict[str, LabelGood] = {}
        self._sellers: dict[str, str] = {}
        self._booths: dict[str, int] = {}
        self._copies: dict[str, int] = {}
        self.vendor = ""
        self.chosen = ""
        self.start = 1
        self.sheets: Sequence[LabelSheet] = house.labels.sheets()
        self.sheet = self.sheets[0]

    def load(self) -> tuple[Sequence[LabelGood], dict[str, int]]:
        """Read the goods (slow)."""
        booths = {vendor.id: vendor.booth for vendor in self._house.goods.vendors()}
        return self._house.labels.goods(), booths

    def take(self, read: tuple[Sequence[LabelGood], dict[str, int]]) -> None:
        """What `load` read; choices for goods that are gone are dropped."""
        self._goods, self._booths = read
        self._by_id = {good.id: good for good in self._goods}
        self._sellers = {good.vendor_id: good.vendor for good in self._goods}
        self._copies = {product: count for product, count in self._copies.items() if product in self._by_id}
        if self.chosen not in self._by_id:
            self.chosen = ""
        if self.vendor not in self._sellers:
            self.vendor = ""

    @property
    def empty(self) -> bool:
        """No goods at all."""
        return not self._goods

    def vendors(self) -> list[VendorRow]:
        """Everybody, then each seller with goods."""
        counts: dict[str, int] = {}
        for product, count in self._copies.items():
            vendor = self._by_id[product].vendor_id
            counts[vendor] = counts.get(vendor, 0) + count
        rows = [
            VendorRow(vendor, name, self._booths.get(vendor, 0), counts.get(vendor, 0))
            for vendor, name in self._sellers.items()
        ]
        return [VendorRow("", tr("모든 업체"), 0, self.total()), *rows]

    def _matching(self) -> Iterator[LabelGood]:
        return (good for good in self._goods if self.vendor in ("", good.vendor_id))

    def goods(self) -> list[GoodRow]:
        """Goods of the chosen seller, the first of them if there are very many."""
        return [
            GoodRow(
                good.id,
                good.name,
                f"{good.vendor} · {good.barcode or tr('바코드를 새로 만들어요')}",
                wording.won(good.price_won),
                self._booths.get(good.vendor_id, 0),
                self.copies(good.id),
            )
            for good in islice(self._matching(), MOST_ROWS)
        ]

    def more_words(self) -> str:
        """What the list leaves out, if anything."""
        count = sum(1 for _ in self._matching()) - MOST_ROWS
        return tr("{count}개가 더 있어요. 업체를 골라서 봐요.", count=count) if count > 0 else ""

    def copies(self, product_id: str) -> int:
        """How many labels of a product."""
        return self._copies.get(product_id, 0)

    def set_copies(self, product_id: str, count: int) -> None:
        """So many labels of a product; none takes it off."""
        if count > 0:
            self._copies[product_id] = min(count, MOST_COPIES)
        else:
            self._copies.pop(product_id, None)

    def pick(self, product_id: str) -> None:
        """A row was touched: chosen, and one label if there was none yet."""
        self.chosen = product_id
        if product_id and not self.copies(product_id):
            self.set_copies(product_id, 1)

    def one_each(self) -> None:
        """At least one label of everything in the list."""
        for good in self._matching():
            if not self.copies(good.id):
                self.set_copies(good.id, 1)

    def clear(self) -> None:
        """No labels."""
        self._copies.clear()

    def choose_sheet(self, name: str) -> None:
        """Another label sheet; the start place stays if it exists there."""
        self.sheet = next(sheet for sheet in self.sheets if sheet.name == name)
        self.start = min(self.start, self.sheet.count)

    def total(self) -> int:
        """Labels in all."""
        return sum(self._copies.values())

    def pages(self) -> int:
        """Sheets of paper that takes."""
        total = self.total()
        return -(-(self.start - 1 + total) // self.sheet.count) if total else 0

    def wanted(self) -> list[tuple[str, int]]:
        """Product and copies, in the order of the list."""
        return [(good.id, self._copies[good.id]) for good in self._goods if good.id in self._copies]

    def chosen_name(self) -> str:
        """The name of the chosen product."""
        return self._by_id[self.chosen].name if self.chosen else ""

    def corner(self) -> str:
        """What the corner key does."""
        total = self.total()
        return tr("라벨 {count}장 PDF로 저장", count=total) if total else tr("PDF로 저장")

    def off_reason(self) -> str:
        """Why nothing can be made yet."""
        return "" if self.total() else tr("물건을 먼저 골라요.")

    def paper_words(self) -> str:
        """Sheet and pages in words."""
        if not self.total():
            return tr("물건을 눌러 골라요.")
        return tr("{sheet} 용지 {pages}장", sheet=self.sheet.name, pages=self.pages())

    def file_name(self) -> str:
        """What the file is called unless somebody says otherwise."""
        return f"{tr('가격표')}-{self.sheet.name}.pdf"

    def save(self, path: Path) -> str:
        """Make the PDF (slow); the sentence for people. Raises EnvironmentFault."""
        made = self._house.labels.pdf(self.wanted(), self.sheet.name, self.start)
        _write(path, made.data)
        return tr("저장했어요. 인쇄할 때 실제 크기(100%)를 골라요.")

    def save_calibration(self, path: Path) -> str:
        """Make the page that shows where labels come to lie (slow)."""
        _write(path, self._house.labels.calibration(self.sheet.name))
        return tr("저장했어요. 빈 종이에 뽑아서 라벨 용지에 대 봐요.")

    def print_labels(self) -> str:
        """Queue the labels on the receipt printer (slow)."""
        count = self.total()
        self._house.labels.print_labels(self.wanted())
        return tr("라벨 {count}장을 영수증 인쇄기로 보냈어요.", count=count)


def _write(path: Path, data: bytes) -> None:
    try:
        path.write_bytes(data)
    except OSError as error:
        raise EnvironmentFault(
            tr("파일을 쓰지 못했어요: {file}", file=path), tr("폴더와 권한, 남은 자리를 확인해요.")
        ) from error
