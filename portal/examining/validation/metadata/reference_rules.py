"""The rule on `reference` of a field: the dataset, the resource and the column that list its codes are there."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from portal.examining.reading.descriptors.wanted_values import as_list, as_mapping
from portal.examining.validation.metadata.rule import Facts, find, joined
from portal.findings.finding import Finding
from portal.findings.words import said
from portal.model.catalog import Dataset
from portal.model.text import LocalText


def references_lead_somewhere(dataset: Dataset, facts: Facts) -> Iterator[Finding]:
    """A column whose codes another dataset lists names that table by its dataset, resource and column."""
    for at, resource in enumerate(as_list(dataset.descriptor.get("resources")), start=1):
        fields = as_list(as_mapping(as_mapping(resource).get("schema")).get("fields"))
        for number, entry in enumerate(fields, start=1):
            stated = as_mapping(entry).get("reference")
            fault = None if stated is None else _fault(stated, dataset, facts.columns)
            if fault:
                key, reason = fault
                place = f"resources[{at}].schema.fields[{number}].reference{f'.{key}' if key else ''}"
                yield find(dataset, "reference-unusable", field=place, reason=reason)


def _fault(
    stated: Any, dataset: Dataset, columns: Mapping[str, Mapping[str, frozenset[str]]]
) -> tuple[str, Any] | None:
    """Return the key of a reference that is wrong, and why; None where it leads somewhere."""
    if not isinstance(stated, Mapping):
        return "", LocalText("应写成键值对", "it should be a mapping")
    for key in ("dataset", "resource"):
        if not isinstance(stated.get(key), str) or not stated[key].strip():
            return key, LocalText(f"缺少 {key}", f"{key} is missing")
    to, table = stated["dataset"], stated["resource"]
    if to == dataset.name:
        return "dataset", LocalText(
            "同一数据集内应使用 foreignKeys", "within a dataset that is what foreignKeys are for"
        )
    if to not in columns:
        return "dataset", LocalText(f"目录中没有数据集“{to}”", f'the catalogue has no dataset "{to}"')
    if table not in columns[to]:
        return "resource", _none_such(
            f"数据集“{to}”没有资源“{table}”，它有 ", f'the dataset "{to}" has no resource "{table}" but ', columns[to]
        )
    names = stated.get("fields")
    name = names[0] if isinstance(names, list) and len(names) == 1 else names
    if not isinstance(name, str):
        return "fields", LocalText("应是一个列名", "it should be the name of one column")
    known = columns[to][table]
    if known and name not in known:
        return "fields", _none_such(f"“{table}”没有列“{name}”，它有 ", f'"{table}" has no column "{name}" but ', known)
    return None


def _none_such(zh: str, en: str, names: Collection[str]) -> LocalText:
    """Return what is missing, and what is there instead."""
    told = joined(sorted(names))
    return LocalText(zh + said(told, "zh"), en + said(told, "en"))
