"""Header, blank rows (empty lines), primary, foreign and unique keys: Frictionless' checks over chosen rows.

Somebody else has chosen the rows of the table. Frictionless reads every row. Here the caller has proved most rows
clean, and hands over the others with their numbers and cells as Python's csv module reads them. What comes out is the
list of errors that Frictionless makes of the whole table, provided that the chosen rows hold every row with an error,
and with each row all others of the same key.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol

from frictionless import Dialect, Error, Field, Header, Row, Schema, errors, system
from frictionless.resources import TableResource

from portal.examining.validation.tables.table_keys import Key, RepeatedKeys, incomplete_key, optional_key, unique_keys
from portal.model.understood_table import UnderstoodTable

SAMPLE_ROWS = 100
"""Rows that Frictionless looks at to find labels; a header further down is none."""

NO_QUOTE = "\0"
"""A quote for tables without quoting: Frictionless needs one, and no understood text holds this one."""


class NotProvable(Exception):
    """The table cannot be judged by columns: Frictionless itself has to read it."""


@dataclass(frozen=True)
class ForeignKey:
    """Fields whose values must stand together in *reference_fields* of *resource* ("" and the own name: itself)."""

    fields: Key
    resource: str
    reference_fields: Key


@dataclass(frozen=True)
class Frame:
    """A table before its rows: what Frictionless makes of its head, and where the rows begin.

    *data_offset* is the byte at which row *first_row* begins; *head_lines* the number of physical lines before it, or
    None where a record of the head is longer than its line.
    """

    table: UnderstoodTable
    resource: TableResource
    schema: Schema
    fields: tuple[Field, ...]
    handlers: Mapping[str, Any]
    start_errors: tuple[Error, ...]
    data_offset: int
    first_row: int
    head_lines: int | None
    head_ends: frozenset[str]
    """How the lines of the head end."""
    unique: Key = ()
    primary_key: Key = ()
    foreign_keys: tuple[ForeignKey, ...] = ()
    unique_keys: tuple[Key, ...] = ()
    """The schema's ``uniqueKeys``, which Frictionless does not check."""

    @property
    def optional_key(self) -> Key:
        """The fields of a primary key of several that need no value by themselves."""
        required = {item.name for item in self.fields if item.constraints.get("required")}
        return optional_key(self.primary_key, required)

    @property
    def width(self) -> int:
        """The number of cells of a whole row."""
        return len(self.fields)

    def index(self, name: str) -> int:
        """Return the position of a field, from 0."""
        return next(number for number, item in enumerate(self.fields) if item.name == name)


@dataclass
class Verdict:
    """The errors of a table in the order of Frictionless, and the rows that break a key of ``uniqueKeys``."""

    errors: list[Error] = field(default_factory=list)
    repeated: list[tuple[int, Key, int]] = field(default_factory=list)
    """Row number, fields of the key, number of the last row before with the same values; the limit's and some more."""
    incomplete: list[tuple[int, Key]] = field(default_factory=list)
    """Row number and the fields of a primary key of several that are empty there, though not all are; so many as above.

    Frictionless minds only a key that is empty altogether."""
    is_cut: bool = False
    """Whether the list ends at the limit."""
    route: str = ""

    def add_repeated(self, found: Iterable[tuple[int, Key, int]], errors_max: int) -> None:
        """Take rows that break a key of ``uniqueKeys``; beyond the limit they are not listed, so none is held."""
        for item in found:
            if not errors_max or len(self.repeated) <= errors_max:
                self.repeated.append(item)

    def add_incomplete(self, found: Iterable[tuple[int, Key]], errors_max: int) -> None:
        """Take rows with a part of their primary key missing; beyond the limit they are not listed."""
        for item in found:
            if not errors_max or len(self.incomplete) <= errors_max:
                self.incomplete.append(item)


class Lookup(Protocol):
    """The values that a foreign key may have."""

    def __contains__(self, values: tuple[Any, ...]) -> bool: ...


def verdict_of_rows(
    frame: Frame,
    rows: Iterable[tuple[int, list[str]]],
    lookups: Sequence[Lookup],
    *,
    has_rows: bool,
    row_count: int,
    errors_max: int,
) -> Verdict:
    """Judge the chosen *rows* (number and cells, in the order of numbers) of a table as Frictionless would.

    *lookups* belong to the frame's foreign keys, one each. *has_rows* and *row_count* are said of the whole table.
    The list ends at *errors_max* errors; 0 is no limit.
    """
    verdict = Verdict(list(frame.start_errors))
    keys = _Keys(frame, lookups)
    if has_rows and errors_max and len(verdict.errors) >= errors_max:
        return _cut(verdict, errors_max)
    for number, cells in rows:
        row = Row(cells, handlers=frame.handlers, row_number=number)  # type: ignore[arg-type]
        keys.check(row)
        verdict.errors.extend(row.errors)
        verdict.add_repeated(keys.repeated(row), errors_max)
        verdict.add_incomplete(incomplete_key(row, frame.optional_key), errors_max)
        if errors_max and len(verdict.errors) >= errors_max:
            return _cut(verdict, errors_max)
    verdict.errors.extend(_count_errors(frame, row_count))
    verdict.is_cut = bool(errors_max) and len(verdict.errors) >= errors_max
    return verdict


def _cut(verdict: Verdict, errors_max: int) -> Verdict:
    return Verdict(verdict.errors[:errors_max], verdict.repeated, verdict.incomplete, is_cut=True)


def _count_errors(frame: Frame, row_count: int) -> Iterator[Error]:
    """Compare the declared numbers of fields and rows, as Frictionless does at the end of a table."""
    declared = frame.resource
    note = 'expected is "%s" and actual is "%s"'
    if declared.fields and declared.fields != len(frame.schema.fields):
        yield errors.FieldCountError(note=note % (declared.fields, len(frame.schema.fields)))
    if declared.rows and declared.rows != row_count:
        yield errors.RowCountError(note=note % (declared.rows, row_count))


class _Keys:
    """What Frictionless remembers of earlier rows to compare keys; the order of its checks and its notes are kept."""

    def __init__(self, frame: Frame, lookups: Sequence[Lookup]) -> None:
        self._frame = frame
        self._lookups = tuple(zip(frame.foreign_keys, lookups, strict=True))
        self._unique: dict[str, dict[Any, int]] = {name: {} for name in frame.unique}
        self._primary: dict[tuple[Any, ...], int] = {}
        self.repeated = RepeatedKeys(frame.unique_keys)

    def check(self, row: Row) -> None:
        """Append the row's errors of ``unique``, primary key and foreign keys to its own."""
        for name, seen in self._unique.items():
            value = row[name]
            if value is not None:
                before = seen.get(value)
                seen[value] = row.row_number
                if before:
                    row.errors.append(errors.UniqueError.from_row(row, note=_SAME % before, field_name=name))
        if self._frame.primary_key:
            self._check_primary(row)
        for key, lookup in self._lookups:
            values = tuple(row[name] for name in key.fields)
            if set(values) != {None} and values not in lookup:
                row.errors.append(_foreign_key_error(row, key, values))

    def _check_primary(self, row: Row) -> None:
        values = tuple(row[name] for name in self._frame.primary_key)
        if set(values) == {None}:
            note = 'cells composing the primary keys are all "None"'
            row.errors.append(errors.PrimaryKeyError.from_row(row, note=note))
            return
        before = self._primary.get(values)
        self._primary[values] = row.row_number
        if before:
            row.errors.append(errors.PrimaryKeyError.from_row(row, note=_SAME % before))


_SAME = "the same as in the row at position %s"


def _foreign_key_error(row: Row, key: ForeignKey, values: tuple[Any, ...]) -> Error:
    fields, reference_fields = ", ".join(key.fields), ", ".join(key.reference_fields)
    told = ", ".join(str(value) for value in values)
    note = f'for "{fields}": values "{told}" not found in the lookup table "{key.resource}" as "{reference_fields}"'
    error: Error = errors.ForeignKeyError.from_row(
        row,
        note=note,
        field_names=list(key.fields),
        field_values=list(values),
        reference_name=key.resource,
        reference_field_names=list(key.reference_fields),
    )
    return error


def comment_filter(frame: Frame) -> Callable[[int, list[str]], bool] | None:
    """Return what tells data from comments, by number and cells of a row; None where there are no comments."""
    keep: Callable[[int, list[str]], bool] | None = frame.resource.dialect.create_comment_filter()  # type: ignore
    return keep


def csv_options(table: UnderstoodTable) -> dict[str, Any]:
    """Return the table's conventions for Python's csv module, as Frictionless hands them to it."""
    return {
        "delimiter": table.delimiter,
        "quotechar": table.quote_char or NO_QUOTE,
        "doublequote": table.double_quote if table.escape_char else True,
        "escapechar": table.escape_char or None,
        "skipinitialspace": table.skip_initial_space,
    }


def open_frame(table: UnderstoodTable, resource: TableResource) -> Frame:
    """Read the head of a table. Raises FrictionlessException where Frictionless could not open it either."""
    sample, offset, head_lines, head_ends = _head(table)
    dialect: Dialect = resource.dialect
    labels = dialect.read_labels(sample)
    fragment = dialect.read_fragment(sample)
    schema = resource.detector.detect_schema(
        fragment,
        labels=labels,
        schema=resource.schema,
        field_candidates=system.detect_field_candidates(),
        header_case=dialect.header_case,
    )
    header_errors, fields = _header(labels, schema, resource.dialect)
    is_empty = not (labels or fragment)
    names = {item.name for item in fields}
    primary_key = tuple(schema.primary_key)
    if not fields or (primary_key and not dialect.header_case):
        raise NotProvable
    return Frame(
        table=table,
        resource=resource,
        schema=schema,
        fields=tuple(fields),
        handlers={
            item.name: _Handler(item, number, item.create_cell_reader()) for number, item in enumerate(fields, start=1)
        },
        start_errors=(*([errors.SourceError(note="the source is empty")] if is_empty else []), *header_errors),
        data_offset=offset,
        first_row=table.header_row + 1 if table.has_header else 1,
        head_lines=head_lines,
        head_ends=head_ends,
        unique=tuple(item.name for item in fields if item.constraints.get("unique")),
        primary_key=primary_key if set(primary_key) <= names else (),
        foreign_keys=tuple(
            ForeignKey(tuple(key["fields"]), key["reference"]["resource"], tuple(key["reference"]["fields"]))
            for key in schema.foreign_keys
        ),
        unique_keys=tuple(key for key in unique_keys(table.schema) if set(key) <= names),
    )


class _Handler(NamedTuple):
    """What a row of Frictionless wants of a field; it would copy the field for each table, and check it again."""

    field: Field
    field_number: int
    reader: Any
    writer: None = None


def _header(labels: list[str], schema: Schema, dialect: Dialect) -> tuple[list[Error], list[Field]]:
    """Return the errors of the header and the fields that rows are expected to have."""
    mode = schema.fields_match if schema.has_defined("fields_match") else "exact"
    if labels and labels == schema.field_names and all(labels) and mode == "exact":
        return [], schema.fields
    header = Header(
        labels,
        fields=schema.fields,
        row_numbers=dialect.header_rows,
        ignore_case=not dialect.header_case,
        fields_match=mode,
    )
    return list(header.errors), header.get_expected_fields()


def _head(table: UnderstoodTable) -> tuple[list[list[str]], int, int | None, frozenset[str]]:
    """Return the first records, the byte after the header's record, the lines of the head and how they end."""
    first = table.header_row + 1 if table.has_header else 1
    sample: list[list[str]] = []
    with table.path.open("rb") as file:
        start = 3 if file.read(3) == b"\xef\xbb\xbf" else 0
        file.seek(start)
        lines = _Lines(file)
        reader = csv.reader(lines, **csv_options(table))
        offset, head_lines, head_ends = start, 0, frozenset[str]()
        for cells in reader:
            sample.append(cells)
            if len(sample) < first:
                offset, head_lines = start + lines.consumed_bytes, lines.consumed_lines
                head_ends = frozenset(lines.ends)
            if len(sample) >= SAMPLE_ROWS:
                break
    if first - 1 > SAMPLE_ROWS:
        raise NotProvable
    is_plain = head_lines == first - 1 and start == 0 and "\r" not in head_ends
    return sample, offset, head_lines if is_plain else None, head_ends


class _Lines:
    """The lines of a file from its position on, as Frictionless hands them to the csv module; bytes are counted."""

    def __init__(self, file: io.BufferedReader) -> None:
        self._text = io.TextIOWrapper(file, encoding="utf-8", newline="")
        self.consumed_bytes = 0
        self.consumed_lines = 0
        self.ends: set[str] = set()

    def __iter__(self) -> Iterator[str]:
        for line in self._text:
            self.consumed_bytes += len(line) if line.isascii() else len(line.encode())
            self.consumed_lines += 1
            self.ends.add("\r\n" if line.endswith("\r\n") else line[-1:])
            yield line
