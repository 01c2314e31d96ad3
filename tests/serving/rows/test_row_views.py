"""Rows over HTTP: filters, pages, groups, formats, names, conditions, and what has no rows."""

from __future__ import annotations

import csv
import io
import json
from datetime import datetime
from typing import Any

import openpyxl
import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

HOST = "http://localhost"
SCHOOLS = "/api/v1/datasets/schools/resources/schools/rows"
STOPS = "/api/v1/datasets/bus-lines/resources/stops/rows"
ODD = "/api/v1/datasets/odd/resources/odd/rows"
MONTHLY = "/api/v1/datasets/monthly/rows"


def get(client: FlaskClient, path: str, **headers: str) -> Any:
    """Return the JSON that stands at a path."""
    response = client.get(path, headers=headers)
    assert (response.status_code, response.content_type) == (200, "application/json"), response.text
    return response.get_json()


def rows(client: FlaskClient, path: str) -> list[list[Any]]:
    """Return the rows of an answer."""
    found: list[list[Any]] = get(client, path)["rows"]
    return found


def refused(response: TestResponse) -> tuple[int, str, str]:
    """Return status, parameter and sentence of a problem."""
    assert response.content_type == "application/problem+json"
    problem = response.get_json()
    assert problem["detail_zh"]
    return response.status_code, problem.get("parameter", ""), problem["detail"]


def test_a_table_is_answered_with_fields_rows_total_and_next(row_client: FlaskClient) -> None:
    """Values have their types: codes are texts, numbers numbers, no value is null."""
    assert get(row_client, SCHOOLS) == {
        "fields": [
            {"name": "学校代码", "type": "string", "title": "学校代码"},
            {"name": "名称", "type": "string", "title": "名称"},
            {"name": "学生数", "type": "integer", "title": "学生数"},
            {"name": "建校日期", "type": "date", "title": "建校日期"},
            {"name": "寄宿", "type": "boolean", "title": "寄宿"},
        ],
        "rows": [
            ["0001", "第一小学", 320, "1956-09-01", False],
            ["0002", "城南, 中学", 1024, "1978-03-15", True],
            ["0003", "=SUM(A1)", None, "2001-09-01", False],
        ],
        "total": 3,
        "next": None,
    }


def test_titles_of_columns_are_told_in_english_too(row_client: FlaskClient) -> None:
    """The names that count in filters stay as they are."""
    fields = get(row_client, f"{SCHOOLS}?_lang=en&_fields=学生数")["fields"]
    assert fields == [{"name": "学生数", "type": "integer", "title": "Pupils"}]


@pytest.mark.parametrize(
    ("query_string", "codes"),
    [
        ("学生数__gte=320", ["0001", "0002"]),
        ("学生数__gte=320&寄宿=是", ["0002"]),
        ("寄宿=true", ["0002"]),
        ("学校代码=0001&学校代码=0003", ["0001", "0003"]),
        ('名称__in="城南, 中学",第一小学', ["0001", "0002"]),
        ("名称__contains=小学", ["0001"]),
        ("名称__startswith==SUM", ["0003"]),
        ("学生数__isnull=true", ["0003"]),
        ("建校日期__lt=1980-01-01&_sort=-建校日期", ["0002", "0001"]),
        ("_q=中学", ["0002"]),
        ("_sort=学生数", ["0001", "0002", "0003"]),
        ("_sort=-学生数", ["0002", "0001", "0003"]),
    ],
)
def test_filters_and_order_are_answered(row_client: FlaskClient, query_string: str, codes: list[str]) -> None:
    """What the grammar says, the table does."""
    assert [row[0] for row in rows(row_client, f"{SCHOOLS}?{query_string}")] == codes


@pytest.mark.parametrize(
    ("query_string", "ids"),
    [
        ('"_id"__gte=8', [8, 9]),
        ("limit=3", [9]),
        ("sort=𠮷野", [8]),
        ("年份(年)=2024", [7]),
        ("年份(年)__gt=2024", [8]),
        ("x__gte=p", [7]),
        ("x__gte__gte=q", [8]),
        ("a.b__lt=0", [8]),
        ("a.b=1.5", [7]),
        ("c,d=甲,乙", [7]),
        ('_sort=-"_id"', [9, 8, 7]),
        ("有 空格=2025-01-31", [7, 8]),
        ("有 空格__lte=2025-01-31", [7, 8]),
        ("有 空格__gt=2025-01-31", [9]),
        ("有 空格__ne=2025-01-31", [9]),
    ],
)
def test_columns_with_odd_names_are_asked_for(row_client: FlaskClient, query_string: str, ids: list[int]) -> None:
    """Columns called like parameters, operators or steps work; a day alone is the whole day."""
    assert [row[0] for row in rows(row_client, f"{ODD}?{query_string}")] == ids


def test_a_step_along_a_foreign_key_brings_names_to_codes(row_client: FlaskClient) -> None:
    """The columns of the table that a column leads to are given, filtered and sorted by."""
    answer = get(row_client, f"{STOPS}?_fields=站名,线路.票价&线路.票价__gte=0&_sort=线路.票价,站名&_limit=2")
    assert [field["name"] for field in answer["fields"]] == ["站名", "线路.票价"]
    assert answer["rows"] == sorted(answer["rows"], key=lambda row: row[1])


def test_pages_follow_each_other_by_cursor_and_by_link(row_client: FlaskClient) -> None:
    """Every row comes once; the Link header leads to the next page, and the last page has none."""
    seen, address = [], f"{SCHOOLS}?_limit=2&_sort=-学校代码"
    while address:
        response = row_client.get(address)
        seen.append([row[0] for row in response.get_json()["rows"]])
        assert response.get_json()["total"] == 3
        link = response.headers.get("Link", "")
        assert bool(link) == bool(response.get_json()["next"])
        address = link.removeprefix(f"<{HOST}").partition(">")[0]
    assert seen == [["0003", "0002"], ["0001"]]


def test_groups_are_answered_with_their_aggregates(row_client: FlaskClient) -> None:
    """A row for each group: its columns, then the aggregates; sorted by one of them."""
    answer = get(
        row_client, f"{MONTHLY}?_group_by=日期:month&_aggregate=count,max(浓度)&_sort=-max(浓度)&日期__gte=2025-02-01"
    )
    assert answer["rows"] == [["2025-03", 2, 25], ["2025-02", 2, 15]]
    assert (answer["total"], answer["next"]) == (2, None)
    assert [field["type"] for field in answer["fields"]] == ["yearmonth", "integer", "number"]


def test_groups_are_sorted_by_the_bucket_that_is_named(row_client: FlaskClient) -> None:
    """Where a column is there by year and by month, each can be sorted by; by its name alone it is the first."""
    path = f"{MONTHLY}?_group_by=日期:year,日期:month"
    months = [[2025, f"2025-0{month}", 2] for month in (3, 2, 1)]
    assert rows(row_client, f"{path}&_sort=-日期:month") == months
    assert rows(row_client, f"{path}&_sort=日期") == months[::-1]
    assert refused(row_client.get(f"{path}&_sort=日期:week"))[2] == (
        'Groups cannot be sorted by "日期:week". Use 日期:year, 日期:month, count.'
    )


def test_tables_of_one_shape_are_asked_as_one(row_client: FlaskClient) -> None:
    """The name of the resource is a column, to be given, filtered and grouped by."""
    assert rows(row_client, f"{MONTHLY}?站点=徐汇&_fields=_resource,浓度&_sort=-浓度") == [
        ["2025-03", 25],
        ["2025-02", 15],
        ["2025-01", 5],
    ]
    assert rows(row_client, f"{MONTHLY}?_resource__in=2025-01,2025-03&_group_by=_resource") == [
        ["2025-01", 2],
        ["2025-03", 2],
    ]


def test_tables_of_several_shapes_want_one_named(row_client: FlaskClient) -> None:
    """Which tables are meant is not guessed; one that no other is like is asked alone."""
    path = "/api/v1/datasets/bus-lines/rows"
    status, parameter, said = refused(row_client.get(path))
    assert (status, parameter) == (409, "_like")
    assert said == "The tables of this dataset have different columns: name one with _like, e.g. lines, stops."
    assert get(row_client, f"{path}?_like=lines")["fields"][1]["name"] == "线路"


def test_tables_whose_days_are_written_otherwise_are_of_several_shapes(row_client: FlaskClient) -> None:
    """No table is passed over in silence since it is kept apart from one with columns of the same names and types."""
    path = "/api/v1/datasets/written-otherwise/rows"
    assert refused(row_client.get(path))[:2] == (409, "_like")
    assert rows(row_client, f"{path}?_like=slashes") == [["slashes", "2025/01/02", "2024-05"]]


def test_months_are_grouped_by_year_and_quarter(row_client: FlaskClient) -> None:
    """A column of months has the buckets that are no shorter than one."""
    path = "/api/v1/datasets/written-otherwise/resources/slashes/rows"
    assert rows(row_client, f"{path}?_group_by=月份:year,月份:quarter,月份:month") == [[2024, "2024-Q2", "2024-05", 1]]
    assert refused(row_client.get(f"{path}?_group_by=月份:day"))[2] == (
        'The column "月份" is of type yearmonth and cannot be grouped by "day". Use year, quarter, month.'
    )


def test_a_posted_question_is_answered_alike(row_client: FlaskClient) -> None:
    """Trees of and, or, not by POST; the rest has the names of the parameters."""
    question = {
        "where": {
            "or": [
                {"field": "学校代码", "value": "0001"},
                {"and": [{"field": "学生数", "op": "gt", "value": 1000}, {"not": {"field": "寄宿", "value": False}}]},
            ]
        },
        "fields": ["学校代码"],
        "sort": ["-学校代码"],
    }
    answer = row_client.post(SCHOOLS, json=question)
    assert (answer.status_code, answer.get_json()["rows"]) == (200, [["0002"], ["0001"]])


def test_csv_is_what_was_published(row_client: FlaskClient) -> None:
    """The cells are to the letter those of the file; the name to save it under has both spellings."""
    response = row_client.get(f"{SCHOOLS}?_format=csv")
    assert response.content_type == "text/csv; charset=utf-8"
    assert response.data == row_client.get("/data/schools/schools.csv").data
    assert response.headers["Content-Disposition"] == (
        "attachment; filename=\"schools-schools.csv\"; filename*=UTF-8''"
        "%E5%AD%A6%E6%A0%A1%E5%90%8D%E5%BD%95-%E5%AD%A6%E6%A0%A1%E8%A1%A8.csv"
    )


@pytest.mark.parametrize(("encoding", "mark"), [("utf-8", b""), ("utf-8-sig", b"\xef\xbb\xbf"), ("gb18030", b"")])
def test_csv_comes_in_the_encodings_that_programs_want(row_client: FlaskClient, encoding: str, mark: bytes) -> None:
    """Every character stands in each of them, those beyond the basic plane too; the mark stands once."""
    response = row_client.get(f"{ODD}?_format=csv&_encoding={encoding}&_fields=sort")
    assert response.data.startswith(mark + "sort\r\n".encode(encoding.removesuffix("-sig")))
    assert response.data.decode(encoding).split("\r\n") == ["sort", "=1+1", "𠮷野", "+86", ""]
    assert response.content_type == f"text/csv; charset={encoding.removesuffix('-sig')}"


def test_formulas_are_made_harmless_where_that_is_asked_for(row_client: FlaskClient) -> None:
    """Texts that a spreadsheet would reckon get an apostrophe; numbers below nought are numbers."""
    response = row_client.get(f"{ODD}?_format=csv&_excel_safe=true&_fields=sort,a.b")
    assert list(csv.reader(io.StringIO(response.text))) == [
        ["sort", "a.b"],
        ["'=1+1", "1.50"],
        ["𠮷野", "-2"],
        ["'+86", ""],
    ]


def test_ndjson_is_an_object_a_line(row_client: FlaskClient) -> None:
    """Each line is a row by the names of its columns."""
    response = row_client.get(f"{SCHOOLS}?_fields=学校代码,学生数", headers={"Accept": "application/x-ndjson"})
    assert response.content_type == "application/x-ndjson; charset=utf-8"
    assert [json.loads(line) for line in response.text.splitlines()] == [
        {"学校代码": "0001", "学生数": 320},
        {"学校代码": "0002", "学生数": 1024},
        {"学校代码": "0003", "学生数": None},
    ]


def test_a_workbook_keeps_the_types(row_client: FlaskClient) -> None:
    """Codes are text cells of the format @, days are days, and the sheet is called like the resource."""
    response = row_client.get(f"{SCHOOLS}?_format=xlsx")
    assert response.content_length == len(response.data)
    sheet = openpyxl.load_workbook(io.BytesIO(response.data))["schools"]
    assert [cell.value for cell in sheet[2]] == ["0001", "第一小学", 320, datetime(1956, 9, 1), False]
    assert [cell.number_format for cell in sheet[2]] == ["@", "@", "General", "yyyy-mm-dd", "General"]
    assert (sheet["B4"].value, sheet["B4"].data_type) == ("=SUM(A1)", "s")


@pytest.mark.parametrize("format_", ["json", "csv", "ndjson", "xlsx"])
def test_a_page_of_any_format_leads_to_the_next(row_client: FlaskClient, format_: str) -> None:
    """Who asks for a number of rows finds the others by the Link header."""
    link = row_client.get(f"{SCHOOLS}?_format={format_}&_limit=2").headers["Link"]
    assert link.endswith('>; rel="next"')
    assert row_client.get(link[1:].partition(">")[0]).status_code == 200


def test_json_of_every_row_is_streamed_in_the_same_shape(row_client: FlaskClient) -> None:
    """``_limit=all`` gives what a page gives, however many rows there are."""
    assert get(row_client, f"{SCHOOLS}?_limit=all") == get(row_client, SCHOOLS)
    assert get(row_client, f"{SCHOOLS}?_limit=all&学校代码=no")["rows"] == []


def test_the_format_follows_accept_and_a_parameter_comes_first(row_client: FlaskClient) -> None:
    """A browser gets JSON; what cannot be made is refused with what can."""

    def type_of(accept: str, parameters: str = "") -> str:
        return row_client.get(SCHOOLS + parameters, headers={"Accept": accept}).mimetype or ""

    assert type_of("text/html,*/*;q=0.8") == "application/json"
    assert type_of("text/csv, application/json;q=0.5") == "text/csv"
    assert type_of("text/csv", "?_format=json") == "application/json"
    assert row_client.get(SCHOOLS).headers["Vary"] == "Accept"
    assert refused(row_client.get(SCHOOLS, headers={"Accept": "image/png"}))[:2] == (406, "Accept")
    named = row_client.get(f"{SCHOOLS}?_format=csv&_limit=1", headers={"Accept": "image/png"})
    posted = row_client.post(SCHOOLS, json={"format": "ndjson", "limit": 1}, headers={"Accept": "image/png"})
    assert [one.status_code for one in (named, posted)] == [200, 200]


def test_who_knows_the_answer_is_not_told_again(row_client: FlaskClient) -> None:
    """The tag belongs to the release and the question."""
    tag = row_client.get(f"{SCHOOLS}?学生数__gt=5").headers["ETag"]
    again = row_client.get(f"{SCHOOLS}?学生数__gt=5", headers={"If-None-Match": tag})
    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", tag)
    assert row_client.get(f"{SCHOOLS}?学生数__gt=6", headers={"If-None-Match": tag}).status_code == 200
    csv_answer = row_client.get(f"{SCHOOLS}?学生数__gt=5", headers={"If-None-Match": tag, "Accept": "text/csv"})
    assert csv_answer.status_code == 200


@pytest.mark.parametrize("format_", ["json", "csv", "ndjson", "xlsx"])
def test_head_tells_what_get_would(row_client: FlaskClient, format_: str) -> None:
    """The same headers without a body."""
    got, head = (ask(f"{SCHOOLS}?_format={format_}") for ask in (row_client.get, row_client.head))
    named = ("Content-Type", "Content-Disposition", "ETag", "Vary", "Link")
    assert (head.status_code, head.data) == (200, b"")
    assert [head.headers.get(name) for name in named] == [got.headers.get(name) for name in named]


def test_a_browser_may_post_from_another_site(row_client: FlaskClient) -> None:
    """The preflight names the methods and the content type."""
    response = row_client.options(SCHOOLS, headers={"Origin": "https://a.example"})
    assert response.headers["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS, POST"
    assert "Content-Type" in response.headers["Access-Control-Allow-Headers"]


@pytest.mark.parametrize(
    ("path", "status", "parameter", "said"),
    [
        ("nobody/resources/a/rows", 404, "name", 'There is no dataset "nobody".'),
        (
            "salaries/resources/salaries/rows",
            404,
            "name",
            'The dataset "salaries" is not open: there are no rows of it.',
        ),
        ("salaries/rows", 404, "name", 'The dataset "salaries" is not open: there are no rows of it.'),
        (
            "schools/resources/school/rows",
            404,
            "resource",
            'The dataset "schools" has no resource "school". It has schools.',
        ),
        ("odd/resources/notes/rows", 404, "resource", 'The resource "notes" is no table: download its file.'),
        ("odd/resources/elsewhere/rows", 404, "resource", 'The resource "elsewhere" is a link to another site.'),
        ("schools/resources/..%5C..%5Cschools/rows", 404, "resource", 'no resource "..\\..\\schools"'),
        ("schools/resources/a%00b%0D%0A/rows", 404, "resource", 'The dataset "schools" has no resource "a b  ".'),
        ("a%00b/resources/x/rows", 404, "name", 'There is no dataset "a b".'),
        ("schools/resources/schools/rows?" + "a" * 40_000, 414, "?", "The query string has more than 32768 bytes;"),
        ("schools/resources/schools/rows?学生=3", 409, "学生", 'There is no column "学生". Did you mean 学生数?'),
        ("schools/resources/schools/rows?_cursor=abc", 409, "_cursor", "This cursor is none of this question"),
    ],
)
def test_what_cannot_be_answered_is_a_problem_with_its_reason(
    row_client: FlaskClient, path: str, status: int, parameter: str, said: str
) -> None:
    """The status is right, the place is named, and the sentence says what to do."""
    found = refused(row_client.get(f"/api/v1/datasets/{path}"))
    assert found[:2] == (status, parameter)
    assert said in found[2]


def test_a_cursor_is_good_for_its_own_question_alone(row_client: FlaskClient) -> None:
    """Neither another filter nor another table takes it."""
    cursor = get(row_client, f"{SCHOOLS}?_limit=1")["next"]
    assert row_client.get(f"{SCHOOLS}?_limit=2&_cursor={cursor}").status_code == 200
    assert refused(row_client.get(f"{SCHOOLS}?学生数__gt=1&_cursor={cursor}"))[:2] == (409, "_cursor")
    assert refused(row_client.get(f"{STOPS}?_cursor={cursor}"))[:2] == (409, "_cursor")


@pytest.mark.parametrize(
    ("options", "status", "parameter"),
    [
        ({"data": b"{}"}, 415, "Content-Type"),
        ({"data": b"{}", "content_type": "text/plain"}, 415, "Content-Type"),
        ({"data": b"", "content_type": "application/json"}, 400, "body"),
        ({"data": b"{" * 90_000, "content_type": "application/json"}, 400, "body"),
        ({"data": b" " * 300_000, "content_type": "application/json"}, 413, "body"),
        ({"json": {"where": {"field": "学生数", "op": "gt", "value": "many"}}}, 409, "where.value"),
        ({"json": {"where": {"field": "名称", "value": 7}}}, 409, "where.value"),
        ({"json": {"where": {"field": "名称", "value": True}}}, 409, "where.value"),
        ({"json": {"where": {"field": "学生数", "value": ""}}}, 409, "where.value"),
        ({"json": {"where": {"field": "名称", "value": ["a"]}}}, 400, "where.value"),
        ({"json": {"where": {"field": "名称", "op": "contains", "value": 7}}}, 400, "where.value"),
        ({"json": {"where": {"field": "名称", "op": "in", "value": [None]}}}, 400, "where.value"),
        ({"json": {}, "query_string": {"学生数": "3"}}, 400, "学生数"),
    ],
)
def test_a_bad_body_is_a_problem(row_client: FlaskClient, options: dict[str, Any], status: int, parameter: str) -> None:
    """The kind, the size and every value of a posted question are checked."""
    assert refused(row_client.post(SCHOOLS, **options))[:2] == (status, parameter)


def test_a_resource_is_described_with_where_its_rows_are(row_client: FlaskClient) -> None:
    """Files, fields and counts of one resource, and of all in a list."""
    path = "/api/v1/datasets/odd/resources"
    listed = get(row_client, path)
    assert [(item["name"], item["kind"], item["rows"], bool(item["rows_url"])) for item in listed["items"]] == [
        ("odd", "table", 3, True),
        ("notes", "file", None, False),
        ("elsewhere", "link", None, False),
    ]
    one = get(row_client, f"{path}/odd")
    assert one == listed["items"][0]
    assert one["rows_url"] == f"{HOST}{ODD}"
    assert [item["format"] for item in one["files"]] == ["csv", "xlsx", "csv", "json", "parquet"]


def test_resources_of_what_is_not_open_are_not_told(row_client: FlaskClient) -> None:
    """The list is empty, and each is not found for its reason."""
    assert get(row_client, "/api/v1/datasets/salaries/resources")["items"] == []
    status, _, said = refused(row_client.get("/api/v1/datasets/salaries/resources/salaries"))
    assert (status, said) == (404, 'The dataset "salaries" is not open: there are no rows of it.')


def test_a_parameter_that_a_description_does_not_have_is_refused(row_client: FlaskClient) -> None:
    """A misspelt parameter is no silent default."""
    assert refused(row_client.get("/api/v1/datasets/odd/resources?lange=en"))[:2] == (400, "lange")


def test_rows_near_a_point_come_the_nearest_first_with_their_distance(row_client: FlaskClient) -> None:
    """Unless they are sorted otherwise; as CSV the distance is one more column, and alone it can be asked for, too."""
    path = "/api/v1/datasets/explored/resources/parking/rows"
    near = {"_near": "121.42,31.23,100"}
    answer = row_client.get(path, query_string={**near, "_lang": "en"}).get_json()
    assert answer["fields"][-1] == {"name": "_distance", "type": "integer", "title": "Distance (m)"}
    assert [(row[0], row[-1]) for row in answer["rows"]] == [("P020", 0), ("P019", 95), ("P021", 95)]
    asked = {**near, "_fields": "编号,_distance", "_sort": "编号", "_format": "csv"}
    assert row_client.get(path, query_string=asked).text.split() == ["编号,_distance", "P019,95", "P020,0", "P021,95"]
    posted = row_client.post(path, json={"near": near["_near"], "fields": ["_distance"], "sort": ["-_distance"]})
    assert posted.get_json()["rows"] == [[95], [95], [0]]


@pytest.mark.parametrize(
    ("asked", "parameter"),
    [
        ({"_sort": "_distance"}, "_sort"),
        ({"_fields": "编号,_distance"}, "_fields"),
        ({"_near": "121.42,31.23,100", "_fields": "_distance", "_distinct": "true"}, "_fields"),
        ({"_near": "121.42,31.23,100", "_group_by": "区划", "_sort": "_distance"}, "_sort"),
        ({"_near": "121.42,31.23,100", "_group_by": "_distance"}, "_group_by"),
    ],
)
def test_a_distance_is_from_a_point_and_of_a_row(
    row_client: FlaskClient, asked: dict[str, str], parameter: str
) -> None:
    """Without the point there is none, and groups have none."""
    answer = row_client.get("/api/v1/datasets/explored/resources/parking/rows", query_string=asked)
    assert (answer.status_code, answer.get_json()["parameter"]) == (409, parameter)
