"""Notes, sources, signatures and totals (备注, 合计) below a table: rows that are no data.

They are named, never removed. Only rows at the end are set apart, only where they begin with words that say so, and
never where the schema lists that word among the values of the column.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

from portal.examining.reading.header_rows import SIGNED
from portal.model.total_words import says_total

LOOKED_AT_ROWS = 60
"""Of the end of a table so many rows are looked at."""

_NOTE = re.compile(
    r"[*※★（(【\[]*\s*(备\s*注|附\s*注|注\s*释|注\s*意\s*事\s*项|说\s*明|填表说明|填报说明|编制说明|注|"
    r"资料来源|数据来源|来源|数据截止\w*|数据截至\w*|截止日期|截止时间|统计口径|指标解释|"
    r"填\s*表\s*人|填\s*报\s*人|审\s*核\s*人|复\s*核\s*人|制\s*表\s*人?|制表单位|制表日期|负责人|单位负责人|统计负责人|"
    r"联\s*系\s*人|联系电话|填报日期|填表日期|填报单位|报出日期|打印日期|打印时间|更新日期|更新时间|"
    r"Notes?|Sources?|Remarks?|Prepared by)\s*([0-9０-９一二三四五六七八九十]{0,2}\s*[:：.、]|\d*[)）\]】]|$|"
    r"(?<=来源)|(?<=截止)|(?<=截至))",
    re.IGNORECASE,
)
_SIGNED_CELL = re.compile(rf"{SIGNED}[：:].*|[（(]?(?:单位|部门)?(?:公章|盖章|签章|签字|签名)处?[）)]?[：:]?")
"""A word of a signature with its colon, and a text or none; compare `SIGNED`."""
_SIGNED_WORD = re.compile(rf"(?!(?:单位|部门|单位名称)$)(?:{SIGNED})[：:]?")
"""Such a word in a cell of its own."""
_DAY = re.compile(r"(?:[0-9]{4}|[〇○零一二三四五六七八九]{4})[年./\-]\w{1,3}[月./\-]\w{1,3}日?")
_COUNTED = re.compile(
    r"[（(]?\s*(?:[0-9][0-9,]* *(?:rows?|records?)(?: *(?:affected|selected|returned|in set.*))?|"
    r"[0-9]+ *行受影响|已选择 *[0-9]+ *行|共 *[0-9]+ *(?:行|条|条记录)|"
    r"第 *[0-9]+ *页[\s,，/]*共 *[0-9]+ *页|Page *[0-9]+ *of *[0-9]+)\s*[。.]?\s*[)）]?",
    re.IGNORECASE,
)
"""What databases and printers write below a table: so many rows, such a page."""
SIGNED_ROWS_MAX = 3
"""Where more rows say who has which part in something, that is what the table is about."""


@dataclass(frozen=True)
class TableEnd:
    """The rows at the end that are no data; blank rows above one of them count as notes."""

    notes: tuple[int, ...] = ()
    totals: tuple[int, ...] = ()

    @property
    def rows(self) -> tuple[int, ...]:
        """All of them in order."""
        return tuple(sorted({*self.notes, *self.totals}))


def table_end(
    last_rows: Sequence[tuple[int, Sequence[str]]], width: int, fields: Sequence[Mapping[str, Any]] = ()
) -> TableEnd:
    """Return which of the *last_rows* of a table (numbers and cells, the last at the end) are no data.

    *width* is the number of columns, *fields* are those of the schema in the order of the columns.

    >>> table_end([(2, ["一中", "8", "3"]), (3, ["合计", "8", "3"]), (4, [""]), (5, ["注：不含民办。"])], 3)
    TableEnd(notes=(4, 5), totals=(3,))
    """
    notes: list[int] = []
    totals: list[int] = []
    waiting: list[int] = []
    """Blank rows and lines of text that belong to a note, should one stand above them."""
    signed: list[int] = []
    """Notes only for their words in cells of their own, beside names."""
    for number, row in reversed(last_rows[-LOOKED_AT_ROWS:]):
        filled = [(column, cell.strip()) for column, cell in enumerate(row) if cell.strip()]
        if not filled:
            waiting.append(number)
        elif is_total(row, fields):
            totals.append(number)
            notes += waiting
            waiting = []
        elif _is_note_row(filled, width, fields):
            notes += [*waiting, number]
            waiting = []
        elif width > 2 and len(signed) < SIGNED_ROWS_MAX and _has_signed_words(filled):
            signed.append(number)
            notes += [*waiting, number]
            waiting = []
        elif width > 2 and _may_go_on(filled, width):
            waiting.append(number)
        else:
            break
    if notes or totals:
        blank = {number for number, row in last_rows if not any(map(str.strip, row))}
        notes += takewhile(blank.__contains__, waiting)
    if len(signed) == SIGNED_ROWS_MAX:
        notes, totals = ([number for number in rows if number > signed[0]] for rows in (notes, totals))
    return TableEnd(tuple(sorted(notes)), tuple(sorted(totals)))


def is_note(text: str) -> bool:
    """Whether a text begins like a note, a source or a signature.

    >>> is_note("说明：缺 5 号线"), is_note("注射器")
    (True, False)
    """
    return _NOTE.match(text.strip()) is not None or _SIGNED_CELL.fullmatch(_plain(text)) is not None


def is_total(row: Sequence[str], fields: Sequence[Mapping[str, Any]] = ()) -> bool:
    """Whether a row holds a total or subtotal: its first or second filled cell says so.

    >>> is_total(["合 计", "800"]), is_total(["其中：女", "300"]), is_total(["甲区小计", "5"])
    (True, False, True)
    """
    looked_at = 0
    for column, cell in enumerate(row):
        if not cell or cell.isspace():
            continue
        looked_at += 1
        if looked_at > 2 or column > 3:
            return False
        if len(cell) <= 30 and says_total(cell):
            return not _is_listed(cell.strip(), column, fields) and len([1 for item in row if item]) > 1
    return False


def _is_note_row(filled: Sequence[tuple[int, str]], width: int, fields: Sequence[Mapping[str, Any]]) -> bool:
    if _is_sparse(filled, width) and _is_note(filled, fields):
        return True
    return width > 1 and _is_signed(filled) and not _is_listed(filled[0][1], filled[0][0], fields)


def _may_go_on(filled: Sequence[tuple[int, str]], width: int) -> bool:
    """Whether a row may be a further line of a note above it: a text at the left, or a day anywhere."""
    if len(filled) == 1 and _DAY.fullmatch(_plain(filled[0][1])):
        return True
    return _is_sparse(filled, width) and filled[0][0] <= 1 and len(filled[0][1]) >= 6


def _is_note(filled: Sequence[tuple[int, str]], fields: Sequence[Mapping[str, Any]]) -> bool:
    column, text = filled[0]
    is_said = _NOTE.match(text) is not None or (len(filled) == 1 and _COUNTED.fullmatch(text) is not None)
    return is_said and not _is_listed(text, column, fields)


def _is_signed(filled: Sequence[tuple[int, str]]) -> bool:
    """Whether every cell of a row says who made the table, or when, with a colon: ``填表人：张三``."""
    texts = [_plain(text) for _, text in filled]
    cells = [text for text in texts if not _DAY.fullmatch(text)]
    return bool(cells) and all(map(_SIGNED_CELL.fullmatch, cells))


def _has_signed_words(filled: Sequence[tuple[int, str]]) -> bool:
    """Whether words of signatures and short texts stand in turn: ``填表人``, ``张三``, ``审核人``, ``李四``."""
    texts = [_plain(text) for _, text in filled]
    words = [_SIGNED_WORD.fullmatch(text) is not None for text in texts]
    if not words[0] or (sum(words) < 2 and texts[0][-1] not in "：:"):
        return False
    # A name may be missing, for that is where people sign; but then its cell is blank.
    for place in range(1, len(filled)):
        is_next_to = filled[place][0] - filled[place - 1][0] == 1
        if words[place] and words[place - 1] and is_next_to:
            return False
        if not words[place] and not words[place - 1]:
            return False
    return True


def _plain(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _is_sparse(filled: Sequence[tuple[int, str]], width: int) -> bool:
    """Whether a row fills few of the columns; signatures fill up to four, each with its word."""
    if width < 2:
        return False
    if len(filled) <= max(1, width // 4):
        return True
    return len(filled) < width and all(_NOTE.match(text) for _, text in filled)


def _is_listed(text: str, column: int, fields: Sequence[Mapping[str, Any]]) -> bool:
    if column >= len(fields):
        return False
    constraints = fields[column].get("constraints")
    allowed = constraints.get("enum") if isinstance(constraints, Mapping) else None
    return isinstance(allowed, list) and text in allowed
