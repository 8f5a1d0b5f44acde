"""Price labels in memory."""

from pos_app.domain.errors import DomainError
from pos_app.printing.label_sheets import SHEETS, sheet_named
from tests.ui.screens.fake_market import VENDORS, goods_items, view


class FakeLabels:
    """Goods of the fake market; what was made is noted in `calls`."""

    def __init__(self):
        self.calls = []
        self.printer = True

    def sheets(self):
        return SHEETS

    def goods(self, vendor_id=""):
        return [
            view(
                id=item.product_id,
                name=item.name,
                vendor_id=item.vendor_id,
                vendor=VENDORS[int(item.vendor_id[1:])][0],
                price_won=item.unit_price_won,
                unit="개",
                barcode="",
            )
            for item in goods_items()
        ]

    def pdf(self, wanted, sheet, start=1):
        sheet_named(sheet)
        self.calls.append(("pdf", tuple(wanted), sheet, start))
        return view(data=b"%PDF labels", pages=1)

    def calibration(self, sheet):
        self.calls.append(("calibration", sheet))
        return b"%PDF page"

    def print_labels(self, wanted):
        if not self.printer:
            raise DomainError("printer.none")
        self.calls.append(("print", tuple(wanted)))
        return ["j1"]
