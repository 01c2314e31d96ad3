"""The release and the public address (base URL) that the request being answered is served from."""

from __future__ import annotations

from typing import Any

from flask import Request, current_app, g, request

from portal.serving.current_release import OpenRelease
from portal.serving.lean_flask import root_address


def asked() -> Request:
    """Return the request itself: what stands for it everywhere looks for it anew at each question."""
    found: Request = request._get_current_object()  # type: ignore[attr-defined]
    return found


def noted() -> Any:
    """Return what was noted of this request (``g``), itself."""
    return g._get_current_object()


def serving() -> OpenRelease:
    """Return the release that this request is answered from, the same from beginning to end.

    Raises ReleaseError where there is none.
    """
    notes = noted()
    release: OpenRelease | None = notes.get("release")
    if release is None:
        release = notes.release = current_app.extensions["kaifang"].current()
    return release


def public_address(release: OpenRelease) -> str:
    """Return what absolute addresses begin with, without a slash at the end: as configured, else as was asked."""
    portal = release.directory.portal
    if portal.has_base_url:
        return portal.base_url
    request = asked()
    return root_address(request.scheme, request.host)
