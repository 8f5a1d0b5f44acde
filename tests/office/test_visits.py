"""Cookies of the office: ours, unchanged, not too old; a form that another site can't make."""

import base64

from hypothesis import given
from hypothesis import strategies as st

from pos_app.office.visits import LIFE_S, Visits

SECRET = b"s" * 32


def at(now_s: int, secret: bytes = SECRET) -> Visits:
    return Visits(secret, lambda: now_s)


@given(st.text(min_size=1, max_size=40).filter(lambda name: name.isprintable()))
def test_a_cookie_names_whom_it_was_given_to_until_it_is_old(name: str) -> None:
    cookie = at(1_000).cookie(name)
    assert at(1_000 + LIFE_S - 1).name_of(cookie) == name
    assert at(1_000 + LIFE_S).name_of(cookie) == ""
    assert at(1_000, b"t" * 32).name_of(cookie) == ""


@given(st.binary(max_size=120))
def test_what_is_no_cookie_names_nobody(data: bytes) -> None:
    assert at(0).name_of(base64.urlsafe_b64encode(data).decode()) == ""
    assert at(0).name_of(data.decode("latin-1")) == ""


@given(st.integers(0, 60), st.integers(1, 255))
def test_a_changed_cookie_names_nobody(place: int, change: int) -> None:
    data = bytearray(base64.urlsafe_b64decode(at(1_000).cookie("박영지")))
    data[place % len(data)] ^= change
    assert at(1_000).name_of(base64.urlsafe_b64encode(bytes(data)).decode()) == ""


def test_a_form_belongs_to_one_visit() -> None:
    visits = at(1_000)
    one, other = visits.cookie("박영지"), visits.cookie("김하나")
    assert visits.is_ours(one, visits.form_mark(one))
    assert not visits.is_ours(one, visits.form_mark(other))
    assert not visits.is_ours(one, "")
    assert not visits.is_ours(one, "한글")
