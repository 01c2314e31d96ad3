"""How a file was read (encoding, delimiter, header, sheet), in words: ``--explain`` and the report page.

What was understood of a table: for ``portal check --explain`` and the page of a dataset's report.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from portal.examining.understanding import UnderstoodDataset
from portal.findings.details import shown
from portal.i18n import gettext_noop as _
from portal.i18n import translate, translate_many
from portal.model.known_formats import DELIMITED_FORMATS
from portal.model.text import clauses
from portal.model.understood_table import Decision, Sheet, UnderstoodTable

_SPANS_SHOWN_MAX = 8
"""Ranges of rows that `--explain` names."""
_DELIMITERS = {
    ",": ("逗号", "comma"),
    "\t": ("制表符", "tab"),
    ";": ("分号", "semicolon"),
    "|": ("竖线", "vertical bar"),
    " ": ("空格", "space"),
}
_SAYS_NOTHING_OF_CELLS = frozenset(["format", "encoding", "delimiter"])


def decisions_of(table: UnderstoodTable, *, is_open: bool) -> tuple[Decision, ...]:
    """Return what was decided of a table, in the order of reading; what went without saying is said too.

    Of a dataset that is not open only what tells nothing of a cell is returned.
    """
    known = {item.what for item in table.decisions}
    said = [item for item in _evident(table) if item.what not in known]
    order = {what: number for number, what in enumerate(_TITLES)}
    ordered = sorted((*table.decisions, *said), key=lambda item: order.get(item.what, len(order)))
    return tuple(item for item in ordered if is_open or item.what in _SAYS_NOTHING_OF_CELLS)


def _evident(table: UnderstoodTable) -> Iterator[Decision]:
    yield Decision("format", table.format.upper(), table.format.upper())
    if table.format in DELIMITED_FORMATS:
        yield Decision("encoding", table.encoding.upper(), table.encoding.upper())
        signs = shown(table.delimiter)
        chinese, english = _DELIMITERS.get(table.delimiter, (signs, signs))
        yield Decision("delimiter", chinese, english)
    if table.has_header:
        yield Decision("header", f"第 {table.header_row} 行", f"row {table.header_row}")
    else:
        yield Decision("header", "没有表头", "none")
    if table.comment_rows and not {"notes", "subtotals"} & {item.what for item in table.decisions}:
        rows = spans(table.comment_rows)
        yield Decision("notes", f"第 {rows} 行", f"rows {rows}")


def spans(rows: Sequence[int]) -> str:
    """Write row numbers, neighbours as a span.

    >>> spans([3, 4, 5, 9])
    '3–5, 9'
    """
    found: list[list[int]] = []
    for row in sorted(rows):
        if found and row == found[-1][1] + 1:
            found[-1][1] = row
        else:
            found.append([row, row])
    words = [str(first) if first == last else f"{first}–{last}" for first, last in found]
    return ", ".join(words[:_SPANS_SHOWN_MAX]) + (" …" if len(words) > _SPANS_SHOWN_MAX else "")


def decision_title(what: str, lang: str) -> str:
    """Return what a decision is about, in words."""
    return translate(lang, _TITLES[what]) if what in _TITLES else what


def sheet_note(sheet: Sheet, lang: str) -> str:
    """Return the size of a sheet, and whether it is hidden or the one that is read."""
    rows = translate_many(lang, "%(num)s row", "%(num)s rows", sheet.rows)
    columns = translate_many(lang, "%(num)s column", "%(num)s columns", sheet.columns)
    notes = [translate(lang, "%(rows)s, %(columns)s", rows=rows, columns=columns)]
    if sheet.is_chosen:
        notes.append(translate(lang, "this sheet is read"))
    if sheet.is_hidden:
        notes.append(translate(lang, "hidden"))
    return clauses(lang, notes)


def explain(understood: UnderstoodDataset, lang: str) -> Iterator[str]:
    """Yield the lines that tell what was understood of a dataset; each is safe to print."""
    dataset = understood.dataset
    yield f"{shown(dataset.name)}: {shown(dataset.title.to(lang))}"
    for item in understood.resources:
        resource, table = item.resource, item.table
        places = [*resource.paths, *([resource.url] if resource.url else [])]
        yield f"  {shown(resource.name)}" + (f": {shown(', '.join(places), 300)}" if places else "")
        if table is not None:
            yield from (f"    {line}" for line in _explain_table(table, lang, dataset.is_released))
        elif resource.kind == "table":
            sentence = translate(lang, "This table was not read.")
            yield f"    {sentence}"
        else:
            sentence = translate(lang, "This is not read as a table; it is published as it is.")
            yield f"    {sentence}"


def _explain_table(table: UnderstoodTable, lang: str, is_open: bool) -> Iterator[str]:
    for item in decisions_of(table, is_open=is_open):
        yield f"{decision_title(item.what, lang)}: {shown(decision_text(item, lang), 300)}"
    if is_open and (len(table.sheets) > 1 or any(sheet.is_hidden for sheet in table.sheets)):
        yield translate(lang, "Sheets of the workbook")
        for sheet in table.sheets:
            yield f"  {shown(sheet.name)}: {sheet_note(sheet, lang)}"
    types = {str(field.get("name")): str(field.get("type", "any")) for field in _fields(table)}
    labels = table.labels if is_open else tuple(types)
    yield translate_many(lang, "%(num)s column", "%(num)s columns", len(labels))
    undeclared = translate(lang, "Not declared")
    for label in labels:
        yield f"  {shown(label)}: {shown(types[label]) if label in types else undeclared}"


def decision_text(decision: Decision, lang: str) -> str:
    """Return what was decided, and in brackets how."""
    if lang == "en":
        return decision.value_en + (f" ({decision.how_en})" if decision.how_en else "")
    return decision.value_zh + (f"（{decision.how_zh}）" if decision.how_zh else "")


def _fields(table: UnderstoodTable) -> list[dict[str, object]]:
    fields = table.schema.get("fields")
    return [item for item in fields if isinstance(item, dict)] if isinstance(fields, list) else []


_TITLES = {
    "format": _("Format"),
    "member": _("File in the archive"),
    "parts": _("Files that make up the table"),
    "encoding": _("Encoding of the text"),
    "delimiter": _("Separator between cells"),
    "sheet": _("Sheet"),
    "title": _("Rows above the header that are no data"),
    "header": _("Header"),
    "notes": _("Rows that are no data"),
    "subtotals": _("Rows of totals, left out"),
    "normalised": _("Spellings made uniform"),
}
