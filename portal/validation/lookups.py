"""The values that foreign keys may have, read from the tables they refer to."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Set
from typing import Any

from portal.validation.chosen_rows import Frame, Key, NotProvable, comment_filter, csv_options

Values = Set[tuple[Any, ...]]

MEMORY_TEXTS = 50_000
"""So many different texts are remembered, to read each once."""
LOOKUP_ROWS_MAX = 2_000_000
"""A table with more rows than this is not held in memory to look values up."""


def values_of_key(frame: Frame, key: Key) -> Values:
    """Return the different values of some fields of a table, those left out where all are missing.

    A value that does not equal itself (NaN) equals none, so it is left out. A field that the table lacks is missing
    in every row, as in Frictionless. Raises NotProvable for a table that is too long or cannot be read.
    """
    positions = [next((at for at, item in enumerate(frame.fields) if item.name == name), None) for name in key]
    handlers = list(frame.handlers.values())
    readers = [handlers[at].reader if at is not None else None for at in positions]
    memory: set[tuple[str | None, ...]] = set()
    found: set[tuple[Any, ...]] = set()
    keep = comment_filter(frame)
    try:
        with frame.table.path.open("rb") as raw:
            raw.seek(frame.data_offset)
            lines = io.TextIOWrapper(raw, encoding="utf-8", newline="")
            reader = csv.reader(lines, **csv_options(frame.table))
            for number, cells in enumerate(reader, start=frame.first_row):
                if keep is None or keep(number, cells):
                    texts = tuple(cells[at] if at is not None and at < len(cells) else None for at in positions)
                    if texts in memory:
                        continue
                    if len(memory) >= MEMORY_TEXTS:
                        memory.clear()
                    memory.add(texts)
                    values = tuple(read(text)[0] if read else None for read, text in zip(readers, texts, strict=True))
                    found |= comparable_values([texts if values == texts else values])
                    if len(found) > LOOKUP_ROWS_MAX:
                        raise NotProvable
    except (csv.Error, UnicodeDecodeError) as error:
        raise NotProvable from error
    return found


def comparable_values(found: Iterable[tuple[Any, ...]]) -> Values:
    """Return the different ones of *found* that a row can be compared with.

    >>> sorted(comparable_values([(1,), (None,), (1,), (float("nan"),), (2,)]))
    [(1,), (2,)]
    """
    return frozenset(values for values in found if set(values) != {None} and all(value == value for value in values))
