"""What publishing counted in several tables of one shape, added up: gaps, ranges, frequent values of each column."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from portal.model.table_profile import ColumnKind, ColumnProfile, TableProfile, ValueCount
from portal.publishing.rows.typed_cells import key_reader

TOP_JOINED_MAX = 20
"""The most frequent values of a column of several tables together that are choices."""


def joined_profiles(
    tables: Iterable[TableProfile | None], fields: Iterable[Mapping[str, Any]]
) -> dict[str, ColumnProfile]:
    """Return the profile of each column of some tables together, {} where one of them was not counted.

    How often a value occurs is told (more than 0) where every table tells all of its values.
    """
    profiles = list(tables)
    known = [profile for profile in profiles if profile]
    if not known or len(known) < len(profiles):
        return {}
    by_name = {str(field["name"]): field for field in fields}
    columns = zip(*(profile.columns for profile in known), strict=True)
    return {several[0].name: _joined(several, by_name.get(several[0].name, {})) for several in columns}


def _joined(several: Sequence[ColumnProfile], field: Mapping[str, Any]) -> ColumnProfile:
    first = several[0]
    if any(one.is_withheld for one in several):
        return ColumnProfile(first.name, _gaps(several), None, type=first.type, kind=first.kind, is_withheld=True)
    key = key_reader(field)
    ends = [text for one in several for text in (one.minimum, one.maximum) if text]
    counts: Counter[str] = Counter()
    for one in several:
        for value in one.top:
            counts[value.value] += value.count
    is_whole = all(one.has_all_values for one in several)
    top = tuple(ValueCount(value, count if is_whole else 0) for value, count in counts.most_common(TOP_JOINED_MAX))
    return ColumnProfile(
        first.name,
        _gaps(several),
        len(counts) if is_whole else None,
        min(ends, key=key, default=""),
        max(ends, key=key, default=""),
        type=first.type,
        kind=_kind({one.kind for one in several}),
        top=top,
    )


def _kind(kinds: set[ColumnKind]) -> ColumnKind:
    kinds = kinds - {"empty"} or kinds
    if len(kinds) == 1:
        return next(iter(kinds))
    return "category" if kinds <= {"category", "identifier"} else "text"


def _gaps(several: Iterable[ColumnProfile]) -> int:
    return sum(one.gaps for one in several)
