"""Slips against the till: each difference stays a to-do until it is mended or noted with a reason."""

from pathlib import Path

import pytest

from pos_app.domain.operators import Role
from pos_app.domain.tender import TenderInput, TenderType
from pos_app.services.house import House
from tests.services.houses import card, cash, event_bytes, open_market, refused, sell, session, stored


@pytest.fixture
def house(tmp_path: Path) -> House:
    return open_market(tmp_path / "home")


def told(house: House) -> dict[str, tuple[int, int]]:
    """How many and how much there must be of each kind."""
    return {
        sheet.slip.kind: (sheet.slip.till_count, sheet.slip.till_won) for sheet in house.reconciling.sheets()
    }


def transfer(won: int) -> TenderInput:
    return TenderInput(TenderType.TRANSFER, won)


def close(house: House) -> None:
    expected = house.shifts.count_total(0).expected_won
    house.shifts.count_total(expected)
    house.shifts.close()


def test_card_slips_are_approvals_and_cancels(house: House) -> None:
    sell(house, [("P002", 1000)], card(21_000))
    gone = sell(house, [("P006", 1000)], card(12_345, "11112222"))
    back = sell(house, [("P004", 2000)], card(17_000))
    assert told(house) == {"card": (3, 50_345)}
    house.returns.void(gone, "까닭", cancelled=["99990000"])
    house.returns.refund(back, [(1, 1000, True)], "까닭", TenderType.CARD, "88880000")
    paid_cash = sell(house, [("P004", 1000)], cash(10_000))
    house.returns.refund(paid_cash, [(1, 1000, True)], "까닭", TenderType.CASH)
    assert told(house) == {"card": (3, 50_345), "card_refund": (2, 20_845)}
    cancels = next(sheet for sheet in house.reconciling.sheets() if sheet.slip.kind == "card_refund").items
    assert sorted((item.won, item.approval_no) for item in cancels) == [
        (8_500, "88880000"),
        (12_345, "99990000"),
    ]
    assert house.shifts.by_tender()["card"] == 50_345 - 20_845
    house.close()


def test_vouchers_lie_in_the_drawer_with_their_whole_face(house: House) -> None:
    sell(house, [("P004", 1000)], TenderInput(TenderType.VOUCHER, 10_000, "onnuri"))
    sell(house, [("P002", 1000)], TenderInput(TenderType.VOUCHER, 10_000, "onnuri"), cash(20_000))
    assert told(house) == {"voucher": (2, 20_000)}
    for faces in ([(10_000, -1)], [(0, 1)], [(10_000, 1), (10_000, 1)], [(10_000, 10**9)]):
        with refused("reconcile.faces"):
            house.reconciling.record("voucher", faces=faces)
    short = house.reconciling.record("voucher", faces=[(10_000, 1), (5_000, 1)])
    assert (short.counted_won, short.difference_won, short.differs) == (15_000, -5_000, True)
    assert not house.reconciling.record("voucher", faces=[(10_000, 2)]).differs
    assert house.reconciling.sheets()[0].faces == ((10_000, 2),)
    house.close()


def test_transfers_are_ticked_one_by_one(house: House) -> None:
    one = sell(house, [("P002", 1000)], transfer(21_000))
    two = sell(house, [("P006", 1000)], transfer(12_345))
    gone = sell(house, [("P004", 1000)], transfer(8_500))
    house.returns.void(gone, "까닭")
    assert told(house) == {"transfer": (2, 33_345)}
    sheet = house.reconciling.sheets()[0]
    assert [(item.sale_id, item.won) for item in sheet.items] == [(one, 21_000), (two, 12_345)]
    before = event_bytes(house)
    with refused("reconcile.unknown_tick"):
        house.reconciling.record("transfer", ticked=[(gone, 1)])
    assert event_bytes(house) == before
    assert house.reconciling.record("transfer", ticked=[(one, 1), (one, 1)]).difference_won == -12_345
    assert house.reconciling.record("transfer", ticked=[(one, 1), (two, 1)]).difference_won == 0
    assert house.reconciling.sheets()[0].ticked == ((one, 1), (two, 1))
    house.close()


@pytest.mark.acceptance("A11")
def test_a_difference_stays_until_it_is_mended_or_noted(house: House) -> None:
    sell(house, [("P002", 1000)], card(21_000, ""))
    close(house)

    def kinds() -> list[str]:
        return [todo.kind for todo in house.day_close.overview().todos]

    assert kinds() == ["cards"]
    house.reconciling.record("card", 20_000)
    assert kinds() == ["cards", "slips"]
    todo = house.day_close.overview().todos[1]
    assert (todo.count, todo.amount_won, todo.blocking) == (1, -1_000, False)
    house.day_close.seal()
    assert kinds() == ["cards", "slips"]
    house.reconciling.record("card", 20_000, note="전표 하나가 찢어졌어요")
    assert kinds() == []
    house.reconciling.record("card", 21_000)
    assert kinds() == ["cards"]  # the sum is right now, but a number is still missing
    assert house.integrity.rebuild().different == ()
    house.close()


def test_a_sale_after_the_slips_were_told_opens_them_again(house: House) -> None:
    sell(house, [("P002", 1000)], card(21_000))
    house.reconciling.record("card", 20_000, note="손님이 나중에 내요")
    assert not house.reconciling.of_day()[0].differs
    sell(house, [("P006", 1000)], card(12_345))
    slip = house.reconciling.of_day()[0]
    assert (slip.difference_won, slip.differs, slip.changed) == (-13_345, True, True)
    house.close()


@pytest.mark.acceptance("A39")
def test_own_slips_are_the_tills_others_the_coordinators(house: House) -> None:
    sell(house, [("P002", 1000)], card(21_000))
    house.use(session(Role.CASHIER, "박계산"))
    assert house.reconciling.record("card", 21_000).difference_won == 0
    close(house)
    before = event_bytes(house)
    with refused("right.missing"):
        house.reconciling.record("card", 20_000)
    assert event_bytes(house) == before
    house.use(session(Role.COORDINATOR, "김담당"))
    house.desk.register = "R9"
    with refused("reconcile.no_shift"):
        house.reconciling.record("card", 1)
    house.reconciling.record("card", 20_000, register="R1", note="한 장 없어요")
    slip = house.reconciling.of_day()[0]
    assert (slip.counted_won, slip.note, slip.differs) == (20_000, "한 장 없어요", False)
    assert house.day_close.overview().late == ()
    house.close()


@pytest.mark.parametrize(
    ("kind", "won", "code"),
    [("cash", 1, "kind"), ("card", -1, "negative"), ("card", 10**12, "too_large")],
)
def test_what_no_slip_can_be_is_refused(house: House, kind: str, won: int, code: str) -> None:
    before = event_bytes(house)
    with refused(f"reconcile.{code}"):
        house.reconciling.record(kind, won)
    assert event_bytes(house) == before
    house.close()


def cards(house: House) -> list[tuple[str, int, str]]:
    """(receipt, won, number told since) of the cards without a number of their own."""
    sheet = next(each for each in house.reconciling.sheets() if each.slip.kind == "card")
    return [(item.receipt_no, item.won, item.approval_no) for item in sheet.items]


@pytest.mark.acceptance("A11")
def test_a_number_filled_in_later_ends_the_to_do_and_changes_no_sale(house: House) -> None:
    lacking = sell(house, [("P002", 1000)], card(21_000, ""))
    sell(house, [("P006", 1000)], card(12_345, ""))
    before = stored(house, lacking)
    first = before.receipt_no
    assert [item.kind for item in house.shifts.open_items()] == ["card", "card"]
    house.reconciling.tell_number(lacking, 1, " 0012 3456 ")
    assert len(house.shifts.open_items()) == 1
    assert [row[2] for row in cards(house)] == ["", "0012 3456"]
    assert cards(house)[1][:2] == (first, 21_000)
    house.reconciling.tell_number(lacking, 1, "00123457")  # mistyped before
    count = len(event_bytes(house))
    house.reconciling.tell_number(lacking, 1, "00123457")  # the same again is nothing new
    assert len(event_bytes(house)) == count
    assert cards(house)[1][2] == "00123457" and stored(house, lacking) == before
    job = house.papers.reprint(lacking)
    with house.desk.work.read() as rows:
        row = rows.one('SELECT "document" FROM "print_job" WHERE "id" = ?', job)
    assert row is not None and b"00123457" in bytes(row[0])
    assert not house.integrity.verify().findings and house.integrity.rebuild().different == ()
    house.close()


@pytest.mark.acceptance("A39")
def test_after_the_seal_the_coordinator_fills_numbers_in_beside_the_cut(house: House) -> None:
    lacking = sell(house, [("P002", 1000)], card(21_000, ""))
    close(house)
    house.day_close.seal()
    house.use(session(Role.CASHIER, "박계산"))
    before = event_bytes(house)
    with refused("right.missing"):
        house.reconciling.tell_number(lacking, 1, "12345678")
    assert event_bytes(house) == before
    house.use(session(Role.COORDINATOR, "김담당"))
    assert [todo.kind for todo in house.day_close.overview().todos] == ["cards"]
    house.reconciling.tell_number(lacking, 1, "12345678")
    assert house.day_close.overview().todos == () and house.day_close.overview().late == ()
    assert all(house.day_close.holds().values())
    house.close()


def test_a_number_that_cant_be_meant_is_refused(house: House) -> None:
    known = sell(house, [("P002", 1000)], card(21_000))
    paid = sell(house, [("P002", 1000)], cash(30_000))
    gone = sell(house, [("P002", 1000)], card(21_000, ""))
    house.returns.void(gone, "까닭", cancelled=["1"])
    before = event_bytes(house)
    for sale, no, text, code in (
        (known, 1, "1", "card_number.known"),
        (paid, 1, "1", "card_number.no_card"),
        (known, 2, "1", "card_number.no_card"),
        (gone, 1, "1", "card_number.voided"),
        (known, 1, " ", "card_number.empty"),
        ("no such sale", 1, "1", "sale.unknown"),
    ):
        with refused(code):
            house.reconciling.tell_number(sale, no, text)
    assert event_bytes(house) == before
    house.close()
