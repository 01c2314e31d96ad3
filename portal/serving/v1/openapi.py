"""openapi.json: the OpenAPI 3.1 description of /api/v1, its parameters, responses and shapes.

It is made from the declared endpoints (`portal.publishing.endpoints`) and the shapes that the answers are built with.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from portal import __version__
from portal.model.api import Choice, Endpoint, Name, Parameter, Several, WholeNumber
from portal.publishing.endpoints import (
    BASE,
    DATASET,
    HEALTH,
    PUBLISHER,
    PUBLISHERS,
    SEARCH,
    STANDARD,
    STANDARDS,
    STATS,
    THEMES,
)
from portal.serving.v1.group_shapes import PublisherDetail, PublisherList, ThemeList
from portal.serving.v1.service_shapes import Health, Problem
from portal.serving.v1.shapes import DatasetDetail, DatasetList
from portal.serving.v1.standard_shapes import StandardDetail, StandardList
from portal.serving.v1.stats_shapes import Stats

_ANSWERS: Mapping[Endpoint, type[BaseModel]] = {
    SEARCH: DatasetList,
    DATASET: DatasetDetail,
    PUBLISHERS: PublisherList,
    PUBLISHER: PublisherDetail,
    THEMES: ThemeList,
    STANDARDS: StandardList,
    STANDARD: StandardDetail,
    STATS: Stats,
    HEALTH: Health,
}
"""The shape of the answer of each endpoint; the description does not describe itself."""


def document(base_url: str) -> dict[str, Any]:
    """Return the description of the API as it is served at *base_url*."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Kaifang",
            "version": __version__,
            "description": "The catalogue of an open-data portal: search it, and find the files to download.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": f"{base_url}{BASE}"}],
        "paths": {
            endpoint.path.removeprefix(BASE): {"get": _operation(endpoint, model)}
            for endpoint, model in _ANSWERS.items()
        },
        "components": {"schemas": _schemas()},
    }


@cache
def _schemas() -> dict[str, Any]:
    """Return the shapes by name. They are those of the code, and take pydantic ten milliseconds: once is enough."""
    models: tuple[type[BaseModel], ...] = (*_ANSWERS.values(), Problem)
    _, schemas = models_json_schema(
        [(model, "serialization") for model in models], ref_template="#/components/schemas/{model}"
    )
    shapes: dict[str, Any] = schemas["$defs"]
    return shapes


def _operation(endpoint: Endpoint, model: type[BaseModel]) -> dict[str, Any]:
    parameters = [_parameter(item) for item in endpoint.parameters]
    return {
        "operationId": endpoint.operation,
        "summary": endpoint.summary,
        **({"parameters": parameters} if parameters else {}),
        "responses": _responses(model, *endpoint.errors),
    }


def _parameter(item: Parameter) -> dict[str, Any]:
    if isinstance(item, Name):
        return {"name": item.name, "in": "path", "required": True, "schema": {"type": "string"}}
    described = {"name": item.name, "in": "query", "description": item.meaning.en, "schema": _schema(item)}
    return described | {"explode": True} if isinstance(item, Several) else described


def _schema(item: Parameter) -> dict[str, Any]:
    """Return the JSON Schema of a parameter in the query."""
    match item:
        case Several():
            return {"type": "array", "items": {"type": "string"}}
        case Choice():
            default = {"default": item.default} if item.default else {}
            return {"type": "string", "enum": list(item.options), **default}
        case WholeNumber():
            return {"type": "integer", "minimum": 1, "maximum": item.maximum, "default": item.default}
        case _:
            return {"type": "string"}


def _responses(model: type[BaseModel], *errors: int) -> dict[str, Any]:
    return {
        "200": {"description": "The answer", "content": {"application/json": {"schema": _reference(model)}}},
        **{
            str(status): {
                "description": "What went wrong",
                "content": {"application/problem+json": {"schema": _reference(Problem)}},
            }
            for status in errors
        },
    }


def _reference(model: type[BaseModel]) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{model.__name__}"}
