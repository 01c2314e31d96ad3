"""CKAN Action API (/api/3/action): the list of actions, requests in its envelope, help_show, JSONP, version routes.

Reads alone, at ``/api/3/action`` and ``/api/action``, by GET and POST. Envelope, status codes and messages are CKAN's
own; the actions stand beside this file by what they are about. See `portal.publishing.formats.ckan` for the shape of a
dataset.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import simplejson
from flask import Blueprint, Response, request

from portal.model.addresses import CKAN_ACTIONS, CKAN_VERSIONS, ckan_action_path
from portal.publishing.endpoints import ACTIONS as DECLARED
from portal.serving.ckan.action_errors import ActionError, not_found
from portal.serving.ckan.action_parameters import CALLBACK, Parameters, read_parameters, required
from portal.serving.ckan.datastore.datastore_actions import datastore_info, datastore_search
from portal.serving.ckan.group_actions import group_autocomplete, group_list, group_package_show, group_show
from portal.serving.ckan.licence_actions import license_list
from portal.serving.ckan.organization_actions import (
    organization_autocomplete,
    organization_list,
    organization_list_for_user,
    organization_show,
)
from portal.serving.ckan.package_actions import (
    current_package_list_with_resources,
    package_autocomplete,
    package_list,
    package_show,
)
from portal.serving.ckan.package_search import package_search
from portal.serving.ckan.resource_actions import resource_search, resource_show, resource_view_list
from portal.serving.ckan.site_actions import status_show
from portal.serving.ckan.tag_actions import (
    tag_autocomplete,
    tag_list,
    tag_search,
    tag_show,
    vocabulary_list,
    vocabulary_show,
)
from portal.serving.current_release import OpenRelease
from portal.serving.this_request import public_address, serving

ckan = Blueprint("ckan", __name__)

JSON = "application/json;charset=utf-8"
JAVASCRIPT = "application/javascript;charset=utf-8"

_is_function = re.compile(r"[A-Za-z_$][\w$]*(\.[A-Za-z_$][\w$]*|\[[0-9]{1,4}\])*", re.ASCII).fullmatch
_in_json = simplejson.JSONEncoder(ensure_ascii=False, use_decimal=True, ignore_nan=True).encode
_CALLBACK_CHARACTERS_MAX = 100
"""Characters of the name of a function that a script asks to be called with an answer (JSONP)."""


@ckan.route(f"{CKAN_ACTIONS[0]}<name>", methods=["GET", "POST"])
@ckan.route(f"{CKAN_ACTIONS[1]}<name>", methods=["GET", "POST"])
def action(name: str) -> Response:
    """Carry out one action of CKAN's API."""
    release = serving()
    carry_out = ACTIONS.get(name)
    if carry_out is None:
        return _answer(f"Bad request - Action name not known: {name}", 400)
    try:
        parameters = read_parameters(request)
    except ValueError as error:
        return _answer(f"Bad request - JSON Error: {error}", 400)
    help_address = f"{public_address(release)}{ckan_action_path('help_show')}?name={name}"
    try:
        result = carry_out(release, parameters)
    except ActionError as error:
        details = {"__type": error.kind, **error.details}
        return _answer({"help": help_address, "success": False, "error": details}, error.status)
    return _answer({"help": help_address, "success": True, "result": result}, 200)


@ckan.get(CKAN_VERSIONS[0], endpoint="root", strict_slashes=False)
@ckan.get(CKAN_VERSIONS[1], strict_slashes=False)
def api_version(version: int = 1) -> Response:
    """Say which version of CKAN's API stands at an address; at the root of all it is the first."""
    return _answer({"version": version}, 200)


def _answer(document: Any, status: int) -> Response:
    """Return JSON, or the call of a function where a script asked for one (JSONP).

    What is not a plain name of a function is refused: the answer would run in the page that asked.
    """
    text = _in_json(document)
    if status != 200 or request.method not in ("GET", "HEAD") or CALLBACK not in request.args:
        return Response(_bytes(text), status=status, content_type=JSON)
    callback = request.args[CALLBACK]
    if len(callback) > _CALLBACK_CHARACTERS_MAX or not _is_function(callback):
        return Response(json.dumps("Bad request - callback is no name of a function"), status=400, content_type=JSON)
    return Response(_bytes(f"{callback}({text});"), content_type=JAVASCRIPT)


def _bytes(text: str) -> bytes:
    """Return UTF-8 that may stand in a script too; half a surrogate pair, which JSON can hold, becomes "?"."""
    return text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029").encode("utf-8", errors="replace")


def help_show(release: OpenRelease, parameters: Parameters) -> str:
    """Return what an action does and which parameters it takes."""
    name = required(parameters, "name")
    if name not in ACTIONS:
        raise not_found("Action function not found")
    lines = [f":param {item.name}: {item.meaning.en}" for item in DECLARED[name]]
    return "\n\n".join([str(ACTIONS[name].__doc__), "\n".join(lines)]).rstrip()


ACTIONS: dict[str, Callable[[OpenRelease, Parameters], Any]] = {
    one.__name__: one
    for one in (
        package_list,
        package_show,
        package_autocomplete,
        package_search,
        current_package_list_with_resources,
        resource_show,
        resource_search,
        resource_view_list,
        organization_list,
        organization_show,
        organization_autocomplete,
        organization_list_for_user,
        group_list,
        group_show,
        group_autocomplete,
        group_package_show,
        tag_list,
        tag_search,
        tag_autocomplete,
        tag_show,
        vocabulary_list,
        vocabulary_show,
        license_list,
        status_show,
        datastore_search,
        datastore_info,
        help_show,
    )
}
"""Every action by its name. There is no ``datastore_search_sql``: a CKAN that has it switched off does not know it."""
