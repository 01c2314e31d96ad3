"""JSON, NDJSON and GeoJSON read as tables: lists of objects or arrays, wrapped lists, features.

What nobody declared a table may turn out to be none; it is then published as the file it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from portal.examining.reading.descriptors.wanted_values import as_mapping, as_text, as_texts
from portal.examining.reading.normal_form import (
    FEATURE_ID_KEY,
    GEOMETRY_KEY,
    Columns,
    Fault,
    write_arrays,
    write_objects,
)
from portal.examining.reading.structured.json_values import (
    NAMING_KEYS,
    Outline,
    check_tokens,
    column_names,
    items,
    lines,
    outline,
)
from portal.examining.reading.tasks import Outcome, SourceFile, TableTask
from portal.examining.reading.text.texts import PlainText, encoding_decisions, plain_texts
from portal.findings.finding import Finding, found
from portal.model.known_formats import JSON_LINES
from portal.model.text import LocalText
from portal.model.understood_table import Decision, Part, UnderstoodTable

LISTS_SHOWN_MAX = 10
"""Lists in a JSON file that are named."""
_OR_A_LIST = LocalText(
    "；也可以把 JSON 写成对象的列表，或在资源中写 type: table，并在 dialect.property 中写明哪个列表是表格",
    "; or write the JSON as a list of objects, or state type: table in the resource and by dialect.property which of "
    "its lists is the table",
)
"""How else JSON becomes a table."""
_TOO_MANY_BLANK = LocalText("空行太多", "there are too many empty lines")
COLLECTION = "FeatureCollection"

BLANK_STRETCHES_MAX = 1000
"""So often blank lines may stand between the lines of NDJSON."""

_WRAPPER = ("data",)
_ROWS_KEYS = frozenset("data items records results rows values".split())
"""Keys of a list of rows that stands beside one that names the columns."""
_TOLERATED = frozenset(["table-too-large", "json-header-missing"])
"""Why a document that nobody declared a table may stay a file."""


class _NoTable(Exception):
    """The document holds no table, or several; *finding* says so where one was declared."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.code)
        self.finding = finding


def read_json(task: TableTask, file: SourceFile) -> Outcome:
    """Understand a JSON, NDJSON or GeoJSON file."""
    texts, findings = plain_texts(task, [file])
    if not texts:
        return None, findings
    is_sure = task.is_declared_table or file.format in JSON_LINES
    try:
        table, columns = _table(task, file, texts[0])
        return table, [*findings, *_about_header(task, file, columns)]
    except _NoTable as error:
        return None, [*findings, error.finding if is_sure else _as_is(task, file)]
    except Fault as fault:
        if fault.code in _TOLERATED and not is_sure:
            return None, [*findings, _as_is(task, file)]
        return None, [*findings, fault.finding(task, file.file)]


def read_inline(task: TableTask) -> Outcome:
    """Understand rows that stand in the descriptor itself."""
    rows = task.entry["data"]
    place = task.dataset.descriptor_file
    try:
        if rows and isinstance(rows[0], Mapping):
            columns, has_header = write_objects(task, task.target, rows, _known(task)), True
        else:
            columns, has_header = _arrays(task, iter(rows))
    except Fault as fault:
        return None, [fault.finding(task, place)]
    decision = Decision("format", "描述文件中的数据", "data in the descriptor")
    return _understood(task, columns, has_header, "json", (Part(place),), (decision,)), []


def features(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the features of a UTF-8 FeatureCollection one at a time, numbers as int or Decimal. Raises Fault."""
    check_tokens(path)
    for item in items(path, ("features",)):
        if isinstance(item, dict):
            yield item


def _as_is(task: TableTask, file: SourceFile) -> Finding:
    return found("published-as-is", **task.place(file.file), format=file.format.upper(), also=_OR_A_LIST)


def _table(task: TableTask, file: SourceFile, text: PlainText) -> tuple[UnderstoodTable, Columns]:
    check_tokens(text.path)
    if file.format in JSON_LINES:
        return _lines_table(task, file, text)
    document = outline(text.path)
    if file.format == "geojson" or document.type == COLLECTION:
        return _features_table(task, file, text, document)
    keys, kind = _chosen(task, file, document)
    rows = items(text.path, keys)
    if kind == "object":
        columns, has_header = write_objects(task, task.target, rows, _known(task)), True
    else:
        columns, has_header = _arrays(task, rows, lambda width: column_names(text.path, document, keys, width), file)
        if not task.is_declared_table and not all(columns.labels):
            raise _NoTable(task.found("json-no-table", file.file))
    decisions = [*encoding_decisions([text]), *_format_decisions(keys, kind, is_named=columns.is_named)]
    return _understood(task, columns, has_header, file.format, (Part(file.file),), decisions, text), columns


def _chosen(task: TableTask, file: SourceFile, document: Outline) -> tuple[tuple[str, ...], str]:
    """Return the keys of the list that is the table, and whether it holds objects or arrays. Raises _NoTable."""
    wanted = as_text(as_mapping(task.dialect.get("json")).get("property") or task.dialect.get("property"))
    lists = [(keys, kind) for keys, kind in document.lists if kind in ("object", "array")]
    empty = [(keys, "object") for keys, kind in document.lists if kind == "none"]
    if wanted:
        named = [item for item in [*lists, *empty] if ".".join(item[0]) == wanted]
        if named:
            return named[0]
        raise _NoTable(task.found("json-no-table", file.file))
    candidates = lists or (empty if task.is_declared_table else [])
    if len(candidates) > 1:
        unnamed = [item for item in candidates if item[0][-1] not in NAMING_KEYS]
        if len(unnamed) == 1 and unnamed[0][0][-1] in _ROWS_KEYS:
            candidates = unnamed
        candidates = [item for item in candidates if item[0] == _WRAPPER] or candidates
    if len(candidates) == 1:
        return candidates[0]
    if candidates:
        names = [".".join(keys) for keys, _ in candidates]
        more = ["…"] if len(names) > LISTS_SHOWN_MAX else []
        text = ", ".join([*names[:LISTS_SHOWN_MAX], *more])
        raise _NoTable(task.found("json-several-tables", file.file, members=text, first=names[0]))
    raise _NoTable(task.found("json-no-table", file.file))


def _format_decisions(keys: tuple[str, ...], kind: str, *, is_named: bool = False) -> Iterator[Decision]:
    zh, en = ("对象的列表", "a list of objects") if kind == "object" else ("数组的列表", "a list of arrays")
    if keys:
        name = ".".join(keys)
        yield Decision("format", f"{name} 中{zh}", f"{en} in {name}", "文件里的这一个列表", "that list of the file")
    else:
        yield Decision("format", zh, en)
    if kind == "object":
        yield Decision("header", "对象的键", "the keys of the objects")
    elif is_named:
        yield Decision("header", "文件自己写明的列名", "the names that the file gives to its columns")
    else:
        yield Decision("header", "第一个数组", "the first array")


def _lines_table(task: TableTask, file: SourceFile, text: PlainText) -> tuple[UnderstoodTable, Columns]:
    found = _Lines(lines(text.path))
    everything = iter(found)
    first = next(everything, None)
    rows = _again(first, everything) if first is not None else iter(())
    is_object = isinstance(first, Mapping) or (first is None and bool(task.fields))
    try:
        if is_object:
            columns, has_header = write_objects(task, task.target, rows, _known(task), file_rows=-1), True
        else:
            columns, has_header = _arrays(task, rows, lambda _: (), file)
    except Fault as fault:
        # A fault of a row is that of the line read last; blank ones before it count in the file.
        is_of_row = found.rows and fault.details.get("row") == found.rows
        raise Fault(fault.code, **{**fault.details, "row": found.line}) if is_of_row else fault from None
    # The header is made of the keys, so every line stands one row further down.
    below = int(is_object)
    parts = [Part(file.file, row + below if row > 1 else 1, offset - below) for row, offset in found.shifts]
    kind = "object" if is_object else "array"
    decisions = [*encoding_decisions([text]), *_format_decisions((), kind)]
    return _understood(task, columns, has_header, file.format, tuple(parts), decisions, text), columns


class _Lines:
    """The values of the lines of NDJSON; *shifts* are rows from which on blank lines before them count in the file."""

    def __init__(self, numbered: Iterator[tuple[int, Any]]) -> None:
        self._numbered = numbered
        self.rows = 0
        self.line = 0
        self.shifts: list[tuple[int, int]] = [(1, 0)]

    def __iter__(self) -> Iterator[Any]:
        for line, value in self._numbered:
            self.line = line
            self.rows += 1
            offset = line - self.rows
            if offset != self.shifts[-1][1]:
                if len(self.shifts) > BLANK_STRETCHES_MAX:
                    raise Fault("format-error", row=line - 1, note=_TOO_MANY_BLANK)
                self.shifts.append((self.rows, offset))
            yield value


def _again(first: Any, rows: Iterator[Any]) -> Iterator[Any]:
    yield first
    yield from rows


def _features_table(
    task: TableTask, file: SourceFile, text: PlainText, document: Outline
) -> tuple[UnderstoodTable, Columns]:
    has_features = any(keys == ("features",) for keys, _ in document.lists)
    if document.type != COLLECTION or not has_features:
        raise _NoTable(task.found("json-no-table", file.file))
    rows = (_flat(item, number) for number, item in enumerate(items(text.path, ("features",)), start=1))
    columns = write_objects(task, task.target, rows, _known(task))
    decisions = [
        *encoding_decisions([text]),
        Decision("format", "GeoJSON 要素集合", "a GeoJSON FeatureCollection"),
        Decision("header", "要素的属性，然后是标识和几何", "the properties of the features, then id and geometry"),
    ]
    table = _understood(task, columns, True, file.format, (Part(file.file),), decisions, text)
    beside = [name for name in columns.labels[len(task.fields) :] if name in columns.beside]
    if task.fields and beside:
        fields = [*task.schema["fields"], *({"name": name, "type": "any"} for name in beside)]
        table = replace(table, schema={**task.schema, "fields": fields})
    return table, columns


def _flat(item: Any, number: int) -> dict[Any, Any]:
    """Return a feature as a row: its properties and its geometry. Raises Fault."""
    properties = item.get("properties") if isinstance(item, dict) else 0
    if not isinstance(item, dict) or item.get("type") != "Feature" or not isinstance(properties, dict | None):
        note = LocalText(
            f"第 {number} 项不是要素（Feature）", f"item {number} is no Feature with properties and geometry"
        )
        raise Fault("format-error", note=note)
    return {**(properties or {}), FEATURE_ID_KEY: item.get("id"), GEOMETRY_KEY: item.get("geometry")}


def _known(task: TableTask) -> tuple[str, ...]:
    """Return the columns that are known beforehand: the keys of an object have no order of their own."""
    return tuple(task.fields) or as_texts(as_mapping(task.dialect.get("json")).get("keys"))


def _arrays(
    task: TableTask,
    rows: Iterator[Any],
    names_for: Callable[[int], Sequence[str]] = lambda _: (),
    file: SourceFile | None = None,
) -> tuple[Columns, bool]:
    """Write lists as rows. Their labels are those that the document itself gives, else the first list.

    In a *file* a first list with a number in it is a record, and no label. Raises Fault.
    """
    if task.dialect.get("header") is False:
        columns = write_arrays(task, task.target, rows)
        names = tuple(task.fields) or tuple(f"field{number}" for number in range(1, len(columns.labels) + 1))
        return Columns(names), False
    first = next(rows, None)
    if file is not None and isinstance(first, list):
        names = tuple(names_for(len(first)))
        if names and names != tuple(first):
            columns = write_arrays(task, task.target, _again(list(names), _again(first, rows)))
            return replace(columns, is_all_text=False, is_named=True), True
        if task.dialect.get("header") is not True and any(not isinstance(item, str | None) for item in first):
            raise Fault("json-header-missing", row=1)
    return write_arrays(task, task.target, iter(()) if first is None else _again(first, rows)), True


def _about_header(task: TableTask, file: SourceFile, columns: Columns) -> Iterator[Finding]:
    """Tell of a first list that was taken for the labels though nothing tells it from the others."""
    if columns.is_all_text and task.dialect.get("header") is None:
        yield task.found("json-header-assumed", file.file, row=1, value=", ".join(columns.labels))


def _understood(
    task: TableTask,
    columns: Columns,
    has_header: bool,
    format_: str,
    parts: tuple[Part, ...],
    decisions: Sequence[Decision],
    text: PlainText | None = None,
) -> UnderstoodTable:
    return UnderstoodTable(
        resource=task.resource.name,
        path=task.target,
        is_original=False,
        labels=columns.labels,
        has_header=has_header,
        schema=columns.schema(task.schema),
        encoding=text.encoding.name if text else "utf-8",
        format=format_,
        parts=parts,
        decisions=tuple(decisions),
    )
