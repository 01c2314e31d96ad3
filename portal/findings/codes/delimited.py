"""Codes of findings on CSV: misplaced quotes, backslashes, marks in lines, blank rows and columns, odd headers."""

from __future__ import annotations

from portal.findings.codes.declare import Code, error, info, warning

DELIMITED: tuple[Code, ...] = (
    error(
        "quote-text-after",
        "这一格用双引号括住，但后一个引号之后还有文字，程序会把它读成别的内容。",
        "The cell is quoted, but text follows its closing quote, so programs read something else.",
        "请把文字里的双引号写成两个；开头的双引号若是多打的，请删去。",
        "Write a quote inside of text twice; where the quote at the beginning is one too many, remove it.",
        title=("引号之后还有文字", "Text after a closing quote"),
        explanation=(
            "各种程序对这种写法的读法不同：有的丢掉引号，有的并入后面的行。多半是文字里的引号没有写成两个，或某处多打了一个引号。",
            "Programs differ in what they make of it: some lose the quotes, some take in the rows that follow. "
            "Mostly a quote inside of text was not doubled, or one stands where none belongs.",
        ),
    ),
    error(
        "quote-backslash",
        '这一格里的双引号前面写了反斜线（\\"），而没有写明 escapeChar，程序会把它读成别的内容。',
        'Quotes in this cell are written with a backslash (\\"), and no escapeChar is declared: programs '
        "read something else.",
        '请在资源中写 dialect: {{escapeChar: "\\\\"}}；或让导出数据的系统把文字里的双引号写成两个。',
        'State dialect: {{escapeChar: "\\\\"}} in the resource, or have the system that exports the data '
        "double the quotes inside of text.",
        title=("引号前的反斜线", "Backslash before a quote"),
        explanation=(
            "MySQL 等系统用反斜线标出文字里的引号，而 CSV 的标准是写两个引号。不写明，引号和逗号的位置就会读错。",
            "MySQL and others mark quotes inside of text with a backslash, where the standard of CSV doubles them. "
            "Unless it is declared, cells are cut at the wrong places.",
        ),
    ),
    error(
        "quote-swallows-rows",
        "从这一格开始的引号把后面的行也括了进去：其中 {number} 行每一行都像一条记录，却读成了一条。",
        "The quote that opens in this cell takes in the rows below: {number} lines that each look like a "
        "record are read as one.",
        "请核对：开头的双引号若是多打的，请删去，并删去与它相配的那一个；如果这一格确有多行文字，不必改动。",
        "Look at it: where the quote is one too many, remove it and the one that closes it; where the cell "
        "really holds several lines of text, leave it.",
        title=("引号并入了后面的行", "Quote that swallows rows"),
        explanation=(
            "引号里的换行和逗号都算文字。多打一个引号，直到下一个引号为止的各行就成了一格，记录不声不响地少了。",
            "Within quotes line ends and commas are text. With one quote too many all rows up to the next quote become "
            "one cell, and the records are lost without a word.",
        ),
    ),
    warning(
        "line-marks-left-out",
        "行首有看不见的标记 {mark}（{rows}），没有算作数据。",
        "An invisible mark {mark} stands at the beginning of lines ({rows}); it was not taken for data.",
        "请让导出数据的系统重新导出；多半是几个文件直接拼接而成，请核对拼接处的前后两行。",
        "Export the data again; mostly files were joined as they are, so look at the rows around the joint.",
        title=("行首的标记", "Mark at the beginning of a line"),
        explanation=(
            "字节顺序标记（U+FEFF）只该在文件开头，Ctrl-Z（U+001A）只该在文件末尾。留在行首，第一列的值就与别处对不上。",
            "A byte order mark (U+FEFF) belongs at the beginning of a file, Ctrl-Z (U+001A) at its end. Left at the "
            "beginning of a line, it makes the value of the first column one that matches no other.",
        ),
    ),
    info(
        "end-mark-left-out",
        "文件末尾的 Ctrl-Z（字节 1A）没有算作数据。",
        "Ctrl-Z (the byte 1A) at the end of the file was not taken for data.",
        "不必改动；它是 DOS 程序写的文件结束标记。",
        "Nothing has to be done; programs of DOS mark the end of a file by it.",
        title=("文件末尾的标记", "Mark at the end of a file"),
        explanation=(
            "旧程序用它表示文件到此结束，今天的程序会把它当成多出的一行。",
            "Old programs end a file by it; those of today take it for a row too many.",
        ),
    ),
    warning(
        "header-repeated",
        "表头在表格中间又出现了一次（{rows}），没有算作数据。",
        "The header stands again within the table ({rows}); it was not taken for data.",
        "请删去重复的表头，并核对那里是不是两个文件的拼接处。",
        "Remove the repeated header, and look whether two files were joined there.",
        title=("重复的表头", "Repeated header"),
        explanation=(
            "几个文件直接拼接时，后一个文件的表头会混进记录里。",
            "Where files are joined as they are, the header of the later one comes among the records.",
        ),
    ),
    info(
        "blank-rows-left-out",
        "表格末尾有 {number} 个空行（{rows}），没有算作数据。",
        "Blank rows stand at the end of the table ({rows}; {number} in all); they were not taken for data.",
        "不必改动；也可以在电子表格软件中删去这些行再导出。",
        "Nothing has to be done; they can be deleted in the spreadsheet program before it exports.",
        title=("末尾的空行", "Blank rows at the end"),
        explanation=(
            "设过格式的空行会被电子表格软件存成只有逗号的行。",
            "Spreadsheet programs save rows that are formatted and empty as rows of commas.",
        ),
    ),
    info(
        "blank-columns-left-out",
        "最右边有 {number} 列既没有名称也没有任何值（从第 {column} 列起），没有算作列。",
        "At the right stand columns without a name and without any value (from column {column} on; {number} "
        "in all); they were not taken for columns.",
        "不必改动；也可以去掉每行末尾多出的分隔符。",
        "Nothing has to be done; the separator at the end of each line can be left away.",
        title=("右边的空列", "Empty columns at the right"),
        explanation=(
            "有的系统在每行末尾多写一个分隔符，电子表格软件也会存下设过格式的空列。",
            "Some systems end each line in a separator, and spreadsheet programs save empty columns that "
            "are formatted.",
        ),
    ),
    info(
        "label-line-break",
        "列名“{value}”在文件里分成几行，已连成一行。",
        'The column name "{value}" is broken over lines in the file; it was joined into one.',
        "不必改动；也可以把表头中的换行删去。",
        "Nothing has to be done; the line break in the header can be removed.",
        title=("列名中的换行", "Line break in a column name"),
        explanation=(
            "单元格里的换行会成为列名的一部分，许多程序因此找不到这一列。",
            "A line break in a cell becomes part of the name, and many programs do not find the column then.",
        ),
    ),
    warning(
        "null-mark",
        "“{value}”是数据库写“没有值”的记号，却作为文字发布。",
        '"{value}" is how databases write that there is no value; it would be published as text.',
        '请在 schema 中写 missingValues: ["", "\\\\N"]，或让导出数据的系统留空。',
        'State missingValues: ["", "\\\\N"] in the schema, or have the system leave the cell empty.',
        title=("表示没有值的记号", "Mark for no value"),
        explanation=(
            "MySQL、PostgreSQL 等导出时用 \\N 表示没有值；不写明，使用者会把它当成一个名称。",
            "MySQL, PostgreSQL and others write \\N where there is no value; unless that is declared, users take "
            "it for a name.",
        ),
    ),
    info(
        "null-marks-emptied",
        "\\N 表示没有值（共 {number} 行，最先在第 {row} 行），已按空白读取。",
        "\\N stands for no value (in {number} rows, the first is {row}) and was read as an empty cell.",
        "不必改动。",
        "Nothing has to be done.",
        title=("\\N 读作空白", "\\N read as an empty cell"),
        explanation=(
            "反斜线是转义符时，\\N 会读成字母 N；它是数据库写“没有值”的记号。",
            "Where the backslash is the escape sign, \\N would be read as the letter N; it is how databases write that "
            "there is no value.",
        ),
    ),
)
