"""일일 정산표 and 추가: the sheet of a sealed day, from the seal's event alone."""

from collections.abc import Iterable, Sequence

from pos_app.facts.market import DayAddendum
from pos_app.facts.shifts import CutHead, DaySeal, SealedRegister
from pos_app.printing.document import Block, Columns, Document, ShopHeader, Text, clean
from pos_app.printing.layouts.parts import (
    THICK,
    THIN,
    end,
    head,
    minus,
    pairs,
    paper,
    shown_at,
    shown_on,
    signature,
    tender_label,
    won,
)
from pos_app.printing.layouts.shift_report import signed

TITLE = "일일 정산표"
ADDENDUM_TITLE = "일일 정산표 추가"
_STATES = {"closed": "닫음", "open": "열림", "silent": "소식 없음"}
_MOST_GAPS = 8


def shop_of(seal: DaySeal) -> ShopHeader:
    """The head as it was when the day was sealed."""
    return ShopHeader(seal.shop.get("name", ""), *(seal.shop.get(name, "") for name in _SHOP))


_SHOP = ("business_no", "representative", "address", "phone", "footer")


def shop_told(shop: ShopHeader) -> dict[str, str]:
    """The head as a seal keeps it."""
    return {"name": shop.name, **{name: getattr(shop, name) for name in _SHOP}}


def day_summary_document(seal: DaySeal, key: str = "", practice: bool = False) -> Document:
    """The sheet of a day; without the `key` of its seal it is a draft and says so."""
    title = TITLE if seal.number < 2 else f"{TITLE} ({seal.number}번째 봉인)"
    blocks = head(shop_of(seal), title)
    blocks += pairs(
        ("장터", clean(seal.market)),
        ("장날", shown_on(seal.business_date)),
        ("봉인" if key else "집계", shown_at(seal.at)),
        ("담당", clean(seal.operator_name)),
        ("계산대", f"{len(seal.registers)}대"),
    )
    if not key:
        blocks.append(Text("봉인 전 잠정 집계입니다.", bold=True))
    elif not seal.complete:
        blocks.append(Text("잠정 봉인: 빠진 자료가 있습니다.", bold=True))
    if seal.reason:
        blocks.append(Text(f"사유: {clean(seal.reason)}"))
    _totals(blocks, seal.totals)
    _tenders(blocks, seal.tenders)
    _books(blocks, seal)
    _registers(blocks, seal.lines)
    if key:
        blocks += (THIN, Columns("봉인 번호", key[:16]), *_ends(seal.cut))
        signature(blocks, "담당 확인")
        signature(blocks, "책임자 확인")
    end(blocks)
    return paper(TITLE, blocks, practice)


def addendum_document(more: DayAddendum, seal: DaySeal, key: str, practice: bool = False) -> Document:
    """추가 n호: the differences to what was sealed; the sheet itself stays as it was."""
    blocks = head(shop_of(seal), f"{ADDENDUM_TITLE} {more.number}호")
    blocks += pairs(
        ("장터", clean(seal.market)),
        ("장날", shown_on(seal.business_date)),
        ("봉인", shown_at(seal.at)),
        ("봉인 번호", more.seal[:16]),
        ("추가", shown_at(more.at)),
        ("담당", clean(more.operator_name)),
    )
    blocks.append(Text(f"사유: {clean(more.reason)}"))
    blocks.append(Text("봉인한 뒤에 온 것만 적습니다. 정산표는 그대로입니다."))
    _totals(blocks, more.totals)
    _tenders(blocks, more.tenders)
    _registers(blocks, more.lines)
    blocks += (THIN, Columns("추가 번호", key[:16]), *_ends(more.cut))
    signature(blocks, "담당 확인")
    end(blocks)
    return paper(ADDENDUM_TITLE, blocks, practice)


def _totals(blocks: list[Block], totals: dict[str, int]) -> None:
    def figure(name: str) -> int:
        return totals.get(name, 0)

    blocks += (
        THICK,
        Columns("판매 건수", f"{figure('sales_count'):,}건"),
        Columns("환불 건수", f"{figure('refunds_count'):,}건"),
        Columns("취소 건수", f"{figure('voids_count'):,}건"),
        THIN,
        Columns("판매금액", won(figure("gross_won"))),
        Columns("할인", minus(figure("discount_won"))),
        Columns("절사", minus(figure("truncation_won"))),
        Columns("환불", minus(figure("refunds_won"))),
        Columns("순매출", won(figure("net_won")), True, 0, 2),
        THIN,
        Columns("과세물품가액", won(figure("taxable_supply_won"))),
        Columns("부가세", won(figure("vat_won"))),
        Columns("과세물품(세 포함)", won(figure("unsplit_won"))),
        Columns("면세물품가액", won(figure("exempt_won"))),
    )


def _tenders(blocks: list[Block], tenders: Iterable[tuple[str, int]]) -> None:
    rows = [Columns(tender_label(kind), won(amount), indent=1) for kind, amount in tenders]
    if rows:
        blocks += (THIN, Text("결제수단별 (환불 뺀 금액)", bold=True), *rows)


def _books(blocks: list[Block], seal: DaySeal) -> None:
    """Separate books of several cooperatives; one alone needs none."""
    if len(seal.cooperatives) < 2:
        return
    blocks += (THIN, Text("조합별 순매출", bold=True))
    for book in seal.cooperatives:
        name = clean(book.cooperative) or "소속 없음"
        blocks.append(Columns(f"{name} ({book.vendors}곳)", won(book.net_won), indent=1))


def _registers(blocks: list[Block], lines: Sequence[SealedRegister]) -> None:
    if not lines:
        return
    blocks += (THIN, Text("계산대별", bold=True))
    for line in lines:
        zeds = ", ".join(str(number) for number in line.z_nos)
        state = f"Z {zeds}" if zeds else _STATES.get(line.state, clean(line.state))
        words = f"{clean(line.register)}  {line.sales_count:,}건  {state}"
        blocks.append(Columns(words, won(line.net_won)))
        if line.z_nos:
            blocks.append(Columns("과부족", signed(line.over_short_won), indent=2))
        if line.state != "closed" and zeds:
            blocks.append(Text(f"    {_STATES.get(line.state, clean(line.state))}"))
        if line.missing:
            blocks.append(Text(f"    빠진 기록 {gaps_shown(line.missing)}"))


def gaps_shown(gaps: Sequence[tuple[int, int]]) -> str:
    """Missing numbers as people read them: 3, 7~9."""
    shown = [f"{first}" if first == last else f"{first}~{last}" for first, last in gaps[:_MOST_GAPS]]
    more = len(gaps) - len(shown)
    return ", ".join(shown) + (f" 외 {more}" if more else "")


def _ends(cut: Sequence[CutHead]) -> list[Block]:
    return [Columns(f"장부 {at.log[:8]} #{at.seq}", at.key[:16], indent=1) for at in cut]
