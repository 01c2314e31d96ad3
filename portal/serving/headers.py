"""HTTP headers of answers, each said once: CORS with its preflight, security (CSP, nosniff), caching, names to save as.

Three kinds of answers: those of the API, which scripts of any site may read; data files, which they may read too and
which browsers save instead of showing; pages, which load and run nothing from elsewhere. Sources: the Fetch standard
(CORS), CSP Level 3, RFC 9111 (Cache-Control), RFC 6266 and RFC 8187 (Content-Disposition),
RFC 9530 (Repr-Digest).
"""

from __future__ import annotations

import re
from base64 import b64encode
from urllib.parse import quote

from flask import Response, request

from portal.model.addresses import API, DATA

PREFLIGHT_SECONDS_MAX = 86_400
"""How long browsers may remember what a preflight allowed; most forget earlier."""

_PAGE_POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'self'"
)
_DATA_POLICY = "default-src 'none'; sandbox"
_REQUEST_HEADERS = (
    "Accept, Accept-Language, Content-Type, If-Match, If-Modified-Since, If-None-Match, If-Range, "
    "If-Unmodified-Since, Range"
)
"""What scripts of other sites may send: what chooses a form of the answer, a part of it, or none if it is known."""


def is_api(path: str) -> bool:
    """Whether programs are answered at *path*, with JSON for errors too."""
    return path == API.rstrip("/") or path.startswith(API)


def finish(response: Response) -> Response:
    """Add what belongs to the address that was asked; the app does so with every answer."""
    if is_api(request.path):
        _open_to_scripts(response)
        _never_guessed(response)
        revalidated(response)
    if request.method == "OPTIONS" and response.allow and (is_api(request.path) or request.path.startswith(DATA)):
        _preflight(response)
    return response


def page_like(response: Response) -> Response:
    """Add the headers that pages have: nothing from elsewhere is loaded or run, and no type is guessed."""
    response.headers["Referrer-Policy"] = "strict-origin-when-cross-origin"
    _guarded(response, _PAGE_POLICY)
    return response


def data_like(response: Response, name: str, title: str) -> Response:
    """Add the headers that data files have: saved as *title*, run nowhere, read from any site.

    *name* is the plain name of the file, for old programs.
    """
    response.headers["Content-Disposition"] = disposition(name, title)
    _open_to_scripts(response)
    _guarded(response, _DATA_POLICY)
    return response


def digested(response: Response, sha256: str) -> Response:
    """Add the checksum of the whole file, also to a part of it: what was put together can be checked (RFC 9530).

    *sha256* is in hex digits. An answer without the file, but for one that it is known (304), is about something else.
    """
    if response.status_code in (200, 206, 304):
        response.headers["Repr-Digest"] = f"sha-256=:{b64encode(bytes.fromhex(sha256)).decode()}:"
    return response


def revalidated(response: Response) -> Response:
    """Let caches keep the answer but ask whether it changed, as Flask's ``send_file`` does for files by itself."""
    response.headers.setdefault("Cache-Control", "no-cache")
    return response


def disposition(name: str, title: str) -> str:
    r"""Return how a file is to be saved: its title (RFC 8187), and for old programs its plain name.

    >>> disposition("stops.csv", "站点.csv")
    'attachment; filename="stops.csv"; filename*=UTF-8\'\'%E7%AB%99%E7%82%B9.csv'
    """
    plain = re.sub(r"[^A-Za-z0-9._-]", "_", name)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(title, safe='')}"


def _guarded(response: Response, policy: str) -> None:
    response.headers["Content-Security-Policy"] = policy
    _never_guessed(response)


def _never_guessed(response: Response) -> None:
    response.headers["X-Content-Type-Options"] = "nosniff"


def _open_to_scripts(response: Response) -> None:
    response.headers["Access-Control-Allow-Origin"] = "*"


def _preflight(response: Response) -> None:
    """Answer what a browser asks before a script of another site may send its request.

    The methods are those that Flask found for the address.
    """
    _open_to_scripts(response)
    response.headers["Access-Control-Allow-Methods"] = ", ".join(sorted(response.allow))
    response.headers["Access-Control-Allow-Headers"] = _REQUEST_HEADERS
    response.headers["Access-Control-Max-Age"] = str(PREFLIGHT_SECONDS_MAX)
