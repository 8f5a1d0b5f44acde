"""What a rule says when it says no."""

from pos_app.domain.errors import DomainError


def test_a_refusal_has_a_stable_code_and_what_its_sentence_needs() -> None:
    refused = DomainError("stock.blocked", left_milli=2_000, name="사과")
    assert refused.code == "stock.blocked"
    assert refused.params == {"left_milli": 2_000, "name": "사과"}
    assert str(refused) == "stock.blocked(left_milli=2000, name='사과')"
    assert str(DomainError("sale.empty")) == "sale.empty()"
