"""Understood tables in DuckDB: the rows that Python's csv gives, or an error."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.examining.reading.cells_in_duckdb import NotByColumns, connect, has_exact_records, relation_sql
from portal.examining.reading.understood_tables import raw_rows
from portal.model.understood_table import UnderstoodTable


def table_of(path: Path, text: str, labels: tuple[str, ...] = ("a", "b"), **more: Any) -> UnderstoodTable:
    """Write *text* and return it as a table."""
    path.write_text(text, encoding="utf-8", newline="")
    return UnderstoodTable("t", path, True, labels, **more)


def by_columns(table: UnderstoodTable) -> list[tuple[int, list[str]]]:
    """Return the rows as DuckDB gives them."""
    with connect(table.path.parent) as connection:
        return [
            (row, [cell or "" for cell in cells]) for row, *cells in connection.execute(relation_sql(table)).fetchall()
        ]


@pytest.mark.parametrize("name", ["a.csv", "a[1].csv", "a*.csv", "it's.csv", "k=1.csv", "市 表.csv", "x.csv.gz"])
def test_a_file_is_read_whatever_its_name(tmp_path: Path, name: str) -> None:
    """No character of a name is a pattern, a partition or the end of a text of SQL."""
    (tmp_path / "ab.csv").write_text("a,b\n9,9\n")
    table = table_of(tmp_path / name, "a,b\n1,2\n")
    assert by_columns(table) == list(raw_rows(table)) == [(2, ["1", "2"])]


def test_titles_and_notes_are_left_out_and_rows_keep_their_numbers(tmp_path: Path) -> None:
    """The record number counts everything in the text, blank lines above the header too."""
    table = table_of(
        tmp_path / "t.csv",
        '"ti\ntle",\n,\na,b\n1,2\n小计,2\n"3\n",4\n注,\n',
        header_row=3,
        comment_rows=(5, 7),
    )
    assert by_columns(table) == list(raw_rows(table)) == [(4, ["1", "2"]), (6, ["3\n", "4"])]


@pytest.mark.parametrize("more", [{"delimiter": ";"}, {"delimiter": "\t"}, {"quote_char": ""}, {"has_header": False}])
def test_a_dialect_is_followed(tmp_path: Path, more: dict[str, Any]) -> None:
    """Delimiter, quotes and header are those that were understood, never guessed."""
    delimiter = more.get("delimiter", ",")
    table = table_of(tmp_path / "t.csv", f"a{delimiter}b\n1{delimiter}x\n", **more)
    assert by_columns(table) == list(raw_rows(table))


@pytest.mark.parametrize(
    "more", [{"escape_char": "\\"}, {"skip_initial_space": True}, {"comment_char": "#"}, {"double_quote": False}]
)
def test_what_duckdb_reads_otherwise_is_refused(tmp_path: Path, more: dict[str, Any]) -> None:
    """The caller then reads row by row."""
    with pytest.raises(NotByColumns):
        relation_sql(table_of(tmp_path / "t.csv", "a,b\n1,2\n", **more))


def test_blank_lines_are_noticed(tmp_path: Path) -> None:
    """DuckDB passes over them, so its numbers would be wrong."""
    texts = ["a,b\n1,2\n", "a,b\r\n1,2\r\n", "a,b\n\n1,2\n", "a,b\r\n\r\n1,2", "\na,b\n", "a,b\r\r1,2"]
    exact = [has_exact_records(table_of(tmp_path / "t.csv", text)) for text in texts]
    assert exact == [True, True, False, False, False, False]


def test_nothing_can_be_loaded(tmp_path: Path) -> None:
    """No extension is fetched or loaded, and that cannot be changed."""
    with connect(tmp_path) as connection, pytest.raises(duckdb.Error):
        connection.execute("SET autoinstall_known_extensions = true")


CELLS = st.text(st.sampled_from('ab1 ,;"\n\r市\u2028\t'), max_size=5)


def test_a_long_question_prints_nothing(tmp_path: Path) -> None:
    """DuckDB draws a bar for a question of some seconds; a program reads what our commands print."""
    with connect(tmp_path) as connection:
        said = connection.execute("SELECT value FROM duckdb_settings() WHERE name = 'enable_progress_bar'").fetchall()
    assert said == [("false",)]


@settings(deadline=None, max_examples=60)
@given(rows=st.lists(st.tuples(CELLS, CELLS), max_size=6), end=st.sampled_from(["\n", "\r\n"]))
def test_what_a_writer_of_csv_makes_is_read_alike(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str]], end: str
) -> None:
    """Whatever stands in the cells: DuckDB gives the rows of Python's csv, or an error that sends the caller there."""
    import csv
    import io

    target = io.StringIO()
    csv.writer(target, lineterminator=end, quoting=csv.QUOTE_ALL).writerows([("a", "b"), *rows])
    table = table_of(tmp_path_factory.mktemp("t") / "t.csv", target.getvalue())
    try:
        found = by_columns(table)
    except duckdb.Error:
        return
    assert not has_exact_records(table) or found == list(raw_rows(table))
