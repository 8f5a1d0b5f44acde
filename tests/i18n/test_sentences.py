"""Every rule that says no has its plain sentence."""

import ast

import pytest

from pos_app.domain.errors import DomainError
from pos_app.i18n.refusals import REFUSALS
from pos_app.i18n.sentences import sentence
from tests.i18n.catalogue import ROOT, places, sources

HARSH = ("오류", "실패", "유효하지 않", "시스템", "을(를)", "이(가)")


def raised_codes() -> dict[str, str]:
    """Codes that DomainError is raised with anywhere, with the place."""
    found: dict[str, str] = {}
    for path in sources():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "DomainError" and node.args:
                first = node.args[0]
                if isinstance(first, ast.Constant) and isinstance(first.value, str):
                    found[first.value] = f"{path.relative_to(ROOT)}:{node.lineno}"
    return found


def test_every_code_has_a_sentence() -> None:
    missing = [f"{where} {code}" for code, where in raised_codes().items() if code not in REFUSALS]
    assert not missing, "\n".join(missing)


def test_sentences_are_plain() -> None:
    wrong = [words for words in REFUSALS.values() if any(harsh in words for harsh in HARSH)]
    assert wrong == []
    for words in REFUSALS.values():
        assert places(words) is not None


def test_amounts_and_words_are_filled_in() -> None:
    short = sentence(DomainError("tender.short", missing_won=20_000))
    assert "20,000원" in short and "{" not in short
    assert "10%" in sentence(DomainError("discount.over_limit", limit_permille=100))
    assert "담당자" in sentence(DomainError("right.missing", action="void", role="cashier"))


@pytest.mark.parametrize("refusal", [DomainError("no.such.code"), DomainError("tender.short")])
def test_an_unknown_refusal_still_says_something(refusal: DomainError) -> None:
    said = sentence(refusal)
    assert refusal.code in said and "{" not in said
