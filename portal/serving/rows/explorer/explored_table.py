"""A table as the explorer shows it: titles of its columns, names behind codes, how each is filtered, what is newest.

What a column is told by its type, by the keys of its schema, and by what publishing counted in it. Where a foreign key
leads to a table with a column of names, codes are shown, filtered and sorted with these.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal
from weakref import WeakKeyDictionary

from portal.model.table_profile import ColumnProfile
from portal.publishing.publication import PublishedDataset, PublishedResource
from portal.publishing.rows.row_query import Column
from portal.publishing.rows.row_table import RowField, RowTable
from portal.publishing.site.pages.rows_page import column_titles
from portal.serving.rows.known_columns import KnownColumns, columns_of

COLUMNS_SHOWN_USUAL = 30
"""Columns of a table that are shown while nobody chooses; a wider one says how many there are."""
CHOICES_MAX = 30
"""A column with more different values is not filtered by choosing some of them."""

Kind = Literal["range", "span", "choice", "text"]

_SPANS = ("date", "datetime", "yearmonth")
_NAMES = re.compile(r"(名称|名字|全称|简称|标题|name|title|label)$", re.IGNORECASE)
_NUMBERED = re.compile(r"(代码|编码|编号|序号|号码|号|年份|年度|年|\bid|_id|code|year|no\.?)$", re.IGNORECASE)
_NEWEST_TYPES = ("datetime", "date", "yearmonth", "year")
_OF_WHEN = re.compile(r"(日期|时间|时刻|月份|年月|年份|年度|date|time|month|year|day)$", re.IGNORECASE)


@dataclass(frozen=True)
class ExploredColumn:
    """A column of the table: as it is asked for, what it is called, how it is filtered."""

    column: Column
    spelled: str
    """How requests write it."""
    title: str
    field: RowField
    kind: Kind
    table: str = ""
    """What the table is called that it stands in, where that is another one."""
    names: Column | None = None
    """The column of names for its codes, in the table it leads to."""
    profile: ColumnProfile | None = None
    is_code: bool = False
    """Whether its numbers tell things apart, so that no thousands are marked in them."""

    @property
    def is_number(self) -> bool:
        """Whether its cells are set to the end of the line."""
        return self.field.type in ("integer", "number") and not self.is_code and self.names is None

    @property
    def type(self) -> str:
        """Its type in Table Schema."""
        return self.field.type


@dataclass(frozen=True, eq=False)
class ExploredColumns:
    """The columns of a table, its dataset and resource, in the language of a page."""

    published: PublishedDataset
    item: PublishedResource
    known: KnownColumns
    columns: tuple[ExploredColumn, ...]
    linked: tuple[ExploredColumn, ...]
    """Columns one step along foreign keys."""
    further: tuple[ExploredColumn, ...]
    """Those of them that tell more than the key itself."""
    newest_by: ExploredColumn | None
    """The column by which the newest rows stand first while nobody sorts."""

    @cached_property
    def by_column(self) -> Mapping[Column, ExploredColumn]:
        """All columns, by what they are asked for."""
        return {one.column: one for one in (*self.columns, *self.linked)}

    @cached_property
    def usual(self) -> Sequence[ExploredColumn]:
        """The columns that are shown while nobody chooses."""
        return self.columns[:COLUMNS_SHOWN_USUAL]

    def title(self, column: Column) -> str:
        """Return what a column is called, with its table where that is another one."""
        found = self.by_column[column]
        return f"{found.table} · {found.title}" if found.table else found.title


_kept: WeakKeyDictionary[RowTable, dict[str, ExploredColumns]] = WeakKeyDictionary()
"""Columns of tables that were looked through, by language, as long as these are open."""


def explored(
    table: RowTable, lang: str, read: Callable[[], tuple[PublishedDataset, PublishedResource]]
) -> ExploredColumns:
    """Return the columns of a table; *read* gives what was published of it, where nobody asked before."""
    kept = _kept.setdefault(table, {})
    return kept.get(lang) or kept.setdefault(lang, _explored(*read(), columns_of(table), lang))


def _explored(published: PublishedDataset, item: PublishedResource, known: KnownColumns, lang: str) -> ExploredColumns:
    titles = column_titles(item, lang)
    profiles = {one.name: one for one in item.profile.columns} if item.profile else {}
    keys = _names(item.table_schema.get("primaryKey"))
    columns = tuple(
        _own(known, field, titles.get(field.name, field.name), profiles.get(field.name), is_key=field.name in keys)
        for field in known.fields
    )
    linked = tuple(_linked(published, known, columns, lang))
    leads_to = {one.column.name: one.field.leads_to[1] for one in columns if one.field.leads_to}
    further = tuple(one for one in linked if one.column.name != leads_to.get(one.column.through))
    return ExploredColumns(published, item, known, columns, linked, further, _newest(columns, keys))


def _own(
    known: KnownColumns, field: RowField, title: str, profile: ColumnProfile | None, *, is_key: bool
) -> ExploredColumn:
    column = Column(field.name)
    names = name_column(known, field)
    is_code = is_key or field.leads_to is not None or bool(_NUMBERED.search(field.name) or _NUMBERED.search(title))
    return ExploredColumn(
        column,
        known.spelling(column),
        title,
        field,
        _kind(field, profile, has_names=names is not None),
        names=names,
        profile=profile,
        is_code=field.type == "year" or (field.type == "integer" and is_code),
    )


def name_column(known: KnownColumns, field: RowField) -> Column | None:
    """Return the column of names in the table that a foreign key leads to, None where it has none."""
    there = [one for one in known.links.get(field.name, ()) if field.leads_to and one.name != field.leads_to[1]]
    texts = [one for one in there if one.type in ("string", "any")]
    told = [one for one in texts if _NAMES.search(one.name) or _NAMES.search(str(one.schema.get("title") or ""))]
    return Column(told[0].name, field.name) if told else None


def _kind(field: RowField, profile: ColumnProfile | None, *, has_names: bool) -> Kind:
    distinct = profile.distinct if profile else None
    is_short = distinct is not None and distinct <= CHOICES_MAX
    if field.type == "boolean" or (is_short and (has_names or field.type in ("string", "any"))):
        return "choice"
    if has_names:
        return "text"
    if field.type in ("integer", "number", "year"):
        return "range"
    return "span" if field.type in _SPANS else "text"


def _linked(
    published: PublishedDataset, known: KnownColumns, columns: Sequence[ExploredColumn], lang: str
) -> Iterator[ExploredColumn]:
    tables = {one.resource.name: one for one in published.resources if one.table_file}
    for own in columns:
        there = tables.get(own.field.leads_to[0]) if own.field.leads_to else None
        titles = column_titles(there, lang) if there else {}
        for field in known.links.get(own.field.name, ()):
            column = Column(field.name, own.field.name)
            title = titles.get(field.name, field.name)
            yield ExploredColumn(
                column, known.spelling(column), title, field, _kind(field, None, has_names=False), table=own.title
            )


def _newest(columns: Sequence[ExploredColumn], keys: Sequence[str]) -> ExploredColumn | None:
    """Return the column that says when a row is of: a part of the key, or the first, that is called so."""
    dated = [
        one
        for number, one in enumerate(columns)
        if one.type in _NEWEST_TYPES
        and (number == 0 or one.field.name in keys)
        and (one.profile is None or one.profile.minimum)
        and (one.type != "year" or _OF_WHEN.search(one.field.name) or _OF_WHEN.search(one.title))
    ]
    return min(dated, key=lambda one: _NEWEST_TYPES.index(one.type), default=None)


def _names(given: object) -> list[str]:
    return [given] if isinstance(given, str) else [str(one) for one in given] if isinstance(given, list | tuple) else []
