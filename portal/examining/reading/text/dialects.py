"""CSV dialect: delimiter (comma, semicolon, tab, pipe), quotes, escapes; as declared, else detected.

It is declared in the words of Data Package 1 and 2, else decided from the rows.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any, Protocol

from portal.examining.reading.descriptors.wanted_values import as_mapping
from portal.model.text import LocalText

DELIMITERS = (",", ";", "\t", "|")
DELIMITER_NAMES = {
    ",": LocalText("逗号", "comma"),
    ";": LocalText("分号", "semicolon"),
    "\t": LocalText("制表符", "tab"),
    "|": LocalText("竖线", "vertical bar"),
    "  ": LocalText("两个以上的空格", "two blanks or more"),
}

_HINT = re.compile(r"""["']?sep=(\\t|[^\w\s"']|\t| )["']?[,;\t|]*\s*""", re.IGNORECASE)
"""What Excel reads as the delimiter of all lines below; a program that saves it again puts its own after it."""

_CSV_KEYS = ("delimiter", "quoteChar", "escapeChar", "doubleQuote", "skipInitialSpace")


class _Rows(Protocol):
    """What `csv.reader` returns."""

    line_num: int

    def __iter__(self) -> Iterator[list[str]]: ...

    def __next__(self) -> list[str]: ...


@dataclass(frozen=True)
class CsvDialect:
    """How a delimited text is read; *header_rows* is None where nobody said which rows those are."""

    delimiter: str = ","
    quote_char: str = '"'
    double_quote: bool = True
    escape_char: str = ""
    skip_initial_space: bool = False
    has_header: bool = True
    header_rows: tuple[int, ...] | None = None
    header_join: str = " "
    header_case: bool = True
    comment_char: str = ""
    comment_rows: tuple[int, ...] = ()
    skip_blank_rows: bool = False
    is_delimiter_declared: bool = False
    is_space_declared: bool = False
    has_hint: bool = False
    """Whether the first line is ``sep=;``, by which Excel is told the delimiter."""

    def reader(self, lines: Iterable[str]) -> _Rows:
        """Return a reader of records, exactly as Frictionless makes it."""
        return csv.reader(
            lines,
            delimiter=self.delimiter,
            quotechar=self.quote_char or None,
            quoting=csv.QUOTE_MINIMAL if self.quote_char else csv.QUOTE_NONE,
            doublequote=self.double_quote,
            escapechar=self.escape_char or None,
            skipinitialspace=self.skip_initial_space,
        )

    def is_comment(self, number: int, cells: Sequence[str]) -> bool:
        """Whether row *number* is declared to be a comment."""
        return number in self.comment_rows or bool(
            self.comment_char and cells and cells[0].startswith(self.comment_char)
        )


@contextmanager
def cells_up_to(characters: int) -> Iterator[None]:
    """Let Python's reader of CSV refuse longer cells, so that one that never ends cannot fill the memory."""
    former = csv.field_size_limit(characters)
    try:
        yield
    finally:
        csv.field_size_limit(former)


def declared_dialect(dialect: Mapping[str, Any], format_: str) -> tuple[CsvDialect, list[LocalText]]:
    """Return what *dialect* says, with the defaults of the standard for the rest, and what is wrong in it.

    >>> declared_dialect({"csv": {"delimiter": ";"}}, "csv")[0].delimiter
    ';'
    >>> [problem.en for problem in declared_dialect({"delimiter": ";;"}, "csv")[1]]
    ['delimiter should be one character']
    """
    said = {**dialect, **{key: value for key, value in as_mapping(dialect.get("csv")).items() if key in _CSV_KEYS}}
    said = {key: value for key, value in said.items() if value is not None}
    if said.get("delimiter") == "\\t":
        said["delimiter"] = "\t"
    problems = list(_problems(said))
    if problems:
        return CsvDialect(), problems
    escape = said.get("escapeChar", "")
    rows = tuple(said["headerRows"]) if "headerRows" in said else None
    return (
        CsvDialect(
            delimiter=said.get("delimiter", "\t" if format_ == "tsv" else ","),
            quote_char=said.get("quoteChar", '"'),
            double_quote=said.get("doubleQuote", True) if escape else True,
            escape_char=escape,
            skip_initial_space=said.get("skipInitialSpace", False),
            has_header=said.get("header", True) and rows != (),
            header_rows=rows or None,
            header_join=said.get("headerJoin", " "),
            header_case=said.get("headerCase", True),
            comment_char=said.get("commentChar", ""),
            comment_rows=tuple(said.get("commentRows", ())),
            skip_blank_rows=said.get("skipBlankRows", False),
            is_delimiter_declared="delimiter" in said or format_ == "tsv",
            is_space_declared="skipInitialSpace" in said,
        ),
        [],
    )


def _problems(said: Mapping[str, Any]) -> Iterator[LocalText]:
    for key in ("delimiter", "quoteChar", "escapeChar"):
        value = said.get(key, ",")
        is_empty = value == "" and key != "delimiter"
        if not is_empty and (not isinstance(value, str) or len(value) != 1 or value in "\r\n\0"):
            yield LocalText(f"{key} 应是一个字符", f"{key} should be one character")
    characters = [said.get(key) for key in ("delimiter", "quoteChar", "escapeChar") if said.get(key)]
    if len(set(map(str, characters))) < len(characters):
        yield LocalText(
            "delimiter、quoteChar、escapeChar 不能相同", "delimiter, quoteChar and escapeChar should differ"
        )
    for key in ("doubleQuote", "skipInitialSpace", "header", "headerCase", "skipBlankRows"):
        if not isinstance(said.get(key, True), bool):
            yield LocalText(f"{key} 应是 true 或 false", f"{key} should be true or false")
    for key in ("headerJoin", "commentChar"):
        if not isinstance(said.get(key, ""), str):
            yield LocalText(f"{key} 应是文本", f"{key} should be text")
    for key in ("headerRows", "commentRows"):
        value = said.get(key, [])
        is_list = isinstance(value, list) and all(type(item) is int and 0 < item < 2**31 for item in value)
        if not is_list or len(value) > 1000:
            yield LocalText(f"{key} 应是行号的列表", f"{key} should be a list of row numbers")
        elif key == "headerRows" and value != sorted(set(value)):
            yield LocalText(f"{key} 应由小到大", f"{key} should ascend")


def decided_dialect(dialect: CsvDialect, lines: Sequence[str]) -> CsvDialect:
    """Fill in what nobody declared, from the first lines of the text.

    A first line ``sep=;`` says the delimiter and is a comment. Else it is the one that divides the rows most evenly,
    the comma where several do; a space after it is skipped only where it stands before quoted cells or after every
    delimiter of the first row.

    >>> decided_dialect(CsvDialect(), ["a;b\\n", "1,5;2\\n"]).delimiter
    ';'
    >>> decided_dialect(CsvDialect(), ["a, b\\n", '1, "x,y"\\n']).skip_initial_space
    True
    >>> decided_dialect(CsvDialect(), ["sep=|\\n", "a|b,c\\n", "1|2,3\\n"]).delimiter
    '|'
    """
    if (hint := _hint(dialect, lines)) is not None:
        delimiter = dialect.delimiter if dialect.is_delimiter_declared else hint
        dialect = replace(dialect, delimiter=delimiter, comment_rows=(1, *dialect.comment_rows), has_hint=True)
    elif not dialect.is_delimiter_declared:
        ranked = [
            (*_evenness(replace(dialect, delimiter=delimiter, skip_initial_space=True), lines), -order, delimiter)
            for order, delimiter in enumerate(DELIMITERS)
            if delimiter not in (dialect.quote_char, dialect.escape_char) and any(delimiter in line for line in lines)
        ]
        best = max(ranked, default=(0.0, 0, 0, ","))
        dialect = replace(dialect, delimiter=best[-1] if best[0] else ",")
    if not dialect.is_space_declared and _needs_space_skipped(dialect, lines):
        dialect = replace(dialect, skip_initial_space=True)
    return dialect


def _hint(dialect: CsvDialect, lines: Sequence[str]) -> str | None:
    """Return the delimiter that the first line names for Excel, None where it names none."""
    found = _HINT.fullmatch(lines[0].strip("\r\n")) if lines and 1 not in (dialect.header_rows or ()) else None
    if found is None or found[1] in (dialect.quote_char, dialect.escape_char):
        return None
    return "\t" if found[1] == "\\t" else found[1]


def _evenness(dialect: CsvDialect, lines: Sequence[str]) -> tuple[float, int]:
    """Return the share of the rows that have the commonest number of cells, and that number; 0 for a single column."""
    widths = Counter(len(cells) for cells in _rows(dialect, lines) if cells)
    if not widths:
        return 0.0, 0
    width, count = max(widths.items(), key=lambda item: (item[1], item[0]))
    return (round(count / widths.total(), 2), width) if width > 1 else (0.0, 0)


def _needs_space_skipped(dialect: CsvDialect, lines: Sequence[str]) -> bool:
    if not any(f"{dialect.delimiter} " in line or line.startswith(" ") for line in lines):
        return False  # no cell begins with a space, which spares a second parse
    rows = _rows(dialect, lines)
    first = next((cells for cells in rows if cells), [])
    if len(first) > 1 and all(cell.startswith(" ") and cell.strip() for cell in first[1:]):
        return True
    spaced = any(
        cell.startswith(" ") and dialect.quote_char and cell.lstrip(" ").startswith(dialect.quote_char)
        for cells in rows
        for cell in cells
    )
    return spaced and _evenness(replace(dialect, skip_initial_space=True), lines) >= _evenness(dialect, lines)


def _rows(dialect: CsvDialect, lines: Sequence[str]) -> list[list[str]]:
    rows: list[list[str]] = []
    reader = dialect.reader(lines)
    try:
        for number, cells in enumerate(reader, start=1):
            if not dialect.is_comment(number, cells):
                rows.append(cells)
    except csv.Error:
        return rows
    return rows
