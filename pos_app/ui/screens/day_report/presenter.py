"""Decides what the day's report shows."""

from collections.abc import Mapping

from pos_app.i18n.texts import tr
from pos_app.ui.screens import wording
from pos_app.ui.screens.house import House


class DayReportPresenter:
    """The figures of the day as tables; `load` is slow."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.figures: Mapping[str, object] = {}

    def load(self) -> Mapping[str, object]:
        """Read the figures."""
        return self.house.reports.day()

    def take(self, figures: Mapping[str, object]) -> None:
        """Keep the figures that were read."""
        self.figures = figures

    def number(self, name: str) -> int:
        """One figure, 0 when it is not there."""
        value = self.figures.get(name, 0)
        return value if isinstance(value, int) else 0

    @property
    def empty(self) -> bool:
        """No sale that day."""
        return not (self.number("sales_count") or self.number("refunds_count") or self.number("voids_count"))

    def summary(self) -> list[tuple[str, str]]:
        """Words and figures of the whole day."""
        names = (
            (tr("판매"), "gross_won"),
            (tr("할인"), "discount_won"),
            (tr("절사"), "truncation_won"),
            (tr("환불"), "refunds_won"),
        )
        rows = [(words, self._minus(name) if name != "gross_won" else self._plain(name)) for words, name in names]
        counts = tr(
            "판매 {sales} · 환불 {refunds} · 취소 {voids}",
            sales=self.number("sales_count"),
            refunds=self.number("refunds_count"),
            voids=self.number("voids_count"),
        )
        return [*rows, (tr("건수"), counts)]

    def tax(self) -> list[tuple[str, str]]:
        """The tax figures."""
        return [
            (tr("과세 공급가"), self._plain("taxable_supply_won")),
            (tr("부가세"), self._plain("vat_won")),
            (tr("면세"), self._plain("exempt_won")),
            (tr("나누지 않음"), self._plain("unsplit_won")),
        ]

    def tenders(self) -> list[tuple[str, str]]:
        """What came in by tender."""
        tenders = self.figures.get("tenders")
        if not isinstance(tenders, Mapping):
            return []
        return [(wording.tender_word(str(kind)), wording.amount(int(won))) for kind, won in tenders.items()]

    def vendors(self) -> list[tuple[str, str]]:
        """Net by vendor, most first."""
        return self._listed("by_vendor", "vendor")

    def products(self) -> list[tuple[str, str]]:
        """Net by product, most first."""
        return self._listed("by_product", "product")

    def _listed(self, name: str, what: str) -> list[tuple[str, str]]:
        rows = self.figures.get(name)
        if not isinstance(rows, (list, tuple)):
            return []
        found = [(str(row.get(what, "")), int(row.get("net_won", 0))) for row in rows if isinstance(row, Mapping)]
        found.sort(key=lambda row: -row[1])
        return [(words, wording.amount(won)) for words, won in found]

    def _plain(self, name: str) -> str:
        return wording.amount(self.number(name))

    def _minus(self, name: str) -> str:
        return wording.amount(-self.number(name))
