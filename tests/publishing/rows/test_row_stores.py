"""Stores of rows as they are opened: which tables there are, together and linked; cursors, limits, damage, bytes."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from decimal import Decimal
from multiprocessing import get_context
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from stored_rows import DATASET, source, stored, stores

from portal.model.errors import QueryError, QueryTooLongError, ReleaseError
from portal.publishing.rows import store_writing
from portal.publishing.rows.row_query import Aggregate, AllOf, Column, Condition, Group, Order, RowQuery
from portal.publishing.rows.row_stores import RowStores
from portal.publishing.rows.row_table import RowTable

MONTH = [("市场", "string"), ("价格", "number")]
MARKETS = [("code", "string"), ("名称", "string")]
LEADS = [{"fields": ["市场"], "reference": {"resource": "markets", "fields": ["code"]}}]


@pytest.fixture
def prices(tmp_path: Path) -> RowStores:
    """Two months of prices at markets, and the list of these."""
    january = source(tmp_path, "p-01", MONTH, [["M1", "1.50"], ["M2", "2.25"], ["", "3.00"]], foreignKeys=LEADS)
    february = source(tmp_path, "p-02", MONTH, [["M2", "4.00"], ["M9", "5.00"]], foreignKeys=LEADS)
    markets = source(tmp_path, "markets", MARKETS, [["M1", "曹安"], ["M2", "江桥"], ["M3", ""]])
    return stores(tmp_path, [january, february, markets])


def table(opened: RowStores, resource: str) -> RowTable:
    """Return a table that is there."""
    found = opened.table(DATASET, resource)
    assert found is not None
    return found


def rows(found: RowTable | None, **asked: Any) -> list[tuple[Any, ...]]:
    """Return the rows of an answer."""
    assert found is not None
    return list(found.page(RowQuery(**asked)).rows)


def test_each_table_has_its_own_rows(prices: RowStores) -> None:
    """Tables of one shape are stored together, and asked alone each has its own rows."""
    assert rows(table(prices, "p-02")) == [("M2", Decimal("4.00")), ("M9", Decimal("5.00"))]


def test_tables_of_one_shape_are_asked_together(prices: RowStores) -> None:
    """Together the resource comes first, and can be filtered, sorted and grouped by."""
    together = prices.together(DATASET, "p-02")
    assert rows(together, where=Condition(Column("_resource"), "gt", ("p-01",))) == [
        ("p-02", "M2", Decimal("4.00")),
        ("p-02", "M9", Decimal("5.00")),
    ]
    groups = (Group(Column("_resource")),)
    assert rows(together, groups=groups, aggregates=(Aggregate("sum", Column("价格")),)) == [
        ("p-01", Decimal("6.75")),
        ("p-02", Decimal("9.00")),
    ]


def test_a_foreign_key_leads_to_the_columns_of_the_other_table(prices: RowStores) -> None:
    """A column of the table that a foreign key leads to is given, filtered, sorted and grouped by."""
    name = Column("名称", through="市场")
    january = table(prices, "p-01")
    assert [field.name for field in january.linked("市场")] == ["code", "名称"]
    assert january.linked("价格") == ()
    assert rows(january, fields=(Column("价格"), name), order=(Order(name, descending=True),)) == [
        (Decimal("2.25"), "江桥"),
        (Decimal("1.50"), "曹安"),
        (Decimal("3.00"), None),
    ]
    assert rows(january, fields=(name,), where=Condition(name, "contains", ("桥",))) == [("江桥",)]
    together = prices.together(DATASET, "p-01")
    assert rows(together, groups=(Group(name),), aggregates=(Aggregate("count"),)) == [
        ("曹安", 1),
        ("江桥", 2),
        (None, 2),
    ]


def test_nothing_is_found_by_strange_names(prices: RowStores) -> None:
    """A dataset or resource that does not exist is none, whatever its name looks like."""
    for dataset, resource in (("../rows", "p-01"), ("", ""), (DATASET, "p-03"), (DATASET, "../x"), ("a\0b", "p-01")):
        assert prices.table(dataset, resource) is None
        assert prices.together(dataset, resource) is None


def test_a_release_without_stores_has_no_tables(tmp_path: Path) -> None:
    """A release of an earlier version, which has no stores, has no rows to ask for."""
    assert RowStores(tmp_path / "rows").table("a", "b") is None


@pytest.mark.parametrize("name", ["limit", "_id", "年份(年)", "a.b", 'x"; DROP TABLE t0; --', "c0", "id", "`'[]"])
def test_a_column_may_have_any_name(tmp_path: Path, name: str) -> None:
    """Whatever a column is called, it is filtered, sorted and grouped by."""
    found = stored(tmp_path, [(name, "integer"), (name.upper() + "2", "string")], [["2", "乙"], ["1", "甲"]])
    column = Column(name)
    assert rows(found, where=Condition(column, "lt", (2,)), order=(Order(column),)) == [(1, "甲")]
    assert rows(found, groups=(Group(column),), aggregates=(Aggregate("max", column),)) == [(1, 1), (2, 2)]


def test_columns_that_differ_in_capitals_alone_are_two(tmp_path: Path) -> None:
    """``code`` and ``Code`` are two columns."""
    found = stored(tmp_path, [("code", "string"), ("Code", "string")], [["a", "b"]])
    assert rows(found, fields=(Column("Code"),), where=Condition(Column("code"), "eq", ("a",))) == [("b",)]


@pytest.mark.parametrize("name", ["nix", "limit; --", "a\0"])
def test_an_unknown_column_is_refused(tmp_path: Path, name: str) -> None:
    """A column that does not exist is a QueryError that names it, wherever it stands."""
    found = stored(tmp_path, [("a", "string")], [["1"]])
    for query in (
        RowQuery(fields=(Column(name),)),
        RowQuery(where=Condition(Column(name), "eq", ("1",))),
        RowQuery(order=(Order(Column(name)),)),
        RowQuery(groups=(Group(Column(name)),)),
        RowQuery(aggregates=(Aggregate("min", Column(name)),)),
        RowQuery(fields=(Column("a", through=name),)),
        RowQuery(fields=(Column(name, through="a"),)),
    ):
        with pytest.raises(QueryError):
            found.page(query)


@pytest.mark.parametrize(
    ("cell", "type_", "value"),
    [
        ("0010181", "string", "0010181"),
        ("123456789012345678901234567890", "integer", 123456789012345678901234567890),
        ("0.1000000000000000055511151231257827", "number", Decimal("0.1000000000000000055511151231257827")),
        ("1.50", "number", Decimal("1.50")),
        ("NaN", "number", "NaN"),
        ("-Infinity", "number", "-Infinity"),
        ("true", "boolean", True),
        ("2024-02-29", "date", "2024-02-29"),
        ("2024-02-29T10:00:00.5+08:00", "datetime", "2024-02-29T10:00:00.5+08:00"),
        ("2024", "year", 2024),
        ("2024-03", "yearmonth", "2024-03"),
        ("P1Y2M", "duration", "P1Y2M"),
        ('{"a": [1, 2]}', "object", '{"a": [1, 2]}'),
        ("[1, 2]", "array", "[1, 2]"),
        (" 甲\n乙 ", "string", " 甲\n乙 "),
    ],
)
def test_a_value_is_what_the_cell_says(tmp_path: Path, cell: str, type_: str, value: Any) -> None:
    """An answer never changes a value, also not one that no number of a machine holds."""
    assert rows(stored(tmp_path, [("a", type_), ("b", "string")], [[cell, "1"]])) == [(value, "1")]


def test_sums_are_exact_beyond_64_bits(tmp_path: Path) -> None:
    """Sums of the greatest whole numbers and of long decimals have all their digits."""
    big, long = str(2**63 - 1), "0.1000000000000000055511151231257827"
    found = stored(tmp_path, [("a", "integer"), ("b", "number")], [[big, long]] * 3)
    sums = tuple(Aggregate("sum", Column(name)) for name in "ab")
    assert rows(found, aggregates=sums) == [(3 * (2**63 - 1), Decimal("0.3000000000000000166533453693773481"))]


def test_sums_of_scaled_decimals_are_exact(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of many decimals the sum is no sum of doubles, with and without the copy of columns."""
    cells = [["0.10"]] * 30
    bare = stored(tmp_path, [("a", "number")], cells)
    monkeypatch.setattr(store_writing, "COPIED_ROWS_MIN", 1)
    copied = stored(tmp_path / "rows", [("a", "number")], cells)
    for found in (bare, copied):
        assert rows(found, aggregates=(Aggregate("sum", Column("a")),)) == [(Decimal("3.00"),)]


@pytest.mark.parametrize("text", ["%", "_", "*", '"', "'", "\\", "取水", "水", "证A", "é", "NEAR", "a OR b"])
def test_contains_finds_the_text_and_nothing_else(tmp_path: Path, text: str) -> None:
    """No character means anything else than itself; one of Chinese is found alone, in long tables by their index."""
    texts = ["取水许可证ABC", "取 水", "50%", "a_b", "it's", 'say "hi"', "back\\slash", "café*", "a OR b"]
    cells = [[text] for text in [*texts, *(f"无关{number}" for number in range(2_000))]]
    found = stored(tmp_path, [("a", "string")], cells)
    expected = [tuple(row) for row in cells if text.lower() in row[0].lower()]
    assert rows(found, where=Condition(Column("a"), "contains", (text,))) == expected
    assert rows(found, words=text.replace(" ", "")) == [
        tuple(row) for row in cells if text.replace(" ", "").lower() in row[0].lower()
    ]


def test_a_cursor_is_good_for_its_question_and_its_table_alone(tmp_path: Path) -> None:
    """A cursor of another question, of a table with other content, or made up, is a QueryError, never other rows."""
    found = stored(tmp_path, [("a", "integer")], [["1"], ["2"], ["3"]])
    next_ = found.page(RowQuery(limit=1)).next
    assert rows(found, limit=2, cursor=next_) == [(2,), (3,)]
    (tmp_path / "b").mkdir()
    other = stored(tmp_path / "b", [("a", "integer")], [["1"], ["2"], ["4"]])
    asked: list[tuple[RowTable, RowQuery]] = [
        (found, RowQuery(order=(Order(Column("a")),), cursor=next_)),
        (found, RowQuery(groups=(Group(Column("a")),), cursor=next_)),
        (other, RowQuery(cursor=next_)),
        *((found, RowQuery(cursor=text)) for text in ("x", "AAAA", next_ + "A", "é", "\0")),
    ]
    for where, query in asked:
        with pytest.raises(QueryError):
            where.page(query)


def test_a_page_has_a_limit(tmp_path: Path) -> None:
    """More rows than a page may have are refused, and streamed."""
    found = stores(tmp_path, [source(tmp_path, "t", [("a", "integer")], [["1"]] * 9)], rows_max=5).table(DATASET, "t")
    assert found is not None
    for limit in (6, None, -1):
        with pytest.raises(QueryError):
            found.page(RowQuery(limit=limit))
    assert list(found.stream(RowQuery(limit=None))[1]) == [(1,)] * 9


@pytest.mark.parametrize("is_copied", [False, True])
def test_a_question_has_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, is_copied: bool) -> None:
    """A question that takes longer than it may is stopped, and says so."""
    monkeypatch.setattr(store_writing, "COPIED_ROWS_MIN", 1 if is_copied else 10**9)
    cells = [[str(number), str(number * 7919 % 40_009)] for number in range(40_000)]
    opened = stores(tmp_path, [source(tmp_path, "t", [("a", "integer"), ("b", "integer")], cells)], seconds_max=0)
    groups, numbers = (Group(Column("a")), Group(Column("b"))), (Aggregate("median", Column("b")),)
    with pytest.raises((QueryTooLongError, ReleaseError)) as error:
        table(opened, "t").page(RowQuery(groups=groups, aggregates=numbers))
    assert isinstance(error.value, QueryTooLongError)


def test_what_is_looked_up_for_a_question_has_one_time_together(tmp_path: Path) -> None:
    """Words behind codes ask other tables often; each is short, and all of them have the time of one question."""
    markets = source(tmp_path, "markets", MARKETS, [["M1", "西门"], ["M2", "东门"]], primaryKey=["code"])
    prices = source(tmp_path, "prices", MONTH, [["M1", "1.50"]], foreignKeys=LEADS)
    opened = stores(tmp_path, [markets, prices], seconds_max=0)
    with pytest.raises(QueryTooLongError):
        table(opened, "prices").page(RowQuery(words="西门 东门", looks_behind_codes=True))
    with pytest.raises(QueryTooLongError):
        table(opened, "markets").page(RowQuery(words="西门 东门"))


@pytest.mark.parametrize("is_copied", [False, True])
def test_the_time_of_a_question_rests_while_somebody_reads(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, is_copied: bool
) -> None:
    """Groups that are fetched more slowly than a question may take come whole."""
    monkeypatch.setattr(store_writing, "COPIED_ROWS_MIN", 1 if is_copied else 10**9)
    cells = [[str(number)] for number in range(5_000)]
    opened = stores(tmp_path, [source(tmp_path, "t", [("a", "integer")], cells)], seconds_max=1)
    query = RowQuery(groups=(Group(Column("a")),), aggregates=(Aggregate("count"),), limit=None)
    _, rows = table(opened, "t").stream(query)
    first = next(rows)
    time.sleep(2.5)
    assert [first, *rows] == [(number, 1) for number in range(5_000)]


@pytest.mark.parametrize("damage", [lambda data: data[:-1], lambda data: b"", lambda data: data.replace(b"M2", b"M3")])
def test_a_damaged_store_answers_nothing(tmp_path: Path, prices: RowStores, damage: Callable[[bytes], bytes]) -> None:
    """A store that is not what the build wrote is a ReleaseError, also where only a value was changed."""
    path = tmp_path / "rows" / DATASET / "rows.sqlite"
    path.write_bytes(damage(path.read_bytes()))
    with pytest.raises(ReleaseError):
        prices.table(DATASET, "p-01")


def test_a_store_that_is_cut_while_it_is_asked_answers_nothing_until_it_is_whole(
    tmp_path: Path, prices: RowStores
) -> None:
    """What was open is not read on, which would end the process; where the file is whole again, it answers."""
    path = tmp_path / "rows" / DATASET / "rows.sqlite"
    whole = path.read_bytes()
    before = table(prices, "p-01").page(RowQuery(limit=5)).rows
    os.truncate(path, 1024)
    with pytest.raises(ReleaseError):
        prices.table(DATASET, "p-01")
    path.write_bytes(whole)
    assert table(prices, "p-01").page(RowQuery(limit=5)).rows == before


def test_a_store_that_is_deleted_while_it_is_asked_answers_on(tmp_path: Path, prices: RowStores) -> None:
    """A release that is taken away serves those who have begun with it."""
    asked = table(prices, "p-01")
    before = asked.page(RowQuery(limit=5)).rows
    (tmp_path / "rows" / DATASET / "rows.sqlite").unlink()
    assert table(prices, "p-01").page(RowQuery(limit=5)).rows == before


def test_a_list_of_stores_that_is_no_list_is_told(tmp_path: Path) -> None:
    """A broken list of stores is a ReleaseError."""
    (tmp_path / "rows").mkdir()
    (tmp_path / "rows" / "stores.json").write_text("[]", encoding="utf-8")
    with pytest.raises(ReleaseError):
        RowStores(tmp_path / "rows")


def test_stores_are_the_same_bytes_each_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same tables make the same bytes, with indices and copies of columns too."""
    monkeypatch.setattr(store_writing, "COPIED_ROWS_MIN", 1)
    monkeypatch.setattr(store_writing, "INDEXED_ROWS_MIN", 1)
    cells = [[f"取水{number % 7}许可{number}", str(number)] for number in range(500)]
    made = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        stores(tmp_path / name, [source(tmp_path, "t", [("a", "string"), ("b", "integer")], cells)])
        made.append({path.name: path.read_bytes() for path in (tmp_path / name / "rows" / DATASET).iterdir()})
    assert made[0] == made[1]


def test_many_threads_get_right_answers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Questions from several threads at once are answered each by itself, by the store and by the copy of columns."""
    monkeypatch.setattr(store_writing, "COPIED_ROWS_MIN", 1)
    found = stored(tmp_path, [("a", "integer"), ("b", "string")], [[str(n), f"文{n % 3}"] for n in range(300)])
    wrong: list[Any] = []

    def ask(number: int) -> None:
        for _ in range(10):
            page = rows(found, where=AllOf((Condition(Column("a"), "lt", (number,)),)), limit=1000)
            count = rows(found, where=Condition(Column("a"), "lt", (number,)), aggregates=(Aggregate("count"),))
            if len(page) != number or count != [(number,)]:
                wrong.append((number, len(page), count))

    threads = [Thread(target=ask, args=(number,)) for number in range(1, 9)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="what is mapped is read in /proc")
def test_a_stream_does_not_map_the_file_of_rows(prices: RowStores, tmp_path: Path) -> None:
    """However large a table is, an export holds none of it as memory; a page afterwards maps it again."""

    def is_mapped() -> bool:
        return str(tmp_path) in Path("/proc/self/maps").read_text(encoding="utf-8")

    found = table(prices, "p-01")
    before = rows(found), is_mapped()
    _, stream = found.stream(RowQuery(limit=None))
    first, mapped = next(stream), is_mapped()
    assert (before[1], first, mapped, len(list(stream))) == (True, before[0][0], False, 2)
    assert (rows(found), is_mapped()) == before


def test_a_stream_goes_on_after_its_stores_are_closed(prices: RowStores) -> None:
    """A release that is replaced does not cut off what is being read of it."""
    _, streamed = table(prices, "p-01").stream(RowQuery(limit=None))
    first = next(streamed)
    prices.close()
    assert [first, *streamed] == [("M1", Decimal("1.50")), ("M2", Decimal("2.25")), (None, Decimal("3.00"))]


def test_groups_go_on_after_their_store_is_closed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A store that makes room for another does not cut off groups that are being read from the copy of its columns."""
    monkeypatch.setattr(store_writing, "COPIED_ROWS_MIN", 1)
    opened = stores(tmp_path, [source(tmp_path, "t", [("n", "integer")], [[str(n)] for n in range(3_000)])])
    _, streamed = table(opened, "t").stream(RowQuery(groups=(Group(Column("n")),), limit=None))
    first = next(streamed)
    opened.close()
    assert [first, *streamed] == [(n,) for n in range(3_000)]


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is told by Linux alone")
def test_many_rows_are_sorted_in_little_memory(tmp_path: Path) -> None:
    """A whole table that is sorted by a text without an index does not stand in memory meanwhile."""
    cells = [[f"{number * 7919 % 12_007:05d}{'x' * 1_000}"] for number in range(12_000)]
    stores(tmp_path, [source(tmp_path, "t", [("a", "string")], cells)]).close()
    with get_context("spawn").Pool(1) as fresh:  # this process has room left over from making the table
        assert fresh.apply(_kilobytes_to_sort, (tmp_path / "rows",)) < 6_000


def _kilobytes_to_sort(folder: Path) -> int:
    """Return by how much this process grows, apart from files, until it has the first of all rows in their order."""
    opened = RowStores(folder)
    rows(table(opened, "t"), limit=1)
    before = _own_kilobytes()
    _, streamed = table(opened, "t").stream(RowQuery(order=(Order(Column("a")),), limit=None))
    assert next(streamed)[0] == "00000" + "x" * 1_000
    return _own_kilobytes() - before


def _own_kilobytes() -> int:
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("RssAnon"))
