"""Codes of findings on filled forms (填报表) that are brought in: answers, choices, fields, data."""

from __future__ import annotations

from portal.findings.codes.declare import error, info, warning

WORKBOOKS = (
    error(
        "form-answer-missing",
        "填报表没有填写“{field}”。",
        'The form leaves "{field}" empty.',
        "请在“元数据”表的这一格填写；说明见右边一列。",
        "Fill in this cell of the sheet 元数据; the column beside it says how.",
        title=("必填项没有填", "A required answer is missing"),
        explanation=(
            "没有这些内容，公众无法知道数据是什么、由谁提供、能不能使用。",
            "Without it nobody can tell what the data are, who provides them, or whether they may be used.",
        ),
    ),
    error(
        "form-choice-unknown",
        "“{field}”不能填“{value}”。",
        '"{value}" cannot be chosen for "{field}".',
        "请从这一格的下拉列表中选择：{allowed}。",
        "Choose from the drop-down list of the cell: {allowed}.",
        title=("不在可选范围内", "No allowed choice"),
        explanation=(
            "这一项只能取规定的几种值，猜错了可能把不该公开的公开出去，所以不猜。",
            "Only certain values are allowed here. A wrong guess might open what must stay closed, so none is made.",
        ),
    ),
    error(
        "form-answer-invalid",
        "“{field}”的写法不对：{reason}。",
        '"{field}" is not written as it should be: {reason}.',
        "请按说明和示例改写这一格。",
        "Write the cell as its help and example say.",
        title=("写法不对", "An answer in the wrong form"),
        explanation=("日期、代码和标识有固定的写法。", "Dates, codes and identifiers have a fixed form."),
    ),
    warning(
        "form-question-unknown",
        "“元数据”表中的“{value}”不是填报表里的项目，没有采用。",
        'The sheet 元数据 has a row "{value}" that is no question of the form; it was not used.',
        "请不要改动第一列的文字，也不要在表里增加项目。",
        "Leave the first column of the form as it is, and add no rows.",
        title=("填报表里多出的项目", "A question that the form does not have"),
        explanation=("项目是按第一列的文字认的。", "Questions are known by the words in the first column."),
    ),
    error(
        "form-field-unmatched",
        "“字段”表里的列“{value}”，数据中没有。",
        'The sheet 字段 describes a column "{value}" that the data do not have.',
        "请让列名与“数据”表的表头完全一致，或删去这一行。",
        "Make the name the same as in the header of the data, or delete the row.",
        title=("字段与数据对不上", "A described column that the data lack"),
        explanation=(
            "列名不一致时，类型、必填等要求会落空。",
            "Where names differ, what is required of the column is never checked.",
        ),
    ),
    error(
        "cell-unmended",
        "这一格还没有重新填写。",
        "The cell has not been filled in again.",
        "原来的值有误或已经丢失：请对照原始资料，在这一格填写正确的值；没有的，就清空。",
        "Its value was lost: enter the right one from the original, or empty the cell.",
        title=("清洁版里待填写的格子", "A cell of the cleaned copy that waits for its value"),
        explanation=(
            "公式出错、长编号丢失末尾几位时，原来的值无法恢复，清洁版在这一格写“【请重新填写】”。",
            "Where a formula ended in an error or a long code lost its last digits, nobody can tell the value; the "
            "cleaned copy says so in the cell.",
        ),
    ),
    error(
        "blank-row-unclear",
        "第 {row} 行是空行，而从第 {next} 行起像是另一张表；没有删去空行，以免两张表混在一起。",
        "Row {row} is blank, and row {next} may begin another table; the blank row was not taken off, for that "
        "would mix the two.",
        "请把下面的表移到另一个工作表或文件，每张表都有自己的表头；如果其实是同一张表，请自己删去空行和小标题。",
        "Move the lower table to a sheet or file of its own, with its own header; where it is one table after all, "
        "delete the blank row and any heading yourself.",
        title=("空行下面可能是另一张表", "Another table may follow a blank row"),
        explanation=(
            "一个工作表只放一张表。空行上下的列不一样时，合在一起的记录是错的，所以不替你删，也不生成清洁版。",
            "A sheet holds one table. Where the columns above and below a blank row differ, records put together are "
            "wrong; so nothing is deleted, and no cleaned copy is made.",
        ),
    ),
    error(
        "form-data-missing",
        "没有找到数据：“数据”表是空的，或者只有表头。",
        "There are no data: the sheet 数据 is empty, or holds a header alone.",
        "请把表头和数据一起粘贴到“数据”表，表头在第一行。",
        "Paste the header and the rows into the sheet 数据, the header first.",
        title=("填报表里没有数据", "A form without data"),
        explanation=("没有数据的填报表不会被收下。", "A form without data is not taken."),
    ),
    error(
        "form-too-large",
        "填报表里的数据超过 {limit}。",
        "The form holds more than {limit} of data.",
        "数据这么多时，请把数据另存为 CSV，直接交 CSV 文件。",
        "Save so many rows as CSV and hand in the CSV file itself.",
        title=("填报表太大", "A form that is too large"),
        explanation=(
            "填报表是给几万行以内的数据用的；更大的表直接交数据文件更快。",
            "Forms are for some ten thousand rows; larger tables are handed in as files.",
        ),
    ),
    warning(
        "metadata-guessed",
        "文件没有附填报表：名称“{title}”取自文件名或表题，各列的类型由数据推断。",
        'There is no form: the title "{title}" comes from the file, the types of columns from the data.',
        "没有人说明它可以开放，所以现在只公布目录条目。请在填报表（有清洁版时就用清洁版）里核对开放属性，补填其他各项，再交一次。",
        "Nobody said that it may be open, so only its entry is published now. Check its openness in a form (the "
        "cleaned copy, where there is one), fill in the rest, and hand that in.",
        title=("没有填报表", "Data without a form"),
        explanation=(
            "只交数据文件也能收下，但提供单位、摘要、许可等要靠人补齐。",
            "A data file alone is taken too, but publisher, description and licence are for a person to add.",
        ),
    ),
    error(
        "file-not-importable",
        "“{value}”不是可以导入的文件：{reason}。",
        '"{value}" cannot be imported: {reason}.',
        "请交 XLSX、XLS、ODS、CSV 或 TSV 文件本身。",
        "Hand in an XLSX, XLS, ODS, CSV or TSV file itself.",
        title=("不能导入的文件", "A file that cannot be imported"),
        explanation=(
            "收件箱只收表格文件，不跟随快捷方式和链接。",
            "The inbox takes tables only, and follows no links.",
        ),
    ),
    error(
        "dataset-exists",
        "已有同名数据集 {value}，内容与这次提交的不同，没有改动。",
        "There is a dataset {value} already that differs from what was handed in; it was left alone.",
        "确认要更新时，请加 --update 再导入：数据会被替换，手工补充的说明会保留。",
        "To bring it up to date, import with --update: the data are replaced, what was added by hand is kept.",
        title=("已有同名数据集", "The dataset exists already"),
        explanation=(
            "导入从不悄悄覆盖已有的数据集。",
            "An import never overwrites a dataset without being told to.",
        ),
    ),
    warning(
        "receipt-failed",
        "回执没有写成：{reason}。",
        "The receipt could not be written: {reason}.",
        "请关闭打开着的旧回执，检查磁盘空间和文件夹权限，再导入一次。",
        "Close an older receipt that is open, look at disk space and permissions, and import again.",
        title=("回执没有写成", "No receipt"),
        explanation=(
            "检查结果本身不受影响，命令行里也列出了全部问题。",
            "The result is not affected, and the command line lists all findings too.",
        ),
    ),
    info(
        "import-unchanged",
        "与已有的数据集 {value} 完全相同，不需要改动。",
        "The dataset {value} is the same already; nothing was changed.",
        "不需要做什么。",
        "Nothing needs to be done.",
        title=("没有变化", "Nothing changed"),
        explanation=("同一份文件导入几次，结果都一样。", "Importing the same file again changes nothing."),
    ),
)
