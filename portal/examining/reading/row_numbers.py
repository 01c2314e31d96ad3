"""Row numbers in words: neighbours as a range, the first few, and the word that tells a number from a count."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from portal.model.text import LocalText

RANGES_SHOWN_MAX = 5


def ranges(rows: Iterable[int]) -> list[str]:
    """Return row numbers as ranges.

    >>> ranges((2, 3, 4, 9))
    ['2-4', '9']
    """
    found: list[list[int]] = []
    for row in sorted(set(rows)):
        if found and row == found[-1][1] + 1:
            found[-1][1] = row
        else:
            found.append([row, row])
    return [str(first) if first == last else f"{first}-{last}" for first, last in found]


def rows_said(rows: Collection[int]) -> LocalText:
    """Return row numbers as they stand in a sentence, the first ranges of them.

    >>> rows_said([3, 4, 5, 9]), rows_said([8]).en
    (LocalText(zh='第 3-5、9 行', en='rows 3-5, 9'), 'row 8')
    """
    texts = ranges(rows)
    shown = texts[:RANGES_SHOWN_MAX]
    more = ("……", " …") if len(texts) > len(shown) else ("", "")
    return LocalText(f"第 {'、'.join(shown)}{more[0]} 行", f"row{'s' * (len(rows) > 1)} {', '.join(shown)}{more[1]}")
