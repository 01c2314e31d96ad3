"""The Flask app: blueprints, error handlers, the limit of a request's body.

Configuration, and what happens to errors.
"""

from __future__ import annotations

import contextlib
import json
import logging
from pathlib import Path

from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException

from portal.i18n import translate
from portal.model.addresses import CKAN_APIS, language_of
from portal.model.errors import QueryError, ReleaseError
from portal.serving.ckan.actions import ckan
from portal.serving.ckan.typed_addresses import typed_addresses
from portal.serving.current_release import ReleaseSource
from portal.serving.damage import damaged
from portal.serving.downloads import downloads
from portal.serving.headers import finish, is_api
from portal.serving.html_pages import error_page, pages
from portal.serving.problems import problem
from portal.serving.rows.resource_views import resources
from portal.serving.rows.row_pages import row_pages
from portal.serving.rows.row_views import rows
from portal.serving.this_request import serving
from portal.serving.v1.change_views import changes
from portal.serving.v1.holding_views import holdings
from portal.serving.v1.views import native

REQUEST_BYTES_MAX = 1024 * 1024
"""A request with a larger body is refused with status 413."""

logger = logging.getLogger(__name__)


def create_app(release: Path) -> Flask:
    """Make the app that serves *release*: a release's folder, or the link ``current`` to it."""
    app = Flask("kaifang", static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = REQUEST_BYTES_MAX
    app.extensions["kaifang"] = ReleaseSource(release)
    for blueprint in (native, resources, rows, holdings, changes, ckan, typed_addresses, row_pages, pages, downloads):
        app.register_blueprint(blueprint)
    app.register_error_handler(QueryError, _query_error)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(ReleaseError, _release_error)
    app.register_error_handler(Exception, _unexpected)
    app.after_request(finish)
    return app


def _query_error(error: QueryError) -> Response:
    return problem(error.status, error.message.en, detail_zh=error.message.zh, parameter=error.parameter)


def _http_error(error: HTTPException) -> Response:
    status = error.code or 500
    if _is_action():
        return _bare(f"Bad request - {error.name}", 400 if status in (404, 405) else status)
    if is_api(request.path):
        answer = problem(status, error.description or error.name)
    else:
        lang = _page_language()
        answer = error_page(status, translate(lang, "The server cannot answer this request."), lang)
    for name, value in error.get_headers():
        if name in ("Allow", "Retry-After"):
            answer.headers[name] = value
    return answer


def _release_error(error: ReleaseError) -> Response:
    if is_api(request.path):
        return problem(503, error.message.en, detail_zh=error.message.zh)
    text = error.message.to(_page_language())
    return Response(text, status=503, content_type="text/plain; charset=utf-8", headers={"Retry-After": "30"})


def _unexpected(error: Exception) -> Response:
    """Answer what nobody foresaw; where the release was damaged meanwhile, that is why."""
    with contextlib.suppress(ReleaseError):
        changed = serving().watch.search_damage()
        if changed:
            return _release_error(damaged(changed))
    logger.exception("unexpected error at %s", request.path, exc_info=error)
    if _is_action():
        details = {"__type": "Internal Server Error", "message": "Internal Server Error"}
        return _bare({"success": False, "error": details}, 500)
    if is_api(request.path):
        return problem(500, "The server failed; the operator finds the reason in its log.")
    lang = _page_language()
    return error_page(500, translate(lang, "The server failed. Please try again later."), lang)


def _bare(document: object, status: int) -> Response:
    return Response(json.dumps(document), status=status, content_type="application/json;charset=utf-8")


def _is_action() -> bool:
    return request.path.startswith(CKAN_APIS)


def _page_language() -> str:
    return language_of(request.path)
