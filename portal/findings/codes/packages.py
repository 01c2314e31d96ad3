"""Codes of findings on descriptors and whole files by Frictionless: schema, dialect, format, hash, bytes.

The codes are its own error types.
"""

from __future__ import annotations

from portal.findings.codes.declare import error

_METADATA_MEND = (
    "请对照 Data Package 规范修改描述文件。",
    "Mend the descriptor so that it follows the Data Package standard.",
)

PACKAGES = (
    error(
        "package-error",
        "数据包描述有误：{note}。",
        "The data package has an error: {note}.",
        *_METADATA_MEND,
        title=("数据包描述有误", "Data package has an error"),
        explanation=(
            "描述文件不符合 Data Package 标准，其他程序可能无法使用这个数据集。",
            "The descriptor does not follow the Data Package standard; other programs may be unable to use the "
            "dataset.",
        ),
    ),
    error(
        "resource-error",
        "资源描述有误：{note}。",
        "The data resource has an error: {note}.",
        *_METADATA_MEND,
        title=("资源描述有误", "Data resource has an error"),
        explanation=(
            "资源的描述不符合标准，无法确定文件该怎样读取。",
            "The description of the resource does not follow the standard, so it is not clear how to read the file.",
        ),
    ),
    error(
        "metadata-error",
        "元数据有误：{note}。",
        "The metadata have an error: {note}.",
        *_METADATA_MEND,
        title=("元数据有误", "Metadata have an error"),
        explanation=(
            "这部分描述不符合标准，无法据此检查数据。",
            "This part of the description does not follow the standard, so the data cannot be checked against it.",
        ),
    ),
    error(
        "schema-error",
        "表结构（schema）有误：{note}。",
        "The schema is not valid: {note}.",
        "请对照 Table Schema 规范修改 schema。",
        "Mend the schema so that it follows Table Schema.",
        title=("表结构有误", "Schema is not valid"),
        explanation=(
            "表结构说明每一列的类型和规则；它本身有误，就无法检查数据。",
            "The schema states the type and the rules of each column; while it is wrong the data cannot be checked.",
        ),
    ),
    error(
        "field-error",
        "字段定义有误：{note}。",
        "A field is not declared rightly: {note}.",
        "请对照 Table Schema 规范修改该字段的类型、格式或约束。",
        "Mend the field's type, format or constraints so that they follow Table Schema.",
        title=("字段定义有误", "Field is not declared rightly"),
        explanation=(
            "字段的类型、格式或约束写错，这一列就无法检查，使用者也会误解它的含义。",
            "With a wrong type, format or constraint the column cannot be checked, and users misunderstand what "
            "it means.",
        ),
    ),
    error(
        "dialect-error",
        "方言（dialect）有误：{note}。",
        "The dialect is not valid: {note}.",
        *_METADATA_MEND,
        title=("方言有误", "Dialect is not valid"),
        explanation=(
            "方言说明分隔符、引号和表头；写错会把列读错。",
            "The dialect states separator, quotes and header; a mistake there makes columns be read wrongly.",
        ),
    ),
    error(
        "control-error",
        "读取选项有误：{note}。",
        "The reading options are not valid: {note}.",
        *_METADATA_MEND,
        title=("读取选项有误", "Reading options are not valid"),
        explanation=(
            "读取选项说明怎样打开文件；写错就打不开，或读出错误的内容。",
            "These options say how to open the file; with a mistake it does not open, or opens with the wrong content.",
        ),
    ),
    error(
        "source-error",
        "数据文件没有可用的内容：{note}。",
        "The file has no content that can be used: {note}.",
        "请确认文件不是空的，并且是所写的格式。",
        "Check that the file is not empty and has the format that is stated.",
        title=("文件没有可用内容", "File has no usable content"),
        explanation=(
            "空文件或与所写格式不符的文件，对使用者没有用处。",
            "A file that is empty, or not of the stated format, is of no use to anybody.",
        ),
    ),
    error(
        "scheme-error",
        "无法读取数据文件：{note}。",
        "The file cannot be read: {note}.",
        "请确认文件就在描述文件所写的位置，文件名大小写一致，并且可读。",
        "Check that the file is where the descriptor says, spelt alike, and may be read.",
        title=("无法读取文件", "File cannot be read"),
        explanation=(
            "描述文件列出的文件不在所写的位置，或没有读取权限，无法发布。",
            "The file is not where the descriptor says, or may not be read, so it cannot be published.",
        ),
    ),
    error(
        "format-error",
        "无法按所写的格式解析：{note}。",
        "The file cannot be parsed as its format: {note}.",
        "请用原来的软件打开并另存为所写的格式；文件不完整时，请重新导出或下载。",
        "Open it with the program that made it and save it in the stated format; if the file is not whole, export or "
        "download it again.",
        title=("文件与所写格式不符", "File is not of its format"),
        explanation=(
            "打不开的文件，使用者下载后也打不开。",
            "A file that does not open here will not open for those who download it either.",
        ),
    ),
    error(
        "encoding-error",
        "文字编码不对：{note}。",
        "The text cannot be decoded: {note}.",
        "请向制表人或导出系统要一份 UTF-8 编码的文件，或在资源中写明 encoding，例如 gb18030。",
        "Ask who made the file for a copy in UTF-8, or state its encoding in the resource, e.g. gb18030.",
        title=("文字编码不对", "Text cannot be decoded"),
        explanation=(
            "用错误的编码读取会出现乱码；门户从不发布带乱码或替换字符的数据。",
            "The wrong encoding turns text into gibberish; the portal never publishes garbled text or "
            "replacement characters.",
        ),
    ),
    error(
        "compression-error",
        "无法解压：{note}。",
        "The file cannot be unpacked: {note}.",
        "请重新压缩，或直接放未压缩的文件。",
        "Pack it again, or put the unpacked file there.",
        title=("无法解压", "File cannot be unpacked"),
        explanation=(
            "压缩包损坏或不完整，使用者同样无法解开。",
            "The archive is damaged or incomplete; users could not unpack it either.",
        ),
    ),
    error(
        "hash-count",
        "文件的哈希值与描述文件所写不同：{note}。",
        "The file's hash differs from the one declared: {note}.",
        "如果文件是对的，请更新 hash；否则换回原来的文件。",
        "Update hash if the file is right; else put the former file back.",
        title=("哈希值不符", "Hash differs"),
        explanation=(
            "哈希值不符，说明文件被改过或没有传完整，也可能是描述文件没有更新。",
            "The file was changed or copied only in part, or the descriptor was not updated.",
        ),
    ),
    error(
        "byte-count",
        "文件的字节数与描述文件所写不同：{note}。",
        "The file's size differs from the one declared: {note}.",
        "如果文件是对的，请更新 bytes；否则换回原来的文件。",
        "Update bytes if the file is right; else put the former file back.",
        title=("字节数不符", "Size differs"),
        explanation=(
            "大小不符，说明文件被改过或没有传完整，也可能是描述文件没有更新。",
            "The file was changed or copied only in part, or the descriptor was not updated.",
        ),
    ),
)
