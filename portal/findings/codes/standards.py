"""Codes of findings on registers (登记表): whether a table is what the standard says that it follows."""

from __future__ import annotations

from portal.findings.codes.declare import error, info, warning

STANDARDS = (
    error(
        "standard-unknown",
        "standard 写的是“{value}”，没有这个标准。",
        'standard says "{value}", which is no standard.',
        "请改为其中之一：{allowed}；各标准见门户的“标准”页面。不是登记表就删去这一项。",
        "Write one of these: {allowed}; see the page Standards of the portal. Where this is no register, take it out.",
        title=("没有这个标准", "No such standard"),
        explanation=(
            "登记表标准规定有哪些字段、哪些字段可以发布。标准的名称写错时，无法判断哪些内容不得公开。",
            "A register standard says which fields there are and which may be published. Under a wrong name nobody "
            "could say what must be kept back.",
        ),
    ),
    error(
        "register-unsaid",
        "这个文件是登记表标准“{standard}”的一份登记表（或其副本），但没有写明，会连同不得公开的字段一起公布。",
        'This file is a register by the standard "{standard}", or a copy of one, and does not say so: it would be '
        "given out with the fields that are to be kept back.",
        "请为该资源写 standard: {name}；同一份登记表只写一次，压缩包里的副本请拿掉。确实不是登记表的，请改列名。",
        "Write standard: {name} for the resource. Name a register once, and take copies out of archives. Where it is "
        "no register, call its columns something else.",
        title=("登记表没有写明标准", "A register that does not say so"),
        explanation=(
            "登记表中有的字段不得公布。没有写明标准的登记表和另存的副本，会把这些字段原样公布出去。",
            "A register has fields that are kept back. One that names no standard, and every second copy, would give "
            "them out as they are.",
        ),
    ),
    error(
        "standard-needs-table",
        "资源声明遵循标准“{value}”，但它不是表格。",
        'The resource says it follows the standard "{value}", but it is no table.',
        "请提供表格文件（XLSX 或 CSV，可用“标准”页面上的填报模板），或者删去 standard。",
        "Hand in a table (XLSX or CSV; the page of the standard has a template), or take standard out.",
        title=("登记表不是表格", "A register that is no table"),
        explanation=(
            "只有表格才能逐字段检查，并去掉不得公开的字段；链接和其他文件做不到。",
            "Only of a table can fields be checked and kept back; of links and other files they cannot.",
        ),
    ),
    error(
        "standard-field-missing",
        "缺少标准“{standard}”的必填字段“{field}”。",
        'The field "{field}", which the standard "{standard}" requires, is missing.',
        "请加上列名为“{field}”或者 {name} 的一列并填写。",
        'Add a column with the heading "{field}" or {name}, and fill it in.',
        title=("登记表缺少必填字段", "A required field of the standard is missing"),
        explanation=(
            "各部门的登记表按同样的必填字段汇总；缺一列，这份登记表就无法汇总。",
            "Registers of all departments are put together by the same required fields; each is needed for that.",
        ),
    ),
    info(
        "standard-fields-left-out",
        "没有采用标准“{standard}”的这些选填字段：{fields}。",
        'These optional fields of the standard "{standard}" are not used: {fields}.',
        "如果掌握这些内容，请加上这些列；没有就不必处理。",
        "Where you know them, add the columns; else nothing needs doing.",
        title=("没有采用的选填字段", "Optional fields that are not used"),
        explanation=(
            "选填字段越齐全，能计算的指标越多；缺少的内容按“未知”处理，不会当作零。",
            "The more of them there are, the more can be computed; what is missing counts as unknown, never as zero.",
        ),
    ),
    warning(
        "standard-field-unknown",
        "第 {column} 列“{value}”不是标准“{standard}”的字段。",
        'Column {column} "{value}" is no field of the standard "{standard}".',
        "请改用标准中的列名；标准中没有的内容请删去这一列，它不会随受限的登记表发布。",
        "Use the heading of the standard. What the standard does not have should go; it is never published with a "
        "restricted register.",
        title=("标准中没有的列", "A column that the standard does not have"),
        explanation=(
            "标准逐字段规定哪个版本可以看到。标准不认识的列无法判断，受限的登记表发布时一律去掉。",
            "The standard says field by field which edition may show it. Of a column it does not know nobody can say, "
            "so restricted registers are published without it.",
        ),
    ),
    warning(
        "standard-schema-differs",
        "描述文件中字段“{field}”的 {key} 与标准“{standard}”不一致：应为 {wanted}。",
        'In the descriptor {key} of the field "{field}" differs from the standard "{standard}", which says {wanted}.',
        "请改成与标准一致，或者删去 schema：写了 standard 就不必再写 schema。检查按标准进行。",
        "Write what the standard says, or take out schema: with a standard none is needed. The table is checked by the "
        "standard.",
        title=("字段定义与标准不一致", "The schema differs from the standard"),
        explanation=(
            "遵循标准的资源以标准的字段定义为准。另写一份不一致的定义会误导使用者。",
            "What follows a standard has the schema of the standard. Another one beside it would mislead.",
        ),
    ),
    warning(
        "standard-reference-unknown",
        "“{field}”的值在“{reference}”中找不到：{value}",
        'The value of "{field}" does not stand in "{reference}": {value}',
        "请核对这个编号；正确的话，在被引用的登记表中补上这一条。",
        "Check the id; where it is right, enter it in the register that is referred to.",
        title=("登记表之间的引用对不上", "A reference between registers leads nowhere"),
        explanation=(
            "同一数据集内的登记表互相引用时，被引用的编号应当存在，否则汇总时会漏掉。不同数据集之间的引用不在这里检查。",
            "Where registers of one dataset refer to each other, the id referred to should exist, else sums leave it "
            "out. References between datasets are not checked here.",
        ),
    ),
    error(
        "classified-record",
        "“{field}”表明这一条涉及国家秘密。",
        'By its "{field}" this record is classified.',
        "涉密内容不得进入本门户：请立即从文件和备份中删除这一条，并按保密规定报告和处理。",
        "Classified matter must never come here: take the record out of the file and its copies at once, and report it "
        "as the rules on secrecy say.",
        title=("涉密记录", "A classified record"),
        explanation=(
            "涉密系统和网络不在这些登记表中登记。含有涉密记录的数据集在任何版本中都不发布。",
            "Classified systems and networks are not kept in these registers. A dataset with such a record is "
            "published in no edition.",
        ),
    ),
    warning(
        "register-not-public",
        "描述文件把登记表写成向社会开放，但其标准规定有的字段不得公开；现按不予开放处理。",
        "The descriptor opens a register of which its standard keeps fields from the public; it is taken as not open.",
        "请在 catalogue.open 中写 is_open: false。开放版只有按部门的数量；共享版有可共享的字段。",
        "Write is_open: false under catalogue.open. The open edition has counts by department, the sharing edition the "
        "fields that may be shared.",
        title=("登记表不向社会开放", "A register that cannot be open"),
        explanation=(
            "信息系统的经费、网络和等级保护等内容不得公开。标准的规定优先于单个数据集的写法。",
            "Money, networks and protection levels of information systems are not public. What the standard says comes "
            "before what a single dataset says.",
        ),
    ),
)
