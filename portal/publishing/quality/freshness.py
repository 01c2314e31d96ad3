"""Freshness: whether a dataset is overdue by its promised update cycle (更新周期), and by how many days."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from portal.model.catalog import Dataset
from portal.model.quality import Freshness


def freshness(dataset: Dataset, windows: Mapping[str, int], *, today: date) -> Freshness:
    """Return until when the next update is due, and by how many days it is late.

    *windows* are days by update cycle, 0 for a cycle that promises nothing. The last update is the day that the
    dataset states, else that of its publishing. A dataset without files of its own, or one whose place another has
    taken, is not judged. Windows: ours (the national guide has none).

    >>> from portal.model.catalog import Publisher, Resource
    >>> from portal.model.text import LocalText
    >>> tables = (Resource("t", LocalText("表"), "table", "csv", "text/csv"),)
    >>> city = Publisher("city", LocalText("市"))
    >>> stops = Dataset("stops", LocalText("站点"), "stops", "stops/datapackage.yaml", city, resources=tables,
    ...     update_cycle="monthly", updated=date(2026, 1, 31))
    >>> found = freshness(stops, {"monthly": 62}, today=date(2026, 4, 5))
    >>> found.state, found.due, found.days_over
    ('overdue', datetime.date(2026, 4, 3), 2)
    """
    updated = dataset.updated or dataset.published
    if not dataset.resources:
        return Freshness("entry", updated)
    window = 0 if dataset.superseded_by else windows.get(dataset.update_cycle, 0)
    if not window:
        return Freshness("unscheduled", updated)
    if updated is None:
        return Freshness("undated")
    try:
        due = updated + timedelta(days=window)
    except OverflowError:
        return Freshness("unscheduled", updated)
    days_over = (today - due).days
    if days_over > 0:
        return Freshness("overdue", updated, due, days_over)
    return Freshness("current", updated, due)
