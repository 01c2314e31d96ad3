"""CSV and TSV read as a table: delimiter, header, blank rows (empty lines), several parts; all decided and told.

What is decided is left without a guess.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from portal.examining.reading.tasks import Outcome, SourceFile, TableTask
from portal.examining.reading.text.composing import blank_rows, joined, menders_of, rewrite, with_labels
from portal.examining.reading.text.dialects import (
    DELIMITER_NAMES,
    CsvDialect,
    cells_up_to,
    decided_dialect,
    declared_dialect,
)
from portal.examining.reading.text.inner_lines import is_ruler, repeated_headers
from portal.examining.reading.text.misquoted import odd_quotes, swallowed_rows
from portal.examining.reading.text.odd_tables import doubts
from portal.examining.reading.text.quotes import Scanned, scan
from portal.examining.reading.text.surplus import (
    Surplus,
    blank_end,
    cut_off,
    has_escaped_nulls,
    may_have_surplus,
    surplus_columns,
    without_escaped_nulls,
)
from portal.examining.reading.text.text_header import TextHeader, header_of
from portal.examining.reading.text.texts import PlainText, encoding_decisions, plain_texts
from portal.examining.reading.text.trailing_lines import ends_of, second_table
from portal.findings.details import Rows, rows_said
from portal.findings.finding import Finding
from portal.model.text import LocalText, enumerated
from portal.model.understood_table import Decision, Part, UnderstoodTable

SAMPLE_CHARACTERS = 1024 * 1024
SAMPLE_LINES = 2000
ROWS_TOLD_MAX = 1000
"""Of more blank rows at the end only so many are named; all are left out."""


def read_delimited(task: TableTask, files: Sequence[SourceFile]) -> Outcome:
    """Understand the parts *files* of one delimited table."""
    dialect, problems = declared_dialect(task.dialect, files[0].format)
    if problems:
        return None, [task.found("dialect-error", field="dialect", note=problem) for problem in problems]
    texts, findings = plain_texts(task, files)
    if len(texts) < len(files):
        return None, findings
    first, lines = texts[0].path, _sample(texts[0].path)
    dialect = decided_dialect(dialect, lines)
    scans: list[Scanned] = []
    for number, text in enumerate(texts):
        texts[number], said, blank_count = _set_apart(task, text, dialect, number)
        scans.append(scan(texts[number].path, dialect, task.limits, task.place(text.source.file)))
        faults = [*_about_quotes(task, texts[number], dialect, scans[-1]), *scans[-1].findings]
        findings += [*said, *faults]
        if blank_count and not dialect.skip_blank_rows and not faults:
            row = scans[-1].records + 1
            rows = Rows(tuple(range(row, row + min(blank_count, ROWS_TOLD_MAX))), blank_count > ROWS_TOLD_MAX)
            findings.append(task.found("blank-rows-left-out", text.source.file, row=row, number=blank_count, rows=rows))
        if faults:
            return None, findings
    if texts[0].path != first:
        lines = _sample(texts[0].path)
    with cells_up_to(task.limits.cell_characters_max):
        header = header_of(task, dialect, lines)
        findings += _part_findings(task, texts, dialect, header)
        if any(item.code == "part-header" for item in findings):
            return None, findings
        findings += doubts(task, files[0].file, dialect, header, lines)
        texts = [_with_repeated(text, dialect, header) for text in texts]
        findings += second_table(task, files[0].file, dialect, lines, header.row, header.labels)
        for text, scanned in zip(texts, scans, strict=True):
            if scanned.has_long_records or scanned.has_odd_quotes:
                place, most = task.place(text.source.file), task.limits.errors_max
                above = header.row if dialect.has_header else 0
                findings += swallowed_rows(text.path, dialect, above, len(header.labels), place, most)
        return _composed(task, texts, [item.records for item in scans], dialect, header, lines, findings), findings


def _set_apart(
    task: TableTask, text: PlainText, dialect: CsvDialect, number: int
) -> tuple[PlainText, list[Finding], int]:
    """Leave out what is no data wherever the table begins: ``\\N`` beside an escape sign, and blank rows at the end.

    Return the text, what is to be said of it, and how many rows were blank.
    """
    findings = []
    target = task.work_dir / f"{task.resource.name}.apart-{number}.{text.source.format}"
    if has_escaped_nulls(text.path, dialect):
        if rows := without_escaped_nulls(text.path, dialect, target):
            findings.append(task.found("null-marks-emptied", text.source.file, row=rows[0], number=len(rows)))
        text = replace(text, path=target, is_original=False)
    end, count = blank_end(text.path, dialect)
    if count:
        target = target.with_suffix(f".end.{text.source.format}")
        cut_off(text.path, end, target)
        text = replace(text, path=target, is_original=False)
    return text, findings, count


def _about_quotes(task: TableTask, text: PlainText, dialect: CsvDialect, scanned: Scanned) -> list[Finding]:
    """Find the cells that go on after their closing quote."""
    is_readable = all(item.code == "quote-unclosed" for item in scanned.findings)
    if not scanned.has_odd_quotes or not is_readable:
        return []
    return odd_quotes(text.path, dialect, task.place(text.source.file), task.limits.errors_max)


def _sample(path: Path) -> list[str]:
    """Return the first lines, whole ones only, divided as the reader of CSV divides them."""
    with path.open(encoding="utf-8", newline="") as file:
        text = file.read(SAMPLE_CHARACTERS)
    lines = list(io.StringIO(text, newline=""))
    if len(text) == SAMPLE_CHARACTERS and len(lines) > 1:
        lines.pop()
    return lines[:SAMPLE_LINES]


def _part_findings(
    task: TableTask, texts: Sequence[PlainText], dialect: CsvDialect, header: TextHeader
) -> Iterator[Finding]:
    """Find the parts that do not begin with the header of the first."""
    if not dialect.has_header:
        return
    wanted = _row(texts[0].path, dialect, header.row)
    for text in texts[1:]:
        if _row(text.path, dialect, header.row) != wanted:
            yield task.found("part-header", text.source.file, row=header.row)


def _with_repeated(text: PlainText, dialect: CsvDialect, header: TextHeader) -> PlainText:
    """Return a text that knows where its header stands again."""
    if not dialect.has_header or header.is_joined:
        return text
    rows = {*text.repeated_headers, *repeated_headers(text.path, dialect, header.row, header.labels)}
    return replace(text, repeated_headers=tuple(sorted(rows)))


def _without_surplus(
    task: TableTask,
    file: str,
    path: Path,
    dialect: CsvDialect,
    header: TextHeader,
    lines: Sequence[str],
    findings: list[Finding],
) -> TextHeader:
    """Return the header without labels of columns that hold nothing; those columns are to be left out."""
    if len(task.fields) > len(header.labels) or not may_have_surplus(dialect, header.row, header.labels, lines):
        return header
    surplus: Surplus | None = surplus_columns(path, dialect, header.row, header.labels)
    if surplus is None or len(task.fields) > surplus.kept:
        return header
    findings.append(
        task.found(
            "blank-columns-left-out",
            file,
            row=header.row,
            column=surplus.kept + 1,
            number=surplus.left_out,
        )
    )
    return replace(header, labels=header.labels[: surplus.kept], is_cut=True)


def _about_repeated(task: TableTask, texts: Sequence[PlainText], dialect: CsvDialect) -> Iterator[Finding]:
    """Tell of the headers of files that were joined to another."""
    for text in texts:
        if dialect.has_header and text.repeated_headers:
            first, *others = text.repeated_headers
            rows = Rows(text.repeated_headers)
            yield task.found("header-repeated", text.source.file, row=first, further_rows=others, rows=rows)


def _ruler_below(dialect: CsvDialect, header: TextHeader, lines: Sequence[str]) -> int:
    """Return the row below the header where it is a line of hyphens, else 0."""
    rows = enumerate(dialect.reader(lines), start=1)
    below = next((cells for number, cells in rows if number > header.row), []) if dialect.has_header else []
    return header.row + 1 if is_ruler(below) else 0


def _row(path: Path, dialect: CsvDialect, number: int) -> list[str] | None:
    with path.open(encoding="utf-8", newline="") as file:
        return next((cells for row, cells in enumerate(dialect.reader(file), start=1) if row == number), None)


def _composed(
    task: TableTask,
    texts: Sequence[PlainText],
    counts: Sequence[int],
    dialect: CsvDialect,
    header: TextHeader,
    lines: Sequence[str],
    findings: list[Finding],
) -> UnderstoodTable:
    path, is_original = texts[0].path, texts[0].is_original
    parts: tuple[Part, ...] = (Part(texts[0].source.file),)
    if len(texts) > 1:
        path, is_original = task.target, False
        parts = joined(texts, counts, dialect, header, path)
    header = _without_surplus(task, texts[0].source.file, path, dialect, header, lines, findings)
    ends = ends_of(task, [text.path for text in texts], counts, parts, dialect, header.row, header.labels)
    repeated = (
        [row - part.offset for text, part in zip(texts, parts, strict=True) for row in text.repeated_headers]
        if dialect.has_header
        else []
    )
    ruler = _ruler_below(dialect, header, lines)
    if ruler:
        findings.append(task.found("ruler-left-out", texts[0].source.file, row=ruler))
    findings += [*ends.findings, *_about_repeated(task, texts, dialect)]
    decisions = [*_decisions(texts, dialect, header), *ends.decisions]
    menders = menders_of(task, header, findings)
    text_dialect = dialect
    if header.is_joined or header.is_changed or header.is_cut or menders:
        plain = task.work_dir / f"{task.resource.name}.normal.csv"
        is_head_alone = dialect.quote_char and not (dialect.escape_char or header.is_joined or header.is_cut or menders)
        if is_head_alone:
            with_labels(path, dialect, plain, header)
        else:
            rewrite(path, dialect, plain, header, menders)
            text_dialect = replace(
                dialect, delimiter=",", quote_char='"', double_quote=True, escape_char="", skip_initial_space=False
            )
        plain.replace(task.target)
        path, is_original = task.target, False
        if menders:
            names = enumerated("zh", (header.labels[index] for index in sorted(menders)))
            decisions.append(Decision("normalised", names, names, "描述文件写明", "as declared"))
    declared = (row for row in dialect.comment_rows if row > header.row or not dialect.has_header)
    comments = tuple(sorted({*declared, *ends.rows, *repeated, *([ruler] if ruler else [])}))
    if dialect.skip_blank_rows:
        comments = tuple(sorted({*comments, *blank_rows(path, text_dialect)}))
    return UnderstoodTable(
        resource=task.resource.name,
        path=path,
        is_original=is_original,
        labels=header.labels,
        delimiter=text_dialect.delimiter,
        quote_char=text_dialect.quote_char,
        double_quote=text_dialect.double_quote,
        escape_char=text_dialect.escape_char,
        skip_initial_space=text_dialect.skip_initial_space,
        has_header=dialect.has_header,
        header_row=header.row,
        comment_rows=comments,
        comment_char=dialect.comment_char,
        header_case=dialect.header_case,
        schema=task.schema,
        encoding=texts[0].encoding.name if len({text.encoding.name for text in texts}) == 1 else "",
        format=texts[0].source.format,
        parts=parts,
        decisions=tuple(decisions),
    )


def _decisions(texts: Sequence[PlainText], dialect: CsvDialect, header: TextHeader) -> Iterator[Decision]:
    yield from encoding_decisions(texts)
    if dialect.has_hint:
        how = ("第一行 sep= 写明，该行不是数据", "by the line sep= at the top, which is no data")
    elif dialect.is_delimiter_declared:
        how = ("描述文件或文件名写明", "as declared, or by the file's name")
    else:
        how = ("各行由它分成同样多的单元格", "it divides the rows most evenly")
    name = DELIMITER_NAMES.get(dialect.delimiter, LocalText(dialect.delimiter, dialect.delimiter))
    yield Decision("delimiter", name.zh, name.en, *how)
    if not dialect.has_header:
        yield Decision("header", "没有表头", "none", "描述文件写明", "as declared")
        return
    how = ("描述文件写明", "as declared") if header.is_declared else ("第一行", "the first row")
    if header.title_rows:
        how = ("标题行之下的第一行", "the first row below the title")
        said = rows_said(header.title_rows)
        yield Decision("title", said.zh, said.en, "不是数据", "no data")
    said = rows_said([header.row])
    yield Decision("header", said.zh, said.en, *how)
    if len(texts) > 1:
        yield Decision("parts", f"{len(texts)} 个文件", f"{len(texts)} files", "表头相同", "with the same header")
