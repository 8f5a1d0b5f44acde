"""How pages shrink where a line breaks and grow where it holds."""

import pytest

from sync.exchange import ChannelFault
from sync.messages import PAGE_BYTES
from sync.pacing import Pace

CUT = ChannelFault("cut")


def test_a_page_that_does_not_pass_is_halved_down_to_a_bound_and_then_given_up() -> None:
    pace, sizes = Pace(tries=8), []
    with pytest.raises(ChannelFault):
        while True:
            sizes.append(pace.most)
            pace.fault(CUT, pace.most)
    assert sizes == [65536, 32768, 16384, 8192, 4096, 2048, 2048, 2048]


def test_a_line_that_dies_every_sixteen_kilobytes_finds_its_size_and_stays_there() -> None:
    pace, left, sent, carried = Pace(), 16_384, 0, 0
    while sent < 400_000:
        size = pace.most
        if size > left:
            carried += left
            left = 16_384
            pace.fault(CUT, size)
        else:
            carried += size
            left -= size
            sent += size
            pace.success(size, 100)
    assert carried < 2 * sent
    assert 2048 <= pace.most <= 8192


def test_after_one_bad_moment_pages_grow_again() -> None:
    pace = Pace()
    pace.fault(CUT, 60_000)
    assert pace.most == 30_000
    for _ in range(40):
        pace.success(pace.most, 500)
    assert pace.most == PAGE_BYTES


def test_a_guess_of_items_follows_what_they_came_to() -> None:
    pace = Pace()
    pace.success(32_768, 1_000)
    assert pace.items == 1_000 * PAGE_BYTES * 15 // (32_768 * 16)


@pytest.mark.parametrize(("reason", "asks"), [("cut", 5), ("offline", 3), ("portal", 3)])
def test_without_a_line_it_gives_up_sooner(reason: str, asks: int) -> None:
    pace = Pace()
    for _ in range(asks - 1):
        pace.fault(ChannelFault(reason), 100)
    with pytest.raises(ChannelFault):
        pace.fault(ChannelFault(reason), 100)
    with pytest.raises(ChannelFault):
        Pace().fault(ChannelFault("refused", retryable=False), 100)
