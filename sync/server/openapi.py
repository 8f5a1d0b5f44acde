"""What the server says of itself, as OpenAPI: written by hand, held true by a test that calls it."""

from typing import Any

_Json = dict[str, Any]
_KIND = "application/json"


def _text(**rest: Any) -> _Json:
    return {"type": "string", **rest}


def _thing(*required: str, **properties: _Json) -> _Json:
    return {"type": "object", "required": list(required), "properties": properties}


def _asked(*required: str, **properties: _Json) -> _Json:
    return {**_thing(*required, **properties), "additionalProperties": False}


def _ref(name: str) -> _Json:
    return {"$ref": f"#/components/schemas/{name}"}


def _said(words: str, schema: _Json, kind: str = _KIND, headers: _Json | None = None) -> _Json:
    told: _Json = {"description": words, "content": {kind: {"schema": schema}}}
    if headers:
        told["headers"] = {name: {"schema": schema} for name, schema in headers.items()}
    return told


def _problems(**words: str) -> _Json:
    """Answers for what goes wrong, by status: `s429="…"`."""
    wait = {"s429": {"Retry-After": _text()}, "s503": {"Retry-After": _text()}}
    return {
        status[1:]: _said(sentence, _ref("Problem"), headers=wait.get(status))
        for status, sentence in words.items()
    }


_HEX64 = "^[0-9a-f]{64}$"
_PLACE = "^[0-9]{1,9}/[0-9]{1,9}$"
_SCHEMAS: _Json = {
    "Problem": _thing("error", "sentence", error=_text(), sentence=_text()),
    "Card": _thing(
        "name",
        "organisation",
        "certificate",
        name=_text(),
        organisation=_text(description="The organisation's public key, hex.", pattern=_HEX64),
        certificate=_text(description="The server's own certificate."),
    ),
    "EnrolAsk": _asked(
        "code",
        "device",
        "signature",
        code=_text(description="The one-time code."),
        device=_text(description="The device's Ed25519 public key, hex."),
        signature=_text(description="Over the canonical JSON of code, device and what=enrol; hex."),
    ),
    "EnrolAnswer": _thing("certificate", "server", certificate=_text(), server=_ref("Card")),
    "SessionAsk": _asked(
        "certificate",
        certificate=_text(),
        challenge=_text(description="Empty at first; then the one that was answered."),
        nonce=_text(),
        signature=_text(description="Over challenge, nonce, the server's device key and what=session; hex."),
    ),
    "SessionAnswer": _thing(
        "server",
        "challenge",
        "token",
        "expires_at",
        "signature",
        "flags",
        server=_ref("Card"),
        challenge=_text(),
        token=_text(),
        expires_at=_text(),
        signature=_text(),
        flags={"type": "array", "items": _text()},
    ),
    "Have": _thing(
        "have",
        have={
            "type": "integer",
            "description": "So many bytes of the message are there, from its beginning on.",
        },
    ),
    "Health": _thing("ok", ok={"type": "boolean"}),
    "Ready": _thing(
        "ready",
        "waiting",
        "oldest_s",
        ready={"type": "boolean"},
        waiting={"type": "integer", "description": "Events stored and not yet in the tables."},
        oldest_s={"type": "integer", "description": "How long the tables have been behind, in seconds."},
    ),
}


def _post(words: str, ask: _Json, kind: str, answer: _Json, problems: _Json, **rest: Any) -> _Json:
    body = {"required": True, "content": {kind: {"schema": ask}}}
    return {"post": {"summary": words, "requestBody": body, "responses": {"200": answer, **problems}, **rest}}


def _get(words: str, responses: _Json) -> _Json:
    return {"get": {"summary": words, "responses": responses}}


_LIMITS = {
    "s400": "The body is not what is asked for.",
    "s408": "The body came too slowly, or ended too early.",
    "s413": "The body is too large.",
    "s429": "Too many calls.",
    "s503": "Busy, or the store cannot be used now.",
    "s507": "The server's disk is full.",
}
_OCTETS = "application/octet-stream"


def _part(octets: _Json) -> _Json:
    """A message over a line that breaks: what arrived counts, an empty part asks how much that is."""
    told = {"202": _said("So much is there; go on from it.", _ref("Have"))}
    return _post(
        "A part of a message; the last one is answered as the message is",
        octets,
        _OCTETS,
        _said("The answer.", octets, _OCTETS, {"Jangteo-Check": _text()}),
        {**told, **_problems(**_LIMITS, s401="No session.", s403="A log that is not for this device.")},
        parameters=[
            _header("Jangteo-Message", "The whole message's SHA-256, hex.", _HEX64),
            _header("Jangteo-Part", "Where it stands in the message, and that one's length.", _PLACE),
        ],
        security=[{"session": []}],
    )


def _rest(octets: _Json) -> _Json:
    start = {"type": "integer", "minimum": 0, "maximum": 999_999_999}
    asked = [
        {"name": "name", "in": "query", "required": True, "schema": _text(pattern=_HEX64)},
        {"name": "start", "in": "query", "required": True, "schema": start},
    ]
    limits = {name: _LIMITS[name] for name in ("s400", "s429", "s503", "s507")}
    told = _problems(**limits, s401="No session.", s404="No such answer is kept for this device.")
    answer = _said("What is missing.", octets, _OCTETS, {"Jangteo-Check": _text()})
    said = _get("The rest of an answer that broke off", {"200": answer, **told})
    return {"get": {**said["get"], "parameters": asked, "security": [{"session": []}]}}


def _header(name: str, words: str, pattern: str) -> _Json:
    return {
        "name": name,
        "in": "header",
        "required": True,
        "description": words,
        "schema": _text(pattern=pattern),
    }


def description() -> _Json:
    """The whole document."""
    octets = _text(format="binary")
    paths = {
        "/sync/v1/enrol": _post(
            "A one-time code against a certificate",
            _ref("EnrolAsk"),
            "application/json",
            _said("Enrolled.", _ref("EnrolAnswer")),
            _problems(**_LIMITS, s403="The code is unknown, used or expired."),
        ),
        "/sync/v1/session": _post(
            "A challenge, then a token for whoever signs it",
            _ref("SessionAsk"),
            "application/json",
            _said("A challenge or a token.", _ref("SessionAnswer")),
            _problems(**_LIMITS, s401="No certificate of this organisation."),
        ),
        "/sync/v1/exchange": _post(
            "One message of the exchange, answered by one message after a durable commit",
            octets,
            _OCTETS,
            _said("The answer.", octets, _OCTETS, {"Jangteo-Check": _text()}),
            _problems(**_LIMITS, s401="No session.", s403="A log that is not for this device."),
            security=[{"session": []}],
        ),
        "/sync/v1/part": _part(octets),
        "/sync/v1/answer": _rest(octets),
        "/healthz": _get("The process lives", {"200": _said("It does.", _ref("Health"))}),
        "/readyz": _get(
            "The store can be read, and how far the tables are behind",
            {"200": _said("Ready.", _ref("Ready")), "503": _said("Not ready.", _ref("Ready"))},
        ),
        "/openapi.json": _get("This document", {"200": _said("It.", {"type": "object"})}),
    }
    return {
        "openapi": "3.1.0",
        "info": {"title": "Jangteo POS: sync", "version": "1"},
        "paths": paths,
        "components": {
            "schemas": _SCHEMAS,
            "securitySchemes": {"session": {"type": "http", "scheme": "bearer"}},
        },
    }
