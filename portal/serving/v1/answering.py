"""How endpoints of /api/v1 are declared to Flask and answered: the rule of a path, JSON of a shape, the language."""

from __future__ import annotations

from flask import Response, request
from pydantic import BaseModel

from portal.model.api import Endpoint
from portal.publishing.endpoints import BASE, LANG


def rule(endpoint: Endpoint) -> str:
    """Return an endpoint's path as Flask spells it, without what all of them begin with."""
    return endpoint.path.removeprefix(BASE).replace("{", "<").replace("}", ">")


def answer(model: BaseModel) -> Response:
    """Return the answer of this shape."""
    return Response(model.model_dump_json(), content_type="application/json")


def language() -> str:
    """Return the language that was asked for. Raises QueryError for one that there is not."""
    return LANG.read(request.args.to_dict(flat=False))
