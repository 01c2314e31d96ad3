"""A question about rows read from a request: fields, order, limit, cursor, groups, aggregates, format; all checked.

The parameters of a query string and the keys of a posted document become the same `RowQuestion`. Whatever names no
column, or makes no sense together, is refused with its place and what to write instead.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from portal.model.api import Asked, Parameter
from portal.model.errors import QueryError
from portal.publishing.rows.row_parameters import (
    AGGREGATE,
    CURSOR,
    DISTINCT,
    ENCODING,
    EXCEL_SAFE,
    FIELDS,
    FORMAT,
    GAPS,
    GROUP_BY,
    LANG_OF_TITLES,
    LIMIT,
    NEAR,
    OWN,
    ROWS_SHOWN,
    SKIP_BLANK,
    SORT,
    TOTAL,
    WORDS,
)
from portal.publishing.rows.row_query import (
    DISTANCE,
    Aggregate,
    AllOf,
    AnyOf,
    Not,
    Order,
    RowQuery,
    Where,
)
from portal.publishing.rows.store_layout import RESOURCE_COLUMN
from portal.serving.rows.conditions import CONDITIONS_MAX, MARK, read_filter
from portal.serving.rows.known_columns import KnownColumns, shown
from portal.serving.rows.points import read_near
from portal.serving.rows.refusals import UnfittingError
from portal.serving.rows.row_keys import read_aggregate, read_group, read_order
from portal.serving.rows.typed_values import is_true, plain_text
from portal.serving.rows.written_names import name_list, quoted

KEYS_MAX = 40
"""Columns to sort or to group by, or aggregates, of one question."""

_OWN_NAMES = frozenset(item.name for item in OWN)
_LISTS = (FIELDS, SORT, GROUP_BY, AGGREGATE)

_Item = TypeVar("_Item")
_Parameter = TypeVar("_Parameter", bound=Parameter)


@dataclass(frozen=True)
class RowQuestion:
    """What is asked about rows, and the form of the answer; a *limit* None in the query is every row."""

    query: RowQuery
    format: str = "json"
    encoding: str = "utf-8"
    is_excel_safe: bool = False
    lang: str = "zh"
    """The language of the titles of columns."""


def answers_json() -> str:
    """Return the format of answers where neither parameters nor headers name one."""
    return "json"


def read_question(asked: Asked, columns: KnownColumns, *, accepted: Callable[[], str] = answers_json) -> RowQuestion:
    """Read a question from the parameters of a query string; *accepted* tells the format where none is named.

    Raises QueryError for whatever makes no sense.
    """
    asked = _without_blanks(asked)
    own, filters = {}, []
    for key, values in asked.items():
        if key in _OWN_NAMES:
            own[key] = values
        elif key.startswith("_") and not _is_filter_of_tables(key, columns):
            raise _no_parameter(key, columns)
        else:
            filters.append(read_filter(plain_text(key, "?"), values, columns))
    lists = {item.name: _written_items(item.read(own), columns) for item in _LISTS}
    return question_of(own, lists, AllOf(tuple(filters)), columns, accepted=accepted)


def question_of(
    own: Asked,
    lists: Mapping[str, Sequence[str]],
    where: Where,
    columns: KnownColumns,
    *,
    accepted: Callable[[], str] = answers_json,
    prefix: str = "_",
) -> RowQuestion:
    """Return the question of the portal's own parameters, which begin with *prefix*; *lists* hold items by name."""
    named = _Names(prefix).of
    format_ = named(FORMAT).read(own) or accepted()
    _bounded_conditions(where)
    groups = _each_once(read_group(item, columns, named(GROUP_BY).name) for item in lists[GROUP_BY.name])
    aggregates = _each_once(read_aggregate(item, columns, named(AGGREGATE).name) for item in lists[AGGREGATE.name])
    if groups and not aggregates:
        aggregates = (Aggregate("count"),)
    fields = _each_once(
        columns.distance(item) or columns.column(item, named(FIELDS).name) for item in lists[FIELDS.name]
    )
    order = tuple(read_order(item, columns, groups, aggregates, named(SORT).name) for item in lists[SORT.name])
    near, is_distinct = read_near("".join(named(NEAR).read(own)), columns, named(NEAR).name), named(DISTINCT).read(own)
    if near and not (order or groups or aggregates or is_distinct):
        order = (Order(DISTANCE),)
    query = RowQuery(
        where=where,
        words=" ".join(plain_text(" ".join(named(WORDS).read(own)), named(WORDS).name).split()),
        looks_behind_codes=bool(own.get(named(WORDS).name)),
        near=near,
        has_gaps=named(GAPS).read(own),
        fields=fields,
        order=order,
        limit=_limit(named(LIMIT).read(own), format_, bool(own.get(named(CURSOR).name)), named(LIMIT).name),
        cursor="".join(named(CURSOR).read(own)),
        is_distinct=is_distinct,
        groups=groups,
        aggregates=aggregates,
        with_total=named(TOTAL).read(own) and format_ == "json",
    )
    _fits_together(query, _Names(prefix))
    if format_ == "ndjson":
        _each_named_once(query, _Names(prefix))
    _only_csv(own, format_, _Names(prefix))
    return RowQuestion(
        query,
        format_,
        named(ENCODING).read(own) or "utf-8",
        is_excel_safe=named(EXCEL_SAFE).read(own),
        lang=named(LANG_OF_TITLES).read(own),
    )


@dataclass(frozen=True)
class _Names:
    """How the portal's own parameters are called in a request: with an underscore in a query string, bare in JSON."""

    prefix: str

    def of(self, parameter: _Parameter) -> _Parameter:
        """Return the parameter under its name in this request."""
        if self.prefix == "_":
            return parameter
        return replace(parameter, name=parameter.name.replace("_", self.prefix, 1))


def _without_blanks(asked: Asked) -> Asked:
    """Return the parameters of a request, those without a value left out where it asks for that."""
    values = asked.get(SKIP_BLANK.name)
    if not values or not is_true(values[-1], SKIP_BLANK.name):
        return asked
    kept = {key: [value for value in given if value] for key, given in asked.items()}
    return {key: given for key, given in kept.items() if given}


def _is_filter_of_tables(key: str, columns: KnownColumns) -> bool:
    """Whether a key is about the column ``_resource`` that several tables together have."""
    return (key == RESOURCE_COLUMN or key.startswith(f"{RESOURCE_COLUMN}__")) and columns.found(
        RESOURCE_COLUMN
    ) is not None


def _no_parameter(key: str, columns: KnownColumns) -> QueryError:
    column = key.rpartition(MARK)[0] or key
    if columns.found(key) or columns.found(column):
        name = key if columns.found(key) else column
        written = quoted(name) + key[len(name) :]
        return QueryError(
            key,
            f"以下划线开头的参数是系统参数。要筛选列“{shown(name)}”，请写 {written}",
            f"What begins with an underscore is a parameter of the portal. For the column write {written}.",
        )
    options = ", ".join(item.name for item in OWN)
    return QueryError(
        key,
        f"没有参数“{shown(key)}”。可用：{options}",
        f'There is no parameter "{shown(key)}". Use {options}.',
    )


def _written_items(values: Iterable[str], columns: KnownColumns) -> list[str]:
    """Return the items of comma lists; a list that is the very name of a column is that column."""
    items = []
    for value in values:
        for item in [value] if columns.found(value) else name_list(value):
            items.append(item if columns.found(item) else item.strip())
    return items


def _each_once(items: Iterable[_Item]) -> tuple[_Item, ...]:
    return tuple(dict.fromkeys(items))


def _limit(said: int | None, format_: str, has_cursor: bool, parameter: str) -> int | None:
    if has_cursor and (said is None or (said == 0 and format_ != "json")):
        raise UnfittingError(
            parameter,
            f"有游标时，{parameter} 应是每页的行数",
            f"With a cursor {parameter} must say how many rows a page has.",
        )
    if said == 0:
        return ROWS_SHOWN if format_ == "json" else None
    return said


def _bounded_conditions(where: Where) -> None:
    number = _conditions(where)
    if number > CONDITIONS_MAX:
        raise QueryError(
            "where",
            f"有 {number} 个条件，最多 {CONDITIONS_MAX} 个。同一列的多个值请用 in",
            f"There are {number} conditions, of at most {CONDITIONS_MAX}. Use in for several values of one column.",
        )


def _conditions(where: Where) -> int:
    match where:
        case AllOf(parts) | AnyOf(parts):
            return sum(map(_conditions, parts))
        case Not(part):
            return _conditions(part)
        case _:
            return 1


def _fits_together(query: RowQuery, names: _Names) -> None:
    """Refuse what makes no sense together. Raises QueryError."""
    fields, sort, group_by, distinct = (names.of(item).name for item in (FIELDS, SORT, GROUP_BY, DISTINCT))
    for name, items in ((sort, query.order), (group_by, query.groups), (names.of(AGGREGATE).name, query.aggregates)):
        if len(items) > KEYS_MAX:
            raise QueryError(name, f"{name} 最多 {KEYS_MAX} 项", f"{name} takes at most {KEYS_MAX} items.")
    if query.groups or query.aggregates:
        wrong = fields if query.fields else distinct if query.is_distinct else ""
        if wrong:
            raise UnfittingError(
                wrong,
                f"分组统计时不能用 {wrong}：答案只有 {group_by} 的列和统计值",
                f"{wrong} cannot stand with groups, whose rows have the columns of {group_by} and the aggregates.",
            )
    _has_its_distance(query, names)
    if query.is_distinct and query.fields:
        missing = [str(one.column) for one in query.order if one.column not in query.fields]
        if missing:
            raise UnfittingError(
                sort,
                f"用 {distinct} 时，{sort} 的列“{shown(missing[0])}”也应在 {fields} 中",
                f'With {distinct} the column "{shown(missing[0])}" of {sort} must be among {fields}.',
            )


def _has_its_distance(query: RowQuery, names: _Names) -> None:
    """Refuse distances where nothing says from where, and as values that are alike. Raises UnfittingError."""
    for parameter, columns in ((FIELDS, query.fields), (SORT, [one.column for one in query.order])):
        name, near, distinct = (names.of(item).name for item in (parameter, NEAR, DISTINCT))
        if DISTANCE not in columns:
            continue
        if query.near is None:
            raise UnfittingError(
                name,
                f"{name} 里的 {DISTANCE} 是离一点的距离，要同时用 {near}",
                f"{DISTANCE} in {name} is how far a row lies from a point, which {near} says.",
            )
        if query.is_distinct:
            raise UnfittingError(
                name,
                f"用 {distinct} 时不能用 {DISTANCE}",
                f"{DISTANCE} cannot stand with {distinct}.",
            )


def _each_named_once(query: RowQuery, names: _Names) -> None:
    """Refuse columns of one name in objects of JSON, which would lose all but the last. Raises UnfittingError."""
    given = list(map(str, (*query.fields, *query.groups, *query.aggregates)))
    twice = [name for number, name in enumerate(given) if name in given[:number]]
    if twice:
        name = names.of(FORMAT).name
        raise UnfittingError(
            name,
            f"答案有两列名为“{shown(twice[0])}”，NDJSON 的对象放不下；请用 json 或 csv",
            f'Two columns of the answer are called "{shown(twice[0])}", which NDJSON cannot tell apart; '
            "take json or csv.",
        )


def _only_csv(own: Asked, format_: str, names: _Names) -> None:
    for parameter in (ENCODING, EXCEL_SAFE):
        name = names.of(parameter).name
        if own.get(name) and format_ != "csv":
            format_name = names.of(FORMAT).name
            raise UnfittingError(
                name,
                f"{name} 只用于 {format_name}=csv",
                f"{name} is for {format_name}=csv alone.",
            )
