"""What a search of /api/v1 tells beyond exact hits: what may be meant and why, rows, what was understood."""

from __future__ import annotations

import csv
import io
from typing import Any
from urllib.parse import quote, urljoin
from xml.etree import ElementTree as ET

import pytest
from flask.testing import FlaskClient

from portal.publishing.formats.catalog_list import HEADERS

ATOM = "{http://www.w3.org/2005/Atom}"


def search(client: FlaskClient, words: str, more: str = "") -> Any:
    """Return the answer to a search."""
    response = client.get(f"/api/v1/datasets?q={quote(words)}{more}")
    assert response.status_code == 200
    return response.get_json()


def also(answer: Any) -> list[tuple[str, list[tuple[str, str, str]]]]:
    """Return what may be meant, each with its reasons."""
    return [
        (item["name"], [(one["kind"], one["typed"], one["meant"]) for one in item["because"]])
        for item in answer["also"]["items"]
    ]


def test_a_question_is_answered_with_what_may_be_meant(client: FlaskClient) -> None:
    """The exact list stays empty and counts nothing; beside it stands the dataset with the reason."""
    answer = search(client, "哪里有学校")
    assert (answer["total"], answer["items"]) == (0, [])
    assert also(answer) == [("schools", [("words", "学校", "学校")])]


def test_what_was_found_exactly_is_not_meant_again(client: FlaskClient) -> None:
    """The two lists share no dataset."""
    answer = search(client, "学校")
    assert [item["name"] for item in answer["items"]] == ["schools"]
    assert "schools" not in dict(also(answer))


def test_pinyin_says_what_it_was_read_as(client: FlaskClient) -> None:
    """The reason names the letters and the characters."""
    assert also(search(client, "xuexiao")) == [("schools", [("pinyin", "xuexiao", "学校")])]


def test_filters_narrow_what_may_be_meant(client: FlaskClient) -> None:
    """Who asks for one publisher gets nothing of another."""
    assert also(search(client, "哪里有学校", "&publisher=transport")) == []


def test_filters_narrow_the_rows_too(client: FlaskClient) -> None:
    """A row of a dataset that does not pass the filters is no answer."""
    found = [search(client, "第一小学", more)["answers"] for more in ("&publisher=education", "&publisher=transport")]
    assert [len(rows) for rows in found] == [1, 0]


def test_further_pages_have_no_second_list(client: FlaskClient) -> None:
    """What may be meant stands on the first page alone."""
    answer = search(client, "哪里有学校", "&page=2")
    assert (also(answer), answer["answers"]) == ([], [])


def test_an_answer_says_what_was_understood(client: FlaskClient) -> None:
    """Things, fillers, the kind of data that is wanted, and the nearest wider query with its total."""
    understood = search(client, "哪里有学校")["understood"]
    things = understood.pop("things")
    assert [thing["typed"] for thing in things] == ["学校"]
    assert understood == {
        "dropped": ["哪里有"],
        "intents": ["places"],
        "is_personal": False,
        "broader": {"q": "学校", "left_out": [], "total": 1},
    }


def test_a_question_for_one_persons_record_is_known(client: FlaskClient) -> None:
    """The answer says so, and no row is looked for."""
    answer = search(client, "我的工资")
    assert (answer["understood"]["is_personal"], answer["answers"]) == (True, [])


def test_a_row_that_names_the_thing_is_an_answer(client: FlaskClient) -> None:
    """With its table, its place in it, its cells by the titles of their columns, and the page that shows it."""
    (row,) = search(client, "第一小学")["answers"]
    cells = {cell["name"]: cell["value"] for cell in row.pop("cells")}
    short = client.get(row["url"]).headers["Location"]
    page = client.get(urljoin(row.pop("url"), short))
    assert row == {
        "dataset": "schools",
        "dataset_title": "学校名录",
        "resource": "schools",
        "row": 2,
        "title": "第一小学",
        "updated": "2026-03-01",
        "place": "全国",
    }
    assert (cells["学校代码"], cells["学生数"]) == ("0001", "320")
    assert (page.status_code, "1956" in page.text, "城南" in page.text.partition("answer-title")[2]) == (
        200,
        True,
        False,
    )


def test_what_was_asked_for_is_marked_in_pieces(client: FlaskClient) -> None:
    """Pieces make up the title; those that match say so. Nothing of it is HTML."""
    (item,) = search(client, "学校")["items"]
    assert item["highlights"]["title"] == [{"text": "学校", "match": True}, {"text": "名录", "match": False}]
    assert any(piece["match"] for piece in item["highlights"]["description"])


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("学校名", {"text": "学校名录", "kind": "title", "because": None}),
        (
            "xxml",
            {"text": "学校名录", "kind": "title", "because": {"kind": "pinyin", "typed": "xxml", "meant": "学校名录"}},
        ),
    ],
)
def test_what_is_being_typed_is_completed(client: FlaskClient, typed: str, first: dict[str, Any]) -> None:
    """Titles are completed from their beginning and from initials of their pinyin."""
    answer = client.get(f"/api/v1/suggest?q={typed}").get_json()
    assert (answer["query"], answer["items"][0]) == (typed, first)


def test_suggestions_take_no_other_parameters(client: FlaskClient) -> None:
    """A misspelt parameter is named."""
    response = client.get("/api/v1/suggest?word=a")
    assert (response.status_code, response.get_json()["parameter"]) == (400, "word")
    assert client.get("/api/v1/suggest?q=%E5%AD%A6&limit=1").get_json()["items"].__len__() == 1
    assert client.get("/api/v1/suggest").get_json() == {"query": "", "items": []}


def test_the_whole_result_comes_as_csv(client: FlaskClient) -> None:
    """With the columns of catalog.csv and the rows of what was found, in its order."""
    response = client.get("/api/v1/datasets.csv?publisher=transport&sort=title")
    assert response.content_type == "text/csv; charset=utf-8"
    head, *rows = csv.reader(io.StringIO(response.text))
    assert head == list(HEADERS)
    assert [row[head.index("标识")] for row in rows] == ["bus-lines", "salaries"]


def test_a_search_can_be_subscribed_to(client: FlaskClient) -> None:
    """A feed has what was found, the newest first, and leads to the page of the search."""
    response = client.get("/api/v1/datasets.atom?publisher=transport&lang=en")
    feed = ET.fromstring(response.data)
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert links == {
        "self": "http://localhost/api/v1/datasets.atom?publisher=transport&lang=en",
        "alternate": "http://localhost/en/datasets/?publisher=transport",
    }
    ids = [entry.findtext(f"{ATOM}id") for entry in feed.findall(f"{ATOM}entry")]
    assert ids == ["http://localhost/en/datasets/bus-lines/", "http://localhost/en/datasets/salaries/"]


@pytest.mark.parametrize("path", ["datasets.csv", "datasets.atom"])
def test_a_file_of_a_result_refuses_what_a_search_refuses(client: FlaskClient, path: str) -> None:
    """With the parameter at fault."""
    response = client.get(f"/api/v1/{path}?sort=colour")
    assert (response.status_code, response.get_json()["parameter"]) == (400, "sort")


STRANGE = [
    "",
    "字",
    '"',
    "“没有完",
    "OR OR",
    "-",
    "*" * 200,
    "(((",
    "\x00\x01",
    "\u202e\u200f",
    "😀",
    "publisher:",
    "%",
    "的",
]


@pytest.mark.parametrize("words", STRANGE)
@pytest.mark.parametrize("path", ["datasets", "suggest", "datasets.csv", "datasets.atom"])
def test_strange_words_are_answered(client: FlaskClient, path: str, words: str) -> None:
    """Whatever is typed gets an answer."""
    assert client.get(f"/api/v1/{path}", query_string={"q": words}).status_code == 200
