"""The two sounds: the files are what the code makes, and a scan never waits for a player."""

import sys
import wave
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from pos_app.ui import sounds
from pos_app.ui.sounds import ACCEPTED, REFUSED, Sounds, player_command, sound_file, wave_of
from tests.ui.window.driver import until


@pytest.mark.parametrize("name", [ACCEPTED, REFUSED])
def test_the_files_are_what_the_code_makes(name: str) -> None:
    """Byte for byte but for the last bit of a sample: sines differ between machines."""
    with wave.open(str(sound_file(name))) as kept:
        assert (kept.getnchannels(), kept.getsampwidth(), kept.getframerate()) == (1, 2, sounds.RATE)
        assert kept.getnframes() < sounds.RATE // 2, "half a second at most"
        frames = kept.readframes(kept.getnframes())
    assert len(wave_of(name)) == len(frames) + 44 == sound_file(name).stat().st_size
    assert max(frames) > 0


def test_one_is_high_and_one_is_low_twice() -> None:
    assert len(sounds.TONES[ACCEPTED]) == 1
    low = [hertz for hertz, _ in sounds.TONES[REFUSED] if hertz]
    assert len(low) == 2 and max(low) < sounds.TONES[ACCEPTED][0][0]


def test_a_player_of_this_machine_is_found_or_none() -> None:
    assert player_command(lambda name: f"/usr/bin/{name}" if name == "aplay" else None) == (
        "/usr/bin/aplay",
        "-q",
    )
    assert player_command(lambda _name: None) == ()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows plays by itself")
def test_a_child_plays_the_file_in_the_background(qapp: QApplication, tmp_path: Path) -> None:
    heard = tmp_path / "heard"
    player = tmp_path / "player"
    player.write_text(f'#!/bin/sh\necho "$1" >> {heard}\n', encoding="utf-8")
    player.chmod(0o755)
    made = Sounds((str(player),))
    made.play(True)
    made.play(False)
    until(lambda: heard.exists() and len(heard.read_text().split()) == 2, "both were played")
    names = {Path(line).stem for line in heard.read_text().split()}
    assert names == {ACCEPTED, REFUSED}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows plays by itself")
def test_a_player_that_can_not_start_is_no_trouble(qapp: QApplication, tmp_path: Path) -> None:
    made = Sounds((str(tmp_path / "gone"),))
    made.play(True)
    until(lambda: made._command == (), "from now on the machine beeps")
    made.play(False)
