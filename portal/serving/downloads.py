"""Downloads and pages over HTTP: Range, ETag, If-None-Match, redirects, 404.

The files of a release: ranges, validators and media types. Only what the manifest lists is served, so
no address leads anywhere else. The ETag is the file's SHA-256: it stays when a new release holds the same bytes.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

from flask import Blueprint, Response, abort, redirect, request, send_file
from werkzeug.exceptions import RequestedRangeNotSatisfiable
from werkzeug.wrappers import Response as AnyResponse

from portal.model.addresses import relative, site_file
from portal.publishing.files.manifest import ManifestEntry
from portal.serving.headers import data_like, page_like
from portal.serving.this_request import serving

downloads = Blueprint("downloads", __name__)


@downloads.get("/", defaults={"path": ""})
@downloads.get("/<path:path>")
def released_file(path: str) -> AnyResponse:
    """Serve a page or file of the release; what stood below a former name is at the same place below the present."""
    release = serving()
    present = present_path(path, release.moved)
    if present:
        return redirect(relative(request.path, f"/{present}"), code=308)
    name = f"site/{site_file(f'/{path}')}"
    entry = release.manifest.get(name)
    if entry is None:
        if f"site/{path}/index.html" in release.manifest:
            return to_folder()
        abort(404)
    return _send(release.folder / name, entry)


def present_path(path: str, moved: Mapping[tuple[str, str], str]) -> str:
    """Return where what stood at *path* stands now, "" where it has not moved.

    >>> present_path("en/datasets/old/report/", {("datasets", "old"): "new"})
    'en/datasets/new/report/'
    >>> present_path("data/old/old.csv", {("datasets", "old"): "new"}), present_path("datasets/", {})
    ('data/new/old.csv', '')
    """
    parts = path.split("/")
    start = 1 if parts[0] == "en" else 0
    kind, name = (*parts[start : start + 2], "", "")[:2]
    new = moved.get(("datasets" if kind == "data" else kind, name))
    return "/".join([*parts[: start + 1], new, *parts[start + 2 :]]) if new else ""


def to_folder() -> AnyResponse:
    """Redirect to the same address with a slash at the end; relatively, so that no Host header has a say in it."""
    query = f"?{request.query_string.decode('ascii', 'ignore')}" if request.query_string else ""
    return redirect(f"{quote(request.path.rsplit('/', 1)[-1])}/{query}", code=308)


def _send(file: Path, entry: ManifestEntry) -> Response:
    if not _wants_one_range(request.method, request.headers.get("Range", "")):
        request.environ.pop("HTTP_RANGE", None)
    try:
        response = send_file(
            file,
            mimetype=entry.media_type.split(";")[0],
            etag=entry.sha256,
            conditional=True,
        )
    except RequestedRangeNotSatisfiable:
        response = Response(status=416, headers={"Content-Range": f"bytes */{entry.bytes}"})
    except FileNotFoundError:
        abort(404)
    if response.status_code in (200, 206):
        response.headers["Content-Type"] = entry.media_type
    return data_like(response, file.name, entry.download_name) if entry.download_name else page_like(response)


def _wants_one_range(method: str, ranges: str) -> bool:
    """Whether a part is asked for that is given out: one range of bytes, by GET (RFC 9110, 14.2); else the whole is."""
    return method == "GET" and ranges.startswith("bytes=") and "," not in ranges
