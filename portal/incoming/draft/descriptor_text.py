"""The text of a drafted datapackage.yaml: YAML with comments and lines marked 请填写 (FILL IN).

What only the publisher knows is a marked line to fill in. The text is made by hand, since it is its comments that a
clerk works by. What it says is exactly what it was given: `portal.yamlfile.read_document` reads the same values back,
whatever characters labels hold.
"""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from portal.model.terms import THEMES, UPDATE_CYCLES
from portal.model.text import LocalText

LINE_CHARACTERS_MAX = 110
"""A longer line of a drafted description is wrapped."""

_PLAIN = re.compile(r"[^\W\d_][\w]*(?:[ .-]?[\w]+)*")
_WORDS = frozenset("true false null yes no on off y n none nan inf".split())

_HEAD = """\
# 由 portal new 起草。带“请填写”的行要由您补全：删去行首的“# ”，换上实际内容；其余各行请核对。
# Drafted by portal new. Complete the lines marked FILL IN: remove the "# " and write what is true; check the others.
"""
_ABOUT = """\
# 请填写：两三句话说明数据的内容、范围和来源。 FILL IN: what the data hold, what they cover, where they come from.
# description: ……
# 请填写：许可由单位决定，门户不代为假定。 FILL IN: the licence; none is assumed.
# licenses: [{name: CC-BY-4.0}]
# 请填写：便于检索的词。 FILL IN: words to find it by.
# keywords: [……, ……]
"""


def _listed(words: Mapping[str, LocalText]) -> str:
    """Return lines of comment with ids and what they mean; a line of 72 characters, many of them Chinese, is full."""
    named = " ".join(f"{id_}（{title.zh}）" for id_, title in words.items())
    return textwrap.indent("\n".join(textwrap.wrap(named, 72, break_on_hyphens=False)), "  #   ")


_CATALOGUE = f"""\
  # 请填写：主题，可写多个。 FILL IN: themes, among:
{_listed({theme.id: theme.title for theme in THEMES})}
  themes: []
  # 请填写：更新周期。 FILL IN: how often it is updated, one of:
{_listed(UPDATE_CYCLES)}
  # update_cycle: monthly
  # 请填写：发布日期。 FILL IN: the day of publication.
  # published: "2026-01-15"
  # 请填写：可以向社会公布的，把 false 改为 true；在此之前，网站只列出目录条目，不公布文件。
  # FILL IN: write true once the public may have the data; until then the site lists the entry and no file.
  open: {{is_open: false}}
"""
_PUBLISHER = """\
  # 请填写：publishers.yaml 中的单位 id。 FILL IN: the id of the publisher in publishers.yaml.
  # publisher: data-bureau
"""
_CODE = """\
  # 信息资源代码：按本单位已有的代码往下编，请核对；发布后不再改动。 CHECK: the next resource code; it never changes.
  code: {code}
"""
_CODE_UNKNOWN = """\
  # 信息资源代码：本单位的其他数据都没有代码，所以没有代拟。按国家目录编制指南编目的，请向目录主管部门问明
  # 本单位的分类（类、项、目），斜线后从 000001 编起，删去下一行行首的“# ”并改成自己的代码；不按指南的不用写。
  # The resource code: none is proposed, since no other dataset of this publisher has one. Where the national guide is
  # followed, ask the catalogue authority for the front part, number from 000001, and uncomment; else leave it out.
  # code: 307021000/000001
"""
_CRS = """\
    # 请填写：坐标系，WGS84、CGCS2000、GCJ-02 或 BD-09。 FILL IN: the coordinate reference system.
    # crs: CGCS2000
"""
_ENCODING = """\
    # 请填写：编码是按全文推定的，请打开文件核对文字，无误再确认。 FILL IN: the encoding is assumed; look at the text.
    # encoding: {encoding}
"""
_COMMENT_ROWS = """\
    # commentRows 是不算数据的行：空行，或下方另一张表。文件更新后请核对。
    # commentRows are rows that are no data: blank ones, or another table below. Look again when the file changes.
"""
_RANGES = """\
      # 行尾是数据的实际范围，仅供核对，不是约束。 What stands after # is the range that was seen; it is no rule.
"""
_LEFT_OUT = """\
  # {title}：没有写入，因为有的列没有名称或名称重复。 Left out: a column has no name or that of another.
"""
TO_FILL_IN = (
    "description",
    "licenses",
    "keywords",
    "catalogue.themes",
    "catalogue.update_cycle",
    "catalogue.published",
    "catalogue.open",
)


@dataclass(frozen=True)
class DraftedResource:
    """One entry of ``resources``. *ranges* are shown beside the fields; *needs_crs* asks for a reference system.

    *assumed_encoding* is what the file was read as without anybody having said so: a person has to confirm it.
    """

    entry: Mapping[str, Any]
    ranges: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    needs_crs: bool = False
    assumed_encoding: str = ""


def descriptor_text(
    name: str,
    title: str,
    publisher: str,
    resources: tuple[DraftedResource, ...],
    left_out: tuple[str, ...] = (),
    code: str = "",
) -> str:
    """Return the descriptor of a dataset; *publisher* is an id, or "" where it is not known yet.

    *code* is the resource code that is proposed, "" where nothing is known of the publisher's codes; *left_out* are the
    titles of tables that have to be mended before they can be described.
    """
    lines = [_HEAD, f"name: {_scalar(name)}\ntitle: {_scalar(title)}\n", _ABOUT, "catalogue:\n"]
    lines.append(f"  publisher: {_scalar(publisher)}\n" if publisher else _PUBLISHER)
    lines.append(_CODE.format(code=_scalar(code)) if code else _CODE_UNKNOWN)
    lines.append(_CATALOGUE)
    lines.append("resources:\n")
    for resource in resources:
        lines.extend(_resource_lines(resource))
    lines.extend(_LEFT_OUT.format(title=_scalar(item)) for item in left_out)
    return "".join(lines)


def to_fill_in(publisher: str, resources: tuple[DraftedResource, ...]) -> tuple[str, ...]:
    """Return the keys that the drafted descriptor leaves to the publisher."""
    keys = [*TO_FILL_IN, *([] if publisher else ["catalogue.publisher"])]
    keys += ["encoding"] if any(item.assumed_encoding for item in resources) else []
    return (*keys, *(["crs"] if any(item.needs_crs for item in resources) else []))


def _resource_lines(resource: DraftedResource) -> Iterator[str]:
    lead = "  - "
    for key, value in resource.entry.items():
        if key == "dialect" and "commentRows" in value:
            yield _COMMENT_ROWS
        if key != "schema":
            yield f"{lead}{key}: {_flow(value)}\n"
            lead = "    "
    if resource.assumed_encoding:
        yield _ENCODING.format(encoding=resource.assumed_encoding)
    if resource.needs_crs:
        yield _CRS
    schema = resource.entry.get("schema")
    if schema:
        yield "    schema:\n"
        if resource.ranges:
            yield _RANGES
        yield "      fields:\n"
        for item in schema["fields"]:
            yield from _field_lines(item, resource.ranges.get(item["name"]))
        for key, value in schema.items():
            if key != "fields":
                yield f"      {key}: {_flow(value)}\n"


def _field_lines(item: Mapping[str, Any], seen: tuple[str, str] | None) -> Iterator[str]:
    note = f"  # {seen[0]} … {seen[1]}" if seen else ""
    line = f"        - {_flow(item)}{note}\n"
    if len(line) <= LINE_CHARACTERS_MAX:
        yield line
        return
    lead = "        - "
    for key, value in item.items():
        yield f"{lead}{key}: {_flow(value)}{note}\n"
        lead, note = "          ", ""


def _flow(value: Any) -> str:
    """Write a value in one line."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_scalar(key)}: {_flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_flow, value)) + "]"
    return _scalar(value)


def _scalar(value: Any) -> str:
    """Write one value so that it is read back as it is, here and by readers of YAML 1.1.

    >>> [_scalar(value) for value in ("站点 编号", "01001", "no", "a: b", True, 0)]
    ['站点 编号', '"01001"', '"no"', '"a: b"', 'true', '0']
    """
    if not isinstance(value, str):
        return json.dumps(value)
    if _PLAIN.fullmatch(value) and value.lower() not in _WORDS:
        return value
    return "".join(char if char.isprintable() else _escape(char) for char in json.dumps(value, ensure_ascii=False))


def _escape(char: str) -> str:
    return f"\\u{ord(char):04x}" if ord(char) < 0x10000 else f"\\U{ord(char):08x}"
