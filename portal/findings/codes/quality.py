"""Codes of findings on quality: weights in quality.yaml, dead links, the history of builds."""

from __future__ import annotations

from portal.findings.codes.declare import info, warning

QUALITY = (
    warning(
        "quality-setting-invalid",
        "quality.yaml 中的“{field}”不能用：{reason}。已按默认值计算。",
        'In quality.yaml "{field}" cannot be used: {reason}. The default was taken.',
        "请改正这一项，或者删去它以使用默认值；可用的键和取值见参考手册“质量评价”。",
        "Mend it, or take it out to have the default; the reference page on quality has all keys and values.",
        title=("质量评价的设置不能用", "A setting of the assessment cannot be used"),
        explanation=(
            "datasets 文件夹中的 quality.yaml 可以改变质量评价的分值、分数线和期限。"
            "不能用的一项不起作用，其他各项照常生效。",
            "The file quality.yaml in the folder of datasets may change points, thresholds and windows. What cannot be "
            "used has no effect; everything else has.",
        ),
    ),
    warning(
        "link-not-answering",
        "{day} 检查时，链接没有应答（{reason}）：{value}",
        "On {day} the link did not answer ({reason}): {value}",
        "请在浏览器中打开这个地址；打不开时，改为现在的地址或者删去。改好后运行 portal links 再检查一次。",
        "Open the address in a browser; where that fails, write its present address or take it out. Then run "
        "portal links to check again.",
        title=("链接没有应答", "A link does not answer"),
        explanation=(
            "portal links 逐个访问外部链接，把结果写入 links.ndjson；构建时只读取这个文件，不访问网络。",
            "The command portal links visits every link to the outside and writes what came of it into links.ndjson; a "
            "build reads that file and visits nothing.",
        ),
    ),
    info(
        "line-not-read",
        "{file} 中有 {number} 行无法读取，已略过。",
        "{number} lines of {file} could not be read and were passed over.",
        "links.ndjson 请用 portal links 重新生成，usage.ndjson 请从备份恢复；history.ndjson 由构建写成，不要手工修改。",
        "Write links.ndjson anew with portal links, restore usage.ndjson; history.ndjson is written by builds and not "
        "edited by hand.",
        title=("记录文件中有读不了的行", "Lines of a record cannot be read"),
        explanation=(
            "links.ndjson、usage.ndjson 和 history.ndjson 每行是一个 JSON 对象；被改坏的行不参与计算。",
            "In links.ndjson, usage.ndjson and history.ndjson each line is a JSON object; a broken one does not count.",
        ),
    ),
)
