"""The release and the public address (base URL) that the request being answered is served from."""

from __future__ import annotations

from functools import lru_cache

from flask import current_app, g, request
from werkzeug.sansio.utils import get_current_url

from portal.serving.current_release import OpenRelease


def serving() -> OpenRelease:
    """Return the release that this request is answered from, the same from beginning to end.

    Raises ReleaseError where there is none.
    """
    release: OpenRelease | None = g.get("release")
    if release is None:
        release = g.release = current_app.extensions["kaifang"].current()
    return release


def public_address(release: OpenRelease) -> str:
    """Return what absolute addresses begin with, without a slash at the end: as configured, else as was asked."""
    portal = release.directory.portal
    return portal.base_url if portal.has_base_url else _address(request.scheme, request.host)


@lru_cache(maxsize=64)
def _address(scheme: str, host: str) -> str:
    return get_current_url(scheme, host).rstrip("/")
