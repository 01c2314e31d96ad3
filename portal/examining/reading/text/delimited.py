"""CSV and TSV read as a table: delimiter, header, blank rows (empty lines), several parts; all decided and told.

What is decided is left without a guess.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from portal.examining.reading.descriptors.wanted_values import as_texts
from portal.examining.reading.header_rows import (
    doubtful_label,
    find_header,
    is_remark,
    is_title_with_remark,
    looks_like_data,
)
from portal.examining.reading.normalise import normalised
from portal.examining.reading.tasks import Outcome, SourceFile, TableTask
from portal.examining.reading.text.dialects import CsvDialect, cells_up_to, decided_dialect, declared_dialect
from portal.examining.reading.text.quotes import scan
from portal.examining.reading.text.texts import PlainText, encoding_decisions, plain_texts
from portal.examining.reading.text.trailing_lines import ends_of, second_table
from portal.findings.details import rows_said
from portal.findings.finding import Finding
from portal.model.text import LocalText, enumerated
from portal.model.understood_table import Decision, Part, UnderstoodTable

SAMPLE_CHARACTERS = 1024 * 1024
SAMPLE_LINES = 2000
HEADER_ROWS_SEEN = 100
BLANK_ROWS_MAX = 100_000
"""At most so many blank rows are left out where ``skipBlankRows`` asks for it."""

NORMALISATIONS = frozenset(["digits", "separators", "dates"])
_NORMALISED_TYPES = frozenset(["integer", "number", "date"])

_COPY_CHARACTERS = 1024 * 1024


@dataclass(frozen=True)
class _Header:
    """Which row holds the labels; *is_joined* where they come from several rows and stand nowhere as they are."""

    row: int
    labels: tuple[str, ...]
    title_rows: tuple[int, ...] = ()
    is_joined: bool = False
    is_declared: bool = False


def read_delimited(task: TableTask, files: Sequence[SourceFile]) -> Outcome:
    """Understand the parts *files* of one delimited table."""
    dialect, problems = declared_dialect(task.dialect, files[0].format)
    if problems:
        return None, [task.found("dialect-error", field="dialect", note=problem) for problem in problems]
    texts, findings = plain_texts(task, files)
    if len(texts) < len(files):
        return None, findings
    lines = _sample(texts[0].path)
    dialect = decided_dialect(dialect, lines)
    counts = []
    for text in texts:
        count, faults = scan(text.path, dialect, task.limits, task.place(text.source.file))
        counts.append(count)
        findings += faults
        if faults:
            return None, findings
    with cells_up_to(task.limits.cell_characters_max):
        header = _header(task, dialect, lines)
        findings += _part_findings(task, texts, dialect, header)
        if any(item.code == "part-header" for item in findings):
            return None, findings
        findings += _doubts(task, files[0].file, header)
        findings += second_table(task, files[0].file, dialect, lines, header.row, header.labels)
        return _composed(task, texts, counts, dialect, header, findings), findings


def _sample(path: Path) -> list[str]:
    """Return the first lines, whole ones only, divided as the reader of CSV divides them."""
    with path.open(encoding="utf-8", newline="") as file:
        text = file.read(SAMPLE_CHARACTERS)
    lines = list(io.StringIO(text, newline=""))
    if len(text) == SAMPLE_CHARACTERS and len(lines) > 1:
        lines.pop()
    return lines[:SAMPLE_LINES]


def _header(task: TableTask, dialect: CsvDialect, lines: Sequence[str]) -> _Header:
    """Find the row of the labels: as declared, else the first row, unless that is clearly a title."""
    rows = _first_rows(dialect, lines)
    names = tuple(task.fields)
    if not dialect.has_header:
        width = max((len(cells) for _, cells in rows), default=0)
        return _Header(1, names or tuple(f"field{number}" for number in range(1, width + 1)), is_declared=True)
    if dialect.header_rows:
        return _declared_header(dialect, rows)
    kept = [(number, cells) for number, cells in rows if not dialect.is_comment(number, cells)]
    if not kept:
        return _Header(1, ())
    number, first = kept[0]
    if names[: len(first)] == tuple(first) or not _is_title(first, [cells for _, cells in kept]):
        return _Header(number, tuple(first))
    guess = find_header([cells for _, cells in kept], names)
    if all(looks_like_data(label) for label in guess.labels if label):
        return _Header(number, tuple(first))  # below the only label are records: the other labels are missing
    upper, last = kept[guess.first_row - 1][0], kept[guess.last_row - 1][0]
    if last == number:
        last = upper = _first_of_usual_width(kept)
        labels = dict(kept)[last]
        return _Header(last, tuple(labels), tuple(row for row, _ in kept if row < last))
    titles = tuple(row for row, cells in kept if row < upper and any(cells))
    return _Header(last, tuple(guess.labels), titles, is_joined=upper < last)


def _first_rows(dialect: CsvDialect, lines: Sequence[str]) -> list[tuple[int, list[str]]]:
    rows: list[tuple[int, list[str]]] = []
    last = max(dialect.header_rows or (0,)) + HEADER_ROWS_SEEN
    for number, cells in enumerate(dialect.reader(lines), start=1):
        rows.append((number, cells))
        if number >= last:
            break
    return rows


def _declared_header(dialect: CsvDialect, rows: Sequence[tuple[int, list[str]]]) -> _Header:
    """Join the declared rows as Frictionless does: a cell that repeats the one above it counts once."""
    wanted = dialect.header_rows or ()
    labels: list[str] = []
    above: dict[int, str] = {}
    for number, cells in rows:
        if number not in wanted or dialect.is_comment(number, cells):
            continue
        for index, cell in enumerate(cells):
            if above.get(index) == cell:
                continue
            above[index] = cell
            if len(labels) <= index:
                labels.append(cell)
            else:
                labels[index] = dialect.header_join.join([labels[index], cell])
    return _Header(wanted[-1], tuple(labels), is_joined=len(wanted) > 1, is_declared=True)


def _is_title(first: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first row is clearly no header, but a title or a remark.

    That is one cell or none over a table of three columns and more, or word and text (制表：…) over a wider table.
    """
    widths = Counter(len(cells) for cells in rows if cells)
    usual = widths.most_common(1)[0][0] if widths else 0
    filled = [cell.strip() for cell in first if cell.strip()]
    if len(rows) < 2 or usual < 2:
        return False
    if usual >= 3 and len(filled) <= 1:
        return True
    below = next((row for row in rows[1:] if any(row)), ())
    return 0 < len(filled) < usual and (is_remark(filled) or is_title_with_remark(filled, below))


def _first_of_usual_width(rows: Sequence[tuple[int, list[str]]]) -> int:
    """Return the first row about as wide as the mean, as Frictionless finds a header."""
    widths = [len(cells) for _, cells in rows]
    width = round(sum(widths) / len(widths))
    drift = max(round(width * 0.1), 1)
    return next((number for number, cells in rows if abs(len(cells) - width) <= drift), rows[0][0])


def _part_findings(
    task: TableTask, texts: Sequence[PlainText], dialect: CsvDialect, header: _Header
) -> Iterator[Finding]:
    """Find the parts that do not begin with the header of the first."""
    if not dialect.has_header:
        return
    wanted = _row(texts[0].path, dialect, header.row)
    for text in texts[1:]:
        if _row(text.path, dialect, header.row) != wanted:
            yield task.found("part-header", text.source.file, row=header.row)


def _doubts(task: TableTask, file: str, header: _Header) -> Iterator[Finding]:
    """Doubt a header that nobody declared and no schema confirms."""
    place = None if header.is_declared or task.fields else doubtful_label(header.labels)
    if place is not None:
        yield task.found("header-doubtful", file, row=header.row, column=place + 1, value=header.labels[place])


def _row(path: Path, dialect: CsvDialect, number: int) -> list[str] | None:
    with path.open(encoding="utf-8", newline="") as file:
        return next((cells for row, cells in enumerate(dialect.reader(file), start=1) if row == number), None)


def _composed(
    task: TableTask,
    texts: Sequence[PlainText],
    counts: Sequence[int],
    dialect: CsvDialect,
    header: _Header,
    findings: list[Finding],
) -> UnderstoodTable:
    path, is_original = texts[0].path, texts[0].is_original
    parts: tuple[Part, ...] = (Part(texts[0].source.file),)
    if len(texts) > 1:
        path, is_original = task.target, False
        parts = _joined(texts, counts, dialect, header, path)
    ends = ends_of(task, [text.path for text in texts], counts, parts, dialect, header.row, header.labels)
    findings += ends.findings
    decisions = [*_decisions(texts, dialect, header), *ends.decisions]
    menders = _menders(task, header, findings)
    text_dialect = dialect
    if header.is_joined or menders:
        plain = task.work_dir / f"{task.resource.name}.normal.csv"
        _rewrite(path, dialect, plain, header, menders)
        plain.replace(task.target)
        path, is_original = task.target, False
        text_dialect = replace(
            dialect, delimiter=",", quote_char='"', double_quote=True, escape_char="", skip_initial_space=False
        )
        if menders:
            names = enumerated("zh", (header.labels[index] for index in sorted(menders)))
            decisions.append(Decision("normalised", names, names, "描述文件写明", "as declared"))
    comments = tuple(sorted({*dialect.comment_rows, *ends.rows}))
    if dialect.skip_blank_rows:
        comments = tuple(sorted({*comments, *_blank_rows(path, text_dialect)}))
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


def _joined(
    texts: Sequence[PlainText], counts: Sequence[int], dialect: CsvDialect, header: _Header, target: Path
) -> tuple[Part, ...]:
    """Write all parts into one text, the rows up to the header only once; return where its rows come from."""
    parts: list[Part] = []
    next_row = 1
    with target.open("w", encoding="utf-8", newline="") as out:
        for number, (text, count) in enumerate(zip(texts, counts, strict=True)):
            dropped = header.row if dialect.has_header and number else 0
            parts.append(Part(text.source.file, next_row, dropped + 1 - next_row))
            next_row += max(count - dropped, 0)
            last = ""
            with text.path.open(encoding="utf-8", newline="") as file:
                for _ in range(_lines_of(text.path, dialect, dropped)):
                    file.readline()
                while piece := file.read(_COPY_CHARACTERS):
                    out.write(piece)
                    last = piece[-1]
            if last and last not in "\r\n":
                out.write("\n")
    return tuple(parts)


def _lines_of(path: Path, dialect: CsvDialect, rows: int) -> int:
    """Return how many lines the first *rows* rows take."""
    if not rows:
        return 0
    with path.open(encoding="utf-8", newline="") as file:
        reader = dialect.reader(file)
        for _ in range(rows):
            next(reader, None)
        return reader.line_num


def _menders(task: TableTask, header: _Header, findings: list[Finding]) -> dict[int, Callable[[str], str]]:
    """Return what to do with the cells of which column, where the publisher lets us write it in the plain way."""
    asked = as_texts(task.entry.get("normalise"))
    for name in asked:
        if name not in NORMALISATIONS:
            findings.append(task.found("normalisation-unknown", field="normalise", value=name))
    kinds = NORMALISATIONS & frozenset(asked)
    menders: dict[int, Callable[[str], str]] = {}
    if kinds:
        for index, label in enumerate(header.labels):
            field = task.fields.get(label, {})
            if field.get("type") in _NORMALISED_TYPES:
                menders[index] = lambda text, field=field: normalised(text, field, kinds)  # type: ignore[misc]
    return menders


def _rewrite(
    source: Path, dialect: CsvDialect, target: Path, header: _Header, menders: dict[int, Callable[[str], str]]
) -> None:
    """Write the normal form, row by row as they are, with joined labels and mended cells."""
    first = header.row + 1 if dialect.has_header else 1
    with (
        source.open(encoding="utf-8", newline="") as file,
        target.open("w", encoding="utf-8", newline="") as out,
    ):
        writer = csv.writer(out, lineterminator="\n")
        for number, cells in enumerate(dialect.reader(file), start=1):
            if dialect.has_header and number == header.row:
                cells = list(header.labels)
            elif number >= first and not dialect.is_comment(number, cells):
                for index, mend in menders.items():
                    if index < len(cells):
                        cells[index] = mend(cells[index])
            writer.writerow(cells)


def _blank_rows(path: Path, dialect: CsvDialect) -> Iterator[int]:
    left = BLANK_ROWS_MAX
    with path.open(encoding="utf-8", newline="") as file:
        for number, cells in enumerate(dialect.reader(file), start=1):
            if not any(cells):
                yield number
                left -= 1
                if not left:
                    return


_DELIMITER_NAMES = {
    ",": LocalText("逗号", "comma"),
    ";": LocalText("分号", "semicolon"),
    "\t": LocalText("制表符", "tab"),
    "|": LocalText("竖线", "vertical bar"),
}


def _decisions(texts: Sequence[PlainText], dialect: CsvDialect, header: _Header) -> Iterator[Decision]:
    yield from encoding_decisions(texts)
    if dialect.is_delimiter_declared:
        how = ("描述文件或文件名写明", "as declared, or by the file's name")
    else:
        how = ("各行由它分成同样多的单元格", "it divides the rows most evenly")
    name = _DELIMITER_NAMES.get(dialect.delimiter, LocalText(dialect.delimiter, dialect.delimiter))
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
