"""Why there is no chart: one short sentence in both languages for each reason that the rows of a table give."""

from __future__ import annotations

from portal.model.text import LocalText
from portal.publishing.site.charts.chart import Measure
from portal.publishing.site.charts.choosing.chart_plan import NoChart


def no_chart(zh: str, en: str) -> NoChart:
    """Return a reason why there is no chart."""
    return NoChart(LocalText(zh, en))


# Of any table.

NO_ROWS = no_chart("这张表没有可以查询的行。", "The rows of this table cannot be asked for.")
NOT_READ = no_chart("读取数值时出错。", "The numbers could not be read.")
NO_VALUES = no_chart("这一列没有数值。", "The column holds no values.")
TOO_MANY_GROUPS = no_chart("分类太多，画不成一张图。", "There are too many groups for one chart.")
STOCKS_OF_SEVERAL_MOMENTS = no_chart(
    "期末、在册这类某一时点的数量不能跨时间相加。",
    "What is counted at a moment cannot be added up over several of them.",
)

SEVERAL_UNITS = no_chart(
    "各行数值的单位不同，不能放在一条轴上。", "The rows are in different units, which fit no one axis."
)

# Over time.

NO_TIME = no_chart("没有可以读出的时间。", "No time could be read.")
TIMES_IN_SEVERAL_WAYS = no_chart(
    "时间的写法有几种，不能放在一条轴上。", "Times are written in several ways and fit no one axis."
)
ONE_MOMENT = no_chart("数据只有一个时间，没有变化可画。", "There is one point in time only; no change to draw.")
NO_EVEN_STEP = no_chart(
    "数据的时间间隔不一致，连成线会误导。",
    "The data follow no even step of time; a line through them would mislead.",
)
FEW_WHOLE_PERIODS = no_chart("完整的时段太少，没有变化可画。", "Too few whole periods to draw a change.")
MEDIANS_OF_PERIODS = no_chart(
    "几个时段的中位数合不成一个中位数。", "The middle values of several periods do not make one of all."
)


def parts_or_copies(measure: Measure) -> NoChart:
    """Return that one time has several values, which may be parts of one or copies."""
    name = measure.title
    return no_chart(
        f"同一时间有几个“{name.zh}”，是部分还是重复说不清。",
        f"There are several values of “{name.to('en')}” for one time, and nothing says whether they are parts or "
        "copies.",
    )


# Of categories.

NO_CATEGORY = no_chart("没有可以分类的列。", "There is no column to divide by.")
ONE_CATEGORY = no_chart("只有一类，没有可比较的数值。", "There is one category only; there is nothing to compare.")
MEDIANS_OF_CODES = no_chart(
    "几个代码的名称相同，它们的中位数合不成一个。",
    "Several codes have one name; their middle values do not make one.",
)
NOT_STACKED = no_chart("均值、最大最小值和读数不能叠在一起。", "Averages, extremes and readings cannot be stacked.")
NEGATIVE_STACKED = no_chart("有负数，不能叠在一起。", "There are negative numbers, which cannot be stacked.")
TWO_UNITS = no_chart("前后两列的单位不同。", "The two columns are in different units.")
FEW_PAIRS = no_chart("前后都有数值的太少。", "Too few have a value both before and after.")
NO_AGES_OF_SEXES = no_chart("不是两种性别的年龄分布。", "These are not the ages of two sexes.")

# Of a whole in parts.

NEGATIVE_PARTS = no_chart(
    "有负数或全为零，不是一个整体的各部分。", "Negative or nothing: these are no parts of a whole."
)
NOT_ADDED = no_chart("这些数值相加没有意义，不是一个整体的各部分。", "These numbers do not add up to a whole.")
PARTS_MISSING = no_chart("缺一部分数值，不是完整的整体。", "Some numbers are missing; the parts make no whole.")
SHARES_OF_NO_WHOLE = no_chart(
    "各项比例相加不是 100%，不是一个整体的各部分。", "The shares do not make 100%: no whole in parts."
)

# Of a distribution.

FEW_VALUES = no_chart("数值太少，看不出分布。", "Too few values to show a distribution.")
EQUAL_VALUES = no_chart("所有数值都相同，没有分布可画。", "All values are equal; there is no distribution.")
