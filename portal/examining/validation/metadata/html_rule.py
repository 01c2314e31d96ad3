"""Rule on HTML (tags, entities) in titles, descriptions and keywords of a dataset, its tables and their columns.

What is read of these texts has no HTML any more, in pages, ``<meta>`` and every format; here it is told where it stood.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from portal.examining.validation.metadata.rule import Facts
from portal.findings.finding import Finding
from portal.model.catalog import Dataset
from portal.settings import html_in

_TEXTS = ("title", "description", "keywords")


def texts_without_html(dataset: Dataset, facts: Facts) -> Iterator[Finding]:
    """Titles and descriptions are plain text or Markdown; HTML would show as signs wherever no browser reads it."""
    document = dataset.descriptor
    place = {"dataset": dataset.name, "file": dataset.descriptor_file}
    yield from html_in(document, _TEXTS, **place)
    english = _mapping(_mapping(document.get("translations")).get("en"))
    yield from html_in(english, _TEXTS, path="translations.en", **place)
    yield from html_in(
        _mapping(english.get("fields")), _mapping(english.get("fields")), path="translations.en.fields", **place
    )
    translated = _mapping(english.get("resources"))
    for name, texts in translated.items():
        yield from html_in(_mapping(texts), _TEXTS, path=f"translations.en.resources.{name}", **place)
    for entry in document.get("resources") or ():
        resource = str(entry.get("name") or "")
        yield from html_in(entry, _TEXTS, resource=resource, **place)
        fields = _mapping(entry.get("schema")).get("fields")
        for field in fields if isinstance(fields, list) else ():
            path = f"schema.fields.{_mapping(field).get('name', '')}"
            yield from html_in(_mapping(field), _TEXTS, path=path, resource=resource, **place)


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
