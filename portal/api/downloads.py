"""The files of a release over HTTP: ranges, validators, media types and names to save as.

Only what the manifest lists is served, so no address leads anywhere else. The ETag is the file's SHA-256: it stays
when a new release holds the same bytes.
"""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import quote

from flask import Blueprint, Response, abort, redirect, request, send_file
from werkzeug.exceptions import RequestedRangeNotSatisfiable
from werkzeug.wrappers import Response as AnyResponse

from portal.api.native import serving
from portal.publishing.manifest import ManifestEntry

downloads = Blueprint("downloads", __name__)

_PAGE_POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'self'"
)
_DATA_POLICY = "default-src 'none'; sandbox"


@downloads.get("/", defaults={"path": ""})
@downloads.get("/<path:path>")
def released_file(path: str) -> AnyResponse:
    """Serve a page or file of the release."""
    release = serving()
    name = f"site/{path}" + ("index.html" if not path or path.endswith("/") else "")
    entry = release.manifest.get(name)
    if entry is None:
        if f"site/{path}/index.html" in release.manifest:
            return redirect(f"{request.path.rsplit('/', 1)[-1]}/", code=308)
        abort(404)
    return _send(release.folder / name, entry)


def _send(file: Path, entry: ManifestEntry) -> Response:
    try:
        response = send_file(
            file,
            mimetype=entry.media_type.split(";")[0],
            etag=entry.sha256,
            conditional="," not in request.headers.get("Range", ""),
        )
    except RequestedRangeNotSatisfiable:
        response = Response(status=416, headers={"Content-Range": f"bytes */{entry.bytes}"})
    except FileNotFoundError:
        abort(404)
    if response.status_code in (200, 206):
        response.headers["Content-Type"] = entry.media_type
    response.headers["X-Content-Type-Options"] = "nosniff"
    if entry.download_name:
        response.headers["Content-Disposition"] = _disposition(file, entry.download_name)
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Content-Security-Policy"] = _DATA_POLICY
    else:
        page_like(response)
    return response


def _disposition(file: Path, name: str) -> str:
    r"""Return how the file is to be saved: its title (RFC 5987), and for old programs its plain name.

    >>> _disposition(Path("stops.csv"), "站点.csv")
    'attachment; filename="stops.csv"; filename*=UTF-8\'\'%E7%AB%99%E7%82%B9.csv'
    """
    plain = re.sub(r"[^A-Za-z0-9._-]", "_", file.name)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


def page_like(response: Response) -> Response:
    """Add the headers that pages have: nothing from elsewhere is loaded or run."""
    response.headers["Content-Security-Policy"] = _PAGE_POLICY
    response.headers["Referrer-Policy"] = "strict-origin-when-cross-origin"
    return response
