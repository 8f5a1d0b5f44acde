"""`jangteo server` and `jangteo hub`: serve the exchange, make codes, look after devices."""

import gc
import getpass
import logging
import os
import secrets
import signal
import socket
import ssl
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from types import FrameType

from pos_app.cli.context import Context
from pos_app.cli.output import DONE, give, give_json, say
from pos_app.domain.errors import DomainError
from pos_app.i18n.texts import tr
from pos_app.runtime.faults import EnvironmentFault
from pos_app.runtime.paths import Home
from pos_app.runtime.single import OnlyOne
from pos_app.services.devices_office import DeviceView
from pos_app.services.serving import BESIDE_A_TILL, Serving

_SERVER_BIND, _HUB_BIND = "127.0.0.1:8731", "0.0.0.0:8731"
_YOUNG = 10_000  # a page's rows make no cycles: no need to walk them again and again
_ANYWHERE = ("0.0.0.0", "::")


class _Ended(BaseException):
    """A signal asked the server to end."""


def server(context: Context) -> int:
    """The central server, or one of its errands."""
    steps = {
        "init-admin": _init_admin,
        "enrol-code": _enrol_code,
        "devices": _devices,
        "revoke": _revoke,
    }
    _check_folder(context)
    step = steps.get(context.args.step or "")
    return step(context) if step else _serve(context, _database(), _SERVER_BIND)


def hub(context: Context) -> int:
    """The same on the laptop's own home; what comes in is sent on when there is a line."""
    _check_folder(context)
    return _serve(context, "", _HUB_BIND, forwards=True)


def _database() -> str:
    return os.environ.get("JANGTEO_DATABASE_URL", "").strip()


@contextmanager
def _opened(context: Context, address: str) -> Iterator[Serving]:
    assert context.roof is not None
    serving = context.roof.open_server(context.home, address)
    try:
        yield serving
    finally:
        serving.close()


def _check_folder(context: Context) -> None:
    folder = Home(context.home).root
    try:
        folder.mkdir(parents=True, exist_ok=True)
        writable = os.access(folder, os.W_OK)
    except OSError:
        writable = False
    if not writable:
        raise EnvironmentFault(
            tr("이 폴더에 쓸 수 없어요: {folder}", folder=folder),
            tr("폴더의 쓰기 권한을 확인하거나 --home으로 다른 폴더를 골라요."),
        )


# --- serving -----------------------------------------------------------------------------------
def _serve(context: Context, address: str, bind: str, forwards: bool = False) -> int:
    host, port = _bind(context.args.bind or os.environ.get("JANGTEO_BIND", "") or bind)
    _check_papers(context.args.certificate, context.args.key)
    lock = None if address else _only_one(context)
    try:
        with _opened(context, address) as serving, _ending():
            if not serving.devices.founded():
                serving.devices.found(serving.desk.settings.get("shop_name"))
            _run(context, serving, host, port, forwards)
    except _Ended:
        return DONE
    finally:
        if lock is not None:
            lock.release()
    return DONE


def _only_one(context: Context) -> OnlyOne:
    try:
        return OnlyOne(Home(context.home).server_lock)
    except EnvironmentFault as taken:
        raise EnvironmentFault(
            tr("이 폴더의 서버가 이미 켜져 있어요."), tr("켜져 있는 서버를 쓰거나, 그 서버를 끄고 다시 켜요.")
        ) from taken


def _run(context: Context, serving: Serving, host: str, port: int, forwards: bool) -> None:
    # lazy: only what serves needs a web server
    from sync.client.discovery import announced
    from sync.server.serving import listening, make_server

    assert context.roof is not None
    application = context.roof.web_application(serving)
    try:
        door = listening(host, port)
    except OSError as error:
        raise EnvironmentFault(
            tr("{bind}: 이 주소에서 들을 수 없어요.", bind=f"{host}:{port}"),
            tr("다른 프로그램이 쓰고 있지 않은지 보고, --bind로 다른 번호를 골라요."),
        ) from error
    _write_journal()
    port = door.getsockname()[1]
    made = make_server(application, certificate=context.args.certificate, key=context.args.key)
    scheme = "https" if context.args.certificate else "http"
    address = f"{scheme}://{_shown(host)}:{port}"
    serving.start()
    if forwards:
        serving.at_once = BESIDE_A_TILL
        serving.house.sync.start()
    if context.json:
        give_json({"url": address, "organisation": serving.devices.card().organisation})
    say(tr("{url}에서 기다려요. 그만두려면 Ctrl+C를 눌러요.", url=address))
    near = host in _ANYWHERE or not host.startswith("127.")
    with door, announced(serving.devices.card().name, _shown(host), port, scheme if near else ""):
        _look_after_garbage()
        made.run(sockets=[door])


def _look_after_garbage() -> None:
    """A short command leaves its garbage to the end; this one runs for months."""
    gc.freeze()  # what the start made stays for good
    gc.set_threshold(_YOUNG)
    gc.enable()


def _bind(text: str) -> tuple[str, int]:
    host, colon, port = text.strip().rpartition(":")
    if not colon or not port.isdecimal() or not 0 <= int(port) < 65536:
        raise DomainError("server.bind", text=text[:60])
    return host.strip("[]") or "127.0.0.1", int(port)


def _shown(host: str) -> str:
    """The address that another machine would use."""
    if host not in _ANYWHERE:
        return f"[{host}]" if ":" in host else host
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asked:
        try:
            asked.connect(("10.255.255.255", 9))  # nothing is sent: it only tells which way would be taken
        except OSError:
            return "127.0.0.1"
        return str(asked.getsockname()[0])


def _check_papers(certificate: str, key: str) -> None:
    if not certificate and not key:
        return
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(certificate, key or None)
    except (OSError, ValueError) as error:
        raise EnvironmentFault(
            tr("TLS 인증서와 열쇠 파일을 읽지 못했어요."),
            tr("--certificate와 --key에 PEM 파일을 하나씩 적어요."),
        ) from error


def _write_journal() -> None:
    """One JSON object a line on stderr; JANGTEO_LOG says how much."""
    # lazy: see _run
    from sync.server.journal import JsonLines

    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    level = os.environ.get("JANGTEO_LOG", "INFO").upper()
    root.setLevel(level if level in logging.getLevelNamesMapping() else "INFO")
    root.addHandler(handler)


@contextmanager
def _ending() -> Iterator[None]:
    """SIGTERM ends like Ctrl+C: the store is closed in order."""

    def end(_signal: int, _frame: FrameType | None) -> None:
        raise _Ended

    before = {each: signal.signal(each, end) for each in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


# --- errands -----------------------------------------------------------------------------------
def _init_admin(context: Context) -> int:
    args = context.args
    name = args.name or _ask(tr("사무국 계정 이름: ")) or tr("사무국")
    password = _password()
    made = password or secrets.token_urlsafe(12)
    with _opened(context, _database()) as serving:
        organisation = args.organisation or serving.desk.settings.get("shop_name")
        if not serving.devices.founded() or args.organisation:
            serving.devices.found(organisation)
        account = serving.accounts.add(name, made)
        card = serving.devices.card()
    told = {"account": account, "organisation": card.organisation, "name": card.name}
    if context.json:
        give_json(told if password else told | {"password": made})
    elif password:
        say(tr("사무국 계정 {name}을 만들었어요.", name=account))
    else:
        give(made)
        say(tr("사무국 계정 {name}을 만들었어요. 위의 비밀번호는 다시 보이지 않아요.", name=account))
    return DONE


def _ask(words: str) -> str:
    if sys.stdin is None or not sys.stdin.isatty():
        return ""
    try:
        return input(words).strip()
    except EOFError:
        return ""


def _password() -> str:
    """Typed twice, or the first line of the standard input; empty when nothing came."""
    if sys.stdin is None or not sys.stdin.isatty():
        return "" if sys.stdin is None else sys.stdin.readline().rstrip("\r\n")
    try:
        first, second = getpass.getpass(tr("비밀번호: ")), getpass.getpass(tr("한 번 더: "))
    except EOFError:
        return ""
    if first != second:
        raise DomainError("server.passwords_differ")
    return first


def _enrol_code(context: Context) -> int:
    args = context.args
    with _opened(context, _database()) as serving:
        if not serving.devices.founded():
            serving.devices.found(serving.desk.settings.get("shop_name"))
        made = serving.devices.enrol_code(args.name, args.role, tuple(args.register), args.minutes)
        card = serving.devices.card()
    until = made.expires_at.isoformat(timespec="seconds")
    if context.json:
        told = {"code": made.code, "expires_at": until, "name": made.name, "role": made.role}
        give_json(told | {"organisation": card.organisation})
    else:
        give(made.code)
        say(tr("{minutes}분 안에 그 기기에서 한 번 쓸 수 있어요.", minutes=args.minutes))
    return DONE


def _devices(context: Context) -> int:
    with _opened(context, _database()) as serving:
        found = serving.devices.devices()
    if context.json:
        give_json({"devices": [asdict(each) for each in found]})
        return DONE
    for each in found:
        state = tr("등록 없앰") if each.revoked else tr("등록됨")
        give(f"{each.name}\t{each.role}\t{state}\t{each.seen_at or '-'}\t{each.id[:12]}")
    return DONE


def _revoke(context: Context) -> int:
    wanted = context.args.device
    with _opened(context, _database()) as serving:
        fits = [each for each in serving.devices.devices() if _is(each, wanted)]
        if len(fits) != 1:
            raise DomainError("device.unknown")
        serving.devices.revoke(fits[0].id, context.args.reason)
    say(tr("{name}의 등록을 없앴어요.", name=fits[0].name))
    if context.json:
        give_json({"device": fits[0].id, "revoked": True})
    return DONE


def _is(device: DeviceView, wanted: str) -> bool:
    return device.name == wanted or (len(wanted) >= 8 and device.id.startswith(wanted.lower()))
