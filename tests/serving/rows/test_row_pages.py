"""The form for rows: its questions are those of the API, faults stand at their fields, and nothing makes it fail."""

from __future__ import annotations

import csv
import io
from typing import Any
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st
from parsed import Element, parse

SCHOOLS = "/datasets/schools/resources/schools/rows/"
STOPS = "/datasets/bus-lines/resources/stops/rows/"
ODD = "/datasets/odd/resources/odd/rows/"
MONTH = "/datasets/monthly/resources/2025-01/rows/"


def ask(client: FlaskClient, path: str, *fields: tuple[str, str], status: int = 200) -> Element:
    """Return the page that answers a form filled in with *fields*."""
    response = client.get(f"{path}?{urlencode(fields)}")
    assert (response.status_code, response.content_type) == (status, "text/html; charset=utf-8"), response.text
    return parse(response.text)


def condition(column: str, operator: str, value: str = "") -> list[tuple[str, str]]:
    """Return one row of fields as a browser sends it."""
    return [("column", column), ("is", operator), ("value", value)]


def table(page: Element) -> list[list[str]]:
    """Return the answer, its header first."""
    return [[cell.words for cell in row.all("th", "td")] for row in page.one("table", class_="table--data").all("tr")]


def faults(page: Element) -> dict[str, str]:
    """Return what is wrong, by the id of the field."""
    described = {
        item["aria-describedby"]: item["id"]
        for item in page.all("select", "input")
        if "aria-invalid" in item.attributes
    }
    return {
        described.get(item.attributes.get("id", ""), "form"): item.words
        for item in page.all("p", class_="row-form__error")
    }


def chosen(page: Element, id_: str) -> str:
    """Return what is chosen in a list."""
    return next((one["value"] for one in page.one("select", id=id_).all("option") if "selected" in one.attributes), "")


def test_without_a_question_the_page_is_that_of_the_release(row_client: FlaskClient) -> None:
    """The empty form stands above the first rows; foreign parameters ask for nothing."""
    page = parse(row_client.get(SCHOOLS).text)
    assert page.one("h1").words == "查询“学校名录 · 学校表”的数据"
    assert table(page)[1] == ["0001", "第一小学", "320", "1956-09-01", "否"]
    assert row_client.get(f"{SCHOOLS}?utm_source=x").text == row_client.get(SCHOOLS).text


def test_conditions_order_and_columns_give_the_rows_that_fit(row_client: FlaskClient) -> None:
    """Rows of fields that were left blank ask for nothing."""
    page = ask(
        row_client,
        SCHOOLS,
        *condition("学生数", "gte", " 300 "),
        *condition("", "eq"),
        ("sort", "学生数"),
        ("order", "desc"),
        ("show", "名称"),
        ("show", "寄宿"),
    )
    assert table(page) == [["名称", "寄宿"], ["城南, 中学", "是"], ["第一小学", "否"]]
    assert page.one("caption").words == "第 1 至 2 行，共 2 行"
    assert page.one("meta", name="robots")["content"] == "noindex, nofollow"


def test_in_english_columns_have_their_titles(row_client: FlaskClient) -> None:
    """The form and the answer speak the language of the page."""
    page = ask(
        row_client, f"/en{SCHOOLS}", *condition("学校代码", "in", "0001,0003"), ("show", "名称"), ("show", "学生数")
    )
    assert table(page) == [["Name", "Pupils"], ["第一小学", "320"], ["=SUM(A1)", ""]]
    assert page.one("caption").words == "Rows 1 to 2 of 2"


@pytest.mark.parametrize(
    ("operator", "value", "names"),
    [
        ("eq", "第一小学", ["第一小学"]),
        ("ne", "第一小学", ["城南, 中学", "=SUM(A1)"]),
        ("contains", "学", ["第一小学", "城南, 中学"]),
        ("startswith", "=", ["=SUM(A1)"]),
        ("in", '"城南, 中学",无', ["城南, 中学"]),
        ("filled", "", ["第一小学", "城南, 中学", "=SUM(A1)"]),
    ],
)
def test_every_comparison_means_what_it_says(
    row_client: FlaskClient, operator: str, value: str, names: list[str]
) -> None:
    """Comparisons of texts, those without a value too."""
    page = ask(row_client, SCHOOLS, *condition("名称", operator, value), ("show", "名称"))
    assert [row[0] for row in table(page)[1:]] == names


def test_cells_without_a_value_are_found(row_client: FlaskClient) -> None:
    """What is typed beside “has no value” does not count."""
    page = ask(row_client, SCHOOLS, *condition("学生数", "empty", "5"), ("show", "名称"))
    assert table(page)[1:] == [["=SUM(A1)"]]


def test_groups_are_counted_and_worked_out(row_client: FlaskClient) -> None:
    """A group a row, sorted by what is worked out, under headings in words."""
    fields = [("group", "寄宿"), ("function", "sum"), ("of", "学生数"), ("sort", "*"), ("order", "desc")]
    page = ask(row_client, SCHOOLS, *fields, ("show", "名称"))
    assert table(page) == [["寄宿", "合计 · 学生数"], ["是", "1024"], ["否", "320"]]
    page = ask(row_client, MONTH, ("group", "日期"), ("bucket", "month"))
    assert table(page) == [["日期 · 按月", "行数"], ["2025-01", "2"]]


def test_pages_lead_on_and_back(row_client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """The next page keeps the question; beyond the last there is nothing but the way back."""
    monkeypatch.setattr("portal.serving.rows.form_questions.ROWS_ON_PAGE", ("2",))
    page = ask(row_client, SCHOOLS, ("limit", "2"), ("show", "学校代码"), ("page", "1"))
    assert table(page)[1:] == [["0001"], ["0002"]]
    (on,) = [link["href"] for link in page.all("a", class_="pager__link")]
    assert on == f"?{urlencode([('limit', '2'), ('show', '学校代码'), ('page', '2')])}#answer-title"
    page = parse(row_client.get(SCHOOLS + on.partition("#")[0]).text)
    assert table(page)[1:] == [["0003"]]
    assert page.one("caption").words == "第 3 至 3 行，共 3 行"
    assert [link.words for link in page.all("a", class_="pager__link")] == ["上一页"]
    page = ask(row_client, SCHOOLS, ("limit", "2"), ("page", "9"))
    assert page.one("p", class_="empty").words.startswith("没有符合条件的行")


def test_the_same_question_is_offered_to_programs(row_client: FlaskClient) -> None:
    """The links answer with the rows of the page, in their formats; the command names the address."""
    page = ask(row_client, SCHOOLS, *condition("学生数", "gte", "500"), ("show", "学校代码"))
    part = page.one("section", **{"aria-labelledby": "answer-title"})
    links = {link.words: link["href"].replace("../", "", 10) for link in part.all("a", class_="tags__link")}
    assert list(links) == ["XLSX", "CSV", "CSV（供 Excel 打开）", "JSON"]
    answers: dict[str, Any] = {name: row_client.get(f"/{path}") for name, path in links.items()}
    assert [answer.status_code for answer in answers.values()] == [200] * 4
    assert answers["JSON"].get_json()["rows"] == [["0002"]]
    assert list(csv.reader(io.StringIO(answers["CSV"].text))) == [["学校代码"], ["0002"]]
    assert answers["CSV（供 Excel 打开）"].data.startswith(b"\xef\xbb\xbf")
    command = part.one("code").text
    assert command == f'curl "http://localhost/{links["JSON"]}"\n'


def test_every_fault_stands_at_its_field_with_what_was_typed(row_client: FlaskClient) -> None:
    """Several at once, in the language of the page; nothing of what was typed is lost."""
    fields = [
        *condition("学生数", "gte", '三十"><b>'),
        *condition("", "eq", "x"),
        *condition("名称", "contains", " "),
        *condition("名称", "like", "x"),
        *condition("没有", "eq", "x"),
        ("sort", "乱"),
        ("group", "名称"),
        ("function", "avg"),
        ("limit", "7"),
    ]
    page = ask(row_client, SCHOOLS, *fields, status=409)
    assert faults(page) == {
        "rows-1-value": '学生数 的值“三十"><b>”不是整数（integer），应写成如 30',
        "rows-2-value": "请选择是哪一列。",
        "rows-3-value": "请填写值，或者选择“没有值”。",
        "rows-4-value": "请选择一种比较方式。",
        "rows-5-value": "没有列“没有”。可用的列：学校代码, 名称, 学生数, 建校日期, 寄宿",
        "rows-sort": "没有列“乱”。可用的列：学校代码, 名称, 学生数, 建校日期, 寄宿",
        "rows-limit": "请从 20, 50, 100, 500 中选择。",
        "rows-of": "请选择要计算的列。",
    }
    assert page.one("input", id="rows-1-value")["value"] == '三十"><b>'
    assert [chosen(page, f"rows-{number}-column") for number in (1, 5)] == ["学生数", "没有"]
    assert (chosen(page, "rows-sort"), chosen(page, "rows-limit")) == ("乱", "7")


def test_a_fault_of_the_whole_question_stands_at_its_field(row_client: FlaskClient) -> None:
    """What the API refuses is told where it was chosen."""
    page = ask(row_client, SCHOOLS, ("group", "名称"), ("bucket", "month"), status=409)
    assert list(faults(page)) == ["rows-group"]
    page = ask(row_client, f"/en{SCHOOLS}", ("function", "sum"), ("of", "名称"), status=409)
    assert list(faults(page)) == ["rows-function"]
    page = ask(row_client, SCHOOLS, ("page", "-1"), status=400)
    assert list(faults(page)) == ["form"]
    page = ask(row_client, SCHOOLS, *condition("学生数", "gte", "1"), *condition("学生数", "gte", "2"), status=400)
    assert list(faults(page)) == ["rows-1-value", "rows-2-value"]


def test_one_more_condition_is_a_press_of_a_button_away(row_client: FlaskClient) -> None:
    """The form comes back with what was typed and an empty row."""
    typed = [*condition("名称", "contains", "学")] * 3
    page = ask(row_client, SCHOOLS, *typed, ("more", "1"))
    assert len(page.all("fieldset", class_="row-form__condition")) == 4
    assert page.one("input", id="rows-3-value")["value"] == "学"
    assert page.all("section", **{"aria-labelledby": "answer-title"}) == []


def test_odd_names_of_columns_can_be_asked(row_client: FlaskClient) -> None:
    """Columns that look like parameters, operators or lists are columns."""
    for name, value in [
        ("_id", "7"),
        ("limit", "1"),
        ("年份(年)", "2024"),
        ("x__gte", "p"),
        ("a.b", "1.5"),
        ("c,d", "甲,乙"),
    ]:
        page = ask(row_client, ODD, *condition(name, "eq", value), ("show", "_id"), ("show", name), ("sort", name))
        assert [row[0] for row in table(page)[1:]] == ["7"], name
    assert table(ask(row_client, ODD, ("group", "c,d"), ("function", "max"), ("of", "a.b"), ("sort", "*")))[1:] == [
        ["", "-2"],
        ["甲,乙", "1.5"],
        ['"', ""],
    ]


def test_names_behind_codes_are_columns_of_the_form(row_client: FlaskClient) -> None:
    """A foreign key leads to the columns of its table, in a group of their own."""
    page = parse(row_client.get(STOPS).text)
    groups = {
        item["label"]: [one["value"] for one in item.all("option")]
        for item in page.one("select", id="rows-sort").all("optgroup")
    }
    assert groups == {"线路": ["线路.线路", "线路.票价"]}
    (first, *_rest) = [value for values in groups.values() for value in values]
    assert ask(row_client, STOPS, *condition(first, "filled")).all("table", class_="table--data")


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/datasets/salaries/resources/salaries/rows/", 404),
        ("/datasets/nothing/resources/x/rows/", 404),
        ("/datasets/odd/resources/notes/rows/", 404),
        ("/datasets/odd/resources/elsewhere/rows/", 404),
        ("/en/datasets/..%2f..%2fetc/resources/%00/rows/", 404),
    ],
)
def test_what_has_no_rows_has_no_form(row_client: FlaskClient, path: str, status: int) -> None:
    """With a question or without; it is a page that says so."""
    for query in ("", "?column=a&is=eq&value=1"):
        response = row_client.get(path + query)
        assert (response.status_code, response.content_type) == (status, "text/html; charset=utf-8")


def test_the_address_without_its_slash_leads_on(row_client: FlaskClient) -> None:
    """Relatively, with the question."""
    response = row_client.get(f"{SCHOOLS.rstrip('/')}?show=x")
    assert (response.status_code, response.headers["Location"]) == (308, "rows/?show=x")


def test_a_long_question_is_refused_on_a_page(row_client: FlaskClient) -> None:
    """What is longer than the API reads is told with its status."""
    response = row_client.get(f"{SCHOOLS}?value={'x' * 40_000}")
    assert (response.status_code, response.content_type) == (414, "text/html; charset=utf-8")
    many = urlencode(condition("名称", "eq", "x") * 40)
    assert row_client.get(f"{SCHOOLS}?{many}").status_code == 400


HOSTILE = st.one_of(
    st.text(max_size=20),
    st.sampled_from(
        [
            "",
            "名称",
            "学生数",
            "寄宿",
            "*",
            "'; DROP TABLE rows; --",
            "<script>",
            "\x00",
            "%",
            "1e999",
            "../..",
            '"名称"',
        ]
    ),
)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from("column is value show sort order limit group bucket function of page more".split()), HOSTILE
        ),
        max_size=12,
    )
)
def test_whatever_is_sent_gets_a_page(row_client: FlaskClient, fields: list[tuple[str, str]]) -> None:
    """No form, however filled in, makes the server fail or plants a script."""
    response = row_client.get(f"{SCHOOLS}?{urlencode(fields, errors='surrogatepass')}")
    assert response.status_code in (200, 400, 409)
    assert "<script>" not in response.text.replace('<script type="module"', "")
    parse(response.text)
