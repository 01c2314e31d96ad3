"""The Flask app: blueprints, error handlers, limits of a request, and what every answer goes through.

Configuration, and what happens to errors.
"""

from __future__ import annotations

import contextlib
import json
import logging
import re
from pathlib import Path

from flask import Flask, Response, abort, current_app, g, request
from werkzeug.exceptions import HTTPException, NotFound
from werkzeug.middleware.proxy_fix import ProxyFix

from portal.i18n import translate
from portal.model.addresses import CKAN_APIS, language_of
from portal.model.errors import QueryError, ReleaseError
from portal.publishing.search.engines.wordless_engine import SearchUnavailable
from portal.serving.answer_tags import known_already, tagged
from portal.serving.ckan.actions import ckan
from portal.serving.ckan.datastore.datastore_dump import datastore_dump
from portal.serving.ckan.typed_addresses import typed_addresses
from portal.serving.codings import compressed
from portal.serving.current_release import ReleaseSource
from portal.serving.damage import damaged
from portal.serving.downloads import downloads
from portal.serving.headers import finish, is_api
from portal.serving.html_pages import error_page, pages
from portal.serving.large_pages import LargePages, enlarged
from portal.serving.lean_flask import LeanFlask
from portal.serving.maintenance import Maintenance
from portal.serving.mcp.http_transport import agents
from portal.serving.options import ServingOptions
from portal.serving.problems import SENTENCES, problem, problem_of
from portal.serving.qr_codes import qr_codes
from portal.serving.request_limits import RequestLimits, tell_limits
from portal.serving.request_record import Accounts
from portal.serving.rows.resource_views import resources
from portal.serving.rows.row_pages import row_pages
from portal.serving.rows.row_views import rows
from portal.serving.this_request import asked, serving
from portal.serving.v1.change_views import changes
from portal.serving.v1.holding_views import holdings
from portal.serving.v1.result_files import result_files
from portal.serving.v1.search_views import searches
from portal.serving.v1.views import native

REQUEST_BYTES_MAX = 1024 * 1024
"""A request with a larger body is refused with status 413."""

REQUEST_TARGET_BYTES_MAX = 48 * 1024
"""A longer address with its query is refused with status 414."""

_RETRY_SECONDS = "30"
"""After so many seconds a release that was damaged may be asked for again."""

_SAID_TO_PEOPLE = (414, 429)
"""What went wrong that a page says in more words: whoever pasted a text or came too often can do something about it."""

_is_host = re.compile(r"(?:[A-Za-z0-9._-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])?(?::[0-9]{1,5})?", re.ASCII).fullmatch

logger = logging.getLogger(__name__)


def create_app(release: Path, options: ServingOptions | None = None) -> Flask:
    """Make the app that serves *release*: a release's folder, or the link ``current`` to it."""
    options = options or ServingOptions()
    app = LeanFlask("kaifang")
    app.config["MAX_CONTENT_LENGTH"] = REQUEST_BYTES_MAX
    app.extensions["kaifang"] = ReleaseSource(release)
    for blueprint in (
        native,
        searches,
        result_files,
        resources,
        rows,
        holdings,
        changes,
        ckan,
        datastore_dump,
        typed_addresses,
        qr_codes,
        row_pages,
        agents,
        pages,
        downloads,
    ):
        app.register_blueprint(blueprint)
    app.register_error_handler(QueryError, _query_error)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(ReleaseError, _release_error)
    app.register_error_handler(Exception, _unexpected)
    accounts = app.extensions["kaifang-accounts"] = Accounts(options)
    app.before_request(accounts.begin)
    app.before_request(Maintenance(release).check)
    app.before_request(_well_formed)
    if options.is_limited:
        app.before_request(RequestLimits(options.limit_storage).check)
    app.before_request(_known_already)
    app.after_request(lambda response: accounts.end(_complete(response)))
    app.wsgi_app = LargePages(app.wsgi_app)  # type: ignore[method-assign]
    if options.trusted_proxies:
        count = options.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=count)  # type: ignore[method-assign]
    return app


def _well_formed() -> None:
    """Refuse what no browser sends: two hosts or one that is none, and addresses without end."""
    environ = asked().environ
    is_nameless = "HTTP_HOST" not in environ and environ.get("SERVER_PROTOCOL") == "HTTP/1.1"
    if is_nameless or not _is_host(environ.get("HTTP_HOST", "")):
        abort(400)
    if len(environ.get("PATH_INFO", "")) + len(environ.get("QUERY_STRING", "")) > REQUEST_TARGET_BYTES_MAX:
        abort(414)


def _known_already() -> Response | None:
    """Answer 304 at once to who has what would be answered."""
    request = asked()
    return known_already(serving(), request) if "HTTP_IF_NONE_MATCH" in request.environ else None


def _complete(response: Response) -> Response:
    """Add what every answer has: headers of its address, a tag, what is left of the asker's requests; compress it."""
    request = asked()
    finish(response, request)
    tell_limits(response)
    if response.status_code == 200:
        with contextlib.suppress(ReleaseError):
            tagged(response, serving(), request)
    return compressed(enlarged(response, request), request)


def _query_error(error: QueryError) -> Response:
    return problem(error.status, error.message.en, detail_zh=error.message.zh, parameter=error.parameter)


def _http_error(error: HTTPException) -> Response:
    status = error.code or 500
    if status == 405 and is_api(request.path) and _is_nothing():
        error, status = NotFound(), 404
    if status == 429:
        _count_refusal()
    if _is_action():
        answer = _action_error(error, status)
    elif is_api(request.path):
        is_of_us = status != 429 and error.description != type(error).description
        own_words = error.description if is_of_us else ""
        answer = problem(status, own_words) if own_words else problem_of(status, error.description or error.name)
    else:
        lang = _page_language()
        sentence = translate(lang, "The server cannot answer this request.")
        answer = error_page(status, SENTENCES[status].to(lang) if status in _SAID_TO_PEOPLE else sentence, lang)
    for name, value in error.get_headers():
        if name in ("Allow", "Retry-After"):
            answer.headers[name] = value
    return answer


def _release_error(error: ReleaseError) -> Response:
    if is_api(request.path):
        answer = problem(503, error.message.en, detail_zh=error.message.zh)
        answer.headers["Retry-After"] = _RETRY_SECONDS
        return answer
    lang = _page_language()
    text = error.message.to(lang)
    if isinstance(error, SearchUnavailable):
        return error_page(503, text, lang)
    return Response(text, status=503, content_type="text/plain; charset=utf-8", headers={"Retry-After": _RETRY_SECONDS})


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
        return problem_of(500, "")
    lang = _page_language()
    return error_page(500, "", lang)


def _action_error(error: HTTPException, status: int) -> Response:
    """Return an error in the shape in which clients of CKAN look for it."""
    if status == 429:
        details = {"__type": "Rate Limit Error", "message": SENTENCES[429].en}
        return _bare({"success": False, "error": details}, 429)
    return _bare(f"Bad request - {error.name}", 400 if status in (404, 405) else status)


def _is_nothing() -> bool:
    """Whether no endpoint has the address that was asked: only files could be there, and of those are none."""
    with contextlib.suppress(HTTPException):
        adapter = current_app.create_url_adapter(request)
        return adapter is not None and adapter.match(method="GET")[0] == "downloads.released_file"
    return False


def _count_refusal() -> None:
    accounts: Accounts = current_app.extensions["kaifang-accounts"]
    if accounts.metrics:
        accounts.metrics.refused(g.kind)


def _bare(document: object, status: int) -> Response:
    return Response(json.dumps(document), status=status, content_type="application/json;charset=utf-8")


def _is_action() -> bool:
    return request.path.startswith(CKAN_APIS)


def _page_language() -> str:
    return language_of(request.path)
