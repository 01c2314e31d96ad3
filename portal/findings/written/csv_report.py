"""Report of findings as CSV, a line for each; byte order mark for Excel, no cell a formula (CSV injection).

It opens in a spreadsheet program with a double click.
"""

from __future__ import annotations

import csv
import io
import re

from portal.findings.codes import CODES
from portal.findings.finding import Finding, Report
from portal.findings.words import mend_of, message_of

COLUMNS = (
    "severity code title_zh title_en dataset resource file row column field value message_zh message_en mend_zh mend_en"
).split()

_FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")
_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")


def dump(report: Report) -> bytes:
    """Return UTF-8 with a byte order mark, without which Excel takes Chinese for another encoding.

    Every cell is quoted, and none is taken for a formula (`harmless`).
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_ALL)
    writer.writerow(COLUMNS)
    writer.writerows([harmless(cell) for cell in _cells(finding)] for finding in report)
    return text.getvalue().encode("utf-8-sig", "backslashreplace")


def harmless(cell: str) -> str:
    """Return *cell* so that no spreadsheet program calculates with it: an apostrophe before what begins a formula.

    Source of the signs: OWASP, CSV Injection; their full-width forms begin a formula too where input is East Asian.

    >>> harmless("=1+1"), harmless("-5"), harmless("三十")
    ("'=1+1", '-5', '三十')
    """
    return f"'{cell}" if cell.startswith(_FORMULA_STARTS) and not _NUMBER.fullmatch(cell) else cell


def _cells(finding: Finding) -> list[str]:
    title, message, mend = CODES[finding.code].title, message_of(finding), mend_of(finding)
    cells = (
        finding.severity,
        finding.code,
        title.zh,
        title.en,
        finding.dataset,
        finding.resource,
        finding.file,
        finding.row,
        finding.column,
        finding.field,
        finding.value,
        message.zh,
        message.en,
        mend.zh,
        mend.en,
    )
    return ["" if cell is None else str(cell) for cell in cells]
