"""Every code of a finding, declared once: its severity, what it says and how to mend it, in Chinese and English.

A code is the error type of Frictionless where it has one, else ours. In the texts ``{name}`` stands for a detail of
the finding; a detail that is not known, or must not be shown, stands as "…".
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from portal.model.text import LocalText


@dataclass(frozen=True)
class Code:
    """The declaration of one kind of finding."""

    name: str
    severity: Literal["error", "warning", "info"]
    message: LocalText
    mend: LocalText


def _error(name: str, zh: str, en: str, mend_zh: str, mend_en: str) -> Code:
    return Code(name, "error", LocalText(zh, en), LocalText(mend_zh, mend_en))


def _warning(name: str, zh: str, en: str, mend_zh: str, mend_en: str) -> Code:
    return Code(name, "warning", LocalText(zh, en), LocalText(mend_zh, mend_en))


def _info(name: str, zh: str, en: str, mend_zh: str, mend_en: str) -> Code:
    return Code(name, "info", LocalText(zh, en), LocalText(mend_zh, mend_en))


# The descriptor: can it be read, does it name a dataset?
DESCRIPTOR = (
    _error(
        "descriptor-unreadable",
        "无法读取描述文件：{reason}。",
        "The descriptor cannot be read: {reason}.",
        "请检查文件是否存在、是否有读取权限，并以 UTF-8 保存。",
        "Check that the file exists and may be read, and save it as UTF-8.",
    ),
    _error(
        "descriptor-syntax",
        "描述文件的写法有误：{reason}。",
        "The descriptor is not well formed: {reason}.",
        "请修改该行该列附近的内容；YAML 用空格缩进，不用制表符，冒号后留一个空格。",
        "Mend the text at this line and column; YAML indents with spaces, not tabs, and wants a space after a colon.",
    ),
    _error(
        "descriptor-too-large",
        "描述文件过大或嵌套过深：{reason}。",
        "The descriptor is too large or nested too deeply: {reason}.",
        "描述文件只写元数据；数据请放在单独的文件里。",
        "Keep metadata only in the descriptor; put data into files of their own.",
    ),
    _error(
        "descriptor-shape",
        "描述文件的结构不对：{reason}。",
        "The descriptor does not have the right shape: {reason}.",
        "请按 Data Package 的结构书写：最外层是键值对，resources 是列表。",
        "Write it as a Data Package: a mapping at the top, with a list of resources.",
    ),
    _warning(
        "descriptor-ambiguous",
        "同一文件夹里有多个描述文件，只采用 {file}，忽略 {ignored}。",
        "The folder holds several descriptors; {file} is used and {ignored} ignored.",
        "请只保留一个描述文件。",
        "Keep one descriptor only.",
    ),
    _error(
        "name-invalid",
        "数据集名称“{value}”不合规则。",
        'The dataset name "{value}" breaks the rule.',
        "名称以小写字母或数字开头，只含小写字母、数字和 . _ -，不超过 100 个字符，且不是系统保留名。可改为：{proposal}",
        "A name starts with a lower-case letter or digit, holds only a-z, 0-9, dot, underscore and hyphen, has at most "
        "100 characters and is no reserved device name. Proposed: {proposal}",
    ),
    _warning(
        "name-missing",
        "描述文件没有写 name，暂用文件夹名“{value}”。",
        'The descriptor has no name; the folder\'s name "{value}" is used.',
        "请在描述文件里写明 name，以后移动文件夹时网址才不会变。",
        "Write a name into the descriptor, so that addresses stay when the folder moves.",
    ),
    _error(
        "name-duplicate",
        "数据集名称“{value}”已被 {other} 使用。",
        'The dataset name "{value}" is already taken by {other}.',
        "请为其中一个数据集改名；名称在整个目录中必须唯一。",
        "Rename one of the two; a name is unique in the whole catalogue.",
    ),
    _error(
        "resource-name-invalid",
        "资源名称“{value}”不合规则。",
        'The resource name "{value}" breaks the rule.',
        "资源名称的规则与数据集名称相同，且不能是 datapackage。可改为：{proposal}",
        "Resource names follow the rule of dataset names and may not be datapackage. Proposed: {proposal}",
    ),
    _error(
        "resource-duplicate",
        "资源名称“{value}”在本数据集中出现了不止一次。",
        'The resource name "{value}" stands more than once in this dataset.',
        "请为每个资源取不同的名称。",
        "Give every resource a name of its own.",
    ),
    _error(
        "path-unsafe",
        "路径“{value}”指向数据集文件夹之外，或不是允许的相对路径。",
        'The path "{value}" leads out of the dataset\'s folder or is no relative path.',
        "请把文件放进数据集文件夹，并用正斜杠写相对路径；不要用 ..、绝对路径、file://、隐藏文件夹或指向外面的符号链接。",
        "Put the file into the dataset's folder and write a relative path with forward slashes: no .., absolute path, "
        "file://, hidden folder or symbolic link to the outside.",
    ),
    _error(
        "reference-remote",
        "“{field}”引用了网络地址“{value}”，发布时不会去网上读取。",
        '"{field}" refers to the address "{value}"; nothing is fetched from the network while publishing.',
        "请把被引用的内容存为数据集文件夹里的文件，再写相对路径。",
        "Save what is referred to as a file in the dataset's folder and write its relative path.",
    ),
    _warning(
        "profile-not-checked",
        "未按自定义 profile“{value}”检查。",
        'The custom profile "{value}" was not checked.',
        "如只需通用规则，可删去 profile；发布不受影响。",
        "Remove profile if the general rules are enough; publication is not affected.",
    ),
    _warning(
        "symlink-skipped",
        "跳过了符号链接 {file}。",
        "The symbolic link {file} was skipped.",
        "请把数据集文件夹本身放进目录，不要用链接代替。",
        "Put the dataset's folder itself into the catalogue instead of a link.",
    ),
)

# The metadata of the catalogue.
CATALOGUE = (
    _warning(
        "title-missing",
        "缺少标题（title）。",
        "The title is missing.",
        "请用一句短语写明数据集是什么，例如“公交站点”。",
        "Say in a short phrase what the dataset is, e.g. Bus stops.",
    ),
    _warning(
        "description-missing",
        "缺少摘要（description）。",
        "The description is missing.",
        "请用两三句话说明数据的内容、范围和来源。",
        "Say in two or three sentences what the data hold, what they cover and where they come from.",
    ),
    _warning(
        "licence-missing",
        "缺少许可（licenses）：没有许可，数据就不算开放。",
        "There is no licence: without one the data are not open.",
        "请写明许可，例如 licenses: [{{name: CC-BY-4.0}}]。",
        "Name a licence, e.g. licenses: [{{name: CC-BY-4.0}}].",
    ),
    _warning(
        "licence-unknown",
        "许可“{value}”不在已知的开放许可之列。",
        'The licence "{value}" is not among the open licences known here.',
        "请核对写法；可用：{allowed}。",
        "Check the spelling; known are: {allowed}.",
    ),
    _warning(
        "publisher-missing",
        "没有写明提供方，暂列为“未注明”。",
        "No publisher is named; it is listed as not stated.",
        "请写 catalogue.publisher，或在 publishers.yaml 中登记上级文件夹名。",
        "Write catalogue.publisher, or enter the parent folder's name in publishers.yaml.",
    ),
    _warning(
        "publisher-unknown",
        "提供方“{value}”没有在 publishers.yaml 中登记。",
        'The publisher "{value}" is not entered in publishers.yaml.',
        "请在 publishers.yaml 中登记该单位，或改正这里的写法。",
        "Enter the department in publishers.yaml, or correct the spelling here.",
    ),
    _warning(
        "theme-unknown",
        "主题“{value}”不在主题表中。",
        'The theme "{value}" is not in the list of themes.',
        "请改用已有的主题编号：{allowed}。",
        "Use one of the theme ids: {allowed}.",
    ),
    _warning(
        "value-unknown",
        "{field} 的取值“{value}”不在规定范围内。",
        '"{value}" is not an allowed value of {field}.',
        "可用的取值：{allowed}。",
        "Allowed values: {allowed}.",
    ),
    _warning(
        "value-type",
        "{field} 的写法不对：{reason}。",
        "{field} is not written as it should be: {reason}.",
        "请按说明书中该项的格式改写。",
        "Write it in the form that the manual gives for this key.",
    ),
    _warning(
        "key-unknown",
        "不认识的键“{field}”。",
        'The key "{field}" is not known.',
        "请检查拼写；如确属自定义内容，请放到 catalogue 以外。",
        "Check the spelling; keep keys of your own outside catalogue.",
    ),
    _warning(
        "successor-unknown",
        "接替的数据集“{value}”不在目录中。",
        'The dataset "{value}" that should take its place is not in the catalogue.',
        "请写另一个数据集的 name，或删去 superseded_by。",
        "Write the name of another dataset, or remove superseded_by.",
    ),
    _error(
        "sharing-contradiction",
        "共享类型为“不予共享”，却标为向社会开放。",
        "The dataset is not shared, yet marked as open to the public.",
        "不予共享的资源不得开放：请改正 catalogue.sharing.type 或 catalogue.open.is_open。",
        "What is not shared cannot be open: correct catalogue.sharing.type or catalogue.open.is_open.",
    ),
)

# Files and what the portal does with them.
FILES = (
    _error(
        "file-too-large",
        "文件超过上限：{reason}。",
        "The file is over the limit: {reason}.",
        "请拆分文件，或在 catalog.yaml 的 limits 中调高上限。",
        "Split the file, or raise the limit under limits in catalog.yaml.",
    ),
    _error(
        "part-header",
        "这一部分的第一行与第一个文件的表头不同，会被当作表头丢掉。",
        "The first line of this part differs from the header of the first file; it would be dropped as a header.",
        "分成多个文件的表格，每个文件都要以同样的表头开始。",
        "Begin every file of a table in parts with the same header.",
    ),
    _warning(
        "encoding-assumed",
        "没有写明编码，全文按 {value} 读取。",
        "No encoding is declared; the whole file was read as {value}.",
        "请核对预览中的文字；无误就在资源中写明 encoding: {value}。",
        "Look at the text in the preview; if it is right, state encoding: {value} in the resource.",
    ),
    _info(
        "published-as-is",
        "{format} 格式的文件原样发布，未检查内容。",
        "The {format} file is published as it is; its content was not checked.",
        "如果它是表格，另存为 CSV 或 XLSX 就能检查、预览和转换。",
        "If it holds a table, a CSV or XLSX copy can be checked, previewed and converted.",
    ),
    _info(
        "link-not-checked",
        "资源是外部链接，发布时没有访问它。",
        "The resource is a link to another site, which was not visited.",
        "把文件放进数据集文件夹，就能检查、预览和长期保存。",
        "A file in the dataset's folder can be checked, previewed and kept.",
    ),
    _info(
        "format-left-out",
        "没有生成 {format} 文件：{reason}。",
        "No {format} file was made: {reason}.",
        "其他格式已完整发布，可以直接下载。",
        "The other formats hold the whole table.",
    ),
    _info(
        "errors-cut",
        "错误太多，检查在第 {number} 处停止。",
        "There are too many errors; checking stopped after {number}.",
        "请先改正已列出的错误，再重新检查。",
        "Mend those that are listed, then check again.",
    ),
    _error(
        "processing-failed",
        "处理时发生意外错误：{reason}。",
        "An unexpected error happened: {reason}.",
        "该数据集未发布，其他数据集不受影响。请把这条信息连同文件交给门户维护者。",
        "This dataset is left out and the others go on. Please hand this line and the file to whoever runs the portal.",
    ),
)

_METADATA_MEND = (
    "请对照 Data Package 规范修改描述文件。",
    "Mend the descriptor so that it follows the Data Package standard.",
)
_TABLE_MEND = ("请打开文件检查表格内容。", "Open the file and check the table.")

# What Frictionless finds, by its own error types.
FRICTIONLESS = (
    _error("package-error", "数据包描述有误：{note}。", "The data package has an error: {note}.", *_METADATA_MEND),
    _error("resource-error", "资源描述有误：{note}。", "The data resource has an error: {note}.", *_METADATA_MEND),
    _error("metadata-error", "元数据有误：{note}。", "The metadata have an error: {note}.", *_METADATA_MEND),
    _error(
        "schema-error",
        "表结构（schema）有误：{note}。",
        "The schema is not valid: {note}.",
        "请对照 Table Schema 规范修改 schema。",
        "Mend the schema so that it follows Table Schema.",
    ),
    _error(
        "field-error",
        "字段定义有误：{note}。",
        "A field is not declared rightly: {note}.",
        "请对照 Table Schema 规范修改该字段的类型、格式或约束。",
        "Mend the field's type, format or constraints so that they follow Table Schema.",
    ),
    _error("dialect-error", "方言（dialect）有误：{note}。", "The dialect is not valid: {note}.", *_METADATA_MEND),
    _error("control-error", "读取选项有误：{note}。", "The reading options are not valid: {note}.", *_METADATA_MEND),
    _error(
        "source-error",
        "数据文件没有可用的内容：{note}。",
        "The file has no content that can be used: {note}.",
        "请确认文件不是空的，并且是所写的格式。",
        "Check that the file is not empty and has the format that is stated.",
    ),
    _error(
        "scheme-error",
        "无法读取数据文件：{note}。",
        "The file cannot be read: {note}.",
        "请确认文件就在描述文件所写的位置，文件名大小写一致，并且可读。",
        "Check that the file is where the descriptor says, spelt alike, and may be read.",
    ),
    _error(
        "format-error",
        "无法按所写的格式解析：{note}。",
        "The file cannot be parsed as its format: {note}.",
        "请用原来的软件打开并另存为所写的格式。",
        "Open it with the program that made it and save it in the stated format.",
    ),
    _error(
        "encoding-error",
        "文字编码不对：{note}。",
        "The text cannot be decoded: {note}.",
        "请另存为 UTF-8，或在资源中写明 encoding，例如 gb18030。",
        "Save the file as UTF-8, or state its encoding in the resource, e.g. gb18030.",
    ),
    _error(
        "compression-error",
        "无法解压：{note}。",
        "The file cannot be unpacked: {note}.",
        "请重新压缩，或直接放未压缩的文件。",
        "Pack it again, or put the unpacked file there.",
    ),
    _error(
        "hash-count",
        "文件的哈希值与描述文件所写不同：{note}。",
        "The file's hash differs from the one declared: {note}.",
        "如果文件是对的，请更新 hash；否则换回原来的文件。",
        "Update hash if the file is right; else put the former file back.",
    ),
    _error(
        "byte-count",
        "文件的字节数与描述文件所写不同：{note}。",
        "The file's size differs from the one declared: {note}.",
        "如果文件是对的，请更新 bytes；否则换回原来的文件。",
        "Update bytes if the file is right; else put the former file back.",
    ),
    _error("field-count", "列数与描述不同：{note}。", "The number of fields differs: {note}.", *_TABLE_MEND),
    _error("row-count", "行数与描述不同：{note}。", "The number of rows differs: {note}.", *_TABLE_MEND),
    _error(
        "blank-header",
        "表头整行为空。",
        "The header is completely blank.",
        "请在第一行写上各列的名称。",
        "Write the names of the columns into the first row.",
    ),
    _error(
        "unmatched-header",
        "表头中没有一列与表结构中的字段相符。",
        "None of the schema's fields stands in the header.",
        "请核对表头与 schema.fields 的名称；也可能是缺了表头。",
        "Compare the header with the names in schema.fields; the header may be missing.",
    ),
    _error(
        "extra-label",
        "表头多出一列“{value}”。",
        'The header has one column too many: "{value}".',
        "请删去该列，或在 schema.fields 中加上它。",
        "Remove the column, or add it to schema.fields.",
    ),
    _error(
        "missing-label",
        "表头缺少字段“{field}”。",
        'The field "{field}" is missing in the header.',
        "请补上这一列，或从 schema.fields 中删去它。",
        "Add the column, or remove it from schema.fields.",
    ),
    _error(
        "blank-label",
        "表头中有一列没有名称。",
        "A column has no name in the header.",
        "请写上列名；如果是多余的空列，请删去。",
        "Write its name, or remove the column if it is empty.",
    ),
    _error(
        "duplicate-label",
        "列名“{value}”重复：{note}。",
        'The column name "{value}" stands more than once: {note}.',
        "请让每个列名都不同。",
        "Give every column a name of its own.",
    ),
    _error(
        "incorrect-label",
        "列名“{value}”与表结构中的字段“{field}”不一致。",
        'The column name "{value}" does not match the field "{field}" of the schema.',
        "请改正列名、列的顺序，或 schema.fields。",
        "Correct the column's name, the order of columns, or schema.fields.",
    ),
    _error(
        "blank-row",
        "整行为空。",
        "The row is completely blank.",
        "请删去空行。",
        "Remove the empty row.",
    ),
    _error(
        "primary-key",
        "主键有误：{note}。",
        "The row breaks the primary key: {note}.",
        "主键不能为空、不能重复：请改正或删去多余的行。",
        "A primary key may be neither empty nor repeated: correct the row or remove the extra one.",
    ),
    _error(
        "foreign-key",
        "外键有误：{note}。",
        "The row breaks the foreign key: {note}.",
        "请改正该值，或在被引用的表里补上对应的行。",
        "Correct the value, or add the row it refers to.",
    ),
    _error(
        "unique-error",
        "字段“{field}”的值重复：{note}。",
        'The value of "{field}" is repeated: {note}.',
        "该字段的值必须各不相同：请改正或删去重复的行。",
        "The values of this field must differ: correct the value or remove the repeated row.",
    ),
    _error(
        "extra-cell",
        "这一行多出一个单元格“{value}”。",
        'The row has one cell too many: "{value}".',
        "请删去多余的分隔符或单元格；含逗号的文字要用英文双引号括起来。",
        "Remove the extra separator or cell; put text that holds a comma in double quotes.",
    ),
    _error(
        "missing-cell",
        "这一行缺少字段“{field}”的单元格。",
        'The row lacks a cell for the field "{field}".',
        "请补上单元格；没有值时留空，但分隔符要写全。",
        "Add the cell; leave it empty where there is no value, but write the separator.",
    ),
    _error(
        "type-error",
        "字段“{field}”的值“{value}”不是{expected}。",
        'Field "{field}" holds "{value}", which is not {expected}.',
        "{example}",
        "{example}",
    ),
    _error(
        "constraint-error",
        "字段“{field}”的值“{value}”不满足约束：{note}。",
        'Field "{field}" holds "{value}", which breaks a constraint: {note}.',
        "请改正该值；如果值没有错，请修改 schema 中的约束。",
        "Correct the value, or the constraint in the schema if the value is right.",
    ),
    _error(
        "validation-error",
        "检查发现错误（{type}）：{note}。",
        "Validation found an error ({type}): {note}.",
        *_TABLE_MEND,
    ),
)

CODES: dict[str, Code] = {code.name: code for group in (DESCRIPTOR, CATALOGUE, FILES, FRICTIONLESS) for code in group}
