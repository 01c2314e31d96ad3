"""How endpoints of /api/v1 are declared to Flask and answered: the rule of a path, JSON of a shape, the language."""

from __future__ import annotations

from flask import Response, request
from pydantic import BaseModel

from portal.model.api import Endpoint, Several
from portal.model.errors import QueryError
from portal.publishing.endpoints import BASE, LANG
from portal.serving.rows.known_columns import shown


def rule(endpoint: Endpoint) -> str:
    """Return an endpoint's path as Flask spells it, without what all of them begin with."""
    return endpoint.path.removeprefix(BASE).replace("{", "<").replace("}", ">")


def answer(model: BaseModel) -> Response:
    """Return the answer of this shape."""
    return Response(model.model_dump_json(), content_type="application/json")


def asked_of(endpoint: Endpoint) -> dict[str, list[str]]:
    """Return the parameters of the request. Raises QueryError for one that *endpoint* does not take so often."""
    asked = request.args.to_dict(flat=False)
    taken = {item.name: item for item in endpoint.parameters if f"{{{item.name}}}" not in endpoint.path}
    known = sorted(taken)
    for name, values in asked.items():
        if name not in known:
            allowed = ", ".join(known)
            raise QueryError(
                name,
                f"没有参数“{shown(name)}”；可用：{allowed}",
                f'There is no parameter "{shown(name)}"; use {allowed}.',
            )
        if len(values) > 1 and not isinstance(taken[name], Several):
            raise QueryError(
                name,
                f"{name} 只能写一次，现在写了 {len(values)} 次",
                f"{name} may stand once, and stands {len(values)} times.",
            )
    return asked


def language(endpoint: Endpoint) -> str:
    """Return the language that *endpoint* is asked for. Raises QueryError for one that there is not."""
    return LANG.read(asked_of(endpoint))
