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
        self._bytes_left = task.limits.unpacked_bytes_max
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
        self._bytes_left -= sum(map(len, cells)) + len(cells)
        if self._bytes_left < 0:
            size = limits.unpacked_bytes_max
            raise Fault("table-too-large", row=row, reason=over("字节", "bytes", size + 1, size))
        try:
            self._writer.writerow(cells)
        except UnicodeEncodeError:
            note = LocalText("文字里有不成对的代理字符", "the text holds half of a pair of surrogates")
            raise Fault("encoding-error", row=row, note=note) from None


@dataclass(frozen=True)
class Columns:
    """The columns of a table that was written: their labels, and the type that the values of each have in the format.

    A type is integer, number, boolean, or any where the format says nothing more, or not the same of all values.
    """

    labels: tuple[str, ...]
    types: tuple[str, ...] = ()

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
    return Columns(labels, tuple(map(type_of, kinds)))


def write_objects(
    task: TableTask, target: Path, rows: Iterable[Any], known: Sequence[str] = (), *, file_rows: int = 0
) -> Columns:
    """Write objects as rows and return the columns: *known* keys first, then keys as they first appear.

    A key named `GEOMETRY_KEY` becomes the last column. Where later objects bring new keys, earlier rows are filled up.
    """
    columns = {name: number for number, name in enumerate(known)}
    kinds: list[set[type]] = [set() for _ in known]
    body = target.with_name(f"{target.name}.rows")
    has_geometry = False
    width_first: int | None = None
    with NormalForm(task, body, file_rows=file_rows + 1) as out:
        for item in rows:
            row = out.rows + 2 + file_rows
            if not isinstance(item, Mapping):
                raise _mixed(row)
            cells = [""] * len(columns)
            geometry = ""
            for key, value in item.items():
                text = _texts([value], row)[0]
                if key is GEOMETRY_KEY:
                    has_geometry, geometry = True, text
                    continue
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
            out.add([geometry, *cells] if has_geometry else cells)
    labels = list(columns)
    if has_geometry:
        labels.append(_free(GEOMETRY, columns))
    with NormalForm(task, target, file_rows=file_rows) as out:
        if labels:
            out.add(labels)
    if has_geometry or len(columns) != width_first:
        with body.open(encoding="utf-8", newline="") as file, cells_up_to(task.limits.cell_characters_max + 1):
            _append(target, _filled(csv.reader(file), len(columns), has_geometry))
    else:
        with body.open("rb") as source, target.open("ab") as out_file:
            while piece := source.read(1024 * 1024):
                out_file.write(piece)
    body.unlink()
    types = [*map(type_of, kinds), *(["any"] if has_geometry else [])]
    return Columns(tuple(labels), tuple(types))


GEOMETRY_KEY = object()
"""The key under which the geometry of a feature stands beside its properties."""


def _filled(rows: Iterable[list[str]], width: int, has_geometry: bool) -> Iterator[list[str]]:
    for cells in rows:
        geometry = [cells.pop(0)] if has_geometry else []
        yield [*cells, *[""] * (width - len(cells)), *geometry]


def _append(target: Path, rows: Iterable[list[str]]) -> None:
    with target.open("a", encoding="utf-8", newline="") as out:
        csv.writer(out, lineterminator="\n").writerows(rows)


def _free(name: str, taken: Mapping[str, int]) -> str:
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
