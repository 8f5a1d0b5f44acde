"""What all papers share: how figures, times and numbers are written, head and foot of a paper."""

from datetime import date, datetime, timedelta, timezone

from pos_app.domain.business_number import shown
from pos_app.domain.errors import DomainError
from pos_app.printing.document import (
    Block,
    Columns,
    Cut,
    Document,
    Feed,
    Rule,
    ShopHeader,
    Text,
    clean,
)

# Papers speak Korean time wherever the machine thinks it is; Korea has no summer time.
_KOREA = timezone(timedelta(hours=9))
_WEEKDAYS = "월화수목금토일"
_TENDERS = {
    "cash": "현금",
    "card": "카드결제(단말기)",
    "transfer": "계좌이체",
    "voucher": "상품권",
    "credit": "외상",
}
_VOUCHERS = {"onnuri": "온누리상품권", "local": "지역화폐", "agency": "기관 쿠폰"}
THIN = Rule("-")
THICK = Rule("=")


def won(amount_won: int) -> str:
    """12,300원."""
    return f"{amount_won:,}원"


def minus(amount_won: int) -> str:
    """A stored positive figure that takes away: -500원; 0원 stays without a sign."""
    return f"-{amount_won:,}원" if amount_won else "0원"


def quantity(milli: int) -> str:
    """1, 1.25, 0.005: thousandths without trailing zeros."""
    whole, rest = divmod(milli, 1000)
    if not rest:
        return f"{whole:,}"
    return f"{whole:,}.{rest:03d}".rstrip("0")


def shown_at(at: str) -> str:
    """2026-11-20 (금) 14:05, in Korean time; a text that is no time is shown as it is."""
    try:
        moment = datetime.fromisoformat(at)
    except ValueError:
        return clean(at)
    if moment.tzinfo is not None:
        moment = moment.astimezone(_KOREA)
    return (
        f"{moment.year:04d}-{moment.month:02d}-{moment.day:02d} ({_WEEKDAYS[moment.weekday()]})"
        f" {moment.hour:02d}:{moment.minute:02d}"
    )


def shown_on(day: str) -> str:
    """2026-11-20 (금)."""
    try:
        return f"{day} ({_WEEKDAYS[date.fromisoformat(day).weekday()]})"
    except ValueError:
        return clean(day)


def tender_label(kind_of_money: str, kind: str = "") -> str:
    """How a tender is called on paper. Never the title of a slip that only a terminal may issue."""
    if kind_of_money == "voucher" and kind:
        return _VOUCHERS.get(kind) or clean(kind)
    return _TENDERS.get(kind_of_money) or clean(kind_of_money)


def masked(identity: str) -> str:
    """A masked number as stored; one with more than ten open digits must not reach paper."""
    if sum(char.isdigit() for char in identity) > 10:
        return "****"
    return clean(identity)


def head(
    shop: ShopHeader,
    title: str,
    copy_no: int = 0,
    printed_at: str = "",
    agent: bool = False,
) -> list[Block]:
    """The cooperative, the title, and 재발행 n with its time on a reprint; `agent`: 판매대행."""
    blocks: list[Block] = []
    if copy_no < 0:
        raise DomainError("copy.negative", copy_no=copy_no)
    if copy_no:
        blocks.append(Text(f"재발행 {copy_no}", "center", True, 2))
        if printed_at:
            blocks.append(Text(f"인쇄 {shown_at(printed_at)}", "center"))
    if shop.name:
        blocks.append(Text(clean(shop.name), "center", True))
    number = f"사업자등록번호 {shown(clean(shop.business_no))}" if shop.business_no else ""
    leader = f"대표 {clean(shop.representative)}" if shop.representative else ""
    for text in (number, leader, clean(shop.address)):
        if text:
            blocks.append(Text(text, "center"))
    if shop.phone:
        blocks.append(Text(f"전화 {clean(shop.phone)}", "center"))
    if agent:
        blocks.append(Text("(판매대행)", "center"))
    blocks += (THICK, Text(f"[{title}]", "center", True))
    return blocks


def foot(shop: ShopHeader, blocks: list[Block]) -> None:
    """The shop's words to customers, then the end."""
    for line in shop.footer.splitlines()[:10]:
        if line.strip():
            blocks.append(Text(clean(line.strip()), "center"))
    end(blocks)


def end(blocks: list[Block]) -> None:
    """Paper to tear at, cut; papers of the house end with this alone."""
    blocks += (Feed(1), Cut())


def signature(blocks: list[Block], label: str) -> None:
    """A line to sign on, with room above."""
    blocks += (Feed(1), Columns(label, "______________"))


def pairs(*rows: tuple[str, str]) -> list[Block]:
    """Label and value rows; those without a value are left out."""
    return [Columns(label, value) for label, value in rows if value]


def paper(title: str, blocks: list[Block], practice: bool) -> Document:
    """The finished document."""
    return Document(title, tuple(blocks), practice)
