"""The files round the server: units, nginx, scripts and the steps of the README agree with each other."""

import configparser
import os
import re
import subprocess
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT

SERVER = ROOT / "installer/server"
README = (SERVER / "README.md").read_text(encoding="utf-8")
SCRIPTS = ("backup.sh", "restore.sh", "jangteo.sh")
UNITS = ("jangteo.service", "jangteo@.service", "jangteo-backup.service")
# Of nginx 1.22, which Debian 12 has; newer words stop it from starting there.
NGINX_WORDS = {
    "upstream", "server", "keepalive", "limit_req_zone", "limit_req_status", "listen", "server_name", "return",
    "ssl_certificate", "ssl_certificate_key", "ssl_protocols", "add_header", "client_max_body_size",
    "client_body_timeout", "gzip", "proxy_http_version", "proxy_set_header", "proxy_read_timeout", "location",
    "proxy_pass", "limit_req", "allow", "deny",
}  # fmt: skip


def _unit(name: str) -> dict[str, str]:
    parser = configparser.RawConfigParser(delimiters=("=",), strict=True)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read(SERVER / name, encoding="utf-8")
    return dict(parser["Service"])


@pytest.mark.parametrize("name", SCRIPTS)
def test_the_scripts_can_be_read_by_a_plain_shell(name: str) -> None:
    assert subprocess.run(["sh", "-n", str(SERVER / name)], check=False).returncode == 0


def test_nginx_of_debian_12_knows_every_word() -> None:
    text = re.sub(r"#.*$", "", (SERVER / "nginx.conf").read_text(encoding="utf-8"), flags=re.MULTILINE)
    words = set(re.findall(r"(?:^|[;{}])\s*([a-z_0-9]+)", text))
    assert words <= NGINX_WORDS, words - NGINX_WORDS
    assert "proxy_set_header X-Forwarded-For $remote_addr;" in text, "whatever a client says of itself is replaced"


def test_all_units_run_the_same_program_as_the_same_user_in_the_same_home() -> None:
    shell = (SERVER / "jangteo.sh").read_text(encoding="utf-8")
    for name in UNITS:
        unit = _unit(name)
        assert unit["User"] == unit["Group"] == "jangteo" and unit["UMask"] == "0077"
        assert "JANGTEO_HOME=/var/lib/jangteo" in unit["Environment"]
        assert unit["EnvironmentFile"].endswith("/etc/jangteo/server.env")
        assert unit["ExecStart"].startswith(("/opt/jangteo/bin/jangteo server", "/opt/jangteo/backup.sh "))
    for word in ("User=jangteo", "JANGTEO_HOME=/var/lib/jangteo", "/etc/jangteo/server.env", "/opt/jangteo/bin/jangteo"):
        assert word in shell and word in (SERVER / "restore.sh").read_text(encoding="utf-8")
    one, many = _unit("jangteo.service"), _unit("jangteo@.service")
    differs = {name for name in one.keys() | many.keys() if one.get(name) != many.get(name)}
    assert differs == {"Environment", "EnvironmentFile"}, "as well shut in as the single one"


def test_the_readme_installs_every_file_that_it_uses() -> None:
    named = set(re.findall(r"installer/server/([\w@.-]+)", README)) | set(re.findall(r"\]\(([\w@.-]+)\)", README))
    there = {path.name for path in SERVER.iterdir()}
    assert named <= there and there - {"README.md", "Dockerfile"} <= named
    version = re.search(r'^version = "(.+)"$', (ROOT / "pyproject.toml").read_text(encoding="utf-8"), re.MULTILINE)
    assert version is not None and f"jangteo_pos-{version[1]}-py3" in README


@pytest.mark.skipif(os.name != "posix", reason="shell scripts of a Linux server")
@pytest.mark.parametrize("address", ["", "postgresql+psycopg://jangteo@/jangteo?host=/run/postgresql"])
def test_a_copy_goes_back_by_the_way_it_came(tmp_path: Path, address: str) -> None:
    """With stand-ins that write down what they are asked."""
    told = tmp_path / "told"
    names = ("jangteo", "pg_restore", "psql")
    for name in names:
        more = '; cat "$7" >> "$TOLD"' if name == "psql" else "; echo COPY"
        (tmp_path / name).write_text(f'#!/bin/sh\necho {name} "$@" >> "$TOLD"{more}\n')
    (tmp_path / "id").write_text("#!/bin/sh\necho 999\n")  # the server's own user: root hands the script to systemd
    for name in (*names, "id"):
        (tmp_path / name).chmod(0o755)
    copy = tmp_path / "copy"
    copy.write_bytes(b"a copy")
    command = ["sh", str(SERVER / "restore.sh"), str(copy)]
    environment = {
        "PATH": f"{tmp_path}:/usr/bin:/bin", "TOLD": str(told), "JANGTEO": str(tmp_path / "jangteo"),
        "JANGTEO_DATABASE_URL": address, "TMPDIR": str(tmp_path),
    }  # fmt: skip
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    lines = told.read_text().splitlines()
    if not address:
        assert lines == [f"jangteo restore {copy}"]
        return
    assert lines[0].startswith("pg_restore ") and "--single-transaction" in lines[1]
    assert lines[1].endswith("postgresql://jangteo@/jangteo?host=/run/postgresql"), "not SQLAlchemy's own name"
    assert lines[2:] == ["DROP OWNED BY CURRENT_USER;", "COPY", "UPDATE public.own_log SET log = '', counter = 0;"]
