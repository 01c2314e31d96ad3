"""Tables of one shape looked through as one: the newest first, the table as a column and a filter, one extract."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qsl

import pytest
from explorer_pages import UNFOLDED, ask, chips_of, column_of, rows_of, said_on
from flask.testing import FlaskClient
from parsed import parse

MONTHLY = "/datasets/monthly/rows/"
QUARTERLY = "/datasets/quarterly/rows/"


def test_the_rows_of_all_tables_stand_together_the_newest_first(row_client: FlaskClient) -> None:
    """Which table a row is of stands before its columns, by its title with its name on demand."""
    page = ask(row_client, MONTHLY)
    assert page.one("h1").words == "合并查看“每月站点”的 3 张表"
    assert rows_of(page) == [
        ["表格", "站点", "日期", "浓度"],
        ["2025-03", "静安", "2025年3月15日", "20.5"],
        ["2025-03", "徐汇", "2025年3月1日", "25"],
        ["2025-02", "静安", "2025年2月15日", "10.5"],
        ["2025-02", "徐汇", "2025年2月1日", "15"],
        ["2025-01", "静安", "2025年1月15日", "0.5"],
        ["2025-01", "徐汇", "2025年1月1日", "5"],
    ]
    assert said_on(page) == ["3 张表共 6 行。", "最新的排在前面（按日期）。"]


def test_a_filter_chooses_tables(row_client: FlaskClient) -> None:
    """Each with the number of its rows; what is chosen is a condition like others, and totals are those of all."""
    page = ask(row_client, MONTHLY, UNFOLDED)
    choices = [one.words for one in page.all("label") if one.all("input", name="_resource")]
    assert choices == ["2025-03 2", "2025-02 2", "2025-01 2"]
    page = ask(row_client, MONTHLY, ("_resource", "2025-03"), ("_resource", "2025-01"), ("浓度__gte", "1"))
    assert column_of(page, 2) == ["2025年3月15日", "2025年3月1日", "2025年1月1日"]
    assert said_on(page)[0] == "全表 6 行，符合条件的有 3 行：表格是2025-03或2025-01；浓度不小于 1。"
    assert list(chips_of(page)) == ["表格是2025-03", "表格是2025-01", "浓度不小于 1"]


def test_ranges_and_choices_are_those_of_all_tables(row_client: FlaskClient) -> None:
    """From the least of all to the greatest, and each value with how often it stands in all of them."""
    page = ask(row_client, MONTHLY, UNFOLDED)
    form = page.one("form", class_="row-form")
    assert "0.5 – 25" in form.words
    assert "2025年1月1日 – 2025年3月15日" in form.words


def test_groups_and_pages_go_over_all_tables(row_client: FlaskClient) -> None:
    """A sum a table, and a last page with the rest of all rows."""
    asked = [("_group_by", "_resource"), ("_aggregate", "sum(浓度)"), ("_sort", "-_resource")]
    assert rows_of(ask(row_client, MONTHLY, *asked)) == [
        ["表格", "合计 · 浓度"],
        ["2025-03", "45.5"],
        ["2025-02", "25.5"],
        ["2025-01", "5.5"],
    ]
    page = ask(row_client, MONTHLY, ("_page", "2"))
    assert page.one("p", class_="empty").words == "这一页没有行，符合条件的行都在前面的页上。"


def test_the_extract_is_that_of_all_tables(row_client: FlaskClient) -> None:
    """As files and as the call of the API; where a dataset has other tables, too, the call says which are meant."""
    page = ask(row_client, MONTHLY, ("站点", "徐汇"))
    links = [link["href"].replace("../", "", 10) for link in page.all("a", class_="tags__link")]
    assert row_client.get(f"/{links[1]}").text.split() == [
        "_resource,站点,日期,浓度",
        "2025-03,徐汇,2025-03-01,25",
        "2025-02,徐汇,2025-02-01,15",
        "2025-01,徐汇,2025-01-01,5",
    ]
    page = ask(row_client, QUARTERLY, ("用途", "居民"))
    (curl, _python) = (item.text for item in page.all("code") if "rows?" in item.text)
    address = curl.partition("'")[2].rpartition("'")[0]
    assert parse_qsl(address.partition("?")[2])[0] == ("_like", "a")
    assert sorted(row_client.get(address).get_json()["rows"]) == [["a", "居民", 2], ["b", "居民", 0], ["c", "居民", 1]]


def test_where_no_column_tells_the_time_the_tables_do_if_their_names_are_in_its_order(row_client: FlaskClient) -> None:
    """Titles alone tell no order to sort by; the choices stand by them all the same."""
    page = ask(row_client, QUARTERLY, UNFOLDED)
    choices = [one.words for one in page.all("label") if one.all("input", name="_resource")]
    assert choices == ["2025年04月起的季度 b 2", "2025年01月起的季度 c 2", "2024年10月起的季度 a 2"]
    assert said_on(page) == ["3 张表共 6 行。"]


def test_equal_rows_stand_as_in_their_file(row_client: FlaskClient) -> None:
    """However they are sorted: the newest table begins with its first row."""
    for way in ("_resource", "-_resource"):
        page = ask(row_client, QUARTERLY, ("_sort", way))
        assert column_of(page, 1) == ["居民", "工业"] * 3


def test_any_of_the_tables_leads_to_their_page(row_client: FlaskClient) -> None:
    """By one address for all, with the question."""
    response = row_client.get("/en/datasets/quarterly/rows/b/?_q=x")
    assert (response.status_code, response.headers["Location"]) == (308, "../?_q=x")


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/datasets/schools/rows/", 404),
        ("/datasets/quarterly/rows/kinds/", 404),
        ("/datasets/quarterly/rows/none/", 404),
        ("/datasets/salaries/rows/", 404),
        ("/datasets/none/rows/", 404),
        ("/en/datasets/odd/rows/", 404),
    ],
)
def test_what_is_no_several_tables_has_no_such_page(row_client: FlaskClient, path: str, status: int) -> None:
    """With a question or without; it is a page that says so."""
    for query in ("", "?a=1"):
        response = row_client.get(path + query)
        assert (response.status_code, response.content_type) == (status, "text/html; charset=utf-8")


def test_a_script_gets_the_answer_alone(row_client: FlaskClient) -> None:
    """As of one table."""
    part = parse(row_client.get(f"{MONTHLY}?_part=answer&_limit=20").text)
    assert (len(rows_of(part)), part.all("h1", "form", class_="row-form")) == (7, [])


def test_the_dataset_and_each_table_lead_there(row_client: FlaskClient) -> None:
    """In both languages."""
    page = parse(row_client.get("/en/datasets/monthly/").text)
    links = {one.words: one["href"] for one in page.all("a")}
    assert links["Look through all 3 tables as one"] == "rows/"
    page = ask(row_client, "/datasets/monthly/resources/2025-02/rows/")
    assert {one.words: one["href"] for one in page.all("a")}["合并查看全部 3 张表"] == "../../../rows/"


def test_as_a_file_it_has_the_newest_rows_and_all_files_and_says_what_it_lacks(rows_release: Path) -> None:
    """For who has a copy of the pages alone."""
    page = parse((rows_release / "site/datasets/monthly/rows/index.html").read_text(encoding="utf-8"))
    assert (page.one("h2").words, rows_of(page)[1]) == ("2025-03", ["静安", "2025年3月15日", "20.5"])
    assert "这里只提供文件，没有服务器" in page.one("article").words
    items = page.all("li", class_="alike__item")
    assert [item.one("a", class_="alike__name").words for item in items] == ["2025-03", "2025-02", "2025-01"]
    assert [one.words for one in items[0].all("a")][1:] == ["XLSX", "CSV", "JSON", "PARQUET"]
    assert page.all("form", class_="row-form") == []
