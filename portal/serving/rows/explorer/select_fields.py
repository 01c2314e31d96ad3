"""Lists to choose from in the explorer's form: one more condition, order, rows a page, groups, what is worked out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from portal.i18n import gettext_noop as _
from portal.publishing.rows.group_values import BUCKETS
from portal.publishing.rows.row_parameters import AGGREGATE, GROUP_BY, LIMIT, SORT
from portal.publishing.site.contexts.row_contexts import Input, Option, OptionGroup, Select
from portal.serving.rows.explorer.asked_pages import ROWS_ON_PAGE, ROWS_ON_PAGE_USUAL, AskedPage
from portal.serving.rows.explorer.condition_words import BUCKET_WORDS, FUNCTION_WORDS, OPERATOR_WORDS, Words
from portal.serving.rows.explorer.explored_table import ExploredColumns
from portal.serving.rows.explorer.page_addresses import COLUMN, COMPARISON, VALUE
from portal.serving.rows.written_names import name_list

FIELDS_MAX = 300
"""Columns that have a field in the form; others are asked for by the API."""
ALL_FUNCTIONS_MAX = 40
"""With more columns of numbers the form offers their sums and averages alone; the API knows the others."""

_FUNCTIONS = ("sum", "avg", "min", "max", "median")
_Options = Iterable[tuple[str, str, str]]
"""Title of the table, what is sent, what is read."""


class Selects:
    """The lists of one form; *taken* are the parameters that they ask, *left* what they have no room for."""

    def __init__(self, asked: AskedPage, table: ExploredColumns, words: Words) -> None:
        self.asked, self.table, self.words, self.say = asked, table, words, words.say
        self.taken: set[tuple[str, str]] = set()
        self.left: list[tuple[str, str]] = []

    def one_more(self) -> tuple[Select, Select, Input]:
        """Return the fields for any column, any comparison and a value."""
        typed = dict(self.asked.composed)
        operator = typed.get(COMPARISON, "contains")
        words = [Option(name, self.say(word), name == operator) for name, word in OPERATOR_WORDS.items()]
        columns = [
            (one.table, one.spelled, one.title) for one in (*self.table.columns, *self.table.further)[:FIELDS_MAX]
        ]
        fault = self.asked.faults.get
        return (
            self._columns(COLUMN, _("Column"), typed.get(COLUMN, ""), _("Choose a column"), columns),
            Select(COMPARISON, self.say(_("Comparison")), (OptionGroup("", tuple(words)),), fault(COMPARISON, "")),
            Input(VALUE, self.say(_("Compared with")), typed.get(VALUE, ""), error=fault(VALUE, "")),
        )

    def sort(self) -> Select:
        """Return the list of orders: each column upwards and downwards, and what is worked out of groups."""
        options = [
            (
                "",
                f"{'-' if descending else ''}{one.spelled}",
                self.words.order(one.title, one.type, descending=descending),
            )
            for one in self.table.columns[:FIELDS_MAX]
            for descending in (False, True)
        ]
        query = self.asked.question.query if self.asked.question else None
        distance = self.table.distance
        if query and query.near and distance:
            far = f"-{distance.spelled}"
            options = [("", far, self.say(_("The farthest first"))), *options]
        if query and query.groups:
            told = ((str(one), self.words.aggregate(one)) for one in query.aggregates)
            options = [
                *(("", f"-{value}", self.words.order(name, "number", descending=True)) for value, name in told),
                *options,
            ]
        blank = _("The newest first") if self.table.newest_by else _("As in the file")
        if distance:
            blank = _("The usual order")  # by the distance where a point is asked for, which a script may do later
        return self._columns(SORT.name, _("Sort by"), self._asked(SORT.name), blank, options)

    def limit(self) -> Select:
        """Return the list of how many rows a page has."""
        chosen = self._asked(LIMIT.name) or ROWS_ON_PAGE_USUAL
        texts = [*ROWS_ON_PAGE, *([chosen] if chosen not in ROWS_ON_PAGE else [])]
        made = tuple(Option("" if text == ROWS_ON_PAGE_USUAL else text, text, text == chosen) for text in texts)
        fault = self.asked.faults.get(LIMIT.name, "")
        return Select(LIMIT.name, self.say(_("Rows a page")), (OptionGroup("", made),), fault)

    def groups(self) -> Iterator[Select]:
        """Yield two lists of columns to group by, and two of what is worked out."""
        labels = (_("One row for each value of"), _("and of"))
        yield from self._lists(GROUP_BY.name, labels, _("No groups"), list(self._group_options()))
        yield from self._lists(AGGREGATE.name, (_("Work out"), _("and")), _("Nothing"), list(self._told_options()))

    def _asked(self, name: str) -> str:
        value = self.asked.address.get(name)
        self.taken.add((name, value))
        return value

    def _lists(self, name: str, labels: Sequence[str], blank: str, options: _Options) -> Iterator[Select]:
        text = self._asked(name)
        chosen = [item.strip() for item in name_list(text)] if text else []
        self.left += [(name, item) for item in chosen[len(labels) :]]
        for number, label in enumerate(labels):
            value = chosen[number] if number < len(chosen) else ""
            yield self._columns(name, label, value, blank, options, is_first=number == 0)

    def _group_options(self) -> Iterator[tuple[str, str, str]]:
        for one in self.table.columns[:FIELDS_MAX]:
            yield "", one.spelled, one.title
            for bucket in BUCKETS.get(one.type, ()):
                yield "", f"{one.spelled}:{bucket}", f"{one.title} · {self.say(BUCKET_WORDS[bucket])}"
        for one in self.table.further[:FIELDS_MAX]:
            yield one.table, one.spelled, one.title

    def _told_options(self) -> Iterator[tuple[str, str, str]]:
        yield "", "count", self.say(FUNCTION_WORDS["count"])
        numbers = [one for one in self.table.columns[:FIELDS_MAX] if one.is_number]
        functions = _FUNCTIONS if len(numbers) <= ALL_FUNCTIONS_MAX else _FUNCTIONS[:2]
        for one in numbers:
            for function in functions:
                yield "", f"{function}({one.spelled})", f"{one.title} · {self.say(FUNCTION_WORDS[function])}"

    def _columns(
        self, name: str, label: str, chosen: str, blank: str, options: _Options, *, is_first: bool = True
    ) -> Select:
        """Return a list; what is chosen and stands in none of its options is one more."""
        groups: dict[str, list[Option]] = {"": [Option("", self.say(blank), not chosen)]}
        for table, value, title in options:
            groups.setdefault(table, []).append(Option(value, title, value == chosen))
        if chosen and not any(option.selected for made in groups.values() for option in made):
            groups[""].append(Option(chosen, chosen, selected=True))
        told = tuple(OptionGroup(table, tuple(made)) for table, made in groups.items())
        return Select(name, self.say(label), told, self.asked.faults.get(name, "") if is_first else "")
