"""What a query string means: filters, columns with odd names, steps along foreign keys, order, groups, pages."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from asked_columns import asked

from portal.publishing.rows.row_query import (
    Aggregate,
    AllOf,
    AnyOf,
    Column,
    Condition,
    Group,
    Order,
    RowQuery,
    Where,
)
from portal.serving.rows.row_questions import RowQuestion


def where(query_string: str) -> tuple[Where, ...]:
    """Return what must hold by a query string."""
    found = asked(query_string).query.where
    assert isinstance(found, AllOf)
    return found.parts


def condition(name: str, operator: Any, *values: Any, through: str = "") -> Condition:
    """Return a condition."""
    return Condition(Column(name, through), operator, values)


@pytest.mark.parametrize(
    ("query_string", "expected"),
    [
        ("站点=徐汇", condition("站点", "eq", "徐汇")),
        ("站点=a,b", condition("站点", "eq", "a,b")),
        ("站点=+a+", condition("站点", "eq", " a ")),
        ("浓度__gte=35", condition("浓度", "gte", Decimal(35))),
        ("浓度=1.50e-3", condition("浓度", "eq", Decimal("0.00150"))),
        ("年份=2020", condition("年份", "eq", 2020)),
        ("次数__lt=-7", condition("次数", "lt", -7)),
        ("次数=123456789012345678901", condition("次数", "eq", 123456789012345678901)),
        ("达标=是", condition("达标", "eq", True)),
        ("达标=false", condition("达标", "eq", False)),
        ("日期__gt=2026-01-31", condition("日期", "gt", "2026-01-31")),
        ("日期__startswith=2026-01", condition("日期", "startswith", "2026-01")),
        ("时刻=2026-01-31 08:30", condition("时刻", "eq", "2026-01-31T08:30:00")),
        ("时刻__lt=2026-01-31T08:30:00Z", condition("时刻", "lt", "2026-01-31T08:30:00+00:00")),
        ("钟点__gte=08:30", condition("钟点", "gte", "08:30:00")),
        ("年月=2026-01", condition("年月", "eq", "2026-01")),
        ("站点__ne=徐汇", condition("站点", "ne", "徐汇")),
        ("站点__contains=汇", condition("站点", "contains", "汇")),
        ("站点__isnull=true", condition("站点", "isnull", True)),
        ("站点__in=徐汇,静安", condition("站点", "in", "徐汇", "静安")),
        ('站点__in=徐汇,"a,b",5"管,""', condition("站点", "in", "徐汇", "a,b", '5"管', "")),
        ("次数__in=1,2&次数__in=3", condition("次数", "in", 1, 2, 3)),
        ("站点=徐汇&站点=静安", condition("站点", "in", "徐汇", "静安")),
    ],
)
def test_a_filter_is_a_typed_condition(query_string: str, expected: Condition) -> None:
    """What stands behind the last two underscores is the operator, and the value has the type of the column."""
    assert where(query_string) == (expected,)


@pytest.mark.parametrize(
    ("query_string", "expected"),
    [
        (
            "站点__contains=徐&站点__contains=静",
            AnyOf((condition("站点", "contains", "徐"), condition("站点", "contains", "静"))),
        ),
        ("站点__ne=a&站点__ne=b", AllOf((condition("站点", "ne", "a"), condition("站点", "ne", "b")))),
    ],
)
def test_several_values_of_a_key_are_alternatives_or_all_excluded(query_string: str, expected: Where) -> None:
    """``contains`` twice finds either, ``ne`` twice neither."""
    assert where(query_string) == (expected,)


@pytest.mark.parametrize(
    ("operator", "expected"),
    [
        ("", AllOf((condition("时刻", "gte", "2026-01-31T00:00:00"), condition("时刻", "lt", "2026-02-01T00:00:00")))),
        ("__gt", condition("时刻", "gte", "2026-02-01T00:00:00")),
        ("__gte", condition("时刻", "gte", "2026-01-31T00:00:00")),
        ("__lt", condition("时刻", "lt", "2026-01-31T00:00:00")),
        ("__lte", condition("时刻", "lt", "2026-02-01T00:00:00")),
        (
            "__ne",
            AnyOf((condition("时刻", "lt", "2026-01-31T00:00:00"), condition("时刻", "gte", "2026-02-01T00:00:00"))),
        ),
    ],
)
def test_a_day_alone_is_the_whole_day_of_moments(operator: str, expected: Where) -> None:
    """Until a day includes it, whatever the time."""
    assert where(f"时刻{operator}=2026-01-31") == (expected,)


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("limit", "limit"),
        ("sort", "sort"),
        ("年份(年)", "年份(年)"),
        ('"_id"', "_id"),
        ("x__gte", "x__gte"),
        ("a,b", "a,b"),
        ("-x", "-x"),
        ('5"管', '5"管'),
        ("有 空格", "有 空格"),
        ("市场.类别", "市场.类别"),
        ('"x__gte"', "x__gte"),
    ],
)
def test_a_column_is_found_by_its_name_whatever_it_is_called(key: str, name: str) -> None:
    """The exact name wins; a name in quotation marks is that name, so columns with an underscore in front are found."""
    assert where(f"{key}=1")[0].column.name == name  # type: ignore[union-attr]


def test_operators_follow_a_column_that_looks_like_one() -> None:
    """An operator can follow any name, in quotation marks where it would be a part of it."""
    assert where('x__gte__gte=a&"x"__gte=b&"_id"__gt=5') == (
        condition("x__gte", "gte", "a"),
        condition("x", "gte", "b"),
        condition("_id", "gt", 5),
    )


def test_a_step_along_a_foreign_key_is_a_dot() -> None:
    """A real column of that name wins; each part can be quoted."""
    assert where('市场.名称=南市&市场."x.y"__contains=a&市场.类别=b') == (
        condition("名称", "eq", "南市", through="市场"),
        condition("x.y", "contains", "a", through="市场"),
        condition("市场.类别", "eq", "b"),
    )


def test_own_parameters_make_the_rest_of_a_question() -> None:
    """Fields, order, page, words and the rest, with a step along a foreign key in lists too."""
    question = asked(
        '站点=徐汇&_fields=站点,"a,b",市场.名称&_sort=-浓度,市场.名称&_limit=5&_q=%20空气%20 质量&_distinct=false'
        "&_total=false&_cursor=abc"
    )
    assert question == RowQuestion(
        RowQuery(
            where=AllOf((condition("站点", "eq", "徐汇"),)),
            words="空气 质量",
            looks_behind_codes=True,
            fields=(Column("站点"), Column("a,b"), Column("名称", "市场")),
            order=(Order(Column("浓度"), descending=True), Order(Column("名称", "市场"))),
            limit=5,
            cursor="abc",
            with_total=False,
        )
    )


@pytest.mark.parametrize(
    ("query_string", "expected"),
    [
        ("_sort=-x", Order(Column("-x"))),
        ('_sort=-"x"', Order(Column("x"), descending=True)),
        ("_sort=--x", Order(Column("-x"), descending=True)),
        ("_sort=a,b", Order(Column("a,b"))),
    ],
)
def test_a_minus_sorts_downwards_unless_it_belongs_to_the_name(query_string: str, expected: Order) -> None:
    """The column ``-x`` is sorted by its name; quotation marks say where the name begins."""
    assert asked(query_string).query.order == (expected,)


def test_groups_have_buckets_and_aggregates_and_are_sorted_by_either() -> None:
    """Days are grouped by month; an aggregate is sorted by as it was asked for."""
    query = asked(
        "_group_by=日期:month,站点&_aggregate=count,avg(浓度),max(年份(年))&_sort=-avg(浓度),count,日期"
    ).query
    average = Aggregate("avg", Column("浓度"))
    assert (query.groups, query.aggregates, query.order) == (
        (Group(Column("日期"), "month"), Group(Column("站点"))),
        (Aggregate("count"), average, Aggregate("max", Column("年份(年)"))),
        (Order(average, descending=True), Order(Aggregate("count")), Order(Column("日期"))),
    )


@pytest.mark.parametrize(
    ("item", "column"), [("count", None), ("count()", None), ("count(*)", None), ("count(x)", "x")]
)
def test_count_counts_rows_or_the_values_of_a_column(item: str, column: str | None) -> None:
    """``count(*)`` is what people know from SQL."""
    assert asked(f"_aggregate={item}").query.aggregates == (Aggregate("count", Column(column) if column else None),)


def test_groups_are_counted_where_nothing_else_is_wanted() -> None:
    """A group without aggregates tells how many rows it has."""
    assert asked("_group_by=站点").query.aggregates == (Aggregate("count"),)


def test_in_groups_a_bare_count_is_the_aggregate() -> None:
    """A column that is called so is meant by quotation marks."""
    query = asked('_group_by="count"&_sort=count,"count"').query
    assert query.order == (Order(Aggregate("count")), Order(Column("count")))


@pytest.mark.parametrize(
    ("query_string", "accepted", "format_", "limit"),
    [
        ("", "json", "json", 100),
        ("", "csv", "csv", None),
        ("_format=xlsx", "json", "xlsx", None),
        ("_limit=all", "json", "json", None),
        ("_limit=10000", "ndjson", "ndjson", 10_000),
    ],
)
def test_files_hold_every_row_and_json_a_page(
    query_string: str, accepted: str, format_: str, limit: int | None
) -> None:
    """A download is whole unless a number is asked for; a page has a hundred rows."""
    question = asked(query_string, accepted=lambda: accepted)
    assert (question.format, question.query.limit) == (format_, limit)


def test_blank_parameters_are_passed_over_where_that_is_asked_for() -> None:
    """A form sends every one of its inputs."""
    assert asked("站点=&浓度__gte=35&_q=&_sort=&_skip_blank=true") == asked("浓度__gte=35")
