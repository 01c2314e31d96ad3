"""A request accounted for: its id (X-Request-Id), and when it is answered a line in the log and counts for Prometheus.

An id that a trusted proxy sent is kept, so that one name leads through both logs; else each request gets a new one.
What was sent is known when the answer is closed: of a stream the bytes are counted as they go out. A file is accounted
for when the server takes it over, with the bytes that it is going to send.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterable, Iterator

from flask import Flask, Request, Response, g, request
from werkzeug.wsgi import ClosingIterator

from portal.serving.access_log import AccessLog
from portal.serving.headers import identified
from portal.serving.metrics import Metrics
from portal.serving.options import ServingOptions

_is_identifier = re.compile(r"[A-Za-z0-9._:-]{1,64}").fullmatch


class Accounts:
    """Keeps the accounts of an app as its *options* say."""

    def __init__(self, options: ServingOptions) -> None:
        """Open the log. Raises OSError where it cannot be written."""
        self._trusts_identifiers = options.trusted_proxies > 0
        self._log = AccessLog(options.access_log, options.log_addresses) if options.access_log else None
        self.metrics = Metrics() if options.has_metrics else None

    def begin(self) -> None:
        """Note when a request begins, and give it an id."""
        g.begun = time.perf_counter()
        stated = request.environ.get("HTTP_X_REQUEST_ID", "") if self._trusts_identifiers else ""
        g.identifier = stated if _is_identifier(stated) else os.urandom(8).hex()

    def end(self, response: Response) -> Response:
        """Tell the id, and have the request accounted for when *response* has gone out."""
        identified(response, g.identifier)
        if self._log is None and self.metrics is None:
            return response
        asked, begun, identifier = _asked(), g.begun, g.identifier
        route = asked.url_rule.rule if asked.url_rule else "none"
        sent = [0]
        if asked.method != "HEAD":
            if response.is_streamed and "Content-Length" not in response.headers:
                close = getattr(response.response, "close", None)
                response.response = ClosingIterator(_counted(response.iter_encoded(), sent), [close] if close else [])
            else:
                sent[0] = response.content_length or response.calculate_content_length() or 0

        def account() -> None:
            seconds = time.perf_counter() - begun
            status = response.status_code
            if self._log:
                self._log.write(asked, identifier=identifier, status=status, size_bytes=sent[0], seconds=seconds)
            if self.metrics:
                self.metrics.answered(
                    method=asked.method, route=route, status=status, size_bytes=sent[0], seconds=seconds
                )

        if response.direct_passthrough and asked.method != "HEAD":
            account()  # a file is handed to the server, and nobody hears when it is sent
        else:
            response.call_on_close(account)
        return response


def _asked() -> Request:
    """Return the request itself, which is still wanted when Flask has let go of it."""
    asked: Request = request._get_current_object()  # type: ignore[attr-defined]
    return asked


def _counted(pieces: Iterable[bytes], sent: list[int]) -> Iterator[bytes]:
    for piece in pieces:
        sent[0] += len(piece)
        yield piece


def count_rows(app: Flask, count: int) -> None:
    """Count rows of a table that *app* answered."""
    accounts: Accounts = app.extensions["kaifang-accounts"]
    if accounts.metrics:
        accounts.metrics.rows(count)
