"""Normal form of JSON, Parquet and sheets: CSV in UTF-8, within limits of rows, columns and cells.

It is written row by row for every table that is no delimited text.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from types import TracebackType
from typing import Any

from portal.examining.reading.plain_values import TooDeep, cell_text
from portal.examining.reading.tasks import TableTask
from portal.examining.reading.text.dialects import cells_up_to
from portal.examining.reading.text.quotes import over
from portal.findings.finding import Finding
from portal.model.limits import JSON_DEPTH_MAX
from portal.model.text import LocalText

GEOMETRY = "geometry"
FEATURE_ID = "id"


class Fault(Exception):
    """What ends the reading of a table: the code of a finding with its details."""

    def __init__(self, code: str, **details: Any) -> None:
        super().__init__(code)
        self.code = code
        self.details = details

    def finding(self, task: TableTask, file: str) -> Finding:
        """Make the finding; a NUL or a key is at its place."""
        return task.found(self.code, file, **self.details)


class NormalForm:
    """Writes rows to *path*. Used in a ``with``; raises Fault where a limit is passed or a text cannot be stored."""

    def __init__(self, task: TableTask, path: Path, *, file_rows: int = 0) -> None:
        self.limits = task.limits
        self.rows = 0
        self.bytes_max = self.bytes_left = task.text_bytes_max
        self._shift = file_rows
        self._file = path.open("w", encoding="utf-8", newline="")
        self._writer = csv.writer(self._file, lineterminator="\n")

    def __enter__(self) -> NormalForm:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def add(self, cells: Sequence[str]) -> None:
        """Write one row of texts."""
        self.rows += 1
        row = self.rows + self._shift
        limits = self.limits
        if len(cells) > limits.columns_max:
            raise Fault("table-too-large", row=row, reason=over("列", "columns", len(cells), limits.columns_max))
        if self.rows > limits.rows_max + 1:
            raise Fault("table-too-large", reason=over("行", "rows", self.rows - 1, limits.rows_max))
        for column, cell in enumerate(cells, start=1):
            if len(cell) > limits.cell_characters_max:
                reason = over("个字符的单元格", "characters in a cell", len(cell), limits.cell_characters_max)
                raise Fault("table-too-large", row=row, column=column, reason=reason)
            if "\0" in cell:
                raise Fault("nul-byte", row=row, column=column)
        self.bytes_left -= sum(map(len, cells)) + len(cells)
        if self.bytes_left < 0:
            raise _too_many_bytes(self.bytes_max, row)
        try:
            self._writer.writerow(cells)
        except UnicodeEncodeError:
            note = LocalText("文字里有不成对的代理字符", "the text holds half of a pair of surrogates")
            raise Fault("encoding-error", row=row, note=note) from None


def _too_many_bytes(most: int, row: int | None = None) -> Fault:
    return Fault("table-too-large", row=row, reason=over("字节", "bytes", most + 1, most))


@dataclass(frozen=True)
class Columns:
    """The columns of a table that was written: their labels, and the type that the values of each have in the format.

    A type is integer, number, boolean, or any where the format says nothing more, or not the same of all values.
    """

    labels: tuple[str, ...]
    types: tuple[str, ...] = ()
    is_all_text: bool = False
    """Whether all is text, so that nothing tells a row of labels from the others."""
    is_named: bool = False
    """Whether the file itself gives the labels, apart from its rows."""
    beside: tuple[str, ...] = ()
    """Those for the id and the geometry of features."""

    def schema(self, declared: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return the schema to read the table by: as *declared*, else the types that the format itself states.

        >>> Columns(("a", "b"), ("integer", "any")).schema({})
        {'fields': [{'name': 'a', 'type': 'integer'}, {'name': 'b', 'type': 'any'}]}
        """
        labels = self.labels
        are_usable = all(labels) and len(set(labels)) == len(labels) == len(self.types)
        if declared or not are_usable or set(self.types) <= {"any"}:
            return declared
        return {"fields": [{"name": name, "type": type_} for name, type_ in zip(labels, self.types, strict=True)]}


def type_of(kinds: AbstractSet[type]) -> str:
    """Return the type that values of these Python types have together.

    >>> type_of({int, Decimal}), type_of({bool}), type_of({int, str}), type_of(set())
    ('number', 'boolean', 'any', 'any')
    """
    if kinds == {bool}:
        return "boolean"
    if kinds == {int}:
        return "integer"
    return "number" if kinds and kinds <= {int, Decimal, float} else "any"


def write_arrays(task: TableTask, target: Path, rows: Iterable[Any], *, file_rows: int = 0) -> Columns:
    """Write lists as rows; the first of them are the labels."""
    labels: tuple[str, ...] = ()
    kinds: list[set[type]] = []
    with NormalForm(task, target, file_rows=file_rows) as out:
        for item in rows:
            if not isinstance(item, list | tuple):
                raise _mixed(out.rows + 1 + file_rows)
            cells = _texts(item, out.rows + 1 + file_rows)
            if out.rows:
                for seen, value in zip(kinds, item, strict=False):
                    if value is not None:
                        seen.add(type(value))
            else:
                labels, kinds = tuple(cells), [set() for _ in cells]
            out.add(cells)
    return Columns(labels, tuple(map(type_of, kinds)), all(seen <= {str} for seen in kinds))


def write_objects(
    task: TableTask, target: Path, rows: Iterable[Any], known: Sequence[str] = (), *, file_rows: int = 0
) -> Columns:
    """Write objects as rows and return the columns: *known* keys first, then keys as they first appear.

    What stands under `FEATURE_ID_KEY` and `GEOMETRY_KEY` becomes the last columns, or those of their names among the
    *known* ones. Where later objects bring new keys, earlier rows are filled up.
    """
    columns = {name: number for number, name in enumerate(known)}
    kinds: list[set[type]] = [set() for _ in known]
    beside = _Beside()
    body = target.with_name(f"{target.name}.rows")
    width_first: int | None = None
    with NormalForm(task, body, file_rows=file_rows + 1) as out:
        for item in rows:
            row = out.rows + 2 + file_rows
            if not isinstance(item, Mapping):
                raise _mixed(row)
            cells = [""] * len(columns)
            for key, value in item.items():
                if key is FEATURE_ID_KEY or key is GEOMETRY_KEY:
                    continue
                text = _texts([value], row)[0]
                number = columns.setdefault(key, len(columns))
                if number == len(cells):
                    if number >= task.limits.columns_max:
                        reason = over("列", "columns", number + 1, task.limits.columns_max)
                        raise Fault("table-too-large", row=row, reason=reason)
                    cells.append(text)
                    if number == len(kinds):
                        kinds.append(set())
                else:
                    cells[number] = text
                if value is not None:
                    kinds[number].add(type(value))
            width_first = len(columns) if width_first is None else width_first
            if GEOMETRY_KEY in item:
                cells = [*_texts([item.get(FEATURE_ID_KEY), item[GEOMETRY_KEY]], row), *cells]
                beside.see(item)
            out.add(cells)
    if out.rows * len(columns) > out.bytes_max:
        raise _too_many_bytes(out.bytes_max)
    labels = list(columns)
    places = beside.places(labels)
    with NormalForm(task, target, file_rows=file_rows) as out:
        if labels:
            out.add(labels)
    if beside.is_any or len(columns) != width_first:
        with body.open(encoding="utf-8", newline="") as file, cells_up_to(task.limits.cell_characters_max + 1):
            _append(target, _filled(csv.reader(file), len(labels), places))
    else:
        with body.open("rb") as source, target.open("ab") as out_file:
            while piece := source.read(1024 * 1024):
                out_file.write(piece)
    body.unlink()
    types = [*map(type_of, kinds), *["any"] * (len(labels) - len(kinds))]
    named = tuple(labels[place] for place in places if place is not None)
    return Columns(tuple(labels), tuple(types), beside=named)


GEOMETRY_KEY = object()
"""The key under which the geometry of a feature stands beside its properties."""
FEATURE_ID_KEY = object()
"""The key under which the id of a feature stands beside its properties."""


class _Beside:
    """What features hold beside their properties: an id, a geometry. Their columns have names that no property has."""

    def __init__(self) -> None:
        self.is_any = False
        self.properties: set[str] = set()
        self.has_id = False
        self.has_own_id = False
        """Whether an id says something else than the property of that name."""

    def see(self, item: Mapping[Any, Any]) -> None:
        """See one feature."""
        self.is_any = True
        self.properties.update(key for key in item if isinstance(key, str))
        value = item.get(FEATURE_ID_KEY)
        if value is not None:
            self.has_id = True
            self.has_own_id = self.has_own_id or item.get(FEATURE_ID) != value

    def places(self, labels: list[str]) -> tuple[int | None, ...]:
        """Return the columns of id and geometry, None for one that has none; those that are new join the *labels*."""
        if not self.is_any:
            return ()
        names = [_free(FEATURE_ID, self.properties) if self.has_id and self.has_own_id else None]
        names.append(_free(GEOMETRY, self.properties))
        labels.extend(name for name in names if name is not None and name not in labels)
        return tuple(None if name is None else labels.index(name) for name in names)


def _filled(rows: Iterable[list[str]], width: int, places: Sequence[int | None]) -> Iterator[list[str]]:
    for cells in rows:
        beside, cells = cells[: len(places)], cells[len(places) :]
        cells += [""] * (width - len(cells))
        for place, text in zip(places, beside, strict=True):
            if place is not None:
                cells[place] = text
        yield cells


def _append(target: Path, rows: Iterable[list[str]]) -> None:
    with target.open("a", encoding="utf-8", newline="") as out:
        csv.writer(out, lineterminator="\n").writerows(rows)


def _free(name: str, taken: AbstractSet[str]) -> str:
    return name if name not in taken else _free(f"{name}_geojson", taken)


def _texts(values: Sequence[Any], row: int) -> list[str]:
    try:
        return [value if type(value) is str else cell_text(value) for value in values]
    except TooDeep:
        raise too_deep(row) from None


def too_deep(row: int | None = None) -> Fault:
    """Return the fault of lists and objects nested beyond the limit."""
    return Fault("json-too-deep", row=row, number=JSON_DEPTH_MAX)


def _mixed(row: int) -> Fault:
    note = LocalText("各项应该同是对象，或同是数组", "all items should be objects, or all arrays")
    return Fault("format-error", row=row, note=note)
