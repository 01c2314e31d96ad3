"""A request accounted for: its id (X-Request-Id), and when it is answered a line in the log and counts for Prometheus.

An id that a trusted proxy sent is kept, so that one name leads through both logs; else each request gets a new one.
What was sent is known when the answer is closed: of a stream the bytes are counted as they go out. A file is accounted
for when the server takes it over, with the bytes that it is going to send.
"""

from __future__ import annotations

import random
import re
import time
from collections.abc import Iterable, Iterator

from flask import Flask, Response
from werkzeug.wsgi import ClosingIterator

from portal.serving.access_log import AccessLog
from portal.serving.headers import has, identified
from portal.serving.metrics import Metrics
from portal.serving.options import ServingOptions
from portal.serving.this_request import asked, noted

_is_identifier = re.compile(r"[A-Za-z0-9._:-]{1,64}").fullmatch


class Accounts:
    """Keeps the accounts of an app as its *options* say."""

    def __init__(self, options: ServingOptions) -> None:
        """Open the log. Raises OSError where it cannot be written."""
        self._trusts_identifiers = options.trusted_proxies > 0
        self._log = AccessLog(options.access_log, options.log_addresses) if options.access_log else None
        self._identifiers = random.Random()
        """Of each process its own: a secret they are not."""
        self.metrics = Metrics() if options.has_metrics else None

    def begin(self) -> None:
        """Note when a request begins, and give it an id."""
        notes = noted()
        notes.begun = time.perf_counter()
        stated = asked().environ.get("HTTP_X_REQUEST_ID", "") if self._trusts_identifiers else ""
        notes.identifier = stated if _is_identifier(stated) else f"{self._identifiers.getrandbits(64):016x}"

    def end(self, response: Response) -> Response:
        """Tell the id, and have the request accounted for when *response* has gone out."""
        notes = noted()
        identified(response, notes.identifier)
        if self._log is None and self.metrics is None:
            return response
        request, begun, identifier = asked(), notes.begun, notes.identifier
        route = request.url_rule.rule if request.url_rule else "none"
        sent = [0]
        if request.method != "HEAD":
            if response.is_streamed and not has(response, "content-length"):
                close = getattr(response.response, "close", None)
                response.response = ClosingIterator(_counted(response.iter_encoded(), sent), [close] if close else [])
            else:
                sent[0] = response.content_length or response.calculate_content_length() or 0

        def account() -> None:
            seconds = time.perf_counter() - begun
            status = response.status_code
            if self._log:
                self._log.write(request, identifier=identifier, status=status, size_bytes=sent[0], seconds=seconds)
            if self.metrics:
                self.metrics.answered(
                    method=request.method, route=route, status=status, size_bytes=sent[0], seconds=seconds
                )

        if response.direct_passthrough and request.method != "HEAD":
            account()  # a file is handed to the server, and nobody hears when it is sent
        else:
            response.call_on_close(account)
        return response


def _counted(pieces: Iterable[bytes], sent: list[int]) -> Iterator[bytes]:
    for piece in pieces:
        sent[0] += len(piece)
        yield piece


def count_rows(app: Flask, count: int) -> None:
    """Count rows of a table that *app* answered."""
    accounts: Accounts = app.extensions["kaifang-accounts"]
    if accounts.metrics:
        accounts.metrics.rows(count)
