"""A market day in the open register, by keyboard alone or by touch alone; what was seen, as one JSON document."""

import json
import sys
from typing import Any

from tests.outside.hands import Till

PIN = "482915"
NOTES = {50_000: 2, 10_000: 3, 5_000: 1, 1_000: 3, 500: 1}  # what is counted in the end: 138,500
FACES = (50_000, 10_000, 5_000, 1_000, 500, 100, 50, 10)


class ByKeys:
    """The whole day without a pointer."""

    def __init__(self, till: Till, codes: dict[str, str]) -> None:
        self.till, self.codes = till, codes
        self.seen: dict[str, Any] = {}

    def first_run(self) -> None:
        """Who, the goods of the sample, no printer, a coordinator with a PIN."""
        till = self.till
        till.find("단계 1/4")
        till.press("F12")
        till.find("단계 2/4")
        till.push("견본으로 시작하기")
        till.find("업체 26곳")
        till.press("F12")
        till.find("단계 3/4")
        till.press("F12")
        till.find("단계 4/4")
        for field, words in (("담당자 이름", "박영지"), ("PIN 한 번 더", PIN)):
            till.tab_to(field)
            till.type(words)
        till.press("shift+Tab")
        till.type(PIN)
        till.press("F12")

    def sign_in(self) -> None:
        self.till.find("담당 박영지")
        self.till.type("482916")
        self.seen["wrong PIN"] = self.till.said("PIN이 달라요")
        self.till.type(PIN)

    def float(self) -> None:
        """Nine notes of 10,000 and ten of 1,000."""
        till = self.till
        till.find("50,000원권 장수")
        self.count({10_000: 9, 1_000: 10})
        till.find("준비금 100,000원으로 개점")
        till.press("F12")
        till.find("물건 찾기")

    def count(self, notes: dict[int, int]) -> None:
        self.till.tab_to("50,000원권 장수 0")
        for face in FACES:
            self.till.press(*str(notes.get(face, 0)), "Return")

    def pay(self, *keys: str) -> str:
        """결제, these keys, 다음 손님; the receipt's number."""
        till = self.till
        till.press("F12")
        till.find("받은 금액")
        till.press(*keys, "F12")
        number = till.said("영수증 R1-")
        till.press("F12")
        till.find("합계 0원")
        return number

    def sales(self) -> None:
        till, codes = self.till, self.codes
        till.type("참기름")
        till.press("Return")
        till.find("합계 21,000원")
        till.press("plus")
        till.find("합계 42,000원")
        self.seen["two bottles"] = till.rows()
        self.pay()
        till.type("ㄱㅂㄱ")
        till.press("Return")
        till.find("합계 5,000원")
        till.press("F12")
        till.find("받은 금액")
        till.press("F6")
        till.tab_to("승인번호")
        till.type("30128841")
        till.press("F12")
        self.seen["card"] = till.said("영수증 R1-")
        till.press("F12")
        till.find("합계 0원")
        self.split(codes["rice"])
        self.voucher(codes["oil"])
        self.parked(codes["kim"], codes["bread"])

    def split(self, code: str) -> None:
        """Rice with 10 %: 20,000 in cash, the rest by card."""
        till = self.till
        till.scan(code, "합계 39,000원")
        till.press("F5")
        till.find("모두 얼마나 깎을까요?")
        till.push("10%")
        till.find("합계 35,100원")
        till.press("F12")
        till.find("받은 금액")
        till.type("20000")
        till.find("20,000원 받고 더 받기")
        till.press("Return")
        till.find("남은 금액 15,100원")
        till.press("F6")
        till.tab_to("승인번호")
        till.type("30128842")
        till.press("F12")
        till.find("영수증 R1-")
        till.press("F12")
        till.find("합계 0원")

    def voucher(self, code: str) -> None:
        """Oil: two vouchers of 10,000, the rest in cash."""
        till = self.till
        till.scan(code, "합계 21,000원")
        till.press("F12")
        till.find("받은 금액")
        till.press("F7")
        till.push(self.more_vouchers())
        till.press("Return")
        till.find("20,000원 받고 더 받기")
        till.press("F12")
        till.find("남은 금액 1,000원")
        till.press("F5", "F12")
        till.find("영수증 R1-")
        till.press("F12")
        till.find("합계 0원")

    def more_vouchers(self) -> str:
        """The name of the key for one more voucher of 10,000."""
        node = self.till.find("10,000원 ", "push button")
        names = [
            name for name in self.till.names() if name.startswith("10,000원 ") and name.endswith("늘리기")
        ]
        return str(names[0] if names else node.get_name())

    def parked(self, kim: str, bread: str) -> None:
        """One customer fetches the purse, the next one is served."""
        till = self.till
        till.scan(kim, "합계 5,000원")
        till.press("F4")
        till.find("합계 0원")
        till.scan(bread, "합계 5,500원")
        self.pay()
        till.press("F4")
        till.find("합계 5,000원")
        self.seen["recalled"] = till.rows()
        self.seen["last"] = self.pay()

    def refund(self) -> None:
        """The last one brings it back."""
        till = self.till
        till.press("F7")
        till.find("오늘 영수증")
        till.type(self.seen["last"][-4:])
        till.tab_to("영수증 목록" if till.has("영수증 목록") else "오늘 영수증")
        till.press("Down")
        till.push("김부각 더 돌려받기")
        till.push("상했어요")
        self.seen["refund key"] = till.said("5,000원 환불하기")
        till.press("F12")
        till.gone("5,000원 환불하기")
        self.home()

    def home(self) -> None:
        """Back at the sale."""
        till = self.till
        for _ in range(4):
            if till.has("물건 찾기"):
                return
            till.press("Escape")
        till.find("물건 찾기")

    def go(self, menu: str) -> None:
        till = self.till
        till.press("F10")
        till.find(menu, "push button")
        till.push(menu)

    def middle(self) -> None:
        """X, and 30,000 out of the drawer."""
        till = self.till
        self.go("X 보고서")
        till.find("X 보고서")
        self.seen["x"] = till.names()
        self.home()
        self.go("입금·출금")
        till.type("30000")
        reasons = [name for name in till.names() if "거스름돈" in name]
        till.push(reasons[0] if reasons else "거스름돈")
        self.seen["out"] = till.said("30,000원 출금")
        till.press("F12")
        till.gone("30,000원 출금")
        self.home()

    def close(self) -> None:
        till = self.till
        self.go("마감")
        till.find("50,000원권 장수")
        self.count(NOTES)
        self.seen["counted"] = till.said("센 금액 1")
        self.seen["before"] = [n for n in till.names() if n.startswith(("예상 금액 ", "과부족 "))]
        till.press("F12")
        self.seen["expected"] = till.said("예상 금액 1")
        for _ in range(6):
            if till.has("Z 마감하고 인쇄"):
                break
            till.press("F12")
        till.find("Z 마감하고 인쇄")
        till.press("F12")
        till.find("마치기")
        self.seen["z"] = [name for name in till.names() if "마감했어요" in name]

    def whole(self, fresh: bool) -> dict[str, Any]:
        if fresh:
            self.first_run()
        self.sign_in()
        self.float()
        self.sales()
        self.refund()
        self.middle()
        self.close()
        return self.seen


def main() -> None:
    till = Till(int(sys.argv[1]))
    codes = json.loads(sys.argv[2])
    seen = ByKeys(till, codes).whole(fresh=True)
    print(json.dumps({**seen, "taps": till.taps, "presses": till.presses}, ensure_ascii=False))


if __name__ == "__main__":
    main()
