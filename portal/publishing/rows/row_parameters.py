"""Parameters of a question about rows: _fields, _sort, _limit, _cursor, _q, _near, _group_by, _aggregate, _format ...

What begins with an underscore is the portal's own; every other parameter is a filter on the column of that name.
"""

from __future__ import annotations

from portal.model.api import Amount, Choice, Columns, Parameter, Text, YesNo
from portal.model.text import LANGUAGES, LocalText
from portal.publishing.rows.written_points import POINT

ROWS_SHOWN = 100
"""Rows of an answer as JSON where nobody says how many."""
ROWS_ASKED_MAX = 10_000
"""Rows of one page; ``_limit=all`` gives every row."""
WORDS_CHARACTERS_MAX = 200
"""Characters of words that are looked for in whole rows."""
LIST_CHARACTERS_MAX = 2_000
"""Characters of one list of columns; it may be repeated."""
CURSOR_CHARACTERS_MAX = 200
"""Characters of a cursor."""
NEAR_CHARACTERS_MAX = 100
"""Characters of a point and how far from it."""

FORMATS = ("json", "csv", "ndjson", "xlsx")
ENCODINGS = ("utf-8", "utf-8-sig", "gb18030")

FILTERS = Columns(
    "columns",
    LocalText(
        "按列筛选：列名=值，或 列名__运算符=值",
        "Filters: the name of a column, or the name, two underscores and an operator",
    ),
)
FIELDS = Text(
    "_fields", LocalText("要给出的列，用逗号分隔", "Columns to give, between commas"), LIST_CHARACTERS_MAX, True
)
SORT = Text(
    "_sort",
    LocalText(
        "排序的列，前面加 - 为降序；有 _near 时也可用 _distance",
        "Columns to sort by, - in front of one for descending; with _near also by _distance",
    ),
    LIST_CHARACTERS_MAX,
    True,
)
LIMIT = Amount(
    "_limit",
    LocalText(
        "行数，all 为全部；不写时 JSON 给 100 行，其他格式给全部",
        "Rows; all for every one. Without it JSON gives 100, the other formats every one",
    ),
    ROWS_SHOWN,
    ROWS_ASKED_MAX,
)
CURSOR = Text("_cursor", LocalText("上一页给出的 next", "What the page before gave as its next"), CURSOR_CHARACTERS_MAX)
WORDS = Text(
    "_q",
    LocalText(
        "行内任何一列、或其代码所指的名称中出现的词", "Words that stand anywhere in the row, or behind its codes"
    ),
    WORDS_CHARACTERS_MAX,
)
NEAR = Text(
    "_near",
    LocalText(
        "离一点不远的行，近的在前，附距离 _distance（米）：经度,纬度,米，用于有经纬度列的表",
        "Rows near a point, the nearest first, with _distance in metres: longitude,latitude,metres; for tables with "
        "columns of coordinates",
    ),
    NEAR_CHARACTERS_MAX,
    pattern=POINT,
)
GAPS = YesNo("_gaps", LocalText("只要有缺项的行", "Only rows in which some column has no value"))
GROUP_BY = Text(
    "_group_by",
    LocalText(
        "分组的列，用逗号分隔；日期可加 :year、:quarter、:month、:week、:day、:hour",
        "Columns to group by, between commas; days and moments by :year, :quarter, :month, :week, :day, :hour",
    ),
    LIST_CHARACTERS_MAX,
    True,
)
AGGREGATE = Text(
    "_aggregate",
    LocalText(
        "每组的统计，用逗号分隔：count、count(列)、sum(列)、avg(列)、min(列)、max(列)、median(列)",
        "Numbers of each group, between commas: count, count(column), and sum, avg, min, max, median of a column",
    ),
    LIST_CHARACTERS_MAX,
    True,
)
DISTINCT = YesNo("_distinct", LocalText("相同的行只给一次", "Give equal rows once"))
TOTAL = YesNo("_total", LocalText("是否计算总行数", "Whether to count all rows"), default=True)
FORMAT = Choice("_format", LocalText("格式，优先于 Accept", "Format, before what Accept says"), FORMATS)
ENCODING = Choice("_encoding", LocalText("CSV 的编码", "Encoding of CSV"), ENCODINGS)
EXCEL_SAFE = YesNo(
    "_excel_safe",
    LocalText("CSV 中像公式的文字前加单引号", "Put an apostrophe before texts of CSV that look like formulas"),
)
SKIP_BLANK = YesNo(
    "_skip_blank", LocalText("略过没有值的参数，供表单使用", "Pass over parameters without a value, as forms send them")
)

LANG_OF_TITLES = Choice(
    "_lang", LocalText("列标题的语言", "Language of the titles of columns"), LANGUAGES, default=LANGUAGES[0]
)

LIKE = Text(
    "_like",
    LocalText("哪些表：与这个资源的列相同的所有表", "Which tables: all that have the columns of this resource"),
    WORDS_CHARACTERS_MAX,
)

OWN: tuple[Parameter, ...] = (
    FIELDS,
    SORT,
    LIMIT,
    CURSOR,
    WORDS,
    NEAR,
    GAPS,
    GROUP_BY,
    AGGREGATE,
    DISTINCT,
    TOTAL,
    FORMAT,
    ENCODING,
    EXCEL_SAFE,
    LANG_OF_TITLES,
    SKIP_BLANK,
)
"""The parameters of every question about rows, in the order in which they are told."""

ROW_PARAMETERS: tuple[Parameter, ...] = (FILTERS, *OWN)
"""The same, and filters on columns."""

TOGETHER_PARAMETERS: tuple[Parameter, ...] = (FILTERS, LIKE, *OWN)
"""The parameters of a question about all tables of one shape."""
