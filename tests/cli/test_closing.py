"""The end of a day without a window: status, slips, seal, addendum, opening again, the sheet."""

from pathlib import Path

import pytest

from tests.cli.program import Said, command
from tests.cli.test_commands import opened, said_ok

SLIP = '{"at":"2026-11-20T10:00:00+09:00","lines":[{"product":"P005","quantity_milli":1000}],"tender":"%s"}'


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A day with one cash sale, one card and one transfer of 24,000 won each."""
    made = opened(tmp_path / "home")
    tape = tmp_path / "tape.jsonl"
    tape.write_text("\n".join(SLIP % tender for tender in ("cash", "card", "transfer")))
    said_ok(command(made, "ring", tape))
    return made


def status(home: Path) -> dict[str, object]:
    found: dict[str, object] = said_ok(command(home, "day", "status", "--json")).json
    return found


@pytest.mark.acceptance("A11", "A28", "A29", "A30")
def test_the_end_of_a_day_step_by_step(home: Path, tmp_path: Path) -> None:
    view = status(home)
    assert (view["net_won"], view["certain_won"], view["provisional_won"]) == (72_000, 0, 72_000)
    assert [todo["kind"] for todo in view["todos"]] == ["open", "cards"]  # type: ignore[attr-defined]
    for words in (
        ["seal"],
        ["seal", "--provisional", "--reason", "까닭"],
        ["addendum", "--reason", "까닭"],
        ["reopen"],
    ):
        assert command(home, "day", *words).code == 1
    told = command(home, "day", "reconcile", "--kind", "card", "--counted", "23000", "--json").json
    assert (told["till_won"], told["difference_won"], told["differs"]) == (24_000, -1_000, True)
    said_ok(
        command(home, "day", "reconcile", "--kind", "card", "--counted", "24000", "--note", "번호는 단말기에")
    )
    ticked = command(home, "day", "reconcile", "--kind", "transfer", "--tick", "all", "--json").json
    assert (ticked["counted_won"], ticked["difference_won"]) == (24_000, 0)
    assert "24,000" in said_ok(command(home, "day", "reconcile")).out.decode()
    draft = said_ok(command(home, "day", "summary")).out.decode()
    assert "봉인 전 잠정 집계" in draft
    said_ok(command(home, "day", "close", "--counted", "24000"))
    assert [todo["kind"] for todo in status(home)["todos"]] == []  # type: ignore[attr-defined]
    sealed = said_ok(command(home, "day", "seal", "--json")).json
    assert (sealed["complete"], sealed["waiting"]) == (True, [])
    view = status(home)
    assert (view["sealed"], view["certain_won"], view["provisional_won"]) == (True, 72_000, 0)
    paper = said_ok(command(home, "day", "summary")).out
    assert paper == said_ok(command(home, "day", "summary", "--seal", sealed["key"][:8])).out
    pdf = tmp_path / "sheet.pdf"
    said_ok(command(home, "day", "summary", "--format", "pdf", "-o", pdf))
    assert pdf.read_bytes().startswith(b"%PDF")
    refused = [["addendum", "--reason", "까닭"], ["choose", sealed["key"], "--reason", "까닭"], ["seal"]]
    for words in refused:
        assert command(home, "day", *words).is_one_plain_sentence()
    said_ok(command(home, "day", "reopen", "--reason", "빠뜨린 판매"))
    assert not status(home)["sealed"]
    assert [seal["reopened"] for seal in status(home)["seals"]] == ["빠뜨린 판매"]  # type: ignore[attr-defined]
    assert said_ok(command(home, "verify")).code == 0


@pytest.mark.parametrize(
    "words",
    [
        ["seal", "--provisional"],
        ["reopen", "--reason", "까닭"],
        ["choose", "abc", "--reason", "까닭"],
        ["addendum"],
        ["summary", "--seal", "zzz"],
        ["summary", "--format", "pdf"],
        ["reconcile", "--kind", "cash", "--counted", "1"],
        ["reconcile", "--kind", "card", "--counted", "-1"],
        ["reconcile", "--kind", "voucher", "--face", "만원"],
        ["reconcile", "--kind", "transfer", "--tick", "R1-XX-0001"],
        ["reconcile", "--register", "R9", "--kind", "card", "--counted", "1"],
        ["reconcile", "--register", "../x"],
    ],
)
def test_a_refused_step_is_one_plain_sentence_and_changes_nothing(home: Path, words: list[str]) -> None:
    before = command(home, "digest").out
    said: Said = command(home, "day", *words)
    assert said.code == 1
    assert said.is_one_plain_sentence(), said.err
    assert command(home, "digest").out == before
