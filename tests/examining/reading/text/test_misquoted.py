"""Quotes that are read otherwise than they were meant are told at the row where they open."""

from __future__ import annotations

from pathlib import Path

import pytest
from understood import understood


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ('"say \\"hi\\" now",1', "quote-backslash"),
        ('"ends \\"here\\"",1', "quote-backslash"),
        ('"a \\"b\\", c",1', "quote-backslash"),
        ('"a" b,1', "quote-text-after"),
        ('"he said "yes" to it",1', "quote-text-after"),
        ('1,"x""y"z', "quote-text-after"),
    ],
)
def test_a_cell_that_goes_on_after_its_quote_is_refused(tmp_path: Path, line: str, code: str) -> None:
    """The finding names the backslash where one stands there, and nothing else is said of such a text."""
    made = understood(tmp_path, {"t.csv": f"a,b\nx,1\n{line}\ny,2\n"})
    assert (made.table, {item[:2] for item in made.codes}) == (None, {(code, 3)})


@pytest.mark.parametrize(
    "line",
    ['5" pipe,1', '"C:\\dir\\",1', '"x" ,1', '"a ""b"" c",1', 'say "hi",1', '"two\nlines",1', "O'Neill,1", '"",1'],
)
def test_quotes_that_every_program_reads_alike_are_no_fault(tmp_path: Path, line: str) -> None:
    """Doubled ones, those within a bare cell, a backslash before the end, and line breaks."""
    assert understood(tmp_path, {"t.csv": f"a,b\nx,1\n{line}\n"}).findings == ()


def test_an_escape_sign_that_is_declared_counts(tmp_path: Path) -> None:
    """What the finding asks for mends it."""
    text = 'a,b\n"say \\"hi\\", now",1\n"x\\\\",2\n'
    made = understood(tmp_path, {"t.csv": text}, dialect={"escapeChar": "\\"})
    assert (made.rows, made.findings) == ([(2, ['say "hi", now', "1"]), (3, ["x\\", "2"])], ())


def test_an_escaped_quote_that_ends_a_cell_is_told_where_it_swallows_the_next_row(tmp_path: Path) -> None:
    """It looks like a doubled quote, so the cell goes on; that is told once."""
    assert understood(tmp_path, {"t.csv": 'a,b\n1,"x\\""\n2,"y"\n3,z\n'}).codes == [("quote-backslash", 2, 2)]


def test_rows_count_on_over_cells_of_several_lines(tmp_path: Path) -> None:
    """The place is the record, as everywhere, and the column where the quote opens."""
    made = understood(tmp_path, {"t.csv": 'a,b\n"two\nlines",1\nx,"y"z\n'})
    assert made.codes == [("quote-text-after", 3, 2)]


ROADS = "".join(f"{number},路段{number},{number * 10}\n" for number in range(1, 9))


@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_a_quote_that_swallows_rows_is_an_error_where_it_opens(tmp_path: Path, delimiter: str) -> None:
    """Each line within the cell has the shape of a record, with numbers where the other records have them."""
    text = ("编号,名称,里程\n" + ROADS).replace("路段4", '"路段4').replace("路段7", '路段7"').replace(",", delimiter)
    made = understood(tmp_path, {"t.csv": text})
    assert [(item.code, item.severity, item.row, item.column) for item in made.findings] == [
        ("quote-swallows-rows", "error", 5, 2)
    ]


def test_without_numbers_a_swallowed_row_is_only_likely(tmp_path: Path) -> None:
    """Then it is a warning."""
    made = understood(tmp_path, {"t.csv": 'a,b,c\nx,y,z\np,"q,r\ns,t",u\n'})
    assert [(item.code, item.severity, item.row) for item in made.findings] == [("quote-swallows-rows", "warning", 3)]


@pytest.mark.parametrize(
    "cell", ["第一行，\n第二行", "Room 5, Building 3\nMain Road, Hangzhou", "one\ntwo\nthree", "a,b,c\nd,e,f"]
)
def test_an_honest_text_of_several_lines_is_no_fault(tmp_path: Path, cell: str) -> None:
    """An address with commas has no number where the records have one, or another number of commas."""
    made = understood(tmp_path, {"t.csv": f'编号,地址,数\n1,甲,5\n2,"{cell}",6\n3,丙,7\n'})
    assert made.findings == ()
