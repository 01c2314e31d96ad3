"""Rows by CKAN's DataStore: searches, types, pages, formats, dumps, and what is refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import ckanapi
import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from stored_rows import stored
from support import build_folder

from portal.publishing.formats.ckan_resources import resource_id
from portal.serving.app import create_app
from portal.serving.ckan.datastore.datastore_pages import read_page
from portal.serving.ckan.datastore.datastore_questions import read_question
from portal.serving.ckan.datastore.datastore_tables import DatastoreTable

SCHOOLS = resource_id("schools", "data/schools/schools.csv")
XLSX = resource_id("schools", "data/schools/schools.xlsx")
ODD = resource_id("odd", "data/odd/odd.csv")

DESCRIPTOR = """
name: odd
title: 奇怪的列
licenses: [{name: CC0-1.0}]
resources:
  - name: odd
    title: 读数
    path: odd.csv
    schema:
      fields:
        - {name: _id, type: string, title: 编号, description: 自己的编号}
        - {name: 年份(年), type: year}
        - {name: limit, type: number, constraints: {required: true}}
        - {name: "a, b", type: string}
        - {name: rank, type: string}
        - {name: 时刻, type: datetime}
"""
MANY_WORDS = " ".join(map(str, range(201)))
ROWS = "\n".join(
    [
        '_id,年份(年),limit,"a, b",rank,时刻',
        "x,2024,1.50,甲,p,2024-01-01T08:00:00",
        "y,2025,-2,,q,",
        'z,2024,10,"乙,""丙""",p,',
        "",
    ]
)


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """A client of a portal whose one table has columns of names that other programs use for themselves."""
    folder = tmp_path_factory.mktemp("odd")
    dataset = folder / "datasets" / "odd"
    dataset.mkdir(parents=True)
    (dataset / "datapackage.yaml").write_text(DESCRIPTOR, encoding="utf-8")
    (dataset / "odd.csv").write_text(ROWS, encoding="utf-8")
    release = build_folder(folder / "datasets", folder / "build")
    assert release.folder is not None
    return create_app(release.folder).test_client()


def asked(client: FlaskClient, action: str = "datastore_search", **parameters: Any) -> tuple[int, Any]:
    """Return the status of an action asked for by POST, and its result or error."""
    response = client.post(f"/api/3/action/{action}", json=parameters)
    document = response.get_json()
    return response.status_code, document["result"] if document["success"] else document["error"]


def cells(client: FlaskClient, *columns: str, **parameters: Any) -> list[list[Any]]:
    """Return the rows of an answer in some columns."""
    status, result = asked(client, **parameters)
    assert status == 200, result
    return [[record[name] for name in columns] for record in result["records"]]


def test_rows_are_answered_in_the_shape_of_ckan(client: FlaskClient) -> None:
    """An answer repeats what was asked, and has records, fields with types, links and a total."""
    status, result = asked(client, resource_id=SCHOOLS, limit=1, filters={"寄宿": "true"})
    assert status == 200
    assert result["fields"][0] == {"id": "_id", "type": "int"}
    assert [(item["id"], item["type"]) for item in result["fields"][1:]] == [
        ("学校代码", "text"),
        ("名称", "text"),
        ("学生数", "int8"),
        ("建校日期", "date"),
        ("寄宿", "bool"),
    ]
    del result["fields"]
    (record,) = result.pop("records")
    assert (record["寄宿"], next(iter(record))) == (True, "_id")
    total = result.pop("total")
    assert total >= 1
    assert result == {
        "include_total": True,
        "limit": 1,
        "records_format": "objects",
        "resource_id": SCHOOLS,
        "total_estimation_threshold": None,
        "filters": {"寄宿": "true"},
        "_links": {
            "start": "/api/3/action/datastore_search",
            "next": "/api/3/action/datastore_search?offset=1",
        },
        "total_was_estimated": False,
    }


def test_links_lead_on_and_back(client: FlaskClient) -> None:
    """By GET the links hold what was asked; one back is there where it is not the first page."""
    path = "/api/3/action/datastore_search"
    links = client.get(f"{path}?resource_id={SCHOOLS}&limit=1&offset=2").get_json()["result"]["_links"]
    start = f"{path}?resource_id={SCHOOLS}&limit=1"
    assert links == {"start": start, "next": f"{start}&offset=3", "prev": f"{start}&offset=1"}


@pytest.mark.parametrize(
    ("parameters", "ids"),
    [
        ({}, [1, 2, 3]),
        ({"limit": 0}, []),
        ({"offset": 1, "limit": 1}, [2]),
        ({"filters": {"年份(年)": 2024}}, [1, 3]),
        ({"filters": {"年份(年)": ["2025", 2024], "rank": "p"}}, [1, 3]),
        ({"filters": {"limit": 1.5}}, [1]),
        ({"filters": {"limit": "10.0"}}, [3]),
        ({"filters": {"a, b": ""}}, [2]),
        ({"filters": {"rank": None}}, []),
        ({"filters": {"_id": [3, "1"]}}, [1, 3]),
        ({"filters": {"_id": 3, "rank": "q"}}, []),
        ({"filters": {"_id_": "z"}}, [3]),
        ({"filters": '{"rank": "q"}'}, [2]),
        ({"q": "丙"}, [3]),
        ({"q": {"a, b": "甲"}}, [1]),
        ({"q": '{"rank": "q", "limit": "-2"}'}, [2]),
        ({"full_text": "乙"}, [3]),
        ({"sort": "limit"}, [2, 1, 3]),
        ({"sort": "limit desc nulls last"}, [3, 1, 2]),
        ({"sort": '"年份(年)" desc, "limit" asc'}, [2, 1, 3]),
        ({"sort": ["rank desc", "limit"]}, [2, 1, 3]),
        ({"sort": "_id desc"}, [3, 2, 1]),
        ({"sort": "_id desc", "limit": 1, "offset": 1}, [2]),
        ({"sort": "_id desc", "offset": 5}, []),
        ({"sort": "_id"}, [1, 2, 3]),
    ],
)
def test_rows_are_found_and_sorted(odd: FlaskClient, parameters: dict[str, Any], ids: list[int]) -> None:
    """Filters and words narrow, columns of any name sort, and ``_id`` is the number of the row in the file."""
    assert [id_ for (id_,) in cells(odd, "_id", resource_id=ODD, **parameters)] == ids


def test_values_have_their_types(odd: FlaskClient) -> None:
    """Numbers keep their digits, moments and texts stand as published, an empty cell is null."""
    response = odd.get("/api/3/action/datastore_search", query_string={"resource_id": ODD, "records_format": "lists"})
    assert json.loads(response.text, parse_float=str)["result"]["records"] == [
        [1, "x", 2024, "1.50", "甲", "p", "2024-01-01T08:00:00"],
        [2, "y", 2025, -2, None, "q", None],
        [3, "z", 2024, 10, '乙,"丙"', "p", None],
    ]


def test_no_column_takes_the_place_of_another(tmp_path: Path) -> None:
    """Of a table with `_id`, `_id_` and `_id__` every column is there, in its order."""
    columns = [(name, "string") for name in ("_id_", "_id", "名称", "_id__")]
    table = DatastoreTable("an id", "odd", stored(tmp_path, columns, [["a", "b", "c", "d"]]))
    page = read_page(table, read_question({}, table), offset=0, limit=5, with_total=True)
    assert list(table.fields) == ["_id_", "_id___", "名称", "_id__"]
    assert page.records == [(1, "a", "b", "c", "d")]


def test_columns_say_their_title_and_notes(odd: FlaskClient) -> None:
    """What the schema says of a column stands in its info; a column called as CKAN's own has another name."""
    fields = asked(odd, resource_id=ODD, limit=0)[1]["fields"]
    assert fields[:3] == [
        {"id": "_id", "type": "int"},
        {"id": "_id_", "type": "text", "info": {"label": "编号", "notes": "自己的编号", "type_override": ""}},
        {"id": "年份(年)", "type": "int8"},
    ]


@pytest.mark.parametrize(
    ("parameters", "fields", "records"),
    [
        ({"fields": "rank,limit", "limit": 1}, ["rank", "limit"], [["p", 1.5]]),
        ({"fields": ["_id"], "limit": 2}, ["_id"], [[1], [2]]),
        ({"fields": '"a, b",_id,_id_', "limit": 1}, ["a, b", "_id", "_id_"], [["甲", 1, "x"]]),
        ({"fields": "rank,rank", "sort": "limit"}, ["rank"], [["q"], ["p"], ["p"]]),
        ({"fields": "rank", "distinct": True, "sort": "rank desc"}, ["rank"], [["q"], ["p"]]),
        ({"fields": "年份(年)", "q": "p"}, ["年份(年)"], [[2024], [2024]]),
    ],
)
def test_columns_can_be_chosen(
    odd: FlaskClient, parameters: dict[str, Any], fields: list[str], records: list[list[Any]]
) -> None:
    """Only the columns asked for are given, in that order; equal rows once where they are to be distinct."""
    _, result = asked(odd, resource_id=ODD, records_format="lists", **parameters)
    assert ([item["id"] for item in result["fields"]], result["records"]) == (fields, records)


def test_words_have_a_rank(client: FlaskClient) -> None:
    """With words there is a column rank, alike for all rows, since all words stand in each."""
    _, result = asked(client, resource_id=SCHOOLS, q="小学", limit=1)
    assert result["fields"][-1] == {"id": "rank", "type": "float"}
    assert (result["q"], result["records"][0]["rank"]) == ("小学", 1.0)


def test_records_may_be_text(odd: FlaskClient) -> None:
    """As csv and tsv the records are one text without a header."""
    texts = [asked(odd, resource_id=ODD, records_format=form, limit=2, fields="a, b")[0] for form in ("csv", "tsv")]
    assert texts == [409, 409]
    csv_text, tsv_text = (
        asked(odd, resource_id=ODD, records_format=form, fields=["_id", "a, b"])[1]["records"]
        for form in ("csv", "tsv")
    )
    assert csv_text == '1,甲\r\n2,\r\n3,"乙,""丙"""\r\n'
    assert tsv_text == '1\t甲\r\n2\t\r\n3\t"乙,""丙"""\r\n'


@pytest.mark.parametrize(
    ("parameters", "status", "error"),
    [
        ({}, 409, {"resource_id": ["Missing value"]}),
        ({"resource_id": "nobody"}, 404, {"message": 'Not found: Resource "nobody" was not found.'}),
        ({"resource_id": XLSX}, 404, {"message": f'Not found: Resource "{XLSX}" was not found.'}),
        ({"resource_id": SCHOOLS, "colour": 1}, 409, {"__extras": ['invalid value "colour"']}),
        ({"resource_id": SCHOOLS, "filters": {"没有": 1}}, 409, {"filters": ['invalid value "没有"']}),
        ({"resource_id": SCHOOLS, "filters": {"学生数": "many"}}, 409, {"filters": ['invalid value "many"']}),
        ({"resource_id": SCHOOLS, "filters": {"名称": [["x"]]}}, 409, {"filters": ['invalid value "名称"']}),
        ({"resource_id": SCHOOLS, "filters": {"_id": "x"}}, 409, {"filters": ['invalid value "x"']}),
        ({"resource_id": SCHOOLS, "filters": "{"}, 409, {"filters": ["Cannot parse JSON"]}),
        ({"resource_id": SCHOOLS, "filters": [1]}, 409, {"filters": ["filters must be either a dict or null."]}),
        ({"resource_id": SCHOOLS, "fields": "名称,没有"}, 409, {"fields": ['invalid value "没有"']}),
        ({"resource_id": SCHOOLS, "sort": "没有 desc"}, 409, {"sort": ['invalid value "没有 desc"']}),
        ({"resource_id": SCHOOLS, "sort": "名称 nulls first"}, 409, {"sort": ['invalid value "名称 nulls first"']}),
        (
            {"resource_id": SCHOOLS, "sort": '名称"; DROP TABLE x'},
            409,
            {"sort": ['invalid value "名称"; DROP TABLE x"']},
        ),
        ({"resource_id": SCHOOLS, "limit": -1}, 409, {"limit": ["Must be a natural number"]}),
        ({"resource_id": SCHOOLS, "offset": -1}, 409, {"offset": ['invalid value "-1"']}),
        ({"resource_id": SCHOOLS, "q": {"没有": "x"}}, 409, {"q": ['invalid value "没有"']}),
        ({"resource_id": SCHOOLS, "q": {"学校代码": MANY_WORDS}}, 409, {"q": ["At most 200 words"]}),
        (
            {"resource_id": SCHOOLS, "records_format": "xlsx"},
            409,
            {"records_format": ["Value must be one of ['objects', 'lists', 'csv', 'tsv']"]},
        ),
    ],
)
def test_what_cannot_be_asked_is_refused_in_ckans_words(
    client: FlaskClient, parameters: dict[str, Any], status: int, error: dict[str, Any]
) -> None:
    """Unknown tables, columns, parameters and values of another type are named."""
    kind = "Not Found Error" if status == 404 else "Validation Error"
    assert asked(client, **parameters) == (status, {**error, "__type": kind})


def test_a_limit_has_its_bound(client: FlaskClient) -> None:
    """Who asks for more rows than a page has is told how many that are."""
    assert asked(client, resource_id=SCHOOLS, limit=99_999, include_total="false")[1]["limit"] == 10_000


def test_the_csv_of_a_table_is_active(client: FlaskClient) -> None:
    """One resource of a table says that its rows can be asked for, and they can."""
    resources = client.get("/api/3/action/package_show?id=schools").get_json()["result"]["resources"]
    assert [item["id"] for item in resources if item["datastore_active"]] == [SCHOOLS]


def test_a_table_tells_of_itself(odd: FlaskClient) -> None:
    """datastore_info gives the number of rows and what the schema asks of each column; unknown tables are not found."""
    status, info = asked(odd, "datastore_info", id=ODD)
    size = info["meta"]["size"]
    assert (status, info["meta"]) == (
        200,
        {
            "id": ODD,
            "count": 3,
            "table_type": "BASE TABLE",
            "size": size,
            "db_size": size,
            "idx_size": 0,
            "aliases": [],
        },
    )
    assert [item["id"] for item in info["fields"]] == ["_id_", "年份(年)", "limit", "a, b", "rank", "时刻"]
    assert info["fields"][2] == {
        "id": "limit",
        "type": "numeric",
        "schema": {
            "native_type": "numeric",
            "notnull": True,
            "index_name": "",
            "is_index": False,
            "uniquekey": False,
        },
    }
    assert asked(odd, "datastore_info", resource_id="x")[1]["message"] == 'Not found: Resource/Alias "x" was not found.'


DUMP = f"/datastore/dump/{ODD}"


@pytest.mark.parametrize(
    ("query", "media_type", "text"),
    [
        (
            "",
            "text/csv; charset=utf-8",
            '_id,_id_,年份(年),limit,"a, b",rank,时刻\r\n1,x,2024,1.50,甲,p,2024-01-01T08:00:00\r\n'
            '2,y,2025,-2,,q,\r\n3,z,2024,10,"乙,""丙""",p,\r\n',
        ),
        ("?bom=true&fields=limit&limit=1", "text/csv; charset=utf-8", "\ufefflimit\r\n1.50\r\n"),
        (
            "?format=tsv&fields=_id,rank&offset=1",
            "text/tab-separated-values; charset=utf-8",
            "_id\trank\r\n2\tq\r\n3\tp\r\n",
        ),
        ("?fields=_id&sort=_id+desc", "text/csv; charset=utf-8", "_id\r\n3\r\n2\r\n1\r\n"),
        ("?fields=rank&distinct=true&sort=rank", "text/csv; charset=utf-8", "rank\r\np\r\nq\r\n"),
        ("?limit=0&fields=rank", "text/csv; charset=utf-8", "rank\r\n"),
        (
            "?format=json&fields=_id,limit&filters=%7B%22rank%22:%22p%22%7D",
            "application/json; charset=utf-8",
            '{\n  "fields": [{"id":"_id","type":"int"},{"id":"limit","type":"numeric"}],\n  "records": [\n'
            "    [1,1.50],\n    [3,10]\n]}\n",
        ),
        (
            "?format=xml&fields=_id,年份(年),时刻&q=q",
            "text/xml; charset=utf-8",
            '<data xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">\n'
            '<row _id="2"><年份_年_>2025</年份_年_><时刻 xsi:nil="true" /></row>\n</data>\n',
        ),
    ],
)
def test_all_rows_can_be_saved(odd: FlaskClient, query: str, media_type: str, text: str) -> None:
    """A dump has all rows, or those asked for, in four formats, as a file to save that scripts may read."""
    response = odd.get(DUMP + query)
    assert (response.status_code, response.content_type, response.get_data(as_text=True)) == (200, media_type, text)
    assert response.headers["Content-Disposition"].startswith(f'attachment; filename="{ODD}.')
    assert response.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize(
    ("path", "status", "text"),
    [
        ("/datastore/dump/nobody", 404, "DataStore resource not found"),
        (f"{DUMP}?format=exe", 400, "format: Value must be one of ['csv', 'tsv', 'json', 'xml']"),
        (f"{DUMP}?fields=nothing", 400, 'fields: invalid value "nothing"'),
        (f"{DUMP}?limit=some", 400, "limit: Invalid integer"),
        (f"{DUMP}?filters=%7B", 400, "filters: Cannot parse JSON"),
        (f"{DUMP}?sort=%00", 400, 'sort: invalid value "\0"'),
    ],
)
def test_a_dump_that_cannot_be_is_a_sentence(odd: FlaskClient, path: str, status: int, text: str) -> None:
    """What is wrong is said as text before anything is sent."""
    response = odd.get(path)
    assert (response.status_code, response.get_data(as_text=True)) == (status, text)


def test_a_long_table_is_dumped_whole(write_dataset: Callable[..., Path], tmp_path: Path) -> None:
    """Over many blocks no row is lost or given twice, forwards, backwards and sorted."""
    rows = "".join(f"{number},{number % 7}\n" for number in range(1, 5_001))
    write_dataset(
        "name: made\ntitle: 长表\nlicenses: [{name: CC0-1.0}]\nresources: [{name: long, title: 长, path: long.csv}]\n",
        **{"long.csv": f"数,余\n{rows}"},
    )
    release = build_folder(tmp_path / "datasets", tmp_path / "build")
    assert release.folder is not None
    client = create_app(release.folder).test_client()
    path = f"/datastore/dump/{resource_id('made', 'data/made/long.csv')}"

    def numbers(query: str) -> list[int]:
        return [int(line) for line in client.get(path + query).get_data(as_text=True).splitlines()[1:]]

    assert numbers("?fields=_id") == list(range(1, 5_001))
    assert numbers("?fields=数&sort=_id+desc") == list(range(5_000, 0, -1))
    assert (
        numbers("?fields=_id&sort=余&offset=10&limit=4500")
        == sorted(range(1, 5_001), key=lambda n: (n % 7, n))[10:4510]
    )
    as_texts = sorted(range(1, 5_001), key=str)
    assert numbers("?fields=数&distinct=true&sort=数+desc") == as_texts[::-1]
    assert numbers("?fields=数&distinct=true&offset=10&limit=4500") == as_texts[10:4_510]
    assert numbers(f"?fields=余&distinct=true&limit={10**8}") == list(range(7))
    assert numbers(f"?fields=余&distinct=true&offset={10**8}") == []


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12) | st.just('"\0\ud800'),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["limit", "rank", "_id", "x"]), inner),
    max_leaves=5,
)
KEYS = st.sampled_from(
    "filters q full_text fields sort distinct limit offset include_total records_format plain language "
    "total_estimation_threshold".split()
)


@given(parameters=st.dictionaries(KEYS, VALUES, max_size=4))
def test_whatever_is_asked_of_rows_is_answered(odd: FlaskClient, parameters: dict[str, Any]) -> None:
    """Values of any kind give rows or an error of CKAN, by POST and in a dump, never a failure of the server."""
    body = json.dumps({"resource_id": ODD, **parameters})
    response = odd.post("/api/3/action/datastore_search", data=body, content_type="application/json")
    assert response.status_code in {200, 409}
    query = {name: value if isinstance(value, str) else json.dumps(value) for name, value in parameters.items()}
    query = {name: value.encode(errors="replace").decode() for name, value in query.items()}
    assert odd.get(DUMP, query_string=query).status_code in {200, 400}


def test_ckanapi_asks_for_rows(address: str) -> None:
    """The client that people have reads the fields and the rows of what says it is active."""
    with ckanapi.RemoteCKAN(address) as remote:
        resource = remote.action.package_show(id="schools")["resources"][0]
        assert resource["datastore_active"]
        fields = remote.action.datastore_search(resource_id=resource["id"], limit=0)["fields"]
        assert [item["id"] for item in fields][:3] == ["_id", "学校代码", "名称"]
        assert remote.action.datastore_search(id=resource["id"], filters={"_id": 2})["records"][0]["_id"] == 2
