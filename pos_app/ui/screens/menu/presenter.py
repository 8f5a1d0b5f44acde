"""Decides what the menu offers just now."""

from dataclasses import dataclass

from pos_app.domain.operators import Action, may
from pos_app.i18n.texts import tr
from pos_app.ui.screens import wording
from pos_app.ui.screens.desk import Desk


@dataclass(frozen=True, slots=True)
class Place:
    """A place to go: screen name, icon, words, and why it is off."""

    name: str
    icon: str
    title: str
    detail: str = ""
    off: str = ""


class MenuPresenter:
    """Reads the house for the words on the keys."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def places(self) -> list[Place]:
        """All places, as they stand in their groups."""
        return [place for _, places in self.groups() for place in places]

    def groups(self) -> list[tuple[str, list[Place]]]:
        """Heading and places: what is done at the till, for the market, and with the machine."""
        return [
            (tr("계산대"), self._at_the_till()),
            (tr("장터"), self._of_the_market()),
            (tr("기기와 설정"), self._of_the_machine()),
        ]

    def _at_the_till(self) -> list[Place]:
        house = self.desk.house
        shift = house.shifts.current()
        closed = tr("개점한 다음에 쓸 수 있어요.") if shift is None else ""
        parked = len(house.till.parked())
        if shift is None:
            turn = Place("shift_open", "register", tr("개점"), tr("준비금을 세고 시작해요"))
        else:
            turn = Place("shift_close", "register", tr("마감"), tr("돈을 세고 Z를 뽑아요"))
        places = [
            Place("receipts", "receipt", tr("영수증·환불"), tr("다시 보고, 환불해요 (F7)")),
            Place("parked", "recall", tr("보류 목록"), tr("{count}개", count=parked)),
            turn,
            Place("cash", "cash", tr("입금·출금"), tr("돈통에 넣고 꺼내요"), closed),
            Place("x_report", "chart", tr("X 보고서"), tr("마감하지 않고 봐요"), closed),
            Place("day_report", "chart", tr("오늘 판매"), tr("업체와 물건마다"), self._may_report()),
            Place("orders", "box-out", tr("공동구매"), tr("주문을 찾아 내줘요")),
        ]
        if house.practice:
            places.append(Place("end_practice", "close", tr("연습 끝내기"), tr("진짜 판매로 돌아가요")))
        else:
            off = "" if self.desk.can_practise() else tr("여기서는 연습을 열 수 없어요.")
            places.append(Place("practice", "info", tr("연습"), tr("저장되지 않는 판매"), off))
        return places

    def _of_the_market(self) -> list[Place]:
        return [
            Place("board", "lock", tr("하루 현황"), tr("모든 계산대, 전표, 봉인"), self._may_see()),
            Place("goods", "box-in", tr("물건 들고나기"), tr("반입, 반출, 실사")),
            Place("markdown", "percent", tr("떨이"), tr("판매자와 정한 마감 할인")),
            Place("bundles", "bundle", tr("꾸러미"), tr("여러 업체의 물건을 한 값에")),
            Place("donations", "gift", tr("사회공헌"), tr("기부하고 전달확인서를 뽑아요")),
            Place("reports", "chart", tr("보고서"), tr("기관, 세금, 완판율, 엑셀"), self._may_report()),
            Place("settlement", "transfer", tr("정산"), tr("업체마다 얼마를 보낼지"), self._may_report()),
            Place("commission", "percent", tr("수수료 규칙"), tr("율, 구간, 비용"), self._may_settle()),
        ]

    def _of_the_machine(self) -> list[Place]:
        unsent = tr("미전송 {count}건", count=self.desk.house.health.unsynced().count)
        look = self.desk.house.sync.to_look_at()
        waiting = f"{unsent} · {tr('살펴볼 것 {count}', count=look)}" if look else unsent
        return [
            Place("labels", "barcode", tr("가격표"), tr("바코드 라벨을 뽑아요")),
            Place("printers", "printer", tr("인쇄기"), tr("찾고, 시험하고, 바꿔요")),
            Place("sync", "unsent", tr("주고받기"), waiting),
            Place("devices", "register", tr("전송과 기기"), tr("인쇄기, 돈통, 저장 공간")),
            Place("backup", "disk", tr("사본"), tr("두 곳에 두고 되살려요")),
            Place("doctor", "search", tr("점검"), tr("무엇이 잘못됐는지 봐요")),
            Place("settings", "settings", tr("설정"), tr("글자 크기, 인쇄기, 사람")),
            Place("keys", "info", tr("도움말"), tr("하루 사용법, 키 (F1)")),
        ]

    def _may_see(self) -> str:
        """Why the board of all registers is shut; empty when it is open."""
        seen = may(self.desk.house.session.role, Action.SEE_TOTALS)
        return "" if seen and self.desk.house.days.current() is not None else tr("판매자와 담당자가 봐요.")

    def _may_report(self) -> str:
        """Why the reports are shut; empty when they are open."""
        seen = may(self.desk.house.session.role, Action.SEE_TOTALS)
        return "" if seen else tr("판매자와 담당자가 봐요.")

    def _may_settle(self) -> str:
        """Why the settlement is shut; empty when it is open."""
        able = may(self.desk.house.session.role, Action.SETTLE)
        return "" if able else tr("담당자와 사무국이 하는 일이에요.")

    def till(self) -> tuple[str, str, str]:
        """Who, where, and how the shift stands."""
        house = self.desk.house
        day = house.days.current()
        where = f"{day.market} · {wording.day(day.business_date)}" if day is not None else ""
        shift = house.shifts.current()
        if shift is None:
            state = tr("아직 개점하지 않았어요.")
        else:
            state = tr(
                "{time}에 개점했어요. 준비금 {won}.",
                time=wording.clock(shift.opened_at),
                won=wording.won(shift.float_won),
            )
        return f"{wording.register_word(house.register)} · {house.session.name}", where, state

    def can_sign_out(self) -> bool:
        """Whether there is anybody else."""
        return bool(self.desk.house.operators.names()) and not self.desk.house.practice
