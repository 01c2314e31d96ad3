"""Codes of findings on workbooks (XLSX): password, sheets, formulas, merged cells, totals, hidden things."""

from __future__ import annotations

from portal.findings.codes.declare import Code, error, info, warning

_SAVE_AGAIN = (
    "请用 Excel 或 WPS 打开，确认内容无误后另存为 XLSX。",
    "Open it in Excel or WPS, see that all is there, and save it as XLSX.",
)
_INSPECT = (
    "如果不应公开，请在 Excel 中用“文件 → 检查问题 → 检查文档”（WPS：“文件 → 文档加密 → 属性”）删去后再保存。",
    "If it should not be public, remove it in Excel by File → Check for Issues → Inspect Document, and save again.",
)
_PUBLISHED_TOO = (
    "原始文件会照原样公开，看不见的内容也随之公开；很多泄露都是这样发生的。",
    "The original file is published as it is, with what nobody sees on the sheet; many leaks happen that way.",
)

SPREADSHEETS: tuple[Code, ...] = (
    error(
        "workbook-broken",
        "工作簿打不开，文件可能已损坏（{reason}）。",
        "The workbook cannot be opened; the file may be broken ({reason}).",
        *_SAVE_AGAIN,
        title=("工作簿损坏", "Broken workbook"),
        explanation=(
            "文件的结构不完整或不合规范，常见于传输中断或由程序生成的文件。",
            "The file is incomplete or not built as workbooks are, often after a broken transfer.",
        ),
    ),
    error(
        "workbook-protected",
        "工作簿设有打开密码或已加密。",
        "The workbook is encrypted or asks for a password.",
        "请打开后取消密码（文件 → 信息 → 保护工作簿），再保存。",
        "Open it, take the password away (File → Info → Protect Workbook) and save it.",
        title=("加密的工作簿", "Encrypted workbook"),
        explanation=(
            "没有密码就读不出内容，公众也打不开。",
            "Without the password nobody can read it, the public neither.",
        ),
    ),
    error(
        "workbook-disguised",
        "文件的内容不是工作簿，看起来是{looks_like}。",
        "The content is no workbook; it looks like {looks_like}.",
        "请用 Excel 或 WPS 打开，另存为“Excel 工作簿（.xlsx）”；打不开时，请向提供文件的人要原来的工作簿。",
        'Open it in Excel or WPS and save it as "Excel Workbook (.xlsx)"; where that fails, ask for the original.',
        title=("名为工作簿的其他文件", "Another file named as a workbook"),
        explanation=(
            "一些系统导出的“Excel”其实是网页或 CSV，只是改了扩展名。",
            'Some systems export web pages or CSV and name them ".xls".',
        ),
    ),
    error(
        "workbook-unpacks-too-large",
        "工作簿解压后超过上限（{limit}）。",
        "Unpacked, the workbook is over the limit ({limit}).",
        "请删去多余的工作表、图片和空白格式，另存后再试；数据量很大时请改用 CSV。",
        "Remove what is not needed and save it again; for very large data use CSV.",
        title=("工作簿解压后过大", "Workbook unpacks too large"),
        explanation=(
            "XLSX 和 ODS 是压缩文件；解压后异常大的文件会耗尽内存。",
            "XLSX and ODS are archives; one that unpacks to far more than its size would use up the memory.",
        ),
    ),
    error(
        "sheet-too-large",
        "工作表太大：内容至少占 {rows} 行 × {columns} 列；也可能只是在很远处有零星单元格。",
        "The sheet is too large: it takes at least {rows} rows × {columns} columns; a stray cell may stand far away.",
        "请按 Ctrl+End 查看最后一个单元格，删去表格以外的行和列后保存；数据确实很多时请改用 CSV。",
        "Press Ctrl+End to find the last cell, delete the rows and columns outside of the table, and save; for very "
        "large data use CSV.",
        title=("工作表过大", "Sheet too large"),
        explanation=(
            "读取工作表要占用整个范围的内存，哪怕其中大多是空白。上限约为四百万个单元格，长文字多时更少。",
            "Reading a sheet takes memory for the whole rectangle, blank or not. The limit is about four million "
            "cells, fewer where they hold long texts.",
        ),
    ),
    error(
        "sheet-missing",
        "工作簿中没有工作表“{sheet}”；有：{sheets}。",
        'The workbook has no sheet "{sheet}"; it has: {sheets}.',
        "请在 dialect.sheet 中写上列出的一个名称，或从 1 数起的序号。",
        "State one of the names listed, or its number from 1, in dialect.sheet.",
        title=("没有这个工作表", "Sheet is missing"),
        explanation=(
            "资源写明了要读的工作表，而工作簿中没有。",
            "The resource states which sheet to read, and the workbook has none like it.",
        ),
    ),
    error(
        "workbook-empty",
        "工作簿里没有可见的内容；工作表：{sheets}。",
        "The workbook has no visible content; its sheets: {sheets}.",
        "请检查是否选错了文件；数据在隐藏的工作表里时，请取消隐藏或在 dialect.sheet 中写明。",
        "See whether it is the right file; where the data stand in a hidden sheet, show it or state it in "
        "dialect.sheet.",
        title=("空的工作簿", "Empty workbook"),
        explanation=(
            "隐藏的工作表不会自动读取，因为它多半不是要发布的内容。",
            "A hidden sheet is not read unless it is stated, for it is seldom what should be published.",
        ),
    ),
    warning(
        "sheet-assumed",
        "有 {number} 个有内容的工作表（{sheets}），没有写明用哪一个，读取了“{sheet}”。",
        'There are {number} sheets with content ({sheets}) and none is stated; "{sheet}" was read.',
        "请确认；用别的工作表时，在 dialect.sheet 中写明。要发布几个工作表，就为每个写一个资源。",
        "Confirm it, or state another in dialect.sheet. To publish several sheets, write a resource for each.",
        title=("未写明工作表", "Sheet not stated"),
        explanation=(
            "一个资源是一张表。其他工作表不按表结构检查、不转换，只查个人信息和密级标志，但随原始文件公开。",
            "A resource is one table. The other sheets are screened for personal data and marks of secrecy, but "
            "neither validated nor converted; they are published with the original.",
        ),
    ),
    error(
        "formula-error",
        "单元格的公式出错，显示为 {note}。",
        "The formula in the cell shows the error {note}.",
        "请改正公式，或改填数值；没有数据时留空。",
        "Mend the formula or write the value; leave the cell empty where there is none.",
        title=("公式错误", "Formula error"),
        explanation=(
            "#N/A、#REF! 等不是数据，转换后会成为空白，缺了什么无从得知。",
            "#N/A, #REF! and the like are no data; converted they become blanks, and nobody knows what is missing.",
        ),
    ),
    error(
        "day-unreal",
        "单元格显示“{value}”，没有这样的日期或时刻。",
        'The cell shows "{value}", and there is no such day or time.',
        "请填写真实的日期；没有日期时留空。1900-01-00 多半是公式引用了空白单元格，####### 是负数。",
        "Write the real date, or leave the cell empty. 1900-01-00 mostly comes of a formula that reads an empty cell, "
        "####### of a number below zero.",
        title=("不存在的日期", "A day that never was"),
        explanation=(
            "电子表格用数字记日期：60 显示为 1900 年 2 月 29 日，0 显示为 1900 年 1 月 0 日，两天都不存在。",
            "Sheets keep days as numbers: 60 is shown as 29 February 1900, 0 as day 0 of January 1900. Neither is a "
            "day, so any other in its place would be wrong.",
        ),
    ),
    warning(
        "formula-without-value",
        "有 {number} 个公式没有计算结果（{cell}），读出来是空白。",
        "Formulas without a computed value: {number} ({cell}); they read as blanks.",
        "请用 Excel 或 WPS 打开文件，等待计算完成后保存。",
        "Open the file in Excel or WPS, let it compute, and save it.",
        title=("没有结果的公式", "Formulas without a value"),
        explanation=(
            "程序生成的工作簿往往只有公式而没有结果，要由电子表格软件打开并保存一次才会有。",
            "Workbooks made by programs often hold formulas alone; a spreadsheet program computes them when it saves.",
        ),
    ),
    error(
        "number-precision-lost",
        "数字超过 15 位（这一列共有 {number} 个这样的数字），Excel 已把后面的数位变成 0，原来的号码丢失了。",
        "A number has more than 15 digits (numbers like it in this column: {number}); Excel has turned the last digits "
        "into zeros.",
        "请把这一列设为“文本”格式，再从原始来源重新录入或粘贴；只改格式不能恢复丢失的数位。",
        'Format the column as "Text" and enter the values again from their source; the format alone brings nothing '
        "back.",
        title=("号码数位丢失", "Digits of a number lost"),
        explanation=(
            "电子表格的数字只保留 15 位。身份证号、银行卡号、统一社会信用代码等要作为文本保存。",
            "Numbers in spreadsheets keep 15 digits. Identifiers of persons, cards and organisations must be text.",
        ),
    ),
    warning(
        "code-as-number",
        "这一列是文本，却有 {number} 个单元格是数字（最先在第 {row} 行）；开头的 0 可能已经丢失。",
        "The column is text, but some of its cells are numbers ({number} in all, the first in row {row}); leading "
        "zeros may be lost.",
        "请核对代码的位数；有丢失时，把这一列设为“文本”格式后重新录入。",
        'Check how many digits the codes have; where zeros are lost, format the column as "Text" and enter them again.',
        title=("代码存成了数字", "Codes kept as numbers"),
        explanation=(
            "Excel 会把 00123 变成 123。行政区划、邮政编码、部门编号等都会因此出错。",
            "Excel turns 00123 into 123, which spoils codes of areas, post and departments.",
        ),
    ),
    warning(
        "note-rows-left-out",
        "表格末尾有说明文字（{rows}），不作为数据。",
        "Notes stand at the end of the table ({rows}); they are not taken as data.",
        "请确认；更好的做法是把说明写进数据集的简介，并从表中删去。",
        "Confirm it; better move the notes into the description of the dataset and delete them from the table.",
        title=("末尾的说明行", "Notes below the table"),
        explanation=(
            "备注、资料来源、填报人等行不是记录，程序读取时会被当成错误的数据。",
            "Notes, sources and signatures are no records; programs would take them for wrong data.",
        ),
    ),
    warning(
        "total-rows-left-out",
        "表格末尾有合计（{rows}），不作为数据。",
        "Totals stand at the end of the table ({rows}); they are not taken as data.",
        "请确认；更好的做法是从表中删去合计行，使用者可以自己计算。",
        "Confirm it; better delete the totals from the table, for users can compute them.",
        title=("末尾的合计行", "Totals below the table"),
        explanation=(
            "合计与记录混在一起，求和就会多算一倍。",
            "With totals among the records, every sum counts twice.",
        ),
    ),
    warning(
        "subtotal-row",
        "表格中间有小计或合计（{rows}，共 {number} 行），作为数据保留。",
        "Subtotals stand within the table ({rows}; {number} in all); they are kept as data.",
        "请删去这些行，或加一列说明每行属于哪一级。",
        "Delete these rows, or add a column that says the level of each row.",
        title=("表格中间的小计", "Subtotals within the table"),
        explanation=(
            "门户不删除可能是数据的行；但小计与明细相加会重复。",
            "The portal removes no row that could be data; but subtotals added to their parts count twice.",
        ),
    ),
    warning(
        "second-table",
        "从第 {row} 行起像是另一张表：前面有空行，这一行是标题或另一套列名，下面又有数据。",
        "Another table seems to begin in row {row}: a blank row, then a heading or other labels, and data below.",
        "一个工作表只放一张表：请把下面的表移到另一个工作表或另一个文件；只删空行会使两张表混在一起。",
        "Keep one table a sheet: move the other to a sheet or file of its own. To delete only the blank row would mix "
        "them.",
        title=("一个工作表里有两张表", "Two tables in one sheet"),
        explanation=(
            "下面那张表的行会被当作上面那张表的记录，列名也就不对了。",
            "The rows of the lower table are taken for records of the upper one, under labels that are not theirs.",
        ),
    ),
    warning(
        "stray-cells-left-out",
        "表格旁边没有列名的位置有零星单元格（{cell}，共 {number} 个），不作为数据。",
        "Stray cells stand beside the table, under no label ({cell}; {number} in all); they are not taken as data.",
        "请删去它们；如果是数据，请在表头行写上列名。",
        "Delete them; if they are data, give their column a label.",
        title=("表格外的单元格", "Cells outside of the table"),
        explanation=(
            "没有列名的内容无法解释，多半是临时计算或批注。",
            "What has no label cannot be understood; mostly it is a side calculation or a remark.",
        ),
    ),
    info(
        "merged-cells-filled",
        "有合并单元格（{cell}，共 {number} 处），其中每一格都填上了合并后显示的值。",
        "Cells are merged ({cell}; {number} regions in all); each was given the value shown.",
        "请确认；更好的做法是取消合并，逐行填写。",
        "Confirm it; better unmerge the cells and fill every row.",
        title=("合并单元格", "Merged cells"),
        explanation=(
            "合并单元格只在左上角有值，其余各行读出来是空白。",
            "A merged region holds its value in the first cell alone; the other rows would read as blanks.",
        ),
    ),
    warning(
        "hidden-sheets",
        "有隐藏的工作表（共 {number} 个）：{things}。",
        "Sheets are hidden ({number} in all): {things}.",
        "请取消隐藏并核对；不应公开的请删除。",
        "Show and check them; delete what should not be public.",
        title=("隐藏的工作表", "Hidden sheets"),
        explanation=_PUBLISHED_TOO,
    ),
    warning(
        "hidden-rows-columns",
        "有隐藏的行或列：{things}。",
        "Rows or columns are hidden: {things}.",
        "请取消隐藏和筛选并核对；隐藏的行也作为数据发布，不应公开的请删除。",
        "Show them, clear filters and check; hidden rows are published as data, so delete what should not be public.",
        title=("隐藏的行和列", "Hidden rows and columns"),
        explanation=_PUBLISHED_TOO,
    ),
    warning(
        "workbook-comments",
        "有批注（共 {number} 条）：{things}。",
        "Cells have comments ({number} in all): {things}.",
        *_INSPECT,
        title=("批注", "Comments"),
        explanation=_PUBLISHED_TOO,
    ),
    warning(
        "workbook-properties",
        "文档属性中有人名或单位名：{things}。",
        "The properties of the document name persons or organisations: {things}.",
        *_INSPECT,
        title=("文档属性", "Properties of the document"),
        explanation=_PUBLISHED_TOO,
    ),
    warning(
        "workbook-links",
        "有指向其他文件的链接（共 {number} 个）：{things}。",
        "The workbook links to other files ({number} in all): {things}.",
        "请用“数据 → 编辑链接 → 断开链接”，使数值留在表中。",
        "Break them by Data → Edit Links → Break Link, so that the values stay.",
        title=("外部链接", "Links to other files"),
        explanation=(
            "链接带有内部的文件路径，别人打开时也取不到数值。",
            "Links show paths of your own network, and nobody else can follow them.",
        ),
    ),
    warning(
        "workbook-macros",
        "工作簿含有宏。",
        "The workbook holds macros.",
        "请另存为不含宏的 XLSX。",
        "Save it as XLSX without macros.",
        title=("宏", "Macros"),
        explanation=(
            "宏是程序；公众下载后会被安全软件拦截，也可能带有病毒。",
            "Macros are programs: security software stops them, and they may carry a virus.",
        ),
    ),
    warning(
        "workbook-objects",
        "有嵌入的文件或控件（共 {number} 个）。",
        "Files or controls are embedded ({number} in all).",
        "请核对嵌入的内容；不应公开的请删除后再保存。",
        "Check what is embedded; delete what should not be public.",
        title=("嵌入的对象", "Embedded objects"),
        explanation=_PUBLISHED_TOO,
    ),
)
