"""The statement at the right: head, two equations, tenders, goods with their rule, notes."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from pos_app.i18n.texts import tr
from pos_app.ui.screens import wording
from pos_app.ui.screens.parts import Scroller, empty_layout, figure_row
from pos_app.ui.screens.settlement.presenter import badge_of
from pos_app.ui.theme import drawing
from pos_app.ui.theme.theme import Theme
from pos_app.ui.widgets.badge import Badge, BoothChip
from pos_app.ui.widgets.card import Card, Divider
from pos_app.ui.widgets.keys import Key
from pos_app.ui.widgets.notice import Notice
from pos_app.ui.widgets.table import Table
from pos_app.ui.widgets.words import Words

if TYPE_CHECKING:
    from pos_app.reports.statement_pdf import Term
    from pos_app.services.statements import StatementView

_NARROW = 760


class TermBox(Card):
    """One term of an equation: words, figure, what it is made of; the last of all is filled."""

    def __init__(self, term: "Term", kind: str, theme: Theme) -> None:
        super().__init__("soft" if kind == "total" else kind, theme=theme)
        self._total = kind == "total"
        self.setAccessibleName(f"{term.words} {term.figure}")
        self.setAccessibleDescription(term.detail)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 10, 10)
        column.setSpacing(0)
        ink, soft = ("white", "white") if self._total else ("ink", "ink2")
        column.addWidget(Words(term.words, "caption", ink=soft))
        column.addWidget(
            Words(term.figure, "number" if not self._total else "title", True, ink=ink, wrap=False)
        )
        column.addWidget(Words(term.detail, "caption", ink=soft))

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._total:
            super().paintEvent(event)
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        drawing.fill_round(painter, QRectF(self.rect()), 8, self.theme.colour("primary"))
        painter.end()


class StatementPage(QWidget):
    """Shows one statement. `product(id)` and `tender(name)`: a figure was touched, for its sales."""

    product = Signal(str)
    tender = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self._view: StatementView | None = None
        self._wide = True
        self._ids: list[str] = []
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        self.scroller = Scroller("statement", gap=12)
        page.addWidget(self.scroller)
        column = self.scroller.column
        self.head = QHBoxLayout()
        self.head.setSpacing(12)
        self.chip = BoothChip(0)
        self.name = Words("", "title", True, name="statement_vendor")
        self.state = Badge("", "gray", "statement_state")
        self.head.addWidget(self.chip)
        self.head.addWidget(self.name, 1)
        self.head.addWidget(self.state)
        column.addLayout(self.head)
        self.about = Words("", "caption", ink="ink2", name="statement_about")
        column.addWidget(self.about)
        self.warning = Notice("", "warn", name="statement_warning")
        column.addWidget(self.warning)
        self.equations = QVBoxLayout()
        self.equations.setSpacing(12)
        column.addLayout(self.equations)
        self.tenders = QGridLayout()
        self.tenders.setSpacing(8)
        column.addLayout(self.tenders)
        heads = (
            tr("품목"), tr("순수량"), tr("매출"), tr("할인·절사"), tr("환불"), tr("순매출"), tr("적용한 규칙"), tr("수수료"),
        )  # fmt: skip
        self.table = Table("statement_goods", tr("정산 내역"), heads, (1, 2, 3, 4, 5, 7), pickable=True)
        self.table.picked.connect(self._pick)
        column.addWidget(self.table)
        self.notes = QVBoxLayout()
        self.notes.setSpacing(4)
        column.addLayout(self.notes)
        column.addStretch(1)

    def show_statement(self, view: "StatementView | None") -> None:
        """Another statement, or none."""
        self._view = view
        self.scroller.setVisible(view is not None)
        if view is not None:
            self._fill(view)

    def _fill(self, view: "StatementView") -> None:
        # lazy: statements bring drawing along
        from pos_app.services import statements_paper

        told = view.told
        self.chip.set(told.booth, told.vendor)
        self.chip.setVisible(bool(told.booth))
        self.name.setText(told.vendor)
        badge = badge_of(view)
        self.state.set(badge.text, badge.kind)
        self.about.setText(statements_paper.about(view))
        self.warning.set(_warning(view), "warn")
        self.warning.setVisible(bool(_warning(view)))
        empty_layout(self.equations)
        first, second = statements_paper.equations(view)
        self._equation(first, "chosen")
        if not self._wide:
            self.equations.addWidget(Divider(strong=True))
        self._equation(second, "total")
        self._fill_tenders(view)
        self._fill_goods(view)
        empty_layout(self.notes)
        for note in view.notes:
            words = tr(
                "이의·메모 {time} {author}: {text}",
                time=wording.clock(note.at),
                author=note.author,
                text=note.text,
            )
            self.notes.addWidget(Words(words, "body"))

    def _equation(self, terms: "tuple[Term, ...]", last: str) -> None:
        if not self._wide:
            for term in terms:
                bold = term is terms[-1]
                self.equations.addWidget(figure_row(f"{term.sign} {term.words}".strip(), term.figure, bold))
            return
        row = QHBoxLayout()
        row.setSpacing(6)
        for place, term in enumerate(terms):
            if term.sign:
                row.addWidget(Words(term.sign, "number", True, wrap=False))
            row.addWidget(TermBox(term, last if place == len(terms) - 1 else "soft", self.theme), 1)
        self.equations.addLayout(row)

    def _fill_tenders(self, view: "StatementView") -> None:
        # lazy: statements bring drawing along
        from pos_app.services.statements_paper import tender_words

        empty_layout(self.tenders)
        columns = 5 if self._wide else 2
        for place, line in enumerate(view.told.statement.tenders):
            words = tender_words(line.tender, line.held_by)
            key = Key(
                wording.amount(line.net_won), None, "plain", f"statement_tender_{line.tender}_{line.held_by}"
            )
            key.set_detail(words, above=True)
            key.setAccessibleName(
                tr("{tender} {amount}, 판매 보기", tender=words, amount=wording.won(line.net_won))
            )
            key.clicked.connect(lambda _checked=False, name=line.tender: self.tender.emit(name))
            self.tenders.addWidget(key, place // columns, place % columns)

    def _fill_goods(self, view: "StatementView") -> None:
        # lazy: statements bring drawing along
        from pos_app.services.statements_paper import goods_rows

        rows = goods_rows(view)
        self._ids = [row.product_id for row in rows]
        figures = view.told.statement
        shown = [
            (row.name, row.quantity, *map(wording.amount, (row.gross_won, -row.off_won, -row.refunds_won, row.net_won)),
             row.rule, wording.amount(row.commission_won))
            for row in rows
        ]  # fmt: skip
        sums = (
            figures.gross_won,
            -figures.discount_won - figures.truncation_won,
            -figures.refunds_won,
            figures.net_won,
        )
        total = (tr("합계"), "", *map(wording.amount, sums), "", wording.amount(figures.commission_won))
        self.table.set_rows(shown, total)
        for column in (1, 2, 3, 4):
            self.table.setColumnHidden(column, not self._wide)
        self._fit_table()

    def _fit_table(self) -> None:
        """The page scrolls, not the table in it."""
        self.table.resizeRowsToContents()
        tall = self.table.verticalHeader().length() + self.table.horizontalHeader().sizeHint().height() + 4
        self.table.setFixedHeight(tall)

    def _pick(self, row: int) -> None:
        if 0 <= row < len(self._ids):
            self.product.emit(self._ids[row])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= self.theme.metrics.px(_NARROW)
        if wide != self._wide:
            self._wide = wide
            if self._view is not None:
                self._fill(self._view)
        elif self._view is not None:
            self._fit_table()


def _warning(view: "StatementView") -> str:
    if view.warned:
        return tr("수수료 규칙이 없는 물건이 있어 0%로 계산했어요. 규칙을 넣고 정산을 다시 만들어요.")
    if view.told.statement.carried_out_won:
        return tr("모자라는 돈은 다음 장터로 넘겨요.")
    if not view.account_masked and view.told.statement.to_transfer_won and view.state != "paid":
        return tr("보낼 계좌가 없어요. 지급하기 전에 계좌를 적어요.")
    return ""
