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
        "ruler-left-out",
        "表头下面是一行横线（第 {row} 行），没有算作数据。",
        "Below the header stands a line of hyphens (row {row}); it was not taken for data.",
        "不必改动；也可以在导出时关掉它。",
        "Nothing has to be done; the export may have a setting that leaves it out.",
        title=("表头下的横线", "Line below the header"),
        explanation=(
            "sqlcmd 等数据库工具导出时会在表头下画线。",
            "sqlcmd and other tools of databases draw a line below the header.",
        ),
    ),
    info(
        "line-ends-doubled",
        "每一行末尾都多了一个回车（CR CR LF），已按一个换行读取。",
        "Every line ends in one carriage return too many (CR CR LF); it was read as one line end.",
        '不必改动；程序导出时请以不转换换行的方式写文件（Python 的 newline=""）。',
        'Nothing has to be done; a program should write such a file without converting line ends (Python: newline="").',
        title=("多余的回车", "Doubled line ends"),
        explanation=(
            "程序写了 CRLF，系统又把 LF 换成 CRLF。照原样读，每条记录后面都会多一个空行。",
            "A program wrote CRLF, and the system made CRLF of its LF once more. Read as it is, a blank row would "
            "stand after every record.",
        ),
    ),
    warning(
        "delimiter-doubtful",
        "整张表只有一列，而表头和各行都由{sign}分成同样多段，可能没有按列分开。",
        "The table has one column, and {sign} divides its header and its rows into as many pieces: the columns may not "
        "have been told apart.",
        '请在描述文件的 dialect.delimiter 写明分隔符，或用逗号重新导出；如果确实只有一列，写明 delimiter: "," 即可。',
        "State the sign in dialect.delimiter, or export with commas; for one column, state the comma there.",
        title=("分隔符可疑", "Doubtful delimiter"),
        explanation=(
            "认得的分隔符是逗号、分号、制表符和竖线。由别的符号分开、或整行加了引号的表，会被读成一列。",
            "Commas, semicolons, tabs and bars are known. A table divided by another sign, or whose lines are quoted "
            "as a whole, is read as one column.",
        ),
    ),
    warning(
        "second-header",
        "第 {row} 行看起来是第二行表头（另一种文字的列名，或单位），却算作了数据。",
        "Row {row} looks like a second header (names in another language, or units), and was taken for data.",
        "请删去这一行，把单位写进列名；或在描述文件的 dialect.headerRows 写明表头是哪几行。",
        "Remove the row and write units into the names, or state the rows of the header in dialect.headerRows.",
        title=("第二行表头", "Second header"),
        explanation=(
            "列名或单位混进数据，数值列就成了文本。",
            "Where names or units stand among the records, columns of numbers become text.",
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
        "请在 schema 的 missingValues 中写上“{value}”，或让导出数据的系统留空；如果它确是内容，不必改动。",
        'List "{value}" in missingValues of the schema, or have the system leave the cell empty; where it is content, '
        "nothing has to be done.",
        title=("表示没有值的记号", "Mark for no value"),
        explanation=(
            "数据库导出时用 \\N、NULL 表示没有值；不写明，使用者会把它当成一个名称。",
            "Databases write \\N or NULL where there is no value; unless that is declared, users take it for a name.",
        ),
    ),
    warning(
        "cell-error",
        "“{value}”是电子表格软件显示的错误，不是内容；原来的值没有存进文件。",
        '"{value}" is what a spreadsheet program shows in place of a value; the value itself is not in the file.',
        "请在原来的工作簿里改正公式，或把列加宽，再重新导出。",
        "Mend the formula in the workbook, or make the column wider, and export again.",
        title=("导出了错误提示", "Error in place of a value"),
        explanation=(
            "公式出错时显示 #REF! 之类，列太窄时显示 #####，导出后就只剩下这些符号。",
            "A formula that fails shows #REF! or the like, a narrow column #####, and that is all an export keeps.",
        ),
    ),
    warning(
        "text-sign",
        '“{value}”带着电子表格软件表示“按文本输入”的记号（开头的 \' 或 ="…"），会作为内容发布。',
        '"{value}" carries the sign by which spreadsheet programs keep text (\' in front, or ="…"); it would be '
        "published with it.",
        "请去掉记号，只留内容，如 001。",
        "Remove the sign and leave what it stands for, e.g. 001.",
        title=("多余的文本记号", "Sign of text"),
        explanation=(
            '为了不丢前导零而写的 \'001 或 ="001"，除电子表格软件外都会照字面读，代码因此对不上。',
            '\'001 and ="001" keep leading zeros in spreadsheet programs; everybody else reads them to the letter, and '
            "codes match no longer.",
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
