"""Header rows: which rows hold the column names, below titles and units, in one row or several (多行表头).

The first row is the header wherever it can be one; only what is clearly a title, a line of units or a blank row is
passed over. Names that stand in several rows are joined: ``首班车_往火车站``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from portal.model.text import LocalText

LOOKED_AT_ROWS = 40
"""A header further down is not looked for."""
HEADER_ROWS_MAX = 4
"""A header of several rows is followed so far."""
LABEL_CHARACTERS_MAX = 60
"""A longer label is a sentence, and more likely data."""
JOINED_BY = "_"
JOINED = LocalText("多行表头合并为“一级_二级”", "several rows, joined as upper_lower")
"""How a header of several rows was read, as a decision says it."""

Region = tuple[tuple[int, int], tuple[int, int]]
"""A merged region: first row and column, last row and column, counted from 0."""

_WHO = (
    "填报单位|填表单位|编制单位|报送单位|制表单位|填报部门|填报日期|填报时间|制表日期|数据来源|资料来源|"
    "填报人|填表人|制表人|审核人|复核人|联系人|联系电话|制表|填表|填报|审核|复核"
)
"""Words of those who made a table; beside a text they are no labels."""
_ROLE = (
    "填报|填表|制表|编制|报送|上报|提供|录入|统计|汇总|审核|复核|校对|校核|核对|审定|审批|审查|审阅|批准|签发|经办|承办|"
    "负责|单位负责|部门负责|统计负责|财务负责|分管负责|主要负责|主管|分管领导|主管领导|单位领导|单位主管|部门主管|联系|会计|出纳"
)
SIGNED = (
    rf"(?:(?:{_ROLE})(?:人|员|人员|者|单位|部门|科室|机构|机关|日期|时间|电话|方式)?|单位(?:名称)?|部门|"
    r"报出日期|打印日期|打印时间|联系电话|联系方式|数据来源|资料来源|公章|盖章|签章)"
    r"(?:签字|签名|签章|盖章|盖公章|公章|签)?(?:[（(][^）)]{1,8}[）)])?"
)
"""Words before the colon of a signature, spaces taken out: 填表人, 审核, 负责人签字, 填报单位（盖章）."""
_REMARK = re.compile(
    rf"[（(【\[]?\s*({_WHO}|{SIGNED}|计量单位|单位|统计时间|统计日期|日期|时间|更新时间|更新日期|表号|Unit|Units|Source)\s*[：:]"
    # Any other word with a Chinese colon after it and a text after that.
    r"|[（(【\[]?\s*[\w\s]{2,10}：\s*\S",
    re.IGNORECASE,
)
_WHO_ALONE = re.compile(_WHO)
_IN_BRACKETS = re.compile(r"[（(\[【].{1,12}[）)\]】]")
_NUMERIC = re.compile(
    r"[+\-]?[¥￥$]?[0-9０-９][0-9０-９,，.．]*%?|[0-9]{4}[-/.年][0-9]{1,2}([-/.月][0-9]{1,2}日?)?.*|[0-9:]+"
)
_YEAR = re.compile(r"(1[89]|20)[0-9]{2}")


@dataclass(frozen=True)
class HeaderFound:
    """The rows of a header, counted from 1, and the joined *labels*; *title_rows* are the filled rows above it."""

    first_row: int
    last_row: int
    labels: tuple[str, ...]
    title_rows: tuple[int, ...] = ()


def find_header(
    rows: Sequence[Sequence[str]], field_names: Sequence[str] = (), merged: Sequence[Region] | None = None
) -> HeaderFound:
    """Find the header in the first *rows* of a table.

    *field_names* are names and titles of a schema: a row that holds them better than another is preferred. *merged*
    are the merged regions of a sheet; None where the format has none, as CSV: then blanks tell.

    >>> find_header([["某市学校"], ["单位：人"], ["学校", "学生数"], ["一中", "800"]])
    HeaderFound(first_row=3, last_row=3, labels=('学校', '学生数'), title_rows=(1, 2))
    >>> find_header([["地区", "人口", ""], ["", "男", "女"], ["甲", "1", "2"]])
    HeaderFound(first_row=1, last_row=2, labels=('地区', '人口_男', '人口_女'), title_rows=())
    """
    rows = [tuple(cell.strip() for cell in row) for row in rows[:LOOKED_AT_ROWS]]
    first = _below_titles(rows, merged)
    best = _header_at(rows, first, merged)
    wanted = {_folded(name) for name in field_names if name}
    if wanted:
        best_count = _matches(best, wanted)
        for index in range(len(rows)):
            if best_count >= len(wanted):
                break
            if sum(1 for cell in rows[index] if cell) < 2 <= len(wanted):
                continue
            for header in _candidates(rows, index, merged):
                count = _matches(header, wanted)
                if count > best_count and (count >= 2 or count == len(wanted)):
                    best, best_count = header, count
    return best


def doubtful_label(labels: Sequence[str]) -> int | None:
    """Return the place, from 0, of a label that is rather a cell of data: a sentence, or a number in the first column.

    >>> doubtful_label(["1", "english"]), doubtful_label(["地区", "1", "2"])
    (0, None)
    """
    filled = [place for place, label in enumerate(labels) if label.strip()]
    if filled and looks_like_data(labels[filled[0]].strip()):
        return filled[0]
    return next((place for place in filled if len(labels[place]) > LABEL_CHARACTERS_MAX), None)


def label_text(text: str) -> str:
    """Return a label in one line: line breaks go, with a space in their place between Latin words.

    >>> label_text("行政区\\n划代码"), label_text("unit\\nprice")
    ('行政区划代码', 'unit price')
    """
    if "\n" not in text and "\r" not in text:
        return text
    lines = [line.strip() for line in re.split(r"[\r\n]", text) if line.strip()]
    label = "".join(lines[:1])
    for line in lines[1:]:
        label += " " + line if label[-1].isascii() and line[0].isascii() else line
    return label


def joined_labels(
    rows: Sequence[Sequence[str]], first: int, last: int, merged: Sequence[Region] | None, joined_by: str = JOINED_BY
) -> tuple[str, ...]:
    """Return the labels of the header in the rows *first* to *last*, counted from 0, joined from top to bottom."""
    if first == last:
        return tuple(label_text(cell) for cell in rows[first]) if rows else ()
    width = max(len(rows[index]) for index in range(first, last + 1))
    levels = [list(rows[index]) + [""] * (width - len(rows[index])) for index in range(first, last + 1)]
    if merged is None:
        for number, level in enumerate(levels[:-1]):
            for column in range(1, width):
                starts_anew = number > 0 and levels[number - 1][column] != levels[number - 1][column - 1]
                if not level[column] and levels[-1][column] and not starts_anew:
                    level[column] = level[column - 1]
    else:
        for (top, left), (bottom, right) in merged:
            if first <= top <= last and left < width:
                for row in range(top, min(bottom, last) + 1):
                    for column in range(left, min(right, width - 1) + 1):
                        levels[row - first][column] = levels[top - first][left]
    return tuple(
        joined_by.join(dict.fromkeys(label_text(level[column].strip()) for level in levels if level[column].strip()))
        for column in range(width)
    )


def _below_titles(rows: Sequence[Sequence[str]], merged: Sequence[Region] | None) -> int:
    """Return the first row that is neither blank nor a title nor a remark, 0 where every row is one of these."""
    for index, row in enumerate(rows):
        filled = [cell for cell in row if cell]
        if filled and not _is_title(index, filled, rows, merged):
            return index
    return 0


def _is_title(
    index: int, filled: Sequence[str], rows: Sequence[Sequence[str]], merged: Sequence[Region] | None
) -> bool:
    counts = [sum(1 for cell in row if cell) for row in rows[index + 1 :]]
    usual = max(counts, default=0)
    if usual < 2 or len(filled) >= usual:
        return False
    if is_remark(filled) or is_title_with_remark(filled, next((row for row in rows[index + 1 :] if any(row)), ())):
        return True
    if len(filled) > 1:
        return False
    spans = any(top == index and right - left + 1 >= usual / 2 for (top, left), (_, right) in merged or ())
    # One filled cell could also be the only label of a table whose other columns have none: then rows below are no
    # wider than a row or two, and a label is short.
    return spans or sum(1 for count in counts if count >= 2) >= min(2, len(counts))


def is_remark(filled: Sequence[str]) -> bool:
    """Whether the *filled* cells of a row only say who made a table and when, or its unit: word and text together.

    >>> is_remark(["制表：张某", "单位：人"]), is_remark(["制表人", "张某"]), is_remark(["日期", "人数"])
    (True, True, False)
    """
    if all(_REMARK.match(cell) or _is_date(cell) for cell in filled):
        return True
    # Word and text in cells of their own. Two such words in a row are labels: 填报人, 审核人.
    words = [_WHO_ALONE.fullmatch(cell) is not None for cell in filled]
    return len(words) % 2 == 0 and all(words[::2]) and not any(words[1::2])


def is_title_with_remark(filled: Sequence[str], below: Sequence[str]) -> bool:
    """Whether the *filled* cells of a row are one title and a remark beside it, above a row *below* full of labels.

    >>> is_title_with_remark(["某市学校统计表", "单位：人"], ["代码", "名称", "人数"])
    True
    >>> is_title_with_remark(["地区", "单位：人"], ["", "男", "女"])
    False
    """
    titles = [cell for cell in filled if not (_REMARK.match(cell) or _is_date(cell))]
    labels = [cell for cell in below if cell]
    return (
        len(titles) == 1 < len(filled) < len(labels) == len(below)
        and filled[0] == titles[0]
        and not any(map(looks_like_data, labels))
    )


def _is_date(text: str) -> bool:
    return re.fullmatch(r"[0-9]{4}\s*[年/.\-].{1,8}", text) is not None


def _header_at(rows: Sequence[Sequence[str]], first: int, merged: Sequence[Region] | None) -> HeaderFound:
    if not rows:
        return HeaderFound(1, 1, ())
    last = _last_by_merging(rows, first, merged) if merged else first
    if last == first:
        last = _last_by_blanks(rows, first)
    labels = joined_labels(rows, first, last, merged if merged else None)
    if len(set(filter(None, labels))) < len(list(filter(None, labels))) and last > first:
        # Joined names that are not distinct were none.
        single = tuple(label_text(cell) for cell in rows[first])
        if len(set(filter(None, single))) == len(list(filter(None, single))) and all(single):
            last, labels = first, single
    if last + 1 < len(rows) and _is_units(rows[last + 1], labels):
        last += 1
    titles = tuple(number + 1 for number in range(first) if any(rows[number]))
    return HeaderFound(first + 1, last + 1, labels, titles)


def _candidates(rows: Sequence[Sequence[str]], index: int, merged: Sequence[Region] | None) -> Iterator[HeaderFound]:
    titles = tuple(number + 1 for number in range(index) if any(rows[number]))
    yield HeaderFound(index + 1, index + 1, joined_labels(rows, index, index, merged), titles)
    yield _header_at(rows, index, merged)


def _last_by_merging(rows: Sequence[Sequence[str]], first: int, merged: Sequence[Region]) -> int:
    """Follow merged cells down from row *first*: what stands beside or below them belongs to the header."""
    last = first
    for _ in range(HEADER_ROWS_MAX):
        reach = last
        for (top, left), (bottom, right) in merged:
            if not first <= top <= last or bottom - first >= HEADER_ROWS_MAX:
                continue
            reach = max(reach, bottom)
            if right > left and bottom + 1 < len(rows) and _names_below(rows, bottom + 1, left, right):
                reach = max(reach, bottom + 1)
        if reach == last or reach - first >= HEADER_ROWS_MAX:
            break
        last = reach
    return min(last, len(rows) - 1)


def _names_below(rows: Sequence[Sequence[str]], row: int, left: int, right: int) -> bool:
    below = [cell for cell in rows[row][left : right + 1] if cell]
    return len(below) > 1 and len(set(below)) == len(below) and not any(looks_like_data(cell) for cell in below)


def _last_by_blanks(rows: Sequence[Sequence[str]], first: int) -> int:
    """Return the next row where it completes row *first*: names under the blanks of a group, blank under the others."""
    if first + 2 >= len(rows):
        return first
    upper, lower = rows[first], rows[first + 1]
    width = max(len(upper), len(lower))
    upper, lower = ([*row, *[""] * (width - len(row))] for row in (upper, lower))
    is_complete = all(high or low for high, low in zip(upper, lower, strict=True))
    gaps = [column for column in range(1, width) if not upper[column]]
    single = [column for column in range(width) if not lower[column]]
    names = [cell for cell in lower if cell]
    if not gaps or not is_complete or not upper[0] or any(looks_like_data(cell) for cell in names):
        return first
    below = [[*row, *[""] * (width - len(row))] for row in rows[first + 2 : first + 7]]
    if single:
        # Every group must have a name under its own first column, and the rows below must fill what this one leaves
        # blank; else it is data with gaps.
        starts = [column - 1 for column in gaps if upper[column - 1]]
        is_header = all(lower[column] for column in starts) and all(
            any(row[column] for row in below) for column in single
        )
        return first + 1 if is_header else first
    has_numbers_below = len(below) > 1 and any(
        all(looks_like_data(row[column]) for row in below) for column in range(width)
    )
    return first + 1 if has_numbers_below else first


def _is_units(row: Sequence[str], labels: Sequence[str]) -> bool:
    """Whether *row* only says units: every filled cell in brackets, each under a label."""
    filled = [(column, cell) for column, cell in enumerate(row) if cell]
    return bool(filled) and all(
        (_IN_BRACKETS.fullmatch(cell) and not re.search(r"[0-9]", cell)) and column < len(labels) and labels[column]
        for column, cell in filled
    )


def looks_like_data(text: str) -> bool:
    """Whether a cell is a number, an amount, a date or a time; a year alone may be a label.

    >>> [looks_like_data(text) for text in ("1,234", "2024-01-05", "2024", "人数")]
    [True, True, False, False]
    """
    return _NUMERIC.fullmatch(text) is not None and not _YEAR.fullmatch(text)


def _matches(header: HeaderFound, wanted: set[str]) -> int:
    return len({_folded(label) for label in header.labels} & wanted)


def _folded(text: str) -> str:
    return re.sub(r"\s+", "", text).casefold()
