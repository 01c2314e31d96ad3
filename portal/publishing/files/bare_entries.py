"""The entry of a dataset that is not given out: no path, format, licence, and nothing that its schema says of values.

Names, titles and descriptions of columns are part of the entry; enumerations, ranges, patterns and formats of values
tell what stands in the cells. A licence would say that everybody may use what nobody gets, and programs that harvest
the catalogue make an open dataset of it.
"""

from __future__ import annotations

from dataclasses import replace

from portal.model.catalog import Dataset, Field, Resource, Schema

_SAYING_NO_VALUE = ("required", "unique")
"""Constraints of a column that tell nothing of its values."""


def bare_entry(dataset: Dataset) -> Dataset:
    """Return *dataset* as its entry alone."""
    return replace(dataset, licences=(), resources=tuple(map(_bare_resource, dataset.resources)), views=(), source=None)


def without_values(resource: Resource) -> Resource:
    """Return *resource* without what its schema says of values."""
    return replace(resource, schema=_bare_schema(resource.schema))


def _bare_resource(resource: Resource) -> Resource:
    return replace(
        without_values(resource),
        paths=(),
        url="",
        format="",
        media_type="",
        encoding="",
        crs="",
        compression="",
        member="",
    )


def _bare_schema(schema: Schema) -> Schema:
    return replace(schema, fields=tuple(map(_bare_field, schema.fields)))


def _bare_field(field: Field) -> Field:
    kept = {name: True for name in _SAYING_NO_VALUE if field.constraints.get(name) is True}
    return replace(field, format="default", constraints=kept)
