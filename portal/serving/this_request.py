"""The release and the public address (base URL) that the request being answered is served from."""

from __future__ import annotations

from typing import Any

from flask import Flask, Request, current_app, g, request

from portal.serving.current_release import OpenRelease
from portal.serving.lean_flask import root_address


def asked() -> Request:
    """Return the request itself: what stands for it everywhere looks for it anew at each question."""
    found: Request = _itself(request)
    return found


def noted() -> Any:
    """Return what was noted of this request (``g``), itself."""
    return _itself(g)


def this_app() -> Flask:
    """Return the app itself, for what is sent when the request is over."""
    found: Flask = _itself(current_app)
    return found


def _itself(proxy: Any) -> Any:
    return proxy._get_current_object()


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
