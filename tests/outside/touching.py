"""A market day by touch alone: what was seen and how big everything was, as one JSON document."""

import json
import sys
from collections.abc import Callable
from typing import Any

from tests.outside.hands import Till, run

Atspi: Any = sys.modules["tests.outside.hands"].Atspi  # only the system's own Python has it
PIN = "482915"
FLOAT = {10_000: 9, 1_000: 10}
NOTES = {50_000: 2, 10_000: 2, 5_000: 2, 1_000: 5, 500: 1, 100: 1}  # 135,600
PAGES = 12


class Finger:
    """One finger: taps in the middle of what has a name, and remembers how big that was."""

    def __init__(self, till: Till) -> None:
        self.till = till
        self.taps = 0
        self.sizes: dict[str, list[int]] = {}
        self._window = self._box(till.app.get_child_at_index(0))

    @staticmethod
    def _box(node: Any) -> Any:
        return node.get_component_iface().get_extents(Atspi.CoordType.SCREEN)

    def _nodes(self, wanted: Callable[[str], bool], role: str | None) -> Any:
        for node in self.till.walk():
            node.clear_cache()
            if wanted(node.get_name()) and role in (None, node.get_role_name()):
                return node
        return None

    def tap(self, start: str, role: str | None = None, times: int = 1, whole: bool = False) -> None:
        """Tap what has a name that begins so (`whole`: is so), some times."""

        def wanted(name: str) -> bool:
            return name == start if whole else name.startswith(start)

        node = self.till.wait(lambda: self._nodes(wanted, role), f"{role or 'anything'} named {start}")
        self._press(node.get_name(), self._box(node), times)

    def _press(self, name: str, box: Any, times: int = 1) -> None:
        size, room = [box.width, box.height], self._window
        x, y = box.x + box.width // 2, box.y + box.height // 2
        inside = room.x <= x < room.x + room.width and room.y <= y < room.y + room.height
        if not inside:
            raise SystemExit(f"{name} lies outside the window, at {x},{y}")
        before = self.sizes.get(name, size)
        self.sizes[name] = [min(pair) for pair in zip(before, size, strict=True)]
        run("mousemove", str(x), str(y), "click", "--repeat", str(times), "--delay", "60", "1")
        self.taps += times

    def keys(self, *words: str) -> None:
        """Keys of the pad, one after another; where they are is looked up once."""
        places: dict[str, Any] = {}

        def all_there() -> bool:
            for node in self.till.walk():
                name = node.get_name()
                if name in words and node.get_role_name() == "push button":
                    places[name] = self._box(node)
            return set(words) <= set(places)

        self.till.wait(all_there, f"the keys {words}")
        for word in words:
            self._press(word, places[word])


class ByTouch:
    """The whole day without a key."""

    def __init__(self, till: Till) -> None:
        self.till, self.finger = till, Finger(till)
        self.seen: dict[str, Any] = {}

    # opening

    def first_run(self) -> None:
        """As it is, the goods of the sample, no printer, no PIN yet."""
        till, finger = self.till, self.finger
        till.find("단계 1/4")
        finger.tap("이대로 시작하기")
        till.find("단계 2/4")
        finger.tap("견본으로 시작하기")
        self.seen["goods"] = till.said("업체 26곳")
        finger.tap("물건 목록 맞아요")
        till.find("단계 3/4")
        finger.tap("인쇄기 없이 시작하기")
        till.find("단계 4/4")
        finger.tap("나중에 하기")
        till.find("준비금 ")

    def sign_in(self) -> None:
        """A name, the PIN once wrong, then right."""
        self.finger.tap("담당 박영지")
        self.finger.keys(*"482916")
        self.seen["wrong PIN"] = self.till.said("PIN이 달라요")
        self.finger.keys(*PIN)

    def float(self) -> None:
        self.till.find("50,000원권 장수")
        self.count(FLOAT)
        self.seen["float"] = self.till.said("준비금 100,000원으로 개점")
        self.finger.tap("준비금 100,000원으로 개점")
        self.till.find("물건 찾기")

    def count(self, pieces: dict[int, int]) -> None:
        for face, times in pieces.items():
            what = f"{face:,}원권 장수" if face >= 1_000 else f"{face:,}원 개수"
            self.finger.tap(f"{what} 하나 늘리기", times=times)

    # selling

    def tile(self, name: str) -> None:
        """The tile of this, turning pages until it is there."""
        for _ in range(PAGES):
            if self.till.has(f"타일 {name},"):
                self.finger.tap(f"타일 {name},")
                return
            self.finger.tap("다음 쪽")
            self.till.soon(f"타일 {name},")
        raise SystemExit(f"no tile {name}")

    def done(self, received: str) -> str:
        """The corner key of the money, 다음 손님; the receipt's number."""
        self.finger.tap(received)
        number = self.till.said("영수증 R1-")
        self.finger.tap("다음 손님")
        self.till.find("합계 0원")
        return number

    def pay(self) -> None:
        self.finger.tap("결제", "push button")
        self.till.find("받은 금액")

    def three_by_cash(self) -> None:
        """Three tiles, 결제, a note, 받음, 다음 손님: seven taps."""
        till, finger = self.till, self.finger
        before = finger.taps
        for name in ("참기름 320ml", "우리밀 식빵", "두부과자"):
            finger.tap(f"타일 {name},")
        till.find("합계 30,000원")
        self.pay()
        finger.tap("50,000원")
        self.done("현금 50,000원 받음")
        self.seen["cash taps"] = finger.taps - before

    def by_weight(self) -> None:
        """1.24 kg of potatoes; one piece of something less."""
        till, finger = self.till, self.finger
        finger.tap("타일 감자,")
        till.find("무게 넣기")
        finger.keys("1", "2", "4", "0")
        finger.tap("1.240kg 담기")
        self.seen["weighed"] = till.rows()
        finger.tap("타일 우리밀 식빵,", times=2)
        till.wait(lambda: len(till.rows()) == 2, "two lines")
        self.seen["weight total"] = till.said("합계 1")
        self.pay()
        self.done("현금 ")

    def split(self) -> None:
        """Pears with 10 %: 20,000 in cash, the rest by card; the approval number later."""
        till, finger = self.till, self.finger
        finger.tap("타일 배 7.5kg,")
        till.find("합계 35,000원")
        finger.tap("할인", "push button", whole=True)
        till.find("모두 얼마나 깎을까요?")
        finger.tap("10%")
        till.find("합계 31,500원")
        self.pay()
        finger.keys("2", "만")
        finger.tap("20,000원 받고 더 받기")
        till.find("남은 금액 11,500원")
        finger.tap("카드", whole=True)
        self.done("카드 11,500원 받음")

    def by_card(self) -> None:
        self.finger.tap("타일 두부과자,")
        self.till.find("합계 3,500원")
        self.pay()
        self.finger.tap("카드", whole=True)
        self.seen["card"] = self.done("카드 3,500원 받음")

    def voucher(self) -> None:
        """Oil: two vouchers of 10,000, the rest in cash."""
        till, finger = self.till, self.finger
        finger.tap("타일 참기름 320ml,")
        till.find("합계 21,000원")
        self.pay()
        finger.tap("상품권", whole=True)
        till.find("10,000원 ", "push button")
        more = [name for name in till.names() if name.startswith("10,000원 ") and name.endswith("늘리기")]
        finger.tap(more[0], times=2)
        finger.tap("20,000원 받고 더 받기")
        till.find("남은 금액 1,000원")
        finger.tap("현금", whole=True)
        self.done("현금 1,000원 받음")

    def parked(self) -> None:
        """One customer fetches the purse, the next one is served."""
        till, finger = self.till, self.finger
        finger.tap("타일 두부과자,")
        till.find("합계 3,500원")
        finger.tap("보류", "push button", whole=True)
        till.find("합계 0원")
        finger.tap("타일 우리밀 식빵,")
        till.find("합계 5,500원")
        self.pay()
        self.seen["bread"] = self.done("현금 ")
        finger.tap("불러오기", "push button")
        till.find("합계 3,500원")
        self.seen["recalled"] = till.rows()
        self.pay()
        self.seen["snack"] = self.done("현금 ")

    # after selling

    def go(self, place: str) -> None:
        self.finger.tap("메뉴", "push button", whole=True)
        self.finger.tap(place, "push button")

    def refund(self) -> None:
        """The snack comes back by its line; the bread was rung by mistake."""
        till, finger = self.till, self.finger
        self.go("영수증·환불")
        finger.tap(f"{self.seen['snack']}, ")
        finger.tap("두부과자 더 돌려받기")
        finger.tap("상했어요")
        finger.tap("3,500원 환불하기")
        till.gone("3,500원 환불하기")
        finger.tap(f"{self.seen['bread']}, ")
        finger.tap("판매 취소", "push button", whole=True)
        till.find("이 판매를 취소할까요?")
        finger.tap("판매 취소하기", "push button")
        till.gone("이 판매를 취소할까요?")
        self.seen["voided"] = till.said(f"{self.seen['bread']}, ")

    def middle(self) -> None:
        """X, and 30,000 out of the drawer."""
        till, finger = self.till, self.finger
        self.go("X 보고서")
        till.find("X 인쇄하기")
        self.seen["x"] = till.names()
        self.go("입금·출금")
        finger.keys("3", "만")
        finger.tap("거스름돈 바꾸기")
        finger.tap("30,000원 출금")
        till.gone("30,000원 출금")

    def close(self) -> None:
        """The blind count, the Z."""
        till, finger = self.till, self.finger
        self.go("마감")
        till.find("50,000원권 장수")
        self.count(NOTES)
        self.seen["counted"] = till.said("센 금액 1")
        self.seen["before"] = [n for n in till.names() if n.startswith(("예상 금액 ", "과부족 "))]
        finger.tap("센 금액 내기")
        self.seen["expected"] = till.said("예상 금액 1")
        for _ in range(6):
            if till.has("Z 마감하고 인쇄"):
                break
            finger.tap("다음: ")
            till.soon("Z 마감하고 인쇄")
        finger.tap("Z 마감하고 인쇄")
        till.find("마치기")
        self.seen["z"] = [name for name in till.names() if "마감했어요" in name]

    def day(self) -> None:
        """From the PIN to the Z."""
        self.sign_in()
        self.float()
        self.three_by_cash()
        self.by_weight()
        self.by_card()
        self.split()
        self.voucher()
        self.parked()
        self.refund()
        self.middle()
        self.close()


def main() -> None:
    till = Till(int(sys.argv[1]))
    touch = ByTouch(till)
    if sys.argv[2] == "first_run":
        touch.first_run()
    else:
        touch.day()
    told = {"taps": touch.finger.taps, "presses": till.presses, "sizes": touch.finger.sizes}
    print(json.dumps({**touch.seen, **told}, ensure_ascii=False))


if __name__ == "__main__":
    main()
