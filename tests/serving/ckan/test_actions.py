"""The CKAN-compatible face: envelope, parameters, errors, and the clients that people have."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import ckanapi
import pytest
from flask.testing import FlaskClient
from frictionless import Catalog, Package
from frictionless.portals import CkanControl

from portal.publishing.formats.ckan import CKAN_VERSION, dataset_id, dump
from portal.publishing.release import Release
from portal.serving.current_release import open_release

HOST = "http://localhost"
PREFIXES = ["/api/3/action", "/api/action"]
NAMES = ["bus-lines", "salaries", "schools"]


def help_address(action: str) -> str:
    """Return what stands under ``help`` in the envelope."""
    return f"{HOST}/api/3/action/help_show?name={action}"


def result(client: FlaskClient, action: str, **parameters: Any) -> Any:
    """Return the result of an action that succeeds, asked for by GET."""
    response = client.get(f"/api/3/action/{action}", query_string=parameters)
    document = response.get_json()
    assert (response.status_code, document["success"]) == (200, True)
    return document["result"]


@pytest.fixture
def expected(tiny_build: Release, tiny_release: Path) -> dict[str, dict[str, Any]]:
    """Every dataset of the tiny catalogue in CKAN's words, by name."""
    first = open_release(tiny_release).directory.first_released
    return {item.dataset.name: dump(item, base_url=HOST, first_released=first) for item in tiny_build.published}


@pytest.mark.parametrize("prefix", PREFIXES)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_an_answer_stands_in_the_envelope(client: FlaskClient, prefix: str, method: str) -> None:
    """At both addresses and with both methods the answer is help, success and result, as JSON."""
    response = client.open(f"{prefix}/package_list", method=method)
    assert (response.status_code, response.content_type) == (200, "application/json;charset=utf-8")
    assert response.get_json() == {"help": help_address("package_list"), "success": True, "result": NAMES}


@pytest.mark.parametrize("prefix", PREFIXES)
@pytest.mark.parametrize("key", ["id", "name_or_id"])
def test_parameters_may_come_in_every_way_that_ckan_takes(
    client: FlaskClient, prefix: str, key: str, expected: dict[str, dict[str, Any]]
) -> None:
    """A query string, a JSON object, JSON without its media type and a form are understood alike."""
    address = f"{prefix}/package_show"
    text = json.dumps({key: "schools"})
    responses = [
        client.get(address, query_string={key: "schools"}),
        client.post(address, json={key: "schools"}),
        client.post(address, data=text),
        client.post(address, data={key: "schools"}),
    ]
    envelope = {"help": help_address("package_show"), "success": True, "result": expected["schools"]}
    assert [response.get_json() for response in responses] == [envelope] * 4


def test_a_site_tells_what_it_is(client: FlaskClient) -> None:
    """status_show gives the portal's title, description and address, and the version of CKAN that it speaks."""
    assert result(client, "status_show") == {
        "site_title": "小城开放数据",
        "site_description": "测试用的小目录。",
        "site_url": HOST,
        "error_emails_to": None,
        "locale_default": "zh_Hans_CN",
        "extensions": [],
        "ckan_version": CKAN_VERSION,
    }


@pytest.mark.parametrize(
    ("parameters", "names"),
    [
        ({}, NAMES),
        ({"limit": 2}, NAMES[:2]),
        ({"offset": 1}, NAMES[1:]),
        ({"offset": 1, "limit": 1}, NAMES[1:2]),
        ({"limit": 0}, []),
        ({"offset": 9}, []),
    ],
)
def test_names_come_in_parts(client: FlaskClient, parameters: dict[str, int], names: list[str]) -> None:
    """package_list is sorted, passes over *offset* names and gives at most *limit*."""
    assert result(client, "package_list", **parameters) == names


@pytest.mark.parametrize("name", NAMES)
def test_a_dataset_is_found_by_name_and_by_id(
    client: FlaskClient, name: str, expected: dict[str, dict[str, Any]]
) -> None:
    """package_show takes the name and the UUID, and gives absolute addresses of this host."""
    shown = [result(client, "package_show", id=key) for key in (name, dataset_id(name))]
    assert shown == [expected[name]] * 2


@pytest.mark.parametrize(
    ("parameters", "count", "names"),
    [
        ({}, 3, ["bus-lines", "schools", "salaries"]),
        ({"q": "*:*"}, 3, ["bus-lines", "schools", "salaries"]),
        ({"q": "", "rows": 2}, 3, ["bus-lines", "schools"]),
        ({"rows": 2, "start": 2}, 3, ["salaries"]),
        ({"rows": 0}, 3, []),
        ({"q": "学校"}, 1, ["schools"]),
        ({"q": "學校"}, 1, ["schools"]),
        ({"q": "没有"}, 0, []),
        ({"q": "公交", "include_private": "true"}, 1, ["bus-lines"]),
    ],
)
def test_a_search_gives_whole_datasets(
    client: FlaskClient,
    expected: dict[str, dict[str, Any]],
    parameters: dict[str, Any],
    count: int,
    names: list[str],
) -> None:
    """package_search gives the datasets as package_show does; *count* does not depend on rows and start."""
    assert result(client, "package_search", **parameters) == {
        "count": count,
        "facets": {},
        "results": [expected[name] for name in names],
        "sort": "score desc, metadata_modified desc",
        "search_facets": {},
    }


@pytest.mark.parametrize(
    ("action", "parameters", "status", "error"),
    [
        ("package_show", {}, 409, {"__type": "Validation Error", "id": ["Missing value"]}),
        ("package_show", {"id": ""}, 409, {"__type": "Validation Error", "id": ["Missing value"]}),
        ("package_show", {"id": "nobody"}, 404, {"__type": "Not Found Error", "message": "Not found"}),
        ("package_list", {"limit": "all"}, 409, {"__type": "Validation Error", "limit": ["Invalid integer"]}),
        ("package_list", {"offset": -1}, 409, {"__type": "Validation Error", "offset": ["Must be a natural number"]}),
        ("package_search", {"rows": 1.5}, 409, {"__type": "Validation Error", "rows": ["Invalid integer"]}),
        ("package_search", {"start": "９"}, 409, {"__type": "Validation Error", "start": ["Invalid integer"]}),
        (
            "package_search",
            {"colour": "red"},
            400,
            {
                "__type": "Search Query Error",
                "message": "Search Query is invalid: \"Invalid search parameters: ['colour']\"",
            },
        ),
        (
            "package_search",
            {"q": "title:(学校"},
            400,
            {
                "__type": "Search Query Error",
                "message": "Search Query is invalid: \"Cannot parse 'title:(学校': Syntax error in input : "
                'unexpected end of expression (maybe due to unmatched parenthesis) at the end!"',
            },
        ),
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_an_error_stands_in_the_envelope(
    client: FlaskClient, action: str, parameters: dict[str, Any], status: int, error: dict[str, Any], method: str
) -> None:
    """What cannot be done is told with CKAN's status, type and words, however it was asked."""
    address = f"/api/3/action/{action}"
    response = (
        client.get(address, query_string=parameters) if method == "GET" else client.post(address, json=parameters)
    )
    assert response.status_code == status
    assert response.get_json() == {"help": help_address(action), "success": False, "error": error}


@pytest.mark.parametrize("prefix", PREFIXES)
def test_an_unknown_action_is_a_bare_sentence(client: FlaskClient, prefix: str) -> None:
    """An action that does not exist is answered as CKAN does: status 400 and a JSON string without an envelope."""
    response = client.get(f"{prefix}/package_create")
    assert (response.status_code, response.content_type) == (400, "application/json;charset=utf-8")
    assert response.get_json() == "Bad request - Action name not known: package_create"


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"{id", "application/json"),
        (b"[1]", "application/json"),
        (b'"schools"', "application/json"),
        (b"\xff", "application/json"),
        (b"{id", "text/plain"),
        (b'{"id": ' + b"[" * 65 + b"]" * 65 + b"}", "application/json"),
        (b"[" * 100_000, "application/json"),
    ],
)
def test_a_broken_body_is_a_bare_sentence(client: FlaskClient, body: bytes, content_type: str) -> None:
    """A body that is no JSON object is refused with status 400 and a JSON string that says so."""
    response = client.post("/api/3/action/package_show", data=body, content_type=content_type)
    assert response.status_code == 400
    assert response.get_json().startswith("Bad request - JSON Error: ")


def test_values_of_a_wrong_kind_are_not_found(client: FlaskClient) -> None:
    """An id that is a list or an object names no dataset."""
    responses = [client.post("/api/3/action/package_show", json={"id": value}) for value in (["schools"], {"a": 1}, 7)]
    assert [response.status_code for response in responses] == [404] * 3


def test_other_methods_and_addresses_are_bad_requests(client: FlaskClient) -> None:
    """Below the address of actions every refusal is CKAN's: status 400 and a JSON string."""
    responses = [
        client.delete("/api/3/action/package_list"),
        client.put("/api/action/package_list"),
        client.get("/api/3/action/"),
        client.get("/api/3/nothing"),
    ]
    assert [response.status_code for response in responses] == [400] * 4
    assert all(response.get_json().startswith("Bad request - ") for response in responses)


def test_a_body_beyond_the_limit_is_refused(client: FlaskClient) -> None:
    """Nobody makes the server read more than a megabyte."""
    response = client.post("/api/3/action/package_show", data=b" " * (1024 * 1024 + 1), content_type="application/json")
    assert response.status_code == 413


def test_ckanapi_reads_the_catalogue(address: str) -> None:
    """The usual client of CKAN lists, shows and searches over the network without knowing who answers."""
    with ckanapi.RemoteCKAN(address) as remote:
        status = remote.action.status_show()
        assert (status["ckan_version"], status["site_url"]) == (CKAN_VERSION, address)
        assert remote.action.package_list() == NAMES
        shown = remote.action.package_show(id="schools")
        assert shown["resources"][0]["url"] == f"{address}/data/schools/schools.csv"
        found = remote.action.package_search(q="学校", rows=5)
        assert (found["count"], found["results"]) == (1, [shown])


def test_ckanapi_reads_by_get(address: str) -> None:
    """The client that only sends GET requests gets the same."""
    with ckanapi.RemoteCKAN(address, get_only=True) as remote:
        assert remote.action.package_search(q="公交", rows=0)["count"] == 1


def test_ckanapi_dumps_the_catalogue(address: str) -> None:
    """What ``ckanapi dump`` asks for, with keys that only a CKAN of one's own knows, is answered for every thing."""
    unknown = {"include_datasets": False, "include_password_hash": True, "include_users": False}
    with ckanapi.RemoteCKAN(address) as remote:
        for things, show, kind in (
            ("organization_list", "organization_show", "organization"),
            ("group_list", "group_show", "group"),
        ):
            names = remote.call_action(things, {"all_fields": False})
            shown = [remote.call_action(show, {"id": name, **unknown}) for name in names]
            assert names
            assert [(item["name"], item["type"]) for item in shown] == [(name, kind) for name in names]
        listed = {"include_private": False, "include_drafts": False, "include_deleted": False}
        datasets = [
            remote.call_action("package_show", {"id": name, **unknown})
            for name in remote.call_action("package_list", listed)
        ]
        ids = [resource["id"] for dataset in datasets for resource in dataset["resources"]]
        assert [remote.action.resource_view_list(id=id_, limit=0) for id_ in ids] == [[]] * len(ids)


def test_ckanapi_knows_our_errors(address: str) -> None:
    """Errors of the portal are the exceptions of the client."""
    with ckanapi.RemoteCKAN(address) as remote:
        with pytest.raises(ckanapi.NotFound):
            remote.action.package_show(id="nobody")
        with pytest.raises(ckanapi.ValidationError) as caught:
            remote.action.package_show()
        assert caught.value.error_dict["id"] == ["Missing value"]
        with pytest.raises(ckanapi.CKANAPIError):
            remote.action.package_create(name="x")


def test_frictionless_reads_the_catalogue(address: str) -> None:
    """Frictionless' own adapter for CKAN makes a catalogue of the portal, and a package of a dataset."""
    catalog = Catalog(address, control=CkanControl(baseurl=address))
    assert [dataset.name for dataset in catalog.datasets] == ["bus-lines", "schools", "salaries"]
    package = Package(control=CkanControl(baseurl=address, dataset="schools"))
    assert (package.name, package.title, len(package.resources)) == ("schools", "学校名录", 5)
    assert package.resources[0].path == f"{address}/data/schools/schools.csv"


def test_frictionless_finds_nothing_wrong_with_what_it_read(address: str) -> None:
    """Each package is valid as CKAN lists it, in all formats without a schema, and as a data package with types."""
    catalog = Catalog(address, control=CkanControl(baseurl=address))
    checked = {dataset.name: dataset.package.validate() for dataset in catalog.datasets if dataset.package.resources}
    assert {name: report.flatten(["place", "message"]) for name, report in checked.items()} == {
        "bus-lines": [],
        "schools": [],
    }
    assert Package(f"{address}/data/schools/datapackage.json").validate().valid


def test_json_sent_as_a_form_is_understood(client: FlaskClient) -> None:
    """Curl -d sends JSON under the media type of forms; CKAN reads it."""
    kind = "application/x-www-form-urlencoded"
    response = client.post("/api/3/action/package_show", data='{"id": "schools"}', content_type=kind)
    assert response.get_json()["result"]["name"] == "schools"


def test_a_multipart_form_is_understood(client: FlaskClient) -> None:
    """A multipart form is a form."""
    response = client.post("/api/3/action/package_list", data={"limit": "1"}, content_type="multipart/form-data")
    assert response.get_json()["result"] == ["bus-lines"]


def test_a_post_without_a_body_reads_its_address(client: FlaskClient) -> None:
    """Actions that only read take parameters from the address of a POST."""
    assert client.post("/api/3/action/package_list?limit=1").get_json()["result"] == ["bus-lines"]


def test_the_help_of_an_action_is_where_every_answer_says(client: FlaskClient) -> None:
    """The address under help answers with what the action does; an unknown action is not found."""
    answer = client.get("/api/3/action/package_list").get_json()["help"]
    assert "names of all datasets" in client.get(answer.split("localhost")[1]).get_json()["result"]
    assert client.get("/api/3/action/help_show?name=fly").status_code == 404


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("help_show?name=a&name=b", None),
        ("help_show", '{"name": ["x"]}'),
        ("package_list", "[" * 300_000),
        ("package_show", '{"id": {"a": 1}}'),
        ("package_show", r'{"id": "\ud800"}'),
        ("package_search", '{"q": ["a"], "rows": [1]}'),
    ],
)
def test_odd_parameters_are_a_clients_error(client: FlaskClient, path: str, body: str | None) -> None:
    """Whatever is sent, the answer is one of CKAN's errors, never a failure of the server."""
    address = f"/api/3/action/{path}"
    response = client.post(address, data=body, content_type="application/json") if body else client.get(address)
    assert 400 <= response.status_code < 500
