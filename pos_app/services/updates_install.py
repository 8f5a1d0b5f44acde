"""Puts a checked update in place: the old program stays until the new one has started once."""

import contextlib
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path

from pos_app.domain.errors import DomainError
from pos_app.i18n.texts import tr
from pos_app.runtime.faults import EnvironmentFault
from pos_app.services.updates import DEB, SETUP, STICK, Installation, Update, check_room, fetch, no_writing

PROGRAM, NEW, OLD = "program", "program.new", "program.old"
_START_S = 120  # an old laptop reading from a slow stick


def install(update: Update, here: Installation) -> None:
    """Fetch, prove and install. Whatever fails, the installed program is the one that was there before."""
    check_allowed(here)
    target = here.top
    with _workplace(here) as staging:
        check_room(update, staging, target)
        package = fetch(update, staging)
        if here.kind == STICK:
            replace(package, update.version, here.top)
        elif here.kind == DEB:
            _install_deb(package)
        else:
            _start_setup(package)


def check_allowed(here: Installation) -> None:
    """Raise EnvironmentFault where this person may not replace the program, or nobody may write there."""
    if here.kind == DEB and os.geteuid() != 0:
        raise EnvironmentFault(
            tr("이 컴퓨터에 설치한 프로그램은 관리자만 바꿀 수 있어요."),
            tr("같은 명령 앞에 sudo를 붙여 다시 해요. 지금 프로그램은 그대로예요."),
        )
    if here.kind == STICK and not os.access(here.top, os.W_OK | os.X_OK):
        raise no_writing(here.top)


@contextlib.contextmanager
def _workplace(here: Installation) -> Iterator[Path]:
    """A folder for the fetched package: on the stick itself for a stick, else where large files may lie."""
    if here.kind != STICK and here.kind != SETUP:
        with tempfile.TemporaryDirectory(prefix="jangteo-update-", dir="/var/tmp") as folder:
            os.chmod(folder, 0o755)  # apt reads it as a person without rights
            yield Path(folder)
        return
    base = here.top if here.kind == STICK else Path(tempfile.gettempdir())
    folder_path = base / "update"
    try:
        folder_path.mkdir(exist_ok=True)
    except OSError as error:
        raise no_writing(base) from error
    try:
        yield folder_path
    finally:
        if here.kind == STICK:  # a setup program is still being read
            shutil.rmtree(folder_path, ignore_errors=True)


def replace(package: Path, version: str, top: Path) -> None:
    """Unpack beside the old program, start the new one once, then change places; the old one is kept aside."""
    new, old, program = (top.joinpath(name) for name in (NEW, OLD, PROGRAM))
    shutil.rmtree(new, ignore_errors=True)
    try:
        unpack(package, new)
        _check_starts(new, version)
    except OSError as error:
        shutil.rmtree(new, ignore_errors=True)
        raise _failed() from error
    except (DomainError, EnvironmentFault):
        shutil.rmtree(new, ignore_errors=True)
        raise
    shutil.rmtree(old, ignore_errors=True)
    try:
        program.rename(old)
    except OSError as error:
        shutil.rmtree(new, ignore_errors=True)
        raise _failed() from error
    try:
        new.rename(program)
    except OSError as error:
        old.rename(program)
        shutil.rmtree(new, ignore_errors=True)
        raise _failed() from error


def unpack(package: Path, into: Path) -> None:
    """The archive's `program` folder, as `into`; what would lie elsewhere is not taken."""
    into.mkdir(parents=True)
    try:
        with tarfile.open(package, "r:gz") as archive:
            for member in archive:
                _, _, inside = member.name.partition(f"/{PROGRAM}/")
                if not member.isfile() or not inside or ".." in inside.split("/"):
                    continue
                target = into.joinpath(inside)
                target.parent.mkdir(parents=True, exist_ok=True)
                source = archive.extractfile(member)
                assert source is not None
                with open(target, "wb") as file:
                    shutil.copyfileobj(source, file, 1 << 20)
                with contextlib.suppress(OSError):  # a stick for Windows knows no such marks
                    target.chmod(member.mode & 0o755)
    except (tarfile.TarError, EOFError) as error:
        raise DomainError("update.damaged", file=package.name) from error


def _check_starts(folder: Path, version: str) -> None:
    """The new program says its version on this computer."""
    program = folder / "jangteo"
    command = [str(program)]
    if not os.access(program, os.X_OK):
        command = ["/lib64/ld-linux-x86-64.so.2", str(program)]
    said = ""
    with contextlib.suppress(OSError, subprocess.SubprocessError):
        done = subprocess.run([*command, "--version"], capture_output=True, text=True, timeout=_START_S, check=False)
        said = done.stdout
    if version not in said.split():
        raise EnvironmentFault(
            tr("새 프로그램이 이 컴퓨터에서 열리지 않아요. 업데이트하지 않았어요."),
            tr("지금 프로그램을 그대로 쓰고 담당자에게 알려요."),
        )


def _install_deb(package: Path) -> None:
    # apt looks at what the package needs before it touches anything. Without sources it asks no network.
    nowhere = [f"Dir::Etc::{name}=/dev/null" for name in ("SourceList", "SourceParts")]
    nowhere += ["Dir::Cache::pkgcache=", "Dir::Cache::srcpkgcache="]
    command = ["apt-get", "install", "-y", "--no-install-recommends", *(f"-o{word}" for word in nowhere), str(package)]
    environment = {
        **os.environ, "DEBIAN_FRONTEND": "noninteractive", "JANGTEO_UPDATING": str(os.getpid()), "LC_ALL": "C.UTF-8"
    }
    failed = _failed()  # put into words while the old program's texts can still be read
    try:
        done = subprocess.run(
            command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
        )
    except OSError as error:
        raise failed from error
    if done.returncode != 0:
        sys.stderr.buffer.write(done.stdout[-2000:])
        raise failed


def _start_setup(package: Path) -> None:
    """The setup program takes over once this one has ended: Windows replaces no file that is in use."""
    try:
        subprocess.Popen([str(package), "/S", "/UPDATE"], close_fds=True)
    except OSError as error:
        raise _failed() from error


def _failed() -> EnvironmentFault:
    return EnvironmentFault(
        tr("업데이트하지 못했어요. 지금 프로그램과 판매 기록은 그대로예요."),
        tr("창을 모두 닫고, 디스크와 USB에 자리가 있는지 보고 다시 해요."),
    )
