"""The rules on cells applied to whole tables with DuckDB: numbers, codes, keys, garbled text.

The rules see what Frictionless does not see in the cells of understood tables. DuckDB looks through the columns that a
rule applies to and hands over the few rows that hold something suspicious; the rule then says exactly what. Where
DuckDB does not read a table as Python's csv does, every row goes to the rules.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from portal.examining.reading import cells_in_duckdb
from portal.examining.reading.descriptors.wanted_values import as_list, as_mapping
from portal.examining.reading.understood_tables import raw_rows
from portal.examining.understanding import UnderstoodDataset
from portal.examining.validation.cells.cell_rules import CodeFormat, Dates, Keys, Rule, number_rule
from portal.examining.validation.cells.mojibake import Mojibake
from portal.examining.validation.cells.spoilt_texts import SpoiltTexts
from portal.examining.validation.tables.errors_told import place_in
from portal.findings.finding import Finding, found
from portal.model.catalog import Dataset
from portal.model.limits import Limits
from portal.model.terms import CODE_FORMATS
from portal.model.understood_table import UnderstoodTable

SMALL_BYTES_MAX = 1_000_000
"""Below this the start of DuckDB costs more than it saves."""
SUSPECTS_MAX = 20_000
"""Suspicious rows that are held at a time."""

_NUMBERS = frozenset(["integer", "number"])
_DATES = frozenset(["date", "datetime", "time", "year", "yearmonth"])
_TEXTS = frozenset(["string", "any"])


@dataclass(frozen=True)
class Column:
    """A column that something is to be looked for in; *number* counts from 1, *missing* are texts without value."""

    number: int
    name: str
    missing: frozenset[str]
    rules: tuple[Rule, ...]

    def suspicion(self) -> str:
        """Return the condition of SQL that a row must fulfil to be looked at."""
        cell = cells_in_duckdb.column(self.number)
        any_rule = " OR ".join(f"({rule.suspicion(cell)})" for rule in self.rules)
        values = ", ".join(cells_in_duckdb.quoted(text) for text in sorted(self.missing) if "\0" not in text)
        return f"({any_rule}) AND {cell} NOT IN ({values})" if values else f"({any_rule})"


def check_cells(understood: UnderstoodDataset, limits: Limits) -> Iterator[Finding]:
    """Yield the faults of cells, at most *limits.errors_max* of a code in a resource, in the order of rows.

    Nothing of a cell is quoted for a dataset that is not open.
    """
    for table in understood.tables.values():
        yield from _unknown_formats(understood.dataset, table)
        yield from _garbled_labels(understood.dataset, table)
        looked_at = tuple(_columns(table))
        yield from faults_of_columns(understood.dataset, table, looked_at, limits)


def faults_of_columns(
    dataset: Dataset, table: UnderstoodTable, looked_at: tuple[Column, ...], limits: Limits
) -> list[Finding]:
    """Return what the rules of *looked_at* find in a table, at most *limits.errors_max* of a code."""
    if not looked_at:
        return []
    if table.path.stat().st_size <= SMALL_BYTES_MAX:
        rows = list(raw_rows(table))
        return _by_rows(_Faults(dataset, table, limits), _not_clean(rows, looked_at), rows)
    try:
        return _by_columns(_Faults(dataset, table, limits), looked_at)
    except cells_in_duckdb.refusals():
        return _by_rows(_Faults(dataset, table, limits), looked_at, raw_rows(table))


class _Faults:
    """Gathers findings of one table, so many of a code and no more."""

    def __init__(self, dataset: Dataset, table: UnderstoodTable, limits: Limits) -> None:
        self.dataset = dataset
        self.table = table
        self.most = limits.errors_max
        self.findings: list[Finding] = []
        self._counts: Counter[str] = Counter()

    def add(self, row: int, texts: Sequence[str | None], looked_at: Sequence[Column]) -> None:
        """Look at the cells of one row, given in the order of *looked_at*."""
        for column, text in zip(looked_at, texts, strict=True):
            if text and text not in column.missing:
                for code, details in (fault for rule in column.rules for fault in rule.faults(text)):
                    self._counts[code] += 1
                    if self._counts[code] <= self.most:
                        self.findings.append(self._finding(code, row, column, text, details))

    def listed(self) -> list[Finding]:
        """Return the findings, and one more where there are others that are not listed."""
        if all(count <= self.most for count in self._counts.values()):
            return self.findings
        file = place_in(self.dataset, self.table, None)["file"]
        place = {"dataset": self.dataset.name, "resource": self.table.resource, "file": file}
        return [*self.findings, found("errors-cut", **place, number=self.most)]

    def still_wanted(self, looked_at: Iterable[Column]) -> tuple[Column, ...]:
        """Return the columns without the rules that can find nothing more to list."""
        full = frozenset(code for code, count in self._counts.items() if count > self.most)
        rest = (replace(item, rules=tuple(rule for rule in item.rules if not rule.codes <= full)) for item in looked_at)
        return tuple(item for item in rest if item.rules)

    def _finding(self, code: str, row: int, column: Column, text: str, details: Mapping[str, Any]) -> Finding:
        file, row_there = self.table.place_of(row)
        return found(
            code,
            dataset=self.dataset.name,
            resource=self.table.resource,
            file=file,
            row=row_there,
            column=self.table.column_of(column.number),
            field=column.name,
            value=text if self.dataset.is_released else None,
            **_without_cell(details, self.dataset.is_released),
        )


def _by_columns(faults: _Faults, looked_at: tuple[Column, ...]) -> list[Finding]:
    """Look at the suspicious rows alone, so many at a time.

    Raises one of the `refusals` where DuckDB cannot read the table, or where its row numbers would not be sure.
    """
    after = 0
    with TemporaryDirectory() as spill, cells_in_duckdb.connect(Path(spill)) as connection:
        while looked_at:
            rows = connection.execute(_suspicious(faults.table, looked_at, after)).fetchall()
            if rows and not after and not cells_in_duckdb.has_exact_records(faults.table):
                raise cells_in_duckdb.NotByColumns(faults.table.resource)
            for row, *texts in rows:
                faults.add(row, texts, looked_at)
            if len(rows) < SUSPECTS_MAX:
                break
            after = rows[-1][0]
            looked_at = faults.still_wanted(looked_at)
    return faults.listed()


def _suspicious(table: UnderstoodTable, looked_at: Iterable[Column], after: int) -> str:
    cells = ", ".join(cells_in_duckdb.column(item.number) for item in looked_at)
    condition = " OR ".join(f"({item.suspicion()})" for item in looked_at)
    relation = cells_in_duckdb.relation_sql(table)
    # The text is made here, and what is the publisher's in it is quoted.
    return f"SELECT record, {cells} FROM ({relation}) WHERE record > {after} AND ({condition}) LIMIT {SUSPECTS_MAX}"  # noqa: S608


def _not_clean(rows: Sequence[tuple[int, list[str]]], looked_at: Iterable[Column]) -> tuple[Column, ...]:
    """Return the columns of a small table that a first look does not clear, each with the rules in question."""
    rest = []
    for item in looked_at:
        place = item.number - 1
        column = "\0".join([cells[place] for _, cells in rows if place < len(cells)])
        rules = tuple(rule for rule in item.rules if not rule.is_clean(column))
        if rules:
            rest.append(replace(item, rules=rules))
    return tuple(rest)


def _by_rows(faults: _Faults, looked_at: tuple[Column, ...], rows: Iterable[tuple[int, list[str]]]) -> list[Finding]:
    for number, (row, cells) in enumerate(rows, start=1):
        if not looked_at:
            break
        texts = [cells[item.number - 1] if item.number <= len(cells) else None for item in looked_at]
        faults.add(row, texts, looked_at)
        if number % SUSPECTS_MAX == 0:
            looked_at = faults.still_wanted(looked_at)
    return faults.listed()


def _without_cell(details: Mapping[str, Any], is_open: bool) -> Mapping[str, Any]:
    """Leave out what a fault says of the cell itself where nothing may be quoted."""
    return details if is_open else {key: value for key, value in details.items() if key in ("kind", "range", "number")}


def _unknown_formats(dataset: Dataset, table: UnderstoodTable) -> Iterator[Finding]:
    for field in _fields(table):
        stated = field.get("codeFormat")
        if stated is not None and not (isinstance(stated, str) and stated in CODE_FORMATS):
            yield found(
                "value-unknown",
                dataset=dataset.name,
                resource=table.resource,
                file=dataset.descriptor_file,
                field="codeFormat",
                value=stated,
                allowed=", ".join(CODE_FORMATS),
            )


def _garbled_labels(dataset: Dataset, table: UnderstoodTable) -> Iterator[Finding]:
    """Find names of columns that are garbled, as cells may be."""
    faults = _Faults(dataset, table, Limits())
    for number, label in enumerate(table.labels if table.has_header else (), start=1):
        column = Column(number, label, frozenset(), (Mojibake(),))
        if not column.rules[0].is_clean(label):
            faults.add(table.header_row, [label], [column])
    yield from faults.findings


def _fields(table: UnderstoodTable) -> list[Mapping[str, Any]]:
    return [as_mapping(field) for field in as_list(table.schema.get("fields"))]


def fields_by_column(table: UnderstoodTable) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """Yield number and field of every column; a column belongs to the field of its name, else of its place.

    A column without a field is one of no type with the name of its label.
    """
    fields = _fields(table)
    by_name = {str(field.get("name")): field for field in fields}
    labels = table.labels or tuple(str(field.get("name")) for field in fields)
    for number, label in enumerate(labels, start=1):
        at_its_place = fields[number - 1] if number <= len(fields) else {}
        yield number, by_name.get(label) or at_its_place or {"name": label}


def _columns(table: UnderstoodTable) -> Iterator[Column]:
    """Yield the columns that a rule applies to."""
    keys = _keys(table.schema)
    for number, field in fields_by_column(table):
        name = str(field.get("name"))
        rules = tuple(_rules(field, name in keys))
        stated = field.get("missingValues", table.schema.get("missingValues", [""]))
        missing = frozenset(str(as_mapping(item).get("value", item)) for item in as_list(stated))
        if rules:
            yield Column(number, name, missing - {""}, rules)


def _rules(field: Mapping[str, Any], is_key: bool) -> Iterator[Rule]:
    type_, constraints = field.get("type", "any"), as_mapping(field.get("constraints"))
    has_enum = "enum" in constraints
    if field.get("codeFormat") in list(CODE_FORMATS):
        yield CodeFormat(str(field["codeFormat"]))
    if type_ in _NUMBERS:
        yield number_rule(type_, field)
    elif type_ in _DATES:
        yield Dates()
    elif type_ in _TEXTS:
        is_key = is_key or constraints.get("unique") is True
        if is_key or has_enum:
            yield Keys(is_key)
        if not has_enum:
            yield SpoiltTexts(is_key)
            yield Mojibake()


def _keys(schema: Mapping[str, Any]) -> frozenset[str]:
    """Return the names of the fields that join rows with others: primary, foreign and unique keys."""
    stated = [schema.get("primaryKey"), *as_list(schema.get("uniqueKeys"))]
    stated += [as_mapping(key).get("fields") for key in as_list(schema.get("foreignKeys"))]
    names = [name for key in stated for name in (key if isinstance(key, list) else [key])]
    return frozenset(name for name in names if isinstance(name, str))
