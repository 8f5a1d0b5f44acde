"""The words that markets put at the head of their tables, and the fields they mean."""

from enum import StrEnum


class Field(StrEnum):
    """What a column can hold; the first group is resolved by the kind of table it stands in."""

    CODE = "code"
    NAME = "name"
    KIND = "kind"
    WAY = "way"
    VENDOR_NAME = "vendor_name"
    VENDOR_CODE = "vendor_code"
    ENTERPRISE_KIND = "enterprise_kind"
    CERTIFICATE = "certificate"
    CERTIFICATE_NO = "certificate_no"
    CERTIFICATE_UNTIL = "certificate_until"
    VENDOR_CLASS = "vendor_class"
    TAX_KIND = "tax_kind"
    BUSINESS_NO = "business_no"
    REPRESENTATIVE = "representative"
    PHONE = "phone"
    BANK = "bank"
    ACCOUNT = "account"
    COOPERATIVE = "cooperative"
    SALE_MODE = "sale_mode"
    BOOTH = "booth"
    PRODUCT_NAME = "product_name"
    PRODUCT_CODE = "product_code"
    SPEC = "spec"
    UNIT = "unit"
    PRICE = "price"
    TAX_CLASS = "tax_class"
    SOLD_BY = "sold_by"
    BARCODE = "barcode"
    QUANTITY = "quantity"
    CATEGORY = "category"
    NOTE = "note"
    SERIAL = "serial"
    IGNORED = "ignored"


VENDOR_FIELDS = frozenset(
    (
        Field.ENTERPRISE_KIND,
        Field.CERTIFICATE,
        Field.VENDOR_CLASS,
        Field.TAX_KIND,
        Field.BUSINESS_NO,
        Field.REPRESENTATIVE,
        Field.PHONE,
        Field.BANK,
        Field.ACCOUNT,
        Field.COOPERATIVE,
        Field.SALE_MODE,
        Field.BOOTH,
    )
)

# The earlier a word stands, the better it fits: of several columns for one field the best is taken.
WORDS: dict[Field, str] = {
    Field.VENDOR_NAME: (
        "업체명 상호명 상호 판매자명 판매자 기업명 농가명 참여업체명 참여업체 참여기업명 참여기업 "
        "업체명칭 업체이름 사업자명 판매업체명 판매업체 판매처 입점업체명 입점업체 공급업체명 "
        "공급업체 생산업체명 생산업체 참가업체명 참가업체 참여농가명 참여농가 농장명 생산농가 "
        "거래처명 거래처 셀러명 셀러 회사명 단체명 브랜드명 브랜드 점포명 가게명 매장명 기관명 업체 "
        "농가 농장 기업 회사 생산자명 생산자 공급자 공급처 제조사 제조업체 vendor vendorname seller "
        "sellername supplier company shop farm"
    ),
    Field.VENDOR_CODE: (
        "업체코드 판매자코드 업체번호 업체id 거래처코드 기업코드 농가코드 판매자번호 공급자코드 "
        "공급업체코드 참여업체코드 입점코드 셀러코드 vendorcode vendorid sellercode sellerid"
    ),
    Field.ENTERPRISE_KIND: (
        "기업유형 기업구분 기업형태 기업종류 업체유형 업체종류 조직유형 조직형태 인증유형 인증구분 "
        "사회적경제유형 사회적경제구분 기업인증 enterprisekind"
    ),
    Field.CERTIFICATE: (
        "인증 보유인증 인증현황 인증명 인증종류 인증사항 우선구매인증 우선구매유형 우선구매구분 "
        "certificate certificates"
    ),
    Field.CERTIFICATE_NO: "인증번호 인증서번호 지정번호 인증서",
    Field.CERTIFICATE_UNTIL: "인증만료일 유효기간 인증유효기간 만료일 인증기간 인증종료일",
    Field.VENDOR_CLASS: (
        "업체구분 업체분류 판매자구분 농가구분 생산자구분 수수료구분 업종 업태 농가가공 class vendorclass"
    ),
    Field.TAX_KIND: (
        "과세유형 사업자유형 사업자구분 과세형태 사업자종류 사업자형태 사업자과세유형 세금유형 "
        "과세자유형 과세자구분 taxkind taxtype"
    ),
    Field.BUSINESS_NO: (
        "사업자등록번호 사업자번호 사업자no 사업자등록no 등록번호 사업자 사업자등록 businessno "
        "businessnumber businessregistrationnumber brn"
    ),
    Field.REPRESENTATIVE: (
        "대표자 대표 대표자명 대표자성명 대표명 대표이름 성명 대표성명 농가주 이름대표자 "
        "representative owner ceo"
    ),
    Field.PHONE: (
        "휴대폰 휴대폰번호 휴대전화 휴대전화번호 핸드폰 핸드폰번호 연락처 대표연락처 전화번호 전화 "
        "tel hp 담당자연락처 모바일 phone mobile contact"
    ),
    Field.BANK: "은행 은행명 거래은행 입금은행 정산은행 금융기관 bank bankname",
    Field.ACCOUNT: (
        "계좌번호 계좌 입금계좌 정산계좌 계좌no 정산계좌번호 입금계좌번호 account accountno accountnumber"
    ),
    Field.COOPERATIVE: (
        "소속조합 소속협동조합 담당조합 운영조합 회원조합 조합명 조합 협동조합 소속 소속단체 주관조합 "
        "담당협동조합 cooperative coop"
    ),
    Field.SALE_MODE: (
        "판매형태 거래형태 거래방식 판매계약 계약형태 거래구분 위탁구분 공급형태 위탁여부 위탁직접 salemode"
    ),
    Field.BOOTH: "부스 부스번호 매대 매대번호 자리 자리번호 부스위치 매대위치 booth boothno",
    Field.PRODUCT_NAME: (
        "품목명 품명 상품명 물품명 제품명 판매품목명 판매상품명 판매품명 상품이름 품목이름 물품이름 "
        "품목상품명 품목및규격 품목규격 품명규격 품명및규격 상품명규격 판매상품 판매물품 판매제품 "
        "상품 물품 제품 판매품목 품목 품종 메뉴명 메뉴 취급품목 product productname item itemname "
        "goods"
    ),
    Field.PRODUCT_CODE: (
        "품목코드 상품코드 품번 물품코드 제품코드 품목번호 상품번호 제품번호 품목no 상품id 관리코드 "
        "자체코드 plu sku productcode itemcode productid itemid"
    ),
    Field.SPEC: ("규격 규격중량 중량 용량 중량용량 용량중량 포장규격 상품규격 제품규격 옵션 사양 spec size"),
    Field.UNIT: "단위 규격단위 단위규격 판매단위 포장단위 단위명 거래단위 판매규격 포장 unit",
    Field.PRICE: (
        "장터판매가 장터가 장터가격 장터단가 행사가 행사가격 행사판매가 할인가 할인판매가 특가 판매가 "
        "판매단가 판매가격 판매금액단가 실판매가 단가 가격 판매값 값 소비자가 소비자가격 소비자단가 "
        "권장소비자가 정가 정상가 금액 price unitprice saleprice"
    ),
    Field.TAX_CLASS: (
        "과세구분 과세여부 과면세 과면세구분 과세면세 과세면세구분 면세과세 면세과세구분 면과세 "
        "면과세구분 부가세 부가세구분 부가세여부 부가가치세 세금 세금구분 면세여부 면세구분 과세 면세 "
        "세구분 세율 vat vat구분 vat여부 부가세포함여부 tax taxclass"
    ),
    Field.SOLD_BY: (
        "계량여부 무게판매 무게판매여부 저울사용 저울여부 계량구분 계량 판매단위구분 soldby weighed"
    ),
    Field.BARCODE: (
        "바코드 바코드번호 바코드no 표준바코드 상품바코드 barcode barcodeno ean ean13 gtin kan "
        "상품코드ean 상품코드바코드 바코드ean 바코드1 바코드2 바코드3 유통바코드"
    ),
    Field.QUANTITY: (
        "반입수량 반입량 반입 반입예정수량 반입예정 입고수량 입고량 입고 준비수량 준비량 공급수량 "
        "납품수량 출품수량 예정수량 수량 재고 재고수량 물량 qty quantity stock brought"
    ),
    Field.CATEGORY: (
        "분류 품목분류 상품분류 카테고리 품목군 상품군 대분류 중분류 품목구분 상품구분 품목류 종류 "
        "품목종류 category"
    ),
    Field.NOTE: ("비고 메모 참고 특이사항 기타 비고란 참고사항 기타사항 설명 note notes remark remarks memo"),
    Field.SERIAL: "연번 번호 순번 순서 no 일련번호 번 seq nr",
    Field.CODE: "코드 code 관리번호 id 고유번호",
    Field.NAME: "이름 명칭 name",
    Field.KIND: "구분 유형 type kind",
    Field.WAY: "판매방식 판매방법 판매유형 판매구분",
    Field.IGNORED: (
        "합계 소계 총액 판매금액 매출 매출액 합계금액 총금액 공급가 공급단가 공급가액 공급가격 원가 "
        "매입가 매입단가 납품가 납품단가 입고가 입고단가 시중가 시중가격 시장가 온라인가 택배비 "
        "배송비 수수료 수수료율 마진 마진율 판매수량 주문수량 잔량 반출 반출수량 반출량 판매량 "
        "최소수량 원산지 산지 생산지 예금주 계좌주 주소 소재지 이메일 email 담당자 담당자명 서명 사진 "
        "이미지 홈페이지 유통기한 소비기한 보관방법 할인율 세액 부가세액 vat금액 박스당수량 입수 "
        "입수량 부가세금액"
    ),
}
