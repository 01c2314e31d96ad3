"""The answer on a page of the explorer: sentences and chips, the table with its headings, pages, columns to choose."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from portal.i18n import gettext_noop as _
from portal.i18n import number_text
from portal.model.text import enumerated
from portal.publishing.rows.row_parameters import FIELDS, GAPS, NEAR, SORT, WORDS
from portal.publishing.rows.row_query import DISTANCE, Aggregate, Column, Group, RowQuery
from portal.publishing.rows.row_table import RowPage, RowTable
from portal.publishing.site.contexts.row_contexts import (
    ColumnChoice,
    ColumnHead,
    Option,
    RowAnswer,
)
from portal.serving.rows.explorer.answer_cells import answer_cells
from portal.serving.rows.explorer.asked_pages import AskedPage
from portal.serving.rows.explorer.condition_words import Words
from portal.serving.rows.explorer.explored_table import ExploredColumns
from portal.serving.rows.explorer.page_addresses import CARDS, FILE, FILE_ORDER, PAGE, VIEW, href, in_order
from portal.serving.rows.explorer.row_markup import row_cards, table_rows

COLUMNS_LISTED_MAX = 1_000
"""Columns in the list of those to show."""
_NUMBER_TYPES = ("integer", "number")


def shown_rows(asked: AskedPage, table: ExploredColumns, words: Words, rows: RowTable) -> RowAnswer:
    """Ask *rows*, the table itself, and return the answer. Raises QueryError."""
    query = asked.query
    if not (query.groups or query.aggregates or query.fields):
        usual = table.usual(is_near=query.near is not None)
        query = replace(query, fields=tuple(one.column for one in usual))
    return _Answer(asked, table, words, query, rows.page(query), rows.rows).context()


def faulty_answer(asked: AskedPage, table: ExploredColumns, words: Words) -> RowAnswer:
    """Return what a page says in place of rows where the question has faults."""
    chips = tuple(_chips(asked, words))
    return RowAnswer(
        said=(words.say(_("That cannot be answered as it stands.")),),
        chips=chips,
        reset=href(()) if asked.address.pairs else "",
        faults=tuple((text, name) for name, text in asked.faults.items()),
        used_note=words.used(asked.address),
    )


def _chips(asked: AskedPage, words: Words) -> Iterator[tuple[str, str]]:
    """Yield each condition in words, and the address without it."""
    address = asked.address
    if address.get(WORDS.name):
        text = words.say(_("Contains “%(words)s” somewhere"), words=address.get(WORDS.name))
        yield text, href(address.without(WORDS.name))
    for key, value in address.filters:
        yield words.condition(key, value), href(address.without((key, value)))
    if address.get(NEAR.name):
        yield words.near(address.get(NEAR.name)), href(address.without(NEAR.name))
    if address.get(GAPS.name) == "true":
        yield words.say(_("Has gaps")), href(address.without(GAPS.name))


class _Answer:
    def __init__(
        self, asked: AskedPage, table: ExploredColumns, words: Words, query: RowQuery, page: RowPage, rows: int
    ) -> None:
        self.asked, self.address, self.table, self.words = asked, asked.address, table, words
        self.query, self.page, self.rows, self.say = query, page, rows, words.say
        self.is_grouped = bool(query.groups or query.aggregates)
        self.shown = query.fields

    def context(self) -> RowAnswer:
        asked, address, total = self.asked, self.address, self.page.total or 0
        first = (asked.page - 1) * asked.limit + 1
        last = first + len(self.page.rows) - 1
        pages = max(1, -(-total // asked.limit))
        before = min(asked.page - 1, pages)
        heads = tuple(self._heads())
        lang = self.words.lang
        rows = answer_cells(self.page, self.query, self.table, lang)
        return RowAnswer(
            said=tuple(self._said(total)),
            chips=tuple(_chips(asked, self.words)),
            reset=href(()) if address.pairs else "",
            used_note=self.words.used(address),
            in_file_order=href(address.with_(FILE_ORDER, FILE)) if asked.is_newest_first else "",
            heads=heads,
            rows=row_cards(rows, heads, lang) if asked.is_cards else table_rows(rows, heads, first, lang),
            has_codes=any(cell.code for row in rows for cell in row),
            caption=self.say(
                _("Rows %(first)s to %(last)s of %(total)s"),
                first=self._number(first),
                last=self._number(last),
                total=self._number(total),
            ),
            total=total,
            first=first,
            is_cards=asked.is_cards,
            views=(
                (self.say(_("Table")), href(address.with_(VIEW, "")), not asked.is_cards),
                (self.say(_("Cards")), href(address.with_(VIEW, CARDS)), asked.is_cards),
            ),
            columns=() if self.is_grouped else tuple(self._columns()),
            column_note=self.say(
                _("%(shown)s of %(num)s columns are shown"),
                shown=self._number(len(self.shown)),
                num=self._number(len(self.table.columns)),
            ),
            kept=tuple(pair for pair in address.without(FIELDS.name)),
            previous=href(address.with_(PAGE, str(before) if before > 1 else "")) if before else "",
            next=href(address.with_(PAGE, str(asked.page + 1))) if asked.page < pages else "",
            position=self.say(
                _("Page %(page)s of %(pages)s"), page=self._number(asked.page), pages=self._number(pages)
            ),
        )

    def _number(self, number: int) -> str:
        return number_text(self.words.lang, number)

    def _said(self, found: int) -> Iterator[str]:
        """Yield what is asked and how much was found, a sentence each."""
        conditions = self._conditions()
        if self.is_grouped:
            yield from self._said_of_groups(found, conditions)
        elif conditions:
            yield self.say(
                _("%(found)s of %(total)s rows fit: %(conditions)s."),
                found=self._number(found),
                total=self._number(self.rows),
                conditions=self.words.all_of(*conditions),
            )
        else:
            yield self._said_of_all(found)
        order = self._said_of_order()
        if order and found:
            yield order

    def _said_of_all(self, rows: int) -> str:
        tables = len(self.table.source.tables)
        if tables > 1:
            message = _("%(num)s tables together have %(total)s rows.")
            return self.say(message, num=self._number(tables), total=self._number(rows))
        return self.say(_("The table has %(total)s rows."), total=self._number(rows))

    def _said_of_groups(self, found: int, conditions: Sequence[str]) -> Iterator[str]:
        told = self._both(*map(self.words.aggregate, self.query.aggregates))
        if self.query.groups:
            by = self._both(*map(self.words.group, self.query.groups))
            yield self.say(
                _("%(found)s groups by %(columns)s; of each: %(told)s."),
                found=self._number(found),
                columns=by,
                told=told,
            )
        else:
            yield self.say(_("Worked out of all rows that fit: %(told)s."), told=told)
        if conditions:
            yield self.say(_("Only rows that fit count: %(conditions)s."), conditions=self.words.all_of(*conditions))

    def _both(self, *texts: str) -> str:
        return enumerated(self.words.lang, texts)

    def _conditions(self) -> list[str]:
        address = self.address
        told = []
        if address.get(WORDS.name):
            told.append(self.say(_("Contains “%(words)s” somewhere"), words=address.get(WORDS.name)))
        keys = dict.fromkeys(key for key, _value in address.filters)
        told += [self.words.condition(key, *address.all(key)) for key in keys]
        if address.get(NEAR.name):
            told.append(self.words.near(address.get(NEAR.name)))
        if address.get(GAPS.name) == "true":
            told.append(self.say(_("Has gaps")))
        return told

    def _said_of_order(self) -> str:
        if self.asked.is_newest_first:
            assert self.table.newest_by is not None
            return self.say(_("The newest stand first (by %(column)s)."), column=self.table.newest_by.title)
        if self.query.order and self.query.order[0].column == DISTANCE:
            is_far = self.query.order[0].descending
            return self.say(_("The farthest stand first.") if is_far else _("The nearest stand first."))
        keys = [
            self.words.order(self._key(one.column), self._type(one.column), descending=one.descending)
            for one in self.query.order
        ]
        return self.say(_("Sorted by %(keys)s."), keys=self._both(*keys)) if keys else ""

    def _key(self, key: Column | Group | Aggregate) -> str:
        match key:
            case Column():
                return self.table.title(key)
            case Group():
                return self.words.group(key)
            case _:
                return self.words.aggregate(key)

    def _type(self, key: Column | Group | Aggregate) -> str:
        """Return the type of what rows are sorted by; of a least or greatest value that of its column."""
        if isinstance(key, Aggregate):
            return self.table.by_column[key.column].type if key.column and key.function in ("min", "max") else "number"
        return self.table.by_column[key.column if isinstance(key, Group) else key].type

    def _heads(self) -> Iterator[ColumnHead]:
        known = self.table.known
        if not self.is_grouped:
            for column in self.shown:
                one = self.table.by_column[column]
                title, unit = one.heading
                whole = f"{one.table} · {title}" if one.table else title
                yield self._head(whole, one.spelled, column, is_number=one.is_number, unit=unit)
            return
        for group in self.query.groups:
            spelled = known.spelling(group.column)
            name = f"{spelled}:{group.bucket}" if group.bucket else spelled
            yield self._head(self.words.group(group), name, group if group.bucket else group.column, is_number=False)
        fields = self.page.fields[len(self.page.fields) - len(self.query.aggregates) :]
        for aggregate, field in zip(self.query.aggregates, fields, strict=True):
            name = f"{aggregate.function}({known.spelling(aggregate.column)})" if aggregate.column else "count"
            yield self._head(self.words.aggregate(aggregate), name, aggregate, is_number=field.type in _NUMBER_TYPES)

    def _head(
        self, title: str, spelled: str, key: Column | Group | Aggregate, *, is_number: bool, unit: str = ""
    ) -> ColumnHead:
        order = self.query.order[0] if self.query.order else None
        is_key = order is not None and order.column == key
        direction = ("descending" if order.descending else "ascending") if order and is_key else ""
        is_next_down = direction == "ascending"
        value = f"-{spelled}" if is_next_down else spelled
        pairs = in_order((*self.address.without(SORT.name, FILE_ORDER), (SORT.name, value)))
        told = self.say(_("Sort by %(keys)s"), keys=self.words.order(title, self._type(key), descending=is_next_down))
        return ColumnHead(title, href(pairs), told, direction, is_number, unit)

    def _columns(self) -> Iterator[ColumnChoice]:
        """Yield the columns that are shown, in their order, then the others."""
        spelled = [self.table.by_column[column].spelled for column in self.shown]
        for number, column in enumerate(self.shown):
            yield ColumnChoice(
                Option(spelled[number], self.table.title(column), selected=True),
                self._moved(spelled, number, number - 1),
                self._moved(spelled, number, number + 1),
            )
        distance = (self.table.distance,) if self.table.distance and self.query.near else ()
        for one in (*distance, *self.table.columns, *self.table.further)[:COLUMNS_LISTED_MAX]:
            if one.column not in self.shown:
                yield ColumnChoice(Option(one.spelled, self.table.title(one.column)))

    def _moved(self, spelled: Sequence[str], number: int, to: int) -> str:
        if not 0 <= to < len(spelled):
            return ""
        order = [*spelled]
        order.insert(to, order.pop(number))
        return href(self.address.with_(FIELDS.name, ",".join(order)))
