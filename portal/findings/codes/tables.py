"""Codes of findings on tables by Frictionless: header, blank row, type-error, constraint, primary, foreign key.

The codes are its own error types, in header, rows and cells.
"""

from __future__ import annotations

from portal.findings.codes.declare import error

_TABLE_MEND = ("请打开文件检查表格内容。", "Open the file and check the table.")

TABLES = (
    error(
        "field-count",
        "列数与描述不同：{note}。",
        "The number of fields differs: {note}.",
        *_TABLE_MEND,
        title=("列数不符", "Number of columns differs"),
        explanation=(
            "列数与声明的不同，可能少了一列，或分隔符用错。",
            "A column may be missing, or the wrong separator was used.",
        ),
    ),
    error(
        "row-count",
        "行数与描述不同：{note}。",
        "The number of rows differs: {note}.",
        *_TABLE_MEND,
        title=("行数不符", "Number of rows differs"),
        explanation=(
            "行数与声明的不同，可能有数据丢失或重复。",
            "Data may have been lost or doubled on the way.",
        ),
    ),
    error(
        "blank-header",
        "表头整行为空。",
        "The header is completely blank.",
        "请在第一行写上各列的名称。",
        "Write the names of the columns into the first row.",
        title=("表头为空", "Header is blank"),
        explanation=(
            "没有列名，使用者不知道每一列是什么。",
            "Without names nobody knows what the columns mean.",
        ),
    ),
    error(
        "unmatched-header",
        "表头中没有一列与表结构中的字段相符。",
        "None of the schema's fields stands in the header.",
        "请核对表头与 schema.fields 的名称；也可能是缺了表头。",
        "Compare the header with the names in schema.fields; the header may be missing.",
        title=("表头与表结构完全不符", "Header matches no field"),
        explanation=(
            "没有一列对得上，很可能缺了表头，或者放错了文件。",
            "Not one column fits; most likely the header is missing, or this is another file.",
        ),
    ),
    error(
        "extra-label",
        "表头多出一列“{value}”。",
        'The header has one column too many: "{value}".',
        "请删去该列，或在 schema.fields 中加上它。",
        "Remove the column, or add it to schema.fields.",
        title=("表头多出一列", "Header has an extra column"),
        explanation=(
            "表结构中没有的列没有说明，也没有检查。",
            "A column that the schema does not know has no meaning stated and is not checked.",
        ),
    ),
    error(
        "missing-label",
        "表头缺少字段“{field}”。",
        'The field "{field}" is missing in the header.',
        "请补上这一列，或从 schema.fields 中删去它。",
        "Add the column, or remove it from schema.fields.",
        title=("表头缺少一列", "Header lacks a column"),
        explanation=(
            "表结构承诺了这一列，使用者的程序会因找不到它而出错。",
            "The schema promises this column; programs of users fail where it is missing.",
        ),
    ),
    error(
        "blank-label",
        "表头中有一列没有名称。",
        "A column has no name in the header.",
        "请写上列名；如果是多余的空列，请删去。",
        "Write its name, or remove the column if it is empty.",
        title=("有一列没有名称", "Column has no name"),
        explanation=(
            "没有名称的列无法引用，使用者不知道它是什么。",
            "A column without a name cannot be referred to, and nobody knows what it holds.",
        ),
    ),
    error(
        "duplicate-label",
        "列名“{value}”重复：{note}。",
        'The column name "{value}" stands more than once: {note}.',
        "请让每个列名都不同。",
        "Give every column a name of its own.",
        title=("列名重复", "Column name is repeated"),
        explanation=(
            "两列同名时，程序只能取到其中一列，另一列的数据会丢失。",
            "With two columns of one name programs get only one of them, and the data of the other are lost.",
        ),
    ),
    error(
        "incorrect-label",
        "列名“{value}”与表结构中的字段“{field}”不一致{difference}。",
        'The column name "{value}" does not match the field "{field}" of the schema{difference}.',
        "请改正列名、列的顺序，或 schema.fields。",
        "Correct the column's name, the order of columns, or schema.fields.",
        title=("列名与表结构不一致", "Column name differs from the schema"),
        explanation=(
            "列名或顺序与表结构不同，数据可能被放进错误的列。",
            "Where names or their order differ from the schema, data may end up in the wrong column.",
        ),
    ),
    error(
        "blank-row",
        "整行为空。",
        "The row is completely blank.",
        "请删去空行；如果下面是另一张表，请把它另存为一个工作表或文件。",
        "Remove the empty row; where another table follows, put that into a sheet or file of its own.",
        title=("空行", "Blank row"),
        explanation=(
            "空行会让程序误以为表格到此结束，或多算一条记录。",
            "Programs may take a blank row for the end of the table, or count it as a record.",
        ),
    ),
    error(
        "primary-key",
        "主键有误：{note}。",
        "The row breaks the primary key: {note}.",
        "主键不能为空、不能重复：请改正或删去多余的行。",
        "A primary key may be neither empty nor repeated: correct the row or remove the extra one.",
        title=("主键有误", "Primary key is broken"),
        explanation=(
            "主键用来唯一指出一条记录；为空或重复时，无法分清是哪一条。",
            "The primary key points out one record; where it is empty or repeated, records cannot be told apart.",
        ),
    ),
    error(
        "key-part-missing",
        "主键由几个字段组成，其中 {names} 是空的。",
        "The primary key has several fields, and {names} is empty here.",
        "请补上该值；没有值也算一条记录的，请把这个字段从 primaryKey 中去掉。",
        "Enter the value; where a record may be without it, take the field out of primaryKey.",
        title=("主键缺一部分", "Part of the primary key is empty"),
        explanation=(
            "主键的任何一部分为空，都指不出是哪一条记录；数据库和连接会丢掉这样的行。",
            "With any part of the key empty nobody can point out the record; databases refuse such a row, and joins "
            "lose it.",
        ),
    ),
    error(
        "foreign-key",
        "外键有误：{note}。",
        "The row breaks the foreign key: {note}.",
        "请改正该值，或在被引用的表里补上对应的行。",
        "Correct the value, or add the row it refers to.",
        title=("外键有误", "Foreign key is broken"),
        explanation=(
            "这一行引用的内容在另一张表中不存在，两张表连接时会丢失它。",
            "What the row refers to does not exist in the other table, so the row is lost when the two are joined.",
        ),
    ),
    error(
        "unique-error",
        "字段“{field}”的值重复：{note}。",
        'The value of "{field}" is repeated: {note}.',
        "该字段的值必须各不相同：请改正或删去重复的行。",
        "The values of this field must differ: correct the value or remove the repeated row.",
        title=("值重复", "Value is repeated"),
        explanation=(
            "该字段要求各行不同；重复往往说明同一条记录录入了两次。",
            "The values of this field must differ; a repeated one often means that a record was entered twice.",
        ),
    ),
    error(
        "extra-cell",
        "这一行多出一个{cell}。",
        "The row has one cell too many: {cell}.",
        "请删去多余的分隔符或单元格；含逗号的文字要用英文双引号括起来。",
        "Remove the extra separator or cell; put text that holds a comma in double quotes.",
        title=("多出单元格", "Row has an extra cell"),
        explanation=(
            "多出的单元格会使后面的值错列，多半是文字里的逗号没有加引号。",
            "The values after it stand in the wrong columns; mostly a comma inside a text was not quoted.",
        ),
    ),
    error(
        "missing-cell",
        "这一行缺少字段“{field}”的单元格。",
        'The row lacks a cell for the field "{field}".',
        "请补上单元格；没有值时留空，但分隔符要写全。",
        "Add the cell; leave it empty where there is no value, but write the separator.",
        title=("缺少单元格", "Row lacks a cell"),
        explanation=(
            "缺少单元格时，无法确定哪个值属于哪一列。",
            "Where a cell is missing, it is not certain which value belongs to which column.",
        ),
    ),
    error(
        "type-error",
        "字段“{field}”的值“{value}”不是{expected}。",
        'Field "{field}" holds "{value}", which is not {expected}.',
        "{example}",
        "{example}",
        title=("值的类型不对", "Value is of the wrong type"),
        explanation=(
            "数字、日期写成文字后，无法计算、排序和比较。",
            "A number or date written as text cannot be calculated with, sorted or compared.",
        ),
    ),
    error(
        "pattern-too-slow",
        "字段“{field}”的格式约束 {value} 匹配太慢，{seconds} 秒内没有完成，已停止检查该数据集的表格。",
        'The pattern {value} of the field "{field}" is too slow: it did not finish in {seconds} seconds, and the '
        "tables of this dataset are not checked any further.",
        "请改写 schema.fields 中该字段的 constraints.pattern：不要在重复里再套重复（如 (a+)+ 可写成 a+），"
        "并用 {{6}}、{{1,20}} 这样的次数代替 + 和 *；也可删去该约束。",
        "Rewrite constraints.pattern of this field in schema.fields: no repeat within a repeat (a+ instead of (a+)+), "
        "and numbers such as {{6}} or {{1,20}} instead of + and *; or remove the constraint.",
        title=("格式约束匹配太慢", "Pattern is too slow"),
        explanation=(
            "有的正则表达式遇到不相符的内容会尝试天文数字般多的组合，检查永远不会结束。",
            "On a text that does not fit, some patterns try an astronomic number of ways, and would never end.",
        ),
    ),
    error(
        "constraint-error",
        "字段“{field}”{fault}。",
        'Field "{field}" {fault}.',
        "请改正该值；如果值没有错，请修改 schema 中的约束。",
        "Correct the value, or the constraint in the schema if the value is right.",
        title=("值不满足约束", "Value breaks a rule"),
        explanation=(
            "值违反了表结构声明的规则，例如必填、范围或取值表，可能是录入错误。",
            "The value breaks a rule that the schema states, such as required, a range or a list; it may be a slip.",
        ),
    ),
    error(
        "validation-error",
        "检查发现错误（{type}）：{note}。",
        "Validation found an error ({type}): {note}.",
        *_TABLE_MEND,
        title=("检查发现错误", "Validation found an error"),
        explanation=(
            "检查程序报告了一个没有单独分类的错误，数据可能无法正常使用。",
            "The validator reported an error that has no kind of its own; the data may not be usable.",
        ),
    ),
)
