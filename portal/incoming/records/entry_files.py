"""Entries' datapackage.yaml written fast; single keys changed, comments and hand edits kept.

A descriptor is new, or changed where a person may have edited it.
"""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from ruamel.yaml.error import YAMLError

from portal.incoming.records.entries import Leaf
from portal.yamlfile import read_document

DESCRIPTOR = "datapackage.yaml"
LINE_CHARACTERS_MAX = 110
"""A longer line of a written description is wrapped."""
FLOW_KEYS_MAX, FLOW_CHARACTERS_MAX = 6, 40
"""A mapping of no more keys, none of whose values is longer, is written in one line."""


def descriptor_text(descriptor: Mapping[str, Any]) -> str:
    """Return *descriptor* as YAML that a person may go on editing; what is text is read back as text everywhere.

    >>> print(descriptor_text({"title": "站点", "code": "01001", "items": [{"name": "编号", "length": 6}]}), end="")
    title: 站点
    code: "01001"
    items:
    - {name: 编号, length: 6}
    """
    text = yaml.dump(
        descriptor,
        Dumper=_Dumper,
        allow_unicode=True,
        sort_keys=False,
        default_flow_style=None,
        width=LINE_CHARACTERS_MAX,
        encoding=None,
    )
    return str(text)


class _Dumper(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc]
    """PyYAML's safe dumper, with text in quotes wherever a reader of YAML might take it for something else."""

    def ignore_aliases(self, data: Any) -> bool:
        """Write equal values out each time: an alias is nothing for clerks."""
        return True

    def represent_mapping(self, tag: str, mapping: Any, flow_style: Any = None) -> Any:
        """Write a few plain values in one line, everything else line by line."""
        node = super().represent_mapping(tag, mapping, flow_style)
        node.flow_style = len(node.value) <= FLOW_KEYS_MAX and all(
            isinstance(value, yaml.ScalarNode) and len(value.value) <= FLOW_CHARACTERS_MAX for _, value in node.value
        )
        return node


_WORDS = frozenset("true false null yes no on off y n".split())
_SIGNS = frozenset(":#{}[]&*!|>'\"%@`,\\\n\t")


def _represent_text(dumper: Any, text: str) -> Any:
    text = text.encode("utf-8", "replace").decode()
    is_plain = text[:1].isalpha() and _SIGNS.isdisjoint(text) and text.lower() not in _WORDS
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=None if is_plain else '"')


_Dumper.add_representer(str, _represent_text)


def write_entry(folder: Path, text: str) -> None:
    """Write the descriptor of an entry into *folder*, which is made; it is there whole or not at all."""
    folder.mkdir(parents=True, exist_ok=True)
    draft = folder / f".{DESCRIPTOR}.draft"
    draft.write_text(text, encoding="utf-8", newline="\n")
    draft.replace(folder / DESCRIPTOR)


def change_entry(path: Path, changes: Mapping[Leaf, Any]) -> bool:
    """Set the leaves of *changes* in the descriptor *path*, None takes one away; all else stays, comments too.

    Returns False where that cannot be done without changing anything else; the file is then as it was.
    """
    wanted = read_document(path)
    _set_leaves(wanted, changes)
    text = path.read_text(encoding="utf-8-sig")
    if path.suffix == ".json":
        changed = json.dumps(wanted, ensure_ascii=False, indent=2) + "\n"
    else:
        try:
            changed = _yaml_with(text, changes)
        except YAMLError:
            return False
    draft = path.with_name(f".{path.stem}.draft{path.suffix}")
    try:
        draft.write_text(changed, encoding="utf-8", newline="\n")
        if read_document(draft) != wanted:
            return False
        draft.chmod(path.stat().st_mode & 0o777)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    return True


def _set_leaves(document: Any, changes: Mapping[Leaf, Any]) -> None:
    for path, value in changes.items():
        holder = document
        for key in path[:-1]:
            if not isinstance(holder.get(key), dict):
                holder[key] = {}
            holder = holder[key]
        if value is None:
            holder.pop(path[-1], None)
        else:
            holder[path[-1]] = value


def _yaml_with(text: str, changes: Mapping[Leaf, Any]) -> str:
    # Imported here, since only edited entries need it and it takes its time to load.
    from ruamel.yaml import YAML
    from ruamel.yaml.util import load_yaml_guess_indent

    _, indent, block_indent = load_yaml_guess_indent(text)
    round_trip = YAML()
    round_trip.preserve_quotes = True
    round_trip.width = 1_000_000
    round_trip.allow_unicode = True
    round_trip.indent(mapping=2, sequence=indent or 2, offset=block_indent or 0)
    document = round_trip.load(text)
    _set_leaves(document, {path: _quoted(value) for path, value in changes.items()})
    out = io.StringIO()
    round_trip.dump(document, out)
    return out.getvalue()


def _quoted(value: Any) -> Any:
    """Return *value* with its texts in double quotes: whatever they hold, they stay text."""
    from ruamel.yaml.scalarstring import DoubleQuotedScalarString

    if isinstance(value, str):
        return DoubleQuotedScalarString(value)
    if isinstance(value, list):
        return [_quoted(item) for item in value]
    if isinstance(value, dict):
        return {key: _quoted(item) for key, item in value.items()}
    return value
