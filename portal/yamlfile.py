"""Safe reading of YAML and JSON that people write: duplicate keys, limits, errors with line and column.

Scalars follow YAML 1.2's core rules, so that what a clerk typed stays what it was: ``on`` and ``no`` are words, a date
is text, and a number with a leading zero is text. A number is a number only where it is shown again as it was typed:
``1.5`` and ``20`` are, while ``1.10``, ``+86`` and ``12e5`` (a version, a prefix, a piece of a hash) stay text. The
bounds among a field's constraints are always numbers. Nothing is executed, and nothing is built but text, numbers,
true, false, null, lists and mappings; a tag that asks for anything else is refused.
"""

from __future__ import annotations

import json
import math
import os
import re
import stat
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar

import yaml

from portal.findings.details import Detail, Phrase, phrase
from portal.findings.words import said
from portal.model.errors import system_reason
from portal.model.limits import DESCRIPTOR_BYTES_MAX, DESCRIPTOR_DEPTH_MAX, DESCRIPTOR_NODES_MAX
from portal.model.nesting import nests_deeper
from portal.model.text import LocalText

_YAML_PROBLEMS = {
    "mapping values are not allowed in this context": "这里不能出现冒号，含冒号的文字请加引号",
    "block sequence entries are not allowed in this context": "这里不能出现列表项“-”，请检查缩进",
    "found a tab character that violates indentation": "缩进用了制表符，请改用空格",
    "found character that cannot start any token": "这里有不能用作开头的字符（如制表符、@ 或 `），文字请加引号",
    "could not find expected ':'": "缺少冒号",
    "did not find expected key": "缩进或引号有误，此处应为键",
    "did not find expected '-' indicator": "缩进有误，此处应为列表项“-”",
    "did not find expected ',' or ']'": "方括号没有写全",
    "did not find expected ',' or '}'": "花括号没有写全",
    "did not find expected node content": "这里缺少内容",
    "did not find expected <document start>": "文件里只能有一份内容，请检查多出的文字",
    "found unexpected end of stream": "引号或括号没有写全",
    "found unknown escape character": "双引号里的反斜杠写法有误，请改用单引号",
    "control characters are not allowed": "含有不可见的控制字符",
    "found undefined alias": "引用了不存在的别名",
}
"""What libyaml says, in Chinese; what is not here is shown as it is."""


class UnreadableFile(Exception):
    """A file that is no well-formed YAML or JSON; *code* is that of the finding to make of it."""

    def __init__(self, code: str, reason: Detail, row: int | None = None, column: int | None = None) -> None:
        super().__init__(said(reason, "en"))
        self.code = code
        self.reason = reason
        self.row = row
        self.column = column


def read_document(path: Path) -> Any:
    """Return what stands in *path* as dicts, lists and scalars; an empty YAML file is None.

    A file that ends in ``.json`` is read as JSON, every other as YAML. Raises `UnreadableFile`.
    """
    text = _read_text(path)
    document = _parse_json(text) if path.suffix.lower() == ".json" else _parse_yaml(text)
    _check_content(document)
    return document


def _read_text(path: Path) -> str:
    try:
        with open(path, "rb", opener=_without_waiting) as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode):
                reason = LocalText("不是普通文件（管道、设备等）", "it is no plain file (a pipe or a device)")
                raise UnreadableFile("descriptor-unreadable", reason)
            content = file.read(DESCRIPTOR_BYTES_MAX + 1)
    except OSError as error:
        raise UnreadableFile("descriptor-unreadable", system_reason(error)) from error
    if len(content) > DESCRIPTOR_BYTES_MAX:
        limit = f"{DESCRIPTOR_BYTES_MAX // 1024 // 1024} MB"
        raise UnreadableFile("descriptor-too-large", LocalText(f"超过 {limit}", f"it is over {limit}"))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = content.count(b"\n", 0, error.start) + 1
        raise UnreadableFile(
            "descriptor-unreadable", LocalText("不是 UTF-8 编码", "it is not encoded in UTF-8"), row
        ) from error


def _without_waiting(path: str, flags: int) -> int:
    """Open a file; of a pipe nobody is waited for who writes into it."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def _parse_json(text: str) -> Any:
    if nests_deeper(text, DESCRIPTOR_DEPTH_MAX):
        raise _too_deep()
    try:
        return json.loads(text, object_pairs_hook=_unique_pairs, parse_constant=_refuse_constant, parse_float=_finite)
    except json.JSONDecodeError as error:
        reason = LocalText(f"不是合格的 JSON（{error.msg}）", f"it is not JSON ({error.msg})")
        raise UnreadableFile("descriptor-syntax", reason, error.lineno, error.colno) from error
    except ValueError as error:
        raise UnreadableFile("descriptor-syntax", _TOO_LONG) from error


def _unique_pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for key, value in pairs:
        if key in result:
            raise UnreadableFile("descriptor-syntax", _duplicate(key))
        result[key] = value
    return result


def _refuse_constant(name: str) -> Any:
    raise UnreadableFile("descriptor-syntax", LocalText(f"JSON 中不能写 {name}", f"{name} is not allowed in JSON"))


INTERNED_CHARACTERS_MAX = 24
"""Keys and values up to this length, which stand in thousands of files alike, are kept once."""
_STARTS = (yaml.MappingStartEvent, yaml.SequenceStartEvent)
_ENDS = (yaml.MappingEndEvent, yaml.SequenceEndEvent)
_SURROGATE = re.compile("[\ud800-\udfff]")
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
_NO_TAGS = LocalText("不允许使用自定义标签", "tags are not allowed")
_TOO_LONG = LocalText("数字过长或过大", "a number is too long or too large")


class _Bound(yaml.ScalarNode):
    """A number among constraints: it is compared, not shown, so it is a number however it is typed."""


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
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
                raise UnreadableFile("descriptor-syntax", reason, *_position(key_node.start_mark))
            typed = key_node.value
            if typed in seen:
                raise UnreadableFile("descriptor-syntax", _duplicate(typed), *_position(key_node.start_mark))
            seen.add(typed)
            if typed == "constraints":
                value_node = _with_bounds(value_node)
            key = self.construct_object(key_node) if key_node.tag in _KEYS else None
            if not isinstance(key, str):
                raise UnreadableFile("descriptor-syntax", _no_text(typed), *_position(key_node.start_mark))
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
        raise UnreadableFile("descriptor-syntax", _duplicate("<<"), *_position(merges[1][0].start_mark))
    own = [pair for pair in node.value if pair is not merges[0]]
    value = merges[0][1]
    known = {key.value for key, _ in own if isinstance(key, yaml.ScalarNode)}
    brought = []
    for source in value.value if isinstance(value, yaml.SequenceNode) else [value]:
        if not isinstance(source, yaml.MappingNode):
            reason = LocalText("合并键 << 之后应是键值对", "a merge key (<<) brings mappings, and nothing else")
            raise UnreadableFile("descriptor-syntax", reason, *_position(value.start_mark))
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
        return _finite(text)
    except ValueError as error:
        raise _refused(node, _TOO_LONG) from error


def _integer(node: Any) -> int:
    try:
        return int(node.value)
    except ValueError as error:  # Python reads no number of thousands of digits
        raise _refused(node, _TOO_LONG) from error


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
    return UnreadableFile("descriptor-syntax", reason, *_position(node.start_mark))


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(text[:20])
    return number


for _tag, _shape in _SHAPES.items():
    _Loader.add_implicit_resolver(_tag, _shape, _FIRST[_tag])

_Loader.add_constructor(_NOTHING, _as_nothing)
_Loader.add_constructor(_TRUTH, _as_truth)
_Loader.add_constructor(_INTEGER, _as_typed)
_Loader.add_constructor(_NUMBER, _as_typed)
_Loader.add_constructor(_LIST, _Loader.construct_yaml_seq)
_Loader.add_constructor(_MAPPING, _Loader.construct_yaml_map)
_Loader.add_constructor(None, _Loader.construct_undefined)


def _parse_yaml(text: str) -> Any:
    try:
        has_aliases = _check_events(text)
        document = yaml.load(text, Loader=_Loader)  # noqa: S506 - the loader is a safe one
        return _written_out(document) if has_aliases else document
    except yaml.MarkedYAMLError as error:
        problem = error.problem or "syntax error"
        is_tag = problem.startswith(("could not determine a constructor", "expected a "))
        reason = _NO_TAGS if is_tag else LocalText(_YAML_PROBLEMS.get(problem, problem), problem)
        raise UnreadableFile("descriptor-syntax", reason, *_position(error.problem_mark)) from error
    except (yaml.YAMLError, ValueError) as error:
        reason = LocalText("含有 YAML 不允许的字符", "it holds characters that YAML does not allow")
        raise UnreadableFile("descriptor-syntax", reason) from error


def _position(mark: Any) -> tuple[int | None, int | None]:
    return (mark.line + 1, mark.column + 1) if mark else (None, None)


def _duplicate(key: str) -> Phrase:
    return phrase("键“{key}”写了两次", 'the key "{key}" stands twice', key=key)


def _no_text(key: object) -> Phrase:
    return phrase("键“{key}”不是文字，请加引号", 'the key "{key}" is no text; put it in quotes', key=str(key))


def _too_deep() -> UnreadableFile:
    return UnreadableFile(
        "descriptor-too-large",
        LocalText(f"嵌套超过 {DESCRIPTOR_DEPTH_MAX} 层", f"it nests deeper than {DESCRIPTOR_DEPTH_MAX} levels"),
    )


def _written_out(value: Any) -> Any:
    """Return *value* without parts that stand in two places: who changes one of them would change both."""
    if isinstance(value, dict):
        return {key: _written_out(item) for key, item in value.items()}
    return [_written_out(item) for item in value] if isinstance(value, list) else value


def _check_events(text: str) -> bool:
    """Refuse YAML that is deep, or that aliases would blow up, before anything is built of it; say if it has aliases.

    Every use of an alias counts as written out; one within what it stands for would never end. The parser gives its
    events one by one and does not recurse.
    """
    sizes: dict[str, int] = {}
    open_nodes: list[tuple[str | None, int]] = []
    nodes, has_aliases = 0, False
    events: Iterator[Any] = yaml.parse(text, Loader=_Loader)
    for event in events:
        kind = type(event)
        if kind is yaml.ScalarEvent:
            nodes += 1
        elif kind is yaml.AliasEvent:
            has_aliases = True
            if any(event.anchor == around for around, _ in open_nodes):
                raise _too_deep()
            nodes += sizes.get(str(event.anchor), 1)
        elif kind in _STARTS:
            nodes += 1
            open_nodes.append((event.anchor, nodes))
            if len(open_nodes) > DESCRIPTOR_DEPTH_MAX:
                raise _too_deep()
        elif kind in _ENDS:
            anchor, start = open_nodes.pop()
            if anchor:
                sizes[anchor] = nodes - start + 1
        if nodes > DESCRIPTOR_NODES_MAX:
            raise _too_many()
    return has_aliases


def _too_many() -> UnreadableFile:
    return UnreadableFile(
        "descriptor-too-large",
        LocalText(f"内容超过 {DESCRIPTOR_NODES_MAX} 项", f"it holds over {DESCRIPTOR_NODES_MAX} items"),
    )


def _check_content(document: Any) -> None:
    """Refuse what is deep or large, keys that are no text, text that cannot be encoded, and what JSON cannot say."""
    nodes = 0
    stack = [(document, 1)]
    while stack:
        value, depth = stack.pop()
        nodes += 1
        if depth > DESCRIPTOR_DEPTH_MAX:
            raise _too_deep()
        if nodes > DESCRIPTOR_NODES_MAX:
            raise _too_many()
        if isinstance(value, dict):
            for key, item in value.items():
                _check_text(key)
                stack.append((item, depth + 1))
        elif isinstance(value, list):
            stack.extend((item, depth + 1) for item in value)
        elif isinstance(value, str):
            _check_text(value)
        elif not (value is None or isinstance(value, int) or (isinstance(value, float) and math.isfinite(value))):
            reason = LocalText("只能写文字、数字、列表和键值", "only text, numbers, lists and mappings are allowed")
            raise UnreadableFile("descriptor-syntax", reason)


def _check_text(value: Any) -> None:
    if not isinstance(value, str):
        raise UnreadableFile("descriptor-syntax", _no_text(value))
    if _SURROGATE.search(value):
        reason = LocalText("含有不完整的字符（代理码）", "it holds half a character (a lone surrogate)")
        raise UnreadableFile("descriptor-syntax", reason)
