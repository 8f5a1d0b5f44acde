"""The words at the head of an agency's order sheet, and the marks of rows that are no orders."""

import re
from enum import StrEnum

from pos_app.importing.cells import folded
from pos_app.importing.grid import Value
from pos_app.importing.headers import bare


class Role(StrEnum):
    """What a column, or a row of the head, is for."""

    PERSON = "person"
    DEPARTMENT = "department"
    PHONE = "phone"
    TOTAL = "total"
    OTHER = "other"
    PRODUCT = "product"
    QUANTITY = "quantity"
    PRICE = "price"
    CODE = "code"
    VENDOR = "vendor"
    UNIT = "unit"


MAX_LABEL = 16
# In this order: "내선전화" is no phone to find people by, "상품이름" no person.
_LABELS: tuple[tuple[re.Pattern[str], Role], ...] = (
    (
        re.compile(
            r"내선|사번|사원번호|직원번호|직급|직위|직책|^비고|^메모란?$|요청사항|^참고|^기타사항|입금|결제여부"
            r"|납부|수령여부|수령확인|수령일|서명|^확인$|이메일|email|주소|^(?:연번|순번|번호|no|번|순)$|신청일|주문일"
        ),
        Role.OTHER,
    ),
    (re.compile(r"^(?:품목|상품|제품|물품|고유)?(?:코드|번호|code)$|^품번$|^바코드$"), Role.CODE),
    (re.compile(r"업체|판매자|판매처|농가|생산자|공급자|기업명"), Role.VENDOR),
    (
        re.compile(r"합계|소계|총계|총액|총금액|총수량|총합|^계$|^금액(?:원)?$|결제금액|주문금액|총주문|total"),
        Role.TOTAL,
    ),
    (re.compile(r"^(?:판매|장터|행사|할인|공급|개당)?(?:단가|가격|판매가|장터가|행사가|금액단가)(?:원)?$|^(?:unit)?price$"), Role.PRICE),
    (re.compile(r"^(?:규격|단위|규격단위|중량|용량|판매단위|unit)$"), Role.UNIT),
    (re.compile(r"^(?:주문|신청|구매|예약)?(?:수량|개수|갯수|물량)(?:개)?$|quantity|qty"), Role.QUANTITY),
    (
        re.compile(r"^(?:주문|신청|구매|예약)?(?:품목|상품|제품|물품|품)(?:명|이름|명칭)?$|^(?:product|item)(?:name)?$"),
        Role.PRODUCT,
    ),
    (re.compile(r"(?:부서|소속)명?$"), Role.DEPARTMENT),
    (re.compile(r"휴대폰|휴대전화|핸드폰|연락처|전화|^hp$|phone|mobile"), Role.PHONE),
    (
        re.compile(
            r"성명|이름|성함|신청자|신청인|주문자|주문인|구매자|수령자|수령인|예약자|직원명|사원명|^직원$|^name$|person"
        ),
        Role.PERSON,
    ),
    (re.compile(r"부서|소속|^(?:팀|과|처|실|국|본부|처실|실처|기관|조직)명?$|department|dept"), Role.DEPARTMENT),
)  # fmt: skip
_TOTAL_ROW = re.compile(
    r"(?:총|전체)?(?:합계|소계|총계|누계|계|합|총합|총합계|주문수량|주문량|주문합계)(?:금액|수량|액)?"
    r"|.+(?:소계|합계|총계)|(?:grand)?total|subtotal|sum|총[0-9,]+(?:명|건|개)"
)
_NOTE = re.compile(r"[※*★☆◎☞→•#]|주[):]|(?:비고|참고|주의|유의|안내|작성|담당|문의|기간|장소)\s*[:：]")
_EXAMPLE = re.compile(r"[(\[]?(?:작성)?예시?[)\]:：]|예시$|ex\)")


def role_of(value: Value) -> Role | None:
    """The role that a label names, None for other texts and numbers."""
    if not isinstance(value, str):
        return None
    for text in (value, re.split(r"[\n(（]", value.strip())[0]):
        form = bare(text)
        if 0 < len(form) <= MAX_LABEL:
            for pattern, role in _LABELS:
                if pattern.search(form):
                    return role
    return None


def is_total(value: Value) -> bool:
    """Whether a cell at the left says that its row adds up others."""
    if not isinstance(value, str):
        return False
    return bool(_TOTAL_ROW.fullmatch(re.sub(r"[:：()\[\]<>【】*=\-]", "", folded(value))))


def is_note(value: Value) -> bool:
    """Whether a text is a remark beside the table or an example of how to fill it in."""
    return isinstance(value, str) and bool(_NOTE.match(value.strip()) or _EXAMPLE.match(folded(value)))
