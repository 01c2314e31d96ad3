"""The bridge from granian's event loop (RSGI) to the Flask app (WSGI): bodies with a time limit, files without threads.

A thread is used for as long as Flask makes an answer and no longer. Who sends a body slowly is waited for by the event
loop, and ended after `BODY_SECONDS_MAX`, also where a byte comes now and then; a file is read and sent by granian, so
who reads slowly holds nothing but a connection. A long answer is sent piece by piece as Flask makes it, and a thread is
used for each piece alone; no more is made than its reader takes.

To hand a request to a thread and back costs more than many an answer. So an answer that is whole goes out from the
thread that made it, and the event loop, which would have to be woken for that, hears of it when it is awake anyway.
Source: RSGI specification 1.6.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections import deque
from collections.abc import Callable, Iterable
from typing import Any

from granian.rsgi import ProtocolClosed  # type: ignore[attr-defined]

from portal.serving.answer_threads import AnswerThreads
from portal.serving.client_sockets import ReaderPace, cut_connections
from portal.serving.wsgi_calls import Answer, WsgiApp, answered, close, environ

BODY_SECONDS_MAX = 20
"""A request whose body has not come whole in so many seconds is answered with status 408, and its connection closed."""

FINISHING_SECONDS_MAX = 2
"""When nobody waits for answers any more, threads have so many seconds to finish what they are at."""

_TOO_SLOW = "The body of the request did not come in time.\n"

logger = logging.getLogger(__name__)


class Bridge:
    """An RSGI app that asks *app*, a WSGI app, in *threads* threads; bodies are read up to *body_bytes_max*."""

    def __init__(self, app: WsgiApp, *, threads: int, body_bytes_max: int, body_seconds_max: float) -> None:
        self._app = app
        self._threads = AnswerThreads(threads)
        self._body_bytes_max = body_bytes_max
        self._body_seconds_max = body_seconds_max
        self._gone_out: deque[asyncio.Future[Answer | None]] = deque()
        """What still waits, though its answer went out: told so by the next request."""

    async def __rsgi__(self, scope: Any, protocol: Any) -> None:
        """Answer one request."""
        if scope.proto != "http":
            protocol.close(404)
            return
        self._end_gone_out()
        headers = scope.headers
        body = None
        if (headers.get("content-length") or "0") != "0" or "transfer-encoding" in headers:
            try:
                body = await asyncio.wait_for(self._body(headers, protocol), self._body_seconds_max)
            except TimeoutError:
                closing = [("content-type", "text/plain; charset=utf-8"), ("connection", "close")]
                protocol.response_str(408, closing, _TOO_SLOW)
                return
        ended: asyncio.Future[Answer | None] = asyncio.get_running_loop().create_future()
        self._threads.give(self._answer, scope, protocol, body, ended)
        answer = await ended
        if answer and answer.pieces is not None:
            await self._send(answer.pieces, protocol.response_stream(answer.status, answer.headers), scope.client)

    def __rsgi_del__(self, loop: asyncio.AbstractEventLoop) -> None:
        """End what still waits, when the server stops and its event loop has ended."""
        self._threads.end(FINISHING_SECONDS_MAX)
        self._end_gone_out()
        loop.run_until_complete(asyncio.sleep(0))

    def _answer(self, scope: Any, protocol: Any, body: bytes | None, ended: asyncio.Future[Answer | None]) -> None:
        """Make an answer, and send it if it is whole; *ended* is what waits for that.

        The body of a request is let go of at once: whatever is left of one is in the way of the next request.
        """
        try:
            answer = answered(self._app, environ(scope, body or b""))
            if answer.pieces is None:
                _send_whole(answer, protocol)
                if body is None:
                    self._gone_out.append(ended)
                    return
        except BaseException as error:
            _tell(ended, _set_exception, error)
        else:
            _tell(ended, _set_result, answer)

    def _end_gone_out(self) -> None:
        """Let requests end whose answers went out."""
        while self._gone_out:
            _set_result(self._gone_out.popleft(), None)

    async def _in_thread(self, function: Callable[..., Any], *given: Any) -> Any:
        """Return what a function returns in a thread."""
        ended: asyncio.Future[Any] = asyncio.get_running_loop().create_future()

        def carry_out() -> None:
            try:
                found = function(*given)
            except BaseException as error:
                _tell(ended, _set_exception, error)
            else:
                _tell(ended, _set_result, found)

        self._threads.give(carry_out)
        return await ended

    async def _send(self, pieces: Iterable[bytes], transport: Any, client: str) -> None:
        """Send a body as it is made; where that fails the connection is cut, so that nobody takes a part for the whole.

        No more than `UNREAD_BYTES_MAX` is ahead of its reader. A reader that goes away is no news.
        """
        made, pace = iter(pieces), ReaderPace(client)
        try:
            while (piece := await self._in_thread(next, made, None)) is not None:
                if piece:
                    await pace.wait_to_send(len(piece))
                    await transport.send_bytes(piece)
        except ProtocolClosed:
            pass
        except Exception:
            logger.exception("an answer broke off")
            cut_connections(client)
        finally:
            await self._in_thread(close, pieces)

    async def _body(self, headers: Any, protocol: Any) -> bytes:
        """Return the body; of one that is too large only so much as shows that it is, so that the app refuses it."""
        stated = headers.get("content-length") or "0"
        if stated.isdigit() and int(stated) > self._body_bytes_max:
            return b""
        pieces, size = [], 0
        async for piece in protocol:
            pieces.append(bytes(piece))
            size += len(piece)
            if size > self._body_bytes_max:
                break
        return b"".join(pieces)


def _tell(ended: asyncio.Future[Any], how: Callable[..., None], what: Any) -> None:
    """Let the event loop go on with what waits; where it has ended there is nothing to go on with."""
    with contextlib.suppress(RuntimeError):
        ended.get_loop().call_soon_threadsafe(how, ended, what)


def _set_result(ended: asyncio.Future[Any], found: Any) -> None:
    if not ended.done():
        ended.set_result(found)


def _set_exception(ended: asyncio.Future[Any], error: BaseException) -> None:
    if not ended.done():
        ended.set_exception(error)


def _send_whole(answer: Answer, protocol: Any) -> None:
    """Send an answer that is not made piece by piece: granian takes it from any thread."""
    if answer.file is None:
        protocol.response_bytes(answer.status, answer.headers, answer.body)
    elif answer.start is None or answer.end is None:
        protocol.response_file(answer.status, answer.headers, str(answer.file))
    else:
        protocol.response_file_range(answer.status, answer.headers, str(answer.file), answer.start, answer.end)
