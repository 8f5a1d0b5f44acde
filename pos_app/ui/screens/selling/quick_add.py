"""A barcode nobody knows, or a thing not in the list: name and price, and it is sold."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox, QWidget

from pos_app.domain.catalogue import TaxClass
from pos_app.i18n.texts import tr
from pos_app.ui.theme import icons
from pos_app.ui.widgets.chips import ChipRow
from pos_app.ui.widgets.dialog import Dialog
from pos_app.ui.widgets.field import Field
from pos_app.ui.widgets.keys import Key
from pos_app.ui.widgets.words import Words

if TYPE_CHECKING:
    from pos_app.ui.screens.views import VendorChip
    from pos_app.ui.theme.theme import Theme

MAX_WON = 99_999_999


class VendorBox(QComboBox):
    """A box with a mark that says it opens."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        picture = icons.pixmap("down", self.theme.hex("ink"), 24, self.devicePixelRatioF())
        painter.drawPixmap(self.width() - 42, (self.height() - 24) // 2, picture)
        painter.end()


class QuickAddDialog(Dialog):
    """`given(name, won, vendor_id, tax_class)`."""

    given = Signal(str, int, str, str)

    def __init__(
        self, window: QWidget, code: str, vendors: Sequence[VendorChip], vendor_id: str, name: str = ""
    ) -> None:
        title = tr("처음 보는 바코드예요") if code else tr("새 물건 넣기")
        super().__init__(window, title, code, "quick_add")
        self.name = Field("quick_add_name", tr("이름"), tr("이름"))
        self.name.set_text(name)
        self.first = self.name.edit
        self.price = Field("quick_add_price", tr("가격"), tr("가격"), number=True, unit=tr("원"))
        self.name.entered.connect(self.price.setFocus)
        self.price.entered.connect(self._give)
        self.vendor = VendorBox(self.theme)
        self.vendor.setObjectName("quick_add_vendor")
        self.vendor.setAccessibleName(tr("업체"))
        for chip in sorted(vendors, key=lambda chip: (chip.booth, chip.name)):
            self.vendor.addItem(f"{chip.booth} {chip.name}", chip.id)
        at = self.vendor.findData(vendor_id)
        self.vendor.setCurrentIndex(at if at >= 0 else 0)
        taxes = ((str(TaxClass.EXEMPT), tr("면세")), (str(TaxClass.TAXABLE), tr("과세 10%")))
        self.tax = ChipRow("quick_add_tax", tr("세금"), taxes, str(TaxClass.EXEMPT), stretch=True)
        hint = Words(tr("나중에 고칠 수 있어요."), "caption", ink="ink2")
        for part in (self.name, self.price, self.vendor, self.tax, hint):
            self.body.addWidget(part)
        keep = self.add_key(Key(tr("담지 않기"), None, "plain", "quick_add_safe"))
        keep.clicked.connect(self.leave)
        act = self.add_key(Key(tr("이 가격으로 담기"), None, "primary", "quick_add_act"))
        act.clicked.connect(self._give)

    def _give(self) -> None:
        name = self.name.text().strip()
        digits = "".join(char for char in self.price.text() if char.isdecimal())
        won = int(digits) if digits.isascii() and digits else -1
        self.name.set_error("" if name else tr("이름을 적어요."))
        self.price.set_error("" if 0 <= won <= MAX_WON else tr("가격을 숫자로 넣어요."))
        vendor_id = self.vendor.currentData()
        if name and 0 <= won <= MAX_WON and vendor_id:
            self.shut()
            self.given.emit(name, won, str(vendor_id), self.tax.chosen())
            return
        self.place()
        (self.price if name else self.name).setFocus()
