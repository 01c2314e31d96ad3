"""profile.json: what the columns of a dataset's tables hold (gaps, distinct values, histogram, top values), as JSON.

No vocabulary of the field has a place for all of it. The words are those of the API; ``minimum`` and ``maximum`` are
those of Table Schema. Numbers of the table stand as the texts that the CSV has, so that no digit is lost.
"""

from __future__ import annotations

from typing import Any

from portal.model.addresses import dataset_path
from portal.model.table_profile import ColumnProfile, OverTime
from portal.publishing.publication import PublishedDataset


def dump(published: PublishedDataset, *, base_url: str) -> dict[str, Any] | None:
    """Return the profiles of a dataset's tables in the order of its resources, None where it has no table."""
    tables = [(item.resource.name, item.profile) for item in published.resources if item.profile]
    if not tables:
        return None
    return {
        "dataset": published.dataset.name,
        "page": base_url + dataset_path(published.dataset.name),
        "resources": [
            {"name": name, "rows": profile.rows, "fields": [column_document(column) for column in profile.columns]}
            for name, profile in tables
        ],
    }


def column_document(column: ColumnProfile) -> dict[str, Any]:
    """Return what is known of a column; what does not apply, or is withheld, is left out."""
    document: dict[str, Any] = {
        "name": column.name,
        "type": column.type,
        "kind": column.kind,
        "gaps": column.gaps,
        "distinct": column.distinct,
        "minimum": column.minimum,
        "maximum": column.maximum,
        "sum": column.total,
        "order": column.order,
        "top": [{"value": one.value, "count": one.count} for one in column.top],
        "histogram": [{"from": one.start, "to": one.end, "count": one.count} for one in column.bins],
        "over_time": _over_time(column.over_time) if column.over_time else None,
        "steps": (
            {"unit": column.steps.unit, "size": column.steps.size, "missing": column.steps.missing}
            if column.steps
            else None
        ),
        "total_row": column.has_total_row,
        "withheld": column.is_withheld,
    }
    return {key: value for key, value in document.items() if key in _ALWAYS or value}


_ALWAYS = ("name", "type", "kind", "gaps", "distinct")


def _over_time(counted: OverTime) -> dict[str, Any]:
    periods = zip(counted.starts, counted.counts, strict=True)
    return {"unit": counted.unit, "periods": [{"start": start, "count": count} for start, count in periods]}
