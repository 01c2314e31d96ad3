"""JSON in the cells of a table (types array, object, geojson, geopoint) that is nested too deeply to be parsed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from portal.examining.understanding import UnderstoodDataset
from portal.examining.validation.cells.cell_rules import Fault
from portal.examining.validation.cells.checked_cells import Column, faults_of_columns, fields_by_column
from portal.findings.finding import Finding
from portal.model.limits import JSON_DEPTH_MAX, Limits
from portal.model.nesting import nests_deeper

JSON_TYPES = frozenset(["array", "object", "geojson", "geopoint"])
"""Types of Table Schema whose cells Frictionless parses as JSON."""


@dataclass(frozen=True)
class Depths:
    """Lists and objects in a cell that stand more than `JSON_DEPTH_MAX` deep in each other."""

    codes: ClassVar[frozenset[str]] = frozenset(["json-too-deep"])

    def suspicion(self, cell: str) -> str:
        """Whatever opens more lists and objects than may stand in each other."""
        return f"length({cell}) - length(translate({cell}, '[{{', '')) > {JSON_DEPTH_MAX}"

    def is_clean(self, column: str) -> bool:
        """Whether no cell is nested too deeply."""
        return not any(nests_deeper(cell, JSON_DEPTH_MAX) for cell in column.split("\0"))

    def faults(self, text: str) -> Iterator[Fault]:
        """Yield the fault of one text.

        >>> [list(Depths().faults("[" * levels)) for levels in (64, 65)]
        [[], [('json-too-deep', {'number': 64})]]
        """
        if nests_deeper(text, JSON_DEPTH_MAX):
            yield "json-too-deep", {"number": JSON_DEPTH_MAX}


def check_depths(understood: UnderstoodDataset, limits: Limits) -> Iterator[Finding]:
    """Yield the cells that Frictionless must not parse, at most *limits.errors_max* in a table.

    Nothing of a cell is quoted for a dataset that is not open.
    """
    for table in understood.tables.values():
        looked_at = tuple(
            Column(number, str(field.get("name")), frozenset(), (Depths(),))
            for number, field in fields_by_column(table)
            if field.get("type") in JSON_TYPES
        )
        yield from faults_of_columns(understood.dataset, table, looked_at, limits)
