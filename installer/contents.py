"""What the packed register holds and what it leaves out; asked by register.spec and by the tests."""

import sys
from pathlib import Path

Entry = tuple[str, str, str]  # name inside, file here, kind: PyInstaller's own triple

NOT_PACKED = {"screens"}  # the README's pictures
MIGRATIONS = "pos_app/storage/migrations"

# Libraries that are imported only where some other library is there, or that belong to making, not selling.
NOT_NEEDED = [
    "tkinter", "_tkinter", "idlelib", "lib2to3", "turtle", "turtledemo", "ensurepip", "venv", "pydoc_data",
    "test", "setuptools", "pkg_resources", "_distutils_hack", "pip", "wheel", "distutils",
    "numpy", "pandas", "matplotlib", "lxml", "IPython", "pytest", "_pytest", "hypothesis", "mypy",
    "psycopg", "psycopg2", "MySQLdb", "pymysql", "oracledb", "cx_Oracle", "greenlet", "asyncpg", "aiosqlite",
    "PySide6.QtQml", "PySide6.QtQuick", "PySide6.QtQuickWidgets", "PySide6.QtNetwork", "PySide6.QtSql",
    "PySide6.QtTest", "PySide6.QtDesigner", "PySide6.QtHelp", "PySide6.QtUiTools", "PySide6.QtXml",
    "PySide6.QtConcurrent", "PySide6.QtOpenGL", "PySide6.QtOpenGLWidgets", "PySide6.QtPrintSupport",
    "PIL.ImageTk", "PIL.ImageQt", "PIL._avif", "PIL._webp",
]

# The Qt plugins a till uses; every other file below a `plugins` folder stays out.
PLUGINS = (
    "platforms/libqxcb", "platforms/libqoffscreen", "platforms/libqminimal", "platforms/libqwayland-generic",
    "platforms/qwindows", "platforms/qoffscreen", "platforms/qminimal",
    "platforminputcontexts/libibusplatforminputcontextplugin",
    "platforminputcontexts/libcomposeplatforminputcontextplugin",
    "xcbglintegrations/libqxcb-glx-integration",
    "wayland-shell-integration/libxdg-shell", "wayland-decoration-client/libbradient",
    "styles/qmodernwindowsstyle", "iconengines/libqsvgicon", "iconengines/qsvgicon",
    "imageformats/libqsvg", "imageformats/qsvg", "imageformats/libqjpeg", "imageformats/qjpeg",
)
# Of Qt: what the modules above would need. Of the machine: what every desktop has and must not have twice,
# because its own graphics driver or font settings want their own version (the .deb depends on them).
DROPPED = (
    "libQt6Pdf", "libQt6Network", "libQt6Qml", "libQt6Quick", "libQt6VirtualKeyboard", "libQt6EglFS", "libQt6Sql",
    "libQt6Test", "libQt6OpenGLWidgets", "libQt6EglFs", "libQt6WlShell", "libQt6WaylandEgl",
    "Qt6Pdf", "Qt6Network", "Qt6Qml", "Qt6Quick", "Qt6VirtualKeyboard", "opengl32sw",
    "libgtk-3", "libgdk", "libpango", "libcairo", "libatk", "libatspi", "libepoxy", "libharfbuzz.so",
    "libX11", "libXau.so", "libXcomposite", "libXcursor", "libXdamage", "libXdmcp", "libXext", "libXfixes", "libXi.so",
    "libXinerama", "libXrandr", "libXrender", "libxcb.so", "libxcb-glx", "libxcb-randr", "libxcb-render.so",
    "libxcb-shm", "libxcb-sync", "libxcb-xfixes",
    "libfontconfig", "libfreetype.so", "libexpat", "libbrotlicommon.so", "libbrotlidec.so", "libpng16.so",
    "libjpeg.so", "libpixman", "libgraphite2", "libfribidi", "libthai", "libdatrie",
    "libglib-2", "libgio-2", "libgobject-2", "libgmodule-2", "libgthread-2", "libpcre2", "libdbus-1",
    "libsystemd", "libgcrypt", "libgpg-error", "libcap.so", "liblz4", "libzstd.so", "libmount", "libblkid", "libselinux",
    "libuuid", "libbsd", "libmd.so", "libgssapi", "libkrb5", "libk5crypto", "libcom_err", "libkeyutils",
    "libstdc++", "libgcc_s", "libreadline", "libtinfo", "readline.",
)
DROPPED_FOLDERS = ("translations", "qml", "metatypes", "typesystems", "include", "glue", "support", "scripts")


def modules(root: Path) -> list[str]:
    """Every module of the program: screens are imported by name, which no reader of the code can see."""
    found = ["logging.handlers", "logging.config", *(["pywintypes"] if sys.platform == "win32" else [])]
    for package in ("pos_app", "sync"):
        for path in sorted((root / package).rglob("*.py")):
            parts = path.relative_to(root).with_suffix("").parts
            if parts[-1] != "__main__" and parts[-2:-1] != ("versions",):
                found.append(".".join(part for part in parts if part != "__init__"))
    return found


def resource_folders(root: Path) -> list[Path]:
    """The folders of `resources` that a running program reads."""
    return sorted(path for path in (root / "resources").iterdir() if path.is_dir() and path.name not in NOT_PACKED)


def data(root: Path) -> list[tuple[str, str]]:
    """Files that are read as files: resources, and the migrations, which Alembic finds by looking."""
    pairs = [(str(folder), f"resources/{folder.name}") for folder in resource_folders(root)]
    for path in sorted((root / MIGRATIONS).rglob("*.py")):
        pairs.append((str(path), path.parent.relative_to(root).as_posix()))
    return pairs


def trimmed(entries: list[Entry]) -> list[Entry]:
    """The entries without what a till never loads."""
    return [entry for entry in entries if _is_needed(entry[0].replace("\\", "/"))]


def _is_needed(name: str) -> bool:
    parts = name.split("/")
    if "PySide6" in parts and any(folder in parts[:-1] for folder in DROPPED_FOLDERS):
        return False
    if "plugins" in parts:
        plugin = name.split("plugins/", 1)[1]
        return any(plugin.startswith(known) for known in PLUGINS)
    return not parts[-1].startswith(DROPPED)


def if_there(path: Path) -> str | None:
    """The path for PyInstaller, or None where this build has no such file."""
    return str(path) if path.is_file() else None
