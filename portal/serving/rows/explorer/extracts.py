"""The extract that a page shows, to take along: as XLSX, CSV in three encodings, JSON, and as the call of the API."""

from __future__ import annotations

import json
from collections.abc import Iterator
from urllib.parse import quote

from portal.i18n import gettext_noop as _
from portal.i18n import translate
from portal.publishing.rows.row_parameters import ENCODING, FORMAT, LIMIT, SORT
from portal.serving.rows.explorer.asked_pages import AskedPage
from portal.serving.rows.explorer.explored_table import ExploredColumns
from portal.serving.rows.explorer.page_addresses import Pairs, written

_FORMS = (
    ("XLSX", ((FORMAT.name, "xlsx"),)),
    (_("CSV (UTF-8)"), ((FORMAT.name, "csv"),)),
    (_("CSV for Excel (UTF-8 with a mark)"), ((FORMAT.name, "csv"), (ENCODING.name, "utf-8-sig"))),
    (_("CSV (GB18030)"), ((FORMAT.name, "csv"), (ENCODING.name, "gb18030"))),
    ("JSON", ((FORMAT.name, "json"), (LIMIT.name, "all"))),
)


def asked_of_api(asked: AskedPage, table: ExploredColumns) -> Pairs:
    """Return what the API is asked for the rows of a page, without a limit."""
    newest = table.newest_by
    order = ((SORT.name, f"-{newest.spelled}"),) if asked.is_newest_first and newest else ()
    asked_there = (pair for pair in asked.address.of_api(*order) if pair[0] != LIMIT.name)
    return (*table.api_pairs, *asked_there)


def extract_files(asked: AskedPage, table: ExploredColumns, lang: str) -> tuple[tuple[str, str], ...]:
    """Return the whole extract as files that the API makes: label and path of each."""
    pairs, path = asked_of_api(asked, table), quote(table.api_path)
    return tuple((translate(lang, label), f"{path}?{written((*pairs, *more))}") for label, more in _FORMS)


def api_calls(asked: AskedPage, table: ExploredColumns, base_url: str) -> tuple[tuple[str, str], ...]:
    """Return the call of the API that gives as many rows from the first on: by curl and in Python."""
    query = written((*asked_of_api(asked, table), (LIMIT.name, str(asked.limit))))
    address = f"{base_url}{quote(table.api_path)}?{query}"
    return (("curl", f"curl '{address}'\n"), ("Python", "\n".join(_python(address)) + "\n"))


def _python(address: str) -> Iterator[str]:
    yield "import json\nfrom urllib.request import urlopen\n"
    yield f"address = {json.dumps(address, ensure_ascii=False)}"
    yield "with urlopen(address) as answer:\n    found = json.load(answer)"
    yield 'print(found["total"])\nfor row in found["rows"]:\n    print(row)'
