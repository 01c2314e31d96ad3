"""openapi.json: the OpenAPI 3.1 description of /api/v1, its parameters, responses and shapes.

It is made from the shapes that the answers are built with.
"""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from portal import __version__
from portal.model.text import LANGUAGES
from portal.publishing.search.query import PAGE_MAX, PER_PAGE, PER_PAGE_MAX, SORTS
from portal.publishing.search.search_documents import FACETS
from portal.serving.v1.shapes import DatasetDetail, DatasetList, Health, Problem

_MODELS: tuple[type[BaseModel], ...] = (DatasetList, DatasetDetail, Health, Problem)


def document(base_url: str) -> dict[str, Any]:
    """Return the description of the API as it is served at *base_url*."""
    _, schemas = models_json_schema(
        [(model, "serialization") for model in _MODELS], ref_template="#/components/schemas/{model}"
    )
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Kaifang",
            "version": __version__,
            "description": "The catalogue of an open-data portal: search it, and find the files to download.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": f"{base_url}/api/v1"}],
        "paths": {
            "/datasets": {
                "get": {
                    "operationId": "searchDatasets",
                    "summary": "Search the catalogue",
                    "parameters": _search_parameters(),
                    "responses": _responses(DatasetList, 400),
                }
            },
            "/datasets/{name}": {
                "get": {
                    "operationId": "getDataset",
                    "summary": "Describe one dataset",
                    "parameters": [
                        {"name": "name", "in": "path", "required": True, "schema": {"type": "string"}},
                        _LANGUAGE_PARAMETER,
                    ],
                    "responses": _responses(DatasetDetail, 400, 404),
                }
            },
            "/health": {
                "get": {
                    "operationId": "getHealth",
                    "summary": "Whether the service is up, and which release it serves",
                    "responses": _responses(Health),
                }
            },
        },
        "components": {"schemas": schemas["$defs"]},
    }


_LANGUAGE_PARAMETER = {
    "name": "lang",
    "in": "query",
    "description": "Language of titles and descriptions",
    "schema": {"type": "string", "enum": list(LANGUAGES), "default": LANGUAGES[0]},
}


def _search_parameters() -> list[dict[str, Any]]:
    def parameter(name: str, description: str, schema: dict[str, Any]) -> dict[str, Any]:
        return {"name": name, "in": "query", "description": description, "schema": schema}

    return [
        parameter("q", "Words that all must occur", {"type": "string"}),
        *(
            {
                **parameter(name, "Values of which one must hold", {"type": "array", "items": {"type": "string"}}),
                "explode": True,
            }
            for name in FACETS
        ),
        parameter(
            "sort",
            "Order; by default relevance with words and updated without",
            {"type": "string", "enum": list(SORTS)},
        ),
        parameter("page", "Page, from 1", {"type": "integer", "minimum": 1, "maximum": PAGE_MAX, "default": 1}),
        parameter(
            "per_page",
            "Items a page",
            {"type": "integer", "minimum": 1, "maximum": PER_PAGE_MAX, "default": PER_PAGE},
        ),
        _LANGUAGE_PARAMETER,
    ]


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
