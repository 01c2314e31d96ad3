"""Values of a listing's record: texts, lists, objects and paths (``org.title``, ``tags.name``) in JSON.

A listing in JSON has lists where one in CSV has commas, and its reader hands both on as the text of a cell.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from portal.model.limits import JSON_DEPTH_MAX
from portal.model.nesting import nests_deeper


def value_at(row: Mapping[str, str], source: str) -> Any:
    """Return what a field says: a text, a list, an object, or None where the record has no such field.

    ``a.b`` is the value b of an object that stands in the field a, or of each object of a list that does.

    >>> value_at({"org": '{"title": "教育局"}'}, "org.title"), value_at({"tags": '[{"name": "a"}]'}, "tags.name")
    ('教育局', ['a'])
    >>> value_at({"org": '{"title": "教育局", "nested": ' + "[" * 64 + "]" * 64 + "}"}, "org.title") is None
    True
    """
    text = row.get(source)
    if text is not None:
        return _parsed(text)
    first, *keys = source.split(".")
    value = _parsed(row.get(first) or "") if keys else None
    for key in keys:
        if isinstance(value, list):
            found = [item[key] for item in value if isinstance(item, dict) and key in item]
            value = found or None
        else:
            value = value.get(key) if isinstance(value, dict) else None
    return value


def has_path(row: Mapping[str, str], source: str) -> bool:
    """Whether a record has the field *source*, filled in or not.

    >>> has_path({"org": '{"title": null}'}, "org.title"), has_path({"org": "{}"}, "org.title")
    (True, False)
    """
    if source in row:
        return True
    first, *keys = source.split(".")
    holders: list[Any] = [_parsed(row.get(first) or "")] if keys else []
    for key in keys:
        flat = [item for holder in holders for item in (holder if isinstance(holder, list) else [holder])]
        holders = [item[key] for item in flat if isinstance(item, dict) and key in item]
    return bool(holders)


def texts_of(value: Any) -> tuple[list[str], list[str]]:
    """Return the texts that a value holds, and what in it is no text: objects, and lists in a list.

    >>> texts_of(["医院", 3, None, {"a": 1}]), texts_of(" x "), texts_of({"a": 1})
    ((['医院', '3'], ['{"a": 1}']), (['x'], []), ([], ['{"a": 1}']))
    """
    texts, others = [], []
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, dict | list):
            others.append(json.dumps(item, ensure_ascii=False))
        elif item is not None and (text := str(item).strip()):
            texts.append(text)
    return texts, others


def _parsed(text: str) -> Any:
    """Return the list or object that a cell is the text of, else the text itself; None where it nests too deeply."""
    plain = text.strip()
    if not (plain.startswith(("[", "{")) and plain.endswith(("]", "}"))):
        return plain
    if nests_deeper(plain, JSON_DEPTH_MAX):
        return None
    try:
        value = json.loads(plain, parse_float=str)
    except ValueError:
        return plain
    # A number in brackets is a way to write a text.
    return plain if value and all(isinstance(item, int) for item in value) else value
