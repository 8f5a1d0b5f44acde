"""What may not stand in the project's files: addresses that are nobody's business, notes of the workshop."""

import re
from pathlib import Path

from tests.architecture.sources import ROOT, shown, text_files

ADDRESS = re.compile(r"(?:https?|wss?|ftp)://([^\s/:'\"<>)\]}{,`]*)")
# Licences, name spaces, this machine, and the names that the standards keep free for examples.
KNOWN_HOSTS = re.compile(
    r"^(|\.\.\.|…|[\w-]+|127\.0\.0\.1|0\.0\.0\.0|192\.168\.\d+\.\d+|10\.\d+\.\d+\.\d+"
    r"|([\w-]+\.)*example(\.(com|org|net|kr|invalid))?|[\w.-]+\.(invalid|test|example|local)"
    r"|www\.w3\.org|www\.apache\.org|scripts\.sil\.org|hangeul\.naver\.com|www\.nhncorp\.com"
    r"|schemas\.openxmlformats\.org|json-schema\.org|keepachangelog\.com|semver\.org|purl\.oclc\.org)$"
)
SLASH_WORK = "/" + "work" + "/"
UNFINISHED = ("FIX" + "ME", "TO" + "DO")
WORKSHOP = re.compile("|".join([SLASH_WORK, r"\.\./" + "shared", *(rf"\b{word}\b" for word in UNFINISHED)]))
LOCKS = ("requirements.lock", "requirements-dev.lock", "installer/uv.txt", "installer/pyinstaller.txt")


def strange_addresses(text: str) -> list[str]:
    """Hosts in the text that are neither this machine, an example, nor a licence's or standard's name."""
    return [host for host in ADDRESS.findall(text) if not KNOWN_HOSTS.match(host)]


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace")


def test_no_file_names_a_strange_address() -> None:
    wrong = [f"{shown(path)}: {host}" for path in text_files() for host in strange_addresses(_read(path))]
    assert not wrong, "\n".join(wrong)


def test_no_file_speaks_of_the_workshop() -> None:
    wrong = [
        f"{shown(path)}:{number} {line.strip()[:80]}"
        for path in text_files()
        for number, line in enumerate(_read(path).splitlines(), 1)
        if WORKSHOP.search(line)
    ]
    assert not wrong, "\n".join(wrong)


def test_the_locks_hold_hashes_and_no_address() -> None:
    for name in LOCKS:
        text = _read(ROOT / name)
        assert "://" not in text and "--index" not in text and "--find-links" not in text, name
        pins = re.findall(r"^([A-Za-z0-9._-]+)==\S+.*\\$", text, re.MULTILINE)
        packages = re.findall(r"^[A-Za-z0-9]", text, re.MULTILINE)
        assert pins and len(pins) == len(packages), f"{name}: each line is pinned and hashed"


def test_what_the_register_installs_is_part_of_what_the_tests_install() -> None:
    pin = re.compile(r"^([A-Za-z0-9._-]+==[^\s;]+)", re.MULTILINE)
    run, dev = (set(pin.findall(_read(ROOT / name))) for name in LOCKS[:2])
    assert run <= dev, f"run `make lock`: {sorted(run - dev)}"


def test_the_commit_hooks_fetch_nothing() -> None:
    text = _read(ROOT / ".pre-commit-config.yaml")
    assert set(re.findall(r"repo:\s*(\S+)", text)) == {"local"}


def test_a_strange_address_is_noticed() -> None:
    assert strange_addresses("see https://" + "mirror.somewhere.net/x and http://127.0.0.1:8731/") == [
        "mirror.somewhere.net"
    ]
    assert WORKSHOP.search("open " + SLASH_WORK + "main")
