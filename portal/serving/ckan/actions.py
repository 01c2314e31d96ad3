"""CKAN Action API (/api/3/action): package_search, package_show, package_list, status_show; GET and POST.

Reads alone, at ``/api/3/action`` and ``/api/action``. Envelope, status codes and messages are CKAN's own; see
`portal.publishing.formats.ckan` for the shape of a dataset.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from flask import Blueprint, Response, request

from portal.model.addresses import CKAN_ACTIONS, ckan_action_path
from portal.model.api import Count
from portal.model.limits import JSON_DEPTH_MAX
from portal.model.nesting import nests_deeper
from portal.publishing.endpoints import ACTIONS as DECLARED
from portal.publishing.endpoints import LIMIT, OFFSET, ROWS_WANTED, START
from portal.publishing.formats import ckan as ckan_format
from portal.publishing.search.query import SearchQuery
from portal.serving.current_release import OpenRelease
from portal.serving.this_request import public_address, serving

ckan = Blueprint("ckan", __name__)

SORT_DEFAULT = "score desc, metadata_modified desc"

Parameters = Mapping[str, Any]


class ActionError(Exception):
    """An error inside CKAN's envelope."""

    def __init__(self, status: int, kind: str, **details: Any) -> None:
        super().__init__(kind)
        self.status = status
        self.kind = kind
        self.details = details


@ckan.route(f"{CKAN_ACTIONS[0]}<name>", methods=["GET", "POST"])
@ckan.route(f"{CKAN_ACTIONS[1]}<name>", methods=["GET", "POST"])
def action(name: str) -> Response:
    """Carry out one action of CKAN's API."""
    release = serving()
    carry_out = ACTIONS.get(name)
    if carry_out is None:
        return _json(f"Bad request - Action name not known: {name}", 400)
    try:
        parameters = _parameters()
    except ValueError as error:
        return _json(f"Bad request - JSON Error: {error}", 400)
    help_address = f"{public_address(release)}{ckan_action_path('help_show')}?name={name}"
    try:
        result = carry_out(release, parameters)
    except ActionError as error:
        details = {"__type": error.kind, **error.details}
        return _json({"help": help_address, "success": False, "error": details}, error.status)
    return _json({"help": help_address, "success": True, "result": result}, 200)


def _parameters() -> Parameters:
    """Read the parameters as CKAN does: from the query string, a form, or a JSON object.

    A form whose first key is a JSON object is JSON that curl sent as a form. Raises ValueError for broken JSON.
    """
    if request.form:
        form = request.form.to_dict(flat=False)
        text = next(iter(form))
        if not text.lstrip().startswith("{"):
            return _flat(form)
    else:
        text = request.get_data(as_text=True) if request.method == "POST" else ""
    if not text.strip():
        return _flat(request.args.to_dict(flat=False))
    if nests_deeper(text, JSON_DEPTH_MAX):
        raise ValueError(f"the body is nested more than {JSON_DEPTH_MAX} deep")
    document = json.loads(text)
    if not isinstance(document, dict):
        raise ValueError("the body is no JSON object")
    return document


def _flat(values: Mapping[str, list[str]]) -> Parameters:
    return {name: items[0] if len(items) == 1 else items for name, items in values.items()}


def _json(document: Any, status: int) -> Response:
    text = json.dumps(document, ensure_ascii=False)
    return Response(text, status=status, content_type="application/json;charset=utf-8")


def status_show(release: OpenRelease, parameters: Parameters) -> dict[str, Any]:
    """Say what the site is."""
    portal = release.directory.portal
    return {
        "site_title": str(portal.title),
        "site_description": str(portal.description),
        "site_url": public_address(release),
        "error_emails_to": None,
        "locale_default": "zh_Hans_CN",
        "extensions": [],
        "ckan_version": ckan_format.CKAN_VERSION,
    }


def package_list(release: OpenRelease, parameters: Parameters) -> list[str]:
    """List the names of all datasets, sorted."""
    return release.records.names(_count(parameters, OFFSET), _count(parameters, LIMIT))


def package_show(release: OpenRelease, parameters: Parameters) -> dict[str, Any]:
    """Show one dataset, asked for by its name or its id."""
    key = parameters.get("id") or parameters.get("name_or_id")
    if not key:
        raise ActionError(409, "Validation Error", id=["Missing value"])
    name = release.moved.get(("datasets", str(key)), str(key))
    published = release.records.get(name) or release.records.by_ckan_id(name)
    if published is None:
        raise ActionError(404, "Not Found Error", message="Not found")
    return ckan_format.dump(published, base_url=public_address(release))


def package_search(release: OpenRelease, parameters: Parameters) -> dict[str, Any]:
    """Search datasets by words; *count* does not depend on rows and start."""
    unknown = sorted(set(parameters) - _SEARCH_PARAMETERS)
    if unknown:
        raise ActionError(
            400, "Search Query Error", message=f"Search Query is invalid: Invalid search parameters: {unknown}"
        )
    text = str(parameters.get("q") or "*:*").strip()
    if ":" in text and text != "*:*":
        raise ActionError(
            400, "Search Query Error", message="Search Query is invalid: only plain words are understood, no fields"
        )
    query = SearchQuery(
        text="" if text == "*:*" else text,
        start=_count(parameters, START),
        per_page=_count(parameters, ROWS_WANTED),
    )
    hits = release.engine.search(query)
    address = public_address(release)
    return {
        "count": hits.total,
        "facets": {},
        "results": [ckan_format.dump(item, base_url=address) for item in release.records.several(hits.names)],
        "sort": SORT_DEFAULT,
        "search_facets": {},
    }


def help_show(release: OpenRelease, parameters: Parameters) -> str:
    """Say what an action does."""
    name = parameters.get("name")
    if not name:
        raise ActionError(409, "Validation Error", name=["Missing value"])
    if str(name) not in ACTIONS:
        raise ActionError(404, "Not Found Error", message="Action function not found")
    return ACTIONS[str(name)].__doc__ or ""


def _count(parameters: Parameters, declared: Count) -> int:
    """Read a number as CKAN does. Raises ActionError for whatever is no natural number."""
    value = parameters.get(declared.name)
    if value in (None, ""):
        return declared.default
    text = str(value)
    if isinstance(value, bool) or not (text.isascii() and text.isdigit() and len(text) < 10):
        raise ActionError(409, "Validation Error", **{declared.name: ["Must be a natural number"]})
    return int(text) if declared.maximum is None else min(int(text), declared.maximum)


_IGNORED = frozenset(["include_private", "include_drafts", "include_deleted", "use_default_schema"])
_SEARCH_PARAMETERS = frozenset(item.name for item in DECLARED["package_search"]) | _IGNORED

ACTIONS: dict[str, Callable[[OpenRelease, Parameters], Any]] = {
    "help_show": help_show,
    "status_show": status_show,
    "package_list": package_list,
    "package_show": package_show,
    "package_search": package_search,
}
