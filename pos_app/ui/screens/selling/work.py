"""The left side of selling: search, chips, pager, tiles."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedLayout, QVBoxLayout, QWidget

from pos_app.i18n.texts import tr
from pos_app.ui.models.items import TileLike
from pos_app.ui.screens import wording
from pos_app.ui.screens.selling.presenter import Filter
from pos_app.ui.theme.theme import Theme
from pos_app.ui.widgets.empty import Empty, Picture
from pos_app.ui.widgets.field import Field
from pos_app.ui.widgets.keys import Key
from pos_app.ui.widgets.tile_grid import TileGrid
from pos_app.ui.widgets.words import Words

CATEGORY_CHIPS = 2


class SearchBox(Field):
    """Finds while typing; also hears a syllable that is still being put together. `query(text)`."""

    query = Signal(str)

    def __init__(self) -> None:
        hints = (tr("이름·초성·업체로 찾기 (ㅅㄱ > 사과)"), tr("이름·초성으로 찾기"), tr("찾기"))
        super().__init__("search", tr("물건 찾기"), "\n".join(hints), icon="search")
        self._preedit = ""
        self.edit.installEventFilter(self)
        self.changed.connect(lambda _text: self._tell())

    def _tell(self) -> None:
        self.query.emit(self.edit.text() + self._preedit)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.edit and isinstance(event, QInputMethodEvent):
            before, self._preedit = self._preedit, event.preeditString()
            if before != self._preedit:
                QTimer.singleShot(0, self._tell)
        return super().eventFilter(watched, event)

    def empty(self) -> bool:
        """Nothing typed."""
        return not self.edit.text() and not self._preedit

    def clear(self) -> None:
        """Forget what was typed."""
        self._preedit = ""
        self.edit.clear()


class SellingWork(QWidget):
    """Search row, chip row, tiles; what a press means is the screen's business."""

    chosen = Signal(str)
    searched = Signal(str)
    search_entered = Signal()
    filtered = Signal(str, str)
    more = Signal()
    parked = Signal()
    new_goods = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self._filter = Filter()
        self._categories: Sequence[str] = ()
        self.column = QVBoxLayout(self)
        self.column.setSpacing(12)
        self.column.addLayout(self._search_row())
        self.chip_row = self._chip_row()
        self.column.addWidget(self.chip_row)
        self.grid = TileGrid("tiles", self)
        self.grid.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.grid.chosen.connect(self.chosen)
        self.grid.paged.connect(self._paged)
        self.nothing = Empty("search", "", "", tr("새 물건 넣기"), "plus", "no_hit")
        self.nothing.pressed.connect(self.new_goods)
        holder = QWidget(self)
        self.stack = QStackedLayout(holder)
        self.stack.setContentsMargins(0, 0, 0, 0)
        self.stack.addWidget(self.grid)
        self.stack.addWidget(self.nothing)
        self.column.addWidget(holder, 1)
        self._place_pager()

    # building

    def _search_row(self) -> QHBoxLayout:
        self.first_row = QHBoxLayout()
        self.first_row.setSpacing(8)
        self.search = SearchBox()
        self.search.query.connect(self.searched)
        self.search.entered.connect(self.search_entered)
        self.ready_icon = Picture("barcode", 24)
        self.ready = Words(tr("스캔 준비"), "body", True, wrap=False, name="scan_ready")
        self.parked_key = Key(tr("보류 {count}", count=0), "recall", "plain", "parked")
        self.parked_key.clicked.connect(self.parked)
        self.folded = Key(tr("업체·분류"), "down", "plain", "filter")
        self.folded.clicked.connect(self.more)
        self.first_row.addWidget(self.search, 1)
        self.first_row.addSpacing(8)
        self.first_row.addWidget(self.ready_icon)
        self.first_row.addWidget(self.ready)
        self.first_row.addSpacing(8)
        self.first_row.addWidget(self.parked_key)
        self.first_row.addWidget(self.folded)
        for key in (self.parked_key, self.folded):
            key.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return self.first_row

    def _chip_row(self) -> QWidget:
        box = QWidget(self)
        self.second_row = QHBoxLayout(box)
        self.second_row.setContentsMargins(0, 0, 0, 0)
        self.second_row.setSpacing(8)
        self.best = Key(tr("많이 팔린 순"), None, "chip", "chip_best")
        self.best.clicked.connect(lambda: self.filtered.emit("best", ""))
        self.by_vendor = Key(tr("업체별"), None, "chip", "chip_vendor")
        self.by_vendor.clicked.connect(self.more)
        self.category_keys = [Key("", None, "chip", f"chip_category_{at}") for at in range(CATEGORY_CHIPS)]
        for at, key in enumerate(self.category_keys):
            key.clicked.connect(lambda _checked=False, at=at: self._category(at))
        self.more_key = Key(tr("더 보기"), None, "chip", "chip_more")
        self.more_key.clicked.connect(self.more)
        for key in (self.best, self.by_vendor, *self.category_keys, self.more_key):
            key.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self.second_row.addWidget(key)
        self.second_row.addStretch(1)
        self.before = Key("", "left", "plain", "page_before", spoken=tr("앞 쪽"))
        self.after = Key("", "right", "plain", "page_after", spoken=tr("다음 쪽"))
        self.pages = Words("", "body", True, align=Qt.AlignmentFlag.AlignHCenter, wrap=False, name="pages")
        self.before.clicked.connect(lambda: self.grid.previous_page())
        self.after.clicked.connect(lambda: self.grid.next_page())
        for key in (self.before, self.after):
            key.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return box

    def _category(self, at: int) -> None:
        if at < len(self._categories):
            self.filtered.emit("category", self._categories[at])

    # shape

    def _place_pager(self) -> None:
        row = self.first_row if self.theme.metrics.chips_folded else self.second_row
        for part in (self.before, self.pages, self.after):
            row.addWidget(part)

    def arrange(self) -> None:
        """Fold the chips when the window is low or the type large."""
        metrics = self.theme.metrics
        pad, top = metrics.padding, metrics.padding_y
        self.column.setContentsMargins(pad, top, pad, top)
        folded = metrics.chips_folded
        self._place_pager()
        self.chip_row.setVisible(not folded)
        self.folded.setVisible(folded)
        self.parked_key.setVisible(not folded)
        self.pages.setVisible(not (folded and metrics.one_pane))
        wide = self._room()
        roomy = not folded and wide >= 800
        for part in (self.ready, self.ready_icon):
            part.setVisible(roomy)
        for key in (self.before, self.after):
            key.setFixedSize(QSize(max(64, metrics.key_height), metrics.key_height))
        self.pages.setMinimumWidth(metrics.px(44) if folded else 60)
        self._fit_chips()

    def _room(self) -> int:
        """The width there will be, also before the layout has run."""
        holder = self.parentWidget()
        return holder.width() if holder is not None else self.width()

    def _fit_chips(self) -> None:
        room = self._room() - 2 * self.theme.metrics.padding
        fixed = (self.best, self.by_vendor, self.more_key, self.before, self.pages, self.after)
        used = sum(part.sizeHint().width() + 8 for part in fixed) + 16
        for at, key in enumerate(self.category_keys):
            wanted = key.sizeHint().width() + 8
            fits = at < len(self._categories) and used + wanted <= room
            key.setVisible(fits)
            used += wanted if fits else 0

    # showing

    def show_categories(self, categories: Sequence[str]) -> None:
        """The commonest categories get a chip."""
        self._categories = categories
        for key, name in zip(self.category_keys, categories, strict=False):
            key.setText(name)
        self._fit_chips()

    def show_filter(self, chosen: Filter, words: str) -> None:
        """Mark what the tiles are narrowed to."""
        self._filter = chosen
        self.best.set_chosen(chosen.kind == "best")
        vendor = chosen.kind == "vendor"
        self.by_vendor.set_chosen(vendor)
        self.by_vendor.setText(words if vendor else tr("업체별"))
        shown = list(self._categories[:CATEGORY_CHIPS])
        for at, key in enumerate(self.category_keys):
            is_it = chosen.kind == "category" and at < len(shown) and shown[at] == chosen.value
            key.set_chosen(is_it)
        other = chosen.kind == "category" and chosen.value not in shown
        self.more_key.set_chosen(other)
        self.more_key.setText(words if other else tr("더 보기"))
        self.folded.setText(tr("업체·분류") if chosen.kind == "best" else words)
        self.folded.set_chosen(chosen.kind != "best")
        self._fit_chips()

    def show_tiles(self, items: Sequence[TileLike], query: str, keep_page: bool = False) -> None:
        """These tiles; with a search that found nothing, what to do then."""
        self.grid.set_items(items, keep_page)
        if items or not query.strip():
            self.stack.setCurrentWidget(self.grid)
            return
        said = wording.with_particle(f"'{query.strip()}'", "과/와")
        self.nothing.set(
            tr("{query} 맞는 물건이 없어요", query=said),
            tr("다른 초성으로 찾거나 새 물건을 넣어요."),
            tr("새 물건 넣기"),
            "plus",
        )
        self.stack.setCurrentWidget(self.nothing)

    def show_parked(self, count: int) -> None:
        """How many carts are put aside."""
        self.parked_key.setText(tr("보류 {count}", count=count))

    def _paged(self, page: int, pages: int) -> None:
        tight = self.theme.metrics.chips_folded
        self.pages.setText(f"{page + 1}/{pages}" if tight else f"{page + 1} / {pages}")
        self.pages.setAccessibleName(tr("{pages}쪽 가운데 {page}쪽", pages=pages, page=page + 1))
        self.before.set_off(None if page > 0 else "")
        self.after.set_off(None if page + 1 < pages else "")

    def typing(self) -> bool:
        """Whether the search has the focus."""
        return self.search.edit.hasFocus()

    def type_text(self, text: str) -> None:
        """A letter typed elsewhere goes to the search."""
        edit: QLineEdit = self.search.edit
        edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        edit.insert(text)
