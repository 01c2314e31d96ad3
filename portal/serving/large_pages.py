"""Pages in large type (长者版) below ``/large/``: each page once more, marked so that the style sheet enlarges it.

Pages lead on to each other by relative addresses, so whoever is below ``/large/`` stays there, without scripts or
cookies. Whatever else is asked for below it is what stands above it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import quote

from flask import Request, Response

from portal.model.addresses import API, LARGE, relative
from portal.serving.headers import revalidated
from portal.serving.wsgi_calls import WsgiApp

_PLAIN = b"<html "
_ENLARGED = b'<html class="large" '
_MARK = "kaifang.large"
_OF_THE_PAGE = ("ETag", "Last-Modified", "Accept-Ranges", "Repr-Digest", "Content-Digest", "Link")
"""Headers that tell of the page as it stands in the release."""
_IN_QUERIES = "%!$&'()*+,;=:@/?-._~"
_CONDITIONS = ("HTTP_RANGE", "HTTP_IF_RANGE", "HTTP_IF_MATCH", "HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE")


class LargePages:
    """Takes ``/large`` off an address before *app* is asked, and notes that it stood there."""

    def __init__(self, app: WsgiApp) -> None:
        self._app = app

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer a request."""
        path = environ.get("PATH_INFO", "")
        if path.startswith(LARGE + "/"):
            inner = path.removeprefix(LARGE)
            if inner.startswith(LARGE + "/"):
                # From a large page the link to the large page leads back.
                return _led_back(environ, start_response)
            environ["SCRIPT_NAME"] = environ.get("SCRIPT_NAME", "") + LARGE
            environ["PATH_INFO"] = inner
            if inner.endswith("/") and not inner.startswith(API):
                environ[_MARK] = environ.pop("HTTP_ACCEPT_ENCODING", "")
                for name in _CONDITIONS:
                    environ.pop(name, None)
        return self._app(environ, start_response)


def enlarged(response: Response, request: Request) -> Response:
    """Mark a page that was asked for in large type; it is made anew each time, and search engines leave it alone."""
    accepted = request.environ.get(_MARK)
    if accepted is None:
        return response
    request.environ["HTTP_ACCEPT_ENCODING"] = accepted
    if response.mimetype != "text/html" or response.status_code in (206, 304):
        return response
    for name in _OF_THE_PAGE:
        response.headers.pop(name, None)
    response.headers["X-Robots-Tag"] = "noindex"
    revalidated(response)
    if request.method == "HEAD":
        if response.content_length is not None:
            response.content_length += len(_ENLARGED) - len(_PLAIN)
        return response
    response.direct_passthrough = False
    response.set_data(response.get_data().replace(_PLAIN, _ENLARGED, 1))
    return response


def _led_back(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Redirect to the address without ``/large``, relatively, so that no Host header has a say in it."""
    path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "replace")
    query = quote(environ.get("QUERY_STRING", "").encode("latin-1"), safe=_IN_QUERIES)
    address = relative(path, path.removeprefix(2 * LARGE)) + (f"?{query}" if query else "")
    start_response("302 Found", [("Location", address), ("Content-Length", "0")])
    return []
