"""ETag and 304 of answers that are made (API, searches): from the release and the question, before anything is done.

An answer follows from the release, the version of the portal and what was asked, so these are its tag. It is weak: the
answer may be compressed in one way or another and says the same. Who asks with the tag that holds now is told 304, and
nothing is looked up for it. An answer that must not be kept has none. Source: RFC 9110, 8.8 and 13.1.2.
"""

from __future__ import annotations

from hashlib import blake2b

from flask import Request, Response
from werkzeug.http import parse_etags

from portal import __version__
from portal.serving.current_release import OpenRelease
from portal.serving.headers import has, may_be_kept, revalidated

_ASKED_WITH = ("PATH_INFO", "QUERY_STRING", "HTTP_ACCEPT", "HTTP_ACCEPT_LANGUAGE")
_ASKED_AT = ("wsgi.url_scheme", "HTTP_HOST", "SERVER_NAME", "SERVER_PORT", "SCRIPT_NAME")
"""What addresses in an answer begin with, where the portal does not say where it is."""


def tag_of(release: OpenRelease, request: Request) -> str:
    """Return the tag of the answer to *request*."""
    environ = request.environ
    names = _ASKED_WITH if release.directory.portal.has_base_url else _ASKED_WITH + _ASKED_AT
    parts = (__version__, release.info["id"], *(environ.get(name, "") for name in names))
    return blake2b("\0".join(parts).encode("utf-8", "surrogateescape"), digest_size=12).hexdigest()


def known_already(release: OpenRelease, request: Request) -> Response | None:
    """Return the answer 304 where the asker has what would be answered now; None where it must be made."""
    condition = request.headers.get("If-None-Match")
    if condition is None or request.method not in ("GET", "HEAD"):
        return None
    tag, stated = tag_of(release, request), parse_etags(condition)
    if stated.star_tag or not stated.contains_weak(tag):  # the star asks whether there is anything: that must be seen
        return None
    response = Response(status=304)
    response.vary.add("Accept-Encoding")
    response.set_etag(tag, weak=True)
    return revalidated(response)


def tagged(response: Response, release: OpenRelease, request: Request) -> Response:
    """Give an answer its tag, unless it has one or must not be kept."""
    if (
        response.status_code == 200
        and request.method in ("GET", "HEAD")
        and not has(response, "etag")
        and may_be_kept(response)
    ):
        response.set_etag(tag_of(release, request), weak=True)
    return response
