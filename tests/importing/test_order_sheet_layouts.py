"""The same orders in many layouts come out the same."""

import unicodedata
from pathlib import Path
from typing import Any

import pytest

from pos_app.importing.order_sheet import read
from tests.importing.order_sheets import (
    EXPECTED,
    HEAD,
    ITEMS,
    NAMES,
    PEOPLE,
    PRICES,
    essence,
    orders,
    people_rows,
)

BODY = people_rows(blank_departments=True)
Rows = list[list[Any]]


def _decomposed(rows: Rows) -> Rows:
    return [[unicodedata.normalize("NFD", v) if isinstance(v, str) else v for v in row] for row in rows]


def _sums(rows: Rows) -> list[int]:
    return [sum(row[column] or 0 for row in rows) for column in (3, 4, 5)]


LAYOUTS: dict[str, Rows] = {
    "plain": [[*HEAD, *NAMES], *BODY],
    "titles, notes, blank rows": [
        ["2026. 11. 20. 한전 완판장터 사전주문 취합표"], [], ["※ 11월 13일까지 적어 주세요"], [None, None, None, "합계는 자동"],
        [*HEAD, *NAMES], *BODY, [], ["※ 문의: 상생협력부 김대리 061-345-0000"],
    ],
    "prices below": [[*HEAD, *NAMES], [None, None, "단가", *PRICES], *BODY],
    "prices below, label under the name": [[*HEAD, *NAMES], [None, "단가", None, *PRICES], *BODY],
    "prices and units above": [
        ["주문표"], [None, None, "단가", *PRICES], [None, None, "규격", "봉", "포", "kg"], [*HEAD, *NAMES], *BODY,
    ],
    "unlabelled prices": [[*HEAD, *NAMES], [None, None, None, *PRICES], *BODY],
    "codes instead of names": [[*HEAD, "P016", "p044", "P002"], *BODY],
    "codes below other names": [
        [*HEAD, "과자", "쌀", "햇감자"], [None, None, "품목코드", "P016", "P044", "P002"], *BODY,
    ],
    "names above, counts below": [
        [None, None, None, *NAMES], [*HEAD, "수량", "수량", "수량"], *BODY,
    ],
    "vendors above": [
        [None, None, "업체명", "빛고을 식품", "장성편백", "해남땅끝 공방"], [*HEAD, *NAMES], *BODY,
    ],
    "price in the name": [
        [*HEAD, "두부과자\n(3,500원)", "찹쌀 4kg 19,800원", "감자 (2,900원/kg)"], *BODY,
    ],
    "loose spelling": [[*HEAD, " 두부 과자(봉)", "찹쌀4KG", "감자 kg"], *BODY],
    "other words": [["소속", "신청자 성함", "휴대폰 번호", *NAMES], *BODY],
    "spaced words": [["부 서", "성   명", "연 락 처", *NAMES], *BODY],
    "sums at the bottom": [
        [*HEAD, *NAMES, "합계"], *[[*row, sum(v or 0 for v in row[3:])] for row in BODY],
        ["합계", None, None, *_sums(BODY), 7],
    ],
    "sums at the left": [
        ["부서", "성명", "연락처", "총수량", *NAMES],
        *[[*row[:3], sum(v or 0 for v in row[3:]), *row[3:]] for row in BODY],
    ],
    "sums at the top": [[*HEAD, *NAMES], [None, "합계", None, *_sums(BODY)], *BODY],
    "unmarked sums": [[*HEAD, *NAMES], *BODY, [None, None, None, *_sums(BODY)]],
    "subtotals": [
        [*HEAD, *NAMES], *BODY[:2], ["총무부 소계", None, None, 1, 1, 2], *BODY[2:],
        ["재무처 소계", None, None, 3, None, None], ["총계", None, None, *_sums(BODY)],
    ],
    "sums by department": [
        [*HEAD, *NAMES], *BODY[:2], ["총무부 합계", None, None, 1, 1, 2], *BODY[2:],
        ["재무처 합계", None, None, 3, None, None], ["전체 합계", None, None, *_sums(BODY)],
    ],
    "subtotals without a total": [
        [*HEAD, *NAMES], *BODY[:2], ["소계", None, None, 1, 1, 2], *BODY[2:], ["소계", None, None, 3, None, None],
    ],
    "a remark beside the table speaks of names": [[*[None] * 8, "성명은 실명으로"], [*HEAD, *NAMES], *BODY],
    "prices and other figures": [
        [*HEAD, *NAMES], [None, None, "단가", *PRICES], [None, None, "한정", 100, 200, 300], *BODY,
    ],
    "other columns": [
        ["연번", "부서", "직급", "성명", "내선번호", "연락처", *NAMES, "비고"],
        *[[n, r[0], "과장", r[1], 1000 + n, r[2], *r[3:], "퇴근 뒤에 받음" if n == 1 else None] for n, r in enumerate(BODY)],
    ],
    "ditto": [[*HEAD, *NAMES], BODY[0], ["〃", *BODY[1][1:]], BODY[2]],
    "head on each page": [[*HEAD, *NAMES], *BODY[:2], [], [*HEAD, *NAMES], *BODY[2:]],
    "texts for numbers": [
        [*HEAD, *NAMES], *[[*row[:3], *("-" if v is None else f" {v} " for v in row[3:])] for row in BODY],
    ],
    "headings": [
        ["성명", "연락처", *NAMES], ["■ 총무부"], *[row[1:] for row in BODY[:2]], ["■ 재무처"], BODY[2][1:],
    ],
    "people's words in the title": [["아래 표에 성명을 적어요"], ["성명 필수"], [], [*HEAD, *NAMES], *BODY],
    "words with the people": [["주문자 소속", "주문자", "주문자 연락처", *NAMES, "수령자"], *BODY],
    "an empty product": [[*HEAD, *NAMES[:1], "가을 특선", *NAMES[1:]], *[[*r[:4], None, *r[4:]] for r in BODY]],
    "list": [
        ["번호", "부서", "주문자", "연락처", "품목", "수량", "비고"],
        *[
            [n, row[0], row[1], row[2], NAMES[c], row[3 + c], None]
            for n, row in enumerate(PEOPLE)
            for c in range(3)
            if row[3 + c]
        ],
    ],
    "list with codes": [
        ["부서", "주문자", "연락처", "상품코드", "상품명", "주문수량"],
        *[
            [*row[:3], ITEMS[c].code, "이름이 달라요", row[3 + c]]
            for row in PEOPLE
            for c in range(3)
            if row[3 + c]
        ],
    ],
}  # fmt: skip


@pytest.mark.acceptance("A49")
@pytest.mark.parametrize("name", LAYOUTS)
def test_every_layout_says_the_same(name: str, tmp_path: Path) -> None:
    found = orders(tmp_path, LAYOUTS[name])
    assert found.bad == ()
    assert found.warnings == ()
    assert essence(found) == EXPECTED
    assert (len(found.lines), found.people, found.quantity_milli, found.total_won) == (4, 3, 7_000, 39_600)


@pytest.mark.parametrize("name", ["plain", "prices below", "subtotals", "list"])
def test_decomposed_hangul_says_the_same(name: str, tmp_path: Path) -> None:
    found = orders(tmp_path, _decomposed(LAYOUTS[name]))
    assert (found.bad, essence(found)) == ((), EXPECTED)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp949", "utf-16"])
@pytest.mark.parametrize("mark", [",", "\t", ";"])
def test_csv_files(tmp_path: Path, encoding: str, mark: str) -> None:
    path = tmp_path / "주문.csv"
    lines = [mark.join("" if v is None else str(v) for v in row) for row in LAYOUTS["sums at the bottom"]]
    path.write_bytes("\r\n".join(["사전주문 취합표", "", *lines]).encode(encoding))
    found = read(path, ITEMS)
    assert (found.bad, essence(found)) == ((), EXPECTED)
    assert found.lines[0].cell == "주문!D4"


def test_merged_heads_departments_and_people(tmp_path: Path) -> None:
    rows: Rows = [
        ["한국전력공사 완판장터 주문표"],
        [*HEAD, "주문 품목", None, None, "합계"],
        [None, None, None, *NAMES, None],
        [*BODY[0], 3],
        [None, *BODY[1][1:], 1],
        [*BODY[2][:3], 3, None, None, 3],
        [None, None, None, None, None, None, None],
    ]

    def shape(workbook: Any) -> None:
        sheet = workbook["주문"]
        for area in (
            "A1:G1",
            "A2:A3",
            "B2:B3",
            "C2:C3",
            "D2:F2",
            "G2:G3",
            "A4:A5",
            "A6:A7",
            "B6:B7",
            "C6:C7",
            "D6:D7",
        ):
            sheet.merge_cells(area)

    found = orders(tmp_path, rows, shape)
    assert (found.bad, essence(found), found.title) == ((), EXPECTED, "한국전력공사 완판장터 주문표")
    assert (len(found.lines), found.warnings) == (4, ())
    assert {line.order for line in found.lines} == {"주문!B4", "주문!B5", "주문!B6"}


def test_a_vendor_over_several_products_tells_twins_apart(tmp_path: Path) -> None:
    rows: Rows = [
        [None, None, None, "빛고을 식품", "진도 공방", None],
        [*HEAD, "두부과자", "꿀", "찹쌀 4kg"],
        ["총무부", "강민영", "010-3907-2953", 1, 2, 3],
    ]
    found = orders(tmp_path, rows, lambda workbook: workbook["주문"].merge_cells("E1:F1"))
    assert {line.product: line.quantity_milli for line in found.lines} == {
        "k-tofu": 1_000, "k-honey-b": 2_000, "k-rice": 3_000,
    }  # fmt: skip


def test_known_names_outweigh_more_different_texts(tmp_path: Path) -> None:
    rows: Rows = [
        [None, None, None, "진도 공방", "곡성섬진 자활센터", "빛고을 식품"],
        [*HEAD, "꿀", "꿀", "두부과자"],
        ["총무부", "강민영", "", 1, 2, 3],
    ]
    found = orders(tmp_path, rows)
    assert [line.product for line in found.lines] == ["k-honey-b", "k-honey-a", "k-tofu"]
    assert found.products[0].cell == "주문!D2"


def test_a_price_tells_twins_apart(tmp_path: Path) -> None:
    rows: Rows = [[*HEAD, "꿀", "꿀"], [None, None, "단가", 25_000, 38_000], ["총무부", "강민영", "", 1, 2]]
    found = orders(tmp_path, rows)
    assert [(line.product, line.quantity_milli) for line in found.lines] == [
        ("k-honey-b", 1_000), ("k-honey-a", 2_000),
    ]  # fmt: skip


def test_departments_on_sheets_of_their_own(tmp_path: Path) -> None:
    head = [*HEAD, *NAMES]
    found = orders(tmp_path, [head, *BODY[:2]], None, 재무처=[head, BODY[2]], 안내=[["받는 곳: 1층 로비"]])
    assert (found.bad, essence(found)) == ((), EXPECTED)
    assert [product.quantity_milli for product in found.products] == [4_000, 1_000, 2_000]


def test_hidden_and_example_sheets_are_left_alone(tmp_path: Path) -> None:
    def shape(workbook: Any) -> None:
        workbook["지난달"].sheet_state = "hidden"

    rows = LAYOUTS["plain"]
    found = orders(tmp_path, rows, shape, 지난달=rows, 작성예시=rows)
    assert (essence(found), len(found.lines)) == (EXPECTED, 4)


def test_a_product_may_be_called_like_a_total(tmp_path: Path) -> None:
    found = orders(tmp_path, [[*HEAD, "합계표 스티커", "합계"], ["총무부", "강민영", "", 5, 500]])
    assert [(line.product, line.quantity_milli) for line in found.lines] == [("k-seal", 5_000)]
    assert found.warnings == ()


def test_weighed_goods_may_be_ordered_in_parts(tmp_path: Path) -> None:
    found = orders(
        tmp_path, [[*HEAD, "감자"], ["총무부", "강민영", "", 1.5], ["총무부", "김서경", "", "0.25"]]
    )
    assert [line.quantity_milli for line in found.lines] == [1_500, 250]
    assert found.total_won == 4_350 + 725
