"""The explorer's page: filters that fit the type, order, pages, columns, groups; every fault at its field."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from explored_tables import HOSTILE, TABLES, WIDE_COLUMNS
from explorer_pages import (
    EXPLORED,
    UNFOLDED,
    ask,
    chips_of,
    column_of,
    faults_of,
    followed,
    form_of,
    led_to,
    page_of,
    query_of,
    rows_of,
    said_on,
)
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st
from parsed import parse

SCHOOLS = "/datasets/schools/resources/schools/rows/"
ODD = "/datasets/odd/resources/odd/rows/"


def test_without_a_question_all_rows_stand_there(row_client: FlaskClient) -> None:
    """Fifty of them, codes with their names, numbers and days as people write them; nothing is filtered."""
    page = page_of(row_client, "parking")
    assert page.one("h1").words == "逐行查看“看一看 · parking 表”"
    assert rows_of(page)[:2] == [
        ["编号", "名称", "所在区", "车位数", "每小时 元", "开放日期", "充电", "经度", "纬度"],
        ["P001", "第1停车场", "徐汇区 310104", "37", "0.25", "2026年2月2日", "是", "121.401", "31.230"],
    ]
    assert (len(rows_of(page)), said_on(page), chips_of(page)) == (51, ["全表共 120 行。"], {})
    assert page.one("caption").words == "第 1 至 50 行，共 120 行"


def test_in_english_it_is_the_same_page(row_client: FlaskClient) -> None:
    """Words, titles and days are English."""
    page = page_of(row_client, "parking", ("车位数__gte", "4000"), ("开放日期__lte", "2026-01-31"), lang="en")
    assert said_on(page) == ["1 of 120 rows fit: 车位数 is at least 4,000; 开放日期 until 31 January 2026."]
    assert rows_of(page)[1][3:6] == ["4,329", "29.25", "6 January 2026"]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ([("_q", "第11停车场")], ["P011"]),
        ([("_q", "浦东 第11"), ("车位数__gte", "0")], ["P011", "P113", "P116", "P119"]),
        ([("_q", "火星")], []),
        ([("车位数__gte", "4300"), ("车位数__lte", "4366")], ["P117", "P118"]),
        ([("区划", "310101"), ("区划", "310104"), ("车位数__lte", "150")], ["P001", "P003", "P004"]),
        ([("名称__contains", "第10停"), ("充电", "false")], ["P010"]),
        ([("开放日期__gte", "2026-09-01"), ("充电", "false"), ("车位数__gte", "2900")], ["P098", "P116"]),
        ([("车位数__isnull", "true"), ("区划", "310101")], ["P030", "P060", "P090", "P120"]),
        ([("_gaps", "true"), ("区划", "310115")], ["P020", "P050", "P080", "P110"]),
        ([("_near", "121.42,31.23,250")], ["P020", "P019", "P021", "P018", "P022"]),
        ([("_near", "121.42,31.23,250"), ("_sort", "-_distance")], ["P018", "P022", "P019", "P021", "P020"]),
        ([("区划.名称__contains", "徐汇"), ("车位数__lte", "150")], ["P001", "P004"]),
    ],
)
def test_each_filter_finds_its_rows(row_client: FlaskClient, asked: list[tuple[str, str]], found: list[str]) -> None:
    """Words, ranges, choices, parts of texts, spans of days, gaps, a place, and names behind codes."""
    page = page_of(row_client, "parking", *asked)
    assert (column_of(page) if found else page.all("table", class_="table--look")) == found
    answer = row_client.get("/api/v1/datasets/explored/resources/parking/rows", query_string=urlencode(asked))
    assert [row[0] for row in answer.get_json()["rows"]] == found


def test_what_is_filtered_is_said_and_each_condition_can_be_taken_away(row_client: FlaskClient) -> None:
    """A sentence with the names of codes, and a chip for each condition that leads to the page without it."""
    page = page_of(
        row_client, "parking", ("区划", "310101"), ("区划", "310104"), ("车位数__gte", "4000"), ("_sort", "-车位数")
    )
    assert said_on(page) == [
        "全表 120 行，符合条件的有 7 行：所在区是黄浦区或徐汇区；车位数不小于 4,000。",
        "按车位数（从大到小）排序。",
    ]
    assert chips_of(page) == {
        "所在区是黄浦区": [("区划", "310104"), ("车位数__gte", "4000"), ("_sort", "-车位数")],
        "所在区是徐汇区": [("区划", "310101"), ("车位数__gte", "4000"), ("_sort", "-车位数")],
        "车位数不小于 4,000": [("区划", "310101"), ("区划", "310104"), ("_sort", "-车位数")],
    }
    assert page.one("a", class_="chips__reset")["href"] == "./"


def test_the_form_comes_back_as_it_was_filled_in(row_client: FlaskClient) -> None:
    """What is sent again is the same question, also what no field of the form can say."""
    asked = [
        ("区划", "310104"),
        ("车位数__gte", "100"),
        ("开放日期__lte", "2026-08-31"),
        ("名称__startswith", "第"),
        ("_q", "停车场"),
        ("_near", "121.45,31.23,3000"),
        ("_group_by", "充电,开放日期:month"),
        ("_aggregate", "avg(车位数)"),
        ("_sort", "-avg(车位数)"),
        ("_limit", "20"),
    ]
    for more in ([], [UNFOLDED]):
        page = page_of(row_client, "parking", *asked, *more)
        assert sorted(led_to(row_client, "parking", *form_of(page))) == sorted([*asked, *more])
    asked = [("车位数__gte", "100"), ("_fields", "名称,编号"), ("_gaps", "true"), ("_sort", "名称"), ("_view", "cards")]
    for more in ([], [UNFOLDED]):
        page = page_of(row_client, "parking", *asked, *more)
        assert sorted(led_to(row_client, "parking", *form_of(page))) == sorted([*asked, *more])


def test_the_filters_of_all_columns_stand_on_a_page_that_asks_for_them(row_client: FlaskClient) -> None:
    """Others lead there and keep what is asked; a script gets the form alone."""
    folded = page_of(row_client, "parking", ("车位数__gte", "4000"), ("_page", "2"))
    assert (folded.all("fieldset"), ("车位数__gte", "4000") in form_of(folded)) == ([], True)
    (link,) = folded.all("a", **{"data-explorer": "unfold"})
    assert query_of(link["href"]) == [("车位数__gte", "4000"), UNFOLDED]
    whole = page_of(row_client, "parking", *query_of(link["href"]))
    assert whole.all("a", **{"data-explorer": "unfold"}) == []
    assert "open" in whole.one("details", **{"data-explorer": "filters"}).attributes
    part = page_of(row_client, "parking", *query_of(link["href"]), ("_part", "form"))
    assert (form_of(part), part.all("h1"), part.all("table")) == (form_of(whole), [], [])


def test_a_long_address_leads_to_the_short_one(row_client: FlaskClient) -> None:
    """Blanks, what goes without saying, and what other programs add to links are left out; fields are put together."""
    sent = [
        ("_q", " "),
        ("名称__contains", ""),
        ("_limit", "50"),
        ("_page", "1"),
        ("utm_source", "x"),
        ("from", "timeline"),
    ]
    assert led_to(row_client, "parking", *sent) == []
    assert led_to(row_client, "parking", ("_column", "每小时（元）"), ("_is", "gte"), ("_value", "29")) == [
        ("每小时（元）__gte", "29")
    ]
    assert led_to(row_client, "parking", ("_column", "车位数"), ("_is", "empty"), ("_value", "")) == [
        ("车位数__isnull", "true")
    ]
    assert led_to(row_client, "parking", ("_at", "121.42， 31.23"), ("_within", "500")) == [
        ("_near", "121.42,31.23,500")
    ]
    every = [("_fields", field["name"]) for field in TABLES["parking"][0]]
    assert led_to(row_client, "parking", *every) == []


def test_headings_sort_and_turn_round(row_client: FlaskClient) -> None:
    """The heading that is sorted by says so; its link turns the order, those of the others keep the filters."""
    page = page_of(row_client, "parking", ("充电", "true"), ("_sort", "车位数"), ("_page", "2"))
    heads = page.one("thead").all("th")
    assert [head.attributes.get("aria-sort") for head in heads[2:5]] == [None, "ascending", None]
    links = [query_of(head.one("a")["href"]) for head in heads[3:5]]
    assert links == [[("充电", "true"), ("_sort", "-车位数")], [("充电", "true"), ("_sort", "每小时（元）")]]
    assert column_of(page_of(row_client, "parking", ("_sort", "-车位数")), 0)[:3] == ["P119", "P118", "P117"]


def test_pages_lead_on_and_back(row_client: FlaskClient) -> None:
    """The next page keeps the question, and one beyond the last has no rows but the way back."""
    page = page_of(row_client, "parking", ("区划", "310101"), ("_limit", "20"))
    (on,) = [link["href"] for link in page.all("a", class_="pager__link")]
    assert query_of(on) == [("区划", "310101"), ("_limit", "20"), ("_page", "2")]
    page = page_of(row_client, "parking", *query_of(on))
    assert (page.one("caption").words, len(rows_of(page))) == ("第 21 至 40 行，共 40 行", 21)
    assert page.one("p", class_="pager__position").words == "第 2 页，共 2 页"
    page = page_of(row_client, "parking", ("_page", "9"))
    assert page.one("p", class_="empty").words == "这一页没有行，符合条件的行都在前面的页上。"
    (back,) = page.all("a", class_="pager__link")
    assert (back.words, query_of(back["href"])) == ("上一页", [("_page", "3")])


def test_where_rows_are_of_days_the_newest_stand_first(row_client: FlaskClient) -> None:
    """As long as nobody sorts; the extract and the call of the API have the same order."""
    page = page_of(row_client, "readings")
    assert column_of(page)[:3] == ["2026年1月10日", "2026年1月10日", "2026年1月9日"]
    assert said_on(page) == ["全表共 20 行。", "最新的排在前面（按日期）。"]
    assert "_sort=-%E6%97%A5%E6%9C%9F" in page.one("section", id="answer").all("code")[-2].text
    assert column_of(page_of(row_client, "readings", ("_order", "file")))[0] == "2026年1月1日"


def test_columns_are_chosen_and_ordered(row_client: FlaskClient) -> None:
    """The form of columns sends those that are ticked; beside each stand links that move it."""
    page = page_of(row_client, "parking", ("_fields", "车位数,名称,区划.名称"), ("_q", "第1停"))
    assert rows_of(page) == [["车位数", "名称", "所在区 · 名称"], ["37", "第1停车场", "徐汇区"]]
    choices = page.all("li", class_="row-answer__choice")
    assert [item.words for item in choices[:4]] == ["车位数 →", "名称 ← →", "所在区 · 名称 ←", "编号"]
    assert query_of(choices[1].all("a")[0]["href"])[0] == ("_q", "第1停")
    assert ("_fields", "名称,车位数,区划.名称") in query_of(choices[1].all("a")[0]["href"])


def test_groups_are_counted_and_worked_out(row_client: FlaskClient) -> None:
    """A group a row, the names of codes in it, under headings in words that sort."""
    asked = [("_group_by", "区划"), ("_aggregate", "count,avg(每小时（元）)"), ("_sort", "-avg(每小时（元）)")]
    page = page_of(row_client, "parking", ("每小时（元）__lte", "1"), *asked)
    assert rows_of(page) == [
        ["所在区", "行数", "平均值 · 每小时（元）"],
        ["黄浦区 310101", "1", "0.75"],
        ["徐汇区 310104", "2", "0.625"],
        ["浦东新区 310115", "1", "0.5"],
    ]
    assert said_on(page) == [
        "按所在区分组，共 3 组；每组列出：行数、平均值 · 每小时（元）。",
        "只统计符合条件的行：每小时（元）不大于 1。",
        "按平均值 · 每小时（元）（从大到小）排序。",
    ]
    page = page_of(row_client, "readings", ("_group_by", "日期:month"))
    assert rows_of(page) == [["日期 · 按月", "行数"], ["2026年1月", "20"]]


def test_the_extract_is_offered_as_files_and_as_the_call_that_made_it(row_client: FlaskClient) -> None:
    """Five files and two calls ask what the page shows."""
    page = page_of(row_client, "parking", ("车位数__gte", "4300"), ("_fields", "编号"), ("_limit", "20"))
    part = page.one("section", id="answer")
    links = {link.words: link["href"].replace("../", "", 10) for link in part.all("a", class_="tags__link")}
    assert list(links) == [
        "XLSX",
        "CSV（UTF-8 编码）",
        "CSV（供 Excel 打开，UTF-8 带标记）",
        "CSV（GB18030 编码）",
        "JSON",
    ]
    answers = [row_client.get(f"/{path}") for path in links.values()]
    assert [answer.status_code for answer in answers] == [200] * 5
    assert answers[1].text.split() == ["编号", "P117", "P118", "P119"]
    assert answers[2].data.startswith(b"\xef\xbb\xbf")
    assert answers[3].data.decode("gb18030") == answers[1].text
    assert answers[4].get_json()["rows"] == [["P117"], ["P118"], ["P119"]]
    curl, python = (item.text for item in part.all("code") if "rows?" in item.text)
    address = curl.partition("'")[2].rpartition("'")[0]
    assert f'address = "{address}"' in python
    assert row_client.get(address).get_json()["rows"] == answers[4].get_json()["rows"]


def test_rows_are_shown_as_cards_where_somebody_wants_them(row_client: FlaskClient) -> None:
    """Each row is an item of a list with the headings before its values."""
    page = page_of(row_client, "parking", ("_q", "第7停车场"), ("_view", "cards"))
    (card,) = page.all("li", class_="row-cards__card")
    assert [[part.words for part in item.all("dt", "dd")] for item in card.all("div")][:3] == [
        ["编号", "P007"],
        ["名称", "第7停车场"],
        ["所在区", "徐汇区 310104"],
    ]
    assert page.all("table", class_="table--look") == []


def test_every_fault_stands_at_its_field_with_what_was_typed(row_client: FlaskClient) -> None:
    """Several at once, in the language of the page, by the titles of columns; nothing of what was typed is lost."""
    typed = [
        ("车位数__gte", '三十"><b>'),
        ("开放日期__lte", "2026-02-30"),
        ("没有的列", "x"),
        ("_group_by", "区划,开放日期:month,充电"),
        ("_sort", "乱"),
        ("_limit", "7"),
        ("_column", "充电"),
        ("_is", "contains"),
        ("_value", "是"),
    ]
    page = page_of(row_client, "parking", *typed, status=409)
    assert faults_of(page) == {
        "_value": "列“充电”的类型是 boolean，不能用 contains。可用：eq, ne, in, isnull",
        "车位数__gte": '车位数 的值“三十"><b>”不是整数（integer），应写成如 30',
        "开放日期__lte": "开放日期 的值“2026-02-30”不是日期（date），应写成如 2026-01-31",
        "没有的列": "没有列“没有的列”。可用的列：编号, 名称, 区划, 车位数, 每小时（元）, 开放日期, 充电, 经度, 纬度",
        "_limit": "请从 20, 50, 100, 500 中选择。",
        "_sort": "分组后不能按“乱”排序。可用：区划, 开放日期:month, 充电, count",
    }
    sent = form_of(page)
    assert [value for name, value in sent if name == "_group_by"] == ["区划", "开放日期:month", "充电"]
    assert {pair for pair in typed if pair[0] != "_group_by"} <= set(sent)
    assert page.all("table", class_="table--look") == []
    assert faults_of(page_of(row_client, "parking", ("_at", "这里"), status=400)) == {
        "_at": "请写经度和纬度，中间用逗号隔开，如 121.47,31.23。"
    }
    assert list(faults_of(page_of(row_client, "parking", ("_page", "-1"), status=400))) == [""]


def test_odd_names_of_columns_can_be_asked(row_client: FlaskClient) -> None:
    """Columns that look like parameters, operators or lists are columns, in the form as in the address."""
    page = ask(row_client, ODD, UNFOLDED)
    names = {name for name, _value in form_of(page)}
    assert {'"_id"__gte', "limit__lte", "年份(年)__gte"} <= names
    for name, value in [
        ('"_id"__gte', "9"),
        ("limit__gte", "3"),
        ("sort__contains", "86"),
        ("有 空格__gte", "2025-02-01"),
    ]:
        page = ask(row_client, ODD, (name, value), ("_sort", '-"_id"'))
        assert column_of(page) == ["9"], name
        assert len(chips_of(page)) == 1


@pytest.mark.parametrize("table", TABLES)
def test_every_table_has_a_page(row_client: FlaskClient, table: str) -> None:
    """Also one of 200 columns, of one row, of none, without a single value, with markup in its cells."""
    for view in ("table", "cards"):
        page = page_of(row_client, table, ("_view", view))
        assert page.all("script") == [item for item in page.all("script") if item["src"]]
    english = page_of(row_client, table, lang="en")
    assert english.one("h1").words == f"Look through “看一看 · {table} 表”"


def test_what_stands_in_cells_is_text(row_client: FlaskClient) -> None:
    """Markup is shown as it is written, and of a long text the whole is unfolded."""
    page = page_of(row_client, "hostile")
    cells = column_of(page)
    assert cells[0] == HOSTILE[0]
    assert cells[3] == HOSTILE[3]
    assert [item.one("summary").text for item in page.all("details", class_="cell-more")] == [HOSTILE[3][:60]]
    assert page.all("b", onclick="x") == []


def test_a_wide_table_shows_some_columns_and_says_so(row_client: FlaskClient) -> None:
    """All can be chosen, filtered and sorted by."""
    page = page_of(row_client, "wide")
    assert len(rows_of(page)[0]) == 30
    assert (
        page.one("details", class_="row-answer__columns").one("summary").words
        == f"选列 显示 30 列，共 {WIDE_COLUMNS} 列"
    )
    page = page_of(row_client, "wide", ("第199列__gte", "2000"), ("_fields", "第199列,第0列"), ("_sort", "-第199列"))
    assert rows_of(page) == [["第199列", "第0列"], ["4,199", "4,000"], ["3,199", "3,000"], ["2,199", "2,000"]]


def test_a_script_gets_the_answer_alone(row_client: FlaskClient) -> None:
    """The same answer as on the page, without what is around it; a long address keeps asking for the part."""
    whole = page_of(row_client, "parking", ("_q", "第7停车场"))
    response = row_client.get(f"{EXPLORED.format('parking')}?{urlencode([('_q', '第7停车场'), ('_part', 'answer')])}")
    part = parse(response.text)
    assert rows_of(part) == rows_of(whole)
    assert part.all("h1", "form", class_="row-form") == []
    response = row_client.get(f"{EXPLORED.format('parking')}?{urlencode([('_q', ''), ('_part', 'answer')])}")
    assert (response.status_code, response.headers["Location"]) == (303, "?_part=answer")


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
def test_what_has_no_rows_has_no_page(row_client: FlaskClient, path: str, status: int) -> None:
    """With a question or without; it is a page that says so."""
    for query in ("", "?a=1"):
        response = row_client.get(path + query)
        assert (response.status_code, response.content_type) == (status, "text/html; charset=utf-8")


def test_the_address_without_its_slash_leads_on(row_client: FlaskClient) -> None:
    """Relatively, with the question."""
    response = row_client.get(f"{SCHOOLS.rstrip('/')}?_q=x")
    assert (response.status_code, response.headers["Location"]) == (308, "rows/?_q=x")


def test_a_long_question_is_refused_on_a_page(row_client: FlaskClient) -> None:
    """What is longer than the API reads, or has more conditions than a page takes, is told with its status."""
    response = row_client.get(f"{SCHOOLS}?名称={'x' * 40_000}")
    assert (response.status_code, response.content_type) == (414, "text/html; charset=utf-8")
    many = urlencode([("名称__contains", str(number)) for number in range(70)])
    assert row_client.get(f"{SCHOOLS}?{many}").status_code == 400


HOSTILE_VALUES = st.one_of(
    st.text(max_size=20),
    st.sampled_from(
        ["", "名称", "学生数", "*", "'; DROP TABLE rows; --", "<script>", "\x00", "%", "1e999", "../..", '"名称"', "-1"]
    ),
)
NAMES = st.one_of(
    st.sampled_from(
        "_column _is _value _at _within _near _gaps _q _sort _fields _limit _page _view _order _part _group_by "
        "_aggregate _distinct _format _cursor 名称 学生数 学生数__gte 建校日期__lte 寄宿 名称__contains x__".split()
    ),
    st.text(max_size=8),
)


@settings(max_examples=80, deadline=None)
@given(st.lists(st.tuples(NAMES, HOSTILE_VALUES), max_size=10))
def test_whatever_is_sent_gets_a_page(row_client: FlaskClient, fields: list[tuple[str, str]]) -> None:
    """No address, however made, makes the server fail, plants a script, or leads round in a circle."""
    path = f"{SCHOOLS}?{urlencode(fields, errors='surrogatepass')}"
    response = row_client.get(path)
    if response.status_code == 303:
        response = row_client.get(followed(SCHOOLS, response.headers["Location"]))
    assert response.status_code in (200, 400, 409)
    assert "<script>" not in response.text.replace('<script type="module"', "")
    parse(response.text)


def test_what_is_near_stands_in_the_order_of_its_distance_which_is_told(row_client: FlaskClient) -> None:
    """Behind the column that heads a row, with its unit; without the point nothing is left of it."""
    page = page_of(row_client, "parking", ("_near", "121.42,31.23,100"))
    assert [row[:3] for row in rows_of(page)] == [
        ["编号", "距离 米", "名称"],
        ["P020", "0", "第20停车场"],
        ["P019", "95", "第19停车场"],
        ["P021", "95", "第21停车场"],
    ]
    assert said_on(page)[1] == "最近的排在前面。"
    head = page.one("thead").all("th")[1]
    assert (head["aria-sort"], query_of(head.one("a")["href"])[-1]) == ("ascending", ("_sort", "-_distance"))
    page = page_of(row_client, "parking", ("_near", "121.42,31.23,100"), ("_sort", "-_distance"), ("_fields", "编号"))
    assert (rows_of(page), said_on(page)[1]) == (
        [["编号"], ["P019"], ["P021"], ["P020"]],
        "最远的排在前面。",
    )
    (without,) = chips_of(page).values()
    assert without == [("_fields", "编号"), ("_sort", "-_distance")]
    assert led_to(row_client, "parking", *without) == [("_fields", "编号")]


def test_a_place_told_by_a_phone_is_brought_into_the_system_of_the_table(row_client: FlaskClient) -> None:
    """In WGS 84 it lies half a kilometre beside shifted coordinates; what is written by hand is taken as it stands."""
    by_phone = ("_at", "116.40400,39.91500 WGS84")
    assert led_to(row_client, "shifted", by_phone, ("_within", "200")) == [("_near", "116.41024,39.91640,200")]
    assert led_to(row_client, "shifted", ("_at", "116.40400,39.91500")) == [("_near", "116.40400,39.91500,1000")]
    assert led_to(row_client, "parking", by_phone) == [("_near", "116.40400,39.91500,1000")]
    page = page_of(row_client, "shifted", by_phone, ("_within", "200"), UNFOLDED)
    assert column_of(page) == ["天安门"]
    (note,) = page.one("fieldset", **{"data-explorer": "place"}).all("p")
    assert note.words.startswith("本表坐标为GCJ-02（加偏坐标）。")
    assert page_of(row_client, "parking", UNFOLDED).one("fieldset", **{"data-explorer": "place"}).all("p") == []


def test_a_choice_with_blanks_finds_its_rows(row_client: FlaskClient) -> None:
    """A wide blank behind a name belongs to the cell, and the box of that choice sends it."""
    page = page_of(row_client, "shifted", UNFOLDED)
    choice = next(one["value"] for one in page.all("input") if one["name"] == "区" and one["value"] != "乙")
    assert column_of(page_of(row_client, "shifted", ("区", choice))) == ["天安门", "东边"]


def test_an_address_for_scripts_is_a_whole_page_in_a_window(row_client: FlaskClient) -> None:
    """Whoever opens or shares it sees no bare part."""
    address = f"{EXPLORED.format('parking')}?{urlencode([('_q', '第7停车场'), ('_part', 'answer')])}"
    whole = row_client.get(address, headers={"Sec-Fetch-Dest": "document"})
    assert (whole.status_code, len(parse(whole.text).all("form", class_="row-form"))) == (200, 1)
    part = row_client.get(address, headers={"Sec-Fetch-Dest": "empty"})
    assert (part.status_code, parse(part.text).all("form", class_="row-form")) == (200, [])


def test_codes_that_another_dataset_lists_have_their_names(row_client: FlaskClient) -> None:
    """As on the page of the dataset; one that is not listed stands as it is."""
    page = page_of(row_client, "shifted")
    assert column_of(page, 4) == ["广场 L1", "路口 L2", "广场 L1", "L3"]
    assert said_on(page_of(row_client, "shifted", ("类", "L1"))) == ["全表 4 行，符合条件的有 2 行：类是广场。"]
