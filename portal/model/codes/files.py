"""Files and what the portal does with them."""

from __future__ import annotations

from portal.model.codes.declare import error, info, warning

FILES = (
    error(
        "file-too-large",
        "文件超过上限：{reason}。",
        "The file is over the limit: {reason}.",
        "请拆分文件，或在 catalog.yaml 的 limits 中调高上限。",
        "Split the file, or raise the limit under limits in catalog.yaml.",
    ),
    error(
        "part-header",
        "这一部分的第一行与第一个文件的表头不同，会被当作表头丢掉。",
        "The first line of this part differs from the header of the first file; it would be dropped as a header.",
        "分成多个文件的表格，每个文件都要以同样的表头开始。",
        "Begin every file of a table in parts with the same header.",
    ),
    warning(
        "encoding-assumed",
        "没有写明编码，全文按 {value} 读取。",
        "No encoding is declared; the whole file was read as {value}.",
        "请核对预览中的文字；无误就在资源中写明 encoding: {value}。",
        "Look at the text in the preview; if it is right, state encoding: {value} in the resource.",
    ),
    info(
        "published-as-is",
        "{format} 格式的文件原样发布，未检查内容。",
        "The {format} file is published as it is; its content was not checked.",
        "如果它是表格，另存为 CSV 或 XLSX 就能检查、预览和转换。",
        "If it holds a table, a CSV or XLSX copy can be checked, previewed and converted.",
    ),
    info(
        "link-not-checked",
        "资源是外部链接，发布时没有访问它。",
        "The resource is a link to another site, which was not visited.",
        "把文件放进数据集文件夹，就能检查、预览和长期保存。",
        "A file in the dataset's folder can be checked, previewed and kept.",
    ),
    info(
        "format-left-out",
        "没有生成 {format} 文件：{reason}。",
        "No {format} file was made: {reason}.",
        "其他格式已完整发布，可以直接下载。",
        "The other formats hold the whole table.",
    ),
    info(
        "errors-cut",
        "错误太多，检查在第 {number} 处停止。",
        "There are too many errors; checking stopped after {number}.",
        "请先改正已列出的错误，再重新检查。",
        "Mend those that are listed, then check again.",
    ),
    error(
        "processing-failed",
        "处理时发生意外错误：{reason}。",
        "An unexpected error happened: {reason}.",
        "该数据集未发布，其他数据集不受影响。请把这条信息连同文件交给门户维护者。",
        "This dataset is left out and the others go on. Please hand this line and the file to whoever runs the portal.",
    ),
)
