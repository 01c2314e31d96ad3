"""Code examples (curl, Python, pandas, R, JavaScript) that fetch the very table that somebody looks at.

Each language takes the whole file, then a few rows by a filter on a column of that table, then counts by a column with
few values where there is one. They hold no text of the publisher but names of columns and one value, as literals.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from urllib.parse import quote, urlencode

from portal.i18n import gettext_noop as _
from portal.i18n import translate
from portal.model.addresses import api_rows_path
from portal.model.table_profile import ColumnProfile
from portal.publishing.publication import PublishedDataset, PublishedResource
from portal.publishing.rows.row_parameters import AGGREGATE, FORMAT, GROUP_BY, LIMIT
from portal.publishing.site.contexts.dataset_contexts import CodeExample

GROUPS_SHOWN_MAX = 30
"""A column with more different values is not proposed to count by."""
EXAMPLE_CHARACTERS_MAX = 40
"""Characters of a value that may stand in an example."""

_is_plain_name = re.compile(r'[^\W_](?:(?!__)[^\x00-\x1f\x7f",.:&])*').fullmatch
_NUMBERS = ("integer", "number")
_FILTERED = (
    (_NUMBERS, "__gte", re.compile(r"-?\d{1,15}(\.\d{1,15})?", re.ASCII).fullmatch),
    (("string",), "", re.compile(r"[^\x00-\x1f\x7f]+").fullmatch),
    (("date",), "__gte", re.compile(r"\d{4}-\d\d-\d\d", re.ASCII).fullmatch),
)
"""Types of columns that a filter is shown on, the best first, each with the operator and values that suit it."""
_GROUPED = ("string", "boolean", "year", "yearmonth")

_WHOLE, _WHOLE_AS_TEXT = _("The whole table as CSV"), _("The whole table; as text, so that codes keep their zeros")
_SOME, _COUNTS = _("Some of its rows"), _("How many rows there are of each value")

Parameters = tuple[tuple[str, str], ...]


def code_examples(
    published: PublishedDataset, item: PublishedResource, lang: str, base_url: str
) -> tuple[CodeExample, ...]:
    """Return the examples for one table that has rows, as it is served at *base_url*; () for what has none."""
    file = item.table_file
    if file is None:
        return ()
    table = _Table(
        base_url,
        file.url_path,
        file.path.rpartition("/")[2],
        quote(api_rows_path(published.dataset.name, item.resource.name)),
        filter_example(item),
        group_example(item),
        lang,
    )
    return tuple(
        CodeExample(language, translate(lang, "Example in %(language)s", language=language), "\n".join(lines) + "\n")
        for language, lines in (
            ("curl", table.curl()),
            ("Python", table.python()),
            ("Python (pandas)", table.pandas()),
            ("R", table.r()),
            ("JavaScript", table.javascript()),
        )
    )


def filter_example(item: PublishedResource) -> Parameters:
    """Return a filter that finds something in the table, and a limit; the limit alone where no column suits one."""
    limit = (LIMIT.name, "5")
    first = _first_row(item)
    for types, ending, is_shown in _FILTERED:
        for name, type_ in _types(item):
            value = first.get(name, "")
            if type_ in types and _is_plain_name(name) and len(value) <= EXAMPLE_CHARACTERS_MAX and is_shown(value):
                return ((f"{name}{ending}", value), limit)
    return (limit,)


def group_example(item: PublishedResource) -> Parameters:
    """Return parameters that count the rows by a column with few values; () where there is none."""
    columns = _columns(item)
    rows = item.profile.rows if item.profile else 0
    few = [
        (column.distinct, name)
        for name, type_ in _types(item)
        if type_ in _GROUPED and _is_plain_name(name) and (column := columns.get(name)) and column.distinct
        if 1 < column.distinct <= GROUPS_SHOWN_MAX and 2 * column.distinct <= rows
    ]
    return ((GROUP_BY.name, min(few)[1]), (AGGREGATE.name, "count")) if few else ()


def _types(item: PublishedResource) -> list[tuple[str, str]]:
    return [(str(field["name"]), str(field.get("type", "any"))) for field in item.table_schema.get("fields", ())]


def _columns(item: PublishedResource) -> dict[str, ColumnProfile]:
    return {column.name: column for column in item.profile.columns} if item.profile else {}


def _first_row(item: PublishedResource) -> dict[str, str]:
    """Return the first row of the preview, by column; {} where there is none."""
    profile = item.profile
    if profile is None or not profile.first_rows:
        return {}
    names = [column.name for column in profile.columns]
    return dict(zip(names, profile.first_rows[0], strict=False))


class _Table:
    """One table as the examples write of it."""

    def __init__(
        self, base: str, file: str, name: str, rows: str, asked: Parameters, groups: Parameters, lang: str
    ) -> None:
        self.base, self.name, self.lang = base, name, lang
        self.file = base + file
        self.rows = base + rows
        self.asked, self.groups = asked, groups

    def curl(self) -> Iterator[str]:
        yield self._says("#", _WHOLE)
        yield f'curl -o "{self.name}" "{self.file}"'
        yield self._says("\n#", _SOME)
        yield f'curl "{self._question(self.asked)}"'
        if self.groups:
            yield self._says("\n#", _COUNTS)
            yield f'curl "{self._question(self.groups)}"'

    def python(self) -> Iterator[str]:
        yield "import json\nfrom urllib.parse import urlencode\nfrom urllib.request import urlopen, urlretrieve\n"
        yield f"rows = {_literal(self.rows)}\n\n"
        yield "def ask(question):"
        yield '    with urlopen(f"{rows}?{urlencode(question)}") as answer:'
        yield "        return json.load(answer)\n\n"
        yield self._says("#", _WHOLE)
        yield f"urlretrieve(\n    {_literal(self.file)},\n    {_literal(self.name)},\n)"
        yield self._says("\n#", _SOME)
        yield f"found = ask({_mapping(self.asked)})"
        yield 'print(found["total"])\nfor row in found["rows"]:\n    print(row)'
        if self.groups:
            yield self._says("\n#", _COUNTS)
            yield f"counts = ask({_mapping(self.groups)})"
            yield 'print(counts["rows"])'

    def pandas(self) -> Iterator[str]:
        yield "import pandas as pd\n"
        yield self._says("#", _WHOLE_AS_TEXT)
        yield f"table = pd.read_csv(\n    {_literal(self.file)},\n    dtype=str,\n)\nprint(table.head())"
        yield self._says("\n#", _SOME)
        yield f"some = pd.read_csv(\n    {_literal(self._csv(self.asked))},\n    dtype=str,\n)\nprint(some)"
        if self.groups:
            yield self._says("\n#", _COUNTS)
            yield f"counts = pd.read_csv(\n    {_literal(self._csv(self.groups))},\n)\nprint(counts)"

    def r(self) -> Iterator[str]:
        yield "read <- function(address) {"
        yield '  read.csv(address, colClasses = "character", check.names = FALSE, encoding = "UTF-8")\n}\n'
        yield self._says("#", _WHOLE_AS_TEXT)
        yield f"table <- read(\n  {_literal(self.file)}\n)\nhead(table)"
        yield self._says("\n#", _SOME)
        yield f"read(\n  {_literal(self._csv(self.asked))}\n)"
        if self.groups:
            yield self._says("\n#", _COUNTS)
            yield f"read(\n  {_literal(self._csv(self.groups))}\n)"

    def javascript(self) -> Iterator[str]:
        yield f"const rows = {_literal(self.rows)};"
        yield "const ask = async (question) =>"
        yield "  (await fetch(`${rows}?${new URLSearchParams(question)}`)).json();\n"
        yield self._says("//", _WHOLE)
        yield f"const file = await fetch(\n  {_literal(self.file)},\n);\nconst csv = await file.text();"
        yield "console.log(csv.slice(0, 200));"
        yield self._says("\n//", _SOME)
        yield f"const found = await ask({_mapping(self.asked)});"
        yield "console.log(found.total, found.rows);"
        if self.groups:
            yield self._says("\n//", _COUNTS)
            yield f"const counts = await ask({_mapping(self.groups)});"
            yield "console.log(counts.rows);"

    def _says(self, mark: str, message: str) -> str:
        return f"{mark} {translate(self.lang, message)}"

    def _question(self, parameters: Parameters) -> str:
        return f"{self.rows}?{urlencode(parameters, quote_via=quote)}"

    def _csv(self, parameters: Parameters) -> str:
        return self._question((*parameters, (FORMAT.name, "csv")))


def _literal(text: str) -> str:
    """Return a text as Python, R and JavaScript write it alike."""
    return json.dumps(text, ensure_ascii=False)


def _mapping(parameters: Parameters) -> str:
    """Return parameters as Python and JavaScript write them alike."""
    return "{" + ", ".join(f"{_literal(name)}: {_literal(value)}" for name, value in parameters) + "}"
