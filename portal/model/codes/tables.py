"""What Frictionless finds, by its own error types."""

from __future__ import annotations

from portal.model.codes.declare import error

_METADATA_MEND = (
    "请对照 Data Package 规范修改描述文件。",
    "Mend the descriptor so that it follows the Data Package standard.",
)
_TABLE_MEND = ("请打开文件检查表格内容。", "Open the file and check the table.")

FRICTIONLESS = (
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
        "请另存为 UTF-8，或在资源中写明 encoding，例如 gb18030。",
        "Save the file as UTF-8, or state its encoding in the resource, e.g. gb18030.",
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
        "列名“{value}”与表结构中的字段“{field}”不一致。",
        'The column name "{value}" does not match the field "{field}" of the schema.',
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
        "请删去空行。",
        "Remove the empty row.",
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
        "这一行多出一个单元格“{value}”。",
        'The row has one cell too many: "{value}".',
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
