"""Which rows every reader of CSV reads alike."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pytest
from made_tables import MadeTable, make_table, understood

from portal.examining.validation.tables.by_frictionless import frictionless_package
from portal.examining.validation.tables.chosen_rows import Frame, NotProvable, csv_options, open_frame
from portal.examining.validation.tables.structure import Regular, regular_rows

SCHEMA = {"fields": [{"name": "a", "type": "string"}, {"name": "b", "type": "string"}]}


def frame_of(folder: Path, text: bytes, schema: dict[str, Any] = SCHEMA, **dialect: Any) -> Frame:
    """Write a table and read its head."""
    data = understood(folder, {"t": MadeTable(text, dialect, schema)})
    resource = frictionless_package(data).get_table_resource("t")
    return open_frame(data.tables["t"], resource)


def scan(folder: Path, text: bytes, *, piece_bytes: int = 1 << 20, **dialect: Any) -> Regular:
    """Look at the structure of a table of two columns."""
    return regular_rows(frame_of(folder, text, **dialect), folder, piece_bytes=piece_bytes)


def rows_of(regular: Regular) -> list[list[str]]:
    """Return the regular rows as csv reads them."""
    with regular.path.open(encoding="utf-8", newline="") as file:
        for _ in range(regular.skip_lines):
            next(file)
        return list(csv.reader(file, delimiter=regular.delimiter))


@pytest.mark.parametrize(
    "text",
    [
        b"a,b\n1,2\n3,4\n",
        b"a,b\r\n1,2\r\n3,4\r\n",
        b"a,b\n1,2\n3,4",
        b'a,b\n"1","2"\n"x,y",""\n',
        b'a,b\n"1\n2","say ""hi"""\n"""",""""""\n',
        "a,b\n甲\u2028乙,\x0b\n".encode(),
    ],
)
def test_a_file_whose_rows_are_all_plain_is_read_where_it_is(text: bytes, tmp_path: Path) -> None:
    """No copy is made, and every row counts."""
    regular = scan(tmp_path, text)
    assert regular.path == tmp_path / "t.csv"
    assert rows_of(regular) == list(csv.reader(io.StringIO(text.decode(), newline="")))[1:]
    assert (regular.irregular, regular.row_count) == ((), len(rows_of(regular)))


@pytest.mark.parametrize(
    ("line", "cells"),
    [(b"", []), (b"1,2,", ["1", "2", ""]), (b"1", ["1"]), (b"1,2,3,4", ["1", "2", "3", "4"]), (b'"x,y"', ["x,y"])],
)
def test_a_row_of_another_width_is_taken_out_with_its_number(line: bytes, cells: list[str], tmp_path: Path) -> None:
    """The row is told with its number and cells; the rows around it keep theirs."""
    regular = scan(tmp_path, b"a,b\n1,2\n" + line + b"\n3,4\n")
    assert regular.irregular == ((3, cells),)
    assert rows_of(regular) == [["1", "2"], ["3", "4"]]
    assert regular.numbers(np.array([0, 1])).tolist() == [2, 4]


@pytest.mark.parametrize("line", [b'"x"y,2', b'x"y,2', b'x,"2" ', b'"x""y"z,2', b"x,2\r"])
def test_what_csv_reads_leniently_is_written_anew(line: bytes, tmp_path: Path) -> None:
    """A copy holds the cells as csv reads them, each quoted."""
    text = b"a,b\n1,2\n" + line + b"\n3,4\n"
    regular = scan(tmp_path, text)
    with (tmp_path / "t.csv").open(encoding="utf-8", newline="") as file:
        assert rows_of(regular) == list(csv.reader(file))[1:]
    assert regular.path != tmp_path / "t.csv"


def test_a_quote_that_is_never_closed_swallows_the_rest_as_it_does_in_csv(tmp_path: Path) -> None:
    """All that follows is one row of the wrong width."""
    regular = scan(tmp_path, b'a,b\n1,2\n"x,3\n4,5\n')
    assert regular.irregular == ((3, ["x,3\n4,5\n"]),)
    assert rows_of(regular) == [["1", "2"]]


def test_rows_that_are_no_data_are_left_out(tmp_path: Path) -> None:
    """Comment rows are neither regular nor irregular, but keep their numbers."""
    regular = scan(tmp_path, b"a,b\n1,2\nsum,3\n4,5\n", comment_rows=(3,))
    assert (rows_of(regular), regular.irregular, regular.removed.tolist()) == ([["1", "2"], ["4", "5"]], (), [3])


def test_nul_is_left_to_frictionless(tmp_path: Path) -> None:
    """DuckDB and csv differ on it."""
    with pytest.raises(NotProvable):
        scan(tmp_path, b"a,b\n1,\x00\n")


@pytest.mark.parametrize("seed", range(60))
def test_pieces_of_any_size_give_the_same_rows(seed: int, tmp_path: Path) -> None:
    """Cut into pieces of a few bytes or not, regular and irregular rows together are what csv reads."""
    made = make_table(Random(seed), SCHEMA, rows_max=30)
    try:
        frame = frame_of(tmp_path, made.text, made.schema, **made.dialect)
    except NotProvable:
        return
    with frame.table.path.open("rb") as file:
        file.seek(frame.data_offset)
        text = file.read().decode()
    lines = io.StringIO(text, newline="")
    expected = list(enumerate(csv.reader(lines, **csv_options(frame.table)), start=frame.first_row))
    keep = frame.resource.dialect.create_comment_filter()  # type: ignore[no-untyped-call]
    expected = [(number, cells) for number, cells in expected if keep is None or keep(number, cells)]
    for size in (7, 64, 1 << 20):
        regular = regular_rows(frame, tmp_path, piece_bytes=size)
        rows = rows_of(regular)
        numbers = regular.numbers(np.arange(len(rows))).tolist()
        assert sorted([*zip(numbers, rows, strict=True), *regular.irregular]) == expected
