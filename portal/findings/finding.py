"""What was found wrong: each finding says where, what, and how to mend it, in Chinese and English."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from portal.findings.codes import CODES
from portal.model.text import LANGUAGES, LocalText

Severity = Literal["error", "warning", "info"]

PLACES_KEPT_MAX = 10
"""How many places a group of findings names."""
ROWS_KEPT_MAX = 100
"""How many rows one finding names, where it speaks of several."""
SHOWN_CHARACTERS_MAX = 80
_WORKBOOK_AND_SHEET = re.compile(r"(.*\.(?:xlsx|xlsm|xls|ods|et))#(.+)", re.IGNORECASE | re.DOTALL)
DETAIL_CHARACTERS_MAX = 300


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to mend. Rows count from 1 with the header as row 1, columns count fields from 1; None: not apply.

    *further_rows* are those after *row* that a finding on a whole column speaks of too, at most `ROWS_KEPT_MAX` in all.
    """

    code: str
    severity: Severity
    message: LocalText
    mend: LocalText
    dataset: str | None = None
    resource: str | None = None
    file: str | None = None
    row: int | None = None
    column: int | None = None
    field: str | None = None
    value: str | None = None
    further_rows: tuple[int, ...] = ()

    @property
    def place(self) -> str:
        """``file:row:column`` as far as known.

        >>> found("blank-row", file="a.csv", row=3).place
        'a.csv:3'
        """
        parts = [self.file or self.dataset or "", self.row, self.column]
        return ":".join(str(part) for part in parts if part)

    @property
    def sheet(self) -> str:
        """The sheet that row and column count on, where the file says it: ``book.xlsx#sheet``; else "".

        >>> found("blank-row", file="a.xlsx#工资", row=3).sheet, found("blank-row", file="a#1.csv", row=3).sheet
        ('工资', '')
        """
        return file_and_sheet(self.file or "")[1]

    def as_record(self) -> dict[str, Any]:
        """Return the shape that reports and the API give out (the same everywhere)."""
        return {
            "code": self.code,
            "severity": self.severity,
            "dataset": self.dataset,
            "resource": self.resource,
            "file": self.file,
            "row": self.row,
            "further_rows": list(self.further_rows),
            "column": self.column,
            "field": self.field,
            "value": self.value,
            "message": {"zh": self.message.zh, "en": self.message.en},
            "mend": {"zh": self.mend.zh, "en": self.mend.en},
        }


@dataclass(frozen=True, slots=True)
class FindingGroup:
    """Findings alike in dataset, resource, file, code and severity, and in field or in words; at least one."""

    findings: tuple[Finding, ...]

    @property
    def first(self) -> Finding:
        """The one that speaks for all."""
        return self.findings[0]

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.findings)

    @property
    def places(self) -> tuple[str, ...]:
        """The first places, each once."""
        return first_places(self.findings)


@dataclass(frozen=True, slots=True)
class Report:
    """Findings in the order in which they were made."""

    findings: tuple[Finding, ...] = field(default=())

    def __iter__(self) -> Iterator[Finding]:
        return iter(self.findings)

    def __add__(self, other: Iterable[Finding]) -> Report:
        return Report(self.findings + tuple(other))

    def refused(self) -> frozenset[str]:
        """Names (or folders, where a name could not be read) of the datasets with an error."""
        return frozenset(item.dataset for item in self.findings if item.severity == "error" and item.dataset)

    def count(self, severity: Severity) -> int:
        """How many findings of this severity there are."""
        return sum(1 for item in self.findings if item.severity == severity)

    def groups(self) -> list[FindingGroup]:
        """Findings in groups of alike ones, in the order of the first of each.

        >>> report = Report(tuple(found("blank-row", file="a.csv", row=row) for row in (3, 9)))
        >>> [(group.count, group.places) for group in report.groups()]
        [(2, ('a.csv:3', 'a.csv:9'))]
        """
        alike: dict[tuple[Any, ...], list[Finding]] = {}
        groups: list[list[Finding]] = []
        for item in self.findings:
            kind = (item.dataset, item.resource, item.file, item.code, item.severity)
            same_field, same_words = (*kind, "field", item.field), (*kind, "words", item.message)
            group = alike.get(same_field) or alike.get(same_words)
            if group is None:
                group = []
                groups.append(group)
            group.append(item)
            alike.setdefault(same_field, group)
            alike.setdefault(same_words, group)
        return [FindingGroup(tuple(group)) for group in groups]


def first_places(findings: Iterable[Finding]) -> tuple[str, ...]:
    """Return the first places of *findings*, each once and at most `PLACES_KEPT_MAX`."""
    places: dict[str, None] = {}
    for item in findings:
        places.setdefault(item.place)
        if len(places) == PLACES_KEPT_MAX:
            break
    return tuple(places)


def found(code: str, *, severity: Severity | None = None, **details: Any) -> Finding:
    """Make the finding *code* from its declared texts.

    *details* are the places of `Finding` (dataset, resource, file, row, further_rows, column, field, value) and
    whatever else the code's templates name. A detail may be a `LocalText`, which stands in each language as itself.
    Raises KeyError for a code that is not declared.
    """
    declared = CODES[code]
    places = {name: details.get(name) for name in ("dataset", "resource", "file", "row", "column", "field", "value")}
    if places["value"] is not None:
        places["value"] = shown(places["value"])
    texts = {lang: _texts(details, lang) for lang in LANGUAGES}
    return Finding(
        code=code,
        severity=severity or declared.severity,
        message=LocalText(*(declared.message.to(lang).format_map(texts[lang]) for lang in LANGUAGES)),
        mend=LocalText(*(declared.mend.to(lang).format_map(texts[lang]) for lang in LANGUAGES)),
        further_rows=tuple(details.get("further_rows", ()))[: ROWS_KEPT_MAX - 1],
        **places,
    )


def file_and_sheet(file: str) -> tuple[str, str]:
    """Return the file and the sheet of ``book.xlsx#sheet``; the sheet is "" where none is named.

    >>> file_and_sheet("a/b.xlsx#工资"), file_and_sheet("a/b#.csv")
    (('a/b.xlsx', '工资'), ('a/b#.csv', ''))
    """
    match = _WORKBOOK_AND_SHEET.fullmatch(file)
    return (match[1], match[2]) if match else (file, "")


def shown(value: object, characters_max: int = SHOWN_CHARACTERS_MAX) -> str:
    """Return *value* in one short line, safe to print: control characters as escapes, long text cut.

    >>> shown("a\\x1b[31mb")
    'a\\\\x1b[31mb'
    """
    text = str(value)
    cut = text[:characters_max]
    if cut.isprintable():
        safe = cut
    else:
        safe = "".join(char if unicodedata.category(char)[0] != "C" else _escape(char) for char in cut)
    return safe + ("…" if len(text) > len(cut) else "")


def _escape(char: str) -> str:
    return char.encode("unicode_escape").decode("ascii") if ord(char) < 0x10000 else f"\\U{ord(char):08x}"


class _Details(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "…"


def _texts(details: dict[str, Any], lang: str) -> _Details:
    """Return what the templates of a code may name, as it is shown."""
    details = details | {"value": details.get("value") and shown(details["value"])}
    return _Details(
        (name, value.to(lang) if isinstance(value, LocalText) else shown(value, DETAIL_CHARACTERS_MAX))
        for name, value in details.items()
        if value is not None
    )
