"""Hangul typed through a real input method (ibus-hangul), with a scanner in between."""

import shutil
import sys
from pathlib import Path

import pytest

from tests.outside.stage import driven, need
from tests.ui.window.homes import RICE_CODE

# The Korean input method, switched on, before the program starts. As it comes, Esc would switch it off. With
# `forwarding`, as it comes too, it gives keys that are no Hangul back without the time of their press.
BEFORE = """
gsettings set org.freedesktop.ibus.engine.hangul initial-input-mode hangul
gsettings set org.freedesktop.ibus.engine.hangul off-keys 'Control+Escape'
gsettings set org.freedesktop.ibus.engine.hangul use-event-forwarding {forwarding}
gsettings set org.freedesktop.ibus.general preload-engines "['hangul']"
ibus-daemon -x --panel disable & more=$!
for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do ibus engine hangul && break; sleep 0.2; done
export QT_IM_MODULE=ibus XMODIFIERS=@im=ibus
"""
GIVEN_BACK, PASSED_ON = BEFORE.format(forwarding="true"), BEFORE.format(forwarding="false")

pytestmark = [
    pytest.mark.outside,
    pytest.mark.timeout(420),  # two tries of a session
    pytest.mark.skipif(sys.platform != "linux", reason="drives an X server"),
]


def absent() -> str:
    """What this machine lacks of the input method."""
    lacking = [name for name in ("ibus-daemon", "ibus", "gsettings") if shutil.which(name) is None]
    if not Path("/usr/share/ibus/component/hangul.xml").exists():
        lacking.append("ibus-hangul")
    return ", ".join(lacking)


@pytest.mark.acceptance("A2")
def test_hangul_finds_while_it_is_composed(display: str, tmp_path: Path) -> None:
    need(absent())
    found = driven(display, tmp_path, "typing", "find", before=GIVEN_BACK)
    assert found["사과"] == ["사과 5kg"]
    assert found["left"] == ""
    assert "사과 5kg" in found["ㅅㄱ"]


@pytest.mark.acceptance("A4")
@pytest.mark.parametrize("method", [PASSED_ON, GIVEN_BACK], ids=["passed-on", "given-back"])
def test_a_scanner_leaves_a_half_typed_word_alone(display: str, tmp_path: Path, method: str) -> None:
    need(absent())
    seen = driven(display, tmp_path, "typing", RICE_CODE, before=method)
    scanned = seen["scanned"]
    assert len(scanned["rows"]) == 1
    assert "친환경 쌀 10kg" in scanned["rows"][0]
    assert scanned["text"] == "갓", "what was typed stays, nothing of the code is added"
    assert scanned["after"] == ""
    for name in ("label", "garbage", "torn"):
        assert seen["garbage"][name]["said"], f"{name}: a sentence"
        assert seen["garbage"][name]["total"] == "합계 39,000원"
