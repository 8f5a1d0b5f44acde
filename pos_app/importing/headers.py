"""Which column holds what: the words that markets put at the head of their tables."""

import re
import unicodedata
from functools import lru_cache

from pos_app.importing.words import WORDS, Field

_EXACT: dict[str, tuple[Field, int]] = {
    word: (field, rank) for field, words in WORDS.items() for rank, word in enumerate(words.split())
}
_PARTS: tuple[tuple[re.Pattern[str], Field], ...] = (
    (
        re.compile(
            r"공급가|원가|매입가|납품|시중|수수료|합계|소계|총액|매출|판매금액|판매수량"
            r"|주문|예금주|주소|할인율|배송|택배"
        ),
        Field.IGNORED,
    ),
    (re.compile(r"바코드|barcode"), Field.BARCODE),
    (re.compile(r"사업자.*번호|사업자등록"), Field.BUSINESS_NO),
    (re.compile(r"과세유형|사업자유형|사업자구분"), Field.TAX_KIND),
    (
        re.compile(r"(?:과세|면세|부가세|vat).*(?:구분|여부|유무)|(?:과세|면세).{0,3}(?:과세|면세)"),
        Field.TAX_CLASS,
    ),
    (re.compile(r"(?:업체|판매자|농가|거래처|기업).*(?:코드|id)"), Field.VENDOR_CODE),
    (re.compile(r"(?:품목|상품|제품|물품).*(?:코드|id)"), Field.PRODUCT_CODE),
    (re.compile(r"(?:업체|판매자|농가|기업|상호|생산자|공급자).*명$"), Field.VENDOR_NAME),
    (re.compile(r"(?:품목|상품|제품|물품|품).*명$|(?:품목|상품|제품|물품)이름"), Field.PRODUCT_NAME),
    (re.compile(r"장터.*가격?$|판매.*가격?$|단가|가격"), Field.PRICE),
    (re.compile(r"반입|입고|준비.*수량|예정.*수량"), Field.QUANTITY),
    (re.compile(r"계좌"), Field.ACCOUNT),
    (re.compile(r"은행"), Field.BANK),
    (re.compile(r"연락처|전화|휴대폰|핸드폰"), Field.PHONE),
    (re.compile(r"대표자"), Field.REPRESENTATIVE),
    (re.compile(r"규격.*단위|단위$"), Field.UNIT),
    (re.compile(r"규격"), Field.SPEC),
    (re.compile(r"소속.*조합|조합명"), Field.COOPERATIVE),
    (re.compile(r"부스|매대"), Field.BOOTH),
    (re.compile(r"비고|메모|특이사항"), Field.NOTE),
)  # fmt: skip
PART_RANK = 500
_PARENTHESES = re.compile(r"[(\[{<〈【].*?[)\]}>〉】]")
_SPLIT_AWAY = re.compile(r"[^0-9a-z가-힣%]")
_ASKED = re.compile(r"필수(?:입력|항목|사항)?|선택(?:입력|항목|사항)?")
_BAND = re.compile(r"(?:기본)?(?:정보|현황|내역|사항|관련|명세)$")
MAX_HEAD = 80


def bare(text: str) -> str:
    """A head without spaces, marks and full-width forms."""
    return _SPLIT_AWAY.sub("", unicodedata.normalize("NFKC", text).casefold())


@lru_cache(maxsize=8192)
def recognise(text: str) -> tuple[Field, int] | None:
    """The field that a head names and how far from the best word it is, None where unknown."""
    if not text or len(text) > MAX_HEAD:
        return None
    first_line = re.split(r"[\n※*]", text.strip("※* \n"))[0]
    return _recognised(text) or (_recognised(first_line) if first_line != text else None)


def _recognised(text: str) -> tuple[Field, int] | None:
    outside = _PARENTHESES.sub("", unicodedata.normalize("NFKC", text).casefold())
    for form in (bare(text), bare(outside), _ASKED.sub("", bare(text)), _ASKED.sub("", bare(outside))):
        if form in _EXACT:
            return _EXACT[form]
    form = bare(outside)
    if not 2 <= len(form) <= 14:
        return None
    for rank, (pattern, field) in enumerate(_PARTS):
        if pattern.search(form):
            return field, PART_RANK + rank
    return None


def recognise_pair(upper: str, lower: str) -> tuple[Field, int] | None:
    """The field of a head split over two rows: "과세" over "구분", "업체 정보" over "대표자"."""
    if not lower or bare(upper) == bare(lower):
        return recognise(upper)
    return below(upper, lower) or recognise(upper)


def below(upper: str, lower: str) -> tuple[Field, int] | None:
    """What the lower of two head cells names, alone or together with the upper; None if it is no head."""
    band = _BAND.sub("", bare(upper))
    for joined in (bare(upper) + bare(lower), band + bare(lower)):
        if joined in _EXACT and bare(lower):
            return _EXACT[joined]
    return recognise(lower)


def is_exact(text: str) -> bool:
    """Whether a head is one of the words themselves."""
    found = recognise(text)
    return found is not None and found[1] < PART_RANK
