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
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from portal.model.errors import system_reason
from portal.model.limits import DESCRIPTOR_BYTES_MAX, DESCRIPTOR_DEPTH_MAX, DESCRIPTOR_NODES_MAX
from portal.model.nesting import nests_deeper
from portal.model.text import LocalText
from portal.yaml_loader import TOO_LONG, SafeLoader, UnreadableFile, duplicate, finite, no_text, position

__all__ = ["UnreadableFile", "read_document"]

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
            "descriptor-unreadable",
            LocalText("不是 UTF-8 编码，请另存为 UTF-8", "it is not encoded in UTF-8; save it as UTF-8"),
            row,
        ) from error


def _without_waiting(path: str, flags: int) -> int:
    """Open a file; of a pipe nobody is waited for who writes into it."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def _parse_json(text: str) -> Any:
    if nests_deeper(text, DESCRIPTOR_DEPTH_MAX):
        raise _too_deep()
    try:
        return json.loads(text, object_pairs_hook=_unique_pairs, parse_constant=_refuse_constant, parse_float=finite)
    except json.JSONDecodeError as error:
        reason = LocalText(f"不是合格的 JSON（{error.msg}）", f"it is not JSON ({error.msg})")
        raise UnreadableFile("descriptor-syntax", reason, error.lineno, error.colno) from error
    except ValueError as error:
        raise UnreadableFile("descriptor-syntax", TOO_LONG) from error


def _unique_pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for key, value in pairs:
        if key in result:
            raise UnreadableFile("descriptor-syntax", duplicate(key))
        result[key] = value
    return result


def _refuse_constant(name: str) -> Any:
    raise UnreadableFile("descriptor-syntax", LocalText(f"JSON 中不能写 {name}", f"{name} is not allowed in JSON"))


_NO_TAGS = LocalText("不允许使用自定义标签", "tags are not allowed")
_STARTS = (yaml.MappingStartEvent, yaml.SequenceStartEvent)
_ENDS = (yaml.MappingEndEvent, yaml.SequenceEndEvent)
_SURROGATE = re.compile("[\ud800-\udfff]")


def _parse_yaml(text: str) -> Any:
    try:
        has_aliases = _check_events(text)
        document = yaml.load(text, Loader=SafeLoader)  # noqa: S506 - the loader is a safe one
        return _written_out(document) if has_aliases else document
    except yaml.MarkedYAMLError as error:
        problem = error.problem or "syntax error"
        is_tag = problem.startswith(("could not determine a constructor", "expected a "))
        reason = _NO_TAGS if is_tag else LocalText(_YAML_PROBLEMS.get(problem, problem), problem)
        raise UnreadableFile("descriptor-syntax", reason, *position(error.problem_mark)) from error
    except (yaml.YAMLError, ValueError) as error:
        reason = LocalText("含有 YAML 不允许的字符", "it holds characters that YAML does not allow")
        raise UnreadableFile("descriptor-syntax", reason) from error


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
    events: Iterator[Any] = yaml.parse(text, Loader=SafeLoader)
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
        raise UnreadableFile("descriptor-syntax", no_text(value))
    if _SURROGATE.search(value):
        reason = LocalText("含有不完整的字符（代理码）", "it holds half a character (a lone surrogate)")
        raise UnreadableFile("descriptor-syntax", reason)
