"""Tables of one shape (a file a month): which of a dataset are alike, the newest first where their names tell times."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from portal.model.named_times import TABLES_ALIKE_MIN
from portal.publishing.publication import PublishedResource

_TIME = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)(?:\D{0,3}(\d{1,2})(?!\d))?(?:\D{0,3}(\d{1,2})(?!\d))?")

Numbered = tuple[int, PublishedResource]
"""A resource with its number in the descriptor, from 1."""


def alike_tables(resources: Sequence[PublishedResource]) -> dict[str, list[Numbered]]:
    """Return by their shape the tables of which there are enough of one shape, in the order of the descriptor."""
    found: dict[str, list[Numbered]] = {}
    for number, item in enumerate(resources, start=1):
        if item.table_file:
            found.setdefault(shape_key(item), []).append((number, item))
    return {shape: members for shape, members in found.items() if len(members) >= TABLES_ALIKE_MIN}


def shape_key(item: PublishedResource) -> str:
    """Return what tables that are shown as one have alike: all that their dictionary tells, which stands once."""
    return json.dumps(item.table_schema, sort_keys=True, ensure_ascii=False, default=str)


def newest_first(members: Sequence[Numbered]) -> list[Numbered]:
    """Return tables with the newest first where their names tell times, otherwise as they were declared."""
    return by_their_times(members) or list(members)


def by_their_times(members: Sequence[Numbered]) -> list[Numbered] | None:
    """Return tables by the times that they are called after, None where these do not tell all of them apart."""
    times = [_time_in(item) for _, item in members]
    if any(time is None for time in times) or len(set(times)) < len(times):
        return None
    pairs = zip(times, members, strict=True)
    return [member for _, member in sorted(pairs, key=lambda pair: pair[0] or (), reverse=True)]


def _time_in(item: PublishedResource) -> tuple[int, ...] | None:
    """Return the year, month and day that a resource is called after.

    >>> from portal.model.catalog import Resource
    >>> from portal.model.text import LocalText
    >>> item = Resource("counts-2024-06", LocalText("2024年6月交通量"), "table", "csv", "text/csv")
    >>> _time_in(PublishedResource(item))
    (2024, 6)
    """
    for text in (item.resource.name, item.resource.title.to("zh")):
        found = _TIME.search(text)
        if found:
            return tuple(int(part) for part in found.groups() if part)
    return None
