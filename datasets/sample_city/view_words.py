"""Words of views of the sample: marks, channels and titles as `views:` of a descriptor has them."""

from __future__ import annotations

from typing import Any

Words = dict[str, str]


def words(zh: str, en: str) -> Words:
    """Return a text in both languages."""
    return {"zh": zh, "en": en}


def view(
    name: str, resource: str, mark: str, encoding: dict[str, Any], *filters: dict[str, Any], title: Words | None = None
) -> dict[str, Any]:
    """Return a view of one table; *filters* say of columns which values count, *title* what else must be known."""
    transform = {"transform": [{"filter": item} for item in filters]} if filters else {}
    named = {"name": name, **({"title": title} if title else {}), "resources": [resource]}
    return {**named, "spec": {"mark": mark, **transform, "encoding": encoding}}


def total(field: str, zh: str, en: str) -> dict[str, Any]:
    """Return numbers that are added up."""
    return {"field": field, "aggregate": "sum", "title": words(zh, en)}


def mean(field: str, zh: str, en: str) -> dict[str, Any]:
    """Return numbers that are averaged."""
    return {"field": field, "aggregate": "mean", "title": words(zh, en)}


def count(zh: str, en: str, unit: str = "个") -> dict[str, Any]:
    """Return how many rows there are, as things of a name."""
    return {"aggregate": "count", "title": words(zh, en), **({"unit": words(unit, "")} if unit != "个" else {})}


def by(field: str, zh: str, en: str, **more: Any) -> dict[str, Any]:
    """Return a column whose values are told apart."""
    return {"field": field, "title": words(zh, en), **more}
