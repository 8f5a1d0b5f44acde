"""What every test gets: an empty home, no screen, no settings of the person who runs the tests."""

import os
import re
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
for _name in [name for name in os.environ if name.startswith("JANGTEO_")]:
    del os.environ[_name]

IN_CI = os.environ.get("CI", "").lower() in {"1", "true", "yes"}
LINE = re.compile(r"A([1-9]|[1-4][0-9]|50)")
OUTSIDE_TOOLS = ("Xvfb", "xdotool", "dbus-run-session")

# No deadline: a shared machine is sometimes slow. In CI the same examples each time: red means the change.
settings.register_profile("dev", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("dev"), derandomize=True, print_blob=True)
settings.load_profile("ci" if IN_CI else "dev")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty data folder of its own, also for commands that ask the environment for it."""
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.setenv("JANGTEO_HOME", str(folder))
    return folder


@pytest.fixture(scope="session", autouse=True)
def _no_home_of_a_person(tmp_path_factory: pytest.TempPathFactory) -> None:
    """A test that forgets to name its home may not touch the data of whoever runs it."""
    folder = tmp_path_factory.mktemp("nobody")
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        os.environ[name] = str(folder)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks name real acceptance lines; outside tests without their tools are skipped, except in CI."""
    absent = [name for name in OUTSIDE_TOOLS if shutil.which(name) is None]
    for item in items:
        for mark in item.iter_markers("acceptance"):
            if not mark.args or not all(isinstance(a, str) and LINE.fullmatch(a) for a in mark.args):
                raise pytest.UsageError(f"{item.nodeid}: no such acceptance line: {mark.args}")
        if absent and not IN_CI and item.get_closest_marker("outside"):
            item.add_marker(pytest.mark.skip(reason=f"needs {', '.join(absent)}"))
