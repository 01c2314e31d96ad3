"""The rule on declared views (`views:`): each can be drawn; wrong columns, wrong types and unknown marks are told."""

from __future__ import annotations

from collections.abc import Iterator

from portal.examining.privacy.withheld_values import withheld_columns
from portal.examining.validation.metadata.rule import Facts, find
from portal.findings.finding import Finding
from portal.model.catalog import Dataset, Field
from portal.model.named_times import TABLE_COLUMN
from portal.model.text import LocalText
from portal.model.view_reading import faults_of, faults_of_tables, read_views


def views_usable(dataset: Dataset, facts: Facts) -> Iterator[Finding]:
    """A view whose columns or marks are wrong is not drawn; the dataset is published all the same."""
    resources = {item.name: item for item in dataset.resources}
    views, faults = read_views(dataset.descriptor.get("views"), list(resources))
    found = list(faults)
    for view in views:
        fields = resources[view.resource].schema.fields
        if fields and view.is_over_tables:
            found += faults_of_tables(view, dataset.resources)
            fields = (Field(TABLE_COLUMN, LocalText(TABLE_COLUMN)), *fields)
        if fields:
            found += faults_of(view, fields, withheld_columns(dataset, fields))
    for fault in found:
        yield find(dataset, "view-unusable", field=fault.key, value=fault.name, reason=fault.reason)
