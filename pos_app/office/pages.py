"""The office's pages: sign-in, live market board, devices; drawn on the server, Korean, for a phone."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any, Protocol
from urllib.parse import parse_qs

from jinja2 import Environment, FileSystemLoader
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from pos_app.domain.errors import DomainError
from pos_app.i18n.sentences import sentence
from pos_app.i18n.texts import language, tr
from pos_app.office import board_view, devices_view
from pos_app.office.visits import COOKIE, LIFE_S, Visits
from pos_app.runtime.paths import resources
from pos_app.services.office import Office, Visitor
from sync.server.limits import Buckets, Rate, TurnedDown

_MAX_FORM_BYTES = 8_000
_SIGN_IN = Rate(10, 6_000)  # of one address: ten tries, then one every six seconds
_HEADERS = {
    "content-security-policy": "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cache-control": "no-store",
}


class Page(Protocol):
    """Draws one page for somebody who has signed in; runs on a worker thread."""

    def __call__(self, who: Visitor, asked: "Asked") -> Response: ...


class Asked:
    """What a page needs of a request: query, form, cookie; read before the worker thread."""

    def __init__(self, request: Request, form: Mapping[str, str]) -> None:
        self.query = dict(request.query_params)
        self.form = form
        self.cookie = request.cookies.get(COOKIE, "")
        self.address = str(request.base_url).rstrip("/")


@lru_cache(maxsize=1)
def _environment() -> Environment:
    made = Environment(loader=FileSystemLoader(resources() / "office"), autoescape=True, trim_blocks=True)
    made.globals["tr"] = tr
    return made


class Pages:
    """The routes of the office over one `Office`."""

    def __init__(self, office: Office, now: Callable[[], datetime]) -> None:
        self._office = office
        self._now = now
        self._visits = Visits(office.secret())
        self._tries = Buckets(_SIGN_IN)

    def routes(self) -> list[BaseRoute]:
        """To be put beside the sync routes of the server."""
        return [
            Route("/", self._page(self._board), methods=["GET"], name="board"),
            Route("/board-part", self._page(self._board_part), methods=["GET"]),
            Route("/api/v1/board", self._page(self._board_data), methods=["GET"]),
            Route("/devices", self._page(self._devices), methods=["GET"]),
            Route("/devices/code", self._page(self._new_code, changes=True), methods=["POST"]),
            Route("/devices/revoke", self._page(self._revoke, changes=True), methods=["POST"]),
            Route("/login", self._login_form, methods=["GET"]),
            Route("/login", self._login, methods=["POST"]),
            Route("/logout", self._page(self._logout, changes=True), methods=["POST"]),
            Mount("/static", StaticFiles(directory=resources() / "office"), name="static"),
        ]

    # signing in

    async def _login_form(self, request: Request) -> Response:
        return _html("login.html", title=tr("들어가기"), name="", said="")

    async def _login(self, request: Request) -> Response:
        form = await _form(request)
        name = form.get("name", "")[:60]
        try:
            self._tries.take(request.client.host if request.client else "")
            who = await run_in_threadpool(self._office.sign_in, name, form.get("password", "")[:200])
        except TurnedDown:
            said = tr("여러 번 틀렸습니다. 잠시 뒤에 다시 적어 주십시오.")
            return _html("login.html", 429, title=tr("들어가기"), name=name, said=said)
        except DomainError as refused:
            return _html("login.html", 401, title=tr("들어가기"), name=name, said=sentence(refused))
        answer = RedirectResponse("/", 303, headers=_HEADERS)
        answer.set_cookie(
            COOKIE, self._visits.cookie(who.name), max_age=LIFE_S, httponly=True, samesite="strict",
            secure=request.url.scheme == "https",
        )  # fmt: skip
        return answer

    def _logout(self, who: Visitor, asked: Asked) -> Response:
        answer = RedirectResponse("/login", 303, headers=_HEADERS)
        answer.delete_cookie(COOKIE)
        return answer

    # pages

    def _page(self, draw: Page, changes: bool = False) -> Callable[[Request], object]:
        async def served(request: Request) -> Response:
            asked = Asked(request, await _form(request) if changes else {})
            who = await run_in_threadpool(self._visitor, asked)
            if who is None:
                return _turned_away(request)
            if changes and not self._visits.is_ours(asked.cookie, asked.form.get("mark", "")):
                return _message(
                    403, tr("다시 해 주십시오"), tr("이 쪽이 오래되었습니다. 다시 열어 주십시오.")
                )
            try:
                return await run_in_threadpool(draw, who, asked)
            except DomainError as refused:
                return _message(409, tr("할 수 없습니다"), sentence(refused))

        return served

    def _visitor(self, asked: Asked) -> Visitor | None:
        name = self._visits.name_of(asked.cookie)
        return self._office.visitor(name) if name else None

    def _framed(self, who: Visitor, asked: Asked, here: str) -> dict[str, Any]:
        return {"who": who.name, "mark": self._visits.form_mark(asked.cookie), "here": here}

    def _board_of(self, who: Visitor, asked: Asked) -> dict[str, Any]:
        days = self._office.days()
        wanted = asked.query.get("day", "")
        day_id = wanted if any(day.day_id == wanted for day in days) else (days[0].day_id if days else "")
        board = self._office.board(who, day_id) if day_id else None
        page = board_view.board_page(board, self._now(), self._office.waiting()) if board else None
        return {
            "board": page,
            "days": [board_view.day_choice(day) for day in days],
            "query": f"?day={day_id}" if wanted and day_id == wanted else "",
        }

    def _board(self, who: Visitor, asked: Asked) -> Response:
        framed = self._framed(who, asked, "board")
        return _html("board.html", title=tr("장터판"), **framed, **self._board_of(who, asked))

    def _board_part(self, who: Visitor, asked: Asked) -> Response:
        return _html("board_part.html", **self._board_of(who, asked))

    def _board_data(self, who: Visitor, asked: Asked) -> Response:
        days = self._office.days()
        wanted = asked.query.get("day", "") or (days[0].day_id if days else "")
        board = self._office.board(who, wanted) if wanted else None
        return JSONResponse(_plain(board, self._office.waiting()), headers=_HEADERS)

    def _devices(
        self, who: Visitor, asked: Asked, said: str = "", code: devices_view.CodePage | None = None
    ) -> Response:
        return _html(
            "devices.html",
            title=tr("기기"),
            **self._framed(who, asked, "devices"),
            devices=devices_view.device_cards(self._office.devices(who), self._now()),
            roles=devices_view.roles(),
            may_enrol=who.may_enrol,
            said=said,
            level="ok",
            code=code,
        )

    def _new_code(self, who: Visitor, asked: Asked) -> Response:
        name, role = asked.form.get("name", ""), asked.form.get("role", "")
        registers = asked.form.get("registers", "").replace(",", " ").split()
        made = self._office.enrol_code(who, name, role, registers)
        page = devices_view.code_page(made.name, made.code, made.expires_at, asked.address)
        return self._devices(who, asked, code=page)

    def _revoke(self, who: Visitor, asked: Asked) -> Response:
        self._office.revoke(who, asked.form.get("device", ""), asked.form.get("reason", ""))
        return self._devices(who, asked, said=tr("등록을 없앴습니다."))


async def _form(request: Request) -> dict[str, str]:
    """The fields of a small form; one that is too large is an empty one."""
    data = b""
    async for part in request.stream():
        data += part
        if len(data) > _MAX_FORM_BYTES:
            return {}
    fields = parse_qs(data.decode("utf-8", "replace"), max_num_fields=20, keep_blank_values=True)
    return {name: values[0] for name, values in fields.items()}


def _html(template: str, status: int = 200, **given: Any) -> Response:
    text = _environment().get_template(template).render(language=language(), **given)
    return HTMLResponse(text, status, headers=_HEADERS)


def _message(status: int, title: str, said: str) -> Response:
    return _html("message.html", status, title=title, said=said)


def _turned_away(request: Request) -> Response:
    """A page goes to the sign-in; data and parts say 401."""
    if request.url.path.startswith(("/api/", "/board-part")):
        return JSONResponse({"error": "sign_in"}, 401, headers=_HEADERS)
    return RedirectResponse("/login", 303, headers=_HEADERS)


def _plain(board: object, waiting: int) -> dict[str, object]:
    """The board as data: figures in won, as the services name them."""
    # lazy: pages do without
    import msgspec

    told: dict[str, object] = {"waiting_events": waiting, "board": None}
    if board is not None:
        told["board"] = msgspec.to_builtins(board)
    return told
