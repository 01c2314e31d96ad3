"""A second table below a blank row of a sheet or CSV: known by a heading or a row of other labels.

A blank row alone says nothing: people put them between the groups of one table too. What follows tells.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from portal.examining.reading.header_rows import looks_like_data

ABOVE_ROWS = 30
"""So many rows above a blank one tell what the columns hold."""
BELOW_ROWS = 6
"""So many filled rows below it are looked at."""
GAPS_MAX = 1000
"""Of a table with more blank rows only the first are judged."""
LABEL_CHARACTERS_MAX = 40
"""A longer text is a sentence, not the label of a second table."""

Row = Sequence[str]

_YEAR = re.compile(r"(1[89]|20)[0-9]{2}年?")
_PLACEHOLDER = re.compile(
    r"[\W_]+|暂?无(数据)?|暂?缺|空|不详|不明|未知|未统计|不适用|停[业用办]|n/?a|null|none", re.IGNORECASE
)
_LABEL = re.compile(
    r".{0,12}(名称|姓名|代码|编码|编号|序号|数量|人数|个数|金额|单价|日期|时间|时段|年份|月份|地址|地点|类别|类型|种类|性质|"
    r"等级|单位|部门|职务|电话|备注|说明|状态|比例|占比|增长率|间隔|面积)(（.{1,8}）|\(.{1,8}\))?|"
    r"id|name|code|date|type|year|month|address|amount|number|count|unit|remarks?",
    re.IGNORECASE,
)


@dataclass
class GapWatch:
    """Sees the rows of a table with these *labels*, in order; *found* is where another one begins, 0 for nowhere."""

    labels: Sequence[str]
    found: int = 0
    _above: list[Row] = field(default_factory=list)
    _below: list[tuple[int, Row]] = field(default_factory=list)
    """The rows since the blank one, further blank ones too."""
    _is_after_blank: bool = False
    _gaps: int = 0

    def see(self, rows: Sequence[Row], first_row: int) -> None:
        """Look at further rows, all of one width, the first of which has the number *first_row*."""
        if self.found or self._gaps > GAPS_MAX or not rows:
            return
        if not self._is_after_blank and ("",) * len(rows[0]) not in rows:
            self._above = [*self._above, *rows[-ABOVE_ROWS:]][-ABOVE_ROWS:]
            return
        self.see_each(enumerate(rows, start=first_row))

    def see_each(self, rows: Iterable[tuple[int, Row]]) -> None:
        """Look at rows of any width with their numbers."""
        for number, row in rows:
            is_blank = not any(cell and not cell.isspace() for cell in row)
            if self._is_after_blank:
                if self._below or not is_blank:
                    self._below.append((number, row))
                filled = sum(1 for _, cells in self._below if any(cells))
                if filled >= BELOW_ROWS or len(self._below) > ABOVE_ROWS:
                    self._judge()
            elif is_blank:
                self._is_after_blank = True
            else:
                self._above = [*self._above[1 - ABOVE_ROWS :], row]
            if self.found or self._gaps > GAPS_MAX:
                return

    def end(self) -> int:
        """Judge what is left, and return the row where another table begins, 0 for none."""
        while self._below and not self.found and self._gaps <= GAPS_MAX:
            self._judge()
        return self.found

    def _judge(self) -> None:
        self._gaps += 1
        below, self._below, self._is_after_blank = self._below, [], False
        filled = [(number, row) for number, row in below if any(row)]
        if is_another([row for _, row in filled], self._above, self.labels):
            self.found = filled[0][0]
        else:
            self.see_each(below)


def is_another(below: Sequence[Row], above: Sequence[Row], labels: Sequence[str]) -> bool:
    """Whether the filled rows *below* a blank one begin with the heading or the labels of another table.

    >>> above = [["01", "甲"], ["02", "乙"]]
    >>> is_another([["代码", "人数"], ["01", "3"]], above, ["代码", "名称"])
    True
    >>> is_another([["03", "丙"], ["04", "丁"]], above, ["代码", "名称"])
    False
    """
    if not below:
        return False
    if _count(below[0]) > 1:
        return _is_header(below[0], below[1:], above, labels)
    if len(labels) < 2:
        return False
    after = next((place for place, row in enumerate(below) if _count(row) > 1), None)
    if after is None:
        return False
    if _is_header(below[after], below[after + 1 :], above, labels):
        return True
    # A heading of a group, where the rows below it are like those above.
    return len(labels) > 2 and _count(below[after]) > 2 and not _is_alike(below[after], above, labels)


def is_same(below: Sequence[Row], above: Sequence[Row], labels: Sequence[str], alike_max: int = 3) -> bool:
    """Whether the filled rows *below* a blank one plainly belong to the table *above*, so that it may be deleted.

    At most the first *alike_max* of them need the shape of those above.

    >>> is_same([["03", "丙"]], [["01", "甲"], ["02", "乙"]], ["代码", "名称"])
    True
    >>> is_same([["表二"], ["03", "丙"]], [["01", "甲"], ["02", "乙"]], ["代码", "名称"])
    False
    """
    if not below:
        return True
    return not _is_header(below[0], below[1:], above, labels) and all(
        _is_alike(row, above, labels) for row in below[: min(alike_max, 3)]
    )


def doubtful_gap(rows: Iterable[tuple[int, Row]], labels: Sequence[str]) -> tuple[int, int] | None:
    """Return the first blank row, and the row that follows it, where this may belong to another table.

    *rows* are all rows below the *labels* with their numbers; None where every blank row may be deleted.

    >>> rows = [["01", "甲"], ["", ""], ["02", "乙"], ["", ""], ["表二", ""], ["年份", "金额"]]
    >>> doubtful_gap(enumerate(rows, start=2), ["代码", "名称"])
    (5, 6)
    """
    above: list[Row] = []
    below: list[tuple[int, Row]] = []
    """From a blank row on, filled rows and the first of each run of blank ones."""
    for number, row in rows:
        if _count(row):
            if not below:
                above = [*above[1 - ABOVE_ROWS :], row]
                continue
            below.append((number, row))
            while below and sum(1 for _, cells in below if cells) >= BELOW_ROWS:
                if gap := _doubt(below, above, labels):
                    return gap
                above, below = _passed(below, above)
        elif not below or below[-1][1]:
            below.append((number, ()))
    while below:
        if gap := _doubt(below, above, labels):
            return gap
        above, below = _passed(below, above)
    return None


def _doubt(below: Sequence[tuple[int, Row]], above: Sequence[Row], labels: Sequence[str]) -> tuple[int, int] | None:
    """Return the blank row that *below* begins with and the next one, where they may part two tables."""
    filled = [(number, row) for number, row in below if row]
    end = next((place for place, (_, row) in enumerate(below) if place and not row), len(below))
    is_safe = is_same([row for _, row in filled], above, labels, alike_max=end - 1)
    return None if is_safe else (below[0][0], filled[0][0])


def _passed(below: list[tuple[int, Row]], above: list[Row]) -> tuple[list[Row], list[tuple[int, Row]]]:
    """Count the rows up to the next blank one among those above."""
    end = next((place for place, (_, row) in enumerate(below) if place and not row), len(below))
    return [*above, *(row for _, row in below[1:end])][-ABOVE_ROWS:], below[end:]


def _is_header(row: Row, below: Sequence[Row], above: Sequence[Row], labels: Sequence[str]) -> bool:
    texts = {column: cell.strip() for column, cell in enumerate(row) if cell and not cell.isspace()}
    years = {column for column, text in texts.items() if _YEAR.fullmatch(text)}
    words = {column: text for column, text in texts.items() if column not in years}
    if len(texts) < 2 or not words or len(set(texts.values())) < len(texts):
        return False
    if any(
        looks_like_data(text) or _PLACEHOLDER.fullmatch(text) or len(text) > LABEL_CHARACTERS_MAX
        for text in words.values()
    ):
        return False
    if any(column < len(labels) and _folded(text) == _folded(labels[column]) for column, text in words.items()):
        return True
    if not below:
        return False
    numbers_above, numbers_below = _columns_of_numbers(above), _columns_of_numbers(below)
    if words.keys() & numbers_above and words.keys() & numbers_below:
        return True
    if words.keys() & (numbers_below - numbers_above) and above:
        return True
    if any(_is_beyond(column, above, labels) for column in words):
        return True
    return sum(1 for text in words.values() if _LABEL.fullmatch(text)) >= max(2, len(texts) / 2)


def _is_alike(row: Row, above: Sequence[Row], labels: Sequence[str]) -> bool:
    """Whether a row has the shape of those above: about the same columns filled, numbers where those have numbers."""
    filled = {column for column, cell in enumerate(row) if cell and not cell.isspace()}
    if any(_is_beyond(column, above, labels) for column in filled):
        return False
    if not above:
        return len(filled) > 1 or len(labels) < 2
    usual = {
        column
        for column in range(max(map(len, above)))
        if sum(1 for cells in above if column < len(cells) and cells[column]) >= len(above) * 0.8
    }
    if len(usual & filled) * 3 < len(usual) * 2 or (len(filled) < 2 <= len(usual)):
        return False
    numbers = [column for column in _columns_of_numbers(above) & filled if not _PLACEHOLDER.fullmatch(row[column])]
    return not numbers or any(_is_number(row[column].strip()) for column in numbers)


def _is_beyond(column: int, above: Sequence[Row], labels: Sequence[str]) -> bool:
    """Whether a column has neither a label nor cells above."""
    has_label = column < len(labels) and bool(labels[column].strip())
    return not has_label and not any(column < len(row) and row[column] for row in above)


def _columns_of_numbers(rows: Sequence[Row]) -> set[int]:
    columns: set[int] = set()
    for column in range(max(map(len, rows), default=0)):
        cells = [row[column].strip() for row in rows if column < len(row) and row[column]]
        cells = [cell for cell in cells if not _PLACEHOLDER.fullmatch(cell)]
        if cells and sum(map(_is_number, cells)) >= len(cells) * 0.8:
            columns.add(column)
    return columns


def _is_number(text: str) -> bool:
    return looks_like_data(text) or _YEAR.fullmatch(text) is not None


def _count(row: Row) -> int:
    return sum(1 for cell in row if cell and not cell.isspace())


def _folded(text: str) -> str:
    return re.sub(r"\s+", "", text).casefold()
