"""Re-identification, k-anonymity: small groups by quasi-identifiers (birth, sex, area); tables that join.

Can people be told apart by what is no identifier, in one table or across tables? Quasi-identifiers (birth date, sex,
area ...) point to a person together. They are declared by ``catalogue.quasi_identifiers``; where nothing is declared
and they stand together, that is a warning. k-anonymity with k = 5: every combination of their values should stand in at
least five rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any

from portal.examining.privacy.exceptions import declared
from portal.examining.privacy.recognising.column_hints import roles_of
from portal.examining.privacy.sieved_cells import CellsOfTable
from portal.examining.reading.cells_in_duckdb import column, connect, refusals, relation_sql
from portal.examining.understanding import UnderstoodDataset
from portal.findings.finding import Finding, found
from portal.model.catalog import Dataset
from portal.model.limits import Limits
from portal.model.text import enumerated
from portal.model.understood_table import UnderstoodTable

if TYPE_CHECKING:
    import duckdb

GROUP_ROWS_MIN = 5
JOINED_ROWS_MAX = 2_000_000
"""Larger tables are not joined to see whether small groups appear."""
PAIRS_MAX = 200
"""Pairs of tables that are joined in one catalogue."""
SHARED_VALUES_MIN = 0.5
"""Two tables share a key where this part of the values of one stands in the other."""


@dataclass(frozen=True)
class QuasiTable:
    """A table and its quasi-identifiers by position from 0."""

    dataset: Dataset
    table: UnderstoodTable
    columns: tuple[int, ...]
    is_declared: bool

    @property
    def fields(self) -> str:
        """The labels of the quasi-identifiers."""
        return enumerated("zh", (self.table.labels[number] for number in self.columns))


def small_groups(understood: UnderstoodDataset, work_dir: Path) -> Iterator[Finding]:
    """Yield a warning for every table of a dataset whose quasi-identifiers make small groups."""
    for item in quasi_tables(understood):
        place: dict[str, Any] = {
            "dataset": item.dataset.name,
            "resource": item.table.resource,
            "file": item.table.place_of(1)[0],
        }
        if not item.is_declared:
            yield found("quasi-identifiers-undeclared", **place, fields=item.fields)
        count, smallest = CellsOfTable(item.table, work_dir).smallest_groups(item.columns, GROUP_ROWS_MIN)
        if count:
            yield found(
                "small-groups", **place, fields=item.fields, count=count, smallest=smallest, limit=GROUP_ROWS_MIN
            )


def quasi_tables(understood: UnderstoodDataset) -> Iterator[QuasiTable]:
    """Yield the tables with quasi-identifiers: declared ones, else those that seem to be some."""
    dataset = understood.dataset
    stated = declared(dataset, date.max).quasi_identifiers
    for table in understood.tables.values():
        if stated is not None:
            numbers = [
                number
                for number, label in enumerate(table.labels)
                if label in stated or f"{table.resource}.{label}" in stated
            ]
        else:
            numbers = _proposed(dataset, table)
        if numbers:
            yield QuasiTable(dataset, table, tuple(numbers), stated is not None)


def _proposed(dataset: Dataset, table: UnderstoodTable) -> list[int]:
    """Return columns for birth or age, sex and area where they stand together and no column counts people."""
    roles = [roles_of(label) for label in table.labels]
    if dataset.granularity == "aggregated" or any("count" in item for item in roles):
        return []
    wanted = ({"birth", "age"}, {"sex"}, {"area", "home"})
    if not all(any(not group.isdisjoint(item) for item in roles) for group in wanted):
        return []
    everything = set().union(*wanted)
    return [number for number, item in enumerate(roles) if not everything.isdisjoint(item)]


def linkage(accepted: Sequence[UnderstoodDataset], limits: Limits, work_dir: Path) -> Iterator[Finding]:
    """Yield a warning for every two open tables that join on a shared key to small groups.

    Looked at are tables with quasi-identifiers; two that have different ones, and a column of the same name whose
    values are unique in one of them and mostly the same. The cost is bounded by rows and by pairs.
    """
    tables = [item for understood in accepted if understood.dataset.is_released for item in quasi_tables(understood)]
    pairs = [
        (one, other, key)
        for one, other in combinations(tables, 2)
        if set(_labels(one)) - set(_labels(other)) and set(_labels(other)) - set(_labels(one))
        for key in _shared_labels(one, other)
    ]
    for one, other, key in pairs[:PAIRS_MAX]:
        connection = connect(work_dir)
        try:
            found_groups = _joined_groups(connection, one, other, key)
        except refusals():
            continue
        finally:
            connection.close()
        if found_groups:
            count, smallest, fields = found_groups
            yield found(
                "linkage-risk",
                dataset=one.dataset.name,
                resource=one.table.resource,
                file=one.table.place_of(1)[0],
                field=key,
                other=f"{other.dataset.name}/{other.table.resource}",
                fields=fields,
                count=count,
                smallest=smallest,
                limit=GROUP_ROWS_MIN,
            )


def _labels(item: QuasiTable) -> list[str]:
    return [item.table.labels[number] for number in item.columns]


def _shared_labels(one: QuasiTable, other: QuasiTable) -> list[str]:
    quasi = {*_labels(one), *_labels(other)}
    return [label for label in one.table.labels if label and label in other.table.labels and label not in quasi]


def _joined_groups(
    connection: duckdb.DuckDBPyConnection, one: QuasiTable, other: QuasiTable, key: str
) -> tuple[int, int, str] | None:
    """Return how many small groups the join makes, the size of the smallest, and by which fields; None for none."""
    left, right = relation_sql(one.table), relation_sql(other.table)
    left_key, right_key = (column(item.table.labels.index(key) + 1) for item in (one, other))
    sizes = []
    for side, relation, name in (("a", left, left_key), ("b", right, right_key)):
        connection.execute(f"CREATE TEMP TABLE {side} AS SELECT * FROM ({relation}) WHERE {name} IS NOT NULL")  # noqa: S608
        row = connection.execute(f"SELECT count(*), count(DISTINCT {name}) FROM {side}").fetchone()  # noqa: S608
        assert row is not None
        sizes.append(row)
    (left_rows, left_values), (right_rows, right_values) = sizes
    is_key = left_rows == left_values or right_rows == right_values
    if not is_key or not left_rows or not right_rows or max(left_rows, right_rows) > JOINED_ROWS_MAX:
        return None
    shared_row = connection.execute(
        f"SELECT count(*) FROM (SELECT DISTINCT {left_key} FROM a INTERSECT SELECT DISTINCT {right_key} FROM b)"  # noqa: S608
    ).fetchone()
    shared = shared_row[0] if shared_row else 0
    if shared < SHARED_VALUES_MIN * min(left_values, right_values):
        return None
    own = set(_labels(one))
    extra = [number for number in other.columns if other.table.labels[number] not in own]
    names = [f"a.{column(number + 1)}" for number in one.columns] + [f"b.{column(number + 1)}" for number in extra]
    groups = f"SELECT count(*) AS size FROM a JOIN b ON a.{left_key} = b.{right_key} GROUP BY {', '.join(names)}"  # noqa: S608
    row = connection.execute(
        f"SELECT count(*), coalesce(min(size), 0) FROM ({groups}) WHERE size < {GROUP_ROWS_MIN}"  # noqa: S608
    ).fetchone()
    if not row or not row[0]:
        return None
    fields = [*_labels(one), *(other.table.labels[number] for number in extra)]
    return row[0], row[1], enumerated("zh", fields)
