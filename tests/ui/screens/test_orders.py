"""What the screen of orders decides, without a window."""

from dataclasses import replace

from pos_app.domain.preorder import OrderState
from pos_app.services.order_import import OrdersTaken
from pos_app.services.preorders import OrderLineView, OrderView
from pos_app.ui.screens.orders.presenter import OrdersPresenter


def order(number: int, **changes: object) -> OrderView:
    lines = (OrderLineView(1, "p1", "사과 5kg", "상자", "신안섬 농장", 2000, 28_000, 56_000, ""),)
    plain = OrderView(
        f"o{number}", "김*수", "**53", "총무부", "한전", OrderState.ORDERED, lines, 56_000, 0, 56_000, 0, ()
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


class Orders:
    """Stands in for the service."""

    def __init__(self, *orders: OrderView) -> None:
        self.orders = list(orders)
        self.did: list[tuple[object, ...]] = []

    def all(self, query: str = "") -> list[OrderView]:
        return [each for each in self.orders if not query or query == each.department or query == each.id]

    def scanned(self, text: str) -> OrderView:
        return self.orders[int(text)]

    def pack(self, ids: list[str], packed: bool = True) -> int:
        self.did.append(("pack", *ids, packed))
        return 1

    def take_out(self, order_id: str, line: int) -> OrderView:
        return replace(self.orders[0], total_won=28_000)

    def substitute(self, order_id: str, line: int, product_id: str, milli: int) -> OrderView:
        self.did.append((order_id, line, product_id, milli))
        return replace(self.orders[0], total_won=60_000)

    def take(self, path: object, **said: object) -> OrdersTaken:
        self.did.append(("take", said))
        return OrdersTaken("m", "d", 1, 1, 1, 1, 1, 0, 0, 0, 0, (), ())


class House:
    """Only what the presenter asks for."""

    def __init__(self, *orders: OrderView) -> None:
        self.preorders = self.pick_ups = Orders(*orders)


def presenter(*orders: OrderView) -> OrdersPresenter:
    made = OrdersPresenter(House(*orders))  # type: ignore[arg-type]
    made.take(made.load())
    return made


DONE = order(2, state=OrderState.PICKED_UP, due_won=0, handed_out=(("R1", "2026-11-20T10:00:00+09:00"),))


def test_what_is_left_stands_first_and_a_search_looks_everywhere() -> None:
    view = presenter(order(1), DONE, order(3, department="재무처"))
    assert [row.key for row in view.rows()] == ["o1", "o3"]
    assert [words for _, words in view.filters()] == ["남은 것 2", "끝난 것 1", "모두 3"]
    view.filter = "done"
    assert [row.key for row in view.rows()] == ["o2"]
    view.search("총무부")
    assert [row.key for row in view.rows()] == ["o1", "o2"]
    view.search("재무처")
    assert view.chosen == "o3", "the only one found is the one meant"
    view.search("")
    view.filter = "all"
    assert len(view.rows()) == 3 and "168,000원" in view.footer()


def test_the_corner_says_whether_money_is_due() -> None:
    view = presenter(
        order(1), order(4, paid_won=56_000, due_won=0), DONE, order(5, state=OrderState.CANCELLED)
    )
    assert view.off_reason() == "주문을 먼저 골라요."
    view.choose("o1")
    assert (view.corner(), view.pays_now(), view.off_reason()) == ("결제하고 내주기", True, "")
    assert (view.money().caption, view.money().won) == ("받을 돈", 56_000)
    view.choose("o4")
    assert (view.corner(), view.pays_now()) == ("내주기", False)
    view.choose("o2")
    assert view.off_reason() == "이미 내준 주문이에요." and "10:00" in view.money().words
    view.choose("o5")
    assert view.off_reason() == "취소한 주문이에요."


def test_money_to_give_back_is_the_big_number() -> None:
    view = presenter(order(1, paid_won=60_000, due_won=0, give_back_won=4_000))
    view.choose("o1")
    assert (view.money().caption, view.money().won) == ("돌려줄 돈", 4_000)


def test_two_tills_that_handed_out_one_order_are_named() -> None:
    twice = replace(DONE, handed_out=(*DONE.handed_out, ("R2", "2026-11-20T10:05:00+09:00")))
    view = presenter(twice)
    view.filter = "all"
    view.choose("o2")
    assert "1" in view.warning() and "2" in view.warning()
    badge = view.rows()[0].badge
    assert badge is not None and badge.text == "두 번 내줌"
    assert presenter(DONE).warning() == ""


def test_a_label_opens_its_order_whatever_is_shown() -> None:
    view = presenter(order(1), DONE)
    view.search("재무처")
    view.open_code("1")
    assert view.chosen == "o2" and view.filter == "all" and view.query == ""


def test_changes_depend_on_the_order_and_the_line() -> None:
    view = presenter(order(1), DONE)
    assert view.changes() == []
    view.choose("o1")
    assert [key for key, _ in view.changes()] == ["paid", "label", "cancel"]
    view.line = 1
    assert [key for key, _ in view.changes()] == ["substitute", "paid", "label", "cancel"]
    assert view.line_name() == "사과 5kg"
    assert view.substitute("p9") == "바꿨어요. 4,000원 더 받아요."
    assert view.take_out() == "바꿨어요. 28,000원 싸졌어요."
    view.choose("o2")
    assert [key for key, _ in view.changes()] == ["label"]


def test_packing_goes_both_ways() -> None:
    view = presenter(order(1), order(2, state=OrderState.PACKED), DONE)
    view.choose("o1")
    view.toggle_packed()
    view.choose("o2")
    view.toggle_packed()
    assert view.house.preorders.did == [("pack", "o1", True), ("pack", "o2", False)]  # type: ignore[attr-defined]
    assert view.can_pack()


def test_nobody_is_chosen_once_the_order_is_gone() -> None:
    view = presenter(order(1))
    view.choose("o1")
    view.take([])
    assert view.chosen == "" and view.empty and view.lines() == []
    assert view.title() == "고른 주문이 없어요"
