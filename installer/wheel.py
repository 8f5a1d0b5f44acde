"""The wheel for servers: the program with its resources; `pip install 'FILE[server]'` brings no Qt."""

import re
import shutil
from pathlib import Path

from installer.contents import resource_folders
from installer.frozen import ROOT, Workshop, run, uv, version

PARTS = ("pos_app", "sync", "pyproject.toml", "README.md", "LICENSE")
BACKEND = re.compile(r'^module-name = .*$', re.MULTILINE)


def build(shop: Workshop, out: Path) -> Path:
    """Write jangteo_pos-VERSION-py3-none-any.whl into `out`."""
    stage = shop.folder / "wheel"
    shutil.rmtree(stage, ignore_errors=True)
    stage.mkdir(parents=True)
    for name in PARTS:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, stage / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copyfile(source, stage / name)
    for folder in resource_folders(ROOT):
        shutil.copytree(folder, stage / "beside" / "resources" / folder.name)
    told = stage / "pyproject.toml"
    told.write_text(with_resources(told.read_text(encoding="utf-8")), encoding="utf-8")
    run([uv(), "build", "-q", "--wheel", "--offline", "--out-dir", out, stage])
    (out / ".gitignore").unlink(missing_ok=True)  # uv's own
    return out / f"jangteo_pos-{version()}-py3-none-any.whl"


def with_resources(pyproject: str) -> str:
    """The project's description, whose wheel also carries what lies in the folder `beside`."""
    found = BACKEND.search(pyproject)
    assert found is not None, "pyproject.toml names no modules for uv_build"
    return BACKEND.sub(f'{found[0]}\ndata = {{ purelib = "beside" }}', pyproject)
