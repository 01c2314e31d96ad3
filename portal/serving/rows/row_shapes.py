"""Shapes of questions and answers about rows for OpenAPI: the JSON answer, the posted document, the other formats."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, Field

from portal.model.api import CONTROL_SIGNS
from portal.publishing.rows.row_parameters import (
    CURSOR_CHARACTERS_MAX,
    ENCODINGS,
    FORMATS,
    LIST_CHARACTERS_MAX,
    NEAR_CHARACTERS_MAX,
    ROWS_ASKED_MAX,
    WORDS_CHARACTERS_MAX,
)
from portal.publishing.rows.written_points import POINT
from portal.serving.rows.conditions import OPERATORS, VALUES_MAX, WITHIN_TEXT
from portal.serving.rows.row_answers import ROW_MEDIA_TYPES
from portal.serving.rows.typed_values import TEXT_CHARACTERS_MAX


class RowFieldShape(BaseModel):
    """A column of an answer."""

    name: str
    type: str = Field(description="a type of Table Schema")
    title: str


class RowList(BaseModel):
    """Rows as lists of values, each in the order of the fields."""

    fields: list[RowFieldShape]
    rows: list[list[str | int | float | bool | None]]
    total: int | None = Field(description="rows of all pages; null where it was not wanted")
    next: str | None = Field(description="the cursor of the next page; null at the last one")


NOT_BLANK = rf"^[^{CONTROL_SIGNS}]*[^\s{CONTROL_SIGNS}][^{CONTROL_SIGNS}]*$"
"""What a text of a question is: something, without control characters."""
PLAIN = f"^[^{CONTROL_SIGNS}]*$"
QUESTION = "RowQuestion"
WHERE = "RowWhere"


def schemas_of_questions() -> dict[str, Any]:
    """Return the shapes of a posted question, by name."""
    return {QUESTION: _question(), WHERE: _where()}


def other_media_types() -> dict[str, Any]:
    """Return the answers that are no document of JSON, by media type."""
    text = {"schema": {"type": "string"}}
    return {media_type: text for format_, media_type in ROW_MEDIA_TYPES.items() if format_ != "json"}


def _question() -> dict[str, Any]:
    names = {
        "type": "array",
        "items": {"type": "string", "minLength": 1, "maxLength": LIST_CHARACTERS_MAX, "pattern": NOT_BLANK},
    }
    amount = {"type": "integer", "minimum": 1, "maximum": ROWS_ASKED_MAX}
    return {
        "type": "object",
        "description": "A question about rows; the keys are the parameters of the query string without underscore.",
        "properties": {
            "where": {"$ref": f"#/components/schemas/{WHERE}"},
            "fields": names,
            "sort": names,
            "group_by": names,
            "aggregate": names,
            "limit": {"anyOf": [amount, {"const": "all"}]},
            "cursor": {"type": "string", "minLength": 1, "maxLength": CURSOR_CHARACTERS_MAX, "pattern": NOT_BLANK},
            "q": {"type": "string", "minLength": 1, "maxLength": WORDS_CHARACTERS_MAX, "pattern": NOT_BLANK},
            "near": {"type": "string", "maxLength": NEAR_CHARACTERS_MAX, "pattern": POINT},
            "gaps": {"type": "boolean"},
            "distinct": {"type": "boolean"},
            "total": {"type": "boolean"},
            "format": {"type": "string", "enum": list(FORMATS)},
            "encoding": {"type": "string", "enum": list(ENCODINGS)},
            "excel_safe": {"type": "boolean"},
            "lang": {"type": "string", "enum": ["zh", "en"]},
        },
        "additionalProperties": False,
    }


def _where() -> dict[str, Any]:
    there = {"$ref": f"#/components/schemas/{WHERE}"}
    several = {"type": "array", "items": there, "minItems": 1}
    text = {"type": "string", "maxLength": TEXT_CHARACTERS_MAX, "pattern": PLAIN}
    value = {"anyOf": [text, {"type": ["number", "boolean"]}]}
    values = {"type": "array", "items": value, "minItems": 1, "maxItems": VALUES_MAX}
    compared = [operator for operator in OPERATORS if operator not in (*WITHIN_TEXT, "in", "isnull")]
    conditions = (
        _condition({"enum": compared, "default": "eq"}, value),
        _condition({"enum": list(WITHIN_TEXT)}, text | {"minLength": 1}),
        _condition({"enum": ["in"]}, values),
        _condition({"enum": ["isnull"]}, {"type": "boolean"}),
    )
    return {
        "description": "A condition, or a tree of and, or, not.",
        "oneOf": [*conditions, *(_only(word, several) for word in ("and", "or")), _only("not", there)],
    }


def _condition(operator: dict[str, Any], value: dict[str, Any]) -> dict[str, Any]:
    """Return the shape of a condition with one of these operators; the one that has a default may leave it out."""
    column = "a column, or a step along a foreign key: column.column"
    return {
        "type": "object",
        "properties": {
            "field": {"type": "string", "maxLength": TEXT_CHARACTERS_MAX, "pattern": PLAIN, "description": column},
            "op": {"type": "string"} | operator,
            "value": value,
        },
        "required": ["field", "value"] if "default" in operator else ["field", "op", "value"],
        "additionalProperties": False,
    }


def _only(word: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": {word: schema}, "required": [word], "additionalProperties": False}
