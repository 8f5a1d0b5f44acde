"""What leaves the machine names nobody."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.domain.redaction import BLOT, bare, redact


@pytest.mark.parametrize(
    "text",
    ["010-1234-5678", "01012345678", "010 1234 5678", "02-345-6789", "302-1234-5678-91", "9410-1234-5678-9012",
     "123-45-67890", "010.1234.5678"],
)  # fmt: skip
def test_phones_accounts_and_cards_are_blotted_out(text: str) -> None:
    for said in (text, f"({text})", f"전화 {text}입니다", f"a={text};b"):
        left = redact(said)
        assert BLOT in left
        assert not any(
            part in left for part in text.replace(".", "-").replace(" ", "-").split("-") if len(part) > 3
        )


def test_dates_times_and_short_figures_stay() -> None:
    text = "2026-11-22 15:04:05,123 R1-K7-0042 38,000원 기록 1234개"
    assert redact(text) == text


def test_names_are_blotted_out_the_longer_first() -> None:
    assert redact("김영희와 김영", ["김영", "김영희", " ", "x"]) == f"{BLOT}와 {BLOT}"


def test_a_programs_message_keeps_only_its_own_words() -> None:
    said = bare("no such row: '김영희' in \"장터\" at 123456 for 박")
    assert said == f"no such row: '…' in '…' at # for {BLOT}"


@given(st.from_regex(r"01[016789]-?\d{3,4}-?\d{4}", fullmatch=True), st.text("가나다 :,()", max_size=5))
def test_no_mobile_number_survives(phone: str, around: str) -> None:
    assert phone[-4:] not in redact(f"{around}{phone}{around}")
