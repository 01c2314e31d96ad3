"""The page that asks for rows of a table by a plain form: columns, comparisons, order, groups; without JavaScript.

A build writes it with an empty form; the server answers what was asked on the same page, by the same templates.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from portal.i18n import gettext_noop as _
from portal.i18n import translate
from portal.model.addresses import dataset_path
from portal.publishing.publication import PublishedDataset, PublishedResource
from portal.publishing.site.contexts.contexts import Link, Preview
from portal.publishing.site.contexts.row_contexts import (
    ConditionFields,
    Option,
    OptionGroup,
    RowAnswer,
    RowForm,
    RowsPage,
    Select,
)
from portal.publishing.site.pages.code_examples import code_examples

CONDITIONS_SHOWN = 3
"""Conditions that an empty form has room for; one more is a press of a button away."""
ROWS_ON_PAGE = ("20", "50", "100", "500")
"""How many rows a page of the answer may have, by choice."""
ROWS_ON_PAGE_USUAL = "50"
BY_COUNT = "*"
"""Sorts groups by the number that is told of each."""

OPERATOR_WORDS = {
    "eq": _("is"),
    "ne": _("is not"),
    "gt": _("is more than"),
    "gte": _("is at least"),
    "lt": _("is less than"),
    "lte": _("is at most"),
    "contains": _("contains"),
    "startswith": _("begins with"),
    "in": _("is one of (commas between)"),
    "empty": _("has no value"),
    "filled": _("has a value"),
}
"""How a column can be compared, in words; the last two need no value."""
WITHOUT_VALUE = ("empty", "filled")
FUNCTION_WORDS = {
    "count": _("number of rows"),
    "sum": _("sum"),
    "avg": _("average"),
    "min": _("least"),
    "max": _("greatest"),
    "median": _("median"),
}
BUCKET_WORDS = {"year": _("by year"), "quarter": _("by quarter"), "month": _("by month"), "day": _("by day")}
_DESCENDING = {"asc": _("upwards"), "desc": _("downwards")}


@dataclass(frozen=True)
class TypedQuestion:
    """What somebody typed into the form, as it was sent; every text may be anything."""

    conditions: tuple[tuple[str, str, str], ...] = ()
    """Column, comparison and value of each."""
    shown: tuple[str, ...] = ()
    sort: str = ""
    order: str = ""
    limit: str = ""
    group: str = ""
    bucket: str = ""
    function: str = ""
    of: str = ""
    page: str = ""
    wants_more: bool = False
    """Whether room for one more condition was asked for."""

    @property
    def is_counted(self) -> bool:
        """Whether rows are put into groups or counted."""
        return bool(self.group or self.function)


@dataclass(frozen=True)
class Faults:
    """What is wrong with a question, in the language of the page: at conditions by their place, at fields by name."""

    at_conditions: Mapping[int, str] = field(default_factory=dict)
    at_fields: Mapping[str, str] = field(default_factory=dict)
    whole: str = ""

    def __bool__(self) -> bool:
        return bool(self.at_conditions or self.at_fields or self.whole)


_NOTHING_TYPED = TypedQuestion()
_NO_FAULTS = Faults()


def rows_page(
    published: PublishedDataset,
    item: PublishedResource,
    lang: str,
    base_url: str,
    *,
    preview: Preview | None = None,
    typed: TypedQuestion = _NOTHING_TYPED,
    faults: Faults = _NO_FAULTS,
    answer: RowAnswer | None = None,
) -> RowsPage:
    """Return the page for one table, with what was typed, what is wrong with it, and the answer."""
    dataset = published.dataset
    file = item.table_file
    return RowsPage(
        heading=translate(lang, "Query the rows of “%(title)s”", title=table_title(published, item, lang)),
        dataset=Link(dataset.title.to(lang), dataset_path(dataset.name)),
        form=_Form(published, item, lang, typed, faults).context(),
        file_path=f"/{file.path}" if file else "",
        preview=preview,
        answer=answer,
        examples=code_examples(published, item, lang, base_url),
    )


def table_title(published: PublishedDataset, item: PublishedResource, lang: str) -> str:
    """Return what a table is called among all of the portal: with its dataset, where its own title tells less."""
    dataset, table = published.dataset.title.to(lang), item.resource.title.to(lang)
    return table if dataset in table else f"{dataset} · {table}"


def column_titles(item: PublishedResource, lang: str) -> dict[str, str]:
    """Return what each column of a table is called, by its name; its name where two have one title."""
    declared = {one.name: one.title.to(lang) for one in item.resource.schema.fields}
    names = [str(one["name"]) for one in item.table_schema.get("fields", ())]
    titles = {name: declared.get(name) or name for name in names}
    seen = list(titles.values())
    return {name: title if seen.count(title) == 1 else name for name, title in titles.items()}


def linked_columns(
    published: PublishedDataset, item: PublishedResource, lang: str
) -> Iterator[tuple[str, tuple[tuple[str, str], ...]]]:
    """Yield for each foreign key of one column its title, and the columns it leads to: (as it is asked for, title)."""
    own = column_titles(item, lang)
    tables = {one.resource.name: one for one in published.resources if one.table_file}
    for key in item.table_schema.get("foreignKeys") or ():
        names = key.get("fields")
        names = [names] if isinstance(names, str) else list(names or ())
        there = tables.get(str(key["reference"].get("resource") or item.resource.name))
        if len(names) == 1 and names[0] in own and there:
            columns = column_titles(there, lang).items()
            yield own[names[0]], tuple((f"{names[0]}.{name}", title) for name, title in columns)


class _Form:
    def __init__(
        self,
        published: PublishedDataset,
        item: PublishedResource,
        lang: str,
        typed: TypedQuestion,
        faults: Faults,
    ) -> None:
        self.lang, self.typed, self.faults = lang, typed, faults
        own = tuple(column_titles(item, lang).items())
        names = {name for name, _title in own}
        linked = [
            (title, tuple(pair for pair in pairs if pair[0] not in names))
            for title, pairs in linked_columns(published, item, lang)
        ]
        self.columns = [("", own), *[(title, pairs) for title, pairs in linked if pairs]]

    def context(self) -> RowForm:
        typed, at = self.typed, self.faults.at_fields
        blank = ("", "", "")
        room = max(CONDITIONS_SHOWN, len(typed.conditions) + typed.wants_more)
        rows = [*typed.conditions, *[blank] * (room - len(typed.conditions))]
        return RowForm(
            conditions=tuple(self._condition(number, *row) for number, row in enumerate(rows, start=1)),
            shown=tuple(
                Option(name, f"{table} · {title}" if table else title, name in typed.shown)
                for table, pairs in self.columns
                for name, title in pairs
            ),
            choices=(
                self._columns("sort", _("Sort by"), typed.sort, _("As in the file"), extra=self._by_count()),
                self._words("order", _("Direction"), typed.order, _DESCENDING),
                Select(
                    "limit",
                    self._("Rows a page"),
                    (
                        OptionGroup(
                            "",
                            tuple(
                                Option(text, text, text == (typed.limit or ROWS_ON_PAGE_USUAL))
                                for text in self._with_typed(ROWS_ON_PAGE, typed.limit)
                            ),
                        ),
                    ),
                    at.get("limit", ""),
                ),
            ),
            groups=(
                self._columns("group", _("One row for each value of"), typed.group, _("No groups")),
                self._words("bucket", _("Days and times"), typed.bucket, BUCKET_WORDS, blank=_("Each by itself")),
                self._words("function", _("Work out"), typed.function, FUNCTION_WORDS, blank=_("Nothing")),
                self._columns("of", _("Of the column"), typed.of, _("None")),
            ),
            has_groups=typed.is_counted or bool({"group", "bucket", "function", "of"} & set(at)),
            has_shown=bool(typed.shown) or "shown" in at,
            shown_error=at.get("shown", ""),
            error=self.faults.whole,
        )

    def _(self, message: str, **details: object) -> str:
        return translate(self.lang, message, **details)

    def _condition(self, number: int, column: str, operator: str, value: str) -> ConditionFields:
        words = {name: self._(word) for name, word in OPERATOR_WORDS.items()}
        return ConditionFields(
            number=number,
            column=self._columns("column", _("Column"), column, _("Choose a column")),
            operator=Select(
                "is",
                self._("Comparison"),
                (OptionGroup("", tuple(Option(name, word, name == operator) for name, word in words.items())),),
            ),
            value=value,
            error=self.faults.at_conditions.get(number - 1, ""),
        )

    def _columns(
        self, name: str, label: str, chosen: str, blank: str, extra: tuple[tuple[str, str], ...] = ()
    ) -> Select:
        groups = [
            OptionGroup(title, tuple(Option(value, text, value == chosen) for value, text in pairs))
            for title, pairs in self.columns
        ]
        known = {option.value for group in groups for option in group.options} | {value for value, _text in extra}
        first = [
            Option("", self._(blank), not chosen),
            *(Option(value, text, value == chosen) for value, text in extra),
        ]
        if chosen and chosen not in known:
            first.append(Option(chosen, chosen, selected=True))
        return Select(
            name, self._(label), (OptionGroup("", tuple(first)), *groups), self.faults.at_fields.get(name, "")
        )

    def _words(self, name: str, label: str, chosen: str, words: Mapping[str, str], blank: str = "") -> Select:
        options = [Option(value, self._(word), value == chosen) for value, word in words.items()]
        if blank:
            options.insert(0, Option("", self._(blank), not chosen))
        if chosen and chosen not in words:
            options.append(Option(chosen, chosen, selected=True))
        return Select(name, self._(label), (OptionGroup("", tuple(options)),), self.faults.at_fields.get(name, ""))

    def _by_count(self) -> tuple[tuple[str, str], ...]:
        return ((BY_COUNT, self._("What is worked out")),)

    @staticmethod
    def _with_typed(options: Sequence[str], typed: str) -> list[str]:
        return [*options, *([typed] if typed and typed not in options else [])]
