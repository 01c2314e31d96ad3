"""Reading `views:` of datapackage.yaml: marks, encodings and filters in Vega-Lite's names, and what is wrong with them.

Data Package has the key, with a name, the resources and a `spec`. Of Vega-Lite the names `mark`, `encoding`, `field`,
`aggregate`, `timeUnit`, `bin`, `transform` and `filter` are understood; `pyramid`, `slope` and `parts` are our own.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from portal.model.catalog import Field, Resource
from portal.model.declared_views import Channel, View
from portal.model.named_times import TABLES_ALIKE_MIN, named_times
from portal.model.number_natures import is_reckoned_with, may_be_added
from portal.model.text import LocalText, enumerated_texts

VIEWS_MAX = 6
"""Views of one dataset that are drawn; the page is no book of charts."""
MARKS = ("line", "bar", "parts", "pyramid", "slope")
AGGREGATES = {
    "count": "count", "sum": "sum", "mean": "avg", "average": "avg", "median": "median", "min": "min", "max": "max",
}  # fmt: skip
"""Names of Vega-Lite for what is done with several values."""
TIME_UNITS = {
    "year": "year", "yearquarter": "quarter", "yearmonth": "month", "yearweek": "week", "yearmonthdate": "day",
    "yearmonthdatehours": "hour",
}  # fmt: skip
CHANNELS = ("x", "y", "color", "facet")
_TIMES = ("date", "datetime", "yearmonth", "year")
TOLD_CHARACTERS_MAX = 80
"""Characters of a word of a view that a finding tells."""
_FILTER_VALUES_MAX = 50
"""Values that one filter of a view may list."""


@dataclass(frozen=True, slots=True)
class ViewFault:
    """What is wrong with a view: at which key, and why; *name* is the view's, or its number."""

    name: str
    key: str
    reason: LocalText


def read_views(document: Any, resources: Sequence[str]) -> tuple[tuple[View, ...], tuple[ViewFault, ...]]:
    """Return the views of a descriptor that can be understood, and what is wrong with the others.

    *resources* are the names of the dataset's resources.

    >>> views, faults = read_views([{"name": "a", "spec": {"mark": "pie"}}], ["t"])
    >>> views, [(fault.key, fault.reason.en[:22]) for fault in faults]
    ((), [('views[1].spec.mark', 'the mark "pie" is not ')])
    """
    if document is None:
        return (), ()
    if not isinstance(document, list):
        return (), (ViewFault("views", "views", LocalText("views 应是列表", "views should be a list")),)
    views: list[View] = []
    faults: list[ViewFault] = []
    for number, entry in enumerate(document, start=1):
        key = f"views[{number}]"
        read = _read_view(entry, key, resources, {view.name for view in views})
        if isinstance(read, ViewFault):
            faults.append(read)
        elif len(views) < VIEWS_MAX:
            views.append(read)
        else:
            faults.append(
                ViewFault(read.name, key, LocalText(f"最多画 {VIEWS_MAX} 张图", f"at most {VIEWS_MAX} are drawn"))
            )
    return tuple(views), tuple(faults)


def _read_view(entry: Any, key: str, resources: Sequence[str], names: set[str]) -> View | ViewFault:
    if not isinstance(entry, Mapping):
        return ViewFault(key, key, LocalText("应是键值对", "it should be a mapping"))
    stated = entry.get("name")
    name = str(stated) if stated is not None else f"view-{len(names) + 1}"

    def fault(place: str, zh: str, en: str) -> ViewFault:
        return ViewFault(name, f"{key}{place}", LocalText(zh, en))

    if not _is_plain_name(name) or name in names:
        return fault(
            ".name",
            "名称只用小写字母、数字和连字符，且不重复",
            "a name is lower-case letters, digits and hyphens, once",
        )
    kind = entry.get("specType", "vega-lite")
    if kind not in ("vega-lite", "vega", "simple"):
        return fault(
            ".specType", f"不认识“{_told(kind)}”，请写 vega-lite", f'"{_told(kind)}" is not known; write vega-lite'
        )
    listed = entry.get("resources", list(resources) if len(resources) == 1 else [])
    if not isinstance(listed, list) or len(listed) != 1 or listed[0] not in resources:
        return fault(".resources", "应写出本数据集的一个资源名", "it should name one resource of this dataset")
    spec = entry.get("spec")
    if not isinstance(spec, Mapping):
        return fault(".spec", "应写出 mark 和 encoding", "it should hold mark and encoding")
    mark = spec.get("mark")
    mark = mark.get("type") if isinstance(mark, Mapping) else mark
    if mark not in MARKS:
        known = enumerated_texts(MARKS)
        return fault(
            ".spec.mark",
            f"不认识图形“{_told(mark)}”，可用：{known.zh}",
            f'the mark "{_told(mark)}" is not known; use {known.en}',
        )
    encoding = spec.get("encoding")
    if not isinstance(encoding, Mapping) or not encoding:
        return fault(".spec.encoding", "应写出 x、y 等各是哪一列", "it should say which columns x and y are")
    channels: dict[str, Channel] = {}
    for channel, stated_channel in encoding.items():
        place = f".spec.encoding.{_told(channel)}"
        if channel not in CHANNELS:
            known = enumerated_texts(CHANNELS)
            return fault(place, f"只认识 {known.zh}", f"only {known.en} are known")
        read = _read_channel(stated_channel)
        if isinstance(read, LocalText):
            return fault(place, read.zh, read.en)
        channels[str(channel)] = read
    filters = _read_filters(spec.get("transform"))
    if isinstance(filters, LocalText):
        return fault(".spec.transform", filters.zh, filters.en)
    return View(name, str(listed[0]), str(mark), channels, filters, LocalText.plain(entry.get("title")))


def _told(value: object) -> str:
    """Return what a publisher wrote as it may stand in a sentence: one line that can be seen, and not for ever."""
    text = "".join(char if char.isprintable() else " " for char in str(value)[:TOLD_CHARACTERS_MAX])
    return f"{text}…" if len(str(value)) > TOLD_CHARACTERS_MAX else text


def _is_plain_name(name: str) -> bool:
    return (
        0 < len(name) <= 60
        and all(char.isascii() and (char.islower() or char.isdigit() or char in "-_") for char in name)
        and (name[0].isalnum())
    )


def _read_channel(stated: Any) -> Channel | LocalText:
    if not isinstance(stated, Mapping):
        return LocalText("应是键值对，例如 {field: 列名}", "it should be a mapping, e.g. {field: column}")
    columns = stated.get("field", [])
    columns = [columns] if isinstance(columns, str) else columns
    if not isinstance(columns, list) or not all(isinstance(item, str) for item in columns):
        return LocalText("field 应是列名", "field should be the name of a column")
    aggregate = stated.get("aggregate", "")
    if aggregate and not (isinstance(aggregate, str) and aggregate in AGGREGATES):
        known = enumerated_texts(AGGREGATES)
        return LocalText(
            f"不认识 aggregate“{_told(aggregate)}”，可用：{known.zh}",
            f'the aggregate "{_told(aggregate)}" is not known; use {known.en}',
        )
    unit = stated.get("timeUnit", "")
    if unit and not (isinstance(unit, str) and unit in TIME_UNITS):
        known = enumerated_texts(TIME_UNITS)
        return LocalText(
            f"不认识 timeUnit“{_told(unit)}”，可用：{known.zh}",
            f'the timeUnit "{_told(unit)}" is not known; use {known.en}',
        )
    if not columns and aggregate != "count":
        return LocalText("缺少 field", "field is missing")
    sort = stated.get("sort", "")
    return Channel(
        tuple(columns),
        AGGREGATES[aggregate] if aggregate else "",
        TIME_UNITS[unit] if unit else "",
        bool(stated.get("bin")),
        sort if isinstance(sort, str) else "",
        LocalText.plain(stated.get("title")),
        LocalText.plain(stated.get("unit")),
    )


def _read_filters(stated: Any) -> tuple[tuple[str, tuple[str, ...]], ...] | LocalText:
    wrong = LocalText(
        "只认识 filter: {field: 列名, equal: 值} 或 {field: 列名, oneOf: [值]}",
        "only filter: {field: column, equal: value} or {field: column, oneOf: [values]} is understood",
    )
    if stated is None:
        return ()
    found = []
    for step in stated if isinstance(stated, list) else [stated]:
        condition = step.get("filter") if isinstance(step, Mapping) else None
        if not isinstance(condition, Mapping) or not isinstance(condition.get("field"), str):
            return wrong
        values = condition["oneOf"] if "oneOf" in condition else [condition.get("equal")]
        if not isinstance(values, list) or not 0 < len(values) <= _FILTER_VALUES_MAX:
            return wrong
        if not all(isinstance(value, str | int | float | bool) for value in values):
            return wrong
        found.append((condition["field"], tuple(str(value) for value in values)))
    return tuple(found)


def faults_of(view: View, fields: Sequence[Field], withheld: Collection[str] = ()) -> Iterator[ViewFault]:
    """Yield what is wrong with a view of a table with *fields*: columns that are not there, or of another kind.

    *withheld* are columns of what is of single persons; no picture shows them.
    """
    known = {item.name: item for item in fields}
    used = [(f"encoding.{name}.field", column) for name, item in view.channels.items() for column in item.fields]
    wrong = [fault for place, column in (*used, *(("transform", column) for column, _ in view.filters))
             for fault in _column_faults(view, place, column, known, withheld)]  # fmt: skip
    yield from wrong
    if wrong:
        return
    yield from _shape_faults(view, known)
    yield from _number_faults(view, known)


def faults_of_tables(view: View, resources: Sequence[Resource]) -> Iterator[ViewFault]:
    """Yield what is wrong with a view over all tables of one shape: there is one, or their names tell no times."""
    schema = next(item.schema for item in resources if item.name == view.resource)
    alike = [item for item in resources if item.schema == schema]
    if len(alike) < TABLES_ALIKE_MIN or not named_times((item.name, item.title.zh) for item in alike):
        yield _fault(
            view,
            "encoding.x",
            "_resource 要求至少有三张同样的表，名称各写明一个年、季或月，例如 counts-2026-10",
            "_resource needs three tables alike or more whose names tell a year or month each, e.g. counts-2026-10",
        )


def _column_faults(
    view: View, place: str, column: str, known: Collection[str], withheld: Collection[str]
) -> Iterator[ViewFault]:
    if column not in known:
        yield _fault(view, place, f"没有列“{_told(column)}”", f'there is no column "{_told(column)}"')
    elif column in withheld:
        yield _fault(
            view,
            place,
            f"列“{_told(column)}”是个人的信息，不画成图",
            f'"{_told(column)}" is of single persons and is in no picture',
        )


def measured(view: View, known: Mapping[str, Field]) -> tuple[str, Channel]:
    """Return the channel that holds the numbers: what is put into bins, else what is aggregated, else numbers."""
    x, y = view.channel("x"), view.channel("y")
    for name, channel in (("x", x), ("y", y)):
        if channel.is_binned:
            return name, channel
    for name, channel in (("y", y), ("x", x)):
        if channel.aggregate:
            return name, channel
    if view.mark != "line" and _are_numbers(x, known) and not _are_numbers(y, known):
        return "x", x
    return "y", y


def _are_numbers(channel: Channel, known: Mapping[str, Field]) -> bool:
    return bool(channel.fields) and all(
        column in known and known[column].type in ("integer", "number") for column in channel.fields
    )


def _shape_faults(view: View, known: Mapping[str, Field]) -> Iterator[ViewFault]:
    x = view.channel("x")
    if view.mark == "line":
        column = known.get(x.fields[0]) if x.fields else None
        if column is None or (column.type not in _TIMES and column.type not in ("string", "any", "integer")):
            yield _fault(view, "encoding.x", "线图的 x 应是时间列", "x of a line should be a column of time")
    if view.mark in ("pyramid",) and not (view.channel("color").fields and view.channel("y").fields):
        yield _fault(
            view,
            "encoding",
            "pyramid 要有 y（年龄）、x（人数）和 color（性别）",
            "a pyramid has y (age), x and color (sex)",
        )
    if view.mark == "parts" and not view.channel("color").fields:
        yield _fault(view, "encoding.color", "parts 要用 color 写明分类", "parts need a category as color")
    if view.mark == "slope" and (not view.channel("color").fields or len(view.channel("y").fields) != 2):
        yield _fault(
            view, "encoding", "slope 要有 color（每条线是什么）和 y（前后两列）",
            "a slope needs what each line is as color, and two columns, before and after, as y",
        )  # fmt: skip


def _number_faults(view: View, known: Mapping[str, Field]) -> Iterator[ViewFault]:
    name, channel = measured(view, known)
    place = f"encoding.{name}"
    if channel.aggregate == "count":
        return
    if not channel.fields:
        yield _fault(view, place, "没有写明数值是哪一列", "it does not say which column the numbers are")
    for column in channel.fields:
        stated = known[column]
        if stated.type not in ("integer", "number"):
            yield _fault(view, place, f"“{_told(column)}”不是数值列", f'"{_told(column)}" is no column of numbers')
        elif channel.aggregate in ("sum", "avg", "median") and not is_reckoned_with(stated):
            yield _fault(
                view, place, f"“{_told(column)}”是编号、年份或坐标，不能相加或平均",
                f'"{_told(column)}" is an identifier, a year or a coordinate, neither added up nor averaged',
            )  # fmt: skip
        elif channel.aggregate == "sum" and not may_be_added(stated):
            yield _fault(
                view, place, f"“{_told(column)}”是比率、价格、指数或读数，可以平均，不能相加",
                f'"{_told(column)}" is a rate, price, index or reading; it may be averaged, not added up',
            )  # fmt: skip


def _fault(view: View, place: str, zh: str, en: str) -> ViewFault:
    return ViewFault(view.name, f"views.{view.name}.spec.{place}", LocalText(zh, en))
