"""Codes of findings on reading files: encoding, quotes, header, ZIP archives, JSON, limits, wrong formats."""

from __future__ import annotations

from portal.findings.codes.declare import Code, error, warning

_SAVE_AS_CSV = (
    "请用原来的软件打开文件，另存为“CSV UTF-8（逗号分隔）”，或按真实的格式改文件名。",
    'Open the file with the program that made it and save it as "CSV UTF-8", or name it by its real format.',
)
_PACK_AGAIN = (
    "请把数据文件直接放进文件夹，或重新压缩成只含这一个文件的 ZIP。",
    "Put the data file itself into the folder, or pack it again as a ZIP that holds this one file.",
)
_MEND_JSON = (
    "请让导出数据的系统重新导出，或改存为 CSV。",
    "Export the data again from the system they come from, or save them as CSV.",
)

READING: tuple[Code, ...] = (
    error(
        "encoding-unclear",
        "没有写明编码，而内容更像 {note}，不像 UTF-8 或 GB18030。",
        "No encoding is declared, and the content looks more like {note} than UTF-8 or GB18030.",
        "请向制表人或导出系统要一份 UTF-8 编码的文件；如果确是该编码，在资源中写明 encoding: {note}。"
        "不要打开后直接另存：打开时已成乱码的，另存只会把乱码固定下来。",
        "Ask who made the file for a copy in UTF-8; if it really has that encoding, state encoding: {note} in the "
        "resource. Do not open it and save it again: text that is garbled when opened stays so.",
        title=("编码无法确定", "Unclear encoding"),
        explanation=(
            "读错编码会得到乱码，而乱码看上去也像文字。门户不猜测编码，除 UTF-8 和 GB18030 外都要写明。",
            "Text read in a wrong encoding is garbled, and may still look like text. The portal does not guess: what "
            "is neither UTF-8 nor GB18030 must be declared.",
        ),
    ),
    warning(
        "encoding-doubtful",
        "写明的编码是 {value}，而内容更像 {note}：按 {value} 读出的多是生僻字，可能是乱码。",
        "{value} is declared, but the content looks more like {note}: as {value} it gives mostly rare characters.",
        "请打开发布前的预览核对文字；不对的，在资源中写明 encoding: {note}，或向制表人要一份 UTF-8 编码的文件。",
        "Read some of the text as it will be published; if it is garbled, state encoding: {note} in the resource, or "
        "ask who made the file for a copy in UTF-8.",
        title=("写明的编码可疑", "Doubtful encoding"),
        explanation=(
            "几乎任何字节都能当作 GB18030 读出字来，读得出不等于读得对。",
            "Nearly all bytes can be read as GB18030; that they can does not mean that they should.",
        ),
    ),
    error(
        "nul-byte",
        "单元格里有空字符（NUL）。",
        "The cell holds a NUL character.",
        "请用导出数据的系统重新导出；也可以用文本编辑器把它删去，再另存为 UTF-8。",
        "Export the data again, or delete the character in a text editor and save the file as UTF-8.",
        title=("空字符", "NUL character"),
        explanation=(
            "空字符不是文字，多半来自损坏的导出或错认的编码；许多程序读到这里就停止，后面的数据会丢失。",
            "NUL is no text; it comes from a broken export or a mistaken encoding. Many programs stop reading there "
            "and lose the rest.",
        ),
    ),
    error(
        "quote-unclosed",
        "从这一格开始的双引号一直没有结束，后面的行都会被并入这一格。",
        "A quote that opens in this cell is never closed; all rows after it would become part of the cell.",
        "请在该单元格末尾补上双引号；开头的双引号若是多打的，请删去；文字里的双引号要写成两个。",
        "Close the quote at the end of the cell, or remove it where none belongs; write a quote inside of text twice.",
        title=("引号没有结束", "Unclosed quote"),
        explanation=(
            "CSV 用双引号括住含逗号或换行的文字。少了后一个引号，程序会把以后的所有行当作同一格，不报错地丢掉它们。",
            "CSV puts text with commas or line breaks in quotes. Without the closing one, programs take all later rows "
            "for the same cell and lose them silently.",
        ),
    ),
    warning(
        "header-doubtful",
        "第 {row} 行被当作表头，但其中的“{value}”看起来是数据，不是列名。",
        'Row {row} is taken for the header, but "{value}" in it looks like data rather than a label.',
        "如果表格没有表头，请在最上面插入一行，写上每一列的列名；如果确是列名，不必改动。",
        "Where the table has no header, insert a row at the top with a label for every column; else leave it.",
        title=("表头可疑", "Doubtful header"),
        explanation=(
            "没有表头时，第一条记录会变成列名，既少了一条数据，列也没有了名称。",
            "Without a header the first record becomes the labels: a record is lost, and no column has a name.",
        ),
    ),
    error(
        "double-bom",
        "文件开头有 {number} 个字节顺序标记（BOM），多余的会成为第一个列名的一部分。",
        "The file begins with {number} byte order marks; the extra ones would become part of the first label.",
        "请用文本编辑器打开，把第一个列名连同它前面看不见的字符一起删去，重新输入列名，再另存为 UTF-8（无 BOM）。",
        "Open it in a text editor, delete the first label with the invisible characters before it, type it anew, and "
        "save the file as UTF-8 without a mark.",
        title=("重复的字节顺序标记", "Repeated byte order mark"),
        explanation=(
            "标记是看不见的字符，重复后第一列的名称就与字段名不同，程序会说“找不到列”。",
            "The mark is invisible. Repeated, it makes the first label differ from the field's name, and programs do "
            "not find the column.",
        ),
    ),
    error(
        "html-as-csv",
        "文件的内容是网页（HTML），不是表格。",
        "The content is a web page (HTML), not a table.",
        "请打开该网页，把其中的表格另存为 CSV 或 XLSX；如果是下载时得到的登录页或错误页，请重新下载。",
        "Save the table of the page as CSV or XLSX; if it is a log-in or error page, download the file again.",
        title=("网页冒充表格", "Web page in place of a table"),
        explanation=(
            "一些系统的“导出 Excel”实际写出的是网页；下载出错时也会把错误页存成数据文件。",
            "Some systems write a web page where they say they export a sheet, and a failed download may save an error "
            "page under the name of the data.",
        ),
    ),
    error(
        "workbook-as-csv",
        "文件的内容是 {kind}，不是文本表格。",
        "The content is {kind}, not a table as text.",
        *_SAVE_AS_CSV,
        title=("工作簿冒充文本表格", "Workbook in place of a text table"),
        explanation=(
            "只改文件名的后缀并不改变格式：工作簿要在表格软件里“另存为”CSV，或者直接以 .xlsx 发布。",
            "Renaming does not change the format: save the workbook as CSV in the spreadsheet program, or publish it "
            "as .xlsx.",
        ),
    ),
    error(
        "not-text",
        "文件的内容是 {kind}，不是文本表格。",
        "The content is {kind}, not a table as text.",
        *_SAVE_AS_CSV,
        title=("不是文本文件", "Not a text file"),
        explanation=(
            "文件的开头表明它是另一种格式，无法按文本读取。",
            "The first bytes of the file belong to another format, which cannot be read as text.",
        ),
    ),
    error(
        "table-too-large",
        "表格超过上限：{reason}。",
        "The table is over the limit: {reason}.",
        "请拆分表格，或在 catalog.yaml 的 limits 中调高上限；单元格过长时先检查有没有漏掉的引号。",
        "Split the table, or raise the limit under limits in catalog.yaml; where a cell is too long, look for a "
        "missing quote first.",
        title=("表格过大", "Table too large"),
        explanation=(
            "行数、列数和单元格长度都有上限，以免一个文件占满内存。",
            "Rows, columns and the length of cells are bounded, so that one file cannot fill the memory.",
        ),
    ),
    error(
        "archive-too-large",
        "压缩包超过上限：{reason}。",
        "The archive is over the limit: {reason}.",
        "请拆分后再压缩，或直接放未压缩的文件；确有必要时在 catalog.yaml 的 limits 中调高上限。",
        "Split the data before packing, or put the unpacked file there; if need be raise the limit under limits in "
        "catalog.yaml.",
        title=("压缩包过大", "Archive too large"),
        explanation=(
            "很小的压缩包可以解出极大的文件，使机器停摆，所以解压时边解边数，超过上限就停止。",
            "A tiny archive can unpack to a huge file and stop the machine, so bytes are counted while unpacking.",
        ),
    ),
    error(
        "archive-encrypted",
        "压缩包有密码。",
        "The archive is encrypted.",
        "开放数据不设密码：请去掉密码重新压缩。",
        "Open data have no password: pack it again without one.",
        title=("压缩包有密码", "Encrypted archive"),
        explanation=("有密码就无法检查，也无法供公众使用。", "What is encrypted can be neither checked nor used."),
    ),
    error(
        "archive-nested",
        "压缩包里又是压缩包（{member}）。",
        "The archive holds another archive ({member}).",
        *_PACK_AGAIN,
        title=("压缩包套压缩包", "Archive in an archive"),
        explanation=(
            "层层压缩既难使用，也是攻击程序的常见办法，因此只解一层。",
            "Archives in archives are hard to use and a known attack, so only one layer is unpacked.",
        ),
    ),
    error(
        "archive-members",
        "压缩包里有多个数据文件，不知道该读哪一个：{members}。",
        "The archive holds several data files; it is not clear which one to read: {members}.",
        "请在资源中写明 innerpath，或把每个文件列为单独的资源。",
        "Name one of them by innerpath in the resource, or list each file as a resource of its own.",
        title=("压缩包里有多个文件", "Several files in the archive"),
        explanation=(
            "一个资源是一张表。压缩包里有多个表时，要说明是哪一个。",
            "A resource is one table. Where the archive holds several, one must be named.",
        ),
    ),
    error(
        "parts-unsupported",
        "{format} 格式的表格不能分成多个文件。",
        "A table in {format} cannot be split into several files.",
        "请把每个文件列为单独的资源，或把数据合成一个 CSV。",
        "List each file as a resource of its own, or put the data together in one CSV.",
        title=("这种格式不能分卷", "Format without parts"),
        explanation=("只有 CSV、TSV 等文本表格可以分成多个文件。", "Only tables as text may be split into parts."),
    ),
    error(
        "json-duplicate-key",
        "同一个 JSON 对象里键“{value}”出现了多次。",
        'The key "{value}" stands more than once in one JSON object.',
        *_MEND_JSON,
        title=("重复的键", "Duplicate key"),
        explanation=(
            "重复的键只会留下最后一个值，其余的不声不响地丢失，不同程序的结果还不一样。",
            "Of a repeated key only one value is kept; the others are lost silently, and programs differ in which.",
        ),
    ),
    error(
        "json-not-finite",
        "JSON 里有 NaN 或 Infinity，它们不是 JSON 的数字。",
        "The JSON holds NaN or Infinity, which are no numbers of JSON.",
        "没有值时请写 null。",
        "Write null where there is no value.",
        title=("不是数字的数", "Number that is none"),
        explanation=(
            "标准不允许这些写法，许多程序会因此读不了整个文件。",
            "The standard does not allow them, and many programs cannot read the file because of them.",
        ),
    ),
    error(
        "json-too-deep",
        "JSON 嵌套超过 {number} 层。",
        "The JSON is nested more than {number} deep.",
        "请把数据整理成一张表：一行一个对象，不要层层嵌套。",
        "Arrange the data as a table: one object a row, not nested in each other.",
        title=("嵌套过深", "Nested too deeply"),
        explanation=(
            "层数有上限，以免一个文件使程序崩溃。",
            "Depth is bounded, so that a file cannot crash the programs that read it.",
        ),
    ),
    error(
        "json-no-table",
        "资源写明是表格，但 JSON 里没有由对象或数组组成的列表。",
        "The resource is declared a table, but the JSON holds no list of objects or arrays.",
        '请把数据写成对象的列表，例如 [{{"名称": "…"}}]；如果不是表格，删去 type 和 schema。',
        'Write the data as a list of objects, e.g. [{{"name": "…"}}]; if it is no table, remove type and schema.',
        title=("JSON 里没有表格", "No table in the JSON"),
        explanation=(
            "表格在 JSON 里是一个列表，每一项是一行。",
            "A table in JSON is a list in which every item is a row.",
        ),
    ),
    error(
        "json-header-missing",
        "JSON 是数组的列表，第一个数组里有数字等值，是一条记录，不是列名。",
        "The JSON is a list of arrays, and the first holds numbers or the like: it is a record, no row of labels.",
        "请在最前面加一个列名的数组，或改写成对象的列表；确实没有列名时，在资源的 dialect 中写 header: false。",
        "Put an array of labels in front, or write a list of objects; where there are no labels, state header: false "
        "in the dialect of the resource.",
        title=("JSON 里没有列名", "No labels in the JSON"),
        explanation=(
            "把第一条记录当作列名，就会丢失这一条，也没有人知道各列是什么。",
            "Taken for labels, the first record would be lost, and nobody would know what the columns are.",
        ),
    ),
    warning(
        "json-header-assumed",
        "JSON 里全是文字，看不出第一个数组是列名还是记录，当作了列名（{value}）。",
        "All in the JSON is text, and nothing tells whether the first array is labels or a record; it was taken for "
        "labels ({value}).",
        "请核对：是列名的，在资源的 dialect 中写 header: true；是记录的，写 header: false。",
        "State header: true in the dialect of the resource where they are labels, header: false where it is a record.",
        title=("第一个数组当作了列名", "First array taken for labels"),
        explanation=(
            "如果第一个数组其实是记录，它就不在数据里了。",
            "Were it a record, it would be missing among the data.",
        ),
    ),
    error(
        "json-several-tables",
        "JSON 里有多个列表，不知道哪一个是表格：{members}。",
        "The JSON holds several lists; it is not clear which one is the table: {members}.",
        "请在资源中用 dialect.property 写明，例如 dialect: {{property: {first}}}。",
        "Name it by dialect.property in the resource, e.g. dialect: {{property: {first}}}.",
        title=("JSON 里有多张表", "Several tables in the JSON"),
        explanation=(
            "一个资源是一张表。JSON 里有多个列表时，要说明是哪一个。",
            "A resource is one table. Where the JSON holds several lists, one must be named.",
        ),
    ),
    warning(
        "normalisation-unknown",
        "不认识的规范化方式“{value}”，没有采用。",
        'The normalisation "{value}" is not known and was not applied.',
        "可用的有：digits（全角数字）、separators（千位分隔符）、dates（日期写法）。",
        "Known are: digits (full-width digits), separators (of thousands), dates (spellings of dates).",
        title=("未知的规范化方式", "Unknown normalisation"),
        explanation=(
            "normalise 列出允许门户替发布者统一的写法；写错的名称不起作用。",
            "normalise lists the spellings that the portal may make uniform; a misspelt name has no effect.",
        ),
    ),
)
