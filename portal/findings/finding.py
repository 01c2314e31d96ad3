"""A finding (error, warning, info) as a value: code, file, row, column, field, details; groups and reports.

What was found wrong: code, place and typed details; no sentence in any language.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from portal.findings.codes import CODES
from portal.findings.details import Detail, as_detail, mapped, shown

Severity = Literal["error", "warning", "info"]

PLACES_KEPT_MAX = 10
"""How many places a group of findings names."""
ROWS_KEPT_MAX = 100
"""How many rows one finding names, where it speaks of several."""
PLACES = ("dataset", "resource", "file", "row", "column", "field", "value")
"""The attributes of a finding that a sentence may name like a detail."""
_WORKBOOK_AND_SHEET = re.compile(r"(.*\.(?:xlsx|xlsm|xls|ods|et))#(.+)", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to mend. Rows count from 1 with the header as row 1, columns count fields from 1; None: not apply.

    *further_rows* are those after *row* that a finding on a whole column speaks of too, at most `ROWS_KEPT_MAX` in all.
    *details* are what the sentences of the code name besides the place (`portal.findings.words` makes the sentences).
    """

    code: str
    severity: Severity
    dataset: str | None = None
    resource: str | None = None
    file: str | None = None
    row: int | None = None
    column: int | None = None
    field: str | None = None
    value: str | None = None
    further_rows: tuple[int, ...] = ()
    details: tuple[tuple[str, Detail], ...] = ()

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

    def detail(self, name: str) -> Detail | None:
        """Return the detail *name*; None where there is none."""
        return next((detail for known, detail in self.details if known == name), None)


def with_texts(
    finding: Finding, text: Callable[[str], str], words: Callable[[str], str] = lambda words: words
) -> Finding:
    """Return *finding* with every text that is quoted in its details passed through *text*; *words* gets words of ours.

    Its value, field and file are left as they are.
    """
    details = tuple((name, mapped(detail, text=text, words=words)) for name, detail in finding.details)
    return finding if details == finding.details else replace(finding, details=details)


def with_rows(finding: Finding, row: Callable[[int], int]) -> Finding:
    """Return *finding* with every number of a row that it names passed through *row*.

    >>> from portal.findings.details import Row
    >>> told = with_rows(found("blank-row-unclear", row=4, next=Row(6)), lambda row: row + 10)
    >>> told.row, told.detail("next")
    (14, Row(number=16))
    """
    return replace(
        finding,
        row=None if finding.row is None else row(finding.row),
        further_rows=tuple(map(row, finding.further_rows)),
        details=tuple((name, mapped(detail, row=row)) for name, detail in finding.details),
    )


@dataclass(frozen=True, slots=True)
class FindingGroup:
    """Findings alike in dataset, resource, file, code and severity, and in field or in what they say; at least one."""

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
            same_field, same_words = (*kind, "field", item.field), (*kind, "words", _told(item))
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


def _told(finding: Finding) -> tuple[Detail | int | str | None, ...]:
    """Return what the message of *finding* names: findings of one code in which this is equal say the same."""
    return tuple(
        finding.detail(name) or (getattr(finding, name) if name in PLACES else None)
        for name in CODES[finding.code].told
    )


def found(code: str, *, severity: Severity | None = None, **details: Any) -> Finding:
    """Make the finding *code*.

    *details* are the places of `Finding` (dataset, resource, file, row, further_rows, column, field, value) and
    whatever else the code's templates name: a text is taken as quoted from outside, a `LocalText` as words of ours,
    and `portal.findings.details` has rows, lists and phrases. None stands for a detail that is not known.
    Raises KeyError for a code that is not declared.
    """
    places = {name: details.pop(name, None) for name in PLACES}
    further_rows = tuple(details.pop("further_rows", ()))[: ROWS_KEPT_MAX - 1]
    if places["value"] is not None:
        places["value"] = shown(places["value"])
    return Finding(
        code=code,
        severity=severity or CODES[code].severity,
        further_rows=further_rows,
        details=tuple((name, as_detail(value)) for name, value in details.items() if value is not None),
        **places,
    )


def file_and_sheet(file: str) -> tuple[str, str]:
    """Return the file and the sheet of ``book.xlsx#sheet``; the sheet is "" where none is named.

    >>> file_and_sheet("a/b.xlsx#工资"), file_and_sheet("a/b#.csv")
    (('a/b.xlsx', '工资'), ('a/b#.csv', ''))
    """
    match = _WORKBOOK_AND_SHEET.fullmatch(file)
    return (match[1], match[2]) if match else (file, "")
