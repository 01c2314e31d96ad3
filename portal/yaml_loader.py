"""YAML's values as people mean them: scalars of YAML 1.2, merge keys (<<), no tags, no key twice.

A number is a number only where it is shown again as it was typed, the bounds among a field's constraints always.
"""

from __future__ import annotations

import math
import re
import sys
from typing import Any, ClassVar

import yaml

from portal.findings.details import Detail, Phrase, phrase
from portal.findings.words import said
from portal.model.text import LocalText

INTERNED_CHARACTERS_MAX = 24
"""Keys and values up to this length, which stand in thousands of files alike, are kept once."""
_BOUNDS = frozenset(["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"])
_NOTHING, _TRUTH, _TEXT, _INTEGER, _NUMBER, _LIST, _MAPPING = (
    f"tag:yaml.org,2002:{kind}" for kind in "null bool str int float seq map".split()
)
"""The tags of YAML's core rules, which are all that there are."""
_KEYS = frozenset([_TEXT, _INTEGER, _NUMBER])
"""Kinds of keys that may be text: a number that is not shown again as it was typed is."""
_SHAPES = {
    _NOTHING: re.compile(r"^(?:~|null|Null|NULL|)$"),
    _TRUTH: re.compile(r"^(?:true|True|TRUE|false|False|FALSE)$"),
    _INTEGER: re.compile(r"^[-+]?(?:0|[1-9][0-9]*)$"),
    _NUMBER: re.compile(r"^[-+]?(?:[0-9]+\.[0-9]*|\.[0-9]+|[0-9]+(?=[eE]))(?:[eE][-+]?[0-9]+)?$"),
}
_FIRST = {_NOTHING: ["~", "n", "N", ""], _TRUTH: [*"tTfF"], _INTEGER: [*"-+0123456789"], _NUMBER: [*"-+0123456789."]}
"""What a scalar of each kind looks like, and what it begins with."""
TOO_LONG = LocalText("数字过长或过大", "a number is too long or too large")


class UnreadableFile(Exception):
    """A file that is no well-formed YAML or JSON; *code* is that of the finding to make of it."""

    def __init__(self, code: str, reason: Detail, row: int | None = None, column: int | None = None) -> None:
        super().__init__(said(reason, "en"))
        self.code = code
        self.reason = reason
        self.row = row
        self.column = column


class _Bound(yaml.ScalarNode):
    """A number among constraints: it is compared, not shown, so it is a number however it is typed."""


class SafeLoader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """PyYAML's safe loader with the scalars of YAML 1.2 and without duplicate keys."""

    yaml_implicit_resolvers: ClassVar[dict[str, Any]] = {}
    yaml_constructors: ClassVar[dict[str | None, Any]] = {}
    yaml_multi_constructors: ClassVar[dict[str | None, Any]] = {}

    def construct_mapping(self, node: Any, deep: bool = False) -> Any:
        """Build a mapping, refusing a key that stands twice and one that is no scalar."""
        if not isinstance(node, yaml.MappingNode):
            return super().construct_mapping(node, deep)
        mapping: dict[Any, Any] = {}
        seen = set()
        for key_node, value_node in _merged(node):
            if not isinstance(key_node, yaml.ScalarNode):
                reason = LocalText("键必须是文字", "a key must be plain text")
                raise UnreadableFile("descriptor-syntax", reason, *position(key_node.start_mark))
            typed = key_node.value
            if typed in seen:
                raise UnreadableFile("descriptor-syntax", duplicate(typed), *position(key_node.start_mark))
            seen.add(typed)
            if typed == "constraints":
                value_node = _with_bounds(value_node)
            key = self.construct_object(key_node) if key_node.tag in _KEYS else None
            if not isinstance(key, str):
                raise UnreadableFile("descriptor-syntax", no_text(typed), *position(key_node.start_mark))
            mapping[key] = self.construct_object(value_node, deep)
        return mapping

    def construct_object(self, node: Any, deep: bool = False) -> Any:
        """Build any value; text, which most of them are, without looking up who can.

        Short texts stand once in memory, as keys and terms are the same in every descriptor.
        """
        if node.tag == _TEXT and isinstance(node, yaml.ScalarNode):
            return sys.intern(node.value) if len(node.value) <= INTERNED_CHARACTERS_MAX else node.value
        if isinstance(node, _Bound):
            return _as_number(node)
        return super().construct_object(node, deep)


def _merged(node: Any) -> list[tuple[Any, Any]]:
    """Return the keys and values of a mapping with what its merge key ``<<`` brings, which its own keys replace.

    YAML 1.2 has no merge keys any more, but PyYAML, and so Frictionless, reads them: a descriptor means the same to
    both. Of several mappings the first that has a key counts. What aliases bring was counted before (`_check_events`).
    """
    merges = [pair for pair in node.value if _is_merge(pair[0])]
    if not merges:
        pairs: list[tuple[Any, Any]] = node.value
        return pairs
    if len(merges) > 1:
        raise UnreadableFile("descriptor-syntax", duplicate("<<"), *position(merges[1][0].start_mark))
    own = [pair for pair in node.value if pair is not merges[0]]
    value = merges[0][1]
    known = {key.value for key, _ in own if isinstance(key, yaml.ScalarNode)}
    brought = []
    for source in value.value if isinstance(value, yaml.SequenceNode) else [value]:
        if not isinstance(source, yaml.MappingNode):
            reason = LocalText("合并键 << 之后应是键值对", "a merge key (<<) brings mappings, and nothing else")
            raise UnreadableFile("descriptor-syntax", reason, *position(value.start_mark))
        for key, item in _merged(source):
            if not isinstance(key, yaml.ScalarNode) or key.value not in known:
                brought.append((key, item))
                known |= {key.value} if isinstance(key, yaml.ScalarNode) else set()
    return [*brought, *own]


def _is_merge(key: Any) -> bool:
    return isinstance(key, yaml.ScalarNode) and key.value == "<<" and not key.style


def _with_bounds(node: Any) -> Any:
    """Return a copy of the mapping *node* whose bounds are numbers, those of a merge key too.

    What an alias shares with it stays as it is.
    """
    if not isinstance(node, yaml.MappingNode):
        return node
    items = []
    for key_node, value_node in _merged(node):
        is_bound = isinstance(key_node, yaml.ScalarNode) and key_node.value in _BOUNDS
        if is_bound and isinstance(value_node, yaml.ScalarNode) and value_node.tag in (_INTEGER, _NUMBER):
            items.append((key_node, _Bound(value_node.tag, value_node.value, value_node.start_mark)))
        else:
            items.append((key_node, value_node))
    return yaml.MappingNode(node.tag, items, node.start_mark, node.end_mark)


def _as_nothing(loader: Any, node: Any) -> None:
    _scalar(node)


def _as_truth(loader: Any, node: Any) -> bool:
    return _scalar(node).lower() == "true"


def _as_typed(loader: Any, node: Any) -> Any:
    """Return a number that is shown again as it was typed, else the text."""
    text = _scalar(node)
    number = _integer(node) if node.tag == _INTEGER else float(text)
    return number if repr(number) == text else text


def _as_number(node: Any) -> Any:
    text = _scalar(node)
    if _SHAPES[_INTEGER].match(text):
        return _integer(node)
    try:
        return finite(text)
    except ValueError as error:
        raise _refused(node, TOO_LONG) from error


def _integer(node: Any) -> int:
    try:
        return int(node.value)
    except ValueError as error:  # Python reads no number of thousands of digits
        raise _refused(node, TOO_LONG) from error


def _scalar(node: Any) -> str:
    """Return the text of *node*, which must look as its tag says; whoever writes a tag can ask for anything."""
    shapes = [_SHAPES[_INTEGER], _SHAPES[_NUMBER]] if node.tag == _NUMBER else [_SHAPES[node.tag]]
    if isinstance(node, yaml.ScalarNode) and any(shape.fullmatch(node.value) for shape in shapes):
        return str(node.value)
    kind = node.tag.rpartition(":")[2]
    raise _refused(
        node, LocalText(f"内容与标签 !!{kind} 不符，请去掉标签", f"it is no {kind}; leave out the tag !!{kind}")
    )


def _refused(node: Any, reason: LocalText) -> UnreadableFile:
    return UnreadableFile("descriptor-syntax", reason, *position(node.start_mark))


def finite(text: str) -> float:
    """Return a number that JSON can hold. Raises ValueError for one that is too large."""
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(text[:20])
    return number


for _tag, _shape in _SHAPES.items():
    SafeLoader.add_implicit_resolver(_tag, _shape, _FIRST[_tag])

SafeLoader.add_constructor(_NOTHING, _as_nothing)
SafeLoader.add_constructor(_TRUTH, _as_truth)
SafeLoader.add_constructor(_INTEGER, _as_typed)
SafeLoader.add_constructor(_NUMBER, _as_typed)
SafeLoader.add_constructor(_LIST, SafeLoader.construct_yaml_seq)
SafeLoader.add_constructor(_MAPPING, SafeLoader.construct_yaml_map)
SafeLoader.add_constructor(None, SafeLoader.construct_undefined)


def position(mark: Any) -> tuple[int | None, int | None]:
    """Return row and column of a mark of PyYAML, both from 1."""
    return (mark.line + 1, mark.column + 1) if mark else (None, None)


def duplicate(key: str) -> Phrase:
    """Say that a key stands twice."""
    return phrase("键“{key}”写了两次", 'the key "{key}" stands twice', key=key)


def no_text(key: object) -> Phrase:
    """Say that a key is no text."""
    return phrase("键“{key}”不是文字，请加引号", 'the key "{key}" is no text; put it in quotes', key=str(key))
