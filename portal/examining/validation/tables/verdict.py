"""The validation of a table, and which way it goes: by sets, by columns, or by Frictionless.

Whatever the way, the errors are those of Frictionless, in its order. ``sets``: a small table, each different text read
once. ``columns``: a large one, proved clean column by column in DuckDB, and only suspect rows made into rows of
Frictionless. ``frictionless``: whatever neither can prove.
"""

from __future__ import annotations

import tempfile
import warnings
from collections.abc import Iterator, Mapping
from pathlib import Path

from frictionless import FrictionlessException, Package, Row, errors

from portal.examining.understanding import UnderstoodDataset
from portal.examining.validation.tables.by_frictionless import CheckedDescriptor, frictionless_package
from portal.examining.validation.tables.by_sets import SmallTable, read_small, verdict_by_sets
from portal.examining.validation.tables.chosen_rows import Frame, NotProvable, Verdict, open_frame
from portal.examining.validation.tables.errors_told import finding_of, incomplete_finding, place_in, repeated_finding
from portal.examining.validation.tables.kept_results import Fingerprints, ResultCache
from portal.examining.validation.tables.lookups import FarKeys, Values, comparable_values
from portal.examining.validation.tables.slow_patterns import slow_patterns
from portal.examining.validation.tables.table_keys import (
    RepeatedKeys,
    declared_optional_key,
    incomplete_key,
    unique_keys,
)
from portal.findings.finding import Finding, found
from portal.model.catalog import Dataset
from portal.model.errors import raise_refusal
from portal.model.limits import Limits
from portal.model.understood_table import UnderstoodTable

NOT_COMPARABLE = "the rows cannot be compared with the schema"
"""Said where Frictionless itself breaks off, as it does for a date compared with a bound of another kind."""
SMALL_BYTES_MAX = 1_000_000
"""Below this the start of DuckDB costs more than it saves."""


def check_tables(
    understood: UnderstoodDataset,
    limits: Limits,
    *,
    cache: ResultCache | None = None,
    descriptor: CheckedDescriptor | None = None,
) -> Iterator[Finding]:
    """Check the understood tables one after another; at most *limits.errors_max* errors of Frictionless a table.

    The descriptor is known to be valid; with *descriptor* its schemas are not read a second time. What was found before
    and is in *cache* is not looked for again. Nothing of a cell is quoted for a dataset that is not open.
    """
    dataset, understood_tables = understood.dataset, understood.tables
    fingerprints = Fingerprints(understood, limits) if cache else None
    tables: Tables | None = None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name, table in understood_tables.items():
            key = fingerprints.key(name) if fingerprints else ""
            findings = cache.get(key) if cache else None
            if findings is None:
                if tables is None and (slow := tuple(slow_patterns(understood_tables, dataset))):
                    yield from slow  # keys let one table read the texts of another, so none is read
                    return
                try:
                    tables = tables or Tables(frictionless_package(understood, descriptor), understood_tables)
                except FrictionlessException as error:
                    yield from (finding_of(item, dataset) for item in error.to_errors())
                    return
                findings = tuple(_findings(tables.verdict(name, limits.errors_max), dataset, table, limits))
                if cache:
                    cache.put(key, findings)
            yield from findings


def _findings(verdict: Verdict, dataset: Dataset, table: UnderstoodTable, limits: Limits) -> Iterator[Finding]:
    yield from (finding_of(error, dataset, table) for error in verdict.errors)
    for row, key, before in verdict.repeated[: limits.errors_max]:
        yield repeated_finding(row, key, before, dataset, table)
    for row, key in verdict.incomplete[: limits.errors_max]:
        yield incomplete_finding(row, key, dataset, table)
    if verdict.is_cut or max(len(verdict.repeated), len(verdict.incomplete)) > limits.errors_max:
        file = place_in(dataset, table, None)["file"]
        yield found("errors-cut", dataset=dataset.name, resource=table.resource, file=file, number=limits.errors_max)


class Tables:
    """The understood tables of one dataset while they are checked: each is opened once, whoever refers to it."""

    def __init__(self, package: Package, tables: Mapping[str, UnderstoodTable]) -> None:
        self._package = package
        self._tables = tables
        self._frames: dict[str, Frame] = {}
        self._smalls: dict[str, SmallTable] = {}
        self._referred: set[str] = set()
        self._values: dict[tuple[str, tuple[str, ...]], Values] = {}

    def verdict(self, name: str, errors_max: int, *, small_bytes_max: int = SMALL_BYTES_MAX) -> Verdict:
        """Judge one table, the fastest way that is sound for it."""
        try:
            return self._fast_verdict(name, errors_max, small_bytes_max)
        except Exception as error:  # whatever a table holds: Frictionless is asked what it says of it
            raise_refusal(error)
            return self.plain_verdict(name, errors_max)

    def _fast_verdict(self, name: str, errors_max: int, small_bytes_max: int) -> Verdict:
        frame = self.frame(name)
        if frame.table.path.stat().st_size <= small_bytes_max:
            found = self._lookups(frame, small_bytes_max)
            small = self._small(frame)
            lookups = [
                item.among(set(small.tuples(key.fields))) if isinstance(item, FarKeys) else item
                for key, item in zip(frame.foreign_keys, found, strict=True)
            ]
            return verdict_by_sets(small, lookups, errors_max)
        from portal.examining.validation.tables.by_columns import verdict_by_columns

        with tempfile.TemporaryDirectory(prefix="kaifang-") as work_dir:
            return verdict_by_columns(frame, self._lookups(frame, small_bytes_max), Path(work_dir), errors_max)

    def plain_verdict(self, name: str, errors_max: int) -> Verdict:
        """Let Frictionless read the table from beginning to end."""
        resource = self._package.get_table_resource(name)
        keys = RepeatedKeys(unique_keys(self._tables[name].schema))
        parts = declared_optional_key(self._tables[name].schema)
        verdict = Verdict(route="frictionless")

        def remember(row: Row) -> None:
            verdict.add_repeated(keys(row), errors_max)
            verdict.add_incomplete(incomplete_key(row, parts), errors_max)

        try:
            report = resource.validate(limit_errors=errors_max, on_row=remember)
            verdict.errors = [*report.errors, *(error for task in report.tasks for error in task.errors)]
        except FrictionlessException as error:
            verdict.errors = error.to_errors()
        except Exception as error:  # a pattern or a bound of the schema that Python cannot compare stops Frictionless
            raise_refusal(error)
            verdict.errors = [errors.SchemaError(note=f"{NOT_COMPARABLE}: {error}")]
        finally:
            resource.close()
        verdict.is_cut = bool(errors_max) and len(verdict.errors) >= errors_max
        return verdict

    def frame(self, name: str) -> Frame:
        """Return the head of a table. Raises FrictionlessException or NotProvable."""
        if name not in self._frames:
            self._frames[name] = open_frame(self._tables[name], self._package.get_table_resource(name))
        return self._frames[name]

    def _small(self, frame: Frame) -> SmallTable:
        """Return the rows of a small table; those of one that is referred to are kept."""
        name = frame.table.resource
        if name not in self._referred:
            return read_small(frame)
        if name not in self._smalls:
            self._smalls[name] = read_small(frame)
        return self._smalls[name]

    def _lookups(self, frame: Frame, small_bytes_max: int) -> list[Values | FarKeys]:
        names = [key.resource or frame.table.resource for key in frame.foreign_keys]
        keys = [key.reference_fields for key in frame.foreign_keys]
        return [self._lookup(name, fields, small_bytes_max) for name, fields in zip(names, keys, strict=True)]

    def _lookup(self, name: str, fields: tuple[str, ...], small_bytes_max: int) -> Values | FarKeys:
        if name not in self._tables:
            raise NotProvable
        self._referred.add(name)
        if (name, fields) not in self._values:
            other = self.frame(name)
            if other.table.path.stat().st_size > small_bytes_max:
                return FarKeys(other, fields)
            self._values[name, fields] = comparable_values(self._small(other).tuples(fields))
        return self._values[name, fields]
