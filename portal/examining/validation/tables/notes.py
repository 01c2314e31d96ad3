"""Chinese translation of Frictionless' and jsonschema's English notes on an error.

Its notes are few sentences with names and values in them; jsonschema's complaints about a descriptor are some more. A
note that is not known here stands in English in both languages.
"""

from __future__ import annotations

import re

from portal.findings.details import Detail, Phrase, Quoted, as_detail, phrase
from portal.model.text import LIST_SIGNS, LocalText, enumerated

TYPES = {
    "string": LocalText("文本", "text"),
    "integer": LocalText("整数", "an integer"),
    "number": LocalText("数字", "a number"),
    "boolean": LocalText("布尔值", "a boolean"),
    "date": LocalText("日期", "a date"),
    "datetime": LocalText("日期时间", "a date and time"),
    "time": LocalText("时间", "a time"),
    "year": LocalText("年份", "a year"),
    "yearmonth": LocalText("年月", "a year and month"),
    "duration": LocalText("时长", "a duration"),
    "geopoint": LocalText("坐标", "a coordinate pair"),
    "geojson": LocalText("GeoJSON", "GeoJSON"),
    "object": LocalText("JSON 对象", "a JSON object"),
    "array": LocalText("JSON 数组", "a JSON array"),
    "list": LocalText("列表", "a list"),
    "any": LocalText("任意值", "any value"),
}

EXAMPLES = {
    "integer": LocalText("请填写阿拉伯数字的整数，例如 30。", "Write digits, e.g. 30."),
    "number": LocalText("请只填写数字，不带单位，例如 3.5。", "Write a number without a unit, e.g. 3.5."),
    "boolean": LocalText("请填写 true 或 false。", "Write true or false."),
    "date": LocalText("请写成年-月-日，例如 2026-01-31。", "Write year-month-day, e.g. 2026-01-31."),
    "datetime": LocalText("请写成例如 2026-01-31T08:30:00。", "Write e.g. 2026-01-31T08:30:00."),
    "time": LocalText("请写成例如 08:30:00。", "Write e.g. 08:30:00."),
    "year": LocalText("请填写四位年份，例如 2026。", "Write four digits, e.g. 2026."),
    "yearmonth": LocalText("请写成年-月，例如 2026-01。", "Write year-month, e.g. 2026-01."),
}

FALLBACK_EXAMPLE = LocalText(
    "请改正该值；如果值没有错，请修改 schema 中的类型或格式。",
    "Correct the value, or the field's type or format in the schema if the value is right.",
)

_CELLS = (
    (r'type is "(.+?)/.*"', "类型应为 {0}"),
    (r'constraint "required" is ".*"', "该项必填"),
    (r'constraint "unique" is ".*"', "值不得重复"),
    (r'constraint "minimum" is "(.*)"', "不得小于 {0}"),
    (r'constraint "maximum" is "(.*)"', "不得大于 {0}"),
    (r'constraint "exclusiveMinimum" is "(.*)"', "必须大于 {0}"),
    (r'constraint "exclusiveMaximum" is "(.*)"', "必须小于 {0}"),
    (r'constraint "minLength" is "(.*)"', "长度不得少于 {0}"),
    (r'constraint "maxLength" is "(.*)"', "长度不得超过 {0}"),
    (r'constraint "pattern" is "(.*)"', "应符合格式 {0}"),
    (r'constraint "enum" is "(.*)"', "只能取 {0}"),
    (r'constraint "jsonSchema" is "(.*)"', "应符合 JSON Schema {0}"),
)  # fmt: skip

_ROWS = (
    (r"the same as in the row at position (\d+)", "与第 {0} 行相同"),
    (r'cells composing the primary keys are all "None"', "主键为空"),
    (r'for "(.*)": values "(.*)" not found in the lookup table "" as "(.*)"',
     "字段 {0} 的值“{1}”在本表的 {2} 中不存在"),
    (r'for "(.*)": values "(.*)" not found in the lookup table "(.*)" as "(.*)"',
     "字段 {0} 的值“{1}”在 {2} 的 {3} 中不存在"),
    (r'at position "(.*)"', "与第 {0} 列相同"),
    (r'expected is "(.*)" and actual is "(.*)"', "应为 {0}，实际为 {1}"),
    (r"the source is empty", "文件是空的"),
    (r"field larger than field limit \((\d+)\)", "单元格超过 {0} 个字符"),
    (r"unexpected end of data", "文件在引号之内结束"),
    (r"line contains NUL", "这一行含有空字符（NUL）"),
    (r"the rows cannot be compared with the schema: (.*)", "数据无法与 schema 比较：{0}"),
)  # fmt: skip

_OPENING = (
    (r"\[Errno 2\] No such file or directory: (.*)", "文件 {0} 不存在"),
    (r"\[Errno 13\] Permission denied: (.*)", "没有读取 {0} 的权限"),
    (r"\[Errno 21\] Is a directory: (.*)", "{0} 是文件夹"),
    (r"unknown encoding: (.*)", "没有名为 {0} 的编码"),
    (r"'(.*)' codec can't decode bytes? .* in position (\d+)(?:-\d+)?: .*", "第 {1} 字节起不是合格的 {0}"),
    (r"File is not a zip file", "文件不是 ZIP 压缩包"),
    (r"Not a gzipped file \(.*\)", "文件不是 GZip 压缩包"),
    (r"the archive is empty", "压缩包是空的"),
    (r'compression "(.*)" is not supported', "不支持 {0} 压缩"),
    (r'scheme "(.*)" is not supported', "不支持以 {0} 开头的地址"),
    (r'format "(.*)" is not supported', "不支持 {0} 格式"),
    (r'cannot extract (JSON|YAML) tabular data from "(.*)"', "{1} 中的 {0} 不是表格"),
    (r"unsupported inline data", "内嵌数据（data）不是表格"),
    (r'invalid excel file "(.*)"', "{0} 不是合格的工作簿"),
    (r'(?:Excel|OpenOffice) document "(.*)" does not have a sheet "(.*)"', "工作簿 {0} 中没有工作表 {1}"),
    (r'Please install "(.*)"', "门户不支持这种格式（{0}）"),
)  # fmt: skip

_DESCRIPTOR = (
    (r"descriptor is not valid", "描述不合格"),
    (r'license requires "path" or "name": .*', "许可（licenses）须写 name 或 path"),
    (r'profile "tabular-data-resource" requires "schema" to be present', "表格资源须写 schema"),
    (r'profile "tabular-data-package" requires all the resources to be "tabular-data-resource"',
     "表格数据包的每个资源都须是 tabular-data-resource"),
    (r'property "(.*)" is not valid "(.*)"', "属性 {0} 不是合格的 {1}"),
    (r'one of the properties "path" or "data" is required', "须写 path 或 data"),
    (r'properties "path" and "data" is mutually exclusive', "path 和 data 只能写一个"),
    (r'failed to handle a foreign key for resource "(.*)" as resource "(.*)" does not exist',
     "资源 {0} 的外键引用了不存在的资源 {1}"),
    (r'package is required for foreign keys to other resources: "(.*)"', "引用其他资源的外键须写在数据包中"),
    (r'path "(.*)" is not safe', "路径 {0} 不在数据集文件夹之内"),
    (r'"\$ref" path is not safe', "$ref 引用的路径不在数据集文件夹之内"),
    (r'"\$ref" scheme "(.*)" is not supported', "不支持以 {0} 开头的 $ref"),
    (r'"(.*)" should be set as "(.*)"', "{0} 应写在 {1}"),
    (r'constraint "(.*)" is not supported by type "(.*)"', "{1} 类型不能有约束 {0}"),
    (r'constraint "(.*)" requires datapackage v2', "约束 {0} 须在描述文件中写明 Data Package 2.0 的 $schema"),
    (r"missing values in object form require datapackage v2",
     "missingValues 写成对象时，须写明 Data Package 2.0 的 $schema"),
    (r'missing value "(.*)" is not unique', "missingValues 中 {0} 重复"),
    (r'missing value label "(.*)" is not unique', "missingValues 的 label {0} 重复"),
    (r'example value "(.*)" for field "(.*)" is not valid', "字段 {1} 的示例 {0} 不符合该字段的定义"),
    (r"names of the fields are not unique", "字段名重复"),
    (r"names of the resources are not unique", "资源名重复"),
    (r'primary key "(.*)" does not match the fields "(.*)"', "主键 {0} 不在字段 {1} 之中"),
    (r'foreign key fields "(.*)" does not match the reference fields "(.*)"',
     "外键的字段 {0} 与被引用的字段 {1} 个数不同"),
    (r'foreign key "(.*)" does not match the fields "(.*)"', "外键 {0} 的字段不在字段 {1} 之中"),
    (r'field "(.*)" does not exist', "没有字段 {0}"),
    (r'resource "(.*)" does not exist', "没有资源 {0}"),
    (r'resource "(.*)" is not tabular', "资源 {0} 不是表格"),
    (r'resource "(.*)" already exists', "资源 {0} 已经有了"),
    (r'control "(.*)" already exists', "dialect 中 {0} 写了两次"),
    (r'control "(.*)" does not exist', "dialect 中没有 {0}"),
    (r'(?:field|control|resource|package|check|step|error) type "(.*)" is not supported', "没有名为 {0} 的类型"),
    (r'unsupported type for "(.*)": (.*)', "{0} 的类型 {1} 不受支持"),
    (r'cannot retrieve metadata "(.*)" because "(.*)"', "无法读取描述 {0}：{1}"),
    (r'failed to resolve json-schema profile because "(.*)"', "无法读取 profile：{0}"),
    (r'matching fields by name \("fieldsMatch": "(.*)"\) requires unique labels in the header',
     "fieldsMatch 为 {0} 时，表头的名称不得重复"),
    (r'matching fields by name \("fieldsMatch": "(.*)"\)'
     r' is ambiguous: fields (.*) differ only by case, which "header_case" is set to ignore',
     "fieldsMatch 为 {0} 时，字段 {1} 只差大小写，无法区分"),
    (r'(?:Check|Step) "code" is deprecated in favor of "type"', "code 已改名为 type"),
    (r'Resource "(.*)" is deprecated in favor (?:of|not set value) ?"?(.*?)"?', "资源的 {0} 已由 {1} 代替"),
)  # fmt: skip

_JSON_SCHEMA = (
    (r"'(.*)' is a required property", "缺少必需的属性 {0}"),
    (r"(.*) is not of type (.*)", "{0} 的类型不对，应为{1}"),
    (r"(.*) is not one of (.*)", "{0} 不在 {1} 之中"),
    (r"(.*) is not valid under any of the given schemas", "{0} 不符合任何一种允许的写法"),
    (r"(.*) is valid under each of (.*)", "{0} 同时符合几种互斥的写法"),
    (r"Additional properties are not allowed \((.*) (?:was|were) unexpected\)", "不允许有属性 {0}"),
    (r"(.*) is too short", "{0} 太短"),
    (r"(.*) is too long", "{0} 太长"),
    (r"(.*) should be non-empty", "{0} 不得为空"),
    (r"(.*) does not have enough properties", "{0} 的属性太少"),
    (r"(.*) has too many properties", "{0} 的属性太多"),
    (r"(.*) does not match (.*)", "{0} 不符合格式 {1}"),
    (r"(.*) is not a '(.*)'", "{0} 不是合格的 {1}"),
    (r"(.*) is less than the minimum of (.*)", "{0} 小于 {1}"),
    (r"(.*) is greater than the maximum of (.*)", "{0} 大于 {1}"),
    (r"(.*) has non-unique elements", "{0} 中有重复的值"),
    (r"(.*) was expected", "应为 {0}"),
    (r"(.*) is a dependency of (.*)", "写了 {1} 就须写 {0}"),
)  # fmt: skip

NOTES = tuple(
    (re.compile(pattern, re.DOTALL), chinese)
    for pattern, chinese in (*_CELLS, *_ROWS, *_OPENING, *_DESCRIPTOR, *_JSON_SCHEMA)
)
"""Patterns of notes and their Chinese; the first that fits a whole note counts."""

_OF_AN_ITEM = "array item "
_ENGLISH = {'cells composing the primary keys are all "None"': "the key is empty"}
"""Notes in which Python's word for nothing stands, as people say it."""
_AT_PROPERTY = re.compile(r"(.*) at property '(.*)'", re.DOTALL)


def in_both_languages(note: str) -> Phrase | None:
    """Return a note of Frictionless as a phrase, its names and values as quoted parts; None where it is not known.

    >>> from portal.findings.words import said
    >>> [said(in_both_languages('constraint "minimum" is "0"'), lang) for lang in ("zh", "en")]
    ['不得小于 0', 'constraint "minimum" is "0"']
    >>> said(in_both_languages("'name' is a required property at property 'schema.fields.0'"), "zh")
    '缺少必需的属性 name（位置：schema.fields.0）'
    >>> said(in_both_languages('array item constraint "required" is "True"'), "zh")
    '列表中的每一项：该项必填'
    >>> said(in_both_languages("constraint \\"enum\\" is \\"['男', '女']\\""), "zh")
    '只能取 男、女'
    """
    if note.startswith(_OF_AN_ITEM):
        of_item = in_both_languages(note.removeprefix(_OF_AN_ITEM))
        return of_item and phrase("列表中的每一项：{item}", f"{_OF_AN_ITEM}{{item}}", item=of_item)
    if placed := _AT_PROPERTY.fullmatch(note):
        inner = in_both_languages(placed[1])
        return inner and phrase("{what}（位置：{key}）", "{what} at property '{key}'", what=inner, key=placed[2])
    for pattern, chinese in NOTES:
        if match := pattern.fullmatch(note):
            if note in _ENGLISH:
                return Phrase(LocalText(chinese, _ENGLISH[note]))
            return _phrase(match, chinese)
    return None


def _phrase(match: re.Match[str], chinese: str) -> Phrase:
    """Return the phrase of a note: what its pattern caught are parts, what stands between them are words."""
    english, end = "", 0
    parts: dict[str, Detail] = {}
    for number, text in enumerate(match.groups()):
        start, stop = match.span(number + 1)
        english += f"{escaped(match.string[end:start])}{{p{number}}}"
        parts[f"p{number}"] = as_detail(Quoted(_plainly(text), text))
        end = stop
    english += escaped(match.string[end:])
    return Phrase(LocalText(re.sub(r"\{(\d)\}", r"{p\1}", chinese), english), tuple(parts.items()))


def escaped(text: str) -> str:
    """Return *text* for a template, in which braces stand for places."""
    return text.replace("{", "{{").replace("}", "}}")


_TEXTS = re.compile(r"\['(.*)'\]", re.DOTALL)
_NUMBERS = re.compile(r"\[([0-9., -]+)\]")
_KINDS = {
    "'string'": "一段文字",
    "'object'": "一组键和值",
    "'array'": "列表",
    "'integer'": "整数",
    "'number'": "数字",
    "'boolean'": " true 或 false",
    "'null'": "空值",
}


def _plainly(text: str) -> str:
    """Say what stands in a note as Python writes it the way people do.

    >>> _plainly("['在办', '办结']"), _plainly("[1, 2]"), _plainly("'string', 'object'"), _plainly("2020")
    ('在办、办结', '1、2', '一段文字、一组键和值', '2020')
    """
    if texts := _TEXTS.fullmatch(text):
        return texts[1].replace("', '", LIST_SIGNS["zh"])
    if numbers := _NUMBERS.fullmatch(text):
        return numbers[1].replace(LIST_SIGNS["en"], LIST_SIGNS["zh"])
    kinds = text.split(", ")
    return enumerated("zh", (_KINDS[kind] for kind in kinds)) if set(kinds) <= set(_KINDS) else text
