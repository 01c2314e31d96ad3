"""How requests of CKAN's API come in and answers go out: forms, query strings, JSONP, versions, preflights, HEAD."""

from __future__ import annotations

import json
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from portal.serving.ckan.actions import ACTIONS

FORM = "application/x-www-form-urlencoded"
NAMES = ["bus-lines", "salaries", "schools"]


@pytest.mark.parametrize(
    ("body", "kind", "query"),
    [
        ('{"limit": 1}', "application/json", ""),
        ('{"limit": 1}', "text/plain", ""),
        ('{"limit": 1}', FORM, ""),
        ('  {"limit": 1, "x": "a=b&c"}', FORM, ""),
        ("%7B%22limit%22%3A%201%7D=1", FORM, ""),
        ("%7B%22limit%22%3A%201%7D=", FORM, ""),
        ("limit=1", FORM, ""),
        ("limit=1", FORM, "?limit=2"),
        ("", "", "?limit=1"),
        ("{}", "application/json", "?limit=1"),
    ],
)
def test_parameters_are_read_as_ckan_reads_them(client: FlaskClient, body: str, kind: str, query: str) -> None:
    """A form comes first, JSON under the media type of forms too, then the address, then a JSON body."""
    response = client.post(f"/api/3/action/package_list{query}", data=body, content_type=kind or None)
    assert response.get_json()["result"] == NAMES[:1]


@pytest.mark.parametrize(("path", "version"), [("/api", 1), ("/api/", 1), ("/api/1", 1), ("/api/2/", 2), ("/api/3", 3)])
def test_the_api_says_its_version(client: FlaskClient, path: str, version: int) -> None:
    """The root and the three versions are there, as in CKAN."""
    response = client.get(path)
    assert (response.status_code, response.get_json()) == (200, {"version": version})


def test_there_is_no_fourth_version(client: FlaskClient) -> None:
    """Other numbers are not found."""
    assert [client.get(f"/api/{number}").status_code for number in ("0", "4", "03x")] == [404] * 3


@pytest.mark.parametrize("callback", ["cb", "jQuery_1.done", "a.b[0]", "$"])
def test_a_script_may_ask_for_a_call(client: FlaskClient, callback: str) -> None:
    """JSONP wraps an answer in the call of the function that was named."""
    response = client.get("/api/3/action/package_list", query_string={"callback": callback})
    envelope = response.text.removeprefix(f"{callback}(").removesuffix(");")
    assert response.content_type == "application/javascript;charset=utf-8"
    assert json.loads(envelope)["result"] == NAMES


@pytest.mark.parametrize("callback", ["", "alert(1)//", "<script>", "a b", "a" * 101, "a\n", "函数", "a.", "1a"])
def test_only_a_name_of_a_function_is_called(client: FlaskClient, callback: str) -> None:
    """What would run anything else in the page that asks is refused."""
    response = client.get("/api/3/action/package_list", query_string={"callback": callback})
    assert (response.status_code, response.get_json()) == (400, "Bad request - callback is no name of a function")


def test_errors_and_posts_are_never_wrapped(client: FlaskClient) -> None:
    """JSONP is for what was read by GET and found."""
    wrong = client.get("/api/3/action/package_show?id=nobody&callback=cb")
    posted = client.post("/api/3/action/package_list?callback=cb", json={})
    assert [wrong.content_type, posted.content_type] == ["application/json;charset=utf-8"] * 2
    assert (wrong.status_code, posted.get_json()["result"]) == (404, NAMES)


@pytest.mark.parametrize("action", ["datastore_search_sql", "site_read", "package_create", "__class__", "动作"])
def test_actions_that_are_not_there_are_a_sentence(client: FlaskClient, action: str) -> None:
    """What CKAN 2.11 does not know, or has switched off, is answered with a text and no envelope."""
    response = client.post(f"/api/3/action/{action}", json={})
    assert (response.status_code, response.get_json()) == (400, f"Bad request - Action name not known: {action}")


@pytest.mark.parametrize("path", ["/api/3/action/package_list", "/api/3", "/api/3/action/nothing"])
def test_head_answers_as_get_without_a_body(client: FlaskClient, path: str) -> None:
    """HEAD has the status and the headers of GET."""
    asked, head = client.get(path), client.head(path)
    assert (head.status_code, head.content_type, head.data) == (asked.status_code, asked.content_type, b"")


@pytest.mark.parametrize("path", ["/api/3/action/package_search", "/api/action/organization_show"])
def test_a_page_of_another_site_may_post(client: FlaskClient, path: str) -> None:
    """The preflight of a POST with JSON allows it, and the answer may be read."""
    headers = {"Origin": "https://elsewhere.example", "Access-Control-Request-Method": "POST"}
    preflight = client.options(path, headers={**headers, "Access-Control-Request-Headers": "content-type"})
    assert preflight.headers["Access-Control-Allow-Origin"] == "*"
    assert "POST" in preflight.headers["Access-Control-Allow-Methods"]
    assert "content-type" in preflight.headers["Access-Control-Allow-Headers"].lower()
    assert client.post(path, json={}, headers=headers).headers["Access-Control-Allow-Origin"] == "*"


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.just("schools\0\ud800"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=5,
)
KEYS = st.sampled_from(
    "id name q query fq sort limit offset rows start all_fields organizations groups type vocabulary_id order_by "
    "include_datasets include_extras include_users include_dataset_count facet.field callback name_or_id".split()
)


@given(action=st.sampled_from(sorted(ACTIONS)), parameters=st.dictionaries(KEYS, VALUES, max_size=4))
def test_whatever_is_asked_is_answered(client: FlaskClient, action: str, parameters: dict[str, Any]) -> None:
    """Values of any kind give a result or an error of CKAN, never a failure of the server."""
    response = client.post(f"/api/3/action/{action}", data=json.dumps(parameters), content_type="application/json")
    document = response.get_json()
    assert response.status_code in {200, 400, 404, 409}
    assert isinstance(document, str) or document["success"] is (response.status_code == 200)


def test_a_megabyte_of_query_is_answered(client: FlaskClient) -> None:
    """Long lists are answered, of terms on one field the last counts as in CKAN; an address without end is refused."""
    many = "&".join(f"query=name:{number}" for number in range(2_500))
    paths = [f"resource_search?{many}", f"package_show?id={'x' * 40_000}", f"tag_list?query={'水' * 10_000}"]
    assert [client.get(f"/api/3/action/{path}").status_code for path in paths] == [200, 404, 200]
    assert client.get(f"/api/3/action/package_show?id={'x' * 1_000_000}").status_code == 414
