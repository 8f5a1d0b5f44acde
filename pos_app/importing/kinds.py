"""Cells that hold one of a few kinds: taxes, sellers, ways of selling, certificates."""

import re

from pos_app.domain.catalogue import Certificate, SaleMode, SellerTaxKind, TaxClass
from pos_app.i18n.texts import tr
from pos_app.importing.cells import NOTHING, Unreadable, folded, shown, text_of
from pos_app.importing.grid import Value

_EXEMPT = frozenset(
    (
        "면세", "비과세", "영세", "영세율", "면", "비", "면세품", "면세품목", "면세농산물", "면세상품",
        "미과세", "없음", "0%", "0", "부가세면제", "부가세없음", "면제", "면세율", "exempt", "taxfree",
        "tax-free", "free", "zero",
    )
)  # fmt: skip
_TAXABLE = frozenset(
    (
        "과세", "과", "과세품", "과세품목", "과세상품", "vat포함", "부가세포함", "부가가치세포함", "vat",
        "부가세", "10%", "10", "0.1", "일반과세", "포함", "taxable", "tax", "vatincluded", "standard",
    )
)  # fmt: skip
_APART = re.compile(r"(?:vat|부가세|부가가치세)(?:별도|제외|미포함|불포함)|^별도$")
_YES = frozenset(("o", "○", "◯", "●", "v", "✓", "√", "y", "yes", "예", "true", "1", "해당"))
_NO = frozenset(("x", "×", "n", "no", "아니오", "아니요", "false", "미해당"))
_KINDS = (
    (re.compile(r"농업인|어업인|임업인|영농인|사업자등록(?:이|증)?없|미등록|무등록|비사업자|사업자없|미사업자|등록없|unregistered"),
     SellerTaxKind.UNREGISTERED),
    (re.compile(r"간이|simplified"), SellerTaxKind.SIMPLIFIED),
    (re.compile(r"면세|비과세|exempt"), SellerTaxKind.EXEMPT),
    (re.compile(r"일반|과세|general"), SellerTaxKind.GENERAL),
)  # fmt: skip
_NO_KIND = frozenset(
    ("법인", "개인", "법인사업자", "개인사업자", "기타", "단체", "비영리", "비영리법인", "고유번호증")
)
ENTERPRISE_WORDS = re.compile(
    r"사회적\s*기업|협동조합|마을기업|자활|중증장애인|장애인|여성기업|소상공인|6차산업|친환경|인증|표준사업장|청년기업|소셜벤처|보훈"
)
TAX_CLASS_WORDS = re.compile(r"^(?:비과세|미과세|과세|면세|영세).{0,6}$|^(?:vat|부가세).{0,4}$|^(?:10|0)%$")
TAX_KIND_WORDS = re.compile(
    r"(?:일반|간이|면세)(?:과세)?(?:사업)?자|^간이|과세사업자|농업인|사업자등록|미등록|비사업자"
)
WAY_WORDS = re.compile(r"^(?:무게|중량|저울|낱개|개수|개당|수량|계량)")
MODE_WORDS = re.compile(r"위탁|직접|직매입|직판|매입")
_SPLIT_KINDS = re.compile(r"\s*[,;/·ㆍ+&|\n]\s*")


def tax_class_of(value: Value, head: str = "") -> TaxClass:
    """과세 or 면세 in any of its spellings; `head` (folded) may ask "면세여부". Raises Unreadable."""
    asks_exempt = head.startswith("면세") and "과세" not in head
    text = text_of(value)
    if isinstance(value, int) and value > 10 and re.match(r"부가|vat|세액", head):
        return TaxClass.TAXABLE  # the column holds amounts of tax
    key = folded(text).strip(".·*")
    bare = re.sub(r"\(.*?\)|\[.*?\]", "", key)
    if not key:
        raise Unreadable(tr("과세인지 면세인지 비어 있어요."))
    if _APART.search(key):
        raise Unreadable(
            tr("값에 부가세가 들어 있지 않아요. 부가세를 더한 값으로 고치고 '과세'로 적어 주세요.")
        )
    for word in (key, bare):
        if word in _EXEMPT:
            return TaxClass.EXEMPT
        if word in _TAXABLE:
            return TaxClass.TAXABLE
        if word in _YES:
            return TaxClass.EXEMPT if asks_exempt else TaxClass.TAXABLE
        if word in _NO:
            return TaxClass.TAXABLE if asks_exempt else TaxClass.EXEMPT
    if re.match(r"비과세|미과세|면세|영세", key) and "과세" not in key[3:]:
        return TaxClass.EXEMPT
    if re.match(r"과세", key) and "면세" not in key:
        return TaxClass.TAXABLE
    raise Unreadable(tr("과세나 면세로 적어 주세요 ({text}).", text=shown(value)))


def tax_kind_of(value: Value) -> SellerTaxKind | None:
    """How a seller stands towards VAT, None where nothing usable is said; raises Unreadable."""
    key = folded(text_of(value))
    if not key or key in _NO_KIND:
        return None
    if key in NOTHING:
        return SellerTaxKind.UNREGISTERED
    for pattern, kind in _KINDS:
        if pattern.search(key):
            return kind
    raise Unreadable(
        tr(
            "일반과세자, 간이과세자, 면세사업자, 사업자등록 없는 농업인 가운데 하나로 적어 주세요 ({text}).",
            text=shown(value),
        )
    )


def sale_mode_of(value: Value) -> SaleMode:
    """위탁판매 unless the cell says that the cooperative sells in its own name."""
    key = folded(text_of(value))
    direct = re.search(r"직접|직매입|직판|매입|사입|direct", key) and "위탁" not in key
    return SaleMode.DIRECT if direct else SaleMode.CONSIGNMENT


def certificate_kinds(*texts: str) -> tuple[str, ...]:
    """The kinds named in the cells, each once: "사회적기업, 여성기업" are two."""
    kinds: list[str] = []
    for text in texts:
        for part in _SPLIT_KINDS.split(text):
            kind = part.strip(" .()[]")
            if kind and folded(kind) not in NOTHING and folded(kind) not in ("일반", "일반기업", "기타", "o"):
                kinds.append(kind)
    return tuple(dict.fromkeys(kinds))


def certificates_of(kind: str, extra: str, number: str, valid_to: str | None) -> tuple[Certificate, ...]:
    """Certificates from the enterprise columns; number and date only where there is exactly one."""
    kinds = certificate_kinds(kind, extra)
    if len(kinds) == 1:
        return (Certificate(kinds[0], number=number, valid_to=valid_to),)
    return tuple(Certificate(each) for each in kinds)
