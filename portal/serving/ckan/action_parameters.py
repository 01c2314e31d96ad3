"""Parameters of CKAN actions: GET arguments, forms, JSON bodies read into one mapping; numbers, switches, names in it.

Unknown parameters are passed over, as CKAN does; an action that refuses some looks for them itself. Nothing read here
is more than a value: whoever uses one asks for the kind it must be of.
Source: ckan/views/api.py (_get_request_data) and ckan/logic/validators.py of CKAN 2.11.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from flask import Request
from werkzeug.datastructures import MultiDict

from portal.model.limits import JSON_DEPTH_MAX
from portal.model.nesting import nests_deeper
from portal.serving.ckan.action_errors import invalid

Parameters = Mapping[str, Any]

CALLBACK = "callback"
"""The parameter that asks for JSONP; no action sees it."""

_TRUE = frozenset("true yes on y t 1".split())
_FALSE = frozenset("false no off n f 0".split())
_DIGITS_MAX = 9
"""Digits of a number in a parameter of CKAN's actions."""


def read_parameters(request: Request) -> Parameters:
    """Read the parameters as CKAN does: a form first, then the query string, then a JSON object as the body.

    JSON that came under the media type of forms is JSON (curl -d), and a body needs no media type at all. A key that
    stands several times in a form or a query string has a list. Raises ValueError for broken JSON.
    """
    body = request.get_data() if request.method == "POST" else b""
    form = request.form if request.method == "POST" else MultiDict[str, str]()
    if form:
        found = _json_object(sent) if (sent := _json_sent_as_form(form, body)) else _flat(form.to_dict(flat=False))
    elif request.args:
        found = _flat(request.args.to_dict(flat=False))
    else:
        found = _json_object(body.decode("utf-8", errors="replace")) if body.strip() else {}
    return {name: value for name, value in found.items() if name != CALLBACK}


def _json_sent_as_form(form: Mapping[str, str], body: bytes) -> str:
    """Return the JSON that the body of a form is, as it stands or as its only key; "" where it is a form."""
    if body.lstrip().startswith(b"{"):
        return body.decode("utf-8", errors="replace")
    key = next(iter(form))
    return key if len(form) == 1 and form[key] in ("", "1") and key.lstrip().startswith("{") else ""


def _json_object(text: str) -> dict[str, Any]:
    if nests_deeper(text, JSON_DEPTH_MAX):
        raise ValueError(f"the body is nested more than {JSON_DEPTH_MAX} deep")
    document = json.loads(text)
    if not isinstance(document, dict):
        raise ValueError("Request data JSON decoded to something that is no dictionary.")
    return document


def _flat(values: Mapping[str, list[str]]) -> dict[str, Any]:
    return {name: items[0] if len(items) == 1 else items for name, items in values.items()}


def required(parameters: Parameters, name: str) -> str:
    """Return the text of a parameter that must be there. Raises ActionError where it is missing."""
    value = parameters.get(name)
    if value in (None, "", [], {}):
        raise invalid(**{name: ["Missing value"]})
    return str(value)


def words(parameters: Parameters, name: str) -> str:
    """Return the text of a parameter that may be missing, "" where it is. Raises ActionError for lists and objects."""
    value = parameters.get(name)
    if isinstance(value, list | dict):
        raise invalid(**{name: ["Must be a string"]})
    return "" if value is None else str(value).strip()


def several(parameters: Parameters, name: str) -> tuple[str, ...]:
    """Return the texts of a parameter that is a list, or texts with commas between them."""
    value = parameters.get(name)
    if isinstance(value, str):
        value = value.split(",")
    if value in (None, {}) or not isinstance(value, list):
        return () if not value else (str(value),)
    return tuple(text for item in value if (text := str(item).strip()))


def natural(parameters: Parameters, name: str) -> int | None:
    """Return a number from 0, None where it is not given. Raises ActionError, with CKAN's words, for anything else.

    >>> natural({"limit": " 5 "}, "limit"), natural({"limit": 5.0}, "limit"), natural({}, "limit")
    (5, 5, None)
    """
    number = whole(parameters, name)
    if number is not None and number < 0:
        raise invalid(**{name: ["Must be a natural number"]})
    return number


def whole(parameters: Parameters, name: str) -> int | None:
    """Return a whole number, None where it is not given. Raises ActionError, with CKAN's words, for anything else."""
    value = parameters.get(name)
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    number = _whole(value)
    if number is None:
        raise invalid(**{name: ["Invalid integer"]})
    return number


def _whole(value: Any) -> int | None:
    if isinstance(value, float) and value.is_integer() and abs(value) < 10**_DIGITS_MAX:
        return int(value)
    if isinstance(value, bool) or not isinstance(value, int | str):
        return None
    text = str(value).strip() if isinstance(value, str) or abs(value) < 10**_DIGITS_MAX else ""
    digits = text.removeprefix("-")
    return int(text) if digits.isascii() and digits.isdigit() and len(digits) <= _DIGITS_MAX else None


def truth(parameters: Parameters, name: str, default: bool) -> bool:
    """Return whether a switch is on. Raises ActionError, with CKAN's words, for what is neither true nor false.

    >>> truth({"all_fields": "True"}, "all_fields", False), truth({"all_fields": 0}, "all_fields", True)
    (True, False)
    """
    value = parameters.get(name)
    if value is None or value == "":
        return default
    text = str(value).strip().lower()
    if text in _TRUE or text in _FALSE:
        return text in _TRUE
    raise invalid(message="Parameter is not an bool")
