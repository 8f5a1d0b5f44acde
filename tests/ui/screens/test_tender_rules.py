"""The tender screen's decisions under any mix of money: quick keys, rows, change."""

from types import SimpleNamespace

from hypothesis import given
from hypothesis import strategies as st

from pos_app.domain.cart import Cart, CartLine
from pos_app.domain.catalogue import Seller, SellerTaxKind, SoldBy, TaxClass
from pos_app.domain.errors import DomainError
from pos_app.domain.pricing import DEFAULT_POLICY, price
from pos_app.domain.tender import DEFAULT_RULES, TenderType, quick_cash, settle
from pos_app.ui.screens.tender.presenter import TenderPresenter
from tests.ui.screens.fake_till import FakePayment

NOTES = (1_000, 5_000, 10_000, 50_000)


class Till:
    """A cart of one line that costs so much."""

    def __init__(self, won: int) -> None:
        seller = Seller("s", "가게", "", SellerTaxKind.EXEMPT)
        line = CartLine("k1", "p", "v", seller, "물건", "개", SoldBy.EACH, TaxClass.EXEMPT, won, won, 1000)
        self.cart = Cart().add(line)
        self.policy, self.rules = DEFAULT_POLICY, DEFAULT_RULES
        self.payment = FakePayment()
        self.inputs: list[object] = []

    @property
    def priced(self):  # type: ignore[no-untyped-def]
        return price(self.cart, self.policy)

    def complete(self, inputs, cash_receipt=None):  # type: ignore[no-untyped-def]
        self.inputs = list(inputs)
        return settle(self.priced, self.inputs, self.rules, self.policy)


def presenter(won: int) -> TenderPresenter:
    return TenderPresenter(SimpleNamespace(till=Till(won)))  # type: ignore[arg-type]


@given(st.integers(1, 400_000))
def test_quick_keys_are_the_exact_sum_the_next_notes_and_one_pair(total: int) -> None:
    keys = quick_cash(total)
    ups = {-(-total // note) * note for note in NOTES}
    pairs = [2 * note for note in NOTES[1:] if 2 * note >= total]
    assert keys[0] == total
    assert list(keys) == sorted(set(keys)), "from small to large, no doubles"
    assert set(keys) == {total} | ups | set(pairs[:1])
    assert len(keys) <= 6
    assert all(key >= total for key in keys)


@given(
    st.integers(1, 30_000),
    st.lists(st.tuples(st.sampled_from(list(TenderType)), st.integers(1, 400_000)), max_size=8),
)
def test_any_mix_ends_paid_exactly_or_is_refused_with_a_reason(
    tens: int, mix: list[tuple[TenderType, int]]
) -> None:
    view = presenter(tens * 10)
    till = view.house.till
    for kind, won in mix:
        view.choose(kind)
        if view.has_faces():
            view.choose_kind("local")
        view.form.payer = "총무과"
        view.set_amount(won)
        short = view.missing_won()
        try:
            done = view.receive()
        except DomainError:
            assert not till.inputs, "nothing was stored"
            continue
        assert (done is None) == bool(short)
        if done is not None:
            assert sum(tender.amount_won for tender in done.tenders) == done.priced.total_won  # type: ignore[attr-defined]
            cash = [t for t in done.tenders if t.input.type is TenderType.CASH]  # type: ignore[attr-defined]
            assert done.change_won == sum(t.change_won for t in cash)
            return
    assert not till.inputs, "still open: nothing was stored"


@given(st.integers(1, 3_000), st.integers(1, 400_000))
def test_what_is_remembered_comes_back_as_it_was(tens: int, won: int) -> None:
    view = presenter(tens * 10 + 10)
    view.set_amount(min(won, view.left_won() - 1) or 1)
    view.receive()
    view.choose(TenderType.CARD)
    view.form.approval_no, view.form.issuer, view.form.instalments = "12345678", "농협", 3
    view.keep()
    again = TenderPresenter(view.house)
    again.begin()
    assert (again.rows, again.type, again.current()) == (view.rows, TenderType.CARD, view.current())
