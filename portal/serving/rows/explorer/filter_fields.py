"""The explorer's form: a filter for each column that fits its type, words, a point, gaps; filled in as was asked.

Every field sends a parameter of the rows API under the name that this reads, so the form needs no script.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from portal.i18n import gettext_noop as _
from portal.i18n import number_text
from portal.model.terms import REFERENCE_SYSTEMS
from portal.publishing.rows.row_parameters import AGGREGATE, GAPS, GROUP_BY, NEAR, WORDS
from portal.publishing.rows.row_query import Column
from portal.publishing.site.contexts.row_contexts import (
    ColumnFilter,
    Input,
    Option,
    OptionGroup,
    RowForm,
    Select,
)
from portal.publishing.site.maps.reference_systems import SHIFTED
from portal.serving.rows.explorer.asked_pages import WITHIN_METRES, WITHIN_USUAL, AskedPage
from portal.serving.rows.explorer.condition_words import Words
from portal.serving.rows.explorer.explored_table import ExploredColumn, ExploredColumns
from portal.serving.rows.explorer.page_addresses import (
    COLUMN,
    COMPARISON,
    FILTERS,
    FORM,
    PAGE,
    PLACE,
    VALUE,
    WITHIN,
    href,
    in_order,
)
from portal.serving.rows.explorer.select_fields import FIELDS_MAX, Selects
from portal.serving.rows.written_questions import filter_key

FILTERS_SHOWN = 12
"""Columns whose filters are shown at once; those of the others are unfolded."""

_INPUT_TYPES = {"date": "date", "datetime": "date", "yearmonth": "month"}
_LEAST, _MOST, _FROM, _UNTIL = _("At least"), _("At most"), _("From"), _("Until")
_CONTAINS = _("Contains")


def row_form(asked: AskedPage, table: ExploredColumns, words: Words) -> RowForm:
    """Return the form as it is filled in by what was asked."""
    return _Form(asked, table, words).context()


class _Form:
    def __init__(self, asked: AskedPage, table: ExploredColumns, words: Words) -> None:
        self.asked, self.address, self.table, self.words = asked, asked.address, table, words
        self.say = words.say
        self.taken: set[tuple[str, str]] = set()
        """What fields of the form ask; the rest is kept beside them."""
        self.composed = dict(asked.composed)

    def context(self) -> RowForm:
        get, selects = self._get, Selects(self.asked, self.table, self.words)
        form = RowForm(
            words=Input(
                WORDS.name,
                self.say(_("Search in all columns")),
                get(WORDS.name),
                "search",
                error=self._fault(WORDS.name),
            ),
            choices=(selects.sort(), selects.limit()),
            groups=tuple(selects.groups()),
            has_groups=bool(self.address.get(GROUP_BY.name) or self.address.get(AGGREGATE.name)),
            used_note=self.words.used(self.address),
        )
        if self.address.get(FORM) == FILTERS or self.asked.faults:
            form = self._with_filters(form, selects)
        else:
            form = replace(form, filters_at=href(in_order((*self.address.without(FORM, PAGE), (FORM, FILTERS)))))
        taken = self.taken | selects.taken
        kept = tuple(pair for pair in self.address.pairs if pair not in taken and pair[0] != PAGE)
        return replace(form, kept=(*kept, *selects.left))

    def _with_filters(self, form: RowForm, selects: Selects) -> RowForm:
        """Return the form with a filter for each column: most of its fields, and of what they cost a browser."""
        filters = [self._filter(one) for one in self.table.columns[:FIELDS_MAX]]
        # What is used stands among the first, wherever its column stands.
        ordered = [*filters[:FILTERS_SHOWN], *(one for one in filters[FILTERS_SHOWN:] if one.is_used)]
        more = [one for one in filters[FILTERS_SHOWN:] if not one.is_used]
        gaps = (
            Option("true", self.say(_("Only rows with gaps")), self._get(GAPS.name) == "true")
            if self._may_have_gaps
            else None
        )
        return replace(
            form,
            filters=tuple(ordered),
            more=tuple(more),
            place=self._place() if self.table.known.axes else None,
            place_note=self._place_note(),
            gaps=gaps,
            other=selects.one_more(),
            is_open=self.address.get(FORM) == FILTERS or self._has_faults(ordered, more),
        )

    @property
    def _may_have_gaps(self) -> bool:
        return any(one.profile is None or one.profile.gaps for one in self.table.columns)

    def _has_faults(self, *lists: list[ColumnFilter]) -> bool:
        fields = [item for several in lists for one in several for item in one.inputs]
        named = (NEAR.name, PLACE, COLUMN, COMPARISON, VALUE)
        return any(item.error for item in fields) or any(map(self._fault, named))

    def _get(self, name: str) -> str:
        value = self.address.get(name)
        if value:
            self.taken.add((name, value))
        return value

    def _fault(self, name: str) -> str:
        return self.asked.faults.get(name, "")

    def _key(self, column: Column, operator: str) -> str:
        return filter_key(column, operator, self.table.known)

    def _filter(self, one: ExploredColumn) -> ColumnFilter:
        gaps_name = self._key(one.column, "isnull")
        inputs: tuple[Input, ...] = ()
        name = ""
        choices: tuple[Option, ...] = ()
        if one.is_chosen_from:
            name = self._key(one.column, "eq")
            choices = tuple(self._choices(one, name))
        if one.kind in ("range", "span"):
            ends = (
                ("gte", _LEAST if one.kind == "range" else _FROM),
                ("lte", _MOST if one.kind == "range" else _UNTIL),
            )
            inputs = tuple(self._end(one, operator, label) for operator, label in ends)
        elif not (choices and one.profile and one.profile.has_all_values) and one.type != "boolean":
            inputs = (self._text(one.named_by or one.column),)
        gaps = None
        if one.profile is None or one.profile.gaps:
            count = number_text(self.words.lang, one.profile.gaps) if one.profile else ""
            gaps = Option("true", self.say(_("has no value")), self._get(gaps_name) == "true", count=count)
        is_used = (
            any(item.value or item.error for item in inputs)
            or any(item.selected for item in choices)
            or bool(gaps and gaps.selected)
        )
        return ColumnFilter(one.title, one.table, inputs, name, choices, gaps, gaps_name, is_used, self._span(one))

    def _span(self, one: ExploredColumn) -> str:
        """Return from where to where the values of a column go."""
        profile = one.profile
        if profile is None or not profile.minimum or one.kind not in ("range", "span"):
            return ""
        least, most = one.write(profile.minimum).text, one.write(profile.maximum).text
        return least if least == most else f"{least} – {most}"

    def _end(self, one: ExploredColumn, operator: str, label: str) -> Input:
        name = self._key(one.column, operator)
        type_ = _INPUT_TYPES.get(one.type, "text")
        value = self._get(name)
        if type_ != "text" and value and not _is_of(type_, value):
            type_ = "text"  # what was typed stands there as it was
        return Input(
            name,
            self.say(label),
            value,
            type_,
            "decimal" if one.kind == "range" else "",
            error=self._fault(name),
        )

    def _text(self, column: Column) -> Input:
        name = self._key(column, "contains")
        return Input(name, self.say(_CONTAINS), self._get(name), error=self._fault(name))

    def _choices(self, one: ExploredColumn, name: str) -> Iterator[Option]:
        """Yield the most frequent values with how often there is each, then what is chosen beside them."""
        chosen = self.address.all(name)
        self.taken.update((name, value) for value in chosen)
        known = one.profile.top if one.profile else ()
        rest = [value for value in chosen if value not in {item.value for item in known}]
        for value, count in (*((item.value, item.count) for item in known), *((value, 0) for value in rest)):
            shown = one.write(value)
            told = number_text(self.words.lang, count) if count else ""
            yield Option(value, shown.text + shown.rest, value in chosen, code=shown.code, count=told)

    def _place(self) -> tuple[Input, Select]:
        x, y, metres = (*self.address.get(NEAR.name).split(","), "", "", "")[:3]
        near = self.address.get(NEAR.name)
        if near:
            self.taken.add((NEAR.name, near))
        point = self.composed.get(PLACE) or (f"{x},{y}" if near else "")
        chosen = self.composed.get(WITHIN) or metres or WITHIN_USUAL
        options = [*WITHIN_METRES, *([chosen] if chosen not in WITHIN_METRES else [])]
        return (
            Input(
                PLACE,
                self.say(_("Longitude and latitude")),
                point,
                placeholder="121.47,31.23",
                error=self._fault(PLACE) or self._fault(NEAR.name),
            ),
            Select(
                WITHIN,
                self.say(_("At most so far away")),
                (OptionGroup("", tuple(Option(one, self._metres(one), one == chosen) for one in options)),),
            ),
        )

    def _place_note(self) -> str:
        crs = self.table.source.crs
        if crs in SHIFTED:
            message = _(
                "Coordinates of this table are in %(system)s. The place where you are is brought into it; "
                "what you write yourself is taken as it stands."
            )
            return self.say(message, system=REFERENCE_SYSTEMS[crs].to(self.words.lang))
        if crs:
            return ""
        return self.say(
            _(
                "The table does not say in which system its coordinates are; "
                "the place where you are (WGS 84) may lie some hundred metres beside it."
            )
        )

    def _metres(self, text: str) -> str:
        if text.isascii() and text.isdigit() and len(text) < 9 and int(text) % 1000 == 0:
            return self.say(_("%(num)s km"), num=number_text(self.words.lang, int(text) // 1000))
        return self.say(_("%(num)s m"), num=text)


def _is_of(type_: str, value: str) -> bool:
    length = 10 if type_ == "date" else 7
    return len(value) == length and value.replace("-", "").isdigit()
