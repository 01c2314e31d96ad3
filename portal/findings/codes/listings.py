"""Codes of findings on listings of other portals, brought in by a mapping."""

from __future__ import annotations

from portal.findings.codes.declare import error, info, warning

LISTINGS = (
    error(
        "mapping-invalid",
        "映射文件这里不能用（{field}）：{reason}。",
        "The mapping cannot be used here ({field}): {reason}.",
        "请按说明改正映射文件，再导入一次。",
        "Correct the mapping as its reference says, and import again.",
        title=("映射文件有误", "A mapping that cannot be used"),
        explanation=(
            "映射文件说明清单的每一栏对应目录的哪一项；写错一处就可能把内容放错地方，所以整个文件不用。",
            "The mapping says what each field of a listing means. One mistake may put values where they do not belong, "
            "so none of it is used.",
        ),
    ),
    error(
        "listing-unreadable",
        "这份清单无法读取：{reason}。",
        "The listing cannot be read: {reason}.",
        "清单可以是 CSV、XLSX、XLS、ODS、JSON、NDJSON 或它们的 .gz、.zip；请核对文件和扩展名。",
        "A listing is CSV, XLSX, XLS, ODS, JSON or NDJSON, also as .gz or .zip; check the file and its ending.",
        title=("读不了的清单", "A listing that cannot be read"),
        explanation=("其他清单照常导入。", "The other listings are imported all the same."),
    ),
    error(
        "listing-record-unmapped",
        "这一条没有导入：{reason}。",
        "This record was not imported: {reason}.",
        "请在清单里补上，或在映射文件里写明从哪一栏取；这一条的全部内容在导入报告里。",
        "Complete it in the listing, or name the right field in the mapping; the import report holds the whole record.",
        title=("没有导入的记录", "A record that was not imported"),
        explanation=(
            "没有名称的记录无法成为目录的一条；它不会丢，内容原样留在报告里。",
            "A record without a title can be no entry. It is not lost: the report keeps it.",
        ),
    ),
    error(
        "listing-record-secret",
        "这一条没有导入：涉密属性写的不是“非涉密”，或所在网络是涉密网络。",
        "This record was not imported: its secrecy is not 非涉密 (not secret), or its network is secret.",
        "涉密的记录请从清单中删去，另按保密规定管理；确实不涉密的，请在清单里改正，"
        "或在映射文件的 map 里写明怎样写算“非涉密”。"
        "导入报告里没有这一条的内容。",
        "Remove a secret record from the listing and keep it as the rules on secrets say. If it is none, mend the "
        "listing, or say under map in the mapping which words mean 非涉密. The import report does not hold the record.",
        title=("标明涉密的记录", "A record that is marked as secret"),
        explanation=(
            "门户只收非涉密资源，开放版和共享版都一样；写法不清楚的也不收，以免误发。",
            "A portal holds what is not secret only, in both editions; what is unclear is refused too, to be safe.",
        ),
    ),
    warning(
        "listing-field-unmapped",
        "清单的“{field}”栏没有用到，有 {number} 条填了内容，例如：{examples}。",
        'The field "{field}" of the listing is not used; {number} records fill it in, e.g. {examples}.',
        "需要的，请在映射文件的 fields 里写明对应目录的哪一项；不需要的，请写进 ignore。",
        "Name what it says under fields of the mapping, or enter it under ignore.",
        title=("没有用到的栏", "A field that is not used"),
        explanation=("每一栏要么采用，要么明说不要。", "Every field is either used, or said not to be wanted."),
    ),
    warning(
        "listing-field-absent",
        "映射文件说“{field}”取自 {sources}，清单里没有一条有这一栏。",
        "The mapping takes {field} from {sources}, and no record of the listing has it.",
        "请核对映射文件里的写法；清单确实没有这一项的，删去这一行。",
        "Check how the mapping spells it; where the listing has no such field, delete the line.",
        title=("清单里没有的栏", "A field that no record has"),
        explanation=(
            "路径写错一个字，这一项就会全部是空的。",
            "With one letter wrong in a path, the whole field of the catalogue would be empty.",
        ),
    ),
    warning(
        "listing-value-unmapped",
        "“{field}”的“{value}”（{number} 条）没有对应的说法（{target}）：{taken}。",
        '"{value}" in "{field}" ({number} records) has no meaning for {target}: {taken}.',
        "请在映射文件 fields.{target} 的 map 里写明它的意思；不需要的写成空。",
        "Enter its meaning in the map of fields.{target} in the mapping, empty where it is not wanted.",
        title=("没有对应的值", "A value without a meaning"),
        explanation=(
            "清单的说法各地不同；没有写明的不猜，只计数并举例。",
            "Each portal has words of its own. What the mapping does not name is counted, not guessed.",
        ),
    ),
    info(
        "listing-duplicate",
        "“{title}”（{department}）在清单里不止一条，前一条在 {place}；两条都保留，这一条的名称是 {entry}。",
        '"{title}" ({department}) stands more than once, before in {place}; both are kept, this one as {entry}.',
        "请核对：确是重复的，可以删去其中一条的文件夹；不同的，请改成不同的标题。",
        "If they are the same, delete the folder of one; if not, give them different titles.",
        title=("同名的记录", "Records of one title"),
        explanation=(
            "同一单位的同名记录可能是重复，也可能是不同时期的数据，不能替您选。",
            "They may be the same or stand for different times; the choice is not ours.",
        ),
    ),
    warning(
        "listing-department-shared",
        "“{department}”在清单 {source} 和 {other} 里都有，按同一个单位处理。",
        '"{department}" stands in the listings {source} and {other}; it is taken for one department.',
        "两地的不同单位，请在各自的映射文件里写明 source.region（如“池州市”）。",
        "If they are departments of two places, state source.region in each mapping, e.g. 池州市.",
        title=("两份清单里的同名单位", "One name in two listings"),
        explanation=(
            "“统计局”在两个城市是两个单位；写明地区，名称前会加上地区。",
            "统计局 of two cities is two departments; with a region the name is put in front.",
        ),
    ),
)
