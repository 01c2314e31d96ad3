"""Downloads and pages over HTTP: files with Range and ETag, redirects, 404.

The files of a release: ranges, validators and media types. Only what the manifest lists is served, so
no address leads anywhere else. The ETag is the SHA-256 of what is sent, the file or its compressed variant: it stays
when a new release holds the same bytes.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

from flask import Blueprint, Response, abort, redirect, request, send_file
from werkzeug.exceptions import RequestedRangeNotSatisfiable
from werkzeug.wrappers import Response as AnyResponse

from portal.model.addresses import API_CATALOG, relative, site_file
from portal.publishing.files.manifest import ManifestEntry
from portal.publishing.site.assets import is_lasting
from portal.serving.codings import chosen_form, forms_of
from portal.serving.damage import damaged
from portal.serving.headers import data_like, digested, lasting, page_like, revalidated, varying
from portal.serving.negotiation import description_of, is_negotiated
from portal.serving.preconditions import Validators, Verdict, satisfiable, verdict, whole_second
from portal.serving.this_request import serving

downloads = Blueprint("downloads", __name__)

_CONDITIONS = (
    "HTTP_IF_MATCH",
    "HTTP_IF_UNMODIFIED_SINCE",
    "HTTP_IF_NONE_MATCH",
    "HTTP_IF_MODIFIED_SINCE",
    "HTTP_IF_RANGE",
)


@downloads.get("/", defaults={"path": ""})
@downloads.get("/<path:path>")
def released_file(path: str) -> AnyResponse:
    """Serve a page or file of the release; what stood below a former name is at the same place below the present."""
    release = serving()
    present = present_path(path, release.moved)
    if present:
        return redirect(relative(request.path, f"/{present}"), code=308)
    described = description_of(f"/{path}", request.headers.get("Accept"), release.manifest)
    name = f"site/{site_file(described or f'/{path}')}"
    entry = release.manifest.get(name)
    if entry is None or entry.encoding:
        if f"site/{path}/index.html" in release.manifest:
            return to_folder()
        abort(404)
    forms = forms_of(name, release.manifest)
    sent, entry = chosen_form(request, forms)
    response = _send(release.folder / sent, entry, release.folder / name, release.since)
    if is_lasting(f"/{path}") and response.status_code != 416:
        lasting(response)
    if path == API_CATALOG.removeprefix("/"):
        response.headers["Link"] = f'<{API_CATALOG}>; rel="api-catalog"'
    if described:
        response.headers["Content-Location"] = quote(described)
    if is_negotiated(f"/{path}"):
        response.vary.add("Accept")
    return varying(response) if len(forms) > 1 else response


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


def _send(file: Path, entry: ManifestEntry, unpacked: Path, since: datetime) -> Response:
    """Send *file*, which is *unpacked* or a variant of it; the time and the name are those of the file itself."""
    try:
        size_bytes, modified = file.stat().st_size, unpacked.stat().st_mtime
    except OSError as error:
        raise damaged([file.name]) from error
    if size_bytes != entry.bytes:
        raise damaged([file.name])
    validators = Validators(entry.sha256, whole_second(modified), since)
    how = verdict(request.method, dict(request.headers), validators)
    response = Response(status=412) if how == "failed" else _answer(file, entry, unpacked.name, validators, how)
    if entry.download_name:
        tagged = response if entry.encoding else digested(response, entry.sha256)
        return data_like(tagged, unpacked.name, entry.download_name)
    return page_like(response)


def _answer(file: Path, entry: ManifestEntry, name: str, validators: Validators, how: Verdict) -> Response:
    """Return the file, a part of it, or word that it is known; what was asked for is decided, and not asked again."""
    for condition in _CONDITIONS if how == "part" else (*_CONDITIONS, "HTTP_RANGE"):
        request.environ.pop(condition, None)
    if how == "part":
        request.environ["HTTP_RANGE"] = satisfiable(request.environ["HTTP_RANGE"], entry.bytes)
    if how == "not-modified":
        response = revalidated(Response(status=304))
        response.set_etag(validators.etag)
        return response
    try:
        response = send_file(
            file,
            mimetype=entry.media_type.split(";")[0],
            download_name=name,
            etag=validators.etag,
            last_modified=validators.modified,
            conditional=True,
        )
    except RequestedRangeNotSatisfiable:
        return Response(status=416, headers={"Content-Range": f"bytes */{entry.bytes}"})
    except OSError as error:
        raise damaged([file.name]) from error
    response.headers["Content-Type"] = entry.media_type
    if entry.encoding:
        response.headers["Content-Encoding"] = entry.encoding
    return response
