"""HTTP headers of answers, each said once: CORS with its preflight, security (CSP, nosniff), caching, names to save as.

Three kinds of answers: those of the API and descriptions of datasets, which scripts of any site may read; data files,
which they may read too and which browsers save instead of showing; pages with their styles, scripts and images, which
load and run nothing from elsewhere. Sources: the Fetch standard (CORS), CSP Level 3, RFC 9111 and RFC 8246
(Cache-Control), RFC 6266 and RFC 8187 (Content-Disposition), RFC 9530 (Repr-Digest).
"""

from __future__ import annotations

import re
from base64 import b64encode
from urllib.parse import quote

from flask import Request, Response

from portal.model.addresses import API, API_HEALTH, DATA, MCP, STATIC
from portal.model.known_formats import media_type_of

PREFLIGHT_SECONDS_MAX = 86_400
"""How long browsers may remember what a preflight allowed; most forget earlier."""

_PAGE_POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'self'"
)
_DATA_POLICY = "default-src 'none'; sandbox"
_REQUEST_HEADERS = (
    "Accept, Accept-Language, Content-Type, If-Match, If-Modified-Since, If-None-Match, If-Range, "
    "If-Unmodified-Since, Mcp-Method, Mcp-Name, Mcp-Protocol-Version, Range, X-Api-Key"
)
"""What scripts of other sites may send: what chooses a form of the answer, a part of it, or none if it is known."""
_EXPOSED = (
    "Accept-Ranges, Content-Disposition, Content-Encoding, Content-Length, Content-Range, ETag, Link, Location, "
    "RateLimit, RateLimit-Policy, Repr-Digest, Retry-After, X-Request-Id"
)
"""What scripts of other sites may read of an answer, beside what they always may."""
_SHOWN = ("text/html", "text/css", "text/javascript", "image/")
"""Media types of pages and of what they are shown with; what has another is there for programs."""
_YEAR_SECONDS = 365 * 24 * 3600


def is_api(path: str) -> bool:
    """Whether programs are answered at *path*, with JSON for errors too."""
    return path in (API.rstrip("/"), MCP) or path.startswith((API, f"{MCP}/"))


def is_for_programs(path: str) -> bool:
    """Whether what stands at *path* is there for programs, of any site: the API, data, and descriptions.

    >>> [is_for_programs(path) for path in ("/catalog.ttl", "/data/x/", "/datasets/x/index.md", "/datasets/x/")]
    [True, True, True, False]
    """
    if is_api(path) or path.startswith((DATA, "/.well-known/")):
        return True
    name, dot, ending = path.rpartition("/")[2].rpartition(".")
    is_shown = media_type_of(ending.lower()).startswith(_SHOWN)
    return bool(name and dot) and not is_shown and not path.startswith(STATIC)


def has(response: Response, name: str) -> bool:
    """Whether an answer has a header; *name* is in small letters.

    The same question to the headers themselves costs ten times as much where the answer is no.
    """
    return name in [key.lower() for key, _ in response.headers]


def may_be_kept(response: Response) -> bool:
    """Whether caches may keep an answer."""
    return not any("no-store" in value for key, value in response.headers if key.lower() == "cache-control")


def finish(response: Response, request: Request) -> Response:
    """Add what belongs to the address that was asked; the app does so with every answer."""
    path = request.path
    for_programs = is_for_programs(path)
    if for_programs or (response.mimetype and not response.mimetype.startswith(_SHOWN)):
        _open_to_scripts(response)
    if is_api(path):
        _never_guessed(response)
        if path == API_HEALTH:
            response.cache_control.no_store = True
        revalidated(response)
    if request.method == "OPTIONS" and response.allow:
        response.headers["Allow"] = ", ".join(sorted(response.allow))
        if for_programs:
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
    saved_as(response, name, title)
    _guarded(response, _DATA_POLICY)
    return response


def digested(response: Response, sha256: str) -> Response:
    """Add the checksum of the whole file, also to a part of it: what was put together can be checked (RFC 9530).

    *sha256* is in hex digits. An answer without the file, but for one that it is known (304), is about something else.
    """
    if response.status_code in (200, 206, 304):
        response.headers["Repr-Digest"] = f"sha-256=:{b64encode(bytes.fromhex(sha256)).decode()}:"
    return response


def saved_as(response: Response, name: str, title: str) -> Response:
    """Let browsers save the answer as *title*, and old programs as *name*, a plain one."""
    response.headers["Content-Disposition"] = disposition(name, title)
    return response


def revalidated(response: Response) -> Response:
    """Let caches keep the answer but ask whether it changed, as Flask's ``send_file`` does for files by itself."""
    if not has(response, "cache-control"):
        response.headers.add("Cache-Control", "no-cache")
    return response


def lasting(response: Response) -> Response:
    """Let caches keep the answer for a year without asking: what stands at the address never changes (RFC 8246)."""
    response.headers["Cache-Control"] = f"public, max-age={_YEAR_SECONDS}, immutable"
    return response


def varying(response: Response) -> Response:
    """Say that the answer hangs on what codings the asker can read."""
    response.vary.add("Accept-Encoding")
    return response


def identified(response: Response, identifier: str) -> Response:
    """Tell the asker by what name the operator finds the request in the log."""
    response.headers["X-Request-Id"] = identifier
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
    response.headers["Access-Control-Expose-Headers"] = _EXPOSED


def _preflight(response: Response) -> None:
    """Answer what a browser asks before a script of another site may send its request.

    The methods are those that Flask found for the address.
    """
    response.headers["Access-Control-Allow-Methods"] = ", ".join(sorted(response.allow))
    response.headers["Access-Control-Allow-Headers"] = _REQUEST_HEADERS
    response.headers["Access-Control-Max-Age"] = str(PREFLIGHT_SECONDS_MAX)
