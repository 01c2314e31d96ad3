"""Agents over HTTP: the streamable transport of MCP at /mcp, without sessions or streams; one POST, one answer.

Each message is handed to the SDK's own transport, in an event loop that ends with the answer: a Flask view stays a
Flask view, with all that limits and counts requests, and nothing runs between two of them. The SDK is loaded at the
first message. A page in a browser may ask only from the portal's own address or from this very machine, as the
specification demands against DNS rebinding; programs send no Origin. Source: MCP 2025-11-25 and 2026-07-28, Transports.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, Response, request
from werkzeug.exceptions import MethodNotAllowed

from portal.model.addresses import MCP
from portal.model.errors import ConfigurationError
from portal.model.text import LocalText
from portal.serving.mcp.sdk_presence import require_sdk
from portal.serving.mcp.tool_answers import AskedPortal
from portal.serving.problems import problem
from portal.serving.this_request import public_address, serving

ANSWER_SECONDS_MAX = 60
"""An answer that takes longer is given up; questions about rows end before by their own limit."""
_HANDED_ON = ("accept", "content-type", "host", "mcp-")
"""Headers that the transport reads, by their beginning."""

_ALLOWED = "OPTIONS, POST"
_STRANGER = LocalText(
    "其他网站的网页不能在这里查询；程序不发送 Origin。",
    "A page of another site may not ask here. Programs send no Origin.",
)

agents = Blueprint("agents", __name__)


@agents.route(MCP, methods=["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"], strict_slashes=False)
def message() -> Response:
    """Answer one message of an agent."""
    release = serving()
    if request.method == "OPTIONS":
        return Response(status=204, headers={"Allow": _ALLOWED})
    if not _may_ask():
        return problem(403, _STRANGER.en, detail_zh=_STRANGER.zh)
    if request.method != "POST":  # there are no streams to read, and no sessions to end
        raise MethodNotAllowed(valid_methods=_ALLOWED.split(", "))
    body = request.get_data(cache=False)
    try:
        require_sdk()
    except ConfigurationError as error:
        return problem(501, error.message.en, detail_zh=error.message.zh)
    asked = AskedPortal(release, public_address(release))
    sent = _answered(body, lambda: asked)
    response = Response(bytes(sent.body), status=sent.status)
    del response.headers["Content-Type"]
    for name, value in sent.headers:
        if name.lower() != "content-length":
            response.headers[name] = value
    response.cache_control.no_store = True
    return response


def may_ask(origin: str | None, host: str, own_address: str) -> bool:
    """Whether a page of *origin* may ask at *host*; a program has no origin, and may.

    *own_address* is where the operator says that the portal is, "" where nobody does.

    >>> may_ask(None, "data.example.cn", ""), may_ask("http://localhost:6274", "127.0.0.1:8000", "")
    (True, True)
    >>> may_ask("https://data.example.cn", "data.example.cn", "https://data.example.cn")
    True
    >>> may_ask("http://evil.example:8000", "evil.example:8000", ""), may_ask("null", "127.0.0.1", "")
    (False, False)
    """
    if origin is None:
        return True
    try:
        parts = urlsplit(origin)
        name, place = parts.hostname or "", parts.netloc
    except ValueError:
        return False
    if parts.scheme not in ("http", "https") or not name:
        return False
    if own_address:
        own = urlsplit(own_address)
        if (parts.scheme, place.lower()) == (own.scheme, own.netloc.lower()):
            return True
    if _is_this_machine(name):
        return True
    return place.lower() == host.lower() and _is_number(name)


def _is_this_machine(name: str) -> bool:
    """Whether *name* is that of the machine on which the browser runs."""
    return name == "localhost" or (_is_number(name) and ipaddress.ip_address(name).is_loopback)


def _is_number(name: str) -> bool:
    """Whether *name* is an address in numbers, which no name server can lead elsewhere."""
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _may_ask() -> bool:
    portal = serving().directory.portal
    own_address = portal.base_url if portal.has_base_url else ""
    return may_ask(request.headers.get("Origin"), request.host, own_address)


@dataclass
class _Sent:
    """What the transport sent."""

    status: int = 504
    headers: list[tuple[str, str]] = field(default_factory=list)
    body: bytearray = field(default_factory=bytearray)

    async def take(self, event: Any) -> None:
        """Take an event of ASGI."""
        if event["type"] == "http.response.start":
            self.status = event["status"]
            self.headers = [(name.decode("latin-1"), value.decode("latin-1")) for name, value in event["headers"]]
        elif event["type"] == "http.response.body":
            self.body += event.get("body", b"")


def _answered(body: bytes, portal: Callable[[], AskedPortal]) -> _Sent:
    """Hand a message to the SDK's transport and return what it sent."""
    import anyio
    from mcp.server.streamable_http_manager import StreamableHTTPSessionManager

    from portal.serving.mcp.agent_server import agent_server

    scope, sent, waiting = _scope(request.headers.items()), _Sent(), [body]

    async def receive() -> Any:
        if not waiting:
            await anyio.sleep_forever()
        return {"type": "http.request", "body": waiting.pop(), "more_body": False}

    async def answer() -> None:
        # The origin was looked at; the SDK's own list of hosts would have to be known beforehand.
        manager = StreamableHTTPSessionManager(agent_server(portal), json_response=True, stateless=True)
        with anyio.move_on_after(ANSWER_SECONDS_MAX):
            async with manager.run():
                await manager.handle_request(scope, receive, sent.take)

    anyio.run(answer)
    return sent


def _scope(headers: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """Return the request as ASGI describes it, with the headers that the transport reads."""
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "POST",
        "scheme": "http",
        "path": MCP,
        "raw_path": MCP.encode(),
        "root_path": "",
        "query_string": b"",
        "client": None,
        "server": None,
        "headers": [
            (name.lower().encode("latin-1"), value.encode("latin-1", "replace"))
            for name, value in headers
            if name.lower().startswith(_HANDED_ON)
        ],
    }
