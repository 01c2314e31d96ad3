"""What is written of a question is read back as the same question, whatever the columns are called."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from asked_columns import field
from hypothesis import given
from hypothesis import strategies as st

from portal.publishing.rows.row_query import (
    Aggregate,
    AllOf,
    AnyOf,
    Column,
    Condition,
    Group,
    Not,
    Order,
    RowQuery,
    Where,
)
from portal.publishing.rows.row_table import RowField
from portal.serving.rows.known_columns import KnownColumns
from portal.serving.rows.posted_questions import read_posted
from portal.serving.rows.row_questions import RowQuestion, read_question
from portal.serving.rows.written_questions import as_document, as_parameters

LETTERS = st.characters(exclude_categories=["Cs", "Cc"])
NAMES = st.one_of(
    st.sampled_from(
        ["a", "b", "_id", "a__gte", '"a"', '"a"__gte', "a.b", '"a"."b"', "count", "count()", "-a", "a,b", "*"]
    ),
    st.text('ab_.,"-():', min_size=1, max_size=6),
    st.text(LETTERS, min_size=1, max_size=8),
).filter(lambda name: name.strip() == name)
TYPES = ["string", "integer", "number", "boolean", "date", "datetime"]
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "string": st.text(LETTERS, min_size=1, max_size=12),
    "integer": st.integers(-(10**25), 10**25),
    "number": st.decimals(-(10**12), 10**12, places=3),
    "boolean": st.booleans(),
    "date": st.dates().map(str),
    "datetime": st.datetimes().map(lambda moment: moment.isoformat()),
}


@st.composite
def tables(draw: st.DrawFn) -> KnownColumns:
    """Columns with all kinds of names, some of which lead to another table."""
    names = draw(st.lists(NAMES, min_size=1, max_size=5, unique=True))
    there = draw(st.lists(NAMES, min_size=1, max_size=3, unique=True))
    fields = tuple(field(name, draw(st.sampled_from(TYPES))) for name in names)
    links = {names[0]: tuple(field(name, draw(st.sampled_from(TYPES))) for name in there)}
    return KnownColumns(fields, links if draw(st.booleans()) else {})


def all_columns(columns: KnownColumns) -> list[Column]:
    """Return whatever can be named."""
    linked = [Column(one.name, through) for through, there in columns.links.items() for one in there]
    return [*(Column(one.name) for one in columns.fields), *linked]


def operators(type_: str) -> list[str]:
    """Return the operators that suit a type."""
    ordered = [] if type_ == "boolean" else ["gt", "gte", "lt", "lte"]
    within = ["contains", "startswith"] if type_ in ("string", "date", "datetime") else []
    return ["eq", "ne", "in", "isnull", *ordered, *within]


@st.composite
def conditions(draw: st.DrawFn, columns: KnownColumns, choices: Sequence[Column]) -> Condition:
    """A condition that suits the type of its column."""
    column = draw(st.sampled_from(choices))
    type_ = columns.field_of(column).type
    operator: Any = draw(st.sampled_from(operators(type_)))
    if operator == "isnull":
        return Condition(column, operator, (draw(st.booleans()),))
    values = VALUES["string" if operator in ("contains", "startswith") else type_]
    number = draw(st.integers(1, 3)) if operator == "in" else 1
    return Condition(column, operator, tuple(draw(st.lists(values, min_size=number, max_size=number, unique=True))))


def aggregates(field_: RowField, column: Column) -> list[Aggregate]:
    """Return what can be told of a column."""
    found = [Aggregate("count", column)]
    if field_.type in ("integer", "number"):
        found += [Aggregate("avg", column), Aggregate("median", column)]
    return found


@st.composite
def questions(draw: st.DrawFn, *, with_trees: bool) -> tuple[KnownColumns, RowQuestion]:
    """A table and a question that can be asked of it."""
    columns = draw(tables())
    choices = all_columns(columns)
    condition = conditions(columns, choices)
    where: Where
    if with_trees:
        where = draw(
            st.recursive(
                condition,
                lambda part: st.one_of(
                    st.lists(part, min_size=1, max_size=3).map(lambda parts: AllOf(tuple(parts))),
                    st.lists(part, min_size=1, max_size=3).map(lambda parts: AnyOf(tuple(parts))),
                    part.map(Not),
                ),
                max_leaves=6,
            )
        )
    else:
        parts = draw(st.lists(condition, max_size=4, unique_by=lambda part: (part.column, part.operator)))
        where = AllOf(tuple(parts))
    some = st.lists(st.sampled_from(choices), unique=True, max_size=3)
    query = RowQuery(
        where=where, limit=draw(st.one_of(st.none(), st.integers(1, 10_000))), has_gaps=draw(st.booleans())
    )
    if draw(st.booleans()):
        groups = tuple(map(Group, draw(some)))
        told = [one for column in choices for one in aggregates(columns.field_of(column), column)]
        wanted = tuple(
            draw(st.lists(st.sampled_from([Aggregate("count"), *told]), min_size=1, max_size=3, unique=True))
        )
        keys: list[Column | Aggregate] = [*(group.column for group in groups), *wanted]
        order = tuple(Order(key, draw(st.booleans())) for key in draw(st.lists(st.sampled_from(keys), max_size=2)))
        query = replace(query, groups=groups, aggregates=wanted, order=order)
    else:
        order = tuple(Order(column, draw(st.booleans())) for column in draw(some))
        query = replace(query, fields=tuple(draw(some)), order=order)
    return columns, RowQuestion(query)


@given(questions(with_trees=False))
def test_a_query_string_is_read_as_it_was_written(made: tuple[KnownColumns, RowQuestion]) -> None:
    """Whatever columns are called, a question that a query string can hold comes back from it."""
    columns, question = made
    asked: dict[str, list[str]] = {}
    for key, value in as_parameters(question, columns):
        asked.setdefault(key, []).append(value)
    assert read_question(asked, columns) == question


@given(questions(with_trees=True))
def test_a_document_is_read_as_it_was_written(made: tuple[KnownColumns, RowQuestion]) -> None:
    """So does any question from a document of JSON."""
    columns, question = made
    body = json.dumps(as_document(question, columns), default=_plain, ensure_ascii=False).encode()
    assert read_posted(body, columns) == question


def _plain(value: object) -> str:
    assert isinstance(value, Decimal)
    return str(value)
