"""Errors of the API as JSON: ``application/problem+json`` (RFC 9457)."""

from __future__ import annotations

import json
from http import HTTPStatus

from flask import Response

PROBLEM_TYPE = "application/problem+json"


def problem(status: int, detail: str, *, detail_zh: str = "", parameter: str = "") -> Response:
    """Return a problem document; *parameter* is the argument at fault."""
    document = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        **({"detail_zh": detail_zh} if detail_zh else {}),
        **({"parameter": parameter} if parameter else {}),
    }
    return Response(json.dumps(document, ensure_ascii=False), status=status, content_type=PROBLEM_TYPE)
