"""Codes of findings on cells beyond Frictionless: check-digit, numbers, mojibake, coordinates, GeoJSON."""

from __future__ import annotations

from portal.findings.codes.declare import error, warning

CELLS = (
    error(
        "check-digit",
        "“{value}”不是有效的{kind}：{reason}。",
        '"{value}" is no {kind}: {reason}.',
        "请对照原始资料重新录入这一格；如果这一列本来不是这种代码，请删去 schema 中这一列的 codeFormat（或 format）。",
        "Enter the cell anew from the original; if the column holds other codes, remove the field's codeFormat (or "
        "format) from the schema.",
        title=("代码的格式或校验码有误", "A code with a wrong form or check digit"),
        explanation=(
            "这一列声明了代码的种类。统一社会信用代码和身份证号带有校验码，录错一位就对不上；其他代码按位数和层级检查。",
            "The column declares what kind of code it holds. A credit code or identity number ends in a check digit, "
            "which gives away a single wrong character; other codes are checked by length and structure.",
        ),
    ),
    error(
        "number-too-large",
        "数字“{value}”超出了计算机通用数字的范围（{range}）。",
        'The number "{value}" is outside what a standard number holds ({range}).',
        "请核对数值；如果它其实是编号，请在 schema 中把这一列改为 type: string。",
        "Check the figure; if it is in fact an identifier, declare the column as type: string in the schema.",
        title=("数字过大", "A number that is too large"),
        explanation=(
            "整数通用 64 位，小数通用双精度浮点数。超出范围的数字在别人的软件里会变样或无法读取。",
            "Programs hold integers in 64 bits and other numbers as double-precision floats. What does not fit is "
            "changed or refused by whoever reads the data.",
        ),
    ),
    warning(
        "number-precision",
        "数字“{value}”的有效数字超过 17 位，多数软件会舍去末尾几位。",
        'The number "{value}" has more than 17 significant digits; most programs drop the last ones.',
        "请保留实际需要的位数；如果它其实是编号，请在 schema 中把这一列改为 type: string。",
        "Keep the digits that mean something; if it is an identifier, declare the column as type: string.",
        title=("数字的位数过多", "A number with too many digits"),
        explanation=(
            "双精度浮点数最多保存 17 位有效数字。多出的位数通常是计算留下的，或者这一列其实是编号。",
            "A double-precision float keeps 17 significant digits. More are mostly left over from a calculation, or "
            "the column holds identifiers.",
        ),
    ),
    warning(
        "number-not-finite",
        "数字列中写了“{value}”。",
        'A number column holds "{value}".',
        "没有数值时请留空，或把这种写法列入 schema 的 missingValues。",
        "Leave the cell empty where there is no number, or list the word in missingValues of the schema.",
        title=("NaN 或无穷大", "NaN or infinity"),
        explanation=(
            "NaN 和无穷大多半是计算出错的痕迹，求和、求平均都会因此失效，转换成 JSON 时成为空值。",
            "NaN and infinity are mostly traces of a failed calculation. They spoil every sum and mean, and become "
            "null in JSON.",
        ),
    ),
    error(
        "number-grouping",
        "数字“{value}”中的“{sign}”不在三位一组的位置上。",
        'The sign "{sign}" in the number "{value}" does not stand between groups of three digits.',
        "请核对数值：千位分隔符每三位一个（如 1{sign}234）；如果它其实是小数点，"
        "请改正 schema 中的 groupChar 和 decimalChar。",
        "Check the figure: a sign of groups stands before every three digits (1{sign}234); where it is the decimal "
        "sign, correct groupChar and decimalChar in the schema.",
        title=("千位分隔符的位置不对", "Groups of digits that are none"),
        explanation=(
            "程序读数字时把 groupChar 全部去掉。不在三位一组的位置上时，12.34 会变成 1234，大了一百倍。",
            "Programs take groupChar out of a number wherever it stands. Where it does not part groups of three, 12.34 "
            "becomes 1234, a hundred times as much.",
        ),
    ),
    warning(
        "number-groups-unclear",
        "列“{field}”里的数字可以有两种读法：1.001（或 1,001）是小数，还是一千零一。",
        'The numbers of "{field}" can be read in two ways: 1.001 (or 1,001) is a fraction, or a thousand and one.',
        "请核对：是小数的，写 type: number（小数点是逗号的再写 decimalChar）；"
        "是千位分隔的，写 type: integer 和 groupChar。",
        "Look at it: for fractions state type: number (and decimalChar, where that is the comma); for groups of "
        "thousands state type: integer and groupChar.",
        title=("小数还是千位分隔", "Fractions or groups of thousands"),
        explanation=(
            "各国的小数点和千位分隔符正好相反。每个数都恰好有三位时，从数据本身看不出是哪一种。",
            "Countries use point and comma the other way round. Where each number has just three digits after the "
            "sign, the data do not tell which it is.",
        ),
    ),
    error(
        "code-in-exponent",
        "“{value}”是科学计数法：原来的号码有许多位，后面的数位已经丢失。",
        '"{value}" is in scientific notation: it was a number of many digits, and the last ones are lost.',
        "请把这一列设为“文本”格式，再从原始来源重新录入或粘贴；如果这一列确是数量，请在 schema 中写 type: number。",
        'Format the column as "Text" and enter the values again from their source; where it holds quantities, state '
        "type: number in the schema.",
        title=("号码变成了科学计数法", "Codes in scientific notation"),
        explanation=(
            "电子表格软件把很长的号码显示成 9.13501E+17，存成 CSV 时就只剩下前几位。",
            "Spreadsheet programs show a long code as 9.13501E+17, and save no more than that in a CSV.",
        ),
    ),
    error(
        "full-width-digits",
        "“{value}”含有全角数字。",
        '"{value}" is written with digits that are not plain ASCII (full-width digits).',
        "请改用半角数字；如果整列如此，可在资源中写 normalise: [digits]，由门户转换。",
        "Write plain digits; where the whole column is like that, state normalise: [digits] in the resource.",
        title=("全角数字", "Full-width digits"),
        explanation=(
            "中文输入法容易打出全角数字。它们看上去是数字，多数软件却当作文字，不能排序和求和。",
            "Chinese input methods easily give full-width digits. They look like numbers, but most programs take them "
            "for text, which neither sorts nor adds up.",
        ),
    ),
    warning(
        "invisible-character",
        "“{value}”中夹有看不见的字符（{characters}）。",
        'An invisible character stands in "{value}" ({characters}).',
        "请删去后重新录入这一格；用查找替换可以一次清除整列。",
        "Type the cell anew; find-and-replace clears a whole column at once.",
        title=("看不见的字符", "Invisible characters"),
        explanation=(
            "从网页或文档复制时常带入零宽空格、不换行空格等。两个看上去一样的编号因此对不上。",
            "Copying from web pages brings along zero-width and no-break spaces. Two codes that look alike then do "
            "not match.",
        ),
    ),
    warning(
        "key-padding",
        "关键列的值“{value}”前后有空格。",
        'The key "{value}" begins or ends with a blank.',
        "请删去前后的空格，否则与其他表对不上。",
        "Remove the blanks; with them it matches nothing in other tables.",
        title=("关键列前后有空格", "Blanks around a key"),
        explanation=(
            "主键、外键和唯一列用来与其他数据连接，多一个空格就是另一个值。",
            "Primary, foreign and unique keys join data with other data. One blank more is another value.",
        ),
    ),
    error(
        "mojibake",
        "“{value}”是乱码，原来的文字已经丢失。",
        '"{value}" is garbled; the text it was is lost.',
        "请从原系统重新导出，导出时选 UTF-8 或 GB18030，不要在乱码的文件上修改。",
        "Export it again from the system it came from, as UTF-8 or GB18030; the garbled file cannot be mended.",
        title=("乱码", "Garbled text"),
        explanation=(
            "替换字符（�）和“锟斤拷”说明文件曾被用错误的编码打开并保存，丢失的文字无法恢复。",
            "The replacement character and 锟斤拷 say that the file was once opened in a wrong encoding and saved. "
            "What was lost cannot be brought back.",
        ),
    ),
    warning(
        "mojibake-suspected",
        "“{value}”像是乱码（{reason}）。",
        '"{value}" looks garbled ({reason}).',
        "请打开文件核对；如果确是乱码，请从原系统重新导出并选 UTF-8。",
        "Look at the file; if it is garbled, export it again from the system it came from, as UTF-8.",
        title=("疑似乱码", "Text that looks garbled"),
        explanation=(
            "文字按另一种编码解读后才通顺，或含有未初始化内存的痕迹（烫烫烫、屯屯屯）。",
            "The text makes sense only when read in another encoding, or holds traces of memory that was never set.",
        ),
    ),
    warning(
        "crs-missing",
        "有经纬度，但没有写明坐标系（crs）。",
        "There are coordinates, but the coordinate reference system (crs) is not stated.",
        "请在资源中写 crs: CGCS2000、WGS84、GCJ-02 或 BD-09；不清楚时请问提供坐标的单位。",
        "State crs: CGCS2000, WGS84, GCJ-02 or BD-09 in the resource; ask whoever provided the coordinates.",
        title=("没有写明坐标系", "No coordinate reference system"),
        explanation=(
            "GCJ-02 和 BD-09 与 CGCS2000 相差几百米。不写明坐标系，地图上的点会落到别的街区。",
            "GCJ-02 and BD-09 lie some hundred metres off CGCS2000. Without the system, points on a map fall into "
            "another block.",
        ),
    ),
    warning(
        "crs-unknown",
        "不认识的坐标系“{value}”。",
        'The coordinate reference system "{value}" is not known.',
        "可用：{allowed}，或 EPSG:4490、EPSG:4326。投影坐标请先换算成经纬度。",
        "Known are {allowed}, and EPSG:4490 and EPSG:4326. Convert projected coordinates to degrees first.",
        title=("不认识的坐标系", "An unknown coordinate reference system"),
        explanation=(
            "门户认识四种以度为单位的坐标系；其他坐标系的数据照常发布，但使用者要自己弄清如何换算。",
            "The portal knows four systems in degrees. Data in another are published, but whoever uses them must find "
            "out how to convert them.",
        ),
    ),
    warning(
        "map-approval-unknown",
        "审图号“{value}”的写法无法识别，按没有审图号处理。",
        'The map approval number "{value}" is not written as one, and counts as none.',
        "请照批准文件书写，例如 map_approval: GS(2024)0650号。",
        "Write it as the approval does, e.g. map_approval: GS(2024)0650号.",
        title=("审图号无法识别", "A map approval number that is none"),
        explanation=(
            "向社会公开的地图要经过审核并标明审图号。没有审图号，行政区域的界线不画在地图上。",
            "Maps for the public are approved and show the number of the approval. Without one no outline of an "
            "administrative area is drawn.",
        ),
    ),
    warning(
        "map-layer-missing",
        "地图图层“{value}”不是本目录中公开的资源，不会画出。",
        'The map layer "{value}" is no open resource of this catalogue and is not drawn.',
        "请写成“数据集/资源”的名称，例如 resource: districts/outlines。",
        "Name dataset and resource, e.g. resource: districts/outlines.",
        title=("没有这个地图图层", "A map layer that does not exist"),
        explanation=(
            "各张地图的底图只用本门户公开的数据；名称写错，或该数据不公开，地图上就没有这一层。",
            "Behind maps lie open data of this portal alone; where the name is wrong or the data are not open, the "
            "layer is left out.",
        ),
    ),
    warning(
        "map-view-unusable",
        "“{value}”的地图不能按 maps.views 的要求绘制：{reason}。",
        'The map of "{value}" cannot be drawn as maps.views asks: {reason}.',
        "请改正 catalog.yaml 中的这一处；数据照常发布，地图按通用规则绘制。",
        "Mend this place of catalog.yaml; the data are published all the same, with the map that the rules choose.",
        title=("地图的要求无法满足", "A wish for a map that cannot be met"),
        explanation=(
            "maps.views 写明地图按哪一列着色、怎样分级、圆的面积表示哪一列。列名写错，"
            "或这样画会使人误解（例如用面积表示比率）时，不按要求绘制。",
            "maps.views says by which column a map is coloured, how numbers are cut, and what areas of circles tell. "
            "Where the column is wrong, or the map would mislead (areas that tell a rate), the wish is not followed.",
        ),
    ),
    warning(
        "map-layer-unapproved",
        "地图图层“{value}”没有审图号，不会画出。",
        'The map layer "{value}" has no map approval number and is not drawn.',
        "请在该资源中写明审图号，例如 map_approval: GS(2024)0650号；没有的，请先送审。",
        "State the number in the resource, e.g. map_approval: GS(2024)0650号; have the outlines approved first.",
        title=("地图图层没有审图号", "A map layer without approval"),
        explanation=(
            "《地图管理条例》要求公开的地图经过审核并标明审图号。没有审图号的图层一律不画。",
            "The regulations on maps (地图管理条例) want maps for the public approved, with the number shown. A layer "
            "without one is never drawn.",
        ),
    ),
    error(
        "coordinate-range",
        "坐标“{value}”超出范围：{reason}。",
        'The coordinate "{value}" is out of range: {reason}.',
        "经度应在 -180 到 180 之间，纬度应在 -90 到 90 之间，以度为单位；投影坐标（米）请先换算成经纬度。",
        "Longitudes lie between -180 and 180, latitudes between -90 and 90 degrees; convert projected coordinates "
        "(metres) to degrees first.",
        title=("坐标超出范围", "A coordinate out of range"),
        explanation=(
            "超出范围的坐标在地图上没有位置。常见的原因是漏了小数点、经纬度写反，或用了以米为单位的投影坐标。",
            "There is no such place on the map. A decimal point is missing, the axes are swapped, or the coordinates "
            "are in metres.",
        ),
    ),
    warning(
        "axis-order",
        "经度和纬度像是写反了：{reason}。",
        "Longitude and latitude seem to be swapped: {reason}.",
        "请核对一个已知的地点；如果确实写反，请对调两列的名称（GeoJSON 中应先经度后纬度）。",
        "Check a place that you know; if they are swapped, exchange the names of the columns (in GeoJSON the "
        "longitude comes first).",
        title=("经纬度像是写反了", "Axes that seem to be swapped"),
        explanation=(
            "我国的经度在 73 到 136 之间，纬度在 3 到 54 之间。两者对调后，点会落到别的国家或海上。",
            "China lies between 73 and 136 degrees of longitude and 3 and 54 of latitude. Swapped, its points fall "
            "into another country.",
        ),
    ),
    error(
        "ring-unclosed",
        "第 {number} 个要素的多边形没有闭合：首尾坐标不同。",
        "A polygon of feature {number} is not closed: its first and last positions differ.",
        "请用制图软件重新导出，或在每个环的末尾重复它的第一个坐标。",
        "Export it anew from the mapping program, or repeat the first position of each ring at its end.",
        title=("多边形没有闭合", "A polygon that is not closed"),
        explanation=(
            "按 RFC 7946，多边形的每个环以同一个坐标开始和结束；不闭合的面有的软件画不出来。",
            "By RFC 7946 every ring of a polygon ends where it began; some programs do not draw one that is open.",
        ),
    ),
    error(
        "geojson-invalid",
        "GeoJSON 内容有误：{reason}。",
        "The GeoJSON is not valid: {reason}.",
        "请用制图软件重新导出为 GeoJSON（RFC 7946）。",
        "Export it anew from the mapping program as GeoJSON (RFC 7946).",
        title=("GeoJSON 内容有误", "GeoJSON that is not valid"),
        explanation=(
            "几何对象不符合 RFC 7946，地图软件无法显示这些要素。",
            "A geometry does not follow RFC 7946, so that maps cannot show the feature.",
        ),
    ),
)
