"""The first look into a table: its newest or first rows with names for codes, units, groups of columns and totals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from portal.examining.reading.header_rows import JOINED, JOINED_BY
from portal.i18n import gettext_noop as _
from portal.i18n import number_text, translate, translate_many
from portal.model.catalog import Field
from portal.model.table_profile import TableProfile
from portal.model.text import LocalText
from portal.publishing.publication import PublishedResource
from portal.publishing.site.cells_in_words import ShownCell, column_of, number_shown, writer_of
from portal.publishing.site.code_names import Names
from portal.publishing.site.column_headings import heading_of, is_quantity
from portal.publishing.site.contexts.look_contexts import ColumnGroup, LookColumn, LookTable
from portal.publishing.site.labels import Labels
from portal.publishing.site.pages.column_totals import totals

COLUMNS_SHOWN_MAX = 60
"""Columns of a table that its first look shows; the files have all."""
CELLS_SHOWN_MAX = 600
"""Cells that a first look shows; a table of many columns shows fewer rows."""
ROWS_SHOWN_MIN = 5


def first_look(
    item: PublishedResource, labels: Labels, names: Mapping[str, Names] | None = None, rows_max: int = 20
) -> LookTable | None:
    """Return the rows of a table that people see first, None without any; *names* are those of codes by column."""
    profile, fields = item.profile, item.table_schema.get("fields") or ()
    if profile is None or not profile.rows or not fields:
        return None
    lang, names = labels.lang, names or {}
    shown = fields[:COLUMNS_SHOWN_MAX]
    count = min(rows_max, max(ROWS_SHOWN_MIN, CELLS_SHOWN_MAX // len(shown)))
    rows = (profile.newest_rows or profile.first_rows)[:count]
    titles = titles_of(item, lang)
    cells = [_column(number, field, rows, lang, names) for number, field in enumerate(shown)]
    headings = [heading_of(titles[str(field["name"])], field) for field in shown]
    groups = tuple(_groups([title for title, _unit in headings])) if _has_joined_header(item) else ()
    if groups:
        headings = [(title.partition(JOINED_BY)[2] or title, unit) for title, unit in _grouped(headings, groups)]
    return LookTable(
        caption=caption(profile, len(rows), titles, lang),
        columns=tuple(
            LookColumn(title, unit, is_quantity(field)) for (title, unit), field in zip(headings, shown, strict=True)
        ),
        rows=tuple(zip(*cells, strict=True)),
        groups=groups,
        total=_total(item, profile, shown, lang),
        note=_note(fields, lang),
        has_codes=any(cell.code for column in cells for cell in column),
    )


def titles_of(item: PublishedResource, lang: str) -> dict[str, str]:
    """Return what the columns of a table are called, by their names."""
    declared: dict[str, Field] = {field.name: field for field in item.resource.schema.fields}
    names = [str(field["name"]) for field in item.table_schema.get("fields") or ()]
    return {name: declared[name].title.to(lang) or name if name in declared else name for name in names}


def caption(profile: TableProfile, shown: int, titles: Mapping[str, str], lang: str) -> str:
    """Say which rows are shown, and of how many."""
    if profile.newest_rows:
        if profile.rows == shown:
            return translate_many(
                lang,
                "%(num)s row in all, the newest first by “%(column)s”",
                "%(num)s rows in all, the newest first by “%(column)s”",
                profile.rows,
                column=titles.get(profile.newest_by, profile.newest_by),
            )
        return translate(
            lang,
            _("The newest %(shown)s of %(rows)s rows, by “%(column)s”"),
            shown=shown,
            rows=number_text(lang, profile.rows),
            column=titles.get(profile.newest_by, profile.newest_by),
        )
    if profile.rows == shown:
        return translate_many(lang, "%(num)s row in all", "%(num)s rows in all", profile.rows)
    rows = number_text(lang, profile.rows)
    return translate(lang, _("The first %(shown)s of %(rows)s rows"), shown=shown, rows=rows)


def _column(
    number: int, field: Mapping[str, Any], rows: Sequence[Sequence[str]], lang: str, names: Mapping[str, Names]
) -> tuple[ShownCell, ...]:
    texts = [row[number] for row in rows]
    known = names.get(str(field["name"]))
    here: dict[str, LocalText] = {text: known[text] for text in set(texts) if text in known} if known else {}
    return column_of(texts, writer_of(field, lang, here))


def _has_joined_header(item: PublishedResource) -> bool:
    """Whether names of columns were joined from several rows of a header; else a line between words is just that."""
    return any(decision.what == "header" and decision.how_en == JOINED.en for decision in item.decisions)


def _groups(titles: Sequence[str]) -> Iterator[ColumnGroup]:
    """Yield the headings over columns that stand beside each other, nothing where no two share one."""
    found = [
        (first, len(list(several)))
        for first, several in groupby(title.partition(JOINED_BY)[0] if JOINED_BY in title else None for title in titles)
    ]
    if any(first and span > 1 for first, span in found):
        for first, span in found:
            yield ColumnGroup(first if first and span > 1 else "", span)


def _grouped(headings: Sequence[tuple[str, str]], groups: Sequence[ColumnGroup]) -> Iterator[tuple[str, str]]:
    """Yield the headings as they stand below their groups; what has no group keeps its whole name."""
    at = 0
    for group in groups:
        for title, unit in headings[at : at + group.span]:
            yield (title if group.title else title.replace(JOINED_BY, "·"), unit)
        at += group.span


def _total(
    item: PublishedResource, profile: TableProfile, shown: Sequence[Mapping[str, Any]], lang: str
) -> tuple[str, ...]:
    """Return the row of totals: its label in the first column, which is never added up; () where there is none."""
    sums = totals(item.resource.name, profile, item.table_schema)
    names = [str(field["name"]) for field in shown]
    if names[0] in sums or not any(name in sums for name in names):
        return ()
    gaps = any(column.gaps for column in profile.columns if column.name in sums)
    label = (
        translate(lang, _("All rows together, empty cells left out"))
        if gaps
        else translate(lang, _("All rows together"))
    )
    return (label, *(number_shown(sums[name]) if name in sums else "" for name in names[1:]))


def _note(fields: Sequence[Mapping[str, Any]], lang: str) -> str:
    if len(fields) <= COLUMNS_SHOWN_MAX:
        return ""
    return translate_many(
        lang,
        "%(num)s more column is in the files.",
        "%(num)s more columns are in the files.",
        len(fields) - COLUMNS_SHOWN_MAX,
    )
