"""Refunds, shifts and papers in memory, over the real rules of the trade."""

from pos_app.domain.errors import DomainError
from pos_app.domain.operators import Action, require
from pos_app.domain.refund import SoldLine, refund_line_won
from pos_app.domain.shift import counted, expected_cash, needs_coordinator, over_short
from pos_app.domain.tender import TenderType, notes_for
from pos_app.printing.document import Columns, Document, Rule, Text
from tests.ui.screens.fake_market import NOW, view


class FakeReturns:
    def __init__(self, house):
        self.house = house

    def numbered(self, text):
        return text if text in self.house.sales else ""

    def recent(self, limit=100, text="", tender=""):
        rows = []
        for number, sale in reversed(self.house.sales.items()):
            lines = sale["settled"].priced.lines
            row = view(
                sale_id=number,
                receipt_no=number,
                at=sale["at"],
                first_item=lines[0].line.name,
                others=len(lines) - 1,
                tender=sale["settled"].tenders[0].input.type,
                total_won=sale["settled"].priced.total_won,
                voided=sale["voided"],
                cash_receipt=number in self.house.asked,
                sold_on="",
                refunded_won=sum(won for _, won in sale["back"].values()),
            )
            if not text or tender == row.tender or text in f"{number} {row.total_won} " + " ".join(p.line.name for p in lines):
                rows.append(row)
        return rows[:limit]

    def totals(self):
        sales = [sale for sale in self.house.sales.values() if not sale["voided"]]
        back = sum(won for sale in self.house.sales.values() for _, won in sale["back"].values())
        sold = sum(sale["settled"].priced.total_won for sale in sales)
        return view(count=len(sales), sold_won=sold, refunded_won=back)

    def _sold(self, sale_id):
        sale = self.house.sales[sale_id]
        sold = []
        for no, priced in enumerate(sale["settled"].priced.lines, 1):
            milli, won = sale["back"].get(no, (0, 0))
            line = priced.line
            kinds = (line.seller.tax_kind, line.tax_class)
            sold.append(SoldLine(no, line.quantity_milli, priced.net_won, milli, won, 0, *kinds))
        return sold

    def sale(self, sale_id):
        sale = self.house.sales[sale_id]
        lines = tuple(
            view(
                no=s.no,
                name=p.line.name,
                unit=p.line.unit,
                sold_by=p.line.sold_by,
                quantity_milli=s.quantity_milli,
                left_milli=s.left_milli,
                net_won=s.net_won,
                left_won=s.net_won - s.refunded_won,
            )
            for s, p in zip(self._sold(sale_id), sale["settled"].priced.lines, strict=True)
        )
        tenders = tuple((str(t.input.type), t.amount_won) for t in sale["settled"].tenders)
        total = sale["settled"].priced.total_won
        return view(
            sale_id=sale_id,
            receipt_no=sale["no"],
            at=sale["at"],
            total_won=total,
            lines=lines,
            tenders=tenders,
            voided=sale["voided"],
            same_shift=True,
            cash_receipt=self.house.asked.get(sale_id),
            sold_on="",
        )

    def worth(self, sale_id, lines):
        sold = {line.no: line for line in self._sold(sale_id)}
        return sum(refund_line_won(sold[no], milli) for no, milli in lines)

    def refund(self, sale_id, lines, reason, tender_type, approval_no="", override=None):
        if override is None:
            require(self.house.session.role, Action.REFUND)
        total = 0
        for no, milli, _ in lines:
            won = self.worth(sale_id, [(no, milli)])
            had = self.house.sales[sale_id]["back"].get(no, (0, 0))
            self.house.sales[sale_id]["back"][no] = (had[0] + milli, had[1] + won)
            total += won
        number = sale_id + "-환불"
        notes = notes_for(total) if tender_type is TenderType.CASH else ()
        return view(
            sale_id=number,
            receipt_no=number,
            total_won=total,
            received_won=0,
            change_won=total,
            notes=notes,
            print_job_id="r1",
        )

    def void(self, sale_id, reason, override=None, cancelled=()):
        self.house.sales[sale_id]["voided"] = True
        self.cancelled = tuple(cancelled)
        total = self.house.sales[sale_id]["settled"].priced.total_won
        return view(receipt_no=sale_id, total_won=total)


class FakeShifts:
    def __init__(self, house, opened=True):
        self.house = house
        self.shift = self._shift(100_000) if opened else None
        self.moves = []
        self.kept = ()
        self.closed = None
        self.limit_won = 5_000

    def _shift(self, won):
        return view(shift_id="s1", number=1, opened_at=NOW, float_won=won, operator_name="박영지")

    def current(self):
        return self.shift

    def suggested_float_won(self):
        return 100_000

    def open(self, float_won, denominations=()):
        self.shift = self._shift(float_won)
        return self.shift

    def move_cash(self, kind, amount_won, reason):
        self.moves.append(view(at=NOW, kind=kind, amount_won=amount_won, reason=reason))

    def movements(self):
        return list(self.moves)

    def open_items(self):
        items = [view(kind="parked", text=f"보류 {cart.first_item}") for cart in self.house.till.parked()]
        for number, sale in self.house.sales.items():
            for tender in sale["settled"].tenders:
                if tender.input.type is TenderType.CARD and not tender.input.approval_no:
                    items.append(view(kind="card", text=f"{number} 카드 {tender.amount_won:,}원 승인번호 없음"))
        return items

    def keep_count(self, denominations):
        self.kept = tuple(denominations)

    def last_count(self):
        return self.kept

    def _expected(self):
        cash = 0
        for sale in self.house.sales.values():
            if not sale["voided"]:
                tenders = sale["settled"].tenders
                cash += sum(t.amount_won for t in tenders if t.input.type is TenderType.CASH)
        pay_in = sum(m.amount_won for m in self.moves if m.kind == "pay_in")
        pay_out = sum(m.amount_won for m in self.moves if m.kind == "pay_out")
        steps = (
            ("준비금", self.shift.float_won),
            ("현금 판매", cash),
            ("현금 환불", 0),
            ("입금", pay_in),
            ("출금", -pay_out),
        )
        return expected_cash(self.shift.float_won, cash, 0, pay_in, pay_out), steps

    def count(self, denominations):
        won = counted(denominations)
        expected, steps = self._expected()
        difference = over_short(won, expected)
        return view(
            counted_won=won,
            expected_won=expected,
            over_short_won=difference,
            needs_coordinator=needs_coordinator(difference, self.limit_won),
            steps=steps,
        )

    def by_tender(self):
        return {"cash": 0, "card": 61_000}

    def close(self, reason="", override=None, remarks=()):
        result = self.count(self.kept)
        if result.needs_coordinator and override is None:
            raise DomainError("shift.needs_coordinator", over_short_won=result.over_short_won, limit_won=5000)
        self.shift = None
        self.closed = (reason, override)
        return view(
            z_no=1, over_short_won=result.over_short_won, document=self.z_document("s1"), print_job_id="z1"
        )

    def x_document(self):
        return paper("X 보고서")

    def z_document(self, shift_id):
        return paper("Z 마감")


def paper(title):
    return Document(
        title,
        (
            Text(title, align="center", bold=True, size=2),
            Rule("-"),
            Columns("판매", "61,400"),
            Columns("합계", "61,400", bold=True),
        ),
    )
