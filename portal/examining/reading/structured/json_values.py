"""JSON data files as a stream: nesting depth, long strings, duplicate keys, NaN, all digits kept.

They come from strangers, so all is bounded, and no key may stand twice.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any

import ijson  # type: ignore[import-untyped]
import numpy as np

from portal.examining.reading.normal_form import Fault, too_deep
from portal.model.limits import JSON_DEPTH_MAX
from portal.model.nesting import nests_deeper
from portal.model.text import LocalText

STRING_BYTES_MAX = 16 * 1024 * 1024
"""A string of JSON longer than this is refused before it is read: a reader holds it in memory."""
LINE_BYTES_MAX = 32 * 1024 * 1024
"""A line of NDJSON longer than this is refused."""
PIECE_BYTES = 2 * 1024 * 1024

_WHOLE_BYTES_MAX = 16 * 1024 * 1024
"""Up to this size the line of a fault is looked for by reading the whole file."""
_KEYS_MAX = 100_000
"""Keys of one object that are remembered, to see whether one stands twice."""
NAMING_KEYS = frozenset("columns fields header headers".split())
"""Keys of a list that names columns: ``meta.view.columns`` of Socrata, ``result.fields`` of CKAN."""
_NAMING_DEPTH_MAX = 5
"""Keys that may lead to a list that names columns."""
_NAMING_LISTS_MAX = 20
"""Lists of a document that may name columns and are looked at."""
_NAME_KEYS = ("name", "fieldName", "title", "label", "alias", "id")
_NOT_FINITE = re.compile(r"NaN|Infinity|nan|inf")
_CUT_OFF = re.compile(r"parse error: premature EOF|Incomplete ")
_LONG_NUMBER = re.compile(rb"[0-9+.eE-]{5000}")
_PAIR = re.compile(rb"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}")
_HALF = re.compile(rb"(?<!\\)(?:\\\\)*\\u[dD][89a-fA-F][0-9a-fA-F]{2}")

Event = tuple[str, Any]


@dataclass(frozen=True)
class Outline:
    """What stands at the top of a document: *lists* are the lists of objects or arrays that may be its table.

    Each is named by the keys that lead to it, () for the document itself, with the kind of its first item.
    """

    kind: str
    lists: tuple[tuple[tuple[str, ...], str], ...] = ()
    type: str = ""
    naming: tuple[tuple[str, ...], ...] = ()
    """The lists that may name the columns of a list of arrays, wherever they stand."""


def check_tokens(path: Path) -> None:
    """Refuse strings and numbers too long to be held, and halves of surrogate pairs. Raises Fault."""
    opened = -1
    offset = 0
    last_is_backslash = False
    with path.open("rb") as file:
        while piece := file.read(PIECE_BYTES):
            if _LONG_NUMBER.search(piece):
                raise Fault("format-error", note=LocalText("数字过长", "a number is too long"))
            if b"\\u" in piece and _HALF.search(_PAIR.sub(b"", piece + file.peek(16)[:16])):
                note = LocalText("文字里有不成对的代理字符", "the text holds half of a pair of surrogates")
                raise Fault("encoding-error", note=note)
            quotes = _unescaped_quotes(piece, last_is_backslash)
            places = (quotes + offset).tolist() if len(quotes) < 1000 else None
            if places is None:
                places_array = quotes + offset
                first = 0
                if opened >= 0:
                    _refuse_long(int(places_array[0]) - opened)
                    first, opened = 1, -1
                pairs = places_array[first : first + (len(places_array) - first) // 2 * 2].reshape(-1, 2)
                if len(pairs):
                    _refuse_long(int((pairs[:, 1] - pairs[:, 0]).max()))
                if (len(places_array) - first) % 2:
                    opened = int(places_array[-1])
            else:
                for place in places:
                    if opened >= 0:
                        _refuse_long(place - opened)
                        opened = -1
                    else:
                        opened = place
            offset += len(piece)
            if opened >= 0:
                _refuse_long(offset - opened)
            run = len(piece) - len(piece.rstrip(b"\\"))
            last_is_backslash = bool((run + (last_is_backslash if run == len(piece) else 0)) % 2)


def _refuse_long(size: int) -> None:
    if size > STRING_BYTES_MAX:
        raise Fault("format-error", note=LocalText("文字过长，或引号没有结束", "a text is too long, or never closed"))


def _unescaped_quotes(piece: bytes, is_escaped: bool) -> Any:
    """Return the places of the quotes that open or close a string."""
    octets = np.frombuffer(piece, dtype=np.uint8)
    quotes = np.flatnonzero(octets == 34)
    if b"\\" not in piece and not is_escaped:
        return quotes
    places = np.arange(len(octets), dtype=np.int64)
    before = np.maximum.accumulate(np.where(octets != 92, places, -1 - int(is_escaped)))
    previous = np.where(quotes > 0, before[quotes - 1], -1 - int(is_escaped))
    return quotes[(quotes - 1 - previous) % 2 == 0]


def events(path: Path) -> Iterator[Event]:
    """Yield the events of a UTF-8 document. Raises Fault where it is not JSON, or nested too deeply."""
    depth = 0
    try:
        with path.open("rb") as file:
            for event, value in ijson.basic_parse(file):
                if event in ("start_map", "start_array"):
                    depth += 1
                    if depth > JSON_DEPTH_MAX:
                        raise too_deep()
                elif event in ("end_map", "end_array"):
                    depth -= 1
                yield event, value
    except (ijson.JSONError, ValueError, UnicodeDecodeError) as error:
        raise _syntax_fault(path, str(error)) from None


def _syntax_fault(path: Path, text: str) -> Fault:
    """Say where the syntax breaks; of a small file with its line."""
    where = text.partition("\n")[2] or text
    row: int | None = None
    column: int | None = None
    if path.stat().st_size <= _WHOLE_BYTES_MAX:
        row, column = _place_of_fault(path.read_bytes())
    if _NOT_FINITE.search(where):
        return Fault("json-not-finite", row=row, column=column)
    note = LocalText("不是合格的 JSON", "it is not well-formed JSON")
    if _CUT_OFF.match(text):
        note = LocalText("文件不完整，内容到这里就断了", "the file is not whole, its content breaks off here")
    return Fault("format-error", row=row, column=column, note=note)


def _place_of_fault(content: bytes) -> tuple[int | None, int | None]:
    if nests_deeper(content, JSON_DEPTH_MAX):
        return None, None
    try:
        json.loads(content)
    except json.JSONDecodeError as error:
        return error.lineno, error.colno
    except ValueError:
        pass
    return None, None


def outline(path: Path) -> Outline:
    """Look over the whole document for what may be its table. Raises Fault."""
    stream = events(path)
    event, _ = next(stream, ("null", None))
    if event == "start_array":
        first, _ = next(stream)
        return Outline("array", (((), _kind(first)),))
    if event != "start_map":
        for _ in stream:
            pass
        return Outline("scalar")
    return _outline_of_object(stream)


def _kind(event: str) -> str:
    return {"start_map": "object", "start_array": "array", "end_array": "none"}.get(event, "scalar")


def _outline_of_object(stream: Iterator[Event]) -> Outline:
    lists: list[tuple[tuple[str, ...], str]] = []
    naming: list[tuple[str, ...]] = []
    type_ = ""
    containers = ["start_map"]
    keys: list[str] = [""]
    seen: list[set[str]] = [set()]
    for event, value in stream:
        depth = len(containers)
        if event == "map_key":
            if depth <= 2:
                if value in seen[depth - 1]:
                    raise Fault("json-duplicate-key", value=value)
                if len(seen[depth - 1]) < _KEYS_MAX:
                    seen[depth - 1].add(value)
            keys[depth - 1] = value
            continue
        is_of_objects = all(item == "start_map" for item in containers)
        if event == "start_array" and depth <= 2 and is_of_objects:
            lists.append((tuple(keys[:depth]), "?"))
        elif lists and lists[-1][1] == "?":
            lists[-1] = (lists[-1][0], _kind(event))
        is_near = depth <= _NAMING_DEPTH_MAX and len(naming) < _NAMING_LISTS_MAX
        if event == "start_array" and is_near and is_of_objects and keys[depth - 1] in NAMING_KEYS:
            naming.append(tuple(keys[:depth]))
        if event == "string" and depth == 1 and keys[0] == "type":
            type_ = value
        if event in ("start_map", "start_array"):
            containers.append(event)
            keys.append("")
            seen.append(set())
        elif event in ("end_map", "end_array"):
            containers.pop()
            keys.pop()
            seen.pop()
    return Outline("object", tuple(lists), type_, tuple(naming))


def column_names(path: Path, document: Outline, rows: tuple[str, ...], width: int) -> tuple[str, ...]:
    """Return the names that a document itself gives to *width* columns, the list at *rows* left out; () for none."""
    for keys in document.naming:
        if keys == rows:
            continue
        names = tuple(map(_name_in, islice(items(path, keys), width + 1)))
        if len(names) == width and all(names) and len(set(names)) == width:
            return names
    return ()


def _name_in(item: Any) -> str:
    """Return the name that an item of a list of columns gives, "" for none."""
    if isinstance(item, dict):
        item = next((item[key] for key in _NAME_KEYS if isinstance(item.get(key), str)), "")
    return item.strip() if isinstance(item, str) else ""


def items(path: Path, keys: tuple[str, ...] = ()) -> Iterator[Any]:
    """Yield the items of the list that *keys* lead to, one at a time; the rest is read to its end. Raises Fault."""
    stream = events(path)
    here: list[str | None] = []
    is_found = False
    for event, value in stream:
        if event == "map_key":
            here[-1] = value
        elif event == "start_array" and not is_found and here == list(keys):
            is_found = True
            row = 1
            for first, content in stream:
                if first == "end_array":
                    break
                row += 1
                yield built(first, content, stream, row)
        elif event in ("start_map", "start_array"):
            here.append(None)
        elif event in ("end_map", "end_array"):
            here.pop()


def built(event: str, value: Any, stream: Iterator[Event], row: int | None = None) -> Any:
    """Build the value that begins with *event*. Raises Fault for a key that stands twice in one object."""
    if event == "start_map":
        result: dict[str, Any] = {}
        for event, key in stream:
            if event == "end_map":
                return result
            if key in result:
                raise Fault("json-duplicate-key", row=row, value=key)
            event, content = next(stream)
            result[key] = content if event in _PLAIN else built(event, content, stream, row)
    if event == "start_array":
        found: list[Any] = []
        for event, content in stream:
            if event == "end_array":
                return found
            found.append(content if event in _PLAIN else built(event, content, stream, row))
    return value


_PLAIN = frozenset(["string", "number", "null", "boolean"])


def lines(path: Path) -> Iterator[tuple[int, Any]]:
    """Yield the number and the value of every line of NDJSON that is not blank. Raises Fault."""
    with path.open("rb") as file:
        number = 0
        while line := file.readline(LINE_BYTES_MAX + 1):
            number += 1
            if len(line) > LINE_BYTES_MAX:
                raise Fault("format-error", row=number, note=LocalText("一行过长", "a line is too long"))
            if line.strip():
                yield number, _line(line, number)


def _line(line: bytes, number: int) -> Any:
    def pairs(found: list[tuple[str, Any]]) -> dict[str, Any]:
        result = dict(found)
        if len(result) < len(found):
            names = [name for name, _ in found]
            twice = next(name for name in names if names.count(name) > 1)
            raise Fault("json-duplicate-key", row=number, value=twice)
        return result

    def not_finite(_: str) -> Any:
        raise Fault("json-not-finite", row=number)

    if nests_deeper(line, JSON_DEPTH_MAX):
        raise too_deep(number)
    try:
        return json.loads(line.decode("utf-8"), object_pairs_hook=pairs, parse_float=Decimal, parse_constant=not_finite)
    except ValueError as error:
        column = getattr(error, "colno", None)
        note = LocalText("这一行不是合格的 JSON", "the line is not well-formed JSON")
        raise Fault("format-error", row=number, column=column, note=note) from None
