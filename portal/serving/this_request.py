"""The release and the public address (base URL) that the request being answered is served from."""

from __future__ import annotations

from flask import current_app, g, request

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
    return portal.base_url if portal.has_base_url else request.host_url.rstrip("/")
