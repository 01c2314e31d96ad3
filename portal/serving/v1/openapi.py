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
from portal.model.api import (
    CONTROL_SIGNS,
    Amount,
    Choice,
    Columns,
    Endpoint,
    Moment,
    Name,
    Parameter,
    Several,
    Text,
    Token,
    WholeNumber,
    YesNo,
)
from portal.model.known_formats import ATOM_MEDIA_TYPE
from portal.publishing.endpoints import (
    BASE,
    CHANGES,
    DATASET,
    HEALTH,
    PUBLISHER,
    PUBLISHERS,
    RESOURCE,
    RESOURCES,
    ROWS_TOGETHER,
    SEARCH,
    SEARCH_CSV,
    SEARCH_FEED,
    STANDARD,
    STANDARDS,
    STATS,
    SUGGEST,
    TABLE_ROWS,
    THEMES,
)
from portal.publishing.rows.row_parameters import LIKE
from portal.serving.rows.resource_views import ResourceDetail, ResourceList
from portal.serving.rows.row_shapes import NOT_BLANK, QUESTION, RowList, other_media_types, schemas_of_questions
from portal.serving.v1.change_shapes import ChangeList
from portal.serving.v1.group_shapes import PublisherDetail, PublisherList, ThemeList
from portal.serving.v1.search_shapes import DatasetList, SuggestionList
from portal.serving.v1.service_shapes import Health, Problem
from portal.serving.v1.shapes import DatasetDetail
from portal.serving.v1.standard_shapes import StandardDetail, StandardList
from portal.serving.v1.stats_shapes import Stats

_ANSWERS: Mapping[Endpoint, type[BaseModel]] = {
    SEARCH: DatasetList,
    SUGGEST: SuggestionList,
    DATASET: DatasetDetail,
    RESOURCES: ResourceList,
    RESOURCE: ResourceDetail,
    TABLE_ROWS: RowList,
    ROWS_TOGETHER: RowList,
    PUBLISHERS: PublisherList,
    PUBLISHER: PublisherDetail,
    THEMES: ThemeList,
    STANDARDS: StandardList,
    STANDARD: StandardDetail,
    STATS: Stats,
    CHANGES: ChangeList,
    HEALTH: Health,
}
"""The shape of the answer of each endpoint; the description does not describe itself."""


_TEXTS: Mapping[Endpoint, str] = {SEARCH_CSV: "text/csv", SEARCH_FEED: ATOM_MEDIA_TYPE}
"""The media type of the endpoints that answer with a file."""
_BLANK = {"const": ""}
"""What forms send for a field that was left blank; it asks for nothing."""


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
            endpoint.path.removeprefix(BASE): operations
            for endpoint, operations in (
                *((endpoint, _operations(endpoint, model)) for endpoint, model in _ANSWERS.items()),
                *((endpoint, {"get": _text_operation(endpoint, kind)}) for endpoint, kind in _TEXTS.items()),
            )
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
    return shapes | schemas_of_questions()


def _operations(endpoint: Endpoint, model: type[BaseModel]) -> dict[str, Any]:
    """Return what may be done at an address: GET, and POST where the same may be asked as JSON."""
    operation = _operation(endpoint, model)
    if not endpoint.takes_body:
        return {"get": operation}
    kept = [item for item in operation["parameters"] if item["in"] == "path" or item["name"] == LIKE.name]
    question = {"application/json": {"schema": {"$ref": f"#/components/schemas/{QUESTION}"}}}
    return {
        "get": operation,
        "post": operation
        | {
            "operationId": f"post{endpoint.operation[0].upper()}{endpoint.operation[1:]}",
            "parameters": kept,
            "requestBody": {"required": True, "content": question},
            "responses": operation["responses"] | _problems(415),
        },
    }


def _text_operation(endpoint: Endpoint, media_type: str) -> dict[str, Any]:
    """Return what may be done at an address that answers with a text of another format."""
    content = {media_type: {"schema": {"type": "string"}}}
    return {
        "operationId": endpoint.operation,
        "summary": endpoint.summary,
        "parameters": [_parameter(item) for item in endpoint.parameters],
        "responses": {
            "200": {"description": "The answer", "content": content},
            **_problems(*endpoint.errors),
            **_problems_of_the_moment(),
        },
    }


def _operation(endpoint: Endpoint, model: type[BaseModel]) -> dict[str, Any]:
    parameters = [_parameter(item) for item in endpoint.parameters]
    return {
        "operationId": endpoint.operation,
        "summary": endpoint.summary,
        **({"parameters": parameters} if parameters else {}),
        "responses": _responses(model, *endpoint.errors, others=other_media_types() if model is RowList else {}),
    }


def _parameter(item: Parameter) -> dict[str, Any]:
    if isinstance(item, Name):
        return {"name": item.name, "in": "path", "required": True, "schema": {"type": "string"}}
    described = {"name": item.name, "in": "query", "description": item.meaning.en, "schema": _schema(item)}
    if isinstance(item, Columns):
        return described | {"style": "form", "explode": True}
    is_list = isinstance(item, Several) or (isinstance(item, Text) and item.repeats)
    return described | {"explode": True} if is_list else described


def _schema(item: Parameter) -> dict[str, Any]:
    """Return the JSON Schema of a parameter in the query."""
    match item:
        case Several():
            return {"type": "array", "items": {"type": "string"}}
        case Choice():
            # Forms send what was not chosen as a blank, and it chooses nothing.
            default = {"default": item.default} if item.default else {}
            return {"type": "string", "enum": list(item.allowed), **default}
        case WholeNumber():
            number = {"type": "integer", "minimum": 1, "maximum": item.maximum}
            return {"anyOf": [number, _BLANK], "default": item.default}
        case Moment():
            return {"type": "string", "anyOf": [{"format": "date-time"}, {"format": "date"}, _BLANK]}
        case Token():
            return {"type": "string", "pattern": f"^({item.pattern})?$"}
        case Columns():
            values = {"type": ["string", "array"], "items": {"type": "string"}}
            return {
                "type": "object",
                "propertyNames": {"pattern": f"^[^_{CONTROL_SIGNS}][^{CONTROL_SIGNS}]*$"},
                "additionalProperties": values,
            }
        case Text():
            # No maxLength: what is longer than an address may be never gets as far as here.
            text = {"type": "string", "minLength": 1, "pattern": item.pattern or NOT_BLANK}
            return {"type": "array", "items": text} if item.repeats else text
        case Amount():
            number = {"type": "integer", "minimum": 1, "maximum": item.maximum}
            return {"anyOf": [number, {"type": "string", "const": "all"}]}
        case YesNo():
            return {"type": "boolean", "default": item.default}
        case _:
            return {"type": "string"}


def _responses(model: type[BaseModel], *errors: int, others: Mapping[str, Any]) -> dict[str, Any]:
    content = {"application/json": {"schema": _reference(model)}, **others}
    return {"200": {"description": "The answer", "content": content}, **_problems(*errors), **_problems_of_the_moment()}


def _problems(*errors: int) -> dict[str, Any]:
    return {
        str(status): {
            "description": "What went wrong",
            "content": {"application/problem+json": {"schema": _reference(Problem)}},
        }
        for status in errors
    }


def _problems_of_the_moment() -> dict[str, Any]:
    """Return what any request may be answered with: too many of them, or a release that is being put right."""
    again = {"Retry-After": {"description": "seconds", "schema": {"type": "integer"}}}
    return {status: told | {"headers": again} for status, told in _problems(429, 503).items()}


def _reference(model: type[BaseModel]) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{model.__name__}"}
