"""Errors in a mapping file: misspelt keys, unknown terms, bad patterns, told with line and column.

Is a mapping written as it should be?
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NoReturn

import yaml

from portal.examining.reading.descriptors.dataset_names import is_name
from portal.findings.details import Detail
from portal.findings.words import said
from portal.model.guide import FORMAT_CLASSES, FORMAT_TYPES, VOLUME_FIELDS
from portal.model.terms import AREAS, OPEN_STATES, SHARING_TYPES, UPDATE_CYCLES
from portal.model.text import LocalText

PATTERN_CHARACTERS_MAX = 200
"""A longer pattern in a mapping is refused."""

TEXT_FIELDS = {
    "title": "title",
    "title_en": "title_en",
    "publisher": "provider",
    "provider_unit": "provider_unit",
    "description": "abstract",
    "code": "code",
    "sharing_condition": "share_condition",
    "sharing_basis": "share_basis",
    "spatial": "spatial",
    "temporal": "temporal",
    "licence": "licence",
    "secrecy": "secrecy",
    "network": "network",
    "location": "location",
    "responsible": "responsible",
    "phone": "phone",
    "ownership": "ownership",
    "online_url": "online_url",
    "key": "key",
    **{name: name for name in VOLUME_FIELDS},
}
"""Fields of a mapping that are text, and what they are called in a record."""
LIST_FIELDS = frozenset(["keywords", "systems", "related_codes"])
DAY_FIELDS = frozenset(["published", "updated", "planned_on"])
TERMS: Mapping[str, Mapping[str, LocalText]] = {
    "open": OPEN_STATES,
    "sharing": SHARING_TYPES,
    "update_cycle": UPDATE_CYCLES,
    "areas": AREAS,
}
"""Fields whose values are ids of a closed list. The topics of ``themes`` are those of the portal."""
FIELDS = frozenset([*TEXT_FIELDS, *LIST_FIELDS, *DAY_FIELDS, *TERMS, "themes", "formats"])

_KEYS = frozenset("source extends applies_to records sheet fields ignore empty".split())
_SOURCE_KEYS = frozenset("id title url region spatial".split())
_RULE_KEYS = frozenset("from merge value map default unknown empty split cut formats".split())
_FORMATS = frozenset([*FORMAT_CLASSES, *(type_ for types in FORMAT_TYPES.values() for type_ in types)])

Keys = tuple[str, ...]
Place = tuple[int | None, int | None]
"""Line and column, both from 1."""


class MappingFault(Exception):
    """What is wrong with the mapping *path*, at the value that *keys* lead to, or at *place*."""

    def __init__(self, path: Path, keys: Keys, reason: Detail, place: Place | None = None) -> None:
        super().__init__(said(reason, "en"))
        self.place = place
        self.path = path
        self.keys = keys
        self.reason = reason


def position_of(path: Path, keys: Keys) -> Place:
    """Return line and column of the key that *keys* lead to, or of the last on the way that is there.

    The file was read before, so it is known to be YAML within its limits.
    """
    try:
        node = yaml.compose(path.read_text(encoding="utf-8-sig"), Loader=yaml.SafeLoader)
    except (OSError, ValueError, yaml.YAMLError):
        return None, None
    place: Place = (None, None)
    for key in keys:
        pairs = node.value if isinstance(node, yaml.MappingNode) else ()
        pair = next((pair for pair in pairs if pair[0].value == key), None)
        if pair is None:
            break
        mark = pair[0].start_mark
        place, node = (mark.line + 1, mark.column + 1), pair[1]
    return place


def check_mapping_file(path: Path, document: Any) -> None:
    """Check what stands in one file, whatever it extends. Raises MappingFault."""

    def fail(keys: Keys, zh: str, en: str) -> NoReturn:
        raise MappingFault(path, keys, LocalText(zh, en))

    if not isinstance(document, dict):
        fail((), "最外层不是键值对", "there is no mapping at the top")
    _check_keys(document, _KEYS, (), fail)
    for key in ("source", "fields"):
        if not isinstance(document.get(key, {}), Mapping):
            fail((key,), "应是键值对", "it should be a mapping")
    for key in ("extends", "records", "sheet"):
        if not isinstance(document.get(key, ""), str):
            fail((key,), "应是文字", "it should be text")
    for key in ("applies_to", "ignore", "empty"):
        _check_texts(document.get(key, []), (key,), fail)
    _check_source(document.get("source", {}), fail)
    for name, spec in document.get("fields", {}).items():
        if name not in FIELDS:
            fail(("fields", name), f"目录没有 {name} 这一项", f"the catalogue has no field {name}")
        _check_rule(name, spec, fail)


_Fail = Callable[[Keys, str, str], NoReturn]


def _check_source(source: Mapping[str, Any], fail: _Fail) -> None:
    _check_keys(source, _SOURCE_KEYS, ("source",), fail)
    for key, value in source.items():
        if not isinstance(value, str | int):
            fail(("source", key), "应是文字", "it should be text")
    if "id" in source and not is_name(source["id"]):
        fail(("source", "id"), "只用小写字母、数字和连字符", "lower-case letters, digits and hyphens only")


def _check_rule(name: str, spec: Any, fail: _Fail) -> None:
    where: Keys = ("fields", name)
    if not isinstance(spec, Mapping):
        _check_texts(spec, where, fail)
        return
    _check_keys(spec, _RULE_KEYS, where, fail)
    for key in ("from", "default", "unknown", "empty", "formats"):
        _check_texts(spec.get(key, []), (*where, key), fail)
    for key in ("split", "cut"):
        _check_pattern(spec.get(key, ""), (*where, key), fail)
    words = spec.get("map", {})
    if not isinstance(words, Mapping):
        fail((*where, "map"), "应是键值对", "it should be a mapping")
    if not isinstance(spec.get("merge", False), bool):
        fail((*where, "merge"), "应是 true 或 false", "it should be true or false")
    for text in _texts(spec.get("formats")):
        if "%" not in text:
            fail((*where, "formats"), f"“{text}”不是日期的写法", f'"{text}" is no way to write a day')
    meanings: dict[Keys, Any] = {("map", word): meaning for word, meaning in words.items()}
    meanings |= {(key,): spec[key] for key in ("default", "unknown", "value") if key in spec}
    for keys, meaning in meanings.items():
        _check_texts(meaning, (*where, *keys), fail)
        _check_meaning(name, meaning, (*where, *keys), fail)


def _check_meaning(name: str, meaning: Any, where: Keys, fail: _Fail) -> None:
    """Refuse a meaning that is no term of a closed list; topics are compared with the portal's own later."""
    allowed = _FORMATS if name == "formats" else TERMS.get(name)
    for text in _texts(meaning):
        if allowed is not None and text and text not in allowed:
            names = ", ".join(sorted(allowed))
            fail(where, f"“{text}”应是这些之一：{names}", f'"{text}" should be one of: {names}')


def _check_keys(document: Mapping[str, Any], known: frozenset[str], where: Keys, fail: _Fail) -> None:
    for key in document:
        if key not in known:
            names = ", ".join(sorted(known))
            fail((*where, key), f"没有这个键；可用的是：{names}", f"there is no such key; known are: {names}")


def _check_texts(value: Any, where: Keys, fail: _Fail) -> None:
    texts = value if isinstance(value, list) else [value]
    if not all(isinstance(text, str | int | float | None) and not isinstance(text, bool) for text in texts):
        fail(where, "应是文字，或文字的列表", "it should be text, or a list of texts")


def _check_pattern(value: Any, where: Keys, fail: _Fail) -> None:
    if not isinstance(value, str) or len(value) > PATTERN_CHARACTERS_MAX:
        fail(where, "应是一个不长的正则表达式", "it should be a short regular expression")
    try:
        re.compile(value)
    except (re.error, RecursionError, OverflowError) as error:
        fail(where, f"正则表达式有误（{error}）", f"the regular expression is wrong ({error})")


def _texts(value: Any) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [str(text).strip() for text in values if text is not None]
