"""Table Schema of a register standard, on its own and fitted to the headings of a table."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from portal.model.catalog import EDITIONS
from portal.standards.register import Standard, StandardField

TRUE_VALUES = ("是", "true", "True", "TRUE", "1")
FALSE_VALUES = ("否", "false", "False", "FALSE", "0")
STANDARD_FIELD = "standardField"
"""The key of a fitted field that names the field of the standard; ours, other readers of Table Schema pass over it."""


def table_schema(standard: Standard) -> dict[str, Any]:
    """Return the standard as a Table Schema with what the standard says beyond it.

    >>> from portal.standards.loading import standard_named
    >>> schema = table_schema(standard_named("department"))
    >>> schema["primaryKey"], schema["fields"][1]["codeFormat"]
    (['uscc'], 'uscc')
    """
    return {
        "name": standard.name,
        "title": standard.title.zh,
        "titles": {"zh": standard.title.zh, "en": standard.title.en},
        "description": standard.description.zh,
        "version": standard.version,
        "fields": [{**_field(item), **_beyond(item)} for item in standard.fields],
        "primaryKey": list(standard.primary_key),
        "registerKeys": [
            {
                "fields": list(key.fields),
                "reference": {"standard": key.standard, "fields": list(key.reference_fields)},
            }
            for key in standard.foreign_keys
        ],
        "missingValues": [""],
    }


def plain_schema(standard: Standard) -> dict[str, Any]:
    """Return what a table with the names of the fields as its headings is checked against."""
    return fitted_schema(standard, [item.name for item in standard.fields])


def fitted_schema(standard: Standard, labels: Sequence[str]) -> dict[str, Any]:
    """Return the Table Schema of a table with the headings *labels*, its fields in their order and by their names.

    A heading that names no field of the standard gets a field of any type.

    >>> from portal.standards.loading import standard_named
    >>> schema = fitted_schema(standard_named("department"), ["统一社会信用代码", "Name", "其他"])
    >>> [(item["name"], item.get("standardField")) for item in schema["fields"]], schema["primaryKey"]
    ([('统一社会信用代码', 'uscc'), ('Name', 'name'), ('其他', None)], ['统一社会信用代码'])
    """
    matched = matched_fields(standard, labels)
    headings = {item.name: label for label, item in zip(labels, matched, strict=True) if item}
    fields = [
        {**_field(item), "name": label, STANDARD_FIELD: item.name} if item else {"name": label, "type": "any"}
        for label, item in zip(labels, matched, strict=True)
    ]
    schema: dict[str, Any] = {"fields": fields, "missingValues": [""]}
    if all(name in headings for name in standard.primary_key):
        schema["primaryKey"] = [headings[name] for name in standard.primary_key]
    return schema


def schema_for_people(standard: Standard, schema: Mapping[str, Any]) -> dict[str, Any]:
    """Return a fitted schema as pages show it: in both languages, and without the values that are refused."""
    by_name = {item.name: item for item in standard.fields}
    return {
        **schema,
        "fields": [_for_people(field, by_name.get(field.get(STANDARD_FIELD))) for field in schema["fields"]],
    }


def _for_people(field: Mapping[str, Any], item: StandardField | None) -> Mapping[str, Any]:
    if item is None:
        return field
    texts = {"title": item.title, "description": item.description}
    both = {key: {"zh": text.zh, "en": text.en} for key, text in texts.items() if text}
    return {**field, **both, **({"constraints": _constraints(item)} if item.values else {})}


def _constraints(item: StandardField) -> dict[str, Any]:
    return {**item.constraints, "enum": [value.zh for value in item.values]}


def matched_fields(standard: Standard, labels: Sequence[str]) -> list[StandardField | None]:
    """Return the field that each heading names: by its name or one of its titles, each field once."""
    known: dict[str, StandardField] = {}
    for item in standard.fields:
        for text in (item.name, item.title.zh, item.title.en):
            known.setdefault(_folded(text), item)
    taken: set[str] = set()
    matched: list[StandardField | None] = []
    for label in labels:
        field = known.get(_folded(label))
        field = None if field is None or field.name in taken else field
        taken.update([field.name] if field else [])
        matched.append(field)
    return matched


def _folded(text: str) -> str:
    """Return a heading without what people write differently: width, case, blanks, a star for required ones."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split()).rstrip("*")


def _field(item: StandardField) -> dict[str, Any]:
    constraints: dict[str, Any] = dict(item.constraints)
    if item.values:
        # What is refused has a finding of its own, which says more than that the value is not in the list.
        constraints["enum"] = [*(value.zh for value in item.values), *item.refused]
    field: dict[str, Any] = {"name": item.name, "title": item.title.zh, "type": item.type}
    if item.description:
        field["description"] = item.description.zh
    if constraints:
        field["constraints"] = constraints
    if item.type == "boolean":
        field |= {"trueValues": list(TRUE_VALUES), "falseValues": list(FALSE_VALUES)}
    if item.code_format:
        field["codeFormat"] = item.code_format
    return field


def _beyond(item: StandardField) -> Mapping[str, Any]:
    """Return what the standard says of a field beyond Table Schema; its list of values without what is refused."""
    more: dict[str, Any] = {"titles": {"zh": item.title.zh, "en": item.title.en}}
    if item.values:
        more["constraints"] = _constraints(item)
        more["categories"] = [{"value": value.zh, "label": value.en} for value in item.values]
    if item.references:
        more["references"] = list(item.references)
    if item.source:
        more["source"] = item.source
    return {**more, "visibility": {edition: edition in item.editions for edition in EDITIONS}}
